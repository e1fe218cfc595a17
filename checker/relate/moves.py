"""From one figure to another, by a verb that says which way: 由 71.44 % 升至 76.66 %, 由 31670 人减至 29912 人."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from checker.extract.figures import Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.relate.growth_sums import judge_growth
from checker.relation import Relation
from checker.relation.growth import Direction, GrowthFacts
from checker.verdict import Phrase

WAY = Phrase("“由……{word}至……”说明增减方向", "“from … to …” with “{word}” says which way it went")
RANKS = frozenset("位名级档等")
"""The first place is above the third."""
_NET = Pattern(r"^净(?:(?P<up>增[加长]?)|减少?)$")
STATED = frozenset({Kind.CHANGE, Kind.GROWTH, Kind.DIFFERENCE})


def find_moves(reading: Reading) -> Iterator[Relation]:
    """Every move from a figure to the one right behind it whose verb says up or down, and the net change behind it."""
    for page in measured(reading):
        for at, (origin, reached) in enumerate(pairwise(page.figures), start=1):
            after = page.figures[at + 1] if at + 1 < len(page.figures) else None
            if _is_move(origin, reached) and not (after is not None and _is_told(reached, after)):
                facts = GrowthFacts(
                    origin.lead.measure or reached.lead.measure,
                    reached.lead.word,
                    reached.figure,
                    reached.lead.sign,
                    base=origin.figure,
                )
                now, then = reached.figure.quantity.based, origin.figure.quantity.based
                yield Direction(WAY.filled(word=reached.lead.word), facts, 1 if now > then else -1)
            yield from _over_all(page.figures, at)
            net = _NET.search(after.words) if after is not None and _is_move(origin, reached) else None
            if net is not None and after is not None and not after.between and after.base == reached.base:
                label = origin.lead.measure or reached.lead.measure
                sign = 1 if net["up"] else -1
                yield from judge_growth(
                    GrowthFacts(label, net.group(), reached.figure, sign, origin.figure, after.figure), ()
                )


def _over_all(items: Sequence[Measured], at: int) -> Iterator[Relation]:
    """由 84 元提高到 89 元，再提高到 94 元，两年累计提高 10 元: a change from the first to the last of a chain."""
    change = items[at]
    if not _TOGETHER.search(change.words) or not change.lead.sign or change.figure.quantity.is_open:
        return
    before = [
        one for one in items[:at] if one.sentence == change.sentence and not one.depth and one.base == change.base
    ]
    steps = list(takewhile(lambda one: one.lead.reached and not one.lead.origin, reversed(before)))
    if len(steps) > 1 and len(steps) < len(before) and before[-len(steps) - 1].lead.origin:
        origin = before[-len(steps) - 1]
        label, word = origin.lead.measure, change.lead.word
        yield from judge_growth(
            GrowthFacts(label, word, steps[0].figure, change.lead.sign, origin.figure, change.figure), ()
        )


_TOGETHER = Pattern(r"(?:累计|共|合计|总共)(?:净)?(?:提高|增加|增长|上升|提升|减少|下降|降低|调减|调增)$")


def _is_move(origin: Measured, reached: Measured) -> bool:
    lead, one, other = reached.lead, origin.figure.quantity, reached.figure.quantity
    together = (origin.sentence, origin.segment, origin.group) == (reached.sentence, reached.segment, reached.group)
    same = origin.base == reached.base and one.unit.name not in RANKS and not one.is_open and not other.is_open
    apart = not one.interval.meets(other.interval)
    return (
        bool(lead.reached and lead.sign and origin.lead.origin) and together and same and apart and not reached.between
    )


def _is_told(reached: Measured, after: Measured) -> bool:
    """Whether the change itself follows, the same way: it is judged with both figures."""
    together = (after.sentence, after.segment) == (reached.sentence, reached.segment)
    return together and after.kind in STATED and not after.lead.measure and after.lead.sign == reached.lead.sign
