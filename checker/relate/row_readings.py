"""Which rows of a table a total may add up: the rows above it, sub-totals among them, or those of one level."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from checker.relate.layout import Row, RowKind

CARRIED = ("上年结转", "上年结余", "年初结转", "年初结余", "期初", "结转结余")  # what was there before the year

Readings = tuple[tuple[int, ...], ...]
"""Sets of rows, by their numbers in the table."""
MOST_LEAVES = 24


def row_readings(rows: Sequence[Row], position: int) -> Readings:
    """The sets of rows (their numbers in the table) that the total at a position may add up."""
    row = rows[position]
    above, below = list(rows[:position]), list(rows[position + 1 :])
    if row.kind is RowKind.SUBTOTAL:
        return _subtotal_readings(above, below)
    first = not any(r.kind is RowKind.LEAF for r in above)
    block = _until_total(below) if first else _until_total(list(reversed(above)))[::-1]
    readings = _total_readings(block)
    closing = [r for r in above if r.kind is RowKind.TOTAL]
    if not first and closing:
        carried = tuple(r.number for r in (closing[-1], *block) if r.kind is not RowKind.MEMO)
        readings += (carried,)  # 本年收入合计 + 年初结转 = 总计
    if not first and len(block) < len(above):
        readings += _total_readings(above)
    return tuple(dict.fromkeys(r for r in readings if r))


def _until_total(rows: Sequence[Row]) -> list[Row]:
    """The rows up to the next grand total."""
    out = []
    for row in rows:
        if row.kind is RowKind.TOTAL:
            break
        out.append(row)
    return out


def _subtotal_readings(above: Sequence[Row], below: Sequence[Row]) -> Readings:
    """A sub-total closes the plain rows above it; where sub-totals stand first, it opens those below."""
    first = next((r.kind for r in above if r.kind is not RowKind.TOTAL), RowKind.SUBTOTAL)
    opens = first is RowKind.SUBTOTAL
    if not opens and (runs := _closing_together(above, below)):
        return runs
    rows = _leaves_next(below) if opens else _leaves_next(list(reversed(above)))[::-1]
    anew = [row for row in rows if not any(word in row.label for word in CARRIED)]  # 本年新增小计 below 上年结转
    readings = [rows, _with_memos(below), _outermost(below)] if opens else [rows, anew]
    return tuple(dict.fromkeys(tuple(r.number for r in reading) for reading in readings if reading))


def _closing_together(above: Sequence[Row], below: Sequence[Row]) -> Readings:
    """义务教育小计, 高中阶段小计 below all of their rows: each covers some of these that follow each other."""
    last = [row.kind for row in (*above[-1:], *below[:1])]
    if RowKind.SUBTOTAL not in last:
        return ()
    leaves = [row.number for row in above if row.kind is RowKind.LEAF][-MOST_LEAVES:]
    cuts = range(len(leaves) + 1)
    return tuple(tuple(leaves[start:end]) for start in cuts for end in cuts if end > start + 1)


def _with_memos(below: Sequence[Row]) -> list[Row]:
    """固定资产小计, 其中：房屋, 车辆: the rows behind 其中 are parts as the others are."""
    out = list(takewhile(lambda row: row.kind in {RowKind.LEAF, RowKind.MEMO}, below))
    return out if out and out[0].kind is RowKind.MEMO else []


def _outermost(below: Sequence[Row]) -> list[Row]:
    """三公合计, 一、出国费, 二、公务用车费小计, 其中：购置费, 三、接待费: the rows of the outermost numbering."""
    block = _until_total(below)
    rank = next((row.rank for row in block if row.rank is not None), None)
    found = [row for row in block if rank is not None and row.rank == rank]
    return found if any(row.kind is RowKind.SUBTOTAL for row in found) else []


def _leaves_next(rows: Sequence[Row]) -> list[Row]:
    out = []
    for row in rows:
        if row.kind in {RowKind.TOTAL, RowKind.SUBTOTAL}:
            break
        if row.kind is RowKind.LEAF:
            out.append(row)
    return out


def _total_readings(block: Sequence[Row]) -> Readings:
    leaves = [r for r in block if r.kind is RowKind.LEAF]
    subtotals = [r for r in block if r.kind is RowKind.SUBTOTAL]
    ranks = list(dict.fromkeys(r.rank for r in leaves if r.rank is not None))  # met from the outside in
    readings = [leaves, subtotals]
    if subtotals:
        readings += [subtotals + _ungrouped(block, closing=True), subtotals + _ungrouped(block, closing=False)]
    if len(ranks) > 1 or (ranks and any(r.rank is None for r in leaves)):
        readings.append([r for r in leaves if r.rank == ranks[0]])
        readings.append([r for r in leaves if r.rank is None])
    readings.append(_outermost(block))
    if any(r.kind is RowKind.MEMO for r in block):
        readings.append(_without_memo_lists(block))
    return tuple(tuple(r.number for r in rows) for rows in readings if rows)


def _ungrouped(block: Sequence[Row], *, closing: bool) -> list[Row]:
    """Leaves that no sub-total covers: after the last one that closes its group, before the first that opens."""
    ordered = list(reversed(block)) if closing else list(block)
    return _leaves_next(ordered)


def _without_memo_lists(block: Sequence[Row]) -> list[Row]:
    """Leaves that do not follow an 其中 row: such a list splits the row above it."""
    out, listing = [], False
    for row in block:
        listing = row.kind is RowKind.MEMO or (listing and row.rank is None and bool(row.label))
        if row.kind is RowKind.LEAF and not listing:
            out.append(row)
    return out
