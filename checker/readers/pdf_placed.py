"""In which columns the cells of a structure tree stand.

Some programs leave cells without text out of the tree. A row that has all its cells tells where the
columns are; the cells of any other row stand where their characters do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from checker.readers.pdf_lines import PADDING

TOUCH = 1.0  # points by which texts of neighbouring columns may overlap
OFF_MIDDLE = 0.001  # of the distance of middles: decides only between columns that fit equally


class Given(NamedTuple):
    """A cell of a row: how many rows and columns it spans, and where its text begins and ends, if it has any."""

    down: int
    across: int
    x0: float | None
    x1: float | None


class Columns(Struct):
    """The columns of a table: where their texts begin and end, and the first column of each row's cells."""

    lefts: list[float | None]
    rights: list[float | None]
    places: list[list[int]]

    @property
    def cuts(self) -> list[float]:
        """The cuts between the columns, half way between their texts, and the outer ones."""
        cuts = [min(left for left in self.lefts if left is not None) - TOUCH]
        for right, left in zip(self.rights, self.lefts[1:], strict=False):
            known = [side for side in (right, left) if side is not None]
            cuts.append(max(cuts[-1] + TOUCH, sum(known) / len(known) if known else 0.0))
        return [*cuts, max(cuts[-1] + TOUCH, *(right + TOUCH for right in self.rights if right is not None))]

    def room(self, first: int, end: int) -> float:
        """The width of the columns from the first up to, not including, the end.

        No wider than their texts are, and a margin: a line as long as the longest left no room.
        """
        left, right = self.lefts[first], self.rights[end - 1]
        wide = self.cuts[end] - self.cuts[first]
        return wide if left is None or right is None else min(wide, right - left + PADDING)


def place_cells(rows: Sequence[Sequence[Given]]) -> Columns | None:
    """The columns that the cells fit into; None where their texts do not stand as the tree says."""
    width = _width(rows)
    columns = Columns([None] * width, [None] * width, [])
    if width < 2 or not (_place(rows, columns, whole_only=True) and _place(rows, columns, whole_only=False)):
        return None
    return columns if _apart(rows, columns) else None


def _width(rows: Sequence[Sequence[Given]]) -> int:
    """How many columns the row with most has, with those that cells from above take."""
    taken = [0] * len(rows)
    for at, row in enumerate(rows):
        for cell in row:
            for under in range(at, min(at + cell.down, len(rows))):
                taken[under] += cell.across
    return max(taken, default=0)


def _place(rows: Sequence[Sequence[Given]], columns: Columns, *, whole_only: bool) -> bool:
    """Put cells into columns, which learn from them; ``whole_only`` leaves out rows that lack cells."""
    taken: list[set[int]] = [set() for _ in rows]
    columns.places = []
    for at, row in enumerate(rows):
        free = [column for column in range(len(columns.lefts)) if column not in taken[at]]
        whole = sum(cell.across for cell in row) == len(free)
        if not whole and whole_only:
            continue
        places = _in_turn(row, free) if whole else _fitting(row, free, columns)
        if places is None:
            return False
        columns.places.append(places)
        for cell, first in zip(row, places, strict=True):
            for under in range(at, min(at + cell.down, len(rows))):
                taken[under].update(range(first, first + cell.across))
            if cell.across == 1:
                _learn(columns, first, cell)
    return True


def _learn(columns: Columns, at: int, cell: Given) -> None:
    left, right = columns.lefts[at], columns.rights[at]
    if cell.x0 is not None and cell.x1 is not None:
        columns.lefts[at] = cell.x0 if left is None else min(left, cell.x0)
        columns.rights[at] = cell.x1 if right is None else max(right, cell.x1)


def _in_turn(row: Sequence[Given], free: Sequence[int]) -> list[int] | None:
    """The cells one after the other in all the free columns."""
    places, at = [], 0
    for cell in row:
        if free[at + cell.across - 1] != free[at] + cell.across - 1:
            return None  # a cell from above stands in the midst of it
        places.append(free[at])
        at += cell.across
    return places


def _fitting(row: Sequence[Given], free: Sequence[int], columns: Columns) -> list[int] | None:
    """The cells, in their order, in those free columns that their texts are nearest to."""
    if any(columns.lefts[at] is None for at in free):
        return None
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for cell in row:
        reached: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, places) in best.items():
            for first in free:
                end = first + cell.across
                if first < start or any(at not in free for at in range(first, end)):
                    continue
                total = cost + _off(cell, columns, first, end - 1)
                if end not in reached or total < reached[end][0]:
                    reached[end] = (total, [*places, first])
        best = reached
    return min(best.values())[1] if best else None


def _off(cell: Given, columns: Columns, first: int, last: int) -> float:
    """How far a text stands off some columns."""
    left, right = columns.lefts[first], columns.rights[last]
    if cell.x0 is None or cell.x1 is None or left is None or right is None:
        return 0.0
    between = max(0.0, cell.x0 - right, left - cell.x1)
    return between + OFF_MIDDLE * abs(cell.x0 + cell.x1 - left - right)


def _apart(rows: Sequence[Sequence[Given]], columns: Columns) -> bool:
    """Whether no text reaches into a column beside its own."""
    for row, places in zip(rows, columns.places, strict=True):
        for cell, first in zip(row, places, strict=True):
            before = [right for right in columns.rights[:first] if right is not None]
            after = [left for left in columns.lefts[first + cell.across :] if left is not None]
            if cell.x0 is None or cell.x1 is None:
                continue
            if cell.x0 < max(before, default=cell.x0) - TOUCH or cell.x1 > min(after, default=cell.x1) + TOUCH:
                return False
    return True
