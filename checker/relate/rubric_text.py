"""The text of a scoring rule made plain: one spelling a sign, no white space, every character at its offset."""

from __future__ import annotations

from msgspec import Struct

from checker.extract.characters import narrowed
from checker.extract.chinese import NUMERALS, chinese_number
from checker.extract.patterns import Match, Pattern
from checker.relate.rubric_words import slips

_SIGNS = str.maketrans("，；：。！【】｛｝＊*﹣−÷", ",;:。。[]{}××--/")
_DROPPED = frozenset(" \t\r\n\u3000\u00a0\\$“”\"'‘’「」")
_HUNDREDTHS = Pattern(rf"百分之(?P<value>百|[{NUMERALS}]+|\d+(?:\.\d+)?)")  # 百分之九十
_COMPARED = Pattern(r">=|=>|≧|<=|=<|≦|\*\*|乘以|乘|——|—|–|－")
_COMPARISONS = {">=": "≥", "=>": "≥", "≧": "≥", "<=": "≤", "=<": "≤", "≦": "≤", "乘以": "×", "乘": "×", "**": ""}
_FULL_STOP = Pattern(r"(?<![\d])\.(?=$|[①-⑳\u4e00-\u9fff(])")  # a full stop written as a point
_BRACKETED = Pattern(r"(?<=[\[(]-?\d{1,5}(?:\.\d{1,4})?%?),(?=\d{1,5}(?:\.\d{1,4})?%?[\])])")  # [90%,95%)
_EACH_ONE = Pattern(r"(?<=^|[,;。:)])1(?=[起个所笔项次处家人名份条座][\p{Han}]{1,16}扣\d)")
"""1所学校不到位扣0.25分: each of them."""
_COMMA_IN_NUMBER = Pattern(r"(?<=\d),(?=\d{3}(?!\d))")  # 1,200


class PlainText(Struct, frozen=True):
    """The plain text, and for each of its characters the offset in the original."""

    value: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text that a stretch of the plain one stands for."""
        if not self.offsets or start >= len(self.offsets):
            return 0, 0
        return self.offsets[start], self.offsets[max(start, end - 1)] + 1


def plain_text(text: str) -> PlainText:
    """The rule's text without white space and quotes, with ASCII digits, brackets and marks."""
    signs = narrowed(text).translate(_SIGNS)
    offsets = [offset for offset, char in enumerate(signs) if char not in _DROPPED]
    plain = PlainText("".join([signs[offset] for offset in offsets]), tuple(offsets))
    plain = _replaced(plain, _BRACKETED, "~")
    for pattern in (_HUNDREDTHS, _COMPARED, _FULL_STOP, _COMMA_IN_NUMBER):
        plain = _replaced(plain, pattern)
    plain = _replaced(plain, _EACH_ONE, "每1")
    for found, meant in slips():
        if found in plain.value:
            plain = _replaced(plain, Pattern(found), meant)
    return plain


def _replaced(plain: PlainText, pattern: Pattern, meant: str | None = None) -> PlainText:
    """The text with each match replaced; the new characters stand at the first offset of the old."""
    pieces: list[str] = []
    offsets: list[int] = []
    last = 0
    for match in pattern.finditer(plain.value):
        new = _meaning(match) if meant is None else meant
        pieces += [plain.value[last : match.start()], new]
        offsets += [*plain.offsets[last : match.start()], *[plain.offsets[match.start()]] * len(new)]
        last = match.end()
    if not last:
        return plain
    pieces.append(plain.value[last:])
    return PlainText("".join(pieces), (*offsets, *plain.offsets[last:]))


def _meaning(match: Match) -> str:
    words = match[0]
    if words.startswith("百分之"):
        value = match["value"]
        number = "100" if value == "百" else value if value[0].isdigit() else chinese_number(value)
        return f"{number}%" if number is not None else words
    if words in {".", ","}:
        return "。" if words == "." else ""
    return _COMPARISONS.get(words, "~")
