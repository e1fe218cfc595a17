"""The weights of a score table without a total row, which come to 100."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checker.relate.score_places import ALL
from checker.relate.score_values import ScoreTable
from checker.relation import HundredWeights
from checker.verdict import Phrase

HUNDRED, PART = 100, 20
"""Weights that come to much less or more than 100 are of a part of the system, or of several."""
FEWEST_GROUPS = 3
"""A table with fewer weights on its top level is an excerpt and need not add up to 100."""


def full_weights(table: ScoreTable, where: Phrase) -> Iterator[HundredWeights]:
    """The weights of a table without a total row: its top groups, else its rows."""
    if table.is_damaged or (table.total and table.total.weight) or _is_in_parts(table):
        return
    groups = [group.weight for group in table.groups if group.level == 0]
    rows = [row.weight for row in table.rows]
    for weights in (groups, rows):
        known = tuple(weight for weight in weights if weight)
        summed = sum((weight.quantity.value for weight in known), start=Decimal(0))
        if len(known) == len(weights) >= FEWEST_GROUPS and abs(summed - HUNDRED) <= PART:
            yield HundredWeights(ALL.filled(where=where), known, where)
            return


def _is_in_parts(table: ScoreTable) -> bool:
    """Whether rows of subtotals cover the table and no total stands below: each is of a project or a dimension."""
    known = {row.row for row in table.rows}
    covered = [set(group.rows) & known for group in table.groups if group.level == 0 and group.weight]
    return 0 < len(covered) < FEWEST_GROUPS and set().union(*covered) == known
