"""What the structure tree of a tagged PDF says of a page, from PDFium.

PDFium gives of each page the part of the tree that has something on it: a cell without text is
missing, and so is what stands on other pages, but the places of the rest among their siblings stay.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import c_float
from itertools import repeat
from pathlib import Path

import pypdfium2

from checker.readers import pdfium_calls as pdfium
from checker.readers.pdf_page import UNMARKED, TaggedCell, Tags

MOST_ELEMENTS = 100_000  # of a page: a tree with more is left
DEEPEST = 40
WIDEST = 200  # columns that a cell may span
TYPE_LENGTH = 64  # bytes: longer names are none that matter here

_LEVELS = {f"H{level}": level for level in range(1, 7)}
_SPANS = (b"RowSpan", b"ColSpan")
_Place = tuple[int, ...]


class _TooLarge(Exception):
    """The tree has more elements than any page needs."""


def tags_of(page: int, *, tables: bool) -> Tags:
    """The headings on a page that was loaded and, if wanted, the cells of its tables."""
    tree = pdfium.tree_of(page)
    if not tree:
        return Tags()
    reading = _Reading(tables=tables)
    try:
        for at in range(pdfium.count_roots(tree)):
            root = pdfium.root_at(tree, at)
            if root:
                reading.element(root, (at,))
    except _TooLarge:
        return Tags()
    finally:
        pdfium.close_tree(tree)
    return Tags(tuple(reading.cells), tuple(reading.headings))


class Trees:
    """The structure tree of a file, for a reader of its pages that is not PDFium."""

    def __init__(self, path: Path) -> None:
        try:
            self._pdf = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            self._pdf = None

    def page(self, number: int) -> Tags:
        """What the tree says of a page, from 1."""
        if self._pdf is None or number > len(self._pdf) or not pdfium.is_tagged(pdfium.address(self._pdf.raw)):
            return Tags()
        page = self._pdf[number - 1]
        try:
            return tags_of(pdfium.address(page.raw), tables=True)
        finally:
            page.close()

    def close(self) -> None:
        """Free the file."""
        if self._pdf is not None:
            self._pdf.close()


class _Reading:
    """One walk over the tree of a page."""

    def __init__(self, *, tables: bool) -> None:
        self.cells: list[TaggedCell] = []
        self.headings: list[tuple[int, int]] = []
        self._leaves = ("P", "Span") if tables else ("P", "Span", "Table")  # what is not looked into
        self._seen = 0
        self._name = ctypes.create_string_buffer(TYPE_LENGTH)
        self._number = c_float()

    def element(self, element: int, place: _Place, table: _Place = ()) -> None:
        """An element that is no cell; ``table`` is the place of the table it stands in."""
        kind = self._kind(element)
        if kind in _LEVELS:
            self.headings += [(mark, _LEVELS[kind]) for mark in self._marks(element, place)]
        elif kind == "TR" and table:
            self._row(element, place, table)
        elif kind not in self._leaves:
            for at, child in self._children(element, place):
                self.element(child, (*place, at), place if kind == "Table" else table)

    def _row(self, row: int, place: _Place, table: _Place) -> None:
        children = list(self._children(row, place))
        cells = [(at, cell, kind) for at, cell in children if (kind := self._kind(cell)) in ("TD", "TH")]
        count = pdfium.count_children(row) - len(children) + len(cells)  # with those that have nothing on the page
        ended = len(children) > len(cells)
        for at, cell, kind in cells:
            spans = self._spans(cell)
            down, across = (spans.get(name, 1) for name in _SPANS)
            marks = tuple(self._marks(cell, (*place, at)))
            told, heads = bool(spans), kind == "TH"
            self.cells.append(TaggedCell(table, place, at, count, ended, down, across, told, heads, marks))

    def _children(self, element: int, place: _Place) -> Iterator[tuple[int, int]]:
        """The elements right below one, each with its place among its siblings."""
        count = pdfium.count_children(element)
        self._seen += count
        if self._seen > MOST_ELEMENTS or len(place) > DEEPEST:
            raise _TooLarge
        children = map(pdfium.child_at, repeat(element, count), range(count))
        return ((at, child) for at, child in enumerate(children) if child)

    def _marks(self, element: int, place: _Place) -> Iterator[int]:
        """The marks of all that an element holds on the page; a table within is told apart."""
        count = pdfium.count_children(element)
        yield from (mark for at in range(count) if (mark := pdfium.child_mark(element, at)) != UNMARKED)
        for at, child in self._children(element, place):
            if self._kind(child) == "Table":
                self.element(child, (*place, at))
            else:
                yield from self._marks(child, (*place, at))

    def _kind(self, element: int) -> str:
        length = pdfium.element_type(element, ctypes.addressof(self._name), TYPE_LENGTH)
        return self._name.raw[: length - 2].decode("utf-16-le", "replace") if 2 < length <= TYPE_LENGTH else ""

    def _spans(self, cell: int) -> dict[bytes, int]:
        """How many rows and columns a cell spans, where it is told."""
        spans = {}
        first = ctypes.addressof(self._number)
        for at in range(pdfium.count_attributes(cell)):
            attributes = pdfium.attributes_at(cell, at)
            for name in _SPANS:
                value = pdfium.attribute(attributes, name) if attributes else None
                if value and pdfium.number_of(value, first):
                    spans[name] = int(min(max(self._number.value, 1), WIDEST))
        return spans
