"""The word lists of ``data/structure.toml``: how reports are built and what templates leave behind."""

from __future__ import annotations

from functools import cache

from checker.knowledge import in_order, knowledge, longest_first


@cache
def listed(table: str, name: str) -> tuple[str, ...]:
    """One list of words, longest first, so that the first hit is the most specific one."""
    return longest_first(knowledge("structure")[table][name])


@cache
def series(table: str, name: str) -> tuple[tuple[str, ...], ...]:
    """One list of lists, in the order of the file."""
    return in_order(knowledge("structure")[table][name])


def alternatives(table: str, name: str) -> str:
    """One list as the alternatives of a pattern, longest first."""
    return "|".join("".join(f"\\{c}" if c in r"\.[](){}*+?|^$-/" else c for c in word) for word in listed(table, name))
