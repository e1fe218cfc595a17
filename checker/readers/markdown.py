"""Reads Markdown as converters write it: pipe tables, often broken by pages, and HTML tables."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from checker.extract.patterns import Pattern
from checker.readers.blocks import RawBlock
from checker.readers.cells import LONGEST, cleaned, gather
from checker.readers.grid import WrittenRow
from checker.readers.html_table import read_html_table
from checker.readers.lines import Line, split_lines, without_furniture
from checker.readers.prose import paragraphs, wrap_width
from checker.readers.stitch import Fragment, Piece, stitch

_SEPARATOR = Pattern(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PIPE = Pattern(r"(?<!\\)\|")
_IMAGE = Pattern(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)")
_LINK = Pattern(r"\[([^\]\n]{1,200})\]\((?:https?:|mailto:|#|\./)[^)\n]{0,500}\)")
_COMMENT = Pattern(r"<!--.{0,500}?-->")
_MERGED = Pattern(r"(?<=\|)\s*\^{1,2}\s*(?=\|)")
"""A cell that belongs to the one above or beside it, as some dialects and ``checker show`` write it."""
_FENCE = Pattern(r"\s*(?:```|~~~).*")
_HTML_START = Pattern(r"(?i)<table[\s>]")
_HTML_END = Pattern(r"(?i)</table\s*>")


def read_markdown(source: str) -> list[RawBlock]:
    """The blocks of a Markdown text in reading order."""
    lines = [Line(line.number, _plain(line.value)) for line in split_lines(source)]
    return stitch(_Pieces(without_furniture(lines, is_row)).read())


def is_row(value: str) -> bool:
    """Whether a line is, or begins, a row of a pipe table."""
    return value.lstrip().startswith("|")


def _plain(value: str) -> str:
    """A line without pictures, link targets, comments, code fences and the marks of merged cells."""
    if "^" in value and is_row(value):
        value = _MERGED.sub(lambda match: " " * len(match[0]), value)
    if "](" in value:
        value = _LINK.sub(r"\1", _IMAGE.sub("", value))
    if "<!--" in value:
        value = _COMMENT.sub("", value)
    return "" if _FENCE.fullmatch(value) else value


def is_separator(value: str) -> bool:
    """Whether a line is the rule under a header: |---|:--:|."""
    return "|" in value and "-" in value and _SEPARATOR.fullmatch(value) is not None


def _split(value: str) -> list[str]:
    return _PIPE.split(value)


class _Pieces:
    """Walks over the lines once and takes tables and prose apart."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.wrap = wrap_width([line for line in lines if not is_row(line.value)])
        self.html_ends = [at for at, line in enumerate(lines) if _HTML_END.search(line.value)]
        self.pieces: list[Piece] = []
        self.prose: list[Line] = []

    def read(self) -> list[Piece]:
        """Paragraphs and fragments of tables."""
        at = 0
        while at < len(self.lines):
            if self._begins_table(at):
                self._end_prose()
                at = self._read_fragment(at)
            elif _HTML_START.search(self.lines[at].value) and (end := self._html_end(at)):
                self._end_prose()
                self.pieces += read_html_table(self.lines[at:end])
                at = end
            else:
                self.prose.append(self.lines[at])
                at += 1
        self._end_prose()
        return self.pieces

    def _begins_table(self, at: int) -> bool:
        value = self.lines[at].value
        if is_row(value):
            return True
        below = self.lines[at + 1].value if at + 1 < len(self.lines) else ""
        return _PIPE.search(value) is not None and is_separator(below) and not is_separator(value)

    def _html_end(self, at: int) -> int | None:
        """One past the line that closes an HTML table, None where none does."""
        after = bisect_left(self.html_ends, at)
        return self.html_ends[after] + 1 if after < len(self.html_ends) else None

    def _end_prose(self) -> None:
        self.pieces += paragraphs(self.prose, self.wrap)
        self.prose = []

    def _read_fragment(self, at: int) -> int:
        """Take the rows up to the next gap; a first row without text says: go on with the table before."""
        closed = is_row(self.lines[at].value)
        rows: list[WrittenRow] = []
        while at < len(self.lines) and self._goes_on(at, closed=closed):
            end = self._row_end(at) if closed else at + 1
            if not is_separator(self.lines[at].value):
                rows.append(_row(self.lines[at:end]))
            at = end
        kept = tuple(row for row in rows if not row.blank)
        if kept:
            self.pieces.append(Fragment(kept, headless=rows[0].blank))
        return at

    def _goes_on(self, at: int, *, closed: bool) -> bool:
        value = self.lines[at].value
        return is_row(value) if closed else _PIPE.search(value) is not None

    def _row_end(self, at: int) -> int:
        """One past the row's last line: a row that no pipe ends goes on to the line that one ends."""
        if _is_closed(self.lines[at].value):
            return at + 1
        for end in range(at + 1, min(at + LONGEST, len(self.lines))):
            value = self.lines[end].value
            if is_row(value) or value.startswith("#"):
                break
            if _is_closed(value):
                return end + 1
        return at + 1


def _is_closed(value: str) -> bool:
    bare = value.rstrip()
    return bare.endswith("|") and not bare.endswith("\\|")


def _row(lines: Sequence[Line]) -> WrittenRow:
    """The cells between the pipes; the pipes at both ends part nothing."""
    cells = gather(lines, _split)
    if len(cells) > 1 and not cells[0][0].value.strip():
        cells = cells[1:]
    if len(cells) > 1 and not "".join(part.value for part in cells[-1]).strip():
        cells = cells[:-1]
    return WrittenRow(cleaned(cells))
