"""Rates whose figures stand further off, or by words that no list knows: 18 个标段按期完工，…，按期完工率 90 %.

What is divided is an amount that the rate's own name speaks of; every other amount before it in the
unit may be what it is divided by. So many readings prove nothing wrong by themselves: a rate is
wrong only where it is one slip away from one of them. A fraction printed behind the rate is taken
as it stands: 在职人员控制率为 96.88 %（93/96）.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from checker.extract.clauses import JOINED
from checker.extract.leads import Kind
from checker.extract.measures import Measured
from checker.extract.patterns import Pattern
from checker.extract.standard_rates import standard_rate
from checker.figure import Figure
from checker.quantity import Quantity
from checker.relate.completion import AMOUNTS, BY_NAME, MANY, is_together, rate_named
from checker.relation.divisions import Division, Rest
from checker.relation.shares import Completion, Quotient, Share
from checker.units import PLAIN, unit_named
from checker.verdict import Phrase

FRACTION = Phrase("比率之后列出所除的两数", "the two figures behind the rate")
LOOK_BACK = 20
SENTENCES = 2
"""The rate's own sentence and so many before it."""
MOST = 16
STEM = 2
SHORT = 3
"""A rate of so many digits is a slip away from too many others to tell among several readings."""
_RATE_NAME = Pattern(r"^(?P<stem>.*[\p{Han}]{2})(?:率|度|比例|比重|占比)$")
_BEHIND = Pattern(r"[^，,。；;：:、（）()\d]{1,10}")
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_FRACTION = Pattern(rf"[（(]\s*(?P<part>{_NUMBER})\p{{Han}}{{0,4}}[/÷／]\s*(?P<whole>{_NUMBER})\p{{Han}}{{0,4}}[）)]")


def search_rate(figures: Sequence[Measured], index: int) -> Iterator[Completion]:
    """The rate at ``index`` with every reading that its name allows; nothing where it is far from all of them."""
    item = figures[index]
    if item.base != "%" or item.figure.quantity.is_open:
        return
    printed = _printed(item)
    if printed is not None:
        yield Completion(FRACTION, item.title, item.figure, (printed,))
        return
    near = _near(figures, index)
    readings = _of_reference(item, near) if item.kind is Kind.OF else _of_name(item, near)
    claim = Completion(BY_NAME, item.title, item.figure, tuple(readings[:MOST]), MANY)
    if _is_settled(claim):
        part, whole = claim.closest.part.raw, claim.closest.whole.raw
        yield replace(claim, because=BY_NAME.filled(name=item.title, part=part, whole=whole))


def search_share(figures: Sequence[Measured], index: int) -> Iterator[Share | Completion]:
    """抽查记录 260 份，其中不完整的 31 份，占 11.92 %: the amount that the share is of over larger ones before it."""
    item = figures[index]
    if item.base != "%" or item.figure.quantity.is_open or item.words.startswith(("分别", "合计")):
        return
    printed = _printed(item)
    if printed is not None:
        yield Completion(FRACTION, item.title, item.figure, (printed,))
        return
    near = _near(figures, index)
    claim = Share(BY_NAME, item.title, item.figure, tuple(_of_whole(item, near)[:MOST]), MANY)
    if _is_settled(claim) and (claim.holds or _is_exchanged(claim) or _is_near(item, near, claim.closest.whole)):
        part, whole = claim.closest.part.raw, claim.closest.whole.raw
        name = item.words or item.title
        yield replace(claim, because=BY_NAME.filled(name=name, part=part, whole=whole))


def _is_exchanged(claim: Quotient) -> bool:
    """Whether a rate has the digits of the quotient in another order, which no chance gives."""
    quantity = claim.result.quantity
    exact = round(claim.closest.exact * 100, quantity.decimals)
    return sorted(f"{exact:f}") == sorted(f"{quantity.value:f}")


def _is_near(item: Measured, near: Sequence[Measured], whole: Figure) -> bool:
    """Whether the whole of a share that names none stands in its own sentence: others fit by chance."""
    return bool(item.lead.reference) or any(one.figure is whole and one.sentence == item.sentence for one in near)


def _is_settled(claim: Quotient) -> bool:
    """Whether a rate fits a reading, or is a slip away from one, with digits enough to say so."""
    digits, readings = claim.result.quantity.digits, len(claim.readings)
    if not readings or digits < SHORT or (digits == SHORT and readings > 1):
        return False
    return claim.is_telling and (claim.holds or claim.slipped is not None)


def has_own_share(item: Measured) -> bool:
    """Whether a share stands right behind an amount (2350 万元，占 25 %): it is one of the parts, not the whole."""
    return item.figure.text.value.startswith(_OWN_SHARE, item.figure.end)


_OWN_SHARE = ("，占", ",占", "（占", "(占", "，约占")


def _of_whole(item: Measured, near: Sequence[Measured]) -> list[Division]:
    """What a share is of, over every larger amount that may be the whole which it names."""
    name, whole_name = item.lead.measure, item.lead.reference
    parts = [one for one in near if one.kind is Kind.LEVEL and (name or one.sentence == item.sentence)]
    parts = [one for one in parts if one.sentence != item.sentence or one.segment == item.segment or not name]
    parts = [one for one in parts if name in one.words] if name else _beside(item, parts)
    return [
        Division(part.figure, whole.figure, whole.title)
        for part in parts
        for whole in near
        if whole.base == part.base
        and whole.figure.quantity.based > part.figure.quantity.based
        and not has_own_share(whole)
        and (not whole_name or _share_words(whole_name, whole.words))
    ]


