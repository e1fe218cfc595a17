"""The word lists of ``data/rates.toml``: how reports write growth, shares, rates and trends."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class NamedRate:
    """A rate of the field: the words it goes by, and the words of what is divided by what."""

    names: tuple[str, ...]
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(resources.files("checker").joinpath("data/rates.toml").read_text("utf-8"))


@cache
def rate_words(table: str, name: str) -> tuple[str, ...]:
    """One list of words, longest first, so that the first hit is the most specific one."""
    return tuple(sorted(_tables()[table][name], key=len, reverse=True))


def any_word(table: str, *names: str) -> str:
    """The source of a pattern that matches one of the words of these lists, the longest first."""
    listed = {word for name in names for word in rate_words(table, name)}
    return "(?:" + "|".join(sorted(listed, key=lambda word: (-len(word), word))) + ")"


@cache
def named_rates() -> tuple[NamedRate, ...]:
    """Every rate that is known by its name."""
    return tuple(
        NamedRate(tuple(row["name"]), tuple(row["numerator"]), tuple(row["denominator"])) for row in _tables()["rate"]
    )
