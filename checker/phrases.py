"""The word lists of ``data/phrases.toml``: how reports write things."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def _tables() -> dict[str, dict[str, list[object]]]:
    text = resources.files("checker").joinpath("data/phrases.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def words(table: str, name: str) -> tuple[str, ...]:
    """One list of words, longest first, so that the first hit is the most specific one."""
    return tuple(sorted((str(word) for word in _tables()[table][name]), key=len, reverse=True))


@cache
def rows(table: str, name: str) -> tuple[tuple[str, ...], ...]:
    """One list of lists, in the order of the file."""
    return tuple(tuple(str(word) for word in row) for row in _tables()[table][name] if isinstance(row, list))


def has_any(text: str, table: str, name: str) -> bool:
    """Whether the text holds one of the words of a list."""
    return any(word in text for word in words(table, name))
