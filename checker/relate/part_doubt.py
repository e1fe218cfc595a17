"""Whether a whole and its parts that do not add up contradict each other, or the parts may overlap or not be all."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from checker.extract.chinese import chinese_number
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any, rows, words
from checker.relate.part_items import Items
from checker.relate.part_scope import Marker, Scope, is_score
from checker.relate.slips import is_one_edit, near_miss
from checker.relate.totals import is_near
from checker.relation import ProseTotal
from checker.repairs import is_exchanged, is_mistyped

ENOUGH_KINDS = ENOUGH_DIGITS = 3
OVERLAPS_BEHIND, MOST_LISTED, LONGEST_CLAUSE = 16, 12, 60
PLACES = ("县", "市", "区", "乡", "镇", "村", "街道", "标段")
FULL_MARKS = 100
TIMES = frozenset({"年", "月", "天"})
"""三年累计结余 A，其中省级 B、市级 C: the years are not what is listed."""
TENTH = 10
MISCOUNTED = 2
"""A list of four kinds or more that misses its number by so many is one with a slip."""


def is_settled(scope: Scope, marker: Marker, full: ProseTotal, items: Items, *, complete: bool) -> bool:
    """Whether a list is one that must come to its whole: nothing is left out, and its items are all of the whole.

    ``complete`` says that the list ends with its sentence or item.
    """
    whole, first, parts, labels = full.total, items.first, items.parts, items.labels
    overfull = _overfull(full) and (not items.spread or len({name[-2:] for name in labels}) == 1)
    joined = parts == first[: len(parts)] and _are_joined(scope, parts)
    behind = scope.text[first[-1].end :].lstrip()[:1]
    complete = complete or behind in {"；", ";"}
    if overfull and (joined or (complete and parts == first)):
        return True  # whatever else there is, these are too much
    slipped = joined and (_is_one_off(full) or _exchanged(full))
    complete = complete or (slipped and parts == first and behind in {"，", ","})
    finished = complete and (items.standard or len(parts) == len(first)) and not unfinished(scope, first[-1])
    finished = finished and not has_any(scope.text[marker.end : first[0].start].rpartition("，")[0], "parts", "unsaid")
    told = "主要" not in scope.text[whole.end : marker.end]
    alike = (
        items.standard
        or is_near(full)
        or in_series(labels)
        or parallel(full, labels)
        or slipped
        or _exchanged(full)
        or _opposed(scope, marker, parts)
        or _makes_another(scope, full, labels)
        or (items.numbered and _within(full, TENTH))
    )
    made_up = "组成" in scope.text[whole.end : marker.end + 1]  # 评价组由9人组成，其中…
    sure = marker.kind == "closed" or overfull or (told and (alike or made_up))
    sure = sure or (told and counts_as_many(scope, whole, len(parts)))
    shares = _shares(scope, marker, first)
    if len(shares) == len(parts):  # 占 40% … 占 10%: the printed shares say whether anything is missing
        sure = abs(sum(shares, start=Decimal(-FULL_MARKS))) <= 1 or overfull
    return finished and sure and (overfull or not _counts_more(scope, whole, len(parts), labels))


def _opposed(scope: Scope, marker: Marker, parts: list[Figure]) -> bool:
    """Whether of two parts one is the contrary of the other, which leaves nothing over: 达到目标值的, 未达到的."""
    if len(parts) != len(("one", "other")):
        return False
    one, other = parts
    match = _CONTRARY.match(scope.text[one.end : other.start])
    return match is not None and match["stem"] in scope.text[marker.start : one.start]


_CONTRARY = Pattern(r"\p{Han}{0,6}[，,、；;]\s*(?:其余)?(?:未能?|没有|不)(?P<stem>\p{Han}{2})")


def _are_joined(scope: Scope, parts: list[Figure]) -> bool:
    """Whether there are several parts, and nothing but 、 and a name stands between them."""
    between = [scope.text[one.end : other.start] for one, other in pairwise(parts) if one is not other]
    return bool(between) and all(
        text[:1] in {"、", "和"} and not any(mark in text for mark in "，,；;") for text in between
    )


def _makes_another(scope: Scope, total: ProseTotal, labels: list[str]) -> bool:
    """Whether one wrong digit parts a whole from parts of the same names as make another whole of the paragraph.

    计划新改建 24 座，其中新建 10 座、改建 14 座；实际完成 21 座，其中新建 8 座、改建 17 座.
    """
    figures = (total.total, *total.parts)
    if not all(labels) or any(not figure.quantity.interval.is_bounded for figure in figures):
        return False
    needed = [(figure, total.needed(figure)) for figure in figures]
    if not any(one is not None and is_mistyped(figure, one) for figure, one in needed):
        return False
    base, count = total.total.quantity.unit.base, len(labels)
    told = [figure for figure in scope.passage.figures if figure.quantity.unit.base == base]
    for at, whole in enumerate(told[:-count]):
        parts = told[at + 1 : at + 1 + count]
        named = all(scope.passage.label(part).endswith(label) for part, label in zip(parts, labels, strict=True))
        if whole is not total.total and named and sum(p.quantity.based for p in parts) == whole.quantity.based:
            return True
    return False


def in_series(labels: list[str]) -> bool:
    """Whether the labels count on without a gap: 2021年, 2022年, 2023年; 一标段, 二标段, 三标段."""
    years = [int(match["year"]) for label in labels if (match := _YEAR.match(label))]
    ordinals = [chinese_number(match["number"]) for label in labels if (match := _ORDINAL.match(label))]
    if len(labels) < ENOUGH_KINDS:
        return False
    if len(years) == len(labels):
        return years == list(range(years[0], years[0] + len(years)))
    return ordinals == list(range(1, len(labels) + 1))


_YEAR = Pattern(r"(?P<year>(?:19|20)\d\d)年")
_ORDINAL = Pattern(r"第?(?P<number>[一二三四五六七八九十]{1,2})(?:标段|片区|分区|小组|组|期|批|类)")


LONGEST_SHARES = 300
"""Characters behind a list in which the per cents of its parts stand."""


def _shares(scope: Scope, marker: Marker, first: list[Figure]) -> list[Decimal]:
    """The per cents that follow the parts of a list, one each."""
    far = min(len(scope.text), first[-1].end + LONGEST_SHARES)
    end = scope.text.find("。", first[-1].end, far)
    rates = scope.passage.within(marker.end, end if end >= 0 else far)
    return [f.quantity.value for f in rates if f.quantity.unit.kind == "rate" and scope.label(f, marker.end) == "占"]


def _overfull(total: ProseTotal) -> bool:
    """Whether parts add up to more than their whole; counts may overlap (女教师, 党员) unless a slip parts the two."""
    summed = sum((part.quantity.based for part in total.parts), start=Decimal(0))
    whole = total.total.quantity
    if summed <= whole.based:
        return False
    counted = len(total.parts) >= ENOUGH_KINDS and near_miss(whole.value, _summed(total)) and not _overlap(total)
    return whole.unit.kind == "money" or is_one_edit(whole.based, summed) or _exchanged(total) or counted


def _overlap(total: ProseTotal) -> bool:
    """Whether the sentence says that one thing may be of several kinds, or its kinds are such: 党员, 女职工."""
    text, last = total.total.text.value, total.parts[-1].end
    said = text[total.total.start : last + OVERLAPS_BEHIND]
    return has_any(said, "parts", "overlapping") or any(word in said for word in ("多选", "重复", "交叉", "同时", "兼"))


def _is_one_off(total: ProseTotal) -> bool:
    """Whether three or more counts, or two of things of one kind, miss their whole by one."""
    ends = {total.total.text.value[: figure.start].rstrip()[-1:] for figure in total.parts}
    counted_up = total.total.text.value[: total.total.start].rstrip().endswith("共")
    enough = len(total.parts) >= ENOUGH_KINDS or len(ends) == 1 or counted_up
    counted = total.total.quantity.unit.kind == "count"
    return enough and counted and not _overlap(total) and abs(_summed(total) - total.total.quantity.value) == 1


def _exchanged(total: ProseTotal) -> bool:
    """Whether the parts make their whole once two digits of one of the figures change places.

    Of two parts and short numbers this comes too often by chance.
    """
    if len(total.parts) < ENOUGH_KINDS and total.total.quantity.digits < ENOUGH_DIGITS:
        return False
    figures = (total.total, *total.parts)
    if any(not figure.quantity.interval.is_bounded for figure in figures):
        return False
    needed = [(figure, total.needed(figure)) for figure in figures]
    return any(one is not None and is_exchanged(figure, one) for figure, one in needed)


def parallel(total: ProseTotal, labels: list[str]) -> bool:
    """Whether three or more kinds of one thing (中型水库, 小型水库) nearly make the whole."""
    if len(labels) < ENOUGH_KINDS:
        return False
    of_one_kind, counted = len({_kind(label) for label in labels}) == 1, total.total.quantity.unit.kind == "count"
    if of_one_kind and counted and near_miss(total.total.quantity.value, _summed(total)):
        return True
    if of_one_kind or is_score(total.total):
        return _within(total, TENTH)
    missed = abs(_summed(total) - total.total.quantity.value) <= MISCOUNTED and len(labels) > ENOUGH_KINDS
    return counted and (_within(total, 2 * TENTH) or (missed and _within(total, TENTH)))


def _kind(label: str) -> str:
    """What a label is of: a place, be it 县 or 市, else its last two characters."""
    return PLACES[0] if label.endswith(PLACES) else label[-2:]


def _summed(total: ProseTotal) -> Decimal:
    return sum((part.quantity.value for part in total.parts), start=Decimal(0))


def _within(total: ProseTotal, share: int) -> bool:
    """Whether the parts miss their whole by no more than this share of it."""
    gap = sum((part.quantity.based for part in total.parts), start=-total.total.quantity.based)
    return abs(gap) * share <= abs(total.total.quantity.based)


def is_whole_set(labels: list[str]) -> bool:
    """Whether the labels are one of the field's standard splits of a whole."""
    for whole_set in rows("parts", "whole_sets"):
        if len(whole_set) == len(labels) and all(any(w in label for label in labels) for w in whole_set):
            return True
    return False


