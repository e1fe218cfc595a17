"""Rates listed by year, and by how many points they moved.

2021—2023年执行率分别为 96.08 %、93.73 % 和 88.18 %，2023年比2022年下降 5.55 个百分点，比2021年下降 7.90 个百分点.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from checker.extract.clauses import JOINED
from checker.extract.figures import Passage, Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relation.growth import RateDifference
from checker.verdict import Phrase

LISTED = Phrase("前文逐年列出的两个比率", "the two rates that are listed by year before it")
_SPAN = Pattern(r"(?P<first>20\d\d)年?\s*(?:[—–\-~～]+|至|到)\s*(?P<last>20\d\d)年")
_YEARS = Pattern(r"20\d\d年(?:(?:[、和及]|以及)20\d\d年)+")
_YEAR = Pattern(r"20\d\d")
_LIST = Pattern(r"(?:分别|依次)\p{Han}{0,8}?\s*$")
_LISTS = Pattern("分别|依次")
LEAD, SENTENCES, MOST = 60, 1, 12


def find_yearly_rates(reading: Reading) -> Iterator[RateDifference]:
    """Every difference in points between two years whose rates the passage lists."""
    for page in measured(reading):
        if not _LISTS.search(page.passage.text.value) or not any(one.based_kind == "points" for one in page.figures):
            continue
        known: dict[int, Figure] = {}
        named, sentence = "", 0
        years = YearsOfSentence()
        for index, item in enumerate(page.figures):
            if item.base == "%" and item.based_kind == "rate":
                listed = years.listed(page.passage, page.figures[index : index + MOST])
                if listed:
                    known, named, sentence = listed, item.lead.measure, item.sentence
                elif item.kind is Kind.LEVEL and item.figure not in known.values():
                    known = {}  # another list, of which nothing tells the years
            elif item.kind is Kind.LEVEL:
                years.listed(page.passage, page.figures[index : index + MOST])
            elif known and item.based_kind == "points" and item.sentence <= sentence + SENTENCES:
                yield from _moved(item, known, named)


class YearsOfSentence:
    """The years of the lists of a passage, from one list of a sentence to the next."""

    def __init__(self) -> None:
        self._years: tuple[int, ...] = ()
        self._sentence = -1

    def listed(self, passage: Passage, items: Sequence[Measured]) -> dict[int, Figure]:
        """The figures from here on by year, where they are such a list."""
        usual = self._years if items[0].sentence == self._sentence else ()
        found = listed_by_year(passage, items, usual)
        if found:
            self._years, self._sentence = tuple(found), items[0].sentence
        return found


def listed_by_year(passage: Passage, items: Sequence[Measured], usual: Sequence[int] = ()) -> dict[int, Figure]:
    """The figures of one unit from here on by the years that the words before them name.

    ``usual`` are those of a list before it in the sentence, which one that names no years goes on with.
    """
    text, first = passage.text.value, items[0].figure
    lead = text[max(0, first.start - LEAD) : first.start]
    if not _LIST.search(lead):
        return {}
    lead = lead[lead.rfind("。") + 1 :]
    figures = joined(items, text, JOINED | {"，"})
    span = _SPAN.search(lead)
    years = list(range(int(span["first"]), int(span["last"]) + 1)) if span else []
    if match := _YEARS.search(lead):
        years = [int(year) for year in _YEAR.findall(match.group())]
    years = years if len(years) == len(figures) else list(usual)
    exact = not any(figure.quantity.is_open for figure in figures)
    return dict(zip(years, figures, strict=True)) if len(years) == len(figures) > 1 and exact else {}


def joined(items: Sequence[Measured], text: str, marks: Set[str] = JOINED) -> list[Figure]:
    """The first figures of some in one unit that nothing but these marks and words parts."""
    figures = [items[0].figure]
    for one, other in pairwise(items):
        if text[one.figure.end : other.figure.start].strip() not in marks or other.base != items[0].base:
            break
        figures.append(other.figure)
    return figures


def _moved(item: Measured, known: dict[int, Figure], named: str) -> Iterator[RateDifference]:
    """A difference that names its years; one that names the earlier only is about the last of the list."""
    lead = item.lead
    before = lead.reference_period.year
    now = lead.period.year or max(known)
    if before is None and lead.reference_period.prior and lead.period.year:
        before = now - 1
    own = lead.measure and lead.measure not in named
    if before is None or own or now == before or now not in known or before not in known or not lead.sign:
        return
    if not item.figure.quantity.is_open:
        yield RateDifference(LISTED, (f"{now}年", f"{before}年"), known[now], known[before], item.figure, lead.sign)
