"""Binds a change to the figures that changed, by clauses: never across a semicolon, never by distance.

A clause that names nothing (比上年增加 12 万元) goes on about the amount of the clause before it; one
that names its thing (收入总计增加 12 万元) is about the last amount of that name in this sentence or the
one before. A base is what the comparison names: 对比 2021 年 9.96 亿元, 比 2023 年执行数, 由…增加到….
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.clauses import JOINED
from checker.extract.leads import Kind, Period
from checker.extract.measures import Measured
from checker.extract.patterns import Pattern
from checker.extract.rate_words import any_word

LOOK_BACK = 12
"""How many figures of a clause chain are looked at for its subject."""
_FILLER = any_word("growth", "filler")
_PRIOR = any_word("growth", "prior")
_PREFACE = Pattern(
    rf"(?:[，,：:；;]|{_FILLER}|(?:与|同|和|较|比|对比)?(?:(?:19|20)\d\d年度?|{_PRIOR})(?:度|同期)?(?:相比较?|比较|比)?|按[^，,]{{0,12}})*"
)
PREDICATES = (Kind.OF, Kind.SHARE, Kind.GROWTH, Kind.CHANGE, Kind.DIFFERENCE)
NAMED = 2
"""A name of fewer characters says nothing."""


class Bound(Struct, frozen=True):
    """The amount that a change is about, and the one it is compared with where the text states it."""

    current: Measured
    base: Measured | None = None


def goes_on(item: Measured) -> bool:
    """Whether the clause of a figure names nothing of its own, and no other clause stands before it."""
    return not item.lead.measure and _PREFACE.fullmatch(item.between) is not None


def bind(items: Sequence[Measured], index: int, base: str) -> Bound | None:
    """What the change at ``index`` is about; ``base`` is the unit that its amount must have ("" for any)."""
    item = items[index]
    levels = list(_levels(items, index, base))
    current = _current(_with_year_of_segment(items[max(0, index - LOOK_BACK) : index], item), levels)
    if current is None or (current.lead.period.prior and item.lead.reference):
        return None
    if (inline := _inline_base(items, index)) is not None and inline.base == current.base:
        return Bound(current, inline)
    if current.lead.reached and item.lead.compared and _is_over_years(items, position(items, current, index)):
        return None  # 两年由 28.73 % 升至 30.44 %，2024年比上年提高 0.07 个百分点
    if current.lead.reached:
        return Bound(current, _origin(items, position(items, current, index)))
    if item.lead.reference and (named := _named(item, current, levels)) is not None:
        return Bound(current, named)
    if item.lead.reference and not item.lead.reference_period.prior and item.lead.reference_period.year is None:
        return Bound(current)
    bound = _by_period(item, current, levels)
    return None if bound.current.lead.period.prior else bound


def by_years(items: Sequence[Measured], index: int, base: str) -> Bound | None:
    """其中 2021 年 A、2022 年 B。2022 年比 2021 年增长: the one amount of each year in one sentence."""
    lead = items[index].lead
    year = lead.period.year
    prior = year - 1 if year is not None and lead.reference_period.prior else None
    wanted = (year, lead.reference_period.year or prior)
    if lead.measure or lead.reference or None in wanted or wanted[0] == wanted[1]:
        return None
    near = list(_levels(items, index, base))
    levels = [level for level in near if level.lead.period.year in wanted]
    if len(levels) != len(wanted) or len({(level.sentence, level.base, level.lead.measure) for level in levels}) > 1:
        return None
    if any(level.lead.period.year is None for level in near[: near.index(levels[-1])]):
        return None  # 2021年收入 A，支出 B: another thing of the year
    now, then = sorted(levels, key=lambda level: wanted.index(level.lead.period.year))
    return Bound(now, then) if now.lead.period != then.lead.period else None


_GAP = Pattern(
    r"(?:比|较|距|与)[^比较率例，]{1,10}?(?:多|少|高|低|节约|超出?|增加|减少|结余|差)了?$|(?:低于|高于|少于|多于|超出)\p{Han}{2,8}$"
    r"|(?:实际|尚|仍)?(?:少|未)(?:完成|到位|拨付|支付|支出|执行|安排|配备)了?的?$"
    r"|超(?:过|出|额)?(?:年度|年初)?(?:目标|计划|任务|预算|概算)(?:数|值|量)?$"
    r"|(?<!不)(?:扣分?|扣减|短)$|^每|净[增减]$"
    r"|^的(?:年度|年初|考核)?(?:目标|计划|任务|预算|概算|要求|标准|限额)(?:数|值|量|线)?$"  # 超过400家的目标7家
)


_OF_YEARS = Pattern(r"[两二三四五]年$")


def _is_of_years(item: Measured) -> bool:
    """两年安排 22220 万元: no amount of one year, from which the change of a year starts."""
    start = item.figure.start - len(item.words)
    return _OF_YEARS.search(item.figure.text.value[max(0, start - len("两年")) : start]) is not None


def is_gap(item: Measured) -> bool:
    """Whether an amount is how far another one lies from a goal or a budget: 比预算节约 1.78 万元."""
    return _GAP.search(item.words) is not None


def _is_goal(item: Measured) -> bool:
    """未达到 90 % 的目标值: no amount of anything that was done."""
    return _GOAL.match(item.figure.text.value, item.figure.end) is not None


_GOAL = Pattern(r"的(?:年度|预期|考核|计划)?(?:目标|指标|要求|标准)(?!完成|任务)")


def _levels(items: Sequence[Measured], index: int, base: str) -> Iterator[Measured]:
    """The amounts before a change that its sentence or the one before states, nearest first."""
    item = items[index]
    for other in reversed(items[max(0, index - LOOK_BACK) : index]):
        if other.sentence < item.sentence - 1:
            return
        fits = other.base == base or (not base and other.based_kind != "rate")
        if other.kind is Kind.LEVEL and fits and not (is_gap(other) or _is_of_years(other) or _is_goal(other)):
            yield other


def _current(item: Measured, levels: Sequence[Measured]) -> Measured | None:
    if item.lead.measure:
        found = [
            level
            for level in _reached(levels)
            if is_named(_measure(level, levels), item.lead.measure) and "分别" not in level.words
        ]
        return next((level for level in found if not (level.lead.period.prior or _is_of_before(level, item))), None)
    if not goes_on(item):
        return None
    near = [level for level in levels if level.segment == item.segment and level.sentence == item.sentence]
    if near or item.lead.period.prior:
        return near[0] if near and not _is_of_list(near[0]) and not _is_earlier(near[0], item) else None
    before = [level for level in levels if level.sentence == item.sentence - 1]
    alone = len(before) == 1 and not before[0].after_list_mark and not _is_of_another_year(item, before[0])
    return before[0] if alone else None


def _is_of_list(level: Measured) -> bool:
    """Whether an amount is the last of several that a sentence lists: 三年分别为 A、B 和 C."""
    return level.words.strip() in JOINED


def _is_earlier(level: Measured, item: Measured) -> bool:
    """Whether a change is dated later than the amount before it: 2023年 155 万元，2024年增加 93 万元."""
    then, now = level.lead.period.year, item.lead.period.year
    return then is not None and now is not None and then < now and not item.lead.reference


def _is_of_before(level: Measured, item: Measured) -> bool:
    """Whether an amount is of an earlier year than the change: by its own words, or those before it."""
    apart = (level.sentence, level.segment) != (item.sentence, item.segment) or level.lead.period.year is None
    return _is_earlier(level, item) or (apart and not item.lead.reference and _is_of_another_year(item, level))


def _with_year_of_segment(items: Sequence[Measured], item: Measured) -> Measured:
    """2024年预算增加 A，支出增加 B: the second change is of that year, too."""
    if item.lead.period.year is not None:
        return item
    near = [one for one in items if one.segment == item.segment]
    changed = [one for one in near if one.kind is Kind.CHANGE and one.lead.period.year is not None]
    return replace(item, lead=replace(item.lead, period=changed[-1].lead.period)) if changed else item


_YEARS = Pattern(r"(?:19|20)\d\d(?=年)")


def _is_of_another_year(item: Measured, level: Measured) -> bool:
    """Whether a change names its year, and the sentence of the amount before it another one last."""
    year, text = item.lead.period.year, level.figure.text.value
    since = max(0, level.figure.start - LONGEST)
    since = max(since, text.rfind("。", since, level.figure.start) + 1)
    said = _YEARS.findall(text[since : level.figure.start]) if year is not None else []
    return bool(said) and int(said[-1]) != year


LONGEST = 200


def _reached(levels: Sequence[Measured]) -> list[Measured]:
    """The amounts but for those from which another was reached."""
    return [level for at, level in enumerate(levels) if not (level.lead.origin and at and levels[at - 1].lead.reached)]


def _measure(level: Measured, levels: Sequence[Measured]) -> str:
    """What an amount is of; one that was reached is of what it was reached from: 产量由 5 提高到 8."""
    from_ = levels[levels.index(level) + 1 :][:1] if level.lead.reached and not level.lead.measure else []
    return next((one.lead.measure for one in from_ if one.lead.origin), level.lead.measure)


def chain_holds(items: Sequence[Measured], start: int, end: int) -> bool:
    """Whether everything between two figures of a segment only goes on about the first one."""
    between = items[start + 1 : end]
    return all((one.kind in PREDICATES and goes_on(one)) or one.kind in (Kind.BASE, Kind.OPERAND) for one in between)


PER_HEAD = frozenset({"人均", "户均", "亩均", "床均", "次均", "生均", "年均", "月均", "日均", "平均"})
"""What is left of a measure's name where the change is named again: 亩均产量由 5 提高到 8，亩均增加 3."""


