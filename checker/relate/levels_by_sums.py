"""Levels of a list told by its sums: 公共文化类 2945, then what makes 2945, 保护传承类 2050, then what makes 2050."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from checker.document import Table
from checker.extract.figures import Reading
from checker.relate.layout import Row, is_additive

Group = tuple[int, tuple[int, ...]]
"""The place of a head, and those of the values right behind it that make it up."""

MOST = 60
FEWEST = 2
"""Values that make up a head, and heads that no chance explains."""


def groups_by_sums(values: Sequence[Decimal | None], total: Decimal) -> tuple[Group, ...]:
    """Heads with what makes them up, so that heads and the values under none come to the total; () where none do."""
    if len(values) > MOST or sum((value or Decimal(0) for value in values), start=Decimal(0)) == total:
        return ()
    found = _parted(values, 0, total, set())
    return tuple(found) if found is not None and len(found) >= FEWEST else ()


def _parted(
    values: Sequence[Decimal | None], at: int, rest: Decimal, failed: set[tuple[int, Decimal]]
) -> list[Group] | None:
    if at == len(values):
        return [] if rest == 0 else None
    if (at, rest) in failed:
        return None
    own = values[at] or Decimal(0)
    end = _end_of_group(values, at)
    if end is not None:
        behind = _parted(values, end, rest - own, failed)
        if behind is not None:
            return [(at, tuple(range(at + 1, end))), *behind]
    behind = _parted(values, at + 1, rest - own, failed)
    if behind is None:
        failed.add((at, rest))
    return behind


def _end_of_group(values: Sequence[Decimal | None], at: int) -> int | None:
    """Where the values behind a head have come to it, at least two of them; None where they do not."""
    head, summed = values[at], Decimal(0)
    if not head:
        return None
    for end in range(at + 1, len(values)):
        summed += values[end] or Decimal(0)
        if summed == head and end - at >= FEWEST:
            return end + 1
    return None


def levels_by_sums(
    reading: Reading, table: Table, columns: Sequence[int], row: Row, numbers: Sequence[int]
) -> tuple[tuple[int, ...], dict[int, tuple[int, ...]]] | None:
    """The rows on top of a list whose levels only its sums tell, and those under each, where a column tells them."""
    for column in columns:
        total = reading.cell(table, row.number, column)
        if total is not None and is_additive(table, column, total):
            cells = [reading.cell(table, number, column) for number in numbers]
            groups = groups_by_sums([cell.quantity.based if cell else None for cell in cells], total.quantity.based)
            under = {numbers[head]: tuple(numbers[at] for at in members) for head, members in groups}
            if under:
                return tuple(n for n in numbers if not any(n in members for members in under.values())), under
    return None
