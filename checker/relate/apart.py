"""What lies between two amounts, whichever of them is the larger."""

from __future__ import annotations

from checker.figure import Figure
from checker.relation import ProseTotal
from checker.verdict import Phrase


def gap_between(
    because: Phrase,
    names: tuple[str, str],
    sides: tuple[Figure, Figure],
    gap: Figure,
    word: str,
    doubt: Phrase | None = None,
) -> ProseTotal:
    """The larger of two amounts as the smaller and the stated gap, under the name of the larger."""
    named = zip(names, sides, strict=True)
    (name, larger), (_, smaller) = sorted(named, key=lambda one: one[1].quantity.based, reverse=True)
    return ProseTotal(because, larger, ((smaller, gap),), name, doubt, word)
