"""Totals of rows that another column tells apart: 合计 | 堤防 of all rows 堤防, a total of each way of counting."""

from __future__ import annotations

from collections.abc import Sequence

from checker.document import Table
from checker.extract.patterns import Pattern
from checker.relate.layout import Row, RowKind, squeeze

Readings = tuple[tuple[int, ...], ...]
FEWEST, MOST = 2, 400
"""Rows that make a group; of a table with more rows each total would be compared with all."""
UNIT_COLUMNS = ("单位", "计量单位", "数量单位")
_YEAR = Pattern(r"20\d\d年?度?")


def readings_by_kind(table: Table, rows: Sequence[Row], position: int, plain: Readings) -> Readings:
    """The rows that a total may add up, where a column of names parts them; () where none does.

    A sub-total inside a merged cell (本年收入 | 小计) is of the rows beside that cell. Totals with names of
    their own beside them (5个项目合计 | 堤防) are of the rows with that name. A total below rows that count
    the same things several ways (按能源 | 纯电动, 按车长 | 10米以上) is of each of these ways, or of what it
    would be else (``plain``).
    """
    row = rows[position]
    if len(rows) > MOST:
        return ()
    if of_name := _of_its_name(table, rows, row):
        return of_name
    if row.kind is RowKind.SUBTOTAL:
        return _of_its_group(table, rows, row, plain)
    if row.kind is not RowKind.TOTAL:
        return ()
    leaves = [one.number for one in rows if one.kind is RowKind.LEAF]
    cells = table.rows[row.number]
    year = _YEAR.match(row.label)
    names = {number: squeeze("".join(cell.value for cell in table.rows[number][:2])) for number in leaves if year}
    of_year = [number for number in leaves if year and year.group() in names[number]]
    if len(of_year) >= FEWEST and len(of_year) < len(leaves):
        return (tuple(of_year),)  # 2023年合计 below the quarters of two years
    several = sum(one.label == row.label for one in rows) > 1
    for column in range(1, table.width) if several else ():
        own = squeeze(cells[column].value)
        alike = [number for number in leaves if own and squeeze(table.rows[number][column].value) == own]
        if len(alike) >= FEWEST and (_YEAR.fullmatch(own) or _is_name(own)):
            return (tuple(alike),)
    ways = _ways_of_counting(table, rows)
    return (*plain, *ways) if ways else ()


def of_one_unit(table: Table, row: Row, readings: Readings) -> Readings:
    """The readings without the rows in other units than the total's, where a column tells the units."""
    column = next((c for c, header in enumerate(table.header) if header in UNIT_COLUMNS), None)
    if column is None:
        return readings
    own = table.rows[row.number][column].value
    kept = tuple(tuple(n for n in numbers if table.rows[n][column].value in {own, ""}) for numbers in readings)
    return tuple(numbers for numbers in kept if numbers)


def _of_its_name(table: Table, rows: Sequence[Row], row: Row) -> Readings:
    """小学小计 below all schools: the rows that a column calls 小学, where it calls others otherwise."""
    leaves = [one.number for one in rows if one.kind is RowKind.LEAF]
    for cell in table.rows[row.number]:
        said = squeeze(cell.value)
        name = next((said.removesuffix(word) for word in ("小计", "合计") if said.endswith(word)), "")
        for column in range(table.width) if name else ():
            alike = [number for number in leaves if squeeze(table.rows[number][column].value) == name]
            if FEWEST <= len(alike) < len(leaves):
                return (tuple(alike),)
    return ()


def _of_its_group(table: Table, rows: Sequence[Row], row: Row, plain: Readings) -> Readings:
    """本年收入 | 小计: the rows beside the same merged name, not those above it; perhaps so below empty cells."""
    first = table.rows[row.number][0]
    if first.value and squeeze(first.value) == row.label:
        return ()
    names: dict[int, str] = {}
    name = ""
    for cells in table.body:
        name = squeeze(cells[0].value) or name
        names[cells[0].row] = name
    own = names.get(row.number, "")
    group = [one.number for one in rows if one.kind is RowKind.LEAF and names.get(one.number) == own]
    if not own or own.isdecimal() or len(group) < FEWEST:  # a running number names no group
        return ()
    return (tuple(group),) if first.covered else (tuple(group), *plain)


def _ways_of_counting(table: Table, rows: Sequence[Row]) -> Readings:
    """The rows of each name of the first column, where all names begin with 按: each is one way of counting."""
    ways: dict[str, list[int]] = {}
    name = ""
    for row in rows:
        if row.kind is RowKind.LEAF:
            name = squeeze(table.rows[row.number][0].value) or name
            ways.setdefault(name, []).append(row.number)
    several = len(ways) > 1 and all(way.startswith("按") for way in ways)
    return tuple(tuple(its) for its in ways.values()) if several else ()


def _is_name(text: str) -> bool:
    """Whether a cell has words: no figure, and no dash in a figure's place."""
    return any(char.isalpha() for char in text) and not any(char.isdigit() for char in text)
