"""Rates whose figures another rate, or two others beside it, already answer for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import permutations

from checker.extract.leads import Kind
from checker.extract.measures import Measured
from checker.figure import Figure
from checker.relation import Relation
from checker.relation.divisions import Division
from checker.relation.shares import Quotient

LEVELS = frozenset({Kind.LEVEL, Kind.BASE})
MOST, AROUND = 12, 40


def without_answered(
    figures: Sequence[Measured], relations: Sequence[Relation], elsewhere: Container[Decimal]
) -> Iterator[Relation]:
    """The relations of a passage without wrong rates that are those of other figures.

    到位率 60 %，…到位率 80 %: the two figures that give the one are not those of the other. And figures of
    another sentence are not meant where two of the rate's own give it, or where a table has the rate (``elsewhere``).
    """
    quotients = [one for one in relations if isinstance(one, Quotient)]
    used = {_pair(one.readings[0]): one.result for one in quotients if len(one.readings) == 1 and one.holds}
    items = {id(one.figure): one for one in figures} if any(not one.holds for one in quotients) else {}
    for relation in relations:
        if not isinstance(relation, Quotient) or relation.holds:
            yield relation
            continue
        others = [used.get(_pair(reading)) for reading in relation.readings]
        taken = all(one is not None and one.quantity.value != relation.result.quantity.value for one in others)
        answered = (taken and bool(others)) or _is_of_another(figures, items, relation)
        if not answered and not _is_meant_otherwise(figures, items, relation, elsewhere):
            yield relation


def _is_of_another(figures: Sequence[Measured], items: Mapping[int, Measured], rate: Quotient) -> bool:
    """Whether another rate of the paragraph is that of the two figures: 比重由 44.78 % 升至 46.78 %."""
    own = items.get(id(rate.result))
    if own is None or not rate.is_telling:
        return False
    at = bisect_left(figures, own.figure.start, key=lambda one: one.figure.start)
    around = figures[max(0, at - AROUND) : at + AROUND]
    others = [one.figure for one in around if one.base == own.base and one is not own]
    fine = own.figure.quantity.decimals  # neither 低于98%的目标 nor 按60%的比例 tells of 85.48 % or 60.08 %
    others = [one for one in others if not one.quantity.is_open and one.quantity.decimals >= fine]
    return any(type(rate)(rate.because, rate.label, other, rate.readings).exact_fit for other in others)


def _pair(division: Division) -> tuple[Figure, Figure]:
    return division.part, division.whole


def _is_meant_otherwise(
    figures: Sequence[Measured], items: Mapping[int, Measured], rate: Quotient, elsewhere: Container[Decimal]
) -> bool:
    """Whether a rate is read of figures further off, and two of its sentence give it, or a table has it."""
    own = items.get(id(rate.result))
    if own is None or not rate.is_telling:
        return False
    at = bisect_left(figures, own.figure.start, key=lambda one: one.figure.start)
    around = figures[max(0, at - AROUND) : at + AROUND]
    beside = [one for one in around if one.sentence == own.sentence and one.kind in LEVELS and one is not own]
    segment = {id(one.figure) for one in beside if one.segment == own.segment}
    known = {id(one.figure) for one in beside}
    if rate.result.quantity.value in elsewhere and not _are_among(rate, segment):
        return True
    if _are_among(rate, known):
        return False
    near = beside[-MOST:]
    return any(
        type(rate)(rate.because, rate.label, rate.result, (Division(one.figure, other.figure, ""),)).exact_fit
        for one, other in permutations(near, 2)
        if one.base == other.base and other.figure.quantity.value
    )


def _are_among(rate: Quotient, known: Container[int]) -> bool:
    return all(id(reading.part) in known and id(reading.whole) in known for reading in rate.readings)
