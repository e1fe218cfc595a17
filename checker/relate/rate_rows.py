"""Rows of rates that the rows above them explain: 得分率 of each column is 得分 over 权重.

A table may have its groups side by side and what is said of them one below the other. Where three
columns show different rates of the same two rows it cannot be by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from msgspec import Struct

from checker.document import Table
from checker.extract.figures import Reading
from checker.figure import Figure
from checker.relate.arithmetic import agrees
from checker.relate.columns import plain_column
from checker.relate.layout import body_rows
from checker.relation.divisions import Division
from checker.relation.shares import Completion
from checker.verdict import Phrase

RATIO = Phrase("各列的“{rate}”为“{part}”除以“{whole}”", "in most columns “{rate}” is “{part}” over “{whole}”")
TELLING, WIDEST = 3, 12
"""Columns with different rates that must fit; rows with more of them are no table of this kind."""
FOR_EACH = 3
"""Columns that must fit for each that does not."""

Line = dict[int, Figure]


class _Fit(Struct, frozen=True):
    """A row of rates read as one row over another: the rates by column, with whether each is theirs."""

    part: str
    whole: str
    trios: tuple[tuple[Figure, Figure, Figure, bool], ...]

    @property
    def wrong(self) -> int:
        """How many columns do not fit."""
        return sum(not holds for *_, holds in self.trios)

    @property
    def is_shown(self) -> bool:
        """Whether the columns leave no doubt of what the row is."""
        told = {rate.quantity.value for _, _, rate, holds in self.trios if holds} - {0, 100}
        return len(told) >= TELLING and len(self.trios) - self.wrong >= FOR_EACH * self.wrong


def find_rate_rows(reading: Reading) -> Iterator[Completion]:
    """Every rate of a row that the rows of its table explain."""
    for table in reading.document.tables:
        rows = [row for row in body_rows(reading, table) if row.number not in table.damaged]
        if not TELLING <= len(rows) <= WIDEST:
            continue
        lines = [(row.label, _line(reading, table, row.number)) for row in rows]
        amounts = [(label, line) for label, line in lines if not _is_of_rates(line)]
        for label, rates in lines:
            if _is_of_rates(rates):
                yield from _explained(table, label, rates, amounts)


def _line(reading: Reading, table: Table, row: int) -> Line:
    return {column: f for column in range(table.width) if (f := reading.cell(table, row, column)) is not None}


def _is_of_rates(line: Line) -> bool:
    return len(line) >= TELLING and all(figure.quantity.unit.kind == "rate" for figure in line.values())


def _explained(table: Table, label: str, rates: Line, amounts: Sequence[tuple[str, Line]]) -> Iterator[Completion]:
    fits = [_fit(one, other, rates) for one, other in permutations(amounts, 2)]
    shown = [fit for fit in fits if fit.is_shown]
    best = min(shown, key=lambda fit: fit.wrong, default=None)
    if best is None or sum(fit.wrong == best.wrong for fit in shown) > 1:
        return
    because = RATIO.filled(rate=label, part=best.part, whole=best.whole)
    for part, whole, rate, _ in best.trios:
        column = plain_column(table, rate.place.column or 0)
        yield Completion(because, f"{column}{label}", rate, (Division(part, whole, best.whole),))


def _fit(part: tuple[str, Line], whole: tuple[str, Line], rates: Line) -> _Fit:
    trios = []
    for column, rate in rates.items():
        left, right = part[1].get(column), whole[1].get(column)
        if left is None or right is None or any(figure.quantity.is_open for figure in (left, right, rate)):
            continue
        if left.quantity.unit.base == right.quantity.unit.base and right.quantity.value > 0:
            trios.append((left, right, rate, bool(agrees(left, "/", right, rate))))
    return _Fit(part[0], whole[0], tuple(trios))
