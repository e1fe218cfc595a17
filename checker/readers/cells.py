"""Cells gathered from the lines that a row of a table runs over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from checker.document import Text
from checker.readers.align import Row
from checker.readers.clean import clean, join_cell
from checker.readers.lines import Line

LONGEST = 60
"""A row runs over no more lines than this."""

Parts = list[list[Line]]


def gather(lines: Iterable[Line], split: Callable[[str], list[str]]) -> Parts:
    """The cells of a row, each as the stretches of lines that it consists of.

    Each line after the first goes on with the last cell of the line before it.
    """
    cells: Parts = []
    for line in lines:
        head, *rest = split(line.value)
        if cells:
            cells[-1].append(Line(line.number, head))
        else:
            cells.append([Line(line.number, head)])
        cells += [[Line(line.number, part)] for part in rest]
    return cells


def cleaned(cells: Parts) -> Row:
    """The cells as texts."""
    return tuple(_cell(parts) for parts in cells)


def _cell(parts: Sequence[Line]) -> Text:
    values = [part.value.strip() for part in parts]
    if _is_quoted(values):
        values[0] = values[0][1:]
        values[-1] = values[-1][:-1]
        values = [value.replace('""', '"') for value in values]
    texts = [Text.of(clean(value), line=part.number) for value, part in zip(values, parts, strict=True)]
    return texts[0] if len(texts) == 1 else join_cell(texts)


def _is_quoted(values: Sequence[str]) -> bool:
    """Whether a spreadsheet put the whole cell in quotation marks."""
    first, last = values[0], values[-1]
    return first.startswith('"') and last.endswith('"') and (len(values) > 1 or len(first) > 1)
