"""Counts in sentences against tables."""

from __future__ import annotations

from decimal import Decimal

from checker.document import Table
from checker.figure import Figure
from checker.quantity import Interval
from checker.relation.base import Relation
from checker.verdict import Mention, Phrase, Role


class RowCount(Relation, frozen=True):
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


class QuantityTotal(Relation, frozen=True):
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


class ListedCount(Relation, frozen=True):
    """A stated count and the list that the text gives of what is counted.

    ``least`` and ``most`` are how many the list may hold; ``unfinished`` says that it ends in 等, so
    that more may be meant than are listed. ``doubt`` says why a difference need not be one.
    """

    stated_count: Figure
    least: int
    most: int
    what: Phrase
    listing: tuple[Mention, ...]
    unfinished: bool = False
    doubt: Phrase | None = None

    @property
    def agree(self) -> bool:
        """Whether the list may hold as many as are stated."""
        number = self.stated_count.quantity.value
        return self.least <= number and (self.unfinished or number <= self.most)

    def needed(self, figure: Figure) -> Interval | None:
        """As many as the list may hold."""
        if figure is not self.stated_count or self.doubt is not None:
            return None
        return Interval(Decimal(self.least), Decimal(self.most))

    @property
    def counted(self) -> int:
        """The number listed that is nearest to the stated one."""
        return self.least if self.stated_count.quantity.value < self.least else self.most

    @property
    def stated(self) -> str:
        """The stated count."""
        return self.stated_count.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The count, then the list."""
        return Mention.of(Role.STATED, self.stated_count), *self.listing
