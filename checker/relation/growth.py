"""Growth, changes and differences of rates: what a text says of two figures that follow each other."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from checker.figure import Figure
from checker.quantity import Interval
from checker.relation.base import Relation, in_unit, terms
from checker.verdict import Mention, Phrase, Role

HUNDRED = Decimal(100)
ONE = Interval.point(Decimal(1))
PER_CENT = Interval.point(HUNDRED)


class GrowthFacts(Struct, frozen=True):
    """What a statement of growth gives: its figures, as far as the text states them.

    ``current`` is what it is now, ``base`` what it was, ``change`` the amount and ``rate`` the per
    cent by which it changed; ``sign`` is -1 where the words say that it fell. ``doubt`` says why the
    rate need not follow from the amounts, ``hint`` which other figure would fit.
    """

    label: str
    word: str
    current: Figure
    sign: int
    base: Figure | None = None
    change: Figure | None = None
    rate: Figure | None = None
    doubt: Phrase | None = None
    hint: Phrase | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures that take part, the questioned one first."""
        given = (self.rate, self.change, self.current, self.base)
        return tuple(figure for figure in given if figure is not None)

    @property
    def amounts(self) -> tuple[Figure, ...]:
        """The figures that are no rate."""
        return tuple(figure for figure in self.figures if figure is not self.rate)

    @property
    def is_open(self) -> bool:
        """Whether one of the figures is approximate or a range."""
        return any(figure.quantity.is_open for figure in self.figures)


class Growth(Relation, frozen=True):
    """What all relations of one growth statement share."""

    facts: GrowthFacts

    @property
    def questioned(self) -> Figure:
        """The figure that the others are held against."""
        return self.facts.figures[0]

    @property
    def stated(self) -> str:
        """The questioned figure as written."""
        return self.questioned.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The questioned figure, then those it follows from."""
        rest = [figure for figure in self.facts.figures if figure is not self.questioned]
        return (Mention.of(Role.STATED, self.questioned), *(Mention.of(Role.OPERAND, figure) for figure in rest))


class GrowthRate(Growth, frozen=True):
    """A rate of growth beside the two figures that it follows from.

    ``exact`` is the rate with the printed figures in per cent, ``reachable`` what it may be with
    each of them as wide as it was written, ``allowed`` what the printed rate may stand for:
    rounded, and cut off.
    """

    exact: Decimal = Decimal(0)
    reachable: Interval = ONE
    allowed: tuple[Interval, Interval] = (ONE, ONE)

    @property
    def calculation(self) -> str:
        """The change over the base, which is what is left of the current figure where the text does not state it."""
        facts = self.facts
        other = facts.base or facts.change
        if other is None:
            return ""
        now, then = terms(facts.current, other)
        if facts.base:
            return f"({now} − {then}) ÷ {then} × 100%"
        return f"{then} ÷ ({now} {'−' if facts.sign > 0 else '+'} {then}) × 100%"

    @property
    def holds(self) -> bool:
        """Whether the amounts allow the rate, rounded or cut off (a whole per cent: from the printed figures only)."""
        rounded, cut = self.allowed
        wide = self.questioned.quantity.decimals > 0
        return self.reachable.meets(rounded) or cut.contains(self.exact) or (wide and self.reachable.meets(cut))

    def needed(self, figure: Figure) -> Interval | None:
        """The rate that the amounts give; an amount that the rate and the other one give."""
        facts = self.facts
        if figure is facts.rate:
            return Interval.point(abs(self.exact).copy_sign(figure.quantity.value))
        if facts.base is None or facts.rate is None or facts.rate.quantity.unit.base != "%":
            return None
        sign = Interval.point(Decimal(facts.sign if facts.rate.quantity.value >= 0 else 1))
        factor = ONE + facts.rate.quantity.interval * sign / PER_CENT
        if figure is facts.current:
            return facts.base.quantity.interval * factor
        return facts.current.quantity.interval / factor if figure is facts.base else None

    @property
    def computed(self) -> str:
        """The rate as it should be written."""
        quantity = self.questioned.quantity
        times = quantity.unit.base == "倍"
        value = abs(self.exact) / HUNDRED if times else abs(self.exact)
        sign = "-" if quantity.value < 0 else ""
        return f"{sign}{round(value, max(quantity.decimals, int(times))):f}{'倍' if times else '%'}"


class ChangeAmount(Growth, frozen=True):
    """An amount of change beside both figures that it is the difference of."""

    exact: Decimal = Decimal(0)
    reachable: Interval = ONE

    @property
    def questioned(self) -> Figure:
        """The change."""
        return self.facts.change or self.facts.current

    @property
    def calculation(self) -> str:
        """The larger figure less the smaller one, by what the words say."""
        facts = self.facts
        figures = (facts.current, facts.base) if facts.base else (facts.current,)
        return " − ".join(terms(*(figures if facts.sign > 0 else figures[::-1])))

    def needed(self, figure: Figure) -> Interval | None:
        """The change that both amounts give; an amount that the change and the other one give."""
        facts = self.facts
        if figure is facts.change:
            return Interval.point(abs(self.exact))
        if facts.base is None or facts.change is None:
            return None
        change = facts.change.quantity.interval * Interval.point(Decimal(facts.sign))
        if figure is facts.current:
            return facts.base.quantity.interval + change
        return facts.current.quantity.interval - change if figure is facts.base else None

    @property
    def computed(self) -> str:
        """The difference in the unit of the stated change."""
        unit = self.questioned.quantity.unit
        places = max(f.quantity.decimals - (f.quantity.unit.scale / unit.scale).adjusted() for f in self.facts.amounts)
        return in_unit(abs(self.exact), unit, max(0, places))


class ZeroBase(Growth, frozen=True):
    """The base of a growth rate, stated or left over when the change is taken off."""

    is_zero: bool = False


class Direction(Growth, frozen=True):
    """A word that says up or down beside two figures; ``actual`` is the sign of their difference.

    ``reason`` is a sentence behind that gives as the cause that the same thing rose or fell: then
    ``actual`` is the direction of that sentence. ``opposite`` are the words of a change right before a
    rate: then ``actual`` is their direction.
    """

    actual: int = 0
    reason: Mention | None = None
    opposite: str = ""

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The figures, then the sentence with the reason."""
        return (*super().mentions, *([self.reason] if self.reason else []))


