"""Shares of a number that its sentence, or the one before it, states: 从 573 所学校中抽取 54 所，抽查面为 9.42 %.

Neither the words for the share nor those for the whole need be known. A share is wrong only where no
number near it gives it, and one does once two digits change places; a rate that the
report states again elsewhere is taken from there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from checker.extract.figures import Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.relate.rate_search import has_own_share
from checker.relation.divisions import Division
from checker.relation.shares import Share
from checker.verdict import Phrase

NEAR = Phrase("“{part}”为邻近总数的一部分", "“{part}” is part of a number near it")
OTHER = Phrase("未必就邻近的总数而言", "the share need not be of a number near it")
_NAMED = Pattern(r"(?:率|度|面|占|占比|比重|比例)(?:[^，,。；;\d]{0,12}的)?(?:仅|只|约|达)?[为达是]?$")
AMOUNTS = frozenset({"money", "count", "measure"})
KINDS = frozenset({Kind.LEVEL, Kind.SHARE, Kind.OF})
LOOK_BACK, SENTENCES, MOST, NOUN = 14, 2, 6, 2
OF_ALL = ("全部", "总", "整个")
GENERIC = frozenset({"其中", "全部", "万元", "完成", "实际", "全年", "资金", "项目", "支出", "合计", "本年", "共有"})


def find_near_shares(reading: Reading) -> Iterator[Share]:
    """Every rate that stands once, behind a number, with each number near it that may be the whole."""
    pages = list(measured(reading))
    said = Counter(f.quantity.value for f in reading.figures if f.quantity.unit.kind == "rate")
    for page in pages:
        for index, item in enumerate(page.figures):
            if item.based_kind != "rate" or item.kind not in KINDS or said[item.figure.quantity.value] > 1:
                continue
            if index and not item.figure.quantity.is_open and _NAMED.search(item.words):
                yield from _of_near(page.figures, index)


def _of_near(items: Sequence[Measured], index: int) -> Iterator[Share]:
    item = items[index]
    before = [
        one
        for one in reversed(items[max(0, index - LOOK_BACK) : index])
        if one.based_kind in AMOUNTS and not one.figure.quantity.is_open and one.depth <= item.depth
    ]
    part = before[0] if before and before[0].sentence == item.sentence else None
    if part is None or any(each in part.words for each in "均每") or "合计" in item.words:
        return
    others = [one for one in before[1:] if one.base == part.base and one.sentence >= item.sentence - SENTENCES]
    larger = [
        one for one in others if one.figure.quantity.based > part.figure.quantity.based and not has_own_share(one)
    ]
    beside = [one for one in larger if one.sentence == item.sentence]
    named = [one for one in larger if one not in beside and _may_be_meant(one, part, item)]
    wholes = (beside + named) if any(word in item.words for word in OF_ALL) else (beside or named)
    if wholes:
        readings = tuple(Division(part.figure, one.figure, one.figure.raw.strip()) for one in wholes[:MOST])
        because = NEAR.filled(part=part.figure.raw.strip())
        share = Share(because, item.words[-LONGEST:], item.figure, readings, OTHER, by_place=True)
        yield from [share] if share.holds or share.slipped else []


def _may_be_meant(whole: Measured, part: Measured, share: Measured) -> bool:
    """Whether a number of another sentence is named by the part or the share, or is all of it: 占全部缺口的 43.66 %."""
    return bool(_noun(whole) & (_noun(part) | _pairs(share.words))) or any(word in share.words for word in OF_ALL)


def _noun(item: Measured) -> frozenset[str]:
    """The words of a number, two characters each: those before it and what it counts."""
    return _pairs(item.words) | _pairs(item.counted)


def _pairs(words: str) -> frozenset[str]:
    return frozenset(words[at : at + NOUN] for at in range(len(words) - NOUN + 1)) - GENERIC


LONGEST = 12
