"""Figures of tables: the number that a cell is, and the unit that a header or caption names."""

from __future__ import annotations

from decimal import Decimal

from checker.extract.characters import narrowed
from checker.extract.grammar import CELL, UNIT_PLACES
from checker.extract.patterns import Match, Pattern
from checker.extract.prose import find_numbers
from checker.quantity import Quantity
from checker.units import PLAIN, Unit, unit_named

_SEPARATORS = Pattern(r" ?[/、,，;；或] ?")
_ORDINAL = Pattern(
    r"第?[一二三四五六七八九十]{1,3}(?:标段|合同包|包|组|批次?|期|类|档|级|号|区|片区)"
)  # 三标段 is a name
_EACH = Pattern(r"\p{Han}[\p{Han}·.]{0,7}")
_LONGEST = 40  # a cell with more characters is words
_BEFORE_UNIT = ("计量单位", "金额单位", "货币单位", "单位", ":", "人民币")
_NAMED_ALONE = frozenset({"money", "rate", "points"})
_BLANK = str.maketrans("", "", " \t\n\r")


def parse_cell(text: str, unit: Unit | None = None) -> Quantity | None:
    """The number that a whole cell is, None for a blank, a dash or a label.

    ``unit`` is the unit of the column; one written in the cell wins over it, and without either
    the unit is plain. Brackets, a minus sign and △ make an amount negative. A cell such as
    ≥90% or 120 余个 keeps its qualifier.
    """
    text = narrowed(text).strip()
    match = CELL.fullmatch(text)
    if match is None:
        return _as_prose(text)
    written = unit_named(match["unit"].translate(_BLANK)) if match["unit"] else unit or PLAIN
    value = _cell_value(match)
    if written is None or value is None or _is_year(match, written):
        return None
    return Quantity(value, written)


def unit_in(text: str) -> Unit | None:
    """The unit that a header or a caption names in brackets, after 单位 or by itself.

    None when it names none or several different ones.
    """
    named = units_in(text)
    return named[0] if len(named) == 1 else None


def units_in(text: str) -> tuple[Unit, ...]:
    """The units that a header or a caption names, each once: 单位：万元、% names two."""
    text = narrowed(text).translate(_BLANK)
    named = dict.fromkeys(unit for match in UNIT_PLACES.finditer(text) for unit in _units(match))
    if not named:
        alone = unit_named(text) or (unit_named(text[-1:]) if text[-1:] in {"%", "‰"} else None)
        return (alone,) if alone and alone.kind in _NAMED_ALONE else ()
    return tuple(named)


def _as_prose(text: str) -> Quantity | None:
    if len(text) > _LONGEST:
        return None
    found = find_numbers(text)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))
    return found[0].quantity if whole and not _ORDINAL.fullmatch(text) else None


def _cell_value(match: Match) -> Decimal | None:
    """The value with its sign; None for a code (007) and for a list number ((1))."""
    digits = match["number"].replace(",", "").translate(_BLANK)
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return None
    value = Decimal(digits)
    if match["open"] or match["close"]:
        is_amount = match["open"] and match["close"] and not match["unit"] and ("," in match["number"] or "." in digits)
        return -value if is_amount else None
    return -value if match["sign"] in {"-", "△", "▲"} else value


def _is_year(match: Match, unit: Unit) -> bool:
    return bool(match["unit"]) and unit.base == "年" and len(match["number"]) > 2


def _units(match: Match) -> list[Unit]:
    """The units that a list such as 个/台/套 names; nothing when a word in it is no unit."""
    written: str = match["inside"] or match["after"] or ""
    for word in _BEFORE_UNIT:
        written = written.removeprefix(word)
    if (price := _price(written)) is not None:
        return [price]
    return _units_of(written)


def _units_of(written: str) -> list[Unit]:
    units = [unit_named(written)] if unit_named(written) else [unit_named(word) for word in _SEPARATORS.split(written)]
    if written.startswith("万") and units[0] is None and (ten_thousand := unit_named("万")):
        return [ten_thousand]  # 万片/支: the text has 3590.2万片（支）
    return [unit for unit in units if unit] if all(units) else []


def _price(written: str) -> Unit | None:
    """元/平方米, 元/车公里: money for each of something, be it a known unit or not; 个/台/套 are several units."""
    money, _, each = written.partition("/")
    of = unit_named(money)
    if of is not None and of.kind == "money" and _EACH.fullmatch(each) and not _units_of(each):
        return Unit(written, f"{of.base}/{each}", of.scale, of.exact, of.kind)
    found = find_numbers(f"1{written}") if "/" in written else []
    unit = found[0].quantity.unit if len(found) == 1 and found[0].end == len(written) + 1 else None
    return unit if unit is not None and unit.kind == "money" and "/" in unit.base else None


def bare_header(header: str) -> str:
    """A column's name without what stands in brackets behind it: 金额（万元） is 金额."""
    return header.partition("（")[0].partition("(")[0]


def stem_of(name: str) -> str:
    """在职人员 and 在职人数 are one thing."""
    return next((name.removesuffix(word) for word in _STEM_ENDS if name.endswith(word)), name)


_STEM_ENDS = ("人员数", "人数", "人员", "数量", "个数", "台数", "套数", "户数")
