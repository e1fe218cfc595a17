"""Relations between a printed scoring rule, the score that was given and the value that was measured."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from msgspec import Struct

from checker.figure import Figure
from checker.quantity import Interval
from checker.relation import NOWHERE, Relation, number_text
from checker.verdict import Mention, Phrase, Role

PLACES = (1, 2, 3, 4)
WRITTEN = 2
"""Scores are written with up to two digits after the point; a finer one is rounded when it is given."""
LISTED = 12


def written_forms(value: Decimal) -> frozenset[Decimal]:
    """The scores that a report may write for a computed one: exact, rounded, or cut off."""
    forms = {value}
    for places in PLACES:
        step = Decimal(1).scaleb(-places)
        forms.update(value.quantize(step, rounding) for rounding in (ROUND_HALF_UP, ROUND_DOWN))
    return frozenset(forms)


def fine_forms(value: Decimal) -> frozenset[Decimal]:
    """The same for scores that are counted in steps: rounded only when they need more than two digits."""
    return written_forms(value) if digits_after_point(value) > WRITTEN else frozenset({value})


def digits_after_point(value: Decimal) -> int:
    """How many digits after the point the value needs."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


class ScoreSet(Struct, frozen=True):
    """The scores that a rule can give: single ones, and stretches in which every score is possible."""

    values: frozenset[Decimal] = frozenset()
    spans: tuple[Interval, ...] = ()

    @classmethod
    def of(cls, values: Iterable[Decimal]) -> ScoreSet:
        """A set of single scores."""
        return cls(frozenset(values))

    @classmethod
    def between(cls, low: Decimal, high: Decimal) -> ScoreSet:
        """Every score from ``low`` to ``high``."""
        return cls(frozenset((low, high)), (Interval(low, high),))

    def contains(self, score: Decimal) -> bool:
        """Whether the rule can give this score; one with more than two digits may be rounded."""
        if score in self.values or any(span.contains(score) for span in self.spans):
            return True
        return any(score in fine_forms(value) for value in self.values)

    @property
    def maximum(self) -> Decimal:
        """The best score."""
        return max((*self.values, *(span.high for span in self.spans)), default=Decimal(0))

    @property
    def minimum(self) -> Decimal:
        """The lowest score."""
        return min((*self.values, *(span.low for span in self.spans)), default=Decimal(0))

    def __or__(self, other: ScoreSet) -> ScoreSet:
        return ScoreSet(self.values | other.values, (*self.spans, *other.spans))

    def __add__(self, other: ScoreSet) -> ScoreSet:
        """Every sum of a score of one and a score of the other."""
        values = frozenset(a + b for a in self.values for b in other.values)
        spans = [a + Interval.point(b) for a in self.spans for b in other.values]
        spans += [Interval.point(a) + b for a in self.values for b in other.spans]
        spans += [a + b for a in self.spans for b in other.spans]
        return ScoreSet(values, tuple(spans))

    @property
    def listing(self) -> str:
        """The scores in a message: 0、1、2 or 0~5, the best ones first."""
        inside = [v for v in self.values if not any(span.contains(v) for span in self.spans)]
        singles = [number_text(round(v, 4)) for v in sorted(inside, reverse=True)]
        spans = [f"{number_text(round(s.low, 4))}~{number_text(round(s.high, 4))}" for s in dict.fromkeys(self.spans)]
        shown = [*singles[:LISTED], *(["…"] if len(singles) > LISTED else []), *spans[:LISTED]]
        return "、".join(shown)


class OfRubric(Relation, frozen=True):
    """What all relations to a scoring rule share: the indicator and where its rule is printed, once or more."""

    label: str
    rules: tuple[Mention, ...]

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The rule wherever it is printed."""
        return self.rules


class ReachableScore(OfRubric, frozen=True):
    """The score beside all that the indicator's rule can give.

    ``why_not`` says why the rule is not understood, so that its score, if there is one, cannot be judged.
    """

    score: Figure | None
    where: Phrase
    reachable: ScoreSet
    why_not: Phrase | None = None

    @property
    def stated(self) -> str | None:
        """The score as written."""
        return self.score.number if self.score else None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The score, the rule."""
        return (Mention.of(Role.STATED, self.score), *self.rules) if self.score else self.rules

    @property
    def holds(self) -> bool:
        """Whether the rule can give this score."""
        return self.score is not None and self.reachable.contains(self.score.quantity.value)


