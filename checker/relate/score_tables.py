"""Tables of the score tree: indicator system, summary of scores, score table, self-evaluation.

A table is told by its column names (``[score]`` in phrases.toml), never by its position. Names of
merged cells are filled down; a weight printed behind a name, "资金管理（10 分）", is kept apart from it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from checker.document import Cell, Table
from checker.extract.figures import Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import words
from checker.relate.codes import nested_names, parents_by_code, parents_by_rank, row_codes
from checker.relate.layout import RowKind, kind_of_cells, squeeze
from checker.relate.score_columns import Columns, find_columns
from checker.relate.score_names import NAME_WEIGHT, code_of, plain_name
from checker.relate.score_subtotals import subtotal_groups
from checker.relate.score_sums import parents_by_sums
from checker.relate.score_values import Group, ScoreRow, ScoreTable, TableKind

FULL = 100
LONGEST_NAME = 30
"""Longer words in the place of a name are another column's, slipped in conversion."""


@lru_cache(maxsize=2)
def find_score_tables(reading: Reading) -> tuple[ScoreTable, ...]:
    """All tables of the score tree, in reading order."""
    found = (read_score_table(reading, table) for table in reading.document.tables)
    return tuple(table for table in found if table is not None)


def read_score_table(reading: Reading, table: Table) -> ScoreTable | None:
    """The table as part of the score tree, or None when its columns do not make it one."""
    columns = find_columns(reading, table)
    if columns is None:
        return None
    parents = _parents(table, columns)
    heads = {parent for parent in parents if parent is not None}  # 01-01 | 项目立项小计 is above 01-01-01
    paths = fill_names(table, columns.levels, heads)
    if not any(parent is not None for parent in parents) and len(columns.levels) == 1 and columns.weight is not None:
        weights = [reading.cell(table, cells[0].row, columns.weight) for cells in table.body]
        scored = [reading.cell(table, cells[0].row, columns.score or 0) for cells in table.body]
        parents = parents_by_sums([score_row_kind(cells) for cells in table.body], weights, scored)
    if any(parent is not None for parent in parents):
        paths = nested_names([path[-1] if path else "" for path in paths], parents)
    opened = _opened(table, columns, paths)
    read = [_read_row(reading, table, columns, c, path) for c, path in zip(table.body, paths, strict=True)]
    paths = [() if index in opened else path for index, path in enumerate(paths)]
    kinds = _kinds(table, heads)
    total = next((row for row, kind in zip(read, kinds, strict=True) if kind is RowKind.TOTAL), None)
    above = set(parents) | _below_total(kinds, read)
    rows = tuple(
        row
        for index, (row, kind) in enumerate(zip(read, kinds, strict=True))
        if kind is RowKind.LEAF and index not in above and index not in opened and (row.weight or row.score or row.name)
    )
    groups = _groups(reading, table, columns, paths) + _coded_groups(read, rows, above)
    groups += subtotal_groups(table, columns, read, kinds, rows) + _opened_groups(read, rows, opened)
    purpose = _table_kind(table, columns, rows)
    if purpose is None:
        return None
    return _without_shares(ScoreTable(table, purpose, columns, rows, groups, total))


def _below_total(kinds: Sequence[RowKind], read: Sequence[ScoreRow]) -> set[int]:
    """Rows without a weight behind the total that closes the table: 折算后得分 91.83."""
    last = max((at for at, kind in enumerate(kinds) if kind is RowKind.TOTAL), default=len(kinds))
    closes = any(row.weight for row in read[:last])
    return {at for at in range(last + 1, len(kinds)) if closes and not any(row.weight for row in read[last + 1 :])}


def _kinds(table: Table, heads: Collection[int]) -> list[RowKind]:
    """What each body row is; of several totals only one without a name is the table's: not 决策合计."""
    kinds = [RowKind.LEAF if at in heads else score_row_kind(cells) for at, cells in enumerate(table.body)]
    totals = [at for at, kind in enumerate(kinds) if kind is RowKind.TOTAL]
    for at in totals if len(totals) > 1 else ():
        label = next((squeeze(cell.value) for cell in table.body[at] if cell.value), "")
        if label not in (*words("table", "total"), *words("score", "total")):
            kinds[at] = RowKind.SUBTOTAL
    return kinds


