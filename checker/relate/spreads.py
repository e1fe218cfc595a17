"""What lies between the ends of what a sentence lists: 依次为产出（87.03%）、决策（71.65%），首末相差 15.38 个百分点.

The values may stand in brackets or one behind the other with words between. Either all values of the sentence are
meant or the last two; only where the words name both ends, or two values are all there are, can a gap be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.figures import Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.relate.apart import gap_between
from checker.relate.slips import is_one_edit
from checker.relation import ProseTotal
from checker.relation.growth import RateDifference
from checker.verdict import Phrase

ENDS = Phrase("同一句所列各数的两端之差", "what lies between the ends of what the sentence lists")
_APART = Pattern(
    r"(?P<ends>首尾|首末|最高[^，。；\d]{0,8}最低[^，。；\d]{0,8}|最大[^，。；\d]{0,8}最小[^，。；\d]{0,8}|两者|二者|两端|极差)?"
    r"(?:之间)?(?:的)?(?:相差|之差|差距|极差)(?:为|达)?$"
)
_OTHER = Pattern(r"目标|计划|标准|上年|同期|平均")
"""Words of values that are no ends of a list."""
CHANGES = frozenset({Kind.CHANGE, Kind.GROWTH, Kind.DIFFERENCE})
FEWEST, TELLING = 2, 3
HIGH_LOW = ("最高", "最低")


def find_spreads(reading: Reading) -> Iterator[RateDifference | ProseTotal]:
    """Every gap of a sentence whose values stand before it."""
    for page in measured(reading):
        if "差" not in page.passage.text.value or page.passage.place.row is not None:
            continue
        for index, item in enumerate(page.figures):
            match = _APART.search(item.words)
            if match is None or item.figure.quantity.is_open or item.figure.quantity.digits < TELLING:
                continue
            before = [one for one in page.figures[:index] if one.sentence == item.sentence]
            yield from _gap(item, _values(item, before), ends=match["ends"] is not None)


def _values(item: Measured, before: Sequence[Measured]) -> list[Measured]:
    """The values that a gap may be of; only points are a gap of rates."""
    if (item.base == "%") is not (item.figure.quantity.unit.kind == "points"):
        return []
    levels = [one for one in before if one.kind not in CHANGES and not one.figure.quantity.is_open]
    return [one for one in levels if one.base == item.base and one.figure.quantity.unit.kind != "points"]


def _gap(item: Measured, values: Sequence[Measured], *, ends: bool) -> Iterator[RateDifference | ProseTotal]:
    if len(values) < FEWEST:
        return
    ordered = sorted(values, key=lambda one: one.figure.quantity.based)
    pairs = [(ordered[-1], ordered[0]), *([(values[-2], values[-1])] if len(values) > FEWEST else [])]
    claims = [_between(item, *pair) for pair in pairs]
    holding = [claim for claim in claims if claim.holds]
    if holding:
        yield holding[0]
    elif (ends or len(values) == FEWEST) and not any(_OTHER.search(one.words) for one in values):
        high, low = pairs[0]
        meant = high.figure.quantity.value - low.figure.quantity.value
        if is_one_edit(item.figure.quantity.value, meant):
            yield claims[0]


def _between(item: Measured, one: Measured, other: Measured) -> RateDifference | ProseTotal:
    high, low = sorted((one, other), key=lambda each: each.figure.quantity.based, reverse=True)
    if item.base == "%":
        return RateDifference(ENDS, HIGH_LOW, high.figure, low.figure, item.figure, 1)
    return gap_between(ENDS, HIGH_LOW, (high.figure, low.figure), item.figure, "相差")
