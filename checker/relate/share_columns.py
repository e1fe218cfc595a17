"""Columns of shares: 占比 beside the column whose total the shares are of.

Which column that is the rows show: most of them must hold. Then the others are in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.document import Table
from checker.extract.figures import Reading
from checker.figure import Figure
from checker.phrases import has_any
from checker.relate.layout import Row, RowKind, body_rows, row_name
from checker.relation.divisions import Division
from checker.relation.shares import Share
from checker.verdict import Phrase

SHOWN = Phrase("多数行的“{share}”为“{column}”除以其合计", "in most rows “{share}” is “{column}” over its total")
FEW, LEAST = 2, 2
"""At least so many rows must hold, and for each that does not two must."""


def find_share_columns(reading: Reading) -> Iterator[Share]:
    """Each share of a table's row over the total row, where most rows of the table show that it is meant."""
    for table in reading.document.tables:
        shares = [c for c, name in enumerate(table.header) if has_any(name, "survey", "share_column")]
        if not shares or table.damaged:
            continue
        rows = body_rows(reading, table)
        totals = [row for row in rows if row.kind is RowKind.TOTAL]
        leaves = [row for row in rows if row.kind is RowKind.LEAF]
        if len(totals) == 1:
            for share in shares:
                yield from _column(reading, table, leaves, totals[0], share)


def _column(reading: Reading, table: Table, rows: Sequence[Row], total: Row, share: int) -> Iterator[Share]:
    """The shares of one column, over the column to its left that they fit best."""
    best: list[Share] = []
    for column in range(share - 1, -1, -1):
        whole = reading.cell(table, total.number, column)
        if whole is None or whole.quantity.unit.kind == "rate":
            continue
        found = [one for row in rows if (one := _share(reading, table, row, (column, share), whole))]
        if sum(one.holds for one in found) > sum(one.holds for one in best):
            best = found
    holding = sum(one.holds for one in best)
    if holding >= FEW and holding >= LEAST * (len(best) - holding):
        yield from best


def _share(reading: Reading, table: Table, row: Row, columns: tuple[int, int], whole: Figure) -> Share | None:
    part, result = (reading.cell(table, row.number, column) for column in columns)
    if part is None or result is None or result.quantity.unit.base != "%" or part.quantity.value == 0:
        return None
    names = [table.header[column] for column in columns]
    because = SHOWN.filled(share=names[1], column=names[0])
    return Share(because, row_name(reading, table, row.number), result, (Division(part, whole, names[0]),))
