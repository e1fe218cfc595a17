"""Every text of a document with a plain copy to search in: no white space, one width.

Names and quotations are broken by line ends and spaces, so they are looked for in the plain copy;
a hit is told in the words of the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache

from msgspec import Struct

from checker.document import Document, Heading, Table, Text
from checker.extract.figures import Reading
from checker.extract.patterns import Pattern
from checker.figure import Place
from checker.verdict import Mention, Role

_WIDE = {ord("！") + i: chr(ord("!") + i) for i in range(94)}
_BLANK = frozenset(" \t\n\r\u00a0\u3000\u2002\u2003\u2009\u200b\u200a\u202f\ufeff")
_PLAIN: dict[int, str | None] = {
    **_WIDE,
    **dict.fromkeys(map(ord, _BLANK)),
    ord("〈"): "<",
    ord("〉"): ">",
    ord("＂"): '"',
    ord("〔"): "[",
    ord("〕"): "]",
}


@lru_cache(maxsize=4096)  # most finders that look for words look through all texts
def plain(text: str) -> str:
    """The text without white space, punctuation of one width."""
    made = text.translate(_PLAIN)
    return text if made == text else made


YEAR = Pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def title_years(document: Document) -> list[int]:
    """The years that the report's title names, in order."""
    return [int(match[0]) for match in YEAR.finditer(plain(document.title))]


class Spot(Struct, frozen=True, dict=True):
    """One text of the document: a paragraph, a heading, a cell. ``kind`` is cell, heading or the paragraph's."""

    text: Text
    place: Place
    kind: str

    @cached_property
    def plain(self) -> str:
        """The text to search in."""
        return plain(self.text.value)

    def mention(self, role: Role, start: int, end: int) -> Mention:
        """The stretch of the source for a stretch of the plain copy."""
        return Mention(role, self.text, *self._source(start, end), self.place)

    def words(self, start: int, end: int) -> str:
        """The source's words for a stretch of the plain copy, without white space."""
        first, last = self._source(start, end)
        return "".join(self.text.value[first:last].split())

    def _source(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain copy begins and ends in the source."""
        if len(self.plain) == len(self.text):
            return start, end
        offsets = [at for at, char in enumerate(self.text.value) if char not in _BLANK]
        return offsets[start], offsets[end - 1] + 1


@lru_cache(maxsize=2)
def find_spots(reading: Reading) -> tuple[Spot, ...]:
    """All texts in reading order, the contents page left out."""
    return tuple(_spots(reading.document))


def _spots(document: Document) -> Iterator[Spot]:
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    if not cell.covered and cell.text.value:
                        place = Place(block.index, block.section, cell.row, cell.column)
                        yield Spot(cell.text, place, "cell")
        elif isinstance(block, Heading):
            yield Spot(block.text, Place(block.index, block.section), "heading")
        elif block.kind != "toc":
            yield Spot(block.text, Place(block.index, block.section), block.kind)


def whole(role: Role, spot: Spot) -> Mention:
    """The mention of a whole text."""
    return Mention.words(role, spot.text, spot.place)
