"""How far a row of a table went over its years: 2024 年末与 2022 年末相比，乙乡提高 12.78 个百分点，升幅最大.

Only the change stands in the sentence. It is right where any two years of the row's columns lie so far apart;
wrong where just one other row does for the years that are meant, or where the row would but for a slip.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from checker.document import Table
from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.apart import gap_between
from checker.relate.layout import RowKind, body_rows, row_name
from checker.relate.slips import is_one_edit
from checker.relation import ProseTotal
from checker.relation.growth import RateDifference
from checker.units import unit_named
from checker.verdict import Phrase

IN_ROW = Phrase("“{table}”中“{name}”一行的各年", "the years of “{name}” in “{table}”")
_CHANGED = Pattern(
    r"(?P<name>[\p{Han}A-Za-z“”#（）()]{2,30}?)(?:[两二三四五]年|期间|期内|\d年)?(?:间|来)?(?:累计|共|合计|净|仅|再|只)*"
    r"(?:(?P<up>提高|上升|增长|增加|上涨|提升)|(?P<down>下降|降低|减少|回落|缩短|下调))了?\s*$"
)
_YEAR = Pattern(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)年?(?:度|末|底)?")
_LABEL = Pattern(r"[（(][^（()）]*[)）]|^其中[:：]?|^[\d一二三四五六七八九十]{1,2}[、.．]|\s")
SHORTEST, TELLING, REACH = 2, 3, 32


class _Years(Struct, frozen=True):
    """The cells of a row by year, of one measure."""

    table: Table
    name: str
    measure: str
    cells: dict[int, Figure]


class _Way(Struct, frozen=True):
    """The verb of a change, and its sign."""

    verb: str
    sign: int


def find_row_changes(reading: Reading) -> Iterator[RateDifference | ProseTotal]:
    """Every change behind a row's name, against what the table has of its years."""
    for passage in reading.prose:
        if passage.place.row is not None:
            continue
        for gap in passage.figures:
            if gap.quantity.is_open or gap.quantity.digits < TELLING or gap.quantity.value <= 0:
                continue
            match = _CHANGED.search(passage.text.value, max(0, gap.start - REACH), gap.start)
            if match is not None:
                way = match["up"] or match["down"]
                yield from _judged(reading, passage, gap, match["name"], _Way(way, 1 if match["up"] else -1))


def _judged(
    reading: Reading, passage: Passage, gap: Figure, said: str, way: _Way
) -> Iterator[RateDifference | ProseTotal]:
    rows = [one for one in _series(reading) if said.endswith(one.name) and _is_alike(one, gap)]
    longest = max((len(one.name) for one in rows), default=0)
    rows = [one for one in rows if len(one.name) == longest]
    for one in rows:
        for first, last in combinations(sorted(one.cells), 2):
            if _is_apart(one, first, last, gap, way.sign):
                yield _claim(one, first, last, gap, way)
                return
    if len({one.measure for one in rows}) != 1 or len({one.table.index for one in rows}) != 1:
        return
    one, years = rows[0], _years(passage, gap, rows[0])
    others = [other for other in _series(reading) if other.table is one.table and other.measure == one.measure]
    fitting = [other for other in others if other.name != one.name and _is_apart(other, *years, gap, way.sign)]
    if not all(year in one.cells for year in years):
        return
    if gap.quantity.unit.kind != "points" and gap.quantity.value > max(c.quantity.value for c in one.cells.values()):
        return  # a change of another measure of the same place
    apart = (one.cells[years[1]].quantity.value - one.cells[years[0]].quantity.value) * way.sign
    slipped = apart > 0 and is_one_edit(gap.quantity.value, round(apart, gap.quantity.decimals))
    if len(fitting) == 1 or (slipped and not fitting):
        yield _claim(one, *years, gap, way)


def _is_alike(one: _Years, gap: Figure) -> bool:
    """Whether a change is told in the unit of the row: rates change by points."""
    units = {cell.quantity.unit.kind for cell in one.cells.values()}
    bases = {cell.quantity.unit.base for cell in one.cells.values()}
    if gap.quantity.unit.kind == "points":
        return units == {"rate"}
    return len(bases) == 1 and (bases == {gap.quantity.unit.base} or (bases == {""} and "rate" not in units))


def _is_apart(one: _Years, first: int, last: int, gap: Figure, sign: int) -> bool:
    if first not in one.cells or last not in one.cells:
        return False
    low, high = one.cells[first].quantity, one.cells[last].quantity
    apart = (high.value - low.value) * sign
    if gap.quantity.unit.kind != "points" and low.unit.kind != "plain":
        apart *= low.unit.scale / gap.quantity.unit.scale
    return abs(apart - gap.quantity.value) <= gap.quantity.half_digit


def _years(passage: Passage, gap: Figure, one: _Years) -> tuple[int, int]:
    """The two years that the sentence names before a change, else the first and the last of the table."""
    text = passage.text.value
    start = sentence_at(text, gap.start).start
    said = sorted({int(match["year"]) for match in _YEAR.finditer(text, start, gap.start)} & set(one.cells))
    known = sorted(one.cells)
    return (said[0], said[1]) if len(said) == len("ab") else (known[0], known[-1])


def _claim(one: _Years, first: int, last: int, gap: Figure, way: _Way) -> RateDifference | ProseTotal:
    because = IN_ROW.filled(table=one.table.name, name=one.name)
    names = (f"{one.name}{last}年", f"{one.name}{first}年")
    cells = (one.cells[last], one.cells[first])
    if gap.quantity.unit.kind == "points":
        return RateDifference(because, names, *cells, gap, way.sign)
    return gap_between(because, names, (_in_unit(cells[0], gap), _in_unit(cells[1], gap)), gap, way.verb)


def _in_unit(cell: Figure, gap: Figure) -> Figure:
    """A bare number of a table in the unit of the change."""
    if cell.quantity.unit.kind != "plain":
        return cell
    return replace(cell, quantity=replace(cell.quantity, unit=gap.quantity.unit))


_OWN_UNIT = Pattern(r"[（(](?P<unit>[^（()）]{1,6})[）)]$")


def _with_unit(cells: dict[int, Figure], name: str) -> dict[int, Figure]:
    """The cells of a row in the unit that its own label gives, and not that of the whole table: 考核得分（分）."""
    unit = unit_named(name)
    if unit is None:
        return cells
    return {year: replace(cell, quantity=replace(cell.quantity, unit=unit)) for year, cell in cells.items()}


@lru_cache(maxsize=2)
def _series(reading: Reading) -> Sequence[_Years]:
    """Every row of a table with columns of several years of one measure."""
    found = []
    for table in reading.document.tables:
        measures: dict[str, dict[int, int]] = {}
        for column in range(table.width):
            years = [int(match["year"]) for match in _YEAR.finditer(table.header[column])]
            if len(set(years)) == 1:
                measures.setdefault(_YEAR.sub("", table.header[column]).strip(), {}).setdefault(years[0], column)
        for measure, columns in measures.items():
            for row in body_rows(reading, table) if len(columns) > 1 else ():
                label = row_name(reading, table, row.number)
                name, unit = _LABEL.sub("", label), _OWN_UNIT.search(label)
                cells = {year: cell for year, at in columns.items() if (cell := reading.cell(table, row.number, at))}
                cells = _with_unit(cells, unit["unit"]) if unit else cells
                if len(name) >= SHORTEST and len(cells) > 1 and row.kind is not RowKind.TOTAL:
                    found.append(_Years(table, name, measure, cells))
    return tuple(found)
