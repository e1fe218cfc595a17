"""Relations between dates: the report's own, its title's year, periods and the days of the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from checker.document import Document
from checker.extract.characters import narrowed
from checker.extract.clauses import sentence_at
from checker.extract.dates import POINT, DateSpan, find_dates
from checker.extract.figures import Reading
from checker.extract.patterns import Match, Pattern
from checker.relate.deadlines import find_completion_bases
from checker.relate.delays import find_delays
from checker.relate.due_dates import find_due_dates
from checker.relate.durations import find_durations, find_spells, strictly
from checker.relate.score_names import plain_name
from checker.relate.score_tables import find_score_tables
from checker.relate.spots import YEAR, Spot, find_spots, plain, title_years
from checker.relate.vocabulary import alternatives, listed
from checker.relation import Relation
from checker.relation.dates import BeforeReport, CalendarDay, EvaluatedPeriod, PeriodOrder, TitleYear
from checker.verdict import Mention, Phrase, Role

WORK = Phrase("“{title}”一节的日期与报告日期", "the dates under “{title}” and the report's date")
YEARS = Phrase("与标题相同的“{words}”所带的年份", "the year beside the title's words “{words}”")
PERIOD = Phrase("起止时间", "a period from one date to another")
DAY = Phrase("写明月日的日期", "a date with month and day")
EVALUATED = Phrase("“{label}”与标题的年度", "“{label}” and the year of the title")

REACH = 80
"""So far back an open title or quotation mark is looked for."""
LEAST_ROUND = 120
"""A period from day to day over the turn of a year that is not named leaves out at least so many days of it."""
FEWEST = 3
"""The title's year stands in at least so many places before another one is a stray."""

_POINT = Pattern(POINT)
_TO = Pattern(r"(?: ?起)? ?(?:—{1,2}|-{1,2}|~|至|到) ?")
_RANGE = Pattern(r"[\d年月日底末旬起] ?(?:—{1,2}|-{1,2}|~|至|到) ?\d")
_SPAN_OF_YEARS = Pattern(r"(?:19|20)\d\d年?度?[-—~至到](?:19|20)\d\d")
_DAY = Pattern(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d) ?年 ?)?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?[日号](?![元期])"
    r"|(?<!\d)(?P<only>(?:19|20)\d\d) ?年 ?(?P<off>\d{1,2}) ?月"
)
_LABEL = Pattern(rf"(?P<label>{alternatives('dates', 'period_labels')}) ?(?:为|是|：|:|定为|确定为|自|从|即)* ?(?=\d)")


class Dated(Struct, frozen=True):
    """The report's own date as its cover states it."""

    mention: Mention
    written: str
    last: date


def find_date_relations(reading: Reading) -> Iterator[Relation]:
    """Every relation of dates."""
    document = reading.document
    spots = find_spots(reading)
    cover = [spot for spot in spots if spot.kind == "title"]
    report = _report_date(cover)
    if report:
        yield from _work(reading, spots, report)
    yield from find_due_dates(document, spots, (report.mention, report.written, report.last) if report else None)
    yield from _title_year(document, cover, spots)
    yield from find_completion_bases(document, spots)
    years = title_years(document)
    titled = next((spot for spot in cover if years and str(years[0]) in spot.plain), None)
    for spot in spots:
        if "年" in spot.text.value or "月" in spot.text.value or "." in spot.text.value:
            text = narrowed(spot.text.value)
            spells = list(find_spells(spot, text)) if "月" in text else []
            told = {spell.length.start for spell in spells}
            spans = find_dates(text)
            lengths = [one for one in find_durations(spot, text, spans) if one.length.start not in told]
            lasting = {one.length.start for one in lengths}
            yield from (strictly(one, text) for one in (*spells, *lengths))
            if "月" in text:
                yield from _days(spot, text)
                delays = [one for one in find_delays(spot, text) if one.length.start not in told]
                yield from (one if one.length.start in lasting else strictly(one, text, left_out=1) for one in delays)
            yield from _periods(spot, text, spans)
            if titled and spans:
                yield from _evaluated(years, titled, spot, text, spans)


def _report_date(cover: list[Spot]) -> Dated | None:
    """The last line of the cover that is a date."""
    for spot in reversed(cover):
        text = spot.text.value
        for span in find_dates(text):
            written = text[span.start : span.end]
            if 3 * len(plain(written)) >= 2 * len(spot.plain) and span.first.year == span.last.year:
                mention = Mention(Role.OPERAND, spot.text, span.start, span.end, spot.place)
                return Dated(mention, "".join(written.split()), span.last)
    return None


def _work(reading: Reading, spots: Sequence[Spot], report: Dated) -> Iterator[Relation]:
    """Dates in the chapter on how the evaluation was done; a missing year is that of the date before."""
    document = reading.document
    names = {name for table in find_score_tables(reading) for row in table.rows for name in row.path}
    for spot in spots:
        if spot.kind != "prose" or not YEAR.search(spot.text.value):
            continue
        above = document.ancestors(spot.place.section)
        title = next((s.title for s in above if any(w in s.title for w in listed("dates", "process"))), "")
        if not title or _POINTS.search(title) or plain_name(title) in names:
            continue  # 组织实施 is the name of an indicator, too
        text = narrowed(spot.text.value)
        year = 0
        for match in _POINT.finditer(text):
            year = int(match["year"]) if match["year"] else year
            last = _last_day(match, year)
            sentence = sentence_at(text, match.start())
            said = text[sentence.start : sentence.end]
            if last is None or any(word in said for word in listed("dates", "planned")):
                continue
            mention = Mention(Role.STATED, spot.text, match.start(), match.end(), spot.place)
            written = "".join(spot.text.value[match.start() : match.end()].split())
            holds = last <= report.last
            yield BeforeReport(WORK.filled(title=title), mention, written, report.mention, report.written, holds)


