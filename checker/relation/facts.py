"""One fact that a report states in several places."""

from __future__ import annotations

from msgspec.structs import replace

from checker.figure import Figure
from checker.quantity import Interval, Quantity
from checker.relation.base import Relation
from checker.verdict import Mention, Role


def agree(first: Quantity, second: Quantity) -> bool:
    """Whether two figures can state one value: the same digits, or where one is rounded more, its rounding."""
    if first.half_step == second.half_step:
        return first.based == second.based
    return first.interval.meets(second.interval)


class Restatement(Relation, frozen=True):
    """A figure and the other places that state the same fact: ``label`` is what all of them count.

    ``others`` agree with each other; ``figure`` may differ from them. ``by_place`` says that only the lists in
    which they stand make them one: a finding with more to say of either is told instead.
    """

    label: str
    figure: Figure
    others: tuple[Figure, ...]
    by_place: bool = False

    @property
    def agree(self) -> bool:
        """Whether all places can mean one value, each rounded as it is written."""
        return all(agree(self.figure.quantity, other.quantity) for other in self.others)

    def needed(self, figure: Figure) -> Interval | None:
        """What the other places state; for one of several that agree nothing."""
        if figure is self.figure:
            return self.others[0].quantity.interval
        return self.figure.quantity.interval if len(self.others) == 1 else None

    @property
    def is_unit_slip(self) -> bool:
        """Whether the same number stands with units of another scale: 元 for 万元."""
        one, other = self.figure.quantity, self.others[0].quantity
        return one.value == other.value and one.unit.scale != other.unit.scale

    @property
    def stated(self) -> str:
        """The figure as written."""
        return self.figure.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The figure, then the other places."""
        return (Mention.of(Role.STATED, self.figure), *(Mention.of(Role.OPERAND, other) for other in self.others))


class RowValue(Relation, frozen=True):
    """A value of the text beside the rows of a table.

    ``name`` is the row that the sentence names with its ``cell``, ``owner`` the row that has the value, or the named
    one where no row has it, with the ``owned`` figure.
    """

    figure: Figure
    name: str
    cell: Figure
    owner: str
    owned: Figure

    @property
    def stated(self) -> str:
        """The value as written."""
        return self.figure.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The value, the row that has it, and the one that is named."""
        others = (self.owned,) if self.owned is self.cell else (self.owned, self.cell)
        return (Mention.of(Role.STATED, self.figure), *(Mention.of(Role.OPERAND, other) for other in others))


class Extreme(RowValue, frozen=True):
    """Whom a sentence calls the highest, the lowest or the third (``word``), and the row of a table that is.

    ``rank`` is the row's own where the sentence gives it another.
    """

    word: str
    rank: int = 0

    @property
    def form(self) -> str:
        """How a message tells of it: ``rank`` or ``value`` is wrong, an ``other`` row is larger, or it is meant."""
        if self.rank:
            return "rank"
        if self.name == self.owner:
            return "value"
        return "fail" if self._has_value else "other"

    @property
    def _has_value(self) -> bool:
        """Whether the row has the stated value, or a fall by it (下降 1.02 %, and -1.02 % in the table)."""
        stated = self.figure.quantity
        fall = replace(stated, value=-stated.value)
        return agree(stated, self.owned.quantity) or agree(fall, self.owned.quantity)

    @property
    def holds(self) -> bool:
        """Whether the named row has the value, and the rank."""
        return not self.rank and self.name == self.owner and self._has_value

    @property
    def computed(self) -> str:
        """What the table gives: the rank, the row, or the value."""
        if self.rank:
            return str(self.rank)
        return self.owner if self.name != self.owner else self.cell.number

    def needed(self, figure: Figure) -> Interval | None:
        """What the other place states of the same row."""
        if self.name != self.owner:
            return None
        return (self.owned if figure is self.figure else self.figure).quantity.interval


class OwnedValue(RowValue, frozen=True):
    """A value that a sentence gives to a row of a table."""

    @property
    def holds(self) -> bool:
        """Whether the named row has the value."""
        return self.name == self.owner
