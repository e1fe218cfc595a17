"""Tables without any rules, where their columns are plain: rows of texts one under the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.patterns import Pattern
from checker.readers.pdf_chunks import Chunk, levels_of
from checker.readers.pdf_open import Area
from checker.readers.pdf_rivers import rivers_of

FEWEST_COLUMNS = 3
FEWEST_ROWS = 3  # the head among them
NEXT = 3.0  # times the size: rows of one table are no further apart
MARGIN = 2.0  # points that a table reaches beyond its texts

_NUMBER = Pattern(r"[+\-−]?\d[\d,，]*(?:\.\d+)?[%％]?|[-—–]+")


def plain_areas(page: int, chunks: Sequence[Chunk]) -> list[Area]:
    """The tables among lines of text that no rule frames."""
    return [area for run in _runs(levels_of(chunks)) if (area := _area(page, run)) is not None]


def _runs(levels: Sequence[list[Chunk]]) -> Iterator[list[list[Chunk]]]:
    """Rows of several texts that follow each other with nothing between."""
    run: list[list[Chunk]] = []
    for level in levels:
        if run and (len(level) < 2 or level[0].line.base - run[-1][0].line.base > NEXT * level[0].line.size):
            yield run
            run = []
        if len(level) > 1:
            run.append(level)
    yield run


def _area(page: int, run: Sequence[Sequence[Chunk]]) -> Area | None:
    """The table that the rows make: a head of names over every column, and a column of numbers.

    One whose columns cannot be told has no cuts between them.
    """
    rows = [level for level in run if len(level) >= FEWEST_COLUMNS]
    if len(rows) < FEWEST_ROWS or sum(any(map(_is_number, level)) for level in rows) < FEWEST_ROWS - 1:
        return None
    chunks = [chunk for level in run for chunk in level]
    left, right = min(chunk.x0 for chunk in chunks) - MARGIN, max(chunk.x1 for chunk in chunks) + MARGIN
    xs = rivers_of(left, right, chunks)
    if not _plain(run, xs):
        xs = (left, right)
    body = [chunk for level in run[1:] for chunk in level]
    top, under = min(c.line.top for c in run[0]), (run[0][0].line.base + run[1][0].line.top) / 2
    bottom = max(chunk.line.bottom for chunk in chunks)
    return Area(page, xs, top, bottom, tuple(run[0]), tuple(body), (under, bottom), (), closed=True)


def _plain(run: Sequence[Sequence[Chunk]], xs: Sequence[float]) -> bool:
    """Whether the first row names each column, no row has two texts in one, and one has only numbers."""
    columns: list[list[Chunk]] = [[] for _ in xs[1:]]
    for level in run:
        places = [_column(chunk, xs) - 1 for chunk in level]
        if len(set(places)) < len(places):
            return False
        for place, chunk in zip(places, level, strict=True):
            columns[place].append(chunk)
    named = len(run[0]) == len(columns) and not any(map(_is_number, run[0]))
    return named and any(len(column) > 2 and all(map(_is_number, column[1:])) for column in columns)


def _column(chunk: Chunk, xs: Sequence[float]) -> int:
    return sum(cut <= chunk.middle for cut in xs)


def _is_number(chunk: Chunk) -> bool:
    return _NUMBER.fullmatch("".join(chunk.line.text.value.split())) is not None
