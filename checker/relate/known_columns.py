"""The columns of all tables that compare their rows, those of groups of rows, and rows that compare their columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from checker.document import Table
from checker.extract.figures import Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.layout import Row, RowKind, body_rows, row_name
from checker.relate.levels_by_sums import levels_by_sums

FEWEST = 3
"""Rows that a column needs for its largest value to say something."""
_CODE = Pattern(r"^[A-Z]{1,2}\d{0,5}[.、]?(?=\p{Han})")
"""Before the name of an indicator: A101."""
_OF_ALL = Pattern(r"合计|总计|小计|平均|均值|全年|累计|全[市县区省]|增|降|目标|计划|标准")
"""Headers of columns that are none of those that a row compares."""
_NAME = Pattern(r"\p{Han}{2,5}")
_KINDS = ("县", "市", "区", "镇", "乡", "街道")
_ASIDE = Pattern(r"[（(][^（()）]*[)）]$")
_COMPARED = frozenset("年度月季期批县市区镇乡村校馆院组队段")
"""Last characters of headers that name what a row compares: quarters, batches, places."""


class Cell(Struct, frozen=True):
    """A figure of a table with the name of its row."""

    name: str
    figure: Figure


Column = tuple[Cell, ...]


class Columns(Struct, frozen=True):
    """The columns of all tables, and of each value those that have it."""

    columns: Sequence[tuple[Table, str, Column]]
    having: Mapping[tuple[object, bool], Sequence[int]]


@lru_cache(maxsize=2)
def known_columns(reading: Reading) -> Columns:
    """The columns of all tables that name their rows, and the rows of those whose columns are places."""
    tables = reading.document.tables
    columns = (one for table in tables for one in _in_columns(reading, table, _leaves(reading, table)))
    return _by_value((*columns, *(row for table in tables for row in _of_places(reading, table))))


@lru_cache(maxsize=2)
def known_groups(reading: Reading) -> Columns:
    """The stretches of these columns that belong to one group of rows each."""
    tables = reading.document.tables
    return _columns(
        (reading, table, group)
        for table in tables
        for rows in (_leaves(reading, table),)
        for group in (*_groups(table, rows), *_levels(reading, table, rows), *_under_heads(reading, table, rows))
    )


def _leaves(reading: Reading, table: Table) -> list[Row]:
    return [row for row in body_rows(reading, table) if row.kind is RowKind.LEAF]


def _columns(tables: Iterable[tuple[Reading, Table, Sequence[Row]]]) -> Columns:
    return _by_value(column for reading, table, rows in tables for column in _in_columns(reading, table, rows))


def _in_columns(reading: Reading, table: Table, rows: Sequence[Row]) -> Iterator[tuple[Table, str, Column]]:
    names = {row.number: _CODE.sub("", row_name(reading, table, row.number)) for row in rows}
    for column in range(table.width):
        cells = [(n, reading.cell(table, row.number, column)) for row in rows if (n := names[row.number])]
        its = tuple(Cell(name, figure) for name, figure in cells if figure and not figure.quantity.is_open)
        if len(its) >= FEWEST:
            yield table, table.header[column], its


@lru_cache(maxsize=2)
def known_rows(reading: Reading) -> Columns:
    """Rows that run over quarters, months or places, which head the columns."""
    return _by_value(row for table in reading.document.tables for row in _in_rows(reading, table))


def _of_places(reading: Reading, table: Table) -> Iterator[tuple[Table, str, Column]]:
    """The rows of a table whose columns are counties or towns, with or without 县: | 年度 | 合计 | 白岔 | 青渡 |."""
    places = _places(reading, table)
    for row in _leaves(reading, table) if places else ():
        cells = [(table.header[c], reading.cell(table, row.number, c)) for c in places]
        its = tuple(Cell(name, figure) for name, figure in cells if figure and not figure.quantity.is_open)
        if len(its) >= FEWEST and len({cell.figure.quantity.unit for cell in its}) == 1:
            yield table, row_name(reading, table, row.number), its


def _places(reading: Reading, table: Table) -> list[int]:
    """The columns that are places, where a table has three of them."""
    names = {c: name for c, name in enumerate(table.header) if _NAME.fullmatch(name) and not _OF_ALL.search(name)}
    if len(names) < FEWEST or len(set(names.values())) < len(names):
        return []
    said = _said(reading)
    called = [any(name.endswith(kind) or name + kind in said for kind in _KINDS) for name in names.values()]
    return list(names) if 4 * sum(called) >= 3 * len(called) else []


@lru_cache(maxsize=2)
def _said(reading: Reading) -> str:
    return "\n".join(passage.text.value for passage in reading.prose if passage.place.row is None)


def _in_rows(reading: Reading, table: Table) -> Iterator[tuple[Table, str, Column]]:
    for row in _leaves(reading, table):
        cells = [(table.header[c], reading.cell(table, row.number, c)) for c in range(table.width)]
        its = [Cell(n, f) for n, f in cells if n and f and not f.quantity.is_open and not _OF_ALL.search(n)]
        names = {cell.name for cell in its}
        ends = {_ASIDE.sub("", name)[-1:] for name in names}
        alike = len(ends) == 1 and ends <= _COMPARED and len({cell.figure.quantity.unit for cell in its}) == 1
        if alike and len(names) == len(its) >= FEWEST:
            yield table, row_name(reading, table, row.number), tuple(its)


def _by_value(found: Iterable[tuple[Table, str, Column]]) -> Columns:
    columns = list(found)
    having: dict[tuple[object, bool], list[int]] = defaultdict(list)
    for at, (_, _, cells) in enumerate(columns):
        for key in {value_key(cell.figure) for cell in cells}:
            having[key].append(at)
    return Columns(columns, having)


def _groups(table: Table, rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of each name of the first column, where it stands for several: 患者 and 医务人员 of each hospital."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[table.rows[row.number][0].value].append(row)
    several = len(groups) > 1 and all(len(group) >= FEWEST for group in groups.values())
    return list(groups.values()) if several else []


def _levels(reading: Reading, table: Table, rows: Sequence[Row]) -> list[list[Row]]:
    """The indicators of each level where one column has all of them: A 决策, A1 项目立项, A101 立项依据."""
    levels: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        code = _CODE.match(row_name(reading, table, row.number))
        if code is None:
            return []
        levels[code.end()].append(row)
    return list(levels.values()) if len(levels) > 1 else []


def _under_heads(reading: Reading, table: Table, rows: Sequence[Row]) -> list[list[Row]]:
    """The rows that make up the heads above them, and these heads, where only sums tell which is which."""
    totals = [row for row in body_rows(reading, table) if row.kind is RowKind.TOTAL]
    numbers = [row.number for row in rows]
    found = levels_by_sums(reading, table, range(table.width), totals[0], numbers) if len(totals) == 1 else None
    if found is None:
        return []
    top, under = found
    return [[row for row in rows if row.number not in under], [row for row in rows if row.number in top]]


def value_key(figure: Figure) -> tuple[object, bool]:
    """By what two figures are one value: the number in its base, and whether it is a rate."""
    quantity = figure.quantity
    return quantity.based.normalize(), quantity.unit.kind == "rate"
