"""Lines of a table that others give: means of columns and of rows, weighted scores, running sums, ranks.

A header or a label says what a line is (平均, 累计, 排名, weights in the head as 决策(10%)); that it is so
two thirds of its figures must show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from checker.document import Table
from checker.extract.cells import bare_header
from checker.extract.figures import Reading
from checker.extract.numbers import find_numbers
from checker.extract.patterns import Pattern
from checker.figure import Figure, Place
from checker.quantity import Quantity
from checker.relate.layout import Row, RowKind, body_rows, row_name
from checker.relate.totals import NUMBERING
from checker.relation import Mean, Relation, TableTotal
from checker.relation.rows import Ranked
from checker.verdict import Phrase

MEAN_ROW = Phrase("表中“{label}”行为各行的平均数", "the row “{label}” is the mean of the rows")
MEAN_COLUMN = Phrase("表中“{column}”列为同行各列的平均数", "the column “{column}” is the mean of the row's others")
WEIGHTED = Phrase("表头列出各列的权重", "the head gives the weight of each column")
RUNNING = Phrase("表中“{column}”列为“{other}”列的累计", "the column “{column}” adds up “{other}” row by row")
ORDERED = Phrase("表中“{column}”列为“{other}”列的名次", "the column “{column}” ranks “{other}”")

FEWEST = 3
HUNDRED = Decimal(100)
_MEAN_LABEL = Pattern(r"(?:算术|全市|全县|全区|全省|各县区?|各地区?)?(?:平均|均值|平均值|平均分|平均得分|平均数)")
_MEAN_HEADER = Pattern(r".{0,6}(?:平均|均值|均分|月均|平均分|平均得分|平均值)")
_WEIGHT = Pattern(r"[（(]\s*(?:权重)?\s*(?P<weight>\d{1,2}(?:\.\d+)?)\s*[%％]\s*[）)]\s*$")
_RANK = Pattern(r".{0,6}(?:排名|名次|位次|排序)")


def find_derived_lines(reading: Reading) -> Iterator[Relation]:
    """Every mean, weighted score, running sum and rank that a table shows."""
    for table in reading.document.tables:
        rows = [row for row in body_rows(reading, table) if row.number not in table.damaged]
        leaves = [row for row in rows if row.kind is RowKind.LEAF and not _MEAN_LABEL.fullmatch(row.label)]
        if len(leaves) < FEWEST:
            continue
        yield from _shown(_mean_rows(reading, table, rows, leaves))
        for column in range(table.width):
            header = bare_header(table.header[column])
            if _MEAN_HEADER.fullmatch(header):
                yield from _shown(_mean_column(reading, table, leaves, column))
            elif "累计" in header:
                yield from _running(reading, table, leaves, column)
            elif _RANK.fullmatch(header):
                yield from _ranks(reading, table, leaves, column)
        yield from _weighted(reading, table, rows)


def _shown(claims: Sequence[Mean]) -> Iterator[Mean]:
    """The claims, where two thirds of them hold, and two at least."""
    holding = sum(claim.holds for claim in claims)
    if holding > 1 and 3 * holding >= 2 * len(claims):
        yield from claims


def _figures(reading: Reading, table: Table, rows: Sequence[Row], column: int) -> list[Figure]:
    found = (reading.cell(table, row.number, column) for row in rows)
    return [figure for figure in found if figure is not None and not figure.quantity.is_open]


def _mean(because: Phrase, label: str, result: Figure, parts: Sequence[Figure]) -> Mean:
    return Mean(because, label, result, tuple((part,) for part in parts), over=Decimal(len(parts)))


def _mean_rows(reading: Reading, table: Table, rows: Sequence[Row], leaves: Sequence[Row]) -> list[Mean]:
    claims = []
    for row in rows:
        if not _MEAN_LABEL.fullmatch(row.label):
            continue
        for column in range(table.width):
            if bare_header(table.header[column]) in NUMBERING:
                continue
            result = reading.cell(table, row.number, column)
            parts = _figures(reading, table, leaves, column)
            if result is not None and len(parts) == len(leaves) and not _is_quotient(reading, table, row, result):
                because = MEAN_ROW.filled(label=row.label)
                claims.append(_mean(because, f"{row.label}（{table.header[column]}）", result, parts))
    return claims


def _is_quotient(reading: Reading, table: Table, row: Row, rate: Figure) -> bool:
    """Whether a rate of a row of means is that of two means beside it, which is no mean of the rates."""
    if rate.quantity.unit.kind != "rate":
        return False
    cells = (reading.cell(table, row.number, column) for column in range(table.width))
    amounts = [one for one in cells if one is not None and one is not rate and one.quantity.value > 0]
    return any(_may_give(one.quantity, other.quantity, rate.quantity) for one, other in permutations(amounts, 2))


def _may_give(one: Quantity, other: Quantity, rate: Quantity) -> bool:
    """Whether a rate is the share or the change of two amounts, as far as their last digits tell."""
    share = one.based / other.based * HUNDRED
    width = share * (one.half_digit / one.value + other.half_digit / other.value) + rate.half_digit
    return any(abs(abs(share - base) - abs(rate.value)) <= width for base in (0, HUNDRED))


def _mean_column(reading: Reading, table: Table, leaves: Sequence[Row], column: int) -> list[Mean]:
    claims = []
    because = MEAN_COLUMN.filled(column=table.header[column])
    for row in leaves:
        result = reading.cell(table, row.number, column)
        before = [reading.cell(table, row.number, other) for other in range(column)]
        parts = [figure for figure in before if figure is not None and result and _alike(figure, result)]
        if result is not None and len(parts) >= FEWEST:
            claims.append(_mean(because, row_name(reading, table, row.number), result, parts))
    return claims


def _alike(one: Figure, other: Figure) -> bool:
    return one.quantity.unit.base == other.quantity.unit.base and not one.quantity.is_open


def _weighted(reading: Reading, table: Table, rows: Sequence[Row]) -> Iterator[Mean]:
    """评价得分 behind 决策(10%), 过程(20%), 产出(40%), 效益(30%)."""
    weights = {column: figure for column in range(table.width) if (figure := _weight(table, column))}
    if len(weights) < 2 or sum(figure.quantity.value for figure in weights.values()) != HUNDRED:
        return
    column = max(weights) + 1
    claims = []
    for row in rows if column < table.width else ():
        result = reading.cell(table, row.number, column)
        parts = [(weight, reading.cell(table, row.number, at)) for at, weight in weights.items()]
        products = tuple((weight, part) for weight, part in parts if part is not None and not part.quantity.is_open)
        if result is not None and len(products) == len(weights):
            claims.append(Mean(WEIGHTED, row_name(reading, table, row.number), result, products, over=HUNDRED))
    yield from _shown(claims)


def _weight(table: Table, column: int) -> Figure | None:
    """The per cent in brackets behind the name of a column."""
    cell = table.rows[table.header_rows - 1][column]
    match = _WEIGHT.search(cell.text.value)
    if match is None:
        return None
    place = Place(table.index, table.section, cell.row, column)
    for found in find_numbers(cell.text.value):
        if found.start == match.start("weight") and found.quantity.unit.kind == "rate":
            return Figure(found.quantity, cell.text, found.start, found.end, place)
    return None


def _running(reading: Reading, table: Table, leaves: Sequence[Row], column: int) -> Iterator[TableTotal]:
    """A column of 累计 with the column that it adds up row by row."""
    results = _figures(reading, table, leaves, column)
    for other in range(table.width):
        parts = _figures(reading, table, leaves, other)
        if other == column or len(parts) != len(leaves) or len(results) != len(leaves):
            continue
        because = RUNNING.filled(column=table.header[column], other=table.header[other])
        claims = [
            TableTotal(because, result, (tuple(parts[: at + 1]),), row.label, None, table, table.header[column])
            for at, (result, row) in enumerate(zip(results, leaves, strict=True))
            if at and _alike(result, parts[at]) and not _is_whole(parts, at)
        ]
        holding = sum(claim.holds for claim in claims)
        if holding > 1 and 3 * holding >= 2 * len(claims):
            yield from claims
            return


def _is_whole(parts: Sequence[Figure], at: int) -> bool:
    """Whether a figure is the sum of all above it: 全年 below the quarters."""
    above = sum((part.quantity.based for part in parts[:at]), Decimal(0))
    return at > 1 and parts[at].quantity.based == above


def _ranks(reading: Reading, table: Table, leaves: Sequence[Row], column: int) -> Iterator[Ranked]:
    """Ranks beside the column that they put in order, the largest or the smallest first."""
    ranks = _figures(reading, table, leaves, column)
    if len(ranks) != len(leaves) or len(ranks) <= FEWEST:
        return
    best: list[Ranked] = []
    for other in range(table.width):
        values = _figures(reading, table, leaves, other)
        if other == column or len(values) != len(leaves) or len({f.quantity.based for f in values}) < len(leaves) - 1:
            continue
        for down in (True, False):
            order = sorted((figure.quantity.based for figure in values), reverse=down)
            because = ORDERED.filled(column=table.header[column], other=table.header[other])
            claims = [
                Ranked(
                    because, row_name(reading, table, row.number), rank, value, order.index(value.quantity.based) + 1
                )
                for row, rank, value in zip(leaves, ranks, values, strict=True)
            ]
            if sum(claim.holds for claim in claims) > sum(claim.holds for claim in best):
                best = claims
    wrong = sum(not claim.holds for claim in best)
    if best and wrong <= 2 and wrong * FEWEST <= len(best):
        yield from best
