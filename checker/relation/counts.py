"""Counts in sentences against tables."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from checker.document import Table
from checker.figure import Figure
from checker.quantity import Interval
from checker.relation.base import Relation
from checker.verdict import Mention, Role


@dataclass(frozen=True)
class RowCount(Relation):
    """A count in the sentence that points to a table, and the table's rows."""

    stated_count: Figure
    counted: int
    table: Table
    last_row: Mention
    near: bool

    @property
    def stated(self) -> str:
        """The stated count."""
        return self.stated_count.number

    def needed(self, figure: Figure) -> Interval | None:
        """The number of rows."""
        return Interval.point(Decimal(self.counted)) if figure is self.stated_count else None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The count, then the table's last row."""
        return Mention.of(Role.STATED, self.stated_count), self.last_row


@dataclass(frozen=True)
class QuantityTotal(Relation):
    """A quantity in the sentence that points to a table, and the table's total of that column."""

    stated_count: Figure
    total: Figure
    column: str
    table: Table
    near: bool

    def needed(self, figure: Figure) -> Interval | None:
        """What the other place says."""
        return (self.total if figure is self.stated_count else self.stated_count).quantity.interval

    @property
    def agree(self) -> bool:
        """Whether both state the same quantity, each rounded as it is written."""
        stated, total = self.stated_count.quantity, self.total.quantity
        return stated.value == total.value or stated.interval.meets(total.interval)

    @property
    def stated(self) -> str:
        """The stated quantity."""
        return self.stated_count.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The quantity, then the table's total."""
        return Mention.of(Role.STATED, self.stated_count), Mention.of(Role.WHOLE, self.total)
