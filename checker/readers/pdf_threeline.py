"""Tables that only level rules frame, filled: their columns, head, rows and merged cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from checker.readers.pdf_chunks import Chunk, parted
from checker.readers.pdf_lines import Line, words_of
from checker.readers.pdf_merged import Block, blocks_of, rows_of_blocks, spanning_columns
from checker.readers.pdf_open import Area
from checker.readers.pdf_rivers import columns_of
from checker.readers.pdf_rows import (
    DOUBT,
    SIZE_ABOVE,
    Cut,
    Entry,
    RowLines,
    always_filled,
    cut_rows,
    entries_of,
    is_total,
    pitch_of,
)
from checker.readers.pdf_tables import Part, Place, Row

GRID = 4.0  # points: columns that begin so near each other are those of one table
CENTRED = 4.0  # points that a label may stand off the middle of the columns it spans


class _Body(Struct):
    """The rows of one area while they are made out."""

    area: Area
    entries: list[Entry]
    continued: bool
    cuts: list[Cut]

    @property
    def rows(self) -> list[RowLines]:
        """All its rows."""
        return [row for cut in self.cuts for row in cut.rows]

    @property
    def whole_rows(self) -> list[RowLines]:
        """Those that no page break can have cut."""
        rows = self.rows
        return rows[1 if self.continued else 0 : len(rows) if self.area.closed else -1]


def open_parts(areas: Sequence[Area]) -> list[Part | None]:
    """The part of a table in each area; None where its rows or columns cannot be told."""
    groups: dict[tuple[int, ...], list[int]] = {}
    areas = _with_equal_cuts(areas)
    for at, area in enumerate(areas):
        groups.setdefault(tuple(round(x / GRID) for x in area.xs), []).append(at)
    parts: list[Part | None] = [None] * len(areas)
    for places in groups.values():
        for at, part in zip(places, _table_parts([areas[at] for at in places]), strict=True):
            parts[at] = part
    return parts


def _with_equal_cuts(areas: Sequence[Area]) -> list[Area]:
    """The areas, those of one table on several pages with the cuts that fit all of its lines."""
    result: list[Area] = []
    run: list[Area] = []
    for area in areas:
        if run and not (area.page == run[-1].page + 1 and _same_head(run[-1], area)):
            result += _united(run)
            run = []
        run.append(area)
    return result + _united(run)


def _same_head(one: Area, other: Area) -> bool:
    ends = abs(one.xs[0] - other.xs[0]) <= GRID and abs(one.xs[-1] - other.xs[-1]) <= GRID
    return ends and len(one.xs) == len(other.xs) and (_said(one) == _said(other) if other.head else not one.closed)


def _said(area: Area) -> str:
    return words_of(chunk.line for chunk in area.head)


def _united(run: Sequence[Area]) -> list[Area]:
    first = run[0] if run else None
    if first is None or all(abs(a - b) <= GRID for area in run for a, b in zip(area.xs, first.xs, strict=True)):
        return list(run)
    heads = [chunk for area in run for chunk in area.head]
    bodies = [chunk for area in run for chunk in area.body]
    xs = columns_of(first.xs[0], first.xs[-1], (), heads, bodies)
    if xs is None or len(xs) != len(first.xs):
        return list(run)
    return [replace(area, xs=xs, body=tuple(parted(area.body, xs[1:-1]))) for area in run]


def _table_parts(areas: Sequence[Area]) -> list[Part | None]:
    """The parts of areas with the same columns, which tell each other's pitch and full columns."""
    columns = len(areas[0].xs) - 1
    if columns < 2:
        return [None] * len(areas)
    lines = [_columns_of(area.body, area.xs) for area in areas]
    bodies = [
        _Body(area, entries_of(its, area.xs), _continued(areas, at), [])
        for at, (area, its) in enumerate(zip(areas, lines, strict=True))
    ]
    every = [entry for body in bodies for entry in body.entries]
    if not every:
        return [None] * len(areas)
    pitch = pitch_of(every)
    spanning = spanning_columns([body.entries for body in bodies], columns, pitch)
    always = frozenset(range(spanning, columns))
    for _ in range(2):
        for body in bodies:
            body.cuts = _cuts(body, columns, spanning, pitch, always)
        always = always_filled([row for body in bodies for row in body.whole_rows], columns)
    rows = sum(len(body.rows) for body in bodies)
    cost = sum(cut.cost for body in bodies for cut in body.cuts)
    if cost > DOUBT * rows:
        return [None] * len(areas)
    parts = [_part(body) for body in bodies]
    for column in range(spanning):
        _settle_spanning(bodies, parts, column, pitch)
    return list(parts)


