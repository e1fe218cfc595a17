"""Makes a program of the clauses of a scoring rule, or says why it cannot.

Every builder takes all clauses and consumes each of them; what it cannot place raises ``NotUnderstood``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from checker.extract.patterns import Pattern
from checker.relate.rubric_clauses import Clause
from checker.relate.rubric_conditions import Stretch, settled
from checker.relate.rubric_programs import (
    HUNDRED,
    ZERO,
    Deductions,
    Measured,
    Program,
    Proportion,
    Step,
    Tier,
    deduction_scores,
    step_scores,
    tier_scores,
)
from checker.relate.rubric_tokens import Kind, Token
from checker.relate.rubric_words import rule_words
from checker.relation_rubric import ScoreSet
from checker.verdict import Phrase


class NotUnderstood(Exception):
    """A rule that cannot be executed; ``reason`` says why."""

    def __init__(self, reason: Phrase) -> None:
        """Keep the reason."""
        super().__init__(reason.say("en"))
        self.reason = reason


UNPLACED = Phrase("“{words}”与其他计分语句的关系不明", "how “{words}” goes with the other phrases is not clear")
NO_START = Phrase("“{words}”没有写明从何值起算", "“{words}” does not say from which value it counts")
TWO_FORMULAS = Phrase("同一标准中有两个不同的计分公式", "the criterion has two different formulas")
NO_FORMULA = Phrase("计分公式“{words}”无法计算", "the formula “{words}” cannot be computed")
MANY_OR_ONE = Phrase(
    "各得分语句是分项相加还是分档择一不明", "whether the scores add up or exclude each other is not clear"
)
PER_CENT = frozenset({"%", "", "个百分点", "百分点"})


@dataclass(frozen=True)
class Built:
    """A program and what a linter of the rule looks at."""

    kind: str
    program: Program
    input: str = ""
    labels: tuple[str, ...] = ()
    points: tuple[Decimal, ...] = field(default=())


@dataclass(frozen=True)
class Context:
    """What the clauses share: the weight that 满分 is, the weight that shares are of, the phrases beside them."""

    weight: Decimal
    total: Decimal
    side: tuple[Token, ...] = ()
    formula_labels: tuple[str, ...] = ()

    def score(self, clause: Clause) -> Decimal:
        """The score that a clause gives."""
        if clause.token.kind is Kind.FULL:
            return self.weight
        if clause.token.kind in {Kind.ZERO, Kind.GATE}:
            return ZERO
        return clause.token.amounts[0].points(self.total)

    @property
    def whole(self) -> str:
        """How a part of a step counts."""
        kinds = {token.kind for token in self.side}
        return "up" if Kind.WHOLE_UP in kinds else "down" if Kind.WHOLE_DOWN in kinds else ""

    @property
    def lowest(self) -> Decimal:
        """The score that deductions never go below."""
        most = [
            token.amounts[0].points(self.total) for token in self.side if token.kind is Kind.FLOOR and token.amounts
        ]
        return max(ZERO, self.weight - most[0]) if most else ZERO


GIVING = frozenset({Kind.FULL, Kind.GAIN, Kind.ZERO, Kind.GATE})


def build(clauses: Sequence[Clause], context: Context) -> Built:
    """The program of one rule without numbered scores. Raises ``NotUnderstood``."""
    if any(c.token.kind is Kind.LOSE for c in clauses):
        raise _unplaced(next(c for c in clauses if c.token.kind is Kind.LOSE))
    steps = [c for c in clauses if c.token.kind is Kind.DEDUCT and c.condition.step and _is_measured(c, clauses)]
    if steps:
        return _build_steps(steps, clauses, context)
    if any(c.token.kind is Kind.RATIO for c in clauses):
        return _build_ratio(clauses, context)
    if any(c.token.kind is Kind.DEDUCT for c in clauses):
        return _build_deductions(clauses, context)
    if any(c.token.kind is Kind.GAIN and (c.condition.count or c.condition.step) for c in clauses):
        return _build_accrual(clauses, context)
    if any(c.condition.stretch for c in clauses):
        return _build_tiers(clauses, context)
    return _build_words(clauses, context)


def _unplaced(clause: Clause) -> NotUnderstood:
    return NotUnderstood(UNPLACED.filled(words=(clause.condition.text[-12:] + clause.token.text)))


def _is_measured(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether a step is one of the measured value: per cent, or the unit of an interval of the rule."""
    step = clause.condition.step
    if step is None:
        return False
    units = {c.condition.stretch.unit for c in clauses if c.condition.stretch}
    units |= {guard.unit for guard in clause.condition.guards}
    return step.unit in {"%", "‰", "百分点"} or step.unit in {unit.lstrip("万") for unit in units} | units


