"""Changes between two years of what a table or a list has by year: 2024年完成率比2023年提高 0.39 个百分点.

The sentence names the change and its years, the amounts stand elsewhere. A change that no row, column or list
of its name gives is wrong only where one of them would give it but for a slip: the other direction, another
of its years, a digit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from checker.document import Table
from checker.extract.figures import Passage, Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.binding import bind
from checker.relate.columns import plain_column
from checker.relate.growth_in_tables import same_unit
from checker.relate.growth_sums import fits, judge_growth
from checker.relate.layout import body_rows, row_name
from checker.relate.slips import is_one_edit
from checker.relate.yearly_rates import MOST, YearsOfSentence
from checker.relation import Relation
from checker.relation.facts import agree
from checker.relation.growth import GrowthFacts, RateDifference
from checker.verdict import Phrase

BY_YEAR = Phrase("“{name}”在别处逐年列出", "“{name}” is listed by year elsewhere")
_YEAR = Pattern(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)(?:年度?)?")
_ASIDE = Pattern(r"^其中[:：]?|[（(][^（()）]*[)）]|^(?:\d{1,2}|[一二三四五六七八九十]{1,2})[、.．]|[\s*]")
_CHANGES = frozenset({Kind.CHANGE, Kind.GROWTH, Kind.DIFFERENCE})
_BREAK = Pattern(r"[。；;\n]")
SHORTEST, TAIL, LONGEST, SPAN = 2, 3, 8, 15
"""Characters of a name, of its end that may stand for it, of a row that is a year; years that a table may run over."""


class Series(Struct, frozen=True):
    """What is told by year: all its names must be said of a change, or the ends of them."""

    names: tuple[str, ...]
    figures: Mapping[int, Figure]
    passage: Passage | None = None
    """Where it is a list of the prose: a short name says only there what is meant."""
    listed: bool = False
    """Whether 分别 or 依次 lists it: in its own passage other finders hold the changes against it."""

    def is_meant(self, said: str, passage: Passage, *, by_amount: bool) -> bool:
        """Whether words of a passage speak of it; ``by_amount`` says that an amount of it stands there."""
        if self.passage is passage and self.listed:
            return False
        if self.passage is not None and self.passage is not passage and not by_amount:
            return len(self.names[0]) > TAIL and self.names[0] in said
        tail = SHORTEST if self.passage is passage else TAIL
        return all(name in said or (len(name) > tail and name[-tail:] in said) for name in self.names)


class _Change(Struct, frozen=True):
    """A change without its base: its amount where the sentence has it, its years, and the words before it."""

    item: Measured
    current: Figure | None
    now: int | None
    before: int | None
    said: str
    passage: Passage

    def years(self, figures: Mapping[int, Figure]) -> tuple[int, int] | None:
        """The year of the amount, told by the amount where it stands beside, and the one it is compared with."""
        now = self.now
        if self.current is not None:
            same = [year for year, figure in figures.items() if _is_same(self.current, figure)]
            now = same[0] if len(same) == 1 and now in {None, same[0]} else None
        if now is None:
            return None
        then = self.before or now - 1
        return (now, then) if now in figures and then in figures and now != then else None


def find_series_changes(reading: Reading) -> Iterator[Relation]:
    """Every change between two years whose amounts stand elsewhere."""
    for page in measured(reading):
        if page.passage.place.row is not None:
            continue
        for index, item in enumerate(page.figures):
            if item.kind in _CHANGES and item.lead.sign and not item.figure.quantity.is_open and not item.depth:
                change = _change(page.passage, page.figures, index)
                if change is not None:
                    yield from _judged(change, known_series(reading))


def _change(passage: Passage, items: Sequence[Measured], index: int) -> _Change | None:
    item = items[index]
    bound = bind(items, index, "" if item.base == "%" else item.base)
    if bound is not None and (bound.base is not None or bound.current.figure.quantity.is_open):
        return None
    text = passage.text.value
    start = max((match.end() for match in _BREAK.finditer(text, 0, item.figure.start)), default=0)
    said = "".join(text[start : item.figure.start].split())
    then = item.lead.reference_period
    years = [int(match["year"]) for match in _YEAR.finditer(said)]
    if then.year is not None and years and years[-1] == then.year:
        years.pop()
    current = bound.current.figure if bound else None
    now = item.lead.period.year or (years[-1] if years and current is None else None)
    if (then.year is None and not then.prior) or (now is None and current is None):
        return None
    return _Change(item, current, now, then.year, said, passage)


@lru_cache(maxsize=2)
def known_series(reading: Reading) -> Sequence[Series]:
    """All rows, columns and lists that have one figure a year."""
    return [*(one for table in reading.document.tables for one in _of_table(reading, table)), *_of_prose(reading)]


def _of_table(reading: Reading, table: Table) -> Iterator[Series]:
    by_rest: dict[str, dict[int, int]] = defaultdict(dict)
    for column in range(table.width):
        years = _YEAR.findall(table.header[column])
        if len(years) == 1:
            by_rest[_plain(_YEAR.sub("", table.header[column]))][int(years[0])] = column
    rows = body_rows(reading, table)
    for rest, columns in by_rest.items():
        for row in rows if 1 < len(columns) <= SPAN else ():
            cells = {year: reading.cell(table, row.number, column) for year, column in columns.items()}
            yield from _series((row_name(reading, table, row.number), rest), cells)
    labels = {row.number: table.rows[row.number][0].value for row in rows}
    dated = {
        int(match["year"]): number
        for number, label in labels.items()
        if (match := _YEAR.match(label)) and _is_year(label)
    }
    if len(dated) != sum(map(_is_year, labels.values())):
        return  # several rows a year
    for column in range(table.width) if 1 < len(dated) <= SPAN else ():
        cells = {year: reading.cell(table, number, column) for year, number in dated.items()}
        yield from _series((plain_column(table, column),), cells)


def _is_year(label: str) -> bool:
    return len(label) <= LONGEST and len(_YEAR.findall(label)) == 1


def _plain(name: str) -> str:
    return _ASIDE.sub("", name)


def _series(
    names: Sequence[str], cells: Mapping[int, Figure | None], passage: Passage | None = None, *, listed: bool = False
) -> Iterator[Series]:
    known = {year: figure for year, figure in cells.items() if figure is not None and not figure.quantity.is_open}
    said = tuple(plain for name in names if len(plain := _plain(name)) >= SHORTEST)
    if len(known) > 1 and said and len({figure.quantity.unit.base for figure in known.values()}) == 1:
        yield Series(said, known, passage, listed)


def _of_prose(reading: Reading) -> Iterator[Series]:
    """Lists that name their years before them, or one before each figure."""
    for page in measured(reading):
        if page.passage.place.row is not None:
            continue
        years = YearsOfSentence()
        run: dict[int, Figure] = {}
        name, sentence = "", -1
        for index, item in enumerate(page.figures):
            if item.kind is not Kind.LEVEL:
                continue
            listed = years.listed(page.passage, page.figures[index : index + MOST])
            if listed and item.lead.measure:
                yield from _series((item.lead.measure,), listed, page.passage, listed=True)
            year = item.lead.period.year
            goes_on = item.sentence == sentence and not item.lead.measure and year is not None
            if not goes_on:
                yield from _series((name,), run, page.passage)
                run, name, sentence = {}, item.lead.measure or name, item.sentence
            if year is not None and year not in run:
                run[year] = item.figure
        yield from _series((name,), run, page.passage)


def _judged(change: _Change, known: Sequence[Series]) -> Iterator[Relation]:
    """The first series that gives the change; else the one that would but for a slip."""
    slipped: list[Relation] = []
    for one in known:
        years = change.years(one.figures)
        if years is None or not _may_be_of(change.item, one.figures[years[0]]):
            continue
        if not one.is_meant(change.said, change.passage, by_amount=change.current is not None):
            continue
        if _gives(change.item, one.figures[years[0]], one.figures[years[1]], change.item.lead.sign):
            yield from _relations(change, one, years)
            return
        if _is_slip(change, one, years):
            slipped += _relations(change, one, years)
    told = {(type(relation), relation.stated) for relation in slipped}
    yield from slipped if len(slipped) == len(told) else ()


def _is_same(stated: Figure, listed: Figure) -> bool:
    return same_unit(stated, listed) and agree(stated.quantity, _counted(listed, stated).quantity)


def _may_be_of(item: Measured, figure: Figure) -> bool:
    """Whether a change may be one of such a figure: points of rates, growth of anything else, amounts of their unit."""
    rate = figure.quantity.unit.kind == "rate"
    if item.based_kind == "points" or rate:
        return item.based_kind == "points" and rate
    return item.base == "%" or same_unit(item.figure, figure)


def _gives(item: Measured, now: Figure, then: Figure, sign: int) -> bool:
    if item.based_kind == "points":
        return RateDifference(BY_YEAR, ("", ""), now, then, item.figure, sign).holds
    return fits(_facts("", item, now, then, sign))


def _is_slip(change: _Change, series: Series, years: tuple[int, int]) -> bool:
    """Whether it goes the other way, is against another year, or has a wrong digit."""
    item = change.item
    now, then = (series.figures[year] for year in years)
    sign = item.lead.sign
    if _gives(item, now, then, -sign):
        return True
    if any(_gives(item, now, other, sign) for year, other in series.figures.items() if year != years[0]):
        return True
    apart = now.quantity.based - then.quantity.based
    if item.base == "%" and item.based_kind != "points":
        if not then.quantity.based:
            return False
        apart = apart / then.quantity.based * 100
    else:
        apart = apart / item.figure.quantity.unit.scale
    stated = item.figure.quantity
    return apart * sign > 0 and is_one_edit(stated.value, round(abs(apart), stated.decimals))


def _relations(change: _Change, series: Series, years: tuple[int, int]) -> Iterator[Relation]:
    item, name = change.item, series.names[-1]
    now, then = (series.figures[year] for year in years)
    because = BY_YEAR.filled(name="".join(series.names))
    if item.based_kind == "points":
        names = (f"{years[0]}年", f"{years[1]}年")
        yield RateDifference(because, names, now, then, item.figure, item.lead.sign)
        return
    for relation in judge_growth(_facts(name, item, now, then, item.lead.sign), ()):
        yield replace(relation, because=because)


def _facts(name: str, item: Measured, now: Figure, then: Figure, sign: int) -> GrowthFacts:
    change, rate = (None, item.figure) if item.base == "%" else (item.figure, None)
    if change is not None:
        now, then = _counted(now, change), _counted(then, change)
    return GrowthFacts(name, item.lead.word, now, sign, then, change, rate)


def _counted(figure: Figure, like: Figure) -> Figure:
    """A bare number of a cell in the unit of the sentence."""
    if figure.quantity.unit.kind != "plain":
        return figure
    return replace(figure, quantity=replace(figure.quantity, unit=like.quantity.unit))
