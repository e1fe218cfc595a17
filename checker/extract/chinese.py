"""Chinese numerals: 十二, 三百二十, 两万."""

from __future__ import annotations

_DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4} | {
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

NUMERALS = "零〇一二两三四五六七八九十百千"
"""The characters of a numeral below 万."""


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral, None when the characters are not one.

    Two digits side by side are none (三四 is "three or four"), nor is a place without a digit
    before it (百 in 百家), save 十.
    """
    total, section, digit = 0, 0, None
    for index, char in enumerate(text):
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _PLACES:
            if not digit and not (char == "十" and index == 0):
                return None
            section += (digit or 1) * _PLACES[char]
            digit = None
        elif char in _MYRIADS and section + (digit or 0):
            total += (section + (digit or 0)) * _MYRIADS[char]
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0) if text else None


def chinese_digits(text: str) -> str:
    """Digits read one by one, as years are: 二〇二三 is "2023". Raises ``KeyError`` on others."""
    return "".join(str(_DIGITS[char]) for char in text)
