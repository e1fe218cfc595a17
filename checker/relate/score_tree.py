"""The score tree: one node an indicator, with the place of its weight and score in each table and in prose.

Tables are aligned by name under the same parent, in order; where names differ (安全事故/安全生产事故) by
order between neighbours that agree. Names that occur twice stay apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.figures import Reading
from checker.relate.aliases import main_names, told_by_main_names, with_main_names
from checker.relate.score_choice import is_longer, main_table, self_as_scores, share_names
from checker.relate.score_joined import joined
from checker.relate.score_prose import Narrated, find_narrated
from checker.relate.score_stated import TotalStated, find_totals
from checker.relate.score_tables import find_score_tables
from checker.relate.score_values import ScoreRow, ScoreTable, TableKind


class Indicator(Struct, frozen=True):
    """One indicator: its row in the score table, in the indicator table, and its narrative."""

    name: str
    path: tuple[str, ...]
    scored: ScoreRow | None = None
    listed: ScoreRow | None = None
    narrated: Narrated | None = None
    row: int = -1
    copies: tuple[ScoreRow, ...] = ()


class ScoreTree(Struct, frozen=True):
    """All of a report's indicators, the tables that they were read from, and the stated totals.

    ``told`` are the indicators of the narrative in reading order, tied to a row or not. ``doubtful``
    names groups whose members differ between places, so that sums under them prove nothing.
    """

    indicators: tuple[Indicator, ...]
    scores: ScoreTable | None
    listing: ScoreTable | None
    summary: ScoreTable | None
    tables: tuple[ScoreTable, ...]
    told: tuple[Narrated, ...] = ()
    doubtful: frozenset[str] = frozenset()
    totals: tuple[TotalStated, ...] = ()

    @property
    def is_one_of_many(self) -> bool:
        """Whether the report has a score table for each of several projects or places.

        One that says the scores of the main one again, all or those with a deduction, is of the same project.
        """
        main = self.scores
        if main is None:
            return False
        others = [table for table in self.tables if table.kind is main.kind and table is not main]
        return any(_is_like(main, table) and not _same_scores(main, table) for table in others)


SAME_SCORES = Decimal("0.85")
"""Two tables score one project when they agree on so many of the indicators of the shorter one."""
LONG_NAME, LONG_SHARE, SHORT_SHARE = 6, (2, 3), (4, 5)


@lru_cache(maxsize=2)
def build_score_tree(reading: Reading) -> ScoreTree:
    """The score tree of a report; without indicators when it has no table of them."""
    main = main_names(reading)
    tables = with_main_names(joined(find_score_tables(reading)), main)
    scores = main_table(tables, TableKind.SCORES)
    listing = main_table(tables, TableKind.INDICATORS)
    summary = main_table(tables, TableKind.SUMMARY)
    totals = tuple(find_totals(reading))
    if scores is None:
        scores = self_as_scores(tables, summary, [one.figure for one in totals])
    if scores is None and summary and (listing is None or share_names(summary, listing) or is_longer(summary, listing)):
        scores = summary  # the report has no table of scores with more columns
        summary = main_table([table for table in tables if is_longer(scores, table)], TableKind.SUMMARY)
    if scores and listing and not share_names(scores, listing):
        listing = None
    base = scores or listing
    if base is None:
        return ScoreTree((), None, None, summary, tables, totals=totals)
    other = align(base.rows, listing.rows) if listing and listing is not base else {}
    names = {row.name for row in base.rows} | {row.name for row in other.values()}
    codes = {row.code for row in (*base.rows, *other.values()) if row.code}
    names |= {other for other, one in main.items() if one in names}
    told = told_by_main_names(find_narrated(reading, (name for name in names if name), codes), main)
    tied = align_narrated(base.rows, told, other)
    nodes = tuple(
        Indicator(
            row.name,
            row.path,
            scored=row if base is scores else None,
            listed=row if base is listing else other.get(row.row),
            narrated=tied.get(row.row),
            row=row.row,
        )
        for row in base.rows
        if row.name
    )
    nodes = _with_copies(nodes, [table for table in tables if table not in (scores, listing)], base)
    doubtful = doubtful_groups(nodes, listing, told)
    return ScoreTree(nodes, scores, listing, summary, tables, tuple(told), doubtful, totals)


def _with_copies(nodes: Sequence[Indicator], tables: Sequence[ScoreTable], base: ScoreTable) -> tuple[Indicator, ...]:
    """The indicators with their rows in further tables of the same tree, where the name stands once in each."""
    rows: dict[str, list[ScoreRow]] = defaultdict(list)
    known = Counter(node.name for node in nodes)
    for table in tables:
        if table.kind is base.kind and _same_scores(base, table):
            names = Counter(row.name for row in table.rows)
            for row in table.rows:
                if names[row.name] == known[row.name] == 1 and not row.damaged:
                    rows[row.name].append(row)
    return tuple(replace(node, copies=tuple(rows[node.name])) if node.name in rows else node for node in nodes)


def doubtful_groups(
    nodes: Sequence[Indicator], listing: ScoreTable | None, told: Sequence[Narrated], *, any_level: bool = False
) -> frozenset[str]:
    """Groups whose members differ between places: sums under them prove nothing.

    A converter that drops a merged name moves its rows to the group before, and one that shifts a
    row makes an indicator of a group's name. So a group is doubtful when places put one indicator
    under different groups, or when one of its indicators stands in a single place only. A narrative
    that leaves out a level tells indicators under the group above their own; with ``any_level`` that is no difference.
    """
    out: set[str] = set()
    for node in nodes:
        parents = [row.path[-2] for row in (node.scored, node.listed) if row and len(row.path) > 1 and not row.damaged]
        above = {name for row in (node.scored, node.listed) if row and any_level for name in row.path[:-1]}
        told_under = node.narrated.parents[:1] if node.narrated else ()
        parents += [one for one in told_under if not any(alike(one, name) for name in above)]
        if any(not alike(a, b) for a in parents for b in parents):
            out.update(parents)
    if told or listing:
        out.update(name for path in _lonely(nodes, listing, told) for name in path if name)
    return frozenset(out)


def _lonely(
    nodes: Sequence[Indicator], listing: ScoreTable | None, told: Sequence[Narrated]
) -> Iterator[tuple[str, ...]]:
    """The groups above each indicator that only one place knows."""
    mostly_told = sum(1 for node in nodes if node.narrated) * 2 > len(nodes)
    for node in nodes:
        if not node.narrated and not (node.scored and node.listed) and mostly_told:
            yield node.path[:-1]
    listed = {node.listed.row for node in nodes if node.listed}
    for row in listing.rows if listing else ():
        if row.row not in listed:
            yield row.path[:-1]
    tied = {node.narrated.label.place.block for node in nodes if node.narrated}
    for one in told:
        if one.label.place.block not in tied:
            yield one.parents


def _is_like(main: ScoreTable, other: ScoreTable) -> bool:
    """Whether a table is as long as a score table gets, or a shorter one of the same indicators as the main one."""
    return main.kind is TableKind.SCORES or share_names(main, other)


def _same_scores(one: ScoreTable, other: ScoreTable) -> bool:
    """Whether two tables give the same indicators the same scores, but for a slip or two.

    Two that each come to a total of their own are of two projects, or of a part.
    """
    scores = [{row.name: row.score.quantity.value for row in table.rows if row.score} for table in (one, other)]
    fewer = min(len(table.rows) for table in (one, other))
    same = sum(scores[0].get(name) == score for name, score in scores[1].items())
    totals = {_own_total(table) for table in (one, other)} - {None}
    return same >= SAME_SCORES * fewer and (len(totals) < 2 or len(one.rows) != len(other.rows))


def _own_total(table: ScoreTable) -> Decimal | None:
    """The total that a table states, where its rows come to it."""
    total = table.total.score.quantity.value if table.total and table.total.score else None
    summed = sum((row.score.quantity.value for row in table.rows if row.score), start=Decimal(0))
    return total if summed == total else None


def align(base: Sequence[ScoreRow], other: Sequence[ScoreRow]) -> dict[int, ScoreRow]:
    """For each row of the base table (by its number) the row of the other table that is the same indicator."""
    pairs = pair_up(
        len(base), len(other), lambda i, j: name_likeness(base[i], other[j].name, other[j].path[:-1], other[j].code)
    )
    return {base[i].row: other[j] for i, j in pairs.items()}


def name_likeness(row: ScoreRow, name: str, parents: Sequence[str], code: str = "") -> int:
    """How surely a name under its parents is the row's indicator: 0 not at all, 4 name and parent."""
    own_name = row.name
    if not own_name or not name:
        return 0
    if code and row.code == code:
        return SURE
    same = own_name == name
    if not same and not alike(own_name, name):
        return 0
    own = row.path[-2] if len(row.path) > 1 else ""
    parent = bool(own) and any(alike(own, p) for p in parents)
    return (3 if same else 1) + parent


