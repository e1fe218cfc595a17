"""Which other amount of its paragraph a change may be of, where the one right before it does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from checker.extract.figures import Passage
from checker.extract.leads import Kind
from checker.extract.measures import Measured
from checker.extract.patterns import Pattern
from checker.relate.growth_sums import fits
from checker.relation.growth import GrowthFacts

_COMPOSED = Pattern(r"由[^。；]{4,160}?(?:构成|组成)")


def of_the_whole(items: Sequence[Measured], growth: GrowthFacts, passage: Passage) -> GrowthFacts | None:
    """A change behind parts (A，其中 B、C，增加 D; A，由 B 和 C 构成，…) read as the whole's, where it fits that."""
    text = passage.text.value
    start = max(text.rfind("。", 0, growth.current.start), text.rfind("；", 0, growth.current.start)) + 1
    listed = text.rfind("其中", start, growth.current.start)
    composed = _COMPOSED.search(text, start) if listed < 0 else None
    if composed is not None and composed.start() < growth.current.start < composed.end():
        listed = composed.start()
    base = growth.current.quantity.unit.base
    wholes = [i for i in items if i.kind is Kind.LEVEL and start <= i.figure.start < listed and i.base == base]
    if listed < 0 or not wholes:
        return None
    whole = replace(growth, label=wholes[-1].lead.measure, current=wholes[-1].figure)
    return whole if fits(whole) else None


def of_another(items: Sequence[Measured], growth: GrowthFacts) -> GrowthFacts | None:
    """飞行 266.5 小时…上半年 172.0 小时。与 2023 年 241 小时相比增加 25.5 小时: the amount that all fit."""
    if growth.base is None or growth.change is None:
        return None
    unit = growth.current.quantity.unit.base
    levels = [one for one in items if one.base == unit and one.figure.end <= growth.change.start]
    told = (
        replace(growth, label=one.lead.measure, current=one.figure) for one in levels if one.figure is not growth.base
    )
    return next((facts for facts in told if fits(facts)), None)


def of_the_one_before(items: Sequence[Measured], growth: GrowthFacts) -> GrowthFacts | None:
    """服务 62.32 万人次，2023年为 54.31 万人次，增加 8.01 万人次: the amount before is the base, where that fits."""
    at = next((n for n, item in enumerate(items) if item.figure is growth.current), 0)
    current = items[at]
    before = [one for one in items[:at] if one.kind is Kind.LEVEL and one.base == current.base]
    if growth.base is not None or not before or before[-1].sentence != current.sentence:
        return None
    other = replace(growth, label=before[-1].lead.measure, current=before[-1].figure, base=current.figure)
    return other if fits(other) else None
