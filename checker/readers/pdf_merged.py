"""Columns whose cells span rows that no line parts: which rows each text stands for, by its middle."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from checker.readers.pdf_rows import SIZE_ABOVE, Entry

FEWER = 0.6  # as many texts as other columns have: then its cells span rows
LATE = 3.0  # points, against a text that only the next page has
AT_TOP = 2.0  # points, against a text at the top of several rows
JOINED = 1.15  # times the pitch: lines of one text are no further apart


Block = list[Entry]


def blocks_of(entries: Sequence[Entry], pitch: float) -> list[Block]:
    """The texts of one column: lines that follow each other at the usual distance."""
    blocks: list[Block] = []
    for entry in entries:
        if blocks and entry.base - blocks[-1][-1].base <= JOINED * pitch:
            blocks[-1].append(entry)
        else:
            blocks.append([entry])
    return blocks


def spanning_columns(counts: Sequence[int]) -> int:
    """How many columns from the left have far fewer texts than the others; ``counts`` tells how many."""
    usual = sorted(counts)[len(counts) // 2]
    columns = 0
    while columns < len(counts) - 2 and counts[columns] < FEWER * usual:
        columns += 1
    return columns


class Spans(NamedTuple):
    """The first row of each text and the one after its last, and how far off their middles they stand."""

    rows: tuple[tuple[int, int], ...]
    off: float


def rows_of_blocks(
    blocks: Sequence[Block], tops: Sequence[float], bounds: Sequence[float], *, continued: bool, deepest: float = 0.0
) -> Spans | None:
    """The rows that each text of a column stands for, so that it is set in their middle or at their top.

    ``tops`` are the heights of the rows' first lines, ``bounds`` those between the rows. The rows
    before the first text may go on from the page before if ``continued``. A table that goes on
    fills its page down to ``deepest``; the rows after the last text may get theirs on the next
    page. None without a way to share the rows out.
    """
    goes_on = deepest > 0
    rows = len(tops)
    if not blocks or len(blocks) > rows:
        return None
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    if continued:
        best |= {start: (0.0, (start,)) for start in range(1, rows)}
    for number, block in enumerate(blocks, start=1):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in best.items():
            for end in range(start + 1, rows + 1):
                cut = goes_on and number == len(blocks) and end == rows
                off = cost + _off(block, tops[start], bounds[start], bounds[end], cut=cut)
                if cut:
                    off = min(off, cost + _off(block, tops[start], bounds[start], deepest, cut=cut))
                if end not in reached or off < reached[end][0]:
                    reached[end] = (off, (*ends, end))
        best = reached
    if goes_on:
        late = {end: (off + LATE, ends) for end, (off, ends) in best.items() if end < rows}
        best = dict([min([*late.items(), *([(rows, best[rows])] if rows in best else [])], key=lambda one: one[1][0])])
    elif rows not in best:
        return None
    off, ends = min(best.values())
    return Spans(tuple(pairwise(ends)), off)


def _off(block: Block, top: float, start: float, end: float, *, cut: bool) -> float:
    """How far a text stands off the place that it would have in these rows."""
    first = block[0].base - SIZE_ABOVE * block[0].line.size
    centred = abs((start + end) / 2 - (first + block[-1].base) / 2)
    return min(centred, abs(first - top) + (0.5 if cut else AT_TOP))