def is_named(measure: str, name: str) -> bool:
    """Whether a measure is the thing of this name: 某局2024年度收入支出总计 is 收入支出总计, 亩均产量 is 亩均."""
    return (len(name) >= NAMED and measure.endswith(name)) or (name in PER_HEAD and name in measure)


def same_measure(first: Measured, second: Measured) -> bool:
    """Whether two amounts are of one measure; the second of two may leave its name out."""
    one, other = first.lead.measure, second.lead.measure
    return one == other or not other or not one or is_named(one, other) or is_named(other, one)


def _inline_base(items: Sequence[Measured], index: int) -> Measured | None:
    """对比 2021 年 9.96 亿元增长: the base stands right before the verb."""
    before = items[index - 1] if index else None
    item = items[index]
    if before is None or before.kind is not Kind.BASE or not before.lead.compared or item.between:
        return None
    return before if not item.lead.measure and before.sentence == item.sentence else None


def position(items: Sequence[Measured], one: Measured, before: int) -> int:
    """Where a figure stands that was found shortly before an index."""
    return next(n for n in range(before - 1, -1, -1) if items[n] is one)


def _is_over_years(items: Sequence[Measured], at: int) -> bool:
    """Whether an amount was reached in several years."""
    return at > 1 and _origin(items, at) is not None and items[at - 2].base == "年" and not items[at - 1].between


