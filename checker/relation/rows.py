"""Identities across the columns of a table."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from msgspec import Struct

from checker.figure import Figure
from checker.quantity import Interval
from checker.relation.base import Relation, terms
from checker.verdict import Mention, Role

PER_CENT = Interval.point(Decimal(100))
OPERATORS = {"-": "−", "*": "×", "/": "÷"}


class Form(Enum):
    """What a row makes of its operands where that is more than ``left op right``."""

    PLAIN = ""
    REST = "rest"
    JOINT = "joint"


class IdentityRow(Struct, frozen=True):
    """One row of a table read as ``left op right = result``; ``holds`` is its recomputation.

    ``also`` is what is added to ``left`` first, in the joint form.
    """

    label: str
    left: Figure
    right: Figure
    result: Figure
    computed: str
    holds: bool
    also: Figure | None = None


class RowIdentity(Relation, frozen=True):
    """An identity across the columns of a table, with every row that has all its figures.

    ``form`` says that a quotient is that of what is left, (right − left) ÷ right, or of two columns
    together, (left + also) ÷ right.
    """

    names: tuple[str, str, str]
    sign: str
    rows: tuple[IdentityRow, ...]
    table_name: str = ""
    form: Form = Form.PLAIN

    @property
    def failing(self) -> tuple[IdentityRow, ...]:
        """The rows that break the identity."""
        return tuple(row for row in self.rows if not row.holds)

    def needed(self, figure: Figure) -> Interval | None:
        """What the other two figures of its row give."""
        row = next((r for r in self.rows if figure in (r.left, r.right, r.result)), None)
        if row is None or self.form is not Form.PLAIN:
            return None
        left, right, result = (f.quantity.interval for f in (row.left, row.right, row.result))
        if row.result.quantity.unit.kind == "rate":
            result = result / PER_CENT
        return _solved(self.sign, left, right, result, figure, row)

    @property
    def stated(self) -> str | None:
        """The result of the first failing row as written."""
        return self.failing[0].result.number if self.failing else None

    @property
    def calculation(self) -> str:
        """The first failing row, or the first row."""
        row = (self.failing or self.rows)[0]
        percent = " × 100%" if row.computed.endswith("%") else ""
        if self.form is Form.REST:
            left, right = terms(row.left, row.right)
            return f"({right} − {left}) ÷ {right}{percent}"
        if self.form is Form.JOINT and row.also is not None:
            left, also, right = terms(row.left, row.also, row.right)
            return f"({left} + {also}) ÷ {right}{percent}"
        return f" {OPERATORS.get(self.sign, self.sign)} ".join(terms(row.left, row.right)) + percent

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Result and operands of each failing row; of all rows when none fails."""
        out: list[Mention] = []
        for row in self.failing or self.rows:
            out.append(Mention.of(Role.STATED, row.result))
            operands = (row.left, *([row.also] if row.also else []), row.right)
            out += [Mention.of(Role.OPERAND, figure) for figure in operands]
        return tuple(out)


def _solved(
    sign: str, left: Interval, right: Interval, result: Interval, figure: Figure, row: IdentityRow
) -> Interval | None:
    """The third figure of ``left sign right = result``."""
    if figure is row.result:
        value = {"+": left + right, "-": left - right, "*": left * right}.get(sign) or left / right
        return value * PER_CENT if row.result.quantity.unit.kind == "rate" else value
    if figure is row.left:
        return {"+": result - right, "-": result + right, "/": result * right}.get(sign) or result / right
    return {"+": result - left, "-": left - result}.get(sign) or (left / result if sign == "/" else result / left)


class Ranked(Relation, frozen=True):
    """A row's place in an order, and the value by which it has it; ``place`` is the one that the value gives."""

    name: str
    rank: Figure
    value: Figure
    place: int

    @property
    def holds(self) -> bool:
        """Whether the stated place is that of the value."""
        return self.rank.quantity.value == self.place

    def needed(self, figure: Figure) -> Interval | None:
        """The place that the value gives."""
        return Interval.point(Decimal(self.place)) if figure is self.rank else None

    @property
    def stated(self) -> str:
        """The place as written."""
        return self.rank.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The place, then the value."""
        return Mention.of(Role.STATED, self.rank), Mention.of(Role.OPERAND, self.value)
