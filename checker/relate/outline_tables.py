"""References to a table by its number, beside what the sentence says the table holds.

价款支付情况见表 6: a caption has these words, or a table the figures of the sentence. Where that is another
table, and the one of this number has none of them, the number is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from checker.document import Table
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Place
from checker.relate.spots import plain
from checker.relation.outline import NextCaption
from checker.verdict import Mention, Phrase, Role

BY_WORDS = Phrase("表题中有“{words}”", "the caption has “{words}”")
BY_VALUES = Phrase("句中各数在该表中", "the table has the figures of the sentence")
FEWEST = 3
"""With fewer numbered tables there is none to mix up."""
TELLING, SHARED = 3, 2
"""Significant digits of a figure that says where it comes from; so many of them that another table has."""
CORE, PAIR = 4, 2
_CAPTION = Pattern(r"\s*(?P<kind>附?表)\s*(?P<number>\d{1,2}(?:[-－—.．]\d{1,2})?)(?![\d.．%-])")
_REFERENCE = Pattern(
    r"(?P<cue>见|如)(?P<written>\s*(?P<kind>附?表)\s*(?P<number>\d{1,2}(?:[-－—.．]\d{1,2})?))(?![\d.．-]|[至到、和及与]|的?第)"
)
_MARKS = Pattern(r"[。；;！？]")
_PHRASE = Pattern(
    r"(?P<said>\p{Han}{2,16}?)(?:情况|结果|明细|构成|对比|数据|对照|清单)*(?:分别|具体|详|可|参|均|也|已|列)*$"
)


class _Numbered(Struct, frozen=True):
    """A table with its number, its name and the telling figures of its cells."""

    written: str
    name: str
    mention: Mention
    values: frozenset[Decimal]


def find_told_tables(reading: Reading) -> Iterator[NextCaption]:
    """Every reference to a numbered table whose sentence says what the table holds."""
    tables = dict(_tables(reading))
    if len(tables) < FEWEST:
        return
    for passage in reading.prose:
        text = passage.text.value
        found = [m for m in _REFERENCE.finditer(text) if plain(m["written"]) in tables] if "表" in text else []
        for before, match in zip([None, *found], found, strict=False):
            start = max(before.end() if before else 0, *(m.end() for m in _MARKS.finditer(text, 0, match.start())), 0)
            meant = _by_words(text[start : match.start()], tables, plain(match["written"]))
            meant = meant or _by_values(passage, start, match.start(), tables, plain(match["written"]))
            if meant is not None:
                because, key = meant
                written = plain(match["written"])
                yield NextCaption(because, _place(passage, match), tables[key].mention, written, key)


def _place(passage: Passage, match: Match) -> Mention:
    return Mention(Role.STATED, passage.text, *match.span("written"), passage.place)


def _tables(reading: Reading) -> Iterator[tuple[str, _Numbered]]:
    for table in reading.document.tables:
        match = _CAPTION.match(table.caption.value) if table.caption else None
        if match is not None and table.caption is not None:
            written = plain(match.group())
            name = plain(table.caption.value)[len(written) :]
            mention = Mention.words(Role.OPERAND, table.caption, Place(table.index, table.section))
            yield written, _Numbered(written, name, mention, _values(reading, table))


def _values(reading: Reading, table: Table) -> frozenset[Decimal]:
    cells = (reading.cell(table, cell.row, cell.column) for row in table.body for cell in row if not cell.covered)
    return frozenset(abs(f.quantity.value) for f in cells if f is not None and f.quantity.significant >= TELLING)


Meant = tuple[Phrase, str] | None


def _by_words(said: str, tables: dict[str, _Numbered], own: str) -> Meant:
    """The one table whose caption has the words right before the reference."""
    match = _PHRASE.search(plain(said))
    core = match["said"].lstrip("各具体其中的以及和与") if match else ""
    if len(core) < CORE:
        return None
    if core in tables[own].name:
        return BY_WORDS.filled(words=core), own
    shares = any(core[at : at + PAIR] in tables[own].name for at in range(len(core) - PAIR + 1))
    having = [key for key, table in tables.items() if core in table.name]
    return (BY_WORDS.filled(words=core), having[0]) if len(having) == 1 and not shares else None


def _by_values(passage: Passage, start: int, end: int, tables: dict[str, _Numbered], own: str) -> Meant:
    """The one table that has the figures before the reference, where its own has none of them."""
    figures = passage.within(start, end)
    values = {abs(f.quantity.value) for f in figures if f.quantity.significant >= TELLING and not f.quantity.is_open}
    if len(values) < SHARED:
        return None
    if values & tables[own].values:
        return BY_VALUES, own
    having: Sequence[str] = [key for key, table in tables.items() if len(values & table.values) >= SHARED]
    return (BY_VALUES, having[0]) if len(having) == 1 else None
