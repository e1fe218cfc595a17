"""The cells of a table whose columns are kept by spaces, where they are plain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from msgspec import Struct

from checker.document import Text
from checker.extract.patterns import Pattern
from checker.readers.clean import clean, join_cell
from checker.readers.columns import Kind, is_total, kind_of
from checker.readers.grid import WrittenRow
from checker.readers.lines import Line

NUMERIC = 0.6
"""A column most of whose cells, its header aside, are numbers."""
FILLED = 0.9
"""Columns of words that are empty in more rows than this have merged cells, which spaces do not show."""

TALLEST = 40
"""A header, or a row, runs over no more lines than this."""
WIDEST = 60
"""A table has no more columns than this."""

NUMBERING = frozenset({"序号", "编号", "序"})
FEW_GROUPS = 3
"""Names of groups that must each stand in their first row, so that it is no chance."""

_YEAR = Pattern(r"(?:19|20)\d\d\s*年(?:度)?")
_PART = Pattern(r"\S+(?:[ \u3000]\S+)*")


class Part(Struct, frozen=True):
    """A stretch of a line between wide gaps; ``end`` is one past its last character."""

    start: int
    end: int
    value: str


class SpacedLine(Struct, frozen=True):
    """A line and its parts."""

    line: Line
    parts: tuple[Part, ...]


Cells = dict[int, Text]
"""What a line, or a row, has in each of its columns."""


def spaced(line: Line) -> SpacedLine:
    """A line taken apart at gaps of two spaces or more."""
    return SpacedLine(line, tuple(Part(m.start(), m.end(), m[0]) for m in _PART.finditer(line.value)))


def read_grid(lines: Sequence[SpacedLine], width: int | None) -> list[WrittenRow] | None:
    """The rows of a table, its header first; None where the columns are not plain.

    With ``width`` the lines go on with a table of so many columns, and need no header.
    """
    found = _read(lines, width, None)
    if found is None and len(lines) > 1 and len(lines[0].parts) < len(lines[1].parts):
        found = _read(lines[1:], width, lines[0])  # names of groups of columns over the header
    return found


def _read(lines: Sequence[SpacedLine], width: int | None, over: SpacedLine | None) -> list[WrittenRow] | None:
    columns = _columns([line for line in lines if len(line.parts) > 1])
    if len(columns) > WIDEST:
        return None
    placed = [_placed(line, columns) for line in lines]
    if len(columns) < 2 or any(cells is None for cells in placed) or (width is not None and len(columns) != width):
        return None
    cells = [one for one in placed if one is not None]
    numeric = [column for column in range(len(columns)) if _is_numeric(column, cells)]
    heads = next((at for at, one in enumerate(cells) if any(_is_value(one.get(c)) for c in numeric)), len(cells))
    if heads > TALLEST:
        return None
    header = _joined([one for one in cells[:heads] if one])
    if over is not None:
        header = _under_groups(header, over, [columns[column] for column in numeric], numeric)
    rows = _rows(cells[heads:], numeric)
    if rows is None or not numeric or not (_names_all(header, len(columns)) or (width is not None and not header)):
        return None
    if len(rows) < 2 and width is None:
        return None
    words = [column for column in range(len(columns)) if column not in numeric]
    rows = _filled_down(rows, words)
    if not (all(0 in row for row in rows) or _opens_groups(rows) or _is_numbered(header, rows)):
        return None
    if any(not _is_full(column, rows) and not (column == 0 and _opens_groups(rows)) for column in words):
        return None
    return [_written(row, len(columns)) for row in ([header] if header else []) + rows]


def _under_groups(header: Cells, over: SpacedLine, places: Sequence[tuple[int, int]], numeric: Sequence[int]) -> Cells:
    """The header with each number's name behind that of the group which stands over the middle of its columns.

    The columns are parted so that the middles of the parts come closest to those of the groups; the header stays
    as it is where one of them is not close.
    """
    groups = over.parts
    if not 1 < len(groups) <= len(places) <= MOST_PLACES or len(groups) > MOST_GROUPS:
        return header
    middles = [(group.start + group.end) / 2 for group in groups]
    best: tuple[float, tuple[int, ...]] = (OFF, ())
    for cuts in combinations(range(1, len(places)), len(groups) - 1):
        ends = (0, *cuts, len(places))
        off = max(
            abs((places[first][0] + places[last - 1][1]) / 2 - middle)
            for (first, last), middle in zip(pairwise(ends), middles, strict=True)
        )
        best = min(best, (off, ends))
    named = dict(header)
    for group, (first, last) in zip(groups, pairwise(best[1]), strict=False):
        for column in numeric[first:last]:
            if column in header:
                named[column] = join_cell([Text.of(clean(group.value), line=over.line.number), header[column]])
    return named


MOST_GROUPS, MOST_PLACES, OFF = 6, 24, 5.0
"""Groups, and columns of numbers under them; characters by which the name of one may stand off their middle."""


def _columns(lines: Sequence[SpacedLine]) -> list[tuple[int, int]]:
    """The stretches of the line that cells take up: where no line has a cell, one column ends.

    Two stretches of which no line has both are one column, set to the left here and to the right there.
    """
    spans = sorted((part.start, part.end) for line in lines for part in line.parts)
    columns: list[tuple[int, int]] = []
    for start, end in spans:
        if columns and start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], end))
        else:
            columns.append((start, end))
    if len(columns) > WIDEST:
        return columns
    merged: list[tuple[int, int]] = []
    for column in columns:
        if merged and not any(_has(line, merged[-1]) and _has(line, column) for line in lines):
            merged[-1] = (merged[-1][0], column[1])
        else:
            merged.append(column)
    return merged


def _has(line: SpacedLine, column: tuple[int, int]) -> bool:
    return any(part.start < column[1] and part.end > column[0] for part in line.parts)


def _placed(line: SpacedLine, columns: Sequence[tuple[int, int]]) -> Cells | None:
    """The parts of a line by their column; None where one lies over two columns or two lie in one."""
    cells: Cells = {}
    for part in line.parts:
        over = [at for at, (start, end) in enumerate(columns) if part.start < end and part.end > start]
        if len(over) != 1 or over[0] in cells:
            return None
        cells[over[0]] = Text.of(clean(part.value), line=line.line.number)
    return cells


def _is_number(text: Text | None) -> bool:
    return text is not None and kind_of(text.value) in (Kind.NUMBER, Kind.DASH)


def _is_value(text: Text | None) -> bool:
    """A number that is no name of a year, as headers have them."""
    return _is_number(text) and text is not None and not _YEAR.fullmatch(text.value.strip())


def _is_numeric(column: int, lines: Sequence[Cells]) -> bool:
    cells = [one[column] for one in lines if column in one]
    numbers = sum(map(_is_number, cells))
    return numbers > 1 and numbers >= NUMERIC * (len(cells) - 1)


def _rows(lines: Sequence[Cells], numeric: Sequence[int]) -> list[Cells] | None:
    """The rows that lines make up; None where it is not plain which of them a line belongs to.

    Blank lines part rows. Between two of them each line with a number is a row, and a line
    without one goes on with the row above it.
    """
    rows: list[Cells] = []
    for group in _groups(lines):
        numbered = [any(_is_number(one.get(column)) for column in numeric) for one in group]
        if (sum(numbered) > 1 and not numbered[0]) or len(group) > TALLEST * max(1, sum(numbered)):
            return None
        starts = [at for at, is_row in enumerate(numbered) if is_row] if sum(numbered) > 1 else [0]
        for start, end in zip(starts, [*starts[1:], len(group)], strict=True):
            rows.append(_joined(group[start:end]))
            if any(sum(column in one for one in group[start:end]) > 1 for column in numeric):
                return None
    return rows


def _filled_down(rows: list[Cells], words: Sequence[int]) -> list[Cells]:
    """The rows with the names of their groups, where each stands in the first row of its group and nowhere else.

    A name set in the middle of its rows would leave the first of them without one, or stand in a row that has
    no name of the group inside it.
    """
    ordinary = [row for row in rows if not _is_of_total(row)]
    groups = [column for column in words if not all(column in row for row in ordinary)]
    inner = [column for column in words if column not in groups]
    nested = bool(ordinary and inner) and groups == list(range(len(groups)))
    whole = nested and all(column in ordinary[0] for column in words)
    steps = all(
        later in row for row in ordinary for at, one in enumerate(groups) if one in row for later in groups[at:]
    )
    if not (whole and steps and sum(0 in row for row in ordinary) >= FEW_GROUPS):
        return rows
    out: list[Cells] = []
    names: Cells = {}
    for row in rows:
        if _is_of_total(row):
            out.append(row)
            continue
        given = min((column for column in groups if column in row), default=len(groups))
        names = {column: names[column] for column in groups if column < given and column in names}
        names |= {column: row[column] for column in groups if column in row}
        out.append({**names, **row})
    return out


def _is_of_total(row: Cells) -> bool:
    return 0 in row and is_total(row[0].value)


def _is_numbered(header: Cells, rows: Sequence[Cells]) -> bool:
    """Whether the first column only numbers the rows, which totals and those behind 其中 are without."""
    return 0 in header and header[0].value in NUMBERING and all(1 in row for row in rows) and 0 in rows[0]


def _groups(lines: Sequence[Cells]) -> Iterator[list[Cells]]:
    group: list[Cells] = []
    for one in lines:
        if one:
            group.append(one)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _joined(lines: Sequence[Cells]) -> Cells:
    """The cells of one row, each with the lines that it runs over."""
    columns = sorted({column for one in lines for column in one})
    return {column: join_cell(one[column] for one in lines if column in one) for column in columns}


def _names_all(header: Cells, width: int) -> bool:
    """Whether each column has a name of its own: others have a header of two levels."""
    names = ["".join(text.value.split()) for text in header.values()]
    return len(names) == width == len(set(names))


def _is_full(column: int, rows: Sequence[Cells]) -> bool:
    named = [row for row in rows if 0 in row] if 0 in rows[0] else rows
    labelled = ((row, row[min(row)].value) for row in named)
    ordinary = [row for row, label in labelled if not (is_total(label) or label.endswith("计"))]
    return sum(column in row for row in ordinary) >= FILLED * len(ordinary)


def _opens_groups(rows: Sequence[Cells]) -> bool:
    """Whether the first column names each group in the row of its sum, and the rows under it leave it blank."""
    heads = [row for row in rows if 0 in row and not is_total(row[0].value)]
    return (
        bool(heads)
        and all(1 in row and row[1].value.endswith("计") for row in heads)
        and all(1 in r or 0 in r for r in rows)
    )


def _written(row: Cells, width: int) -> WrittenRow:
    return WrittenRow(tuple(row.get(column, Text("")) for column in range(width)))
