"""Rates that go by the name of a standard indicator, over the figures that its formulas name.

政府采购预算 486.50 万元，实际采购 451.28 万元，政府采购节支率 7.24 %. The formula that the report prints for
the rate wins: beside one nothing is said here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from checker.extract.leads import plain
from checker.extract.measures import Measured
from checker.extract.standard_rates import Form, StandardFormula, standard_rate
from checker.relate.completion import AMOUNTS, MANY, OTHER, levels_before
from checker.relation.divisions import Change, Division, Rest
from checker.relation.shares import Completion
from checker.verdict import Phrase

BY_STANDARD = Phrase(
    "“{name}”按{source}为{formula}；报告自列公式的，以其为准",
    "“{name}” is {formula} by {source}; a formula that the report prints itself would win",
)
SIGN = Phrase("变动率未写明正负", "the rate of change is written without its sign")
PRINTED = ("=", "＝", "计算公式", "公式")
FORMS = {Form.SHARE: Division, Form.REST: Rest, Form.GROWTH: Change}
RATES = frozenset({"rate"})
Pair = tuple[StandardFormula, Measured, Measured]


def by_standard(items: Sequence[Measured], index: int) -> Iterator[Completion]:
    """A rate named as a standard indicator, over every pair of figures that one of its formulas allows."""
    item = items[index]
    found = standard_rate(item.lead.measure)
    if found is None or item.between or _has_formula(item, found[0]):
        return
    name, rate = found
    pairs: list[Pair] = []
    near: list[Measured] = []
    for formula in rate.formulas:
        before = levels_before(items, index, RATES if formula.of_rates else AMOUNTS)
        own = [(formula, part, base) for part, base in product(before, before) if _fits(formula, part, base)]
        near = before if own else near
        pairs += [one for one in own if not any(_same(one, other) for other in pairs)]
    if pairs:
        formula = pairs[0][0]
        because = BY_STANDARD.filled(name=name, source=formula.source, formula=formula.text)
        doubt = _doubt(item, name, pairs, near)
        readings = tuple(FORMS[formula.form](part.figure, base.figure, base.title) for formula, part, base in pairs)
        yield Completion(because, item.lead.measure, item.figure, readings, doubt)


def _has_formula(item: Measured, name: str) -> bool:
    """Whether the passage prints a formula for the rate."""
    text = plain(item.figure.text.value).replace("}", "")
    return any(name + sign in text for sign in PRINTED)


def _same(one: Pair, other: Pair) -> bool:
    return (one[0].form, one[1], one[2]) == (other[0].form, other[1], other[2])


def _fits(formula: StandardFormula, part: Measured, base: Measured) -> bool:
    """Whether the words of two figures name what the formula divides, and by what."""
    if part is base or part.base != base.base or not _says(part, formula.numerator):
        return False
    if formula.form is Form.GROWTH:
        return not _says(part, formula.denominator) and (_says(base, formula.denominator) or _year_before(base, part))
    if not _says(base, formula.denominator):
        return False
    plainly = not _says(part, formula.denominator) and not (formula.ordered and _says(base, formula.numerator))
    return plainly or base.figure.start < part.figure.start


def _says(item: Measured, words: Sequence[str]) -> bool:
    return any(word in item.words for word in words)


def _year_before(base: Measured, part: Measured) -> bool:
    year, now = base.lead.period.year, part.lead.period.year
    return base.lead.measure == part.lead.measure and year is not None and year + 1 == now


def _doubt(item: Measured, name: str, pairs: Sequence[Pair], near: Sequence[Measured]) -> Phrase | None:
    """Why a rate that fits no reading need not be wrong."""
    about = item.lead.measure.removesuffix(name)
    formula, part, base = pairs[0]
    if len({(one, other) for _, one, other in pairs}) > 1 or len(near) > 2:
        return MANY
    if about and not any(about[n : n + 2] in part.words + base.words for n in range(len(about) - 1)):
        return OTHER
    falls = part.figure.quantity.based < base.figure.quantity.based
    return SIGN if formula.form is Form.GROWTH and falls and item.figure.quantity.value > 0 else None
