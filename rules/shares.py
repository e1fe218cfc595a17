"""Shares, completion rates, multiples and amounts a head."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation.shares import Completion, Multiple, Quotient, RateBase, Share
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity

APPROXIMATE = Phrase("其中有约数", "an approximate figure is among them")
IMPOSSIBLE = Phrase("除数为零", "the divisor is zero")
FAIL = Phrase(
    "“{label}”{stated}{unit}，按 {part} 与 {whole} 计算为 {computed}{unit}",
    "“{label}” is {stated} {unit}; {part} over {whole} is {computed} {unit}",
)
TRUNCATED = Phrase(
    "“{label}”{stated}{unit} 为截位所得，{part} 与 {whole} 之比四舍五入为 {computed}{unit}",
    "“{label}” {stated} {unit} is cut off; {part} over {whole} rounds to {computed} {unit}",
)


def judge_quotient(claim: Quotient) -> Iterator[Check]:
    """Pass, fail or open by the readings; info where the result is cut off and not rounded."""
    if claim.is_open:
        yield claim.open(reason=APPROXIMATE)
    elif not claim.possible:
        yield claim.open(reason=IMPOSSIBLE)
    elif claim.is_cut_off:
        yield claim.passed("truncated", Severity.INFO, **claim.fields)
    elif claim.holds:
        yield claim.passed()
    elif claim.doubt is not None and claim.slipped is None:
        yield claim.open(reason=claim.doubt)
    else:
        yield claim.failed(**claim.fields, suggestion=claim.hint)


@rule(
    "PCT001",
    "share-wrong",
    subject=Share,
    severity=Severity.ERROR,
    title=Phrase("占比与所列数额不符", "a share does not follow from its figures"),
    fail=FAIL,
    truncated=TRUNCATED,
)
def share_wrong(claim: Share) -> Iterator[Check]:
    """A share (占…的 N %) is not the part over the whole that the text names.

    The whole is the amount of that name, or for a list behind 其中 the total before it. Part and whole
    stand for every value that rounds to them; a share that is cut off and not rounded is a remark.
    """
    yield from judge_quotient(claim)


@rule(
    "PCT002",
    "completion-rate-wrong",
    subject=Completion,
    severity=Severity.ERROR,
    title=Phrase("完成率、执行率等比率与所列数不符", "a completion rate does not follow from its figures"),
    fail=FAIL,
    truncated=TRUNCATED,
)
def completion_rate_wrong(claim: Completion) -> Iterator[Check]:
    """A rate of completion, execution or return is not what was done over what was planned.

    The base is the one that the sentence names (年初预算, 调整预算, 任务); a rate known by its name
    divides as 财预〔2013〕53号 or usage says, and every base in use is tried.
    """
    yield from judge_quotient(claim)


@rule(
    "PCT003",
    "rate-base-missing-or-zero",
    subject=RateBase,
    severity=Severity.ERROR,
    title=Phrase("完成率所称的基数为零或有误", "a rate names a base that is zero or not the one used"),
    fail=Phrase(
        "“{label}”{stated}：所称基数“{name}”为 {whole}，不能得出该比率",
        "“{label}” {stated}: the base “{name}” that it names is {whole} and does not give this rate",
    ),
    zero=Phrase(
        "“{label}”{stated}：所称基数“{name}”为零，不能计算比率",
        "“{label}” {stated}: the base “{name}” that it names is zero",
    ),
)
def rate_base_missing_or_zero(claim: RateBase) -> Iterator[Check]:
    """A completion rate names a base that is zero, or follows from another base than the one it names.

    A rate over 年初预算 where only 全年预算 was given is the usual form. The base that fits is named.
    """
    hint = None
    if claim.other is not None:
        other = {"value": claim.other.whole.raw, "name": claim.other.name}
        hint = Phrase("按“{name}”{value} 计算相符", "with “{name}” {value} it fits", other)
    whole = claim.closest.whole.raw
    fields: dict[str, object] = {"label": claim.label, "name": claim.name, "whole": whole, "suggestion": hint}
    if claim.is_zero:
        yield claim.failed("zero", **fields)
    elif claim.other is not None:
        yield claim.failed(**fields)
    else:
        yield claim.passed()


@rule(
    "PCT004",
    "multiple-or-per-head-wrong",
    subject=Multiple,
    severity=Severity.ERROR,
    title=Phrase("倍数或人均数与所列数不符", "a multiple or an amount a head does not follow from its figures"),
    fail=FAIL,
    truncated=TRUNCATED,
)
def multiple_or_per_head_wrong(claim: Multiple) -> Iterator[Check]:
    """A multiple (是…的 N 倍) or an amount a head (人均) is not the quotient of its two figures."""
    yield from judge_quotient(claim)


RULES = (share_wrong, completion_rate_wrong, rate_base_missing_or_zero, multiple_or_per_head_wrong)
