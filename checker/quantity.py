"""Numbers as a report states them, and the true values that they may stand for.

Only ``Decimal`` is used. A quantity keeps the digits that were written; what it may stand for
is its interval. Intervals follow XBRL Calculations 1.1: a rounded figure with d decimals is
v ± ½·10^-d, both ends closed, and statements agree when their intervals meet.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from functools import cached_property

from msgspec import Struct

from checker.units import Unit

INFINITY = Decimal("Infinity")
HALF = Decimal("0.5")


class Interval(Struct, frozen=True, gc=False):
    """The values from ``low`` to ``high``; each end is part of it (closed) or not (open)."""

    low: Decimal
    high: Decimal
    low_closed: bool = True
    high_closed: bool = True

    @property
    def is_bounded(self) -> bool:
        """Whether both ends are numbers."""
        return self.low.is_finite() and self.high.is_finite()

    @classmethod
    def point(cls, value: Decimal) -> Interval:
        """The interval that holds one value only."""
        return cls(value, value)

    @property
    def is_point(self) -> bool:
        """Whether exactly one value is inside."""
        return self.low == self.high

    def contains(self, value: Decimal) -> bool:
        """Whether the value is inside, ends counted as their closedness says."""
        above = value > self.low or (self.low_closed and value == self.low)
        below = value < self.high or (self.high_closed and value == self.high)
        return above and below

    def meets(self, other: Interval) -> bool:
        """Whether some value is inside both."""
        low = max(self.low, other.low)
        high = min(self.high, other.high)
        if low < high:
            return True
        return low == high and self.contains(low) and other.contains(low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_closed, self.low_closed)

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        return _hull((a * b, a_in and b_in) for a, a_in in self._ends() for b, b_in in other._ends())

    def __truediv__(self, other: Interval) -> Interval:
        """Quotients of all pairs. Raises ``ZeroDivisionError`` when the divisor may be zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor's interval holds zero")
        return _hull((a / b, a_in and b_in) for a, a_in in self._ends() for b, b_in in other._ends())

    def _ends(self) -> tuple[tuple[Decimal, bool], tuple[Decimal, bool]]:
        return (self.low, self.low_closed), (self.high, self.high_closed)


def _hull(ends: Iterable[tuple[Decimal, bool]]) -> Interval:
    points = list(ends)
    low = min(value for value, _ in points)
    high = max(value for value, _ in points)
    return Interval(low, high, (low, True) in points, (high, True) in points)


def sum_intervals(intervals: Iterable[Interval]) -> Interval:
    """The interval of the sum; of nothing, the point zero."""
    total = Interval.point(Decimal(0))
    for interval in intervals:
        total = total + interval
    return total


class Qualifier(Enum):
    """A word at a figure that opens it: it no longer states one value."""

    NONE = ""
    ABOUT = "约"
    NEAR = "近"
    OVER = "余"
    AT_LEAST = "以上"
    MORE_THAN = "超过"
    AT_MOST = "以内"
    LESS_THAN = "低于"


ABOUT_SHARE = Decimal("0.05")
NEAR_SHARE = Decimal("0.9")


class Quantity(Struct, frozen=True, dict=True):
    """A number as written: its digits, its unit, and how exactly it is meant.

    ``value`` keeps trailing zeros (66.70 is not 66.7). ``upper`` is the second number of a
    range (2-3 条). All intervals are in the base of the unit (元 for 万元).
    """

    value: Decimal
    unit: Unit
    qualifier: Qualifier = Qualifier.NONE
    upper: Decimal | None = None

    @cached_property
    def decimals(self) -> int:
        """How many digits were written after the point."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def digits(self) -> int:
        """How many digits were written, zeros in front left out."""
        return len(self.value.as_tuple().digits)

    @property
    def significant(self) -> int:
        """How many digits say something: trailing zeros left out."""
        return len(self.value.normalize().as_tuple().digits)

    @property
    def is_open(self) -> bool:
        """Whether a word or a range opens the figure; such a figure is no part of an equality."""
        return self.qualifier is not Qualifier.NONE or self.upper is not None

    @property
    def is_exact(self) -> bool:
        """Whether the figure stands for itself alone: an exact unit at its own scale."""
        return self.unit.exact and self.unit.scale == 1 and not self.is_open

    @property
    def half_digit(self) -> Decimal:
        """Half a unit of the last digit written, in the unit as written, exact or not."""
        return HALF.scaleb(-self.decimals)

    @cached_property
    def half_step(self) -> Decimal:
        """Half a unit of the last digit written, in the base of the unit; 0 when exact."""
        if self.is_exact:
            return Decimal(0)
        return self.half_digit * self.unit.scale

    @cached_property
    def based(self) -> Decimal:
        """The value in the base of its unit: 1.5 万元 is 15000."""
        return self.value * self.unit.scale

    @cached_property
    def interval(self) -> Interval:
        """Every true value for which the report may have written this."""
        low, high = self.based - self.half_step, self.based + self.half_step
        if self.upper is not None:
            return Interval(low, self.upper * self.unit.scale + self.half_step)
        return self._opened(low, high)

    @property
    def truncated(self) -> Interval:
        """Every true value that gives these digits when the rest is cut off, not rounded."""
        step = 2 * self.half_step
        if self.based > 0:
            return Interval(self.based, self.based + step, high_closed=step == 0)
        if self.based < 0:
            return Interval(self.based - step, self.based, low_closed=step == 0)
        return Interval(-step, step, low_closed=step == 0, high_closed=step == 0)

    def _opened(self, low: Decimal, high: Decimal) -> Interval:
        value = self.based
        match self.qualifier:
            case Qualifier.ABOUT:
                width = abs(value) * ABOUT_SHARE
                return Interval(value - width, value + width)
            case Qualifier.NEAR:
                return Interval(min(value, value * NEAR_SHARE), max(value, value * NEAR_SHARE))
            case Qualifier.OVER:
                return Interval(value, value + self._written_step(), low_closed=True, high_closed=False)
            case Qualifier.AT_LEAST:
                return Interval(value, INFINITY)
            case Qualifier.MORE_THAN:
                return Interval(value, INFINITY, low_closed=False)
            case Qualifier.AT_MOST:
                return Interval(-INFINITY, value)
            case Qualifier.LESS_THAN:
                return Interval(-INFINITY, value, high_closed=False)
            case _:
                return Interval(low, high)

    def _written_step(self) -> Decimal:
        """The value of the last digit that is not zero: 3000 余 means 3000 to 4000."""
        _, digits, exponent = self.value.normalize().as_tuple()
        power = exponent if isinstance(exponent, int) and any(digits) else 0
        return Decimal(1).scaleb(power) * self.unit.scale
