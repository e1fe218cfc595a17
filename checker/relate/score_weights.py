"""The weights of a score table without a total row, which come to 100; those in per cent behind a name in the text."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checker.extract.patterns import Pattern
from checker.relate.score_places import ALL, NARRATIVE, OF_ONE, SCORE_TABLE
from checker.relate.score_tree import ScoreTree
from checker.relate.score_values import ScoreTable
from checker.relation import HundredWeights, SameWeight, ScoreAt
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


_BEHIND_NAME = Pattern(
    r"[^（(]{0,8}[（(]\s*(?:权重|分值|占)?[：:为]?\s*(?P<weight>\d{1,2}(?:\.\d+)?)\s*[%％]\s*[）)，,]"
)
MOSTLY = (2, 3)


def told_percents(tree: ScoreTree) -> Iterator[SameWeight]:
    """02-01-02 资金下达及时率（2%）: where most rates behind the names of indicators are their weights, all are."""
    claims = []
    for node in tree.indicators:
        told, row = node.narrated, node.scored
        if told is None or told.weight or row is None or row.weight is None or row.damaged:
            continue
        text, weight = told.label.text.value, row.weight
        at = text.find(node.name)
        match = (
            _BEHIND_NAME.match(text, at + len(node.name)) if at >= 0 and weight.quantity.unit.kind == "rate" else None
        )
        figure = next((f for f in told.label.figures if match and f.start == match.start("weight")), None)
        if figure is not None:
            places = ScoreAt(figure, NARRATIVE), ScoreAt(weight, SCORE_TABLE)
            claims.append(SameWeight(OF_ONE.filled(name=node.name), node.name, places))
    agreeing = sum(claim.agree for claim in claims)
    if agreeing >= FEWEST_GROUPS and agreeing * MOSTLY[1] >= len(claims) * MOSTLY[0]:
        yield from claims
