"""Samples by stages: 6 个县，每县抽取 4 个乡镇，共 24 个乡镇; 48 个行政村，走访 960 户（每村 20 户）."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.slips import near_miss
from checker.relation.derived import Product
from checker.verdict import Phrase

EACH = Phrase("“每{noun}{number}”与{noun}数之积", "so many for each “{noun}” ({number})")

_EACH = Pattern(
    r"每一?个?(?P<noun>[\p{Han}]{1,3}?)(?:随机|分别|各)?(?:抽取|抽查|抽选|选取|选择|走访|调查|入户|发放|问卷|配备|安排|访谈)?\s*$"
)
_IN_ALL = Pattern(r"共[^，,。；;：:、\d]{0,6}$")
_MARKS = Pattern(r"[，,。；;：:、（）()\d]")
LEAD, BEHIND = 14, 6


def find_samples(reading: Reading) -> Iterator[Product]:
    """Every number of a sentence that a number of units and a number for each unit give."""
    for passage in reading.prose:
        text = passage.text.value
        if "每" not in text or passage.place.row is not None:
            continue
        for span in sentences(text):
            figures = [f for f in passage.within(span.start, span.end) if _counts(f)]
            each = {f.start: m for f in figures if (m := _EACH.search(text[max(0, f.start - LEAD) : f.start]))}
            others = [f for f in figures if f.start not in each]
            for figure in figures:
                if figure.start in each and others:
                    yield from _product(passage, figure, each[figure.start], others)


def _counts(figure: Figure) -> bool:
    quantity = figure.quantity
    whole = not quantity.decimals  # 每家次 2.6 人次 is an average
    return quantity.unit.kind == "count" and quantity.unit.scale == 1 and whole and not quantity.is_open


def _product(passage: Passage, figure: Figure, match: Match, others: Sequence[Figure]) -> Iterator[Product]:
    noun = match["noun"]
    units = [f for f in others if f.start < figure.start and _is_of(passage, f, noun)]
    totals = [f for f in others if f not in units and _same_things(passage, f, figure)]
    if len(totals) > 1:
        totals = [f for f in totals if _IN_ALL.search(passage.text.value[max(0, f.start - LEAD) : f.start])]
    if len(units) != 1 or len(totals) != 1:
        return
    total = totals[0]
    because = EACH.filled(noun=noun, number=figure.raw.strip())
    claim = Product(because, total.raw.strip() + _noun(passage, total), total, ((units[0], figure),))
    if claim.holds or near_miss(total.quantity.value, claim.exact(claim.closest)):
        yield claim


def _is_of(passage: Passage, figure: Figure, noun: str) -> bool:
    """Whether a number counts what the noun names: 6 个县, 48 个行政村 for 村."""
    return figure.quantity.unit.name == noun or noun in _noun(passage, figure)


def _noun(passage: Passage, figure: Figure) -> str:
    """The words right behind a number."""
    return _MARKS.split(passage.text.value[figure.end : figure.end + BEHIND])[0].strip()


def _same_things(passage: Passage, total: Figure, each: Figure) -> bool:
    """Whether two numbers count the same: by one unit and noun, or one in a bracket behind the other."""
    if total.quantity.unit.base != each.quantity.unit.base:
        return False
    if passage.text.value[total.end : each.start].lstrip().startswith(("（每", "(每")):
        return True
    first, second = _noun(passage, total), _noun(passage, each)
    if total.quantity.unit.name in {"个", "项"}:
        return bool(second) and first.startswith(second)
    return not first or not second or first.startswith(second)
