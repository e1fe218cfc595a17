"""Rows of a table that need no rounding, and the one beside them that does: 39 of 40 is 97.50 %, not 95.70 %.

A bare 39 may stand for all that rounds to it. Where every other row of the columns comes out to the
digit the figures are as they are written, and what only their width would save is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from checker.relate.arithmetic import apply
from checker.relation import IdentityRow

FEWEST, RATES = 3, 4
"""Exact rows for each odd one, and different rates among them."""
CENTS = 2
FAR, HALF = Decimal("1.5"), Decimal("0.5")
"""Units of a rate's last digit: cut off and not rounded it is one off."""


def to_the_digit(rows: Sequence[IdentityRow]) -> Sequence[IdentityRow]:
    """The rows; one that only the width of its figures saves breaks the identity where all like it need none of it."""
    exact = [row for row in rows if _off(row) <= HALF]
    odd = [row for row in rows if row.holds and _off(row) > FAR]
    made = [row for row in odd if _is_from_rate(row)]
    odd = [row for row in odd if row not in made] if len(made) >= FEWEST else odd
    rates = {row.result.quantity.value for row in exact} - {0, 100}
    if not odd or len(rates) < RATES or len(exact) < len(rows) - len(odd) or len(odd) * FEWEST > len(exact):
        return rows
    like = {row: sum(_places(one) >= _places(row) for one in exact) for row in odd}
    return [replace(row, holds=False) if row in odd and like[row] >= FEWEST else row for row in rows]


def rounded_from_rates(rows: Sequence[IdentityRow]) -> Sequence[IdentityRow]:
    """The rows; those that break the identity hold where several do, each as an amount made of its rate."""
    broken = [row for row in rows if not row.holds]
    made = len(broken) >= FEWEST and all(_is_from_rate(row) for row in broken)
    return [replace(row, holds=True) for row in rows] if made else rows


def _is_from_rate(row: IdentityRow) -> bool:
    """Whether the rate came first and was rounded into the amount: 3 points at 79.17 % are 2.38."""
    made = (
        row.right.quantity.based * row.result.quantity.based / (100 if row.result.quantity.unit.kind == "rate" else 1)
    )
    left = row.left.quantity
    return left.decimals >= CENTS and abs(made - left.based) <= left.half_digit


def _off(row: IdentityRow) -> Decimal:
    """How far a quotient is from that of the printed figures, in units of its last digit."""
    value = apply(row.left.quantity.based, "/", row.right.quantity.based)
    if value is None:
        return Decimal(0)
    quantity = row.result.quantity
    readings = [value, value * 100] if quantity.unit.kind in {"rate", "plain"} else [value]
    return min(abs(one / quantity.unit.scale - quantity.value) for one in readings).scaleb(quantity.decimals)


def _places(row: IdentityRow) -> int:
    return max(row.left.quantity.decimals, row.right.quantity.decimals)
