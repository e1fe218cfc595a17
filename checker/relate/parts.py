"""Totals in prose: 其中, 分别为, 其构成是, 共计, 含, and lists in brackets.

A marker word stands between a whole and its parts. Both are looked for in the sentence of the
marker and at its depth of brackets, so that a bracketed list is never added to the list around
it. Whole and parts share a base (元, 个); rates are no parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from checker.extract.clauses import Span, innermost, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import rows, words
from checker.relate.totals import is_near
from checker.relation import PartOf, ProseTotal, Relation
from checker.verdict import Phrase

SPLIT = Phrase("“{word}”列出“{label}”的各部分", "“{word}” lists the parts of “{label}”")
LIST_TOTAL = Phrase("“{word}”之前逐项列出", "the items listed before “{word}”")
BRACKET = Phrase("“{label}”后的括号内逐项列出", "the items in the brackets after “{label}”")
WITHIN = Phrase("“{word}”表示前者包含后者", "“{word}” says that the second lies within the first")
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
    """One sentence of a passage; ``owners`` names the innermost bracket of each character."""

    passage: Passage
    span: Span
    owners: tuple[Span, ...]

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
                yield from _in_sentence(Scope(passage, span, tuple(innermost(text, span.start, span.end))))


def _in_sentence(scope: Scope) -> Iterator[Relation]:
    markers = find_markers(scope.text, scope.span)
    next_start: dict[Span, int] = {}
    for marker in reversed(markers):
        group = scope.group(marker.start)
        limit = next_start.get(group, group.end)
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
        if whole is None:
            continue
        listed = [f for f in after if f.quantity.unit.base == base]
        parts = [f for f in listed if is_part(scope.label(f, marker.end))]
        if len(parts) == 1 and len(listed) == 1:
            yield PartOf(WITHIN.filled(word=marker.word.strip("：:，,")), whole, parts[0])
        elif len(parts) > 1:
            complete = len(parts) == len(listed) and limit == group.end
            yield split_total(scope, marker, whole, parts, complete=complete)


def split_total(scope: Scope, marker: Marker, whole: Figure, parts: list[Figure], *, complete: bool) -> ProseTotal:
    """The whole with its parts: all of them, or those up to the first semicolon."""
    label = scope.label(whole, scope.span.start)
    because = SPLIT.filled(word=marker.word.strip("：:，,"), label=label)
    readings = tuple(dict.fromkeys(tuple(parts[:n]) for n in range(len(parts), 1, -1)))
    tail = scope.text[parts[-1].end : parts[-1].end + 3]
    finished = complete and not tail.startswith(words("parts", "unfinished"))
    labels = [scope.label(part, marker.end) for part in parts]
    full = ProseTotal(because, whole, readings[:1], label)
    closed = finished and (marker.kind == "closed" or is_whole_set(labels) or _overfull(full))
    closed = closed or (finished and is_near(full))
    return ProseTotal(because, whole, readings, label, closed, None if closed else UNSURE)


def _overfull(total: ProseTotal) -> bool:
    """Whether amounts add up to more than their whole; counts may overlap (女教师, 党员), amounts do not."""
    summed = sum(part.quantity.based for part in total.parts)
    return total.total.quantity.unit.kind == "money" and summed > total.total.quantity.based


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

    A marker inside a bracket may speak of the figure that stands before the bracket.
    """
    start = scope.span.start
    for place, end in ((group, marker.start), (scope.around(group), group.start)):
        near = [f for f in scope.figures(place, start, end)[-LOOK_BACK:] if f.quantity.unit.base == base]
        near = [f for f in near if not f.quantity.is_open and not _compares(scope.label(f, start))]
        if near:
            between = scope.text[near[-1].end : marker.start]
            return None if "；" in between or ";" in between else near[-1]
        if group == scope.span:
            break
    return None


def _addable(figure: Figure) -> bool:
    return figure.quantity.unit.kind not in {"rate", "points", "plain"} and not figure.quantity.is_open


COMPARING = ("增加", "减少", "增长", "下降", "提高", "降低", "比上年", "较上年", "同比", "增收", "减收", "增支", "减支")


def _compares(label: str) -> bool:
    """Whether a figure with this label is a change and not an amount."""
    return label.endswith(COMPARING) or label.startswith(COMPARING)


def is_part(label: str) -> bool:
    """Whether a figure with this label is named as a thing of its own, not as a comparison or another measure."""
    if _compares(label) or label.endswith(words("parts", "not_part")):
        return False
    return any("一" <= char <= "鿿" for char in label)


def _list_before(scope: Scope, group: Span, marker: Marker) -> Iterator[Relation]:
    """A、B and C, 共计 N: the items of the sentence before its total."""
    total = next(iter(scope.figures(group, marker.end, min(group.end, marker.end + 12))), None)
    if total is None or not _addable(total) or scope.text[marker.end : total.start].strip(" 为是达约：:") != "":
        return
    start = max(scope.text.rfind(mark, group.start, marker.start) for mark in "；;：:") + 1
    before = scope.figures(group, max(start, group.start), marker.start)
    parts = [f for f in before if f.quantity.unit.base == total.quantity.unit.base and not f.quantity.is_open]
    if len(parts) < 2 or not all(is_part(scope.label(f, start)) for f in parts):
        return
    readings = tuple(tuple(parts[n:]) for n in range(len(parts) - 1))
    full = ProseTotal(LIST_TOTAL.filled(word=marker.word), total, readings[:1], scope.label(total, start))
    near = is_near(full)
    yield ProseTotal(full.because, total, readings, full.label or marker.word, near, None if near else UNSURE)


def _within(scope: Scope, group: Span, marker: Marker, limit: int) -> Iterator[Relation]:
    """（含 A N）: each figure lies within the whole before the bracket."""
    if group == scope.span or scope.text[group.start : marker.start].strip() not in {"", "其中"}:
        return
    for part in scope.figures(group, marker.end, limit):
        whole = whole_before(scope, group, marker, part.quantity.unit.base)
        if whole and _addable(part) and is_part(scope.label(part, marker.end)):
            yield PartOf(WITHIN.filled(word=marker.word), whole, part)


def _bracket_list(scope: Scope, bracket: Span) -> Iterator[Relation]:
    """187 人（在职 139 人、退休 8 人、协管 40 人）: a list right behind its whole."""
    before = scope.figures(scope.around(bracket), scope.span.start, bracket.start)[-1:]
    if not before or scope.text[before[-1].end : bracket.start].strip(" （([") or not _addable(before[-1]):
        return
    whole = before[-1]
    inside = scope.figures(bracket, bracket.start, bracket.end)
    parts = [f for f in inside if f.quantity.unit.base == whole.quantity.unit.base and not f.quantity.is_open]
    if len(parts) < 2 or len(parts) != len(inside) or not all(is_part(scope.label(f, bracket.start)) for f in parts):
        return
    label = scope.label(whole, scope.span.start)
    full = ProseTotal(BRACKET.filled(label=label), whole, (tuple(parts),), label)
    labels = [scope.label(part, bracket.start) for part in parts]
    closed = is_whole_set(labels) or is_near(full)
    yield ProseTotal(full.because, whole, full.readings, label, closed, None if closed else UNSURE)
