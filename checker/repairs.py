"""The smallest change to a written number with which it would say something else.

The slips are those of people who copy and type: one digit wrong, two swapped that stand beside each
other or about a third, a digit left out or put in, the point moved, a sign, a unit of another scale,
the figure beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from checker.figure import Figure
from checker.quantity import Interval, Quantity
from checker.units import Unit, unit_table
from checker.verdict import Phrase

DIGIT = Phrase("一位数字有误", "one digit")
SWAP = Phrase("两位颠倒", "two digits swapped")
LEFT_OUT = Phrase("漏写一位", "a digit left out")
PUT_IN = Phrase("多写一位", "a digit too many")
POINT = Phrase("小数点移位", "the decimal point moved")
SIGN = Phrase("正负号有误", "the sign")
UNIT = Phrase("单位有误", "the unit")
COPIED = Phrase("与相邻的数相同，疑为误抄", "the same as the figure beside it, copied by mistake")
LONGEST = 15
"""Numbers of more digits are none that people type."""


class Repair(Struct, frozen=True):
    """What a figure would say after one slip is undone, as written, and the slip.

    ``is_exact`` says that it is the very value that is needed, not one near enough.
    """

    written: str
    quantity: Quantity
    slip: Phrase
    is_exact: bool = True


def find_repair(figure: Figure, needed: Interval) -> Repair | None:
    """The slip whose undoing takes a figure to a value that is needed; the one nearest to the middle of it."""
    quantity = figure.quantity
    found = _slips_to(figure, needed)
    if found:
        middle = (needed.low + needed.high) / 2 / quantity.unit.scale
        value, slip = min(found, key=lambda one: abs(one[0] - middle))
        return Repair(_written(figure, value), replace(quantity, value=value), slip, value == middle)
    if not _is_typed(quantity, needed):
        return None
    half = quantity.half_digit
    for unit in _scales(quantity.unit.base) if quantity.value else ():
        low, high = needed.low / unit.scale, needed.high / unit.scale
        if unit.scale != quantity.unit.scale and low - half <= quantity.value <= high + half:
            other = replace(quantity, unit=unit)
            if other.interval.meets(needed):
                return Repair(f"{figure.number}{unit.name}", other, UNIT)
    return None


def _is_typed(quantity: Quantity, needed: Interval) -> bool:
    return not quantity.is_open and quantity.digits <= LONGEST and needed.low.is_finite()


def _slips_to(figure: Figure, needed: Interval) -> list[tuple[Decimal, Phrase]]:
    """Every value that is needed and that one slip has made into the figure's."""
    quantity = figure.quantity
    if not _is_typed(quantity, needed):
        return []
    low, high = (end / quantity.unit.scale for end in (needed.low, needed.high))
    half = quantity.half_step / quantity.unit.scale
    return list(_slips(quantity.value, quantity.decimals, low - half, high + half))


def is_mistyped(figure: Figure, needed: Interval) -> bool:
    """Whether one wrong digit, or a swap of two, parts a figure from a value that is needed."""
    repair = find_repair(figure, needed)
    return repair is not None and repair.slip in (DIGIT, SWAP)


def is_slip_of(figure: Figure, needed: Interval, slips: Sequence[Phrase]) -> bool:
    """Whether one of these slips parts a figure from a value that is needed."""
    return any(slip in slips for _, slip in _slips_to(figure, needed))


def is_exchanged(figure: Figure, needed: Interval) -> bool:
    """Whether two digits that changed places part a figure from a value that is needed."""
    repair = find_repair(figure, needed)
    return repair is not None and repair.slip is SWAP


def copied(figure: Figure, needed: Interval) -> Repair | None:
    """What a figure should say that was copied from the one beside it; None where the value is not plain."""
    quantity = figure.quantity
    value = round((needed.low + needed.high) / 2 / quantity.unit.scale, quantity.decimals)
    other = replace(quantity, value=value)
    if quantity.is_open or not needed.low.is_finite() or not other.interval.meets(needed) or value == quantity.value:
        return None
    return Repair(_written(figure, value), other, COPIED)


def _written(figure: Figure, value: Decimal) -> str:
    """A value as the figure would write it: its separators, its per cent."""
    number = f"{value:,f}" if "," in figure.number else f"{value:f}"
    return number + (figure.number[-1] if figure.number[-1:] in {"%", "％", "‰"} else "")


@cache
def _scales(base: str) -> tuple[Unit, ...]:
    return tuple({unit.scale: unit for unit in unit_table().values() if unit.base == base}.values())


def _slips(value: Decimal, decimals: int, low: Decimal, high: Decimal) -> Iterator[tuple[Decimal, Phrase]]:
    """Every value between ``low`` and ``high`` that one slip has made into this one."""
    if low <= -value <= high and value:
        yield -value, SIGN
    sign = -1 if value < 0 else 1
    if sign < 0:
        low, high = -high, -low
    for shift in (10, 100):
        for moved in (abs(value) * shift, abs(value) / shift):
            if value and low <= moved <= high:
                yield sign * moved, POINT
    unit = Decimal(1).scaleb(-decimals)
    least, most = (int((end / unit).to_integral_value(way)) for end, way in ((low, ROUND_CEILING), (high, ROUND_FLOOR)))
    number = int(abs(value) / unit)
    width = max(len(str(number)), decimals + 1)
    if least <= most:
        for other, slip in _whole_slips(number, width, least, most):
            yield sign * other * unit, slip


def _whole_slips(number: int, width: int, least: int, most: int) -> Iterator[tuple[int, Phrase]]:
    """The same for digits without a point: numbers of ``width`` digits."""
    powers = [10**at for at in range(width)]
    for power in powers:
        digit = number // power % 10
        for apart in (10, 100):  # also about another one: 98.16 and 96.18
            other = number // (power * apart) % 10
            swapped = number + (digit - other) * (apart - 1) * power
            if swapped != number and power * apart <= powers[-1] and least <= swapped <= most:
                yield swapped, SWAP
        rest = number - digit * power
        for other in range(10) if rest <= most and least <= rest + 9 * power else ():
            if other != digit and least <= rest + other * power <= most:
                yield rest + other * power, DIGIT
        shorter = number // (power * 10) * power + number % power
        if least <= shorter <= most and shorter != number:
            yield shorter, PUT_IN
    for power in (*powers, 10**width):
        longer = number // power * power * 10 + number % power
        for digit in range(10) if longer <= most and least <= longer + 9 * power else ():
            if least <= longer + digit * power <= most and longer + digit * power != number:
                yield longer + digit * power, LEFT_OUT
