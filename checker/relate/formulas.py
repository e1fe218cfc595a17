"""Formulas that the report prints with their numbers: the result, and the operands against the prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.expressions import EQUALS, Expression, find_expressions
from checker.extract.figures import Passage, Reading
from checker.figure import Figure
from checker.quantity import Interval
from checker.relate.formula_roles import find_swapped
from checker.relate.slips import is_one_edit, is_slip
from checker.relation import Formula, FormulaOperand, Relation
from checker.verdict import Phrase

PRINTED = Phrase("报告列出的算式“{expression}”", "the formula “{expression}” that the report prints")
SAME_TEXT = Phrase("算式与同一指标正文中的数字", "the formula and the figures of the same indicator's text")

FULL = 100
MYRIAD = 10_000
TELLING = 4
NAME = 12
MOST_OPERANDS = 20
"""A longer expression is recomputed, but its operands are not looked for in the text."""

Swap = Callable[[Figure], Figure]


class Printed(Struct, frozen=True):
    """An expression in its passage, with the figures near it that its operands may stand for.

    ``scaled`` reads every figure in the base of its unit (360 万元÷1200 人=3000 元/人); otherwise the
    numbers are taken as they stand.
    """

    expression: Expression
    passage: Passage
    near: tuple[Figure, ...]
    scaled: bool = False
    divisor: int = 1
    """What the value is divided by: 31250×720=2250.00 gives its result in 万元 without saying so."""

    def worth(self, figure: Figure, based: Decimal) -> Decimal:
        """What so much of the base of a figure's unit is worth in this formula: per cents as plain ratios."""
        unit = figure.quantity.unit
        if unit.kind == "rate":
            return based / FULL
        return based if self.scaled else based / unit.scale

    def value(self, figure: Figure) -> Decimal:
        """What a figure is worth in this formula."""
        return self.worth(figure, figure.quantity.based)

    def width(self, figure: Figure) -> Decimal:
        """Half a step of a rounded figure; whole numbers in a formula are meant exactly."""
        quantity = figure.quantity
        if quantity.is_exact or quantity.decimals == 0:
            return Decimal(0)
        return self.worth(figure, quantity.half_step)

    def exact(self, swap: Swap = lambda figure: figure) -> Decimal | None:
        """The value with the printed numbers; ``swap`` may put others in their place."""
        interval = self.expression.evaluate(lambda f: Interval.point(self.value(swap(f))))
        return None if interval is None else interval.low / self.divisor

    def exact_with(self, operand: Figure, value: Decimal) -> Decimal | None:
        """The value with one operand worth something else."""
        interval = self.expression.evaluate(lambda f: Interval.point(value if f is operand else self.value(f)))
        return None if interval is None else interval.low / self.divisor

    def wide(self) -> Interval | None:
        """The value with every rounded operand as wide as it was written."""
        interval = self.expression.evaluate(self._interval)
        return None if interval is None else interval / Interval.point(Decimal(self.divisor))

    def _interval(self, figure: Figure) -> Interval:
        value, width = self.value(figure), self.width(figure)
        return Interval(value - width, value + width)

    def fits(self, value: Decimal | None) -> bool:
        """Whether the printed result is this value, rounded or cut off."""
        if value is None:
            return False
        return any(one.contains(value) for one in self.result_intervals())

    def result_intervals(self) -> tuple[Interval, Interval]:
        """What the printed result may stand for: rounded, and cut off.

        A score is exact where it is given, but a score that a formula yields was rounded to be written.
        """
        quantity = self.expression.result.quantity
        if quantity.is_exact and quantity.decimals:
            quantity = replace(quantity, unit=replace(quantity.unit, exact=False))
        point = Interval.point(self.worth(self.expression.result, Decimal(1)))
        return quantity.interval * point, quantity.truncated * point


def find_formulas(reading: Reading) -> Iterator[Relation]:
    """Every printed computation and every operand of it that the prose states, or nearly states."""
    for passage in reading.prose:
        expressions = list(find_expressions(passage)) if EQUALS.search(passage.text.value) else ()
        inside = {f.start for e in expressions for f in (*e.operands, e.result)}
        near = tuple(_near(reading, passage, inside)) if expressions else ()
        for expression in expressions:
            yield from find_swapped(expression, passage, near)
            results = tuple(other.result for other in expressions if other is not expression)
            yield from _relations(_best_reading(Printed(expression, passage, (*near, *results))))


