"""Plain characters out of what converters leave: tags, bold marks, TeX, spaces inside words."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from checker.document import Text
from checker.extract.patterns import Match, Pattern
from checker.readers.tex import has_tex, plain_tex

CJK = r"\p{Han}\u3001-\u303f\uff01-\uff0d\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60“”‘’"  # no ０, Ａ, ．

INVISIBLE = str.maketrans(
    {"\u200b": None, "\ufeff": None, "\u00ad": None, "\u2060": None, "\u00a0": " ", "\u2002": " ", "\u2003": " "}
)
_BREAK_TAG = Pattern(r"</?(?:p|br|div|li|ul|ol)(?:\s[^<>]{0,200})?/?>")
_POWER_TAG = Pattern(r"<sup>\s*([23])\s*</sup>")
_TAG = Pattern(r"</?(?:b|strong|i|em|u|s|span|font|sup|sub|small|big|center|a)(?:\s[^<>]{0,200})?/?>")
_BOLD = Pattern(r"\*\*(?!\s)([^*\n]+?)\*\*|\*\*$|^\*\*")
_ITALIC = Pattern(r"(?<![\w*\\])\*(?![\s*])([^*\n]+?)(?<![\s\\])\*(?![\w*])")
_ESCAPED = Pattern(r"\\([*_.#|()\[\]+\-!`>~])")
_WORD_GAP = Pattern(rf"(?<=[{CJK}])[ \u3000](?=[{CJK}])")
_ITEM = Pattern(r"\s*(?:[①-⑳]|[（(]\d{1,2}[）)]|\d{1,2}[、.．](?!\d)|[一二三四五六七八九十]{1,2}[、是])")
_NUMERIC = Pattern(r"[\d.,，%]+")


def clean(value: str) -> str:
    """The characters that a reader of the page sees; breaks inside a cell become line feeds."""
    value = value.translate(INVISIBLE)
    if "<" in value:
        value = _TAG.sub("", _POWER_TAG.sub(_power, _BREAK_TAG.sub("\n", value)))
    if "&" in value:
        value = unescape(value).replace("\u00a0", " ")
    if "**" in value:
        value = _BOLD.sub(_inside, value)
    if "*" in value:
        value = _ITALIC.sub(_inside, value)
    if "$" in value or "\\" in value:
        value = _ESCAPED.sub(_inside, plain_tex(value) if has_tex(value) else value)
    return close_gaps(value).strip(" \t\n\u3000")


def _inside(match: Match) -> str:
    return match[1] or ""


def _power(match: Match) -> str:
    return "²" if match[1] == "2" else "³"


def close_gaps(value: str) -> str:
    """Without the single spaces that a soft line break leaves between two Han characters."""
    if "\n" in value:
        value = "\n".join(line for part in value.split("\n") if (line := part.strip()))
    return _WORD_GAP.sub("", value) if " " in value or "\u3000" in value else value


_SCORED = Pattern(r"(?<=[。！？；.!?;])\s*[（(〔\[][^（(）)〔〕\[\]]{1,40}[）)〕\]]$")
"""A bracket of its own behind the end of a sentence."""


def is_closed(value: str) -> bool:
    """Whether the text ends as a sentence or an item does."""
    value = value.strip()
    if value[:1] in ("（", "(") and value[-1:] in ("）", ")"):
        return True
    bare = _SCORED.sub("", value)  # ……，得满分。（满分3分，得3分）
    return bare.rstrip(" \u3000”’）)》】\"'")[-1:] in tuple("。！？；：.!?;:…") or value[-1:] in tuple("。！？；：;:")


def soft_join(one: Text, other: Text) -> Text:
    """Two halves of one text that a line or page break parted."""
    if not one.value or not other.value:
        return other if not one.value else one
    return Text.concat(one, glue(one.value, other.value), other)


def glue(one: str, other: str) -> Text:
    """What stands between two halves of one text: a space between Latin words, else nothing."""
    latin = one[-1].isascii() and one[-1].isalpha() and other[0].isascii() and other[0].isalpha()
    return Text(" ") if latin else Text("")


def join_cell(lines: Iterable[Text]) -> Text:
    """The lines of one cell as one text: a line feed where a new item begins, else nothing.

    Two numbers on two lines stay apart; a number broken in its middle is joined.
    """
    parts: list[Text] = []
    value = ""
    for line in lines:
        if not line.value:
            continue
        between = Text("")
        if value:
            between = Text("\n") if _begins_anew(value, line.value) else glue(value, line.value)
        parts += [between, line]
        value += between.value + line.value
    return Text.concat(*parts)


def _begins_anew(before: str, after: str) -> bool:
    last, first = before.rsplit("\n", 1)[-1], after.split("\n", 1)[0]
    if is_closed(before) or _ITEM.match(after):
        return True
    numbers = bool(_NUMERIC.fullmatch(last)), bool(_NUMERIC.fullmatch(first))
    return all(numbers) or (numbers[0] and not first[0].isdigit() and len(first) > 4)
