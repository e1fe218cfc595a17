"""Relations between the scoring rules that a report prints and the scores that it gives by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.quantity import Interval, Quantity
from checker.relate.rubric_criteria import Award, Criterion, Judged, find_judged
from checker.relate.rubric_measured import Measured, actual_value, find_measured
from checker.relate.rubric_narrated import is_in_parts, is_worked_out
from checker.relate.rubric_programs import HUNDRED
from checker.relate.rubric_programs import Measured as MeasuredProgram
from checker.relate.score_tree import build_score_tree
from checker.relation import NOWHERE, Relation, number_text
from checker.relation.rubrics import (
    WRITTEN,
    ReachableScore,
    RubricMaximum,
    RubricShares,
    RubricTiers,
    RuledScore,
    ScoreSet,
    ScoringGiven,
    digits_after_point,
    written_forms,
)
from checker.verdict import Phrase

PRINTED = Phrase("“{name}”的评分标准", "the scoring rule that is printed for “{name}”")
BESIDE = Phrase("“{name}”的评分标准与分值", "the scoring rule of “{name}” and its weight")
VALUE = Phrase("“{name}”的评分标准与实际值 {value}", "the scoring rule of “{name}” and its measured value {value}")
SIBLINGS = Phrase("同一指标体系的其他指标都写明了计分办法", "the other indicators say how they are scored")
MOSTLY, LACKING = Decimal("0.5"), Decimal("0.1")
"""Criteria without scoring are a fault only where more than the first share give it.

Several that lack it, more than the second share, are how the report writes: 制度齐备 is met or it is not.
"""


_REFERS = Pattern(r"\s*(?:同|参照|比照|参见)(?:上|前|[A-Za-z\d（(“])")
"""同 03-01-01: scored as another indicator is."""


def find_rubrics(reading: Reading) -> Iterator[Relation]:
    """Every relation of a scoring rule to its weight, its scores and the measured value."""
    judged = list(find_judged(reading, build_score_tree(reading)))
    for one in judged:
        relations = list(_of_indicator(one))
        yield from relations
        met = any(isinstance(relation, RubricTiers) for relation in relations)
        for criterion in one.criteria:
            if criterion.is_own:
                yield from (r for r in _of_rule(criterion) if not (met and isinstance(r, RubricTiers)))
    yield from _scoring(judged)


def _of_indicator(judged: Judged) -> Iterator[Relation]:
    """The indicator's scores against its rules; of rules that differ between places one must allow them."""
    because = PRINTED.filled(name=judged.name)
    understood = [c for c in judged.criteria if c.rubric.understood and c.rubric.kind != "absent"]
    unread = [c for c in judged.criteria if c.rubric.kind == "unread"]
    if not understood:
        for criterion in unread[:1]:
            figure = judged.awards[0].figure if judged.awards else None
            why_not = criterion.rubric.why_not
            yield ReachableScore(because, judged.name, criterion.rules, figure, NOWHERE, ScoreSet(), why_not)
        return
    gaps: dict[tuple[str, Decimal], RubricTiers] = {}
    for award in judged.awards:
        score = award.figure.quantity.value
        criterion = next((c for c in understood if c.rubric.reachable.contains(score)), understood[0])
        reachable = criterion.rubric.reachable
        doubtful = criterion.told is not None and is_in_parts(_texts(judged))
        if not reachable.contains(score) and criterion.told and (doubtful or is_worked_out(_texts(judged))):
            continue
        yield ReachableScore(because, judged.name, criterion.rules, award.figure, award.where, reachable)
        ruled = list(_ruled(judged, award, understood, gaps))
        if reachable.contains(score):
            yield from (one for one in ruled if one.holds or one.holds_by_rounding or not doubtful)
    yield from gaps.values()


def _texts(judged: Judged) -> tuple[Passage, ...]:
    return tuple(passage for award in judged.awards for passage in award.passages)


def _ruled(
    judged: Judged, award: Award, understood: Sequence[Criterion], gaps: dict[tuple[str, Decimal], RubricTiers]
) -> Iterator[RuledScore]:
    """The score against the rule's score for the measured value, where the rule gives one."""
    found: list[RuledScore] = []
    for criterion in understood:
        for measured in _measured(judged, award, criterion):
            allowed = criterion.rubric.score_for(measured.value)
            if allowed is not None:
                found.append(_judged_score(judged, award, criterion, measured, allowed))
            elif gap := _gap(criterion, measured):
                gaps.setdefault((gap.gaps[0], measured.value), gap)
    if found:
        yield next((one for one in found if one.holds or one.holds_by_rounding), found[0])


