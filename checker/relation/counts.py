"""Counts in sentences against tables."""

from __future__ import annotations

from dataclasses import dataclass

from checker.document import Table
from checker.figure import Figure
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
