"""Identities across the columns of a row."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation import RowIdentity
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


RULES = (row_identity_broken,)
