"""Characters of symbol fonts, which have private code points, as the signs that they show."""

from __future__ import annotations

UNREADABLE = "�"
"""Stands for a character that has a place and no meaning."""
DROPPED = "\0"
"""Stands for a character that shows nothing, until the text is cleaned."""

# By the code above U+F000: the signs of mathematics in the font Symbol (Adobe's encoding) …
_MATHS = {
    **{ord(sign): sign for sign in "%()+,./:;<=>"},
    0x2D: "−",
    0xA3: "≤",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xE5: "∑",
}
# … and the boxes and ticks of Wingdings. All others are ornaments.
_BOXES = {0x6F: "□", 0xA8: "□", 0xFC: "√", 0xFE: "☑"}


def symbol(char: str, font: str = "Symbol") -> str:
    """A sign for one of private use, ``DROPPED`` for an ornament; any other character as it is."""
    if not "\uf000" <= char <= "\uf0ff":
        return char
    signs = _MATHS if font == "Symbol" else _BOXES
    return signs.get(ord(char) - 0xF000, DROPPED)


def is_private(char: str) -> bool:
    """Whether a character means what its font makes of it."""
    return "\ue000" <= char <= "\uf8ff"


def sign_of(char: str, font: str) -> str:
    """What a character of private use in a font of a PDF shows: a sign, nothing, or ``UNREADABLE``.

    Bullets have the codes of symbol fonts in whatever font. Any other code is known to its font
    alone, which may well show a digit.
    """
    if not is_private(char):
        return char
    name = font.rpartition("+")[2].lower()
    sign = symbol(char, "Symbol" if name.startswith("symbol") else font)
    return "" if sign == DROPPED else UNREADABLE if is_private(sign) else sign
