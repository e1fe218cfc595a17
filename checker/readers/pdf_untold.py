"""Spans of cells in a structure tree that does not tell them, as Word writes it.

A cell that only goes on with the one above has a place among the cells of its row and nothing in it,
while every blank cell holds a space. A row with fewer cells than others has some that span columns:
which, the places of their texts tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from checker.extract.patterns import Pattern
from checker.readers.pdf_lines import Line
from checker.readers.pdf_page import TaggedCell
from checker.readers.pdf_sheet import Key

OFF_MIDDLE = 0.1  # of the distance of middles: a name is centred over its columns
NUMBER_SPANS = 50.0  # points: a number stands in one column

_NUMBER = Pattern(r"[+\-−]?\d[\d,，]*(?:\.\d+)?[%％]?")
_Sides = tuple[float, float] | None  # where a text begins and ends


def with_spans(cells: Mapping[Key, TaggedCell], lines: Mapping[Key, Sequence[Line]]) -> dict[Key, TaggedCell]:
    """The cells with the spans that the tree does not tell; as they are where it tells some, or cannot be meant so."""
    blank = any(cell.marks and not lines.get(key) for key, cell in cells.items())
    if not blank or any(cell.told for cell in cells.values()):
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
        spans = _spans([_entry(lines.get(key, []) if key else []) for key in entries], columns)
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


def _entry(lines: Sequence[Line]) -> tuple[_Sides, bool]:
    """Where the text of a cell stands, and whether it is a number."""
    text = "".join("".join(line.text.value.split()) for line in lines)
    return _around([lines]), _NUMBER.fullmatch(text) is not None


def _spans(entries: Sequence[tuple[_Sides, bool]], columns: Sequence[_Sides]) -> list[tuple[int, int]] | None:
    """The first column of each cell of a row and the one after its last, so that the texts fit best."""
    if len(entries) == len(columns):
        return [(at, at + 1) for at in range(len(columns))]
    if any(column is None for column in columns):
        return None
    sides = [column for column in columns if column is not None]
    best: dict[int, tuple[float, list[tuple[int, int]]]] = {0: (0.0, [])}
    for number, entry in enumerate(entries, start=1):
        left = len(entries) - number
        reached: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for first, (cost, spans) in best.items():
            ends = range(first + 1, len(sides) - left + 1) if left else [len(sides)]
            for end in ends:
                total = cost + _off(entry, sides, first, end)
                if end not in reached or total < reached[end][0]:
                    reached[end] = (total, [*spans, (first, end)])
        best = reached
    return best[len(sides)][1] if len(sides) in best else None


def _off(entry: tuple[_Sides, bool], sides: Sequence[tuple[float, float]], first: int, end: int) -> float:
    """What speaks against a text in some columns, in points."""
    text, number = entry
    if text is None:
        return 0.0
    before = max(0.0, sides[first - 1][1] - text[0]) if first else 0.0
    after = max(0.0, text[1] - sides[end][0]) if end < len(sides) else 0.0
    beside = max(0.0, text[0] - sides[end - 1][1], sides[first][0] - text[1])
    middles = abs(sum(text) - sides[first][0] - sides[end - 1][1]) / 2
    return before + after + beside + OFF_MIDDLE * middles + (NUMBER_SPANS if number and end > first + 1 else 0.0)
