"""Stretches of a line that stand apart, as the cells of a row do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from checker.readers.pdf_lines import Line, rows_of
from checker.readers.pdf_page import Glyph

APART = 0.9  # of the size: a gap that no two characters of a cell have between them
SLIT = 0.2  # of the size: a gap at a cut, where two columns come close


class Chunk(NamedTuple):
    """Characters of one line with no wide gap between."""

    line: Line

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.line.x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return self.line.x1

    @property
    def middle(self) -> float:
        """Half way between its ends."""
        return (self.line.x0 + self.line.x1) / 2


def chunks_of(page: int, glyphs: Iterable[Glyph]) -> list[Chunk]:
    """The lines of text, parted at wide gaps, from the top."""
    chunks: list[Chunk] = []
    for row in rows_of(glyphs):
        start = 0
        size = sorted(glyph.size for glyph in row)[len(row) // 2]
        seen = [at for at, glyph in enumerate(row) if not glyph.text.isspace()]
        for before, after in pairwise(seen):
            if row[after].x0 - row[before].x1 > APART * size:
                chunks.append(Chunk(Line.of(page, row[start : before + 1])))
                start = after
        chunks.append(Chunk(Line.of(page, row[start:])))
    return chunks


def parted(chunks: Iterable[Chunk], cuts: Sequence[float]) -> list[Chunk]:
    """The chunks, parted at those cuts that they leave a gap at."""
    return [piece for chunk in chunks for piece in _parted(chunk.line, cuts)]


def _parted(line: Line, cuts: Sequence[float]) -> list[Chunk]:
    pieces: list[Chunk] = []
    start = 0
    glyphs = line.glyphs
    for at, (before, after) in enumerate(pairwise(glyphs), start=1):
        middles = (before.x0 + before.x1) / 2, (after.x0 + after.x1) / 2
        if any(middles[0] < cut <= middles[1] for cut in cuts) and after.x0 - before.x1 > SLIT * line.size:
            pieces.append(Chunk(Line.of(line.page, glyphs[start:at])))
            start = at
    return [*pieces, Chunk(Line.of(line.page, glyphs[start:]))]


def levels_of(chunks: Iterable[Chunk]) -> list[list[Chunk]]:
    """Chunks side by side, from the top."""
    levels: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda one: one.line.base):
        if levels and chunk.line.base - levels[-1][-1].line.base <= 0.5 * chunk.line.size:
            levels[-1].append(chunk)
        else:
            levels.append([chunk])
    return levels
