"""Figures in the paragraph that points to a table, against the table's rows and totals.

A count behind 共 in the pointing sentence counts the rows or is the total of a quantity column. A figure named
as a column is (编外聘用 16 人, column 编外聘用) is that column's total. All else may be another thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checker.document import Table
from checker.extract.cells import bare_header, stem_of
from checker.extract.clauses import innermost, sentence_at
from checker.extract.figures import Passage, Reading, paragraphs_before
from checker.extract.patterns import Pattern
from checker.figure import Figure, Place
from checker.phrases import has_any, words
from checker.relate.count_cues import ALL, CUE_REACH, follows_counted, part_behind, shares_name
from checker.relate.layout import Row, RowKind, body_rows
from checker.relate.slips import is_one_edit, is_slip, near_miss
from checker.relation import QuantityTotal, Relation, RowCount
from checker.verdict import Mention, Phrase, Role

POINTS = Phrase("该段指向这张表格", "the paragraph points to the table")
NAMED = Phrase("该段指向这张表格，数字与“{column}”列同名", "the paragraph points to the table and names “{column}”")
NUMBER = r"(?P<number>\d+(?:[-—－.]\d+)*)"
TABLE_NUMBER = Pattern(r"^\s*(?:续|附)?表\s*" + NUMBER)
REFERENCE = Pattern(r"(?<![一-鿿]代|报)(?:附)?表\s*" + NUMBER)
NOUN = Pattern(r"[^，,。；;：:（(]{1,12}")


DESCRIBED = 8
"""Characters of a cell that says more than a name or an amount."""


def find_table_counts(reading: Reading) -> Iterator[Relation]:
    """Every figure of a paragraph that the table it points to also states."""
    numbered = {m["number"]: t for t in reading.document.tables if (m := TABLE_NUMBER.match(t.name))}
    following = _following(reading)
    for passage in reading.prose:
        if passage.place.row is not None or not passage.figures:
            continue
        for table in _pointed(passage, numbered, following.get(passage.place.block)):
            yield from _figures(reading, passage, table)


def _following(reading: Reading) -> dict[int, Table]:
    """For the last paragraph before each table, the table."""
    out: dict[int, Table] = {}
    for table in reading.document.tables:
        introducing = next((p.index for p in paragraphs_before(reading.document, table)), None)
        if introducing is not None:
            out[introducing] = table
    return out


def _pointed(passage: Passage, numbered: Mapping[str, Table], following: Table | None) -> list[Table]:
    """The tables that a paragraph points to: by number, else the one right after it."""
    text = passage.text.value
    found = [numbered[m["number"]] for m in REFERENCE.finditer(text) if m["number"] in numbered]
    if (
        not found
        and following is not None
        and (has_any(text, "counts", "pointer") or text.rstrip().endswith(("：", ":")))
    ):
        found = [following]
    return list(dict.fromkeys(found))


def _figures(reading: Reading, passage: Passage, table: Table) -> Iterator[Relation]:
    rows = body_rows(reading, table)
    totals = {f.place.column or 0: f for f in _totals(reading, table, rows)}
    leaves = _listed(rows)
    for figure in passage.figures:
        if figure.quantity.is_open or figure.quantity.unit.kind not in {"count", "money", "measure"}:
            continue
        if _is_of_another_year(passage, figure, table):
            continue
        named = _named_column(passage, figure, table, totals)
        if named is not None:
            yield from _as_total(passage, figure, totals[named], table)
        elif figure.quantity.unit.kind == "count" and leaves and _counts_all(passage, figure, table):
            yield from _as_count(table, leaves, totals, figure, part_behind(passage, figure))
        elif figure.quantity.unit.kind == "count":
            yield from _as_grand_total(table, totals, figure)
        elif _counts_all(passage, figure, table):
            yield from _as_only_total(table, totals, figure)
        elif not passage.label(figure).endswith((*APART, *words("gap", "left"))):
            yield from _as_slipped_total(reading, table, totals, figure)


def _listed(rows: Sequence[Row]) -> list[Row]:
    """The rows that are things: where a total closes them, what stands below is told of them."""
    ends = [at for at, row in enumerate(rows) if row.kind is RowKind.TOTAL]
    above = [row for row in rows[: ends[0]] if row.kind is RowKind.LEAF] if len(ends) == 1 else []
    return above if len(above) > 1 else [row for row in rows if row.kind is RowKind.LEAF]


PERSONS, NEAR_WORDS = "人", 16
_PART = Pattern(r"其中[^，,。；;]*$|(?:按期|按合同\p{Han}{0,2}|按时|逾期|延期)\p{Han}{0,4}$")
APART = ("高", "低", "多", "少", "差", "增加", "减少", "提高", "下降", "超出")
"""Before a figure that says how far an amount lies from another one."""
YEAR = Pattern(r"20\d\d(?=\s*年)")


def _is_of_another_year(passage: Passage, figure: Figure, table: Table) -> bool:
    """Whether the sentence speaks of a year that the table's caption does not name."""
    text = passage.text.value
    span = sentence_at(text, figure.start)
    said = [m.group() for m in YEAR.finditer(text, span.start, figure.start)]
    captioned = {m.group() for m in YEAR.finditer(table.name)}
    return bool(said and captioned) and said[-1] not in captioned


