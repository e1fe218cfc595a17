"""Columns of rates that their rows explain: 完成比例 is 完成 over 计划, 增幅 is this year over the year before.

No name is asked for: where three rows show different rates of the same two columns it cannot be by
chance, and a row that does not is in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from msgspec import Struct
from msgspec.structs import replace

from checker.document import Table
from checker.extract.figures import Reading
from checker.figure import Figure
from checker.phrases import has_any
from checker.relate.arithmetic import agrees, recomputed
from checker.relate.columns import WIDEST, named_identities, plain_column
from checker.relate.exactness import to_the_digit
from checker.relate.growth_sums import fits, judge_growth
from checker.relate.layout import Row, RowKind, body_rows, is_of_averages, row_name
from checker.relate.quotient_columns import OF_RATES, explained
from checker.relation import IdentityRow, Relation, RowIdentity
from checker.relation.growth import GrowthFacts
from checker.verdict import Phrase

RATIO = Phrase("多数行的“{c}”为“{a}”除以“{b}”", "in most rows “{c}” is “{a}” over “{b}”")
GROWN = "增长"

HUNDRED, WIDE = Decimal(100), 2
TELLING = 3
"""Rows with different rates, none of them 0 or 100 per cent, that must fit."""
FOR_EACH = 3
"""Rows that must fit for each that does not."""


class _Trio(Struct, frozen=True):
    """A row's two amounts and its rate, and whether the rate is theirs."""

    row: Row
    left: Figure
    right: Figure
    rate: Figure
    holds: bool


class _Fit(Struct, frozen=True):
    """A column of rates read as those of two columns."""

    columns: tuple[int, int]
    grown: bool
    trios: tuple[_Trio, ...]
    named: bool
    """Whether the rate goes by the name of what is divided: 到位率 beside 到位数."""

    @property
    def holding(self) -> int:
        """How many rows fit."""
        return sum(trio.holds for trio in self.trios)

    @property
    def is_shown(self) -> bool:
        """Whether the rows leave no doubt of what the column is."""
        told = {trio.rate.quantity.value for trio in self.trios if trio.holds and self._tells(trio)} - {0, 100}
        return len(told) >= TELLING - self.named and self.holding >= FOR_EACH * (len(self.trios) - self.holding)

    def _tells(self, trio: _Trio) -> bool:
        """Whether the printed figures give the rate: 1 and 1, each as wide as it is written, give any rate."""
        left, right, rate = (figure.quantity for figure in (trio.left, trio.right, trio.rate))
        exact = left.based / right.based * HUNDRED - (HUNDRED if self.grown else 0)
        return abs(exact - rate.value) <= WIDE * rate.half_step or left.significant >= TELLING


def find_rate_columns(reading: Reading) -> Iterator[Relation]:
    """Every rate of a column that its rows explain."""
    for table in reading.document.tables:
        rows = [row for row in body_rows(reading, table) if row.number not in table.damaged]
        rates = [c for c in range(table.width) if _is_of_rates(reading, rows, table, c)]
        if not rates or len(rows) < TELLING:
            continue
        named = {identity.rows[0].result.place.column for identity in named_identities(reading, table, rows)}
        amounts = [c for c in range(table.width) if c not in rates and _filled(reading, rows, table, c) >= TELLING]
        for rate in rates:
            if rate not in named and len(amounts) <= WIDEST:
                yield from _explained(reading, table, rows, amounts, rate)


def _filled(reading: Reading, rows: Sequence[Row], table: Table, column: int) -> int:
    return sum(reading.cell(table, row.number, column) is not None for row in rows)


def _is_of_rates(reading: Reading, rows: Sequence[Row], table: Table, column: int) -> bool:
    figures = [f for row in rows if (f := reading.cell(table, row.number, column)) is not None]
    return len(figures) >= TELLING and all(figure.quantity.unit.kind == "rate" for figure in figures)


