"""Wholes and parts: totals in tables, prose and the score tree."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from checker.document import Table
from checker.figure import Figure
from checker.quantity import Interval, sum_intervals
from checker.relation.base import Relation, in_unit, number_text, terms
from checker.verdict import Mention, Phrase, Role

HUNDRED = Decimal(100)


class Sum(Relation, frozen=True, dict=True):
    """A total and what adds up to it.

    ``readings`` are the sets of parts that the text allows (with or without a sub-total, up to
    the semicolon or to the full stop); the relation holds when one of them does. ``doubt`` says why
    a sum that misses the total need not be a contradiction (the parts may not be all there is).
    """

    total: Figure
    readings: tuple[tuple[Figure, ...], ...]
    label: str = ""
    doubt: Phrase | None = None

    @property
    def stated(self) -> str:
        """The total as written."""
        return self.total.number

    @cached_property
    def parts(self) -> tuple[Figure, ...]:
        """The parts of the reading that comes closest to the total."""
        return min(self.readings, key=lambda parts: abs(self._gap(parts)))

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The total first, then the parts of the closest reading."""
        return (Mention.of(Role.STATED, self.total), *(Mention.of(Role.PART, part) for part in self.parts))

    @property
    def calculation(self) -> str:
        """The parts of the closest reading added up."""
        return " + ".join(terms(*self.parts))

    def needed(self, figure: Figure) -> Interval | None:
        """The sum of the parts for the total; for a part what the others leave of it."""
        if figure is self.total:
            return self._reach
        if id(figure) not in self._same:
            return None
        part, reach = figure.quantity.interval, self._reach
        return self.total.quantity.interval - Interval(reach.low - part.low, reach.high - part.high)

    @cached_property
    def _same(self) -> frozenset[int]:  # each of many parts is asked for
        return frozenset(map(id, self.parts))

    @cached_property
    def _reach(self) -> Interval:
        return self.reachable(self.parts)

    @property
    def exchanged(self) -> Figure | None:
        """The part with which the sum holds when it and the total stand in each other's place."""
        summed, total = sum((p.quantity.based for p in self.parts), start=Decimal(0)), self.total.quantity.based
        return next((p for p in self.parts if summed - p.quantity.based + total == p.quantity.based != total), None)

    @property
    def comparable(self) -> bool:
        """Whether all parts are counted in the total's base and none is open (约, 以上)."""
        figures = (self.total, *(part for parts in self.readings for part in parts))
        return all(f.quantity.unit.base == self.total.quantity.unit.base and not f.quantity.is_open for f in figures)

    @property
    def holds(self) -> bool:
        """Whether some reading can reach the total."""
        return any(self.reachable(parts).meets(self.total.quantity.interval) for parts in self.readings)

    @property
    def holds_to_the_digit(self) -> bool:
        """Whether some reading adds up to exactly the digits of the total."""
        return any(self._gap(parts) == 0 for parts in self.readings)

    @property
    def computed(self) -> str:
        """What the closest reading adds up to, in the total's unit."""
        return self.written(sum(part.quantity.based for part in self.parts))

    @property
    def difference(self) -> str:
        """How far the closest reading is from the total, without sign, in the total's unit."""
        return self.written(abs(self._gap(self.parts)))

    @property
    def fields(self) -> dict[str, object]:
        """What messages say of the sum; a number that carries its unit (100.00%) is said without it."""
        return {
            "stated": self.stated.removesuffix(self.total.quantity.unit.name),
            "label": self.label,
            "computed": self.computed,
            "difference": self.difference,
            "unit": self.total.quantity.unit.name,
            "count": len(self.parts),
        }

    @staticmethod
    def reachable(parts: tuple[Figure, ...]) -> Interval:
        """Every true sum of the parts."""
        return sum_intervals(part.quantity.interval for part in parts)

    def written(self, value: Decimal | int) -> str:
        """A value in base units, as the total would write it."""
        figures = (self.total, *self.parts)
        digits = max(f.quantity.decimals + _places(self.total, f) for f in figures)
        return in_unit(Decimal(value), self.total.quantity.unit, digits)

    def _gap(self, parts: tuple[Figure, ...]) -> Decimal:
        return Decimal(sum(part.quantity.based for part in parts)) - self.total.quantity.based


