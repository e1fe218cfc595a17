"""Shares, completion rates, multiples and amounts a head, each bound to the two figures that the sentence names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.clauses import JOINED
from checker.extract.figures import Reading
from checker.extract.leads import Kind
from checker.extract.measures import Measured, MeasuredPassage, measured
from checker.extract.patterns import Pattern
from checker.extract.rate_words import any_word
from checker.extract.standard_rates import standard_rate
from checker.figure import Figure
from checker.relate.binding import chain_holds, goes_on, is_gap
from checker.relate.completion import completions, named
from checker.relate.operand_slips import operand_slips
from checker.relate.own_formulas import is_own
from checker.relate.pairs import without_answered
from checker.relate.rate_search import search_rate, search_share
from checker.relate.standard_rates import by_standard
from checker.relation import Relation
from checker.relation.divisions import Division
from checker.relation.shares import Completion, Multiple, Quotient, Share
from checker.verdict import Phrase

OF_WHOLE = Phrase("“{name}”为所占总体", "“{name}” is named as the whole")
OF_LIST = Phrase("“其中”所列各项占其总额", "each item of the list is a share of its total")
TIMES = Phrase("“是……的倍数”", "one figure is a multiple of the other")
A_HEAD = Phrase("“{name}”为总额除以人数（户数、数量）", "“{name}” divides the amount by the number")
OTHER_WHOLE = Phrase("所称总体与所列数未必是同一口径", "the whole that is named may be another one")
_SCOPE = Pattern(rf"(?:{any_word('share', 'scope')}|(?:19|20)\d\d年(?:度|末)?|本年|当年|全年|的)*")
_A_HEAD = Pattern(
    r"(?:计算|测算|折算)?(?P<name>人均|户均|平均每人|平均每户|每人平均|每户平均)"
    rf"(?:{any_word('share', 'spent')})?(?:金额)?为?"
)
BARE = "~"
"""Before a name that is kept without the words for a sum: it may stand for more than the name as written."""
NAMED = 3
"""A whole's name of fewer characters (总额) is found too often."""
LONGEST_LIST = 120
"""How many figures before a share are looked at for the total of its list."""


def find_shares(reading: Reading) -> Iterator[Relation]:
    """Every rate of one stated figure over another that the text claims."""
    wholes = _by_name(reading)
    of_tables = {f.quantity.value for f in reading.cells.values() if f.quantity.digits > NAMED}
    for page in measured(reading):
        yield from without_answered(page.figures, list(_in_page(reading, page, wholes)), of_tables)


def _in_page(reading: Reading, page: MeasuredPassage, wholes: dict[str, list[Measured]]) -> Iterator[Relation]:
    items = [item for item in page.figures if item.depth == 0]
    places = {item.figure.start: at for at, item in enumerate(page.figures)}
    for index, item in enumerate(page.figures):
        if item.depth == 1 and item.kind is Kind.SHARE:
            yield from _bracketed(page.figures, index)
    for index, item in enumerate(items):
        if item.kind is Kind.SHARE and item.based_kind == "rate":
            searched = search_share(page.figures, places[item.figure.start])
            yield from _settled(list(_share(items, index, wholes)), searched)
        elif item.kind is Kind.OF:
            found = list(_of(items, index))
            yield from found or search_rate(page.figures, places[item.figure.start])
        elif item.kind is Kind.LEVEL and is_own(reading, item):
            continue
        elif item.kind is Kind.LEVEL and item.based_kind == "rate":
            searched = search_rate(page.figures, places[item.figure.start])
            settled = list(_not_of_both(_settled(list(_named(items, index)), searched)))
            decided = any(one.holds or one.doubt is None for one in settled)
            rates = settled if decided else list(operand_slips(items, index)) or settled
            several = _is_first_of_several(items, index)  # with amounts of which the sentence states a part only
            yield from (one for one in rates if one.holds or not several)
        elif item.kind is Kind.LEVEL:
            yield from _a_head(items, index)


def _settled(strict: Sequence[Quotient], searched: Iterator[Quotient]) -> Iterator[Quotient]:
    """The rate over the figures right beside it where these settle it; else over those further off."""
    if any(one.holds or one.doubt is None or one.slipped for one in strict):
        yield from strict
    else:
        yield from list(searched) or strict


def _named(items: Sequence[Measured], index: int) -> Iterator[Completion]:
    """A rate that goes by a name: that of a standard indicator, or one in common use."""
    known = standard_rate(items[index].lead.measure) is not None
    return by_standard(items, index) if known else named(items, index)


def _not_of_both(found: Iterator[Quotient]) -> Iterator[Quotient]:
    return (one for one in found if one.holds or not any(_is_of_both(reading, one.result) for reading in one.readings))


