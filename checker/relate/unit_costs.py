"""Costs for each unit beside their total and the number of units: 投资 3369 万元，平整 12000 亩，亩均投资 2807.5 元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.figures import Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.phrases import words
from checker.relate.slips import near_miss
from checker.relation.divisions import Division
from checker.relation.shares import Multiple
from checker.units import unit_named
from checker.verdict import Phrase

BY_UNIT = Phrase("“{name}”为总额除以数量", "“{name}” divides the amount by the number")
_BY_UNIT = Pattern(r"(?P<unit>[亩户村校班床台吨座个所处间]|公里|平方米)均(?P<noun>[\p{Han}]{0,6}?)(?:约?[为达])?$")
_BY_NAME = Pattern(r"单位(?P<noun>造价|成本|投资|费用)(?:约?[为达])?$")
LOOK_BACK = 12


def find_unit_costs(reading: Reading) -> Iterator[Multiple]:
    """Every cost for each unit whose number of units stands right before it, over an amount of the same name."""
    for page in measured(reading):
        items = [item for item in page.figures if item.depth == 0]
        for index, item in enumerate(items):
            if index > 1 and item.based_kind == "money" and item.kind is Kind.LEVEL and item.words.endswith(_ends()):
                yield from _cost(items, index)


def _ends() -> tuple[str, ...]:
    return words("unit_costs", "nouns")


def _cost(items: Sequence[Measured], index: int) -> Iterator[Multiple]:
    item, count = items[index], items[index - 1]
    match = _BY_UNIT.search(item.words) or _BY_NAME.search(item.words)
    if match is None or count.sentence != item.sentence or count.based_kind not in {"measure", "count"}:
        return
    unit = match.groupdict().get("unit") or item.base.partition("/")[2]
    known = unit_named(unit)
    if known is None or known.base != count.base:
        return
    noun = match["noun"]
    totals = [one for one in items[max(0, index - LOOK_BACK) : index - 1] if _is_total(one, item, noun)]
    for total in totals:
        division = Division(total.figure, count.figure, count.title)
        claim = Multiple(BY_UNIT.filled(name=match.group()), item.words, item.figure, (division,))
        meant = division.exact * known.scale
        if claim.holds or (len(totals) == 1 and near_miss(item.figure.quantity.based, meant)):
            yield claim
            return


def _is_total(total: Measured, item: Measured, noun: str) -> bool:
    """Whether an amount is named as the cost is, and is no part of another one."""
    same = total.base == item.base.partition("/")[0] and total.kind is Kind.LEVEL and not total.after_list_mark
    return same and len(noun) > 1 and noun[:2] in total.words and total.sentence >= item.sentence - 1
