"""What a reader makes of a file: blocks in reading order, each character with its place.

All values are frozen. A ``Text`` knows where each of its characters stands in the source, so
evidence never has to be searched for again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from checker.boxes import Box
from checker.text import Location, Run, Source, Text

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Block",
    "Box",
    "Cell",
    "Document",
    "Heading",
    "Location",
    "Paragraph",
    "Problem",
    "Run",
    "Section",
    "Source",
    "Table",
    "Text",
    "TocEntry",
]


class Section(Struct, frozen=True):
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


class Heading(Struct, frozen=True):
    """The line that opens a section."""

    index: int
    section: int
    text: Text


class Paragraph(Struct, frozen=True):
    """A paragraph of prose, rebuilt from its lines; also a caption or a note."""

    index: int
    section: int
    text: Text
    kind: str = "prose"  # prose · caption · unit · title · toc · unread (lines of a table that was not read)


class Cell(Struct, frozen=True, gc=False):
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


class Table(Struct, frozen=True, dict=True):
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

    @cached_property
    def name(self) -> str:
        """The caption, its blanks as one space each, or "" for a table without one."""
        return " ".join(self.caption.value.split()) if self.caption else ""

    @cached_property
    def header(self) -> tuple[str, ...]:
        """One name a column, the header's rows joined from the top, without white space.

        A header cell that spans columns names each of them; none reaches beyond the one above it.
        """
        names = [""] * self.width
        above: Sequence[Cell] = ()
        for row in self.rows[: self.header_rows]:
            spanning = ""
            for cell in row:
                own = "".join(cell.value.split())
                reached = cell.covered and not (above and above[cell.column].value)
                spanning = own or (spanning if reached else "")
                if spanning and not names[cell.column].endswith(spanning):
                    names[cell.column] += spanning
            above = row
        return tuple(names)

    def to_frame(self) -> pd.DataFrame:
        """The body as a pandas frame of strings, columns named by the header (not unique)."""
        import pandas as pd

        return pd.DataFrame([[cell.value for cell in row] for row in self.body], columns=list(self.header))


Block = Heading | Paragraph | Table


class TocEntry(Struct, frozen=True):
    """A line of the contents page: the heading as printed there and its page number."""

    text: Text
    page: int | None


class Problem(Struct, frozen=True):
    """What the tool could not do: ``rule-crashed``, ``page-unreadable`` or ``limit-reached``."""

    kind: str
    where: str
    message: str


class Document(Struct, frozen=True, dict=True):
    """A report as read. ``kind`` is ``text``, ``markdown``, ``pdf`` or ``docx``."""

    path: str
    kind: str
    sha256: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    title: str = ""
    pages: int | None = None
    toc: tuple[TocEntry, ...] = ()
    problems: tuple[Problem, ...] = ()

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
