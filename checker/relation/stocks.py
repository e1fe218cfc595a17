"""What there was at first, what came in, what went out and what there is at the end (期初 + 增加 − 减少 = 期末)."""

from __future__ import annotations

from decimal import Decimal

from checker.figure import Figure
from checker.quantity import Interval, sum_intervals
from checker.relation.base import Relation, in_unit, terms
from checker.verdict import Mention, Role


class RollForward(Relation, frozen=True):
    """A stock at the end of a time from the one at its beginning and what moved between.

    Without ``opening`` the ``result`` is the net change: what came in less what went out, or the other
    way round where ``fell`` says that it is a fall.
    """

    label: str
    opening: Figure | None
    came: tuple[Figure, ...]
    went: tuple[Figure, ...]
    result: Figure
    fell: bool = False

    @property
    def adding(self) -> tuple[Figure, ...]:
        """The figures that are added."""
        first = (self.opening,) if self.opening else ()
        return (*first, *(self.went if self.fell else self.came))

    @property
    def taken(self) -> tuple[Figure, ...]:
        """The figures that are taken off."""
        return self.came if self.fell else self.went

    @property
    def reach(self) -> Interval:
        """Every value that the figures, as wide as they are written, can give."""
        less = sum_intervals(one.quantity.interval for one in self.taken)
        return sum_intervals(one.quantity.interval for one in self.adding) - less

    @property
    def exact(self) -> Decimal:
        """The value that the printed figures give, in base units."""
        added = sum((one.quantity.based for one in self.adding), Decimal(0))
        return added - sum((one.quantity.based for one in self.taken), Decimal(0))

    @property
    def holds(self) -> bool:
        """Whether the result can be reached."""
        return self.reach.meets(self.result.quantity.interval)

    @property
    def stated(self) -> str:
        """The result as written."""
        return self.result.number

    @property
    def computed(self) -> str:
        """What the figures come to, in the unit of the result."""
        quantity = self.result.quantity
        digits = max(quantity.decimals, *(one.quantity.decimals for one in (*self.adding, *self.taken)))
        return in_unit(self.exact, quantity.unit, digits)

    @property
    def calculation(self) -> str:
        """What is added, less what is taken off."""
        figures = terms(*self.adding, *self.taken)
        added, taken = figures[: len(self.adding)], figures[len(self.adding) :]
        return " − ".join([" + ".join(added), *taken])

    def needed(self, figure: Figure) -> Interval | None:
        """What the others give for one of the figures."""
        if figure is self.result:
            return self.reach
        if figure in self.adding or figure in self.taken:
            own, gap = figure.quantity.interval, self.result.quantity.interval - self.reach
            shift = gap if figure in self.adding else Interval(-gap.high, -gap.low)
            return Interval(own.low + shift.low, own.high + shift.high)
        return None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The result, then what it follows from."""
        operands = (Mention.of(Role.OPERAND, one) for one in (*self.adding, *self.taken))
        return (Mention.of(Role.STATED, self.result), *operands)
