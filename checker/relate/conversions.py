"""One number said twice in a breath: 28,690 万元（折合 2.87 亿元）, and 前者是后者的 2.18 倍 of two before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from checker.extract.clauses import JOINED, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.quantity import Qualifier
from checker.relation import Relation
from checker.relation.divisions import Division
from checker.relation.facts import Restatement
from checker.relation.shares import Multiple
from checker.verdict import Phrase

CONVERTED = Phrase("“{word}”为同一数额的换算", "“{word}” writes the same amount in another unit")
FORMER = Phrase("“前者”“后者”指前文两数", "“former” and “latter” are two figures before it")
SEVERAL = Phrase("前文有多个数，未必指所取的两个", "several figures stand before it, others may be meant")
_CONVERTED = Pattern(r"\s*[（(，,]\s*(?P<word>折合|约合|合计约|折|合|即|约)\s*(?:约|为)?$")
_FORMER = Pattern(
    r"(?P<first>[前后]者)[^，,。；;\d]{0,4}(?:[是为]|相当于)[^，,。；;\d]{0,3}(?P<second>[前后]者)的?\s*约?$"
)
LONGEST, LOOK_BACK = 8, 6


def find_conversions(reading: Reading) -> Iterator[Relation]:
    """Every amount that is said again in another unit right behind itself, and every multiple of the two before."""
    for passage in reading.prose:
        yield from _converted(passage)
        if "者" in passage.text.value:
            yield from _former(passage)


def _converted(passage: Passage) -> Iterator[Restatement]:
    text = passage.text.value
    for first, second in pairwise(passage.figures):
        start = second.start_behind("约近合折")
        one, other = first.quantity, second.quantity
        same = one.unit.base == other.unit.base and one.unit.kind != "rate"
        same = same and not text.startswith(("/", "／", "每"), second.end)  # 折合 8.562 元/车公里
        same = same and (one.unit.scale != other.unit.scale or _is_moved(first, second))
        match = _CONVERTED.match(text[first.end : start]) if same and start - first.end <= LONGEST else None
        if match is None or _is_last_of_list(passage, first) or first.quantity.is_open or other.upper is not None:
            continue
        if other.qualifier is not Qualifier.NONE:
            second = second.unqualified
            rough = not other.decimals and other.based / 2 < one.based < other.based * 2  # 约 2 亿元
            if rough or abs(one.based - second.quantity.based) <= 2 * second.quantity.half_step:
                continue  # 约 1.28 亿元 may be cut off
        label = passage.label(first) or first.raw.strip()
        yield Restatement(CONVERTED.filled(word=match["word"]), label, second, (first,))


def _is_last_of_list(passage: Passage, figure: Figure) -> bool:
    """分别多支出 3106 万元和 894 万元，合计约 0.40 亿元."""
    before = passage.before(figure.start)
    return before is not None and passage.text.value[before.end : figure.start].strip() in JOINED


def _is_moved(first: Figure, second: Figure) -> bool:
    """9,645.06 万元（约 0.96 万元）: the same digits in one unit, thousands of times apart."""
    one, other = first.quantity, second.quantity
    times = abs(one.based / other.based) if other.based else Decimal(0)
    written = other.unit.kind in {"money", "measure"} and other.decimals > 0
    return written and any(abs(times / power - 1) * 50 < 1 for power in (Decimal(1000), Decimal(10000)))


def _former(passage: Passage) -> Iterator[Multiple]:
    before: Sequence[Figure] = ()
    for span in sentences(passage.text.value):
        figures = passage.within(span.start, span.end)
        for index, figure in enumerate(figures):
            lead = passage.text.value[max(span.start, figure.start - 20) : figure.start]
            match = _FORMER.search(lead) if figure.quantity.unit.base == "倍" else None
            if match is not None and match["first"] != match["second"]:
                near = [*before, *figures[:index]][-LOOK_BACK:]
                yield from _times(figure, near, figures[:index], former=match["first"] == "前者")
        before = figures


def _times(figure: Figure, near: Sequence[Figure], own: Sequence[Figure], *, former: bool) -> Iterator[Multiple]:
    """The multiple over every two figures of one unit before it, in the order of the words.

    Where its ``own`` sentence has two figures, both of one unit, these are meant.
    """
    if any(one.quantity.is_open for one in near[-2:]):
        return  # 约 3,549 人，南屏市 5,510 人，后者是前者的 1.55 倍
    pairs = [
        (one, other) if former else (other, one)
        for one, other in combinations(near, 2)
        if one.quantity.unit.base == other.quantity.unit.base
        and not one.quantity.is_open
        and not other.quantity.is_open
    ]
    readings = tuple(Division(one, other, other.raw.strip()) for one, other in pairs if other.quantity.value)
    if readings and not figure.quantity.is_open:
        label = "前者为后者的倍数" if former else "后者为前者的倍数"
        plain = len(readings) == 1 or (len(own) == 2 and own[0].quantity.unit.base == own[1].quantity.unit.base)
        yield Multiple(FORMER, label, figure, readings, None if plain else SEVERAL)
