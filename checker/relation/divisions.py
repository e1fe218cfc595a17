"""What a rate divides by what: two stated figures, what is left of one, or how far the two lie apart."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from checker.figure import Figure
from checker.quantity import Interval
from checker.relation.base import terms


class Division(Struct, frozen=True):
    """One reading of a rate: what is divided by what, and by which name the text calls the divisor."""

    part: Figure
    whole: Figure
    name: str = ""

    @property
    def calculation(self) -> str:
        """The division in figures as written."""
        return " ÷ ".join(terms(self.part, self.whole))

    @property
    def is_possible(self) -> bool:
        """Whether the divisor is surely not zero, and not both figures are without an end (60 岁及以上)."""
        interval = self.whole.quantity.interval
        endless = interval.high.is_infinite() and self.part.quantity.interval.high.is_infinite()
        return not interval.low <= 0 <= interval.high and not endless

    @property
    def reachable(self) -> Interval:
        """Every quotient that the two figures allow. Raises ``ZeroDivisionError`` where it has none."""
        return self.part.quantity.interval / self.whole.quantity.interval

    def share(self, rate: Interval) -> Interval:
        """The part over the whole when the rate is this one."""
        return rate

    @property
    def exact(self) -> Decimal:
        """The quotient of the printed figures. Raises ``ZeroDivisionError`` where it has none."""
        return self.part.quantity.based / self.whole.quantity.based


class PerUnit(Division, frozen=True):
    """An amount for each of a larger unit than that in which the number is based: 每公里, of metres.

    ``size`` is how many of the base there are in it.
    """

    size: Decimal = Decimal(1)

    @property
    def reachable(self) -> Interval:
        """Every amount for each that the two figures allow. Raises ``ZeroDivisionError`` where there is none."""
        return super().reachable * Interval.point(self.size)

    def share(self, rate: Interval) -> Interval:
        """The amount over the number in its base."""
        return rate / Interval.point(self.size)

    @property
    def exact(self) -> Decimal:
        """The amount for each of the printed figures. Raises ``ZeroDivisionError`` where there is none."""
        return super().exact * self.size


class Rest(Division, frozen=True):
    """What is left of the whole, as a share of it: (预算 − 实际) ÷ 预算."""

    @property
    def calculation(self) -> str:
        """As for a division."""
        part, whole = terms(self.part, self.whole)
        return f"({whole} − {part}) ÷ {whole}"

    @property
    def reachable(self) -> Interval:
        """As for a division."""
        return Interval.point(Decimal(1)) - super().reachable

    def share(self, rate: Interval) -> Interval:
        """As for a division."""
        return Interval.point(Decimal(1)) - rate

    @property
    def exact(self) -> Decimal:
        """As for a division."""
        return 1 - super().exact


class Change(Division, frozen=True):
    """By how much the part exceeds the whole, as a share of it: (本年 − 上年) ÷ 上年."""

    @property
    def calculation(self) -> str:
        """As for a division."""
        part, whole = terms(self.part, self.whole)
        return f"({part} − {whole}) ÷ {whole}"

    @property
    def reachable(self) -> Interval:
        """As for a division."""
        return super().reachable - Interval.point(Decimal(1))

    def share(self, rate: Interval) -> Interval:
        """As for a division."""
        return Interval.point(Decimal(1)) + rate

    @property
    def exact(self) -> Decimal:
        """As for a division."""
        return super().exact - 1


class Fulfilled(Division, frozen=True):
    """The part over what was planned, which is only told by how far the part lies from it: ``whole`` is that gap.

    ``beyond`` is 1 where the part is more than was planned, -1 where it is less.
    """

    beyond: int = 1

    @property
    def calculation(self) -> str:
        """As for a division."""
        part, gap = terms(self.part, self.whole)
        return f"{part} ÷ ({part} {'−' if self.beyond > 0 else '+'} {gap})"

    @property
    def reachable(self) -> Interval:
        """As for a division."""
        part, gap = self.part.quantity.interval, self.whole.quantity.interval
        return Interval.point(Decimal(1)) / (Interval.point(Decimal(1)) - gap / part * self._beyond)

    @property
    def _beyond(self) -> Interval:
        return Interval.point(Decimal(self.beyond))

    def share(self, rate: Interval) -> Interval:
        """Of what the gap is a part: part over gap."""
        one = Interval.point(Decimal(1))
        return self._beyond / (one - one / rate)

    @property
    def exact(self) -> Decimal:
        """As for a division."""
        part, gap = self.part.quantity.based, self.whole.quantity.based
        return part / (part - gap * self.beyond)


class OfLost(Division, frozen=True, kw_only=True):
    """Points taken off as a share of all that were: ``whole`` is the score, and ``weight`` what it is out of."""

    weight: Figure

    @property
    def calculation(self) -> str:
        """As for a division."""
        part, score, weight = terms(self.part, self.whole, self.weight)
        return f"{part} ÷ ({weight} − {score})"

    @property
    def is_possible(self) -> bool:
        """Whether any points were taken off at all."""
        return self.whole.quantity.based < self.weight.quantity.based

    @property
    def reachable(self) -> Interval:
        """As for a division."""
        return self.part.quantity.interval / (self.weight.quantity.interval - self.whole.quantity.interval)

    def share(self, rate: Interval) -> Interval:
        """As for a division: the part over the score."""
        score = self.whole.quantity.interval
        return rate * (self.weight.quantity.interval - score) / score

    @property
    def exact(self) -> Decimal:
        """As for a division."""
        return self.part.quantity.based / (self.weight.quantity.based - self.whole.quantity.based)
