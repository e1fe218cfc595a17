"""What is left, or lacking, of amounts that stand further off.

实际到位 3,609.38 万元，到位率 96.25 %；实际支出 3,356.24 万元，执行率 92.99 %，结余 253.14 万元. Which two amounts are
meant the words allow, not the distance: one that was planned or received, one that was done. Several
pairs may be meant, so a difference is wrong only where one digit, or a swap, parts it from one of
them and none fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from checker.extract.figures import Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, measured
from checker.phrases import has_any, words
from checker.quantity import Interval
from checker.relation import ProseTotal
from checker.repairs import is_mistyped
from checker.verdict import Phrase

LEFT = Phrase("“{word}”为前文两数之差", "“{word}” is the difference of two amounts stated before it")
LOOK_BACK = 16
SENTENCES = 1
MOST = 8
TELLING = 4
"""Digits that a difference needs to say by itself which amounts it lies between."""


def find_far_gaps(reading: Reading) -> Iterator[ProseTotal]:
    """Every difference whose two amounts do not stand right before it, where it fits a pair or nearly does."""
    for page in measured(reading):
        for index, item in enumerate(page.figures):
            if index > 1 and item.words.endswith(words("gap", "left")) and _is_exact(item) and _tells(item):
                yield from _of_pairs(page.figures, index)


def _of_pairs(figures: Sequence[Measured], index: int) -> Iterator[ProseTotal]:
    item = figures[index]
    word = next(word for word in words("gap", "left") if item.words.endswith(word))
    near = [one for one in reversed(figures[max(0, index - LOOK_BACK) : index]) if _is_amount(one, item)]
    if len(near) > 1 and near[0] is figures[index - 1] and near[1] is figures[index - 2]:
        return  # the two right before it: their difference is looked at where it stands
    planned = [one for one in near if has_any(one.words, "gap", "planned")]
    done = [one for one in near if has_any(one.words, "gap", "done")]
    sides = (done, planned) if word in words("gap", "over") else (planned, done)
    pairs = [(a, b) for a, b in product(*sides) if a is not b and a.figure.quantity.based > b.figure.quantity.based]
    fitting = next((pair for pair in pairs[:MOST] if _fits(item, *pair)), None)
    slipped = next((pair for pair in pairs[:MOST] if _slips(item, *pair)), None)
    pair = fitting or slipped
    if pair is not None:
        whole, part = pair[0].figure, pair[1].figure
        yield ProseTotal(LEFT.filled(word=word), whole, ((part, item.figure),), pair[0].title, gap=word)


def _is_amount(one: Measured, item: Measured) -> bool:
    return (
        one.kind in {Kind.LEVEL, Kind.BASE}
        and one.base == item.base
        and one.sentence >= item.sentence - SENTENCES
        and not one.figure.quantity.is_open
    )


def _is_exact(item: Measured) -> bool:
    return item.based_kind in {"money", "count", "measure"} and not item.figure.quantity.is_open


def _tells(item: Measured) -> bool:
    return item.figure.quantity.digits >= TELLING


def _between(whole: Measured, part: Measured) -> Interval:
    return whole.figure.quantity.interval - part.figure.quantity.interval


def _fits(item: Measured, whole: Measured, part: Measured) -> bool:
    return _between(whole, part).meets(item.figure.quantity.interval)


def _slips(item: Measured, whole: Measured, part: Measured) -> bool:
    return is_mistyped(item.figure, _between(whole, part))
