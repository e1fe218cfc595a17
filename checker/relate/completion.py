"""Completion rates: 为预算的 N %, 完成年初预算的 N %, and rates that go by a name (到位率, 整改率)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from checker.extract.leads import Kind
from checker.extract.measures import Measured
from checker.extract.rate_words import NamedRate, named_rates, rate_words
from checker.relate.binding import is_gap
from checker.relation import Relation
from checker.relation.divisions import Division, Rest
from checker.relation.shares import Completion, Multiple, RateBase
from checker.verdict import Phrase

NAMED_BASE = Phrase("“{name}”说明所除的基数", "“{name}” names what it is taken of")
BY_NAME = Phrase("“{name}”为“{part}”除以“{whole}”", "“{name}” divides “{part}” by “{whole}”")
MANY = Phrase("句中有多个数可作分子或分母，均不相符", "several figures may be divided and none of them fits")
REST_BY_NAME = Phrase(
    "“{name}”为“{whole}”中除“{part}”以外的部分", "“{name}” is what “{part}” leaves of “{whole}”, as a share of it"
)
OTHER = Phrase("该比率未必就所列数而言", "the rate need not be about these figures")
LOOK_BACK = 8
_TOGETHER = frozenset({"共", "合计", "共计", "总计"})
AMOUNTS = frozenset({"money", "count", "measure"})


def is_together(item: Measured) -> bool:
    """Whether an amount is given as the sum of those before it: 分别完成 122、20 和 31 批次，共 173 批次."""
    return item.words.strip("，, ") in _TOGETHER


def completions(items: Sequence[Measured], index: int, part: Measured) -> Iterator[Relation]:
    """为预算的 N %: the base is the amount of the same segment that the rate names."""
    item = items[index]
    name = item.lead.reference
    bases = _bases(items, index, part)
    if item.base == "倍" or not any(word in name for word in ("预算", *rate_words("base", "plan"))):
        yield from _times(item, part, bases)
        return
    kind = _kind(name)
    if kind and _fits_name(part, name, kind) and len(bases) == 1 and not _fits_name(bases[0], name, kind):
        part, bases = bases[0], [part]  # 支出 A，年初预算 B，完成年初预算的 N %
    fitting = [one for one in bases if _fits_name(one, name, kind)]
    if not fitting and kind != "adjusted" and len(bases) == 1 and _may_be(bases[0], name):
        fitting = bases
    if not fitting:
        return
    because = NAMED_BASE.filled(name=item.lead.word + name)
    label = part.title
    readings = tuple(Division(part.figure, one.figure, one.title) for one in fitting)
    same = "预算" in name or all(_same_plan(name, one.words) for one in fitting)
    rate = Completion(because, label, item.figure, readings, None if same else OTHER)
    others = [Division(part.figure, one.figure, one.title) for one in bases if one not in fitting]
    other = next((one for one in others if Completion(because, label, item.figure, (one,)).holds), None)
    zero = all(one.whole.quantity.value == 0 for one in readings)
    if zero and part.figure.quantity.value == 0:
        return
    if zero or (others and kind and (rate.holds or other is not None)):
        wrong = other if not rate.holds else None
        yield RateBase(because, label, item.figure, readings, name=name, other=wrong, is_zero=zero)
    if not zero and (rate.holds or other is None):
        yield rate


def _bases(items: Sequence[Measured], index: int, part: Measured) -> list[Measured]:
    """The amounts of the segment before the one that was done, in its unit; nearest first."""
    item = items[index]
    out = []
    for other in reversed(items[max(0, index - LOOK_BACK) : index]):
        if other.segment != item.segment or other.sentence != item.sentence:
            break
        if other is not part and other.kind is Kind.LEVEL and other.base == part.base:
            out.append(other)
    return out


def _kind(name: str) -> str:
    """Which of the budgets of a year a name means; "" for a budget or plan that is not further named."""
    for kind in ("initial", "adjusted", "annual"):
        if any(word in name for word in rate_words("base", kind)):
            return kind
    return ""


def _fits_name(base: Measured, name: str, kind: str) -> bool:
    words = base.words
    if kind:
        return any(word in words for word in rate_words("base", kind))
    if "预算" in name:
        return "预算" in words
    return any(word in name and word in words for word in rate_words("base", "plan"))


def _same_plan(name: str, words: str) -> bool:
    """Whether a plan and the plan that a rate names are of one kind: 年度计划 is not 计划总投资."""
    return all((word in name) == (word in words) for word in rate_words("base", "which"))


def _may_be(base: Measured, name: str) -> bool:
    """Whether the one other amount of the segment can be the base: it says that it is a budget or a plan."""
    return _kind(base.words) == "" and "预算" in name and "预算" in base.words


def _times(item: Measured, part: Measured, bases: list[Measured]) -> Iterator[Relation]:
    """是 2021 年的 3 倍: the amount of that year, of the same measure."""
    wanted, now = item.lead.reference_period, part.lead.period
    if item.base != "倍" or item.lead.reference:
        return
    for base in bases:
        has = base.lead.period
        year = has.year is not None and has.year in {wanted.year, now.year - 1 if wanted.prior and now.year else None}
        if (year or (wanted.prior and has.prior)) and base.lead.measure in {"", part.lead.measure}:
            because = NAMED_BASE.filled(name=item.words)
            reading = Division(part.figure, base.figure, base.title)
            yield Multiple(because, part.title, item.figure, (reading,))
            return


def named(items: Sequence[Measured], index: int) -> Iterator[Completion]:
    """整改率 96.83 %: a rate that goes by a name, over the two figures of its segment that the name means."""
    item = items[index]
    rate = rate_named(item.lead.measure)
    if rate is None or item.between:
        return
    near = levels_before(items, index)
    if near and is_together(near[0]):
        return  # 分别完成 122、20 和 31 批次，共 173 批次，完成率 101.76 %: over what was planned together
    parts = [one for one in near if any(word in one.words for word in rate.numerator) and not is_gap(one)]
    for base in dict.fromkeys(one.base for one in parts):
        readings = _readings([one for one in parts if one.base == base], near, rate)
        if not readings:
            continue
        by_name = REST_BY_NAME if _denies(item, readings[0][0], rate) else BY_NAME
        because = by_name.filled(name=item.lead.measure, part=readings[0][0].words, whole=readings[0][1].words)
        divisions = tuple(
            (Rest if _denies(item, part, rate) else Division)(part.figure, whole.figure, whole.title)
            for part, whole in readings
        )
        done = Completion(because, item.lead.measure, item.figure, divisions)
        if not done.holds and (other := _over_another(items, index, [p for p, _ in readings], done)):
            yield other
            return
        one = len(divisions) == 1 and item.lead.measure.endswith(("回收率", "收回率"))
        doubt = MANY if len(divisions) > 1 or (len(near) > 2 and not one) else None
        if doubt is None and not _speaks_of(item.lead.measure, rate, readings[0]):
            doubt = OTHER
        yield Completion(because, item.lead.measure, item.figure, divisions, doubt)
        return


def _denies(item: Measured, part: Measured, rate: NamedRate) -> bool:
    """Whether an amount is what the rate leaves: of 合格率 不合格 304 批次."""
    denied = [f"{no}{word}" for no in ("不", "未") for word in rate.numerator]
    return any(one in part.words for one in denied) and not any(one in item.lead.measure for one in denied)


def _over_another(
    items: Sequence[Measured], index: int, parts: Sequence[Measured], done: Completion
) -> Completion | None:
    """预算 A，调整为 B，到位 C，到位率: over any other amount of the sentence, where that is the rate."""
    near = [one for one in items[max(0, index - LOOK_BACK) : index] if one.sentence == items[index].sentence]
    for part in parts:
        for base in near:
            if base is not part and base.base == part.base:
                claim = replace(done, readings=(type(done.readings[0])(part.figure, base.figure, base.title),))
                if claim.holds:
                    return claim
    return None


def rate_named(measure: str) -> NamedRate | None:
    """The rate on record whose name a measure ends in."""
    return next((rate for rate in named_rates() if measure.endswith(rate.names)), None)


def _speaks_of(measure: str, rate: NamedRate, pair: tuple[Measured, Measured]) -> bool:
    """Whether the rate is about these figures: 投资完成率 is not about kilometres."""
    about = next(measure.removesuffix(name) for name in rate.names if measure.endswith(name))
    if not about or any(about[n : n + 2] in pair[0].words + pair[1].words for n in range(len(about) - 1)):
        return True
    return pair[0].based_kind == "money" and about in rate_words("base", "amounts")


def levels_before(items: Sequence[Measured], index: int, kinds: Collection[str] = AMOUNTS) -> list[Measured]:
    """The amounts of the segment before a rate, nearest first, up to a list or another thing."""
    item = items[index]
    out = []
    for other in reversed(items[max(0, index - LOOK_BACK) : index]):
        if other.sentence != item.sentence:
            break
        if other.kind is Kind.LEVEL and other.based_kind in kinds and not other.lead.reached:
            out.append(other)
    return out


def _readings(parts: Sequence[Measured], near: Sequence[Measured], rate: NamedRate) -> list[tuple[Measured, Measured]]:
    """Every part over every base that stands before it and that the name may mean, nearest first."""
    pairs = [
        (part, base)
        for part in parts
        for base in near
        if base.figure.start < part.figure.start and base.base == part.base and _is_divisor(base, rate)
    ]
    whole = [(part, base) for part, base in pairs if base.figure.quantity.based >= part.figure.quantity.based]
    return whole or pairs  # 向66家单位各发放1份，共发放66份，回收63份: not over one


def _is_divisor(base: Measured, rate: NamedRate) -> bool:
    """Whether a figure may be what is divided by: 大气资金支付 is itself paid, 计划支付 is not."""
    named = [word for word in rate.denominator if word in base.words]
    return bool(named) and not (named == ["资金"] and base.words.rstrip("为了共").endswith(rate.numerator))
