"""Rows whose cells stand in wrong columns, put back where the columns' contents say.

Converters lose the empty cells that a merged cell covers, or add one too many. A row is laid
over the columns so that it fits best: empty cells may be dropped, missing ones inserted, and a
cell that holds a number and then a text, each on its own line, may be two cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.document import Text
from checker.readers.columns import Column, Kind, first_profile, is_subtotal, is_total, kind_of, profile

EDIT = 0.4
"""What it costs to drop or insert an empty cell."""
SPLIT = 1.0
SHORT = 5
MARGIN = 2.5
"""How much better another place must be before a row of the right length is moved."""
ODD = 1.8
"""A cell whose kind is more surprising than this in its column makes a row worth a second look."""
RIVAL = 0.8
"""A second way to place a number that is not this much worse makes the place doubtful."""
IMPOSSIBLE = 1e9

Row = tuple[Text, ...]
Pair = tuple[int, int]


class Aligned(Struct, frozen=True):
    """A row with one cell a column; ``moved`` where cells were shifted, ``sure`` where they fit."""

    cells: Row
    moved: bool = False
    sure: bool = True


def align(rows: Sequence[Row], width: int) -> list[Aligned]:
    """Each row with ``width`` cells."""
    values = [[cell.value for cell in row] for row in rows]
    if not rows:
        return []
    columns = first_profile(values, width)
    first = [_Layer(columns).place(row) for row in rows]
    surest = [[cell.value for cell in row.cells] for row in first if row.sure]
    columns = profile(surest, width) if surest else columns
    return [_Layer(columns).place(row) for row in rows]


def misfits(row: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether a cell is plainly alien to its column."""
    return any(_alien(value, column) for value, column in zip(row, columns, strict=True))


def _alien(value: str, column: Column) -> bool:
    kind = kind_of(value)
    if column.numeric:
        glued = kind is Kind.NAME and value[0].isdigit() and len(value) > 2 * SHORT
        return glued or kind in (Kind.TEXT, Kind.WEIGHTED)
    if kind is Kind.NUMBER:
        return column.wordy and column.share(Kind.NUMBER) < 0.2
    return kind is Kind.WEIGHTED and column.wordy and column.share(Kind.WEIGHTED) < 0.1