def _tiers(clauses: Sequence[Clause], context: Context) -> tuple[Tier, ...]:
    """The intervals of the rule with their scores, shared ends settled. Raises on different units."""
    found = [c for c in clauses if c.token.kind in GIVING and c.condition.stretch]
    stretches = [c.condition.stretch for c in found if c.condition.stretch]
    units = {"%" if s.unit in PER_CENT else s.unit for s in stretches}
    if len(units) > 1:
        raise _unplaced(found[-1])
    tidy = [replace(s, unit=next(iter(units))) for s in settled(stretches)]
    return tuple(Tier(s, context.score(c)) for s, c in zip(tidy, found, strict=True))


def _labels(clauses: Sequence[Clause], context: Context) -> tuple[str, ...]:
    named = [c.condition.stretch.label for c in clauses if c.condition.stretch and c.condition.stretch.label]
    return tuple(dict.fromkeys((*named, *context.formula_labels)))


def _rest(clauses: Sequence[Clause], context: Context) -> Decimal | None:
    """What 否则 gives; None when the rule has no such clause."""
    rest = [context.score(c) for c in clauses if c.token.kind in GIVING and c.condition.otherwise]
    return rest[-1] if rest else None


def _extra(clauses: Sequence[Clause], context: Context) -> frozenset[Decimal]:
    """Scores that words give beside the intervals."""
    return frozenset(context.score(c) for c in clauses if c.token.kind in GIVING and c.condition.in_words)


def _build_tiers(clauses: Sequence[Clause], context: Context) -> Built:
    tiers = _tiers(clauses, context)
    extra, rest = _extra(clauses, context), _rest(clauses, context)
    others = [c for c in clauses if c.token.kind not in GIVING]
    if others:
        raise _unplaced(others[0])
    scores = tier_scores(tiers) | ScoreSet.of({*extra, *([rest] if rest is not None else [])})
    if extra - {ZERO}:
        return Built("words", Program(scores))
    program = Measured(scores, tiers, context.weight, rest=rest, extra=extra, lowest=context.lowest)
    kind = "threshold" if len({tier.score for tier in tiers} | {rest or ZERO}) <= 2 else "tiers"
    return Built(kind, program, tiers[0].stretch.unit, _labels(clauses, context))


def _full_tier(clauses: Sequence[Clause], context: Context, step: Clause) -> Tier:
    """The tier that steps count from: the rule's only one with a score, or 100 % for 全部…得满分."""
    tiers = [tier for tier in _tiers(clauses, context) if tier.score > 0]
    if len(tiers) == 1:
        return tiers[0]
    if tiers:
        raise _unplaced(step)
    guards = step.condition.guards
    if len(guards) == 1:
        return Tier(_beyond(guards[0]), context.weight)
    full = [c for c in clauses if c.token.kind is Kind.FULL and c.condition.in_words]
    everything = rule_words("everything")
    if full and any(word in full[0].condition.text for word in everything):
        exact = find_hundred()
        return Tier(exact, context.weight)
    raise NotUnderstood(NO_START.filled(words=step.condition.text[-12:]))