def _origin(items: Sequence[Measured], at: int) -> Measured | None:
    """由 12 万人次增加到 15 万人次."""
    current = items[at]
    before = items[at - 1] if at else None
    if before is None or not before.lead.origin or before.base != current.base or current.between:
        return None
    return before


def _named(item: Measured, current: Measured, levels: Sequence[Measured]) -> Measured | None:
    """比 2023 年预算执行数: the amount of that name and year in the same sentence."""
    lead = item.lead
    for level in levels:
        if level is current or level.base != current.base or level.sentence != item.sentence:
            continue
        if lead.reference in level.words and _is_period(level, lead.reference_period, current):
            return level
    return None


def _is_period(level: Measured, wanted: Period, current: Measured) -> bool:
    has, now = level.lead.period, current.lead.period
    if wanted.year is not None:
        return has.year == wanted.year
    if wanted.prior:
        return has.prior or (has.year is not None and has.year + 1 == now.year)
    return True


def _by_period(item: Measured, current: Measured, levels: Sequence[Measured]) -> Bound:
    """Two amounts of one measure in consecutive years, or one that is said to be of the year before."""
    wanted = item.lead.reference_period if item.lead.compared else Period(prior=True)
    near = [one for one in levels if one.segment == item.segment and one.sentence == item.sentence]
    for level in near:
        if level is current or level.base != current.base:
            continue
        if current.lead.measure and not same_measure(level, current):  # 2023年为…  goes on about the same
            continue
        if _is_period(level, wanted, current):
            return Bound(current, level)
        if _is_period(current, wanted, level) and near[0] is current and not item.lead.measure:
            return Bound(level, current)
        break
    return Bound(current)
