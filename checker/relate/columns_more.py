"""Sums over more columns than an identity names: 合计 = 中央 + 省级 in most rows, and 市级 where there is any."""

from __future__ import annotations

from collections.abc import Sequence

from checker.document import Table
from checker.extract.figures import Reading
from checker.figure import Figure
from checker.relation import IdentityRow, RowIdentity


def goes_on(reading: Reading, table: Table, identity: RowIdentity, columns: Sequence[int]) -> bool:
    """Whether the rows that fail lack just what one more column has: 合计 = 中央 + 省级, and 市级 where it is not 0."""
    failing = [row for row in identity.rows if not row.holds]
    used = {f.place.column for row in identity.rows[:1] for f in (row.left, row.right, row.result)}
    for column in columns if failing else ():
        others = [reading.cell(table, row.result.place.row or 0, column) for row in failing]
        if column not in used and all(o and _lacks(r, identity.sign, o) for r, o in zip(failing, others, strict=True)):
            return True
    return False


def _lacks(row: IdentityRow, sign: str, other: Figure) -> bool:
    left, right, result = (figure.quantity.based for figure in (row.left, row.right, row.result))
    return abs((left + right if sign == "+" else left - right) - result) == abs(other.quantity.based) != 0
