"""得分率 beside its score and its weight, in sentences and headings: 权重 7%，得分 6.00 分，得分率 85.71%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from checker.extract.awards import Award, AwardKind, find_awards
from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.relation.divisions import Division
from checker.relation.shares import Share
from checker.verdict import Phrase

RATE_OF_SCORE = Phrase("得分率为得分除以分值", "the rate of score is the score over its weight")
_RATE = Pattern(r"得分率[为是达：:\s]*$")
_WORTH = Pattern(r"权重[为是：:\s]*$")


def heading_awards(passage: Passage) -> list[Award]:
    """The awards of a heading; 权重 7% is worth 7 points."""
    awards = list(find_awards(passage))
    points = next((a.figure.quantity.unit for a in awards if a.kind is AwardKind.SCORE), None)
    for figure in passage.figures if points else ():
        if figure.quantity.unit.kind == "rate" and _WORTH.search(passage.text.value, 0, figure.start):
            quantity = replace(figure.quantity, unit=points)
            awards.append(Award(AwardKind.WEIGHT, replace(figure, quantity=quantity)))
    return awards


def rates_of_scores(passage: Passage, awards: Sequence[Award], start: int, end: int) -> Iterator[Share]:
    """得分率 behind one score and one weight, back to the rate before it."""
    since = start
    for rate in passage.within(start, end):
        if rate.quantity.unit.kind != "rate" or not _RATE.search(passage.text.value, since, rate.start):
            continue
        near = [award for award in awards if since <= award.figure.start < rate.start]
        scores = [award.figure for award in near if award.kind is AwardKind.SCORE and award.percent is None]
        weights = [award.figure for award in near if award.kind is AwardKind.WEIGHT]
        since = rate.end
        if len(scores) == 1 and len(weights) == 1 and not rate.quantity.is_open:
            yield Share(RATE_OF_SCORE, "得分率", rate, (Division(scores[0], weights[0]),))
