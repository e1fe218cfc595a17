"""By what share one amount is beyond another that stands beside it: 实际工期 596 天，比合同工期 540 天超出 10.37 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.quantity import Interval
from checker.relate.growth_sums import fits, judge_growth
from checker.relation import Relation
from checker.relation.growth import GrowthFacts

_AGAINST = Pattern(r"(?:比|较|超出|超过|高出|高于|低于|多于|少于)(?P<name>[^比较，,。；;\d]{0,20})$")
_BEYOND = Pattern(
    r"^(?:的)?(?:实际|平均)?(?:(?P<up>超出|超过|高出|多出|高|多|长|贵|大|快)|(?P<down>短少|低|少|短|小|慢|便宜|节省|节约))了?$"
)
_ITSELF = Pattern(r"(?P<up>超出|超过|高出|高于|多于)|(?P<down>低于|少于)")
"""超出合同工期 212 天 7.59 %: the word before the base says which way."""
KINDS = frozenset({"money", "count", "measure"})
HUNDRED = Interval.point(Decimal(100))


def find_rate_gaps(reading: Reading) -> Iterator[Relation]:
    """Every rate behind an amount that another one of its sentence is compared with."""
    for passage in reading.prose:
        if not any(one.quantity.unit.base == "%" for one in passage.figures):
            continue
        for span in sentences(passage.text.value):
            figures = [one for one in passage.outside(span) if one.quantity.unit.base != "年"]
            for at in range(2, len(figures)):
                facts = (
                    _facts(passage, figures, at)
                    or _of_a_gap(passage, figures, at)
                    or _of_what_is_new(passage, *figures[at - 2 : at + 1])
                )
                if facts is not None:
                    yield from judge_growth(facts, ())


def _facts(passage: Passage, figures: Sequence[Figure], at: int) -> GrowthFacts | None:
    """The one amount before the comparison, or of several the one that fits."""
    text, base, rate = passage.text.value, figures[at - 1], figures[at]
    quantity = base.quantity
    if rate.quantity.unit.base != "%" or rate.quantity.is_open or quantity.unit.kind not in KINDS or quantity.is_open:
        return None
    against = _AGAINST.search(text[figures[at - 2].end : base.start])
    said = text[base.end : rate.start].strip()
    beyond = _BEYOND.match(said) or (None if said else _ITSELF.match(against.group()) if against else None)
    if against is None or beyond is None:
        return None
    levels = [one for one in figures[: at - 1] if one.quantity.unit.base == quantity.unit.base]
    if not levels or levels[-1] is not figures[at - 2] or levels[-1].quantity.is_open:
        return None
    sign, word = (1, beyond["up"]) if beyond["up"] else (-1, beyond["down"])
    told = [GrowthFacts(passage.label(one), word, one, sign, base=base, rate=rate) for one in reversed(levels)]
    return next((one for one in told if fits(one)), told[0] if len(told) == 1 else None)


def _of_a_gap(passage: Passage, figures: Sequence[Figure], at: int) -> GrowthFacts | None:
    """结算投资 47,267.70 万元，较概算节余 4,732.30 万元，节余率 9.10 %: of what the two amounts make together.

    So with a change over several years: 达到 420 个，两年增加 28 个，增长 7.14 %.
    """
    done, gap, rate = figures[at - 2 : at + 1]
    text = passage.text.value
    said, behind = text[done.end : gap.start], text[gap.end : rate.start]
    over_years = _OVER_YEARS.fullmatch(said)
    short = over_years or _SHORT_OF.search(said)
    named = (_GROWN if over_years else _NAMED).fullmatch(behind)
    same = done.quantity.unit.base == gap.quantity.unit.base and gap.quantity.unit.kind in KINDS
    plain = not any(one.quantity.is_open for one in (done, gap, rate)) and rate.quantity.unit.base == "%"
    if short is None or named is None or not (same and plain):
        return None
    sign, word = (1, short["up"]) if short["up"] else (-1, short["down"])
    facts = GrowthFacts(passage.label(done), word, done, sign, change=gap, rate=rate)
    others = [one for one in figures[: at - 2] if one.quantity.unit.base == gap.quantity.unit.base]
    return facts if fits(facts) or not (others or _is_of_the_base(done, gap, rate)) else None


def _is_of_the_base(base: Figure, gap: Figure, rate: Figure) -> bool:
    """Whether a rate is the gap's share of the amount before it, which then was the base."""
    interval = base.quantity.interval
    if interval.low <= 0 <= interval.high:
        return False
    return (gap.quantity.interval / interval * HUNDRED).meets(rate.quantity.interval)


def _of_what_is_new(passage: Passage, new: Figure, reached: Figure, rate: Figure) -> GrowthFacts | None:
    """新增床位 800 张，全院床位将达到 1,900 张，比现状增加 72.73 %: what is new over what there was before."""
    text = passage.text.value
    led = _NEW.search(text[max(0, new.start - _REACH) : new.start])
    to, by = _REACHED.fullmatch(text[new.end : reached.start]), _GROWN_BY.fullmatch(text[reached.end : rate.start])
    same = new.quantity.unit.base == reached.quantity.unit.base and new.quantity.unit.kind in KINDS
    plain = not any(one.quantity.is_open for one in (new, reached, rate)) and rate.quantity.unit.base == "%"
    if led is None or to is None or by is None or not (same and plain):
        return None
    return GrowthFacts(passage.label(reached), by["word"], reached, 1, change=new, rate=rate)


_REACH = 16
_NEW = Pattern(r"(?:新增|净增|增加|新建|增设|扩容)\p{Han}{0,8}$")
_REACHED = Pattern(r"[，,][^，,。；;\d]{0,12}(?:达到?|增至|增加到|增加至|升至|提高到)了?\s*")
_GROWN_BY = Pattern(
    r"[，,](?:比|较)(?:现状|现有|原有?|此前|以前|之前|\p{Han}{1,4}前|\p{Han}{0,4}年初|年初|上年末?)\p{Han}{0,6}?"
    r"(?P<word>增长|增加|提高|扩大)了?\s*"
)
_SHORT_OF = Pattern(
    r"^[，,]?(?:比|较)[^，,。；;\d]{1,12}?(?:(?P<down>节余|结余|节约|节省|减少|少)|(?P<up>超支|超出|增加|多))了?$"
)
_NAMED = Pattern(r"[，,](?:(?:节余|结余|节约|节支|超支|超概|超出|超概算)(?:率|比例|幅度)为?|低|高|少|多|高出)")
_OVER_YEARS = Pattern(
    r"[，,](?:[两二三四五六七八九]|\d)年(?:间|来|内)?(?:共|累计|净)*(?:(?P<up>增加|新增)|(?P<down>减少))了?$"
)
_GROWN = Pattern(r"[，,](?:累计)?(?:增长|增幅|下降|降幅|减少|增加)为?")