def _continued(areas: Sequence[Area], at: int) -> bool:
    """Whether the first row of an area may be the rest of one on the page before."""
    return any(not area.closed and area.page == areas[at].page - 1 for area in areas[:at])


def _columns_of(chunks: Sequence[Chunk], xs: Sequence[float]) -> list[list[Line]]:
    """The lines of each column. A text over several columns stands in the first of them."""
    columns: list[list[Line]] = [[] for _ in xs[1:]]
    for chunk in chunks:
        columns[_column_at(chunk.line, xs)].append(chunk.line)
    return columns


def _column_at(line: Line, xs: Sequence[float]) -> int:
    covered = [at for at, (left, right) in enumerate(pairwise(xs)) if min(line.x1, right) - max(line.x0, left) > GRID]
    if len(covered) > 1:
        return covered[0]
    return min(max(bisect_right(xs, (line.x0 + line.x1) / 2) - 1, 0), len(xs) - 2)


def _in_column(entries: Sequence[Entry], column: int) -> list[Entry]:
    return [entry for entry in entries if entry.column == column]


def _cuts(body: _Body, columns: int, spanning: int, pitch: float, always: frozenset[int]) -> list[Cut]:
    """The rows between each two rules, from the top."""
    own = [entry for entry in body.entries if entry.column >= spanning or is_total(entry.line)]
    bounds = [*body.area.bars[:-1], float("inf")] if len(body.area.bars) > 1 else [float("-inf"), float("inf")]
    cuts = []
    for number, (top, bottom) in enumerate(pairwise(bounds)):
        between = [entry for entry in own if top < entry.base - entry.line.size / 3 < bottom]
        first = number == 0 and body.continued
        last = bottom == bounds[-1] and not body.area.closed
        cuts.append(cut_rows(between, columns, pitch, always, continued=first, goes_on=last))
    return cuts


def _part(body: _Body) -> Part:
    area = body.area
    bounds = _bounds(body)
    rows = [[_place(cell) for cell in row] for row in body.rows]
    for row in rows:
        _settle_total(row, area.xs)
    heads = _head(area)
    ys = [area.top + (bounds[0] - area.top) * at / max(1, len(heads)) for at in range(len(heads))]
    return Part(area.page, list(area.xs), [*ys, *bounds], heads + rows, body.continued, not area.closed)


def _place(cell: Sequence[Entry]) -> Place:
    return Place([entry.line for entry in cell], [entry.full for entry in cell])


def _tops(body: _Body) -> list[float]:
    """The heights of the rows' first lines."""
    return [min(_top(entry) for cell in row for entry in cell) for row in body.rows]


def _top(entry: Entry) -> float:
    return entry.base - SIZE_ABOVE * entry.line.size


def _bounds(body: _Body) -> list[float]:
    """The heights between the rows, half way between their lines."""
    ends = [max(entry.base for cell in row for entry in cell) for row in body.rows]
    first = body.area.bars[0] if body.area.bars and body.area.head else body.area.top
    between = [(end + top) / 2 for end, top in zip(ends, _tops(body)[1:], strict=False)]
    return [first, *between, max(body.area.bottom, ends[-1])]


def _settle_total(row: Row, xs: Sequence[float]) -> None:
    """The label of a total stands in the first column, whatever columns it is centred over."""
    label = next((at for at, place in enumerate(row) if place.lines), 0)
    if not row[label].lines or not is_total(line := row[label].lines[0]):
        return
    ends = [end for end in range(label + 1, len(row) + 1) if not any(place.lines for place in row[label + 1 : end])]
    spanned = min(ends, key=lambda end: abs(xs[0] + xs[end] - line.x0 - line.x1))
    if label:
        row[0], row[label] = row[label], Place()
    if abs(xs[0] + xs[spanned] - line.x0 - line.x1) <= 2 * CENTRED:
        for place in row[1:spanned]:
            place.covered = True


