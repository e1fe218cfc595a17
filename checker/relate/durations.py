"""How long a period lasts, beside its two ends: 2025 年 3 月至 2027 年 6 月，共 28 个月.

Days and months are counted with the last one or without it, and months roughly where the ends name
days: only a number that no way of counting gives is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from msgspec.structs import replace

from checker.extract.chinese import NUMERALS, chinese_number
from checker.extract.dates import DateSpan
from checker.extract.patterns import Pattern
from checker.relate.spots import YEAR, Spot
from checker.relation.dates import Duration
from checker.verdict import Mention, Phrase, Role

LASTS = Phrase("起止时间与其时长", "a period and how long it lasts")

_NAME = r"(?:服务|合同|建设|施工|实施|项目|运营|合作|计划|总)?(?:期限?|工期|周期)"
# 合同工期 behind what was done on two days is another length: only what expires lasts as its contract says.
_EXPIRES = r"(?:届满|期满|到期|终止|止)[，,]\s*(?:服务|合同|运营|合作|有效)?期限?"
_LONG = rf"(?P<number>\d{{1,4}}|[{NUMERALS}]{{1,5}})\s*(?P<unit>个月|个?日历天|日历日|天|年|周)(?![以内前后多余左\d])"
# A name behind the period would be another one: 建设期为…，合同工期 18 个月.
_BEHIND = Pattern(
    rf"\s*(?:止|期间|为\p{{Han}}{{2,12}})?\s*[，,、）)]?\s*[（(]?(?:含首尾(?:两[日天])?)?[，,]?"
    rf"(?:(?:共计?|合计|总计|前后|历时|为期|持续|用时|耗时|用)+为?\s*|(?<=[，,（(日])(?=\d{{1,3}}天[，,；;。、）)])){_LONG}"
)
_BEFORE = Pattern(
    rf"(?:{_NAME}|共计?|历时|为期)[共为是：:]{{0,2}}\s*{_LONG}\s*(?:[（(]\s*[自从即为]?|[，,]\s*[自从即]+)\s*$"
)
_OF_PARTS = Pattern(r"其中|、\p{Han}{2,6}\d+\s*$")  # 其中建设期 2 年、运营期 20 年，自…: of all parts together
_BOTH_ENDS = Pattern(r"[（(，,]\s*(?:含|包含|包括)(?:首尾|首末|起止|始末|前后)(?:当|两|各)?[日天]?|首尾(?:两日)?均计")
_DAY = r"(?:(?P<y{0}>(?:19|20)\d\d)年)?(?P<m{0}>\d{{1,2}})月(?P<d{0}>\d{{1,2}})日"
# 自 2021 年 1 月 1 日起施行，有效期 5 年，至 2025 年 12 月 31 日止.
_LASTING = Pattern(
    rf"{_DAY.format(1)}起[^，,。；;\d]{{0,24}}[，,]\s*(?:有效|合同|服务|运营|合作|实施)?期限?[为共]?\s*{_LONG}"
    rf"[，,]\s*即?[至到]\s*{_DAY.format(2)}(?:止|届满|期满|到期)?"
)
# Two days of one sentence, with what happened on them: 自 5 月 6 日启动，至 8 月 16 日完成，历时 103 天.
_APART = Pattern(
    rf"[自从于]?\s*{_DAY.format(1)}(?:起|开始|启动|进场|开工|正式)?[^，,。；;\d]{{0,8}}[，,]?\s*[至到于]?\s*{_DAY.format(2)}"
    rf"(?:[^，,。；;\d]{{0,12}}[，,]\s*(?:前后|施工期|共计?|合计|历时|为期|持续|用时|耗时)+|{_EXPIRES})为?\s*{_LONG}"
)
_NO_YEAR = Pattern(
    r"(?<![年\d.])(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日?\s*(?:起|开始)?(?:至|到|—{1,2}|-{1,2}|－|~|～)\s*"
    r"(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日"
)
_JOINED = Pattern(r"至|到|[—－~～-]")
_ONE_DAY = Pattern(_DAY.format(1))
_SHORT, _PHASES = 4, 6
_UNTIL = ("截至", "截止", "至", "到")
"""Before a month in which a period ended that began elsewhere."""
_WEEK, _MONTH, _YEAR = Decimal(7), Decimal("30.4375"), Decimal("365.25")
_ONE_END, _HALF = Decimal("1.1"), Decimal("0.6")  # the last month left out; some days more or less
_REACH = 24
FAR = 400
"""How far before a day without a year its year may stand."""
_SOME_DAYS, _ENDS, SATURDAY = 3, 2, 5
SET_BESIDE = ("", "，", ",", "（", "(")
"""Between a period and its own days: 3月25日至4月19日，26天."""
OTHERS = 2
"""Periods of a text that count both ends, before one that does not is wrong."""
_ROUNDED = 20
"""A number of days may be a round one, by this share of it."""


def find_durations(spot: Spot, text: str, spans: tuple[DateSpan, ...]) -> Iterator[Duration]:
    """Every period with its length right behind it, or right before it; behind several that of all of them.

    Where all others of the text count both ends, one that leaves an end out is wrong.
    """
    periods = sorted((*spans, *_without_year(text, spans)), key=lambda one: one.start)
    found = list(_found(spot, text, tuple(periods)))
    strays = [one for one in found if one.said != one.computed]
    strict = len(strays) == 1 and len(found) > OTHERS and _leaves_an_end(strays[0])
    for one in found:
        yield replace(one, holds=False) if strict and one is strays[0] else one


def _without_year(text: str, spans: Sequence[DateSpan]) -> Iterator[DateSpan]:
    """Periods that name no year, in the year that the text names before them."""
    for match in _NO_YEAR.finditer(text) if "月" in text else ():
        year = int(year_before(text, match.start()))
        try:
            first = date(year, int(match["m1"]), int(match["d1"]))
            last = date(year, int(match["m2"] or match["m1"]), int(match["d2"]))
        except ValueError:
            continue
        last = last.replace(year=year + 1) if last < first else last
        if not any(span.start < match.end() and match.start() < span.end for span in spans):
            yield DateSpan(match.start(), match.end(), first, last)


def strictly(one: Duration, text: str, *, left_out: int = 0) -> Duration:
    """The duration, wrong where the text says that both ends count and it leaves one out: 67 天（含首尾两日）.

    ``left_out`` is how many ends its computed days do not count.
    """
    days = one.computed.removesuffix("天")
    said = _BOTH_ENDS.match(text, one.length.end) or _BOTH_ENDS.search(text, one.period.end, one.length.start)
    if not days.isdecimal() or not said:
        return one
    whole = replace(one, computed=f"{int(days) + left_out}天")
    return replace(whole, holds=False) if _leaves_an_end(whole) else one


def _leaves_an_end(one: Duration) -> bool:
    """Whether a number of days is what its period has without one end, or without both."""
    said, computed = (words.removesuffix("天").removesuffix("日") for words in (one.said, one.computed))
    return said.isdecimal() and computed.isdecimal() and 0 < int(computed) - int(said) <= _ENDS


def _found(spot: Spot, text: str, spans: tuple[DateSpan, ...]) -> Iterator[Duration]:
    for at, span in enumerate(spans):
        match = _BEHIND.match(text, span.end) or _BEFORE.search(text, max(0, span.start - _REACH), span.start)
        if (
            match is None
            or span.first >= span.last
            or not _JOINED.search(text, span.start, span.end)
            or text[max(0, span.start - _SHORT) : span.start].rstrip().endswith(_UNTIL)
            or (match.start() < span.start and _OF_PARTS.search(text, max(0, span.start - _REACH), match.start("unit")))
        ):
            continue
        number = int(match["number"]) if match["number"].isdecimal() else chinese_number(match["number"])
        if number:
            alone = text[span.end : match.start("number")].strip() in SET_BESIDE
            meant = (span,) if alone else (span, *_together(text, spans[: at + 1]))
            fitting = (one for one in meant if _is_counted(one, span, match["unit"], number))
            span = next(fitting, None) or _closest(meant, number)
            period = Mention(Role.OPERAND, spot.text, span.start, span.end, spot.place)
            stated = Mention(Role.STATED, spot.text, match.start("number"), match.end("unit"), spot.place)
            computed, holds = _counted(span, match["unit"], number)
            words = "".join(text[span.start : span.end].split())
            yield Duration(LASTS, stated, stated.said, period, words, computed, holds)


def _closest(spans: Sequence[DateSpan], number: int) -> DateSpan:
    """The period whose days come closest to a number; of equal ones the first."""
    return min(spans, key=lambda one: abs((one.last - one.first).days + 1 - number))


def _is_counted(span: DateSpan, own: DateSpan, unit: str, number: int) -> bool:
    """Whether a number may be meant for a period; for several together it must be their days."""
    if span is own or not unit.endswith(("天", "日")):
        return _counted(span, unit, number)[1]
    return 0 <= (span.last - span.first).days + 1 - number <= 1


def _together(text: str, spans: tuple[DateSpan, ...]) -> Iterator[DateSpan]:
    """From each period of the sentence to the end of the last: 准备自 A 至 B，现场自 C 至 D，历时 61 天."""
    last = spans[-1]
    for one in spans[-_PHASES:-1]:
        if one.first < last.first and "。" not in text[one.start : last.start]:
            yield DateSpan(one.start, last.end, one.first, last.last)


def find_spells(spot: Spot, text: str) -> Iterator[Duration]:
    """Every two days of a sentence with the days between them; a day without a year takes the one before it."""
    for match in (*_APART.finditer(text), *_LASTING.finditer(text)):
        second = match.start("y2") if match["y2"] else match.start("m2")
        between = text[match.end("d1") + 1 : second]
        if between.strip() in {"至", "到", "起至", "起到"}:
            continue  # one period of the calendar, which its length follows
        year = match["y1"] or year_before(text, match.start())
        try:
            first = date(int(year), int(match["m1"]), int(match["d1"]))
            last = date(int(match["y2"] or year), int(match["m2"]), int(match["d2"]))
        except ValueError:
            continue
        if match["y2"] is None and last < first:
            last = last.replace(year=last.year + 1)
        number = int(match["number"]) if match["number"].isdecimal() else chinese_number(match["number"])
        if not number:
            continue
        period = Mention(Role.OPERAND, spot.text, match.start("m1"), match.end("d2") + 1, spot.place)
        stated = Mention(Role.STATED, spot.text, match.start("number"), match.end("unit"), spot.place)
        words = "".join(text[match.start("m1") : match.end("d2") + 1].split())
        computed, holds = _counted(DateSpan(0, 0, first, last), match["unit"], number)
        if "天" in match["unit"]:  # two days of the report's own work are counted as they were
            days = (last - first).days + 1
            round_number = number % 10 == 0 and abs(days - number) <= days // _ROUNDED
            holds = number in (days, days - 1) or round_number
        begun, since = _first_day(text, match.start(), year)
        own, whole = DateSpan(0, 0, first, last), DateSpan(0, 0, begun or first, last)
        if not holds and _closest((own, whole), number) is whole:  # 准备自 A 至 B，现场自 C 至 D，历时 61 天
            computed, holds = _counted(whole, match["unit"], number)[0], _is_counted(whole, own, match["unit"], number)
            period = Mention(Role.OPERAND, spot.text, since, match.end("d2") + 1, spot.place)
            words = f"{whole.first.month}月{whole.first.day}日至{last.month}月{last.day}日"
        yield Duration(LASTS, stated, stated.said, period, words, computed, holds)


def _first_day(text: str, end: int, year: str) -> tuple[date | None, int]:
    """The first day that the sentence names before an offset, and where it does."""
    since = max(0, end - FAR)
    match = _ONE_DAY.search(text, max(since, text.rfind("。", since, end) + 1), end)
    try:
        first = date(int(match["y1"] or year), int(match["m1"]), int(match["d1"])) if match else None
    except ValueError:
        first = None
    return first, match.start() if match else end


def year_before(text: str, end: int) -> str:
    """The last year that a text names before an offset; any common year where it names none."""
    years = [match[0] for match in YEAR.finditer(text, max(0, end - FAR), end)]
    return years[-1] if years else "2023"


def _counted(span: DateSpan, unit: str, number: int) -> tuple[str, bool]:
    """The length with both ends counted, and whether the number may be meant for it."""
    days = (span.last - span.first).days + 1
    if unit == "个月":
        return f"{round(days / _MONTH)}个月", -_ONE_END <= number - days / _MONTH <= _HALF
    if unit == "年":
        return f"{round(days / _YEAR, 1).normalize():f}年", abs(number - days / _YEAR) <= _HALF
    if unit == "周":
        return f"{round(days / _WEEK)}周", abs(number - days / _WEEK) <= 1
    return f"{days}{unit}", _may_be_days(span, days, number)


def _may_be_days(span: DateSpan, days: int, number: int) -> bool:
    """Whether a number may count the days of a period: with both ends, one or none; working days; a round number."""
    weekdays = sum((span.first + timedelta(at)).weekday() < SATURDAY for at in range(days)) if days < FAR else 0
    rounded = number % 5 == 0 and abs(days - number) <= max(_SOME_DAYS, days // _ROUNDED)
    return 0 <= days - number <= _ENDS or abs(number - weekdays) <= _SOME_DAYS or rounded
