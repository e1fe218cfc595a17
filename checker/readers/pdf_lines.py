"""Lines of text from characters: which stand on one line, and where a space is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from checker.document import Box, Run, Text
from checker.readers.pdf_page import Glyph

SAME_LINE = 0.5  # of the larger size: raised and lowered characters stay on their line
WORD_GAP = 0.25  # of the size: a gap between two Latin words that has no space of its own
WIDE_GAP = 2.0  # of the size: a tab stop, whatever stands at its sides


@dataclass(frozen=True)
class Line:
    """The characters of one line from left to right, white space at the ends left out."""

    page: int
    glyphs: tuple[Glyph, ...]

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return self.glyphs[-1].x1

    @cached_property
    def size(self) -> float:
        """The size that most of it is set in."""
        sizes = sorted(glyph.size for glyph in self.glyphs)
        return sizes[len(sizes) // 2]

    @cached_property
    def base(self) -> float:
        """The baseline of most of its characters."""
        bases = sorted(glyph.base for glyph in self.glyphs)
        return bases[len(bases) // 2]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(glyph.bottom for glyph in self.glyphs)

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is set in a bold font."""
        return all(glyph.bold for glyph in self.glyphs if not glyph.text.isspace())

    @cached_property
    def text(self) -> Text:
        """What it says, each character with its box."""
        signs: list[str] = []
        boxes: list[Box] = []
        last: Glyph | None = None
        for glyph in self.glyphs:
            space = _space_between(last, glyph)
            if space and last is not None:
                signs.append(space)
                boxes.append(Box(last.box.x1, last.box.top, glyph.box.x0, last.box.bottom))
            signs.append(glyph.text)
            boxes.append(glyph.box)
            last = glyph
        return Text("".join(signs), (Run(0, self.page, None, tuple(boxes)),))


def lines_of(page: int, glyphs: Iterable[Glyph]) -> list[Line]:
    """Cluster characters into lines, from the top.

    The baseline decides and not the upper edge, so a superscript stays on its line.
    """
    lines: list[Line] = []
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: one.base):
        if row and glyph.base - row[-1].base > SAME_LINE * max(glyph.size, row[-1].size):
            lines += _line(page, row)
            row = []
        row.append(glyph)
    return lines + _line(page, row)


def _line(page: int, row: list[Glyph]) -> list[Line]:
    """The line that the characters make, or none of them if all are white."""
    kept: list[Glyph] = []
    # By their middles: a bracket that is set close to a quotation mark may begin to the left of it.
    for glyph in sorted(row, key=lambda one: one.x0 + one.x1):
        if not kept or not _drawn_twice(kept[-1], glyph):
            kept.append(glyph)
    start, stop = 0, len(kept)
    while start < stop and kept[start].text.isspace():
        start += 1
    while stop > start and kept[stop - 1].text.isspace():
        stop -= 1
    return [Line(page, tuple(kept[start:stop]))] if start < stop else []


def _drawn_twice(last: Glyph, glyph: Glyph) -> bool:
    """Some programs make bold type by drawing each character again, a little to the right."""
    return last.text == glyph.text and glyph.x0 - last.x0 < 0.25 * (glyph.x1 - glyph.x0)


def _space_between(last: Glyph | None, glyph: Glyph) -> str:
    """What stands in the gap: a tab in a wide one, a space between Latin words, else nothing."""
    if last is None or last.text.isspace() or glyph.text.isspace():
        return ""
    gap, size = glyph.x0 - last.x1, max(last.size, glyph.size)
    if gap > WIDE_GAP * size:
        return "\t"
    return " " if gap > WORD_GAP * size and _latin(last.text) and _latin(glyph.text) else ""


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def join(lines: Sequence[Text], full: Sequence[bool]) -> Text:
    """The lines as one text.

    Nothing stands between Han characters. Latin words get a space; so do two numbers, unless
    ``full`` says that the line before had no room left: then it is one number, cut.
    """
    parts: list[Text] = []
    for number, line in enumerate(lines):
        if parts and _space_at_break(parts[-1].value[-1:], line.value[:1], full=full[number - 1]):
            parts[-1] = _with_space(parts[-1])
        parts.append(line)
    return Text.concat(*parts)


def _space_at_break(last: str, first: str, *, full: bool) -> bool:
    if not (_latin(last) and _latin(first)):
        return False
    return not full or (last.isalpha() and first.isalpha())


def _with_space(line: Text) -> Text:
    run = line.runs[-1]
    end = run.boxes[-1]
    edge = Box(end.x1, end.top, end.x1, end.bottom)
    return Text(line.value + " ", (*line.runs[:-1], Run(run.start, run.page, run.line, (*run.boxes, edge))))
