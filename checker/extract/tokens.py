"""From a match of the grammar to numbers with their units: candidates, not yet figures."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from checker.extract.chinese import chinese_number
from checker.extract.grammar import AFTER, BEFORE
from checker.extract.lexicon import chinese_words
from checker.extract.patterns import Match
from checker.quantity import Qualifier, Quantity
from checker.units import PLAIN, Unit, unit_named, unit_table

_PERCENT = unit_table()["%"]
_AFTER_ONE = frozenset(chinese_words("after_one"))
_ONE_NOT_AFTER = chinese_words("one_not_after")
_MYRIADS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_OPENING = {word: kind for table in (BEFORE, AFTER) for kind, words in table.items() for word in words} | {
    "来": Qualifier.OVER,  # 十来个
    ">": Qualifier.MORE_THAN,
    "<": Qualifier.LESS_THAN,
}
_MIRRORED = {"≤": "≥", "≥": "≤", "<": ">", ">": "<"}  # 80%≤X says X≥80%
_PRECISE = 5
"""A number of so many significant digits is given to the last one, whatever 约 before it says."""
_ONE_SIDED = (Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.AT_MOST, Qualifier.LESS_THAN)
_DURATIONS = frozenset({"年", "月", "天", "周", "小时", "工作日"})
_OPERATORS = frozenset("=×÷*/+")
_SIGNS = frozenset("≥≤<>")
_LONGEST = Decimal(100)  # years: no plan runs longer, so 1998 年 is a date


class Token(Struct, frozen=True):
    """A number that may be a figure; ``signed`` when a hyphen stands before its digits.

    ``compared`` says that ≥ or a like sign stands before it.
    """

    start: int
    end: int
    quantity: Quantity
    signed: bool = False
    compared: bool = False

    @property
    def bare(self) -> bool:
        """Whether no unit was written."""
        return self.quantity.unit is PLAIN


def tokens_of(match: Match, text: str) -> list[Token]:
    """The numbers of one match: one, or two where a hyphen is a minus and not a range; none of a date or a name."""
    if match["high"]:
        return _range(match, text)
    if match["unit"]:
        token = _single(match)
    elif match["low"]:
        token = _bare(match)
    else:
        token = None if match["skip"] else _worded(match)
    return [token] if token else []


def _token(match: Match, value: Decimal, unit: Unit, upper: Decimal | None = None) -> Token:
    """The number of a match, with the word before it that opens it."""
    kind, before = _qualifier(match, unit), match["before"]
    if kind is Qualifier.ABOUT and len(value.normalize().as_tuple().digits) >= _PRECISE:
        kind = Qualifier.NONE
    start = match.start("before") if before and kind is not Qualifier.NONE else match.start()
    return Token(start, match.end(), Quantity(value, unit, kind, upper), bool(match["sign"]), before in _SIGNS)


def _qualifier(match: Match, unit: Unit) -> Qualifier:
    """The widest of the words at a figure; 近三年 are the last three years, not nearly three."""
    words = (_MIRRORED.get(match["after"], match["after"]), match["more"], match["before"])
    if not any(words):
        return Qualifier.NONE
    kinds = [_OPENING[word.replace(" ", "")] for word in words if word]
    if unit.base in _DURATIONS:
        kinds = [kind for kind in kinds if kind is not Qualifier.NEAR]
    return next((kind for kind in kinds if kind in _ONE_SIDED), kinds[0] if kinds else Qualifier.NONE)


def _worded(match: Match) -> Token | None:
    """百分之三十, 三分之二."""
    percent = match["percent"]
    value = _hundredths(percent) if percent else _share(match["numerator"], match["denominator"])
    return None if value is None else _token(match, value, _PERCENT)


def _hundredths(written: str) -> Decimal | None:
    whole, _, rest = written.partition("点")
    if written == "百":
        return Decimal(100)
    value = _value(whole)
    digits = "".join(str(chinese_number(char)) for char in rest)
    if value is None or not rest:
        return value
    return Decimal(f"{value}.{digits}") if digits.isdigit() else None


def _share(numerator: str, denominator: str) -> Decimal | None:
    """A fraction in per cent, to two decimals where it does not end before."""
    top, bottom = chinese_number(numerator), chinese_number(denominator)
    if not top or not bottom:
        return None
    share = Decimal(100 * top) / Decimal(bottom)
    return Decimal(int(share)) if share == int(share) else share.quantize(Decimal("0.01"))


def _bare(match: Match) -> Token | None:
    value = _value(match["low"])
    return None if value is None else _token(match, -value if match["sign"] else value, PLAIN)


def _single(match: Match) -> Token | None:
    unit, value = _unit(match), _value(match["low"])
    if unit is None or value is None or not _fits(match, value, unit):
        return None
    if match["head"]:
        joined = _joined(match, value, unit)
        if joined is None:
            return None
        value, unit = joined
    return _token(match, -value if match["sign"] else value, unit)


def _joined(match: Match, value: Decimal, unit: Unit) -> tuple[Decimal, Unit] | None:
    """An amount in two parts: 1亿2000万元 in the unit of its second part, 6万3千元 in 元."""
    head, scale = _value(match["head"]), _MYRIADS[match["headscale"]]
    if unit.kind != "money" or head is None or value * unit.scale >= scale:
        return None
    whole = head * scale + value * unit.scale
    if unit.scale < _MYRIADS["万"]:
        return whole, unit_table()[unit.base]
    return Decimal(int(whole / unit.scale)), unit


def _range(match: Match, text: str) -> list[Token]:
    unit, low, high = _unit(match), _value(match["low"]), _value(match["high"])
    if unit is None or low is None or high is None or not _fits(match, high, unit):
        return []
    own = _own_unit(match, unit)
    low, high = (-low if match["sign"] else low), (-high if match["highsign"] else high)
    if own.base == unit.base and _is_range(match, text, rising=low * own.scale < high * unit.scale):
        if own is not unit:
            low = low * own.scale / unit.scale
        return [_token(match, min(low, high), unit, max(low, high))]
    minus = match["to"] == "-" and not match["lowunit"]
    first = _token(match, low, PLAIN if minus else own)
    middle = match.end("lowunit") if match["lowunit"] else match.end("low")
    return [
        Token(first.start, middle, Quantity(low, first.quantity.unit), first.signed),
        Token(match.start("high"), match.end(), Quantity(high, unit, _end_qualifier(match, unit))),
    ]


def _end_qualifier(match: Match, unit: Unit) -> Qualifier:
    return _qualifier(match, unit) if match["after"] or match["more"] else Qualifier.NONE


def _is_range(match: Match, text: str, *, rising: bool) -> bool:
    """Whether the sign between two numbers says "up to", not "minus" and not "has become"."""
    before = text[: match.start("sign" if match["sign"] else "low")].rstrip()[-1:]
    after = text[match.end() : match.end() + 4].replace(" ", "")
    if match["to"] == "-":
        inside = before == "(" and after[:1] == ")" and after[1:2] in _OPERATORS
        return rising and not inside and before not in _OPERATORS and after[:1] not in _OPERATORS
    return match["to"] not in "至到" or before not in {"从", "由", "自"}


def _own_unit(match: Match, unit: Unit) -> Unit:
    """The unit of a range's first number: what is written there (3万至5万元), else the last one's."""
    if not match["lowunit"]:
        return unit
    spelling = match["lowunit"].replace(" ", "")
    own = unit_table()[spelling]
    return (unit_named(spelling + unit.base) or own) if own.kind == "plain" else own


def _unit(match: Match) -> Unit | None:
    """The unit written; 万 before 余 belongs to it (3 万余元), so does what 元/户 is per."""
    unit = unit_named(((match["lead"] or "") + match["unit"]).replace(" ", ""))
    if unit is None or not match["per"]:
        return unit
    per = "/" + match["per"].replace(" ", "")
    return Unit(unit.name + per, unit.base + per, unit.scale, unit.exact, unit.kind)


def _value(written: str) -> Decimal | None:
    """The number as written, trailing zeros kept; None for a code such as 007."""
    if not written[0].isdigit():
        number = chinese_number(written)
        return None if number is None else Decimal(number)
    digits = written.replace(",", "").replace(" ", "")
    is_code = len(digits) > 1 and digits[0] == "0" and digits[1] != "."
    return None if is_code else Decimal(digits)


def _fits(match: Match, value: Decimal, unit: Unit) -> bool:
    """Whether the number is one that is written with such a unit."""
    written = match["low"]
    if not written[0].isdigit():
        return unit.kind != "plain" and (bool(match["head"]) or not _is_set_phrase(match))
    is_numbered_line = match.start("low") == 0 and unit.kind == "count" and "." in written  # 1.5个社区
    return not is_numbered_line and not (unit.base == "年" and value >= _LONGEST)


def _is_set_phrase(match: Match) -> bool:
    """一 with most classifiers or as an article (提供一个), and 二, which counts nothing alone (二次)."""
    if match["low"] == "一" and match["high"] is None:
        before = match.string[max(0, match.start("low") - 2) : match.start("low")]
        known = match["unit"].replace(" ", "") in _AFTER_ONE and not match["more"]
        return not known or before.endswith(_ONE_NOT_AFTER)
    return match["low"] == "二" and match["high"] is None
