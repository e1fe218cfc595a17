"""Rows of a table that no line parts: its columns are ruled, its rows only set one under the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from checker.extract.patterns import Pattern
from checker.readers.pdf_lines import Line
from checker.readers.pdf_tables import Part, Place, Row

LEAST = 3  # numbers one under the other in a field before they are rows
LEVEL = 0.5  # of the size: baselines within which texts stand side by side
CLOSE = 0.7  # times the usual distance of rows: a number set halfway up a text of two lines

_NUMBER = Pattern(r"[+\-−]?\d[\d,，]*(?:\.\d+)?[%％]?")
_ITEM = Pattern(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．]|其中|[小合总]\s*计")
_Level = list[tuple[int, Line, bool]]  # column, line, whether it left no room


def split_rows(part: Part) -> None:
    """Part the rows that hold several numbers in one field, each beside a text of its own."""
    rows: list[Row] = []
    ys: list[float] = []
    for row, top in zip(part.rows, part.ys, strict=False):
        pieces = _split(row) if _is_list(row) else [row]
        rows += pieces
        ys += [top, *(min(line.top for place in piece for line in place.lines) for piece in pieces[1:])]
    part.rows, part.ys = rows, [*ys, part.ys[-1]]


def _is_list(row: Row) -> bool:
    """Whether a column has nothing but numbers, each level with a text in another column."""
    if any(place.tall and place.lines for place in row):
        return False
    levels = _levels(row)
    for column, place in enumerate(row):
        if len(place.lines) < LEAST or not all(_is_number(line) for line in place.lines):
            continue
        alone = [level for level in levels if all(its == column for its, _, _ in level)]
        if not alone:
            return True
    return False


def _is_number(line: Line) -> bool:
    return _NUMBER.fullmatch("".join(line.text.value.split())) is not None


def _levels(row: Row) -> list[_Level]:
    """The lines of all fields, those side by side together, from the top."""
    lines = [
        (column, line, full)
        for column, place in enumerate(row)
        for line, full in zip(place.lines, place.full, strict=True)
    ]
    levels: list[_Level] = []
    for entry in sorted(lines, key=lambda one: one[1].base):
        if levels and entry[1].base - levels[-1][-1][1].base <= LEVEL * entry[1].size:
            levels[-1].append(entry)
        else:
            levels.append([entry])
    return levels


def _split(row: Row) -> list[Row]:
    rows: list[Row] = []
    levels = _levels(row)
    bases = [level[0][1].base for level in levels]
    numbered = [base for base, level in zip(bases, levels, strict=True) if _has_number(level)]
    pitches = sorted(below - base for base, below in pairwise(numbered))
    near = CLOSE * pitches[(len(pitches) - 1) // 2]
    framed = {index for index in range(1, len(levels) - 1) if _halfway(levels[index - 1 : index + 2])}
    for index, level in enumerate(levels):
        joined = index in framed or index - 1 in framed
        if index + 1 not in framed and rows and not joined:
            joined = bases[index] - bases[index - 1] < near or _goes_on(rows[-1], level)
        if not joined:
            rows.append([Place(covered=place.covered) for place in row])
        for column, line, full in level:
            rows[-1][column].lines.append(line)
            rows[-1][column].full.append(full)
    return rows


def _halfway(levels: Sequence[_Level]) -> bool:
    """Whether the middle level has the numbers of a text whose two lines are the levels around it."""
    before, middle, after = levels
    if _has_number(before) or _has_number(after) or not _has_number(middle):
        return False
    around = {column for column, _, _ in before} & {column for column, _, _ in after}
    gaps = middle[0][1].base - before[0][1].base, after[0][1].base - middle[0][1].base
    return bool(around - {column for column, _, _ in middle}) and abs(gaps[0] - gaps[1]) < 0.25 * sum(gaps)


def _has_number(level: _Level) -> bool:
    return any(_is_number(line) for _, line, _ in level)


def _goes_on(above: Sequence[Place], level: _Level) -> bool:
    """Whether the texts of a level go on with those of the row above, which had no room left."""
    if _has_number(level) and any(_is_number(line) for place in above for line in place.lines):
        return False
    if any(_ITEM.match(line.text.value) for _, line, _ in level):
        return False
    return all(above[column].lines and above[column].full[-1] for column, line, _ in level if not _is_number(line))
