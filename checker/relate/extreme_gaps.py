"""What lies between the one highest and the one lowest of a sentence: 最高 98.10 %，最低 81.96 %，相差 16.14 点."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.clauses import Span
from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relation import ProseTotal, Relation
from checker.relation.growth import RateDifference
from checker.verdict import Phrase

BETWEEN = Phrase("同一句中最高与最低之差", "the highest less the lowest of the same sentence")
REACH = 30
"""Characters between 最高 and its value, or the name before it."""
_APART = Pattern(r"(?:相差|(?<!最大)差距为?|相距|极差为?)(?:达|约|为|仅)?\s*$")
_SPREAD = Pattern(
    r"^\s*[，,](?:其中)?(?:最高与最低|最大与最小|首尾|高低|前后)(?:之间)?(?:相差|差距为?|差)(?:达|约|为)?\s*$"
)
_JOINT = Pattern(r"\s*[、，和]\s*\p{Han}{0,12}\s*")
FEWEST = 3
"""Rates of a list, before what lies between its ends is looked for."""
_LOWER = Pattern(r"比(?:最高|最多|最大)的?[^，。；]{0,10}?(?:低|少|小)(?:了|出)?\s*$")
_HIGHER = Pattern(r"比(?:最低|最少|最小)的?[^，。；]{0,10}?(?:高|多|大)(?:了|出)?\s*$")


def gap_of_list(passage: Passage, span: Span) -> Iterator[RateDifference]:
    """依次为甲 90.61 %、乙 88.86 %、丙 73.38 %，最高与最低相差 17.23 个百分点: the list right before its spread."""
    figures = passage.outside(span)
    for at, figure in enumerate(figures):
        listed = figures[:at]
        if len(listed) < FEWEST or not _SPREAD.search(passage.text.value[figures[at - 1].end : figure.start]):
            continue
        text = passage.text.value
        run = [listed[-1]]
        for one in reversed(listed[:-1]):
            if one.quantity.unit.base != run[0].quantity.unit.base or not _JOINT.fullmatch(
                text[one.end : run[0].start]
            ):
                break
            run.insert(0, one)
        rates = [one for one in run if one.quantity.unit.kind == "rate" and not one.quantity.is_open]
        if len(rates) == len(run) >= FEWEST and figure.quantity.unit.kind in {"points", "rate"}:
            high, low = (way(run, key=lambda one: one.quantity.value) for way in (max, min))
            yield RateDifference(BETWEEN, ("最高", "最低"), high, low, figure, 1)


def gap_of_extremes(passage: Passage, named: Sequence[tuple[str, Figure, bool]], end: int) -> Iterator[Relation]:
    """The stated gap behind a sentence's one highest and one lowest, each with its word; True for the highest."""
    highs, lows = [one for one in named if one[2]], [one for one in named if not one[2]]
    if len(highs) != 1 or len(lows) != 1:
        return
    (high_word, high, _), (low_word, low, _) = highs[0], lows[0]
    for figure in passage.within(max(high.end, low.end), end):
        before = passage.text.value[max(0, figure.start - REACH) : figure.start]
        if not any(pattern.search(before) for pattern in (_APART, _LOWER, _HIGHER)):
            continue
        kinds = [one.quantity.unit.kind for one in (high, low, figure)]
        if kinds[:2] == ["rate", "rate"] and kinds[2] in {"points", "rate"}:
            yield RateDifference(BETWEEN, (high_word, low_word), high, low, figure, 1)
        elif len({one.quantity.unit.base for one in (high, low, figure)}) == 1 and kinds[2] not in {"rate", "points"}:
            yield ProseTotal(BETWEEN, high, ((low, figure),), high_word, gap=f"{high_word}与{low_word}之差")
        return
