"""Totals in tables: 合计, 总计 and 小计 rows and the rows that add up to them.

A total row may close its rows or stand above them; rows may be grouped under sub-totals or numbered
headings, or not at all. Each grouping that the layout allows is a reading; a relation fails where none adds up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from checker.document import Paragraph, Table
from checker.extract.figures import Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.codes import parents_by_code, parents_by_rank, subject_codes
from checker.relate.kinds_of_rows import of_one_unit, readings_by_kind
from checker.relate.layout import Row, RowKind, body_rows, is_additive, panels
from checker.relate.levels_by_sums import levels_by_sums
from checker.relate.row_readings import Readings, row_readings
from checker.relate.score_tables import find_score_tables
from checker.relate.slips import is_slip
from checker.relation import Sum, TableTotal
from checker.verdict import Phrase

BECAUSE = Phrase("表中“{label}”行与其所列各行", "the table's row “{label}” and the rows that it covers")
DAMAGED = Phrase("表中有的行在转换中错位，无法相加", "some rows lost their columns in conversion")
UNCLEAR = Phrase(
    "表的层次有多种读法，各读法均不相符", "the table's levels can be read in several ways, none of which adds up"
)
ONCE = Phrase("表注说明合计已剔除重复", "a note says that the total counts each only once")
RUNNING = ("累计支出", "累计完成", "累计到位", "累计拨付", "累计金额", "累计投资", "累计数", "累计", "期末", "年末")


def find_table_totals(reading: Reading) -> Iterator[TableTotal]:
    """Every total of a column that adds up, with the sets of rows that may make it."""
    scored = {one.table.index for one in find_score_tables(reading)}
    for table in reading.document.tables:
        if table.index in scored:
            continue  # its weights and scores are the score tree's
        for columns in panels(reading, table):
            yield from _in_panel(reading, table, columns)


def _in_panel(reading: Reading, table: Table, columns: Sequence[int]) -> Iterator[TableTotal]:
    rows = body_rows(reading, table, columns)
    tops, under = _by_code(table, columns)
    for position, row in enumerate(rows):
        if row.kind in {RowKind.TOTAL, RowKind.SUBTOTAL}:
            readings = row_readings(rows, position)
            if kinds := readings_by_kind(table, rows, position, readings):
                readings = kinds
            elif tops and row.kind is RowKind.TOTAL:
                readings = tuple(dict.fromkeys((*readings, tops)))
            elif len(readings) == 1 and (found := levels_by_sums(reading, table, columns, row, readings[0])):
                heads, parts = found
                readings = (heads,)
                for head in rows[:position] + rows[position + 1 :]:
                    if head.number in parts:
                        yield from _totals_of_row(reading, table, columns, head, (parts[head.number],))
            unit = of_one_unit(table, row, readings)
            unit = _nearest_rows(reading, table, columns, row, unit) or unit
            yield from _totals_of_row(reading, table, columns, row, unit, mixed=unit != readings)
        elif row.number in under:
            yield from _totals_of_row(reading, table, columns, row, (under[row.number],))


def _nearest_rows(reading: Reading, table: Table, columns: Sequence[int], row: Row, readings: Readings) -> Readings:
    """The rows nearest to a total, where these make it up and all do not: 当年到位, then what was spent, 支出小计."""
    if len(readings) != 1 or len(readings[0]) <= SEVERAL or _holding(reading, table, columns, row, readings)[0]:
        return ()
    numbers = readings[0]
    for fewer in range(1, len(numbers) - 1):
        nearest = numbers[fewer:] if numbers[-1] < row.number else numbers[:-fewer]
        held, told = _holding(reading, table, columns, row, (nearest,))
        if held >= SEVERAL and 3 * held >= 2 * told:
            return (nearest,)
    return ()


def _holding(reading: Reading, table: Table, columns: Sequence[int], row: Row, readings: Readings) -> tuple[int, int]:
    """In how many columns a total that is not 0 is made up by its rows, and in how many it is told."""
    found = [total for c in columns if (total := _column_total(reading, table, row, readings, c))]
    told = [total for total in found if total.total.quantity.value]
    return sum(total.holds for total in told), len(told)


def _by_code(table: Table, columns: Sequence[int]) -> tuple[tuple[int, ...], dict[int, tuple[int, ...]]]:
    """The rows on top of the tree of codes or numbers, and the rows right under each of its rows."""
    codes = subject_codes(table, columns)
    parents = parents_by_code(codes)
    if not any(parent is not None for parent in parents):
        codes = [next((cells[c].value for c in columns if cells[c].value), "") for cells in table.body]
        parents = parents_by_rank(codes)
    first = table.header_rows
    under: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        if parent is not None:
            under.setdefault(first + parent, []).append(first + index)
    tops = tuple(
        first + i for i, (code, parent) in enumerate(zip(codes, parents, strict=True)) if code and parent is None
    )
    return tops if under else (), {row: tuple(rows) for row, rows in under.items()}


def _totals_of_row(
    reading: Reading, table: Table, columns: Sequence[int], row: Row, readings: Readings, *, mixed: bool = False
) -> Iterator[TableTotal]:
    found = [total for column in columns if (total := _column_total(reading, table, row, readings, column))]
    holding = any(total.holds and len(total.parts) > 1 and total.total.quantity.value for total in found)
    flat = not mixed and len(readings) == 1 and row.kind is not RowKind.LEAF and not _counts_fewer(row, readings)
    holding = holding and not mixed and not _counts_fewer(row, readings)
    by_chance = len(found) > SEVERAL and sum(total.holds or is_near(total) for total in found) == 1
    for total in found:
        plain = (
            (holding and not is_mean(total)) or (is_near(total) and not by_chance) or (flat and _is_comparable(total))
        )
        yield replace(total, doubt=total.doubt or (None if plain else UNCLEAR))


def _counts_fewer(row: Row, readings: Readings) -> bool:
    """Whether a row says that it adds up fewer rows than any reading has: 原有企业小计（11家） below 24 rows."""
    match = _COUNTED.search(row.label)
    return match is not None and all(len(numbers) > int(match["count"]) for numbers in readings)


_COUNTED = Pattern(r"[（(](?P<count>\d{1,3})[个家县项户所村镇乡条处笔名类]\p{Han}{0,4}[)）]")


def is_mean(total: TableTotal) -> bool:
    """Whether a total lies among its own parts, far from their sum: it may be a price, a rate or an average."""
    values = [part.quantity.based for part in total.parts]
    among = min(values) * max(values) > 0 and min(values) <= total.total.quantity.based <= max(values)
    return len(values) > 1 and among and not total.holds and not _is_comparable(total)


def _is_comparable(total: TableTotal) -> bool:
    """Whether a sum is of the order of its total: one that is twice as large adds up two levels of a list."""
    summed = sum((part.quantity.based for part in total.parts), start=Decimal(0))
    return abs(summed) < 2 * abs(total.total.quantity.based) and abs(total.total.quantity.based) < 2 * abs(summed)


def _column_total(reading: Reading, table: Table, row: Row, readings: Readings, column: int) -> TableTotal | None:
    total = reading.cell(table, row.number, column)
    if total is None or not is_additive(table, column, total) or _runs_on(reading, table, column):
        return None
    sets = tuple(dict.fromkeys(_figures(reading, table, numbers, column) for numbers in readings))
    if table.header[column].startswith(RUNNING):
        sets += tuple(parts[-1:] for parts in sets if parts)  # 累计支出: the last row is the total
    rows_used = {number for numbers in readings for number in numbers}
    doubt = DAMAGED if (rows_used | {row.number}) & table.damaged else None
    if doubt is None and total.quantity.unit.kind in {"count", "plain"} and _counts_once(reading, table):
        doubt = ONCE
    because = BECAUSE.filled(label=row.label)
    claim = TableTotal(
        because, total, tuple(parts for parts in sets if parts), row.label, doubt, table, table.header[column]
    )
    several = tuple(parts for parts in claim.readings if len(parts) > 1)
    if several and not claim.holds:  # one part is no sum
        claim = replace(claim, readings=several)
    return claim if any(len(parts) > 1 for parts in sets) or (claim.readings and claim.holds) else None


SEVERAL, RUN = 2, 4
NUMBERING = ("行次", "栏次", "序号", "编号")


def _runs_on(reading: Reading, table: Table, column: int) -> bool:
    """Whether a column numbers the rows (行次): whole numbers that go up by one, the total's among them.

    A header that names something else (数量) settles that the column counts, however its figures rise.
    """
    if table.header[column].strip() and not any(word in table.header[column] for word in NUMBERING):
        return False
    figures = [f for row in table.body if (f := reading.cell(table, row[column].row, column))]
    values = [f.quantity.value for f in figures if not f.quantity.decimals]
    steps = sum(1 for one, two in pairwise(values) if two - one == 1)
    rising = all(two > one for one, two in pairwise(values))
    return len(values) == len(figures) >= RUN and rising and steps * 3 >= (len(values) - 1) * 2


def _counts_once(reading: Reading, table: Table) -> bool:
    """Whether a note under the table says that what several rows share is counted once."""
    after = reading.document.blocks[table.index + 1 : table.index + 3]
    notes = "".join(block.text.value for block in after if isinstance(block, Paragraph))
    return any(word in notes for word in ("重复", "去重", "交叉"))


def _figures(reading: Reading, table: Table, numbers: Sequence[int], column: int) -> tuple[Figure, ...]:
    found = (reading.cell(table, number, column) for number in numbers)
    return tuple(figure for figure in found if figure is not None)


NEAR_SHARE = 100  # a sum within a hundredth of its total is too near for the parts to be other things


def is_near(total: Sum) -> bool:
    """Whether a sum misses its total so narrowly that it is plainly meant to reach it.

    Either by under one per cent, or by what one slip of the pen in one of the figures explains.
    """
    stated = total.total.quantity.based
    computed = sum((part.quantity.based for part in total.parts), start=stated * 0)
    gap = computed - stated
    if abs(gap) * NEAR_SHARE < abs(stated):
        return True
    if is_slip(stated, computed):
        return True
    parts = [(part.quantity.based, part.quantity.based - gap) for part in total.parts]
    return any(is_slip(one, meant) for one, meant in parts if one.is_signed() is meant.is_signed())
