"""Reads a table written in HTML, merged cells included."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from msgspec import Struct, field

from checker.document import Cell, Text
from checker.readers.blocks import RawTable
from checker.readers.clean import clean, join_cell
from checker.readers.lines import Line

WIDEST = 200
"""No more columns than this: a span beyond it is an error of the source."""

_BREAKS = ("p", "br", "div", "li")


class _Cell(Struct):
    """A cell being read: its stretches of text by line, and the places that it takes."""

    head: bool
    columns: int
    rows: int
    parts: list[Line] = field(default_factory=list)


def read_html_table(lines: Sequence[Line]) -> list[RawTable]:
    """The tables in these lines; a table inside a cell is read as text of that cell."""
    parser = _Parser(lines[0].number)
    parser.feed("\n".join(line.value for line in lines))
    parser.close()
    return [table for rows in parser.tables if (table := _grid(rows)) is not None]


class _Parser(HTMLParser):
    """Collects the rows of each table, each cell with the line of each of its stretches."""

    def __init__(self, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.first_line = first_line
        self.tables: list[list[list[_Cell]]] = []
        self.depth = 0
        self.in_head = False
        self.cell: _Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open what the tag opens."""
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append([])
        elif self.depth == 1:
            self._open(tag, dict(attrs))
        if tag in _BREAKS and self.cell:
            self._add("\n", self.getpos()[0])

    def _open(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "thead":
            self.in_head = True
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            wide, deep = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
            self.cell = _Cell(tag == "th" or self.in_head, wide, deep)
            if not self.tables[-1]:
                self.tables[-1].append([])
            self.tables[-1][-1].append(self.cell)

    def handle_endtag(self, tag: str) -> None:
        """Close what the tag closes."""
        if tag == "table":
            self.depth = max(0, self.depth - 1)
        elif tag == "thead":
            self.in_head = False
        elif tag in ("td", "th", "tr") and self.depth == 1:
            self.cell = None

    def handle_data(self, data: str) -> None:
        """Text of the open cell, line by line."""
        if self.cell:
            for offset, part in enumerate(data.split("\n")):
                self._add(part, self.getpos()[0] + offset)

    def _add(self, value: str, line: int) -> None:
        if self.cell is None:
            return
        number = line + self.first_line - 1
        parts = self.cell.parts
        if parts and parts[-1].number == number:
            parts[-1] = Line(number, parts[-1].value + value)
        else:
            parts.append(Line(number, value))


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return min(WIDEST, max(1, int(digits))) if digits.isascii() and digits.isdigit() else 1


def _grid(rows: Sequence[Sequence[_Cell]]) -> RawTable | None:
    """The full grid: a merged cell's text at its first place, the others covered."""
    places: dict[tuple[int, int], tuple[Text, bool]] = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in places:
                column += 1
            text = join_cell(Text.of(clean(part.value), line=part.number) for part in cell.parts)
            for down in range(min(cell.rows, len(rows) - at)):
                for right in range(min(cell.columns, WIDEST - column)):
                    covered = bool(down or right)
                    places[at + down, column + right] = (Text("") if covered else text, covered)
            column += cell.columns
    if not places:
        return None
    width = 1 + max(column for _, column in places)
    heads = _header_rows(rows)
    grid = (
        tuple(Cell(at, c, *places.get((at, c), (Text(""), False))) for c in range(width)) for at in range(len(rows))
    )
    filled = [row for row in grid if any(cell.value for cell in row)]
    if not filled:
        return None
    return RawTable(
        tuple(tuple(Cell(at, c.column, c.text, c.covered) for c in row) for at, row in enumerate(filled)),
        header_rows=heads,
    )


def _header_rows(rows: Sequence[Sequence[_Cell]]) -> int | None:
    """How many rows from the top hold heads only; as deep as a first row of spans says, else unknown."""
    heads = 0
    for row in rows:
        if not row or not all(cell.head for cell in row):
            break
        heads += 1
    if heads:
        return heads
    deepest = max((cell.rows for cell in rows[0]), default=1) if rows else 1
    spans = any(cell.columns > 1 for cell in rows[0]) if rows else False
    return deepest if spans and 1 < deepest < len(rows) else None
