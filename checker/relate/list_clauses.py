"""The clause around a list of names: from mark to mark, what stands in brackets passed over."""

from __future__ import annotations

LONGEST = 300
"""Characters of a clause that is looked at."""


def clause_end(text: str, start: int) -> int:
    """Where the clause ends that begins at ``start``, brackets and what they hold passed over."""
    depth = 0
    limit = min(len(text), start + LONGEST)
    for index in range(start, limit):
        char = text[index]
        if char in "（([【《“":
            depth += 1
        elif char in "）)]】》”":
            if not depth:
                return index
            depth -= 1
        elif char in "。；;\n" or (char in "，,：:" and not depth):
            return index
    return limit


def clause_start(text: str, end: int) -> int:
    """Where the clause begins that ends at ``end``, brackets and what they hold passed over."""
    depth = 0
    limit = max(0, end - LONGEST)
    for index in range(end - 1, limit - 1, -1):
        char = text[index]
        if char in "）)]】》”":
            depth += 1
        elif char in "（([【《“":
            if not depth:
                return index + 1
            depth -= 1
        elif char in "。；;\n" or (char in "，,：:" and not depth):
            return index + 1
    return limit


def clause_before(text: str, start: int) -> str:
    """The clause that a comma ends right before an offset; "" where a sentence begins there."""
    if text[start - 1 : start] not in {"，", ",", "；", ";"}:
        return ""
    return text[clause_start(text, start - 1) : start - 1]
