"""Trends over a series of years, and words that compare two stated amounts (决算数小于预算数, 超过…的目标值)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from checker.extract.clauses import JOINED, SENTENCE_ENDS, Span
from checker.extract.figures import Reading
from checker.extract.leads import Kind, Period
from checker.extract.measures import Measured, MeasuredPassage, measured
from checker.extract.patterns import Match, Pattern
from checker.extract.rate_words import any_word, rate_words
from checker.quantity import Qualifier
from checker.relation import Relation
from checker.relation.trends import Comparison, Trend
from checker.verdict import Mention, Phrase, Role

SERIES = Phrase("“{word}”说明所列各年数值的走势", "“{word}” says how the figures of the years run")
SET_AGAINST = Phrase("“{word}”比较前一句所列的两个数", "“{word}” compares the two figures of the sentence before")
_TREND = Pattern(f"(?P<up>{any_word('trend', 'up')})|(?P<down>{any_word('trend', 'down')})")
_OVERALL = Pattern(f"^(?:{any_word('trend', 'overall')})[上呈]*")
_ENDS = Pattern(r"(?:的?(?:趋势|态势|势头))?(?:[，,。；;、（()）]|$)")
_YEARS = Pattern(r"(?<!\d)(?P<year>(?:19|20)\d\d) ?年?(?=[^\d])")
_RANGE = Pattern(r"(?:19|20)\d\d ?年? ?(?:至|到|-|—{1,2}|~) ?(?:19|20)\d\d ?年")
_ALL = ("均", "都", "全部")
_SET_AGAINST = Pattern(
    rf"(?P<done>{any_word('comparison', 'done')})(?:(?P<more>{any_word('comparison', 'more')})|"
    rf"(?P<less>{any_word('comparison', 'less')})|[与和同])(?P<budget>{any_word('comparison', 'budget')})"
    rf"(?P<equal>{any_word('comparison', 'equal')})?"
)
SIGNS = {
    Qualifier.MORE_THAN: (1, False),
    Qualifier.AT_LEAST: (1, True),
    Qualifier.LESS_THAN: (-1, False),
    Qualifier.AT_MOST: (-1, True),
}
SHARED, BEHIND, FAR = 2, 8, 400
CLAUSE = "，,；;：:。"


def find_trends(reading: Reading) -> Iterator[Relation]:
    """Every word for a trend or a comparison whose figures the text states."""
    for page in measured(reading):
        text = page.passage.text.value
        if len(page.figures) > 1:
            yield from _trends(page, text)
        if "决算" in text or "执行数" in text:
            yield from _against_budget(page, text)


def _trends(page: MeasuredPassage, text: str) -> Iterator[Relation]:
    """Each trend word with the series between it and the trend word before, in its own sentence."""
    start = 0
    for match in _TREND.finditer(text):
        start = max(start, match.start() - FAR, *(text.rfind(m, start, match.start()) + 1 for m in SENTENCE_ENDS))
        behind = text[match.end() : match.end() + BEHIND]
        if _ENDS.match(behind) and not any(word in behind for word in rate_words("trend", "not_stated")):
            found = list(_of_series(page, match, Span(start, match.start())))
            overall = text[start : match.start()].rstrip("上呈").endswith(rate_words("trend", "overall"))
            yield from (trend for trend in found if not overall or trend.is_opposite)
        start = match.end()


def _of_series(page: MeasuredPassage, match: Match, span: Span) -> Iterator[Trend]:
    text = page.passage.text.value
    start = max(text.rfind(mark, span.start, span.end) for mark in CLAUSE) + 1
    about = text[max(start, span.start) : span.end].strip(" 均都呈，")
    about = _OVERALL.sub("", about)
    found = _series(page, span)
    if about:
        found = [one for one in found if _shares(about, one[0].lead.measure)]
    if len(found) > 1 and not _says_all(text[max(start, span.start) : span.end], match):
        return
    lists = [_last_list(page, one, span) for one in found] or _right_before(page, match, span.start)
    for years, series in lists:
        word = Mention(Role.STATED, page.passage.text, match.start(), match.end(), page.passage.place)
        because = SERIES.filled(word=match.group())
        figures = tuple(one.figure for one in series)
        label = series[0].lead.measure.removesuffix("依次").removesuffix("分别")
        yield Trend(because, label, word, match.group(), figures, 1 if match["up"] else -1, years)


def _right_before(page: MeasuredPassage, match: Match, start: int) -> list[Dated]:
    """三年执行率依次为 91.71 %、93.42 % 和 94.38 %，逐年上升: the list right before the word, whatever its years."""
    text = page.passage.text.value
    end = bisect_left(page.figures, match.start(), key=lambda one: one.figure.start)
    run: list[Measured] = []
    for item in reversed(page.figures[:end]):
        if item.depth or item.figure.start < start or (run and item.base != run[0].base):
            break
        run.insert(0, item)
        if item.words.strip() not in JOINED:
            break
    behind = text[run[-1].figure.end : match.start()] if run else ""
    lists = len(run) >= FEWEST and run[0].words.rstrip("为是达到").endswith(("分别", "依次"))
    if lists and match.group().startswith(_YEARLY) and _NOTHING_NEW.fullmatch(behind):
        return [((), run)]
    return []


Dated = tuple[tuple[int, ...], Sequence[Measured]]
"""A series and its years."""
FEWEST = 3
_YEARLY = ("逐年", "连年", "呈逐年", "逐季", "逐月", "逐批")
_NOTHING_NEW = Pattern(r"\s*[，,]\s*(?:总体|整体|均|呈|\s)*")


def _last_list(page: MeasuredPassage, series: list[Measured], span: Span) -> Dated:
    """A series with its years, or the list without years behind it that is meant: A 分别为…；B 分别为…，逐年减少."""
    at = bisect_left(page.figures, series[-1].figure.end, key=lambda one: one.figure.start)
    end = bisect_left(page.figures, span.end, key=lambda one: one.figure.start)
    behind = [one for one in page.figures[at:end] if one.depth == 0]
    first = next((at for at, one in enumerate(behind) if "分别" in one.words), None)
    listed = behind[first : first + len(series)] if first is not None else []
    alike = len(listed) == len(series) and all(one.base == listed[0].base for one in listed)
    joined = all(one.words.strip() in JOINED for one in listed[1:])
    years = tuple(one.lead.period.year or 0 for one in series)
    return years, listed if alike and joined else series


def _says_all(about: str, match: Match) -> bool:
    return match.group().startswith("均") or any(word in about for word in _ALL)


def _shares(about: str, measure: str) -> bool:
    """Whether the trend's own clause names the series, by two characters in a row."""
    return any(measure[n : n + SHARED] in about for n in range(len(measure) - SHARED + 1))


