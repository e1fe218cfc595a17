"""Who is highest or lowest where the sentence gives no value: 得分率最高的是决策类，最低的是管理类; 甲最高，乙最低.

The values stand in a column of that name. A name is wrong where it is not the largest of any column that
may be meant, and the sentence names another extreme of the one column rightly. How far the two lie apart
(相差 8.30 个百分点) is then recomputed from their cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.document import Table
from checker.extract.cells import bare_header
from checker.extract.clauses import Span, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.apart import gap_between
from checker.relate.known_columns import Cell, Column, known_columns, known_groups
from checker.relation import ProseTotal
from checker.relation.growth import RateDifference
from checker.relation.trends import Comparison
from checker.verdict import Mention, Phrase, Role

IN_TABLE = Phrase("“{table}”中“{column}”一列的各行", "the rows of “{column}” in “{table}”")
FEWEST, SHORTEST = 3, 2
_WAY = r"(?P<word>最(?P<way>[高低多少大小长短快慢]))"
_UP = "高多大长快"
_AHEAD = Pattern(
    rf"(?:^|[，,；;：:])(?P<led>[^，,。；;：:（()\d]{{0,24}}?){_WAY}的\p{{Han}}{{0,6}}?(?:是|为)"
    r"(?P<name>[^，,。；;：（()、\d和与及]{2,24}?)(?:一项|方面)?(?=[，,。；;])"
)
_BEHIND = Pattern(rf"(?:^|[，,；;：:])(?P<led>[^，,。；;：:（()\d]{{2,30}}?){_WAY}(?=[，,。；;])")
_VALUED = Pattern(r"[，,；;](?!\p{Han}{0,4}(?:相差|差距|差))[^，,。；;\d]{0,8}\d")
"""The value stands behind the name: ``extremes`` tells of it."""
_BY = Pattern(r"(?P<measure>\p{Han}{2,16}?)[以由](?P<name>[^以由]{2,16}?)为?")
_LINK = Pattern(r"^(?:其中|而|但|且|并且|同时)+")
_APART = Pattern(r"[，,](?:两者|二者|两类|首尾)?(?:之间)?(?:相差|差距为?|差)\s*$")
_KIND = Pattern(r"(?:类|部分|方面|维度)?(?:指标)?$")


class _Said(Struct, frozen=True):
    """An extreme without a value: the words for it, the text with its measure, the name where it stands behind."""

    word: Mention
    up: bool
    led: str
    name: str
    before: str = ""
    """The sentence up to the words, which may name the measure earlier."""


class _Found(Struct, frozen=True):
    """An extreme with the column that is meant and the cell of the name."""

    said: _Said
    table: Table
    header: str
    column: Column
    cell: Cell

    @property
    def rival(self) -> Cell:
        """The largest, or smallest, of the other cells."""
        rest = [cell for cell in self.column if cell is not self.cell]
        return (max if self.said.up else min)(rest, key=lambda cell: cell.figure.quantity.based)

    @property
    def holds(self) -> bool:
        """Whether no other cell lies beyond that of the name."""
        own, other = self.cell.figure.quantity.based, self.rival.figure.quantity.based
        return own >= other if self.said.up else own <= other


def find_bare_extremes(reading: Reading) -> Iterator[Comparison | RateDifference | ProseTotal]:
    """Every highest and lowest whose value only a table gives, and how far the two are said to lie apart."""
    for passage in reading.prose:
        if "最" not in passage.text.value or passage.place.row is not None:
            continue
        for span in sentences(passage.text.value):
            told = list(_said(passage, span))
            if told:
                yield from _judged(reading, passage, span, told)


def _said(passage: Passage, span: Span) -> Iterator[_Said]:
    text = passage.text.value[span.start : span.end]
    found = [(match, match["name"]) for match in _AHEAD.finditer(text)]
    found += [(match, "") for match in _BEHIND.finditer(text)]
    for match, name in sorted(found, key=lambda one: one[0].start("word")):
        if _VALUED.match(text, match.end()):
            continue
        start, end = (span.start + at for at in match.span("word"))
        word = Mention(Role.STATED, passage.text, start, end, passage.place)
        led, before = _LINK.sub("", match["led"].strip()), text[: match.start("word")]
        by = _BY.fullmatch(led) if not name else None  # 得分率以履职效果最高
        led, name = (by["measure"], by["name"]) if by else (led, name)
        yield _Said(word, match["way"] in _UP, led, _KIND.sub("", name.strip("“” ")), before)


def _judged(
    reading: Reading, passage: Passage, span: Span, told: Sequence[_Said]
) -> Iterator[Comparison | RateDifference | ProseTotal]:
    """By the column that bears out most of what a sentence says of the highest and the lowest."""
    best: list[_Found] = []
    columns = 0
    for table, header, column in (*known_columns(reading).columns, *known_groups(reading).columns):
        found = _in_column(table, header, column, told)
        columns += len(found) == len(told)
        if (sum(one.holds for one in found), len(found)) > (sum(one.holds for one in best), len(best)):
            best = found
    right = sum(one.holds for one in best)
    alone = columns == 1 and best and best[0].table.section == passage.place.section
    if (not right and not alone) or len(best) - right > 1:
        return
    for one in best:
        rival = one.rival
        because = IN_TABLE.filled(table=one.table.name, column=one.header)
        names = (one.cell.name, rival.name)
        sign = 1 if one.said.up else -1
        yield Comparison(
            because, names, one.cell.figure, rival.figure, one.said.word, one.said.word.said, sign, or_equal=True
        )
    if len(best) == len("ab") == right and best[0].said.up is not best[1].said.up:
        yield from _apart(passage, span, best)


def _in_column(table: Table, header: str, column: Column, told: Sequence[_Said]) -> list[_Found]:
    """The extremes that a column may tell: the first names it, those behind go on."""
    bare = bare_header(header)
    if len(bare) < SHORTEST or len(column) < FEWEST:
        return []
    found: list[_Found] = []
    for one in told:
        names = one.led.removesuffix("的").endswith(bare)
        if not names and not ((found or bare in one.before) and _goes_on(one)):
            continue
        cell = _cell(column, one, bare)
        if cell is not None:
            found.append(_Found(one, table, bare, column, cell))
        elif names:
            return []
    return found


def _goes_on(one: _Said) -> bool:
    """Whether the words name no measure of their own, so that it is that of the one before."""
    return not one.led if one.name else True


def _cell(column: Column, one: _Said, header: str) -> Cell | None:
    """The row of the name, which stands behind the words or before the measure."""
    if one.name:
        own = [cell for cell in column if one.name in {cell.name, _KIND.sub("", cell.name)}]
    else:
        led = one.led.removesuffix("的")
        before = _KIND.sub("", led.removesuffix(header).removesuffix("的").strip("“” "))
        if not led.endswith(header):  # the name alone, and the measure of the one before
            return next((cell for cell in column if before == _KIND.sub("", cell.name)), None)
        own = [cell for cell in column if len(cell.name) >= SHORTEST and before.endswith(_KIND.sub("", cell.name))]
        longest = max((len(cell.name) for cell in own), default=0)
        own = [cell for cell in own if len(cell.name) == longest]
    return own[0] if len(own) == 1 else None


def _apart(passage: Passage, span: Span, ends: Sequence[_Found]) -> Iterator[RateDifference | ProseTotal]:
    """The number behind 相差, of the cells of the highest and the lowest."""
    last = max(one.said.word.end for one in ends)
    gap = next((one for one in passage.within(last, span.end) if not one.quantity.is_open), None)
    if gap is None or not _APART.search(passage.text.value, last, gap.start) or gap.start - last > REACH:
        return
    high, low = (one.cell for one in sorted(ends, key=lambda one: one.cell.figure.quantity.based, reverse=True))
    because = IN_TABLE.filled(table=ends[0].table.name, column=ends[0].header)
    if gap.quantity.unit.kind == "points":
        yield RateDifference(because, (high.name, low.name), high.figure, low.figure, gap, 1)
    elif _are_alike(high.figure, gap):
        yield gap_between(because, (high.name, low.name), (high.figure, low.figure), gap, "相差")


def _are_alike(cell: Figure, gap: Figure) -> bool:
    return cell.quantity.unit.base == gap.quantity.unit.base


REACH = 40