def _best_reading(printed: Printed) -> Printed:
    """The reading of the units under which the result comes out; the numbers as they stand where none does."""
    scaled = replace(printed, scaled=True)
    scales = {f.quantity.unit.scale for f in (*printed.expression.operands, printed.expression.result)}
    if len(scales) > 1 and not printed.fits(printed.exact()) and scaled.fits(scaled.exact()):
        return scaled
    in_points = replace(printed, divisor=FULL)
    of_rate = printed.expression.result.quantity.unit.kind == "rate" and not printed.fits(printed.exact())
    if of_rate and in_points.fits(in_points.exact()):
        return in_points  # （295×100+210×80）÷602=76.91%: 100 stands for all of it
    return replace(printed, divisor=MYRIAD) if _is_in_myriads(printed) else printed


def _is_in_myriads(printed: Printed) -> bool:
    """Whether a result without a unit is some ten thousand times too small for its formula."""
    quantity, exact = printed.expression.result.quantity, printed.exact()
    if quantity.unit.kind != "plain" or not quantity.value or exact is None:
        return False
    return MYRIAD <= 3 * abs(exact / quantity.value) <= 9 * MYRIAD


def _near(reading: Reading, passage: Passage, inside: set[int]) -> Iterator[Figure]:
    """The figures of the passage outside its formulas, then those of its section's other paragraphs."""
    yield from (f for f in passage.figures if f.start not in inside)
    if passage.place.row is None:
        for other in reading.in_section(passage.place.section):
            if other is not passage:
                yield from other.figures


def _relations(printed: Printed) -> Iterator[Relation]:
    exact, wide = printed.exact(), printed.wide()
    if exact is None or wide is None or printed.expression.result.quantity.is_open:
        return
    holds = printed.fits(exact) or any(wide.meets(one) for one in printed.result_intervals())
    if not holds and sum(1 for f in printed.expression.operands if f.quantity.value != FULL) < 2:
        return  # a lone number times 100% is the torn end of a longer formula
    repairs = list(_operand_relations(printed, holds=holds))
    yield from repairs
    if holds or not any(repair.fits and not repair.same for repair in repairs):
        expression = printed.expression.text(printed.passage)
        yield Formula(
            PRINTED.filled(expression=expression),
            expression,
            printed.expression.operands,
            printed.expression.result,
            exact,
            wide,
            printed.result_intervals(),
            () if holds else tuple(_repairs(printed)),
        )


def _repairs(printed: Printed) -> Iterator[tuple[Figure, Interval]]:
    """Where each operand would have to lie for the printed result to come out, in the base of its unit."""
    rounded = printed.result_intervals()[0]
    for operand in printed.expression.operands[:MOST_OPERANDS]:
        ends = [_solved(printed, operand, value) for value in (rounded.low, rounded.high)]
        if operand.quantity.value != FULL and ends[0] is not None and ends[1] is not None:
            one = printed.worth(operand, Decimal(1))
            low, high = sorted((ends[0] / one, ends[1] / one))
            yield operand, Interval(low, high)


def _solved(printed: Printed, operand: Figure, result: Decimal) -> Decimal | None:
    """The operand that gives this result.

    An expression in which a number stands once is a quotient of two linear functions of it, and such a
    function keeps the cross ratio of four values (a Möbius transformation).
    """
    x, y, z = (printed.value(operand) * factor + step for factor, step in ((1, 0), (2, 1), (3, 5)))
    at = [printed.exact_with(operand, value) for value in (x, y, z)]
    if any(value is None for value in at):
        return None
    fx, fy, fz = (value or Decimal(0) for value in at)
    try:
        ratio = (result - fx) * (fy - fz) / ((result - fz) * (fy - fx))
        return (x * (y - z) - ratio * z * (y - x)) / ((y - z) - ratio * (y - x))
    except (ZeroDivisionError, InvalidOperation):
        return None


