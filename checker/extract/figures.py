"""Finds every figure of a document once, before any relation is looked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from checker.document import Cell, Document, Heading, Paragraph, Table, Text
from checker.extract.clauses import Span, innermost
from checker.extract.column_units import column_units
from checker.extract.numbers import find_numbers, parse_cell
from checker.figure import Figure, Place
from checker.own import NOTHING_OWN, OwnKnowledge
from checker.units import Unit

LABEL_ENDS = "。；;，,：:）)"
"""Marks that end the words of another figure."""


class Passage(Struct, frozen=True, eq=False, dict=True):
    """A stretch of prose with its figures in order: a paragraph, a heading or a wordy cell.

    Two passages are the same only as one object.
    """

    text: Text
    place: Place
    figures: tuple[Figure, ...]
    is_heading: bool = False

    def within(self, start: int, end: int) -> tuple[Figure, ...]:
        """The figures that lie between two offsets."""
        first = bisect_left(self.figures, start, key=lambda f: f.start)
        last = bisect_right(self.figures, end, key=lambda f: f.end)
        return self.figures[first:last]

    def label(self, figure: Figure, start: int = 0) -> str:
        """The words right before a figure: back to the figure before, a mark, or ``start``."""
        key = figure.start, start
        if key not in self._labels:  # many finders ask for the label of one figure
            self._labels[key] = self._label(*key)
        return self._labels[key]

    @cached_property
    def _labels(self) -> dict[tuple[int, int], str]:
        return {}

    def _label(self, at: int, start: int) -> str:
        previous = self.before(at)
        left = max(start, previous.end if previous else start)
        text = self.text.value
        last = len(text[left:at].rstrip()) + left
        if text[last - 1 : last] in {"）", ")"}:  # 就业帮扶（含公益岗位）2988 万元
            opening = max(text.rfind("（", left, last), text.rfind("(", left, last))
            last = opening if opening >= 0 else last
        for index in range(last - 1, left - 1, -1):
            if text[index] in LABEL_ENDS:
                left = index + 1
                break
        return text[left:last].strip(" 、（(为是共有达至")

    def outside(self, span: Span) -> list[Figure]:
        """The figures of a sentence that stand in no bracket of it."""
        owners = innermost(self.text.value, span.start, span.end)
        return [f for f in self.within(span.start, span.end) if owners[f.start - span.start] == span]

    def at(self, offset: int) -> Figure | None:
        """The figure that the character at an offset belongs to."""
        index = bisect_right(self.figures, offset, key=lambda f: f.start)
        found = self.figures[index - 1] if index else None
        return found if found is not None and offset < found.end else None

    def before(self, offset: int) -> Figure | None:
        """The last figure that ends at or before an offset."""
        index = bisect_right(self.figures, offset, key=lambda f: f.end)
        return self.figures[index - 1] if index else None


class Reading(Struct, frozen=True, eq=False, dict=True):
    """A document with its figures: what finders look at. Two readings are the same only as one object.

    ``cells`` maps (block, row, column) to the figure of a cell that is one number; ``own`` is what the
    users know of this report.
    """

    document: Document
    passages: tuple[Passage, ...]
    cells: Mapping[tuple[int, int, int], Figure]
    own: OwnKnowledge = NOTHING_OWN

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the document."""
        return (*(f for p in self.passages for f in p.figures), *self.cells.values())

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """Paragraphs and wordy cells, no headings."""
        return tuple(p for p in self.passages if not p.is_heading)

    @cached_property
    def _by_cell(self) -> dict[tuple[int, int, int], Passage]:
        return {
            (p.place.block, p.place.row, p.place.column): p
            for p in self.passages
            if p.place.row is not None and p.place.column is not None
        }

    @cached_property
    def _by_section(self) -> dict[int, list[Passage]]:
        found: dict[int, list[Passage]] = {}
        for passage in self.passages:
            if passage.place.row is None:
                found.setdefault(passage.place.section, []).append(passage)
        return found

    def cell_passage(self, table: Table, row: int, column: int) -> Passage | None:
        """The passage that stands in a cell, None where the cell is a number or has no figure."""
        return self._by_cell.get((table.index, row, column))

    def in_section(self, section: int) -> list[Passage]:
        """Headings and paragraphs that stand directly in a section."""
        return self._by_section.get(section, [])

    def cell(self, table: Table, row: int, column: int) -> Figure | None:
        """The figure of a cell that is one number; None for a label, a blank or a dash."""
        return self.cells.get((table.index, row, column))

    def named_figures(self, table: Table) -> Iterator[tuple[str, Cell, Figure]]:
        """Every figure of a table's body with its cell and the words that stand last before it in its row."""
        for row in table.body:
            named = ""
            for cell in row:
                figure = self.cell(table, cell.row, cell.column)
                if figure is None:
                    named = cell.value or named
                else:
                    yield named, cell, figure


def find_figures(document: Document, own: OwnKnowledge = NOTHING_OWN) -> Reading:
    """Every figure of the document, in prose and in tables."""
    passages: list[Passage] = []
    cells: dict[tuple[int, int, int], Figure] = {}
    for block in document.blocks:
        if isinstance(block, Table):
            for item in _table_items(block):
                if isinstance(item, Passage):
                    passages.append(item)
                else:
                    cells[block.index, item.place.row or 0, item.place.column or 0] = item
        elif isinstance(block, Heading) or block.kind in {"prose", "caption"}:
            place = Place(block.index, block.section)
            passages.append(_passage(block.text, place, is_heading=isinstance(block, Heading)))
    return Reading(document, tuple(passages), cells, own)


def _passage(text: Text, place: Place, *, is_heading: bool = False) -> Passage:
    figures = tuple(Figure(f.quantity, text, f.start, f.end, place) for f in find_numbers(text.value))
    return Passage(text, place, figures, is_heading)


def _table_items(table: Table) -> Iterator[Figure | Passage]:
    units = column_units(table)
    for row in table.body:
        for cell in row:
            if cell.covered or not cell.value:
                continue
            yield from _cell_items(table, cell, units[cell.column])


def _cell_items(table: Table, cell: Cell, unit: Unit | None) -> Iterator[Figure | Passage]:
    place = Place(table.index, table.section, cell.row, cell.column)
    quantity = parse_cell(cell.text.value, unit)
    if quantity is not None:
        value = cell.text.value
        start = len(value) - len(value.lstrip())
        yield Figure(quantity, cell.text, start, start + len(value.strip()), place)
        return
    passage = _passage(cell.text, place)
    if passage.figures:
        yield passage


def paragraphs_before(document: Document, table: Table) -> Iterator[Paragraph]:
    """The paragraphs directly before a table, nearest first, up to a heading or another table."""
    for block in reversed(document.blocks[: table.index]):
        if not isinstance(block, Paragraph):
            return
        if block.kind == "prose":
            yield block
