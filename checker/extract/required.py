"""Words of which a text must hold one for a pattern to match it.

To look for a few words takes a tenth of the time of a search, and most texts hold none of them.
They are read off the pattern's source, as the parser of Python's ``re`` understands it. Where it
does not, or where the pattern asks for nothing in particular, there are none, and every text is searched.
"""

from __future__ import annotations

import re  # noqa: TID251 (for its parser; no text is searched by it)
import warnings
from collections.abc import Iterable, Sequence
from typing import Any

MOST = 40  # words: to look for more takes as long as the search
EVERYWHERE = frozenset("，。、；：,.:;()（） \n的0123456789")
"""Characters that most sentences hold: to look for them spares nothing."""

_PROPERTY = re.compile(r"\\[pP]\{[^}]*\}")  # which only ``regex`` knows: any character will do

_Words = frozenset[str]
_Node = tuple[Any, Any]


def required(source: str, flags: int) -> tuple[str, ...]:
    """Words of which each match holds one, or of which one stands beside it; empty where any text may match."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = re._parser.parse(_PROPERTY.sub(r"\\w", source), re.VERBOSE if flags else 0)  # type: ignore[attr-defined]
    except (AttributeError, re.error, RecursionError):  # the parser is private: another Python may have it elsewhere
        return ()
    if tree.state.flags & re.IGNORECASE:
        return ()
    return tuple(sorted(_of_sequence(tree) or ()))


def _of_sequence(nodes: Iterable[_Node]) -> _Words | None:
    """The rarest words that one of the parts of a sequence asks for; letters in a row are one word."""
    found: list[_Words | None] = []
    word = ""
    for kind, value in nodes:
        if str(kind) == "LITERAL":
            word += chr(value)
        elif str(kind) != "ASSERT_NOT":
            found += [frozenset([word] if word else ()), _of(kind, value)]
            word = ""
    found.append(frozenset([word] if word else ()))
    useful = [words for words in found if words and len(words) <= MOST and not words & EVERYWHERE]
    return min(useful, key=_commonness, default=None)


def _commonness(words: _Words) -> int:
    """How many texts hold one of the words, roughly: a single character is far commoner than a word."""
    return sum({1: 8, 2: 3}.get(len(word), 2) for word in words)


def _of(kind: Any, value: Any) -> _Words | None:  # noqa: ANN401
    """The words that one part of a pattern asks for."""
    match str(kind):
        case "IN":
            return _of_set(value)
        case "BRANCH":
            return _of_any(value[1])
        case "SUBPATTERN":
            return _of_sequence(value[3])
        case "ATOMIC_GROUP":
            return _of_sequence(value)
        case "ASSERT":
            return _of_sequence(value[1])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if value[0]:
            return _of_sequence(value[2])
    return None


def _of_set(members: Sequence[_Node]) -> _Words | None:
    """The characters of a set; None for a class of characters or what is not in a set."""
    found: set[str] = set()
    for kind, value in members:
        if str(kind) == "LITERAL":
            found.add(chr(value))
        elif str(kind) == "RANGE" and value[1] - value[0] < MOST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(found)


def _of_any(branches: Sequence[Iterable[_Node]]) -> _Words | None:
    """The words of all branches, without those that hold a shorter one; None where a branch asks for none."""
    each = [_of_sequence(branch) for branch in branches]
    if None in each:
        return None
    found = frozenset[str]().union(*(words for words in each if words))
    return frozenset(word for word in found if not any(other != word and other in word for other in found))
