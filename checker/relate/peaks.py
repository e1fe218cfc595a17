"""The year of the highest or lowest of a list of years: 2021—2024年依次为 13.02、14.67、9.60 和 9.09 元，2022年最高."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.clauses import sentences
from checker.extract.figures import Reading
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.relate.trends import series_of_years
from checker.relation.trends import Comparison
from checker.verdict import Mention, Phrase, Role

OF_YEARS = Phrase("“{word}”就同句所列各年的数而言", "“{word}” is about the years listed in its sentence")
FEWEST = 3
_PEAK = Pattern(
    r"[，,；;](?:其中)?(?P<year>(?:19|20)\d\d)年(?P<said>[^，。；、\d]{0,14}?)"
    r"(?P<word>(?P<up>最高|最多|最大)|最低|最少|最小)(?:点|值|水平)?(?=[，,。；;]|的?一年)"
)
_OTHERWISE = ("幅", "增速", "增长", "占", "率")
"""Words of what is highest, where it is not what the list gives."""


def find_peaks(reading: Reading) -> Iterator[Comparison]:
    """Every year that a sentence calls the highest or lowest of those that it lists."""
    for page in measured(reading):
        text = page.passage.text.value
        if "最" not in text or len(page.figures) < FEWEST:
            continue
        for span in sentences(text):
            for match in _PEAK.finditer(text, span.start, span.end):
                listed = series_of_years(page, span.start, match.start())
                if len(listed) == 1 and not any(word in match["said"] for word in _OTHERWISE):
                    word = Mention(Role.STATED, page.passage.text, *match.span("word"), page.passage.place)
                    yield from _claims(listed[0], int(match["year"]), word, 1 if match["up"] else -1)


def _claims(series: Sequence[Measured], year: int, word: Mention, sign: int) -> Iterator[Comparison]:
    """The year beside the highest other one of its list."""
    said = [one for one in series if one.lead.period.year == year]
    rest = [one for one in series if one.lead.period.year != year]
    if len(said) != 1 or len(series) < FEWEST or any(one.figure.quantity.is_open for one in series):
        return
    rival = max(rest, key=lambda one: one.figure.quantity.based * sign)
    names = (f"{year}年", f"{rival.lead.period.year}年")
    because = OF_YEARS.filled(word=word.said)
    yield Comparison(because, names, said[0].figure, rival.figure, word, word.said, sign, or_equal=True)
