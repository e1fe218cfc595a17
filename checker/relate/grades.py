"""The grade that the report gives to its total, and the bands that the report itself prints."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.lexicon import literal
from checker.extract.patterns import Pattern
from checker.phrases import words
from checker.quantity import Interval
from checker.relate.score_prose import TotalStated, find_totals
from checker.relation import Graded
from checker.verdict import Mention, Phrase, Role

SAME_SENTENCE = Phrase("同一句给出总得分与等级", "one sentence gives the total and its grade")
GRADES = "不合格|基本合格|优秀|良好|中等|较差|合格|一般|优|良|中|差|低"
GRADE = (
    "(?:" + "|".join(words("score", "grade")) + r")[\s]*(?:为|是|：|:|达到|评定为|属于|评为)?[\s]*"
    r"[“\"‘「]?(?P<grade>{names}" + GRADES + r")[”\"’」]?(?=[\s，,。；;、！）)级档等（(]|$)"
)
NUMBER = r"(?P<{0}>\d+(?:\.\d+)?)\s*分?\s*"
BRACKET = r"(?:[（(]\s*(?P<{0}>不?[含包]含?)[^（()）]{{0,3}}[)）])?\s*"
TO = r"(?:-|－|—|–|~|～|至|到)+\s*"
NAMED = (
    r"分?\s*(?:之间)?[\s，,：:]*(?:的)?(?:评定|评价|评|等级|等次|定)*(?:为|是)?[：:\s]*[“\"]?"
    r"(?P<grade>" + GRADES + ")"
)
LOW = NUMBER.format("low") + BRACKET.format("low_in")
HIGH = NUMBER.format("high") + BRACKET.format("high_in")
BAND = Pattern(LOW + TO + HIGH + NAMED)
"""90（含）-100 分为优, 75 分至 90 分（不含）为良好."""
BAND_AFTER = Pattern(r"[“\"]?(?P<grade>" + GRADES + r")[”\"]?\s*(?:为|：|:)?\s*[（(]\s*" + LOW + TO + HIGH)
"""优（90-100 分）."""
ABOVE = Pattern(LOW + "(?:及)?以上" + BRACKET.format("low_in2") + NAMED)
"""90 分（含）以上为优."""
BELOW = Pattern(HIGH + "以下" + BRACKET.format("high_in2") + NAMED)
"""60 分以下为差."""
ENOUGH_BANDS = 3
FULL = 100


@cache
def _grade_pattern(own: tuple[str, ...]) -> Pattern:
    """A grade behind the word for it; the settings may have names of their own (A级)."""
    return Pattern(GRADE.replace("{names}", "".join(f"{literal(name)}|" for name in own)))


def find_grades(reading: Reading) -> Iterator[Graded]:
    """Each sentence that gives the report's total and its grade."""
    bands, where = printed_bands(reading)
    own = reading.own
    bands = bands or own.grades
    pattern = _grade_pattern(tuple(name for name, _ in own.grades))
    for total in find_totals(reading):
        found = _grade_near(total, pattern)
        if found:
            source = "" if where else own.grades_source
            yield Graded(SAME_SENTENCE, total.figure, found[0], found[1], bands, where, source)


def _grade_near(total: TotalStated, pattern: Pattern) -> tuple[str, Mention] | None:
    """The grade in the total's sentence, after the total."""
    text = total.passage.text.value
    span = sentence_at(text, total.figure.start)
    match = pattern.search(text, total.figure.end, span.end)
    if match is None:
        return None
    start, end = match.span("grade")
    return match["grade"], Mention(Role.STATED, total.passage.text, start, end, total.passage.place)


def printed_bands(reading: Reading) -> tuple[tuple[tuple[str, Interval], ...], Mention | None]:
    """The report's own bands: the first passage that prints at least three of them."""
    for passage in reading.passages:
        if "优" not in passage.text.value and "合格" not in passage.text.value:
            continue
        found = _bands(passage)
        if len(found) >= ENOUGH_BANDS:
            return tuple(found.items()), Mention.words(Role.RULE, passage.text, passage.place)
    return (), None


def _bands(passage: Passage) -> dict[str, Interval]:
    text = passage.text.value
    found: dict[str, Interval] = {}
    for pattern in (BAND, BAND_AFTER):
        for match in pattern.finditer(text):
            low, high = Decimal(match["low"]), Decimal(match["high"])
            if low < high:
                top = high == FULL or (match["high_in"] or "不").startswith(("含", "包"))
                bottom = not (match["low_in"] or "").startswith("不")
                found.setdefault(match["grade"], Interval(low, high, low_closed=bottom, high_closed=top))
    for match in ABOVE.finditer(text):
        bottom = not (match["low_in"] or match["low_in2"] or "").startswith("不")
        found.setdefault(match["grade"], Interval(Decimal(match["low"]), Decimal(FULL), low_closed=bottom))
    for match in BELOW.finditer(text):
        top = (match["high_in"] or match["high_in2"] or "不").startswith(("含", "包"))
        found.setdefault(match["grade"], Interval(Decimal(0), Decimal(match["high"]), high_closed=top))
    return found
