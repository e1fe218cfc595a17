"""Products that a cell spells out and another cell of the row states: 62座×0.65万元/月×12个月 beside 483.60 万元."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from checker.document import Table
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.layout import body_rows, row_name
from checker.relation import Product
from checker.verdict import Phrase

SPELLED = Phrase("同一行的“{basis}”写出其算法", "“{basis}” of the same row spells it out")
FEWEST = 2
"""Rows in which the product must come out."""
_TIMES = Pattern(r"\s*(?:/\s*[\p{Han}·]{1,4})?\s*[×xX＊*]\s*")
_END = Pattern(r"\s*(?:/\s*[\p{Han}·]{1,4})?\s*[。；;]?\s*")


def find_cell_products(reading: Reading) -> Iterator[Product]:
    """Every amount beside the product that its row spells out, in the one column of a table that most of them give."""
    for table in reading.document.tables:
        rows = body_rows(reading, table)
        spelled = [
            (row.number, passage)
            for row in rows
            for column in range(table.width)
            if (passage := reading.cell_passage(table, row.number, column)) and _factors(passage)
        ]
        if len(spelled) >= FEWEST:
            yield from _amounts(reading, table, spelled)


def _factors(passage: Passage) -> tuple[Figure, ...]:
    """The factors of a cell that is nothing but a product; none of another cell."""
    text, figures = passage.text.value, passage.figures
    if len(figures) < FEWEST or text[: figures[0].start].strip() or not _END.fullmatch(text[figures[-1].end :]):
        return ()
    joined = all(_TIMES.fullmatch(text[one.end : other.start]) for one, other in pairwise(figures))
    return tuple(map(_bare, figures)) if joined and not any(figure.quantity.is_open for figure in figures) else ()


def _bare(figure: Figure) -> Figure:
    """A factor as its number stands: 181600 吨 at 38.5 元/吨 are not so many kilograms."""
    unit = figure.quantity.unit
    if unit.kind == "money" or unit.base.startswith("元"):
        return figure
    return replace(figure, quantity=replace(figure.quantity, unit=replace(unit, scale=Decimal(1))))


def _amounts(reading: Reading, table: Table, spelled: Sequence[tuple[int, Passage]]) -> Iterator[Product]:
    claims: dict[int, list[Product]] = defaultdict(list)
    for row, passage in spelled:
        for column in range(table.width):
            result = reading.cell(table, row, column)
            if result is not None and result.quantity.unit.kind == "money":
                basis = table.header[passage.place.column or 0]
                claims[column].append(
                    Product(SPELLED.filled(basis=basis), row_name(reading, table, row), result, (_factors(passage),))
                )
    for its in claims.values():
        holding = sum(claim.holds for claim in its)
        if holding >= FEWEST and 2 * (len(its) - holding) <= holding:
            yield from its
            return
