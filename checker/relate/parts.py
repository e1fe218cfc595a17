"""Totals in prose: 其中, 分别为, 其构成是 and what they split, 含 and what lies within.

A marker word stands between a whole and its parts. Both are looked for in the sentence of the
marker and at its depth of brackets, so that a bracketed list is never added to the list around
it. Whole and parts share a base (元, 个); rates are no parts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from checker.extract.clauses import Span, innermost, sentence_at, sentences
from checker.extract.figures import Reading
from checker.extract.headings import CIRCLED
from checker.figure import Figure
from checker.relate.part_lists import bracket_list, list_before
from checker.relate.part_scope import Marker, Scope, addable, compares, find_markers, is_part
from checker.relate.part_sums import WITHIN, is_score, is_whole_set, split_total
from checker.relate.totals import is_near
from checker.relation import PartOf, Relation, Sum


def find_prose_totals(reading: Reading) -> Iterator[Relation]:
    """Every whole in a sentence with the parts that the sentence gives."""
    for passage in reading.prose:
        if len(passage.figures) < 2:
            continue
        text = passage.text.value
        for span in sentences(text):
            if len(passage.within(span.start, span.end)) > 1:
                owners = tuple(innermost(text, span.start, span.end))
                items = tuple(i for i in range(span.start, span.end) if text[i] in CIRCLED)
                yield from _in_sentence(Scope(passage, span, owners, items, reading.own))


def _in_sentence(scope: Scope) -> Iterator[Relation]:
    markers = find_markers(scope.text, scope.span)
    next_start: dict[Span, int] = {}
    for marker in reversed(markers):
        group = scope.group(marker.start)
        limit = min(next_start.get(group, group.end), _item_end(scope, marker))
        if marker.kind == "after":
            yield from list_before(scope, group, marker)
        elif marker.kind == "loose" and marker.word in {"含", "包含"}:
            yield from _within(scope, group, marker, limit)
        else:
            yield from _split(scope, group, marker, limit)
        if marker.kind != "after":
            next_start[group] = marker.start
    marked = {scope.group(m.start) for m in markers}
    for bracket in dict.fromkeys(scope.owners):
        if bracket not in marked and bracket != scope.span:
            yield from bracket_list(scope, bracket)


def _split(scope: Scope, group: Span, marker: Marker, limit: int) -> Iterator[Relation]:
    after = scope.figures(group, marker.end, limit)
    for base in dict.fromkeys(f.quantity.unit.base for f in after if addable(f) or len(after) == 1):
        whole = whole_before(scope, group, marker, base)
        listed = [f for f in after if f.quantity.unit.base == base]
        if whole is None or not _leads_to(scope, marker, whole):
            continue
        circled = scope.text[marker.end : marker.end + 3].lstrip("：:，, ")[:1] in {*CIRCLED[:1]}
        listed = itemised(scope, listed, marker.end) if circled else listed
        labels = [scope.label(f, marker.end) for f in listed]
        whole_list = circled or is_whole_set(labels)
        first = listed if whole_list else first_clause(scope, listed, marker.end)
        if not listed:
            continue
        complete = limit in {group.end, _item_end(scope, marker)}
        yield from _judged(scope, marker, whole, listed, first, complete=complete)


def _judged(
    scope: Scope, marker: Marker, whole: Figure, listed: list[Figure], first: list[Figure], *, complete: bool
) -> Iterator[Relation]:
    """The list as a sum; as a part of its whole where there is one part only, or one that is too large.

    A list that opens a sentence may speak of other things than the sentence before, so it is a sum only
    where it adds up or nearly does.
    """
    afar = whole.start < scope.span.start
    within = WITHIN.filled(word=marker.word.strip("：:，,"))
    if len(first) > 1 or _adds_up(whole, listed):
        total = split_total(scope, marker, whole, listed, first, complete=complete)
        larger = [f for f in total.parts if f.quantity.interval.low > whole.quantity.interval.high]
        counts = whole.quantity.unit.kind == "count" and not any(w in scope.text for w in ("平均", "最高", "最低"))
        if total.holds or (not total.doubt and (not afar or (len(total.parts) > 1 and is_near(total)))):
            yield total
        elif larger and counts and not afar:
            yield PartOf(within, whole, larger[0])
        elif not afar:
            yield total
    elif marker.kind != "loose" and not afar and not is_score(whole) and is_part(scope.label(listed[0], marker.end)):
        yield PartOf(within, whole, listed[0])


def _item_end(scope: Scope, marker: Marker) -> int:
    """Where the item ends that a marker stands in, when it stands in a list with circled numbers."""
    after = bisect_right(scope.items, marker.start)
    return scope.items[after] if 0 < after < len(scope.items) else scope.span.end


def itemised(scope: Scope, listed: list[Figure], start: int) -> list[Figure]:
    """Of a list with circled numbers (①…；②…) the first figure of each item: the others tell more of it."""
    out: list[Figure] = []
    marks = scope.items[bisect_left(scope.items, start) :]
    for mark, after in pairwise([*marks, scope.span.end]):
        found = next((f for f in listed if mark < f.start < after), None)
        if found:
            out.append(found)
    return out


def first_clause(scope: Scope, listed: list[Figure], start: int) -> list[Figure]:
    """The figures up to the first semicolon: what follows may speak of another thing."""
    ends = [end for mark in "；;" if (end := scope.text.find(mark, start, scope.span.end)) >= 0]
    limit = min(ends, default=scope.span.end)
    return [f for f in listed if f.start < limit] or listed[:1]


def _adds_up(whole: Figure, listed: list[Figure]) -> bool:
    return len(listed) > 1 and Sum.reachable(tuple(listed)).meets(whole.quantity.interval)


def whole_before(scope: Scope, group: Span, marker: Marker, base: str) -> Figure | None:
    """The nearest figure of the base before a marker, with no semicolon between.

    A marker inside a bracket may speak of the figure that stands before the bracket, one that
    opens a sentence of the one figure that the sentence before states.
    """
    start = scope.span.start
    for place, end in ((group, marker.start), (scope.around(group), group.start)):
        near = [f for f in scope.last_figures(place, end) if _may_be_whole(scope, f, base)]
        if near:
            between = scope.text[near[-1].end : marker.start]
            return None if "；" in between or ";" in between else near[-1]
        if group == scope.span:
            break
    if scope.text[start : marker.start].strip() or start == 0:
        return None
    before = sentence_at(scope.text, start - 1)
    said = [f for f in scope.passage.within(before.start, before.end) if f.quantity.unit.base == base]
    return said[0] if len(said) == 1 and _may_be_whole(scope, said[0], base) else None


def _leads_to(scope: Scope, marker: Marker, whole: Figure) -> bool:
    """Whether 分别为 speaks of the whole before it: directly, of 各… of it, or of a stated 共 or 合计."""
    if not marker.word.startswith("分别"):
        return True
    between = scope.text[whole.end : marker.start].strip("，, ")
    said = scope.passage.label(whole)
    counted = any(word in scope.text[max(0, whole.start - 8) : whole.start] for word in ("共", "合计", "总"))
    return not between or between.startswith(("各", "其")) or counted or said.endswith(("共", "合计", "总计"))


def _may_be_whole(scope: Scope, figure: Figure, base: str) -> bool:
    quantity = figure.quantity
    label = scope.passage.label(figure)
    return quantity.unit.base == base and not quantity.is_open and not compares(label)


def _within(scope: Scope, group: Span, marker: Marker, limit: int) -> Iterator[Relation]:
    """（含 A N） or N，含 A M: the figure lies within the whole right before it."""
    opens_bracket = group != scope.span and scope.text[group.start : marker.start].strip() in {"", "其中"}
    for part in scope.figures(group, marker.end, limit)[: None if opens_bracket else 1]:
        whole = whole_before(scope, group, marker, part.quantity.unit.base)
        if whole is None or not addable(part) or not is_part(scope.label(part, marker.end)):
            continue
        if opens_bracket or scope.text[whole.end : marker.start].strip() in {"，", ","}:
            yield PartOf(WITHIN.filled(word=marker.word), whole, part)
