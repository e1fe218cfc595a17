"""What is read of the tables of the score tree."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from checker.document import Table
from checker.extract.figures import Passage
from checker.figure import Figure, Place
from checker.relate.score_columns import Columns


class TableKind(Enum):
    """What a table of the score tree is for."""

    INDICATORS = "indicators"
    SUMMARY = "summary"
    SCORES = "scores"
    SELF = "self"


class Group(Struct, frozen=True):
    """A name of an upper level with the weight and score printed beside it, and the rows under it."""

    level: int
    path: tuple[str, ...]
    weight: Figure | None
    rows: tuple[int, ...]
    score: Figure | None = None


class ScoreRow(Struct, frozen=True):
    """One indicator of a table: its names from the top, its weight, score and process text."""

    row: int
    path: tuple[str, ...]
    weight: Figure | None
    score: Figure | None
    process: tuple[Passage, ...] = ()
    damaged: bool = False
    code: str = ""
    actual: Figure | None = None

    @property
    def name(self) -> str:
        """The indicator's own name."""
        return self.path[-1] if self.path else ""


class ScoreTable(Struct, frozen=True):
    """A table of the score tree, read. ``parts`` are the tables that it joins, each with its first row in it."""

    table: Table
    kind: TableKind
    columns: Columns
    rows: tuple[ScoreRow, ...]
    groups: tuple[Group, ...]
    total: ScoreRow | None = None
    parts: tuple[tuple[int, Table], ...] = ()

    def place(self, row: int, column: int) -> Place:
        """Where a cell stands: in which of the tables, where several are read as one."""
        start, table = next((part for part in reversed(self.parts) if part[0] <= row), (0, self.table))
        own = row if start == 0 else row - start + table.header_rows
        return Place(table.index, table.section, own, column)

    @property
    def is_damaged(self) -> bool:
        """Whether some row lost its columns, so that no sum over the table can fail."""
        return any(row.damaged for row in self.rows)
