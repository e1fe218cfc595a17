"""Amounts listed by year, and how they grew from one to the next.

2022—2024年支出分别为 32613.15 万元、35407.57 万元和 35399.28 万元，2023年、2024年分别比上年增长 8.57 % 和下降 0.02 %,
2024年比2023年减少 8.29 万元.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.figures import Passage, Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.extract.rate_words import any_word
from checker.figure import Figure
from checker.relate.growth_sums import judge_growth
from checker.relate.yearly_rates import MOST, YearsOfSentence, joined
from checker.relation import Relation
from checker.relation.growth import GrowthFacts

_YEAR = Pattern(r"20\d\d")
_UP, _DOWN, _PRIOR = any_word("growth", "up"), any_word("growth", "down"), any_word("growth", "prior")
_THAN_BEFORE = rf"(?:分别|依次)[比较](?:{_PRIOR})(?:同期)?"
_RESPECTIVELY = Pattern(
    rf"(?:(?P<later>[此其]?后[两二三四]年)(?:{_THAN_BEFORE}|分别|依次)"
    rf"|(?P<years>20\d\d年度?(?:(?:[、和及]|以及)20\d\d年度?)+)?(?:均|各年)?(?P<name>\p{{Han}}{{0,8}}?){_THAN_BEFORE})"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))了?$"
)
_LISTED = Pattern(r"(?:分别|依次)为?$")
_ABOUT_THEM = Pattern(
    r"(?:与|和|较|比)?20\d\d年度?相?比较?|(?:总体|整体)?(?:逐年|持续|连续|稳步|呈|总体|整体)\p{Han}{2,8}"
)
"""Before a change, what goes on about the listed amounts: 与2022年相比; 逐年减少."""
LEAD, SENTENCES = 40, 1
PLAIN = frozenset({"增加", "减少", "增长", "下降", "上升", "提高", "降低", "多", "少"})
"""多支出 is about expenditure, whatever was listed."""


class _List(Struct, frozen=True):
    """Amounts by year, and the first of them as the text has it."""

    known: dict[int, Figure]
    first: Measured


def find_yearly_amounts(reading: Reading) -> Iterator[Relation]:
    """Every growth from one year to the next of amounts that the passage lists by year."""
    for page in measured(reading):
        if "分别" not in page.passage.text.value and "依次" not in page.passage.text.value:
            continue
        lists: list[_List] = []
        years = YearsOfSentence()
        for index, item in enumerate(page.figures):
            if item.based_kind in {"money", "count", "measure"} and item.kind is Kind.LEVEL:
                listed = years.listed(page.passage, page.figures[index : index + MOST])
                lists += [_List(listed, item)] if listed else []
            elif lists and item.sentence <= lists[-1].first.sentence + SENTENCES:
                after = page.figures[index + 1] if index + 1 < len(page.figures) else None
                yield from _changed(item, after, lists[-1].known, lists[-1].first)
                yield from _grown(page.passage, page.figures[index : index + MOST], lists)


def _changed(item: Measured, after: Measured | None, known: Mapping[int, Figure], last: Measured) -> Iterator[Relation]:
    """2024年比2023年减少 8.29 万元, 2023年同比增长 8.93 %, 2023年较上年增加 32.86 公斤，增长 6.01 %."""
    lead = item.lead
    now, then = lead.period.year, lead.reference_period.year
    if then is None and now is not None and lead.reference_period.prior:
        then = now - 1
    named = bool(lead.measure) and not _LISTED.sub("", last.words).endswith(lead.measure)
    if now is None or then is None or now not in known or then not in known or named or lead.word not in PLAIN:
        return
    if (item.between and not _ABOUT_THEM.fullmatch(item.between)) or "分别" in item.words or "依次" in item.words:
        return
    facts = GrowthFacts(last.lead.measure, lead.word, known[now], lead.sign, base=known[then])
    if item.kind is Kind.CHANGE and item.base == last.base:
        rate = after.figure if after is not None and _goes_on(item, after) else None
        yield from judge_growth(replace(facts, change=item.figure, rate=rate), ())
    elif item.kind is Kind.GROWTH and item.based_kind == "rate":
        yield from judge_growth(replace(facts, rate=item.figure), ())


def _goes_on(change: Measured, rate: Measured) -> bool:
    """Whether a rate right behind a change is of it, said without a word on what and since when."""
    lead = rate.lead
    bare = not (lead.measure or lead.compared or lead.period.year or rate.between)
    growth = rate.kind is Kind.GROWTH and rate.base == "%" and lead.sign == change.lead.sign
    return bare and growth and rate.sentence == change.sentence and not rate.figure.quantity.is_open


def _grown(passage: Passage, items: Sequence[Measured], lists: Sequence[_List]) -> Iterator[Relation]:
    """2023年、2024年分别比上年增长 8.85 % 和 1.33 %: one figure a year."""
    text, first = passage.text.value, items[0].figure
    match = _RESPECTIVELY.search(text[max(0, first.start - LEAD) : first.start])
    own = _named(lists, match["name"] or "") if match else None
    if match is None or own is None or items[0].base not in {"%", own.first.base}:
        return
    known, last = own.known, own.first
    listed = joined(items, text)
    years = [int(year) for year in _YEAR.findall(match["years"] or "")] or sorted(known)[-len(listed) :]
    if len(years) != len(listed) or first.quantity.is_open:
        return
    word, sign = (match["up"], 1) if match["up"] else (match["down"], -1)
    for year, figure in zip(years, listed, strict=True):
        if year in known and year - 1 in known:
            facts = GrowthFacts(last.lead.measure, word, known[year], sign, base=known[year - 1])
            of_rate = figure.quantity.unit.base == "%"
            yield from judge_growth(replace(facts, rate=figure) if of_rate else replace(facts, change=figure), ())


def _named(lists: Sequence[_List], name: str) -> _List | None:
    """The last list, or where the growth names its own the one of that name."""
    if not name:
        return lists[-1]
    return next((one for one in reversed(lists) if _LISTED.sub("", one.first.words).endswith(name)), None)