def _measured(judged: Judged, award: Award, criterion: Criterion) -> list[Measured]:
    """The values beside the score, beside another score of the indicator and in the table, in this order.

    Where they differ, one may be a part's or another year's: a score that follows from any of them is right.
    """
    near = [(passage,) for passage in (criterion.told.near if criterion.told else ())]
    texts = [*near, award.passages, *(other.passages for other in judged.awards if other is not award)]
    found = [find_measured(passages, judged.name, criterion.rubric) for passages in texts]
    return [one for one in (*found, actual_value(judged.actual, criterion.rubric)) if one]


def _judged_score(
    judged: Judged, award: Award, criterion: Criterion, measured: Measured, allowed: frozenset[Decimal]
) -> RuledScore:
    return RuledScore(
        VALUE.filled(name=judged.name, value=measured.figure.number),
        judged.name,
        criterion.rules,
        award.figure,
        award.where,
        measured.figure,
        allowed,
        _nearly(criterion, measured),
        number_text(round(_likeliest(allowed, award.figure.quantity), 4)),
    )


def _likeliest(allowed: frozenset[Decimal], score: Quantity) -> Decimal:
    """Of the scores allowed the one to name: the closest before any rounding, rounded as the report's scores are."""
    digits = max(map(digits_after_point, allowed))
    exact = [one for one in allowed if digits_after_point(one) == digits]
    closest = min(exact, key=lambda one: abs(one - score.value))
    rounded = closest.quantize(Decimal(1).scaleb(-max(WRITTEN, score.decimals)), ROUND_HALF_UP)
    return rounded if rounded in allowed else min(allowed, key=lambda one: (abs(one - score.value), number_text(one)))


def _nearly(criterion: Criterion, measured: Measured) -> ScoreSet:
    """The scores for the values that are rounded to the measured one."""
    interval = measured.figure.quantity.interval
    low, high = interval.low / measured.unit.scale, interval.high / measured.unit.scale
    sets = [criterion.rubric.score_for(value) or frozenset() for value in (low, measured.value, high)]
    scores = frozenset(score for found in sets for score in found)
    program = criterion.rubric.program
    if not scores or not isinstance(program, MeasuredProgram) or program.proportion is None:
        return ScoreSet(scores)
    forms = {form for score in scores for form in written_forms(score)}
    return ScoreSet(scores, (Interval(min(forms), max(forms)),))


def _gap(criterion: Criterion, measured: Measured) -> RubricTiers | None:
    program = criterion.rubric.program
    if not isinstance(program, MeasuredProgram):
        return None
    because = VALUE.filled(name=criterion.label, value=measured.figure.number)
    gap = program.gap_at(measured.value)
    return RubricTiers(because, criterion.label, criterion.rules, (gap,), (), measured=measured.figure) if gap else None


def _of_rule(criterion: Criterion) -> Iterator[Relation]:
    """A rule on its own: its parts, its best score, its intervals."""
    rubric = criterion.rubric
    if not rubric.understood or rubric.kind in {"absent", "target"}:
        return
    because = BESIDE.filled(name=criterion.label)
    parts = rubric.shares or rubric.points
    if criterion.told and not parts:
        return
    if parts:
        whole = HUNDRED if rubric.shares else rubric.weight
        yield RubricShares(because, criterion.label, criterion.rules, parts, whole, bool(rubric.shares), rubric.items)
    else:
        yield RubricMaximum(because, criterion.label, criterion.rules, criterion.weight, rubric.reachable.maximum)
    if isinstance(rubric.program, MeasuredProgram) and len(rubric.program.tiers) > 1:
        overlaps = tuple(text for text, _ in rubric.overlaps)
        wide = any(broad for _, broad in rubric.overlaps)
        yield RubricTiers(because, criterion.label, criterion.rules, rubric.gaps, overlaps, wide)


def _scoring(judged: Sequence[Judged]) -> Iterator[ScoringGiven]:
    """Whether each indicator's criteria say how it is scored, where most do."""
    known = [
        (one, c) for one in judged for c in one.criteria if c.rubric.kind not in {"absent", "target"} and not c.told
    ]
    giving = {one.name for one, c in known if c.rubric.gives_scores}
    named = {one.name for one, _ in known}
    lacking = len(named) - len(giving)
    if not named or len(giving) <= MOSTLY * len(named) or (lacking > 1 and lacking > LACKING * len(named)):
        return
    for one in judged:
        criteria = [c for name, c in known if name is one and c.rubric.kind != "wanted"]
        if criteria:
            rules = tuple(rule for c in criteria for rule in c.rules)
            gives = any(c.rubric.gives_scores for c in criteria) or any(
                _REFERS.match(rule.text.value) for rule in rules
            )
            yield ScoringGiven(SIBLINGS, one.name, rules, gives, len(giving))
