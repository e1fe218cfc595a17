"""计分: one indicator's weight and score wherever they stand, and the total."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation import (
    CountedIndicators,
    Deducted,
    GroupScore,
    ProcessScore,
    SamePlaces,
    SameScore,
    SameTotal,
    SameWeight,
    ShareOfWeight,
    WithinWeight,
    number_text,
)
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity
from rules.sums import ROUNDED, judge_sum

DIFFERS = Phrase("{label}：{places}", "{label}: {places}")


def judge_places(claim: SamePlaces) -> Iterator[Check]:
    """Pass when all places agree; else name what each of them says."""
    if claim.agree:
        yield claim.passed()
    elif claim.doubt:
        yield claim.open(reason=claim.doubt)
    else:
        yield claim.failed(
            label=claim.label, places=claim.listing, computed=claim.places[-1].figure.number, suggestion=claim.support
        )


@rule(
    "SCR001",
    "weights-of-one-indicator-differ",
    subject=SameWeight,
    severity=Severity.ERROR,
    title=Phrase("同一指标的分值各处不一致", "the weight of one indicator differs between places"),
    fail=DIFFERS,
)
def weights_differ(claim: SameWeight) -> Iterator[Check]:
    """One indicator has different weights in the indicator table, the narrative and the score table."""
    yield from judge_places(claim)


@rule(
    "SCR002",
    "narrative-score-differs-from-score-table",
    subject=SameScore,
    severity=Severity.ERROR,
    title=Phrase("正文得分与评分表不一致", "the narrative and the score table give different scores"),
    fail=DIFFERS,
)
def narrative_score_differs(claim: SameScore) -> Iterator[Check]:
    """The narrative of an indicator gives another score than its row in the score table.

    Which side is right the text does not say; where the sums support one, the suggestion names it.
    """
    yield from judge_places(claim)


@rule(
    "SCR003",
    "process-text-differs-from-score",
    subject=ProcessScore,
    severity=Severity.ERROR,
    title=Phrase("评分说明与本行得分不一致", "the explanation in a row gives another score than its cell"),
    fail=DIFFERS,
)
def process_text_differs(claim: ProcessScore) -> Iterator[Check]:
    """The text in a row of the score table awards another score than the row's score cell."""
    yield from judge_places(claim)


@rule(
    "SCR004",
    "total-score-differs",
    subject=SameTotal,
    severity=Severity.ERROR,
    mandatory=True,
    title=Phrase("总得分各处不一致", "the total score differs between places"),
    fail=DIFFERS,
)
def total_score_differs(claim: SameTotal) -> Iterator[Check]:
    """The total score differs between conclusion, abstract and tables."""
    yield from judge_places(claim)


@rule(
    "SCR005",
    "score-outside-weight",
    subject=WithinWeight,
    severity=Severity.ERROR,
    title=Phrase("得分超出分值", "a score exceeds its weight"),
    fail=Phrase("{label}：得 {stated} 分，而分值为 {weight}", "{label}: scored {stated} out of {weight}"),
)
def score_outside_weight(claim: WithinWeight) -> Iterator[Check]:
    """An indicator's score is above its weight, or below 0."""
    score, weight = claim.score.quantity, claim.weight.quantity
    if 0 <= score.value <= weight.value:
        yield claim.passed()
    else:
        yield claim.failed(label=claim.label, weight=claim.weight.number)


@rule(
    "SCR006",
    "share-of-weight-wrong",
    subject=ShareOfWeight,
    severity=Severity.ERROR,
    title=Phrase("权重百分比与得分不符", "the per cent of the weight does not give the score"),
    fail=Phrase(
        "{label}：分值 {weight} 的 {percent} 为 {computed} 分，文中得 {stated} 分",
        "{label}: {percent} of {weight} is {computed}, the text gives {stated}",
    ),
    rounded=Phrase(
        "{label}：分值 {weight} 的 {percent} 与得分 {stated} 仅因四舍五入相符",
        "{label}: {percent} of {weight} agrees with the score {stated} only thanks to rounding",
    ),
)
def share_of_weight_wrong(claim: ShareOfWeight) -> Iterator[Check]:
    """得 N%权重分 M 分: N per cent of the weight is not M.

    The per cent may be rounded (83.33% of 3 is 2.5) and so may a score with decimals (83.33% of 2
    is 1.67); the weight is exact.
    """
    fields = {"label": claim.label, "weight": claim.weight.number, "percent": claim.percent_text}
    if claim.exact_share == claim.score.quantity.value:
        yield claim.passed()
    elif claim.share.contains(claim.score.quantity.value) or claim.is_rounded:
        yield claim.passed("rounded", Severity.INFO, **fields)
    else:
        yield claim.failed(computed=claim.computed, **fields)


@rule(
    "SCR007",
    "summary-score-differs-from-leaves",
    subject=GroupScore,
    severity=Severity.ERROR,
    mandatory=True,
    title=Phrase("汇总表得分与评分表下级得分之和不符", "the summary differs from the score table"),
    fail=Phrase(
        "汇总表“{label}”得 {stated} 分，评分表其下 {count} 项得分相加为 {computed} 分",
        "the summary gives “{label}” {stated}, the {count} scores under it in the score table add up to {computed}",
    ),
    rounded=ROUNDED,
)
def summary_score_differs(claim: GroupScore) -> Iterator[Check]:
    """A score of the summary table is not the sum of the scores under it in the score table."""
    yield from judge_sum(claim)


@rule(
    "SCR008",
    "deduction-does-not-fit",
    subject=Deducted,
    severity=Severity.ERROR,
    title=Phrase("分值、扣分与得分不符", "weight, deduction and score do not fit"),
    fail=Phrase(
        "{label}：分值 {weight}，扣 {taken}，应得 {computed} 分，写作 {stated} 分",
        "{label}: {weight} less {taken} is {computed}, the report gives {stated}",
    ),
)
def deduction_does_not_fit(claim: Deducted) -> Iterator[Check]:
    """A score is not its weight less the points taken off."""
    if claim.left == claim.score.quantity.value:
        yield claim.passed()
    elif claim.doubt:
        yield claim.open(reason=claim.doubt)
    else:
        taken = "、".join(figure.number for figure in claim.taken)
        computed = number_text(claim.left)
        yield claim.failed(label=claim.label, weight=claim.weight.number, taken=taken, computed=computed)


@rule(
    "SCR009",
    "indicator-count-differs",
    subject=CountedIndicators,
    severity=Severity.ERROR,
    title=Phrase("文中指标个数与指标表不符", "the number of indicators differs from the table"),
    fail=Phrase(
        "文中{level} {stated} 个，指标表有 {computed} 个", "{level}: {stated} in the text, {computed} in the table"
    ),
)
def indicator_count_differs(claim: CountedIndicators) -> Iterator[Check]:
    """The text says how many indicators of a level there are; the table has more or fewer."""
    if claim.count.quantity.value == claim.counted:
        yield claim.passed()
    else:
        yield claim.failed(level=claim.level, computed=str(claim.counted))


RULES = (
    weights_differ,
    narrative_score_differs,
    process_text_differs,
    total_score_differs,
    score_outside_weight,
    share_of_weight_wrong,
    summary_score_differs,
    deduction_does_not_fit,
    indicator_count_differs,
)
