"""Figures: numbers of the document with their unit and their place."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from checker.document import Location, Text
from checker.quantity import Qualifier, Quantity

HANZI_DIGITS = "零〇一二两三四五六七八九十百千万亿"


class Place(Struct, frozen=True, gc=False):
    """The block a figure stands in, and its cell (row and column from 0) when that is a table."""

    block: int
    section: int
    row: int | None = None
    column: int | None = None


class Figure(Struct, frozen=True, gc=False):
    """A stated number: what it says, the words it was read from and where they stand.

    ``text`` is the paragraph, heading or cell; the figure is ``text.value[start:end]``.
    """

    quantity: Quantity
    text: Text
    start: int
    end: int
    place: Place

    @property
    def raw(self) -> str:
        """The figure exactly as written."""
        return self.text.value[self.start : self.end]

    @property
    def number(self) -> str:
        """The digits as written, with sign, separators and per cent, without unit or qualifier."""
        return _number(self.raw)

    @property
    def with_unit(self) -> str:
        """The figure as written; a bare number of a table with the unit of its column."""
        return self.raw if not self.raw[-1:].isdigit() else self.raw + self.quantity.unit.name

    @property
    def unqualified(self) -> Figure:
        """The figure without 约, 高于 and the like: as a value that others are compared with."""
        return replace(self, quantity=replace(self.quantity, qualifier=Qualifier.NONE))

    def start_behind(self, signs: str) -> int:
        """Where the figure starts behind some of these characters (高于95%: behind 高于)."""
        return self.start + len(self.raw) - len(self.raw.lstrip(signs))

    @property
    def location(self) -> Location:
        """Page, line and box of the figure."""
        return self.text.locate(self.start, self.end)


@lru_cache(maxsize=4096)  # every check of a figure writes it
def _number(raw: str) -> str:
    digits = [i for i, char in enumerate(raw) if char.isdigit()] or [
        i for i, char in enumerate(raw) if char in HANZI_DIGITS
    ]
    if not digits:
        return raw.strip()
    start = digits[0] - 1 if digits[0] and raw[digits[0] - 1] in "-−－" else digits[0]
    tail = raw[digits[-1] + 1 :].lstrip()
    return raw[start : digits[-1] + 1] + (tail[0] if tail[:1] in {"%", "％", "‰"} else "")