def _is_of_both(reading: Division, rate: Figure) -> bool:
    """合同价 A，比控制价节约 B，节约率: the part's share of what part and whole are together."""
    part, whole = reading.part.quantity.based, reading.whole.quantity.based
    share = part / (part + whole) * 100 if part + whole else part
    return abs(share - rate.quantity.value) <= rate.quantity.half_digit


def _by_name(reading: Reading) -> dict[str, list[Measured]]:
    """Every amount of the prose by its whole name."""
    found: dict[str, list[Measured]] = {}
    for page in measured(reading):
        for item in page.figures:
            if item.kind is Kind.LEVEL and item.based_kind != "rate":
                for name in {item.title, item.lead.measure, BARE + _bare(item.lead.measure)}:
                    found.setdefault(name, []).append(item)
    return found


def subject(items: Sequence[Measured], index: int) -> Measured | None:
    """The amount that a predicate (占…, 为预算的…) is about: that of the clause it goes on from."""
    item = items[index]
    if not goes_on(item):
        return None
    for at in range(index - 1, max(-1, index - 6), -1):
        other = items[at]
        if other.segment != item.segment or other.sentence != item.sentence:
            return None
        if other.kind is Kind.LEVEL and not is_gap(other) and not _is_each(other):
            if other.words.strip() in JOINED:
                return None  # 甲、乙分别为 A 和 B，占 N %: both together
            return other if other.based_kind != "rate" and chain_holds(items, at, index) else None
    return None


def _is_each(item: Measured) -> bool:
    """Whether an amount is one of each thing: 即每个乡镇 4 个."""
    return "每" in item.words


def _share(items: Sequence[Measured], index: int, wholes: dict[str, list[Measured]]) -> Iterator[Share]:
    item = items[index]
    several = item.words.startswith("分别") or _is_first_of_several(items, index)
    part = None if several else subject(items, index) or _named_part(items, index)
    if part is None:
        return
    name = item.lead.reference
    if name:
        near = _whole(items, index, part, name)
        whole = near or _elsewhere(wholes, part, name)
        if whole is not None:
            doubt = None if near is not None and _is_scope(near.title, name) else OTHER_WHOLE
            others = [one for one in items[:index] if _may_be_whole(one, part) and one.title == whole.title]
            readings = dict.fromkeys(_division(part, one) for one in (whole, *reversed(others)))
            yield Share(OF_WHOLE.filled(name=name), part.title, item.figure, tuple(readings), doubt)
        return
    before = _list_wholes(items[max(0, index - LONGEST_LIST) : index], part)
    group, among, _ = part.lead.measure.partition("中")
    if among and len(group) >= NAMED:  # 专职人员中执业医师 126 人
        before = [one for one in before if one.lead.measure.endswith(group)]
    if before and "合计" not in item.words:  # 甲、乙各 3 个，合计占 40 %
        doubt = OTHER_WHOLE if _has_share_before_list(items, index) else None
        yield Share(OF_LIST, part.title, item.figure, tuple(_division(part, one) for one in before), doubt)


def _is_first_of_several(items: Sequence[Measured], index: int) -> bool:
    """企业 402 份、创业者 466 份，占 46.31 % 和 53.69 %: the rates go with the amounts one by one."""
    behind = items[index + 1 : index + 2]
    return any(one.based_kind == "rate" and one.words.strip() in JOINED for one in behind)


def _has_share_before_list(items: Sequence[Measured], index: int) -> bool:
    """第一批 A，占全年的 57 %；第二批 B，占 33 %，其中…；第三批 C，占 10 %: all are shares of the first one's whole."""
    item = items[index]
    near = [one for one in items[max(0, index - LONGEST_LIST) : index] if one.sentence == item.sentence]
    return any(one.kind is Kind.SHARE and not one.after_list_mark for one in near)


def _division(part: Measured, whole: Measured) -> Division:
    return Division(part.figure, whole.figure, whole.title)


def _named_part(items: Sequence[Measured], index: int) -> Measured | None:
    """税收 176.1 亿元，非税 151 亿元，税收占比 53.8 %: the part is named again."""
    item = items[index]
    if not item.lead.measure or item.between:
        return None
    near = [one for one in items[max(0, index - 6) : index] if one.segment == item.segment]
    found = [one for one in near if one.kind is Kind.LEVEL and one.lead.measure == item.lead.measure]
    return found[0] if len(found) == 1 else None


def _whole(items: Sequence[Measured], index: int, part: Measured, name: str) -> Measured | None:
    """The last amount of that name in this sentence or the one before."""
    found: list[Measured] = []
    for other in reversed(items[max(0, index - 24) : index]):
        if other.sentence < items[index].sentence - 1:
            break
        if _may_be_whole(other, part) and _is_whole(other.title, name):
            found.append(other)
    together = part.lead.measure.startswith(_TOGETHER) or "合计" in part.lead.measure
    alone = len({one.figure.quantity.based for one in found}) == 1 or not together
    return found[0] if found and alone else None


