"""What a table of a tagged PDF has on one page: the cells of the structure tree and their characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import reduce
from itertools import groupby

from msgspec import Struct, field

from checker.boxes import Box
from checker.readers.pdf_grid import Grid, TooManyLines
from checker.readers.pdf_lines import Line, lines_of
from checker.readers.pdf_page import UNMARKED, Glyph, Page, TaggedCell
from checker.readers.pdf_tables import middle, table_grids

Key = tuple[tuple[int, ...], int]
"""A cell of a table: the place of its row in the tree, and its own among the cells of the row."""


class Sheet(Struct):
    """A table's cells on a page.

    ``texts`` has the characters of those that say something, ``lines`` their lines; ``marks`` are
    those of all that belongs to the table.
    """

    page: Page
    grids: list[Grid]
    marks: frozenset[int]
    tags: list[TaggedCell]
    texts: dict[Key, list[Glyph]]
    lines: dict[Key, list[Line]] = field(default_factory=dict)

    @staticmethod
    def of(page: Page, cells: list[TaggedCell]) -> Sheet:
        """The sheet of the cells of one table."""
        owners = {mark: (cell.row, cell.at) for cell in cells for mark in cell.marks}
        texts: dict[Key, list[Glyph]] = {}
        for glyph in page.glyphs:
            if glyph.mark in owners:
                texts.setdefault(owners[glyph.mark], []).append(glyph)
        texts = {key: text for key, text in texts.items() if any(map(is_seen, text))}
        try:
            grids = table_grids(page)
        except TooManyLines:
            grids = []
        return Sheet(page, grids, frozenset(owners), cells, texts)

    @property
    def is_ruled(self) -> bool:
        """Whether rules part all of the cells."""
        fields = [
            {
                (row, column): number
                for number, region in enumerate(grid.regions)
                for row in range(region.row, region.row_end)
                for column in range(region.column, region.column_end)
            }
            for grid in self.grids
        ]
        taken = set()
        for text in self.texts.values():
            point = middle(next(filter(is_seen, text)))
            places = ((at, grid.field_at(*point)) for at, grid in enumerate(self.grids))
            place = next(((at, fields[at][where]) for at, where in places if where is not None), None)
            if place is None or place in taken:
                return False
            taken.add(place)
        return True

    @property
    def head(self) -> list[Key]:
        """The cells of the rows at its top that only name columns."""
        head: list[Key] = []
        for _, row in groupby(sorted(self.tags), key=lambda cell: cell.row):
            cells = list(row)
            if not all(cell.heads for cell in cells):
                return head
            head += [(cell.row, cell.at) for cell in cells]
        return []

    def drop(self, keys: Iterable[Key]) -> None:
        """Let go of what some cells say; their marks stay with the table."""
        gone = set(keys)
        self.tags = [cell for cell in self.tags if (cell.row, cell.at) not in gone]
        self.texts = {key: text for key, text in self.texts.items() if key not in gone}

    def set_lines(self) -> None:
        """Make the lines of its texts."""
        self.lines = {key: lines_of(self.page.number, text) for key, text in self.texts.items()}

    @property
    def box(self) -> Box:
        """The place that its lines take, and the grids that hold some of them."""
        boxes = [box_of(line) for lines in self.lines.values() for line in lines]
        grids = [
            Box(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
            for grid in self.grids
            if any(grid.field_at(*middle(glyph)) for text in self.texts.values() for glyph in text)
        ]
        return reduce(Box.joined, [*boxes, *grids])

    def seen(self, keys: Iterable[Key]) -> list[Glyph]:
        """What can be seen of some cells."""
        return [glyph for key in keys for glyph in self.texts.get(key, ()) if is_seen(glyph)]

    def untagged_over(self, count: int) -> list[Glyph]:
        """So many characters right over it that the tree does not speak of."""
        top = self.box.top
        over = [
            one for one in self.page.glyphs if one.mark == UNMARKED and is_seen(one) and one.base - one.size / 2 < top
        ]
        return sorted(over, key=lambda glyph: -glyph.base)[:count]


def box_of(one: Line | Glyph) -> Box:
    """The place of a line or a character."""
    return Box(one.x0, one.top, one.x1, one.bottom)


def is_seen(glyph: Glyph) -> bool:
    """Whether a character is no white space."""
    return not glyph.text.isspace()


def said(glyphs: Iterable[Glyph]) -> Counter[str]:
    """What characters say, in whatever order."""
    return Counter(glyph.text for glyph in glyphs if is_seen(glyph))
