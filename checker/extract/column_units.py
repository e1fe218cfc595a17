"""The unit of each column of a table: its header's own, or the one of the table's that its name asks for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from checker.document import Table
from checker.extract.cells import bare_header, unit_in, units_in
from checker.extract.patterns import Pattern
from checker.phrases import has_any, words
from checker.units import Unit, unit_named

NEITHER = (
    "序号",
    "率",
    "比例",
    "比重",
    "占比",
    "同比",
    "环比",
    "之比",
    "%",
    "％",
    "年份",
    "分值",
    "得分",
    "权重",
    "时间",
    "日期",
    "编码",
)
"""Words in the name of a column that is no amount and no number of things."""

NOT_MONEY = (*NEITHER, "数量", "个数", "人数", "户数")
"""Words in the name of a column that counts something else than the money of its table."""

NOT_COUNTED = (*NEITHER, "金额", "费")
"""The same where the table counts people or things."""


NO_NUMBER = (
    "面积",
    "长度",
    "里程",
    "金额",
    "投资",
    "资金",
    "费",
    "量",
    "均",
    "重",
    "值",
    "额",
    "价",
    "度",
    "指数",
    "系数",
    "预算",
    "决算",
)
"""Words in the name of a column that measures something, where the table has several units."""

_NUMBER_OF = Pattern(r"(?:[个人户份次项件台座处村家条栋辆套名所位构业生师员众者]|标段|(?<!目)标|项目|单位)数量?$")

COUNTED = Unit("", "", Decimal(1), exact=True, kind="plain")
"""A number of things that the column does not name."""


def column_units(table: Table) -> tuple[Unit | None, ...]:
    """The unit of each column: its header's, else the one of the table's units that its name asks for."""
    shared = units_in(table.unit.value) if table.unit else ()
    if not shared and table.caption:
        shared = units_in(table.caption.value)
    return tuple(
        unit_in(name) or _points(name) or _shared_unit(name, shared) or _counted(table, column, shared)
        for column, name in enumerate(table.header)
    )


def _counted(table: Table, column: int, shared: Sequence[Unit]) -> Unit | None:
    """A number of things, whatever they are called: of such numbers none is rounded.

    The column's name ends as one of a number does (户数), or names one of the table's units, or the table has no
    other units and the column no name of an amount; its cells are whole numbers.
    """
    name = bare_header(table.header[column]) or table.header[column]
    if any(word in name for word in (*NEITHER, *NO_NUMBER)) or has_any(name, "table", "money_column"):
        return None
    kinds = {unit.kind for unit in shared}
    named = any(unit.kind == "count" and unit.name in name for unit in shared)
    measured = kinds - {"count"}
    counts = _NUMBER_OF.search(name) or named or ("count" in kinds and measured <= {"measure", "rate"})
    whole = all("." not in cells[column].value for cells in table.body)
    return COUNTED if counts and whole else None


def _points(name: str) -> Unit | None:
    """Points, for a column that is named as weights or scores are."""
    bare = bare_header(name)
    listed = (*words("score", "weight"), *words("score", "score"), *words("score", "deduction"))
    return unit_named("分") if bare.endswith(listed) else None


def _shared_unit(name: str, shared: Sequence[Unit]) -> Unit | None:
    """The table's unit, but not for a column whose name says that it counts something else.

    Of several units rates take the per cent, and amounts the one of money: 单位：万元、%.
    """
    rate = next((unit for unit in shared if unit.kind == "rate"), None)
    name = bare_header(name) or name  # 2021年（1.5%） are amounts
    if rate is not None and name.endswith(words("table", "rate_column")):
        return rate
    others = [unit for unit in shared if unit is not rate]
    if len(others) == 1:
        money = others[0].kind == "money" or len(shared) == 1
        return None if any(word in name for word in (NOT_MONEY if money else NOT_COUNTED)) else others[0]
    money_units = [unit for unit in others if unit.kind == "money"]
    counted = any(word in name for word in NOT_MONEY)
    named = has_any(name, "table", "money_column") and not counted
    return money_units[0] if len(money_units) == 1 and named else None
