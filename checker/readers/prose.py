"""Paragraphs rebuilt from the lines of a text: soft line breaks and page breaks undone."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from checker.document import Text
from checker.extract.headings import parse_heading
from checker.extract.patterns import Pattern
from checker.readers.blocks import RawParagraph
from checker.readers.clean import clean, is_closed, soft_join
from checker.readers.lines import Line

OPEN_REACH = 500
"""How far back an open bracket or quotation mark is looked for."""

HANGS = 8
"""A bracket that was opened so few characters before a line's end goes on in the next, whatever that begins with."""
FEWEST = 10
"""So many lines of one width tell that the text was broken at that width."""
LONG_LINE = 60
"""A line with more characters than this is prose even without a comma."""

_ITEM = Pattern(
    r"(?:第[一二三四五六七八九十]{1,3}[章节部篇，、]|[一二三四五六七八九十]{1,3}(?:[、．.]|是)"
    r"|[（(]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）]|\d{1,2}\s*[、．.](?!\d)|\d{1,2}[)）]|[①-⑳])"
)
_CAPTION = Pattern(
    r"(?:续?表|图|附\s*[件录表])\s*[\d一二三四五六七八九十]|续表|(?:金额)?单位[：:]|注[：:]|数据来源|资料来源|目\s*录$"
)
_SENTENCE = Pattern(r"[，。、；,;]")
_ENTRY_END = Pattern(r"[.．·…‥]{3,}\s*\d{1,3}$")
"""A line of a contents page is whole."""
_BULLET = Pattern(r"(?:[-*+•●◆■]|>)\s+")
_BOLD_LINE = Pattern(r"\s*(?:\*\*[^*]+\*\*|__[^_]+__)\s*")
_HASHES = Pattern(r"\s*(#{1,6})\s+(.*?)\s*#*\s*")
_RULE = Pattern(r"\s*(?:[-*_]\s*){3,}")


def begins_block(value: str) -> bool:
    """Whether a line begins as a heading, an item of a list or a caption does."""
    return bool(_ITEM.match(value) or _CAPTION.match(value)) or parse_heading(value) is not None


class _Piece(Struct, frozen=True):
    """A line without its marks.

    ``depth`` counts its ``#``; ``full`` says that it fills the line, ``flush`` that it begins
    where only lines do that go on with a paragraph.
    """

    text: Text
    bold: bool
    depth: int
    full: bool
    flush: bool = False

    @property
    def value(self) -> str:
        return self.text.value


def paragraphs(lines: Sequence[Line], wrap: float = 0.0, flush: Container[int] = frozenset()) -> Iterator[RawParagraph]:
    """The paragraphs of a stretch of prose.

    ``wrap`` is the width at which its lines were broken. ``flush`` are the numbers of lines that
    begin at the margin where paragraphs are indented.
    """
    pieces: list[_Piece] = []
    gap = False
    for line in lines:
        piece = _piece(line, wrap)
        if piece is None:
            gap = True
            continue
        piece = replace(piece, flush=line.number in flush)
        if pieces and not _continues(pieces, piece, gap=gap):
            yield _paragraph(pieces)
            pieces = []
        pieces.append(piece)
        gap = False
    if pieces:
        yield _paragraph(pieces)


def _paragraph(pieces: Sequence[_Piece]) -> RawParagraph:
    parts = [pieces[0].text]
    for before, after in pairwise(piece.text for piece in pieces):
        parts.append(soft_join(before, after).cut(len(before), len(before) + len(after) + 1))
    return RawParagraph(Text.concat(*parts), pieces[0].bold, depth=pieces[0].depth)


def _piece(line: Line, wrap: float) -> _Piece | None:
    """What a line says, None where it says nothing."""
    if line.blank or _RULE.fullmatch(line.value):
        return None
    heading = _HASHES.fullmatch(line.value)
    bold = heading is not None or _BOLD_LINE.fullmatch(line.value) is not None
    value = clean(heading[2] if heading else line.value)
    bullet = _BULLET.match(value)
    value = value[bullet.end() :] if bullet else value
    full = bool(wrap) and columns(line.value) >= wrap - 6
    depth = len(heading[1]) if heading else 0
    return _Piece(Text.of(value, line=line.number), bold, depth, full) if value else None


def _continues(pieces: Sequence[_Piece], after: _Piece, *, gap: bool) -> bool:
    """Whether ``after`` is the rest of the paragraph of which ``pieces`` are the lines so far."""
    last, before = pieces[-1], pieces[-1].value
    if pieces[0].bold or after.bold or _ENTRY_END.search(before):
        return False
    if (
        after.flush
        and (last.full or not (last.flush or gap))
        and not (before[-1] in "。！？" and begins_block(after.value))
    ):
        return True
    if begins_block(after.value) and not _inside_quotation(before[-HANGS:]):
        return False
    if is_closed(before):
        return before[-1] in "；;" and _inside_quotation(before[-OPEN_REACH:])
    if (last.full and not gap) or len(pieces) > 1:
        return True
    return _is_unfinished(before)


def goes_on(before: str, after: str) -> bool:
    """Whether a line is the rest of the sentence in the line before it."""
    return not begins_block(after) and not is_closed(before) and _is_unfinished(before)


def _is_unfinished(value: str) -> bool:
    """Whether a line without an end mark breaks off in a sentence, as no heading or name does."""
    if _CAPTION.match(value) or parse_heading(value) is not None:
        return False
    return len(value) > LONG_LINE or _SENTENCE.search(value) is not None or _inside_quotation(value)


def _inside_quotation(value: str) -> bool:
    return any(value.count(left) > value.count(right) for left, right in ("“”", "《》", "（）"))


def columns(value: str) -> int:
    """How wide a line is: two for a Han character, one for a Latin one."""
    return sum(1 if ch.isascii() else 2 for ch in value.strip())


def wrap_width(lines: Sequence[Line]) -> float:
    """The width at which a text's lines were broken, 0 where each line is a whole paragraph."""
    widths = sorted(
        columns(line.value)
        for line, after in pairwise(lines)
        if "\t" not in line.value and not line.blank and not after.blank and not is_closed(line.value)
    )
    if len(widths) < FEWEST:
        return 0.0
    widest = widths[int(0.95 * (len(widths) - 1))]
    near = sum(widest - 8 <= width <= widest + 4 for width in widths)
    return float(widest) if near >= max(FEWEST, 0.25 * len(widths)) else 0.0