def _totals(reading: Reading, table: Table, rows: Sequence[Row]) -> Iterator[Figure]:
    for row in rows:
        if row.kind is RowKind.TOTAL:
            cells = (reading.cell(table, row.number, column) for column in range(table.width))
            yield from (f for f in cells if f and f.quantity.value >= 0)  # a text writes -12 as 节余 12


def _named_column(passage: Passage, figure: Figure, table: Table, totals: Mapping[int, Figure]) -> int | None:
    """The column with a total whose name stands right before the figure; None when several do."""
    label = "".join(passage.label(figure).split())
    bare = {column: bare_header(table.header[column]) for column in totals}
    found = [c for c, name in bare.items() if len(name) > 1 and (label.endswith(name) or name + "问卷" == label)]
    stem = stem_of(label)
    if not found and stem != label:
        found = [c for c, name in bare.items() if len(stem_of(name)) > 1 and stem.endswith(stem_of(name))]
    same = [c for c in found if len(bare[c]) == max(len(bare[d]) for d in found)]
    return same[0] if len(same) == 1 else None


def _as_total(passage: Passage, figure: Figure, total: Figure, table: Table) -> Iterator[QuantityTotal]:
    """The column's total; a number that is far from it speaks of a part or of another thing."""
    column = table.header[total.place.column or 0]
    claim = QuantityTotal(NAMED.filled(column=column), figure, total, column, table, near=True)
    bases = {figure.quantity.unit.base, total.quantity.unit.base}
    counts = {figure.quantity.unit.kind, total.quantity.unit.kind} <= {"count", "plain"}
    if (
        _PART.search(passage.text.value[max(0, figure.start - NEAR_WORDS) : figure.start])
        or _ends_list(passage, figure)
        or (PERSONS in bases and len(bases - {""}) > 1)
    ):
        return  # 行政村 18 人 is no number of 行政村（个）
    if (len(bases) == 1 or counts) and (claim.agree or _is_meant(passage, figure, total, column)):
        yield claim


LONGEST_LABEL = 200


def _ends_list(passage: Passage, figure: Figure) -> bool:
    """甲类、乙类、丙类三类: how many names there are."""
    label = passage.label(figure)
    before = passage.text.value[max(0, figure.start - LONGEST_LABEL) : figure.start].removesuffix(label)
    listed = "、" in label or before.endswith(("、", "和", "及"))
    return bool(label) and listed and figure.raw[:1] in "一二两三四五六七八九十"


def _is_meant(passage: Passage, figure: Figure, total: Figure, column: str) -> bool:
    """Whether a figure that differs from a column's total plainly is that total: a slip, or the column's very name."""
    stated, meant = figure.quantity.based, total.quantity.based
    if figure.quantity.unit.kind == "money":
        return abs(stated - meant) * 100 <= abs(meant) or is_slip(stated, meant)
    text = passage.text.value
    span = sentence_at(text, figure.start)
    alone = innermost(text, span.start, span.end)[figure.start - span.start] == span
    label = "".join(passage.label(figure).split()).removeprefix("另有").removeprefix("现有").removeprefix("其中")
    same = alone and label == bare_header(column)
    return near_miss(stated, meant) or (same and stated < 2 * meant and meant < 2 * stated)


def _as_grand_total(table: Table, totals: Mapping[int, Figure], figure: Figure) -> Iterator[QuantityTotal]:
    """A count of three digits or more that is the grand total of a table of years or places, or one slip from it."""
    grand = [f for c, f in totals.items() if _is_grand(table.header[c])]
    if len(grand) == 1:
        stated, meant = figure.quantity.value, grand[0].quantity.value
        if stated >= LEAST_TELLING and (stated == meant or is_one_edit(stated, meant)):
            column = table.header[grand[0].place.column or 0]
            yield QuantityTotal(POINTS, figure, grand[0], column, table, near=True)


def _as_only_total(table: Table, totals: Mapping[int, Figure], figure: Figure) -> Iterator[QuantityTotal]:
    """共拨付 36.5 万元 over a table with one total in money: that total, or nearly that."""
    alike = [(c, f) for c, f in totals.items() if f.quantity.unit.base == figure.quantity.unit.base]
    if len(alike) == 1:
        column, total = alike[0]
        claim = QuantityTotal(POINTS, figure, total, table.header[column], table, near=True)
        stated, meant = figure.quantity.based, total.quantity.based
        if (
            claim.agree
            or abs(stated - meant) * 100 <= abs(meant)
            or is_slip(stated, meant)
            or is_one_edit(stated, meant)
        ):
            yield claim


