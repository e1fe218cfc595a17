"""得分率 beside its score and its weight, in sentences and headings: 权重 7%，得分 6.00 分，得分率 85.71%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from checker.extract.awards import Award, AwardKind, find_awards
from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.figure import Figure
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
        scores = scores or _right_behind(passage, awards, rate)
        weights = [award.figure for award in near if award.kind is AwardKind.WEIGHT]
        weights = weights or (_right_before(passage, awards, scores[0], since) if len(scores) == 1 else [])
        since = rate.end
        if len(scores) == 1 and len(weights) == 1 and not rate.quantity.is_open:
            yield Share(RATE_OF_SCORE, "得分率", rate, (Division(scores[0], weights[0]),))


_THEN_SCORE = Pattern(r"[，,]\s*(?:实际|评价|实|复核|复评)?(?:得|得分|计)[为是：:]?\s*")
_THEN = Pattern(
    r"[，,、）)]\s*(?:(?:自评|扣)[^，,。；;]{0,8}[，,]\s*)*(?:实际|评价|实|复核|复评)?(?:得|得分|计)?[为是：:]?\s*"
)


def _right_behind(passage: Passage, awards: Sequence[Award], rate: Figure) -> list[Figure]:
    """权重 3%，得分率 83.47%，得 2.50 分: the score right behind the rate."""
    text = passage.text.value
    scores = [award.figure for award in awards if award.kind is AwardKind.SCORE and award.figure.start >= rate.end]
    found = [one for one in scores[:1] if _THEN_SCORE.fullmatch(text[rate.end : one.start])]
    return [_as_rounded(one) for one in found]


def _as_rounded(score: Figure) -> Figure:
    """A score that was worked out by the rate, and rounded."""
    unit = replace(score.quantity.unit, exact=False)
    return replace(score, quantity=replace(score.quantity, unit=unit))


def _right_before(passage: Passage, awards: Sequence[Award], score: Figure, since: int) -> list[Figure]:
    """3 分，得 2.50 分，得分率 83.33%: the points right before the score, which no word calls a weight."""
    known = {award.figure.start for award in awards}
    before = [one for one in passage.within(since, score.start) if one.quantity.unit.kind == "score"]
    text = passage.text.value
    points = [one for one in before[-1:] if one.start not in known and _THEN.fullmatch(text[one.end : score.start])]
    points = [one for one in points if not _WORKED_OUT.search(text, since, one.start)]
    return [one for one in points if one.quantity.value >= score.quantity.value]


_WORKED_OUT = Pattern(r"(?:[=＝×÷+－−*]|扣|失|得|计|共|自评)\s*$")
