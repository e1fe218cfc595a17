"""What an amount of a table's row is of all rows: 房屋修缮 1,474.80 万元，占 36.99 %, where a table has both.

The amount says which row is meant, the row's name stands before it, and the whole is the table's total in the
amount's column or, without one, the sum of the rows. A share that no column gives is wrong only where one does
once two digits change places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from checker.document import Table
from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.known_columns import Cell, known_columns, value_key
from checker.relate.layout import RowKind, body_rows, is_additive
from checker.relation.divisions import Division
from checker.relation.shares import Share
from checker.verdict import Phrase

IN_TABLE = Phrase("“{table}”中“{column}”一列的合计", "the total of “{column}” in “{table}”")
OTHER = Phrase("未必就该列合计而言", "the share need not be of the column's total")
_SHARE = Pattern(
    r"[，,（(]?(?:约|各)?占(?:到|比|全[省市县区部年]|总[^，,。；;、\d]{0,6}|[^，,。；;、\d]{2,8})?的?(?:为|达)?"
)
TELLING, SHORTEST, REACH = 3, 2, 60
"""Digits of an amount that says which row is meant; characters of a row's name, and before the amount."""


def find_row_shares(reading: Reading) -> Iterator[Share]:
    """Every share right behind an amount that one row of a table has."""
    for passage in reading.prose:
        if passage.place.row is not None or "占" not in passage.text.value:
            continue
        for span in sentences(passage.text.value):
            figures = passage.within(span.start, span.end)
            for amount, rate in pairwise(figures):
                if rate.quantity.unit.base == "%" and _SHARE.fullmatch(passage.text.value[amount.end : rate.start]):
                    yield from _of_rows(reading, passage, amount, rate)


def _of_rows(reading: Reading, passage: Passage, amount: Figure, rate: Figure) -> Iterator[Share]:
    quantity = amount.quantity
    if quantity.is_open or rate.quantity.is_open or quantity.digits < TELLING or quantity.unit.kind == "rate":
        return
    said = passage.text.value[max(0, amount.start - REACH) : amount.start]
    known = known_columns(reading)
    shares = []
    for at in known.having.get(value_key(amount), ()):
        table, column, cells = known.columns[at]
        named = [cell for cell in cells if value_key(cell.figure) == value_key(amount) and _is_named(cell.name, said)]
        total = _total(reading, table, cells) if len(named) == 1 else None
        if total is not None and total.quantity.unit.base == quantity.unit.base:
            because = IN_TABLE.filled(table=table.name, column=column)
            readings = (Division(amount, total, column),)
            shares.append(Share(because, named[0].name, rate, readings, OTHER, by_place=True))
    yield from ([share for share in shares if share.holds] or [share for share in shares if share.slipped])[:1]


def _is_named(name: str, said: str) -> bool:
    return len(name) >= SHORTEST and name in "".join(said.split())


def _total(reading: Reading, table: Table, cells: Sequence[Cell]) -> Figure | None:
    """What the one total row of a table has in the column of some cells."""
    column = cells[0].figure.place.column or 0
    totals = [row.number for row in body_rows(reading, table) if row.kind is RowKind.TOTAL]
    total = reading.cell(table, totals[0], column) if len(totals) == 1 else None
    return total if total is not None and is_additive(table, column, total) and total.quantity.value else None
