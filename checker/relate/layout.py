"""What the rows and columns of a table are: totals, sub-totals, labels, columns that add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from checker.document import Cell, Table
from checker.extract.cells import bare_header
from checker.extract.figures import Reading
from checker.extract.headings import parse_heading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any, words
from checker.units import unit_named


class RowKind(Enum):
    """What a row is to a sum."""

    LEAF = "leaf"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    MEMO = "memo"


LABEL_LIMIT = 10
_BRACKETED = Pattern(r"(?<=.)[（(][^（()）]*[)）]\s*$")
_ORDINAL = Pattern(r"[一二三四五六七八九十]{1,3}[、.．]?|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,3}[、.．]?")
SHARES = ("权重", "占比", "比重", "构成")
FEWEST_IN_AREA = 3
"""Counties and more of them, above or below a row for all of them."""
WHOLE = 100
"""A total of 100% says that the rates above it are shares."""
NUMBERED_COLUMNS = ("栏次", "列次")
"""A row under the head that numbers the columns."""
YEARS = ("年", "年度")
"""Headers of a column of years; 2023年度 heads a column of amounts."""


class Row(Struct, frozen=True):
    """A body row with its label, its kind and the kind of its numbering (一、 or 1.)."""

    number: int
    label: str
    kind: RowKind
    rank: str | None


def is_of_averages(row: Row) -> bool:
    """Whether each figure of a row is the mean of its column: a quotient of means is no mean of quotients."""
    return any(word in row.label for word in ("平均", "均值"))


def squeeze(text: str) -> str:
    """Without any white space."""
    return "".join(text.split())


def row_label(reading: Reading, table: Table, cells: Sequence[Cell]) -> str:
    """The first cell of a row that is words, not a number: not the 一 or （二） before them."""
    said = [squeeze(c.value) for c in cells if c.value and reading.cell(table, c.row, c.column) is None]
    return next((words for words in said if not _ORDINAL.fullmatch(words)), said[0] if said else "")


def row_name(reading: Reading, table: Table, row: int) -> str:
    """How a message names a row: of its words before the first figure those that tell it from most others."""
    words_before: list[Cell] = []
    for cell in table.rows[row]:
        figure = reading.cell(table, cell.row, cell.column)
        if figure is not None and words_before:
            break
        if cell.value and figure is None:
            words_before.append(cell)
    best = max(words_before, key=lambda cell: len({r[cell.column].value for r in table.body}), default=None)
    return squeeze(best.value)[:24] if best else ""


def body_rows(reading: Reading, table: Table, columns: Sequence[int] | None = None) -> tuple[Row, ...]:
    """The body rows that say something in these columns (all of them by default), in order."""
    kept, key = _rows_of(reading), (table.index, None if columns is None else tuple(columns))
    if key not in kept:
        kept[key] = _with_area(reading, table, tuple(_body_rows(reading, table, columns)))
    return kept[key]


@lru_cache(maxsize=2)
def _rows_of(reading: Reading) -> dict[tuple[int, tuple[int, ...] | None], tuple[Row, ...]]:
    """What is kept of a reading: nine finders ask for the rows of the same tables."""
    return {}


def _body_rows(reading: Reading, table: Table, columns: Sequence[int] | None) -> Iterator[Row]:
    total: Row | None = None
    for row in table.body:
        cells = row if columns is None else [row[column] for column in columns]
        if not any(cell.value for cell in cells):
            continue
        label = row_label(reading, table, cells)
        found = Row(cells[0].row, label, kind_of_cells(cells), _rank(cells, label))
        of_merged = cells[0].covered or not cells[0].value
        if total is not None and found.kind is RowKind.LEAF and of_merged and _is_of_kind(table, row):
            found = replace(total, number=found.number)
        elif not of_merged:
            total = found if found.kind is RowKind.TOTAL else None
        yield found


def _with_area(reading: Reading, table: Table, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows; 全市 above or below those of its counties is their total where most columns add up to it.

    Where none does, it is of rates, or has more than is listed: a row that is none of the counties.
    """
    named = [at for at, row in enumerate(rows) if row.kind is RowKind.LEAF and row.label in words("table", "area")]
    leaves = [at for at, row in enumerate(rows) if row.kind is RowKind.LEAF]
    if len(named) != 1 or len(leaves) <= FEWEST_IN_AREA or named[0] not in {leaves[0], leaves[-1]}:
        return rows
    whole, parts = rows[named[0]], [rows[at] for at in leaves if at != named[0]]
    told = [_adds_up(reading, table, column, whole, parts) for column in range(table.width)]
    held, missed = told.count(True), told.count(False)
    kind = RowKind.TOTAL if held and held >= missed else RowKind.MEMO
    return tuple(replace(row, kind=kind) if row is whole else row for row in rows)


