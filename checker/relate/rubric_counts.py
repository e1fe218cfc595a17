"""Rules that count or tell in words: deductions a finding, so much for each, tiers in words, points that add up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from checker.relate.rubric_clauses import Clause
from checker.relate.rubric_conditions import Stretch
from checker.relate.rubric_core import GIVING, MANY_OR_ONE, PER_CENT, Built, Context, NotUnderstood, unplaced
from checker.relate.rubric_programs import HUNDRED, ZERO, Deductions, Program
from checker.relate.rubric_scores import deduction_scores, subset_scores
from checker.relate.rubric_tokens import Kind
from checker.relate.rubric_words import rule_words
from checker.relation.rubrics import ScoreSet


def build_deductions(clauses: Sequence[Clause], context: Context) -> Built:
    """每发现一处扣1分: full marks less so much for each finding. Raises ``NotUnderstood``."""
    taken = [c for c in clauses if c.token.kind is Kind.DEDUCT]
    given = [c for c in clauses if c.token.kind in GIVING and context.score(c) > 0]
    zeros = [c for c in clauses if c.token.kind in GIVING and context.score(c) == 0]
    others = [c for c in clauses if c.token.kind not in GIVING and c not in taken]
    others += [c for c in taken if "每" in c.condition.text and not (c.condition.count or c.condition.step)]
    if others or len(given) > 1:
        raise unplaced((others or given)[-1])
    if given and given[0].condition.stretch and not _is_everything(given[0].condition.stretch):
        raise unplaced(taken[0])
    full = context.score(given[0]) if given else context.weight
    amounts = [(c, c.token.amounts[0].points(context.total)) for c in taken]
    sizes = [(_size_of(c), amount) for c, amount in amounts if c.condition.count or c.condition.step]
    once = [amount for c, amount in amounts if not (c.condition.count or c.condition.step)]
    scores = deduction_scores(full, [amount for _, amount in sizes], once, context.lowest)
    if zeros:
        scores = scores | ScoreSet.of({ZERO})
    units = [_unit_of(c) for c in taken if c.condition.count or c.condition.step]
    extra = frozenset({ZERO} if zeros else ())
    program = Deductions(scores, full, tuple(sizes), tuple(once), extra, context.lowest)
    return Built("deductions", program, f"count:{''.join(units[:1])}", tuple(c.condition.text for c in taken))


def _is_everything(stretch: Stretch) -> bool:
    return stretch.unit in PER_CENT and stretch.low in {HUNDRED, ZERO}


def _size_of(clause: Clause) -> Decimal:
    words = clause.condition.count or clause.condition.step
    return words.size if words else Decimal(1)


def _unit_of(clause: Clause) -> str:
    words = clause.condition.count or clause.condition.step
    return words.unit if words else ""


def build_accrual(clauses: Sequence[Clause], context: Context) -> Built:
    """每完成一个得0.5分: so much for each, up to the weight."""
    gains = [c for c in clauses if c.token.kind is Kind.GAIN and (c.condition.count or c.condition.step)]
    rest = [c for c in clauses if c not in gains and context.score(c) not in {ZERO, context.weight}]
    if len(gains) > 1 or rest:
        raise unplaced((rest or gains)[-1])
    amount = context.score(gains[0])
    if amount <= 0:
        raise unplaced(gains[0])
    scores = (
        deduction_scores(context.weight, [amount], []) if context.weight % amount == 0 else _multiples(amount, context)
    )
    return Built("accrual", Program(scores), f"count:{_unit_of(gains[0])}")


def _multiples(amount: Decimal, context: Context) -> ScoreSet:
    count = int(context.weight // amount) + 1
    return ScoreSet.of(min(context.weight, amount * number) for number in range(count + 1))


def build_words(clauses: Sequence[Clause], context: Context) -> Built:
    """Scores for words: steps of one scale (全部、基本、部分), or points that add up."""
    others = [c for c in clauses if c.token.kind not in GIVING]
    if others:
        raise unplaced(others[0])
    given = [c for c in clauses if context.score(c) > 0]
    points = tuple(context.score(c) for c in given)
    scores = {context.score(c) for c in clauses} | {ZERO}
    if len(points) <= 1 or max(points) == context.weight:
        return Built("words", Program(ScoreSet.of(scores)))
    if sum(points) == context.weight:
        return Built("items", Program(subset_scores(points)), points=points)
    scale = rule_words("scale")
    if all(any(word in c.condition.text[-6:] for word in scale) for c in given):
        return Built("words", Program(ScoreSet.of(scores)))
    raise NotUnderstood(MANY_OR_ONE)
