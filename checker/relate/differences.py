"""Differences of two stated rates: 较全区平均值高 6.6 %, 比 95 % 低 2.46 个百分点, 提高 5 个百分点.

Where the rates are only named, both are found by their subject: the place that the comparison
names (全区) and the words that both sides share (建筑业). Other values under the same name, or no
common words, leave the difference alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.figures import Passage, Reading
from checker.extract.leads import Kind, noun_of
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.extract.rate_words import rate_words
from checker.relate.binding import bind, chain_holds, goes_on, position
from checker.relation import Relation
from checker.relation.growth import RateDifference
from checker.verdict import Phrase

BY_NAME = Phrase("“较{name}”与两处所列的同名增长率", "“{name}” and the two rates of the same subject")
BY_CLAUSE = Phrase("“{word}”前所列的两个比率", "the two rates before “{word}”")
_YEAR = Pattern(r"(?:19|20)\d\d年?度?")
PARTS_OF_YEAR = ("月", "季度", "上半年", "下半年")
SHARED, MOST = 3, 120
"""Two subjects of fewer common characters in a row are not taken as one thing."""
FORMULA_RESULT = "=＝"


class Rate(Struct, frozen=True):
    """A growth rate with what grows, as its segment names it."""

    item: Measured
    passage: Passage
    subject: str
    year: int | None = None


def find_differences(reading: Reading) -> Iterator[Relation]:
    """Every stated difference of two rates that the text states or names."""
    known: list[Rate] | None = None
    named = 0
    for page in measured(reading):
        items = [item for item in page.figures if item.depth == 0]
        for index, item in enumerate(items):
            inline = (_inline(items, index) if item.kind is Kind.DIFFERENCE else None) or _against_target(items, index)
            inline = inline or _of_growth(items, index) or _of_both(items, index)
            if inline is not None:
                yield inline
            elif item.kind is Kind.DIFFERENCE:
                if item.lead.reference and named < MOST:
                    known = _rates(reading) if known is None else known
                    named += 1
                    yield from _by_name(item, items, index, page.passage, known)
            elif item.kind in (Kind.CHANGE, Kind.GROWTH) and item.base == "%":
                yield from _of_levels(items, index)


def _inline(items: Sequence[Measured], index: int) -> RateDifference | None:
    """92.54 %，比 95 % 低 2.46 个百分点: both rates stand right before the difference."""
    item = items[index]
    base = items[index - 1] if index else None
    left = items[index - 2] if index > 1 else None
    if base is None or left is None or base.kind is not Kind.BASE or base.base != "%" or not base.lead.compared:
        return None
    stated = left.kind is Kind.LEVEL or (left.kind is Kind.OPERAND and left.words[-1:] in FORMULA_RESULT)
    together = left.segment == base.segment == item.segment and not item.between and not base.between
    if not stated or left.base != "%" or not together or base.lead.measure or item.lead.measure:
        return None
    because = BY_CLAUSE.filled(word=item.lead.word)
    return _difference(because, (left, base), item)


def _of_growth(items: Sequence[Measured], index: int) -> RateDifference | None:
    """支出增长 5.40 %，增速较 2022 年的 10.86 % 回落 5.46 个百分点."""
    item = items[index]
    base, left = (items[index - 1], items[index - 2]) if index > 1 else (None, None)
    if base is None or left is None or item.based_kind != "points" or {base.base, left.base} != {"%"}:
        return None
    together = left.sentence == base.sentence == item.sentence and left.segment == item.segment
    named = base.lead.measure in rate_words("growth", "average") and base.kind is Kind.BASE and base.lead.compared
    if not together or not named or left.kind is not Kind.GROWTH or item.lead.measure or not item.lead.sign:
        return None
    return _difference(BY_CLAUSE.filled(word=item.lead.word), (left, base), item)


def _against_target(items: Sequence[Measured], index: int) -> RateDifference | None:
    """一次合格率 97.07 %，高于 95 % 的目标值 2.07 个百分点; 与 98 % 的目标差 5.71 个百分点."""
    item = items[index]
    base, left = (items[index - 1], items[index - 2]) if index > 1 else (None, None)
    if base is None or left is None or item.based_kind != "points" or {base.base, left.base} != {"%"}:
        return None
    together = left.sentence == base.sentence == item.sentence and left.segment == item.segment
    text = item.figure.text.value
    base = replace(base, figure=base.figure.unqualified)  # 高于 95 % is read as an open figure
    start = base.figure.start_behind("高低于超过出比与距离较")
    led, behind = text[left.figure.end : start], text[base.figure.end : item.figure.start]
    if not together or item.between or not _TO_TARGET.fullmatch(led) or not _OF_TARGET.fullmatch(behind):
        return None
    if left.kind not in (Kind.LEVEL, Kind.OPERAND, Kind.SHARE, Kind.OF):
        return None
    earlier = [
        one
        for one in reversed(items[max(0, index - REACH) : index - 2])
        if one.sentence == item.sentence and one.base == "%" and one.kind in (Kind.LEVEL, Kind.OPERAND)
    ]
    told = [found for one in (left, *earlier) if (found := _from_target(one, base, item)) is not None]
    return next((found for found in told if found.holds), told[0] if told else None)


def _from_target(left: Measured, base: Measured, item: Measured) -> RateDifference | None:
    high, low = sorted((left, base), key=lambda one: one.figure.quantity.based, reverse=True)
    return _difference(BY_CLAUSE.filled(word="目标"), (high, low), replace(item, lead=replace(item.lead, sign=1)))


def _of_both(items: Sequence[Measured], index: int) -> RateDifference | None:
    """基本支出完成率 99.06 %，项目支出完成率 90.28 %，二者相差 8.78 个百分点: the sentence has two rates before it."""
    item = items[index]
    told = [one for one in items[max(0, index - PAIR - 1) : index] if one.sentence == item.sentence]
    if item.based_kind != "points" or len(told) != PAIR or {one.base for one in told} != {"%"}:
        return None
    apart = _BOTH.search(item.figure.text.value, told[1].figure.end, item.figure.start)
    ends = {noun_of(one.title)[-SHARED:] for one in told}
    if apart is None or item.between or len(ends) > 1 or any(one.figure.quantity.is_open for one in told):
        return None
    high, low = sorted(told, key=lambda one: one.figure.quantity.based, reverse=True)
    lead = replace(item.lead, sign=1)
    return _difference(BY_CLAUSE.filled(word=apart[0].strip()), (high, low), replace(item, lead=lead))


PAIR, REACH = 2, 8
"""Rates of which a gap may be; figures before it among which one may stand: 满意度 86 %，很满意 55 %，距 90 % 差."""
_BOTH = Pattern(r"(?:两者|二者|两项)(?:之间)?(?:仅|只)?(?:相差|差距为|差)(?:了|达)?\s*$")
_TO_TARGET = Pattern(r"\s*[，,]?(?:仍|略|只|仅)?(?:高于|低于|超过|超出|比|与|距离?|较)\s*")
_OF_TARGET = Pattern(
    r"\s*的?(?:年度|预期|考核|控制|规定|序时)?(?:目标值?|标准值?|指标值?|基准|要求|上限|下限|控制线|红线|平均水平|进度)?(?:仍|还|尚|高|低|差|相差|高出|超出|少|多)*\s*"
)


def _difference(because: Phrase, pair: tuple[Measured, Measured], item: Measured) -> RateDifference | None:
    left, right = pair
    if any(one.figure.quantity.is_open for one in (left, right, item)):
        return None
    names = (left.lead.measure or right.lead.measure, right.lead.measure or right.lead.reference)
    return RateDifference(because, names, left.figure, right.figure, item.figure, item.lead.sign)


def _of_levels(items: Sequence[Measured], index: int) -> Iterator[Relation]:
    """由 90 % 提高到 95 %，提高 5 个百分点; 2021 年 90 %，2022 年 95 %，提高 5 个百分点."""
    item = items[index]
    bound = bind(items, index, "%")
    if bound is None or bound.base is None or bound.base.kind is Kind.OPERAND:
        return
    at = position(items, bound.current, index)
    between = [one for one in items[at + 1 : index] if one is not bound.base]
    if not item.lead.measure and not chain_holds([items[at], *between, item], 0, len(between) + 1):
        return
    found = _difference(BY_CLAUSE.filled(word=item.lead.word), (bound.current, bound.base), item)
    if found is not None:
        yield found


def _rates(reading: Reading) -> list[Rate]:
    """Every growth rate of the document that says what grows."""
    found: list[Rate] = []
    for page in measured(reading):
        items = [item for item in page.figures if item.depth == 0]
        for index, item in enumerate(items):
            if item.kind is Kind.GROWTH and item.base == "%" and not item.figure.quantity.is_open:
                subject = item.lead.measure or _subject(items, index)
                if subject:
                    if len(found) == MOST:
                        return found
                    found.append(Rate(item, page.passage, subject, _year(items, index)))
    return found


def _year(items: Sequence[Measured], index: int) -> int | None:
    """The year that a rate's own segment names."""
    item = items[index]
    near = [one for one in items[max(0, index - 3) : index + 1] if one.segment == item.segment]
    return next((one.lead.period.year for one in near if one.kind is not Kind.BASE and one.lead.period.year), None)


