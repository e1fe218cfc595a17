"""Dates and periods against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from checker.relation.base import Relation
from checker.verdict import Mention


@dataclass(frozen=True)
class BeforeReport(Relation):
    """A date of the evaluation's work and the report's own date."""

    place: Mention
    written: str
    report: Mention
    report_date: str
    holds: bool

    @property
    def stated(self) -> str:
        """The date as written."""
        return self.written

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
class PeriodOrder(Relation):
    """A period from one date to another; ``holds`` is None where the end names no year."""

    place: Mention
    written: str
    holds: bool | None

    @property
    def stated(self) -> str:
        """The period as written."""
        return self.written

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The period."""
        return (self.place,)


@dataclass(frozen=True)
class CalendarDay(Relation):
    """A date as written; ``exists`` says whether the calendar has it."""

    place: Mention
    written: str
    exists: bool

    @property
    def stated(self) -> str:
        """The date as written."""
        return self.written

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The date."""
        return (self.place,)


@dataclass(frozen=True)
class EvaluatedPeriod(Relation):
    """The period that is evaluated, against the years that the title names."""

    place: Mention
    label: str
    written: str
    title: Mention
    years: str
    holds: bool

    @property
    def stated(self) -> str:
        """The period as written."""
        return self.written

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
