"""The fast engine: pages read through PDFium, without pdfminer.

A page that is turned, or on which PDFium left out a text object, is left to the reference
engine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
from msgspec.structs import replace

from checker.readers import pdfium_calls as pdfium
from checker.readers.limits import Limits, OverLimit
from checker.readers.pdf_beside import has_unruled_cells
from checker.readers.pdf_page import MOSTLY_PICTURE, Glyphs, Page, Tags, on_grounds
from checker.readers.pdf_source import BrokenPdf, DoubtfulPage, LockedPdf
from checker.readers.pdfium_letters import Frame, Letters
from checker.readers.pdfium_shapes import Shapes, unread
from checker.readers.pdfium_tree import tags_of


class PdfiumSource:
    """A PDF whose pages PDFium reads. Raises ``BrokenPdf`` or ``LockedPdf``."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._limits = limits
        try:
            self._pdf = pypdfium2.PdfDocument(path)
            self.count = len(self._pdf)
            self._tagged = bool(pdfium.is_tagged(pdfium.address(self._pdf.raw)))
            self._open_table = False  # whether the page before had a table that may go on
        except pypdfium2.PdfiumError as error:
            raise (LockedPdf if error.err_code == raw.FPDF_ERR_PASSWORD else BrokenPdf) from error

    def page(self, number: int) -> Page:
        """A page, from 1. Raises ``DoubtfulPage`` for one that is better read slowly."""
        page = self._pdf[number - 1]
        try:
            if page.get_rotation():
                raise DoubtfulPage
            text = page.get_textpage()
            try:
                read = _read(number, page, text, self._limits, tagged=self._tagged)
                return replace(read, tags=self._tags(page, read)) if self._tagged else read
            finally:
                text.close()
        finally:
            page.close()

    def _tags(self, page: Any, read: Page) -> Tags:  # noqa: ANN401
        """What the tree says, of tables only where it may know more than the rules, for it is slow."""
        above, self._open_table = self._open_table, has_unruled_cells(read.glyphs, read.rules)
        return tags_of(pdfium.address(page.raw), tables=above or self._open_table)

    def close(self) -> None:
        """Free the file."""
        self._pdf.close()


def _read(number: int, page: Any, text: Any, limits: Limits, *, tagged: bool) -> Page:  # noqa: ANN401 (pypdfium2 has no types)
    frame = _frame(page)
    count = raw.FPDFText_CountChars(text)
    if count > limits.page_characters:  # before a call for each of them
        raise OverLimit("page_characters", count)
    letters = Letters(pdfium.address(text.raw), frame, tagged=tagged)
    glyphs = letters.read(count)
    shapes = Shapes(frame, letters.styles)
    shapes.read(pdfium.address(page.raw))
    area = frame.width * frame.height
    pictured = min(1.0, shapes.pictured / area) if area > 0 else 0.0
    glyphs += frame.shown(
        [*on_grounds(letters.white, shapes.grounds), *(letters.unseen if pictured > MOSTLY_PICTURE else ())]
    )
    if unread(shapes.silent, glyphs):
        raise DoubtfulPage
    return Page(
        number=number,
        width=frame.width,
        height=frame.height,
        glyphs=Glyphs([*glyphs, *shapes.spaces]),
        rules=tuple(shapes.rules),
        pictured=pictured,
        turned=letters.turned,
        sideways=tuple((quarters, Glyphs(its)) for quarters, its in letters.sideways.items()),
    )


def _frame(page: Any) -> Frame:  # noqa: ANN401
    """The part of the sheet that is shown."""
    sheet, crop = page.get_mediabox(), page.get_cropbox()
    left, bottom = max(sheet[0], crop[0]), max(sheet[1], crop[1])
    right, top = min(sheet[2], crop[2]), min(sheet[3], crop[3])
    return Frame(left, top, right - left, top - bottom)
