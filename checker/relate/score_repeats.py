"""Cells of upper levels that a score table repeats in each row: B2 组织实施 | 11 in five rows, 12 in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.extract.figures import Reading
from checker.relate.score_places import INDICATOR_TABLE, SCORE_TABLE
from checker.relate.score_tree import ScoreTree
from checker.relate.score_values import ScoreTable
from checker.relation import SameWeight, ScoreAt
from checker.verdict import Phrase

REPEATED = Phrase("“{name}”的分值在其下各行重复印出", "the weight of “{name}”, printed again in each of its rows")
FEWEST = 3


def find_repeated_weights(reading: Reading, tree: ScoreTree) -> Iterator[SameWeight]:
    """For each group whose weight stands in all of its rows, whether it is the same in all of them."""
    for table in tree.tables:
        if len(table.columns.weights) == len(table.columns.levels) > 1:
            yield from _of_table(reading, table, SCORE_TABLE if table is tree.scores else INDICATOR_TABLE)


def _of_table(reading: Reading, table: ScoreTable, where: Phrase) -> Iterator[SameWeight]:
    for group in table.groups:
        column = table.columns.weights[group.level] if group.level < len(table.columns.weights) - 1 else None
        if column is None or len(group.rows) < FEWEST:
            continue
        cells = [table.table.rows[row][column] for row in group.rows if column < len(table.table.rows[row])]
        figures = [reading.cell(table.table, row, column) for row in group.rows]
        printed = [figure for figure in figures if figure is not None]
        if len(printed) < len(group.rows) or any(cell.covered for cell in cells):
            continue
        value, times = Counter(figure.quantity.value for figure in printed).most_common(1)[0]
        if times < len(printed) - 1:
            continue  # each row has a weight of its own
        odd = next((figure for figure in printed if figure.quantity.value != value), printed[-1])
        same = next(figure for figure in printed if figure.quantity.value == value)
        name = group.path[-1]
        yield SameWeight(REPEATED.filled(name=name), name, (ScoreAt(same, where), ScoreAt(odd, where)))
