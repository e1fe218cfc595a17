"""Levels of a score table in one column, told by their sums: 过程 25, then 预算完成率 7, 预算调整率 4 … up to 25."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from checker.figure import Figure
from checker.relate.layout import RowKind

FEWEST = 2
"""Heads that a table needs, and rows that stand under most of them."""


def parents_by_sums(
    kinds: Sequence[RowKind], weights: Sequence[Figure | None], scores: Sequence[Figure | None]
) -> list[int | None]:
    """For each row the head above it whose weight its group makes; no parents where the rows do not part so.

    The groups must use up all rows, the heads make 100 or the table's total, and most groups' scores add up too.
    """
    nobody: list[int | None] = [None] * len(kinds)
    leaves = [at for at, kind in enumerate(kinds) if kind is RowKind.LEAF]
    totals = [at for at, kind in enumerate(kinds) if kind is RowKind.TOTAL]
    if len(leaves) < 2 * FEWEST or any(weights[at] is None for at in leaves):
        return nobody
    groups = _groups(leaves, weights)
    whole = _value(weights[totals[0]]) if totals else Decimal(100)
    heads = sum((_value(weights[head]) for head, _ in groups), start=Decimal(0))
    adding = sum(_adds_up(scores, head, members) for head, members in groups)
    if len(groups) < FEWEST or heads != whole or 2 * adding < len(groups):
        return nobody
    parents = list(nobody)
    for head, members in groups:
        for member in members:
            parents[member] = head
    return parents


def _groups(leaves: Sequence[int], weights: Sequence[Figure | None]) -> list[tuple[int, list[int]]]:
    """The rows cut into heads and what makes them up; nothing where a head is not made up."""
    groups: list[tuple[int, list[int]]] = []
    at = 0
    while at < len(leaves):
        head, members, summed = leaves[at], list[int](), Decimal(0)
        at += 1
        while at < len(leaves) and summed < _value(weights[head]):
            members.append(leaves[at])
            summed += _value(weights[leaves[at]])
            at += 1
        if summed != _value(weights[head]) or not members:
            return []
        groups.append((head, members))
    return groups


def _adds_up(scores: Sequence[Figure | None], head: int, members: Sequence[int]) -> bool:
    return sum((_value(scores[member]) for member in members), start=Decimal(0)) == _value(scores[head])


def _value(figure: Figure | None) -> Decimal:
    return figure.quantity.value if figure is not None else Decimal(0)
