"""Which figures of a list are its items: numbered items, clauses parted by semicolons, or all up to the first of these.

What else an item tells of itself (为预算的 98.6%，增加 34,269 万元，增长 10%) is no item.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise

from msgspec import Struct

from checker.extract.clauses import Span
from checker.extract.headings import CIRCLED, HAN_DIGITS
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.part_scope import Marker, Scope, is_base

_FIRST = Pattern(
    r"(?P<circled>①)|(?<![一-鿿])(?P<spoken>一是)|(?P<bracket>[（(]\s*1\s*[）)])"
    r"|(?<=[：:]\s*)(?P<arabic>1[.．、](?!\d))"
)
_EACH = {
    "circled": Pattern(f"[{CIRCLED}]"),
    "spoken": Pattern(rf"(?<![一-鿿])[{HAN_DIGITS}]{{1,2}}是"),
    "bracket": Pattern(r"[（(]\s*\d{1,2}\s*[）)]"),
    "arabic": Pattern(r"(?<=[：:；;。]\s*)\d{1,2}[.．、](?!\d)"),
}


class Items(Struct, frozen=True):
    """The figures of a list: all of them, those that may be its items, and those that are named as parts.

    ``manner`` is what the whole is said to be (完成); ``standard`` tells a split of the field that leaves
    no rest; ``spread`` that the items stand in clauses of their own, parted by semicolons; ``numbered``
    that they are ① and ②.
    """

    listed: list[Figure]
    first: list[Figure]
    parts: list[Figure]
    labels: list[str]
    manner: str
    standard: bool
    spread: bool
    numbered: bool


def item_starts(text: str, span: Span) -> tuple[int, ...]:
    """Where the numbered items of a sentence begin (①, 一是 or （1）), of the kind that opens the first list."""
    first = _FIRST.search(text, span.start, span.end)
    if first is None or first.lastgroup is None:
        return ()
    return tuple(match.start() for match in _EACH[first.lastgroup].finditer(text, span.start, span.end))


def opens_items(scope: Scope, marker: Marker) -> bool:
    """Whether the first numbered item stands right behind a marker."""
    start = marker.end
    while scope.text[start : start + 1] in {*"：:，, "}:
        start += 1
    return _FIRST.match(scope.text, start) is not None


def item_end(scope: Scope, marker: Marker) -> int:
    """Where the item ends that a marker stands in, when it stands in a list with numbers."""
    after = bisect_right(scope.items, marker.start)
    return scope.items[after] if 0 < after < len(scope.items) else scope.span.end


def itemised(scope: Scope, listed: list[Figure], start: int) -> list[Figure]:
    """Of a list with numbers (①…；②…) the first figure of each item that is no base: the others tell more of it."""
    out: list[Figure] = []
    listed = [figure for figure in listed if not is_base(scope, figure)]
    marks = scope.items[bisect_left(scope.items, start) :]
    starts = [figure.start for figure in listed]
    for mark, after in pairwise([*marks, scope.span.end]):
        first = bisect_right(starts, mark)
        if first < len(starts) and starts[first] < after:
            out.append(listed[first])
    return out


def first_clause(scope: Scope, listed: list[Figure], start: int) -> list[Figure]:
    """The figures up to the first semicolon: what follows may speak of another thing."""
    ends = [end for mark in "；;" if (end := scope.text.find(mark, start, scope.span.end)) >= 0]
    limit = min(ends, default=scope.span.end)
    return [f for f in listed if f.start < limit] or listed[:1]


def clause_heads(scope: Scope, listed: list[Figure], named: set[int], start: int) -> list[Figure]:
    """Of clauses parted by semicolons the one part that each names, up to a clause that names none or several.

    ``named`` holds where the figures begin that are named as parts.
    """
    out: list[Figure] = []
    for clause in _clauses(scope, listed, start):
        parts = [f for f in clause if f.start in named]
        if len(parts) != 1:
            break
        out += parts
    return out


def _clauses(scope: Scope, listed: list[Figure], start: int) -> list[list[Figure]]:
    out: list[list[Figure]] = [[]]
    for figure in listed:
        if any(mark in scope.text[start : figure.start] for mark in "；;"):
            out.append([])
        out[-1].append(figure)
        start = figure.end
    return out
