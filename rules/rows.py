"""Identities across the columns of a row."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation import RowIdentity
from checker.relation.rows import Ranked
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity

LISTED = 6
"""How many failing rows a message names; the evidence has all of them."""


UNNAMED = Phrase("表中", "the table")


@rule(
    "ROW001",
    "row-identity-broken",
    subject=RowIdentity,
    severity=Severity.ERROR,
    title=Phrase("表中各列的勾稽关系不成立", "an identity across columns does not hold"),
    fail=Phrase(
        "{table}：{failing} 行（共 {count} 行）不满足 {left}{sign}{right}={result}，如 {rows}",
        "{table}: {failing} of {count} rows break {left} {sign} {right} = {result}, such as {rows}",
    ),
)
def row_identity_broken(claim: RowIdentity) -> Iterator[Check]:
    """Rows of a table break an identity that its columns and its other rows show.

    原值 − 累计折旧 = 净值, 单价 × 数量 = 金额, 得分 ÷ 分值 = 得分率. All failing rows are one finding.
    """
    if not claim.failing:
        yield claim.passed()
        return
    left, right, result = claim.names
    shown = "；".join(f"{row.label} {row.result.number}（应为 {row.computed}）" for row in claim.failing[:LISTED])
    yield claim.failed(
        computed=claim.failing[0].computed,
        table=claim.table_name or UNNAMED,
        failing=len(claim.failing),
        count=len(claim.rows),
        left=left,
        right=right,
        result=result,
        sign=claim.sign.replace("*", "×").replace("/", "÷").replace("-", "−"),
        rows=shown,
    )


@rule(
    "ROW002",
    "rank-differs-from-value",
    subject=Ranked,
    severity=Severity.ERROR,
    title=Phrase("名次与数值不符", "a rank is not that of its value"),
    fail=Phrase(
        "“{name}”名次写为 {stated}，按 {value} 应为第 {computed}",
        "“{name}” is ranked {stated}; by {value} it is {computed}",
    ),
)
def rank_differs_from_value(claim: Ranked) -> Iterator[Check]:
    """A rank of a table is not the place that its value has among the rows.

    The column that is ranked is the one by which all other rows have their places.
    """
    if claim.holds:
        yield claim.passed()
    else:
        yield claim.failed(name=claim.name, value=claim.value.number, computed=claim.place)


RULES = (row_identity_broken, rank_differs_from_value)
