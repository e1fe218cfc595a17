"""Means over a number that stands near: 128 个项目，支出 10,300 万元，平均每个项目 80.47 万元; 14 辆，车均 2.61 万元.

The words say over what the mean is taken (每个项目, 车均); which amount is meant they often do not. Every
amount near it may be, so a mean is wrong only where it is one slip away from one of the quotients.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.extract.figures import Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.phrases import rows
from checker.quantity import Interval, Quantity
from checker.relation import PartOf
from checker.relation.divisions import Division, PerUnit
from checker.relation.shares import Multiple
from checker.units import Unit, unit_named
from checker.verdict import Phrase

OVER = Phrase("“{name}”为总量除以“{count}”", "“{name}” divides an amount by “{count}”")
SHARED = Phrase("“每……”把总量分到各个", "“each” shares out the whole")
NEAR = Phrase("未必就邻近的总量而言", "the mean need not be of an amount near it")
_EACH = Pattern(
    r"(?:^、?每一?|(?:平均|折合|折算|相当于|约合|合)(?:每一?|一))(?P<each>\p{Han}{1,8})$|(?P<of>\p{Han})均(?!衡|值|等|匀)(?:(?!每)\p{Han}){0,8}$"
    r"|^(?P<any>平均)$"
)
ANY = "平均"
"""A mean that does not say over what it is taken."""
RUNNING, LONGEST_UNIT = "延", 4
"""每延米 is the price of each metre along a pipe."""
PLAIN_UNITS = frozenset("个家项所座处条名份")
"""Units of many things: the noun says which."""
LONGEST_NOUN = 6
LOOK_BACK, SENTENCES = 10, 1
FAR_BACK, FAR_SENTENCES = 24, 3
"""So far off stands what a mean may come out of; what it misses stands near."""
FAR_LEVELS = frozenset({Kind.LEVEL, Kind.BASE})


def find_averages(reading: Reading) -> Iterator[Multiple | PartOf]:
    """Every mean over a number near it, with each amount that it may be the mean of, and every one above its whole."""
    for page in measured(reading):
        if "均" not in page.passage.text.value and "每" not in page.passage.text.value:
            continue
        for index, item in enumerate(page.figures):
            match = _EACH.search(item.words) if index > 1 else None
            if match is not None and item.based_kind in {"money", "count", "measure"}:
                yield from _above_its_whole(page.figures, index, match["each"] or "")
                yield from _mean(
                    page.figures, index, match["each"] or "", match["of"] or match["any"] or "", match.group()
                )


def _above_its_whole(items: Sequence[Measured], index: int, each: str) -> Iterator[PartOf]:
    """养护支出共 1683.65 万元，折合每公里 5880 万元: one has more than all, unless there is less than one."""
    item, whole = items[index], items[index - 1]
    beside = whole.sentence == item.sentence and whole.base == item.base and whole.kind is Kind.LEVEL
    whole_things = each.startswith(THINGS) and not any(
        one.figure.quantity.value < 1 and each.startswith(one.figure.quantity.unit.name or each) for one in items
    )
    sums = any(word in whole.words for word in ("共", "合计", "总"))
    money = item.based_kind == "money" and not item.figure.quantity.is_open and not whole.figure.quantity.is_open
    if beside and whole_things and sums and money and item.figure.quantity.based > whole.figure.quantity.based:
        yield PartOf(SHARED, whole.figure, item.figure)


THINGS = ("人", "户", "个", "件", "座", "公里", "亩", "平方米", "台", "辆", "所", "村", "吨", "次")


def _mean(items: Sequence[Measured], index: int, each: str, of: str, name: str) -> Iterator[Multiple]:
    item = items[index]
    if item.figure.quantity.is_open:
        return
    readings, counts, amounts = _readings(items, index, each, of, LOOK_BACK, SENTENCES)
    far, far_counts, _ = _readings(items, index, each, of, FAR_BACK, FAR_SENTENCES)
    if not far:
        return
    mean = Multiple(_because(name, counts or far_counts), name, item.figure, readings or far, NEAR, by_place=True)
    if not mean.holds and (distant := Multiple(_because(name, far_counts), name, item.figure, far, NEAR)).holds:
        yield distant
        return
    if not readings:
        return
    wrong_unit = next((one for one in readings if _is_in_another_unit(one, item)), None)
    if each and not mean.holds and wrong_unit is not None:  # of 人均 relate/shares.py tells
        yield Multiple(mean.because, name, item.figure, (wrong_unit,))
        return
    if each and not mean.holds and (only := _only(readings, item, amounts, counts)) is not None:
        mean = Multiple(mean.because, name, item.figure, (only,), NEAR)
    slipped = mean.slipped
    near_it = slipped is not None and _has_its_digits(item.figure.quantity, slipped.exact)
    yield from [mean] if mean.holds or near_it else []


def _has_its_digits(quantity: Quantity, meant: Decimal) -> bool:
    """Whether a mean has all digits of the quotient where its point has moved by one place."""
    moved = quantity.based.adjusted() - meant.adjusted()
    shifted = round(meant.scaleb(moved) / quantity.unit.scale, quantity.decimals)
    return moved == 0 or (abs(moved) == 1 and shifted == quantity.value)


def _because(name: str, counts: Sequence[Measured]) -> Phrase:
    return OVER.filled(name=name, count=counts[0].figure.raw.strip())


def _readings(
    items: Sequence[Measured], index: int, each: str, of: str, most: int, sentences: int
) -> tuple[tuple[Division, ...], Sequence[Measured], Sequence[Measured]]:
    """Each amount over each number that may be meant, so many figures and sentences back."""
    item = items[index]
    near = [
        one
        for one in reversed(items[max(0, index - most) : index])
        if one.sentence >= item.sentence - sentences and not one.figure.quantity.is_open
    ]
    counts = [one for one in near if one.base != item.base and (counts_each(one, each) if each else counts_of(one, of))]
    amounts = [one for one in near if one.base == item.base and one.kind in FAR_LEVELS]
    size = size_of(each)
    readings = tuple(PerUnit(a.figure, c.figure, c.figure.raw.strip(), size) for c in counts for a in amounts)
    return readings, counts, amounts


def _only(
    readings: Sequence[Division], item: Measured, amounts: Sequence[Measured], counts: Sequence[Measured]
) -> Division | None:
    """The one amount over the one number of the mean's own sentence."""
    amounts = [one for one in amounts if one.sentence == item.sentence and one.kind is Kind.LEVEL]
    counts = [one for one in counts if one.sentence == item.sentence]
    if len(amounts) != 1 or len(counts) != 1:
        return None
    return next(d for d in readings if (d.part, d.whole) == (amounts[0].figure, counts[0].figure))


