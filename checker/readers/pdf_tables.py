"""The part of a table that stands on one page: its grid, filled with the lines of its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from checker.document import Text
from checker.readers.pdf_chunks import chunks_of
from checker.readers.pdf_grid import SNAP, Grid, completed, grids_of
from checker.readers.pdf_lines import PADDING, Line, join, lines_of, words_of
from checker.readers.pdf_open import Area, Bar, areas_of, bars_of
from checker.readers.pdf_page import Glyph, Page
from checker.readers.pdf_plain import FEWEST_ROWS, plain_areas
from checker.readers.pdf_sideways import Aside, asides, lines_aside

SMALLEST = (24.0, 8.0)  # width and height under which a frame is a tick box or an ornament
MOST_GRIDS = 100  # on one page
SLIVER = 8.0  # points: a column narrower than any character
HANGING = 0.1  # of the size: how much of a closing mark lies in its cell at least

_CLOSING = frozenset("，。、；：！？）》〉」』】〕％")


class Place(Struct):
    """One place of a grid that is being built.

    ``tall`` says that its cell spans rows, ``full`` of each line whether it left no room.
    """

    lines: list[Line] = field(default_factory=list)
    full: list[bool] = field(default_factory=list)
    covered: bool = False
    tall: bool = False

    @property
    def key(self) -> str:
        """What it says, without white space."""
        return words_of(self.lines)

    @property
    def text(self) -> Text:
        """What it says, its lines joined."""
        return join([line.text for line in self.lines], self.full)


Row = list[Place]
Fields = dict[tuple[int, int], list[Glyph]]
"""The characters of a grid by the row and column of the field that they stand in."""


class Part(Struct):
    """The part of a table on one page, with the cuts between its columns and its rows.

    One without rows is the rest of a table whose part on an earlier page has them all.
    """

    page: int
    xs: list[float]
    ys: list[float]
    rows: list[Row]
    open_top: bool = False
    open_bottom: bool = False
    header_rows: int | None = None


Piece = Part | Line


class Split(Struct, frozen=True):
    """What a page is made of: ruled tables, the places of tables without upright lines, and other lines.

    ``unread`` are the letters on their side that no cell holds.
    """

    parts: list[Part]
    areas: list[Area]
    lines: list[Line]
    unread: str = ""


def split_page(page: Page, above: Sequence[float] = (), open_above: Area | None = None) -> Split:
    """The tables of a page, and the lines that stand outside of them.

    ``above`` has the cuts of the table that ends the page before, ``open_above`` is the one
    without upright lines that goes on from there.
    """
    grids = table_grids(page)
    first = min(range(len(grids)), key=lambda index: grids[index].ys[0], default=None)
    if first is not None and above:
        grids[first] = completed(grids[first], above)
    inside, outside = _shared_out(page.glyphs, grids)
    aside, unread = _aside(page, grids)
    parts = [
        _part(page, grid, fields, turned)
        for grid, fields, turned in zip(grids, inside, aside, strict=True)
        if turned or _written(fields)
    ]
    bars = [bar for bar in bars_of(page.rules) if not any(_belongs(bar, grid) for grid in grids)]
    areas = areas_of(page, outside, bars, open_above)
    free = [glyph for glyph in outside if not _in_areas(glyph, areas)] if areas else outside
    lines = lines_of(page.number, free)
    if sum(line.text.value.count("\t") > 1 for line in lines) >= FEWEST_ROWS:
        plain = plain_areas(page.number, chunks_of(page.number, free))
        areas += plain
        lines = lines_of(page.number, [glyph for glyph in free if not _in_areas(glyph, plain)]) if plain else lines
    return Split(parts, areas, lines, unread)


def _aside(page: Page, grids: Sequence[Grid]) -> tuple[list[dict[tuple[int, int], list[Aside]]], str]:
    """The characters on their side in the fields of each grid, and the letters that are in none."""
    inside: list[dict[tuple[int, int], list[Aside]]] = [{} for _ in grids]
    unread = ""
    for one in asides(page):
        places = ((grid.field_at(one.x, one.y), fields) for grid, fields in zip(grids, inside, strict=True))
        place, fields = next((found for found in places if found[0] is not None), (None, {}))
        if place is None:
            unread += one.glyph.text if one.glyph.text.isalnum() else ""
        else:
            fields.setdefault(place, []).append(one)
    return inside, unread


def _shared_out(glyphs: Iterable[Glyph], grids: Sequence[Grid]) -> tuple[list[Fields], list[Glyph]]:
    """The characters in the fields of each grid, the first that has room for them, and those in none."""
    inside: list[Fields] = [{} for _ in grids]
    if not grids:
        return inside, list(glyphs)
    outside: list[Glyph] = []
    levels: dict[float, list[tuple[Sequence[float], int, Fields]]] = {}  # characters of a line lie in the same rows
    for glyph in glyphs:
        x, y = middle(glyph)
        if y not in levels:
            levels[y] = [
                (grid.xs, bisect_right(grid.ys, y) - 1, fields)
                for grid, fields in zip(grids, inside, strict=True)
                if grid.ys[0] <= y < grid.ys[-1]
            ]
        for xs, row, fields in levels[y]:
            if xs[0] <= x < xs[-1]:
                fields.setdefault((row, bisect_right(xs, x) - 1), []).append(glyph)
                break
        else:
            outside.append(glyph)
    return inside, outside


def middle(glyph: Glyph) -> tuple[float, float]:
    """The middle of the letters' height, which the font's box need not tell.

    A closing mark may hang over the border of its cell: it belongs where it begins.
    """
    text, x0, x1, base, size, _, _ = glyph
    return (x0 + HANGING * size if text in _CLOSING else (x0 + x1) / 2), base - 0.35 * size


def _belongs(bar: Bar, grid: Grid) -> bool:
    """Whether a level rule is one of a grid's."""
    beside = bar.end < grid.xs[0] - SNAP or bar.start > grid.xs[-1] + SNAP
    return grid.ys[0] - SNAP <= bar.at <= grid.ys[-1] + SNAP and not beside


