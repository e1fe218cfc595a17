"""Growth: any three of the amount now, the amount before, the change and its rate.

The base is stated, or it is what is left when the change is taken off. A rate at constant prices or
on another basis cannot follow from the printed amounts and stays open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.figures import Passage, Reading
from checker.extract.leads import Kind, Lead, plain
from checker.extract.measures import Measured, MeasuredPassage, measured
from checker.extract.patterns import Pattern
from checker.extract.rate_words import any_word
from checker.figure import Figure
from checker.quantity import Quantity
from checker.relate.binding import PER_HEAD, Bound, bind, by_years, chain_holds, goes_on, position
from checker.relate.growth_current import of_another, of_the_one_before, of_the_whole
from checker.relate.growth_sums import fits, judge_growth
from checker.relation import Relation
from checker.relation.growth import Direction, GrowthFacts
from checker.units import unit_table
from checker.verdict import Mention, Phrase, Role

BASIS = Phrase("“{word}”说明增长率不按所列数额计算", "“{word}” says that the rate does not follow from these amounts")
OTHER_BASE = Phrase("增减额与比率的比较对象未必相同", "the change and the rate may be against different bases")
_CONSTANT = Pattern(any_word("growth", "constant"))
_BARE = Pattern(
    rf"[，,]\s?(?:{any_word('growth', 'up', 'down')})\s?(?P<number>\d{{1,6}}(?:\.\d{{1,4}})?)\s?(?=[，,。；;]|$)"
)
_SPAN = Pattern(rf"[两二三四五六七八九十\d]{{1,2}}年(?:间|来|内)?(?:共|累计|净)?(?:{any_word('growth', 'up', 'down')})")
"""由 27125 万元增加到 39000 万元，两年增长 43.78 %: the years are no amount beside it."""
_OF_A_RATE = Pattern(r"[，,](?!下降|增长|上升|减少|变动|降低|提高|同比)\p{Han}{2,8}率(?![为达])\p{Han}{0,8}$")
_OVER_ALL = "累计增长"
BEHIND, NEAR, AROUND = 14, 4, 12
FAR, NAMED = 400, 4
WAY = Phrase("“{word}”说明增减方向", "“{word}” says which way it went")
REASON = Phrase("“主要原因”说明同一事项的增减", "the reason given says how the same thing changed")
_REASON = Pattern(
    rf"。{any_word('reason', 'opening')}[是为：:，]*(?P<name>[^，。；、：]{{4,40}}?){any_word('reason', 'spent')}?"
    r"(?P<verb>(?P<up>增加|增长)|(?P<down>减少|下降))(?=。|$)"
)


class Statement(Struct, frozen=True):
    """The figures of one statement by their index in the passage: a change, its rate, or both."""

    first: int
    change: Measured | None
    rate: Measured | None
    bare: bool = False


def find_growth(reading: Reading) -> Iterator[Relation]:
    """Every statement of growth whose figures the text gives."""
    for page in measured(reading):
        for items, statement in _in_passage(page):
            growth = _growth(items, statement, page)
            if growth is not None and not fits(growth):
                growth = of_the_whole(items, growth, page.passage) or of_the_one_before(items, growth) or growth
                growth = growth if fits(growth) else of_another(items, growth) or growth
            if growth is not None and _may_differ(statement) and not fits(growth):
                growth = replace(growth, doubt=OTHER_BASE)
            if growth is not None:
                near = items[max(0, statement.first - AROUND) : statement.first + AROUND]
                yield from judge_growth(growth, _others(near, growth), bare=statement.bare)
                yield from _other_way(growth, statement)
                yield from _reasons(growth, page.passage)


def _other_way(growth: GrowthFacts, statement: Statement) -> Iterator[Direction]:
    """增加 3,065.30 万元，同比下降 6.72 %: the rate goes the other way than the change beside it."""
    first, second = statement.change, statement.rate
    if first is None or second is None or first.lead.sign * second.lead.sign >= 0:
        return
    if growth.base is None:
        ways = [sign for sign in (1, -1) if fits(replace(growth, sign=sign))]
        if len(ways) == 1:  # the figures fit only one of the two words
            other = first if first.lead.sign != ways[0] else second
            facts = replace(growth, word=other.lead.word, sign=other.lead.sign, doubt=None)
            yield Direction(WAY.filled(word=other.lead.word), facts, ways[0])
        return
    risen = growth.current.quantity.based - growth.base.quantity.based
    later = second if second.figure.start > first.figure.start else first
    facts = replace(growth, word=later.lead.word, sign=later.lead.sign)
    yield Direction(WAY.filled(word=later.lead.word), facts, 1 if risen > 0 else -1 if risen < 0 else 0)


def _in_passage(page: MeasuredPassage) -> Iterator[tuple[Sequence[Measured], Statement]]:
    """The statements outside brackets, then those in a bracket right behind the amount that they are about."""
    text = page.passage.text.value
    outside: list[Measured] = []
    for item in page.figures:
        over_years = bool(outside) and outside[-1].lead.reached and _SPAN.match(text, item.figure.start)
        if item.depth == 0 and not over_years:
            outside.append(item)
    for statement in _statements(outside, page.passage):
        yield outside, statement
    for before, first in pairwise(page.figures):
        if before.depth == 0 and first.depth == 1 and first.kind in (Kind.CHANGE, Kind.GROWTH):
            if text[before.figure.end : before.figure.end + 1] not in ("（", "("):
                continue
            near = bisect_left(page.figures, first.figure.start, key=lambda one: one.figure.start)
            inside = [one for one in page.figures[near : near + NEAR] if one.group == first.group]
            for statement in _statements([before, *inside], page.passage):
                yield [before, *inside], statement


def _statements(items: Sequence[Measured], passage: Passage) -> Iterator[Statement]:
    used: set[int] = set()
    for index, item in enumerate(items):
        if index in used or item.kind not in (Kind.CHANGE, Kind.GROWTH) or item.based_kind == "points":
            continue
        if "分别" in item.words:
            continue
        after = items[index + 1] if index + 1 < len(items) else None
        partner = after if after is not None and _belong(item, after) else None
        if partner is not None:
            used.add(index + 1)
        if item.kind is Kind.GROWTH:
            yield Statement(index, partner, item)
        elif partner is not None:
            yield Statement(index, item, partner)
        else:
            bare = _bare_rate(item, passage)
            yield Statement(index, item, bare, bare is not None)


def _belong(first: Measured, second: Measured) -> bool:
    """增加 D，增长 N%: two figures of one change in clauses that follow each other."""
    if {first.kind, second.kind} != {Kind.CHANGE, Kind.GROWTH} or "points" in (first.based_kind, second.based_kind):
        return False
    together = first.sentence == second.sentence and first.segment == second.segment and not second.between
    one, other = first.lead, second.lead
    same = not other.compared or (one.reference, one.reference_period) == (other.reference, other.reference_period)
    same = same or (not one.compared and other.reference_period.prior and not other.reference)
    same = same or _year_and_prior(one, other)
    return together and not second.lead.measure and same


def _year_and_prior(one: Lead, other: Lead) -> bool:
    """较 2022 年减少 681.69 万元，同比下降 7.60 %: the year before is named once by its number."""
    return (
        other.reference_period.prior
        and one.reference_period.year is not None
        and not (one.reference or other.reference)
    )


def _may_differ(statement: Statement) -> bool:
    """比计划增加 50 人，增长 20 %; 较 2021 年增加 5 万元，同比增长 3 %: the rate may be against the year before."""
    if statement.change is None or statement.rate is None or statement.bare:
        return False
    one, other = statement.change.lead, statement.rate.lead
    if _year_and_prior(one, other):
        return True
    named = {bool(lead.reference) and not lead.reference_period.year for lead in (one, other)}
    return named == {True, False}


def _bare_rate(change: Measured, passage: Passage) -> Measured | None:
    """增加 D，增长 13.95。: a number behind the verb that lacks its per cent."""
    match = _BARE.match(passage.text.value, change.figure.end)
    if match is None:
        return None
    quantity = Quantity(Decimal(match["number"]), unit_table()["%"])
    figure = Figure(quantity, passage.text, *match.span("number"), change.figure.place)
    return replace(change, figure=figure, lead=replace(change.lead, kind=Kind.GROWTH))


def _growth(items: Sequence[Measured], statement: Statement, page: MeasuredPassage) -> GrowthFacts | None:
    item = items[statement.first]
    statement = _of_multiples(items, _a_piece(items, statement))
    unit = statement.change.base if statement.change else ""
    bound = _bound(items, statement.first, unit)
    if bound is None or (bound.base is None and (statement.change is None or statement.rate is None)):
        return None
    said = page.passage.text.value[bound.current.figure.end : item.figure.start]
    grown = bound.current.lead.measure or (bound.base.lead.measure if bound.base else "")
    if grown and not grown.endswith("率") and _OF_A_RATE.search(said):
        return None  # 责任事故由 38 起降至 33 起，事故率两年下降 17.96 %
    falls = statement.rate is not None and statement.rate.figure.quantity.value < 0
    sign = -1 if falls else item.lead.sign
    return GrowthFacts(
        _label(item, bound.current, bound.base),
        item.lead.word,
        bound.current.figure,
        sign,
        bound.base.figure if bound.base else None,
        statement.change.figure if statement.change else None,
        statement.rate.figure if statement.rate else None,
        _basis(page.passage, bound.current, statement),
    )


def _a_piece(items: Sequence[Measured], statement: Statement) -> Statement:
    """由 1,780 元/人提高到 1,980 元/人，提高 200 元: the change is as much for each."""
    before = items[statement.first - 1] if statement.first else None
    change = statement.change
    if change is None or before is None or not before.lead.reached or before.base.partition("/")[0] != change.base:
        return statement
    unit = before.figure.quantity.unit
    if before.base == change.base or unit.scale != change.figure.quantity.unit.scale:
        return statement
    quantity = replace(change.figure.quantity, unit=unit)
    return replace(statement, change=replace(change, figure=replace(change.figure, quantity=quantity)))


def _of_multiples(items: Sequence[Measured], statement: Statement) -> Statement:
    """覆盖倍数为 1.22 倍，较 1.35 倍下降 0.13 倍: a change of what is itself counted in 倍."""
    rate, before = statement.rate, items[statement.first - 1] if statement.first else None
    if rate is None or before is None or statement.change is not None or not rate.base == before.base == "倍":
        return statement
    return replace(statement, change=rate, rate=None)


def _bound(items: Sequence[Measured], index: int, unit: str) -> Bound | None:
    """The amounts that a change is about: those of its clauses, else those of the two years that it names."""
    bound = bind(items, index, unit)
    if bound is not None and not _is_of_year(bound.current, items[index]):
        return by_years(items, index, unit)
    if bound is not None and not items[index].lead.measure:
        at = position(items, bound.current, index)
        bound = bound if _carried(items, at, index, bound.base) else None
    return bound if bound is not None and bound.base is not None else by_years(items, index, unit) or bound


def _is_of_year(current: Measured, change: Measured) -> bool:
    """Whether a change may be of an amount: 2023年 A、2024年 B，2023年比上年增长 N % is not of B."""
    years = {one.lead.period.year for one in (current, change)} - {None}
    return len(years) <= 1 or not change.lead.reference_period.prior


def _label(item: Measured, current: Measured, base: Measured | None) -> str:
    """What grew, by the fullest of its names."""
    own = item.lead.measure
    other = base.lead.measure if base else ""
    return current.lead.measure or (other or own if own in PER_HEAD else own or other)


def _carried(items: Sequence[Measured], at: int, end: int, base: Measured | None) -> bool:
    """Whether the clauses from the amount to its change speak of nothing else."""
    between = [one for one in items[at + 1 : end] if one is not base]
    return chain_holds([items[at], *between, items[end]], 0, len(between) + 1) and goes_on(items[end])


def _basis(passage: Passage, current: Measured, statement: Statement) -> Phrase | None:
    """Why a rate need not follow from the amounts: 按可比价, 同口径, 剔除…因素, 年均."""
    last = statement.rate or statement.change
    if last is None:
        return None
    text = passage.text.value
    left = max(0, current.figure.start - FAR)
    start = max(left, text.rfind("。", left, current.figure.start) + 1)
    end = last.figure.end
    if text[end : end + 1] in ("（", "("):
        end = min(len(text), end + BEHIND)
    match = _CONSTANT.search(text, start, end)
    if match is None or (match.group() == _OVER_ALL and current.lead.reached):
        return None
    return BASIS.filled(word=match.group())


def _reasons(growth: GrowthFacts, passage: Passage) -> Iterator[Relation]:
    """减少 2.98 %。主要原因是：宣传经费增加。 The cause names the thing that is said to have gone the other way."""
    text = passage.text.value
    end = max(figure.end for figure in growth.figures)
    match = _REASON.match(text, end)
    if match is None or growth.doubt is not None:
        return
    name = plain(match["name"])
    if len(name) >= NAMED and name in plain(text[max(0, end - FAR) : end]):
        reason = Mention(Role.OPERAND, passage.text, match.start("name"), match.end("verb"), passage.place)
        yield Direction(REASON, growth, 1 if match["up"] else -1, reason)


def _others(items: Sequence[Measured], growth: GrowthFacts) -> tuple[Figure, ...]:
    """The other amounts of the passage in the same unit: one of them may be what was meant."""
    unit = growth.current.quantity.unit
    taken = {figure.start for figure in growth.figures}
    figures = (one.figure for one in items if one.kind is Kind.LEVEL and not one.figure.quantity.is_open)
    return tuple(figure for figure in figures if figure.quantity.unit == unit and figure.start not in taken)
