"""What the first of several make together: 结算额前三位的供应商合计 864.92 万元; 青槐县、怀泽市合计 187.72 万亩.

The amounts stand in a column of a table, and the rows are its largest, its first, or those that the sentence
names; or they stand in the sentence before. Which column is meant the words seldom say: a sum is wrong only where no
column gives it and a slip of the pen parts it from the only one that nearly does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from checker.extract.chinese import chinese_number
from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.quantity import Interval
from checker.relate.known_columns import Cell, known_columns
from checker.relate.named_values import has_unit
from checker.relation import ProseTotal
from checker.repairs import is_mistyped
from checker.verdict import Phrase

OF_ROWS = Phrase("“{table}”中“{column}”一列的{rows}", "of “{column}” in “{table}”: {rows}")
OF_LIST = Phrase("前一句所列的前{count}项", "the first {count} that the sentence before lists")
_FIRST = Pattern(
    r"[前后末](?P<count>[两二三四五六七八九十]|\d{1,2})(?!年|个?月|季|批次?|天|期|轮|次)\p{Han}{0,10}?[，,]?"
    r"(?:合计|共计|总计|共|之和)(?:[为是达占]|\p{Han}{0,4}?)\s*$"
)
_TOGETHER = Pattern(r"(?:合计|共计|总计|一共|(?<![总公])共)\p{Han}{0,6}\s*$")
REACH, DIGITS, MOST = 30, 3, 12
KINDS = frozenset({"money", "count", "measure", "rate", "score"})


def find_top_sums(reading: Reading) -> Iterator[ProseTotal]:
    """Every sum over rows that a sentence names, or over the first of a table or of a list."""
    for passage in reading.prose:
        text = passage.text.value
        if passage.place.row is not None or not ("合计" in text or "共" in text or "总计" in text or "之和" in text):
            continue
        for figure in passage.figures:
            quantity = figure.quantity
            if quantity.unit.kind not in KINDS or quantity.is_open or quantity.digits < DIGITS:
                continue
            led = text[max(0, figure.start - REACH) : figure.start]
            match = _FIRST.search(led)
            if match is not None:
                yield from _of_the_first(reading, passage, figure, match)
            elif _TOGETHER.search(led):
                yield from _of_named(reading, passage, figure)


def _of_the_first(reading: Reading, passage: Passage, figure: Figure, match: Match) -> Iterator[ProseTotal]:
    count = chinese_number(match["count"]) or int(match["count"])
    listed = _listed_before(passage, figure)[:count]
    claims = []
    if len(listed) == count:
        claims.append(ProseTotal(OF_LIST.filled(count=match["count"]), figure, (tuple(listed),), match.group()))
    for table, header, column in known_columns(reading).columns:
        if count < len(column) and all(has_unit(figure, cell.figure) for cell in column):
            down = sorted(column, key=lambda cell: cell.figure.quantity.based, reverse=True)
            ways = (down[-count:],) if match.group()[0] in "后末" else (down[:count], column[:count])
            claims += [_claim(figure, table.name, header, rows) for rows in ways]
    yield from _meant(claims)


def _of_named(reading: Reading, passage: Passage, figure: Figure) -> Iterator[ProseTotal]:
    """Rows that the sentence names one by one before their sum, no figure between."""
    text = passage.text.value
    before = passage.before(figure.start)
    start = max(sentence_at(text, figure.start).start, before.end if before else 0)
    said = text[start : figure.start]
    if "、" not in said and "和" not in said:
        return
    claims = []
    for table, header, column in known_columns(reading).columns:
        rows = [cell for cell in column if len(cell.name) > 1 and cell.name in said]
        if 1 < len(rows) <= MOST and len(rows) < len(column) and all(has_unit(figure, cell.figure) for cell in rows):
            claims.append(_claim(figure, table.name, header, rows))
    yield from _meant(claims)


def _listed_before(passage: Passage, figure: Figure) -> Sequence[Figure]:
    """The figures of its unit in the sentence before the one that has the sum."""
    text = passage.text.value
    own = sentence_at(text, figure.start).start
    if own == 0:
        return ()
    before = sentence_at(text, own - 1)
    return [one for one in passage.outside(before) if one.quantity.unit == figure.quantity.unit]


def _claim(figure: Figure, table: str, header: str, rows: Sequence[Cell]) -> ProseTotal:
    names = "、".join(cell.name for cell in rows)
    parts = tuple(_counted(cell.figure, figure) for cell in rows)
    return ProseTotal(OF_ROWS.filled(table=table, column=header, rows=names), figure, (parts,), names)


def _counted(cell: Figure, like: Figure) -> Figure:
    """A bare number of a cell in the unit of the sentence."""
    if cell.quantity.unit.kind != "plain":
        return cell
    return replace(cell, quantity=replace(cell.quantity, unit=like.quantity.unit))


def _meant(claims: Sequence[ProseTotal]) -> Iterator[ProseTotal]:
    """One that comes out, or else the only one that a slip of the pen parts from the sum."""
    holding = next((claim for claim in claims if claim.holds), None)
    if holding is not None:
        yield holding
        return
    slipped = [claim for claim in claims if _is_slip(claim)]
    if len({claim.computed for claim in slipped}) == 1:
        yield slipped[0]


def _is_slip(claim: ProseTotal) -> bool:
    total = claim.total
    summed = sum((part.quantity.based for part in claim.parts), start=total.quantity.based * 0)
    return total.quantity.digits > DIGITS and is_mistyped(total, Interval.point(summed))
