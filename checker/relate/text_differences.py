"""How two texts differ: the words that only one of them has."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from checker.extract.patterns import Pattern
from checker.relate.spots import Spot

NEAR = 2
"""Differences with no more equal characters between them are one."""

_TOKEN = Pattern(r"\d+(?:\.\d+)?|[\p{L}%≥≤<>=+×÷/~]")


class Token(Struct, frozen=True):
    """A number or a character that says something, with its place in the plain copy."""

    value: str
    start: int
    end: int


class Difference(Struct, frozen=True):
    """A stretch of one text that stands for a stretch of the other; either may be empty."""

    here: tuple[int, int]
    there: tuple[int, int]


def tokens(spot: Spot) -> list[Token]:
    """Numbers and characters; punctuation and item marks say nothing."""
    return [Token(match[0], *match.span()) for match in _TOKEN.finditer(spot.plain)]


def differences(here: Sequence[Token], there: Sequence[Token]) -> list[Difference]:
    """What differs between two texts, in places of their tokens, near differences joined."""
    left = 0
    while left < min(len(here), len(there)) and here[left].value == there[left].value:
        left += 1
    right = 0
    while right < min(len(here), len(there)) - left and here[-1 - right].value == there[-1 - right].value:
        right += 1
    ours = [t.value for t in here[left : len(here) - right]]
    theirs = [t.value for t in there[left : len(there) - right]]
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


def common(one: Sequence[Token], other: Sequence[Token], found: Sequence[Difference]) -> int:
    """How many tokens both texts share."""
    ours = len(one) - sum(d.here[1] - d.here[0] for d in found)
    theirs = len(other) - sum(d.there[1] - d.there[0] for d in found)
    return min(ours, theirs)


def bigrams(text: str) -> set[str]:
    """The pairs of neighbouring characters."""
    return {text[i : i + 2] for i in range(len(text) - 1)}
