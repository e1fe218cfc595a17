"""Totals in prose: 其中, 分别为, 其构成是, 共计, 含, and lists in brackets.

A marker word stands between a whole and its parts. Both are looked for in the sentence of the
marker and at its depth of brackets, so that a bracketed list is never added to the list around
it. Whole and parts share a base (元, 个); rates are no parts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from checker.extract.clauses import Span, innermost, sentence_at, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import rows, words
from checker.relate.totals import is_near
from checker.relation import PartOf, ProseTotal, Relation, ScoreTotal, Sum, WeightTotal
from checker.verdict import Phrase

SPLIT = Phrase("“{word}”列出“{label}”的各部分", "“{word}” lists the parts of “{label}”")
LIST_TOTAL = Phrase("“{word}”之前逐项列出", "the items listed before “{word}”")
BRACKET = Phrase("“{label}”后的括号内逐项列出", "the items in the brackets after “{label}”")
WITHIN = Phrase("“{word}”表示前者包含后者", "“{word}” says that the second lies within the first")
IN_TEXT = Phrase("正文", "the text")
ENOUGH_KINDS = 3
FULL_MARKS = 100
ITEMS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
UNSURE = Phrase("所列各项未必是全部", "the items listed need not be all there is")


@dataclass(frozen=True, slots=True)
class Marker:
    """A word between a whole and its parts; ``kind`` is ``closed``, ``split``, ``loose`` or ``after``."""

    kind: str
    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Scope:
    """One sentence of a passage.

    ``owners`` names the innermost bracket of each character, ``items`` where circled numbers stand.
    """

    passage: Passage
    span: Span
    owners: tuple[Span, ...]
    items: tuple[int, ...]

    @property
    def text(self) -> str:
        """The passage's text; offsets count from its start."""
        return self.passage.text.value

    def group(self, offset: int) -> Span:
        """The innermost bracket around an offset, else the sentence."""
        return self.owners[offset - self.span.start] if offset in self.span else self.span

    def around(self, bracket: Span) -> Span:
        """What a bracket stands in."""
        return self.group(bracket.start - 1)

    def figures(self, group: Span, start: int, end: int) -> list[Figure]:
        """The figures from start to end that stand at the depth of ``group``, none deeper."""
        return [f for f in self.passage.within(start, end) if self.group(f.start) == group]

    def label(self, figure: Figure, start: int) -> str:
        """The words right before a figure."""
        return self.passage.label(figure, start)


def find_prose_totals(reading: Reading) -> Iterator[Relation]:
    """Every whole in a sentence with the parts that the sentence gives."""
    for passage in reading.prose:
        if len(passage.figures) < 2:
            continue
        text = passage.text.value
        for span in sentences(text):
            if len(passage.within(span.start, span.end)) > 1:
                owners = tuple(innermost(text, span.start, span.end))
                items = tuple(i for i in range(span.start, span.end) if text[i] in ITEMS)
                yield from _in_sentence(Scope(passage, span, owners, items))


def _in_sentence(scope: Scope) -> Iterator[Relation]:
    markers = find_markers(scope.text, scope.span)
    next_start: dict[Span, int] = {}
    for marker in reversed(markers):
        group = scope.group(marker.start)
        limit = min(next_start.get(group, group.end), _item_end(scope, marker))
        if marker.kind == "after":
            yield from _list_before(scope, group, marker)
        elif marker.kind == "loose":
            yield from _within(scope, group, marker, limit)
        else:
            yield from _split(scope, group, marker, limit)
        if marker.kind != "after":
            next_start[group] = marker.start
    marked = {scope.group(m.start) for m in markers}
    for bracket in dict.fromkeys(scope.owners):
        if bracket not in marked and bracket != scope.span:
            yield from _bracket_list(scope, bracket)


@cache
def _marker_pattern() -> tuple[Pattern, dict[str, str]]:
    kinds = {word: kind for kind in ("closed", "split", "loose", "after") for word in words("parts", kind)}
    return Pattern("|".join(sorted(kinds, key=len, reverse=True))), kinds


def find_markers(text: str, span: Span) -> list[Marker]:
    """The marker words of a sentence in order, the longest one where they overlap."""
    pattern, kinds = _marker_pattern()
    return [
        Marker(kinds[m.group()], m.group(), m.start(), m.end()) for m in pattern.finditer(text, span.start, span.end)
    ]


