"""Rows behind 其中 that make the row above them: 工程建设其他费用 2,748.00, 其中：勘察设计费 824.40, 监理费 458.00 ….

Such rows need not be all there is. They are where one column adds up to the digit, and then the other
columns must add up too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.document import Table
from checker.extract.figures import Reading
from checker.relate.layout import Row, RowKind, body_rows, is_additive
from checker.relate.totals import is_near
from checker.relation import TableTotal
from checker.verdict import Phrase

MEMO = Phrase("“其中”各行为“{label}”的组成", "the rows behind 其中 make up “{label}”")
FEWEST = 2
TELLING = 3
"""Digits of a sum that says by itself that the rows are all there is."""


def find_memo_totals(reading: Reading) -> Iterator[TableTotal]:
    """Every row that the rows behind its 其中 add up to in some column, in all columns."""
    for table in reading.document.tables:
        rows = [row for row in body_rows(reading, table) if row.number not in table.damaged]
        for at, row in enumerate(rows):
            if row.kind is RowKind.MEMO and at and rows[at - 1].kind is not RowKind.MEMO:
                yield from _made_up(reading, table, rows[at - 1], _block(rows, at))


def _block(rows: Sequence[Row], start: int) -> list[Row]:
    """The rows from the first 其中 up to the next total or numbered row."""
    block = [rows[start]]
    for row in rows[start + 1 :]:
        if row.kind in {RowKind.TOTAL, RowKind.SUBTOTAL} or (row.rank is not None and row.kind is not RowKind.MEMO):
            break
        block.append(row)
    return block


def _made_up(reading: Reading, table: Table, parent: Row, block: Sequence[Row]) -> Iterator[TableTotal]:
    because = MEMO.filled(label=parent.label)
    claims = []
    for column in range(table.width):
        total = reading.cell(table, parent.number, column)
        found = [reading.cell(table, row.number, column) for row in block]
        parts = tuple(figure for figure in found if figure is not None)
        if total is None or not is_additive(table, column, total) or len(parts) < FEWEST or len(parts) < len(block):
            continue
        claims.append(TableTotal(because, total, (parts,), parent.label, None, table, table.header[column]))
    shown = [claim for claim in claims if claim.holds_to_the_digit and claim.total.quantity.digits >= TELLING]
    for claim in claims if shown else ():
        if claim.holds or is_near(claim):
            yield claim