def _beside(item: Measured, parts: Sequence[Measured]) -> list[Measured]:
    """The nearest amount, where it is not the last of a list, and no clause of another segment."""
    first = parts[:1]
    return [
        one for one in first if one.words.strip() not in JOINED and (one.segment == item.segment or not item.between)
    ]


def _share_words(name: str, words: str) -> bool:
    return any(name[at : at + STEM] in words for at in range(len(name) - STEM + 1))


def _of_name(item: Measured, near: Sequence[Measured]) -> list[Division]:
    """What the rate's name speaks of, over every other amount in its unit."""
    words = _numerator(item.lead.measure)
    near = _of_qualified(item.lead.measure, near)
    parts = [part for part in near if any(word in _said(part) for word in words)]
    if parts and parts[0] is near[0] and item.figure.text.value.startswith(("、", "，", ","), parts[0].figure.end):
        parts = parts[:1]  # 管道灌溉完成 74740 亩、完成率 98.34 %: the rate is its own
    if near and is_together(near[0]) and near[0].sentence == item.sentence:
        parts = [near[0]]  # 分别完成 122、20 和 31 批次，共 173 批次，完成率 101.76 %
    return [
        (Rest if _is_negated(_said(part), words) else Division)(part.figure, whole.figure, whole.title)
        for part in parts
        for whole in near
        if whole is not part and whole.base == part.base
    ]


def _of_qualified(name: str, near: Sequence[Measured]) -> Sequence[Measured]:
    """应用软件类及时率, where 应用软件类 is one of several kinds that are counted: only the figures of that kind."""
    kinds = {one.words.strip("其中，、 ") for one in near if len(one.words) > STEM}
    kind = next((kind for kind in kinds if len(kind) > STEM and name.startswith(kind)), "")
    return [one for one in near if kind in one.words] if kind else near


def _of_reference(item: Measured, near: Sequence[Measured]) -> list[Division]:
    """完成年初预算的 N %: every amount over those that are named so."""
    name = item.lead.reference
    return [
        Division(part.figure, whole.figure, whole.title)
        for whole in near
        if len(name) > 1 and name in whole.words
        for part in near
        if part is not whole and part.base == whole.base
    ]


def _numerator(name: str) -> tuple[str, ...]:
    """The words of what a rate of this name divides: those on record, else the end of its own stem."""
    standard = standard_rate(name)
    if standard is not None:
        return tuple(word for formula in standard[1].formulas for word in formula.numerator)
    known = rate_named(name)
    if known is not None:
        return known.numerator
    match = _RATE_NAME.search(name)
    return (match["stem"][-STEM:],) if match else ()


def _near(figures: Sequence[Measured], index: int) -> list[Measured]:
    """The amounts of the passage before a rate, nearest first."""
    item = figures[index]
    before = reversed(figures[max(0, index - LOOK_BACK) : index])
    return [
        one
        for one in before
        if one.sentence >= item.sentence - SENTENCES
        and one.kind in {Kind.LEVEL, Kind.BASE}
        and one.based_kind in AMOUNTS
        and not one.figure.quantity.is_open
        and not _OF_EACH.search(one.words)
    ]


_OF_EACH = Pattern(r"每(?:个|一)?(?:月|年|天|日|季度?|周|旬|班)[^，,。；;]{0,8}$")
"""每月采集 12 份，共 48 份: a part of what comes together."""


def _said(item: Measured) -> str:
    """The words of a figure's clause, and those that it counts: 18 个标段按期完工."""
    behind = _BEHIND.match(item.figure.text.value, item.figure.end) if item.based_kind == "count" else None
    return item.words + (behind.group() if behind else "")


def _is_negated(said: str, words: Sequence[str]) -> bool:
    """Whether a figure counts what the rate leaves out: 3 项未量化, 量化率 75 %."""
    return any(no + word in said for word in words for no in _NOT) or any(
        word in found.group("done") for found in _UNDONE.finditer(said) for word in words
    )


_UNDONE = Pattern(r"未(?P<done>[按如及准]时?期?\p{Han}{2,4})")
_NOT = ("未", "少", "不", "没有", "非", "未能", "未按")


def _printed(item: Measured) -> Division | None:
    """The fraction in the bracket right behind a rate; its bare numbers are no figures by themselves."""
    match = _FRACTION.match(item.figure.text.value, item.figure.end)
    if match is None:
        return None
    part, whole = (_bare(item.figure, match[name], match.start(name)) for name in ("part", "whole"))
    return Division(part, whole, whole.raw)


def _bare(rate: Figure, written: str, start: int) -> Figure:
    """A number of a printed fraction: one that counts is exact, one with decimals is rounded."""
    value = Decimal(written.replace(",", ""))
    unit = (unit_named("个") or PLAIN) if "." not in written else PLAIN
    return Figure(Quantity(value, unit), rate.text, start, start + len(written), rate.place)
