"""Tables of a tagged PDF from its structure tree, where no rules part all of their cells.

Where rules part the cells as the tree has them, or finer, the rules stand: they are what a reader
sees. Elsewhere rows, columns and spans of the tree are better than any guess, if they agree with
where the characters stand. They do not where something else stands among the cells, where the
columns or the rows overlap, or where words of a cover are only laid out as cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from checker.boxes import Box
from checker.readers.pdf_lines import Line, words_of
from checker.readers.pdf_page import Glyph, Page, Rule, TaggedCell
from checker.readers.pdf_placed import Columns, Given, place_cells
from checker.readers.pdf_sheet import Key, Sheet, box_of, is_seen, said
from checker.readers.pdf_tables import Part, Place, Row, filled, middle
from checker.readers.pdf_untold import with_spans

MARGIN = 8.0  # points around its texts within which a rule is one of the table's
FRAMED = 0.5  # of its width: a level rule that frames it
FEWEST_COLUMNS = 3  # of a table that neither a rule nor a name of a column shows to be one


class Tagged(Struct, frozen=True):
    """A table's part on a page, and all of the page that belongs to it.

    The part on the first page has the rows of the whole table, the others have none. The
    characters are those with one of the ``marks``, and a head printed ``again`` that no cell has.
    """

    part: Part
    box: Box
    marks: frozenset[int]
    again: frozenset[Glyph]


def tagged_parts(pages: Iterable[Page]) -> dict[int, list[Tagged]]:
    """By page the tables that only the tree tells well."""
    tables: dict[tuple[int, ...], list[Sheet]] = {}
    for page in pages:
        for table, cells in groupby(sorted(page.tags.cells), key=lambda cell: cell.table):
            sheet = Sheet.of(page, list(cells))
            if sheet.texts:
                tables.setdefault(table, []).append(sheet)
    found: dict[int, list[Tagged]] = {}
    for sheets in _joined(tables.values()):
        for one in () if all(sheet.is_ruled for sheet in sheets) else _read(sheets):
            found.setdefault(one.part.page, []).append(one)
    return found


def without_tagged(page: Page, tables: Sequence[Tagged]) -> Page:
    """The page without what belongs to some tables."""
    glyphs = page.glyphs
    for one in tables:
        glyphs = glyphs.without_marks(one.marks).without(one.again)
    rules = [rule for rule in page.rules if not any(one.box.holds(*_centre(rule), MARGIN) for one in tables)]
    return replace(page, glyphs=glyphs, rules=tuple(rules))


def _centre(rule: Rule) -> tuple[float, float]:
    along = (rule.start + rule.end) / 2
    return (rule.at, along) if rule.upright else (along, rule.at)


def _joined(tables: Iterable[list[Sheet]]) -> list[list[Sheet]]:
    """The sheets of each table; one that prints the head of the table on the page before goes on with it.

    Some programs begin a new table in the tree on each page.
    """
    joined: list[list[Sheet]] = []
    for sheets in tables:
        first, before = sheets[0], joined[-1] if joined else None
        follows = before is not None and before[-1].page.number + 1 == first.page.number
        if before and follows and _same_head(before[0], first):
            first.drop(first.head)
            before += sheets
        elif before and follows and not first.head and _is_next(before[-1], first):
            before += sheets
        else:
            joined.append(sheets)
    return joined


def _is_next(one: Sheet, other: Sheet) -> bool:
    """Whether the tree has one table right after the other, with as many columns, and nothing between."""
    *parents, at = one.tags[0].table
    columns = [max(cell.siblings for cell in sheet.tags) for sheet in (one, other)]
    return other.tags[0].table == (*parents, at + 1) and columns[0] == columns[1]


def _same_head(one: Sheet, other: Sheet) -> bool:
    """Whether both name the same columns, and the other says more than that."""
    names = other.seen(other.head)
    return bool(names and other.texts.keys() - other.head) and said(names) == said(one.seen(one.head))


def _read(sheets: Sequence[Sheet]) -> list[Tagged]:
    """The table as the tree has it, one part a page; none where the tree is not to be trusted."""
    for sheet in sheets:
        sheet.set_lines()
    lines = _lines(sheets)
    cells = with_spans({(cell.row, cell.at): cell for sheet in reversed(sheets) for cell in sheet.tags}, lines)
    rows = [list(its) for _, its in groupby(sorted(cells), key=lambda key: key[0])]
    columns = place_cells([[_given(cells[key], lines.get(key, [])) for key in row] for row in rows])
    if columns is None or len(rows) < 2 or not all(_agrees(sheet, cells) for sheet in sheets):
        return []
    head = sheets[0].head
    if not head and len(columns.lefts) < FEWEST_COLUMNS and not any(map(_framed, sheets)):
        return []
    names = sheets[0].seen(head or rows[0])
    again = [[], *(_printed_again(sheet, names) for sheet in sheets[1:])]
    grid = _grid(rows, cells, columns, lines)
    count = len({row for row, _ in head}) or None
    found = []
    for sheet, printed in zip(sheets, again, strict=True):
        part = Part(sheet.page.number, columns.cuts, _heights(sheet, printed), grid, header_rows=count)
        found.append(Tagged(part, reduce(Box.joined, map(box_of, printed), sheet.box), sheet.marks, frozenset(printed)))
        grid = []  # the first part has them all
    return found


def _lines(sheets: Iterable[Sheet]) -> dict[Key, list[Line]]:
    """The lines of each cell, what is printed again on a later page left out."""
    lines: dict[Key, list[Line]] = {}
    for sheet in sheets:
        for key, its in sheet.lines.items():
            before = lines.setdefault(key, [])
            if words_of(its) != words_of(before):
                before += its
    return lines


def _given(cell: TaggedCell, lines: Sequence[Line]) -> Given:
    left, right = min((line.x0 for line in lines), default=None), max((line.x1 for line in lines), default=None)
    return Given(cell.down, cell.across, left, right)


def _agrees(sheet: Sheet, cells: dict[Key, TaggedCell]) -> bool:
    """Whether the rows stand one under the other, and nothing else among them."""
    bands: dict[tuple[int, ...], list[float]] = {}
    for key in sorted(sheet.lines):
        if cells[key].down == 1:
            bands.setdefault(key[0], []).extend(line.base for line in sheet.lines[key])
    if any(max(row) >= min(under) for row, under in pairwise(bands.values())):
        return False
    box, marks = sheet.box, sheet.marks
    return all(
        glyph.mark in marks or not is_seen(glyph) or not box.holds(*middle(glyph)) for glyph in sheet.page.glyphs
    )


def _framed(sheet: Sheet) -> bool:
    """Whether a level rule shows that there is a table."""
    box = sheet.box
    wide = FRAMED * (box.x1 - box.x0)
    level = (rule for rule in sheet.page.rules if not rule.upright and rule.end - rule.start >= wide)
    return any(box.holds(*_centre(rule), MARGIN) for rule in level)


def _heights(sheet: Sheet, printed: Sequence[Glyph]) -> list[float]:
    """Where its first row, or the head printed again, begins and the row ends, and where the sheet ends."""
    first = min(sheet.lines)[0]
    row = [line.bottom for key, lines in sheet.lines.items() if key[0] == first for line in lines]
    return [min([sheet.box.top, *(glyph.top for glyph in printed)]), max(row), sheet.box.bottom]


def _grid(
    rows: Sequence[Sequence[Key]], cells: dict[Key, TaggedCell], columns: Columns, lines: dict[Key, list[Line]]
) -> list[Row]:
    """The whole grid, a cell's text in the first of the places that it spans."""
    cuts = columns.cuts
    grid = [[Place() for _ in cuts[1:]] for _ in rows]
    for at, (row, places) in enumerate(zip(rows, columns.places, strict=True)):
        for key, first in zip(row, places, strict=True):
            cell, end = cells[key], first + cells[key].across
            for under in grid[at : at + cell.down]:
                under[first:end] = [Place(covered=True) for _ in range(first, end)]
            room = columns.room(first, end)
            grid[at][first] = filled(lines.get(key, []), room, tall=cell.down > 1)
    return grid


def _printed_again(sheet: Sheet, names: Sequence[Glyph]) -> list[Glyph]:
    """The head of the table, or what is left of it, where a program prints it over the rest and tells no one."""
    over = sheet.untagged_over(len(names))
    return over if said(over) <= said(names) else []
