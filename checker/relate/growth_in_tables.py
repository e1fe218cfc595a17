"""Which way an amount changed, by the row of a table that has it and the amount before: 举报 6,918 件，增长 4.49 %.

The sentence gives the amount now and the rate, a table row both years. Where the row gives the rate with the
other sign, and no row with the sentence's, the word is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from checker.document import Table
from checker.extract.figures import Reading
from checker.extract.leads import Kind
from checker.extract.measures import measured
from checker.figure import Figure
from checker.relate.binding import bind, position
from checker.relate.growth_sums import fits
from checker.relate.layout import body_rows
from checker.relation.growth import Direction, GrowthFacts
from checker.verdict import Phrase

IN_ROW = Phrase("表中同一行列有两期数额", "a row of a table has the amounts of both years")
TELLING, RATE = 3, 2
"""Significant digits of an amount, and of a rate, that say which row is meant."""
MOST = 6
"""An amount that stands in more rows says nothing."""

_OWN = frozenset({Kind.CHANGE, Kind.BASE, Kind.DIFFERENCE})

Rows = Mapping[Decimal, Sequence[tuple[Table, int, Figure]]]


def find_growth_in_tables(reading: Reading) -> Iterator[Direction]:
    """Every rate of change whose amount a table has beside the one before."""
    for page in measured(reading):
        if page.passage.place.row is not None:
            continue
        for index, item in enumerate(page.figures):
            rate = item.figure.quantity
            if item.kind is not Kind.GROWTH or item.base != "%" or not item.lead.sign or rate.is_open or item.depth:
                continue
            bound = bind(page.figures, index, "") if rate.significant >= RATE and rate.decimals else None
            if bound is None or bound.base is not None or bound.current.figure.quantity.significant < TELLING:
                continue
            between = page.figures[position(page.figures, bound.current, index) + 1 : index]
            if any(one.kind in _OWN for one in between):
                continue  # 325 户，比上年的 281 户增加 44 户，增长 15.66 %: the sentence has its own base
            sign = -item.lead.sign if rate.value < 0 else item.lead.sign
            facts = GrowthFacts(
                bound.current.lead.measure, item.lead.word, bound.current.figure, sign, rate=item.figure
            )
            found = _in_rows(reading, facts)
            if found is not None:
                yield found


def _in_rows(reading: Reading, facts: GrowthFacts) -> Direction | None:
    """The direction that a row gives; the sentence's where some row gives it."""
    cells = amounts_of_rows(reading).get(facts.current.quantity.based, ())
    against = None
    for table, row, current in cells if len(cells) <= MOST else ():
        if not same_unit(facts.current, current):
            continue
        for column in range(table.width):
            base = reading.cell(table, row, column)
            if base is None or base is current or not same_unit(current, base):
                continue
            told = GrowthFacts(facts.label, facts.word, facts.current, facts.sign, base, None, facts.rate)
            way = 1 if current.quantity.based > base.quantity.based else -1
            if base.quantity.based > 0 and fits(GrowthFacts("", "", current, way, base, None, facts.rate)):
                if way == facts.sign:
                    return Direction(IN_ROW, told, way)
                against = against or Direction(IN_ROW, told, way)
    return against


@lru_cache(maxsize=2)
def all_of_rows(reading: Reading) -> Rows:
    """Where each number of the tables stands."""
    found: dict[Decimal, list[tuple[Table, int, Figure]]] = defaultdict(list)
    for table in reading.document.tables:
        for row in body_rows(reading, table):
            for column in range(table.width):
                figure = reading.cell(table, row.number, column)
                if figure is not None:
                    found[figure.quantity.based].append((table, row.number, figure))
    return found


@lru_cache(maxsize=2)
def amounts_of_rows(reading: Reading) -> Rows:
    """Where each telling amount of the tables stands."""
    found: dict[Decimal, list[tuple[Table, int, Figure]]] = defaultdict(list)
    for value, cells in all_of_rows(reading).items():
        found[value] += [cell for cell in cells if cell[2].quantity.significant >= TELLING]
    return found


def same_unit(first: Figure, second: Figure) -> bool:
    """Whether two figures count the same, as far as their units are known."""
    one, other = first.quantity.unit, second.quantity.unit
    return one.base == other.base or "plain" in {one.kind, other.kind}
