"""Patterns: no search goes on for ever, and no text is passed over that one matches."""

import sys
from pathlib import Path

import pytest

import checker.run  # noqa: F401 (brings all patterns)
from checker.extract import patterns
from checker.extract.patterns import Pattern, PatternTimeout
from checker.extract.required import required

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"

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


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (r"由高到低(?:依次)?为", {"由高到低"}),
        (r"(?P<name>\p{Han}{2,8}?)最[高低]", {"最"}),
        (r"(?:上升|下降)了\d+", {"上升", "下降"}),
        (r"(?:上升|下降)?\d+", set()),
        (r"(?<=增长)\d+(?!倍)", {"增长"}),
        (r"(?<!增长)\d+", set()),
        (r"[，。]其中", {"其中"}),
        (r"其中|$", set()),
        (r"(?i)rate", set()),
        (r"(?(DEFINE)(?P<unit>元|人))(?&unit)率", set()),  # Python's own parser does not know it: nothing is spared
    ],
)
def test_the_words_that_a_match_needs_are_read_off_the_pattern(source, words):
    assert set(required(source, 0)) == words


def every_pattern():
    """All patterns of the program that stand by themselves."""
    for module in [module for name, module in sys.modules.items() if name.startswith("checker.")]:
        yield from (value for value in vars(module).values() if isinstance(value, Pattern))


def test_no_text_is_spared_that_a_pattern_matches():
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(REPORTS.glob("*/faulty.md")))
    lines = sorted({line for line in text.splitlines() if line.strip()})
    spared = 0
    for pattern in every_pattern():
        bare, words = pattern._compiled
        spare = [line for line in lines if words and not any(word in line for word in words)]
        spared += len(spare)
        assert not [line for line in spare if bare.search(line)], pattern._source
    assert spared > len(lines)
