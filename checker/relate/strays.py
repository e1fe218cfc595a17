"""A figure that stands once and is, but for a slip of the pen, one that stands elsewhere under the same words.

25,219.80 万元 as 合同总价 in the abstract, 25,291.80 万元 in every other place; 8,430.60 元 where the table has
8,430.60 万元. The two need not be one fact: what tells is that the digits of the one are those of the other with two
exchanged, or all the same in another unit, that the odd one stands nowhere else, and that no
computation of the report comes to it. Short numbers are too often each other's neighbours to tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from msgspec import Struct

from checker.extract.figures import Reading
from checker.extract.leads import Kind, period_in
from checker.extract.measures import measured
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any, words
from checker.relate.slips import digits_of
from checker.relation.facts import Restatement
from checker.verdict import Phrase

EXCHANGED = Phrase(
    "两数仅有两位数字互换，前后用语相同：“{shared}”", "only two digits changed places, both stand behind “{shared}”"
)
UNIT = Phrase(
    "两数数字相同而单位或小数点不同，前后用语相同：“{shared}”",
    "the same digits in another unit, both behind “{shared}”",
)
KINDS = frozenset({"money", "count", "measure", "rate", "score"})
STATED = frozenset({Kind.LEVEL, Kind.BASE, Kind.OPERAND})
LONG, SHORT, FEWEST = 5, 4, 3
"""Digits, zeros at the end left out, from which an exchange tells; where the words share more it needs ``FEWEST``.

A number that is written with fewer than ``SHORT`` digits is too often another one's neighbour.
"""
SHARED, LONG_SHARED = 2, 4
SCALES = (10, 10_000, 100_000_000)
"""Between 万 and 亿 and none, and the point moved by one."""
BEHIND = 6
_EACH = Pattern(r"平均|每(?!年|季|月|日)|[人户亩台辆车次件]均")
"""购置费平均每辆 16.58 万元 is not 购置费 165.80 万元."""
_WORDS = Pattern(r"\p{Han}{1,12}")
Key = tuple[str, Decimal]
Twin = tuple[Figure, str, Phrase]
"""The other figure, the words that both stand under, and what parts the two."""


class _Said(Struct, frozen=True):
    """A figure with the words that it stands under: those of its clause, or its row, column and caption.

    ``row`` names the row of a cell; ``states`` says that it is a figure of the prose that tells how things are.
    """

    figure: Figure
    words: str
    row: str = ""
    states: bool = False


def find_strays(reading: Reading) -> Iterator[Restatement]:
    """Every figure of the prose that stands once and is a slip away from one under the same words."""
    known: dict[Key, list[_Said]] = defaultdict(list)
    for said in (*_of_prose(reading), *_of_tables(reading)):
        known[_key(said.figure)].append(said)
    for said in (alone for alone, *others in known.values() if not others and alone.states):
        stray = next(_twins(said, known), None)
        if stray is not None:
            twin, shared, because = stray
            words_on = _WORDS.match(said.words, said.words.index(shared))
            label = words_on.group().rstrip("为仅达约共计") if words_on else shared
            yield Restatement(because.filled(shared=shared), label, said.figure, (twin,), by_place=True)


def _key(figure: Figure, value: Decimal | None = None) -> Key:
    """The figure's unit, what it is per left out, and a value in it: its own or another one."""
    quantity = figure.quantity
    based = quantity.based if value is None else value * quantity.unit.scale
    return quantity.unit.base.split("/")[0], based.normalize()


def _of_prose(reading: Reading) -> Iterator[_Said]:
    for page in measured(reading):
        for item in page.figures:
            figure, kind = item.figure, item.based_kind
            if kind in KINDS:
                behind = figure.text.value[figure.end : figure.end + BEHIND] if kind == "count" else ""
                states = item.kind in STATED and not figure.quantity.is_open
                yield _Said(figure, item.words + behind, states=states)


def _of_tables(reading: Reading) -> Iterator[_Said]:
    for table in reading.document.tables:
        for named, cell, figure in reading.named_figures(table):
            if figure.quantity.unit.kind in KINDS:
                yield _Said(figure, f"{named} {table.header[cell.column]} {table.name}", named)


def _twins(said: _Said, known: Mapping[Key, Sequence[_Said]]) -> Iterator[Twin]:
    figure, value = said.figure, said.figure.quantity.value
    digits = _telling(value)
    for other, apart in _exchanged(value):
        most = min(digits, _telling(other))
        least = SHARED if most >= LONG + (apart > 1) else LONG_SHARED
        if most >= FEWEST:
            yield from _under(said, known.get(_key(figure, other), ()), least, EXCHANGED)
    for scale in SCALES if digits >= SHORT else ():
        for other in (value * scale, value / scale):
            yield from _under(said, known.get(_key(figure, other), ()), SHARED, UNIT)


def _telling(value: Decimal) -> int:
    """The digits of a number without the zeros at its end: round ones are alike by chance."""
    return len(digits_of(value.normalize()))


def _under(said: _Said, twins: Sequence[_Said], least: int, because: Phrase) -> Iterator[Twin]:
    if len(twins) == 1 and not twins[0].row:
        return  # two sentences, each with its own number: nothing says which is odd
    for twin in twins:
        shared = _shared(said.words, twin.words)
        of_row = not twin.row or has_any(twin.row, "table", "total") or _shared(said.words, twin.row)
        if (
            len(shared) >= least
            and not _of_other_years(said, twin)
            and bool(_EACH.search(said.words)) is bool(_EACH.search(twin.words))
            and (of_row or said.figure.quantity.significant >= LONG)
        ):
            yield twin.figure, shared, because


def _of_other_years(one: _Said, other: _Said) -> bool:
    mine, others = period_in(one.words).year, period_in(other.words).year
    return mine is not None and others is not None and mine != others


def _exchanged(value: Decimal) -> Iterator[tuple[Decimal, int]]:
    """Every number that two digits of another make when they change places, and how far apart they stand."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or len(digits) < SHORT:
        return
    for first, second in combinations(range(len(digits)), 2):
        other = list(digits)
        other[first], other[second] = digits[second], digits[first]
        if digits[first] != digits[second] and other[0] and (second == first + 1 or len(digits) >= LONG):
            yield Decimal((sign, tuple(other), exponent)), second - first


def _shared(one: str, other: str) -> str:
    """The longest words that two texts have in common, "" where they say nothing of which figure is meant."""
    best = ""
    for start in range(len(one)):
        for end in range(start + max(SHARED, len(best) + 1), len(one) + 1):
            part = one[start:end]
            if part not in other or not part.isalpha():
                break
            best = best if part in words("strays", "generic") else part
    return best
