"""All scores that deductions, points and intervals leave."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from checker.relate.rubric_programs import ZERO, Step, Tier
from checker.relation.rubrics import ScoreSet

MOST_SCORES = 3000
"""A rule with more single scores than this counts as one that gives every score in between."""


def deduction_scores(
    full: Decimal, counted: Sequence[Decimal], once: Sequence[Decimal], lowest: Decimal = ZERO
) -> ScoreSet:
    """Every score that deductions leave, never below the lowest."""
    scores = {full}
    for amount in once:
        scores |= {max(lowest, score - amount) for score in scores}
    for amount in counted:
        frontier = set(scores)
        while frontier and len(scores) < MOST_SCORES:
            frontier = {max(lowest, score - amount) for score in frontier} - scores
            scores |= frontier
    return ScoreSet.of(scores) if len(scores) < MOST_SCORES else ScoreSet.between(lowest, full)


def subset_scores(parts: Sequence[Decimal], portion: Decimal | None = None) -> ScoreSet:
    """Every sum of some of the parts; with ``portion`` each part may also be half met."""
    scores = {ZERO}
    for part in parts:
        gains = {part} if portion is None else {part, portion}
        scores |= {score + gain for score in scores for gain in gains}
        if len(scores) > MOST_SCORES:
            return ScoreSet.between(ZERO, sum(parts, start=ZERO))
    return ScoreSet.of(scores)


def step_scores(best: Decimal, step: Step, lowest: Decimal) -> ScoreSet:
    """Every score that steps leave; all in between where parts of a step may count."""
    if step.whole in {"up", "down"} or step.amount == 0:
        return deduction_scores(best, [step.amount], [], lowest)
    return ScoreSet.between(lowest, best)


def tier_scores(tiers: Sequence[Tier]) -> ScoreSet:
    """The scores of the tiers, and nothing for what no tier takes."""
    return ScoreSet.of({ZERO, *(tier.score for tier in tiers)})
