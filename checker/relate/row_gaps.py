"""How far an amount lies from another of its row: 区级到位 7,345.20 万元，比预算少 118.50 万元 with both in a table.

What it is compared with stands in the table only. A gap is wrong where no other amount of the row lies
so far away, and the one that the sentence names would but for a slip of the pen.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from checker.document import Table
from checker.extract.figures import Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.growth_in_tables import MOST, amounts_of_rows, same_unit
from checker.relate.slips import is_one_edit
from checker.relation import ProseTotal
from checker.units import Unit
from checker.verdict import Phrase

IN_ROW = Phrase("表中同一行列有相比的两个数", "a row of a table has both amounts")
TELLING = 3
"""Significant digits of an amount, and of a gap, that say which row is meant."""
_GAP = Pattern(
    r"[，,]\s*(?P<word>(?:比|较|低于|高于|少于|多于|超过|超出)(?P<name>\p{Han}{0,10}?)"
    r"(?P<way>少|多|低|高|减少|增加|节约|超出|短少|下降|提高)?(?:了|出)?)\s*$"
)
_NAMED = Pattern(r"(?:比|较|低于|高于|少于|多于|超过|超出)(?P<name>\p{Han}{2})")
_LESS, _MORE = ("少", "低", "减少", "节约", "短少", "下降"), ("多", "高", "增加", "超出", "提高")


def find_row_gaps(reading: Reading) -> Iterator[ProseTotal]:
    """Every gap behind an amount whose row in a table has what it is compared with."""
    for page in measured(reading):
        if page.passage.place.row is not None:
            continue
        for level, gap in zip(page.figures, page.figures[1:], strict=False):
            if _are_exact(level, gap):
                match = _GAP.fullmatch(page.passage.text.value[level.figure.end : gap.figure.start])
                sign = _sign(match["word"]) if match else 0
                found = _in_rows(reading, level, gap.figure, match["word"], sign) if match and sign else None
                if found is not None:
                    yield found


def _are_exact(level: Measured, gap: Measured) -> bool:
    same = (
        level.base == gap.base and level.based_kind in {"money", "count", "measure"} and level.depth == gap.depth == 0
    )
    one, other = level.figure.quantity, gap.figure.quantity
    telling = one.significant >= TELLING and other.significant >= TELLING
    return same and telling and level.kind is Kind.LEVEL and not one.is_open and not other.is_open


def _sign(word: str) -> int:
    """1 where the words say that the amount is larger than what it is compared with, -1 where it is smaller."""
    if word.startswith(("低于", "少于")) or word.rstrip("了出").endswith(_LESS):
        return -1
    return 1 if word.startswith(("高于", "多于", "超过", "超出")) or word.rstrip("了出").endswith(_MORE) else 0


def _in_rows(reading: Reading, level: Measured, gap: Figure, word: str, sign: int) -> ProseTotal | None:
    """The row that has the gap; else the one that has it but for a slip."""
    cells = amounts_of_rows(reading).get(level.figure.quantity.based, ())
    slipped = []
    for table, row, cell in cells if len(cells) <= MOST else ():
        for other in _others(reading, table, row, cell) if same_unit(level.figure, cell) else ():
            apart = (cell.quantity.based - other.quantity.based) * sign
            claim = _claim(level, gap, _counted_alike(other, gap.quantity.unit), word, sign)
            if apart > 0 and claim.holds:
                return claim
            scaled = apart / gap.quantity.unit.scale
            if (
                apart > 0
                and _is_meant(table, other, word)
                and is_one_edit(gap.quantity.value, round(scaled, gap.quantity.decimals))
            ):
                slipped.append(claim)
    return slipped[0] if len({claim.calculation for claim in slipped}) == 1 else None


def _is_meant(table: Table, other: Figure, word: str) -> bool:
    """Whether the words name the column: 比预算少 and 调整后预算."""
    match = _NAMED.match(word)
    return match is not None and match["name"] in table.header[other.place.column or 0]


def _others(reading: Reading, table: Table, row: int, cell: Figure) -> Iterator[Figure]:
    for column in range(table.width):
        other = reading.cell(table, row, column)
        if other is not None and other is not cell and same_unit(cell, other) and not other.quantity.is_open:
            yield other


def _counted_alike(figure: Figure, unit: Unit) -> Figure:
    """A bare number of a cell in the unit that the sentence gives it."""
    if figure.quantity.unit.kind != "plain":
        return figure
    return replace(figure, quantity=replace(figure.quantity, unit=replace(unit, name=unit.base, scale=Decimal(1))))


def _claim(level: Measured, gap: Figure, other: Figure, word: str, sign: int) -> ProseTotal:
    larger, smaller = (level.figure, other) if sign > 0 else (other, level.figure)
    return ProseTotal(IN_ROW, larger, ((smaller, gap),), level.title, gap=word)
