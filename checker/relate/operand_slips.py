"""Rates that fit once one digit of the amount before them is changed: 故障 49 次，及时响应 74 次，响应及时率 95.92 %.

The two amounts must stand right before the rate in its sentence, and the rate be called as the second is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.extract.measures import Measured
from checker.quantity import Interval
from checker.relation.divisions import Division
from checker.relation.shares import Completion
from checker.repairs import is_mistyped
from checker.verdict import Phrase

BESIDE = Phrase("“{name}”为“{part}”除以“{whole}”", "“{name}” is “{part}” over “{whole}”")
TELLING, STEM, LOOK_BACK = 4, 2, 12
"""Digits of a rate that says by itself what is divided; characters that its name shares with the amount's words."""
HUNDRED = Interval.point(Decimal(100))


def operand_slips(items: Sequence[Measured], index: int) -> Iterator[Completion]:
    """The rate over the two amounts right before it, where one of them is a digit or a swap away from fitting."""
    item = items[index]
    if index < len("ab") or item.figure.quantity.digits < TELLING or item.figure.quantity.is_open:
        return
    part = items[index - 1]
    near = [one for one in items[max(0, index - LOOK_BACK) : index - 1] if one.base == part.base]
    if not near:
        return
    whole = near[-1]
    if any(
        one.based_kind == "rate"
        for one in items[max(0, index - LOOK_BACK) : index]
        if one.figure.start > whole.figure.end
    ):
        return  # 完成 322 个、完成率 93.1 %，北桥街道完成 330 个
    together = {(one.sentence, one.group) for one in (whole, part, item)}
    exact = not (whole.figure.quantity.is_open or part.figure.quantity.is_open)
    if len(together) > 1 or whole.base != part.base or whole.based_kind != "count" or item.between or not exact:
        return
    name = item.lead.measure.removesuffix("率")
    if len(name) < STEM or not item.lead.measure.endswith("率"):
        return
    if not any(name[at : at + STEM] in part.words for at in range(len(name) - STEM + 1)):
        return
    because = BESIDE.filled(name=item.lead.measure, part=part.title, whole=whole.title)
    claim = Completion(because, item.lead.measure, item.figure, (Division(part.figure, whole.figure, whole.title),))
    share = item.figure.quantity.interval / HUNDRED
    others = [Division(part.figure, one.figure) for one in near] + [Division(one.figure, whole.figure) for one in near]
    fits = any(one.is_possible and (one.reachable * HUNDRED).meets(item.figure.quantity.interval) for one in others)
    if not claim.possible or claim.holds or fits or share.low <= 0:
        return
    needed = whole.figure.quantity.interval * share, part.figure.quantity.interval / share
    if is_mistyped(part.figure, needed[0]) or is_mistyped(whole.figure, needed[1]):
        yield claim
