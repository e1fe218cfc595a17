"""Changes against a year that only a table has: 2024 年客运线路 38 条，比 2022 年多 7 条 beside a row with the years.

The row, or the column, is named by the sentence and has its amount under its year; what the change is against
stands under the other year. A change is wrong where it goes the other way, where it is against another
year of the row, or where it is a slip of the pen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from checker.document import Table
from checker.extract.figures import Passage, Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.binding import bind, position
from checker.relate.columns import plain_column
from checker.relate.growth_in_tables import MOST, all_of_rows, same_unit
from checker.relate.growth_sums import fits, judge_growth
from checker.relate.layout import body_rows, row_name
from checker.relate.slips import is_one_edit
from checker.relation import Relation
from checker.relation.growth import GrowthFacts
from checker.verdict import Phrase

BY_YEAR = Phrase("表中“{row}”一行有两年的数", "the row “{row}” of a table has both years")
_YEAR = Pattern(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)")
_ASIDE = Pattern(r"^其中[:：]?|[（(][^（()）]*[)）]$|^(?:\d{1,2}|[一二三四五六七八九十]{1,2})[、.．]")
"""What a row's name is without: 其中, its number, its unit."""
_CHANGES = frozenset({Kind.CHANGE, Kind.GROWTH, Kind.DIFFERENCE})
SHORTEST, REACH, LONGEST = 3, 60, 8
"""Characters of a row's name, and before the amount in which it is looked for; of the name of a row of a year."""


def find_growth_by_years(reading: Reading) -> Iterator[Relation]:
    """Every change against a year whose amount a row of a table has."""
    for page in measured(reading):
        if page.passage.place.row is not None:
            continue
        for index, item in enumerate(page.figures):
            if item.kind not in _CHANGES or not item.lead.sign or item.figure.quantity.is_open or item.depth:
                continue
            unit = "" if item.base == "%" else item.base
            bound = bind(page.figures, index, unit)
            if bound is None or bound.base is not None or bound.current.figure.quantity.is_open:
                continue
            between = page.figures[position(page.figures, bound.current, index) + 1 : index]
            years = _years(bound.current, item)
            if years is not None and not between:
                yield from _in_tables(reading, page.passage, bound.current, item, years)


def _years(current: Measured, change: Measured) -> tuple[int, int] | None:
    """The year of an amount and the one that it is compared with."""
    now, then = current.lead.period.year, change.lead.reference_period
    base = then.year if then.year is not None else now - 1 if then.prior and now is not None else None
    return (now, base) if now is not None and base is not None and now != base else None


def _in_tables(
    reading: Reading, passage: Passage, current: Measured, change: Measured, years: tuple[int, int]
) -> Iterator[Relation]:
    """The change by the one row that is meant; silent where rows differ."""
    found = []
    cells = all_of_rows(reading).get(current.figure.quantity.based, ())
    for table, row, cell in cells if len(cells) <= MOST else ():
        said = "".join(passage.text.value[max(0, current.figure.start - REACH) : current.figure.start].split())
        name, dated = _of_years(reading, table, row, cell)
        if len(name) < SHORTEST or name not in said or dated.get(years[0]) is not cell:
            continue
        base = dated.get(years[1])
        if base is not None and same_unit(cell, base) and same_unit(current.figure, cell) and not base.quantity.is_open:
            others = [one for year, one in dated.items() if year not in years]
            found.append(
                (name, _counted_as(base, current.figure), [_counted_as(one, current.figure) for one in others])
            )
    if len({base.quantity.based for _, base, _ in found}) == 1:
        name, base, others = found[0]
        facts = _facts(name, current, change, base)
        if fits(facts) or _is_wrong(facts, current, change, others):
            for relation in judge_growth(facts, ()):
                yield replace(relation, because=BY_YEAR.filled(row=name))


def _of_years(reading: Reading, table: Table, row: int, cell: Figure) -> tuple[str, dict[int, Figure]]:
    """What a cell is of, and the figures of this by year: the years head the columns, or name the rows."""
    column = cell.place.column or 0
    if _YEAR.search(table.header[column]):
        figures = [(table.header[at], reading.cell(table, row, at)) for at in range(table.width)]
        name = row_name(reading, table, row)
    else:
        rows = body_rows(reading, table)
        figures = [(one.label, reading.cell(table, one.number, column)) for one in rows if len(one.label) <= LONGEST]
        name = plain_column(table, column)
    return _ASIDE.sub("", name), _by_year(figures)


def _by_year(figures: Sequence[tuple[str, Figure | None]]) -> dict[int, Figure]:
    """The figures by the one year of their heading; nothing where a year heads several."""
    found: dict[int, Figure] = {}
    for heading, figure in figures:
        years = {int(match["year"]) for match in _YEAR.finditer(heading)}
        if len(years) == 1 and figure is not None:
            year = years.pop()
            if year in found:
                return {}
            found[year] = figure
    return found


def _counted_as(figure: Figure, like: Figure) -> Figure:
    """A bare number of a cell in the unit of the sentence."""
    if figure.quantity.unit.kind != "plain":
        return figure
    return replace(figure, quantity=replace(figure.quantity, unit=like.quantity.unit))


def _facts(name: str, current: Measured, change: Measured, base: Figure) -> GrowthFacts:
    of_rate = change.base == "%"
    return GrowthFacts(
        name,
        change.lead.word,
        current.figure,
        change.lead.sign,
        base,
        None if of_rate else change.figure,
        change.figure if of_rate else None,
    )


def _is_wrong(facts: GrowthFacts, current: Measured, change: Measured, others: list[Figure]) -> bool:
    """Whether it goes the other way, is against another year of the row, or is a slip of the pen."""
    if fits(replace(facts, sign=-facts.sign)):
        return True
    if any(fits(_facts(facts.label, current, change, other)) for other in others):
        return True
    if facts.base is None or not facts.base.quantity.value:
        return False
    apart = facts.current.quantity.based - facts.base.quantity.based
    exact = apart / facts.base.quantity.based * 100 if facts.rate else apart / change.figure.quantity.unit.scale
    return is_one_edit(change.figure.quantity.value, round(abs(exact), change.figure.quantity.decimals))