_POINTS = Pattern(r"权重|分值|\d分")


def _last_day(match: Match, year: int) -> date | None:
    """The first day that a point with a month may mean when it names no day, else the day."""
    month = match["smonth"] or match["month"]
    if not year or not month or not month.isdigit() or not 1 <= int(month) <= 12:
        return None
    day = int(match["sday"] or match["day"] or 1)
    return date(year, int(month), day) if 1 <= day <= monthrange(year, int(month))[1] else None


def _title_year(document: Document, cover: list[Spot], spots: Sequence[Spot]) -> Iterator[Relation]:
    """The title's words with the title's year, and with another."""
    title = plain(document.title)
    words = next((word for word in listed("dates", "evaluated") if word in title), "")
    years = [match[0] for match in YEAR.finditer(title)]
    if not words or len(set(years)) != 1 or _SPAN_OF_YEARS.search(title):
        return
    pattern = Pattern(rf"(?<!\d)(?P<year>(?:19|20)\d\d)年度?(?P<gap>[^\d，。；、：:（）()《》“”]{{0,16}})(?:{words})")
    strays: list[tuple[str, Mention]] = []
    total = 1  # the title itself
    for spot in spots:
        if words not in spot.plain or spot.kind == "title":
            continue
        for match in pattern.finditer(spot.plain):
            if match["year"] == years[0]:
                total += 1
            elif spot.kind != "cell" and not _compares(spot, match):
                strays.append((match["year"], spot.mention(Role.STATED, *match.span())))
    place = next((spot for spot in cover if years[0] in spot.plain), None)
    if place is None or total < FEWEST:
        return
    if FEWEST * len(strays) > total:
        strays = []
    title_mention = Mention.words(Role.OPERAND, place.text, place.place)
    because = YEARS.filled(words=words)
    for year in sorted({year for year, _ in strays}) or [""]:
        places = tuple(stray for stray in strays if stray[0] == year)
        yield TitleYear(because, title_mention, years[0], words, total, places)


_PRIOR = Pattern(r"上一?年度|上一?轮|往年|以前年度|前一年|本年度得")


def _compares(spot: Spot, match: Match) -> bool:
    """Whether the other year is there for a comparison, or in the title of a document."""
    before = spot.plain[max(0, match.start() - REACH) : match.start()]
    if before.count("《") > before.count("》") or before.count("“") > before.count("”"):
        return True
    if _PRIOR.search(spot.plain):
        return True  # 2023年度…得 85 分。…本年度得 88 分，比上年度提高
    near = (
        before[-16:].rpartition("。")[2] + match["gap"] + spot.plain[match.end() : match.end() + 16].partition("。")[0]
    )
    return any(word in near for word in listed("dates", "compared"))


def _days(spot: Spot, text: str) -> Iterator[Relation]:
    for match in _DAY.finditer(text):
        if match["month"]:
            exists = _in_calendar(match["year"], int(match["month"]), int(match["day"]))
        else:
            exists = 1 <= int(match["off"]) <= 12
        written = "".join(spot.text.value[match.start() : match.end()].split())
        mention = Mention(Role.STATED, spot.text, match.start(), match.end(), spot.place)
        if match["month"] or not exists:
            yield CalendarDay(DAY, mention, written, exists)


def _in_calendar(year: str | None, month: int, day: int) -> bool:
    """Whether a year has the day; without a year any leap year will do."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(int(year or 2024), month)[1]


def _periods(spot: Spot, text: str, spans: tuple[DateSpan, ...]) -> Iterator[Relation]:
    """Periods that read forward are one span; one that does not is two with 至 between them."""
    for span in spans:
        if span.first < span.last and _RANGE.search(text, span.start, span.end):
            yield _period(spot, span.start, span.end, holds=True)
    for one, other in pairwise(spans):
        if _TO.fullmatch(text[one.end : other.start]) and other.last < one.first:
            dated = YEAR.match(text, other.start) is not None
            wrong = dated or other.first.month == one.first.month or _hardly_goes_round(one, other)
            yield _period(spot, one.start, other.end, holds=False if wrong else None)


def _hardly_goes_round(first: DateSpan, last: DateSpan) -> bool:
    """Whether a period from day to day would last most of a year, if its end was meant to lie in the next one."""
    days = first.first == first.last and last.first == last.last
    return days and (first.first - last.last).days < LEAST_ROUND


def _period(spot: Spot, start: int, end: int, *, holds: bool | None) -> PeriodOrder:
    written = "".join(spot.text.value[start:end].split())
    return PeriodOrder(PERIOD, Mention(Role.STATED, spot.text, start, end, spot.place), written, holds)


def _evaluated(
    years: list[int], titled: Spot, spot: Spot, text: str, spans: tuple[DateSpan, ...]
) -> Iterator[Relation]:
    """The period behind 评价期间 and the like, against the years of the title."""
    for match in _LABEL.finditer(text):
        span = next((one for one in spans if 0 <= one.start - match.end() <= 2), None)
        if span:
            holds = min(years) <= span.first.year and span.last.year <= max(years)
            mention = Mention(Role.STATED, spot.text, span.start, span.end, spot.place)
            written = "".join(spot.text.value[span.start : span.end].split())
            title = Mention.words(Role.OPERAND, titled.text, titled.place)
            said = "—".join(str(year) for year in sorted({min(years), max(years)}))
            yield EvaluatedPeriod(
                EVALUATED.filled(label=match["label"]), mention, written, match["label"], title, said, holds
            )