def _opened(table: Table, columns: Columns, paths: Sequence[tuple[str, ...]]) -> dict[int, int]:
    """Rows that have a line of their own above what stands under them, each with its level.

    过程 | | 25 | 21.51, then | 预算执行 | 13 | 10.87: nothing stands in the columns of the lower levels, and
    the next row has a name there and none above.
    """
    found: dict[int, int] = {}
    for index, (cells, below) in enumerate(pairwise(table.body)):
        named = [depth for depth, column in enumerate(columns.levels) if cells[column].value]
        lower = [depth for depth, column in enumerate(columns.levels) if below[column].value]
        covered = any(cells[column].covered for column in columns.levels)
        if paths[index] and named and lower and not covered and named[-1] < lower[0]:
            found[index] = named[-1]
    return found


def _opened_groups(read: Sequence[ScoreRow], rows: Sequence[ScoreRow], opened: Mapping[int, int]) -> tuple[Group, ...]:
    """The rows with a line of their own, each with the rows under it."""
    out = []
    for index, level in opened.items():
        head = read[index]
        path = head.path[: level + 1]
        under = tuple(row.row for row in rows if row.path[: level + 1] == path)
        out.append(Group(level, path, head.weight, under, head.score))
    return tuple(out)


def _without_shares(table: ScoreTable) -> ScoreTable:
    """The table without weights where these are shares and no points.

    Each level may be weighed within its parent (50% of 20%), or the whole may be 1 (0.25).
    """
    weights = [row.weight.quantity.value for row in table.rows if row.weight]
    of_one = len(weights) > 1 and max(weights) <= 1 and abs(sum(weights, start=Decimal(-1))) * 100 < 1
    inner = [group for group in table.groups if group.level == len(table.columns.levels) - 2]
    leaves = {row.row: row.weight.quantity.value for row in table.rows if row.weight}
    sums = [sum((leaves[row] for row in group.rows if row in leaves), start=Decimal(0)) for group in inner]
    nested = len(table.columns.weights) > 1 and len(sums) > 1 and all(total == FULL for total in sums)
    if not of_one and not nested:
        return table
    rows = tuple(replace(row, weight=None) for row in table.rows)
    groups = tuple(replace(group, weight=None) for group in table.groups)
    return replace(table, rows=rows, groups=groups, total=table.total and replace(table.total, weight=None))


def _parents(table: Table, columns: Columns) -> list[int | None]:
    """For each body row the row above it in the tree, where one column holds all levels."""
    if len(columns.levels) > 1:
        return [None] * len(table.body)
    parents = parents_by_code(row_codes(table, columns.levels[0], columns.code))
    if any(parent is not None for parent in parents):
        return parents
    column = columns.levels[0] if columns.code is None else columns.code
    return parents_by_rank([cells[column].value for cells in table.body])


def _coded_groups(
    read: Sequence[ScoreRow], leaves: Sequence[ScoreRow], above: Collection[int | None]
) -> tuple[Group, ...]:
    """Each row that others stand under, with the leaves below it."""
    out = []
    for index, row in enumerate(read):
        if index in above and row.path:
            depth = len(row.path)
            under = tuple(leaf.row for leaf in leaves if leaf.path[:depth] == row.path)
            out.append(Group(depth - 1, row.path, row.weight, under, row.score))
    return tuple(out)


def fill_names(table: Table, levels: Sequence[int], heads: Collection[int] = ()) -> list[tuple[str, ...]]:
    """The names of every body row from the top level down, merged cells filled.

    A new name on one level ends the names below it; a total row has no names, but for those above others by
    their codes (``heads``, places in the body).
    """
    current = [""] * len(levels)
    out: list[tuple[str, ...]] = []
    numbered = {column for column in levels[:-1] if _has_weights_behind(table, column)}
    for at, cells in enumerate(table.body):
        if at not in heads and score_row_kind(cells) is not RowKind.LEAF:
            out.append(())
            continue
        for depth, column in enumerate(levels):
            own = _without_total(cells[column].value) if at in heads else cells[column].value
            if column in numbered:
                own = own.rstrip("0123456789. ")
            if own:
                current[depth:] = [own] + [""] * (len(levels) - depth - 1)
            elif depth == len(levels) - 1 and not cells[column].covered:
                current[depth] = ""
        out.append(tuple(plain_name(name) for name in current))
    return out


def _without_total(name: str) -> str:
    for word in ("小计", "合计"):
        name = name.strip().removesuffix(word)
    return name


