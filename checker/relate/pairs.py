"""Rates whose figures another rate, or two others beside it, already answer for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from checker.extract.leads import Kind
from checker.extract.measures import Measured
from checker.figure import Figure
from checker.relation import Relation
from checker.relation.divisions import Division
from checker.relation.shares import Quotient

LEVELS = frozenset({Kind.LEVEL, Kind.BASE})
MOST = 12


def without_answered(figures: Sequence[Measured], relations: Sequence[Relation]) -> Iterator[Relation]:
    """The relations of a passage without wrong rates that are those of other figures.

    到位率 60 %，…到位率 80 %: the two figures that give the one are not those of the other. And figures of
    another sentence are not meant where two of the rate's own give it.
    """
    quotients = [one for one in relations if isinstance(one, Quotient)]
    used = {_pair(one.readings[0]): one.result for one in quotients if len(one.readings) == 1 and one.holds}
    for relation in relations:
        if not isinstance(relation, Quotient) or relation.holds:
            yield relation
            continue
        others = [used.get(_pair(reading)) for reading in relation.readings]
        taken = all(one is not None and one.quantity.value != relation.result.quantity.value for one in others)
        if not (taken and others) and not _is_of_own_sentence(figures, relation):
            yield relation


def _pair(division: Division) -> tuple[Figure, Figure]:
    return division.part, division.whole


def _is_of_own_sentence(figures: Sequence[Measured], rate: Quotient) -> bool:
    """Whether two figures of its sentence give a rate to the digit, and those that it was read of stand elsewhere."""
    own = next((one for one in figures if one.figure is rate.result), None)
    if own is None or not rate.is_telling:
        return False
    beside = [one for one in figures if one.sentence == own.sentence and one.kind in LEVELS and one is not own]
    known = {id(one.figure) for one in beside}
    if all(id(reading.part) in known and id(reading.whole) in known for reading in rate.readings):
        return False
    near = beside[-MOST:]
    return any(
        type(rate)(rate.because, rate.label, rate.result, (Division(one.figure, other.figure, ""),)).exact_fit
        for one, other in permutations(near, 2)
        if one.base == other.base and other.figure.quantity.value
    )
