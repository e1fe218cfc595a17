"""Rules of one measured value: thresholds and intervals, steps from full marks, and proportions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from checker.extract.patterns import Pattern
from checker.quantity import INFINITY
from checker.relate.rubric_clauses import Clause
from checker.relate.rubric_conditions import Mark, Stretch
from checker.relate.rubric_core import (
    GIVING,
    NO_FORMULA,
    NO_START,
    PER_CENT,
    TWO_FORMULAS,
    Built,
    Context,
    NotUnderstood,
    extra_of,
    labels_of,
    read_tiers,
    rest_of,
    unplaced,
)
from checker.relate.rubric_programs import HUNDRED, ZERO, Measured, Program, Proportion, Step, Tier
from checker.relate.rubric_scores import step_scores, tier_scores
from checker.relate.rubric_tokens import Kind, Token
from checker.relate.rubric_words import rule_words
from checker.relation.rubrics import ScoreSet

ALL = Stretch(HUNDRED, HUNDRED, Mark.SURE, Mark.SURE, "%")
"""100 %: what full marks for 全部 are given for."""


def is_measured(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether a step is one of the measured value: per cent, or the unit of an interval of the rule."""
    step = clause.condition.step
    if step is None:
        return False
    units = {c.condition.stretch.unit for c in clauses if c.condition.stretch}
    units |= {guard.unit for guard in clause.condition.guards}
    return step.unit in {"%", "‰", "百分点"} or step.unit in {unit.lstrip("万") for unit in units} | units


def build_tiers(clauses: Sequence[Clause], context: Context) -> Built:
    """≥90%得2分，80%~90%得1分: a score for each interval. Raises ``NotUnderstood``."""
    tiers = read_tiers(clauses, context)
    extra, rest = extra_of(clauses, context), rest_of(clauses, context)
    others = [c for c in clauses if c.token.kind not in GIVING]
    if others:
        raise unplaced(others[0])
    scores = tier_scores(tiers) | ScoreSet.of({*extra, *([rest] if rest is not None else [])})
    if extra - {ZERO}:
        return Built("words", Program(scores))
    program = Measured(scores, tiers, context.weight, rest=rest, extra=extra, lowest=context.lowest)
    kind = "threshold" if len({tier.score for tier in tiers} | {rest or ZERO}) <= 2 else "tiers"
    return Built(kind, program, tiers[0].stretch.unit, labels_of(clauses, context))


def _full_tier(clauses: Sequence[Clause], context: Context, step: Clause) -> Tier:
    """The tier that steps count from: the rule's only one with a score, or 100 % for 全部…得满分."""
    tiers = [tier for tier in read_tiers(clauses, context) if tier.score > 0]
    if len(tiers) == 1:
        return tiers[0]
    if tiers:
        raise unplaced(step)
    guards = step.condition.guards
    if len(guards) == 1:
        return Tier(_beyond(guards[0]), context.weight)
    full = [c for c in clauses if c.token.kind is Kind.FULL and c.condition.in_words]
    everything = rule_words("everything")
    if full and any(word in full[0].condition.text for word in everything):
        return Tier(ALL, context.weight)
    raise NotUnderstood(NO_START.filled(words=step.condition.text[-12:]))


def _beyond(guard: Stretch) -> Stretch:
    """The values that a guard (低于90%的) leaves for full marks."""
    if guard.low == -INFINITY:
        return replace(guard, low=guard.high, high=INFINITY, low_mark=Mark.SURE, high_mark=Mark.OPEN)
    return replace(guard, high=guard.low, low=-INFINITY, high_mark=Mark.SURE, low_mark=Mark.OPEN)


def build_steps(steps: Sequence[Clause], clauses: Sequence[Clause], context: Context) -> Built:
    """≥90%得满分，每下降1%扣5%权重分: steps from full marks. Raises ``NotUnderstood``."""
    others = [c for c in clauses if c.token.kind not in GIVING and c not in steps]
    if others or len(steps) > 1:
        raise unplaced((others or steps)[-1])
    clause, words = steps[0], steps[0].condition.step
    full = _full_tier(clauses, context, clause)
    ends = {full.stretch.low, full.stretch.high}
    if words is None or any(guard.low not in ends and guard.high not in ends for guard in clause.condition.guards):
        raise unplaced(clause)
    if (words.direction < 0 and not full.stretch.low.is_finite()) or (
        words.direction > 0 and not full.stretch.high.is_finite()
    ):
        raise unplaced(clause)
    relative = words.unit in {"%", "百分点"} and full.stretch.unit not in PER_CENT
    whole = context.whole or ("" if words.unit in {"%", "百分点", "‰"} else "down")
    amount = clause.token.amounts[0].points(context.total)
    step = Step(words.size * _scale(words.unit, full.stretch.unit), amount, words.direction, whole, relative)
    tiers = tuple(tier for tier in (full, *read_tiers(clauses, context)) if tier is full or tier.score != full.score)
    extra = extra_of(clauses, context) - {context.weight}
    if extra - {ZERO} or full.score != context.weight:
        raise unplaced(clause)
    scores = step_scores(full.score, step, context.lowest) | ScoreSet.of({tier.score for tier in tiers} | extra)
    program = Measured(scores, tiers, context.weight, step, extra=extra, lowest=context.lowest)
    return Built("steps", program, full.stretch.unit, labels_of(clauses, context))


