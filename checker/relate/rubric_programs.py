"""What a scoring rule computes: the scores that it can give, and the scores for a measured value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from msgspec import Struct

from checker.quantity import INFINITY
from checker.relate.rubric_conditions import Mark, Stretch
from checker.relation.rubrics import ScoreSet, fine_forms, written_forms
from checker.units import unit_named

ZERO = Decimal(0)
HUNDRED = Decimal(100)


class Program(Struct, frozen=True):
    """Scores that are given for words, not for a value; the others derive from it."""

    scores: ScoreSet

    @property
    def reachable(self) -> ScoreSet:
        """Every score that the rule can give."""
        return self.scores

    def score_for(self, value: Decimal) -> frozenset[Decimal] | None:
        """The scores that the rule allows for a value, under every reading; None when it gives none."""
        del value
        return None


class Tier(Struct, frozen=True):
    """One interval of a rule and its score."""

    stretch: Stretch
    score: Decimal


class Step(Struct, frozen=True):
    """每下降 size 扣 amount: from the end of the full tier, down (-1), up (1) or both ways (0).

    ``whole`` says how a part of a step counts: "up", "down", in "part" or "" (the rule does not say: as
    a full one, not at all, or in proportion). ``relative`` steps are hundredths of the target.
    """

    size: Decimal
    amount: Decimal
    direction: int
    whole: str = ""
    relative: bool = False

    def losses(self, distance: Decimal) -> frozenset[Decimal]:
        """The points lost at a distance from the full tier."""
        steps = distance / self.size
        up, down = steps.to_integral_value(ROUND_CEILING), steps.to_integral_value(ROUND_FLOOR)
        readings = {"up": (up,), "down": (down,), "part": (steps,)}.get(self.whole, (up, down, steps))
        return frozenset(count * self.amount for count in readings)


class Proportion(Struct, frozen=True):
    """In proportion to the value: value ÷ 100 (a rate) or value ÷ target; target ÷ value where less is better."""

    target: Decimal | None = None
    is_rate: bool = True
    less_is_better: bool = False

    def shares(self, value: Decimal) -> Iterable[Decimal]:
        """The shares of the weight under each reading, at most 1."""
        if self.less_is_better:
            if self.target is not None and value > 0:
                yield min(Decimal(1), self.target / value)
                if self.target > 0:
                    yield max(ZERO, 1 - (value - self.target) / self.target)
            return
        if self.is_rate:
            yield min(Decimal(1), max(ZERO, value / HUNDRED))
        if self.target is not None and self.target > 0:
            yield min(Decimal(1), max(ZERO, value / self.target))


class Measured(Program, frozen=True):
    """Intervals of one measured value with their scores, and what holds outside of them.

    Outside: ``step``, ``proportion``, ``rest`` (否则不得分) or nothing, which is a gap. ``extra`` are
    scores that words may give besides (未开展不得分).
    """

    tiers: tuple[Tier, ...] = ()
    weight: Decimal = ZERO
    step: Step | None = None
    proportion: Proportion | None = None
    rest: Decimal | None = None
    extra: frozenset[Decimal] = frozenset()
    lowest: Decimal = ZERO

    @property
    def best(self) -> Tier | None:
        """The tier with the best score, from which steps are counted."""
        return max(self.tiers, key=lambda tier: tier.score, default=None)

    def score_for(self, value: Decimal) -> frozenset[Decimal] | None:
        """The scores of the tiers that hold the value, else of what holds outside of them."""
        inside = {tier.score for tier in self.tiers if tier.stretch.interval.contains(value)}
        if inside:
            return frozenset(inside) | self.extra
        out = self._outside(value)
        if out is None:
            return None
        forms = written_forms if self.proportion else fine_forms
        return frozenset(form for score in out | self.extra for form in forms(max(self.lowest, score)))

    def _outside(self, value: Decimal) -> frozenset[Decimal] | None:
        best = self.best
        beyond = best is not None and len(self._positive) == 1 and best.stretch.is_point and value > best.stretch.high
        favoured: set[Decimal] = {best.score} if best and beyond and not self._up else set()
        if self.step and best:
            return self._stepped(best, value) or frozenset(favoured) or None
        if self.proportion:
            shares = set(self.proportion.shares(value))
            return frozenset(share * self.weight for share in shares) if shares else None
        if self.rest is not None:
            return frozenset({self.rest, *favoured})
        return frozenset(favoured) or None

    @property
    def _positive(self) -> list[Tier]:
        return [tier for tier in self.tiers if tier.score > 0]

    @property
    def _up(self) -> bool:
        return bool(self.step and self.step.direction >= 0)

    def _stepped(self, best: Tier, value: Decimal) -> frozenset[Decimal] | None:
        step = self.step
        below, above = best.stretch.low - value, value - best.stretch.high
        if step is None:
            return None
        distance = (
            below if below >= 0 and step.direction <= 0 else above if above >= 0 and step.direction >= 0 else None
        )
        if distance is None:
            return None
        if step.relative:
            target = best.stretch.low if below >= 0 else best.stretch.high
            distance = distance / abs(target) * HUNDRED if target else distance
        return frozenset(max(self.lowest, best.score - loss) for loss in step.losses(distance))

    @property
    def gaps(self) -> tuple[str, ...]:
        """The values that no tier takes; empty when a rule for the rest is printed."""
        if self.step or self.proportion or self.rest is not None or not self.tiers:
            return ()
        return tuple(_gap_text(low, high) for low, high in _holes([tier.stretch for tier in self.tiers]))

    def gap_at(self, value: Decimal) -> str:
        """The gap that a value lies in, as a message names it."""
        below = [tier.stretch for tier in self.tiers if tier.stretch.high <= value]
        above = [tier.stretch for tier in self.tiers if tier.stretch.low >= value]
        low = max(below, key=lambda s: s.high, default=None)
        return _gap_text(low, min(above, key=lambda s: s.low, default=None))

    @property
    def overlaps(self) -> tuple[tuple[str, bool], ...]:
        """The values that two tiers take with different scores; the flag says that it is more than one value."""
        out = []
        ordered = sorted(self.tiers, key=lambda tier: (tier.stretch.low, tier.stretch.high))
        for index, one in enumerate(ordered):
            for other in ordered[index + 1 :]:
                if one.score != other.score and one.stretch.interval.meets(other.stretch.interval):
                    out += _overlap(one.stretch, other.stretch)
        return tuple(dict.fromkeys(out))


def _overlap(one: Stretch, other: Stretch) -> list[tuple[str, bool]]:
    low, high = max(one.low, other.low), min(one.high, other.high)
    if low < high:
        return [(f"{_shown(low, one.unit)}~{_shown(high, one.unit)}", True)]
    marks = {
        one.high_mark if one.high == low else one.low_mark,
        other.low_mark if other.low == low else other.high_mark,
    }
    return [] if marks == {Mark.BELOW, Mark.RANGE} else [(_shown(low, one.unit), False)]


def _holes(stretches: Sequence[Stretch]) -> list[tuple[Stretch | None, Stretch | None]]:
    """Pairs of neighbours with values between them; None stands for the end of the scale."""
    ordered = sorted(stretches, key=lambda s: (s.low, s.high))
    holes: list[tuple[Stretch | None, Stretch | None]] = []
    rate = ordered[0].unit in {"%", ""}
    unit = unit_named(ordered[0].unit)
    counts = unit is not None and unit.kind == "count"
    if ordered[0].low > 0 or (ordered[0].low == 0 and ordered[0].low_mark is Mark.OPEN):
        holes.append((None, ordered[0]))
    reach = ordered[0]
    for one in ordered[1:]:
        if one.low - reach.high > (1 if counts else 0) or (
            one.low == reach.high and Mark.OPEN in (one.low_mark, reach.high_mark) and one.low_mark == reach.high_mark
        ):
            holes.append((reach, one))
        reach = max(reach, one, key=lambda s: s.high)
    if reach.high < (HUNDRED if rate else INFINITY):
        holes.append((reach, None))
    return holes


def _gap_text(low: Stretch | None, high: Stretch | None) -> str:
    if low is None and high is not None:
        return f"<{_shown(high.low, high.unit)}"
    if high is None and low is not None:
        return f">{_shown(low.high, low.unit)}"
    if low is None or high is None:
        return ""
    if low.high == high.low:
        return _shown(low.high, low.unit)
    return f"{_shown(low.high, low.unit)}~{_shown(high.low, low.unit)}"


def _shown(value: Decimal, unit: str) -> str:
    return f"{value:f}{unit}"


class Deductions(Program, frozen=True):
    """Full marks less so much for each finding (``counted``: size, points) and for each failing (``once``).

    ``extra`` are scores that words give whatever is found (发现重大问题不得分).
    """

    full: Decimal = ZERO
    counted: tuple[tuple[Decimal, Decimal], ...] = ()
    once: tuple[Decimal, ...] = ()
    extra: frozenset[Decimal] = frozenset()
    lowest: Decimal = ZERO

    def score_for(self, value: Decimal) -> frozenset[Decimal] | None:
        """The scores for a number of findings; None where findings of several kinds are told apart."""
        if len(self.counted) != 1 or self.once or value < 0 or value != value.to_integral_value():
            return None
        size, amount = self.counted[0]
        steps = (value / size).to_integral_value(ROUND_FLOOR)
        return frozenset({max(self.lowest, self.full - steps * amount), *self.extra})
