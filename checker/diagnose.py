"""Groups findings by cause: the figure that, were it another, would make the most of them agree.

A figure is suspected by what failing checks rest on it and cleared by what passing checks do. Where
one slip of the pen in it undoes its failures, the finding says so; where two figures are equally
likely, it says both; where more are, none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from checker.figure import Figure
from checker.finding import Finding
from checker.quantity import Interval
from checker.relation import Relation, SamePlaces, Sum
from checker.repairs import UNIT, Repair, copied, find_repair
from checker.verdict import Phrase, Verdict

Anchor = tuple[int, int, int, int]

ONE = Phrase("若{first}，即可相符", "all agrees if {first}")
BOTH = Phrase("若{first}，或{second}，即可相符", "all agrees if {first}, or if {second}")
MANY = Phrase("若{first}，同因的 {count} 项即可相符", "if {first}, {count} findings of this cause agree")
EXCHANGED = Phrase("若“{total}”与“{part}”互换，即可相符", "all agrees if “{total}” and “{part}” change places")
CHANGED = Phrase("“{raw}”为 {written}（{slip}）", "“{raw}” is {written} ({slip})")
TELLING = 3
"""Digits that a number needs for a slip in it to say something when it undoes only one failure."""
CLEARED = 3
"""What a passing check counts against a suspicion, in halves: one and a half of what a failing one counts for it."""


class Case(Struct, frozen=True):
    """A judged relation, written out."""

    finding: Finding
    relation: Relation


class Suspect(Struct, frozen=True, dict=True):
    """A figure that failing checks rest on.

    ``fails`` are their indices, ``repaired`` those that a slip undoes, ``computed`` says whether one of
    these is a computation and not two places that differ.
    """

    anchor: Anchor
    figure: Figure
    fails: frozenset[int]
    repaired: frozenset[int]
    cleared: int
    repair: Repair | None
    computed: bool = False

    @property
    def weight(self) -> int:
        """How likely the figure is the cause, in halves of a failing check."""
        return len(self.fails) + len(self.repaired) - CLEARED * self.cleared

    @cached_property
    def rank(self) -> tuple[int, int, int, Anchor]:
        """Its place among the suspects: the likeliest first."""
        doubt = 2 if self.repair is None else int(not self.repair.is_exact)
        return -self.weight, doubt, -len(self.repaired), self.anchor


def anchor_of(figure: Figure) -> Anchor:
    """A figure's place as evidence names it."""
    place = figure.place
    return place.block, place.row or 0, place.column or 0, figure.start


def name_causes(cases: Sequence[Case], figures: Sequence[Figure]) -> list[Finding]:
    """The failing findings, each with its likeliest causes, the others of the same cause, and a repair."""
    failing = [case for case in cases if case.finding.verdict is Verdict.FAIL]
    suspects = list(_suspects(failing, cases, figures))
    out = {}
    open_ones = set(range(len(failing)))
    while open_ones:
        suspects = sorted(_narrowed(suspects, open_ones), key=attrgetter("rank"))
        if not suspects:
            out.update({index: failing[index].finding for index in open_ones})
            break
        best = suspects[0]
        equal = [one for one in suspects if one.fails == best.fails and one.rank[:3] == best.rank[:3]]
        for index in best.fails:
            out[index] = _explained(failing, index, best, equal)
        open_ones -= best.fails
    return [out[index] for index in range(len(failing))]


def _narrowed(suspects: Iterable[Suspect], wanted: set[int]) -> Iterator[Suspect]:
    """The suspects of findings that no cause explains yet."""
    for one in suspects:
        fails = one.fails & wanted
        if fails == one.fails:
            yield one
        elif fails:
            yield replace(one, fails=fails, repaired=one.repaired & wanted)


def _explained(failing: Sequence[Case], index: int, best: Suspect, equal: Sequence[Suspect]) -> Finding:
    finding = failing[index].finding
    same = tuple(failing[other].finding.fingerprint for other in sorted(best.fails) if other != index)
    causes = tuple(one.anchor for one in equal)
    suggestion = finding.suggestion or _exchange(failing[index].relation)
    suggestion = suggestion or (_suggestion(best, equal) if index in best.repaired else None)
    return replace(finding, related=same, causes=causes, suggestion=suggestion)


def _suggestion(best: Suspect, equal: Sequence[Suspect]) -> Phrase | None:
    if CLEARED * best.cleared >= len(best.repaired) or len(equal) > 2 or not all(_says_much(one) for one in equal):
        return None
    if len(equal) == 2:
        if {one.figure.quantity.based for one in equal} == {_repaired_to(one) for one in equal}:
            return None  # two places that differ: each is the other's repair
        return BOTH.filled(first=_change(equal[0]), second=_change(equal[1]))
    count = len(best.repaired)
    return ONE.filled(first=_change(best)) if count == 1 else MANY.filled(first=_change(best), count=count)


