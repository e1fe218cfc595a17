"""Identities across the columns of a table."""

from __future__ import annotations

from dataclasses import dataclass

from checker.figure import Figure
from checker.relation.base import Relation, terms
from checker.verdict import Mention, Role

OPERATORS = {"-": "−", "*": "×", "/": "÷"}


@dataclass(frozen=True)
class IdentityRow:
    """One row of a table read as ``left op right = result``; ``holds`` is its recomputation."""

    label: str
    left: Figure
    right: Figure
    result: Figure
    computed: str
    holds: bool


@dataclass(frozen=True)
class RowIdentity(Relation):
    """An identity across the columns of a table, with every row that has all three figures."""

    names: tuple[str, str, str]
    sign: str
    rows: tuple[IdentityRow, ...]
    table_name: str = ""

    @property
    def failing(self) -> tuple[IdentityRow, ...]:
        """The rows that break the identity."""
        return tuple(row for row in self.rows if not row.holds)

    @property
    def stated(self) -> str | None:
        """The result of the first failing row as written."""
        return self.failing[0].result.number if self.failing else None

    @property
    def calculation(self) -> str:
        """The first failing row, or the first row."""
        row = (self.failing or self.rows)[0]
        percent = " × 100%" if row.computed.endswith("%") else ""
        return f" {OPERATORS.get(self.sign, self.sign)} ".join(terms(row.left, row.right)) + percent

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Result and operands of each failing row; of all rows when none fails."""
        out: list[Mention] = []
        for row in self.failing or self.rows:
            out.append(Mention.of(Role.STATED, row.result))
            out += [Mention.of(Role.OPERAND, row.left), Mention.of(Role.OPERAND, row.right)]
        return tuple(out)
