"""Totals in prose: 其中, 分别为, 其构成是 and what they split, 含 and what lies within.

A marker word stands between a whole and its parts. Both are looked for in the sentence of the
marker and at its depth of brackets, so that a bracketed list is never added to the list around
it. Whole and parts share a base (元, 个); rates are no parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checker.extract.clauses import Span, innermost, sentence_at, sentences
from checker.extract.figures import Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import words
from checker.relate.part_doubt import in_series
from checker.relate.part_items import item_end, item_starts, itemised, opens_items
from checker.relate.part_lists import bracket_list, list_before
from checker.relate.part_scope import (
    BY,
    Marker,
    Scope,
    addable,
    compares,
    find_markers,
    is_base,
    is_mean,
    is_part,
    is_score,
    manner_of,
)
from checker.relate.part_sums import WITHIN, find_items, split_total
from checker.relate.totals import is_near
from checker.relation import PartOf, Relation, Sum
from checker.verdict import Phrase

LONGEST, SHORT = 300, 6
_SO = Pattern(r"[，,](?:故|因此|所以|因而|可见|据此)")
NET = ("净增", "净减", "净增加", "净减少")
"""What is left of what came and what went is no whole of either."""
SHORT_OF = ("少到位", "少支付", "少拨付", "少完成")
_BEYOND = Pattern(r"(?:超出|超过|低于|高于|少于|多于|超)(?:年度|年初)?(?:目标|计划|任务|预算|标准|要求)(?:数|值)?$")
"""How far an amount lies from a goal is no whole: 吸纳务工 436 人次，超出目标 36 人次，其中…."""
_HEADS = Pattern(r"\s*(?:大?方面|大?类?问题|原因|不足|举措|措施|建议|环节|特点|短板)")
"""Behind a count of what the text goes on to tell one by one: 四个方面：一是5个项目未完工."""


def find_prose_totals(reading: Reading) -> Iterator[Relation]:
    """Every whole in a sentence with the parts that the sentence gives."""
    for passage in reading.prose:
        if len(passage.figures) < 2:
            continue
        text = passage.text.value
        for span in sentences(text):
            if len(passage.within(span.start, span.end)) > 1:
                owners = tuple(innermost(text, span.start, span.end))
                yield from _in_sentence(Scope(passage, span, owners, item_starts(text, span), reading.own))


def _in_sentence(scope: Scope) -> Iterator[Relation]:
    markers = find_markers(scope.text, scope.span)
    following: dict[Span, Marker] = {}
    opening = {scope.group(marker.start): marker for marker in reversed(markers) if marker.kind != "after"}
    for marker in reversed(markers):
        group = scope.group(marker.start)
        if marker.kind == "after":
            yield from list_before(scope, group, marker)
            continue
        limit = _limit(scope, group, marker, following.get(group))
        if marker.kind == "loose" and marker.word in {"含", "包含"}:
            yield from _within(scope, group, marker, limit)
        else:
            yield from _split(scope, group, marker, limit, opening[group])
        following[group] = marker
    marked = {scope.group(m.start) for m in markers}
    for bracket in dict.fromkeys(scope.owners):
        if bracket not in marked and bracket != scope.span:
            yield from bracket_list(scope, bracket)


def _limit(scope: Scope, group: Span, marker: Marker, following: Marker | None) -> int:
    """Where a list ends: with its sentence or item, or where the next list begins, unless its items have lists."""
    end = group.end if following is None or opens_items(scope, marker) else following.start
    so = _SO.search(scope.text, marker.end, min(end, marker.end + LONGEST))  # what follows from a list is no part
    return min(so.start() if so else end, item_end(scope, marker))


def _split(scope: Scope, group: Span, marker: Marker, limit: int, opening: Marker) -> Iterator[Relation]:
    after = scope.figures(group, marker.end, limit)
    ends = {group.end, item_end(scope, marker)}
    for base in dict.fromkeys(f.quantity.unit.base for f in after if addable(f) or len(after) == 1):
        listed = [f for f in after if f.quantity.unit.base == base and not is_base(scope, f)]
        if not listed:
            continue
        manner = manner_of(scope.label(listed[0], marker.end))
        whole = whole_before(scope, group, marker, base, manner)
        if whole is None and marker.kind == "again":
            whole = whole_before(scope, group, opening, base, manner)
        if whole is None or not _leads_to(scope, marker, whole):
            continue
        if is_score(whole):  # 资金管理 12 分得 10.75 分: the weight is no part of the scores
            listed = [f for f in listed if not scope.text.startswith(("得", "、得", "，得"), f.end)]
        listed = itemised(scope, listed, marker.end) if opens_items(scope, marker) else listed
        ends_at = (at for at, f in enumerate(listed) if at and _ends_list(scope, marker, whole, f))
        end = next(ends_at, len(listed))
        listed, open_end = listed[:end], end < len(listed)
        if listed:
            complete = (limit in ends or scope.text.startswith("按", limit)) and not open_end
            yield from _judged(scope, marker, whole, listed, complete=complete)


def _judged(scope: Scope, marker: Marker, whole: Figure, listed: list[Figure], *, complete: bool) -> Iterator[Relation]:
    """The list as a sum; as a part of its whole where there is one part only, or one that is too large.

    A list that opens a sentence may speak of other things than the sentence before, so it is a sum only
    where it adds up or nearly does, or is a standard split.
    """
    label = scope.passage.label(whole)
    if "每" in label or label.endswith("各"):
        return  # 每万元投资的年收入为 5861 元，其中CT为 10508 元; 三段各 1 分
    afar = whole.start < scope.span.start
    items = find_items(scope, marker, whole, listed)
    clause = scope.text[max(0, whole.start - LONGEST) : whole.start].rpartition("，")[2]
    if marker.word.startswith("分布") and "、" in clause:
        return  # 高效节水 2 个、沟渠修复 4 个，分布在…: where all of them lie
    if len(listed) > 1 and "最" in scope.text[marker.end : listed[0].start]:
        return  # 累计扣款 67.91 万元，其中扣款最多的季度应补 1012 万元，扣 20.24 万元: about one part
    if len(items.first) > 1 or _adds_up(whole, listed):
        total = split_total(scope, marker, whole, items, complete=complete)
        larger = [f for f in total.parts if f.quantity.interval.low > whole.quantity.interval.high]
        larger = [f for f in larger if marker.kind != "again" and "；" not in scope.text[marker.end : f.start]]
        larger = [f for f in larger if _may_lie_within(scope, whole, f)]
        counts = whole.quantity.unit.kind == "count" and not any(w in scope.text for w in ("平均", "最高", "最低"))
        told = len(total.parts) > 1 and (is_near(total) or items.standard or in_series(items.labels))
        if total.holds or (not total.doubt and (not afar or told)):
            yield total
            return
        if larger and counts and not afar and not _is_of_another_kind(scope, whole, larger[0]):
            yield PartOf(_within_word(marker), whole, larger[0])
            return
        if not afar and not items.spread:
            yield total
            return
    named = marker.kind != "loose" or ("包括" in marker.word and _right_behind(scope, whole, marker))
    named = named and "；" not in scope.text[marker.end : listed[0].start]  # 费用 A 元，其中甲 26 项；其他费用 B 元
    alone = named and not afar and not is_score(whole) and _may_lie_within(scope, whole, listed[0])
    alone = alone and (whole.quantity.unit.kind != "rate" or "占" in scope.label(listed[0], marker.end))
    if alone and is_part(scope.label(listed[0], marker.end), manner=items.manner):
        yield PartOf(_within_word(marker), whole, listed[0])


def _may_lie_within(scope: Scope, whole: Figure, part: Figure) -> bool:
    """Whether a part is of the amount before it alone, and not of several that the sentence lists, nor their sum."""
    if scope.text[max(0, part.start - SHORT) : part.start].rstrip().endswith(("共有", "合计", "总计", "共计", "共")):
        return False
    base = whole.quantity.unit.base
    start = max(scope.span.start, whole.start - LONGEST)
    before = [f for f in scope.passage.within(start, whole.end) if f.quantity.unit.base == base]
    listed = sum((f.quantity.based for f in before), start=Decimal(0))
    return len(before) < LIST or part.quantity.based > listed


LIST = 3
"""Amounts that make a list, which 其中 may speak of as a whole."""


def _ends_list(scope: Scope, marker: Marker, whole: Figure, figure: Figure) -> bool:
    """Whether a figure is no part: it adds some up, or lacks what the whole has: 到位 A，其中…，尚有 B 未到位."""
    if scope.text.startswith(("中有", "中，", "里有"), figure.end):
        return True  # 厂房 40 个中有 1 个经返工后合格
    label = scope.label(figure, marker.end)
    clause = _CLAUSES.split(scope.text[: figure.start])[-1]
    if _MOVED.search(label) or clause.startswith("而") or any(word in clause for word in _OTHERS):
        return True  # 调减 26 万元，包括 A 和 B，预算由 1294 万元降至 1276 万元; 其中 A 闲置，而四季度又支付 B
    other = scope.text[marker.end : figure.start].rpartition("；")
    if whole.quantity.unit.kind == "count" and other[1] and _PAST_BOUND.search(other[2]):
        return True  # 得满分的 12 个，其中甲 3 个、乙 9 个；得分率低于 70 %的只有 1 个
    undone = _NOT_DONE.match(label) or _UNDONE.match(scope.text, figure.end)
    return _is_subtotal(scope, marker, figure) or (undone is not None and _has_done(scope, whole, undone["verb"]))


def _has_done(scope: Scope, whole: Figure, verb: str) -> bool:
    """Whether the whole is what is done, of which nothing undone is a part: 收回 351 份，其中…，未收回 9 份."""
    label = scope.passage.label(whole)
    return verb in label and not any(word in label for word in ("未", "待", "没有"))


_PAST_BOUND = Pattern(r"(?:低于|高于|不足|超过|未达|达到?|不低于|不高于)[^，。；]{0,10}[%％分][^，。；]{0,6}的")
_OTHERS = ("另外", "此外")
_CLAUSES = Pattern(r"[，,；;。]")
_MOVED = Pattern(r"后\p{Han}{0,8}(?:由|降至|增至|升至|减至)$")
_NOT_DONE = Pattern(r"(?:未|没有|尚未)(?P<verb>\p{Han}{2})$")
_UNDONE = Pattern(r"\p{Han}{0,8}?(?:未|没有|待)(?P<verb>\p{Han}{2})(?=[，,。；;、）)]|$)")


def _is_subtotal(scope: Scope, marker: Marker, figure: Figure) -> bool:
    """其中甲县 371 万元、乙县 302 万元，2县合计 673 万元: the last one adds up some of the list."""
    return scope.label(figure, marker.end).endswith(("合计", "共计", "小计"))


def _right_behind(scope: Scope, whole: Figure, marker: Marker) -> bool:
    return not scope.text[whole.end : marker.start].strip("，, ")


def _within_word(marker: Marker) -> Phrase:
    return WITHIN.filled(word=marker.word.strip("：:，,"))


def _adds_up(whole: Figure, listed: list[Figure]) -> bool:
    return len(listed) > 1 and Sum.reachable(tuple(listed)).meets(whole.quantity.interval)


def whole_before(scope: Scope, group: Span, marker: Marker, base: str, manner: str) -> Figure | None:
    """The nearest figure of the base before a marker, with no semicolon between.

    A marker inside a bracket may speak of the figure that stands before the bracket, one that
    opens a sentence of the one figure that the sentence before states, or of the one that it says
    in the ``manner`` of the parts (预算 86,500 万元，完成 91,240 万元。其中：…完成…).
    """
    start = scope.span.start
    for place, end in ((group, marker.start), (scope.around(group), group.start)):
        near = [f for f in scope.last_figures(place, end) if _may_be_whole(scope, f, base, marker)]
        if near:
            between = scope.text[near[-1].end : marker.start]
            return None if "；" in between or ";" in between else near[-1]
        if group == scope.span:
            break
    if scope.text[start : marker.start].strip() or start == 0:
        return None
    before = sentence_at(scope.text, start - 1)
    said = [f for f in scope.passage.within(before.start, before.end) if f.quantity.unit.base == base]
    amounts = [f for f in said if _may_be_whole(scope, f, base, marker)]
    alike = [f for f in amounts if manner and manner_of(scope.passage.label(f)) == manner]
    if len(said) > 1 and len(alike) != 1:
        return None
    return next(iter(alike or amounts), None)


def _leads_to(scope: Scope, marker: Marker, whole: Figure) -> bool:
    """Whether 分别为 speaks of the whole before it: directly, of 各… of it, or of a stated 共 or 合计."""
    if not marker.word.startswith("分别"):
        return True
    between = scope.text[whole.end : marker.start].strip("，, ")
    said = scope.passage.label(whole)
    counted = any(word in scope.text[max(0, whole.start - 8) : whole.start] for word in ("共", "合计", "总"))
    return not between or between.startswith(("各", "其")) or counted or said.endswith(("共", "合计", "总计"))


def _may_be_whole(scope: Scope, figure: Figure, base: str, marker: Marker) -> bool:
    quantity = figure.quantity
    label = scope.passage.label(figure)
    lies_between = label in BY or (compares(label) and _OF_CHANGE.match(scope.text, marker.end))
    if lies_between and _right_behind(scope, figure, marker) and quantity.unit.base == base:
        return not quantity.is_open  # 缺 13 人，其中甲镇 5 人、乙镇 8 人; 增加 9 万元，其中因提标增支 5 万元
    if quantity.unit.base != base or quantity.is_open or compares(label) or is_mean(label):
        return False
    behind = scope.text.startswith(("相比", "比较", "相较"), figure.end)
    if label.startswith(SHORT_OF) or label.endswith(NET) or _BEYOND.search(label) or behind:
        return False
    return not is_base(scope, figure) and _HEADS.match(scope.text, figure.end) is None


_OF_CHANGE = Pattern(r"\s*(?:主要)?(?:因|由于)|[^，,。；;、\d]{2,14}(?:增支|减支|增收|减收|带来|影响|拉动)")


def _is_of_another_kind(scope: Scope, whole: Figure, part: Figure) -> bool:
    """Whether words before a part say what the whole is not: a task, or a total without those counted twice."""
    said, of_whole = scope.passage.label(part), scope.passage.label(whole)
    return any(word in said and word not in of_whole for word in words("parts", "another_kind"))


def _within(scope: Scope, group: Span, marker: Marker, limit: int) -> Iterator[Relation]:
    """（含 A N） or N，含 A M: the figure lies within the whole right before it."""
    opens_bracket = group != scope.span and scope.text[group.start : marker.start].strip() in {"", "其中"}
    for part in scope.figures(group, marker.end, limit)[: None if opens_bracket else 1]:
        whole = whole_before(scope, group, marker, part.quantity.unit.base, "")
        label = scope.label(part, marker.end)
        if whole is None or not addable(part) or not is_part(label) or "的" in label:
            continue  # 合同价 A，含变更的产值 B: not 变更 is B
        if opens_bracket or scope.text[whole.end : marker.start].strip() in {"，", ","}:
            yield PartOf(WITHIN.filled(word=marker.word), whole, part)
