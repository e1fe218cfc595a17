"""Indicators across tables and narrative: missing, renamed, other criteria, reasons, problems."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation.indicators import (
    AnnouncedParts,
    DeductionReason,
    IndicatorNames,
    IndicatorOrder,
    IndicatorParent,
    IndicatorPresent,
    NamedProblem,
    OwnText,
    ProblemScore,
    SameText,
)
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity

ONLY_HERE = Phrase("{where}有“{words}”", "{where} has “{words}”")
NOT_HERE = Phrase("{where}没有", "{where} has not")
SLIPPED = Phrase(
    "该指标位于两组交界处，合并单元格可能错位", "it stands where two groups meet; a merged cell may have slipped"
)


@rule(
    "IND001",
    "indicator-missing",
    subject=IndicatorPresent,
    severity=Severity.ERROR,
    title=Phrase("指标在一处有而另一处没有", "an indicator stands in one place and not in another"),
    fail=Phrase("指标“{name}”见于{where}，{other}没有", "the indicator “{name}” is in {where}, not in {other}"),
)
def indicator_missing(claim: IndicatorPresent) -> Iterator[Check]:
    """An indicator stands in one table and not in the other, or the narrative passes it over."""
    if claim.found:
        yield claim.passed()
    else:
        yield claim.failed(name=claim.name, where=claim.where, other=claim.other)


@rule(
    "IND002",
    "indicator-renamed",
    subject=IndicatorNames,
    severity=Severity.WARNING,
    title=Phrase("同一指标名称不一致", "one indicator has different names"),
    fail=Phrase("同一指标名称不一致：{names}", "one indicator, different names: {names}"),
)
def indicator_renamed(claim: IndicatorNames) -> Iterator[Check]:
    """One indicator is named otherwise in another place.

    Places are paired by group and order, so a name that changed is still the same indicator.
    """
    if claim.agree:
        yield claim.passed()
    else:
        yield claim.failed(names=claim.listing)


@rule(
    "IND003",
    "indicator-order-differs",
    subject=IndicatorOrder,
    severity=Severity.INFO,
    title=Phrase("指标排列次序不一致", "the indicators stand in another order"),
    fail=Phrase("{names}在{where}与{other}中次序不同", "{names} stand in another order in {where} than in {other}"),
)
def indicator_order_differs(claim: IndicatorOrder) -> Iterator[Check]:
    """The indicators stand in another order in one table than in the other."""
    if claim.moved:
        yield claim.failed(names=claim.names, where=claim.where, other=claim.other)
    else:
        yield claim.passed()


@rule(
    "IND004",
    "indicator-under-another-parent",
    subject=IndicatorParent,
    severity=Severity.ERROR,
    title=Phrase("指标所属上级不一致", "an indicator stands under another parent"),
    fail=Phrase(
        "指标“{name}”在{where}属“{group}”，在{other}属“{computed}”",
        "“{name}” is under “{group}” in {where}, under “{computed}” in {other}",
    ),
)
def indicator_under_another_parent(claim: IndicatorParent) -> Iterator[Check]:
    """An indicator stands under another group in one table than in the other."""
    here, there = claim.groups
    if claim.same is None:
        yield claim.open(reason=SLIPPED)
    elif claim.same:
        yield claim.passed()
    else:
        yield claim.failed(name=claim.name, where=here.where, group=here.name, other=there.where, computed=there.name)


@rule(
    "IND005",
    "criteria-differ-between-tables",
    subject=SameText,
    severity=Severity.WARNING,
    title=Phrase("同一指标的评分标准或解释各表不一致", "criteria of one indicator differ between tables"),
    fail=Phrase("指标“{name}”的{column}不一致：{here}；{there}", "“{name}”, {column} differ: {here}; {there}"),
)
def criteria_differ_between_tables(claim: SameText) -> Iterator[Check]:
    """The criteria of an indicator differ between the indicator table and the score table.

    A difference in numbers or points is an error, since both cannot be the rule that was applied; one of
    words is a warning. Punctuation, white space and width are of no matter.
    """
    if claim.same:
        yield claim.passed()
        return
    severity = Severity.ERROR if claim.rule_differs else None
    here, there = (
        (ONLY_HERE if words else NOT_HERE).filled(where=where, words="…".join(words))
        for where, words in zip(claim.where, (claim.only_here, claim.only_there), strict=True)
    )
    yield claim.failed("fail", severity, name=claim.name, column=claim.column, here=here, there=there)


@rule(
    "IND006",
    "text-copied-from-another-indicator",
    subject=OwnText,
    severity=Severity.ERROR,
    title=Phrase("指标解释或评分标准照搬其他指标", "explanation or criteria copied from another indicator"),
    fail=Phrase("指标“{name}”的{column}与“{source}”的相同", "the {column} of “{name}” are those of “{source}”"),
)
def text_copied_from_another_indicator(claim: OwnText) -> Iterator[Check]:
    """The explanation or the criteria of an indicator are word for word those of another.

    Only where the words speak of the other indicator and not of this one.
    """
    if claim.source:
        yield claim.failed(name=claim.name, column=claim.column, source=claim.source)
    else:
        yield claim.passed()


@rule(
    "IND007",
    "announced-indicators-differ",
    subject=AnnouncedParts,
    severity=Severity.ERROR,
    title=Phrase("文中列举的下级指标与表格不符", "the indicators listed in the text are not those of the tables"),
    fail=Phrase("“{parent}”所列下级指标{difference}", "the parts listed under “{parent}” {difference}"),
)
def announced_indicators_differ(claim: AnnouncedParts) -> Iterator[Check]:
    """A sentence lists the indicators under another one and leaves out, or adds, one against the tables."""
    if not claim.missing and not claim.extra:
        yield claim.passed()
        return
    missing = "、".join(name for name, _ in claim.missing)
    extra = "、".join(claim.extra)
    zh = "，".join(part for part in (f"缺少“{missing}”" * bool(missing), f"多出“{extra}”" * bool(extra)) if part)
    en = ", ".join(part for part in (f"lack “{missing}”" * bool(missing), f"add “{extra}”" * bool(extra)) if part)
    yield claim.failed(parent=claim.parent, difference=Phrase(zh, en))


@rule(
    "IND008",
    "deduction-without-reason",
    subject=DeductionReason,
    severity=Severity.WARNING,
    title=Phrase("扣分与扣分原因不对应", "points and reasons do not go together"),
    fail=Phrase(
        "指标“{name}”扣分而未写原因：得 {stated} 分，分值 {weight}",
        "“{name}” lost points without a reason: {stated} of {weight}",
    ),
    needless=Phrase(
        "指标“{name}”得满分 {stated} 分，却写有扣分原因",
        "“{name}” has its full {stated} points and a reason for a deduction",
    ),
)
def deduction_without_reason(claim: DeductionReason) -> Iterator[Check]:
    """An indicator lost points and gives no reason, or gives a reason and lost none."""
    if claim.deducted == (claim.reason is not None):
        yield claim.passed()
    elif claim.deducted:
        yield claim.failed(name=claim.name, weight=claim.weight.number)
    else:
        yield claim.failed("needless", name=claim.name)


@rule(
    "IND009",
    "problem-without-treatment",
    subject=NamedProblem,
    severity=Severity.WARNING,
    title=Phrase("结论提到的问题在问题章节没有对应", "a problem of the conclusion is not treated"),
    fail=Phrase(
        "结论提到“{problem}”，问题章节没有对应内容",
        "the conclusion names “{problem}”, the problems chapter does not treat it",
    ),
)
def problem_without_treatment(claim: NamedProblem) -> Iterator[Check]:
    """The conclusion names a problem of which the chapter on problems says nothing."""
    if claim.found:
        yield claim.passed()
    else:
        yield claim.failed(problem=claim.problem)


@rule(
    "IND010",
    "problem-of-indicator-with-full-marks",
    subject=ProblemScore,
    severity=Severity.WARNING,
    title=Phrase("得满分的指标被列为问题", "a problem names an indicator that has full marks"),
    fail=Phrase(
        "问题提到“{name}”，该指标得满分 {score} 分", "a problem names “{name}”, which has its full {score} points"
    ),
)
def problem_of_indicator_with_full_marks(claim: ProblemScore) -> Iterator[Check]:
    """A problem is named for an indicator that lost no points."""
    if claim.score.quantity.value < claim.weight.quantity.value:
        yield claim.passed()
    else:
        yield claim.failed(name=claim.name, score=claim.score.number)


RULES = (
    indicator_missing,
    indicator_renamed,
    indicator_order_differs,
    indicator_under_another_parent,
    criteria_differ_between_tables,
    text_copied_from_another_indicator,
    announced_indicators_differ,
    deduction_without_reason,
    problem_without_treatment,
    problem_of_indicator_with_full_marks,
)
