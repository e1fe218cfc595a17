"""The word lists of ``data/structure.toml``: how reports are built and what templates leave behind."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def _tables() -> dict[str, dict[str, list[object] | str]]:
    text = resources.files("checker").joinpath("data/structure.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def listed(table: str, name: str) -> tuple[str, ...]:
    """One list of words, longest first, so that the first hit is the most specific one."""
    return tuple(sorted((str(word) for word in _tables()[table][name]), key=len, reverse=True))


@cache
def series(table: str, name: str) -> tuple[tuple[str, ...], ...]:
    """One list of lists, in the order of the file."""
    return tuple(tuple(str(word) for word in row) for row in _tables()[table][name] if isinstance(row, list))


def alternatives(table: str, name: str) -> str:
    """One list as the alternatives of a pattern, longest first."""
    return "|".join("".join(f"\\{c}" if c in r"\.[](){}*+?|^$-/" else c for c in word) for word in listed(table, name))
