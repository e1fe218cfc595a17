"""Columns whose cells span rows that no line parts: which rows each text stands for, by its middle."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from checker.readers.pdf_rows import SIZE_ABOVE, Entry

FEWER = 0.6  # of the rows: a column with so few texts beside them has cells that span rows
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


def spanning_columns(pages: Sequence[Sequence[Entry]], columns: int, pitch: float) -> int:
    """How many columns from the left leave many rows without a text of their own.

    A row shows by a number or, in a table of words, by the texts of the column that has most.
    """
    marks = _marks(pages, columns, pitch)
    rows = sum(map(len, marks))
    for column in range(columns - 2):
        beside = 0
        for entries, page_marks in zip(pages, marks, strict=True):
            bases = [entry.base for entry in entries if entry.column == column]
            beside += sum(any(abs(mark.base - base) <= pitch for base in bases) for mark in page_marks)
        if beside >= FEWER * rows:
            return column
    return columns - 2


def _marks(pages: Sequence[Sequence[Entry]], columns: int, pitch: float) -> list[list[Entry]]:
    """Of each page one line for each of its rows, as far as can be told."""
    split = [[[entry for entry in page if entry.column == column] for page in pages] for column in range(columns)]
    numbers = [[[entry for entry in page if entry.number] for page in column] for column in split]
    most = max(numbers, key=_many)
    if _many(most):
        return most
    return max(([_middles(page, pitch) for page in column] for column in split), key=_many)


def _many(pages: Sequence[Sequence[Entry]]) -> int:
    return sum(map(len, pages))


def _middles(entries: Sequence[Entry], pitch: float) -> list[Entry]:
    """The middle line of each text of a column."""
    return [block[len(block) // 2] for block in blocks_of(entries, pitch)]


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