def _may_be_whole(other: Measured, part: Measured) -> bool:
    same = other is not part and other.kind is Kind.LEVEL and other.base == part.base
    return same and other.figure.quantity.based >= part.figure.quantity.based


_TOGETHER = ("两", "三", "四", "各", "合计", "共")
"""两家企业合计欠拨 N 万元: of what both should have, not of one of them."""


def _is_whole(measure: str, name: str) -> bool:
    return len(name) >= NAMED and len(_bare(name)) > 1 and _bare(measure).endswith(_bare(name))


def _bare(name: str) -> str:
    """A name without the words that only say that it is a sum: 学校总数 and 学校, 实际采购额 and 实际采购."""
    for word in ("总和", "总数", "总额", "总量", "合计", "金额", "数", "额", "完成"):
        name = name.removesuffix(word)
    return name.removeprefix("全部").removeprefix("全市").removeprefix("全县")


def _is_scope(title: str, name: str) -> bool:
    """Whether only a place or a year stands before the whole's name: then it is the whole that is meant."""
    rest = _bare(title).removesuffix(_bare(name))
    return _SCOPE.fullmatch(rest) is not None


def _elsewhere(wholes: dict[str, list[Measured]], part: Measured, name: str) -> Measured | None:
    """The amount of exactly this name anywhere in the document, where all of them agree."""
    known = wholes.get(name) or wholes.get(BARE + _bare(name)) or []
    found = [
        one
        for one in known
        if one.base == part.base and one.figure.text is not part.figure.text and not one.lead.origin
    ]
    values = {one.figure.quantity.based for one in found}
    return found[0] if len(values) == 1 and len(name) > NAMED else None


def _list_wholes(items: Sequence[Measured], part: Measured) -> list[Measured]:
    """The amounts before 其中 or the colon, nearest first: an item of the list is a share of one of them."""
    if not part.after_list_mark:
        return []
    near = [one for one in items if one.sentence == part.sentence and one.figure.start < part.figure.start]
    before = [one for one in near if not one.after_list_mark and one.kind is Kind.LEVEL and one.base == part.base]
    return before[::-1]


def _bracketed(figures: Sequence[Measured], index: int) -> Iterator[Relation]:
    """基本支出 105.58 万元（占 34.30 %）."""
    item = figures[index]
    before = figures[index - 1] if index else None
    text = item.figure.text.value
    if before is None or before.depth or before.kind is not Kind.LEVEL or item.lead.measure or item.lead.reference:
        return
    if text[before.figure.end : item.figure.start].strip() not in {"（占", "(占", "（占比", "(占比", "（占比为"}:
        return
    wholes = _list_wholes([one for one in figures[max(0, index - LONGEST_LIST) : index] if not one.depth], before)
    if wholes:
        yield Share(OF_LIST, before.title, item.figure, tuple(_division(before, one) for one in wholes))


def _of(items: Sequence[Measured], index: int) -> Iterator[Relation]:
    item = items[index]
    before = items[index - 1] if index else None
    if before is not None and before.kind is Kind.BASE and not item.between and item.words == "的":
        part = subject(items, index - 1)
        if part is not None and part.base == before.base:
            kind = Multiple if item.base == "倍" else Share
            because = TIMES if kind is Multiple else OF_WHOLE.filled(name=before.lead.reference)
            heads = _list_wholes(items[max(0, index - LONGEST_LIST) : index - 1], part)
            readings = tuple(Division(one.figure, before.figure, before.title) for one in (part, *heads))
            yield kind(because, part.title, item.figure, readings)
        return
    part = subject(items, index)
    if part is not None:
        yield from completions(items, index, part)


def _a_head(items: Sequence[Measured], index: int) -> Iterator[Relation]:
    """补助资金 171 万元，惠及 855 人，人均 2000 元: all three in clauses that follow each other."""
    item = items[index]
    name = _A_HEAD.fullmatch(item.words)
    if name is None or index < 2 or item.between or item.based_kind != "money":
        return
    amount, count = items[index - 2 : index]
    together = all(one.segment == item.segment and one.sentence == item.sentence for one in (amount, count))
    kinds = (amount.kind, count.kind, item.kind)
    if not together or set(kinds) != {Kind.LEVEL} or amount.based_kind != "money" or count.based_kind != "count":
        return
    if count.between or amount.base != item.base.partition("/")[0] or "均" in amount.words:
        return
    yield Multiple(A_HEAD.filled(name=name["name"]), item.words, item.figure, (_division(amount, count),))