def _in_areas(glyph: Glyph, areas: Sequence[Area]) -> bool:
    x, y = middle(glyph)
    return any(area.top <= y <= area.bottom and area.xs[0] - SNAP <= x <= area.xs[-1] + SNAP for area in areas)


def table_grids(page: Page) -> list[Grid]:
    """The grids of a page that are tables, the smallest first. Raises ``TooManyLines``."""
    return [grid for grid in grids_of(page.rules) if _is_table(grid)][-MOST_GRIDS:]


def _is_table(grid: Grid) -> bool:
    """Not a tick box or an ornament, and not one column, which is a text in a frame."""
    large = grid.xs[-1] - grid.xs[0] >= SMALLEST[0] and grid.ys[-1] - grid.ys[0] >= SMALLEST[1]
    return large and len(grid.xs) > 2


def _written(fields: Fields) -> bool:
    return any(not glyph.text.isspace() for glyphs in fields.values() for glyph in glyphs)


def _part(page: Page, grid: Grid, fields: Fields, aside: dict[tuple[int, int], list[Aside]]) -> Part:
    """The grid's places with their text."""
    rows = [[Place(covered=True) for _ in grid.xs[1:]] for _ in grid.ys[1:]]
    for region in grid.regions:
        glyphs: list[Glyph] = []
        turned: list[Aside] = []
        for row in range(region.row, region.row_end):
            for column in range(region.column, region.column_end):
                glyphs += fields.get((row, column), ())
                turned += aside.get((row, column), ())
        room = grid.xs[region.column_end] - grid.xs[region.column]
        lines = lines_of(page.number, glyphs)
        if turned:  # all of the text, or the figures among words that are set one under the other
            beside = lines_aside(page, turned)
            lines = sorted([*lines, *beside], key=lambda line: line.top) if lines else beside
        rows[region.row][region.column] = filled(lines, room, tall=region.row_end - region.row > 1)
    part = Part(page.number, list(grid.xs), list(grid.ys), rows, grid.open_top, grid.open_bottom)
    _drop_slivers(part)
    return part


def filled(lines: list[Line], room: float, *, tall: bool) -> Place:
    """The place of a cell so many points wide."""
    left = min((line.x0 for line in lines), default=0.0)
    full = [room - (line.x1 - left) < PADDING + 0.6 * line.size for line in lines]
    return Place(lines, full, tall=tall)


def _drop_slivers(part: Part) -> None:
    """Leave out columns that are only the gap between the two strokes of a double line."""
    for column in reversed(range(len(part.xs) - 1)):
        narrow = part.xs[column + 1] - part.xs[column] < SLIVER
        if narrow and len(part.xs) > 2 and not any(row[column].lines for row in part.rows):
            del part.xs[column + 1 if column else 0]
            for row in part.rows:
                del row[column]
