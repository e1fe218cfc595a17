"""The word lists of ``data/rates.toml``: how reports write growth, shares, rates and trends."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from checker.knowledge import knowledge, longest_first


class NamedRate(Struct, frozen=True):
    """A rate of the field: the words it goes by, and the words of what is divided by what."""

    names: tuple[str, ...]
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]


@cache
def rate_words(table: str, name: str) -> tuple[str, ...]:
    """One list of words, longest first, so that the first hit is the most specific one."""
    return longest_first(knowledge("rates")[table][name])


def any_word(table: str, *names: str) -> str:
    """The source of a pattern that matches one of the words of these lists, the longest first."""
    listed = {word for name in names for word in rate_words(table, name)}
    return "(?:" + "|".join(sorted(listed, key=lambda word: (-len(word), word))) + ")"


@cache
def named_rates() -> tuple[NamedRate, ...]:
    """Every rate that is known by its name."""
    return tuple(
        NamedRate(tuple(row["name"]), tuple(row["numerator"]), tuple(row["denominator"]))
        for row in knowledge("rates")["rate"]
    )