def pair_up(rows: int, columns: int, likeness: Callable[[int, int], int]) -> dict[int, int]:
    """Pairs two sequences in order so that the likenesses add up to the most; then what is left by name.

    Order comes first because names occur twice; a name that stands elsewhere in the other
    sequence is paired afterwards when it is surely the same one.
    """
    like = [[likeness(i, j) for j in range(columns)] for i in range(rows)]
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = like[i][j] + best[i + 1][j + 1] if like[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs = _trace(like, best)
    left = [j for j in range(columns) if j not in set(pairs.values())]
    for i in range(rows):
        if i not in pairs:
            sure = next((j for j in left if like[i][j] == SURE), None)
            if sure is not None:
                pairs[i] = sure
                left.remove(sure)
    return pairs


SURE = 4


def _trace(like: list[list[int]], best: list[list[int]]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(like) and j < len(best[0]) - 1:
        if like[i][j] and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def alike(one: str, other: str) -> bool:
    """Whether two names are variants of one: one holds the other, or most characters are shared.

    Short names differ by a character and mean other things (产出数量, 产出质量), so they must share more.
    """
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    mine, others = _characters(one), _characters(other)
    most = max(len(mine), len(others))
    part, whole = LONG_SHARE if most >= LONG_NAME else SHORT_SHARE
    return len(mine & others) * whole >= most * part


@lru_cache(maxsize=4096)  # each name is compared with all of another table
def _characters(name: str) -> frozenset[str]:
    return frozenset(name)


def align_narrated(
    base: Sequence[ScoreRow], told: Sequence[Narrated], listed: dict[int, ScoreRow]
) -> dict[int, Narrated]:
    """For each row of the base table the narrative of the same indicator."""
    names = [_differing(row, listed.get(row.row)) for row in base]

    def likeness(i: int, j: int) -> int:
        return max(name_likeness(row, told[j].name, told[j].parents, told[j].code) for row in names[i])

    return {base[i].row: told[j] for i, j in pair_up(len(base), len(told), likeness).items()}


def _differing(row: ScoreRow, other: ScoreRow | None) -> tuple[ScoreRow, ...]:
    """A row, and the one of another table that is the same indicator, where that names it otherwise."""
    if other is None or (row.code, row.path[-2:]) == (other.code, other.path[-2:]):
        return (row,)
    return row, other
