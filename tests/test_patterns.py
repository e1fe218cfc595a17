"""Patterns: no search goes on for ever, whatever the text."""

import pytest

from checker.extract import patterns
from checker.extract.patterns import Pattern, PatternTimeout

ENDLESS = Pattern(r"(?:a|aa|aaa)+$")
SEARCHES = {
    "finditer": lambda text: list(ENDLESS.finditer(text)),
    "findall": ENDLESS.findall,
    "search": ENDLESS.search,
    "match": ENDLESS.match,
    "fullmatch": ENDLESS.fullmatch,
    "sub": lambda text: ENDLESS.sub("", text),
    "split": ENDLESS.split,
}


@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_that_would_not_end_is_stopped(name, monkeypatch):
    monkeypatch.setattr(patterns, "SECONDS", 0.05)
    with pytest.raises(PatternTimeout):
        SEARCHES[name]("a" * 60 + "b")
