"""Lines of text from characters: which stand on one line, and where a space is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise, repeat
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from checker.boxes import Box, Boxes
from checker.document import Run, Text
from checker.readers.pdf_page import ASCENT, BOLD_FONTS, DESCENT, UNMARKED, UNSURE, Glyph, is_bold
from checker.text import ALL_SURE

SAME_LINE = 0.5  # of the larger size: raised and lowered characters stay on their line
SMALL, RAISED = 0.8, 0.2  # of the size: digits so small and so far up are a power or the mark of a note
WORD_GAP = 0.25  # of the size: a gap between two Latin words that has no space of its own
WIDE_GAP = 2.0  # of the size: a tab stop, whatever stands at its sides

PADDING = 12.0  # points of a cell's width that its text leaves free at least

_BASE = attrgetter("base")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Line(Struct, frozen=True):
    """The characters of one line from left to right, white space at the ends left out.

    ``base`` and ``size`` are those of most of its characters; ``bold`` says that all are.
    ``gaps`` are the places of white space in the text that is no character of the page; ``mark`` is
    that of its first character, ``heading`` the level that a structure tree gives it, 0 for none.
    """

    page: int
    text: Text
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool
    gaps: tuple[int, ...] = ()
    mark: int = UNMARKED
    heading: int = 0

    @classmethod
    def of(cls, page: int, glyphs: Sequence[Glyph]) -> Line:
        """The line that characters make, which stand in order."""
        signs, lefts, rights, bases, sizes, fonts, marks = zip(*glyphs, strict=True)
        middle = len(glyphs) // 2
        levels = sorted(set(zip(bases, sizes, strict=True)))
        if len(levels) > 1:
            levels = list(zip(bases, sizes, strict=True))
        tops = [base - ASCENT * size for base, size in levels]
        bottoms = [base + DESCENT * size for base, size in levels]
        boxes = Boxes.of(lefts, tops, rights, bottoms)
        base, size = sorted(bases)[middle], sorted(sizes)[middle]
        if min(sizes) < SMALL * size:
            signs = _with_powers(glyphs, base, size)
        value, gaps = "".join(signs), _gaps(glyphs, lefts, rights, min(sizes))
        if gaps:
            value, boxes = _with_gaps(signs, boxes, gaps)
        return cls(
            page,
            Text(value, (Run(0, page, None, boxes, unsure=_unsure(fonts, gaps)),)),
            lefts[0],
            rights[-1],
            min(tops),
            max(bottoms),
            base,
            size,
            _all_bold(signs, fonts),
            tuple(place + at for place, (at, _) in enumerate(gaps)),
            marks[0],
        )

    @property
    def glyphs(self) -> list[Glyph]:
        """Its characters again; of their fonts only whether all are bold."""
        font = BOLD_FONTS[0] if self.bold else ""
        run = self.text.runs[0]
        fonts = [UNSURE if at in run.unsure else font for at in range(len(self.text))] if run.unsure else repeat(font)
        glyphs = [
            Glyph(sign, box.x0, box.x1, box.top + ASCENT * (box.bottom - box.top), box.bottom - box.top, font)
            for sign, box, font in zip(self.text.value, run.boxes, fonts, strict=False)
        ]
        return [glyph for at, glyph in enumerate(glyphs) if at not in self.gaps] if self.gaps else glyphs


def _all_bold(signs: Sequence[str], fonts: Sequence[str]) -> bool:
    if len(set(fonts)) > 1:
        fonts = [font for sign, font in zip(signs, fonts, strict=True) if not sign.isspace()]
    return all(map(is_bold, set(fonts)))


def _with_powers(glyphs: Sequence[Glyph], base: float, size: float) -> tuple[str, ...]:
    """What the characters say, digits that are raised above the line as such: 10⁴ is not 104."""
    return tuple(
        one.text.translate(_POWERS) if one.size < SMALL * size and one.base < base - RAISED * size else one.text
        for one in glyphs
    )


def _unsure(fonts: Sequence[str], gaps: Sequence[tuple[int, str]]) -> frozenset[int]:
    """The places of characters that were badly read, counted with the white space of the gaps."""
    if UNSURE not in fonts:
        return ALL_SURE
    places = (at + sum(gap <= at for gap, _ in gaps) for at, font in enumerate(fonts) if font == UNSURE)
    return frozenset(places)


def words_of(lines: Iterable[Line]) -> str:
    """What lines say, without white space."""
    return "".join("".join(line.text.value.split()) for line in lines)


def lines_of(page: int, glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that characters make, from the top."""
    return [Line.of(page, row) for row in rows_of(glyphs)]


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Cluster characters into lines, from the top.

    The baseline decides and not the upper edge, so a superscript stays on its line.
    """
    rows: list[list[Glyph]] = []
    for base, level in groupby(sorted(glyphs, key=_BASE), key=_BASE):
        first, *others = level
        last = rows[-1][-1] if rows else None
        if last is None or base - last.base > SAME_LINE * max(first.size, last.size):
            rows.append([])
        rows[-1] += [first, *others]
    return [kept for row in rows if (kept := _in_order(row))]


def _in_order(row: list[Glyph]) -> list[Glyph]:
    """The characters of one line as they are read, or none of them if all are white."""
    # By their middles: a bracket that is set close to a quotation mark may begin to the left of it.
    row.sort(key=lambda one: one[1] + one[2])
    kept = row if all(one[0] != other[0] for one, other in pairwise(row)) else _once(row)
    start, stop = 0, len(kept)
    while start < stop and kept[start].text.isspace():
        start += 1
    while stop > start and kept[stop - 1].text.isspace():
        stop -= 1
    return kept[start:stop]


def _once(row: Iterable[Glyph]) -> list[Glyph]:
    """The characters without those that are drawn over the same one."""
    kept: list[Glyph] = []
    for glyph in row:
        if not kept or kept[-1].text != glyph.text or not _drawn_twice(kept[-1], glyph):
            kept.append(glyph)
    return kept


def _drawn_twice(last: Glyph, glyph: Glyph) -> bool:
    """Some programs make bold type by drawing each character again, a little to the right."""
    return glyph.x0 - last.x0 < 0.25 * (glyph.x1 - glyph.x0)


def _gaps(
    glyphs: Sequence[Glyph], lefts: Sequence[float], rights: Sequence[float], size: float
) -> list[tuple[int, str]]:
    """Before which glyphs a gap stands for white space, and for which; ``size`` is the smallest of the line."""
    room = WORD_GAP * size
    wide = [at for at, (right, left) in enumerate(zip(rights, lefts[1:], strict=False), 1) if left - right > room]
    return [(at, space) for at in wide if (space := _space_between(glyphs[at - 1], glyphs[at]))]


def _space_between(last: Glyph, glyph: Glyph) -> str:
    """What stands in the gap: a tab in a wide one, a space between Latin words, else nothing."""
    if last.text.isspace() or glyph.text.isspace():
        return ""
    gap, size = glyph.x0 - last.x1, max(last.size, glyph.size)
    if gap > WIDE_GAP * size:
        return "\t"
    return " " if gap > WORD_GAP * size and _latin(last.text) and _latin(glyph.text) else ""


def _with_gaps(signs: Sequence[str], boxes: Boxes, gaps: Iterable[tuple[int, str]]) -> tuple[str, Boxes]:
    """What is written with the white space that the gaps stand for, and its boxes."""
    written, places = list(signs), list(boxes)
    for at, space in sorted(gaps, reverse=True):
        before, after = places[at - 1], places[at]
        written.insert(at, space)
        places.insert(at, Box(before.x1, before.top, after.x0, before.bottom))
    return "".join(written), Boxes.around_each(places)


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
    return Text(line.value + " ", (*line.runs[:-1], replace(run, boxes=Boxes.around_each((*run.boxes, edge)))))
