"""Figures without the unit or the per cent sign that their neighbours have."""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.characters import narrowed
from checker.extract.clauses import Span, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.vocabulary import listed
from checker.relation.wording import LostUnit
from checker.verdict import Mention, Phrase, Role

BECAUSE = Phrase("同一段中相邻数字的单位", "the units of the neighbouring figures")
CUE_REACH = 10
LONGEST_CLAUSE = 40
_INDEX = Pattern(r"(?:[A-Za-z]{2,}|指数|系数|由\d+(?:\.\d+)?|(?<![同环占])比)[^，,。；;]*$")
"""Before a number that has no unit: PQI 由 89.18 提高到 90.04."""
_BARE_BEFORE = Pattern(r"\d\s*[，,][^，,。；;\d]{0,12}$")
"""A neighbour that has no unit either: 由 59.4 降至 52.6，累计下降 6.8."""
LONGEST_LABEL = 16

_BARE = Pattern(r"(?<![\d.,A-Za-z/*×÷+=—~－-])\d{1,6}\.\d{1,4}(?= ?[，。；,;])")  # 增长13.95。


def find_lost_units(reading: Reading) -> Iterator[LostUnit]:
    """Bare figures where all others of their kind carry a unit; a passed one for each that has it."""
    for passage in reading.prose:
        if passage.place.row is not None or not passage.figures:
            continue
        rates = [f for f in passage.figures if f.quantity.unit.kind == "rate" and _cued(passage, f.start)]
        if len(rates) > 1:
            yield LostUnit(BECAUSE, Mention.of(Role.STATED, rates[0]))
        text = narrowed(passage.text.value)
        for match in _BARE.finditer(text):
            span = next(s for s in sentences(text) if match.start() in s)
            if any(f.start <= match.start() < f.end for f in passage.within(span.start, span.end)):
                continue
            led = text[max(span.start, match.start() - LONGEST_CLAUSE) : match.start()]
            if _INDEX.search(led) or _BARE_BEFORE.search(led):
                continue
            other = rates[0] if rates and _cued(passage, match.start()) else _listed(passage, span, *match.span())
            if other:
                place = Mention(Role.STATED, passage.text, *match.span(), passage.place)
                unit, partner = other.quantity.unit.name, Mention.of(Role.OPERAND, other)
                yield LostUnit(BECAUSE, place, match[0], (place,), unit, partner)


def _cued(passage: Passage, start: int) -> bool:
    """Whether a word such as 增长 or 占比 stands right before a figure."""
    before = passage.text.value[max(0, start - CUE_REACH) : start].rstrip("了到约 ")
    return before.endswith(listed("residue", "rate_cues"))


def _listed(passage: Passage, span: Span, start: int, end: int) -> Figure | None:
    """The amount before, where amounts of one unit stand on both sides in one list, each behind its label."""
    within = passage.within(span.start, span.end)
    before = next((f for f in reversed(within) if f.end <= start), None)
    after = next((f for f in within if f.start >= end), None)
    if before is None or after is None or before.quantity.unit != after.quantity.unit:
        return None
    text = passage.text.value
    labels = [text[a:b].strip(" ，,、；;") for a, b in ((before.end, start), (end, after.start))]
    plainly = all(1 < len(label) <= LONGEST_LABEL and not any(m in label for m in "。：:（(") for label in labels)
    return before if plainly and before.quantity.unit.kind == "money" else None
