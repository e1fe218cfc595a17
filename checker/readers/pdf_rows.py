"""Rows of a table whose rows no line parts, from where the lines of its columns stand.

Every way to cut the area into rows has a cost: a cell's lines keep one distance, the cells of a
row are set to one height or one middle, a column of numbers has one in a row, and what was cut
goes on. The cheapest way is taken; one that still costs much is no reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from checker.extract.patterns import Pattern
from checker.readers.pdf_lines import PADDING, Line

CLEAR = 1.0  # of the size: two baselines between which a row may end
TALLEST = 2.0  # of the size: lines further apart are not one after the other in a cell
USUAL_PITCH = 1.4  # of the size, where no cell has two lines
EVEN = 0.1  # of the pitch that a distance may differ by
FILLED = 0.85  # the share of rows in which a column is filled, for it to be always filled
DOUBT = 3.4  # the cost of a row from which on its reading is a guess
MOST_LINES = 400  # on a page of small type
SIZE_ABOVE = 0.85  # of the size: how far a line reaches above its baseline

# What speaks against a way to cut, in one currency.
TWO_NUMBERS = 8.0
UNEVEN = 4.0
BLANK_LINE = 0.6
WIDE_GAP = 3.0
ROOM_LEFT = 1.5
SENTENCE_CUT = 4.0
LINES_PARTED = 0.5
MISSING = 2.0
OFF_LEVEL = 2.0  # times the size, at most twice
ROW = 0.5

_NUMBER = Pattern(r"[+\-−]?\d[\d,，]*(?:\.\d+)?[%％]?")
_TOTAL = Pattern(r"[总合小共]\s*计")
_CLOSED = Pattern(r".*[。；;！!？?：:、]")


class Entry(NamedTuple):
    """A line of one column. ``full`` says that it leaves no room for another word."""

    column: int
    line: Line
    full: bool
    number: bool

    @property
    def base(self) -> float:
        """The height of its baseline."""
        return self.line.base


RowLines = list[list[Entry]]


class Cut(Struct, frozen=True):
    """The rows of an area from the top, and what speaks against the reading."""

    rows: list[RowLines]
    cost: float


def is_total(line: Line) -> bool:
    """Whether a line is the label of a total."""
    return _TOTAL.fullmatch(line.text.value) is not None


def entries_of(columns: Sequence[Sequence[Line]], xs: Sequence[float]) -> list[Entry]:
    """The lines of all columns from the top."""
    entries = []
    for column, lines in enumerate(columns):
        room = xs[column + 1] - xs[column] - PADDING
        widest = max((line.x1 - line.x0 for line in lines), default=0.0)
        for line in lines:
            number = _NUMBER.fullmatch("".join(line.text.value.split())) is not None
            full = line.x1 - line.x0 > min(room - 0.6 * line.size, widest - line.size)
            entries.append(Entry(column, line, full, number))
    return sorted(entries, key=lambda entry: (entry.base, entry.column))


def pitch_of(entries: Sequence[Entry]) -> float:
    """The distance of the lines of one cell."""
    size = _size(entries)
    columns = _by_column(entries).values()
    numbers = [[entry for entry in column if entry.number] for column in columns]
    rows = {(round(one.base), round(below.base)) for column in numbers for one, below in pairwise(column)}
    steps = Counter(
        round(2 * (below.base - line.base)) / 2
        for column in columns
        for line, below in pairwise(column)
        if line.full and not line.number and CLEAR * size <= below.base - line.base <= TALLEST * size
        if (round(line.base), round(below.base)) not in rows  # two numbers of a column stand beside them
    )
    return steps.most_common(1)[0][0] if steps else USUAL_PITCH * size


def cut_rows(
    entries: Sequence[Entry],
    columns: int,
    pitch: float,
    always: frozenset[int] = frozenset(),
    *,
    continued: bool,
    goes_on: bool = False,
) -> Cut:
    """The rows that the lines of the columns make.

    ``always`` are the columns that hardly a row leaves empty; ``continued`` says that the first
    row may be the rest of one on the page before, ``goes_on`` that the last may have its rest on the next.
    """
    if not entries or len(entries) > MOST_LINES:
        return Cut([], MOST_LINES * DOUBT if entries else 0.0)
    cuts = [
        _Cutter(entries, columns, pitch, always, level, (continued, goes_on)).cheapest() for level in (_middle, _top)
    ]
    return min(cuts, key=lambda one: one.cost)


def always_filled(rows: Sequence[RowLines], columns: int) -> frozenset[int]:
    """Columns that hardly a row leaves empty."""
    return frozenset(
        column for column in range(columns) if sum(bool(row[column]) for row in rows) >= FILLED * len(rows)
    )


def _middle(bases: Sequence[float]) -> float:
    return (bases[0] + bases[-1]) / 2


def _top(bases: Sequence[float]) -> float:
    return bases[0]


class _Cutter:
    """Finds the cheapest way to part the lines into rows."""

    def __init__(
        self,
        entries: Sequence[Entry],
        columns: int,
        pitch: float,
        always: frozenset[int],
        level: Callable[[Sequence[float]], float],
        cut: tuple[bool, bool],
    ) -> None:
        self.entries = entries
        self.columns = columns
        self.pitch = pitch
        self.always = always
        self.level = level
        self.continued, self.goes_on = cut
        self.size = _size(entries)
        clear = [at for at in range(1, len(entries)) if entries[at].base - entries[at - 1].base >= CLEAR * self.size]
        self.places = [0, *clear, len(entries)]

    def cheapest(self) -> Cut:
        """The rows of the cheapest way."""
        last = len(self.places) - 1
        costs = [0.0] + [float("inf")] * last
        before = [0] * (last + 1)
        for end in range(1, last + 1):
            parted = self._parted(self.places[end]) if end < last else 0.0
            for start in range(end):
                cost = costs[start] + self._row(start, end) + parted
                if cost < costs[end]:
                    costs[end], before[end] = cost, start
        rows = []
        end = last
        while end:
            rows.append(self._lines(before[end], end))
            end = before[end]
        return Cut(rows[::-1], costs[last])

    def _lines(self, start: int, end: int) -> RowLines:
        row: RowLines = [[] for _ in range(self.columns)]
        for entry in self.entries[self.places[start] : self.places[end]]:
            row[entry.column].append(entry)
        return row

    def _row(self, start: int, end: int) -> float:
        row = self._lines(start, end)
        edge = (start == 0 and self.continued) or (end == len(self.places) - 1 and self.goes_on)
        cost = ROW + sum(self._inside(cell) for cell in row)
        if not (start == 0 and self.continued) and not any(is_total(cell[0].line) for cell in row if cell):
            cost += MISSING * sum(not row[column] for column in self.always)
        levels = sorted(self.level([entry.base for entry in cell]) for cell in row if cell)
        usual = levels[len(levels) // 2]
        off = OFF_LEVEL / self.size * sum(min(abs(level - usual), 2 * self.size) for level in levels)
        return cost + (off / 4 if edge else off)

    def _inside(self, cell: Sequence[Entry]) -> float:
        """What speaks against these lines being one cell."""
        cost = 0.0
        for line, below in pairwise(cell):
            if line.number and below.number:
                cost += TWO_NUMBERS
            steps = (below.base - line.base) / self.pitch
            whole = max(1, round(steps))
            if abs(steps - whole) > EVEN:
                cost += UNEVEN
            if whole > 1:
                cost += BLANK_LINE if whole == 2 else WIDE_GAP
            elif not line.full and not _CLOSED.fullmatch(line.line.text.value):
                cost += ROOM_LEFT
        return cost

    def _parted(self, place: int) -> float:
        """What speaks against a row that ends before this line."""
        cost = 0.0
        above: dict[int, Entry] = {}
        for entry in self.entries[:place]:
            above[entry.column] = entry
        seen: set[int] = set()
        for entry in self.entries[place:]:
            line = above.get(entry.column)
            if entry.column in seen or line is None:
                continue
            seen.add(entry.column)
            if abs(entry.base - line.base - self.pitch) > EVEN * self.pitch or (line.number and entry.number):
                continue
            goes_on = line.full and not _CLOSED.fullmatch(line.line.text.value)
            cost += SENTENCE_CUT if goes_on else LINES_PARTED
        return cost


def _size(entries: Sequence[Entry]) -> float:
    sizes = sorted(entry.line.size for entry in entries)
    return sizes[len(sizes) // 2]


def _by_column(entries: Sequence[Entry]) -> dict[int, list[Entry]]:
    columns: dict[int, list[Entry]] = {}
    for entry in entries:
        columns.setdefault(entry.column, []).append(entry)
    return columns
