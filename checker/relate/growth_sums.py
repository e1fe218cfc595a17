"""The arithmetic of a growth statement, and which relations its figures make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from checker.figure import Figure
from checker.quantity import Interval
from checker.relation import Relation
from checker.relation.growth import ChangeAmount, Direction, GrowthFacts, GrowthRate, GrowthUnits, ZeroBase
from checker.units import Unit
from checker.verdict import Phrase

WORDS = Phrase("“{word}”说明与基数相比的变化", "“{word}” states a change against a base")
FITS = Phrase("若{place}为 {value}，则相符", "with {value} for {place} it fits")
NOW, BEFORE, CHANGED = Phrase("本期数", "the amount now"), Phrase("基数", "the base"), Phrase("增减额", "the change")
NEGATIVE = Phrase("基数为负数，增长率没有通行的算法", "the base is negative; there is no common rate of growth")
NEAR_ZERO = Phrase("按所列位数，基数可能为零", "at the digits shown the base may be zero")
HUNDRED = Interval.point(Decimal(100))
ONE = Interval.point(Decimal(1))
PLACES = ("current", "base", "change")


def judge_growth(facts: GrowthFacts, others: Sequence[Figure], *, bare: bool = False) -> Iterator[Relation]:
    """The relations of one statement; ``others`` are amounts that may have been meant."""
    because = WORDS.filled(word=facts.word)
    if len({figure.quantity.unit.base for figure in facts.amounts}) > 1:
        return
    if bare:
        if not facts.doubt and not facts.is_open and fits(facts):
            yield GrowthUnits(because, facts, facts.rate, "%")
        return
    if facts.doubt is not None or facts.is_open:
        yield GrowthRate(because, facts) if facts.rate is not None else ChangeAmount(because, facts)
        return
    mixed = len({figure.quantity.unit.scale for figure in facts.amounts}) > 1
    holds = fits(facts)
    slip = _slip(facts) if mixed and not holds else None
    if slip is not None:
        yield GrowthUnits(because, facts, *slip)
        return
    if mixed and holds:
        yield GrowthUnits(because, facts)
    yield from _stated_base(because, facts)
    if facts.rate is not None and not _contradicts(facts):
        yield from _rate(because, facts if holds else replace(facts, hint=_hint(facts, others)))


def _stated_base(because: Phrase, facts: GrowthFacts) -> Iterator[Relation]:
    """What a stated base allows: the direction of the words, and the amount of the change."""
    if facts.base is None:
        return
    actual = _direction(facts)
    if actual and facts.sign:
        yield Direction(because, facts, actual)
    if facts.change is not None and not _contradicts(facts):
        exact = facts.current.quantity.based - facts.base.quantity.based
        reach = facts.current.quantity.interval - facts.base.quantity.interval
        yield ChangeAmount(because, facts, exact, reach * Interval.point(Decimal(facts.sign)))


def _direction(facts: GrowthFacts) -> int:
    """1 where the amount rose beyond rounding, -1 where it fell, 0 where neither is sure."""
    if facts.base is None or facts.current.quantity.interval.meets(facts.base.quantity.interval):
        return 0
    return 1 if facts.current.quantity.based > facts.base.quantity.based else -1


def _contradicts(facts: GrowthFacts) -> bool:
    return _direction(facts) * facts.sign < 0


def _base_interval(facts: GrowthFacts) -> Interval:
    if facts.base is not None:
        return facts.base.quantity.interval
    change = _signed(facts.change.quantity.interval if facts.change else Interval.point(Decimal(0)), facts.sign)
    return facts.current.quantity.interval - change


def _exact_base(facts: GrowthFacts) -> Decimal:
    if facts.base is not None:
        return facts.base.quantity.based
    change = facts.change.quantity.based if facts.change else Decimal(0)
    return facts.current.quantity.based - change * facts.sign


def _signed(interval: Interval, sign: int) -> Interval:
    return interval if sign > 0 else -interval


def _rate(because: Phrase, facts: GrowthFacts) -> Iterator[Relation]:
    base, exact = _base_interval(facts), _exact_base(facts)
    if exact == 0:
        added = (
            facts.base is None and "新增" in facts.label and facts.rate is not None and facts.rate.quantity.based != 100
        )
        if facts.rate is not None and facts.rate.quantity.value != 0 and not added:
            yield ZeroBase(because, facts, is_zero=True)
        return
    if facts.base is not None:
        yield ZeroBase(because, facts)
    if base.low <= 0 <= base.high:
        yield GrowthRate(because, replace(facts, doubt=NEAR_ZERO))
        return
    reach = reachable(facts)
    if exact < 0 and not fits(facts):
        yield GrowthRate(because, replace(facts, doubt=NEGATIVE))
    elif reach is not None:
        yield GrowthRate(because, facts, exact_rate(facts), reach, allowed(facts))


def exact_rate(facts: GrowthFacts) -> Decimal:
    """The rate with the printed figures, in per cent, positive where it runs as the words say."""
    base = _exact_base(facts)
    rise = facts.current.quantity.based - base
    return rise * facts.sign / abs(base) * 100


def reachable(facts: GrowthFacts) -> Interval | None:
    """Every rate that the amounts allow, each as wide as it was written; None where the base may be zero."""
    now = facts.current.quantity.interval
    base = _base_interval(facts)
    if base.low <= 0 <= base.high:
        return None
    if facts.base is not None:
        rise = now / base - ONE
        return _signed(rise if base.low > 0 else -rise, facts.sign) * HUNDRED
    change = facts.change.quantity.interval if facts.change else Interval.point(Decimal(0))
    corners = [_quotient(d, a, facts.sign) for d in (change.low, change.high) for a in (now.low, now.high)]
    return Interval(min(corners), max(corners)) * HUNDRED


def _quotient(change: Decimal, now: Decimal, sign: int) -> Decimal:
    return change / abs(now - change * sign)


def allowed(facts: GrowthFacts) -> tuple[Interval, Interval]:
    """What the printed rate may stand for in per cent: rounded, and cut off."""
    if facts.rate is None:
        return ONE, ONE
    quantity = facts.rate.quantity
    scale = HUNDRED if quantity.unit.base == "倍" else ONE
    rounded, cut = quantity.interval * scale, quantity.truncated * scale
    return (-rounded, -cut) if quantity.value < 0 and facts.sign < 0 else (rounded, cut)


def fits(facts: GrowthFacts) -> bool:
    """Whether the figures allow each other: the change, and the rate."""
    if facts.base is not None and facts.change is not None:
        reach = _signed(facts.current.quantity.interval - facts.base.quantity.interval, facts.sign)
        if not reach.meets(facts.change.quantity.interval):
            return False
    if facts.rate is None:
        return True
    reached = reachable(facts)
    if reached is None:
        return False
    rounded, cut = allowed(facts)
    return reached.meets(rounded) or cut.contains(exact_rate(facts)) or (wide_cut(facts.rate) and reached.meets(cut))


def wide_cut(rate: Figure) -> bool:
    """Whether a rate may be cut off from rounded amounts: not one of whole per cents, any near one would fit."""
    return rate.quantity.decimals > 0


def _slip(facts: GrowthFacts) -> tuple[Figure, str] | None:
    """The one amount that fits with the unit of another one (元 for 万元), and that unit's name."""
    if facts.rate is None:
        return None
    units: set[Unit] = {figure.quantity.unit for figure in facts.amounts}
    found = []
    for place in PLACES:
        figure: Figure | None = getattr(facts, place)
        for unit in units if figure is not None else ():
            if figure is None or unit == figure.quantity.unit:
                continue
            meant = replace(figure, quantity=replace(figure.quantity, unit=unit))
            if fits(_with(facts, place, meant)) and _exact_base(_with(facts, place, meant)) > 0:
                found.append((figure, unit.name))
    odd = [one for one in found if [f.quantity.unit for f in facts.amounts].count(one[0].quantity.unit) == 1]
    return odd[-1] if odd else None


def _with(facts: GrowthFacts, place: str, figure: Figure) -> GrowthFacts:
    if place == "current":
        return replace(facts, current=figure)
    return replace(facts, base=figure) if place == "base" else replace(facts, change=figure)


def _hint(facts: GrowthFacts, others: Sequence[Figure]) -> Phrase | None:
    """The one other amount of the passage with which the statement would hold, if there is one."""
    names = {"current": NOW, "base": BEFORE, "change": CHANGED}
    fitting = {
        (place, other.quantity.value): FITS.filled(place=names[place], value=other.number)
        for place in PLACES
        if getattr(facts, place) is not None
        for other in others
        if fits(_with(facts, place, other))
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None
