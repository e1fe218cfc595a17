"""One page of a PDF as plain values: its characters, its ruled lines and how much of it is a picture.

This is the border to pdfplumber: nothing of its untyped dictionaries goes further than here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from checker.document import Box
from checker.knowledge import knowledge

THIN = 3.0  # a filled rectangle no thicker than this is a line
LEAN = 0.2  # sine of the angle up to which a character counts as upright
CHUNK = 1 << 20
UNREADABLE = "�"
BOLD_FONTS = ("bold", "black", "heavy", "simhei", "stheiti", "-hei", "黑体", "小标宋", "xiaobiaosong")


class Glyph(NamedTuple):
    """A character where it stands. ``base`` is the height of its baseline from the top."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    font: str

    @property
    def box(self) -> Box:
        """Its rectangle, rounded to what matters on a page."""
        return Box(round(self.x0, 2), round(self.top, 2), round(self.x1, 2), round(self.bottom, 2))

    @property
    def bold(self) -> bool:
        """Whether its font is one of those that set headings apart."""
        return is_bold(self.font)


class Rule(NamedTuple):
    """A ruled line: at height ``at`` from ``start`` to ``end``, or upright at ``at``."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page.

    ``pictured`` is the share of it that pictures cover, ``turned`` counts characters that stand
    on their side, ``torn`` says that its content breaks off.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictured: float = 0.0
    turned: int = 0
    torn: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """Its size in whole points: pages of one shape are laid out alike."""
        return round(self.width), round(self.height)

    @property
    def letters(self) -> int:
        """How many characters can be seen and read."""
        return sum(1 for glyph in self.glyphs if not glyph.text.isspace() and glyph.text != UNREADABLE)


@cache
def is_bold(font: str) -> bool:
    """Whether a font's name says that it is bold or one that headings are set in."""
    name = font.lower()
    return any(word in name for word in BOLD_FONTS)


@cache
def ideographs() -> dict[int, str]:
    """Radicals that fonts emit, with the ideographs that are meant, for ``str.translate``."""
    table: dict[str, str] = knowledge("cjk_radicals")["ideographs"]
    return {ord(radical): ideograph for radical, ideograph in table.items()}


def read_page(number: int, page: Any) -> Page:  # noqa: ANN401 (pdfplumber has no types)
    """Take what is needed from a page of pdfplumber."""
    torn = _torn(page)  # before anything is decoded, when the packed bytes are still at hand
    upright, turned = [], 0
    for char in page.chars:
        matrix = char["matrix"]
        scale = max(abs(matrix[0]), abs(matrix[1]), abs(matrix[2]), abs(matrix[3])) or 1.0
        if abs(matrix[1]) > LEAN * scale:
            turned += 1  # a watermark across the page, or a page laid on its side
        else:
            upright.append(char)
    return Page(
        number=number,
        width=float(page.width),
        height=float(page.height),
        glyphs=tuple(glyph for char in upright if _on_page(char, page) for glyph in _glyphs(char)),
        rules=tuple(_rules(page.lines, page.rects)),
        pictured=_pictured(page.images, float(page.width) * float(page.height)),
        turned=turned,
        torn=torn,
    )


def _torn(page: Any) -> bool:  # noqa: ANN401
    """Whether the page's packed content is damaged: pdfminer then reads as far as it gets and is silent."""
    from pdfminer.pdftypes import PDFStream, resolve1

    for content in page.page_obj.contents:
        stream = resolve1(content)
        packed = isinstance(stream, PDFStream) and stream.decipher is None and stream.rawdata
        filters = stream.get_filters() if packed else []
        if not packed or not filters or getattr(filters[0][0], "name", "") not in ("FlateDecode", "Fl"):
            continue
        unpack = zlib.decompressobj()
        rest = packed
        try:
            while rest and not unpack.eof:
                unpack.decompress(rest, CHUNK)  # in pieces, so that no small file fills the memory here
                rest = unpack.unconsumed_tail
        except zlib.error:
            return True
    return False


def _on_page(char: dict[str, Any], page: Any) -> bool:  # noqa: ANN401
    """Whether any of it can be seen; text that runs out of the page is not part of what was printed."""
    left, top, right, bottom = page.bbox
    return bool(char["x1"] > left and char["x0"] < right and char["bottom"] > top and char["top"] < bottom)


def _glyphs(char: dict[str, Any]) -> Iterator[Glyph]:
    """A glyph for each character; a ligature's box is shared out among its letters."""
    text = str(char["text"])
    if text.startswith("(cid:"):
        text = UNREADABLE
    text = "".join(" " if sign.isspace() else sign for sign in text if sign.isprintable() or sign.isspace())
    text = text.translate(ideographs())
    x0, x1 = float(char["x0"]), float(char["x1"])
    step = (x1 - x0) / max(1, len(text))
    # The box of a font may say anything of its depth; the origin of the glyph is the baseline.
    base = float(char["bottom"]) + float(char["y0"]) - float(char["matrix"][5])
    for place, sign in enumerate(text):
        left = x0 + place * step
        yield Glyph(
            sign,
            left,
            float(char["top"]),
            left + step,
            float(char["bottom"]),
            base,
            float(char["size"]),
            char["fontname"],
        )


def _rules(lines: Iterable[dict[str, Any]], rects: Iterable[dict[str, Any]]) -> Iterator[Rule]:
    for line in lines:
        yield from _thin(line)
    for rect in rects:
        if min(rect["width"], rect["height"]) <= THIN:
            yield from _thin(rect)
        elif rect["stroke"]:
            x0, top, x1, bottom = (float(rect[side]) for side in ("x0", "top", "x1", "bottom"))
            yield from (Rule(False, top, x0, x1), Rule(False, bottom, x0, x1))  # noqa: FBT003
            yield from (Rule(True, x0, top, bottom), Rule(True, x1, top, bottom))  # noqa: FBT003
        # A rectangle that is only filled is a ground of colour; its sides may even be clipped away.


def _thin(shape: dict[str, Any]) -> Iterator[Rule]:
    """The line that a thin shape draws; slanting lines are none of a table's."""
    x0, top, x1, bottom = (float(shape[side]) for side in ("x0", "top", "x1", "bottom"))
    width, height = x1 - x0, bottom - top
    if height <= THIN and width > height:
        yield Rule(upright=False, at=(top + bottom) / 2, start=x0, end=x1)
    elif width <= THIN and height > width:
        yield Rule(upright=True, at=(x0 + x1) / 2, start=top, end=bottom)


def _pictured(images: Sequence[dict[str, Any]], area: float) -> float:
    """The share of the page that its pictures cover, counted apart and at most 1."""
    covered = sum(float(image["width"]) * float(image["height"]) for image in images)
    return min(1.0, covered / area) if area > 0 else 0.0
