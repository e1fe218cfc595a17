"""Figures that the settings give a formula for (人均成本 = 总成本 / 人数), over the operands beside them.

The operands are looked for in the sentence of the figure, then in its paragraph, then in the paragraphs
of its section: the first of these that states all of them is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from msgspec.structs import replace

from checker.extract.expressions import Expression
from checker.extract.figures import Passage, Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, MeasuredPassage, measured
from checker.figure import Figure
from checker.own import OwnFormula
from checker.quantity import Interval
from checker.relate.formulas import Printed
from checker.relation import Formula
from checker.verdict import Phrase

BY_SETTING = Phrase("设置中的公式“{name} = {formula}”", "the formula “{name} = {formula}” of the settings")
MANY = Phrase("可代入的数字不止一组，均不相符", "several figures may be meant and none of them fits")
MOST_WAYS = 64
"""How many ways to choose the operands are tried."""


def find_own_formulas(reading: Reading) -> Iterator[Formula]:
    """Every figure that goes by the name of a formula, where all of its operands are stated."""
    for formula in reading.own.formulas:
        names = {name: reading.own.names(name) for name in (formula.name, *formula.operands)}
        for page in measured(reading):
            for item in page.figures:
                if _is(item, names[formula.name]):
                    yield from _claims(reading, page, item, formula, names)


def is_own(reading: Reading, item: Measured) -> bool:
    """Whether the settings give a formula for a figure: then no other reading of its name counts."""
    return any(_is(item, reading.own.names(formula.name)) for formula in reading.own.formulas)


def _is(item: Measured, names: Sequence[str]) -> bool:
    ends = tuple(names)
    return item.kind is not Kind.OPERAND and (item.title.endswith(ends) or item.words.endswith(ends))


def _claims(
    reading: Reading, page: MeasuredPassage, item: Measured, formula: OwnFormula, names: Mapping[str, Sequence[str]]
) -> Iterator[Formula]:
    for near in _scopes(reading, page, item):
        found = [[one for one in near if _is(one, names[operand])] for operand in formula.operands]
        if all(found):
            ways = [dict(zip(formula.operands, way, strict=True)) for way in islice(product(*found), MOST_WAYS)]
            claims = [claim for way in ways if (claim := _claim(page.passage, item, formula, way))]
            fits = next((claim for claim in claims if _holds(claim)), None)
            if claims:
                yield fits or replace(claims[0], doubt=MANY if len(claims) > 1 else None)
            return


def _scopes(reading: Reading, page: MeasuredPassage, item: Measured) -> Iterator[list[Measured]]:
    """The other figures of the sentence, of the paragraph, of the section."""
    others = [one for one in page.figures if one is not item]
    yield [one for one in others if one.sentence == item.sentence]
    yield others
    if page.passage.place.row is None:
        section = page.passage.place.section
        for one in measured(reading):
            place = one.passage.place
            if one is not page and place.row is None and place.section == section:
                others += one.figures
        yield others


def _claim(passage: Passage, item: Measured, formula: OwnFormula, way: Mapping[str, Measured]) -> Formula | None:
    """The formula with its figures in place; None where it has no value or a figure is approximate."""
    chosen = {name: one.figure for name, one in way.items()}
    if any(figure.quantity.is_open for figure in (item.figure, *chosen.values())):
        return None
    tokens = tuple(chosen.get(token, token) if isinstance(token, str) else token for token in formula.tokens)
    printed = Printed(Expression(tokens, 0, 0, item.figure), passage, (), scaled=True)
    exact, wide = printed.exact(), printed.wide()
    if exact is None or wide is None:
        return None
    scale = item.figure.quantity.unit.scale
    return Formula(
        BY_SETTING.filled(name=formula.name, formula=formula.text),
        "".join(_written(token) for token in tokens),
        tuple(chosen.values()),
        item.figure,
        exact / scale,
        wide / Interval.point(scale),
        replace(printed, scaled=False).result_intervals(),
    )


def _written(token: object) -> str:
    signs = {"*": " × ", "/": " ÷ ", "+": " + ", "-": " − "}
    return token.raw.strip() if isinstance(token, Figure) else signs.get(str(token), str(token))


def _holds(claim: Formula) -> bool:
    return any(one.contains(claim.exact) or claim.interval.meets(one) for one in claim.result_intervals)
