"""Dates and periods. A date is never a figure; what it covers is a span of days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from checker.extract.characters import narrowed
from checker.extract.chinese import chinese_digits
from checker.extract.patterns import Match, Pattern


class DateSpan(Struct, frozen=True):
    """A date or a period in a text: ``text[start:end]`` covers the days ``first`` to ``last``.

    A year, a month or a third of a month (旬) covers all of its days.
    """

    start: int
    end: int
    first: date
    last: date


# One point in time, part by part.
_TO = r" ?(?:—{1,2}|-{1,2}|~|至|到) ?"  # 3月16日—4月30日
_YEAR = r"(?<![\dA-Za-z])(?P<year>(?:19|20)\d\d)(?!\d)"  # 2022
_CHINESE_YEAR = r"(?P<hanyear>[一二][〇零○一二三四五六七八九]{3})(?= ?年)"  # 二〇二三
_YEAR_END = r"(?: ?年 ?度?|(?=" + _TO + r"(?:19|20)\d\d ?年)|(?=/(?:19|20)\d\d ?年))"  # 年 · 2022-2024年
_HALF = r"(?P<half>[上下]半年)"  # 上半年
_QUARTER = r"(?:第?(?P<quarter>[一二三四1-4])季度)"  # 第一季度
_EDGE = r"(?P<edge>末|底|初|终)"  # 2022年末
_MONTH = r"(?<![\d.,])(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九](?= ?月))(?!\d)"  # 12
_MONTH_END = r"(?: ?月份?|(?=" + _TO + r"\d{1,2} ?月))"  # 月 · 1-12月
_DAY = r"(?<![\d.,])(?P<day>\d{1,2})(?!\d)"  # 16
_DAY_END = r"(?: ?[日号](?![内历])|(?=" + _TO + r"\d{1,2} ?日))"  # 日 · 16-18日
_TENTH = r"(?P<tenth>[上中下]旬|[初底末])"  # 4月中旬
_IN_MONTH = r"(?: ?(?:" + _DAY + _DAY_END + "|" + _TENTH + "))?"
_IN_YEAR = r"(?: ?(?:" + "|".join((_HALF, _QUARTER, _EDGE, _MONTH + _MONTH_END + _IN_MONTH)) + "))?"
_WITH_YEAR = "(?:" + _YEAR + "|" + _CHINESE_YEAR + ")" + _YEAR_END + _IN_YEAR

# 2022.02 · 2022-03-16 · 2022. 10; an amount such as 2022.10 万元 or an operand is none.
_NO_FIGURE = r"(?![\d.]| ?[%‰万亿元个人分项户件次倍*×÷+=])"
_MARK = r"(?P<mark>[./-]) ?"  # .
_SHORT_DAY = r"(?P=mark) ?(?P<sday>\d{1,2})"  # -16
_TWO_DIGITS = r"(?P<smonth>0[1-9]|1[0-2])(?:" + _SHORT_DAY + ")?"  # 02 · 03-16
_ONE_DIGIT = r"(?P<smonth>[1-9])" + _SHORT_DAY  # 3-16
_SHORT = _YEAR + _MARK + "(?:" + _TWO_DIGITS + "|" + _ONE_DIGIT + ")" + _NO_FIGURE

_NO_YEAR = _MONTH + _MONTH_END + _IN_MONTH + "|" + _DAY + r" ?日(?![内历])"  # 4月30日 · 30日

POINT = "|".join((_SHORT, _WITH_YEAR, _NO_YEAR))
"""The source of one point in time, its year said or not."""

_POINT = Pattern(POINT)
_SHORT_AHEAD = Pattern(r"(?:19|20)\d\d[./-]")  # cheap: a date that does not say 年 has one
_JOIN = Pattern(r"(?: ?起)?" + _TO)
_MONTHS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {"十一": 11, "十二": 12}


def find_dates(text: str) -> tuple[DateSpan, ...]:
    """Every date and period whose year is said, left to right; 2022年1月—3月 is one period.

    A day that no calendar has (2月30日) is left out.
    """
    text = narrowed(text)
    return tuple(_spans(text)) if "年" in text or _SHORT_AHEAD.search(text) else ()


def _spans(text: str) -> Iterator[DateSpan]:
    pending: DateSpan | None = None
    before: Match | None = None
    match: Match
    for match in _POINT.finditer(text):
        joined = pending is not None and _JOIN.fullmatch(text[pending.end : match.start()]) is not None
        span = _span(match, before if joined else None)
        if joined and pending and span and span.last >= pending.first:
            pending = DateSpan(pending.start, span.end, pending.first, span.last)
        else:
            if pending:
                yield pending
            pending = span
        before = match if span else None
    if pending:
        yield pending


def _span(match: Match, before: Match | None) -> DateSpan | None:
    """The days of a match; what it leaves out comes from the point before it in a period."""
    year = _year(match) or (_year(before) if before else None)
    month = _month(match) or (_month(before) if before and match["day"] else None)
    if year is None:
        return None
    try:
        first, last = _days(match, year, month)
    except ValueError:
        return None
    return DateSpan(match.start(), match.end(), first, last)


def _year(match: Match) -> int | None:
    if match["hanyear"]:
        return int(chinese_digits(match["hanyear"]))
    return int(match["year"]) if match["year"] else None


def _month(match: Match) -> int | None:
    written = match["smonth"] or match["month"]
    return _MONTHS.get(written) or int(written) if written else None


def _days(match: Match, year: int, month: int | None) -> tuple[date, date]:
    """First and last day. Raises ``ValueError`` for a day that no calendar has."""
    day = match["sday"] or match["day"]
    if month is None:
        first, last = _months(match)
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    if day:
        return (date(year, month, int(day)),) * 2
    end = monthrange(year, month)[1]
    match match["tenth"]:
        case "上旬":
            return date(year, month, 1), date(year, month, 10)
        case "中旬":
            return date(year, month, 11), date(year, month, 20)
        case "下旬":
            return date(year, month, 21), date(year, month, end)
        case _:
            return date(year, month, 1), date(year, month, end)


def _months(match: Match) -> tuple[int, int]:
    if match["half"]:
        return (1, 6) if match["half"].startswith("上") else (7, 12)
    if match["quarter"]:
        quarter = _MONTHS.get(match["quarter"]) or int(match["quarter"])
        return 3 * quarter - 2, 3 * quarter
    return 1, 12
