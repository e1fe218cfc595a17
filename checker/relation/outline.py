"""The outline: contents page, numbers of headings, captions and items, references."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from checker.relation.base import Relation
from checker.relation.written import as_written
from checker.verdict import Mention, Phrase


class TocPage(Relation, frozen=True):
    """The page that the contents page prints for a heading.

    ``expected`` says what the page must be, by the offset that the other entries share or by the
    entries beside it; ``others`` are the places that say so.
    """

    entry: Mention
    title: str
    printed: int
    expected: Phrase
    holds: bool
    others: tuple[Mention, ...] = ()

    @property
    def stated(self) -> str | None:
        """The printed page, where the entry shows it."""
        return as_written(str(self.printed), self.entry)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The entry, then what it is compared with."""
        return (self.entry, *self.others)


class TocTitle(Relation, frozen=True):
    """An entry of the contents page and the heading that it stands for."""

    entry: Mention
    heading: Mention
    listed: str
    printed: str
    same: bool

    @property
    def stated(self) -> str | None:
        """The title in the contents page."""
        return as_written(self.listed, self.entry)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The entry, then the heading."""
        return self.entry, self.heading


class TocMember(Relation, frozen=True):
    """A title that stands in the contents page or among the headings, and whether it has its partner."""

    place: Mention
    title: str
    where: Phrase
    other: Phrase
    found: bool

    @property
    def stated(self) -> str | None:
        """The title."""
        return as_written(self.title, self.place)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The entry or heading."""
        return (self.place,)


class TocOrder(Relation, frozen=True):
    """The order of the contents page against that of the headings; ``moved`` stand elsewhere."""

    first: Mention
    moved: tuple[tuple[str, Mention, Mention], ...]

    @property
    def titles(self) -> str:
        """The titles that stand elsewhere."""
        return "、".join(f"“{title}”" for title, _, _ in self.moved)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Entry and heading of each title that stands elsewhere."""
        return tuple(m for _, entry, heading in self.moved for m in (entry, heading)) or (self.first,)


class Numbered(Struct, frozen=True):
    """One member of a sequence: its ordinal, its number as written, where it stands."""

    ordinal: int
    written: str
    mention: Mention


class NumberSequence(Relation, frozen=True):
    """Numbers that count up by one. ``next_written`` is what should follow a number, in its style."""

    items: tuple[Numbered, ...]
    name: Phrase

    @property
    def breaks(self) -> tuple[tuple[Numbered, Numbered], ...]:
        """Neighbours of which the second is not the first plus one."""
        return tuple((a, b) for a, b in pairwise(self.items) if b.ordinal != a.ordinal + 1)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """First and last number."""
        return tuple(item.mention for item in (self.items[0], self.items[-1]))


class HeadingSequence(NumberSequence, frozen=True):
    """The headings that stand side by side in one section."""


class CaptionSequence(NumberSequence, frozen=True):
    """The captions of tables or figures over the report."""


class ItemSequence(NumberSequence, frozen=True):
    """The items of one list."""


class SpokenSequence(NumberSequence, frozen=True):
    """一是, 二是, 三是 in one section; a sequence of one is not finished."""

    @property
    def alone(self) -> bool:
        """Whether nothing follows 一是."""
        return len(self.items) == 1


class LevelStep(Relation, frozen=True):
    """A heading and the one it stands in; ``skipped`` is a heading of the level left out between them."""

    heading: Mention
    parent: Mention
    title: str
    skipped: Mention | None
    number: str

    @property
    def stated(self) -> str | None:
        """The heading's number."""
        return as_written(self.number, self.heading)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The heading, the one above it, one of the level left out."""
        return (self.heading, self.parent, *((self.skipped,) if self.skipped else ()))


class Reference(Relation, frozen=True):
    """A reference to a table, a figure, an annex or a chapter, and its target if the report has it.

    ``doubt`` says why a target that was not found may still be there.
    """

    place: Mention
    written: str
    target: Mention | None
    known: str
    doubt: Phrase | None = None

    @property
    def stated(self) -> str | None:
        """The reference as written."""
        return as_written(self.written, self.place)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The reference, then its target."""
        return (self.place, *((self.target,) if self.target else ()))


class NextCaption(Relation, frozen=True):
    """A sentence that points to the table right below it, or tells what a table holds, and that table's caption."""

    place: Mention
    caption: Mention
    written: str
    printed: str

    @property
    def stated(self) -> str | None:
        """The number in the sentence."""
        return as_written(self.written, self.place)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The reference, then the caption."""
        return self.place, self.caption


class CaptionedTable(Relation, frozen=True):
    """A table's caption and whether a table follows it; None where the form may have hidden it."""

    caption: Mention
    written: str
    follows: bool | None

    @property
    def stated(self) -> str | None:
        """The caption."""
        return as_written(self.written, self.caption)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The caption."""
        return (self.caption,)
