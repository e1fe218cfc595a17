"""How two texts differ: the words that only one of them has."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from msgspec import Struct

from checker.extract.patterns import Pattern

NEAR = 2
"""Differences with no more equal characters between them are one."""

_TOKEN = Pattern(r"\d+(?:\.\d+)?|[\p{L}%≥≤<>=+×÷/~]")


class Difference(Struct, frozen=True):
    """A stretch of one text that stands for a stretch of the other; either may be empty."""

    here: tuple[int, int]
    there: tuple[int, int]


@lru_cache(maxsize=1024)  # of each cell the other table and the other rows are compared with
def tokens(text: str) -> tuple[str, ...]:
    """Numbers and characters of a plain text; punctuation and item marks say nothing."""
    return tuple(_TOKEN.findall(text))


def places(text: str) -> list[tuple[int, int]]:
    """Where each token stands in the plain text."""
    return [match.span() for match in _TOKEN.finditer(text)]


def differences(here: Sequence[str], there: Sequence[str]) -> list[Difference]:
    """What differs between two texts, in places of their tokens, near differences joined."""
    if here == there:
        return []
    shorter = min(len(here), len(there))
    left = 0
    while left < shorter and here[left] == there[left]:
        left += 1
    right = 0
    while right < shorter - left and here[-1 - right] == there[-1 - right]:
        right += 1
    ours, theirs = here[left : len(here) - right], there[left : len(there) - right]
    out: list[Difference] = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        a, b, c, d = a + left, b + left, c + left, d + left
        if out and a - out[-1].here[1] <= NEAR:
            out[-1] = Difference((out[-1].here[0], b), (out[-1].there[0], d))
        else:
            out.append(Difference((a, b), (c, d)))
    return out


def common(one: Sequence[str], other: Sequence[str], found: Sequence[Difference]) -> int:
    """How many tokens both texts share."""
    ours = len(one) - sum(d.here[1] - d.here[0] for d in found)
    theirs = len(other) - sum(d.there[1] - d.there[0] for d in found)
    return min(ours, theirs)


def bigrams(text: str) -> set[str]:
    """The pairs of neighbouring characters."""
    return {text[i : i + 2] for i in range(len(text) - 1)}