def _has_weights_behind(table: Table, column: int) -> bool:
    """Whether each name of an upper level has its weight right behind it, on the next line of its cell: 决策 15."""
    named = 0
    for cells in table.body:
        name = cells[column].value
        if name and score_row_kind(cells) is RowKind.LEAF:
            if not _WEIGHT_BEHIND.fullmatch(name):
                return False
            named += 1
    return named > 1


_WEIGHT_BEHIND = Pattern(r"(?s).*[\p{Han}）)]\s*\d{1,3}(?:\.\d+)?")


def score_row_kind(cells: Sequence[Cell]) -> RowKind:
    """What a row of a score table is: 综合得分 names its total row too."""
    label = next((squeeze(cell.value) for cell in cells if cell.value), "")
    return RowKind.TOTAL if label in words("score", "total") else kind_of_cells(cells)


def _read_row(
    reading: Reading, table: Table, columns: Columns, cells: Sequence[Cell], path: tuple[str, ...]
) -> ScoreRow:
    row = cells[0].row
    weight = reading.cell(table, row, columns.weight) if columns.weight is not None else None
    if weight is None and columns.levels:
        weight = name_weight(reading, table, row, columns.levels[-1])
    score = reading.cell(table, row, columns.score) if columns.score is not None else None
    process = tuple(p for c in columns.process if (p := reading.cell_passage(table, row, c)))
    named = not path or len(path[-1]) <= LONGEST_NAME
    path = path if named else (*path[:-1], "")
    code = code_of(cells[columns.levels[-1]].value)
    if not code and columns.code is not None:
        code = code_of(f"{cells[columns.code].value.strip()}、")
    actual = reading.cell(table, row, columns.actual) if columns.actual is not None else None
    return ScoreRow(row, path, weight, score, process, row in table.damaged or not named, code, actual)


def name_weight(reading: Reading, table: Table, row: int, column: int) -> Figure | None:
    """The weight in brackets behind the name in a cell, None without one."""
    passage = reading.cell_passage(table, row, column)
    if passage is None or not passage.figures:
        return None
    behind = passage.figures[-1].end == len(passage.text.value.rstrip()) and _has_weights_behind(table, column)
    if not behind and not NAME_WEIGHT.search(passage.text.value):
        return None
    text = passage.text.value
    weights = [
        figure for figure in passage.figures if not text[: figure.start].rstrip().endswith("得")
    ]  # （15分，得12分）
    last = weights[-1] if weights else None
    return last if last is not None and last.quantity.unit.kind in {"score", "plain", "rate"} else None


def _groups(reading: Reading, table: Table, columns: Columns, paths: Sequence[tuple[str, ...]]) -> tuple[Group, ...]:
    """Each name of an upper level, with the body rows that stand under it."""
    out = []
    first = table.header_rows
    for depth, column in enumerate(columns.levels[:-1]):
        members: dict[tuple[str, ...], list[int]] = {}
        for offset, path in enumerate(paths):
            if path and path[depth]:
                members.setdefault(path[: depth + 1], []).append(first + offset)
        for path, rows in members.items():
            out.append(Group(depth, path, _group_weight(reading, table, columns, column, rows[0]), tuple(rows)))
    return tuple(out)


def _group_weight(reading: Reading, table: Table, columns: Columns, column: int, row: int) -> Figure | None:
    """The weight in the name's cell, else in a weight column of its own right of the name."""
    found = name_weight(reading, table, row, column)
    if found is not None or len(columns.weights) < 2:
        return found
    right = [c for c in columns.weights if c > column]
    deeper = [c for c in columns.levels if c > column]
    own = [c for c in right if not deeper or c < deeper[0]]
    return reading.cell(table, row, own[0]) if own else None


def _table_kind(table: Table, columns: Columns, rows: Sequence[ScoreRow]) -> TableKind | None:
    weighed = [row for row in rows if row.weight]
    if len(rows) < 2 or not (weighed or any(row.score for row in rows)):
        return None
    if columns.score is None:
        return TableKind.INDICATORS if weighed else None
    if "自评" in table.name or "自评" in table.header[columns.score]:
        return TableKind.SELF
    deepest = max(len(row.path) for row in rows)
    described = columns.criteria is not None or bool(columns.process) or deepest > 2
    return TableKind.SCORES if described else TableKind.SUMMARY