def _is_in_another_unit(reading: Division, item: Measured) -> bool:
    """Whether a mean is right but for 元 where 万元 is meant, or the other way round."""
    quantity = item.figure.quantity
    meant = (quantity.interval * TEN_THOUSAND, quantity.interval / TEN_THOUSAND)
    return item.based_kind == "money" and any(reading.reachable.meets(one) for one in meant)


TEN_THOUSAND = Interval.point(Decimal(10_000))


def counts_each(count: Measured, each: str) -> bool:
    """Whether a number counts what 每 names: 每平方米 and 平方米, 每个项目 and 128 个项目."""
    unit = count.figure.quantity.unit
    if unit.name in PLAIN_UNITS:
        noun = each.removeprefix(unit.name)[:2]
        if len(noun) == 1:  # 42 个快检室…平均每室; 12 个县…平均每个县
            return noun in count.counted[:LONGEST_NOUN]
        return each == unit.name or (len(noun) > 1 and noun in count.words + count.counted)
    known = _unit_of(each)
    return bool(unit.name) and (each.startswith(unit.name) or (known is not None and known.base == unit.base))


def _unit_of(each: str) -> Unit | None:
    """The unit that 每 is of: 每公里造价, 每延米."""
    said = each.removeprefix(RUNNING)
    found = (unit_named(said[:end]) for end in range(min(len(said), LONGEST_UNIT), 0, -1))
    return next((unit for unit in found if unit is not None), None)


def size_of(each: str) -> Decimal:
    """How many of its base the unit has that 每 is of."""
    known = _unit_of(each)
    return Decimal(1) if known is None or known.name in PLAIN_UNITS else Decimal(known.scale)


def counts_of(count: Measured, of: str) -> bool:
    """Whether a number counts what stands before 均: 车均 and 14 辆, 校均 and 45 所."""
    unit = count.figure.quantity.unit.base
    if of == ANY:
        return count.based_kind == "count"
    named = count.figure.quantity.unit.name in PLAIN_UNITS and count.counted.startswith(of)  # 12 个村，村均
    return unit == of or named or any(unit in units for name, *units in rows("averages", "of") if name == of)
