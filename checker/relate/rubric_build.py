"""Makes a program of the clauses of a scoring rule, or says why it cannot.

Every builder takes all clauses and consumes each of them; what it cannot place raises ``NotUnderstood``.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.relate.rubric_clauses import Clause
from checker.relate.rubric_core import Built, Context, unplaced
from checker.relate.rubric_counts import build_accrual, build_deductions, build_words
from checker.relate.rubric_measures import build_ratio, build_steps, build_tiers, is_measured
from checker.relate.rubric_tokens import Kind


def build(clauses: Sequence[Clause], context: Context) -> Built:
    """The program of one rule without numbered scores. Raises ``NotUnderstood``."""
    if any(c.token.kind is Kind.LOSE for c in clauses):
        raise unplaced(next(c for c in clauses if c.token.kind is Kind.LOSE))
    steps = [c for c in clauses if c.token.kind is Kind.DEDUCT and c.condition.step and is_measured(c, clauses)]
    if steps:
        return build_steps(steps, clauses, context)
    if any(c.token.kind is Kind.RATIO for c in clauses):
        return build_ratio(clauses, context)
    if any(c.token.kind is Kind.DEDUCT for c in clauses):
        return build_deductions(clauses, context)
    if any(c.token.kind is Kind.GAIN and (c.condition.count or c.condition.step) for c in clauses):
        return build_accrual(clauses, context)
    if any(c.condition.stretch for c in clauses):
        return build_tiers(clauses, context)
    return build_words(clauses, context)
