"""The characters of a page from PDFium.

PDFium turns hyphens at the end of a line into signs of its own, sets in white space where it
sees a gap, gives the glyph's number for a character whose meaning it does not know, and parts
characters beyond the first plane into two. All that is undone here.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterable, Iterator
from ctypes import c_double, c_float
from itertools import count as count_from
from itertools import groupby, repeat
from typing import NamedTuple

from checker.readers import pdfium_calls as pdfium
from checker.readers.pdf_page import ASCENT, DESCENT, DOWN, LEAN, UNMARKED, Glyph, cleaned, quarters_of
from checker.readers.symbols import UNREADABLE, is_private, sign_of

HYPHENS = frozenset((0x02, 0xFFFE))  # what PDFium makes of "-" at the end of a line
SURROGATES = frozenset(range(0xD800, 0xE000))
AWAY = 0.01  # points between the origin of a character and its box when its font is spaced
FIRST_WIDE = "⺀"  # from here on characters are as wide as they are high
NAME_LENGTH = 256

_new = tuple.__new__  # what a named tuple does, without a call between


class Frame(NamedTuple):
    """The visible part of a page: where its top left corner is, and its size."""

    left: float
    top: float
    width: float
    height: float

    def shown(self, glyphs: Iterable[Glyph]) -> list[Glyph]:
        """Those of which anything can be seen."""
        _, _, width, height = self
        return [
            glyph
            for glyph in glyphs
            if glyph[2] > 0
            and glyph[1] < width
            and glyph[3] > -DESCENT * glyph[4]
            and glyph[3] < height + ASCENT * glyph[4]
        ]


class Style(NamedTuple):
    """What the characters of one text object have in common.

    ``turned`` says that they do not stand upright, ``quarters`` which way they run on their side,
    0 for those that slant. ``drawn`` says that their font does not tell its
    spacing: PDFium then gives the sides of what is drawn. ``unseen`` characters are not drawn at
    all, ``white`` ones are seen on a ground of colour only.
    """

    base: float
    size: float
    font: str
    turned: bool
    quarters: int
    drawn: bool
    mark: int
    unseen: bool
    white: bool


class Letters:
    """The characters of a page that its text objects show.

    ``styles`` has every object that gave a character, ``turned`` counts characters that slant;
    ``unseen``, ``white`` and ``sideways`` are the characters of such objects, which ``read`` does not give.
    """

    def __init__(self, text: int, frame: Frame, *, tagged: bool) -> None:
        self.turned = 0
        self.sideways: dict[int, list[Glyph]] = {}
        self.unseen: list[Glyph] = []
        self.white: list[Glyph] = []
        self.styles: dict[int, Style] = {}
        self._text = text
        self._frame = frame
        self._tagged = tagged
        self._odd = False  # whether any sign is several letters, or known to its font alone
        self._names: dict[int, str] = {}
        self._room = (c_float * 7)()
        self._matrix = ctypes.addressof(self._room)
        self._size = self._matrix + 6 * ctypes.sizeof(c_float)
        self._values = memoryview(self._room).cast("B").cast("f")
        self._point = (c_double * 2)()

    def read(self, count: int) -> list[Glyph]:
        """All that can be seen of ``count`` characters, in the order of the content."""
        owners = list(map(pdfium.text_object, repeat(self._text, count), range(count)))
        signs = self._signs(count)
        lefts, rights = self._sides(count)
        glyphs: list[Glyph] = []
        start = 0
        while start < count:
            owner, stop = owners[start], start + 1
            while stop < count and owners[stop] == owner:
                stop += 1
            if owner:  # white space that PDFium sets in between objects belongs to none
                run = self._run(owner, start, signs[start:stop], lefts[start:stop], rights[start:stop])
                style = self.styles[owner]
                (self.unseen if style.unseen else self.white if style.white else glyphs).extend(run)
            start = stop
        return self._frame.shown(glyphs)

    def _signs(self, count: int) -> list[str]:
        """What each character says; the second half of a pair says nothing."""
        codes = list(map(pdfium.unicode_of, repeat(self._text, count), range(count)))
        unmapped = list(map(pdfium.is_unmapped, repeat(self._text, count), range(count)))
        signs = list(map(chr, codes))
        if not SURROGATES.isdisjoint(codes):
            signs = _paired(signs)
        if not HYPHENS.isdisjoint(codes):
            signs = ["-" if ord(sign or " ") in HYPHENS else sign for sign in signs]
        if any(unmapped):
            signs = [UNREADABLE if unknown > 0 else sign for sign, unknown in zip(signs, unmapped, strict=True)]
        signs = list(map(cleaned, signs))
        self._odd = any(len(sign) > 1 or is_private(sign) for sign in set(signs))
        return signs

    def _sides(self, count: int) -> tuple[list[float], list[float]]:
        """The left and right sides of the characters as their fonts are spaced."""
        room = (c_float * (4 * count))()
        first = ctypes.addressof(room)
        deque(map(pdfium.loose_box, repeat(self._text, count), range(count), count_from(first, 16)), maxlen=0)
        values = list(memoryview(room).cast("B").cast("f"))
        return values[::4], values[2::4]

    def _run(self, owner: int, start: int, signs: list[str], lefts: list[float], rights: list[float]) -> list[Glyph]:
        """The glyphs of one object that follow each other."""
        style = self.styles.get(owner)
        if style is None:
            style = self.styles[owner] = self._style(owner, start, lefts[0])
        if self._odd:
            signs = ["".join(sign_of(letter, style.font) for letter in sign) for sign in signs]
        if style.turned:
            if style.quarters and not style.unseen:
                self.sideways.setdefault(style.quarters, []).extend(self._aside(start, signs, style))
            else:
                self.turned += len(signs)
            return []
        if style.drawn:
            return self._drawn(start, signs, rights, style)
        if len(signs) > 1 and len(set(lefts)) < len(lefts):
            lefts, rights = _shared(lefts, rights)
        if self._odd and max(map(len, signs)) > 1:
            signs, lefts, rights = _spelt(signs, lefts, rights)
        dx, (base, size, font, _, _, _, mark, _, _) = self._frame.left, style
        return [
            _new(Glyph, (letter, left - dx, right - dx, base, size, font, mark))
            for sign, left, right in zip(signs, lefts, rights, strict=True)
            if right > left  # white space that PDFium sets in where it sees a gap has no width
            for letter in sign
        ]

    def _drawn(self, start: int, signs: list[str], rights: list[float], style: Style) -> list[Glyph]:
        """The glyphs of a font that does not tell its spacing, each from its origin."""
        glyphs = []
        first = ctypes.addressof(self._point)
        for at, (sign, right) in enumerate(zip(signs, rights, strict=True), start):
            pdfium.origin(self._text, at, first, first + 8)
            x, base = self._point[0] - self._frame.left, self._frame.top - self._point[1]
            for letter in sign:
                end = x + style.size if letter >= FIRST_WIDE else right - self._frame.left
                glyphs.append(Glyph(letter, x, end, base, style.size, style.font, style.mark))
        return glyphs

    def _aside(self, start: int, signs: list[str], style: Style) -> Iterator[Glyph]:
        """The glyphs of an object that stands on its side, as they stand once they are upright."""
        point, box = ctypes.addressof(self._point), ctypes.addressof(self._room)
        frame, down = self._frame, style.quarters == DOWN
        for at, sign in enumerate(signs, start):
            pdfium.origin(self._text, at, point, point + 8)
            pdfium.loose_box(self._text, at, box)
            x, upper, lower = self._point[0] - frame.left, frame.top - self._values[1], frame.top - self._values[3]
            x0, x1 = (upper, lower) if down else (frame.height - lower, frame.height - upper)
            base = frame.width - x if down else x
            step = (x1 - x0) / max(1, len(sign))
            for place, letter in enumerate(sign):
                left = x0 + place * step
                yield Glyph(letter, left, left + step, base, style.size, style.font, style.mark)

    def _style(self, owner: int, at: int, left: float) -> Style:
        pdfium.matrix(self._text, at, self._matrix)
        pdfium.font_size(owner, self._size)
        a, b, c, d, x, y, size = self._values.tolist()
        font = pdfium.font(owner) or 0
        if font not in self._names:
            name = ctypes.create_string_buffer(NAME_LENGTH)
            pdfium.font_name(font, ctypes.addressof(name), NAME_LENGTH)
            self._names[font] = name.value.decode("utf-8", "replace")
        turned = b != 0 and abs(b) > LEAN * max(abs(a), abs(b), abs(c), abs(d))
        mark = pdfium.mark_of(owner) if self._tagged else UNMARKED
        unseen, white = pdfium.render_mode(owner) in pdfium.NOT_DRAWN, pdfium.is_white(owner)
        base, drawn, quarters = self._frame.top - y, abs(x - left) > AWAY, quarters_of(b, a) if turned else 0
        height = abs(size * (c if quarters else d))
        return _new(Style, (base, height, self._names[font], turned, quarters, drawn, mark, unseen, white))


def _paired(signs: list[str]) -> list[str]:
    """The signs with both halves of a character beyond the first plane joined in the first of them."""
    whole = "".join(signs).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    out: list[str] = []
    for sign in whole:
        out += [sign, ""] if ord(sign) > 0xFFFF else [sign]
    return out


def _shared(lefts: list[float], rights: list[float]) -> tuple[list[float], list[float]]:
    """The sides, with the room of a ligature shared out among its letters."""
    new_lefts: list[float] = []
    new_rights: list[float] = []
    for (left, right), group in groupby(zip(lefts, rights, strict=True)):
        count = len(list(group))
        step = (right - left) / count
        new_lefts += [left + n * step for n in range(count)]
        new_rights += [left + (n + 1) * step for n in range(count)]
    return new_lefts, new_rights


def _spelt(signs: list[str], lefts: list[float], rights: list[float]) -> tuple[list[str], list[float], list[float]]:
    """The same with each letter of a sign on its own, in its share of the room."""
    letters = []
    for sign, left, right in zip(signs, lefts, rights, strict=True):
        step = (right - left) / max(1, len(sign))
        letters += [(letter, left + at * step, left + (at + 1) * step) for at, letter in enumerate(sign)]
    return [one[0] for one in letters], [one[1] for one in letters], [one[2] for one in letters]
