"""Rows of a table said one by one: 渡头镇93.08分、白果乡92.78分、石鼓镇37.69分 where the table gives 87.69 to 石鼓镇.

Three names or more of a sentence must have the values of one column; then another name beside them is
believed to be said for the same column. One that the table has elsewhere in its row is no fault.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import words
from checker.relate.known_columns import Cell, known_columns
from checker.relate.slips import is_one_edit
from checker.relation.facts import Restatement, agree
from checker.verdict import Phrase

IN_TABLE = Phrase("“{table}”中“{column}”一列的各行", "the rows of “{column}” in “{table}”")
FEWEST, MANY = 3, 4
"""Names that must have the column's values; so many say by themselves that the others are meant to, too."""
FOR_EACH = 3
"""Names with the column's value for each that has another."""
LONGEST, SHORTEST = 20, 2
KINDS = frozenset({"money", "count", "measure", "rate", "score"})

_NAME = Pattern(
    r"(?:以及|其中|和|及|与|是)*[“‘]?(?P<name>\p{Han}[^“”‘’，,、；;：:。（()）]*?)[”’]?(?:[为是有达得约仅的共计]|分别)*\s*$"
)
_MARKS = "，,、；;：:。（(）)"

Pair = tuple[str, Figure]


def find_named_values(reading: Reading) -> Iterator[Restatement]:
    """Every value that a sentence gives to a row among others, and the table has otherwise."""
    for passage in reading.prose:
        if passage.place.row is not None or len(passage.figures) <= FEWEST:
            continue
        for span in sentences(passage.text.value):
            pairs: dict[str, list[Pair]] = defaultdict(list)
            for figure in passage.within(span.start, span.end):
                name = _name_of(passage, figure, span.start)
                if name and figure.quantity.unit.kind in KINDS and not figure.quantity.is_open:
                    pairs[figure.quantity.unit.base].append((name, figure))
            for its in pairs.values():
                if len(its) > FEWEST:
                    yield from _beside_table(reading, its)


def _name_of(passage: Passage, figure: Figure, start: int) -> str:
    """The words right before a figure, from the mark or the figure before them on."""
    text = passage.text.value
    before = passage.before(figure.start)
    first = max(start, before.end if before else start, figure.start - LONGEST)
    first = max(first, *(text.rfind(mark, first, figure.start) + 1 for mark in _MARKS))
    match = _NAME.fullmatch("".join(text[first : figure.start].split()))
    return match["name"] if match and len(match["name"]) >= SHORTEST else ""


@lru_cache(maxsize=2)
def cells_by_name(reading: Reading) -> Mapping[str, Sequence[tuple[int, Cell]]]:
    """The cells of all columns by the names of their rows, those of places also without the last character."""
    found: dict[str, list[tuple[int, Cell]]] = defaultdict(list)
    for number, (_, _, cells) in enumerate(known_columns(reading).columns):
        for cell in cells:
            found[cell.name].append((number, cell))
            if cell.name.endswith(words("lists", "places")) and len(cell.name) > SHORTEST:
                found[cell.name[:-1]].append((number, cell))
    return found


def _beside_table(reading: Reading, pairs: Sequence[Pair]) -> Iterator[Restatement]:
    """The one column that has most of the values, and the names whose value it has otherwise."""
    known = cells_by_name(reading)
    agreeing: dict[int, set[str]] = defaultdict(set)
    for name, figure in pairs:
        for number, cell in known.get(name, ()):
            if is_same(figure, cell.figure):
                agreeing[number].add(name)
    number = max(agreeing, key=lambda one: len(agreeing[one]), default=-1)
    if len(agreeing[number]) < FEWEST:
        return
    odd = [
        (name, figure, cells[0])
        for name, figure in pairs
        if (cells := [cell for at, cell in known.get(name, ()) if at == number])
        and len(cells) == 1
        and not any(is_same(figure, cell.figure) for _, cell in known[name])
        and name not in agreeing[number]
        and has_unit(figure, cells[0].figure)
    ]
    if len(odd) * FOR_EACH > len(agreeing[number]):
        return
    table, column, _ = known_columns(reading).columns[number]
    because = IN_TABLE.filled(table=table.name, column=column)
    for name, figure in pairs:
        if name in agreeing[number]:
            same = [cell.figure for where, cell in known[name] if where == number and is_same(figure, cell.figure)]
            yield from (Restatement(because, name, figure, (cell,), by_place=True) for cell in same[:1])
    for name, figure, cell in odd:
        if len(agreeing[number]) >= MANY or is_one_edit(figure.quantity.value, cell.figure.quantity.value):
            yield Restatement(because, name, figure, (cell.figure,), by_place=True)


def is_same(figure: Figure, cell: Figure) -> bool:
    """Whether a figure is a cell's, as far as either is rounded."""
    return has_unit(figure, cell) and agree(figure.quantity, cell.quantity)


def has_unit(figure: Figure, cell: Figure) -> bool:
    """Whether a figure may be a cell's: of its unit, or the cell is a bare number."""
    return figure.quantity.unit.base == cell.quantity.unit.base or cell.quantity.unit.kind == "plain"