def _split(scope: Scope, group: Span, marker: Marker, limit: int) -> Iterator[Relation]:
    after = scope.figures(group, marker.end, limit)
    for base in dict.fromkeys(f.quantity.unit.base for f in after if _addable(f)):
        whole = whole_before(scope, group, marker, base)
        listed = [f for f in after if f.quantity.unit.base == base]
        if whole is None:
            continue
        circled = scope.text[marker.end : marker.end + 3].lstrip("：:，, ")[:1] in {*ITEMS[:1]}
        listed = itemised(scope, listed, marker.end) if circled else listed
        first = listed if circled else first_clause(scope, listed, marker.end)
        if not listed:
            continue
        if len(first) > 1 or _adds_up(whole, listed):
            yield split_total(
                scope, marker, whole, listed, first, complete=limit in {group.end, _item_end(scope, marker)}
            )
        elif is_part(scope.label(listed[0], marker.end), scored=_is_score(whole)):
            yield PartOf(WITHIN.filled(word=marker.word.strip("：:，,")), whole, listed[0])


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


def split_total(
    scope: Scope, marker: Marker, whole: Figure, listed: list[Figure], first: list[Figure], *, complete: bool
) -> ProseTotal | ScoreTotal | WeightTotal:
    """The whole with its parts: all figures of the list, those that are named as parts, or a head of the list."""
    parts = [f for f in first if is_part(scope.label(f, marker.end), scored=_is_score(whole))]
    labels = [scope.label(part, marker.end) for part in parts]
    readings = [tuple(parts)] if len(parts) > 1 else []
    readings += [tuple(listed)] + [tuple(first[:n]) for n in range(len(first), 1, -1)]
    label = scope.label(whole, scope.span.start)
    because = SPLIT.filled(word=marker.word.strip("：:，,"), label=label)
    full = ProseTotal(because, whole, (readings[0],), label)
    finished = complete and len(parts) == len(first) and not _unfinished(scope, first[-1])
    sure = (
        marker.kind == "closed" or is_whole_set(labels) or _overfull(full) or is_near(full) or _parallel(full, labels)
    )
    doubt = None if finished and sure else UNSURE
    if _is_score(whole) and whole.quantity.value == FULL_MARKS:
        short = abs(sum((p.quantity.value for p in readings[0]), start=-whole.quantity.value)) * 4 > FULL_MARKS
        return WeightTotal(because, whole, tuple(dict.fromkeys(readings)), label, UNSURE if short else None, IN_TEXT)
    if _is_score(whole):
        return ScoreTotal(because, whole, tuple(dict.fromkeys(readings)), label, doubt, IN_TEXT)
    return ProseTotal(because, whole, tuple(dict.fromkeys(readings)), label, doubt)


def _is_score(figure: Figure) -> bool:
    return figure.quantity.unit.kind == "score"


def _unfinished(scope: Scope, last: Figure) -> bool:
    """Whether a list says that it does not name everything."""
    tail = scope.text[last.end : scope.span.end].lstrip("，,；;、 ）)")
    return tail.startswith((*words("parts", "unfinished"), "其余", "其他", "剩余"))


def _overfull(total: ProseTotal) -> bool:
    """Whether amounts add up to more than their whole; counts may overlap (女教师, 党员), amounts do not."""
    summed = sum(part.quantity.based for part in total.parts)
    return total.total.quantity.unit.kind == "money" and summed > total.total.quantity.based


def _parallel(total: ProseTotal, labels: list[str]) -> bool:
    """Whether three or more kinds of one thing (中型水库, 小型水库) nearly make the whole."""
    if len(labels) < ENOUGH_KINDS or len({label[-2:] for label in labels}) > 1:
        return False
    summed = sum(part.quantity.based for part in total.parts)
    return abs(summed - total.total.quantity.based) * 10 <= total.total.quantity.based


def is_whole_set(labels: list[str]) -> bool:
    """Whether the labels are one of the field's standard splits of a whole."""
    for whole_set in rows("parts", "whole_sets"):
        if len(whole_set) == len(labels) and all(any(w in label for label in labels) for w in whole_set):
            return True
    return False


LOOK_BACK = 12
"""How many figures before a marker are looked at for its whole."""


def whole_before(scope: Scope, group: Span, marker: Marker, base: str) -> Figure | None:
    """The nearest figure of the base before a marker, with no semicolon between.

    A marker inside a bracket may speak of the figure that stands before the bracket, one that
    opens a sentence of the one figure that the sentence before states.
    """
    start = scope.span.start
    for place, end in ((group, marker.start), (scope.around(group), group.start)):
        near = [f for f in scope.figures(place, start, end)[-LOOK_BACK:] if _may_be_whole(scope, f, base)]
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