def _adds_up(reading: Reading, table: Table, column: int, whole: Row, parts: Sequence[Row]) -> bool | None:
    """Whether the rows of a column come to the whole, as far as they are rounded; None where it does not add up."""
    total = reading.cell(table, whole.number, column)
    figures = [figure for row in parts if (figure := reading.cell(table, row.number, column)) is not None]
    if total is None or not total.quantity.value or len(figures) < FEWEST_IN_AREA:
        return None
    if not all(is_additive(table, column, figure) for figure in (total, *figures)):
        return None
    apart = abs(sum((f.quantity.based for f in figures), start=-total.quantity.based))
    return apart <= sum(figure.quantity.half_step for figure in (total, *figures))


def _is_of_kind(table: Table, row: Sequence[Cell]) -> bool:
    """Whether the name right of a merged 合计 stands in other rows too: 预算 and 支出 of each county, then of all."""
    return len(row) > 1 and sum(other[1].value == row[1].value != "" for other in table.body) > 2


def _rank(cells: Sequence[Cell], label: str) -> str | None:
    """The kind of a row's number, before its label or in a cell of its own."""
    first = next((squeeze(cell.value) for cell in cells if cell.value), "")
    alone = first != label and not first.isdecimal() and _ORDINAL.fullmatch(first) is not None
    return numbering_rank(f"{first.rstrip('、.．')}{'' if first[:1] in '（(' else '、'}{label}" if alone else label)


def kind_of_cells(cells: Sequence[Cell]) -> RowKind:
    """What a row is, by its first words, or by a 小计 that stands beside a repeated group name."""
    labels = [squeeze(cell.value) for cell in cells if cell.value]
    if len(labels) > 1 and _ORDINAL.fullmatch(labels[0]):
        labels = labels[1:]
    if any(label in NUMBERED_COLUMNS for label in labels):
        return RowKind.MEMO
    for label in labels[1:]:
        if len(label) <= LABEL_LIMIT and label.endswith(words("table", "subtotal")):  # 决策 | 资金投入 | 决策小计
            return RowKind.SUBTOTAL
        if label in words("table", "total"):
            return RowKind.TOTAL
    return row_kind(labels[0]) if labels else RowKind.LEAF


def panels(reading: Reading, table: Table) -> list[tuple[int, ...]]:
    """The columns of each table that stands in the grid: a label column and the figures right of it.

    Income and expenditure often stand side by side (项目, 金额, 项目, 金额); a total row then has a
    label of its own in each half.
    """
    kinds = [_is_label_column(reading, table, column) for column in range(table.width)]
    out: list[list[int]] = [[]]
    for column, is_label in enumerate(kinds):
        before = out[-1]
        opens = is_label and any(kinds[c] for c in before) and not kinds[column - 1]
        if opens and any(kinds[c] is False for c in range(column + 1, table.width)):
            out.append([])
        out[-1].append(column)
    return [tuple(columns) for columns in out]


def only_counts(table: Table, column: int) -> bool:
    """Whether a column numbers the rows from 1 on, which says nothing of how they nest."""
    values = [value for row in table.body if (value := row[column].value)]
    numbers = [value for value in values if value.isdecimal()]
    return 2 * len(numbers) > len(values) and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _is_label_column(reading: Reading, table: Table, column: int) -> bool:
    """Whether a column holds names or codes, not figures that add up."""
    filled = [row[column] for row in table.body if row[column].value]
    figures = [f for cell in filled if (f := reading.cell(table, cell.row, column))]
    if table.header[column].endswith(("编码", "代码")):
        return True
    return bool(filled) and len(figures) * 2 < len(filled)


def row_kind(label: str) -> RowKind:
    """What a row with this label is."""
    bare = _BRACKETED.sub("", label).strip("：:（）() ")
    if len(bare) <= LABEL_LIMIT and bare.endswith(words("table", "subtotal")):
        return RowKind.SUBTOTAL
    if len(bare) <= LABEL_LIMIT and bare.endswith(words("table", "total")):
        return RowKind.MEMO if bare.startswith("加权") else RowKind.TOTAL
    if label.startswith(words("table", "memo")):
        return RowKind.MEMO
    return RowKind.LEAF


def is_additive(table: Table, column: int, figure: Figure) -> bool:
    """Whether the figures of a column add up: amounts, counts and scores do, rates and prices do not."""
    if figure.quantity.unit.kind in {"rate", "points"}:
        return figure.quantity.value == WHOLE and any(word in table.header[column] for word in SHARES)
    header = table.header[column]
    a_piece = "/" in figure.quantity.unit.base or _is_ratio(header)  # 元/户
    return not a_piece and header not in YEARS and not has_any(bare_header(header) or header, "table", "not_additive")


def _is_ratio(header: str) -> bool:
    """Whether a header names one thing for so much of another: 批次/千人."""
    match = _RATIO.search(header.strip())
    return match is not None and unit_named(match["unit"]) is not None


_RATIO = Pattern(r"\p{Han}[/／](?:\d+|[十百千万亿]{1,2})?(?P<unit>\p{Han}{1,3})$")


def numbering_rank(label: str) -> str | None:
    """The kind of a label's number (一、 or （一） or 1.), None without one."""
    heading = parse_heading(label)
    return heading.rank if heading else None
