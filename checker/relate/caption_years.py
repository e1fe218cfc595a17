"""The years that a table's caption names beside those of its columns or rows: 2020—2023年资金情况 over 2021 to 2023.

A table may show a year more than its caption names, to compare with. One that lacks a year of its caption, or has
as many years and others, belongs to another caption.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.document import Cell, Table
from checker.extract.figures import Reading
from checker.extract.patterns import Pattern
from checker.figure import Place
from checker.relation.dates import CaptionYears
from checker.verdict import Mention, Phrase, Role

HEADED = Phrase("表中各列（各行）的年份", "the years that head the table's columns or rows")
_SPAN = Pattern(r"(?P<first>20\d\d)\s*年?度?\s*(?:[—–－\-~～]{1,2}|至|到)\s*(?P<last>20\d\d)\s*年")
_YEAR = Pattern(r"(?<!\d)20\d\d(?!\d)")
LONGEST, FEWEST = 8, 2
"""Characters of a row's label that is a year; years that a table must have."""


def find_caption_years(reading: Reading) -> Iterator[CaptionYears]:
    """Every caption that names a span of years, over a table of years."""
    for table in reading.document.tables:
        match = _SPAN.search(table.caption.value) if table.caption else None
        years = _years_of_columns(table) or _years_of_rows(table) if match else {}
        if match is None or table.caption is None or not years or len(years) != _width(list(years)):
            continue
        named = list(range(int(match["first"]), int(match["last"]) + 1))
        missing = set(named) - set(years)
        if named and (not missing or len(named) >= len(years)):
            span = Mention(Role.STATED, table.caption, *match.span(), Place(table.index, table.section))
            ends = tuple(_mention(table, years[year]) for year in (min(years), max(years)))
            yield CaptionYears(HEADED, span, table.name, tuple(sorted(years)), ends, holds=not missing)


def _width(years: Sequence[int]) -> int:
    """How many years lie between the first and the last; 0 where these are too few."""
    return max(years) - min(years) + 1 if len(years) >= FEWEST else 0


def _years_of_columns(table: Table) -> dict[int, Cell]:
    """The years that head columns, each with a cell that does."""
    found: dict[int, Cell] = {}
    for column, header in enumerate(table.header):
        years = _YEAR.findall(header)
        if len(years) == 1:
            cells = [row[column] for row in table.rows[: table.header_rows] if years[0] in row[column].value]
            if cells:
                found.setdefault(int(years[0]), cells[0])
    return found if len(found) >= FEWEST else {}


def _years_of_rows(table: Table) -> dict[int, Cell]:
    """The years that are rows, where each is one row."""
    found: dict[int, Cell] = {}
    for row in table.body:
        years = _YEAR.findall(row[0].value) if len(row[0].value) <= LONGEST else []
        if len(years) == 1:
            if int(years[0]) in found:
                return {}
            found[int(years[0])] = row[0]
    return found if len(found) >= FEWEST else {}


def _mention(table: Table, cell: Cell) -> Mention:
    place = Place(table.index, table.section, cell.row, cell.column)
    return Mention.words(Role.OPERAND, cell.text, place)