def lacks_number(row: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether a place is empty where hardly any row lacks a number."""
    pairs = zip(row, columns, strict=True)
    return any(column.numeric and column.steady and not value.strip() for value, column in pairs)


class _Layer:
    """Lays rows over columns of known contents."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.costs = [column.costs() for column in columns]
        self.width = len(columns)

    def place(self, row: Row) -> Aligned:
        """The row laid out, and whether that is beyond doubt."""
        fits = len(row) == self.width
        values = [cell.value for cell in row]
        total = next((is_total(value) for value in values if value), False)
        summed = total or any(is_subtotal(value) for value in values)
        if fits and not misfits(values, self.columns) and (summed or not self._odd(values)):
            return Aligned(row)
        if sum(1 for cell in row if cell.value) > self.width:
            return Aligned(self._forced(row), moved=True, sure=False)
        cost, plan = self._best(row)
        if fits and self._identity(row) < cost + MARGIN:
            return Aligned(row, sure=not misfits(values, self.columns))
        if not plan:
            return Aligned(self._forced(row), moved=True, sure=False)
        cells = self._carry_out(row, plan)
        values = [cell.value for cell in cells]
        sure = not misfits(values, self.columns) and not (total and lacks_number(values, self.columns))
        return Aligned(cells, moved=True, sure=sure and not self._rivalled(row, plan, cost))

    def _odd(self, values: Sequence[str]) -> bool:
        """Whether a cell is of a kind that is rare in its column."""
        return any(self.costs[at][kind_of(value)] > ODD for at, value in enumerate(values))

    def _identity(self, row: Row) -> float:
        return sum(self.costs[at][kind_of(cell.value)] for at, cell in enumerate(row))

    def _forced(self, row: Row) -> Row:
        """Cut or filled at the right end; what is cut goes into the last cell."""
        kept = list(row[: self.width]) + [Text("")] * (self.width - len(row))
        rest = [cell for cell in row[self.width :] if cell.value]
        if rest and kept:
            kept[-1] = Text.concat(kept[-1], *(part for cell in rest for part in (Text("\n"), cell)))
        return tuple(kept)

    def _rivalled(self, row: Row, plan: tuple[Pair, ...], cost: float) -> bool:
        """Whether a number could as well stand in another column."""
        numbers = [(cell, column) for cell, column in plan if cell >= 0 and kind_of(row[cell].value) is Kind.NUMBER]
        return any(self._best(row, forbidden=pair)[0] < cost + RIVAL for pair in numbers)

    def _best(self, row: Row, forbidden: Pair = (-1, -1)) -> tuple[float, tuple[Pair, ...]]:
        """The cheapest layout: pairs of cell and column; a cell that is split stands in two."""
        kinds = [kind_of(cell.value) for cell in row]
        splits = [_halves(cell) is not None for cell in row]
        table: list[list[tuple[float, Pair | None]]] = [
            [(IMPOSSIBLE, None)] * (self.width + 1) for _ in range(len(row) + 1)
        ]
        table[0][0] = (0.0, None)
        for i in range(len(row) + 1):
            for j in range(self.width + 1):
                so_far = table[i][j][0]
                for (cell, column), cost in self._steps(kinds, splits, (i, j), forbidden):
                    if so_far + cost < table[cell][column][0]:
                        table[cell][column] = (so_far + cost, (i, j))
        return table[-1][-1][0], _trace(table)

    def _steps(
        self, kinds: Sequence[Kind], splits: Sequence[bool], at: Pair, forbidden: Pair
    ) -> Iterator[tuple[Pair, float]]:
        """Where one may go from a cell and a column, and at what cost."""
        i, j = at
        left, more = self.width - j, i < len(kinds)
        if left:
            yield (i, j + 1), EDIT + self.costs[j][Kind.EMPTY]
        if more and kinds[i] is Kind.EMPTY:
            yield (i + 1, j), EDIT
        if more and left and at != forbidden:
            yield (i + 1, j + 1), self.costs[j][kinds[i]]
        if more and left > 1 and splits[i]:
            yield (i + 1, j + 2), SPLIT + self.costs[j][Kind.NUMBER] + self.costs[j + 1][Kind.TEXT]

    def _carry_out(self, row: Row, plan: tuple[Pair, ...]) -> Row:
        cells = [Text("")] * self.width
        for position, (cell, column) in enumerate(plan):
            halves = _halves(row[cell])
            if position + 1 < len(plan) and plan[position + 1][0] == cell and halves:
                cells[column], cells[column + 1] = halves
            elif not (position and plan[position - 1][0] == cell):
                cells[column] = row[cell]
        return tuple(cells)


def _trace(table: Sequence[Sequence[tuple[float, Pair | None]]]) -> tuple[Pair, ...]:
    """The pairs of cell and column on the cheapest way, from the left."""
    pairs: list[Pair] = []
    at = (len(table) - 1, len(table[0]) - 1)
    while (back := table[at[0]][at[1]][1]) is not None:
        if at[0] > back[0]:
            pairs += [(back[0], column) for column in range(at[1] - 1, back[1] - 1, -1)]
        at = back
    return tuple(reversed(pairs))


def _halves(cell: Text) -> tuple[Text, Text] | None:
    """A number and the text on the line after it, where a cell holds just these."""
    head, feed, tail = cell.value.partition("\n")
    if not feed or kind_of(head) is not Kind.NUMBER or kind_of(tail) not in (Kind.TEXT, Kind.NAME):
        return None
    return cell.cut(0, len(head)), cell.cut(len(head) + 1, len(cell.value))
