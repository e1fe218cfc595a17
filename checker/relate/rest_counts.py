"""How many are left of those that a table or the sentence has: 达到 98 % 的有甲、乙、丙 3 个市，其余 8 个市均未达到.

The whole is a count of the sentence (10 项中…) or the rows of a table whose names the sentence lists.
Several wholes may be meant; a rest is wrong where none of them gives it, and the one that is stated
beside a single count, or a table of things of just that kind, misses it by little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from checker.document import Table
from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.known_columns import known_columns
from checker.relation import ProseTotal
from checker.relation.counts import ListedCount
from checker.verdict import Phrase

REST = Phrase("“其余”为全部中除去前面所列的", "“the others” are all but those before")
OF_TABLE = Phrase("“{table}”的各行", "the rows of “{table}”")
BESIDE = Phrase("“{table}”中除{names}外的各行", "the rows of “{table}” beside {names}")
NEAR, FEWEST = 2, 3
_REST = Pattern(r"(?:^|[，,；;。])\s*(?:而|但|且)?(?:其余|其他|余下|剩余|剩下)的?\s*$")
_OF = Pattern(r"\s*\p{Han}{0,8}(?:[（(][^（()）]{0,12}[）)])?[中里内][，,]?")
_NOUN = Pattern(
    r"\s*(?P<noun>乡镇|镇街|县区|区县|市州|县市|乡|镇|街道|村|社区|(?<!小)区|县|市|标段|项目|指标|单位|学校|企业|小区|机构|部门|站点|中心)"
)
_PLACES = Pattern(r"[县市区镇乡村]")
UNITS = frozenset({"个", "项", "家", "所", "座", "户", "条", "处", "名", "人"})
SHORTEST = 2


class _Names(Struct, frozen=True):
    """A table with the names of its rows."""

    table: Table
    names: tuple[str, ...]


class _OfTable(Struct, frozen=True):
    """What a table leaves beside the rows that are named, and how many rows it has."""

    claim: ListedCount
    whole: int


def find_rest_counts(reading: Reading) -> Iterator[ProseTotal | ListedCount]:
    """Every count of the others of a whole."""
    for passage in reading.prose:
        text = passage.text.value
        if passage.place.row is not None or not any(word in text for word in ("其余", "其他", "余下", "剩余", "剩下")):
            continue
        for rest in passage.figures:
            if rest.quantity.unit.kind == "count" and not rest.quantity.is_open and rest.quantity.value > 0:
                span = sentence_at(text, rest.start)
                if _REST.search(text, span.start, rest.start):
                    yield from _judged(reading, passage, rest, span.start)


def _judged(reading: Reading, passage: Passage, rest: Figure, start: int) -> Iterator[ProseTotal | ListedCount]:
    text = passage.text.value
    unit = rest.quantity.unit.base
    before = [
        one for one in passage.within(start, rest.start) if one.quantity.unit.base == unit and not one.quantity.is_open
    ]
    before = [one for one in before if one.quantity.value != 0]
    counted = _by_figures(passage, before, rest)
    listed = list(_by_names(reading, text[start : rest.start], rest))
    holding: list[ProseTotal | ListedCount] = [one for one in counted if one.holds]
    holding += (one.claim for one in listed if one.claim.agree)
    if holding:
        yield holding[0]
        return
    if _fits_somehow(before, listed, rest):
        return
    parted = any(mark in text[start : rest.start] for mark in "；;")
    if len(before) == len("ab") and counted and not parted and _OF.match(text, before[0].end):
        yield counted[0]
    elif len(before) == 1 and not _OF.match(text, before[0].end):  # 甲、乙、丙 3 个市，其余 8 个市
        listed = [one for one in listed if one.whole - one.claim.least == before[0].quantity.value]
        yield from (one.claim for one in listed[:1] if _is_of_kind(reading, passage, one, rest))


def _by_figures(passage: Passage, before: Sequence[Figure], rest: Figure) -> list[ProseTotal]:
    """The first count as the whole, the others before the rest as what is set apart."""
    found = []
    for at, whole in enumerate(before[:-1]):
        parts = (*before[at + 1 :], rest)
        of = _OF.match(passage.text.value, whole.end)
        label = passage.label(whole) or (of.group().rstrip("中里内，, ") if of else "")
        found.append(ProseTotal(REST, whole, (parts,), label))
        if len(parts) > len("ab"):
            found.append(ProseTotal(REST, whole, ((before[-1], rest),), label))
    return found


def _fits_somehow(before: Sequence[Figure], listed: Sequence[_OfTable], rest: Figure) -> bool:
    """Whether the rest is what a count leaves of a table's rows, or of another count."""
    values = [one.quantity.value for one in before]
    wholes = [*values, *(Decimal(one.whole) for one in listed)]
    together = sum(values, start=Decimal(0))
    return any(whole - part == rest.quantity.value for whole in wholes for part in (*values, together))


def _by_names(reading: Reading, said: str, rest: Figure) -> Iterator[_OfTable]:
    """By each table some of whose rows the sentence names before the rest."""
    for known in _names(reading):
        named = [name for name in known.names if name in said or _short(name) in said]
        named = [one for one in named if not any(one in other != one for other in named)]
        left = len(known.names) - len(named)
        if named and left > 0:
            shown = "、".join(named[:FEWEST]) + ("等" if len(named) > FEWEST else "")
            what = BESIDE.filled(table=known.table.name, names=shown)
            claim = ListedCount(OF_TABLE.filled(table=known.table.name), rest, left, left, what, ())
            yield _OfTable(claim, len(known.names))


def _short(name: str) -> str:
    """东湖 of 东湖区, as lists write it; the name itself where it is too short for that."""
    return name[:-1] if len(name) > SHORTEST and _PLACES.match(name[-1]) else name


@lru_cache(maxsize=2)
def _names(reading: Reading) -> tuple[_Names, ...]:
    """The names of the rows of every table, once for each."""
    found: dict[int, _Names] = {}
    for table, _, column in known_columns(reading).columns:
        names = tuple(dict.fromkeys(cell.name for cell in column))
        if len(names) >= FEWEST and len(names) > len(found[table.index].names if table.index in found else ()):
            found[table.index] = _Names(table, names)
    return tuple(found.values())


def _is_of_kind(reading: Reading, passage: Passage, of: _OfTable, rest: Figure) -> bool:
    """Whether the text counts the table's rows as what is counted, and the rest misses what they leave by little."""
    match = _NOUN.match(passage.text.value, rest.end)
    if match is None or abs(of.claim.least - int(rest.quantity.value)) > NEAR:
        return False
    named = of.whole - of.claim.least
    stated = _stated(reading, match["noun"][-1])
    return of.whole in stated and int(rest.quantity.value) + named not in stated


@lru_cache(maxsize=32)
def _stated(reading: Reading, kind: str) -> frozenset[int]:
    """How many of a kind of places the prose says that there are, anywhere."""
    found = set()
    for passage in reading.prose:
        for one in passage.figures:
            if one.quantity.unit.kind == "count" and one.quantity.value == int(one.quantity.value):
                noun = _NOUN.match(passage.text.value, one.end)
                if noun is not None and noun["noun"][-1] == kind:
                    found.add(int(one.quantity.value))
    return frozenset(found)
