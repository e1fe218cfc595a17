"""Quarters or months that are listed behind their year: 全年支出 7,780.80 万元，一至四季度依次为 A、B、C 和 D.

The list is whole by its name. So a sum is wrong where it misses the year by a slip of the pen, or by little.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from checker.extract.clauses import JOINED, sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.part_scope import addable
from checker.relate.totals import is_near
from checker.relation import ProseTotal
from checker.verdict import Phrase

OF_YEAR = Phrase("“{word}”列出全年各期", "“{word}” lists all parts of the year")
APART = Phrase("全年数与各期数未必就同一事而言", "the year and its parts need not be of one thing")
_LISTS = Pattern(
    r"(?P<word>(?P<four>(?:第?[一1][至—－~-](?:第?[四4])季度|四个季度|各季度)|(?P<twelve>1[至—－~-]12月|各月)|上、?下半年)"
    r"(?:[支执拨发完办接到结收][\p{Han}]{1,5})?(?:分别|依次)(?:为|是|达|完成|支出)?)\s*$"
)
FOUR, TWELVE, TWO = 4, 12, 2
LEAD = 24


def find_quarters(reading: Reading) -> Iterator[ProseTotal]:
    """Every amount of a year with the quarters, halves or months that its sentence lists."""
    for passage in reading.prose:
        text = passage.text.value
        if not any(word in text for word in ("季度", "月", "半年")):
            continue
        for at, first in enumerate(passage.figures):
            match = _LISTS.search(text, max(0, first.start - LEAD), first.start)
            if match is not None:
                yield from _sums(passage, at, match)


def _sums(passage: Passage, at: int, match: Match) -> Iterator[ProseTotal]:
    figures, text = passage.figures, passage.text.value
    count = TWELVE if match["twelve"] else FOUR if match["four"] else TWO
    parts = figures[at : at + count]
    joints = [text[one.end : two.start].strip() for one, two in pairwise(parts)]
    base = parts[0].quantity.unit.base
    if len(parts) < count or not set(joints) <= JOINED or any(not _is_of(part, base) for part in parts):
        return
    start = sentence_at(text, parts[0].start).start
    wholes = [figure for figure in figures[:at] if figure.start >= start and _is_of(figure, base)]
    if wholes:
        whole = wholes[-1]
        claim = ProseTotal(OF_YEAR.filled(word=match["word"]), whole, (tuple(parts),), passage.label(whole))
        yield claim if is_near(claim) else replace(claim, doubt=APART)


def _is_of(figure: Figure, base: str) -> bool:
    return addable(figure) and figure.quantity.unit.base == base
