"""The reference engine: pages read through pdfplumber, slowly.

This is the border to pdfplumber: nothing of its untyped dictionaries goes further than here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from checker.readers.limits import Limits
from checker.readers.pdf_page import (
    DOWN,
    LEAN,
    MOSTLY_PICTURE,
    UNMARKED,
    Glyph,
    Glyphs,
    Page,
    Rule,
    Tags,
    cleaned,
    on_grounds,
    quarters_of,
    rules_of,
)
from checker.readers.pdf_source import BrokenPdf, LockedPdf
from checker.readers.pdf_torn import unpacks
from checker.readers.pdfium_tree import Trees
from checker.readers.symbols import UNREADABLE, sign_of

WHITE = 0.98  # of the light of a colour: white to the eye

_PLAIN_COLOURS = ("DeviceGray", "DeviceRGB", "DeviceCMYK", "CalGray", "CalRGB", "ICCBased")

Sides = tuple[float, float, float, float]


class PlumberSource:
    """A PDF whose pages pdfplumber reads. Raises ``BrokenPdf`` or ``LockedPdf``."""

    def __init__(self, path: Path, limits: Limits) -> None:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect

        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # one warning for each font of a page
        self._limits = limits
        self._file = path.open("rb")
        try:
            self._pdf = pdfplumber.open(self._file)
            self.count = len(self._pdf.pages)
        except Exception as error:
            self._file.close()
            locked = any(isinstance(one, PDFPasswordIncorrect) for one in (error, *error.args))
            raise (LockedPdf if locked else BrokenPdf) from error
        self._trees = Trees(path) if "StructTreeRoot" in self._pdf.doc.catalog else None

    def page(self, number: int) -> Page:
        """A page, from 1; what pdfplumber holds of it is freed."""
        page = self._pdf.pages[number - 1]
        try:
            return read_page(number, page, self._limits, self._trees.page(number) if self._trees else Tags())
        finally:
            page.close()

    def close(self) -> None:
        """Free the file."""
        self._pdf.close()
        self._file.close()
        if self._trees:
            self._trees.close()


def read_page(number: int, page: Any, limits: Limits, tags: Tags) -> Page:  # noqa: ANN401 (pdfplumber has no types)
    """Take what is needed from a page of pdfplumber."""
    from checker.readers.plumber_device import UNSEEN, lay_out

    shown = _shown(page)
    width, height = shown[2] - shown[0], shown[3] - shown[1]
    torn = _torn(page, limits.stream_bytes)  # before anything is decoded, when the packed bytes are still at hand
    lay_out(page)
    upright, turned = [], 0
    sideways: dict[int, list[Glyph]] = {}
    for char in page.chars:
        matrix = char["matrix"]
        scale = max(abs(matrix[0]), abs(matrix[1]), abs(matrix[2]), abs(matrix[3])) or 1.0
        if abs(matrix[1]) <= LEAN * scale:
            upright.append(char)
        elif (quarters := quarters_of(matrix[1], matrix[0])) and char["tag"] != UNSEEN:
            sideways.setdefault(quarters, []).extend(_aside(char, quarters, shown))
        else:
            turned += 1  # a watermark across the page
    pictured = _pictured(page.images, width * height)
    return Page(
        number=number,
        width=width,
        height=height,
        glyphs=Glyphs(_seen(page, (char for char in upright if _on_page(char, shown)), shown, pictured)),
        rules=tuple(_rules(page, shown)),
        pictured=pictured,
        turned=turned,
        sideways=tuple((quarters, Glyphs(its)) for quarters, its in sideways.items()),
        torn=torn,
        tags=tags,
    )


def _torn(page: Any, most: int) -> bool:  # noqa: ANN401
    """Whether the page's packed content is damaged: pdfminer then reads as far as it gets and is silent."""
    from pdfminer.pdftypes import PDFStream, resolve1

    for content in page.page_obj.contents:
        stream = resolve1(content)
        packed = isinstance(stream, PDFStream) and stream.decipher is None and stream.rawdata
        filters = stream.get_filters() if packed else []
        if not packed or not filters or getattr(filters[0][0], "name", "") not in ("FlateDecode", "Fl"):
            continue
        if not unpacks(packed, most):
            return True
    return False