def find_hundred() -> Stretch:
    """100 %, as an interval."""
    from checker.relate.rubric_conditions import Mark

    return Stretch(HUNDRED, HUNDRED, Mark.SURE, Mark.SURE, "%")


def _beyond(guard: Stretch) -> Stretch:
    """The values that a guard (低于90%的) leaves for full marks."""
    from checker.quantity import INFINITY
    from checker.relate.rubric_conditions import Mark

    if guard.low == -INFINITY:
        return replace(guard, low=guard.high, high=INFINITY, low_mark=Mark.SURE, high_mark=Mark.OPEN)
    return replace(guard, high=guard.low, low=-INFINITY, high_mark=Mark.SURE, low_mark=Mark.OPEN)


def _build_steps(steps: Sequence[Clause], clauses: Sequence[Clause], context: Context) -> Built:
    others = [c for c in clauses if c.token.kind not in GIVING and c not in steps]
    if others or len(steps) > 1:
        raise _unplaced((others or steps)[-1])
    clause, words = steps[0], steps[0].condition.step
    full = _full_tier(clauses, context, clause)
    ends = {full.stretch.low, full.stretch.high}
    if words is None or any(guard.low not in ends and guard.high not in ends for guard in clause.condition.guards):
        raise _unplaced(clause)
    relative = words.unit in {"%", "百分点"} and full.stretch.unit not in PER_CENT
    whole = context.whole or ("" if words.unit in {"%", "百分点", "‰"} else "down")
    amount = clause.token.amounts[0].points(context.total)
    step = Step(words.size * _scale(words.unit, full.stretch.unit), amount, words.direction, whole, relative)
    tiers = tuple(tier for tier in (full, *_tiers(clauses, context)) if tier is full or tier.score != full.score)
    extra = _extra(clauses, context) - {context.weight}
    if extra - {ZERO} or full.score != context.weight:
        raise _unplaced(clause)
    scores = step_scores(full.score, step, context.lowest) | ScoreSet.of({tier.score for tier in tiers} | extra)
    program = Measured(scores, tiers, context.weight, step, extra=extra, lowest=context.lowest)
    return Built("steps", program, full.stretch.unit, _labels(clauses, context))


def _scale(step: str, tier: str) -> Decimal:
    """How many of the tier's unit one of the step's is (百分点 of ‰: 10)."""
    return Decimal(10) if tier == "‰" and step in {"%", "百分点"} else Decimal(1)


_TARGET = Pattern(r"/\(?(?P<target>\d+(?:\.\d+)?)(?P<rate>%)?[^\d/+\-×%]{0,4}\)?(?:×100%)?$")
_PLAIN_NAMES = Pattern(r"[^\d+\-×=≥≤<>~]{1,40}(?:/[^\d+\-×=]{1,30})?(?:×100%)?")


def _build_ratio(clauses: Sequence[Clause], context: Context) -> Built:
    ratios = [c for c in clauses if c.token.kind is Kind.RATIO]
    others = [c for c in clauses if c.token.kind not in GIVING and c.token.kind is not Kind.RATIO]
    if others:
        raise _unplaced(others[0])
    if len({c.token.expression for c in ratios}) > 1:
        raise NotUnderstood(TWO_FORMULAS)
    tiers, extra = _tiers(clauses, context), _extra(clauses, context) - {context.weight}
    positive = [tier for tier in tiers if tier.score > 0]
    if len(positive) > 1 or (positive and positive[0].score != context.weight) or extra - {ZERO}:
        raise _unplaced(ratios[0])
    proportion, unit = _proportion(ratios[0].token, positive[0].stretch if positive else None)
    scores = ScoreSet.between(ZERO, context.weight)
    program = Measured(scores, tiers, context.weight, proportion=proportion, extra=extra)
    labels = (*_labels(clauses, context), _name_in(ratios[0].token.expression))
    return Built("proportional", program, unit, tuple(dict.fromkeys(label for label in labels if label)))


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