def _operand_relations(printed: Printed, *, holds: bool) -> Iterator[FormulaOperand]:
    """For each operand the prose's figure that it is, nearly is, or (when the result is off) should be."""
    if len(printed.expression.operands) > MOST_OPERANDS:
        return
    for operand in printed.expression.operands:
        prose = _equal(printed, operand) or _slip(printed, operand) or _only_other(printed, operand)
        if prose is None and not holds:
            prose = _repair(printed, operand)
        if prose is not None and operand.quantity.value != 100:
            fits = printed.fits(printed.exact(_swap(operand, prose)))
            yield FormulaOperand(
                SAME_TEXT, printed.expression.text(printed.passage), operand, prose, printed.expression.result, fits
            )


def _swap(operand: Figure, prose: Figure) -> Swap:
    return lambda figure: prose if figure is operand else figure


def _equal(printed: Printed, operand: Figure) -> Figure | None:
    value = printed.value(operand)
    alike = (f for f in printed.near if _alike(operand, f) and not f.quantity.is_open)
    return next((f for f in alike if printed.value(f) == value), None)


def _alike(operand: Figure, prose: Figure) -> bool:
    """Whether two figures may be one: a rate is only ever a rate, and people are no money."""
    one, other = operand.quantity.unit, prose.quantity.unit
    known = "plain" not in {one.kind, other.kind}
    return (one.kind == "rate") == (other.kind == "rate") and (not known or one.base == other.base)


def _slip(printed: Printed, operand: Figure) -> Figure | None:
    """A figure of the text that the operand is but for a slip of the pen, and that no other operand uses."""
    used = {printed.value(other) for other in printed.expression.operands if other is not operand}
    found = [f for f in printed.near if _alike(operand, f) and _is_slip_of(printed, operand, f)]
    free = [f for f in found if printed.value(f) not in used]
    return next(iter(free or found), None)


def _is_slip_of(printed: Printed, operand: Figure, prose: Figure) -> bool:
    """Whether a slip parts the two, of paragraphs with one name for both, and no digit but a zero is missing."""
    value, other = printed.value(operand), printed.value(prose)
    if not is_slip(value, other):
        return False
    if not is_one_edit(value, other) and min(operand.quantity.significant, prose.quantity.significant) < TELLING:
        return False
    return prose.text is operand.text or _share_name(printed, operand, prose)


def _share_name(printed: Printed, operand: Figure, prose: Figure) -> bool:
    """Whether two characters side by side stand before both: in the formula's clause and right before the other."""
    before = printed.passage.text.value[: operand.start]
    said = before[max(before.rfind(mark) for mark in "，,；;。：:\n") + 1 :]
    words = prose.text.value[max(0, prose.start - NAME) : prose.start]
    return any(words[at : at + 2] in said for at in range(len(words) - 1) if words[at : at + 2].isalpha())


NEAR = 10


def _only_other(printed: Printed, operand: Figure) -> Figure | None:
    """The one count of the passage that no operand uses, where it is within a tenth of this unmatched one.

    抽查 24 个，完整 20 个，20/25 = 80%: all other operands are counts of the passage.
    """
    others = [f for f in printed.expression.operands if f is not operand and f.quantity.value != 100]
    if operand.quantity.decimals or not others or any(_equal(printed, f) is None for f in others):
        return None
    used = {printed.value(f) for f in others}
    here = [f for f in printed.near if f.text is printed.passage.text and f.quantity.unit.kind == "count"]
    free = [f for f in here if printed.value(f) not in used and not f.quantity.is_open]
    value = printed.value(operand)
    if len({printed.value(f) for f in free}) != 1:
        return None
    return free[0] if abs(printed.value(free[0]) - value) * NEAR <= value else None


def _repair(printed: Printed, operand: Figure) -> Figure | None:
    """The one figure with which the printed result comes out: of the passage, or of the section but for a slip."""
    kind = operand.quantity.unit.kind
    alike = [f for f in printed.near if _alike(operand, f) and not f.quantity.is_open]
    alike = [f for f in alike if f.quantity.unit.kind == kind or "plain" in {kind, f.quantity.unit.kind}]
    value = printed.value(operand)
    alike = [f for f in alike if f.text is printed.passage.text or is_one_edit(value, printed.value(f))]
    fitting = {printed.value(f): f for f in alike if printed.fits(printed.exact(_swap(operand, f)))}
    return next(iter(fitting.values())) if len(fitting) == 1 else None
