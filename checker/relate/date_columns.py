"""Columns of days that two columns of dates give: 计划完成 2023-05-31, 实际完成 2023-09-15, 延误 107 天.

No name is asked for but that the column counts days or years: where rows with different numbers lie the same
way between their dates, it cannot be by chance, and a row that does not is in doubt. Days may be counted with
both ends, or beyond a limit that is the same for all rows (超过 30 日的天数), or from one day for all rows. Years
are those from a day to the same day, or the day before it (发行日, 期限, 到期日).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import permutations

from msgspec import Struct

from checker.document import Cell, Table
from checker.extract.characters import narrowed
from checker.extract.dates import find_dates
from checker.extract.figures import Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure, Place
from checker.relate.columns import plain_column
from checker.relate.layout import body_rows
from checker.relation.dates import Duration
from checker.verdict import Mention, Phrase, Role

BETWEEN = Phrase(
    "多数行的“{days}”为“{first}”至“{last}”的时长", "in most rows “{days}” counts from “{first}” to “{last}”"
)
SINCE = Phrase("多数行的“{days}”自{first}起计至“{last}”", "in most rows “{days}” counts from {first} on, to “{last}”")
FEWEST, MANY = 2, 3
"""Rows with different numbers that must fit: where both ends are in the row, and where a limit or a day is found."""
FOR_EACH = 2
"""Rows that must fit for each that does not."""
MOST_COLUMNS, MOST_DAYS = 8, 4000
FIRST, LAST = "起", "止"
"""The ends of a period, behind the name of its column."""
DAY, YEAR = "天", "年"
_TERM = Pattern(r"期限|年限|年期")
_DAYS = Pattern(r"天|日|工期|历时|用时|延|逾|超期|时长|周期|间隔")
_PERIOD = Pattern(r"—{1,2}|-{2}|~|～|至|到|[－–]")
_MONTH_AND_DAY = Pattern(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
NO_YEAR = 2023
"""For days that name none: a year without a 29th of February."""


class _Day(Struct, frozen=True):
    """A cell's day, or one end of its period; ``sure`` where it names its year."""

    day: date
    mention: Mention
    sure: bool = True


class _Dates(Struct, frozen=True):
    """A column of days by row, or one end of a column of periods."""

    name: str
    days: dict[int, _Day]


class _Row(Struct, frozen=True):
    """A row's number and its days; ``first`` is None where all rows count from one day."""

    number: Figure
    first: _Day | None
    last: _Day
    expected: int
    """What the dates give; none below 0 where nothing is late."""
    unit: str = DAY

    @property
    def fits(self) -> bool:
        """Whether the number is what the dates give."""
        return self.number.quantity.value == max(0, self.expected)

    @property
    def nearly(self) -> bool:
        """Whether it differs by the one day that may be counted or not."""
        return self.unit == DAY and abs(self.number.quantity.value - self.expected) <= 1


class _Fit(Struct, frozen=True):
    """A column of days read as those between two columns, or since one day."""

    because: Phrase
    since: date | None
    rows: tuple[_Row, ...]

    @property
    def holding(self) -> int:
        """How many different numbers fit, those of rows in which nothing is late left out."""
        return len({row.number.quantity.value for row in self.rows if row.fits} - {0})

    @property
    def wrong(self) -> tuple[_Row, ...]:
        """The rows that do not fit by more than the one day that may be counted or not."""
        return tuple(row for row in self.rows if not row.fits and not row.nearly)

    def is_shown(self, fewest: int) -> bool:
        """Whether the rows leave no doubt of what the column counts."""
        fitting = sum(row.fits for row in self.rows)
        return self.holding >= fewest and fitting >= FOR_EACH * len(self.wrong)


def find_date_columns(reading: Reading) -> Iterator[Duration]:
    """Every number of days in a row beside the row's dates."""
    for table in reading.document.tables:
        rows = [row.number for row in body_rows(reading, table) if row.number not in table.damaged]
        if len(rows) <= FEWEST:
            continue
        columns = {column: _numbers(reading, table, rows, column) for column in range(table.width)}
        counted = {column: its for column, its in columns.items() if len(its) > FEWEST and _counts(table, column, its)}
        dated = _dated(table, rows) if counted else []  # which takes longer to tell
        for column, numbers in counted.items() if 0 < len(dated) <= MOST_COLUMNS else ():
            yield from _explained(table, column, numbers, dated)


def _counts(table: Table, column: int, numbers: Mapping[int, Figure]) -> bool:
    """Whether a column is of days or of years."""
    return _is_of_years(table, column, numbers) or _is_of_days(table, column, numbers)


def _is_of_years(table: Table, column: int, numbers: Mapping[int, Figure]) -> bool:
    units = {figure.quantity.unit.base for figure in numbers.values()}
    return units == {YEAR} or _TERM.search(table.header[column]) is not None


def _is_of_days(table: Table, column: int, numbers: Mapping[int, Figure]) -> bool:
    units = {figure.quantity.unit.base for figure in numbers.values()}
    return units == {DAY} or _DAYS.search(table.header[column]) is not None


def _numbers(reading: Reading, table: Table, rows: Sequence[int], column: int) -> dict[int, Figure]:
    found = {row: figure for row in rows if (figure := reading.cell(table, row, column)) is not None}
    return {
        row: figure
        for row, figure in found.items()
        if not figure.quantity.is_open
        and figure.quantity.decimals == 0
        and 0 <= figure.quantity.value <= MOST_DAYS
        and _may_count(table.header[column], figure)
    }


def _may_count(header: str, figure: Figure) -> bool:
    """Whether a figure counts days or years, by its unit or its column's name, whatever the table's unit line says."""
    return figure.quantity.unit.base in {DAY, YEAR, ""} or _DAYS.search(header) is not None


