"""The score tree: one node an indicator, with the place of its weight and score in each table and in prose.

Tables are aligned by name under the same parent, in order; where names differ (安全事故/安全生产事故) by
order between neighbours that agree. Names that occur twice stay apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from checker.extract.figures import Reading
from checker.relate.score_prose import Narrated, TotalStated, find_narrated, find_totals
from checker.relate.score_tables import ScoreRow, ScoreTable, TableKind, find_score_tables


@dataclass(frozen=True)
class Indicator:
    """One indicator: its row in the score table, in the indicator table, and its narrative."""

    name: str
    path: tuple[str, ...]
    scored: ScoreRow | None = None
    listed: ScoreRow | None = None
    narrated: Narrated | None = None


@dataclass(frozen=True)
class ScoreTree:
    """All of a report's indicators, the tables that they were read from, and the stated totals.

    ``told`` are the indicators of the narrative in reading order, tied to a row or not.
    """

    indicators: tuple[Indicator, ...]
    scores: ScoreTable | None
    listing: ScoreTable | None
    summary: ScoreTable | None
    tables: tuple[ScoreTable, ...]
    told: tuple[Narrated, ...] = field(default=())
    totals: tuple[TotalStated, ...] = field(default=())


SHARED = 3
"""Two tables are of one tree when at least a third of the names of each stand in the other."""
ALIKE_PARTS = 2


def build_score_tree(reading: Reading) -> ScoreTree:
    """The score tree of a report; without indicators when it has no table of them."""
    tables = tuple(find_score_tables(reading))
    scores = _main(tables, TableKind.SCORES)
    listing = _main(tables, TableKind.INDICATORS)
    summary = _main(tables, TableKind.SUMMARY)
    if scores and listing and not _share_names(scores, listing):
        listing = None
    base = scores or listing
    totals = tuple(find_totals(reading))
    if base is None:
        return ScoreTree((), None, None, summary, tables, (), totals)
    other = align(base.rows, listing.rows) if listing and listing is not base else {}
    names = {row.name for row in base.rows} | {row.name for row in other.values()}
    told = find_narrated(reading, (name for name in names if name))
    tied = align_narrated(base.rows, told, other)
    nodes = tuple(
        Indicator(
            row.name,
            row.path,
            scored=row if base is scores else None,
            listed=row if base is listing else other.get(row.row),
            narrated=tied.get(row.row),
        )
        for row in base.rows
        if row.name
    )
    return ScoreTree(nodes, scores, listing, summary, tables, tuple(told), totals)


def _main(tables: Sequence[ScoreTable], kind: TableKind) -> ScoreTable | None:
    """The largest table of a kind: the others are excerpts or other trees."""
    found = [table for table in tables if table.kind is kind]
    return max(found, key=lambda table: len(table.rows), default=None)


def _share_names(one: ScoreTable, other: ScoreTable) -> bool:
    a, b = {row.name for row in one.rows}, {row.name for row in other.rows}
    return len(a & b) * SHARED >= max(len(a), len(b))


def align(base: Sequence[ScoreRow], other: Sequence[ScoreRow]) -> dict[int, ScoreRow]:
    """For each row of the base table (by its number) the row of the other table that is the same indicator."""
    found: dict[int, ScoreRow] = {}
    taken: set[int] = set()
    for depth in (3, 2, 1):
        for row in base:
            if row.row in found or not row.name:
                continue
            match = next((o for o in other if o.row not in taken and _key(o, depth) == _key(row, depth)), None)
            if match is not None:
                found[row.row] = match
                taken.add(match.row)
    found.update(_between(base, other, found, taken))
    return found


def _key(row: ScoreRow, depth: int) -> tuple[str, ...]:
    return row.path[-depth:]


def _between(
    base: Sequence[ScoreRow], other: Sequence[ScoreRow], found: dict[int, ScoreRow], taken: set[int]
) -> Iterator[tuple[int, ScoreRow]]:
    """Pairs rows whose names differ a little and whose neighbours on both sides are already paired."""
    position = {row.row: index for index, row in enumerate(other)}
    for index, row in enumerate(base):
        if row.row in found or not row.name:
            continue
        before = found.get(base[index - 1].row) if index else None
        start = position[before.row] + 1 if before else 0
        candidate = other[start] if start < len(other) else None
        if candidate and candidate.row not in taken and alike(row.name, candidate.name):
            taken.add(candidate.row)
            yield row.row, candidate


def alike(one: str, other: str) -> bool:
    """Whether two names share at least two thirds of their characters in order or not."""
    if not one or not other:
        return False
    shared = len(set(one) & set(other))
    return shared * 3 >= max(len(set(one)), len(set(other))) * ALIKE_PARTS


def align_narrated(
    base: Sequence[ScoreRow], told: Sequence[Narrated], listed: dict[int, ScoreRow]
) -> dict[int, Narrated]:
    """For each row of the base table the narrative of the same indicator, parents first, then order."""
    found: dict[int, Narrated] = {}
    left = dict(enumerate(told))
    for fits in (_named_alike_in_parent, _named_so, _nearly_named):
        for row in base:
            names = {row.name} | ({listed[row.row].name} if row.row in listed else set())
            if row.row in found or not row.name:
                continue
            index = next((i for i, one in left.items() if fits(row, one, names)), None)
            if index is not None:
                found[row.row] = left.pop(index)
    return found


def _named_alike_in_parent(row: ScoreRow, one: Narrated, names: set[str]) -> bool:
    return one.name in names and _same_parent(row, one)


def _named_so(row: ScoreRow, one: Narrated, names: set[str]) -> bool:
    return one.name in names


def _nearly_named(row: ScoreRow, one: Narrated, names: set[str]) -> bool:
    return any(alike(one.name, name) for name in names) and _same_parent(row, one)


def _same_parent(row: ScoreRow, one: Narrated) -> bool:
    if len(row.path) < 2 or not row.path[-2]:
        return False
    return any(parent == row.path[-2] or alike(parent, row.path[-2]) for parent in one.parents)
