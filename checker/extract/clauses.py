"""Cuts prose into sentences and clauses, and finds what stands in brackets."""

from __future__ import annotations

from msgspec import Struct

OPENING = "（([【〔{"
CLOSING = "）)]】〕}"
SENTENCE_ENDS = "。！？\n"


class Span(Struct, frozen=True):
    """A stretch of a text, end not counted."""

    start: int
    end: int

    def __contains__(self, offset: object) -> bool:
        return isinstance(offset, int) and self.start <= offset < self.end


def sentences(text: str) -> list[Span]:
    """The sentences of a paragraph, each with its end mark."""
    out = []
    start = 0
    for index, char in enumerate(text):
        if char in SENTENCE_ENDS:
            out.append(Span(start, index + 1))
            start = index + 1
    if text[start:].strip():
        out.append(Span(start, len(text)))
    return out


def sentence_at(text: str, offset: int) -> Span:
    """The sentence that the character at ``offset`` stands in."""
    start = max(text.rfind(mark, 0, offset) for mark in SENTENCE_ENDS) + 1
    ends = [end for mark in SENTENCE_ENDS if (end := text.find(mark, offset)) >= 0]
    return Span(start, min(ends, default=len(text) - 1) + 1)


def innermost(text: str, start: int, end: int) -> list[Span]:
    """For each character from ``start`` to ``end`` the innermost bracket around it, else the whole stretch.

    A bracket's span is what stands inside it; the marks themselves belong to what is around.
    Unpaired marks count for nothing.
    """
    whole = Span(start, end)
    pairs = dict(_pairs(text, start, end))
    closers = set(pairs.values())
    owners: list[Span] = []
    stack = [whole]
    for index in range(start, end):
        if index in closers:
            stack.pop()
        owners.append(stack[-1])
        if index in pairs:
            stack.append(Span(index + 1, pairs[index]))
    return owners


def _pairs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    stack: list[int] = []
    for index in range(start, end):
        if text[index] in OPENING:
            stack.append(index)
        elif text[index] in CLOSING and stack:
            out.append((stack.pop(), index))
    return out
