"""Lists that are read side by side: 事故 12 起、死亡 5 人，分别比上年的 15 起、8 人下降 20 % 和 37.5 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.extract.rate_words import any_word
from checker.figure import Figure
from checker.relate.growth_sums import judge_growth
from checker.relation import Relation
from checker.relation.growth import GrowthFacts

_UP, _DOWN, _PRIOR = any_word("growth", "up"), any_word("growth", "down"), any_word("growth", "prior")
_VERB = Pattern(rf"^\s*[，,]?\s*(?:分别)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))了?(?:约)?\s*$")
_AGAINST = Pattern(rf"[比较与][^，,。；;]{{0,6}}?(?:{_PRIOR}|(?:19|20)\d\d年)[^，,。；;\d]{{0,8}}$")
_JOINED = Pattern(r"\s*(?:[、，,]|和|及|与|以及)[^，,。；;、\d]{0,8}")
_RATES = frozenset({"、", "和", "及", "与", "，", "以及"})
MOST = 6


def find_aligned_growth(reading: Reading) -> Iterator[Relation]:
    """Every growth whose amounts, bases and rates stand in three lists of one sentence, joined by 分别."""
    for passage in reading.prose:
        text = passage.text.value
        if "分别" not in text or len(passage.figures) < 3 * 2:
            continue
        for span in sentences(text):
            figures = passage.within(span.start, span.end)
            for index in range(4, len(figures) - 1):
                yield from _lists(passage, figures, index)


def _lists(passage: Passage, figures: Sequence[Figure], index: int) -> Iterator[Relation]:
    """The three lists whose rates begin at ``index``, each figure against its neighbours in the others."""
    text = passage.text.value
    verb = _VERB.match(text[figures[index - 1].end : figures[index].start][:LONGEST])
    count = _rates(text, figures, index)
    if verb is None or count < 2 or index < 2 * count:
        return
    now, then = figures[index - 2 * count : index - count], figures[index - count : index]
    rates = figures[index : index + count]
    between = text[now[-1].end : then[0].start][: 2 * LONGEST]
    units = all(a.quantity.unit.base == b.quantity.unit.base for a, b in zip(now, then, strict=True))
    if not units or not _AGAINST.search(between) or "分别" not in between + verb.group():
        return
    if not (_joined(text, now) and _joined(text, then)):
        return
    sign, word = (1, verb["up"]) if verb["up"] else (-1, verb["down"])
    for current, base, rate in zip(now, then, rates, strict=True):
        label = passage.label(current) or current.raw.strip()
        yield from judge_growth(GrowthFacts(label, word, current, sign, base, None, rate), (), bare=False)


LONGEST = 16


def _rates(text: str, figures: Sequence[Figure], index: int) -> int:
    """How many rates stand in a row from one on."""
    count = 0
    for figure in figures[index : index + MOST]:
        before = figures[index + count - 1]
        if figure.quantity.unit.base != "%" or figure.quantity.is_open:
            break
        if count and text[before.end : figure.start].strip() not in _RATES:
            break
        count += 1
    return count


def _joined(text: str, figures: Sequence[Figure]) -> bool:
    """Whether the figures of a list follow each other with 、 and at most a word between."""
    return all(_JOINED.fullmatch(text[a.end : b.start][:LONGEST]) for a, b in pairwise(figures))
