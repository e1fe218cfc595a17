"""Cuts prose into sentences and clauses, and finds what stands in brackets."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from checker.extract.patterns import Pattern

OPENING = "（([【〔{"
CLOSING = "）)]】〕}"
JOINED = frozenset({"、", "和", "与", "及", "以及"})
"""What stands between two figures of a list."""
SENTENCE_ENDS = "。！？\n"
LONGEST_SENTENCE = 5000
"""Characters on either side; one line without a full stop is searched once for each of its figures."""
_SENTENCE_END = Pattern(f"[{SENTENCE_ENDS}]")
_BRACKET = Pattern(r"[（(\[【〔{）)\]】〕}]")


class Span(Struct, frozen=True):
    """A stretch of a text, end not counted."""

    start: int
    end: int

    def __contains__(self, offset: object) -> bool:
        return isinstance(offset, int) and self.start <= offset < self.end


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a paragraph, each with its end mark. Many finders ask for those of one paragraph."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    if text[ends[-1] if ends else 0 :].strip():
        ends.append(len(text))
    return tuple(Span(start, end) for start, end in pairwise([0, *ends]))


def sentence_at(text: str, offset: int) -> Span:
    """The sentence that the character at ``offset`` stands in, of one without end what is near."""
    begin, stop = max(0, offset - LONGEST_SENTENCE), min(len(text), offset + LONGEST_SENTENCE)
    start = max(begin, *(text.rfind(mark, begin, offset) + 1 for mark in SENTENCE_ENDS))
    ends = [end for mark in SENTENCE_ENDS if (end := text.find(mark, offset, stop)) >= 0]
    return Span(start, min(ends, default=stop - 1) + 1)


def innermost(text: str, start: int, end: int) -> list[Span]:
    """For each character from ``start`` to ``end`` the innermost bracket around it, else the whole stretch.

    A bracket's span is what stands inside it; the marks themselves belong to what is around.
    Unpaired marks count for nothing.
    """
    pairs = _pairs(text, start, end)
    owners: list[Span] = []
    stack = [Span(start, end)]
    for index in sorted([*pairs, *pairs.values()]):
        border = index + 1 if index in pairs else index
        owners += [stack[-1]] * (border - start - len(owners))
        if index in pairs:
            stack.append(Span(border, pairs[index]))
        else:
            stack.pop()
    return owners + stack * (end - start - len(owners))


def _pairs(text: str, start: int, end: int) -> dict[int, int]:
    """Where each bracket opens that closes again, and where it closes."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for match in _BRACKET.finditer(text, start, end):
        if match[0] in OPENING:
            stack.append(match.start())
        elif stack:
            pairs[stack.pop()] = match.start()
    return pairs
