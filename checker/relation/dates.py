"""Dates and periods against each other."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from checker.relation.base import Relation
from checker.verdict import Mention


class Written(Relation, frozen=True):
    """A date or a period as it is written at one place."""

    place: Mention
    written: str

    @property
    def stated(self) -> str:
        """The date or period as written."""
        return self.written

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The place."""
        return (self.place,)


class BeforeReport(Written, frozen=True):
    """A date of the evaluation's work and the report's own date."""

    report: Mention
    report_date: str
    holds: bool

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The date, then the report's."""
        return self.place, self.report


class DueAfterReport(BeforeReport, frozen=True):
    """A day by which the report asks for something to be done, and the report's own date; it lies behind it."""


class TitleYear(Relation, frozen=True):
    """The year of the title, and the same words with another year; ``total`` counts all places."""

    title: Mention
    year: str
    words: str
    total: int
    strays: tuple[tuple[str, Mention], ...]

    @property
    def stated(self) -> str | None:
        """The other year."""
        return self.strays[0][0] if self.strays else None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The places with the other year, then the title."""
        return (*(mention for _, mention in self.strays), self.title)


class PeriodOrder(Written, frozen=True):
    """A period from one date to another; ``holds`` is None where the end names no year."""

    holds: bool | None


class Duration(Relation, frozen=True):
    """How long a period is said to last, beside its ends; ``computed`` counts both of them.

    ``period`` has both ends, or the first, and ``last`` the second where it stands in a cell of its own.
    """

    length: Mention
    said: str
    period: Mention
    ends: str
    computed: str
    holds: bool
    last: tuple[Mention, ...] = ()

    @property
    def stated(self) -> str:
        """The length as written."""
        return self.said

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The length, then the period."""
        return self.length, self.period, *self.last


class CalendarDay(Written, frozen=True):
    """A date as written; ``exists`` says whether the calendar has it."""

    exists: bool


class EvaluatedPeriod(Written, frozen=True):
    """The period that is evaluated, against the years that the title names."""

    label: str
    title: Mention
    years: str
    holds: bool

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The period, then the title."""
        return self.place, self.title


class DueRow(Struct, frozen=True):
    """A row of a table of projects: its name, its period as written, the last day of it and where it stands."""

    name: str
    written: str
    last: date
    mention: Mention


class CaptionYears(Relation, frozen=True):
    """The span of years that a caption names, beside the ``years`` of the table's columns or rows."""

    span: Mention
    table: str
    years: tuple[int, ...]
    ends: tuple[Mention, ...]
    holds: bool

    @property
    def stated(self) -> str:
        """The span as written."""
        return self.span.said.strip()

    @property
    def computed(self) -> str:
        """The years of the table."""
        return f"{self.years[0]}—{self.years[-1]}年"

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The caption's span, then the first and the last year of the table."""
        return (self.span, *self.ends)


class CompletionBase(Relation, frozen=True):
    """A rate of completion that leaves out the projects due after ``year``.

    ``due`` are those that it is silent on, ``unread`` the projects whose period is no date.
    """

    sentence: Mention
    rate: str
    year: str
    excluded: tuple[str, ...]
    due: tuple[DueRow, ...]
    unread: tuple[str, ...] = ()

    @property
    def stated(self) -> str | None:
        """The first period that goes on after the year."""
        return self.due[0].written if self.due else None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The periods, then the sentence."""
        return (*(row.mention for row in self.due), self.sentence)
