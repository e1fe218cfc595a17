"""计分规则: the scoring rule that the report prints, executed."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation.rubrics import (
    ReachableScore,
    RubricMaximum,
    RubricShares,
    RubricTiers,
    RuledScore,
    ScoringGiven,
)
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity


@rule(
    "RUB001",
    "score-cannot-be-reached",
    subject=ReachableScore,
    severity=Severity.ERROR,
    title=Phrase("按评分标准不可能得到的分数", "a score that its rule cannot give"),
    fail=Phrase(
        "{label}：{where}写作“{stated}”，按评分标准只可能得 {computed} 分",
        "{label}: {where} gives {stated}, the scoring rule can only give {computed}",
    ),
    open=Phrase("{label}：评分标准中{reason}，未核对得分", "{label}: the score is not checked: {reason}"),
)
def score_cannot_be_reached(claim: ReachableScore) -> Iterator[Check]:
    """A score is none of those that the indicator's printed rule can give.

    A rule in whole steps of 1 point gives 3, 2, 1 or 0 of 3 points and never 2.5. 评价计分正确 is the
    first thing that the quality form for evaluation reports asks for. A rule that is not understood, or
    that leaves the score to the scorer (酌情扣分), stays open.
    """
    if claim.why_not:
        yield claim.open(label=claim.label, reason=claim.why_not)
    elif claim.holds:
        yield claim.passed()
    else:
        yield claim.failed(label=claim.label, where=claim.where, computed=claim.reachable.listing)


@rule(
    "RUB002",
    "score-differs-from-rule",
    subject=RuledScore,
    severity=Severity.ERROR,
    title=Phrase("得分与评分标准不符", "a score that is not the rule's for the measured value"),
    fail=Phrase(
        "{label}：实际值 {measured}，按评分标准应得 {computed} 分，{where}写作“{stated}”",
        "{label}: for {measured} the scoring rule gives {computed}, {where} gives {stated}",
    ),
    rounded=Phrase(
        "{label}：得分 {stated} 与按 {measured} 计算的结果只差四舍五入",
        "{label}: {stated} agrees with the rule for {measured} only by rounding",
    ),
)
def score_differs_from_rule(claim: RuledScore) -> Iterator[Check]:
    """The measured value gives another score by the printed rule than the report awards.

    Every reading that the words allow is tried: part of a step counts in full, not at all or in
    proportion unless the rule says which; scores may be rounded or cut off.
    """
    fields = {"label": claim.label, "where": claim.where, "measured": claim.measured.raw.strip()}
    if claim.holds:
        yield claim.passed()
    elif claim.holds_by_rounding:
        yield claim.passed("rounded", Severity.INFO, **fields)
    else:
        yield claim.failed(computed=claim.computed, **fields)


@rule(
    "RUB003",
    "best-score-below-weight",
    subject=RubricMaximum,
    severity=Severity.ERROR,
    title=Phrase("评分标准的最高分与分值不符", "the best score of a rule is not its weight"),
    fail=Phrase(
        "{label}：分值 {stated} 分，按评分标准最高得 {computed} 分",
        "{label}: the weight is {stated}, the scoring rule gives {computed} at best",
    ),
)
def best_score_below_weight(claim: RubricMaximum) -> Iterator[Check]:
    """The best score that a printed rule can give is not the indicator's weight.

    Below it full marks cannot be earned; above it more than full marks could be.
    """
    if claim.is_weight:
        yield claim.passed()
    else:
        yield claim.failed(label=claim.label, computed=claim.computed)


@rule(
    "RUB004",
    "shares-do-not-add-up",
    subject=RubricShares,
    severity=Severity.ERROR,
    title=Phrase("评分标准各项之和与分值不符", "the parts of a rule do not make its weight"),
    fail=Phrase(
        "{label}：评分标准各项相加为 {computed}，应为 {whole}",
        "{label}: the parts of the scoring rule add up to {computed}, not {whole}",
    ),
    number=Phrase(
        "{label}：评分标准列有 {items} 个要点，却给出 {count} 项分值",
        "{label}: the scoring rule numbers {items} points and gives {count} parts",
    ),
)
def shares_do_not_add_up(claim: RubricShares) -> Iterator[Check]:
    """The shares of a rule's points are not 100 %, or their scores not the weight.

    每项分别占20%、40%、40% must be 100 %; ①…得1分；②…得0.5分 must be the weight. A list of shares must
    have one for each numbered point.
    """
    if not claim.adds_up:
        yield claim.failed(label=claim.label, computed=claim.computed, whole=claim.whole_text)
    elif claim.items and claim.items != len(claim.parts):
        yield claim.failed("number", Severity.WARNING, label=claim.label, items=claim.items, count=len(claim.parts))
    else:
        yield claim.passed()


@rule(
    "RUB005",
    "tiers-leave-a-gap",
    subject=RubricTiers,
    severity=Severity.INFO,
    title=Phrase("评分标准的分档有空档或重叠", "the intervals of a rule leave a gap or overlap"),
    fail=Phrase(
        "{label}：评分标准没有规定 {gaps} 如何计分", "{label}: the scoring rule does not say what {gaps} gives"
    ),
    measured=Phrase(
        "{label}：实际值 {stated} 不在评分标准的任何一档（{gaps} 没有规定）",
        "{label}: the measured {stated} is in no interval of the scoring rule ({gaps} is not covered)",
    ),
    overlap=Phrase(
        "{label}：评分标准中 {overlaps} 同属两档", "{label}: {overlaps} is in two intervals of the scoring rule"
    ),
)
def tiers_leave_a_gap(claim: RubricTiers) -> Iterator[Check]:
    """The intervals of a rule leave values out, or give one value two scores.

    A warning when the measured value itself is left out or whole stretches overlap; else a remark.
    """
    if claim.measured:
        yield claim.failed("measured", Severity.WARNING, label=claim.label, gaps="、".join(claim.gaps))
        return
    if claim.gaps:
        yield claim.failed(label=claim.label, gaps="、".join(claim.gaps))
    if claim.overlaps:
        severity = Severity.WARNING if claim.wide else Severity.INFO
        yield claim.failed("overlap", severity, label=claim.label, overlaps="、".join(claim.overlaps))
    if not claim.gaps and not claim.overlaps:
        yield claim.passed()


@rule(
    "RUB006",
    "criterion-without-scoring-rule",
    subject=ScoringGiven,
    severity=Severity.WARNING,
    title=Phrase("评分标准没有写明如何计分", "criteria that do not say how scores are given"),
    fail=Phrase(
        "{label}：评分标准没有写明如何计分（其他 {others} 个指标都写明了）",
        "{label}: the criteria do not say how scores are given ({others} others do)",
    ),
)
def criterion_without_scoring_rule(claim: ScoringGiven) -> Iterator[Check]:
    """The criteria of an indicator, only a formula or a description, do not say how it is scored.

    Reported where most other indicators of the same report have a scoring rule.
    """
    if claim.gives:
        yield claim.passed()
    else:
        yield claim.failed(label=claim.label, others=claim.others)


RULES = (
    score_cannot_be_reached,
    score_differs_from_rule,
    best_score_below_weight,
    shares_do_not_add_up,
    tiers_leave_a_gap,
    criterion_without_scoring_rule,
)