def _series(page: MeasuredPassage, span: Span) -> list[list[Measured]]:
    """The amounts of one measure with their years, oldest first, that stand in a span."""
    groups: dict[tuple[str, str], list[Measured]] = {}
    named = ""
    first = bisect_left(page.figures, span.start, key=lambda one: one.figure.start)
    last = bisect_left(page.figures, span.end, key=lambda one: one.figure.start)
    for item in page.figures[first:last]:
        if item.depth == 0 and item.kind is Kind.LEVEL and item.lead.period.year is not None:
            named = item.lead.measure or named
            groups.setdefault((named, item.base), []).append(item)
    out = list(_listed(page.figures[first:last], page.passage.text.value, span))
    for group in groups.values():
        years = [item.lead.period.year or 0 for item in group]
        if len(group) > 1 and years == list(range(years[0], years[0] + len(years))):
            out.append(group)
    return out


def series_of_years(page: MeasuredPassage, start: int, end: int) -> list[list[Measured]]:
    """The lists of one measure over years that stand between two offsets of a passage, each with its years."""
    return _series(page, Span(start, end))


def _listed(items: Sequence[Measured], text: str, span: Span) -> Iterator[list[Measured]]:
    """2021年至2023年分别为 10、12、15 万元: as many figures as years."""
    lists = ("分别", "依次")
    at = next((n for n, item in enumerate(items) if item.words.rstrip("为是达到").endswith(lists)), None)
    at = at if at is not None and items[at].kind is Kind.LEVEL else None
    if at is None:
        return
    run = [items[at]]
    for item in items[at + 1 :]:
        if item.words not in JOINED or item.base != run[0].base or item.kind is not Kind.LEVEL:
            break
        run.append(item)
    years = [int(match["year"]) for match in _YEARS.finditer(text, span.start, run[0].figure.start)]
    if len(years) == 2 and _RANGE.search(text, span.start, run[0].figure.start):
        years = list(range(years[0], years[1] + 1))
    if len(years) == len(run) > 1 and years == list(range(years[0], years[0] + len(years))):
        dated = (replace(one, lead=replace(one.lead, period=Period(y))) for one, y in zip(run, years, strict=True))
        yield list(dated)


def _against_budget(page: MeasuredPassage, text: str) -> Iterator[Relation]:
    """决算数小于预算数的主要原因: both stand in the sentence before, outside its list of parts."""
    for match in _SET_AGAINST.finditer(text):
        if not (match["more"] or match["less"] or match["equal"]):
            continue
        before = _sentence_before(page, match.start())
        done = [one for one in before if "决算" in one.words or "执行数" in one.words or "实际支出" in one.words]
        budget = _budgets([one for one in before if one not in done], match["budget"])
        if len(done) != 1 or len(budget) != 1 or done[0].base != budget[0].base:
            continue
        if any(one.figure.quantity.is_open for one in (*done, *budget)):
            continue
        sign = 1 if match["more"] else -1 if match["less"] else 0
        word = Mention(Role.STATED, page.passage.text, match.start(), match.end(), page.passage.place)
        because = SET_AGAINST.filled(word=match.group())
        names = (match["done"], match["budget"])
        yield Comparison(because, names, done[0].figure, budget[0].figure, word, match.group(), sign)


def _budgets(items: Sequence[Measured], name: str) -> list[Measured]:
    """The budget that a comparison names: the one of that kind, or the only one there is."""
    listed = [one for one in items if "预算" in one.words]
    exact = [one for one in listed if name.removesuffix("数") in one.words]
    return exact if len(exact) == 1 else listed


def _sentence_before(page: MeasuredPassage, offset: int) -> list[Measured]:
    """The amounts of the last sentence before an offset that has figures, without those of its list of parts."""
    text = page.passage.text.value
    start = text.rfind("。", max(0, offset - FAR), offset)
    last = bisect_left(page.figures, start, key=lambda one: one.figure.start)
    earlier = [item for item in page.figures[max(0, last - 12) : last] if not item.depth]
    if start < 0 or not earlier or text.count("。", earlier[-1].figure.end, offset) > 1:
        return []
    last = earlier[-1].sentence
    return [one for one in earlier if one.sentence == last and one.kind is Kind.LEVEL and not one.after_list_mark]
