"""Names and their values in two lists: 立项依据、立项程序、指南发布三项依次得 2.00 分、1.20 分、1.50 分.

All names must be rows of one column (or places that head the columns of a row). The values are wrong where
all but one are the column's, or where all are and some stand behind another's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import words
from checker.relate.known_columns import Cell, known_columns
from checker.relate.named_values import IN_TABLE, cells_by_name, has_unit, is_same
from checker.relate.slips import is_one_edit
from checker.relation.facts import Restatement

SHORTEST, LONGEST, MOST, TELLING = 2, 24, 12, 3
"""Characters of a name; names of a list; digits of a value that says by itself which column is meant."""
KINDS = frozenset({"money", "count", "measure", "rate", "score"})
_CUE = Pattern(r"(?:依次|分别|各自?)(?:\p{Han}{0,8}?)$")
_BETWEEN = frozenset({"、", "和", "及", "与", "，", "以及"})
_MARK = Pattern(r"[，,。；;：:]")
_AND = Pattern(r"以及|[和及与]")
_BRACKETS = Pattern(r"[（(][^（）()]*[）)]")
Row = dict[int, Cell]
"""The cell of one name in each column that has the name once."""


def find_respective_names(reading: Reading) -> Iterator[Restatement]:
    """Every value of a list that goes with a name of the list before it, where one table's column has both."""
    for passage in reading.prose:
        text = passage.text.value
        if passage.place.row is not None or ("依次" not in text and "分别" not in text):
            continue
        for values in _lists(passage):
            names = _names(reading, passage, values)
            if names is not None:
                yield from _judged(reading, *names, values)


def _lists(passage: Passage) -> Iterator[list[Figure]]:
    """The figures of one unit that nothing but 、 and 和 parts, two or more, behind 依次 or 分别."""
    text = passage.text.value
    run: list[Figure] = []
    for figure in (*passage.figures, None):
        if figure and run and text[run[-1].end : figure.start].strip() in _BETWEEN:
            run.append(figure)
            continue
        bases = {one.quantity.unit.base for one in run if not one.quantity.is_open}
        if 1 < len(run) <= MOST and len(bases) == 1 and run[0].quantity.unit.kind in KINDS:
            yield run
        run = [figure] if figure else []


def _names(reading: Reading, passage: Passage, values: Sequence[Figure]) -> tuple[list[str], list[Row]] | None:
    """As many names as values, from the clause before 依次 or the one before that."""
    text = passage.text.value
    start = sentence_at(text, values[0].start).start
    cue = _CUE.search(text[max(start, values[0].start - LONGEST) : values[0].start])
    if cue is None:
        return None
    before = _BRACKETS.sub("", text[start : values[0].start - len(cue.group())])
    clauses = _MARK.split(before)
    known = cells_by_name(reading)
    for clause in clauses[-2:][::-1]:
        for pieces in _parted("".join(clause.split()), len(values)):
            found = [_row(known, piece, at, len(pieces)) for at, piece in enumerate(pieces)]
            rows = [one for one in found if one is not None]
            if len(rows) == len(values):
                return [name for name, _ in rows], [row for _, row in rows]
    return None


def _parted(clause: str, count: int) -> Iterator[list[str]]:
    """The ways to part a clause into so many names; 和 may join the last two or be a part of one."""
    pieces = clause.split("、")
    if len(pieces) == count:
        yield pieces
    if len(pieces) == count - 1:
        for match in _AND.finditer(pieces[-1]):
            yield [*pieces[:-1], pieces[-1][: match.start()], pieces[-1][match.end() :]]


def _row(known: Mapping[str, Sequence[tuple[int, Cell]]], piece: str, at: int, count: int) -> tuple[str, Row] | None:
    """The known name that a piece is; words may stand before the first name and behind the last."""
    piece = piece[-LONGEST:] if at == 0 else piece[:LONGEST]
    tries = [piece]
    if at == 0:
        tries = [piece[start:] for start in range(len(piece) - SHORTEST + 1)]
    elif at == count - 1:
        tries = [piece[:end] for end in range(len(piece), SHORTEST - 1, -1)]
    for name in tries:
        for said in (name, name[:-1] if name.endswith(words("lists", "places")) else name):
            cells = known.get(said, ()) if len(said) >= SHORTEST else ()
            alone = Counter(number for number, _ in cells)
            row = {number: cell for number, cell in cells if alone[number] == 1}
            if row:
                return name, row
    return None


def _judged(
    reading: Reading, names: Sequence[str], rows: Sequence[Row], values: Sequence[Figure]
) -> Iterator[Restatement]:
    shared = [n for n in rows[0] if all(n in row for row in rows) and has_unit(values[0], rows[0][n].figure)]
    hits = {n: [is_same(value, row[n].figure) for value, row in zip(values, rows, strict=True)] for n in shared}
    wrong_order = [n for n in shared if _is_reordered(values, [row[n].figure for row in rows])]
    most = max((sum(told) for told in hits.values()), default=0)
    best = [n for n in shared if sum(hits[n]) == most]
    number = best[0] if best and most == len(values) else next(iter((*wrong_order, *best)), None)
    if number is None:
        return
    cells = [row[number].figure for row in rows]
    if (
        not all(hits[number])
        and number not in wrong_order
        and (len(best) > 1 or not _is_slip(values, cells, hits[number]))
    ):
        return
    table, column, _ = known_columns(reading).columns[number]
    because = IN_TABLE.filled(table=table.name, column=column)
    for name, value, cell in zip(names, values, cells, strict=True):
        yield Restatement(because, name, value, (cell,), by_place=True)


def _is_reordered(values: Sequence[Figure], cells: Sequence[Figure]) -> bool:
    """Whether the values are those of the cells, some behind another's name, and tell enough to be meant so."""
    exact, theirs = [_key(value) for value in values], [_key(cell) for cell in cells]
    tells = any(one == other for one, other in zip(exact, theirs, strict=True))
    tells |= min(value.quantity.digits for value in values) >= TELLING
    return exact != theirs and sorted(exact) == sorted(theirs) and tells


def _is_slip(values: Sequence[Figure], cells: Sequence[Figure], told: Sequence[bool]) -> bool:
    """Whether all values but one are the cells', and these say enough; of two values the other is a digit off."""
    odd = [(value, cell) for value, cell, same in zip(values, cells, told, strict=True) if not same]
    tells = max((value.quantity.digits for value, same in zip(values, told, strict=True) if same), default=0)
    near = is_one_edit(odd[0][0].quantity.value, odd[0][1].quantity.value)
    return len(odd) == 1 and (len(values) > SHORTEST or near) and tells >= TELLING


def _key(figure: Figure) -> Decimal:
    return figure.quantity.based.normalize()
