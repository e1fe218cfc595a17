"""Figures that follow from others by the words of a sentence: amounts from prices and numbers, means from values."""

from __future__ import annotations

from decimal import Decimal

from checker.figure import Figure
from checker.quantity import Interval, sum_intervals
from checker.relation.base import Relation, in_unit, number_text
from checker.verdict import Mention, Phrase, Role

ONE = Decimal(1)


def width(figure: Figure) -> Interval:
    """What a factor stands for: a price without decimals, a weight and a rate of interest are exactly that."""
    quantity = figure.quantity
    as_said = quantity.unit.kind == "rate" or (quantity.unit.kind == "money" and not quantity.decimals)
    return Interval.point(quantity.based) if as_said and not quantity.is_open else quantity.interval


SAYING = frozenset({"rate", "measure"})


def _says_units(product: tuple[Figure, ...]) -> bool:
    """Whether the units of factors say what their product is divided by: 2.40 万元 × 67.25 公里, 2500 万元 × 2.9 %."""
    return len(product) > 1 and any(f.quantity.unit.kind in SAYING and f.quantity.unit.name in f.raw for f in product)


class Derived(Relation, frozen=True):
    """A figure that is a sum of products, times a number and over another.

    Each of ``products`` holds the figures that are multiplied; ``times`` are the readings of what the
    sum is multiplied by (1 or 12 for an amount a month), ``over`` is what it is divided by. ``doubt`` says
    why a figure that is off need not be wrong.
    """

    label: str
    result: Figure
    products: tuple[tuple[Figure, ...], ...]
    times: tuple[Decimal, ...] = (ONE,)
    over: Decimal = ONE
    doubt: Phrase | None = None

    @property
    def is_open(self) -> bool:
        """Whether a figure is approximate or a range."""
        return any(figure.quantity.is_open for figure in (self.result, *self.operands))

    @property
    def operands(self) -> tuple[Figure, ...]:
        """All figures that are multiplied or added."""
        return tuple(figure for product in self.products for figure in product)

    def reachable(self, times: Decimal) -> Interval:
        """Every value that the figures, as wide as they are written, can give."""
        parts = []
        for product in self.products:
            part = Interval.point(ONE)
            for figure in product:
                part = part * (width(figure) if len(product) > 1 else figure.quantity.interval)
            parts.append(part)
        return sum_intervals(parts) * Interval.point(times / self.over)

    def exact(self, times: Decimal) -> Decimal:
        """The value that the printed figures give."""
        total = Decimal(0)
        for product in self.products:
            part = times
            for figure in product:
                part *= figure.quantity.based
            total += part
        return total / self.over

    @property
    def holds(self) -> bool:
        """Whether a reading gives the result, rounded or cut off as it is written."""
        quantity = self.result.quantity
        half = quantity.half_digit * quantity.unit.scale
        low, high = quantity.based - half, quantity.based + half * (2 if quantity.decimals else 1)
        return any(self.reachable(times).meets(Interval(low, high)) for times in self.times)

    @property
    def holds_to_the_digit(self) -> bool:
        """Whether the printed figures give the result's digits."""
        return Decimal(in_unit(self.exact(self.closest), self.result.quantity.unit, self.result.quantity.decimals)) == (
            self.result.quantity.value
        )

    @property
    def closest(self) -> Decimal:
        """The reading that comes nearest to the result."""
        return min(self.times, key=lambda times: abs(self.exact(times) - self.result.quantity.based))

    @property
    def computed(self) -> str:
        """The value of the nearest reading, written as the result is; with more digits where that shows nothing."""
        quantity = self.result.quantity
        if not self.holds_to_the_digit:
            return in_unit(self.exact(self.closest), quantity.unit, quantity.decimals)
        return number_text(round(self.exact(self.closest) / quantity.unit.scale, quantity.decimals + 2))

    def needed(self, figure: Figure) -> Interval | None:
        """What the operands give; for a factor of the only product what result and the others give."""
        if figure is self.result:
            return self.reachable(self.closest)
        if len(self.products) > 1 or figure not in self.products[0]:
            return None
        rest = Interval.point(self.closest / self.over)
        for other in self.products[0]:
            rest = rest if other is figure else rest * width(other)
        return self.result.quantity.interval / rest

    @property
    def calculation(self) -> str:
        """The sum of products as the report's figures give it."""
        added = " + ".join(" × ".join(figure.raw.strip() for figure in product) for product in self.products)
        over = ONE if all(_says_units(product) for product in self.products) else self.over
        if len(self.products) > 1 and (self.closest != 1 or over != 1):
            added = f"({added})"
        added += f" × {number_text(self.closest)}" if self.closest != 1 else ""
        return added + (f" ÷ {number_text(over)}" if over != 1 else "")

    @property
    def fields(self) -> dict[str, object]:
        """What messages say of it."""
        return {"label": self.label, "calculation": self.calculation, "computed": self.computed}

    @property
    def stated(self) -> str:
        """The result as written."""
        return self.result.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The result, then what it follows from."""
        return Mention.of(Role.STATED, self.result), *(Mention.of(Role.OPERAND, figure) for figure in self.operands)


class Product(Derived, frozen=True):
    """An amount that a price and a number give: 每户 500 元，126 户，共计 6.3 万元."""


class Mean(Derived, frozen=True):
    """A mean beside the values, or the sum, that it is the mean of."""
