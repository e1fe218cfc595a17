"""Amounts listed by year, and how they grew from one to the next.

2022—2024年支出分别为 32613.15 万元、35407.57 万元和 35399.28 万元，2023年、2024年分别比上年增长 8.57 % 和下降 0.02 %,
2024年比2023年减少 8.29 万元.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from checker.extract.clauses import JOINED
from checker.extract.figures import Passage, Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.extract.rate_words import any_word
from checker.figure import Figure
from checker.relate.growth_sums import judge_growth
from checker.relate.yearly_rates import MOST, YearsOfSentence
from checker.relation import Relation
from checker.relation.growth import GrowthFacts

_YEAR = Pattern(r"20\d\d")
_UP, _DOWN, _PRIOR = any_word("growth", "up"), any_word("growth", "down"), any_word("growth", "prior")
_RESPECTIVELY = Pattern(
    rf"(?P<years>20\d\d年度?(?:(?:[、和及]|以及)20\d\d年度?)+)\p{{Han}}{{0,6}}?分别[比较](?:{_PRIOR})(?:同期)?"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))了?$"
)
LEAD, SENTENCES = 40, 1
PLAIN = frozenset({"增加", "减少", "增长", "下降", "上升", "提高", "降低", "多", "少"})
"""多支出 is about expenditure, whatever was listed."""


def find_yearly_amounts(reading: Reading) -> Iterator[Relation]:
    """Every growth from one year to the next of amounts that the passage lists by year."""
    for page in measured(reading):
        if "分别" not in page.passage.text.value:
            continue
        known: dict[int, Figure] = {}
        last: Measured | None = None
        years = YearsOfSentence()
        for index, item in enumerate(page.figures):
            if item.based_kind in {"money", "count", "measure"} and item.kind is Kind.LEVEL:
                listed = years.listed(page.passage, page.figures[index : index + MOST])
                if listed:
                    known, last = listed, item
            elif last is not None and item.sentence <= last.sentence + SENTENCES:
                yield from _changed(item, known, last)
                yield from _grown(page.passage, page.figures[index : index + MOST], known, last)


def _changed(item: Measured, known: Mapping[int, Figure], last: Measured) -> Iterator[Relation]:
    """2024年比2023年减少 8.29 万元."""
    lead = item.lead
    now, then = lead.period.year, lead.reference_period.year
    named = bool(lead.measure) and not last.words.replace("分别为", "").endswith(lead.measure)
    own = named or lead.word not in PLAIN
    if now is None or then is None or own or now not in known or then not in known:
        return
    if item.kind is Kind.CHANGE and item.base == last.base:
        facts = GrowthFacts(last.lead.measure, lead.word, known[now], lead.sign, base=known[then], change=item.figure)
        yield from judge_growth(facts, ())


def _grown(
    passage: Passage, items: Sequence[Measured], known: Mapping[int, Figure], last: Measured
) -> Iterator[Relation]:
    """2023年、2024年分别比上年增长 8.85 % 和 1.33 %: one rate a year."""
    text, first = passage.text.value, items[0].figure
    match = _RESPECTIVELY.search(text[max(0, first.start - LEAD) : first.start])
    if match is None or items[0].base != "%":
        return
    rates = [first]
    for one, other in pairwise(items):
        if text[one.figure.end : other.figure.start].strip() not in JOINED or other.base != "%":
            break
        rates.append(other.figure)
    years = [int(year) for year in _YEAR.findall(match["years"])]
    if len(years) == len(rates) and all(year in known and year - 1 in known for year in years):
        for year, rate in zip(years, rates, strict=True):
            word, sign = (match["up"], 1) if match["up"] else (match["down"], -1)
            facts = GrowthFacts(last.lead.measure, word, known[year], sign, base=known[year - 1], rate=rate)
            yield from judge_growth(facts, ())