def _places(total: Figure, other: Figure) -> int:
    """How many more digits a figure of another scale needs in the total's unit (元 in 万元: 4)."""
    ratio = total.quantity.unit.scale / other.quantity.unit.scale
    return max(0, ratio.adjusted())


class TableTotal(Sum, frozen=True):
    """A total row or column of a table; ``table`` is where it stands, ``column`` its header.

    ``exact`` says that the table's figures are not rounded, as its other totals show.
    """

    table: Table | None = None
    column: str = ""
    exact: bool = False

    @property
    def holds(self) -> bool:
        """Whether some reading can reach the total; to the digit where nothing is rounded."""
        return self.holds_to_the_digit if self.exact else super().holds

    @property
    def fields(self) -> dict[str, object]:
        """The sum's, with the names of table and column."""
        name = self.table.name if self.table else ""
        return {**super().fields, "table": name, "column": self.column}


NOWHERE = Phrase("", "")


class TreeTotal(Sum, frozen=True):
    """A sum of the score tree; ``where`` names the table or the narrative."""

    where: Phrase = NOWHERE
    hint: Phrase | None = None

    @property
    def fields(self) -> dict[str, object]:
        """The sum's, with the place."""
        return {**super().fields, "where": self.where, "suggestion": self.hint}


class ScoreTotal(TreeTotal, frozen=True):
    """A total score with the scores under it."""


class WeightTotal(TreeTotal, frozen=True):
    """A weight of the score tree with the weights under it."""


class GroupScore(TreeTotal, frozen=True):
    """A score of the summary table with the leaves of the score table under the same group."""


class HundredWeights(Relation, frozen=True):
    """All weights of one level of an indicator system, which has no total row; they are out of 100."""

    parts: tuple[Figure, ...]
    where: Phrase

    @property
    def summed(self) -> Decimal:
        """The weights added up."""
        return sum((part.quantity.value for part in self.parts), start=Decimal(0))

    @property
    def computed(self) -> str:
        """The sum as written in a message."""
        return number_text(self.summed)

    def needed(self, figure: Figure) -> Interval | None:
        """What the other weights leave of 100."""
        return Interval.point(HUNDRED - self.summed + figure.quantity.value)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every weight."""
        return tuple(Mention.of(Role.PART, part) for part in self.parts)

    @property
    def calculation(self) -> str:
        """The weights added up."""
        return " + ".join(terms(*self.parts))


class PartOf(Relation, frozen=True):
    """A figure that is said to lie within another (含, 其中 with one part)."""

    whole: Figure
    part: Figure

    @property
    def stated(self) -> str:
        """The part as written."""
        return self.part.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The part, then the whole."""
        return Mention.of(Role.STATED, self.part), Mention.of(Role.WHOLE, self.whole)


class Balance(Relation, frozen=True):
    """收入总计 and 支出总计 of one account; ``doubt`` says why they need not be equal."""

    income: Figure
    spending: Figure
    doubt: Phrase | None = None

    @property
    def holds(self) -> bool:
        """Whether both may be one amount."""
        return self.income.quantity.interval.meets(self.spending.quantity.interval)

    def needed(self, figure: Figure) -> Interval | None:
        """What the other side says."""
        return (self.income if figure is self.spending else self.spending).quantity.interval

    @property
    def stated(self) -> str:
        """The spending as written."""
        return self.spending.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The spending, then the income."""
        return Mention.of(Role.STATED, self.spending), Mention.of(Role.WHOLE, self.income)
