"""Rows of subtotals in a score table, each with the indicators that it covers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from msgspec import Struct

from checker.document import Cell, Table
from checker.phrases import words
from checker.relate.codes import CODE
from checker.relate.layout import RowKind, squeeze
from checker.relate.score_columns import Columns
from checker.relate.score_names import plain_name
from checker.relate.score_values import Group, ScoreRow


class _Covered(Struct, frozen=True):
    """The name of a row of subtotals, and its rows."""

    path: tuple[str, ...]
    rows: tuple[int, ...]


def subtotal_groups(
    table: Table, columns: Columns, read: Sequence[ScoreRow], kinds: Sequence[RowKind], leaves: Sequence[ScoreRow]
) -> tuple[Group, ...]:
    """Each 小计 row with the leaves that it covers.

    These are the leaves under the names beside it (决策 | 目标设定 | 小计, 决策小计) or of its code (A1 项目立项小计);
    else those above it up to the next such row, or below it where such rows stand first.
    """
    first = next((kind for kind in kinds if kind is not RowKind.TOTAL), None)
    known = {leaf.row: leaf for leaf in leaves}
    out: list[Group] = []
    near: ScoreRow | None = None
    under: list[ScoreRow] = []
    order = list(zip(read, kinds, table.body, strict=True))
    for row, kind, cells in reversed(order) if first is RowKind.SUBTOTAL else order:
        if kind is RowKind.SUBTOTAL and near is not None:
            covered = _by_name(columns, cells, near, leaves) or _by_code(cells, leaves)
            if covered is None and under:
                covered = _Covered(under[0].path[:1] or ("小计",), tuple(leaf.row for leaf in under))
            if covered is not None:
                out.append(Group(max(0, len(covered.path) - 1), covered.path, row.weight, covered.rows, row.score))
        if kind in {RowKind.SUBTOTAL, RowKind.TOTAL}:
            under = []
        elif row.row in known:
            near = row
            under.append(row)
    return tuple(out)


def _by_name(columns: Columns, cells: Sequence[Cell], near: ScoreRow, leaves: Sequence[ScoreRow]) -> _Covered | None:
    """小计 in the column of a lower level sums up what stands under the names left of it."""
    path: tuple[str, ...] = ()
    for at, column in enumerate(columns.levels):
        said = plain_name(cells[column].value)
        if squeeze(said) in words("table", "subtotal"):
            own = [plain_name(cells[other].value) for other in columns.levels[:at]]
            if own and own[0]:
                own = list(takewhile(bool, own))  # 决策 | | 小计: of all that 决策 has
            path = tuple(one or other for one, other in zip(own, near.path, strict=False))
            break
        bare = _without_subtotal(said)
        if bare != said and bare in near.path[:-1]:
            path = near.path[: near.path.index(bare) + 1]
            break
    rows = tuple(leaf.row for leaf in leaves if path and leaf.path[: len(path)] == path)
    return _Covered(path, rows) if rows else None


def _by_code(cells: Sequence[Cell], leaves: Sequence[ScoreRow]) -> _Covered | None:
    """A1 项目立项小计 sums up A11, A12."""
    label = next((cell.value.strip() for cell in cells if cell.value), "")
    match = CODE.match(label)
    if match is None or not match["code"][0].isalpha():
        return None
    of_it = [leaf for leaf in leaves if leaf.code.startswith(match["code"])]
    name = _without_subtotal(plain_name(label))
    above = (match["code"][0],) if len(match["code"]) > 1 else ()
    return _Covered((*above, name), tuple(leaf.row for leaf in of_it)) if of_it and name else None


def _without_subtotal(name: str) -> str:
    for word in (*words("table", "subtotal"), "合计"):
        name = name.removesuffix(word)
    return name
