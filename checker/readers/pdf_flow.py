"""The pages' pieces as one flow: tables joined over pages, prose joined between tables."""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.patterns import Pattern
from checker.readers.blocks import RawBlock
from checker.readers.pdf_grid import NEAR
from checker.readers.pdf_lines import Line
from checker.readers.pdf_page import Page
from checker.readers.pdf_prose import Body, measure, paragraphs
from checker.readers.pdf_stitch import Sheet, append, goes_on, repeats
from checker.readers.pdf_tables import Part, Piece

ENOUGH = 4  # pages of one shape for the one that goes furthest to be the exception

_AGAIN = Pattern(r"[（(]?\s*(?:金额)?单位\s*[:：].{1,12}|[（(]?续表?\s*[\d一二三四五六七八九十]*[)）]?.{0,40}")


def blocks_of(pages: Sequence[Page], pieces: Sequence[list[Piece]]) -> list[RawBlock]:
    """The blocks in reading order; the pieces are used up, for those of a long file take much room."""
    bodies = _bodies(pages, pieces)
    bottoms = _bottoms(pages, pieces)
    flow = _Flow(bottoms)
    for page, its in zip(pages, pieces, strict=True):
        for piece in its:
            if isinstance(piece, Line):
                flow.prose.append((piece, bodies[page.shape]))
            else:
                flow.add(piece, page.shape)
        its.clear()
    return flow.end()


def overprinting(pages: Sequence[Page], pieces: Sequence[Sequence[Piece]]) -> dict[int, list[Line]]:
    """By page the lines that ran out of a table's cell over its head and the top of the page.

    They stand above a table that begins where pages of that shape begin, so they cannot be prose.
    """
    tops: dict[tuple[int, int], list[float]] = {}
    for page, its in zip(pages, pieces, strict=True):
        tops.setdefault(page.shape, []).append(min(map(_top, its), default=page.height))
    usual = {shape: sorted(its)[1] for shape, its in tops.items() if len(its) >= ENOUGH}
    found: dict[int, list[Line]] = {}
    for page, its in zip(pages, pieces, strict=True):
        first = min((piece.ys[0] for piece in its if isinstance(piece, Part)), default=page.height)
        if first <= usual.get(page.shape, 0.0) + NEAR and (above := _lines_above(its, first)):
            found[page.number] = above
    return found


def _lines_above(pieces: Sequence[Piece], height: float) -> list[Line]:
    return [piece for piece in pieces if isinstance(piece, Line) and piece.base - piece.size / 2 < height]


def _top(piece: Piece) -> float:
    return piece.top if isinstance(piece, Line) else piece.ys[0]


class _Flow:
    """What was read so far: a table that may go on, and the lines after it."""

    def __init__(self, bottoms: dict[tuple[int, int], float]) -> None:
        self.prose: list[tuple[Line, Body]] = []
        self._bottoms = bottoms
        self._blocks: list[RawBlock] = []
        self._sheet: Sheet | None = None
        self._shape = (0, 0)

    def add(self, part: Part, shape: tuple[int, int]) -> None:
        """Take a part of a table, as a table of its own or as more of the one before."""
        if not part.rows:  # the rest of a table that was read whole where it begins
            self.end()
        elif self._sheet is not None and self._joins(self._sheet, part):
            append(self._sheet, part)
            self.prose = []
        else:
            self.end()
            self._sheet = Sheet.of(part)
        self._shape = shape

    def end(self) -> list[RawBlock]:
        """Close the table and the prose after it; the blocks so far."""
        if self._sheet is not None:
            self._blocks.append(self._sheet.table())
        self._blocks += paragraphs(self.prose)
        self._sheet, self.prose = None, []
        return self._blocks

    def _joins(self, sheet: Sheet, part: Part) -> bool:
        if not self.prose:
            return goes_on(sheet, part, self._bottoms[self._shape])
        # A long table may print its unit, or that it is continued, over its head on each page.
        again = len(self.prose) <= 2 and all(
            line.page == part.page and _AGAIN.fullmatch(line.text.value) for line, _ in self.prose
        )
        return again and repeats(sheet, part)


def _bodies(pages: Sequence[Page], pieces: Sequence[Sequence[Piece]]) -> dict[tuple[int, int], Body]:
    """How the text of pages of each shape is set."""
    lines: dict[tuple[int, int], list[Line]] = {}
    for page, its in zip(pages, pieces, strict=True):
        lines.setdefault(page.shape, []).extend(piece for piece in its if isinstance(piece, Line))
    return {shape: measure(its, shape[0]) for shape, its in lines.items() if its}


def _bottoms(pages: Sequence[Page], pieces: Sequence[Sequence[Piece]]) -> dict[tuple[int, int], float]:
    """How far down the bodies of pages of each shape go, one page that overflows left out."""
    reached: dict[tuple[int, int], list[float]] = {}
    for page, its in zip(pages, pieces, strict=True):
        ends = [piece.bottom if isinstance(piece, Line) else piece.ys[-1] for piece in its]
        reached.setdefault(page.shape, []).append(max(ends, default=0.0))
    return {shape: sorted(ends)[-2 if len(ends) >= ENOUGH else -1] for shape, ends in reached.items()}
