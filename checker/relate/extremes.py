"""Who is highest and who is lowest: 执行率最高的是沙河区（98.10%），最低的是桐岭县（81.96%），相差 16.14 个百分点.

The value beside 最高 is looked for in the tables. Where it is the largest of its column, in one row
only, and the sentence names another row of that column, the name is wrong; where it is in no row and
the named row has the largest value, one slip away, one of the two is. What lies between the two
values is recomputed from the sentence alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.document import Table
from checker.extract.chinese import chinese_number
from checker.extract.clauses import sentence_at, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.extreme_gaps import REACH, gap_of_extremes, gap_of_list
from checker.relate.known_columns import (
    Cell,
    Column,
    Columns,
    known_columns,
    known_groups,
    known_rows,
    value_key,
)
from checker.relate.slips import is_one_edit
from checker.relation import Relation
from checker.relation.facts import Extreme, agree
from checker.verdict import Phrase

IN_TABLE = Phrase("“{table}”中“{column}”一列的各行", "the rows of “{column}” in “{table}”")

TELLING = 3
"""Digits of a value that says which row is meant."""
LONGEST_CLAUSE = 200
"""Characters before a superlative, or in the bracket behind its value, in which a name is looked for."""
SHORTEST = 2
RATES = ("率", "增长", "增幅", "降幅", "占比", "比重", "比例")
"""Headers of columns of rates that leave their sign out."""
ORDINALS = frozenset({"标段", "批", "组", "期", "包", "级", "号"})
"""Units of what is a name and no number: 最高的为三标段（4.98 %）."""
_UP = "高多大快长重优好"
_DOWN = "低少小慢短轻差"
_SPEED = "快慢"
_TIME = frozenset({"天", "日", "月", "年", "小时", "分钟", "秒", "工作日"})
_MOST = Pattern(rf"最(?P<way>[{_UP}{_DOWN}])")
_STOPS = "。；;\n"


class Named(Struct, frozen=True):
    """A value that a sentence calls the highest or the lowest; ``up`` for the highest."""

    passage: Passage
    word: str
    up: bool
    figure: Figure
    start: int
    end: int


_GAP = Pattern(r"(?:的?\p{Han}{2,10}[多高低长短]|\p{Han}少)$|[，,]少$")
"""比最少的龙陂镇多 2300 亩, 缺口最大的是龙陂镇，少 160 亩: how far it lies from another one."""


def find_extremes(reading: Reading) -> Iterator[Relation]:
    """Every highest and lowest that a table can tell, and what the sentence says lies between them."""
    for passage in reading.prose:
        text = passage.text.value
        if "最" not in text or not passage.figures:
            continue
        for span in sentences(text):
            named = list(named_extremes(passage, span.start, span.end))
            if named and passage.place.row is None:
                known = known_columns(reading)
                found = [(one, claim_of(reading, one) or _between_ends(known, one, named)) for one in named]
                yield from (claim for _, claim in found if claim is not None)
                yield from _beside_its_opposite(known, found)
            yield from gap_of_list(passage, span)
            yield from gap_of_extremes(passage, [(one.word, one.figure, one.up) for one in named], span.end)


def named_extremes(passage: Passage, start: int, end: int) -> Iterator[Named]:
    """Each superlative of a sentence with the figure behind it, and the words in which its name may stand."""
    text = passage.text.value
    matches: list[Match] = list(_MOST.finditer(text, start, end))
    for at, match in enumerate(matches):
        stop = matches[at + 1].start() if at + 1 < len(matches) else end
        near = passage.within(match.end(), min(stop, match.end() + REACH))
        figure = next((f for f in near if f.quantity.unit.name not in ORDINALS), None)
        if figure is None or figure.quantity.is_open or figure.quantity.unit.kind == "points":
            continue
        if figure.quantity.unit.kind == "plain" and figure.quantity.unit.scale == 1:
            continue
        between = text[match.end() : figure.start]
        if any(mark in between for mark in _STOPS) or "分别" in between or "差" in between or "比" in between:
            continue
        if _GAP.search(text, match.end(), figure.start):
            continue
        begin = max(start, match.start() - LONGEST_CLAUSE)
        first = max(begin, *(text.rfind(mark, begin, match.start()) + 1 for mark in "，,；;：:。"))
        behind = text[figure.end : figure.end + 1]
        last = text.find("）", figure.end, figure.end + LONGEST_CLAUSE) if behind == "（" else figure.start
        up = match["way"] in _UP
        if match["way"] in _SPEED and figure.quantity.unit.base in _TIME:
            up = not up  # 最快的一标段用了 76 天: the fewest
        yield Named(passage, match[0], up, figure, first, max(last, figure.start))


def claim_of(reading: Reading, one: Named) -> Extreme | None:
    """What the tables say of a superlative, or the groups of their rows; of a fall what they say of the change."""
    fallen = _as_fall(one)
    for told in (one, fallen) if fallen else (one,):
        known = (known_columns, known_groups, known_rows)
        claim = next((claim for its in known if (claim := _in_tables(its(reading), told)) is not None), None)
        if claim is not None:
            return replace(claim, figure=one.figure)
    return None


def _as_fall(one: Named) -> Named | None:
    """降幅最小的是甲，下降 1.02 %: in a table the change is -1.02, the largest."""
    text = one.passage.text.value
    quantity = one.figure.quantity
    if quantity.value <= 0 or not any(word in text[one.start : one.figure.start] for word in ("降幅", "减幅")):
        return None
    figure = replace(one.figure, quantity=replace(quantity, value=-quantity.value))
    return replace(one, figure=figure, up=not one.up)


def _in_tables(known: Columns, one: Named) -> Extreme | None:
    """What the columns say that have the value; nothing where one of them bears the sentence out."""
    found = [known.columns[at] for at in known.having.get(value_key(one.figure), ())]
    if one.figure.quantity.unit.kind == "rate":
        bare = [known.columns[at] for at in known.having.get((value_key(one.figure)[0], False), ())]
        found += [(table, name, cells) for table, name, cells in bare if any(w in name for w in RATES)]
    if one.figure.quantity.digits < TELLING:
        return None
    claims = [claim for table, column, cells in found if (claim := _judged(one, table, column, cells))]
    borne_out = next((claim for claim in claims if claim.holds), None)
    return borne_out or next(iter(claims), None) or (None if found else _slipped(known, one))


def _between_ends(known: Columns, one: Named, named: Sequence[Named]) -> Extreme | None:
    """A value of few digits, by the one column that ends in it and in the opposite of its sentence."""
    opposite = [other for other in named if other.up != one.up]
    if one.figure.quantity.digits >= TELLING or len(named) != len(("one", "opposite")) or len(opposite) != 1:
        return None
    ends = sorted(other.figure.quantity.based for other in named)
    found = []
    for at in known.having.get(value_key(one.figure), ()):
        table, column, cells = known.columns[at]
        values = [cell.figure.quantity.based for cell in cells]
        if [min(values), max(values)] == ends and len(values) >= ENOUGH_ROWS:
            found.append(_judged(one, table, column, cells))
    claims = [claim for claim in found if claim is not None]
    return next((claim for claim in claims if claim.holds), claims[0] if len(claims) == len(found) == 1 else None)


ENOUGH_ROWS = 4


def _beside_its_opposite(known: Columns, found: Sequence[tuple[Named, Extreme | None]]) -> Iterator[Extreme]:
    """节约率最高的为甲（4.98 %），最低的为乙（3.92 %）: the first is that of a column, the second a row's that is not.

    What the sentence speaks of is then the whole column.
    """
    ways = [one.up for one, _ in found]
    if sorted(ways) != [False, True]:
        return
    for (one, claim), (_, other) in (found, found[::-1]):
        if claim is not None or other is None or not other.holds:
            continue
        for table, column, cells in known.columns:
            if all(cell.figure is not other.owned for cell in cells):
                continue
            if _is_of_part(one, cells):
                continue
            said = _said(one, cells)
            owner = (max if one.up else min)(cells, key=lambda cell: cell.figure.quantity.based)
            if len(said) != 1 or said[0].name[-1:] != owner.name[-1:]:
                continue  # 县级直补 beside towns, 全省 beside cities
            if said[0].figure.quantity.based == one.figure.quantity.based != owner.figure.quantity.based:
                yield _claim(one, table, column, said[0], owner)
                return


def _is_of_part(one: Named, cells: Column) -> bool:
    """Whether the sentence speaks of some of the rows only: 已竣工 4 个村中，支出率最高的是…."""
    text = one.passage.text.value
    scope = _SCOPE.search(text, sentence_at(text, one.figure.start).start, one.figure.start)
    number = (_number(scope["number"]) or len(cells)) if scope else len(cells)
    return number < len(cells)


def _number(written: str) -> int | None:
    return int(written) if written.isdecimal() else chinese_number(written)


_SCOPE = Pattern(
    r"(?P<number>\d{1,3}|[二两三四五六七八九十]{1,3})[个家所条项座处类](?:\p{Han}{1,10})?(?:（[^（）]{1,12}）)?[中里][，,]?"
)


def _said(one: Named, cells: Sequence[Cell]) -> list[Cell]:
    """The rows that the sentence names beside the superlative, the longest name where one holds another."""
    words = "".join(one.passage.text.value[one.start : one.end].split())
    named = [cell for cell in cells if len(cell.name) >= SHORTEST and cell.name in words]
    return [cell for cell in named if not any(cell.name in other.name != cell.name for other in named)]


def _judged(one: Named, table: Table, column: str, cells: Column) -> Extreme | None:
    ends = [cell.figure.quantity.based for cell in cells]
    extreme = max(ends) if one.up else min(ends)
    owners = [cell for cell in cells if cell.figure.quantity.based == one.figure.quantity.based]
    said = _said(one, cells)
    bases = {one.figure.quantity.unit.base, owners[0].figure.quantity.unit.base} - {""}
    if len(said) != 1 or one.figure.quantity.based != extreme or len(bases) > 1:
        return None
    if any(owner.name == said[0].name for owner in owners):
        return _claim(one, table, column, said[0], said[0])
    if len(owners) > 1 or owners[0].name in said[0].name or _is_of_part(one, cells):
        return None
    return _claim(one, table, column, said[0], owners[0])


def _slipped(known: Columns, one: Named) -> Extreme | None:
    """The column in which the named row has the largest value, one digit or a swap from the one that is stated."""
    for table, column, cells in known.columns:
        ends = [cell.figure.quantity.based for cell in cells]
        said = _said(one, cells)
        if len(said) != 1 or _goes_on(one, said[0].name):
            continue
        its = said[0].figure.quantity
        stated = one.figure.quantity
        same = its.unit.base == stated.unit.base and its.unit.scale == stated.unit.scale
        ours = its.based == (max(ends) if one.up else min(ends)) and ends.count(its.based) == 1
        if same and ours and not agree(its, stated) and is_one_edit(stated.value, its.value):
            return _claim(one, table, column, said[0], said[0])
    return None


def _goes_on(one: Named, name: str) -> bool:
    """Whether a name is only the beginning of a longer one: 龙凼乡中心小学屋面翻修项目 is not 龙凼乡."""
    words = "".join(one.passage.text.value[one.start : one.end].split())
    return _LONGER.match(words, words.find(name) + len(name)) is not None


_LONGER = Pattern(r"(?![的为是仅最达有以居占得和与及、]|均)\p{Han}{3}")


def _claim(one: Named, table: Table, column: str, said: Cell, owner: Cell) -> Extreme:
    because = IN_TABLE.filled(table=table.name, column=column)
    return Extreme(because, one.figure, said.name, said.figure, owner.name, owner.figure, one.word)