def _dated(table: Table, rows: Sequence[int]) -> list[_Dates]:
    """The columns of days; one of periods is two."""
    found: list[_Dates] = []
    for column in range(table.width):
        ends: dict[str, dict[int, _Day]] = {"": {}, FIRST: {}, LAST: {}}
        for row in rows:
            days = _days(table, table.rows[row][column])
            for end, day in zip((FIRST, LAST) if len(days) > 1 else ("",), days, strict=False):
                ends[end][row] = day
        name = plain_column(table, column)
        found += [_Dates(name + end, days) for end, days in ends.items() if len(days) > FEWEST]
    return found


def _days(table: Table, cell: Cell) -> list[_Day]:
    """The day of a cell, or the two ends of its period; nothing where other words stand beside."""
    said = "".join(narrowed(cell.value).split())
    place = Place(table.index, table.section, cell.row, cell.column)
    spans = [span for span in find_dates(said) if span.end - span.start == len(said)]
    parts = [(span.first, span.last) for span in spans]
    mention = Mention.words(Role.OPERAND, cell.text, place)
    if not parts:
        match = _MONTH_AND_DAY.fullmatch(said)
        try:
            day = date(NO_YEAR, int(match["month"]), int(match["day"])) if match else None
        except ValueError:
            day = None
        return [_Day(day, mention, sure=False)] if day else []
    first, last = parts[0]
    if first == last:
        return [_Day(first, mention)]
    exact = said.count("日") > 1 or all(part.count("-") + part.count(".") > 1 for part in _PERIOD.split(said))
    return [_Day(first, mention), _Day(last, mention)] if exact else []


def _explained(table: Table, column: int, numbers: Mapping[int, Figure], dated: Sequence[_Dates]) -> Iterator[Duration]:
    """The rows of the one reading of a column that most of them show."""
    name = plain_column(table, column)
    shown: list[_Fit] = []
    if _is_of_years(table, column, numbers):
        shown = [fit for first, last in permutations(dated, 2) if (fit := _years(name, numbers, first, last))]
    elif _is_of_days(table, column, numbers):
        shown = [fit for first, last in permutations(dated, 2) if (fit := _between(name, numbers, first, last))]
        shown = shown or [fit for last in dated if (fit := _since(name, numbers, last))]
    most = max((fit.holding for fit in shown), default=0)
    best = [fit for fit in shown if fit.holding == most]
    if len({tuple(row.number.place for row in fit.wrong) for fit in best}) == 1:
        for row in best[0].rows:
            yield _duration(best[0], row)


def _between(name: str, numbers: Mapping[int, Figure], first: _Dates, last: _Dates) -> _Fit | None:
    """The column as the days between two others, with as many more or less as most rows have."""
    rows = [row for row in numbers if row in first.days and row in last.days]
    apart = {row: _apart(first.days[row], last.days[row]) for row in rows}
    beyond = Counter(
        int(numbers[row].quantity.value) - apart[row] for row in rows if numbers[row].quantity.value and apart[row] > 0
    )
    if not beyond:
        return None
    more = beyond.most_common(1)[0][0]
    found = [_Row(numbers[row], first.days[row], last.days[row], apart[row] + more) for row in rows]
    fit = _Fit(BETWEEN.filled(days=name, first=first.name, last=last.name), None, tuple(found))
    return fit if fit.is_shown(FEWEST if abs(more) <= 1 else MANY) else None


def _years(name: str, numbers: Mapping[int, Figure], first: _Dates, last: _Dates) -> _Fit | None:
    """The column as the years between two others, in rows whose days lie whole years apart."""
    found = []
    for row in (row for row in numbers if row in first.days and row in last.days):
        begun, ended = first.days[row], last.days[row]
        same = [day for day in (ended.day, ended.day + timedelta(1)) if (day.month, day.day) == _month_and_day(begun)]
        if same:
            found.append(_Row(numbers[row], begun, ended, same[0].year - begun.day.year, YEAR))
    fit = _Fit(BETWEEN.filled(days=name, first=first.name, last=last.name), None, tuple(found))
    return fit if fit.is_shown(1) and sum(row.fits for row in found) >= FEWEST else None


def _month_and_day(one: _Day) -> tuple[int, int]:
    return one.day.month, one.day.day


def _apart(first: _Day, last: _Day) -> int:
    days = (last.day - first.day).days
    return days if first.sure and last.sure else days % 365


def _since(name: str, numbers: Mapping[int, Figure], last: _Dates) -> _Fit | None:
    """The column as the days from one day on, the same for all rows."""
    rows = [row for row in numbers if row in last.days]
    begun = {row: last.days[row].day - timedelta(int(numbers[row].quantity.value)) for row in rows}
    common = Counter(day for row, day in begun.items() if numbers[row].quantity.value).most_common(1)
    if not common:
        return None
    first = common[0][0]
    found = [_Row(numbers[row], None, last.days[row], (last.days[row].day - first).days) for row in rows]
    fit = _Fit(SINCE.filled(days=name, first=_written(first), last=last.name), first, tuple(found))
    return fit if fit.is_shown(MANY) else None


def _written(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _duration(fit: _Fit, row: _Row) -> Duration:
    stated = Mention.of(Role.STATED, row.number)
    first = row.first.mention.said if row.first else _written(fit.since) if fit.since else ""
    ends = (row.first.mention, row.last.mention) if row.first else (row.last.mention,)
    words = "至".join(dict.fromkeys("".join(end.split()) for end in (first, row.last.mention.said)))
    return Duration(
        fit.because,
        stated,
        stated.said,
        ends[0],
        words,
        f"{max(0, row.expected)}{row.unit}",
        row.fits or row.nearly,
        ends[1:],
    )