def _subject(items: Sequence[Measured], index: int) -> str:
    item = items[index]
    for other in reversed(items[max(0, index - 6) : index]):
        if other.segment != item.segment:
            return ""
        if other.kind is Kind.LEVEL:
            return other.lead.measure
    return ""


def _by_name(
    item: Measured, items: Sequence[Measured], index: int, passage: Passage, known: Sequence[Rate]
) -> Iterator[Relation]:
    place = _place(item.lead.reference)
    own = item.lead.measure
    before = items[index - 1] if index else None
    if not own and before is not None and before.kind is Kind.GROWTH and goes_on(item):
        own = before.lead.measure or _subject(items, index - 1)
    theirs = [rate for rate in known if place and place in rate.subject]
    ours = [rate for rate in known if not (place and place in rate.subject)]
    right = _best(own, place, _near(theirs, passage, item)) or _best(own, place, theirs)
    left = _best(own, place, _near(ours, passage, item)) or _best(own, place, _in_section(ours, passage))
    if left is None or right is None or item.figure.quantity.is_open or not _same_time(left, right):
        return
    because = BY_NAME.filled(name=item.lead.reference)
    names = (left.subject, right.subject)
    found = RateDifference(because, names, left.item.figure, right.item.figure, item.figure, item.lead.sign)
    yield found if found.holds else _with_fitting(found, own, ours)


