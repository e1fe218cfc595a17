"""Columns that no line parts: where hardly a line of text crosses, from the top of a table to its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from checker.extract.patterns import Pattern
from checker.readers.pdf_chunks import Chunk, levels_of

RIVER = 3.0  # points that no text enters between two columns
TOUCH = 1.0  # points between characters that stand side by side
CROSSED = 0.05  # of the lines: so many may cross a river, as the labels of totals do
MOST_COLUMNS = 40

_TOTAL = Pattern(r"[总合小共]\s*计")
_Span = tuple[float, float]


def columns_of(
    start: float, end: float, joints: Sequence[float], head: Sequence[Chunk], body: Sequence[Chunk]
) -> tuple[float, ...] | None:
    """The cuts between the columns of a table from ``start`` to ``end``; None where it has no two columns.

    They are where the pieces of its rules meet, ``joints``, or else where no text stands. A column
    without a name over it is a gap in the texts of another.
    """
    if joints:
        xs = (start, *joints, end)
    else:
        rough = rivers_of(start, end, body)
        alone = [name for name in head if len(_under(name, pairwise(rough))) < 2]
        xs = _named(rivers_of(start, end, [*body, *alone]), head)
    return xs if 2 < len(xs) <= MOST_COLUMNS + 1 and body else None


def _under(name: Chunk, columns: Iterable[_Span]) -> list[_Span]:
    """The columns that a name stands over."""
    return [one for one in columns if min(name.x1, one[1]) - max(name.x0, one[0]) > TOUCH]


def _named(xs: Sequence[float], head: Sequence[Chunk]) -> tuple[float, ...]:
    """The cuts without those before a column that no name stands over."""
    named = {one for name in head for one in _under(name, pairwise(xs))}
    kept = [left for left, right in pairwise(xs) if left == xs[0] or (left, right) in named]
    if len(xs) > 2 and (xs[0], xs[1]) not in named:
        kept = [xs[0], *kept[2:]]
    return (*kept, xs[-1])


def rivers_of(start: float, end: float, chunks: Sequence[Chunk]) -> tuple[float, ...]:
    """The ends, and the middles of the gaps between them that hardly a line of text crosses."""
    levels = levels_of(chunk for chunk in chunks if not _TOTAL.match(chunk.line.text.value))
    allowed = int(CROSSED * len(levels))
    edges = sorted(edge for level in levels for x0, x1 in _covered(level) for edge in ((x0, 1), (x1, -1)))
    cuts: list[float] = []
    open_now, since = 0, start
    for x, step in edges:
        if step > 0 and open_now <= allowed and x - since >= RIVER and since > start:
            cuts.append((since + x) / 2)
        open_now += step
        if step < 0 and open_now <= allowed:
            since = x
    return (start, *cuts, end)


def _covered(level: Iterable[Chunk]) -> Iterator[_Span]:
    """The stretches of a line that characters cover."""
    spans = sorted((g.x0, g.x1) for chunk in level for g in chunk.line.glyphs if not g.text.isspace())
    left, right = spans[0]
    for x0, x1 in spans[1:]:
        if x0 > right + TOUCH:
            yield left, right
            left = x0
        right = max(right, x1)
    yield left, right
