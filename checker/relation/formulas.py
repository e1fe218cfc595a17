"""Formulas that a report prints with their numbers."""

from __future__ import annotations

from decimal import Decimal

from checker.figure import Figure
from checker.quantity import Interval, Quantity
from checker.relation.base import Relation
from checker.verdict import Mention, Phrase, Role

HUNDRED = Decimal(100)
FAR_OFF = 10
"""A value so many times nearer to the result in 元 than in its own unit is one in 元."""


class Formula(Relation, frozen=True):
    """A formula printed with its numbers and a result.

    ``exact`` is its value with the printed numbers, ``interval`` with each rounded operand as
    wide as it was written, ``result_intervals`` what the printed result stands for, rounded and
    cut off; all as plain ratios (87.1 % is 0.871). ``repairs`` say, for a result that is off, where each
    operand would have to lie, ``doubt`` why one that is off need not be wrong.
    """

    expression: str
    operands: tuple[Figure, ...]
    result: Figure
    exact: Decimal
    interval: Interval
    result_intervals: tuple[Interval, Interval]
    repairs: tuple[tuple[Figure, Interval], ...] = ()
    doubt: Phrase | None = None

    @property
    def stated(self) -> str:
        """The printed result."""
        return self.result.number

    @property
    def calculation(self) -> str:
        """The formula as printed."""
        return self.expression

    @property
    def computed(self) -> str:
        """The value with the printed numbers, with the digits and the per cent of the result."""
        quantity = self.result.quantity
        rate = quantity.unit.kind == "rate"
        exact = self.exact
        if quantity.unit.kind == "money" and abs(exact) > quantity.unit.scale * abs(quantity.value) / FAR_OFF:
            exact /= quantity.unit.scale  # 79980 人 × 940 元 in 万元
        value = round(exact * 100 / quantity.unit.scale if rate else exact, quantity.decimals)
        return f"{value:f}{quantity.unit.name}" if rate else f"{value:f}"

    def needed(self, figure: Figure) -> Interval | None:
        """The value of the formula for its result; for an operand what ``repairs`` says."""
        if figure is self.result:
            scale = Decimal(100) if figure.quantity.unit.kind == "rate" else figure.quantity.unit.scale
            return self.interval * Interval.point(scale)
        return next((interval for operand, interval in self.repairs if operand is figure), None)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The result, then the operands."""
        return (Mention.of(Role.STATED, self.result), *(Mention.of(Role.OPERAND, f) for f in self.operands))


class FormulaOperand(Relation, frozen=True):
    """An operand of a printed formula and the figure of the same indicator that it stands for."""

    expression: str
    operand: Figure
    prose: Figure
    result: Figure
    fits: bool

    @property
    def same(self) -> bool:
        """Whether operand and prose state the same number."""
        return self.operand.quantity.value == self.prose.quantity.value or (
            self.operand.quantity.based == self.prose.quantity.based
        )

    def needed(self, figure: Figure) -> Interval | None:
        """What the other place says; for the prose nothing where the result comes out with its figure."""
        if figure is self.result or (figure is self.prose and self.fits):
            return None
        other = self.prose if figure is self.operand else self.operand
        return Interval.point(other.quantity.value * figure.quantity.unit.scale)

    @property
    def stated(self) -> str:
        """The operand as printed in the formula."""
        return self.operand.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The operand, the prose's figure, the result."""
        return (
            Mention.of(Role.STATED, self.operand),
            Mention.of(Role.OPERAND, self.prose),
            Mention.of(Role.WHOLE, self.result),
        )


class Complement(Relation, frozen=True):
    """Two rates that make the whole: 政府采购执行率 13.95% and 政府采购节支率 86.05%."""

    rate: Figure
    other: Figure
    names: tuple[str, str]

    @property
    def holds(self) -> bool:
        """Whether both, rounded or cut off, can make 100 per cent."""
        rate, other = self.rate.quantity, self.other.quantity
        return any((a + b).contains(HUNDRED) for a in _ways(rate) for b in _ways(other))

    def needed(self, figure: Figure) -> Interval | None:
        """What the other rate leaves of 100 per cent."""
        other = self.other if figure is self.rate else self.rate
        return Interval.point(HUNDRED) - other.quantity.interval

    @property
    def stated(self) -> str:
        """The second rate as written."""
        return self.other.number

    @property
    def computed(self) -> str:
        """What the first rate leaves, with its digits."""
        return f"{HUNDRED - self.rate.quantity.based}%"

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The second rate, then the first."""
        return Mention.of(Role.STATED, self.other), Mention.of(Role.OPERAND, self.rate)


def _ways(quantity: Quantity) -> tuple[Interval, Interval]:
    return quantity.interval, quantity.truncated
