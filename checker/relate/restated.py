"""One fact in several places: the same label, year and manner, in prose and tables.

Two figures of one label that differ need not be one fact: 到位率 96.25% and 75% are those of two
funds. That they are meant to be one is believed when they differ by a slip of the pen in a number
that is long enough to tell (1754.8 and 1745.8, 86.50 万元 and 86.50 元), or when the sentences
around them state the same figures otherwise. A value that stands in several places is no slip.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.extract.facts import Fact, find_facts
from checker.extract.figures import Reading
from checker.phrases import words
from checker.quantity import Quantity
from checker.relate.slips import is_slip
from checker.relate.spots import YEAR, title_years
from checker.relation import Relation
from checker.relation.facts import Restatement, agree
from checker.verdict import Phrase

SAME = Phrase("两处所指为同一事项“{label}”", "both places are about “{label}”")
LONG_LABEL = 4
"""A label of so many characters may stand behind words that only one of the places has."""
MOST = 80
"""More figures of one label are no restatements."""
TELLING, SHORT = 3, 2
"""Significant digits that a slip needs to be told from another value; and that a shared figure needs."""
DONE = ("下达", "支付", "拨付", "到位", "支出", "收入", "预算", "分配", "安排", "结算", "合同", "计划", "完成")
NAME = 3
"""Characters at the end of a label that say what is measured."""
SHARED = 2
"""So many other figures that two sentences share make them one statement."""

WITH = ("与", "和", "及", "、", "加")
"""Before a label of which the fact is only a part: 省与市县到位 is not 市县到位."""
TIMES = ("春季", "秋季", "上半年", "下半年", "季度", "学期", "月", "学年")
"""Before a label of a fact that is of a part of the year."""
PARTS = ("包", "标段", "期", "批", "组", "类")
"""What one of several parts of a thing is called."""

Sentences = dict[tuple[int, int, int], list[Fact]]


def find_restatements(reading: Reading) -> Iterator[Relation]:
    """Every figure whose fact another place states alike, or states with a slip."""
    facts = find_facts(reading)
    sentences: Sentences = defaultdict(list)
    buckets: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        sentences[fact.sentence].append(fact)
        buckets[fact.base, fact.label[-LONG_LABEL:]].append(fact)
    years = title_years(reading.document)
    usual = years[0] if len(set(years)) == 1 else None
    for bucket in buckets.values():
        if 1 < len(bucket) <= MOST:
            yield from _of_bucket(bucket, sentences, usual)


def _of_bucket(bucket: Sequence[Fact], sentences: Sentences, usual: int | None) -> Iterator[Relation]:
    told: set[int] = set()
    for fact in bucket:
        partners = [other for other in bucket if _may_be_one(fact, other, usual)]
        alike = [other for other in partners if _agree(fact, other)]
        if alike:
            if id(fact) not in told and _tells(fact, TELLING):
                told.update(id(other) for other in (fact, *alike))
                yield _restatement(fact, alike)
            continue
        if any(_agree(fact, other) for other in bucket if other.label == fact.label and other.manner != fact.manner):
            continue  # 泵站 18 座, where 18 were planned and 17 built
        slipped = [o for o in partners if _is_meant(fact, o, sentences) and not _of_several(fact, o, sentences)]
        support = {id(o): sum(_agree(o, p) for p in partners) for o in slipped}
        best = max(slipped, key=lambda other: support[id(other)], default=None)
        if best is not None and id(fact) not in told and len(_values(partners)) == 1:
            same = [other for other in slipped if _agree(best, other)]
            told.update(id(other) for other in (fact, *(same if len(same) == 1 else ())))
            yield _restatement(fact, [best, *(other for other in same if other is not best)])


def _may_be_one(first: Fact, second: Fact, usual: int | None) -> bool:
    """Whether two figures may state one fact: nothing in their words tells them apart."""
    if first.sentence == second.sentence or first.manner != second.manner or first.prior != second.prior:
        return False
    if first.figure.place.row is not None and first.figure.place.block == second.figure.place.block:
        return False  # two rows of a table are two things
    if first.caption and second.caption and _done(first) != _done(second):
        return False  # 各季度下达情况, 各季度支付情况
    if first.whole and second.whole and not _are_one(first.whole.quantity, second.whole.quantity):
        return False
    if first.year is not None and second.year is not None and first.year != second.year:
        return False
    if _is_of_another_year(first, second, usual) or _is_of_another_year(second, first, usual):
        return False
    if _is_of_numbered_row(first) is not _is_of_numbered_row(second):
        return False
    short, long = sorted((first, second), key=lambda fact: len(fact.label))
    if short.label == long.label:
        return True
    of_one_row = len(long.label) - len(short.label) >= len(long.row) > 0  # 管护覆盖率 is not that of one county
    of_one_row |= _is_of_counted_places(short, long)
    of_place = long.label[: -len(short.label)].endswith((*words("lists", "places"), *PARTS, *WITH, *TIMES))
    return len(short.label) >= LONG_LABEL and long.label.endswith(short.label) and not of_one_row and not of_place


def _is_of_counted_places(short: Fact, long: Fact) -> bool:
    """其余9个市不良率, of which 市不良率 is read, is not that of 云浦市."""
    place = short.label.startswith(words("lists", "places"))
    return place and long.label.removeprefix(long.row[:-1]) == short.label


def _is_of_numbered_row(fact: Fact) -> bool:
    """Whether a cell stands in the row of one of several parts that only numbers tell apart: 02包 | 修复率."""
    if fact.figure.place.row is None:
        return False
    return any(char.isdigit() for char in YEAR.sub("", fact.title.removesuffix(fact.label)))


def _done(fact: Fact) -> set[str]:
    """What was done to the money of a table, as its caption says."""
    return {word for word in DONE if word in fact.caption}


def _is_of_another_year(first: Fact, second: Fact, usual: int | None) -> bool:
    """Whether only one fact names its year, and not the report's (``usual``): the other is of that, or of all years."""
    if first.year is not None or not second.dated or second.year == usual:
        return False
    return usual is not None or second.figure.place.row is not None