class RuledScore(OfRubric, frozen=True):
    """The score beside what the rule gives for the value that the report measured.

    ``where`` names the score's place. ``allowed`` are the scores for the value as written, under every
    reading of the rule; ``nearly`` those for some true value that is rounded to it.
    """

    score: Figure
    where: Phrase
    measured: Figure
    allowed: frozenset[Decimal]
    nearly: ScoreSet
    computed: str

    @property
    def stated(self) -> str:
        """The score as written."""
        return self.score.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The score, the measured value, the rule."""
        return (Mention.of(Role.STATED, self.score), Mention.of(Role.OPERAND, self.measured), *self.rules)

    def needed(self, figure: Figure) -> Interval | None:
        """The score that the rule gives, where it gives only one."""
        return Interval.point(*self.allowed) if figure is self.score and len(self.allowed) == 1 else None

    @property
    def holds(self) -> bool:
        """Whether the value as written gives the score."""
        return self.score.quantity.value in self.allowed

    @property
    def holds_by_rounding(self) -> bool:
        """Whether a value that is rounded to the written one gives the score."""
        return self.nearly.contains(self.score.quantity.value)


class RubricMaximum(OfRubric, frozen=True):
    """The best score that a rule can give, beside the indicator's weight."""

    weight: Figure
    best: Decimal

    @property
    def is_weight(self) -> bool:
        """Whether full marks can be earned and no more."""
        return round(self.best, 4) == self.weight.quantity.value

    @property
    def stated(self) -> str:
        """The weight as written."""
        return self.weight.number

    @property
    def computed(self) -> str:
        """The best score in a message."""
        return number_text(round(self.best, 4))

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The weight, the rule."""
        return (Mention.of(Role.STATED, self.weight), *self.rules)


class RubricShares(OfRubric, frozen=True):
    """What a rule splits the weight into: shares in per cent (of 100) or points (of the weight).

    ``items`` is how many numbered points the rule lists, 0 when it numbers none.
    """

    parts: tuple[Decimal, ...]
    whole: Decimal
    in_percent: bool
    items: int = 0

    @property
    def summed(self) -> Decimal:
        """The parts added up."""
        return sum(self.parts, start=Decimal(0))

    @property
    def computed(self) -> str:
        """The sum in a message."""
        return number_text(round(self.summed, 4)) + ("%" if self.in_percent else "")

    @property
    def whole_text(self) -> str:
        """What the parts should add up to."""
        return number_text(self.whole) + ("%" if self.in_percent else "")

    @property
    def adds_up(self) -> bool:
        """Whether the parts are the whole; thirds written as decimals may miss it by their rounding."""
        return abs(self.summed - self.whole) <= self._rounding

    @property
    def _rounding(self) -> Decimal:
        fine = [part for part in self.parts if digits_after_point(part) >= WRITTEN]
        return sum((Decimal("0.5").scaleb(-digits_after_point(part)) for part in fine), start=Decimal(0))


class RubricTiers(OfRubric, frozen=True):
    """The intervals of a rule: values that none of them takes, and values that two of them take.

    ``measured`` is the report's value when it lies in a gap.
    """

    gaps: tuple[str, ...]
    overlaps: tuple[str, ...]
    wide: bool = False
    measured: Figure | None = None

    @property
    def stated(self) -> str | None:
        """The measured value that no interval takes."""
        return self.measured.number if self.measured else None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The measured value if it is in a gap, the rule."""
        return (Mention.of(Role.STATED, self.measured), *self.rules) if self.measured else self.rules


class ScoringGiven(OfRubric, frozen=True):
    """Whether the criteria of an indicator say how it is scored, as those of the others do."""

    gives: bool
    others: int = 0
    where: Phrase = NOWHERE
