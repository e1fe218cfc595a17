"""Shares of what only a table states: 扣减的服务费为 441.55 万元，占满额服务费的 2.57 %, a row or column.

The whole is a column's total, or a row's. It need not be of the same year or place as the part. So a share is
wrong only where no whole of the name gives it, and one does once two digits change places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from checker.document import Table
from checker.extract.cells import bare_header
from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import words
from checker.relate.layout import RowKind, body_rows, row_name
from checker.relation.divisions import Division
from checker.relation.shares import Share
from checker.verdict import Phrase

BY_NAME = Phrase("表中的“{name}”为所占总体", "“{name}” of a table is the whole")
SEVERAL = Phrase("所称总体与表中同名的数未必是同一口径", "the whole that is named may be another one")
_SHARE = Pattern(r"[，,（(]?(?:约|各|仅|共|合计)?占(?P<name>[^，,。；;、\d（()）]{3,20}?)的?(?:比重|比例)?[为达]?\s*")
_SCOPE = Pattern(r"^(?:全[省市县区部年]|当年|本年|累计|三年|两年|总|(?:19|20)\d\d年度?)+|(?:总额|总数|总量|合计|金额)$")
_ASIDE = Pattern(r"[（(][^（()）]*[)）]|\s")
SHORTEST, MOST = 3, 4


def find_far_shares(reading: Reading) -> Iterator[Share]:
    """Every share right behind an amount, of a whole that a table names so."""
    for passage in reading.prose:
        if passage.place.row is not None or "占" not in passage.text.value:
            continue
        for span in sentences(passage.text.value):
            figures = passage.within(span.start, span.end)
            for amount, rate in pairwise(figures):
                match = _SHARE.fullmatch(passage.text.value[amount.end : rate.start])
                if match is not None and rate.quantity.unit.base == "%":
                    yield from _of_tables(reading, passage, amount, rate, match["name"])


def _of_tables(reading: Reading, passage: Passage, amount: Figure, rate: Figure, name: str) -> Iterator[Share]:
    quantity = amount.quantity
    if quantity.is_open or rate.quantity.is_open or quantity.unit.kind not in {"money", "count", "measure"}:
        return
    known = _wholes(reading)
    found = known.get(name) or known.get(_SCOPE.sub("", name)) or ()
    wholes = {
        one.quantity.based: one
        for one in found
        if one.quantity.unit.base == quantity.unit.base and one.quantity.based >= quantity.based
    }
    if not 0 < len(wholes) <= MOST:
        return
    readings = tuple(Division(amount, one, name) for one in wholes.values())
    share = Share(BY_NAME.filled(name=name), passage.label(amount), rate, readings, SEVERAL)
    yield from [share] if share.holds or share.slipped else []


@lru_cache(maxsize=2)
def _wholes(reading: Reading) -> Mapping[str, list[Figure]]:
    """The totals of columns by the columns' names, and those of rows that add up their columns by the rows' names."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for table in reading.document.tables:
        across = _sum_column(table)
        for row in body_rows(reading, table):
            if row.kind is RowKind.TOTAL:
                for column in range(table.width):
                    _add(found, bare_header(table.header[column]), reading.cell(table, row.number, column))
            elif across is not None:
                _add(found, row_name(reading, table, row.number), reading.cell(table, row.number, across))
    return found


def _add(found: dict[str, list[Figure]], label: str, figure: Figure | None) -> None:
    name = _ASIDE.sub("", label)
    if figure is not None and len(name) >= SHORTEST and not figure.quantity.is_open:
        found[name].append(figure)


def _sum_column(table: Table) -> int | None:
    """The last column, where its header says that it adds up the others."""
    header = table.header[-1] if table.header else ""
    return table.width - 1 if header.startswith(words("table", "total")) else None
