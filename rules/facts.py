"""One fact in several places: the same number, and in the same unit."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation.facts import Restatement
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity


@rule(
    "FCT001",
    "fact-stated-with-two-values",
    subject=Restatement,
    severity=Severity.ERROR,
    title=Phrase("同一事实各处数值不一致", "one fact is stated with two values"),
    fail=Phrase(
        "“{label}”一处为 {figure}，{count}为 {other}",
        "“{label}”: {figure} in one place, {other} in {count}",
    ),
    unit=Phrase(
        "“{label}”一处写作 {figure}，{count}写作 {other}，单位应有一处误写",
        "“{label}”: {figure} in one place, {other} in {count}: one of the units is wrong",
    ),
)
def fact_stated_with_two_values(claim: Restatement) -> Iterator[Check]:
    """The same figure (same measure, year and manner) has another value, or another unit, elsewhere.

    Amounts and rates agree when they can be one value, each rounded as it is written. Which of the
    places is wrong the text does not say: 数据准确, 前后一致 is what quality reviews of reports ask for.
    """
    if claim.agree:
        yield claim.passed()
        return
    many = Phrase("另有 {n} 处", "{n} others", {"n": len(claim.others)})
    yield claim.failed(
        "unit" if claim.is_unit_slip else "fail",
        label=claim.label,
        figure=claim.figure.with_unit,
        computed=claim.others[0].number,
        other=claim.others[0].with_unit,
        count=many if len(claim.others) > 1 else Phrase("另一处", "another"),
    )


RULES = (fact_stated_with_two_values,)
