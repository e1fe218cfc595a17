"""Reads text as PDF-to-text tools lay it out: columns kept by spaces, cells run over several lines.

A table is recovered where its columns are plain. Where they are not, guessing would raise false
alarms: its lines are kept to be seen, no figure is taken from them, and a problem names them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from checker.document import Problem, Text
from checker.extract.headings import parse_heading
from checker.extract.patterns import Pattern
from checker.readers.blocks import RawBlock, RawParagraph
from checker.readers.clean import is_closed
from checker.readers.grid import WrittenRow
from checker.readers.layout_grid import Part, SpacedLine, read_grid, spaced
from checker.readers.line_order import put_back
from checker.readers.lines import Line, split_lines, without_furniture
from checker.readers.prose import begins_block, columns, paragraphs
from checker.readers.stitch import Fragment, Piece, stitch

FEWEST = 4
"""So many lines with columns tell that a text is laid out by spaces."""
BLANKS = 3
"""Blank lines inside a table; more end it."""
MARGIN = 8
RAGGED = 8
"""Full lines of prose differ in width by less than this, and there are at least so many."""
CLOSE = 4
"""Within so many lines without a gap a row of cells tells that a line before it is of the table."""
LONGEST_NAME = 20
WIDE = 0.55
"""A line that begins at the margin and fills this much of the width is prose."""
FULL = 0.75
"""So is a line set in that fills this much of it and goes on further to the left."""

UNREAD = "此处有一张按空格排版的表格，列界不清，未读取，其中内容未检查；请提供 Word 或 PDF 原件"

_CONTENTS = Pattern(r"\s*目\s*[录次]\s*")
_NOT_A_ROW = Pattern(r"\s*(?:(?:续?表|图|附\s*[件录表])\s*[\d一二三四五六七八九十]|续表|(?:金额)?单位[：:]|注[：:]).*")
_SENTENCE = Pattern(r"[，,；;].*|.*[。！？：；]")


def is_layout(source: str) -> bool:
    """Whether a text without tabs has lines of columns that only spaces part."""
    lines = source.splitlines()
    return sum("\t" in line.strip() for line in lines) < 2 and sum(map(_has_columns, lines)) >= FEWEST


def read_layout(source: str) -> tuple[list[RawBlock], tuple[Problem, ...]]:
    """The blocks of a text in reading order, and the tables that were seen and not read."""
    blocks, problems = _Pieces(put_back(without_furniture(split_lines(source), _has_columns))).read()
    return blocks, tuple(problems)


def _has_columns(value: str) -> bool:
    return "  " in value.strip() and len(spaced(Line(0, value)).parts) > 2


class _Region(Struct, frozen=True):
    """The lines of a table, or of the part of one on a page."""

    lines: tuple[SpacedLine, ...]


class _Pieces:
    """Walks over the lines once and takes tables and prose apart."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = [spaced(line) for line in lines]
        plain = sorted(part.end - part.start for line in self.lines if len(line.parts) == 1 for part in line.parts)
        self.width = plain[int(0.9 * (len(plain) - 1))] if plain else 0
        self.contents = self._contents()

    def read(self) -> tuple[list[RawBlock], list[Problem]]:
        """Paragraphs, tables and what could not be read, in reading order."""
        items = list(self._items())
        listed = {line.line.number for line in self.lines[self.contents.start : self.contents.stop]}
        written = [item for item in items if isinstance(item, SpacedLine) and item.line.number not in listed]
        wrap, flush = _wrap(written), set(_flush(written))
        pieces: list[Piece] = []
        problems: list[Problem] = []
        prose: list[Line] = []
        for item in _whole(items):
            if isinstance(item, SpacedLine):
                prose.append(item.line)
                continue
            pieces += [*paragraphs(prose, wrap, flush), *_tables(item, problems)]
            prose = []
        return stitch([*pieces, *paragraphs(prose, wrap, flush)]), problems

    def _items(self) -> Iterator[SpacedLine | _Region]:
        at = 0
        while at < len(self.lines):
            end = self._region_end(at) if self._begins_table(at) else at
            region = self.lines[at:end]
            if sum(len(line.parts) > 1 for line in region) > 1:
                yield _Region(tuple(region))
                at = end
            else:
                yield self.lines[at]
                at += 1

    def _contents(self) -> range:
        """The lines of the contents page, whose numbers stand apart as those of a table do."""
        start = next((at for at, line in enumerate(self.lines) if _CONTENTS.fullmatch(line.line.value)), None)
        if start is None:
            return range(0)
        end = start + 1
        while end < len(self.lines) and (not self.lines[end].parts or _is_entry(self.lines[end])):
            end += 1
        return range(start, end)

    def _is_columns(self, at: int) -> bool:
        """Whether a line is a row of cells, beyond doubt."""
        parts = self.lines[at].parts
        if len(parts) < 2 or at in self.contents or _NOT_A_ROW.fullmatch(self.lines[at].line.value):
            return False
        return len(parts) > 2 or (parts[1].start - parts[0].end > 2 and not _SENTENCE.fullmatch(parts[0].value))

    def _begins_table(self, at: int) -> bool:
        """Whether a line is the first of a table: a row, or the upper part of a header's first cell."""
        if self._is_columns(at):
            return True
        line = self.lines[at]
        if len(line.parts) != 1 or at + 1 == len(self.lines) or not self._is_columns(at + 1):
            return False
        value = line.parts[0].value
        short = line.parts[0].start <= MARGIN and len(value) <= LONGEST_NAME
        return short and not (begins_block(value) or is_closed(value) or _NOT_A_ROW.fullmatch(value))

    def _region_end(self, start: int) -> int:
        """One past the last line of the table that begins on a line."""
        end = start + 1
        blanks = 0
        for at in range(start + 1, len(self.lines)):
            line = self.lines[at]
            blanks = 0 if line.parts else blanks + 1
            if line.line.value == "\f" or blanks > BLANKS or (line.parts and self._ends_table(at)):
                break
            if self._is_columns(at) or (line.parts and (end == at or line.parts[0].start > MARGIN)):
                end = at + 1
        return end

    def _ends_table(self, at: int) -> bool:
        """Whether a line is prose, a caption or a note, or no row follows it."""
        if self._is_columns(at):
            return False
        line = self.lines[at]
        if at in self.contents or _NOT_A_ROW.fullmatch(line.line.value):
            return True
        first, last = line.parts[0], line.parts[-1]
        after = next((n for n in range(at + 1, len(self.lines)) if self.lines[n].parts), None)
        close = takewhile(lambda n: self.lines[n].parts, range(at + 1, min(at + 1 + CLOSE, len(self.lines))))
        if any(map(self._is_columns, [*close, *([after] if after else [])])):
            return False
        length = last.end - first.start
        if first.start > MARGIN:
            goes_on = after is not None and self.lines[after].parts[0].start < first.start
            return goes_on and length >= FULL * self.width
        return length >= WIDE * self.width or begins_block(first.value)