def _place(reference: str) -> str:
    """青云谱区平均值 compares with 青云谱区."""
    for word in rate_words("growth", "average"):
        reference = reference.removesuffix(word)
    return noun_of(reference)


def _near(rates: Sequence[Rate], passage: Passage, item: Measured) -> list[Rate]:
    """Those of the same passage that stand before."""
    return [r for r in rates if r.passage is passage and r.item.figure.start < item.figure.start]


def _in_section(rates: Sequence[Rate], passage: Passage) -> list[Rate]:
    place = passage.place
    return [r for r in rates if r.passage.place.section == place.section and r.passage.place.row is None]


def _best(own: str, place: str, rates: Sequence[Rate]) -> Rate | None:
    """The rate whose subject shares most with ours; None where two values are equally near."""
    cores = [(_core(rate.subject.replace(place, "") if place else rate.subject), rate) for rate in rates]
    scored = [(_common(own, core), rate) for core, rate in cores if _common(own, core) * 5 > len(core) * 3]
    most = max((length for length, _ in scored), default=0)
    best = [rate for length, rate in scored if length == most]
    values = {rate.item.figure.quantity.value for rate in best}
    return best[0] if most >= SHARED and len(values) == 1 else None


def _same_time(left: Rate, right: Rate) -> bool:
    """Whether two rates may be of one period: neither names another year or only a part of one."""
    if left.year and right.year and left.year != right.year:
        return False
    return all((word in left.subject) == (word in right.subject) for word in PARTS_OF_YEAR)


def _core(subject: str) -> str:
    """What a subject is about: 建筑业2022年总产值 is about 建筑业."""
    for word in rate_words("growth", "generic"):
        subject = subject.replace(word, "")
    return _YEAR.sub("", subject)


def _common(first: str, second: str) -> int:
    """The length of the longest run of characters that both have."""
    longest = 0
    for start in range(len(first)):
        while first[start : start + longest + 1] in second and start + longest < len(first):
            longest += 1
    return longest


def _with_fitting(found: RateDifference, own: str, rates: Sequence[Rate]) -> RateDifference:
    """With the rate that would give the stated difference: of the same subject elsewhere, else of another."""
    fitting = [rate for rate in rates if replace(found, left=rate.item.figure).holds]
    same = [rate for rate in fitting if _common(own, rate.subject) >= SHARED]
    near = [rate for rate in fitting if rate.item.figure.text is found.left.text]
    for rate in (*same, *near, *fitting):
        return replace(found, fitting=rate.item.figure, fitting_name=rate.subject)
    return found
