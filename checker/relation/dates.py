"""Dates and periods against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from checker.relation.base import Relation
from checker.verdict import Mention


@dataclass(frozen=True)
class Written(Relation):
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


@dataclass(frozen=True)
class BeforeReport(Written):
    """A date of the evaluation's work and the report's own date."""

    report: Mention
    report_date: str
    holds: bool

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The date, then the report's."""
        return self.place, self.report


@dataclass(frozen=True)
class TitleYear(Relation):
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


@dataclass(frozen=True)
class PeriodOrder(Written):
    """A period from one date to another; ``holds`` is None where the end names no year."""

    holds: bool | None


@dataclass(frozen=True)
class CalendarDay(Written):
    """A date as written; ``exists`` says whether the calendar has it."""

    exists: bool


@dataclass(frozen=True)
class EvaluatedPeriod(Written):
    """The period that is evaluated, against the years that the title names."""

    label: str
    title: Mention
    years: str
    holds: bool

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The period, then the title."""
        return self.place, self.title


@dataclass(frozen=True)
class DueRow:
    """A row of a table of projects: its name, its period as written, the last day of it and where it stands."""

    name: str
    written: str
    last: date
    mention: Mention


@dataclass(frozen=True)
class CompletionBase(Relation):
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
