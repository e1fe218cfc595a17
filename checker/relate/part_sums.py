"""A whole and the parts that a marker gives it: which sets of figures may add up, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from checker.figure import Figure
from checker.relate.part_doubt import FULL_MARKS, counts_as_many, is_settled, is_whole_set
from checker.relate.part_items import Items, clause_heads, first_clause, opens_items
from checker.relate.part_scope import Marker, Scope, compares, is_mean, is_part, is_score, manner_of
from checker.relate.part_ways import shared, signed
from checker.relation import ProseTotal, ScoreTotal, WeightTotal
from checker.verdict import Phrase

SPLIT = Phrase("“{word}”列出“{label}”的各部分", "“{word}” lists the parts of “{label}”")
WITHIN = Phrase("“{word}”表示前者包含后者", "“{word}” says that the second lies within the first")
IN_TEXT = Phrase("正文", "the text")
LONGEST_TAIL = 8
"""How many figures at the end of a list may speak of another thing."""
UNSURE = Phrase("所列各项未必是全部", "the items listed need not be all there is")


def find_items(scope: Scope, marker: Marker, whole: Figure, listed: list[Figure]) -> Items:
    """Which figures of a list are its items."""
    start, numbered = marker.end, opens_items(scope, marker)
    listed, labels = shared(scope, listed, start)
    listed = signed(scope.passage.label(whole), listed, labels)
    manner = manner_of(scope.passage.label(whole))
    told = [f for f in listed if _is_told(labels[f.start])] or listed
    told = _of_one_kind(scope, whole, told, labels)
    opening = [labels[f.start] for f in first_clause(scope, told, start)]
    manner = manner if any(label.endswith(manner) for label in opening) else ""
    parts = [f for f in told if is_part(labels[f.start], scored=is_score(whole), manner=manner)]
    named = {f.start for f in parts if labels[f.start].endswith(manner)}
    standard = is_whole_set([labels[f.start] for f in parts if f.start in named])
    first = told if numbered or standard else first_clause(scope, told, start)
    heads = clause_heads(scope, told, named, start) if sum(1 for f in first if f.start in named) == 1 else []
    spread = len(heads) > 1
    first = heads if spread else first
    aligned = marker.kind == "closed" and not any(labels[f.start] for f in first[1:])
    parts = [f for f in first if aligned or f.start in named]
    standard = standard or is_whole_set([labels[f.start] for f in parts])
    return Items(told, first, parts, [labels[f.start] for f in parts], manner, standard, spread, numbered)


def _of_one_kind(scope: Scope, whole: Figure, told: list[Figure], labels: Mapping[int, str]) -> list[Figure]:
    """应筛 A、实筛 B，其中春季应筛 C、实筛 D: of two measures that stand in turn only the whole's own."""
    before = scope.passage.before(whole.start)
    kinds = [scope.passage.label(one)[-2:] for one in (before, whole) if one is not None]
    if len(kinds) < 2 or before is None or before.start < scope.span.start or len({*kinds, ""}) < 3:
        return told
    own = [f for f in told if labels[f.start].endswith(kinds[1])]
    other = [f for f in told if labels[f.start].endswith(kinds[0])]
    return own if own and len(own) + len(other) == len(told) > len(own) else told


def _is_told(label: str) -> bool:
    """Whether a figure of a list is neither a change against another year nor a mean."""
    return label.startswith("因") or not (compares(label) or is_mean(label) or label.endswith(("由", "从")))


def split_total(
    scope: Scope, marker: Marker, whole: Figure, items: Items, *, complete: bool
) -> ProseTotal | ScoreTotal | WeightTotal:
    """The whole with its parts: all figures of the list, those that are named as parts, or a head of the list."""
    first, parts, labels = items.first, items.parts, items.labels
    readings = [tuple(parts)] if len(parts) > 1 else []
    readings += [tuple(items.listed), *(tuple(first[:n]) for n in _heads(first, parts, labels))]
    readings += _exact_heads(scope, whole, items.listed)
    label = scope.passage.label(whole)
    because = SPLIT.filled(word=marker.word.strip("：:，,"), label=label)
    full = ProseTotal(because, whole, (readings[0],), label)
    settled = is_settled(scope, marker, full, items, complete=complete)
    doubt = None if settled or (complete and scope.own.is_complete(label)) else UNSURE
    if is_score(whole) and whole.quantity.value == FULL_MARKS:
        short = abs(sum((p.quantity.value for p in readings[0]), start=-whole.quantity.value)) * 4 > FULL_MARKS
        return WeightTotal(because, whole, tuple(dict.fromkeys(readings)), label, UNSURE if short else None, IN_TEXT)
    if is_score(whole):
        return ScoreTotal(because, whole, tuple(dict.fromkeys(readings)), label, doubt, IN_TEXT)
    return ProseTotal(because, whole, tuple(dict.fromkeys(readings)), label, doubt)


def _heads(first: list[Figure], parts: list[Figure], labels: list[str]) -> list[int]:
    """Where a list of parts may end early: what follows is no part, or a standard split is complete."""
    out = [len(first)]
    for count in range(len(first) - 1, max(1, len(first) - LONGEST_TAIL), -1):
        if first[count] not in parts or (parts == first and is_whole_set(labels[:count])):
            out.append(count)
    return out


def _exact_heads(scope: Scope, whole: Figure, listed: list[Figure]) -> list[tuple[Figure, ...]]:
    """县道 A、乡道 B、村道 C，省级补助 D: what a 、 joins, where it comes to the whole and D stands behind a comma.

    So with as many items as are counted before the whole: 两个项目概算 A，其中甲 B，乙 C，发行债券 D.
    """
    summed, out = Decimal(0), []
    for count, (figure, after) in enumerate(pairwise(listed), start=1):
        summed += figure.quantity.based
        if count > 1 and summed == whole.quantity.based and scope.text[figure.end : after.start].lstrip()[:1] in "，,":
            out.append(tuple(listed[:count]))
        elif "、" not in scope.text[figure.end : after.start] and not counts_as_many(scope, whole, count + 1):
            break
    return out
