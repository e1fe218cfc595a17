"""What is read of the tables of the score tree."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from checker.document import Table
from checker.extract.figures import Passage
from checker.figure import Figure
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
    """A table of the score tree, read."""

    table: Table
    kind: TableKind
    columns: Columns
    rows: tuple[ScoreRow, ...]
    groups: tuple[Group, ...]
    total: ScoreRow | None = None

    @property
    def is_damaged(self) -> bool:
        """Whether some row lost its columns, so that no sum over the table can fail."""
        return any(row.damaged for row in self.rows)