def _settle_spanning(bodies: Sequence[_Body], parts: Sequence[Part], column: int, pitch: float) -> None:
    """Put each text of a column of merged cells into the first of the rows that it spans."""
    deepest = max(body.area.bottom for body in bodies)
    waiting: list[Place] = []  # rows at the end of a page whose text the next page has
    for body, part in zip(bodies, parts, strict=True):
        rows = part.rows[len(part.rows) - len(body.rows) :]
        bounds = part.ys[len(part.ys) - len(body.rows) - 1 :]
        while rows and any(is_total(line) for line in rows[-1][0].lines):
            rows = rows[:-1]
        own = [entry for entry in _in_column(body.entries, column) if not is_total(entry.line)]
        blocks = blocks_of(own, pitch)
        lower = 0.0 if body.area.closed else deepest
        spans = rows_of_blocks(
            blocks, _tops(body)[: len(rows)], bounds[: len(rows) + 1], continued=body.continued, deepest=lower
        )
        places = [row[column] for row in rows]
        if spans is None:
            _leave(places, blocks, bounds, continued=body.continued)
            waiting = []
            continue
        for (start, end), block in zip(spans.rows, blocks, strict=True):
            group = places[start:end] if start else [*waiting, *places[:end]]
            _fill(group, block)
        for place in places[: spans.rows[0][0]]:
            place.covered = True
        waiting = places[spans.rows[-1][1] :]


def _fill(group: Sequence[Place], block: Block) -> None:
    """Give the first of some places the text, and let it cover the others."""
    group[0].lines += [entry.line for entry in block]
    group[0].full += [entry.full for entry in block]
    group[0].tall = len(group) > 1
    for place in group[1:]:
        place.covered = True


def _leave(places: Sequence[Place], blocks: Sequence[Block], bounds: Sequence[float], *, continued: bool) -> None:
    """Where the rows cannot be shared out each text stays where it stands; none goes on from the page before."""
    for block in blocks:
        at = min(max(bisect_right(bounds, block[0].base) - 1, 0), len(places) - 1)
        _fill(places[at : at + 1], block)
    for place in places if continued and not blocks else ():
        place.covered = True


def _head(area: Area) -> list[Row]:
    """The rows of the head: one, or more where a name spans the names of several columns."""
    if not area.head:
        return []
    names = [(chunk, *_spanned(chunk, area)) for chunk in area.head]
    levels = sorted({round(chunk.line.base) for chunk, first, end in names if end - first > 1})
    rows = [[Place(covered=True) for _ in area.xs[1:]] for _ in range(len(levels) + 1)]
    for column in range(len(area.xs) - 1):
        over = [
            levels.index(round(chunk.line.base)) for chunk, first, end in names if first <= column < end > first + 1
        ]
        own = [chunk.line for chunk, first, end in names if first == column and end == first + 1]
        if own:
            level = max(over, default=-1) + 1
            rows[level][column] = Place(own, [True] * len(own), tall=len(rows) - level > 1)
    for chunk, first, end in names:
        if end - first > 1:
            rows[levels.index(round(chunk.line.base))][first] = Place([chunk.line], [False])
    return rows


def _spanned(chunk: Chunk, area: Area) -> tuple[int, int]:
    """The first column that a name of the head stands for, and the one after its last."""
    xs = area.xs
    over = [at for at, (left, right) in enumerate(pairwise(xs)) if min(chunk.x1, right) - max(chunk.x0, left) > GRID]
    first, last = (over[0], over[-1] + 1) if over else (_column_at(chunk.line, xs),) * 2
    for bar in area.spans:  # a rule under the name shows how far it reaches
        if bar.start - GRID <= chunk.middle <= bar.end + GRID and 0 < bar.at - chunk.line.base < 1.5 * chunk.line.size:
            under = [at for at, (left, right) in enumerate(pairwise(xs)) if bar.start <= (left + right) / 2 <= bar.end]
            first, last = (under[0], under[-1] + 1) if under else (first, last)
    return first, max(last, first + 1)
