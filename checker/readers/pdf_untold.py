"""Spans of cells in a structure tree that does not tell them, as Word writes it.

A cell that only goes on with the one above has a place among the cells of its row and nothing in it,
while every blank cell holds a space, and a mark ends the row. A row with fewer cells than others has
some that span columns: which, the places of their texts tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from checker.extract.patterns import Pattern
from checker.readers.pdf_lines import Line, words_of
from checker.readers.pdf_page import TaggedCell
from checker.readers.pdf_sheet import Key

OFF_MIDDLE = 0.1  # of the distance of middles: a name is centred over its columns
NOT_ABOVE = 50.0  # points
NUMBER_SPANS = 50.0  # points: a number stands in one column

_NUMBER = Pattern(r"[+\-−]?\d[\d,，]*(?:\.\d+)?[%％]?")
_Sides = tuple[float, float] | None  # where a text begins and ends
_Entry = tuple[_Sides, bool]


def with_spans(cells: Mapping[Key, TaggedCell], lines: Mapping[Key, Sequence[Line]]) -> dict[Key, TaggedCell]:
    """The cells with the spans that the tree does not tell; as they are where it tells some, or cannot be meant so."""
    is_words = any(cell.ended or (cell.marks and not lines.get(key)) for key, cell in cells.items())
    if not is_words or any(cell.told for cell in cells.values()):
        return dict(cells)
    rows = [list(its) for _, its in groupby(sorted(cells), key=lambda key: key[0])]
    width = max(cells[row[0]].siblings for row in rows)
    whole = [row for row in rows if cells[row[0]].siblings == width]
    columns = [_around([lines.get((row[0][0], at), []) for row in whole]) for at in range(width)]
    found = dict(cells)
    owners: list[Key | None] = [None] * width
    for row in rows:
        known = {at: key for key in row for at in (key[1],)}
        entries = [known.get(at) for at in range(cells[row[0]].siblings)]
        spans = _spans([_entry(lines.get(key, []) if key else None) for key in entries], columns, owners)
        if spans is None:
            return dict(cells)
        for key, (first, end) in zip(entries, spans, strict=True):
            above = owners[first]
            if key is not None:
                found[key] = found[key]._replace(across=end - first)
                owners[first:end] = [key] * (end - first)
            elif above is not None:
                found[above] = found[above]._replace(down=found[above].down + 1)
    return found


def _around(texts: Sequence[Sequence[Line]]) -> _Sides:
    lines = [line for text in texts for line in text]
    return (min(line.x0 for line in lines), max(line.x1 for line in lines)) if lines else None


def _entry(lines: Sequence[Line] | None) -> _Entry | None:
    """Where the text of a cell stands, and whether it is a number; None for what goes on with the cell above."""
    if lines is None:
        return None
    return _around([lines]), _NUMBER.fullmatch(words_of(lines)) is not None


def _spans(
    entries: Sequence[_Entry | None], columns: Sequence[_Sides], owners: Sequence[Key | None]
) -> list[tuple[int, int]] | None:
    """The first column of each cell of a row and the one after its last, so that the texts fit best."""
    if len(entries) == len(columns):
        return [(at, at + 1) for at in range(len(columns))]
    best: dict[int, tuple[float, list[tuple[int, int]]]] = {0: (0.0, [])}
    for number, entry in enumerate(entries, start=1):
        left = len(entries) - number
        reached: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for first, (cost, spans) in best.items():
            ends = range(first + 1, len(columns) - left + 1) if left else [len(columns)]
            for end in ends:
                total = cost + (_beyond(owners, first, end) if entry is None else _off(entry, columns, first, end))
                if end not in reached or total < reached[end][0]:
                    reached[end] = (total, [*spans, (first, end)])
        best = reached
    return best[len(columns)][1] if len(columns) in best else None


def _beyond(owners: Sequence[Key | None], first: int, end: int) -> float:
    """What speaks against some columns for what goes on with the cell above: they are not all of that cell's."""
    above = owners[first]
    same = all(owner == above for owner in owners[first:end])
    around = [*owners[max(0, first - 1) : first], *owners[end : end + 1]]
    return 0.0 if same and above is not None and above not in around else NOT_ABOVE


def _off(entry: _Entry, columns: Sequence[_Sides], first: int, end: int) -> float:
    """What speaks against a text in some columns, in points; nothing is known of columns without a text."""
    text, number = entry
    if text is None:
        return 0.0
    before, left = columns[first - 1] if first else None, columns[first]
    after, right = columns[end] if end < len(columns) else None, columns[end - 1]
    cost = NUMBER_SPANS if number and end > first + 1 else 0.0
    cost += max(0.0, before[1] - text[0]) if before else 0.0
    cost += max(0.0, text[1] - after[0]) if after else 0.0
    if left and right:
        middles = abs(sum(text) - left[0] - right[1]) / 2
        cost += max(0.0, text[0] - right[1], left[0] - text[1]) + OFF_MIDDLE * middles
    return cost
