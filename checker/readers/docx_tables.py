"""The grid of a Word table: merged cells, rows that begin late, columns that are not quite in line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from checker.document import Cell, Text
from checker.readers.align import misfits
from checker.readers.blocks import RawTable
from checker.readers.columns import profile
from checker.readers.docx_names import CELL, MAIN, ROW, contents, find, number, switched, value
from checker.readers.docx_package import Element

WIDEST = 200
"""No more columns than this: a span beyond it is an error of the source."""
NARROWEST = 150
"""Columns narrower than this (2.6 mm, in twentieths of a point) are edges that were drawn not quite in line."""


class _Placed(Struct, frozen=True):
    """A cell between two edges of the table's own fine grid."""

    start: int
    end: int
    element: Element

    @property
    def goes_on(self) -> bool:
        """Whether it only continues the cell above."""
        merge = value(self.element, "tcPr", "vMerge")
        return merge is not None and merge != "restart"


def rows_of(table: Element) -> list[Element]:
    """The rows that stand when all changes are accepted."""
    return [row for row in contents(table) if row.tag == ROW and find(row, "trPr", "del") is None]


def cells_of(row: Element) -> Iterator[Element]:
    """The cells of a row that stand when all changes are accepted."""
    return (cell for cell in contents(row) if cell.tag == CELL and find(cell, "tcPr", "cellDel") is None)


def read_grid(table: Element, read_cell: Callable[[Element], Text], most: int) -> RawTable | None:
    """The full grid; ``read_cell`` is asked for each cell in reading order. None for more than ``most`` places."""
    rows = rows_of(table)
    placed = [_placed(row) for row in rows]
    columns = _columns(table, placed)
    width = max(columns.values(), default=0)
    if len(rows) * width > most:
        return None
    grid: list[tuple[Cell, ...]] = []
    for at, row in enumerate(placed):
        cells = {column: Cell(at, column, Text("")) for column in range(width)}
        for one in row:
            start = columns[one.start]
            covered = one.goes_on and at > 0
            text = Text("") if covered else read_cell(one.element)
            for column in range(start, min(max(start + 1, columns[one.end]), width)):
                cells[column] = Cell(at, column, Text("") if column > start else text, covered or column > start)
        grid.append(tuple(cells.values()))
    heads = _header_rows(rows, placed)
    return RawTable(tuple(grid), _damaged(grid, heads or 1), heads)


def _damaged(grid: Sequence[Sequence[Cell]], heads: int) -> frozenset[int]:
    """The rows with a cell that is plainly alien to its column: a document made of a PDF has some."""
    body = [[cell.value for cell in row] for row in grid[heads:]]
    columns = profile(body, len(grid[0])) if grid else ()
    return frozenset(at for at, row in enumerate(body, heads) if misfits(row, columns))


def _placed(row: Element) -> list[_Placed]:
    at = _between(number(row, "trPr", "gridBefore"), 0)
    cells: list[_Placed] = []
    for cell in cells_of(row):
        end = at + _between(number(cell, "tcPr", "gridSpan"), 1)
        side = value(cell, "tcPr", "hMerge")
        if side is not None and side != "restart" and cells:  # the old way to merge to the right
            cells[-1] = _Placed(cells[-1].start, end, cells[-1].element)
        else:
            cells.append(_Placed(at, end, cell))
        at = end
    return cells


def _between(count: int | None, least: int) -> int:
    return least if count is None else min(max(count, least), WIDEST)


def _columns(table: Element, rows: Sequence[Sequence[_Placed]]) -> dict[int, int]:
    """The column that begins at each edge of a cell; edges close to one another begin one column."""
    edges = sorted({0} | {edge for row in rows for cell in row for edge in (cell.start, cell.end)})
    grid = find(table, "tblGrid")
    widths = [] if grid is None else [_width(column) for column in grid.findall(MAIN + "gridCol")]
    known = len(widths) >= edges[-1] and all(widths)
    places = [0, *accumulate(widths)] if known else [edge * 10 * NARROWEST for edge in range(edges[-1] + 1)]
    columns = {0: 0}
    last = 0
    for edge in edges[1:]:
        begins = places[edge] - places[last] >= NARROWEST
        columns[edge] = min(columns[last] + begins, WIDEST)
        last = edge if begins else last
    return columns


def _width(column: Element) -> int:
    text = column.get(MAIN + "w", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _header_rows(rows: Sequence[Element], placed: Sequence[Sequence[_Placed]]) -> int | None:
    """How many rows from the top are marked to be repeated; None where that cannot be the whole header."""
    marked = next((at for at, row in enumerate(rows) if not switched(find(row, "trPr"), "tblHeader")), len(rows))
    if not marked or marked == len(rows):
        return None
    return None if any(cell.goes_on for cell in placed[marked]) else marked
