"""One spelling for each character that patterns look at; every character keeps its offset."""

from __future__ import annotations

from functools import lru_cache

from checker.extract.patterns import Pattern

_WIDE = "０１２３４５６７８９％．／＋＝＜＞（）［］：＊～－＃ａｂｃｋｍｇｔｗｘＸ"
_NARROW = "0123456789%./+=<>()[]:*~-#abckmgtwxX"
_SAME = {
    " ": "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000",
    "-": "−﹣‐‑‒–",
    "~": "〜∼",
    "≥": "≧⩾",
    "≤": "≦⩽",
    "<": "﹤",
    ">": "﹥",
    "%": "﹪",
    "÷": "∕",
    "×": "✕⨯",
    "○": "Ｏ",
}
_TABLE = str.maketrans(_WIDE, _NARROW) | {ord(other): one for one, others in _SAME.items() for other in others}

_WIDE_DIGIT = Pattern(r"[０-９]")
_WIDE_COMMA = Pattern(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")  # １，２３４


@lru_cache(maxsize=4096)  # figures, dates and rules are looked for in the same texts
def narrowed(text: str) -> str:
    """The text with full-width digits and signs in their ASCII form, each at its own offset.

    A full-width comma is a clause's end, save between full-width digits in groups of three.
    """
    if "，" in text and _WIDE_DIGIT.search(text):
        text = _WIDE_COMMA.sub(",", text)
    return text.translate(_TABLE)
