"""What points taken off are of all that were: 过程类扣 6.41 分，占全部扣分的 46.12 %, by the report's total score."""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.relate.score_tree import ScoreTree
from checker.relation.divisions import OfLost
from checker.relation.shares import Share
from checker.verdict import Phrase

OF_ALL = Phrase("全部扣分为满分减总得分", "all that was taken off is the full mark less the total score")
OTHER = Phrase("未必就总得分所扣的分数而言", "the share need not be of what the total score lacks")
_SHARE = Pattern(
    r"[，,（(]占(?:到)?(?:全部|总|所有|整体|全部指标)?的?(?:扣分|失分)值?(?:总数|总额|总值|总分|合计)?的?(?:约|仅|达)?"
)
_PARTIAL = Pattern(r"占(?:到)?的?(?:扣分|失分)值?的")
"""占扣分的…: of which deductions is not said."""


def shares_of_lost(passage: Passage, tree: ScoreTree) -> Iterator[Share]:
    """Every share of all deductions right behind the points that it is about."""
    total = tree.scores.total if tree.scores else None
    if total is None or total.weight is None or total.score is None:
        return
    for at in range(1, len(passage.figures)):
        taken, rate = passage.figures[at - 1 : at + 1]
        said = passage.text.value[taken.end : rate.start]
        told = _SHARE.fullmatch(said) and not _PARTIAL.search(said)
        if told and taken.quantity.unit.kind == "score" and rate.quantity.unit.base == "%":
            reading = OfLost(taken, total.score, weight=total.weight)
            yield Share(OF_ALL, said.strip("，,（("), rate, (reading,), OTHER)