def _distance(first: Fact, second: Fact) -> int:
    """How many more digits a slip needs to tell: cells of two tables, and sections side by side, may differ."""
    cells = first.figure.place.row is not None and second.figure.place.row is not None
    return 1 if cells else 2 * first.is_beside(second)


def _agree(first: Fact, second: Fact) -> bool:
    return agree(first.figure.quantity, second.figure.quantity)


def _are_one(first: Quantity, second: Quantity) -> bool:
    """Whether two totals may be one: equal, or a slip apart."""
    return agree(first, second) or is_slip(first.based, second.based)


def _is_meant(first: Fact, second: Fact, sentences: Sentences) -> bool:
    """Whether two figures that differ are plainly meant to be one."""
    one, other = first.figure.quantity, second.figure.quantity
    if one.value == other.value and one.unit.scale != other.unit.scale:
        return _tells(first, TELLING)
    if _is_rounding(first, second):
        return False
    digits = TELLING + _distance(first, second)
    general = first.label == second.label and first.label in words("facts", "general")
    if not general and _tells(first, digits) and _tells(second, digits) and is_slip(one.based, other.based, digits):
        return True
    near = one.based < 2 * other.based and other.based < 2 * one.based
    return near and _shared(first, second, sentences) >= SHARED


def _of_several(first: Fact, second: Fact, sentences: Sentences) -> bool:
    """7 个镇体检率 71.03 %，5 个乡体检率 70.11 %: one of the two places tells of parts, each with its own."""
    told = [_told_of(one, sentences) for one in (first, second)]
    prose = [one.figure.place.row is None for one in (first, second)]
    return any(len(values) > 1 and said for values, said in zip(told, prose, strict=True)) and not told[0] & told[1]


def _told_of(fact: Fact, sentences: Sentences) -> set[Decimal]:
    """The values that a sentence gives under the name of one."""
    return {f.figure.quantity.based for f in sentences[fact.sentence] if f.label[-NAME:] == fact.label[-NAME:]}


def _is_rounding(first: Fact, second: Fact) -> bool:
    """Whether cells of two tables differ as sums of rounded amounts do: 236.63 and 236.64 万元."""
    cells = first.figure.place.row is not None and second.figure.place.row is not None
    one, other = first.figure.quantity, second.figure.quantity
    near = abs(one.based - other.based) <= one.half_step + other.half_step
    return cells and near and min(one.decimals, other.decimals) > 0


def _tells(fact: Fact, digits: int) -> bool:
    return fact.figure.quantity.significant >= digits


def _shared(first: Fact, second: Fact, sentences: Sentences) -> int:
    """How many other figures both sentences state of the same things."""
    sides = [
        {(f.label, f.figure.quantity.based) for f in sentences[one.sentence] if f is not one and _tells(f, SHORT)}
        for one in (first, second)
    ]
    return len(sides[0] & sides[1])


def _values(facts: Sequence[Fact]) -> set[object]:
    return {fact.figure.quantity.based for fact in facts}


def _restatement(fact: Fact, others: Sequence[Fact]) -> Restatement:
    figures = tuple(other.figure for other in others)
    return Restatement(SAME.filled(label=fact.title), fact.title, fact.figure, figures)