def _may_be_whole(scope: Scope, figure: Figure, base: str) -> bool:
    quantity = figure.quantity
    label = scope.passage.label(figure)
    return quantity.unit.base == base and not quantity.is_open and not _compares(label)


def _addable(figure: Figure) -> bool:
    return figure.quantity.unit.kind not in {"rate", "points", "plain"} and not figure.quantity.is_open


COMPARING = ("增加", "减少", "增长", "下降", "提高", "降低", "比上年", "较上年", "同比", "增收", "减收", "增支", "减支")


def _compares(label: str) -> bool:
    """Whether a figure with this label is a change and not an amount."""
    return label.endswith(COMPARING) or label.startswith(COMPARING)


def is_part(label: str, *, scored: bool = False) -> bool:
    """Whether a figure with this label is named as a thing of its own, not as a comparison or another measure.

    Scores are named with 得 (部门决策得 13 分), which amounts are not.
    """
    if _compares(label) or (label.endswith(words("parts", "not_part")) and not (scored and label.endswith("得"))):
        return False
    return any("一" <= char <= "鿿" for char in label)


SEPARATORS = "，,、；;：: "


def _list_before(scope: Scope, group: Span, marker: Marker) -> Iterator[Relation]:
    """A、B and C, 共计 N: the items of the sentence before its total."""
    total = next(iter(scope.figures(group, marker.end, min(group.end, marker.end + 12))), None)
    if total is None or not _addable(total) or scope.text[marker.end : total.start].strip(" 为是达约：:") != "":
        return
    start = max(scope.text.rfind(mark, group.start, marker.start) for mark in "；;：:") + 1
    before = scope.figures(group, max(start, group.start), marker.start)
    parts = [f for f in before if f.quantity.unit.base == total.quantity.unit.base and not f.quantity.is_open]
    aligned = any(word in scope.text[max(start, group.start) : marker.start] for word in ("分别为", "分别是"))
    named = [f for f in parts if is_part(scope.label(f, start))]
    plain = scope.text[: marker.start].rstrip(" ")[-1:] in SEPARATORS and (aligned or len(named) == len(parts))
    if len(parts) < 2 or not (plain or len(named) == len(parts)) or (marker.word == "共" and not plain):
        return
    readings = tuple(tuple(parts[n:]) for n in range(len(parts) - 1))
    because = LIST_TOTAL.filled(word=marker.word)
    full = ProseTotal(because, total, readings[:1], scope.label(total, start) or marker.word)
    sure = plain or is_near(full)
    yield replace(full, readings=readings, doubt=None if sure else UNSURE)


def _within(scope: Scope, group: Span, marker: Marker, limit: int) -> Iterator[Relation]:
    """（含 A N） or N，含 A M: the figure lies within the whole right before it."""
    opens_bracket = group != scope.span and scope.text[group.start : marker.start].strip() in {"", "其中"}
    for part in scope.figures(group, marker.end, limit)[: None if opens_bracket else 1]:
        whole = whole_before(scope, group, marker, part.quantity.unit.base)
        if whole is None or not _addable(part) or not is_part(scope.label(part, marker.end)):
            continue
        if opens_bracket or scope.text[whole.end : marker.start].strip() in {"，", ","}:
            yield PartOf(WITHIN.filled(word=marker.word), whole, part)


def _bracket_list(scope: Scope, bracket: Span) -> Iterator[Relation]:
    """187 人（在职 139 人、退休 8 人、协管 40 人）: a list right behind its whole."""
    before = scope.figures(scope.around(bracket), scope.span.start, bracket.start)[-1:]
    if not before or scope.text[before[-1].end : bracket.start].strip(" （([") or not _addable(before[-1]):
        return
    whole = before[-1]
    inside = scope.figures(bracket, bracket.start, bracket.end)
    parts = [f for f in inside if f.quantity.unit.base == whole.quantity.unit.base and not f.quantity.is_open]
    labels = [scope.label(part, bracket.start) for part in parts]
    if len(parts) < 2 or len(parts) != len(inside) or not all(is_part(label) for label in labels):
        return
    if _unfinished(scope, parts[-1]) or any(f.quantity.unit.kind == "rate" for f in parts):
        return
    label = scope.label(whole, scope.span.start)
    total = ProseTotal(BRACKET.filled(label=label), whole, (tuple(parts),), label)
    sure = is_whole_set(labels) or is_near(total) or _parallel(total, [label[-2:] for label in labels])
    yield total if sure else replace(total, doubt=UNSURE)
