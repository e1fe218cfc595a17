"""Weights, scores and grades wherever they stand."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from checker.figure import Figure
from checker.quantity import Interval
from checker.relation.base import Relation, number_text
from checker.verdict import Mention, Phrase, Role

HUNDRED = Decimal(100)


class ScoreAt(Struct, frozen=True):
    """A weight or score at one place; ``where`` names the place for a message."""

    figure: Figure
    where: Phrase


class SamePlaces(Relation, frozen=True):
    """One number that stands in several places, the first one being questioned.

    ``support`` says which side the sums support, where they do; ``doubt`` why the places may not
    speak of one thing.
    """

    label: str
    places: tuple[ScoreAt, ...]
    support: Phrase | None = None
    doubt: Phrase | None = None

    @property
    def stated(self) -> str:
        """The number at the first place."""
        return self.places[0].figure.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every place, the questioned one first."""
        first, *rest = self.places
        return (Mention.of(Role.STATED, first.figure), *(Mention.of(Role.OPERAND, p.figure) for p in rest))

    @property
    def listing(self) -> Phrase:
        """What each place says, in one line: 正文 2.5，评分表 2."""
        zh = "，".join(f"{{w{i}}} {place.figure.number}" for i, place in enumerate(self.places))
        en = ", ".join(f"{{w{i}}} {place.figure.number}" for i, place in enumerate(self.places))
        return Phrase(zh, en, {f"w{i}": place.where for i, place in enumerate(self.places)})

    def needed(self, figure: Figure) -> Interval | None:
        """What the other places say, where they agree or most of them do."""
        others = Counter(p.figure.quantity.based for p in self.places if p.figure is not figure).most_common(2)
        alone = len(others) == 1 or (len(others) > 1 and others[0][1] > others[1][1])
        return Interval.point(others[0][0]) if alone else None

    @property
    def agree(self) -> bool:
        """Whether all places state the same value (85.2 and 85.20 are the same)."""
        return len({p.figure.quantity.based for p in self.places}) == 1


class SameWeight(SamePlaces, frozen=True):
    """The weight of one indicator wherever it stands."""


class SameScore(SamePlaces, frozen=True):
    """The score of one indicator in the narrative and in the tables."""


class ProcessScore(SamePlaces, frozen=True):
    """The score that the text in a row of the score table gives, beside the row's score cell."""


class SameTotal(SamePlaces, frozen=True):
    """The total score in conclusion, abstract and tables."""


class Scored(Relation, frozen=True):
    """The score of one indicator beside its weight, with the per cent of the weight if printed."""

    label: str
    score: Figure
    weight: Figure
    percent: Figure | None = None

    @property
    def stated(self) -> str:
        """The score as written."""
        return self.score.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The score, the per cent, the weight."""
        others = (self.percent, self.weight) if self.percent else (self.weight,)
        return (Mention.of(Role.STATED, self.score), *(Mention.of(Role.OPERAND, f) for f in others))


class WithinWeight(Scored, frozen=True):
    """A score that must lie between 0 and its weight."""


class ShareOfWeight(Scored, frozen=True):
    """得 N%权重分 M 分: the per cent of the weight must give the score."""

    @property
    def percent_text(self) -> str:
        """The per cent as written."""
        return self.percent.number if self.percent else ""

    @property
    def exact_share(self) -> Decimal:
        """The per cent of the weight, taken as it stands."""
        return self.weight.quantity.value * (self.percent.quantity.value if self.percent else Decimal(0)) / 100

    @property
    def share(self) -> Interval:
        """Every score that the per cent may stand for when it is rounded or cut off."""
        if self.percent is None:
            return Interval.point(Decimal(0))
        rounded, cut = self.percent.quantity.interval, self.percent.quantity.truncated
        whole = Interval(min(rounded.low, cut.low), max(rounded.high, cut.high))
        return whole * Interval.point(self.weight.quantity.value / 100)

    @property
    def is_rounded(self) -> bool:
        """Whether the score is the share rounded half up to the decimals that it was written with."""
        step = Decimal(1).scaleb(-self.score.quantity.decimals)
        rounded = self.exact_share.quantize(step, ROUND_HALF_UP)
        return self.score.quantity.decimals > 0 and rounded == self.score.quantity.value

    def needed(self, figure: Figure) -> Interval | None:
        """The score, the per cent or the weight that the other two give."""
        if self.percent is None:
            return None
        score, percent, weight = (Interval.point(f.quantity.value) for f in (self.score, self.percent, self.weight))
        if figure is self.score:
            return self.share
        if figure is self.percent:
            return score / weight * Interval.point(HUNDRED)
        return score / percent * Interval.point(HUNDRED) if figure is self.weight else None

    @property
    def calculation(self) -> str:
        """The per cent of the weight."""
        return f"{self.weight.number} × {self.percent_text}"

    @property
    def computed(self) -> str:
        """The per cent of the weight in a message."""
        return number_text(round(self.exact_share, 4))


class Deducted(Relation, frozen=True):
    """A weight, the points taken off it and the score that is left; ``doubt`` says what else may be taken off."""

    label: str
    weight: Figure
    taken: tuple[Figure, ...]
    score: Figure
    doubt: Phrase | None = None

    @property
    def left(self) -> Decimal:
        """The weight less what was taken off."""
        return self.weight.quantity.value - sum((f.quantity.value for f in self.taken), start=Decimal(0))

    @property
    def is_of_hundred(self) -> bool:
        """Whether the points are taken off a score of 100, which counts by the weight: 扣 10 分, 3.60 分 of 4."""
        taken = self.weight.quantity.value - self.left
        return self.score.quantity.value * 100 == self.weight.quantity.value * (100 - taken)

    def needed(self, figure: Figure) -> Interval | None:
        """The score or the weight that the others give; a deduction where it is the only one."""
        score, weight = self.score.quantity.value, self.weight.quantity.value
        if figure is self.score:
            return Interval.point(self.left)
        if figure is self.weight:
            return Interval.point(score + weight - self.left)
        return Interval.point(self.left - score + figure.quantity.value)

    @property
    def calculation(self) -> str:
        """The weight less each deduction."""
        return " − ".join(figure.number for figure in (self.weight, *self.taken))

    @property
    def stated(self) -> str:
        """The score as written."""
        return self.score.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The score, the weight, the deductions."""
        others = (self.weight, *self.taken)
        return (Mention.of(Role.STATED, self.score), *(Mention.of(Role.OPERAND, f) for f in others))


class CountedIndicators(Relation, frozen=True):
    """How many indicators of a level the text says there are, and how many the table has."""

    level: str
    count: Figure
    counted: int
    table: Mention

    @property
    def stated(self) -> str:
        """The count as written."""
        return self.count.number

    def needed(self, figure: Figure) -> Interval | None:
        """The number that was counted."""
        return Interval.point(Decimal(self.counted))

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The count, then the table."""
        return Mention.of(Role.STATED, self.count), self.table
