"""Grids from ruled lines: which lines belong together, and which of their fields are one cell.

The lines that touch make a component. Its outline counts as ruled, whether it is drawn or not:
programs leave the border open where a page ends. Fields with no line between them are one cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from checker.readers.pdf_page import Rule

NEAR = 4.0  # points within which cuts on two pages are the same
SNAP = 3.0  # points within which two lines are one
RULED = 0.5  # the share of a field's side that must be drawn
CLOSED = 0.9  # the share of the outline that must be drawn for it to count as closed
MOST_RULES = 3000
MOST_FIELDS = 60_000


class TooManyLines(Exception):
    """A page has more ruled lines than any table could need."""


class Region(NamedTuple):
    """A cell: the fields from ``row`` and ``column`` up to, not including, the ends."""

    row: int
    column: int
    row_end: int
    column_end: int


class Grid(Struct, frozen=True):
    """The cuts of a table's part on one page, and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    open_top: bool
    open_bottom: bool

    def field_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and column of the field that a point lies in."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1

    @property
    def area(self) -> float:
        """How much of the page it covers."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """All grids of a page, the smallest first, so that a table inside a cell comes before it."""
    merged = [
        *_merged([rule for rule in rules if rule.upright]),
        *_merged([rule for rule in rules if not rule.upright]),
    ]
    if len(merged) > MOST_RULES:
        raise TooManyLines
    grids = [grid for part in _components(merged) if (grid := _grid(part)) is not None]
    return sorted(grids, key=lambda grid: grid.area)


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Lines of one direction with those at one place joined where they meet."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda one: one.at):
        if groups and rule.at - groups[-1][-1].at <= SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    merged: list[Rule] = []
    for group in groups:
        at = sum(rule.at for rule in group) / len(group)
        for rule in sorted(group, key=lambda one: one.start):
            if merged and merged[-1].at == at and rule.start <= merged[-1].end + SNAP:
                merged[-1] = merged[-1]._replace(end=max(merged[-1].end, rule.end))
            else:
                merged.append(rule._replace(at=at))
    return [rule for rule in merged if rule.end - rule.start > SNAP]


def _components(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Lines that touch, directly or through others."""
    parents = list(range(len(rules)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    level = [index for index, rule in enumerate(rules) if not rule.upright]
    heights = [rules[index].at for index in level]  # sorted, as _merged leaves them
    for index, rule in enumerate(rules):
        if not rule.upright:
            continue
        span = slice(bisect_left(heights, rule.start - SNAP), bisect_right(heights, rule.end + SNAP))
        for other in level[span]:
            if rules[other].start - SNAP <= rule.at <= rules[other].end + SNAP:
                parents[root(other)] = root(index)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(root(index), []).append(rule)
    return [group for group in groups.values() if len(group) > 1]


def _grid(rules: Sequence[Rule]) -> Grid | None:
    """The grid that lines of one component make, its outline closed."""
    uprights = [rule for rule in rules if rule.upright]
    levels = [rule for rule in rules if not rule.upright]
    xs = _cuts([rule.at for rule in uprights], [end for rule in levels for end in (rule.start, rule.end)])
    ys = _cuts([rule.at for rule in levels], [end for rule in uprights for end in (rule.start, rule.end)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    if (len(xs) - 1) * (len(ys) - 1) > MOST_FIELDS:
        raise TooManyLines
    right = _walls(uprights, xs, ys)
    below = {(row, column) for column, row in _walls(levels, ys, xs)}
    return Grid(
        xs=tuple(xs),
        ys=tuple(ys),
        regions=tuple(_regions(len(ys) - 1, len(xs) - 1, right, below)),
        open_top=_drawn(levels, ys[0]) < CLOSED * (xs[-1] - xs[0]),
        open_bottom=_drawn(levels, ys[-1]) < CLOSED * (xs[-1] - xs[0]),
    )


def completed(grid: Grid, above: Sequence[float]) -> Grid:
    """The grid with the outer columns that a page break left without any border.

    Some programs draw no line at all around the rest of a merged cell. The cuts of the part on
    the page before, ``above``, then have those of this one among them and reach further out.
    """
    among = all(any(abs(cut - place) <= NEAR for place in above) for cut in grid.xs)
    left = [cut for cut in above if cut < grid.xs[0] - NEAR]
    right = [cut for cut in above if cut > grid.xs[-1] + NEAR]
    if not among or bool(left) == bool(right):
        return grid
    moved = [Region(one.row, one.column + len(left), one.row_end, one.column_end + len(left)) for one in grid.regions]
    xs = (*left, *grid.xs, *right)
    added = [*range(len(left)), *range(len(xs) - 1 - len(right), len(xs) - 1)]
    rest = [Region(0, column, len(grid.ys) - 1, column + 1) for column in added]
    return replace(grid, xs=xs, regions=tuple(sorted([*moved, *rest])))


def _cuts(drawn: Iterable[float], reached: Sequence[float]) -> list[float]:
    """Where lines stand, and the outermost points that the crossing lines reach."""
    cuts = sorted(set(drawn))
    low, high = min(reached), max(reached)
    if not cuts or low < cuts[0] - SNAP:
        cuts.insert(0, low)
    if high > cuts[-1] + SNAP:
        cuts.append(high)
    return cuts


def _walls(rules: Sequence[Rule], across: Sequence[float], along: Sequence[float]) -> set[tuple[int, int]]:
    """Fields whose side is drawn: (place along the line, number of the cut it stands on)."""
    number = {at: index for index, at in enumerate(across)}
    drawn: dict[tuple[int, int], float] = {}
    for rule in rules:
        cut = number[rule.at]
        first = max(0, bisect_right(along, rule.start) - 1)
        for place in range(first, min(len(along) - 1, bisect_left(along, rule.end))):
            share = min(rule.end, along[place + 1]) - max(rule.start, along[place])
            drawn[place, cut] = drawn.get((place, cut), 0.0) + share
    return {key for key, length in drawn.items() if length >= RULED * (along[key[0] + 1] - along[key[0]])}


def _drawn(levels: Sequence[Rule], at: float) -> float:
    return sum(rule.end - rule.start for rule in levels if rule.at == at)


def _regions(rows: int, columns: int, right: set[tuple[int, int]], below: set[tuple[int, int]]) -> list[Region]:
    """Cells from the fields: first the stretches of a row without a wall, then equal ones downwards.

    A cell is a rectangle by this, whatever lines are missing.
    """
    regions: list[Region] = []
    growing: dict[tuple[int, int], Region] = {}
    for row in range(rows):
        stretches: dict[tuple[int, int], Region] = {}
        start = 0
        for column in range(1, columns + 1):
            if column < columns and (row, column) not in right:
                continue
            key = (start, column)
            above = growing.get(key)
            if above is not None and not any((row, place) in below for place in range(start, column)):
                stretches[key] = above._replace(row_end=row + 1)
            else:
                stretches[key] = Region(row, start, row + 1, column)
            start = column
        regions += [region for key, region in growing.items() if key not in stretches or stretches[key].row == row]
        growing = stretches
    return sorted([*regions, *growing.values()])
