"""Reads plain text: prose in lines, tables as rows of cells parted by tabs, or by bars in lines that bars enclose."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from checker.extract.patterns import Pattern
from checker.readers.blocks import RawBlock
from checker.readers.cells import LONGEST, Parts, cleaned, gather
from checker.readers.clean import is_closed
from checker.readers.columns import Kind, kind_of
from checker.readers.grid import WrittenRow
from checker.readers.line_order import put_back
from checker.readers.lines import Line, split_lines, without_furniture
from checker.readers.prose import begins_block, paragraphs, wrap_width
from checker.readers.stitch import Fragment, Piece, stitch

SHORT_REST = 12
"""A cell without any mark around it runs over no more lines than this."""

_OPENING = Pattern(r"<(?:p|td|div)\b[^<>]{0,100}>")
_CLOSING = Pattern(r"</(?:p|td|div)>")


def read_text(source: str) -> list[RawBlock]:
    """The blocks of a text in reading order."""
    return stitch(_Pieces(put_back(without_furniture(split_lines(_without_bars(source)), is_row))).read())


def _without_bars(source: str) -> str:
    """The text with tabs for the bars of rows such as | 1 | 资金下达 | 3.00 |, two or more of one width together."""
    if "|" not in source:
        return source
    out: list[str] = []
    for width, lines in groupby(source.split("\n"), key=_bars):
        run = list(lines)
        barred = width > 1 and len(run) > 1
        out += ["\t".join(cell.strip() for cell in line.strip()[1:-1].split("|")) for line in run] if barred else run
    return "\n".join(out)


def _bars(line: str) -> int:
    """Between how many bars the cells of a line stand; 0 for one that bars do not enclose."""
    bare = line.strip()
    return bare.count("|") - 1 if len(bare) > 2 and bare[0] == bare[-1] == "|" else 0


def is_row(value: str) -> bool:
    """Whether a line is a row of a table by itself: a tab between cells, or two before one."""
    return "\t" in value.strip() or (value.startswith("\t\t") and not value.isspace())


def _split(value: str) -> list[str]:
    return value.split("\t")


class _Pieces:
    """Walks over the lines once and takes rows and prose apart."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.wrap = wrap_width(lines)
        self.pieces: list[Piece] = []
        self.prose: list[Line] = []
        self.rows: list[WrittenRow] = []

    def read(self) -> list[Piece]:
        """Paragraphs, and fragments of tables between blank lines."""
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if self._is_row(line):
                self._end_prose()
                at = self._read_row(at)
                continue
            self._end_rows()
            self.prose.append(line)
            at += 1
        self._end_rows()
        self._end_prose()
        return self.pieces

    def _is_row(self, line: Line) -> bool:
        """After a row one tab before or behind a cell is enough; elsewhere it is an indent."""
        if "\t" not in line.value or line.blank:
            return False
        return is_row(line.value) or bool(self.rows) or self._in_table()

    def _in_table(self) -> bool:
        """Whether nothing but blank lines stands after a table."""
        only_blank = all(line.blank for line in self.prose)
        return only_blank and bool(self.pieces) and isinstance(self.pieces[-1], Fragment)

    def _end_prose(self) -> None:
        self.pieces += paragraphs(self.prose, self.wrap)
        self.prose = []

    def _end_rows(self) -> None:
        if self.rows:
            self.pieces.append(Fragment(tuple(self.rows)))
            self.rows = []

    def _read_row(self, at: int) -> int:
        """Take the row that begins on a line, with the lines that its cells run on to."""
        end = at + 1
        cells = gather(self.lines[at:end], _split)
        while (stop := self._cell_end(cells, end)) is not None and stop - at <= LONGEST:
            end = stop
            cells = gather(self.lines[at:end], _split)
        self.rows.append(WrittenRow(cleaned(cells)))
        return end

    def _cell_end(self, cells: Parts, at: int) -> int | None:
        """One past the line on which an open last cell ends; None where it is not open."""
        last = "\n".join(part.value for part in cells[-1])
        ahead = self.lines[at : at + LONGEST]
        if _open_quote(last):
            return next((at + n for n, line in enumerate(ahead, 1) if line.value.count('"') % 2), None)
        if _depth(last) > 0:
            return next((at + n for n, line in enumerate(ahead, 1) if _depth(line.value) < 0), None)
        finished = is_closed(last) or kind_of(last) in (Kind.EMPTY, Kind.NUMBER, Kind.DASH)
        return None if finished else self._soft_end(len(cells), at)

    def _soft_end(self, width: int, at: int) -> int | None:
        """The end of a cell that plain lines go on: they stand, without a gap, between two rows.

        The row after them closes the cell when both together are no wider than the table. A line
        that begins a block of its own is no rest of a cell, nor is any line after a finished one.
        """
        widest = len(self.rows[0].cells) if self.rows else 0
        stop = at
        while stop < min(len(self.lines), at + SHORT_REST) and self._is_rest(self.lines[stop].value):
            stop += 1
        if stop >= len(self.lines) or "\t" not in self.lines[stop].value or width > widest:
            return None
        if stop == at:
            return stop + 1 if self._is_half(width, self.lines[at].value) else None
        value = self.lines[stop].value
        joins = width + value.count("\t") <= widest and width < widest and not value.startswith("\t")
        return stop + 1 if joins else stop

    def _is_half(self, width: int, value: str) -> bool:
        """Whether a row and the one right under it make one whole row, where all so far are whole."""
        widest = len(self.rows[0].cells) if self.rows else 0
        whole = all(len(row.cells) == widest for row in self.rows)
        return whole and width + value.count("\t") == widest and not value.startswith("\t")

    @staticmethod
    def _is_rest(value: str) -> bool:
        return bool(value.strip()) and "\t" not in value and not begins_block(value.strip())


def _open_quote(value: str) -> bool:
    return value.lstrip().startswith('"') and value.count('"') % 2 == 1


def _depth(value: str) -> int:
    """How many ``<p>`` are left open (or closed too often) in a stretch of a cell."""
    if "<" not in value:
        return 0
    return sum(1 for _ in _OPENING.finditer(value)) - sum(1 for _ in _CLOSING.finditer(value))
