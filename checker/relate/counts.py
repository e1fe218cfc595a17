"""Counts in the sentence that points to a table, against the table's rows and totals."""

from __future__ import annotations

from collections.abc import Iterator

from checker.document import Table
from checker.extract.clauses import Span, sentences
from checker.extract.figures import Passage, Reading, paragraphs_before
from checker.figure import Figure, Place
from checker.phrases import has_any, words
from checker.relate.layout import Row, RowKind, body_rows
from checker.relation import QuantityTotal, Relation, RowCount
from checker.verdict import Mention, Phrase, Role

POINTS = Phrase("该句指向其后的表格", "the sentence points to the table after it")
CUE_REACH = 8
"""How many characters may stand between 共计 and its count."""


def find_table_counts(reading: Reading) -> Iterator[Relation]:
    """Every count of a whole in a sentence that introduces a table."""
    passages = {p.place.block: p for p in reading.prose if p.place.row is None}
    for table in reading.document.tables:
        introducing = next((p.index for p in paragraphs_before(reading.document, table)), None)
        passage = passages.get(introducing) if introducing is not None else None
        if passage is None:
            continue
        for figure in _whole_counts(passage):
            yield from _against(reading, table, figure)


def _whole_counts(passage: Passage) -> Iterator[Figure]:
    """Counts behind 共计, 共有 and the like, in a sentence that points to a table."""
    text = passage.text.value
    for span in sentences(text):
        if not _points(text, span):
            continue
        for figure in passage.within(span.start, span.end):
            before = text[max(span.start, figure.start - CUE_REACH) : figure.start].rstrip()
            countable = figure.quantity.unit.kind == "count" and not figure.quantity.is_open
            if countable and before.endswith(words("counts", "whole")):
                yield figure


def _points(text: str, span: Span) -> bool:
    sentence = text[span.start : span.end]
    last = span.end >= len(text.rstrip())
    return has_any(sentence, "counts", "pointer") or (last and sentence.rstrip().endswith(("：", ":")))


def _against(reading: Reading, table: Table, figure: Figure) -> Iterator[Relation]:
    rows = body_rows(reading, table)
    leaves = [row for row in rows if row.kind is RowKind.LEAF]
    if not leaves:
        return
    totals = list(_quantity_totals(reading, table, rows))
    count = figure.quantity.value
    matching = next((t for t in totals if t.quantity.value == count), None)
    if matching is not None or (totals and len(leaves) != count):
        total = matching or totals[0]
        column = table.header[total.place.column or 0]
        near = len(totals) == 1 and _is_near(int(count), int(total.quantity.value))
        yield QuantityTotal(POINTS, figure, total, column, table, near)
    elif figure.quantity.unit.name in words("counts", "row_classifiers"):
        last = Mention.words(Role.OPERAND, table.rows[leaves[-1].number][0].text, _place(table, leaves[-1]))
        numbered = _is_numbered(table, leaves)
        near = numbered and not table.damaged and _is_near(int(count), len(leaves))
        yield RowCount(POINTS, figure, len(leaves), table, last, near)


def _quantity_totals(reading: Reading, table: Table, rows: list[Row]) -> Iterator[Figure]:
    for row in rows:
        if row.kind is RowKind.TOTAL:
            for column, header in enumerate(table.header):
                total = reading.cell(table, row.number, column)
                if total is not None and has_any(header, "counts", "quantity_column"):
                    yield total


def _is_numbered(table: Table, leaves: list[Row]) -> bool:
    """Whether the rows carry running numbers, so that one row is one thing."""
    numbers = [table.rows[row.number][0].value for row in leaves]
    return numbers == [str(n) for n in range(1, len(leaves) + 1)]


def _is_near(stated: int, counted: int) -> bool:
    """Whether a count is off by as little as people miscount: two, or a tenth."""
    return abs(stated - counted) <= max(2, counted // 10)


def _place(table: Table, row: Row) -> Place:
    return Place(table.index, table.section, row.number, 0)
