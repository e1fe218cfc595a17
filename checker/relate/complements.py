"""Two rates of one thing that make the whole: 政府采购执行率 13.95% and 政府采购节支率 86.05%."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from checker.extract.facts import Fact, find_facts
from checker.extract.figures import Reading
from checker.phrases import rows
from checker.relation import Complement
from checker.verdict import Phrase

WHOLE = Phrase("“{first}”与“{second}”之和为 100%", "“{first}” and “{second}” make 100%")
SHORTEST = 2


def find_complements(reading: Reading) -> Iterator[Complement]:
    """Every pair of rates whose names say that one is what the other leaves, of one thing in one year."""
    rates: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    pairs = rows("formulas", "complements")
    endings = sorted((word for pair in pairs for word in pair), key=len, reverse=True)
    for fact in find_facts(reading):
        ending = next((word for word in endings if fact.label.endswith(word)), "") if fact.base == "%" else ""
        stem = fact.label.removesuffix(ending)
        if ending and len(stem) >= SHORTEST:
            rates[stem, ending].append(fact)
    for stem in dict.fromkeys(stem for stem, _ in rates):
        for first, second in pairs:
            yield from _of_one_thing(rates.get((stem, first), []), rates.get((stem, second), []))


def _of_one_thing(firsts: list[Fact], seconds: list[Fact]) -> Iterator[Complement]:
    """One claim for the two rates; none where a rate has several values, for these are of several things."""
    if len(_values(firsts)) != 1 or len(_values(seconds)) != 1:
        return
    one, other = firsts[0], seconds[0]
    if one.caption != other.caption and one.caption and other.caption:
        return  # 使用率 of one table and 闲置率 of another need not be over one number
    same_year = one.year is None or other.year is None or one.year == other.year
    if same_year and one.prior == other.prior and one.manner == other.manner:
        because = WHOLE.filled(first=one.title, second=other.title)
        yield Complement(because, one.figure, other.figure, (one.title, other.title))


def _values(facts: list[Fact]) -> set[object]:
    return {fact.figure.quantity.based for fact in facts}
