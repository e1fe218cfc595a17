"""A total that is composed of named things whose figures stand further on.

"共有资产 N 万元，由甲与乙组成" gives no parts; the section goes on to state 原值, 折旧 and 净值 of
甲 and of 乙. Each measure that both have is a reading of the sum. Which measure is meant the text
does not say, so only a near miss is a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import words
from checker.relate.totals import is_near
from checker.relation import ProseTotal
from checker.verdict import Phrase

COMPOSED = Pattern(r"由(?P<names>(?:[^，,。；;：:由]|,(?=\d)){2,80}?)(?:组成|构成)")
AND = Pattern("以及|[、和与及]")
STATED = Phrase("“由……组成”列出全部组成部分", "“composed of” lists all parts")
BECAUSE = Phrase(
    "“由{names}组成”与同一节中各部分的“{measure}”",
    "“composed of {names}” and the “{measure}” of each in the same section",
)
WHICH = Phrase("未写明按哪一口径相加，各口径均不相符", "the text does not say which measure adds up, and none does")


def find_compositions(reading: Reading) -> Iterator[ProseTotal]:
    """Totals that are said to be composed of things whose figures the same section states."""
    for passage in reading.prose:
        text = passage.text.value
        for match in COMPOSED.finditer(text) if passage.place.row is None else ():
            names = [name.strip() for name in AND.split(match["names"]) if name.strip()]
            total = passage.before(match.start())
            if len(names) < 2 or total is None or any(mark in text[total.end : match.start()] for mark in "。；;"):
                continue
            inside = passage.within(*match.span("names"))
            if inside:
                yield from _stated(passage, total, inside)
            elif total.quantity.unit.kind == "money":
                yield from _readings(reading, passage, total, names)


def _stated(passage: Passage, total: Figure, inside: Sequence[Figure]) -> Iterator[ProseTotal]:
    """由甲 N 万元和乙 M 万元组成: the parts stand in the phrase itself and are all there is."""
    parts = tuple(f for f in inside if f.quantity.unit.base == total.quantity.unit.base and not f.quantity.is_open)
    if any(passage.label(part).endswith(words("parts", "taken_off")) for part in parts):
        return  # 由合同价 A、变更 B 和材料价差调减 C 构成
    if len(parts) == len(inside) > 1:
        yield ProseTotal(STATED, total, (parts,), passage.label(total))


def _readings(reading: Reading, passage: Passage, total: Figure, names: list[str]) -> Iterator[ProseTotal]:
    by_name = [_measures(reading, passage, name, names) for name in names]
    shared = [m for m in by_name[0] if all(m in measures for measures in by_name[1:])]
    if not shared:
        return
    readings = {measure: tuple(measures[measure] for measures in by_name) for measure in shared}
    joined = "、".join(names)
    totals = [
        ProseTotal(BECAUSE.filled(names=joined, measure=measure), total, (parts,), passage.label(total) or joined)
        for measure, parts in readings.items()
    ]
    best = next((one for one in totals if one.holds), None) or min(totals, key=_gap)
    near = best.holds or is_near(best)
    yield ProseTotal(best.because, total, best.readings, best.label, None if near else WHICH)


def _gap(total: ProseTotal) -> Decimal:
    return abs(sum((part.quantity.based for part in total.parts), start=-total.total.quantity.based))


def _measures(reading: Reading, passage: Passage, name: str, names: list[str]) -> dict[str, Figure]:
    """The amounts of the section whose paragraph is about ``name``, by the word before each."""
    out: dict[str, Figure] = {}
    for other in reading.in_section(passage.place.section):
        if other.place.block <= passage.place.block or other.is_heading or not _is_about(other, name, names):
            continue
        for figure in other.figures:
            if figure.quantity.unit.kind == "money" and not figure.quantity.is_open:
                out.setdefault(_measure(other, figure, name), figure)
    return out


def _is_about(passage: Passage, name: str, names: list[str]) -> bool:
    """Whether a paragraph's first sentence names this thing and none of the others."""
    first = next(iter(sentences(passage.text.value)), None)
    opening = passage.text.value[first.start : first.end] if first else ""
    return name in opening and not any(other in opening for other in names if other != name)


def _measure(passage: Passage, figure: Figure, name: str) -> str:
    """The word right before a figure, without the thing's own name: 固定资产原值 is 原值."""
    previous = passage.before(figure.start)
    before = passage.text.value[previous.end if previous else 0 : figure.start]
    for mark in "，,。；;：:、":
        before = before.rpartition(mark)[2]
    word = "".join(before.split()).strip("为共计达")
    word = word.rpartition(name)[2] or word
    return word[-2:]