def counts_as_many(scope: Scope, whole: Figure, count: int) -> bool:
    """Whether the clause of a whole counts as many things as are listed: 四类指标共扣 17.5 分，其中 A、B、C、D."""
    start = max(scope.span.start, whole.start - OVERLAPS_BEHIND)
    start = max(start, *(scope.text.rfind(mark, start, whole.start) + 1 for mark in "；;"))
    near = [f for f in scope.passage.within(start, whole.start) if f.quantity.unit.kind == "count"]
    return count > 1 and any(f.quantity.value == count and not f.quantity.is_open for f in near[-1:])


def _counts_more(scope: Scope, whole: Figure, count: int, labels: list[str]) -> bool:
    """Whether the clause of a whole counts more things than are listed: 6个系统账号合计 201 万个，其中 A、B、C."""
    since = max(0, whole.start - LONGEST_CLAUSE)
    start = max(since, *(scope.text.rfind(mark, since, whole.start) + 1 for mark in "，,；;。：:"))
    near = [f for f in scope.passage.within(start, whole.start) if f.quantity.unit.kind == "count"]
    near = [
        f for f in near if f.quantity.unit.base not in TIMES or any("年" in label or "月" in label for label in labels)
    ]
    return any(count < figure.quantity.value <= MOST_LISTED and not figure.quantity.is_open for figure in near)


def unfinished(scope: Scope, last: Figure) -> bool:
    """Whether a list says that it does not name everything."""
    tail = scope.text[last.end : scope.span.end].lstrip("，,；;、 ）)")
    return tail.startswith((*words("parts", "unfinished"), "其余", "其他", "剩余"))
