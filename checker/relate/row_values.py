"""Whose value it is: 石桥区获得资金 5,610 万元, where the table gives 5,610 to 高新区 and another amount to 石桥区.

A value of a table that only one row has says by itself whose it is. The sentence must name a row of the
same column, and only that one, right before the value, and speak of what the column is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from checker.document import Table
from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import words
from checker.relate.known_columns import Cell, Column, Columns, known_columns, value_key
from checker.relation.facts import OwnedValue, agree
from checker.verdict import Phrase

IN_TABLE = Phrase("“{table}”中“{column}”一列的各行", "the rows of “{column}” in “{table}”")
TELLING, RANKED = 4, 3
"""Digits of a value that says whose it is; where it is called the first or the last fewer do."""
UNITS = frozenset({"万元", "亿元", "单位", "金额", "情况"})
SHORTEST, REACH = 2, 24
"""Characters of a row's name, and between it and its value."""
BEFORE = ("比", "占", "较", "与", "和", "及", "、", "同", "除", "高于", "低于")
AMOUNTS = frozenset({"money", "count", "measure", "rate", "score"})


class _Place(Struct, frozen=True):
    """A column with its table."""

    table: Table
    column: str
    cells: Column


def find_row_values(reading: Reading) -> Iterator[OwnedValue]:
    """Every value of the prose that stands behind the name of a row, and that one row of a table has."""
    for passage in reading.prose:
        if passage.place.row is not None:
            continue
        for figure in passage.figures:
            quantity = figure.quantity
            if quantity.is_open or quantity.digits < RANKED or quantity.unit.kind not in AMOUNTS:
                continue
            claim = _owned(known_columns(reading), passage, figure)
            if claim is not None:
                yield claim


def _owned(known: Columns, passage: Passage, figure: Figure) -> OwnedValue | None:
    places = [_Place(*known.columns[at]) for at in known.having.get(value_key(figure), ())]
    claims = [claim for place in places if (claim := _in_column(place, passage, figure)) is not None]
    borne_out = next((claim for claim in claims if claim.holds), None)
    if borne_out is not None:
        return borne_out
    if any(abs(claim.cell.quantity.based) == figure.quantity.based for claim in claims):
        return None  # 调减 6 万元 is -6 in the table
    if not claims or len(claims) * 2 < len(places):
        return None
    name = claims[0].name
    everywhere = [cell for _, _, cells in known.columns for cell in cells if cell.name == name]
    return None if any(agree(cell.figure.quantity, figure.quantity) for cell in everywhere) else claims[0]


def _in_column(place: _Place, passage: Passage, figure: Figure) -> OwnedValue | None:
    """What a column says of the value; None where it does not tell, or the sentence names the owner too."""
    text = passage.text.value
    span = sentence_at(text, figure.start)
    said, sentence = text[span.start : figure.start], text[span.start : span.end]
    key = value_key(figure)
    owners = [cell for cell in place.cells if value_key(cell.figure) == key]
    named = _nearest(place.cells, said)
    header = place.column + place.table.name
    ranked = any(word in sentence for word in words("rows", "ranked"))
    if len(owners) != 1 or named is None or _is_share(said) or _is_of_other_clause(said, named):
        return None
    if said.rstrip().endswith(_LACKS) or (said.rstrip().endswith(_LOST) and not any(w in header for w in _LOST)):
        return None  # 缺口最大的是龙陂镇，少 160 亩; 架空期达标率扣 1.60 分 is no score
    owner = owners[0]
    if not all(_is_named_beside(place.table, cell) for cell in (owner, named)):
        return None
    bases = {figure.quantity.unit.base, owner.figure.quantity.unit.base} - {""}
    related = named is not owner and _are_related(owner, named, sentence)
    beside = said.rstrip().endswith((f"{named.name}（", f"{named.name}("))
    telling = RANKED if beside else TELLING
    tells = ranked or (figure.quantity.significant >= telling and _is_about(header, sentence))
    if len(bases) > 1 or related or not tells:
        return None
    because = IN_TABLE.filled(table=place.table.name, column=place.column)
    return OwnedValue(because, figure, named.name, named.figure, owner.name, owner.figure)


_CODE = Pattern(r"[A-Z]{1,4}-?\d{1,3}(?:-\d{1,3})?")
"""What a section of works is called: GW23-2, SG-01."""
_LACKS = ("，少", ",少", "，多", ",多", "，缺", ",缺", "，差", ",差")
"""Before an amount that lies between two others."""
_LOST = ("扣", "扣减", "失", "扣分", "失分")
"""Before points that are taken off."""


def _is_share(said: str) -> bool:
    """Whether a value is a share of something: 结余 3080 万元，占当年收入的 16.48 %."""
    return "占" in said[max(said.rfind(mark) for mark in "，,；;：:、") + 1 :]


def _is_of_other_clause(said: str, named: Cell) -> bool:
    """Whether another number stands between the name and the value, with a mark behind it: 甲 5 万元、乙 6 万元."""
    between = said[said.rfind(named.name) + len(named.name) :]
    return any(char.isdigit() for char in between) and ("，" in between or "、" in between)


def _are_related(owner: Cell, named: Cell, sentence: str) -> bool:
    """Whether a sentence names the owner too, or one name is part of the other."""
    return owner.name in sentence or owner.name in named.name or named.name in owner.name


def _is_named_beside(table: Table, cell: Cell) -> bool:
    """Whether the words nearest to a figure in its row are the row's name: not those of the other half of a table."""
    row, column = table.rows[cell.figure.place.row or 0], cell.figure.place.column or 0
    words_before = [
        one.value
        for one in row[:column]
        if any("一" <= char <= "鿿" for char in one.value) or _CODE.fullmatch(one.value.strip())
    ]
    return bool(words_before) and cell.name in "".join(words_before[-1].split())


def _is_about(header: str, sentence: str) -> bool:
    """Whether a sentence has two characters in a row of a column's name, or of its table's."""
    pairs = (header[at : at + 2] for at in range(len(header) - 1))
    return any(pair.isalpha() and pair not in UNITS and pair in sentence for pair in pairs)


def _nearest(cells: Column, said: str) -> Cell | None:
    """The one row named shortly before the end of some words, no other behind it, and not as one compared with."""
    cells = tuple(cell for cell in cells if cell.name.isalpha() or _CODE.fullmatch(cell.name))  # 2021年 is in any range
    found = [(said.rfind(cell.name) + len(cell.name), cell) for cell in cells if cell.name in said]
    ends = max((end for end, cell in found if len(cell.name) >= SHORTEST), default=0)
    last = max((cell for end, cell in found if end == ends), key=lambda cell: len(cell.name), default=None)
    if last is None or len(said) - ends > REACH or any(mark in said[ends:] for mark in "；;。"):
        return None
    lead = said[: ends - len(last.name)]
    twice = sum(cell.name == last.name for _, cell in found) > 1
    return None if lead.endswith(BEFORE) or twice else last
