"""One spelling of digits and marks, whatever the author's keyboard gave: every finder looks at the same text.

Full-width digits and letters become narrow ones and half-width marks beside Han characters wide
ones, each in its own place. In sentences the blanks go that a word processor or an author sets
between digits and Han characters (2024 年, 共 12 个); elsewhere they part a number from a name.
"""

from __future__ import annotations

from msgspec.structs import replace

from checker.document import Cell, Text
from checker.extract.patterns import Match, Pattern
from checker.readers.blocks import RawBlock, RawParagraph

_NARROW = {wide: wide - 0xFEE0 for span in ("０９", "ＡＺ", "ａｚ") for wide in range(ord(span[0]), ord(span[-1]) + 1)}
_NARROW |= str.maketrans("％．「」『』", "%.“”‘’")
_OTHER_SIGN = Pattern(r"[０-９Ａ-Ｚａ-ｚ％．「」『』]")
_WIDE_COMMA = Pattern(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")  # １，２３４
_HALF = frozenset(",;:!?")
_HALF_MARK = Pattern(r"(?<=[\p{Han}”’》】）)])[,;:!?](?!//)|(?<=[\d%A-Za-z])[,;:!?](?=[\p{Han}“‘《【（])")
_BRACKET = Pattern(r"\((?=\p{Han})[^()]*\)|\([^()]*\p{Han}\)|(?<=\p{Han}\s?)\([^()]*\)|\([^()]*\)(?=\s?\p{Han})")
_MARKS = dict(zip(",;:!?", "，；：！？", strict=True))
_SENTENCE = Pattern(r"[。；，！？]")
_GAP = Pattern(r"(?<=\p{Han})[ \u3000]+(?=\d)|(?<=[\d%])[ \u3000]+(?=[\p{Han}%])")
_NUMBER = frozenset("0123456789.,%")
_BEFORE = frozenset("，。；：、（(“ ")


def spelled(text: Text) -> Text:
    """The text with narrow digits and letters and, beside Han characters, wide marks; places kept."""
    value = text.value
    if value.isascii():
        return text
    if _OTHER_SIGN.search(value):
        value = _WIDE_COMMA.sub(",", value).translate(_NARROW)
    if not _HALF.isdisjoint(value):
        value = _HALF_MARK.sub(_wide, value)
    if "(" in value:
        value = _BRACKET.sub(_bracket, value)
    return text if value == text.value else replace(text, value=value)


def _wide(match: Match) -> str:
    return _MARKS[match[0]]


def _bracket(match: Match) -> str:
    return f"（{match[0][1:-1]}）"


def spelled_block(block: RawBlock) -> RawBlock:
    """A paragraph or a table in one spelling."""
    if isinstance(block, RawParagraph):
        text = spelled(block.text)
        return block if text is block.text else replace(block, text=text)
    rows = tuple(tuple(_spelled_cell(cell) for cell in row) for row in block.rows)
    return replace(block, rows=rows)


def _spelled_cell(cell: Cell) -> Cell:
    text = spelled(cell.text)
    return cell if text is cell.text else replace(cell, text=text)


def without_gaps(text: Text) -> Text:
    """A sentence without the blanks between its digits and Han characters; 1 项目 and A1 项目 keep theirs."""
    value = text.value
    if (" " not in value and "\u3000" not in value) or not _SENTENCE.search(value):
        return text
    gaps = (gap for gap in _GAP.finditer(value) if _parts_nothing(value, gap.start(), value[gap.end()]))
    places = [at for gap in gaps for at in range(*gap.span())]
    return text.without(places) if places else text


def _parts_nothing(value: str, end: int, after: str) -> bool:
    """Whether the number that ends at an offset is no number or code that the text, or a name, begins with."""
    start = end
    while start and value[start - 1] in _NUMBER:
        start -= 1
    if start == end or after == "%":
        return True
    if start == 0:
        return after == "年" and end == len("2024")
    return value[start - 1] in _BEFORE or not value[start - 1].isascii()