def _as_slipped_total(
    reading: Reading, table: Table, totals: Mapping[int, Figure], figure: Figure
) -> Iterator[QuantityTotal]:
    """An amount that the one total of its value states too, or that is a slip away from one and in no cell."""
    alike = [f for f in totals.values() if f.quantity.unit.base == figure.quantity.unit.base]
    same = [f for f in alike if f.quantity.based == figure.quantity.based]
    cells = (f for (block, _, _), f in reading.cells.items() if block == table.index)
    slipped = [f for f in alike if is_slip(figure.quantity.based, f.quantity.based)]
    if len(same) != 1 and (len(slipped) != 1 or any(f.quantity.based == figure.quantity.based for f in cells)):
        return
    total = (same or slipped)[0]
    yield QuantityTotal(POINTS, figure, total, table.header[total.place.column or 0], table, near=True)


LEAST_TELLING = 100


def _is_grand(header: str) -> bool:
    return header.startswith(words("table", "total")) and has_any(header, "counts", "quantity_column")


def _counts_all(passage: Passage, figure: Figure, table: Table) -> bool:
    """Whether 共 stands before a count, in the pointing sentence or in one about what the caption names."""
    text = passage.text.value
    span = sentence_at(text, figure.start)
    start = max(span.start, figure.start - CUE_REACH)
    if not ALL.search(text[start : figure.start]) and not follows_counted(passage, figure):
        return False
    pointing = (
        has_any(text[span.start : span.end], "counts", "pointer") or text[span.start : span.end].rstrip()[-1:] in "：:"
    )
    return pointing or shares_name(text[span.start : figure.start], table.name)


def _as_count(
    table: Table, leaves: Sequence[Row], totals: Mapping[int, Figure], figure: Figure, part: Figure | None
) -> Iterator[Relation]:
    count = figure.quantity.value
    counted = _things(table, leaves)
    if not _is_described(table, leaves) and _are_other_things(leaves, figure):
        return
    if count not in counted and part is not None and part.quantity.value in counted:
        return  # 共 16 项，其中 14 项有目标值（详见表10）
    quantities = [f for c, f in totals.items() if has_any(table.header[c], "counts", "quantity_column")]
    matching = next((f for f in quantities if f.quantity.value == count), None)
    nearest = min(counted, key=lambda number: abs(number - count))
    by_rows = nearest == count or _is_near(int(count), nearest)
    if matching is None and by_rows and figure.quantity.unit.name not in words("counts", "not_rows"):
        last = Mention.words(Role.OPERAND, table.rows[leaves[-1].number][0].text, _place(table, leaves[-1]))
        alone = sum(1 for number in counted if _is_near(int(count), number)) <= 1
        near = not table.damaged and alone and (_is_numbered(table, leaves) or not quantities)
        yield RowCount(POINTS, figure, nearest, table, last, near)
    elif matching is not None or len(quantities) == 1:
        total = matching or quantities[0]
        near = near_miss(count, total.quantity.value) or _is_near(int(count), int(total.quantity.value))
        yield QuantityTotal(POINTS, figure, total, table.header[total.place.column or 0], table, near)
    elif not quantities:
        last = Mention.words(Role.OPERAND, table.rows[leaves[-1].number][0].text, _place(table, leaves[-1]))
        yield RowCount(POINTS, figure, len(leaves), table, last, near=False)


def _are_other_things(leaves: Sequence[Row], figure: Figure) -> bool:
    """Whether the rows are places and what is counted is none: 7个方面的问题, and a table of counties."""
    ends = {row.label[-1:] for row in leaves}
    said = NOUN.match(figure.text.value, figure.end - 1)
    return ends <= set("县市区镇乡村") and said is not None and not any(end in said.group() for end in ends)


def _things(table: Table, leaves: Sequence[Row]) -> set[int]:
    """How many things the rows may list: one a row, or one a name in either of the first columns (merged cells)."""
    filled = [sum(1 for row in leaves if table.rows[row.number][column].value) for column in range(min(2, table.width))]
    return {len(leaves), *(number for number in filled if number > 1)}


def _is_numbered(table: Table, leaves: Sequence[Row]) -> bool:
    """Whether the rows carry running numbers, so that one row is one thing."""
    numbers = [table.rows[row.number][0].value for row in leaves]
    return numbers == [str(n) for n in range(1, len(leaves) + 1)]


def _is_described(table: Table, leaves: Sequence[Row]) -> bool:
    """Whether the rows carry running numbers and say something of each besides its name: what lacks in which county."""
    words = [sum(1 for cell in table.rows[row.number] if len(cell.value) >= DESCRIBED) for row in leaves]
    return _is_numbered(table, leaves) and 2 * sum(1 for count in words if count) > len(leaves)


def _is_near(stated: int, counted: int) -> bool:
    """Whether a count is off by as little as people miscount: two, or a tenth."""
    return abs(stated - counted) <= max(2, counted // 10)


def _place(table: Table, row: Row) -> Place:
    return Place(table.index, table.section, row.number, 0)
