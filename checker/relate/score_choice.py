"""Which of a report's tables of indicators is which: the longest, one of a deeper level, one of the same tree."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from checker.figure import Figure
from checker.relate.score_values import ScoreTable, TableKind

LONGER = (3, 2)
"""A table with so many times the rows of another goes down to a deeper level."""
SHARED = 3
"""Two tables are of one tree when at least a third of the names of each stand in the other."""


def main_table(tables: Sequence[ScoreTable], kind: TableKind) -> ScoreTable | None:
    """The largest table of a kind: the others are excerpts or other trees."""
    found = [table for table in tables if table.kind is kind]
    return max(found, key=lambda table: len(table.rows), default=None)


def self_as_scores(
    tables: Sequence[ScoreTable], summary: ScoreTable | None, totals: Sequence[Figure]
) -> ScoreTable | None:
    """The table in the form of a self-evaluation that has the report's own scores: their sum is its total."""
    own = main_table(tables, TableKind.SELF)
    if own is None or summary is own:
        return None
    scores = [row.score.quantity.value for row in own.rows if row.score]
    stated = {figure.quantity.value for figure in totals}
    if summary and summary.total and summary.total.score:
        stated.add(summary.total.score.quantity.value)
    whole = own.total.score.quantity.value if own.total and own.total.score else None
    return replace(own, kind=TableKind.SCORES) if {sum(scores), whole} & stated else None


def is_longer(one: ScoreTable, other: ScoreTable) -> bool:
    """Whether a table has so many more rows than another that it must go down to a deeper level."""
    return len(one.rows) * LONGER[1] >= len(other.rows) * LONGER[0]


def share_names(one: ScoreTable, other: ScoreTable) -> bool:
    """Whether two tables are of one tree."""
    a, b = {row.name for row in one.rows}, {row.name for row in other.rows}
    return len(a & b) * SHARED >= max(len(a), len(b))