def _build_deductions(clauses: Sequence[Clause], context: Context) -> Built:
    taken = [c for c in clauses if c.token.kind is Kind.DEDUCT]
    given = [c for c in clauses if c.token.kind in GIVING and context.score(c) > 0]
    zeros = [c for c in clauses if c.token.kind in GIVING and context.score(c) == 0]
    others = [c for c in clauses if c.token.kind not in GIVING and c not in taken]
    if others or len(given) > 1:
        raise _unplaced((others or given)[-1])
    if given and given[0].condition.stretch and not _is_everything(given[0].condition.stretch):
        raise _unplaced(taken[0])
    full = context.score(given[0]) if given else context.weight
    amounts = [(c, c.token.amounts[0].points(context.total)) for c in taken]
    sizes = [(_size_of(c), amount) for c, amount in amounts if c.condition.count or c.condition.step]
    once = [amount for c, amount in amounts if not (c.condition.count or c.condition.step)]
    scores = deduction_scores(full, [amount for _, amount in sizes], once, context.lowest)
    if zeros:
        scores = scores | ScoreSet.of({ZERO})
    units = [_unit_of(c) for c in taken if c.condition.count or c.condition.step]
    program = Deductions(
        scores, full, tuple(sizes), tuple(once), frozenset({ZERO} if zeros else ()), context.lowest, "".join(units[:1])
    )
    return Built("deductions", program, f"count:{''.join(units[:1])}", tuple(c.condition.text for c in taken))


def _is_everything(stretch: Stretch) -> bool:
    return stretch.unit in PER_CENT and stretch.low in {HUNDRED, ZERO}


def _size_of(clause: Clause) -> Decimal:
    words = clause.condition.count or clause.condition.step
    return words.size if words else Decimal(1)


def _unit_of(clause: Clause) -> str:
    words = clause.condition.count or clause.condition.step
    return words.unit if words else ""


def _build_accrual(clauses: Sequence[Clause], context: Context) -> Built:
    """每完成一个得0.5分: so much for each, up to the weight."""
    gains = [c for c in clauses if c.token.kind is Kind.GAIN and (c.condition.count or c.condition.step)]
    rest = [c for c in clauses if c not in gains and context.score(c) not in {ZERO, context.weight}]
    if len(gains) > 1 or rest:
        raise _unplaced((rest or gains)[-1])
    amount = context.score(gains[0])
    if amount <= 0:
        raise _unplaced(gains[0])
    scores = (
        deduction_scores(context.weight, [amount], []) if context.weight % amount == 0 else _multiples(amount, context)
    )
    return Built("accrual", Program(scores), f"count:{_unit_of(gains[0])}")


def _multiples(amount: Decimal, context: Context) -> ScoreSet:
    count = int(context.weight // amount) + 1
    return ScoreSet.of(min(context.weight, amount * number) for number in range(count + 1))


Additive = Callable[[Sequence[Clause]], bool]


def _build_words(clauses: Sequence[Clause], context: Context) -> Built:
    """Scores for words: steps of one scale (全部、基本、部分), or points that add up."""
    others = [c for c in clauses if c.token.kind not in GIVING]
    if others:
        raise _unplaced(others[0])
    given = [c for c in clauses if context.score(c) > 0]
    points = tuple(context.score(c) for c in given)
    scores = {context.score(c) for c in clauses} | {ZERO}
    if len(points) <= 1 or max(points) == context.weight:
        return Built("words", Program(ScoreSet.of(scores)))
    if sum(points) == context.weight:
        from checker.relate.rubric_programs import subset_scores

        return Built("items", Program(subset_scores(points)), points=points)
    scale = rule_words("scale")
    if all(any(word in c.condition.text[-6:] for word in scale) for c in given):
        return Built("words", Program(ScoreSet.of(scores)))
    raise NotUnderstood(MANY_OR_ONE)
