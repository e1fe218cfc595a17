"""One page of a PDF as plain values: its characters, its ruled lines and how much of it is a picture.

Both engines (``pdf_pdfium`` and ``pdf_plumber``) fill these; nothing of theirs goes further.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import compress, repeat
from typing import Any, NamedTuple

from msgspec import Struct

from checker.knowledge import knowledge
from checker.readers.symbols import UNREADABLE, is_private

DOWN, UP = 1, 3  # which way text on its side runs: by how many quarters, clockwise, it is turned
MOSTLY_PICTURE = 0.5  # of a page: what is invisible on it is the text of the picture
THIN = 3.0  # a filled rectangle no thicker than this is a line
ASCENT, DESCENT = 0.88, 0.12  # of the size: where the square of an ideograph lies on its baseline
LEAN = 0.2  # sine of the angle up to which a character counts as upright
UNMARKED = -1  # the mark of a character that no structure tree speaks of
SURE, UNSURE = "scan", "scan?"  # in place of a font: how well a character was read from a picture
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
BOLD_FONTS = ("bold", "black", "heavy", "simhei", "stheiti", "-hei", "黑体", "小标宋", "xiaobiaosong")


class Glyph(NamedTuple):
    """A character where it stands: from ``x0`` to ``x1`` on a baseline at ``base`` from the top.

    Its height is that of the square which its font is drawn in; what a font says of its own
    height may be anything. ``mark`` is the number by which a tagged PDF's structure tree knows it.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: str
    mark: int = UNMARKED

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.base + DESCENT * self.size

    @property
    def bold(self) -> bool:
        """Whether its font is one of those that set headings apart."""
        return is_bold(self.font)


class Glyphs:
    """The characters of a page, packed: a report of 500 pages has half a million."""

    __slots__ = ("_columns", "_fonts", "_marks", "_names", "text")

    def __init__(self, glyphs: Iterable[Glyph]) -> None:
        columns = list(zip(*glyphs, strict=True)) or [()] * len(Glyph._fields)
        self.text = "".join(columns[0])
        self._columns = [array("f", column) for column in columns[1:5]]
        self._names = tuple(dict.fromkeys(columns[5]))
        number = {name: place for place, name in enumerate(self._names)}
        self._fonts = array("H", [number[name] for name in columns[5]])
        self._marks = array("i", columns[6])

    def beyond(self, ceiling: float, floor: float) -> list[Glyph]:
        """Those whose baseline is above one height or under another."""
        return list(self._chosen([base < ceiling or base > floor for base in self._columns[2]]))

    def without(self, dropped: Set[Glyph]) -> Glyphs:
        """All but some."""
        bases = {glyph.base for glyph in dropped}  # of most characters this alone says that they stay
        doubtful = [base in bases for base in self._columns[2]]
        answers = iter([glyph not in dropped for glyph in self._chosen(doubtful)])
        kept = [next(answers) if doubt else True for doubt in doubtful]
        return self._those(kept)

    def without_marks(self, marks: Set[int]) -> Glyphs:
        """All but those with one of the marks."""
        return self._those([mark not in marks for mark in self._marks])

    def _those(self, kept: Sequence[bool]) -> Glyphs:
        rest = object.__new__(Glyphs)
        rest.text = "".join(compress(self.text, kept))
        rest._columns = [array("f", compress(column, kept)) for column in self._columns]
        rest._names = self._names
        rest._fonts = array("H", compress(self._fonts, kept))
        rest._marks = array("i", compress(self._marks, kept))
        return rest

    def __len__(self) -> int:
        return len(self.text)

    def __iter__(self) -> Iterator[Glyph]:
        return self._made(self.text, *self._columns, self._fonts, self._marks)

    def _chosen(self, chosen: Sequence[bool]) -> Iterator[Glyph]:
        columns = (self.text, *self._columns, self._fonts, self._marks)
        return self._made(*(compress(column, chosen) for column in columns))

    def _made(self, *columns: Iterable[Any]) -> Iterator[Glyph]:
        *sides, fonts, marks = columns
        names = map(self._names.__getitem__, fonts)
        return map(tuple.__new__, repeat(Glyph), zip(*sides, names, marks, strict=True))


NO_GLYPHS = Glyphs(())


