"""Conditions of a scoring rule as intervals: ≥90%, 90%（含）~100%, 80%以下, 控制在5%以内, 30组及以上."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import IntEnum

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.grammar import BEFORE
from checker.extract.lexicon import any_of, unit_source
from checker.extract.patterns import Match, Pattern
from checker.quantity import INFINITY, Interval, Qualifier


class Mark(IntEnum):
    """How surely the end of an interval belongs to it; of two intervals that share an end the surer one has it."""

    OPEN = 0  # 低于80%, 不含
    BELOW = 1  # 80%以下
    RANGE = 2  # 80%~90%
    WORD = 3  # 95%以上, 10%以内
    SURE = 4  # 含, ≥, 不低于, =


class Stretch(Struct, frozen=True):
    """An interval as a rule states it: the marks of its ends, its unit, the words before it."""

    low: Decimal
    high: Decimal
    low_mark: Mark
    high_mark: Mark
    unit: str
    label: str = ""
    text: str = ""
    is_count: bool = False

    @property
    def exactly(self) -> Stretch:
        """A bare count that is one of several tiers (0起得3分，1起得2分) is that count alone, not as many or more."""
        return replace(self, high=self.low, high_mark=Mark.SURE) if self.is_count else self

    @property
    def interval(self) -> Interval:
        """The interval, an end closed unless it is marked open."""
        low_in = self.low_mark is not Mark.OPEN and self.low != -INFINITY
        high_in = self.high_mark is not Mark.OPEN and self.high != INFINITY
        return Interval(self.low, self.high, low_in, high_in)

    @property
    def is_point(self) -> bool:
        """Whether it is one value (为100%)."""
        return self.low == self.high


_N = r"\d+(?:\.\d+)?"
_UNITS = r"(?(DEFINE)(?P<a_unit>个?百分点|" + unit_source() + r"(?:/[\u4e00-\u9fff]{1,2})?))"
# Compiled once: nine copies of all units would take a tenth of a second. A call is slow: not where none can begin.
_UNIT = r"(?:[%‰]|(?=[^%‰\d~≤<≥>,;()-])(?&a_unit))"
_IN = r"\((?P<{0}>不?含)(?:本数|\d+(?:\.\d+)?%?)?\)"
_AT_LEAST = any_of((*BEFORE[Qualifier.AT_LEAST], "达到", "达", "高于或等于", "高于等于", "不得低于", "不能低于"))
_MORE = any_of(BEFORE[Qualifier.MORE_THAN])
_AT_MOST = any_of(
    (
        *BEFORE[Qualifier.AT_MOST],
        "低于或等于",
        "低于等于",
        "不得超过",
        "不得高于",
        "控制在",
        "不晚于",
        "未超过",
        "未高于",
    )
)
_LESS = any_of((*BEFORE[Qualifier.LESS_THAN], "未达到", "达不到", "未达"))
_SIGN = rf"(?P<least>{_AT_LEAST})|(?P<more>{_MORE}|>)|(?P<most>{_AT_MOST})|(?P<less>{_LESS}|<)|(?P<equal>=|等于|恰好)"
_WITHIN = r"(?:以内|之内|以下|以上|及以上|及以下|及以内|区间)?"
_CHAIN = (
    rf"(?P<chainlow>{_N})(?P<chainlowunit>{_UNIT})?(?P<chainlowsign>[≤<])[^\d≤<≥>,;]{{1,16}}(?P<chainhighsign>[≤<])"
    rf"(?P<chainhigh>{_N})(?P<chainunit>{_UNIT})?|"
    rf"(?P<fallhigh>{_N})(?P<fallhighunit>{_UNIT})?(?P<fallhighsign>[≥>])[^\d≤<≥>,;]{{1,16}}(?P<falllowsign>[≥>])"
    rf"(?P<falllow>{_N})(?P<fallunit>{_UNIT})?"
)
_BETWEEN = (
    rf"(?P<opening>[\[(])?(?P<from>-?{_N})(?P<fromunit>{_UNIT})?(?:{_IN.format('fromin')})?(?:~|-|至|到|,(?=\d+(?:\.\d+)?%?[\])]))"
    rf"(?P<to>{_N})(?P<tounit>{_UNIT})?(?:{_IN.format('toin')})?(?P<closing>[\])])?(?:之间|区间|以内|间)?(?:{_IN.format('toin')})?"
)
_INSIDE = _IN.format("inside")
_PREFIXED = (
    rf"(?:{_SIGN})(?P<plusminus>±)?(?P<value>-?{_N})(?P<unit>{_UNIT})?"
    rf"(?:{_INSIDE})?(?P<tail>{_WITHIN})(?:{_INSIDE})?"
)
_SUFFIXED = (
    rf"(?P<around>±)?(?<![\d.])(?P<bound>-?{_N})(?P<boundunit>{_UNIT})?(?:{_INSIDE})?"
    rf"(?:(?P<up>以上|及以上|含以上|之上|或以上)|(?P<in>以内|之内|及以内|内(?=$|[的,]))|(?P<down>以下|及以下|之下|或以下))(?:{_INSIDE})?"
)
_BARE = rf"(?P<is>为|是)?(?<![月年\d.~-])(?P<exact>-?{_N})(?P<exactunit>{_UNIT})(?:的|时|,|及|则|者)*$"
_PLAIN = r"(?:为|是)(?P<exact>0)(?P<exactunit>)(?:的|时|,|则)*$"
STRETCHES = Pattern(_UNITS + "|".join((_CHAIN, _BETWEEN, _PREFIXED, _SUFFIXED, _BARE, _PLAIN)))
"""Every interval of a condition, left to right."""

_NUMBER = Pattern(_N)
_LABEL_MARKS = Pattern(r"^.*[①-⑳]|^(?:否则|若|如|当|的|其中)+")
_CODES = Pattern(
    r"《[^》]{0,80}》|\d{2,4}年度?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:前|底)?|\d{1,2}月(?:\d{1,2}[日号])?(?:前|底)?|第\d+"
)


def find_stretches(clause: str) -> list[Stretch]:
    """The intervals that a clause of a condition names; dates and titles are passed over."""
    clause = _CODES.sub(lambda match: "\ue000" * len(match[0]), clause)
    out: list[Stretch] = []
    last = 0
    for match in STRETCHES.finditer(clause):
        found = _stretch(match)
        if found is not None:
            label = _LABEL_MARKS.sub("", clause[last : match.start()].replace("\ue000", "")).rstrip("在为是达到的(:")
            out.append(replace(found, label=label, text=match[0].strip(",的")))
            last = match.end()
    return out


def has_number(clause: str) -> bool:
    """Whether a clause names a number that is no date."""
    return bool(_NUMBER.search(_CODES.sub("", clause)))


def _stretch(match: Match) -> Stretch | None:
    if match["chainlow"] or match["fallhigh"]:
        return _chained(match)
    if match["from"]:
        return _between(match)
    if match["value"]:
        return _prefixed(match)
    if match["bound"]:
        return _suffixed(match)
    return _exact(match)


def _closed(inside: str | None, default: Mark) -> Mark:
    return default if inside is None else Mark.OPEN if inside.startswith("不") else Mark.SURE


def _chained(match: Match) -> Stretch:
    rising = match["chainlow"] is not None
    low, high = (match["chainlow"], match["chainhigh"]) if rising else (match["falllow"], match["fallhigh"])
    low_sign = match["chainlowsign"] if rising else match["falllowsign"]
    high_sign = match["chainhighsign"] if rising else match["fallhighsign"]
    units = [match[name] for name in ("chainunit", "chainlowunit", "fallunit", "fallhighunit")]
    marks = [Mark.SURE if sign in "≤≥" else Mark.OPEN for sign in (low_sign, high_sign)]
    unit = next((one for one in units if one), "")
    return Stretch(Decimal(low), Decimal(high), marks[0], marks[1], unit)


def _between(match: Match) -> Stretch | None:
    low, high = Decimal(match["from"]), Decimal(match["to"])
    unit = match["tounit"] or match["fromunit"] or ""
    if not unit and not (match["opening"] and match["closing"]):
        return None
    low_mark, high_mark = _closed(match["fromin"], Mark.RANGE), _closed(match["toin"], Mark.RANGE)
    if match["opening"] and match["closing"]:
        low_mark = Mark.SURE if match["opening"] == "[" else Mark.OPEN
        high_mark = Mark.SURE if match["closing"] == "]" else Mark.OPEN
    if low > high:
        low, high, low_mark, high_mark = high, low, high_mark, low_mark
    return Stretch(low, high, low_mark, high_mark, unit)


def _prefixed(match: Match) -> Stretch:
    value, unit = Decimal(match["value"]), match["unit"] or ""
    if match["plusminus"]:
        mark = Mark.OPEN if match["less"] else Mark.SURE
        return Stretch(-value, value, mark, mark, unit)
    if match["equal"]:
        return Stretch(value, value, Mark.SURE, Mark.SURE, unit)
    if match["least"] or match["more"]:
        return Stretch(value, INFINITY, _closed(match["inside"], _end(match, "least")), Mark.OPEN, unit)
    return Stretch(-INFINITY, value, Mark.OPEN, _closed(match["inside"], _end(match, "most")), unit)


def _end(match: Match, closed: str) -> Mark:
    return Mark.SURE if match[closed] else Mark.OPEN


def _suffixed(match: Match) -> Stretch:
    value, unit = Decimal(match["bound"]), match["boundunit"] or ""
    if match["around"]:
        return Stretch(-value, value, Mark.WORD, Mark.WORD, unit)
    if match["up"]:
        sure = Mark.SURE if match["up"] != "以上" else Mark.WORD
        return Stretch(value, INFINITY, _closed(match["inside"], sure), Mark.OPEN, unit)
    if match["in"]:
        return Stretch(-INFINITY, value, Mark.OPEN, _closed(match["inside"], Mark.WORD), unit)
    sure = Mark.SURE if match["down"].startswith(("及", "或")) else Mark.BELOW
    return Stretch(-INFINITY, value, Mark.OPEN, _closed(match["inside"], sure), unit)


def _exact(match: Match) -> Stretch | None:
    """为100%, 完工率100%: one value; 完成45处: that many or more."""
    value, unit = Decimal(match["exact"]), match["exactunit"] or ""
    if not unit or unit in {"%", "‰"} or match["is"]:
        return Stretch(value, value, Mark.SURE, Mark.SURE, unit)
    return Stretch(value, INFINITY, Mark.SURE, Mark.OPEN, unit, is_count=True)


def joined(stretches: Sequence[Stretch]) -> Stretch | None:
    """One interval of what a condition names: alone, or a lower and an upper bound of one value."""
    if len(stretches) == 1:
        return stretches[0]
    if len(stretches) != 2 or stretches[0].unit != stretches[1].unit:
        return None
    lower = next((s for s in stretches if s.high == INFINITY and s.low != -INFINITY), None)
    upper = next((s for s in stretches if s.low == -INFINITY and s.high != INFINITY), None)
    second = stretches[1].label.strip(",但且并而小大于低高不")
    if lower is None or upper is None or lower.low >= upper.high or len(second) > 2:
        return None
    text = f"{stretches[0].text},{stretches[1].text}"
    return Stretch(lower.low, upper.high, lower.low_mark, upper.high_mark, lower.unit, stretches[0].label, text)


def settled(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The intervals with shared ends given to the surer one; 以下 and a range that meet keep it both.

    Thresholds one below the other (80%以上得4分，60%以上得2分) are tried in turn: each ends where the one above begins.
    """
    stretches = [_in_turn(one, stretches) for one in stretches]
    return [_settle(one, [other for other in stretches if other is not one]) for one in stretches]


def _in_turn(one: Stretch, others: Sequence[Stretch]) -> Stretch:
    higher = [other for other in others if other.high == INFINITY == one.high and other.low > one.low]
    lower = [other for other in others if other.low == -INFINITY == one.low and other.high < one.high]
    if higher and not one.is_count:
        return replace(one, high=min(other.low for other in higher), high_mark=Mark.OPEN)
    if lower and not one.is_count:
        return replace(one, low=max(other.high for other in lower), low_mark=Mark.OPEN)
    return one


def _settle(one: Stretch, others: Sequence[Stretch]) -> Stretch:
    low_rivals = [other.high_mark for other in others if other.high == one.low]
    high_rivals = [other.low_mark for other in others if other.low == one.high]
    low_mark = Mark.OPEN if any(_beats(rival, one.low_mark) for rival in low_rivals) else one.low_mark
    high_mark = Mark.OPEN if any(_beats(rival, one.high_mark) for rival in high_rivals) else one.high_mark
    return one if one.is_point else replace(one, low_mark=low_mark, high_mark=high_mark)


def _beats(rival: Mark, own: Mark) -> bool:
    return rival > own and {rival, own} != {Mark.BELOW, Mark.RANGE}
