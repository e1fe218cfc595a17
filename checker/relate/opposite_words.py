"""A change and its rate, side by side, that go different ways: 较上年减少 8.19 万元，增长 10.55 %."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relation.growth import Direction, GrowthFacts
from checker.verdict import Phrase

BESIDE = Phrase("增减额与紧接其后的增减比率", "a change and the rate right behind it")
_CHANGE = Pattern(r"(?P<word>减少|下降|降低|回落|增加|增长|上升|提高)了?\s*$")
_RATE = Pattern(
    r"^\s*[，,（(]\s*(?:同比|比上年|相应|较上年)?(?P<word>下降|降低|减少|降幅|减幅|增长|上升|增加|提高|增幅|升幅)(?:了|为|达|达到)?\s*$"
)
_FALLS = ("减", "降", "下降", "回落")
AMOUNTS = frozenset({"money", "count", "measure"})


def find_opposite_words(reading: Reading) -> Iterator[Direction]:
    """Every change with its rate right behind it, by the words of both."""
    for passage in reading.prose:
        for change, rate in pairwise(passage.figures):
            if rate.quantity.unit.kind == "rate" and change.quantity.unit.kind in AMOUNTS:
                found = _judged(passage, change, rate)
                if found is not None:
                    yield found


def _judged(passage: Passage, change: Figure, rate: Figure) -> Direction | None:
    text = passage.text.value
    before = _CHANGE.search(text[max(0, change.start - REACH) : change.start])
    between = _RATE.search(text[change.end : rate.start])
    if before is None or between is None or rate.quantity.value <= 0 or change.quantity.value <= 0:
        return None
    one, other = (-1 if word.startswith(_FALLS) else 1 for word in (before["word"], between["word"]))
    said = text[change.start - len(before[0]) : change.end]
    facts = GrowthFacts(said, between["word"], change, other, rate=rate)
    return Direction(BESIDE, facts, one, opposite=said)


REACH = 6