class GrowthUnits(Growth, frozen=True):
    """A growth statement with amounts in different units, or whose rate lacks its sign.

    ``slip`` is the figure that fits only with the unit ``meant``; None where all fits as written.
    """

    slip: Figure | None = None
    meant: str = ""

    @property
    def questioned(self) -> Figure:
        """The figure with the wrong unit."""
        return self.slip or self.facts.figures[0]

    @property
    def stated(self) -> str:
        """The figure as written, with its unit."""
        return self.questioned.raw


class RateDifference(Relation, frozen=True):
    """A difference that is stated between two rates: 较全区平均值高 6.6 %.

    ``subjects`` name both sides; ``fitting`` is another rate with which the difference comes out.
    """

    subjects: tuple[str, str]
    left: Figure
    right: Figure
    difference: Figure
    sign: int
    fitting: Figure | None = None
    fitting_name: str = ""

    @property
    def rates(self) -> tuple[Figure, Figure]:
        """Both rates."""
        return self.left, self.right

    def needed(self, figure: Figure) -> Interval | None:
        """The difference or the rate that the other two give."""
        signed = self.difference.quantity.interval * Interval.point(Decimal(self.sign))
        if figure is self.difference:
            return self._reach * Interval.point(Decimal(self.sign))
        if figure is self.left:
            return self._width(self.right) + signed
        return self._width(self.left) - signed if figure is self.right else None

    def _width(self, rate: Figure) -> Interval:
        """Every value of a rate; a whole one (the goal of 90 %) is exact where the difference has decimals."""
        whole = not rate.quantity.decimals and self.difference.quantity.decimals
        return Interval.point(rate.quantity.based) if whole else rate.quantity.interval

    @property
    def _reach(self) -> Interval:
        return self._width(self.left) - self._width(self.right)

    @property
    def exact(self) -> Decimal:
        """Left minus right in points."""
        return self.left.quantity.based - self.right.quantity.based

    @property
    def holds(self) -> bool:
        """Whether the stated difference is within reach of the two rates, rounded or cut off."""
        signed = Interval.point(Decimal(self.sign))
        stated = (self.difference.quantity.interval, self.difference.quantity.truncated)
        return any((one * signed).meets(self._reach) for one in stated)

    @property
    def relative(self) -> bool:
        """Whether the figure is the growth of one rate over the other and not their difference."""
        right = self.right.quantity.interval
        if self.difference.quantity.unit.kind == "points" or right.low <= 0:
            return False
        reach = (self.left.quantity.interval / right - ONE) * PER_CENT * Interval.point(Decimal(self.sign))
        return reach.meets(self.difference.quantity.interval)

    @property
    def in_points(self) -> bool:
        """Whether the difference is written in percentage points, as a difference of rates is."""
        return self.difference.quantity.unit.kind == "points"

    @property
    def stated(self) -> str:
        """The difference as written."""
        return self.difference.number

    @property
    def calculation(self) -> str:
        """One rate less the other, in the order that the words give them."""
        return " − ".join(terms(*(self.rates if self.sign > 0 else self.rates[::-1])))

    @property
    def computed(self) -> str:
        """Left minus right with the sign that the words give it."""
        digits = max(figure.quantity.decimals for figure in (self.left, self.right, self.difference))
        return f"{round(self.exact * self.sign, digits):f}"

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The difference, both rates, the rate that would fit."""
        others = [self.left, self.right, *([self.fitting] if self.fitting else [])]
        return (Mention.of(Role.STATED, self.difference), *(Mention.of(Role.OPERAND, figure) for figure in others))
