"""The word lists of ``data/rubrics.toml``: how scoring rules are written."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources

from checker.extract.lexicon import any_of


@cache
def _lists() -> dict[str, list[object]]:
    text = resources.files("checker").joinpath("data/rubrics.toml").read_text("utf-8")
    return tomllib.loads(text, parse_float=Decimal)


@cache
def rule_words(name: str) -> tuple[str, ...]:
    """One list of words, longest first, so that the first hit is the most specific one."""
    return tuple(sorted((str(word) for word in _lists()[name]), key=len, reverse=True))


def source_of(name: str) -> str:
    """A pattern source that matches one word of a list."""
    return any_of(word for word in rule_words(name) if word)


def slips() -> tuple[tuple[str, str], ...]:
    """Typing slips: what is found and what is meant."""
    return tuple((str(row[0]), str(row[1])) for row in _lists()["slips"] if isinstance(row, list))