def _whole(items: Sequence[SpacedLine | _Region]) -> Iterator[SpacedLine | list[_Region]]:
    """The items with the regions of one table put together: only loose ends of cells are between them."""
    regions: list[_Region] = []
    between: list[SpacedLine] = []
    for item in items:
        if isinstance(item, _Region):
            loose = tuple(line for line in between if line.parts)
            regions += [_Region(loose), item] if loose else [item]
            between = []
        elif regions and (not item.parts or _is_loose(item)):
            between.append(item)
        else:
            yield from ([regions] if regions else [])
            yield from (*between, item)
            regions, between = [], []
    yield from ([regions] if regions else [])
    yield from between


def _is_loose(line: SpacedLine) -> bool:
    """Whether a line may be the end of a cell that goes on from the page before: no title, and set in."""
    value = line.parts[0].value
    return line.parts[0].start > MARGIN and not (value.endswith("表") or _NOT_A_ROW.fullmatch(value))


def _wrap(lines: Sequence[SpacedLine]) -> float:
    """The width to which most lines of prose are filled, 0 where none stands out."""
    widths = Counter(columns(line.line.value) for line in lines if line.parts)
    near = {width: sum(widths[width - less] for less in range(RAGGED)) for width in widths}
    width = max(near, key=lambda one: (near[one], -one), default=0)
    wider = sum(count for one, count in widths.items() if one > width)
    return float(width) if near.get(width, 0) >= max(RAGGED, 2 * wider) else 0.0  # else paragraphs are lines


def _flush(lines: Sequence[SpacedLine]) -> Iterator[int]:
    """The numbers of the lines at the left margin of their page, where most others of it begin, too."""
    page: list[SpacedLine] = []
    for line in (*lines, None):
        if line is not None and line.line.value != "\f":
            page += [line] if line.parts else []
            continue
        starts = [one.parts[0].start for one in page]
        margin = min(starts, default=0)
        if len(starts) >= FEWEST and starts.count(margin) < len(starts) <= 3 * starts.count(margin):
            yield from (one.line.number for one in page if one.parts[0].start == margin)
        page = []


def _is_entry(line: SpacedLine) -> bool:
    """Whether a line of the contents page says a heading, or the end of one, and its page."""
    last = line.parts[-1].value
    numbered = last.lstrip(".．·•…‥ ").isdigit() or last[-1:].isdigit()
    return numbered or parse_heading(line.parts[0].value) is not None


def _tables(regions: Sequence[_Region], problems: list[Problem]) -> list[Piece]:
    """The fragments of one table, or its lines as they stand where one of them cannot be read."""
    fragments: list[Piece] = []
    width: int | None = None
    for region in regions:
        rows = _grid(region.lines, width)
        if rows is None:
            break
        width = len(rows[0].cells)
        fragments.append(Fragment(tuple(rows), headless=bool(fragments)))
    if len(fragments) == len(regions):
        return fragments
    whole = _grid([line for region in regions for line in region.lines], None) if len(regions) > 1 else None
    return _unread(regions, problems) if whole is None else [Fragment(tuple(whole))]


def _grid(lines: Sequence[SpacedLine], width: int | None) -> list[WrittenRow] | None:
    """The rows of a table by the places of its characters, or by those where a terminal shows them."""
    return read_grid(lines, width) or read_grid([_as_shown(line) for line in lines], width)


def _as_shown(line: SpacedLine) -> SpacedLine:
    """A line with its parts where a terminal shows them: some converters count an ideograph as two columns."""
    value = line.line.value
    places = ((_shown(value[: part.start]), _shown(value[: part.end])) for part in line.parts)
    return replace(line, parts=tuple(Part(*ends, part.value) for ends, part in zip(places, line.parts, strict=True)))


def _shown(value: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in value)


def _unread(regions: Sequence[_Region], problems: list[Problem]) -> list[Piece]:
    lines = [line.line for region in regions for line in region.lines if line.parts]
    problems.append(Problem("page-unreadable", f"第 {lines[0].number}–{lines[-1].number} 行", UNREAD))
    texts = [Text.of(f"{line.value.rstrip()}\n", line=line.number) for line in lines]
    return [RawParagraph(Text.concat(*texts), unread=True)]
