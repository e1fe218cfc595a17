"""The words of ``data/units.toml`` as sources of patterns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from checker.knowledge import knowledge

_ESCAPED = frozenset(r".*+?()[]{}|^$\/-#&~")


def literal(word: str) -> str:
    """The source that matches the word, blanks between its characters allowed (万 元)."""
    return " ?".join("\\" + char if char in _ESCAPED else char for char in word)


def any_of(words: Iterable[str]) -> str:
    """The source that matches one of the words, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    signs = [word for word in ordered if len(word) == 1]
    longer = [literal(word) for word in ordered if len(word) > 1]
    return "(?:" + "|".join([*longer, *([_one_of([literal(sign) for sign in signs])] if signs else [])]) + ")"


def chinese_words(name: str) -> tuple[str, ...]:
    """A list of the table ``chinese``: ``after_one``, ``not_after`` or ``not_before``."""
    return tuple(knowledge("units")["chinese"][name])


def fixed_names() -> tuple[str, ...]:
    """Names and set phrases that hold a number and count nothing (八项规定)."""
    return tuple(knowledge("units")["names"]["words"])


def unit_source(*, chinese: bool = False) -> str:
    """The source that matches any spelling of a unit where it is not part of another word.

    With ``chinese`` only the units that are read after a Chinese numeral.
    """
    tails = {
        spelling: _tail(row, spelling)
        for row in knowledge("units")["unit"]
        for spelling in (row["name"], *row.get("aliases", ()))
        if not chinese or row.get("chinese", True)
    }
    return _trie(tails)


def _tail(row: dict[str, Any], spelling: str) -> str:
    """What must not follow: a letter after a letter, or the rest of another word."""
    tail = "(?![A-Za-z0-9²³])" if spelling[-1].isascii() and spelling[-1].isalnum() else ""
    if "not_before" in row:
        allowed = f"(?!{any_of(row['unless'])})" if "unless" in row else ""
        tail += f"(?! ?{allowed}{any_of(row['not_before'])})"
    return tail


def _trie(tails: dict[str, str]) -> str:
    """One alternation that shares beginnings and ends: a spelling is tried only as far as it fits.

    The shorter the source, the sooner it is compiled: that of all units is used several times.
    """
    children: dict[str, dict[str, str]] = {}
    for spelling, tail in tails.items():
        children.setdefault(spelling[0], {})[spelling[1:]] = tail
    firsts: dict[str, list[str]] = {}
    for first, rest in children.items():
        firsts.setdefault(_rest(rest), []).append(literal(first))
    branches = [_one_of(chars) + rest for rest, chars in firsts.items()]
    return branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"


def _rest(rest: dict[str, str]) -> str:
    """What may follow a character; a blank belongs to the unit only inside it."""
    longer = {spelling: tail for spelling, tail in rest.items() if spelling}
    if not longer:
        return rest[""]
    inner = " ?" + _trie(longer)
    if "" not in rest:
        return inner
    return f"(?:{inner}|{rest['']})" if rest[""] else f"(?:{inner})?"


def _one_of(chars: list[str]) -> str:
    return chars[0] if len(chars) == 1 else "[" + "".join(chars) + "]"
