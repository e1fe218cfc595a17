"""What a reader makes of a file: blocks in reading order, each character with its place.

All values are frozen. A ``Text`` knows where each of its characters stands in the source, so
evidence never has to be searched for again. Coordinates of a page are floats; they are places,
not numbers of the document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd


class Box(NamedTuple):
    """A rectangle on a page in PDF points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    def joined(self, other: Box) -> Box:
        """The smallest rectangle around both."""
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands: page and box in a PDF, line (from 1) in a text or Markdown file."""

    page: int | None = None
    line: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text that stands on one line of the source.

    ``start`` is the offset of its first character. ``boxes`` has one box a character for forms
    with pages and is empty for others.
    """

    start: int
    page: int | None = None
    line: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Text:
    """Characters in reading order, with the place of each."""

    value: str
    runs: tuple[Run, ...] = ()

    def __str__(self) -> str:
        return self.value

    def __len__(self) -> int:
        return len(self.value)

    @cached_property
    def _starts(self) -> list[int]:
        return [run.start for run in self.runs]

    def locate(self, start: int = 0, end: int | None = None) -> Location:
        """The place of the characters from ``start`` to ``end``.

        The box covers the characters that stand on the line of the first one.
        """
        if not self.runs:
            return Location()
        index = max(0, bisect_right(self._starts, start) - 1)
        run = self.runs[index]
        limit = self.runs[index + 1].start if index + 1 < len(self.runs) else len(self.value)
        stop = min(limit, len(self.value) if end is None else max(end, start + 1))
        boxes = run.boxes[max(0, start - run.start) : stop - run.start]
        box = boxes[0] if boxes else None
        for other in boxes[1:]:
            box = other.joined(box) if box else other
        return Location(run.page, run.line, box)

    def lines(self, start: int, end: int) -> Iterator[Location]:
        """The place of the characters from ``start`` to ``end`` on each line that they run over."""
        for line_start, limit in pairwise((*self._starts, len(self.value))):
            first, last = max(start, line_start), min(end, limit)
            if self.value[first:last].strip():
                yield self.locate(first, last)

    def cut(self, start: int, end: int) -> Text:
        """The part from ``start`` to ``end``, places kept."""
        runs = []
        for index, run in enumerate(self.runs):
            limit = self.runs[index + 1].start if index + 1 < len(self.runs) else len(self.value)
            if limit <= start or run.start >= end:
                continue
            skip = max(0, start - run.start)
            boxes = run.boxes[skip : min(limit, end) - run.start]
            runs.append(Run(max(0, run.start - start), run.page, run.line, boxes))
        return Text(self.value[start:end], tuple(runs))

    def strip(self) -> Text:
        """Without white space at both ends."""
        value = self.value
        start = len(value) - len(value.lstrip())
        return self if len(value.strip()) == len(value) else self.cut(start, start + len(value.strip()))

    @staticmethod
    def concat(*parts: Text) -> Text:
        """One text after the other, nothing between."""
        runs: list[Run] = []
        offset = 0
        for part in parts:
            runs += [Run(run.start + offset, run.page, run.line, run.boxes) for run in part.runs]
            offset += len(part.value)
        return Text("".join(part.value for part in parts), tuple(runs))

    @staticmethod
    def of(value: str, *, line: int | None = None, page: int | None = None) -> Text:
        """A text that stands on one line; for readers of plain text and for tests."""
        return Text(value, (Run(0, page, line),))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of its level or above.

    ``number`` is the heading's number as written ("（三）", "1."; "" without one), ``title`` the
    rest without number and weight, ``path`` the numbers from the top ("四/（三）/2/（3）").
    ``index`` counts sections in reading order from 0, the part before the first heading;
    ``parent`` is the index of the section it stands in, None for that first part.
    """

    index: int
    level: int
    number: str
    title: str
    path: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Heading:
    """The line that opens a section."""

    index: int
    section: int
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose, rebuilt from its lines; also a caption or a note."""

    index: int
    section: int
    text: Text
    kind: str = "prose"  # prose · caption · unit · title · toc


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a table's grid.

    ``covered`` marks a place that a merged cell above or to the left covers; its text is empty.
    """

    row: int
    column: int
    text: Text
    covered: bool = False

    @property
    def value(self) -> str:
        """The cell's text without white space at its ends."""
        return self.text.value.strip()


@dataclass(frozen=True)
class Table:
    """A table, joined over the pages that it runs over, as a full grid.

    ``rows`` has as many cells a row as the table has columns. The first ``header_rows`` rows
    name the columns. ``damaged`` lists rows (from 0) whose cells do not fit the columns, as a
    converter leaves them: their cells stay where the reader found best, and no sum over them
    can fail.
    """

    index: int
    section: int
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 1
    caption: Text | None = None
    unit: Text | None = None
    damaged: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        """How many columns the grid has."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def body(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows under the header."""
        return self.rows[self.header_rows :]

    @property
    def name(self) -> str:
        """The caption, or "" for a table without one."""
        return self.caption.value.strip() if self.caption else ""

    @cached_property
    def header(self) -> tuple[str, ...]:
        """One name a column, the header's rows joined from the top, without white space.

        A header cell that spans columns names each of them.
        """
        names = [""] * self.width
        for row in self.rows[: self.header_rows]:
            spanning = ""
            for cell in row:
                own = "".join(cell.value.split())
                spanning = own or (spanning if cell.covered else "")
                if spanning and not names[cell.column].endswith(spanning):
                    names[cell.column] += spanning
        return tuple(names)

    def to_frame(self) -> pd.DataFrame:
        """The body as a pandas frame of strings, columns named by the header (not unique)."""
        import pandas as pd

        return pd.DataFrame([[cell.value for cell in row] for row in self.body], columns=list(self.header))


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A line of the contents page: the heading as printed there and its page number."""

    text: Text
    page: int | None


@dataclass(frozen=True, slots=True)
class Problem:
    """What the tool could not do: ``rule-crashed``, ``page-unreadable`` or ``limit-reached``."""

    kind: str
    where: str
    message: str


@dataclass(frozen=True)
class Document:
    """A report as read. ``kind`` is ``text``, ``markdown``, ``pdf`` or ``docx``."""

    path: str
    kind: str
    sha256: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    title: str = ""
    pages: int | None = None
    toc: tuple[TocEntry, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """All tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs of prose in reading order; no captions, titles or contents page."""
        return tuple(b for b in self.blocks if isinstance(b, Paragraph) and b.kind == "prose")

    def ancestors(self, section: int) -> Iterator[Section]:
        """The section and those it stands in, innermost first."""
        current: int | None = section
        while current is not None:
            yield self.sections[current]
            current = self.sections[current].parent
