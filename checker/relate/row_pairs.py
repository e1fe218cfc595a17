"""How far one row of a table lies from another that a sentence names: 双泉县满意度比城东区低 10.38 个百分点.

Both values stand in the table only, in a column that goes by words of the sentence. Several columns may be
meant: a gap is wrong where the one that is named does not give it, and it is a slip of the pen away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.document import Table
from checker.extract.cells import bare_header
from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.apart import gap_between
from checker.relate.known_columns import Cell, Column, known_columns
from checker.relate.slips import is_one_edit, near_miss
from checker.relation import ProseTotal
from checker.relation.growth import RateDifference
from checker.relation.trends import Comparison
from checker.verdict import Mention, Phrase, Role

IN_TABLE = Phrase("“{table}”中“{column}”一列的各行", "the rows of “{column}” in “{table}”")
_GAP = Pattern(
    r"(?:[比较](?:\p{Han}{0,4}(?P<most>最[高低多少大小快慢])的|首位的?|末位的?|第[一二三四五]位的?)?(?P<other>[\p{Han}A-Za-z\d\-]{2,16}?)(?P<way>[低高多少长短快慢大小])"
    r"|(?P<side>低于|高于|多于|少于|超出|超过)(?:最[高低多少大小]的)?(?P<behind>[\p{Han}A-Za-z\d\-]{2,16}?))"
    r"(?:了|出)?\s*(?P<gap>\d[\d,]*(?:\.\d+)?)"
)
_YEAR = Pattern(r"(?:19|20)\d\d年?度?")
_UP = ("高", "多", "长", "快", "大", "超")
_PLACE = Pattern(r"[县市区镇乡]$")
SHORTEST = 2


class _Column(Struct, frozen=True):
    """A column that may be meant, with the cells of both rows."""

    table: Table
    header: str
    one: Cell
    other: Cell
    cells: Column


def find_row_pairs(reading: Reading) -> Iterator[RateDifference | ProseTotal | Comparison]:
    """Every gap between two rows that a sentence names."""
    for passage in reading.prose:
        text = passage.text.value
        if passage.place.row is not None or not any(word in text for word in ("比", "较", "于", "超")):
            continue
        for match in _GAP.finditer(text):
            gap = passage.at(match.start("gap"))
            if gap is not None and not gap.quantity.is_open:
                yield from _judged(reading, passage, match, gap)


def _judged(
    reading: Reading, passage: Passage, match: Match, gap: Figure
) -> Iterator[RateDifference | ProseTotal | Comparison]:
    text = passage.text.value
    led = text[sentence_at(text, match.start()).start : match.start()]
    other = match["other"] or match["behind"]
    found = list(
        _columns(reading, led, other, gap, led + text[match.start() : match.start("most")] if match["most"] else led)
    )
    up = (match["way"] or match["side"]).startswith(_UP)
    claims = [_claim(column, gap, up=up) for column in found]
    holding = next((claim for claim in claims if claim is not None and claim.holds), None)
    if holding is not None:
        yield holding
    elif len(claims) == 1 and (odd := _not_the_most(passage, found[0], match, gap)) is not None:
        yield odd
    elif len(claims) == 1 and claims[0] is not None and _is_slip(found[0], gap):
        yield claims[0]


def _not_the_most(passage: Passage, column: _Column, match: Match, gap: Figure) -> Comparison | None:
    """比最低的 7 月高 4.10 个百分点, where another month is the lowest and lies so far away."""
    if match["most"] is None:
        return None
    up = match["most"][1] in "高多大快"
    rival = (max if up else min)(column.cells, key=lambda cell: cell.figure.quantity.based)
    apart = abs(rival.figure.quantity.based - column.one.figure.quantity.based) / gap.quantity.unit.scale
    if rival is column.other or apart != gap.quantity.value:
        return None
    because = IN_TABLE.filled(table=column.table.name, column=column.header)
    word = Mention(Role.STATED, passage.text, *match.span("most"), passage.place)
    names, sign = (column.other.name, rival.name), 1 if up else -1
    return Comparison(because, names, column.other.figure, rival.figure, word, match["most"], sign, or_equal=True)


def _columns(reading: Reading, led: str, other: str, gap: Figure, said: str) -> list[_Column]:
    """The columns that have both rows and go by words of the sentence, the longest names of them."""
    years = _YEAR.findall(led)
    found = []
    for table, column, cells in known_columns(reading).columns:
        header = _YEAR.sub("", bare_header(column)).strip()
        own = _named(cells, other)
        if own is None or len(header) < SHORTEST or header not in said or not _fits(own.figure, gap):
            continue
        its = _YEAR.findall(column)
        if years and its and its[-1][:4] != years[-1][:4]:
            continue
        subject = _subject(cells, led, own)
        if subject is not None:
            found.append(_Column(table, column, subject, own, cells))
    names = {_YEAR.sub("", bare_header(one.header)).strip() for one in found}
    last = max((said.rfind(name) + len(name) for name in names), default=0)
    meant = [name for name in names if said.rfind(name) + len(name) == last]
    longest = max(map(len, meant), default=0)
    return [
        one
        for one in found
        if len(_YEAR.sub("", bare_header(one.header)).strip()) == longest and _ends(one, said, last)
    ]


def _ends(one: _Column, led: str, last: int) -> bool:
    """Whether the name of a column is the last of the sentence that names one."""
    name = _YEAR.sub("", bare_header(one.header)).strip()
    return led.rfind(name) + len(name) == last


def _named(cells: Sequence[Cell], name: str) -> Cell | None:
    """The row of a name, with or without 县."""
    found = [cell for cell in cells if cell.name == name or _PLACE.sub("", cell.name) == name]
    return found[0] if len(found) == 1 else None


def _subject(cells: Sequence[Cell], led: str, other: Cell) -> Cell | None:
    """The row that the sentence names last before the comparison."""
    named = [(led.rfind(cell.name), cell) for cell in cells if len(cell.name) >= SHORTEST and cell.name in led]
    named = [(at, cell) for at, cell in named if not any(cell.name in c.name != cell.name for _, c in named)]
    last = max(named, key=lambda one: one[0], default=None)
    return last[1] if last and last[1] is not other else None


def _fits(cell: Figure, gap: Figure) -> bool:
    own, stated = cell.quantity.unit, gap.quantity.unit
    if stated.kind == "points":
        return own.kind == "rate" or own.base == ""
    return own.base == stated.base


def _claim(column: _Column, gap: Figure, *, up: bool) -> RateDifference | ProseTotal | None:
    because = IN_TABLE.filled(table=column.table.name, column=column.header)
    names = column.one.name, column.other.name
    one, other = column.one.figure, column.other.figure
    if gap.quantity.unit.kind == "points":
        return RateDifference(because, names, one, other, gap, 1 if up else -1)
    if (one.quantity.based > other.quantity.based) is not up:
        return None
    return gap_between(because, names, (one, other), gap, "相差")


def _is_slip(column: _Column, gap: Figure) -> bool:
    """Whether a gap is near the true one, or one slip of the pen away from it."""
    apart = abs(column.one.figure.quantity.based - column.other.figure.quantity.based) / gap.quantity.unit.scale
    return near_miss(gap.quantity.value, apart) or is_one_edit(gap.quantity.value, apart)
