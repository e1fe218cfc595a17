"""Rates of completion over a plan that is told only by how far it was missed.

带动就业 1,286 人，超出目标 86 人，完成目标的 107.17 %; 完成 4,544 户，比计划少 56 户，完成率 98.78 %.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.clauses import JOINED
from checker.extract.figures import Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.relation.divisions import Fulfilled
from checker.relation.shares import Completion
from checker.verdict import Phrase

PLANNED = Phrase("“{word}”说明与计划数之差", "“{word}” says how far the plan was missed")
_PLAN = "(?:年度|年初|既定|预期)?(?:目标|计划|任务)(?:数|值|任务)?"
_BEYOND = Pattern(
    rf"(?:超出|超过|超额完成|超){_PLAN}$|(?:比|较){_PLAN}(?:多完成|多|超出|高出|高|增加)了?$|^超额(?:完成)?$|^多完成$"
)
_SHORT = Pattern(
    rf"(?:比|较|距|离|与){_PLAN}(?:少完成|少|低|短缺|短少|差|相差|减少)了?$|(?:低于|少于){_PLAN}$|^少完成$|^(?:尚|还)?差$"
)
_RATE = Pattern(rf"(?:{_PLAN})?完成率[为达]*$|完成(?:了)?{_PLAN}的$")


def find_fulfilled(reading: Reading) -> Iterator[Completion]:
    """Every rate of completion right behind what was done and by how much that is more or less than planned."""
    for page in measured(reading):
        for index in range(2, len(page.figures)):
            listed = index > 2 and page.figures[index - 2].words in JOINED  # 三年分别服务甲、乙和丙人
            yield from (claim for claim in _of_gap(page.figures[index - 2 : index + 1]) if claim.holds or not listed)


def _of_gap(items: Sequence[Measured]) -> Iterator[Completion]:
    done, gap, rate = items
    together = done.sentence == gap.sentence == rate.sentence and done.segment == gap.segment == rate.segment
    if rate.based_kind != "rate" or not together or done.base != gap.base or not _RATE.search(rate.words):
        return
    if done.kind is not Kind.LEVEL or any(one.figure.quantity.is_open for one in items):
        return
    beyond = 1 if _BEYOND.search(gap.words) else -1 if _SHORT.search(gap.words) else 0
    if beyond and done.figure.quantity.based > gap.figure.quantity.based > 0:
        reading = Fulfilled(done.figure, gap.figure, gap.figure.raw.strip(), beyond)
        yield Completion(PLANNED.filled(word=gap.words), rate.words[-6:], rate.figure, (reading,), by_place=True)
