"""Rates that divide one stated figure by another: shares, completion, multiples, amounts a head."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from checker.figure import Figure
from checker.quantity import Interval
from checker.relation.base import Relation
from checker.relation.divisions import Division
from checker.repairs import DIGIT, POINT, SWAP, is_slip_of
from checker.verdict import Mention, Phrase, Role

TELLING = 3
"""Digits that a rate needs for a slip in it to say which figures it is about."""
SLIPS = (DIGIT, SWAP, POINT)
PER_CENT = Interval.point(Decimal(100))


class Quotient(Relation, frozen=True, dict=True):
    """A stated rate with the readings that the text allows; it fails only when none of them holds.

    ``label`` names the rate. ``doubt`` says why a rate that fits no reading need not be wrong, unless it is
    a slip away from one; ``hint`` which other figure of the sentence would fit. ``by_place`` says that only
    where the figures stand makes it a rate of them: any other reading of it is told instead, and of slips only
    exchanged digits count, in an amount a moved point too.
    """

    label: str
    result: Figure
    readings: tuple[Division, ...]
    doubt: Phrase | None = None
    hint: Phrase | None = None
    by_place: bool = False

    @property
    def scale(self) -> Interval:
        """What a quotient is multiplied by to be written as the result is."""
        return PER_CENT if self.result.quantity.unit.kind == "rate" else Interval.point(Decimal(1))

    @property
    def possible(self) -> tuple[Division, ...]:
        """The readings whose divisor is not zero."""
        return tuple(reading for reading in self.readings if reading.is_possible)

    @property
    def rounded(self) -> Interval:
        """Every quotient that is written as the result; one of whole things is rounded, too: 户均 1.77 人."""
        return self.result.quantity.interval + self._rounding

    @property
    def _rounding(self) -> Interval:
        """How far the result, in whole things, may be from its quotient; nothing where its interval says so."""
        quantity = self.result.quantity
        if not quantity.is_exact or not (quantity.decimals or quantity.significant >= TELLING):
            return Interval.point(Decimal(0))
        return Interval(-quantity.half_digit, quantity.half_digit)

    @property
    def exact_fit(self) -> Division | None:
        """A reading that gives the printed digits when it is rounded."""
        return self._first(self.rounded, exact=True)

    @property
    def wide_fit(self) -> Division | None:
        """A reading that gives the printed result once its figures are as wide as written."""
        return self._first(self.rounded, exact=False)

    @property
    def cut_fit(self) -> Division | None:
        """A reading that gives the printed result when it is cut off; a whole number from exact figures only."""
        return self._first(self.result.quantity.truncated, exact=self.result.quantity.decimals == 0)

    @property
    def is_telling(self) -> bool:
        """Whether the rate has digits enough to say by itself which figures it is about."""
        quantity = self.result.quantity
        return quantity.significant >= TELLING or quantity.digits > TELLING

    @cached_property
    def slipped(self) -> Division | None:
        """A reading that gives the rate but for one digit, a swap or the point, in a rate long enough to tell."""
        if not self.is_telling:
            return None
        slips = SLIPS if not self.by_place else (SWAP,) if self.scale == PER_CENT else (SWAP, POINT)
        for reading in self.possible:
            if reading.part.quantity.is_open or reading.whole.quantity.is_open:
                continue
            if is_slip_of(self.result, reading.reachable * self.scale + self._rounding, slips):
                return reading
        return None

    @property
    def is_cut_off(self) -> bool:
        """Whether the printed figures give the result when it is cut off, and not when it is rounded."""
        return self.exact_fit is None and self._first(self.result.quantity.truncated, exact=True) is not None

    def _first(self, stated: Interval, *, exact: bool) -> Division | None:
        for reading in self.possible:
            reach = Interval.point(reading.exact) if exact else reading.reachable
            if (reach * self.scale).meets(stated):
                return reading
        return None

    def needed(self, figure: Figure) -> Interval | None:
        """The rate, the part or the whole that the other two give in the closest reading."""
        closest = self.closest
        if figure is self.result:
            return closest.reachable * self.scale
        share = closest.share(self.rounded / self.scale)
        if figure is closest.part:
            return share * closest.whole.quantity.interval
        return closest.part.quantity.interval / share if figure is closest.whole else None

    @property
    def holds(self) -> bool:
        """Whether some reading gives the result, rounded or cut off."""
        return self.wide_fit is not None or self.cut_fit is not None

    @property
    def is_open(self) -> bool:
        """Whether a figure is approximate or a range, or the rate is a fraction in words (三分之二, 八成)."""
        figures = (self.result, *(f for reading in self.readings for f in (reading.part, reading.whole)))
        loose = any(word in self.result.raw.replace("百分之", "") for word in ("分之", "成"))
        return any(figure.quantity.is_open for figure in figures) or (loose and not self.holds)

    @property
    def closest(self) -> Division:
        """The reading that comes nearest to the printed result."""
        fit = self.exact_fit or self.wide_fit or self.cut_fit
        if fit is None and self.doubt is not None:
            fit = self.slipped
        if fit is not None or not self.possible:
            return fit or self.readings[0]
        stated = self.result.quantity.based
        return min(self.possible, key=lambda one: abs(one.exact * self.scale.low - stated))

    @property
    def computed(self) -> str:
        """The quotient of the closest reading, written as the result is."""
        quantity = self.result.quantity
        if not self.closest.is_possible:
            return ""
        value = self.closest.exact * self.scale.low / quantity.unit.scale
        digits = quantity.decimals if round(value, quantity.decimals) else 2 - value.adjusted()
        return f"{round(value, digits):f}{'%' if quantity.unit.base == '%' else ''}"

    @property
    def calculation(self) -> str:
        """The division of the closest reading."""
        return self.closest.calculation + (" × 100%" if self.scale == PER_CENT else "")

    @property
    def fields(self) -> dict[str, object]:
        """What messages say of the rate."""
        closest = self.closest
        return {
            "label": self.label,
            "unit": "" if self.result.quantity.unit.base == "%" else self.result.quantity.unit.name,
            "part": closest.part.raw,
            "whole": closest.whole.raw,
            "computed": self.computed,
        }

    @property
    def stated(self) -> str:
        """The rate as written."""
        return self.result.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The rate, then what is divided."""
        closest = self.closest
        return (
            Mention.of(Role.STATED, self.result),
            Mention.of(Role.PART, closest.part),
            Mention.of(Role.WHOLE, closest.whole),
        )


class Share(Quotient, frozen=True):
    """占…的 N %: a part of a whole."""


class Completion(Quotient, frozen=True):
    """完成预算的 N %, 执行率 N %: what was done against what was planned."""


class Multiple(Quotient, frozen=True):
    """是…的 N 倍, 人均 N 元: a multiple, or an amount a head."""


class RateBase(Quotient, frozen=True):
    """The base that a completion rate names, in a sentence that states several.

    ``readings`` hold the named base only; ``other`` is another base of the sentence with which the
    rate comes out, and ``is_zero`` says that the named one is nothing.
    """

    name: str = ""
    other: Division | None = None
    is_zero: bool = False

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The rate, what is divided, the base that would fit."""
        extra = (Mention.of(Role.OPERAND, self.other.whole),) if self.other else ()
        return (*super().mentions, *extra)
