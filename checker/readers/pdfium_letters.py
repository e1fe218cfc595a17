"""The characters of a page from PDFium.

PDFium turns hyphens at the end of a line into signs of its own, sets in white space where it
sees a gap, gives the glyph's number for a character whose meaning it does not know, and parts
characters beyond the first plane into two. All that is undone here.
"""

from __future__ import annotations

import ctypes
from ctypes import c_double, c_float
from itertools import repeat
from typing import NamedTuple

from checker.readers import pdfium_calls as pdfium
from checker.readers.pdf_page import LEAN, UNREADABLE, Glyph, cleaned

HYPHENS = frozenset((0x02, 0xFFFE))  # what PDFium makes of "-" at the end of a line
SURROGATES = frozenset(range(0xD800, 0xE000))
AWAY = 0.01  # points between the origin of a character and its box when its font is spaced
FIRST_WIDE = "⺀"  # from here on characters are as wide as they are high
NAME_LENGTH = 256


class Frame(NamedTuple):
    """The visible part of a page: where its top left corner is, and its size."""

    left: float
    top: float
    width: float
    height: float

    def shows(self, glyph: Glyph) -> bool:
        """Whether any of it can be seen."""
        return glyph.x1 > 0 and glyph.x0 < self.width and glyph.bottom > 0 and glyph.top < self.height


class Style(NamedTuple):
    """What the characters of one text object have in common."""

    size: float
    font: str
    turned: bool


class Letters:
    """The characters of a page that its text objects show.

    ``styles`` has every object that gave a character, ``turned`` counts characters on their side.
    """

    def __init__(self, text: int, frame: Frame) -> None:
        self.turned = 0
        self.styles: dict[int, Style] = {}
        self._text = text
        self._frame = frame
        self._names: dict[int, str] = {}
        self._point = (c_double * 2)()

    def read(self, count: int) -> list[Glyph]:
        """All that can be seen of ``count`` characters, in the order of the content."""
        owners = list(map(pdfium.text_object, repeat(self._text, count), range(count)))
        signs = self._signs(count)
        sides = self._sides(count)
        glyphs: list[Glyph] = []
        start = 0
        while start < count:
            owner, stop = owners[start], start + 1
            while stop < count and owners[stop] == owner:
                stop += 1
            if owner:  # white space that PDFium sets in between objects belongs to none
                glyphs += self._run(owner, start, signs[start:stop], sides[start:stop])
            start = stop
        return [glyph for glyph in glyphs if self._frame.shows(glyph)]

    def _signs(self, count: int) -> list[str]:
        """What each character says; the second half of a pair says nothing."""
        codes = list(map(pdfium.unicode_of, repeat(self._text, count), range(count)))
        unmapped = map(pdfium.is_unmapped, repeat(self._text, count), range(count))
        signs = list(map(chr, codes))
        if not SURROGATES.isdisjoint(codes):
            signs = _paired(signs)
        if not HYPHENS.isdisjoint(codes):
            signs = ["-" if ord(sign or " ") in HYPHENS else sign for sign in signs]
        return [UNREADABLE if unknown > 0 else sign for sign, unknown in zip(signs, unmapped, strict=True)]

    def _sides(self, count: int) -> list[tuple[float, float]]:
        """The left and right side of each character as its font is spaced."""
        room = (c_float * (4 * count))()
        first = ctypes.addressof(room)
        for at in range(count):
            pdfium.loose_box(self._text, at, first + 16 * at)
        values = memoryview(room).cast("B").cast("f").tolist()
        return list(zip(values[::4], values[2::4], strict=True))

    def _run(self, owner: int, start: int, signs: list[str], sides: list[tuple[float, float]]) -> list[Glyph]:
        """The glyphs of one object that follow each other."""
        style = self.styles.get(owner)
        if style is None:
            style = self.styles[owner] = self._style(owner, start)
        if style.turned:
            self.turned += len(signs)
            return []
        x, base = self._origin(start)
        if abs(x + self._frame.left - sides[0][0]) > AWAY:
            return self._drawn(start, signs, sides, style)
        if len(set(sides)) < len(sides):
            sides = _shared(sides)
        dx, size, font = self._frame.left, style.size, style.font
        return [
            Glyph(letter, left - dx, right - dx, base, size, font)
            for sign, (left, right) in zip(signs, sides, strict=True)
            if right > left  # white space that PDFium sets in where it sees a gap has no width
            for letter in cleaned(sign)
        ]

    def _drawn(self, start: int, signs: list[str], sides: list[tuple[float, float]], style: Style) -> list[Glyph]:
        """The glyphs of a font that does not tell its spacing: PDFium gives the sides of what is drawn."""
        glyphs = []
        for at, (sign, (_, right)) in enumerate(zip(signs, sides, strict=True), start):
            x, base = self._origin(at)
            right -= self._frame.left
            for letter in cleaned(sign):
                end = x + style.size if letter >= FIRST_WIDE else right
                glyphs.append(Glyph(letter, x, end, base, style.size, style.font))
        return glyphs

    def _origin(self, at: int) -> tuple[float, float]:
        """Where a character's baseline begins."""
        first = ctypes.addressof(self._point)
        pdfium.origin(self._text, at, first, first + 8)
        x, y = self._point
        return x - self._frame.left, self._frame.top - y

    def _style(self, owner: int, at: int) -> Style:
        room = (c_float * 7)()
        first = ctypes.addressof(room)
        pdfium.matrix(self._text, at, first)
        pdfium.font_size(owner, first + 24)
        a, b, c, d, _, _, size = room
        font = pdfium.font(owner) or 0
        if font not in self._names:
            name = ctypes.create_string_buffer(NAME_LENGTH)
            pdfium.font_name(font, ctypes.addressof(name), NAME_LENGTH)
            self._names[font] = name.value.decode("utf-8", "replace")
        scale = max(abs(a), abs(b), abs(c), abs(d)) or 1.0
        return Style(abs(size * d), self._names[font], abs(b) > LEAN * scale)


def _paired(signs: list[str]) -> list[str]:
    """The signs with both halves of a character beyond the first plane joined in the first of them."""
    whole = "".join(signs).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    out: list[str] = []
    for sign in whole:
        out += [sign, ""] if ord(sign) > 0xFFFF else [sign]
    return out


def _shared(sides: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The sides, with the room of a ligature shared out among its letters."""
    out: list[tuple[float, float]] = []
    while len(out) < len(sides):
        at = end = len(out)
        while end < len(sides) and sides[end] == sides[at]:
            end += 1
        left, right = sides[at]
        step = (right - left) / (end - at)
        out += [(left + n * step, left + (n + 1) * step) for n in range(end - at)]
    return out