def _scale(step: str, tier: str) -> Decimal:
    """How many of the tier's unit one of the step's is (百分点 of ‰: 10)."""
    return Decimal(10) if tier == "‰" and step in {"%", "百分点"} else Decimal(1)


_TARGET = Pattern(r"/\(?(?P<target>\d+(?:\.\d+)?)(?P<rate>%)?[^\d/+\-×%]{0,4}\)?(?:×100%)?$")
_BY_TARGET = Pattern(r"/\(?(?:年度)?(?:目标|指标|预期|计划)值?")
OF_TARGET = "proportional to a target"
"""完成值/目标值×分值 names no number: the value itself, a rate of 87.49 % say, is not yet the ratio."""
IN_PROPORTION = "in proportion"
"""目标45%，按比例计分: to the target where the rule prints one, else to the whole."""
_PLAIN_NAMES = Pattern(r"[^\d+\-×=≥≤<>~]{1,40}(?:/[^\d+\-×=]{1,30})?(?:×100%)?")


def build_ratio(clauses: Sequence[Clause], context: Context) -> Built:
    """100%得满分，否则按完成率×权重得分: in proportion to the value. Raises ``NotUnderstood``."""
    ratios = [c for c in clauses if c.token.kind is Kind.RATIO]
    others = [c for c in clauses if c.token.kind not in GIVING and c.token.kind is not Kind.RATIO]
    if others:
        raise unplaced(others[0])
    if len({c.token.expression for c in ratios}) > 1:
        raise NotUnderstood(TWO_FORMULAS)
    tiers, extra = read_tiers(clauses, context), extra_of(clauses, context) - {context.weight}
    positive = [tier for tier in tiers if tier.score > 0]
    if len(positive) > 1 or (positive and positive[0].score != context.weight) or extra - {ZERO}:
        raise unplaced(ratios[0])
    proportion, unit = _proportion(ratios[0].token, positive[0].stretch if positive else None)
    scores = ScoreSet.between(ZERO, context.weight)
    program = Measured(scores, tiers, context.weight, proportion=proportion, extra=extra)
    labels = (*labels_of(clauses, context), _name_in(ratios[0].token.expression))
    kind = "proportional"
    if proportion.target is None and _BY_TARGET.search(ratios[0].token.expression):
        kind = OF_TARGET
    elif proportion.target is None and ratios[0].token.expression == "比例":
        kind = IN_PROPORTION
    return Built(kind, program, unit, tuple(dict.fromkeys(label for label in labels if label)))


_PRINTED_TARGET = Pattern(r"(?:目标|指标|预期|计划)值?(?:为|是|:|≥|>=)?(?P<target>\d+(?:\.\d+)?)%")


def with_target(built: Built, text: str) -> Built:
    """目标值98%，得分=实际值÷目标值×分值: the target that a rule prints outside its formula."""
    said = {match["target"] for match in _PRINTED_TARGET.finditer(text)}
    program = built.program
    if built.kind == IN_PROPORTION and not said:
        return replace(built, kind="proportional")
    known = built.kind in {OF_TARGET, IN_PROPORTION} and len(said) == 1
    if not known or not isinstance(program, Measured) or program.proportion is None:
        return built
    proportion = replace(program.proportion, target=Decimal(said.pop()), is_rate=False)
    return replace(built, kind="proportional", program=replace(program, proportion=proportion))


def _name_in(expression: str) -> str:
    """The measured quantity that a formula begins with: 实际下降率/10% speaks of 下降率."""
    return expression.partition("/")[0].strip("()=").removeprefix("实际")


def _proportion(token: Token, full: Stretch | None) -> tuple[Proportion, str]:
    target = _TARGET.search(token.expression)
    if target is None and not _PLAIN_NAMES.fullmatch(token.expression):
        raise NotUnderstood(NO_FORMULA.filled(words=token.text))
    if target and not _PLAIN_NAMES.fullmatch(token.expression[: target.start()]):
        raise NotUnderstood(NO_FORMULA.filled(words=token.text))
    if full is None and target is None:
        return Proportion(), "%"
    if full is None and target is not None:
        rate = bool(target["rate"])
        return Proportion(Decimal(target["target"]), is_rate=False), "%" if rate else "#"
    if full is None:
        raise NotUnderstood(NO_FORMULA.filled(words=token.text))
    less = full.low < 0 and not full.low.is_finite()
    bound = full.high if less else full.low
    if target and Decimal(target["target"]) != bound:
        raise NotUnderstood(NO_FORMULA.filled(words=token.text))
    rate = full.unit in PER_CENT and not target
    return Proportion(bound, is_rate=rate, less_is_better=less), full.unit