def _explained(
    reading: Reading, table: Table, rows: Sequence[Row], amounts: Sequence[int], rate: int
) -> Iterator[Relation]:
    """The relations of the one reading of a column that its rows show."""
    shown = [
        fit
        for columns in permutations(amounts, 2)
        for grown in (False, True)
        if (fit := _fit(reading, table, rows, (*columns, rate), grown=grown)).is_shown
    ]
    if not shown:
        yield from explained(reading, table, rows, amounts, rate, OF_RATES)
        return
    most = max(fit.holding for fit in shown)
    best = [fit for fit in shown if fit.holding == most]
    if len({tuple(trio.row.number for trio in fit.trios if not trio.holds) for fit in best}) == 1:
        yield from _relations(reading, table, best[0], rate)


def _fit(reading: Reading, table: Table, rows: Sequence[Row], columns: Sequence[int], *, grown: bool) -> _Fit:
    trios = []
    weighted = any("权重" in header for header in table.header)
    for row in rows:
        left, right, rate = (reading.cell(table, row.number, column) for column in columns)
        if left is None or right is None or rate is None or any(f.quantity.is_open for f in (left, right, rate)):
            continue
        if left.quantity.unit.base != right.quantity.unit.base or right.quantity.value <= 0:
            continue
        holds = fits(_growth("", left, right, rate)) if grown else bool(agrees(left, "/", right, rate))
        if not holds and row.kind is RowKind.TOTAL and weighted:
            continue  # the rates of the rows, weighted: not the rate of the totals
        if not holds and is_of_averages(row):
            continue
        if not holds and has_any(table.header[columns[2]], "rows", "sizes") and _is_size(left, right, rate):
            continue
        if holds or grown or not _otherwise(left, right, rate):
            trios.append(_Trio(row, left, right, rate, holds))
        if len(trios) >= TELLING and not any(trio.holds for trio in trios):
            break
    return _Fit((columns[0], columns[1]), grown, tuple(trios), not grown and _is_named(table, columns[0], columns[2]))


def _is_named(table: Table, left: int, rate: int) -> bool:
    name = plain_column(table, rate)
    return name.endswith("率") and len(name) > len("率") + 1 and name[-3:-1] in plain_column(table, left)


def _is_size(left: Figure, right: Figure, rate: Figure) -> bool:
    """Whether a rate of change is given without its sign: by how much it differs, whichever way."""
    negative = left.quantity.value < 0 < rate.quantity.value
    size = replace(left, quantity=replace(left.quantity, value=-left.quantity.value))
    return negative and bool(agrees(size, "/", right, rate))


def _otherwise(left: Figure, right: Figure, rate: Figure) -> bool:
    """Whether a rate may be meant in another way: no more than 100% counted, or a cost, of which less is better."""
    return rate.quantity.value in (0, 100) or bool(agrees(right, "/", left, rate))


def _growth(label: str, left: Figure, right: Figure, rate: Figure) -> GrowthFacts:
    return GrowthFacts(label, GROWN, left, -1 if rate.quantity.value < 0 else 1, right, None, rate)


def _relations(reading: Reading, table: Table, fit: _Fit, rate: int) -> Iterator[Relation]:
    names = tuple(plain_column(table, column) for column in (*fit.columns, rate))
    if not fit.grown:
        a, b, c = names
        rows = to_the_digit(
            [
                IdentityRow(
                    row_name(reading, table, trio.row.number),
                    trio.left,
                    trio.right,
                    trio.rate,
                    recomputed(trio.left, "/", trio.right, trio.rate),
                    trio.holds,
                )
                for trio in fit.trios
            ]
        )
        rows = tuple(replace(row, label="") if row.holds else row for row in rows)
        yield RowIdentity(RATIO.filled(a=a, b=b, c=c), (a, b, c), "/", rows, table.name)
        return
    for trio in fit.trios:
        label = row_name(reading, table, trio.row.number) or names[2]
        yield from judge_growth(_growth(label, trio.left, trio.right, trio.rate), ())
