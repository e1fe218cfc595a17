"""A score table printed as several: 附表1 决策类指标, 附表2 过程类指标, each with its own 合计, 100 points in all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from msgspec.structs import replace

from checker.document import Table
from checker.extract.cells import bare_header
from checker.extract.patterns import Pattern
from checker.relate.score_names import plain_name
from checker.relate.score_values import Group, ScoreRow, ScoreTable, TableKind

FULL = Decimal(100)
_CAPTION = Pattern(
    r"^(?:附|续)?表\s*[\d一二三四五六七八九十]*(?:[-—.]\d+)*\s*"
    r"(?P<name>\p{Han}{2,6}?)(?:类|维度|方面)?(?:三级)?(?:绩效)?(?:评价)?指标"
)


def joined(tables: Sequence[ScoreTable]) -> tuple[ScoreTable, ...]:
    """The tables, those that are parts of one as one: the same columns, other names, and 100 points together."""
    out: list[ScoreTable] = []
    for _, group in groupby(tables, key=lambda one: (one.kind, tuple(map(bare_header, one.table.header)))):
        out += _run(list(group))
    return tuple(out)


def _run(tables: list[ScoreTable]) -> list[ScoreTable]:
    names = [row.path for table in tables for row in table.rows]
    weights = [_weight(table) for table in tables]
    parts = len(tables) > 1 and tables[0].kind in (TableKind.SCORES, TableKind.SUMMARY, TableKind.INDICATORS)
    if not parts or sum(weights) != FULL or max(weights) == FULL or len(set(names)) < len(names):
        return tables
    return [_as_one(tables)]


def _weight(table: ScoreTable) -> Decimal:
    return sum((row.weight.quantity.value for row in table.rows if row.weight), start=Decimal(0))


def _as_one(tables: Sequence[ScoreTable]) -> ScoreTable:
    """One table whose rows are those of all; the total of each part is that of a group on top."""
    first = tables[0]
    rows = list(first.table.rows[: first.table.header_rows])
    starts: list[tuple[int, Table]] = []
    read: list[ScoreRow] = []
    groups: list[Group] = []
    for one in tables:
        offset = len(rows) - one.table.header_rows
        starts.append((offset and len(rows), one.table))
        rows += one.table.body
        read += [replace(row, row=row.row + offset) for row in one.rows]
        groups += _groups(one, offset)
    table = replace(first.table, rows=tuple(rows), damaged=frozenset())
    return replace(first, table=table, rows=tuple(read), groups=tuple(groups), total=None, parts=tuple(starts))


def _groups(part: ScoreTable, offset: int) -> Iterator[Group]:
    total = part.total
    if total is not None:
        yield Group(0, (_name(part.table),), total.weight, tuple(row.row + offset for row in part.rows), total.score)
    for group in part.groups:
        yield replace(group, level=group.level + 1, rows=tuple(row + offset for row in group.rows))


def _name(table: Table) -> str:
    """The name of a part, beside its 合计 or in its caption."""
    said = [cell.value for row in table.body for cell in row[:2] if any(c.value.endswith("合计") for c in row[:3])]
    own = next((plain_name(name.removesuffix("合计")) for name in said if name.removesuffix("合计")), "")
    match = _CAPTION.match(table.name)
    return own or (match["name"] if match else table.name)