def _exchange(relation: Relation) -> Phrase | None:
    """A total and a part of it that stand in each other's place."""
    if not isinstance(relation, Sum):
        return None
    part = relation.exchanged
    return EXCHANGED.filled(total=relation.total.raw, part=part.raw) if part else None


def _says_much(suspect: Suspect) -> bool:
    """Whether a repair is worth a reviewer's time: it undoes several failures, or is a slip in a long number."""
    repair = suspect.repair
    telling = suspect.figure.quantity.significant >= TELLING
    many = len(suspect.repaired) > 1 and suspect.computed
    return repair is not None and (many or telling or repair.slip is UNIT)


def _repaired_to(suspect: Suspect) -> object:
    return suspect.repair.quantity.based if suspect.repair else None


def _change(suspect: Suspect) -> Phrase:
    repair = suspect.repair
    if repair is None:
        raise ValueError("a suspect without a repair has no change to propose")
    return CHANGED.filled(raw=suspect.figure.raw, written=repair.written, slip=repair.slip)


def _suspects(failing: Sequence[Case], cases: Sequence[Case], figures: Sequence[Figure]) -> Iterator[Suspect]:
    at: dict[Anchor, set[int]] = defaultdict(set)
    for index, case in enumerate(failing):
        for evidence in case.finding.evidence:
            at[evidence.anchor].add(index)
    cleared: dict[Anchor, int] = defaultdict(int)
    known = {anchor: figure for figure in figures if (anchor := anchor_of(figure)) in at}
    for case in cases:
        if case.finding.verdict is Verdict.PASS:
            for anchor in {evidence.anchor for evidence in case.finding.evidence} & known.keys():
                cleared[anchor] += _needed(case.relation, known[anchor]) is not None
    copies = _copies(figures, known)
    for anchor, figure in known.items():
        relations = {index: failing[index].relation for index in at[anchor]}
        repaired, repair = _best_repair(figure, relations)
        if repair is None and anchor in copies:
            repaired, repair = _as_copied(figure, relations)
        computed = any(not isinstance(relations[index], SamePlaces) for index in repaired)
        yield Suspect(anchor, figure, frozenset(at[anchor]), repaired, cleared[anchor], repair, computed)


def _best_repair(figure: Figure, relations: Mapping[int, Relation]) -> tuple[frozenset[int], Repair | None]:
    """The slip that undoes most of the failures that rest on a figure, and which."""
    needed = {i: interval for i, relation in relations.items() if (interval := _needed(relation, figure)) is not None}
    best: tuple[frozenset[int], Repair | None] = (frozenset(), None)
    for interval in dict.fromkeys(needed.values()):
        repair = find_repair(figure, interval)
        if repair is None:
            continue
        undone = frozenset(i for i, other in needed.items() if repair.quantity.interval.meets(other))
        if len(undone) > len(best[0]):
            best = undone, repair
    return best


def _copies(figures: Sequence[Figure], known: Mapping[Anchor, Figure]) -> set[Anchor]:
    """The suspected figures that say what the figure before or behind, above or below says."""
    at: dict[tuple[int, int, int], list[Figure]] = defaultdict(list)
    order: dict[Anchor, int] = {}
    for figure in figures:
        anchor = anchor_of(figure)
        order[anchor] = len(at[anchor[:3]])
        at[anchor[:3]].append(figure)
    out = set()
    for anchor, figure in known.items():
        block, row, column, _ = anchor
        own, here = at[block, row, column], order[anchor]
        beside = [*own[max(0, here - 1) : here], *own[here + 1 : here + 2]]
        if len(own) == 1 and figure.place.row is not None:
            places = ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
            beside = [one for r, c in places for one in at.get((block, r, c), ())]
        telling = figure.quantity.significant >= TELLING
        if telling and any(one.quantity == figure.quantity for one in beside):
            out.add(anchor)
    return out


def _as_copied(figure: Figure, relations: Mapping[int, Relation]) -> tuple[frozenset[int], Repair | None]:
    """What a copied figure should say, where all that fails for it says the same."""
    needed = [_needed(relation, figure) for relation in relations.values()]
    repair = copied(figure, needed[0]) if needed and needed[0] is not None else None
    if repair is None or not all(one is not None and repair.quantity.interval.meets(one) for one in needed):
        return frozenset(), None
    return frozenset(relations), repair


def _needed(relation: Relation, figure: Figure) -> Interval | None:
    try:
        return relation.needed(figure)
    except ZeroDivisionError:
        return None
