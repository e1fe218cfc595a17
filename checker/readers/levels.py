"""Columns of merged names (一级指标 | 二级指标 | …): names in the wrong one, and what a name covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from checker.document import Text
from checker.extract.patterns import Pattern
from checker.readers.align import Row
from checker.readers.columns import Column, is_subtotal, is_total

EMPTY = Text("")

_LEVEL = Pattern(r"(?:第?[一二三四五1-5]级|[一二三四五1-5]级指标).*")
_WEIGHT = Pattern(r"[（(]\s*(\d+(?:\.\d+)?)\s*分\s*[）)]\s*$")


def level_columns(header: Sequence[str]) -> int:
    """How many columns from the left are named as levels (一级指标, 二级指标, …)."""
    count = 0
    for name in header:
        if not _LEVEL.fullmatch("".join(name.split())):
            break
        count += 1
    return count if count > 1 else 0


def settle(rows: Sequence[Row], header: Sequence[str], moved: Sequence[bool]) -> list[Row]:
    """The rows with totals at the left end and each merged name in the column of its level.

    ``moved`` says which rows were laid out anew, so that no name's place is as written.
    """
    result = [_total_first(row) for row in rows]
    for left in range(level_columns(header) - 1):
        result = _Pair(left, result, moved).settle()
    return result


def _total_first(row: Row) -> Row:
    """A total's label spans the columns of names: it belongs to the first of them."""
    filled = next((at for at, cell in enumerate(row) if cell.value), 0)
    if not filled or not is_total(row[filled].value):
        return row
    cells = list(row)
    cells[0], cells[filled] = cells[filled], EMPTY
    return tuple(cells)


def weight_of(name: str) -> Decimal | None:
    """The weight that stands behind a name in brackets."""
    match = _WEIGHT.search(name)
    return Decimal(match[1]) if match else None


class _Pair:
    """Two neighbouring levels: a name on the left opens a group, those on the right fill it."""

    def __init__(self, left: int, rows: Sequence[Row], moved: Sequence[bool]) -> None:
        self.left = left
        self.moved = moved
        self.rows = list(rows)
        both = [row for row in rows if row[left].value and row[left + 1].value]
        self.left_weighted = _mostly_weighted(row[left].value for row in both)
        self.right_weighted = _mostly_weighted(row[left + 1].value for row in both)
        self.names = {_bare(row[left].value) for row in both}
        self.known = bool(both)

    def settle(self) -> list[Row]:
        """The rows, with a name moved by one column where it stands on the wrong level."""
        whole: Decimal | None = None
        used = Decimal(0)
        for at, row in enumerate(self.rows):
            one, two = row[self.left].value, row[self.left + 1].value
            if is_total(row[0].value) or is_subtotal(one) or is_subtotal(two) or not (one or two):
                continue
            if self.known and bool(one) != bool(two):
                opens = self._opens_group(one or two, whole, used, loose=bool(one) or self.moved[at])
                self.rows[at] = self._moved(row, to_left=opens)
            one, two = (self.rows[at][column].value for column in (self.left, self.left + 1))
            whole, used = (weight_of(one), Decimal(0)) if one else (whole, used)
            used += weight_of(two) or 0
        return self.rows

    def _opens_group(self, name: str, whole: Decimal | None, used: Decimal, *, loose: bool) -> bool:
        """Whether a name that stands alone is one of the left level.

        A group begins with its first member, so a name alone is most likely a member. Names of
        groups seen before and weights that exceed what is left of the group say otherwise; the
        latter only for a name that is ``loose``, as a report may have wrong weights.
        """
        weight = weight_of(name)
        if _bare(name) in self.names:
            return True
        if self.left_weighted != self.right_weighted:
            return loose and (weight is not None) == self.left_weighted
        if weight is not None and whole is not None:
            return loose and weight > whole - used
        return False

    def _moved(self, row: Row, *, to_left: bool) -> Row:
        cells = list(row)
        source, target = (self.left + 1, self.left) if to_left else (self.left, self.left + 1)
        if not cells[target].value:
            cells[target], cells[source] = cells[source], EMPTY
        return tuple(cells)


def _bare(name: str) -> str:
    return "".join(_WEIGHT.sub("", name).split())


def _mostly_weighted(names: Iterable[str]) -> bool:
    known = [weight_of(name) is not None for name in names]
    return 2 * sum(known) > len(known)


def covered_places(rows: Sequence[Row], columns: Sequence[Column]) -> set[tuple[int, int]]:
    """The empty places that a merged cell covers.

    From above in the columns of names before the first column that is always filled; from the
    left behind the label of a total.
    """
    names = next((at for at, column in enumerate(columns) if column.always), 0)
    covered: set[tuple[int, int]] = set()
    group: list[bool] = [False] * names
    for at, row in enumerate(rows):
        if is_total(row[0].value):
            covered |= {(at, column) for column in _after_label(row, columns)}
            group = [False] * names
            continue
        for column in range(names):
            if row[column].value:
                group = [*group[:column], True, *([False] * (names - column - 1))]
                continue
            if not group[column]:
                break
            covered.add((at, column))
    return covered


def _after_label(row: Row, columns: Sequence[Column]) -> list[int]:
    places = []
    for column in range(1, len(row)):
        if row[column].value or columns[column].numeric:
            break
        places.append(column)
    return places
