"""Means over a column that a sentence speaks of: 已审定的 9 个标段平均用时 89.6 天, where a table lists the nine.

The clause must have a word of the column's name, and how many it counts must be the rows. A mean may still be
over others: what no column gives is wrong only where one digit, or a swap, parts it from the one column meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checker.extract.cells import bare_header
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.known_columns import Column, known_columns
from checker.relate.named_values import has_unit
from checker.relate.slips import is_one_edit
from checker.relation.derived import Mean
from checker.verdict import Phrase

OVER_ROWS = Phrase("“{table}”中“{column}”一列的各行", "the rows of “{column}” in “{table}”")
_MEAN = Pattern(
    r"(?:(?P<count>\d{1,3})\s*\p{Han})?[^，,。；;：:、\d]{0,14}?(?<!加权)平均(?:每\p{Han}{1,3})?[^，,。；;：:、\d]{0,8}$"
)
REACH, CHUNK, FEWEST, DIGITS = 28, 2, 3, 2
GENERAL = frozenset(
    ["平均", "合计", "金额", "数量", "情况", "全市", "全县", "个数", "项目", "资金", "本年", "年度", "其中", "单位"]
)
"""Pairs of characters that say nothing of what a column holds."""
KINDS = frozenset({"measure", "count", "money", "score"})


def find_column_means(reading: Reading) -> Iterator[Mean]:
    """Every mean of the prose that a column named in its clause gives, or gives but for a slip."""
    for passage in reading.prose:
        if passage.place.row is not None or "平均" not in passage.text.value:
            continue
        for figure in passage.figures:
            quantity = figure.quantity
            if quantity.unit.kind in KINDS and not quantity.is_open and quantity.digits >= DIGITS:
                yield from _of_column(reading, passage, figure)


def _of_column(reading: Reading, passage: Passage, figure: Figure) -> Iterator[Mean]:
    match = _MEAN.search(passage.text.value[max(0, figure.start - REACH) : figure.start])
    if match is None:
        return
    said = match.group()
    found = [
        (table.name, header, column)
        for table, header, column in known_columns(reading).columns
        if len(column) >= FEWEST and _is_counted(column, match["count"]) and _is_named(header, said)
        if all(has_unit(figure, cell.figure) for cell in column)
    ]
    holding = [one for one in found if abs(_mean(figure, one[2]) - figure.quantity.value) <= figure.quantity.half_digit]
    near = [one for one in found if _is_near(figure, _mean(figure, one[2]))]
    if holding or (len(near) == 1 and len(found) == 1):
        table, header, column = (holding or near)[0]
        parts = tuple((cell.figure,) for cell in column)
        because = OVER_ROWS.filled(table=table, column=header)
        claim = Mean(because, said.strip(), figure, parts, over=Decimal(len(parts)))
        if claim.holds or (match["count"] and figure.quantity.unit.scale == 1):
            yield claim


def _is_counted(column: Column, count: str | None) -> bool:
    """Whether so many rows are meant; without a number none of them may be nothing, for a mean leaves these out."""
    return int(count) == len(column) if count else all(cell.figure.quantity.value for cell in column)


def _is_named(header: str, said: str) -> bool:
    """Whether the words before a figure have two neighbouring characters of a column's name that say what it holds."""
    plain = "".join(bare_header(header).split())
    chunks = {plain[at : at + CHUNK] for at in range(len(plain) - CHUNK + 1)} - GENERAL
    return any(chunk in said for chunk in chunks)


def _mean(figure: Figure, column: Column) -> Decimal:
    total = sum((cell.figure.quantity.based for cell in column), start=Decimal(0))
    plain = all(cell.figure.quantity.unit.kind == "plain" for cell in column)
    return total / len(column) / (Decimal(1) if plain else figure.quantity.unit.scale)


def _is_near(figure: Figure, value: Decimal) -> bool:
    quantity = figure.quantity
    meant = round(value, quantity.decimals)
    swapped = meant != quantity.value and sorted(f"{meant:f}") == sorted(f"{quantity.value:f}")
    return swapped or is_one_edit(quantity.value, meant)
