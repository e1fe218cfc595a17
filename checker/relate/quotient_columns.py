"""Columns that divide two others, whatever they are called: 单位成本 is 年服务费 over 面积, 人均 is 人数 over 人数.

No name is asked for: four rows with different quotients of the same two columns are no chance. Numbers
are taken in their units, or as they stand where a unit is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from checker.document import Table
from checker.extract.figures import Reading
from checker.figure import Figure
from checker.relate.columns import WIDEST, named_identities, plain_column
from checker.relate.layout import Row, body_rows, row_name
from checker.relation import IdentityRow, RowIdentity
from checker.verdict import Phrase

QUOTIENT = Phrase("多数行的“{c}”为“{a}”除以“{b}”", "in most rows “{c}” is “{a}” over “{b}”")
FEWEST = 4
"""Rows whose different quotients must come out."""
FEW_WRONG = 8
"""Of so many rows one may be wrong."""
TELLING = 3

Quotient = Callable[[Figure, Figure, Figure], Decimal]


def find_quotient_columns(reading: Reading) -> Iterator[RowIdentity]:
    """Every column of quotients that its rows show."""
    for table in reading.document.tables:
        rows = [row for row in body_rows(reading, table) if row.number not in table.damaged]
        amounts = [column for column in range(table.width) if _is_of_amounts(reading, table, rows, column)]
        if len(rows) < FEWEST or not FEWEST - 1 < len(amounts) + 1 <= WIDEST:
            continue
        named = {identity.rows[0].result.place.column for identity in named_identities(reading, table, rows)}
        for column in amounts:
            written = [f for row in rows if (f := reading.cell(table, row.number, column)) and f.quantity.decimals]
            if column not in named and len(written) >= FEWEST:
                yield from _explained(reading, table, rows, [one for one in amounts if one != column], column)


def _is_of_amounts(reading: Reading, table: Table, rows: Sequence[Row], column: int) -> bool:
    figures = [f for row in rows if (f := reading.cell(table, row.number, column))]
    return len(figures) >= FEWEST and not any(f.quantity.unit.kind in {"rate", "points", "score"} for f in figures)


def _explained(
    reading: Reading, table: Table, rows: Sequence[Row], amounts: Sequence[int], column: int
) -> Iterator[RowIdentity]:
    for left, right in permutations(amounts, 2):
        for quotient in (_in_units, _as_written):
            found = _rows(reading, table, rows, (left, right, column), quotient)
            shown = {row.result.quantity.value for row in found if row.holds and row.result.quantity.digits >= TELLING}
            wrong = sum(not row.holds for row in found)
            if len(shown) >= FEWEST and wrong <= max(1, len(found) // FEW_WRONG):
                a, b, c = (plain_column(table, one) for one in (left, right, column))
                yield RowIdentity(QUOTIENT.filled(a=a, b=b, c=c), (a, b, c), "/", tuple(found), table.name)
                return


def _in_units(left: Figure, right: Figure, result: Figure) -> Decimal:
    return left.quantity.based / right.quantity.based / result.quantity.unit.scale


def _as_written(left: Figure, right: Figure, result: Figure) -> Decimal:
    return left.quantity.value / right.quantity.value


def _rows(
    reading: Reading, table: Table, rows: Sequence[Row], columns: Sequence[int], quotient: Quotient
) -> list[IdentityRow]:
    found = []
    for row in rows:
        left, right, result = (reading.cell(table, row.number, column) for column in columns)
        if left is None or right is None or result is None or not right.quantity.value or result.quantity.is_open:
            continue
        exact = quotient(left, right, result)
        holds = abs(exact - result.quantity.value) <= Decimal(1).scaleb(-result.quantity.decimals) * Decimal("0.5")
        label = "" if holds else row_name(reading, table, row.number)
        written = f"{round(exact, result.quantity.decimals):f}"
        found.append(IdentityRow(label, left, right, result, written, holds))
        if len(found) == FEWEST and not any(one.holds for one in found):
            return []
    return found
