"""How an automatic number of Word is written: 3 as 3, 三, ③, 丙, iii or c."""

from __future__ import annotations

from collections.abc import Callable, Mapping

HAN = "〇一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def written(count: int, form: str) -> str:
    """A count in one of Word's number formats; in digits where the format is not known."""
    return FORMS.get(form, str)(count) if count >= 0 else str(count)


def _by_digit(digits: str) -> Callable[[int], str]:
    return lambda count: "".join(digits[int(digit)] for digit in str(count))


def _spoken(count: int, digits: str = HAN, units: str = "十百千", *, bare_ten: bool = True) -> str:
    """As counted aloud up to 9999: 十一, 二十, 一百零五."""
    if not 0 < count < 10_000:
        return _by_digit(digits)(count)
    said = ""
    text = str(count)
    for at, digit in enumerate(text):
        unit = len(text) - at - 1
        if digit != "0":
            said += digits[int(digit)] + (units[unit - 1] if unit else "")
        elif said[-1:] != "零" and text[at:].strip("0"):
            said += "零"
    return said[1:] if bare_ten and 10 <= count < 20 else said


def _counted(count: int) -> str:
    """As ``chineseCounting``: aloud below a hundred, digit by digit from there on."""
    return _spoken(count) if count < 100 else _by_digit("○" + HAN[1:])(count)


def _formal(count: int) -> str:
    return _spoken(count, FORMAL, "拾佰仟", bare_ten=False)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda count: signs[(count - 1) % len(signs)] if count else "0"


def _range(first: str, last: int) -> Callable[[int], str]:
    """Signs that follow one another in Unicode; plain digits beyond the last."""
    return lambda count: chr(ord(first) + count - 1) if 0 < count <= last else str(count)


def _circled(count: int) -> str:
    if 20 < count <= 50:
        return chr(ord("㉑") + count - 21) if count <= 35 else chr(ord("㊱") + count - 36)
    return _range("①", 20)(count)


def _letters(count: int) -> str:
    """From a to z, then aa, bb and so on."""
    return chr(ord("a") + (count - 1) % 26) * min(30, (count - 1) // 26 + 1) if count else ""


def _roman(count: int) -> str:
    said = ""
    for size, sign in ROMAN if count < 4000 else ():
        said += sign * (count // size)
        count %= size
    return said or str(count)


def _wide(count: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(count))


FORMS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _range("⑴", 20),
    "decimalEnclosedFullstop": _range("⒈", 20),
    "chineseCounting": _counted,
    "chineseCountingThousand": _spoken,
    "chineseLegalSimplified": _formal,
    "japaneseCounting": _spoken,
    "japaneseDigitalTenThousand": _by_digit(HAN),
    "ideographDigital": _by_digit(HAN),
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _spoken,
    "taiwaneseDigital": _by_digit("○" + HAN[1:]),
    "ideographTraditional": _cycle(STEMS),
    "ideographZodiac": _cycle(BRANCHES),
    "ideographEnclosedCircle": _range("㊀", 10),
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "bullet": lambda _: "",
    "none": lambda _: "",
}
