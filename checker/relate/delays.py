"""How many days lie between two days of a sentence: 于 7 月 28 日印发，较规定的 6 月 30 日晚 28 天.

A number of days may run from another day that the sentence does not name. So it is wrong only where the
sentence sets one day against the other, or where it has two days only and misses them by little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.patterns import Match, Pattern
from checker.relate.durations import year_before
from checker.relate.slips import is_one_edit
from checker.relate.spots import Spot
from checker.relation.dates import Duration
from checker.verdict import Mention, Phrase, Role

APART = Phrase("两个日期与其间隔天数", "two days and how far they lie apart")

_LATE = r"(?:晚|早|迟|提前|逾期|推迟|延迟|延后|延误|超期|滞后|拖延|间隔|相隔|相差|相距|距)"
_DAY = Pattern(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_DAYS = Pattern(r"(?<![\d月.])(?P<number>\d{1,3})\s*(?P<unit>个?日历天|天|日)(?![以内前后多余左\d])")
_SET_AGAINST = Pattern(r"[，,][^，,。；;\d]{0,12}(?:较|比|晚于|早于|迟于|超过)[^，,。；;\d]{0,12}$")
_LATE_BY = Pattern(rf"{_LATE}[^，,。；;\d]{{0,6}}$|先\p{{Han}}{{2,6}}后\p{{Han}}{{2,6}}$")
_OF_BOTH = Pattern(r"(?:两|先后|前后)\p{Han}{0,4}(?:相隔|间隔|相距)[^，,。；;\d]{0,4}$")
_BRACKET = Pattern(r"[（(][^（()）]*[)）]")
_SEGMENT = Pattern(r"[^。；;\n]+")
_LASTED = Pattern(r"(?:历时|占用|用时|耗时|持续|挪用)(?:时间)?(?:为|了|达|共)?\s*$")
REACH = 8
_BETWEEN = Pattern(r"(?:其间|期间)(?:共|历时|用时|相隔)?\s*$")
_OVER = Pattern(
    r"(?P<limit>\d{1,3})\s*(?:个?日历天|天|日)的?(?:办理|拨付|规定|支付)?(?:时限|期限|限期|规定|要求|标准)[^，,。；;\d]{0,4}"
    r"(?P<number>\d{1,3})\s*(?P<unit>天|日)"
)
_DUE = Pattern(r"(?:应|须|计划|约定|原定|要求)(?:于|在)?\s*$")
_TERM = Pattern(r"^(?:正式|实际)?(?:开工|进场|起)[^，,。；;\d]{0,4}[，,]\s*(?:合同|计划|约定)?工期(?:为|共)?\s*$")
_ENDS = Pattern(
    r"[，,]\s*(?:应|须|计划|约定)(?:于|在)?(?P<date>(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日)"
    r"(?:前)?(?:竣工|完工|完成|到期|届满)"
)
ELSEWHERE = ("截至", "目前", "至今", "基准日")
"""Words for a third day, which is not written here."""
LEAST, SHARE = 10, 5
"""A number that misses two days by so many, or this part of them, is a slip; one further off is of other days."""


class _Point(Struct, frozen=True):
    """A day with where it stands."""

    day: date
    start: int
    end: int


def find_delays(spot: Spot, text: str) -> Iterator[Duration]:
    """Every number of days behind two days of its sentence."""
    for segment in _SEGMENT.finditer(text):
        if segment.group().count("日") < len("ab"):
            continue
        points = list(_points(text, segment))
        since = segment.start()
        for match in _DAYS.finditer(text, segment.start(), segment.end()):
            before = [point for point in points if point.end <= match.start()]
            fresh = [point for point in before if point.start >= since]
            since = match.end() if fresh else since
            behind = _BRACKET.match(text, match.end())
            inside = [point for point in points if behind and behind.start() <= point.start < behind.end()]
            if len(inside) == len("ab") and not _DAYS.search(text, match.end(), inside[-1].end):
                yield from _near(spot, text, inside, match)  # 达 73 天（5 月 31 日应拨，8 月 12 日实拨）
            else:
                yield from _in_segment(spot, text, (before, fresh), match)


def _in_segment(spot: Spot, text: str, points: tuple[list[_Point], list[_Point]], match: Match) -> Iterator[Duration]:
    """A number of days beside the days before it: all of its sentence, and those behind the number before it."""
    before, fresh = points
    led = text[max(0, match.start() - REACH) : match.start()]
    if len(fresh) == 1:
        yield from _until(spot, text, fresh[0], match)
    elif not fresh and _LATE_BY.search(led):
        yield from _planned(spot, text, before, match)
    elif len(fresh) > 1 and _BETWEEN.search(led):
        yield from _near(spot, text, fresh[-2:], match)
    elif len(fresh) > 1 and _LASTED.search(led):
        yield from _lasted(spot, text, fresh, match)
    elif len(fresh) == len("ab"):
        over = _OVER.match(text, match.start())
        yield from _beyond(spot, text, fresh, over) if over else _judged(spot, text, fresh, match)


def _points(text: str, segment: Match) -> Iterator[_Point]:
    year = ""
    for match in _DAY.finditer(text, segment.start(), segment.end()):
        year = match["year"] or year or year_before(text, match.start())
        try:
            yield _Point(date(int(year), int(match["month"]), int(match["day"])), *match.span())
        except ValueError:
            continue


def _judged(spot: Spot, text: str, points: Sequence[_Point], match: Match) -> Iterator[Duration]:
    first, second = points
    against = _SET_AGAINST.search(text, first.end, second.start) is not None
    behind = text[second.end : match.start()]
    late = _LATE_BY.search(behind) is not None and not any(word in behind for word in ELSEWHERE)
    if not late and not (against and "，" not in behind):
        return
    days, number = _days(points), int(match["number"])
    holds = abs(days - number) <= 1
    if holds or _is_near(days, number) or (against and days) or _OF_BOTH.search(behind):
        yield _duration(spot, text, (first, second), match)


def _lasted(spot: Spot, text: str, points: Sequence[_Point], match: Match) -> Iterator[Duration]:
    """A number that two of the days give, else one that the last two of them would give but for a slip."""
    number = int(match["number"])
    pairs = [pair for pair in combinations(points, 2) if abs(_days(pair) - number) <= 1]
    if pairs:
        yield _duration(spot, text, pairs[-1], match)
    elif number >= LEAST and is_one_edit(Decimal(number), Decimal(_days(points[-2:]))):
        yield _duration(spot, text, points[-2:], match)
    elif len(points) == len("ab"):
        yield from _near(spot, text, points, match)


def _near(spot: Spot, text: str, points: Sequence[_Point], match: Match) -> Iterator[Duration]:
    """A number beside the two days right before it, but for one that is of other days altogether."""
    if _is_near(_days(points), int(match["number"])):
        yield _duration(spot, text, points, match)


def _is_near(days: int, number: int) -> bool:
    """Whether a number misses what lies between two days by little, or has its digits in another order."""
    swapped = number >= LEAST and sorted(str(number)) == sorted(str(days))
    return swapped or abs(days - number) <= max(LEAST, days // SHARE)


def _beyond(spot: Spot, text: str, points: Sequence[_Point], match: Match) -> Iterator[Duration]:
    """5 月 25 日到账、6 月 20 日拨付，超过 15 天时限 11 天: what lies between the days beyond a limit."""
    over = _days(points) - int(match["limit"])
    number = int(match["number"])
    if abs(over - number) <= LEAST:
        told = _duration(spot, text, points, match)
        stated = Mention(Role.STATED, spot.text, match.start("number"), match.end("unit"), spot.place)
        holds = abs(over - number) <= 1
        yield replace(told, length=stated, said=stated.said, computed=f"{over}{match['unit']}", holds=holds)


def _planned(spot: Spot, text: str, points: Sequence[_Point], match: Match) -> Iterator[Duration]:
    """应于 2 月 5 日竣工，实际于 4 月 16 日竣工，历时 401 天，延误 71 天: the last two days, plan and outcome."""
    if len(points) < len("ab"):
        return
    first, second = points[-2:]
    due = text[max(0, first.start - REACH) : first.start]
    done = text[first.end : second.start]
    if _DUE.search(due) and "实际" in done and "。" not in done:
        yield from _near(spot, text, (first, second), match)


def _until(spot: Spot, text: str, first: _Point, match: Match) -> Iterator[Duration]:
    """3 月 12 日开工，合同工期 330 天，应于次年 2 月 5 日竣工: a day, how long it takes, and the day that ends it."""
    behind = _ENDS.match(text, match.end())
    if behind is None or not _TERM.search(text[first.end : match.start()]):
        return
    year = int(behind["year"] or first.day.year)
    try:
        last = date(year, int(behind["month"]), int(behind["day"]))
    except ValueError:
        return
    yield from _near(spot, text, (first, _Point(last, behind.start("date"), behind.end("date"))), match)


def _days(points: Sequence[_Point]) -> int:
    return abs((points[1].day - points[0].day).days)


def _duration(spot: Spot, text: str, points: Sequence[_Point], match: Match) -> Duration:
    first, second = points
    words = "".join(f"{text[first.start : first.end]}与{text[second.start : second.end]}".split())
    stated = Mention(Role.STATED, spot.text, *match.span(), spot.place)
    period = Mention(Role.OPERAND, spot.text, first.start, second.end, spot.place)
    days = _days(points)
    holds = abs(days - int(match["number"])) <= 1
    return Duration(APART, stated, stated.said, period, words, f"{days}{match['unit']}", holds)
