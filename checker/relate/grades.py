"""The grade that the report gives to its total, and the bands that the report itself prints."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import VERBOSE, Pattern
from checker.phrases import words
from checker.quantity import Interval
from checker.relate.score_prose import TotalStated, find_totals
from checker.relation import Graded
from checker.verdict import Mention, Phrase, Role

SAME_SENTENCE = Phrase("同一句给出总得分与等级", "one sentence gives the total and its grade")
GRADE_WORDS = ("优秀", "良好", "中等", "合格", "不合格", "基本合格", "一般", "较差", "优", "良", "中", "差", "低")
GRADE = Pattern(
    r"(?:" + "|".join(words("score", "grade")) + r")[\s]*(?:为|是|：|:|达到|评定为|属于)?[\s]*"
    r"[“\"‘「]?(?P<grade>不合格|基本合格|"
    + "|".join(g for g in GRADE_WORDS if "合格" not in g[:3] or g == "合格")
    + r")"
    r"[”\"’」]?(?=[\s，,。；;、！）)级档等（(]|$)"
)
NUMBER = r"(?P<{0}>\d+(?:\.\d+)?)"
INCLUSIVE = r"(?P<{0}>\s*分?\s*[（(][^（()）]{{0,4}}[含包][^（()）]{{0,3}}[)）])?"
BAND = Pattern(
    NUMBER.format("low")
    + INCLUSIVE.format("low_in")
    + r"""
    \s*分?\s*(?:-|－|—|–|~|～|至|到|≤|<|＜)+\s*(?:[SsXx得分总]*\s*(?:<|＜|≤)\s*)?   # 90（含）-100
    """
    + NUMBER.format("high")
    + INCLUSIVE.format("high_in")
    + r"""
    \s*分?\s*(?:之间)?[\s，,：:]*(?:的)?(?:评定|评价|等级|定)?(?:为|是)?[：:\s]*[“"]?
    (?P<grade>优秀|良好|中等|优|良|中|基本合格|合格|一般|较差|差|低)[”"]?""",
    VERBOSE,
)
BAND_AFTER = Pattern(
    r"""[“"]?(?P<grade>优秀|良好|中等|优|良|中|基本合格|合格|一般|较差|差|低)[”"]?
    \s*(?:为|：|:)?\s*[（(]\s*"""
    + NUMBER.format("low")
    + INCLUSIVE.format("low_in")
    + r"""
    \s*分?\s*(?:-|－|—|–|~|～|至|到)+\s*"""
    + NUMBER.format("high")
    + INCLUSIVE.format("high_in"),
    VERBOSE,
)
BELOW = Pattern(
    NUMBER.format("high")
    + r"""\s*分?\s*以下(?P<high_in>\s*[（(][^（()）]*含[^（()）]*[)）])?
    [\s，,：:]*(?:的)?(?:评定|评价|等级|定)?(?:为|是)?[：:\s]*[“"]?
    (?P<grade>不合格|较差|差|低)[”"]?""",
    VERBOSE,
)
ENOUGH_BANDS = 3


def find_grades(reading: Reading) -> Iterator[Graded]:
    """Each sentence that gives the report's total and its grade."""
    bands, where = printed_bands(reading)
    for total in find_totals(reading):
        found = _grade_near(total)
        if found:
            yield Graded(SAME_SENTENCE, total.figure, found[0], found[1], bands, where)


def _grade_near(total: TotalStated) -> tuple[str, Mention] | None:
    """The grade in the total's sentence, after the total."""
    text = total.passage.text.value
    span = sentence_at(text, total.figure.start)
    match = GRADE.search(text, total.figure.end, span.end)
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
                top = high == 100 or match["high_in"] is not None
                found.setdefault(match["grade"], Interval(low, high, low_closed=True, high_closed=top))
    for match in BELOW.finditer(text):
        high_in = match["high_in"] is not None
        found.setdefault(match["grade"], Interval(Decimal(0), Decimal(match["high"]), high_closed=high_in))
    return found