class Rule(NamedTuple):
    """A ruled line: at height ``at`` from ``start`` to ``end``, or upright at ``at``."""

    upright: bool
    at: float
    start: float
    end: float


class TaggedCell(NamedTuple):
    """A cell of a table as the structure tree has it, with what it has on one page.

    ``table`` and ``row`` are places in the tree, equal on all pages and in the order of reading; ``at``
    is the place in the row, which has so many ``siblings`` in all and may be ``ended`` by a mark of its
    own. ``down`` and ``across`` count the rows and columns that it spans, as the tree has ``told``, or else 1.
    """

    table: tuple[int, ...]
    row: tuple[int, ...]
    at: int
    siblings: int
    ended: bool
    down: int
    across: int
    told: bool
    heads: bool
    marks: tuple[int, ...]


class Tags(NamedTuple):
    """What the structure tree of a tagged PDF says of a page: cells, and marks with the level of their heading."""

    cells: tuple[TaggedCell, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()


class Page(Struct, frozen=True):
    """What stands on a page.

    ``pictured`` is the share of it that pictures cover, ``turned`` counts characters that slant,
    ``torn`` says that its content breaks off. ``sideways`` has the characters that run ``DOWN`` and
    ``UP``, as they stand once the page is turned so that they are upright.
    """

    number: int
    width: float
    height: float
    glyphs: Glyphs
    rules: tuple[Rule, ...]
    pictured: float = 0.0
    turned: int = 0
    torn: bool = False
    tags: Tags = Tags()
    sideways: tuple[tuple[int, Glyphs], ...] = ()

    @property
    def shape(self) -> tuple[int, int]:
        """Its size in whole points: pages of one shape are laid out alike."""
        return round(self.width), round(self.height)

    @property
    def unreadable(self) -> int:
        """How many characters have a place and no meaning."""
        return self.glyphs.text.count(UNREADABLE)

    @property
    def letters(self) -> int:
        """How many characters can be seen and read."""
        return len("".join(self.glyphs.text.split())) - self.unreadable


def on_grounds(glyphs: Iterable[Glyph], grounds: Sequence[tuple[float, float, float, float]]) -> list[Glyph]:
    """The characters whose middles lie on one of some surfaces: left, top, right, bottom."""
    kept = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in grounds):
            kept.append(glyph)
    return kept


def quarters_of(up: float, along: float) -> int:
    """Which way text runs whose direction has these two parts; 0 for text that slants."""
    return 0 if abs(along) > LEAN * abs(up) else UP if up > 0 else DOWN


@cache
def is_bold(font: str) -> bool:
    """Whether a font's name says that it is bold or one that headings are set in."""
    name = font.lower()
    return any(word in name for word in BOLD_FONTS)


@cache
def plain_signs() -> dict[int, str]:
    """Radicals and ligatures that fonts emit, with what is meant, for ``str.translate``."""
    table: dict[str, str] = knowledge("cjk_radicals")["ideographs"]
    return LIGATURES | {ord(radical): ideograph for radical, ideograph in table.items()}


@cache
def cleaned(text: str) -> str:
    """What a glyph says, without signs that nobody sees; all white space is one sign."""
    seen = (sign for sign in text if sign.isprintable() or sign.isspace() or is_private(sign))
    return "".join(" " if sign.isspace() else sign for sign in seen).translate(plain_signs())


def rules_of(x0: float, top: float, x1: float, bottom: float, *, stroked: bool) -> Sequence[Rule]:
    """The ruled lines that a line or a rectangle draws; slanting lines are none of a table's."""
    width, height = x1 - x0, bottom - top
    if min(width, height) <= THIN:
        if height <= THIN and width > height:
            return (Rule(upright=False, at=(top + bottom) / 2, start=x0, end=x1),)
        if width <= THIN and height > width:
            return (Rule(upright=True, at=(x0 + x1) / 2, start=top, end=bottom),)
        return ()
    if not stroked:  # a ground of colour, whose sides may even be clipped away
        return ()
    level = (Rule(upright=False, at=at, start=x0, end=x1) for at in (top, bottom))
    upright = (Rule(upright=True, at=at, start=top, end=bottom) for at in (x0, x1))
    return (*level, *upright)
