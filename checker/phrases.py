"""The word lists of ``data/phrases.toml``: how reports write things."""

from __future__ import annotations

from functools import cache, lru_cache

from checker.knowledge import in_order, knowledge, longest_first


@cache
def words(table: str, name: str) -> tuple[str, ...]:
    """One list of words, longest first, so that the first hit is the most specific one."""
    return longest_first(knowledge("phrases")[table][name])


@cache
def rows(table: str, name: str) -> tuple[tuple[str, ...], ...]:
    """One list of lists, in the order of the file."""
    return in_order(knowledge("phrases")[table][name])


@lru_cache(maxsize=1024)  # a column's name is asked for each of its cells
def has_any(text: str, table: str, name: str) -> bool:
    """Whether the text holds one of the words of a list."""
    return any(word in text for word in words(table, name))
