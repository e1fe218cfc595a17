"""The word lists of ``data/rubrics.toml``: how scoring rules are written."""

from __future__ import annotations

from functools import cache

from checker.extract.lexicon import any_of
from checker.knowledge import knowledge, longest_first


@cache
def rule_words(name: str) -> tuple[str, ...]:
    """One list of words, longest first, so that the first hit is the most specific one."""
    return longest_first(knowledge("rubrics")[name])


def source_of(name: str) -> str:
    """A pattern source that matches one word of a list."""
    return any_of(word for word in rule_words(name) if word)


def slips() -> tuple[tuple[str, str], ...]:
    """Typing slips: what is found and what is meant."""
    return tuple((str(row[0]), str(row[1])) for row in knowledge("rubrics")["slips"] if isinstance(row, list))