def _shown(page: Any) -> Sides:  # noqa: ANN401
    """The part of the sheet that is shown: left, top, right, bottom. Places count from its corner.

    What the crop box cuts off is worked out here: pdfplumber takes the wrong sides on a turned page.
    """
    sheet, crop = page.page_obj.mediabox, page.page_obj.cropbox
    cut = [crop[0] - sheet[0], sheet[3] - crop[3], sheet[2] - crop[2], crop[1] - sheet[1]]
    turns = page.rotation // 90
    left, top, right, bottom = (max(0, float(side)) for side in cut[-turns:] + cut[:-turns])
    whole = page.bbox
    return float(whole[0]) + left, float(whole[1]) + top, float(whole[2]) - right, float(whole[3]) - bottom


def _on_page(char: dict[str, Any], shown: Sides) -> bool:
    """Whether any of it can be seen; text that runs out of the page is not part of what was printed."""
    left, top, right, bottom = shown
    return bool(char["x1"] > left and char["x0"] < right and char["bottom"] > top and char["top"] < bottom)


def _seen(page: Any, chars: Iterable[dict[str, Any]], shown: Sides, pictured: float) -> Iterator[Glyph]:  # noqa: ANN401
    """The characters that a reader of the page sees; invisible ones on a picture are what it says."""
    from checker.readers.plumber_device import UNSEEN

    shapes = (shape for shape in (*page.rects, *page.curves) if shape["fill"] and not _is_white(shape))
    grounds = [_box(shape, shown) for shape in (*shapes, *page.images)]
    for char in chars:
        glyphs = _glyphs(char, shown)
        if char["tag"] == UNSEEN:
            yield from glyphs if pictured > MOSTLY_PICTURE else ()
        else:
            yield from on_grounds(glyphs, grounds) if _is_white(char) else glyphs


def _is_white(thing: dict[str, Any]) -> bool:
    """Whether a character or a shape is filled in white, in one of the plain colour spaces."""
    colour = thing["non_stroking_color"]
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    plain = thing.get("ncs", _PLAIN_COLOURS[0]) in _PLAIN_COLOURS  # of shapes it is not known
    if not plain or not all(isinstance(part, int | float) for part in parts):
        return False
    return max(parts) <= 1 - WHITE if len(parts) == 4 else len(parts) in (1, 3) and min(parts) >= WHITE


def _glyphs(char: dict[str, Any], shown: Sides) -> Iterator[Glyph]:
    """A glyph for each character; a ligature's box is shared out among its letters."""
    text = str(char["text"])
    font = char["fontname"]
    text = UNREADABLE if text.startswith("(cid:") else "".join(sign_of(sign, font) for sign in cleaned(text))
    x0, x1 = float(char["x0"]) - shown[0], float(char["x1"]) - shown[0]
    step = (x1 - x0) / max(1, len(text))
    # The box of a font may say anything of its depth; the origin of the glyph is the baseline.
    base = float(char["bottom"]) - shown[1] + float(char["y0"]) - float(char["matrix"][5])
    mark = char["mcid"]
    for place, sign in enumerate(text):
        left = x0 + place * step
        yield Glyph(sign, left, left + step, base, float(char["size"]), font, UNMARKED if mark is None else mark)


def _aside(char: dict[str, Any], quarters: int, shown: Sides) -> Iterator[Glyph]:
    """The glyphs of a character on its side, as they stand once they are upright."""
    left, top, right, bottom = shown
    base = float(char["matrix"][4]) - left
    upper, lower = float(char["top"]) - top, float(char["bottom"]) - top
    x0, x1 = (upper, lower) if quarters == DOWN else (bottom - top - lower, bottom - top - upper)
    size = float(char["x1"]) - float(char["x0"])
    for glyph in _glyphs(char, shown):
        yield glyph._replace(x0=x0, x1=x1, base=right - left - base if quarters == DOWN else base, size=size)


def _rules(page: Any, shown: Sides) -> Iterator[Rule]:  # noqa: ANN401
    for shape in page.lines:
        yield from rules_of(*_box(shape, shown), stroked=False)
    for shape in page.rects:
        yield from rules_of(*_box(shape, shown), stroked=bool(shape["stroke"]))


def _box(shape: dict[str, Any], shown: Sides) -> Sides:
    left, top = shown[:2]
    return float(shape["x0"]) - left, float(shape["top"]) - top, float(shape["x1"]) - left, float(shape["bottom"]) - top


def _pictured(images: Sequence[dict[str, Any]], area: float) -> float:
    """The share of the page that its pictures cover, counted apart and at most 1."""
    covered = sum(float(image["width"]) * float(image["height"]) for image in images)
    return min(1.0, covered / area) if area > 0 else 0.0
