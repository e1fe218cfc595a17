"""One table out of its rows as written: header, width, rows cut by pages, merged cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from checker.document import Cell, Text
from checker.extract.patterns import Pattern
from checker.readers.align import Aligned, Row, align, lacks_number
from checker.readers.blocks import RawTable
from checker.readers.clean import is_closed, soft_join
from checker.readers.columns import Column, Kind, is_total, kind_of, profile
from checker.readers.levels import covered_places, settle

EMPTY = Text("")

_YEAR = Pattern(r"(?:19|20)\d\d\s*年?度?")


class WrittenRow(Struct, frozen=True):
    """A row as the source has it; ``after_break`` where a page or a gap comes before it."""

    cells: Row
    after_break: bool = False

    @property
    def values(self) -> list[str]:
        """The texts of the cells."""
        return [cell.value for cell in self.cells]

    @property
    def blank(self) -> bool:
        """Whether all cells are empty."""
        return not any(self.values)


def build_table(rows: Iterable[WrittenRow]) -> RawTable | None:
    """The grid of a table whose first row is its header; None where nothing is left."""
    written = [row for row in rows if not row.blank]
    if not written:
        return None
    width = _width(written)
    heads = count_header_rows([_padded(row.cells, width) for row in written[:3]])
    header = [_padded(row.cells, width) for row in written[:heads]]
    body = _without_repeats(written[heads:], header)
    aligned = _merge_cut_rows(align([row.cells for row in body], width), [row.after_break for row in body])
    return _finished(header, aligned)


def _finished(header: Sequence[Row], body: Sequence[Aligned]) -> RawTable:
    """The grid with merged names on their level and what they cover marked."""
    heads, width = len(header), len(header[0])
    settled = settle([row.cells for row in body], _names(header), [row.moved for row in body])
    columns = profile(([cell.value for cell in row] for row in settled), width)
    covered = {(at + heads, column) for at, column in covered_places(settled, columns)} | _covered_header(header)
    damaged = frozenset(
        at + heads
        for at, row in enumerate(body)
        if not row.sure or (row.moved and lacks_number([cell.value for cell in settled[at]], columns))
    )
    return RawTable(_cells([*header, *settled], covered), damaged, heads)


def _names(header: Sequence[Row]) -> list[str]:
    """One name a column: that of the lowest header row that has one."""
    return [next((cell.value for cell in reversed(column) if cell.value), "") for column in zip(*header, strict=True)]


def _cells(rows: Sequence[Row], covered: set[tuple[int, int]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(Cell(at, column, text, (at, column) in covered) for column, text in enumerate(row))
        for at, row in enumerate(rows)
    )


def _padded(cells: Row, width: int) -> Row:
    """The row cut or filled to ``width``; what is cut off is empty in all but broken headers."""
    if len(cells) > width and any(cell.value for cell in cells[width:]):
        cells = tuple(cell for cell in cells if cell.value)
    return (*cells, *([EMPTY] * (width - len(cells))))[:width]


def _width(rows: Sequence[WrittenRow]) -> int:
    """How many columns there are: as many as the header names, unless hardly a row agrees."""
    named = _length(rows[0])
    lengths = Counter(len(row.cells) for row in rows)
    commonest = max(lengths, key=lambda length: (lengths[length], length))
    agree = lengths[named] / len(rows)
    return commonest if commonest > named and agree < 0.3 and lengths[commonest] > 0.5 * len(rows) else named


def _length(row: WrittenRow) -> int:
    """The number of cells, empty ones at the right end not counted beyond the first."""
    filled = max((at + 1 for at, cell in enumerate(row.cells) if cell.value), default=0)
    return filled if filled == sum(1 for cell in row.cells if cell.value) else len(row.cells)


def count_header_rows(rows: Sequence[Row]) -> int:
    """2 where the second row names what the first leaves empty and neither has numbers, else 1."""
    if len(rows) < 3 or len(rows[0]) < 3:
        return 1
    first, second = ([cell.value for cell in row] for row in rows[:2])
    if not all(_is_name(value) for value in (*first, *second)):
        return 1
    gaps = [at for at, value in enumerate(first) if not value]
    if gaps and first[0]:
        below = [at for at, value in enumerate(second) if value]
        spanned = set(gaps) | {at - 1 for at in gaps}
        return 2 if all(second[at] for at in gaps) and set(below) <= spanned else 1
    repeated = any(one == two for one, two in pairwise(first))
    same = [one == two or not two for one, two in zip(first, second, strict=True)]
    return 2 if repeated and any(same) and not all(same) else 1


DEEPEST_HEADER = 4


def count_spanned_header(rows: Sequence[Sequence[Cell]]) -> int:
    """How many rows the merged cells of the first row reach down, or call for names under them.

    A row belongs to the header while its cells stand only under merged cells of the row above and
    none of them is a number.
    """
    count = 1
    while count < min(DEEPEST_HEADER, len(rows) - 1) and _names_under(rows[count - 1], rows[count]):
        count += 1
    return count


def _names_under(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    spans = {c + step for c, cell in enumerate(above) if cell.covered for step in (-1, 0)}
    filled = {c for c, cell in enumerate(row) if cell.value}
    return bool(filled) and filled <= spans and all(_is_name(row[c].value) for c in filled)


def _is_name(value: str) -> bool:
    """Whether a cell may name a column: empty, a short name or a year."""
    return kind_of(value) in (Kind.NAME, Kind.EMPTY, Kind.WEIGHTED) or _YEAR.fullmatch(value) is not None


def _covered_header(header: Sequence[Row]) -> set[tuple[int, int]]:
    """In a header of two rows every empty place is covered, from the left or from above."""
    if len(header) < 2:
        return set()
    return {(at, column) for at, row in enumerate(header) for column, cell in enumerate(row) if not cell.value}


def _without_repeats(rows: Sequence[WrittenRow], header: Sequence[Row]) -> list[WrittenRow]:
    """The rows without headers that are printed again on a new page."""
    heads = {_key(cell.value for cell in row) for row in header}
    return [row for row in rows if _key(row.values) not in heads]


def _key(values: Iterable[str]) -> tuple[str, ...]:
    key = ["".join(value.split()) for value in values]
    while key and not key[-1]:
        key.pop()
    return tuple(key)


def _merge_cut_rows(rows: Sequence[Aligned], breaks: Sequence[bool]) -> list[Aligned]:
    """Rows that only go on with the row above them, put into it cell by cell."""
    columns = profile(([cell.value for cell in row.cells] for row in rows), len(rows[0].cells)) if rows else ()
    result: list[Aligned] = []
    for row, after_break in zip(rows, breaks, strict=True):
        if result and _goes_on(row.cells, result[-1].cells, columns, after_break=after_break):
            above = result[-1]
            cells = tuple(soft_join(one, two) for one, two in zip(above.cells, row.cells, strict=True))
            result[-1] = Aligned(cells, above.moved, above.sure)
        else:
            result.append(row)
    return result


def _goes_on(row: Row, above: Row, columns: Sequence[Column], *, after_break: bool) -> bool:
    """Whether a row is the rest of the one above: what no row lacks is empty in it."""
    filled = [at for at, cell in enumerate(row) if cell.value]
    if 0 in filled or is_total(above[0].value):
        return False
    kinds = {kind_of(row[at].value) for at in filled}
    if Kind.NUMBER in kinds and any(columns[at].numeric and above[at].value for at in filled):
        return False
    keys = [at for at, column in enumerate(columns) if column.steady and column.numeric]
    keys = keys or [at for at, column in enumerate(columns) if column.always and not column.wordy]
    if not keys or any(at in filled for at in keys):
        return False
    cut = all(not above[at].value or not is_closed(above[at].value) for at in filled)
    return cut or (after_break and len(filled) < len(row) / 2)
