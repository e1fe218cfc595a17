"""The grades that the report gives to scores, in sentences and in tables, and the bands that it prints itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from checker.document import Cell, Table
from checker.extract.cells import bare_header
from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.lexicon import literal
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import words
from checker.quantity import Interval
from checker.relate.score_stated import TotalStated, find_totals
from checker.relation import GradeBands, Graded
from checker.verdict import Mention, Phrase, Role

SAME_ROW = Phrase("同一行给出得分与等级", "one row gives the score and its grade")
SAME_SENTENCE = Phrase("同一句给出总得分与等级", "one sentence gives the total and its grade")
PRINTED = Phrase("报告列出的各等级分数段", "the bands of scores that the report prints for its grades")
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
BAND = Pattern(LOW + TO + HIGH + "(?:以下)?" + NAMED)
"""90（含）-100 分为优, 75 分至 90 分（不含）为良好, 80 分至 90 分以下为良."""
BAND_AFTER = Pattern(r"[“\"]?(?P<grade>" + GRADES + r")[”\"]?\s*(?:为|：|:)?\s*[（(]\s*" + LOW + TO + HIGH)
"""优（90-100 分）."""
ABOVE = Pattern(LOW + "(?:及)?以上" + BRACKET.format("low_in2") + NAMED)
"""90 分（含）以上为优."""
BELOW = Pattern(r"(?<![\d.至到~～—–－-])" + HIGH + "以下" + BRACKET.format("high_in2") + NAMED)
"""60 分以下为差."""
PATTERNS = (BAND, BAND_AFTER, ABOVE, BELOW)
ENOUGH_BANDS = 3
TOTALS = ("总分", "总得分", "得分", "评分", "综合得分", "合计得分")
LEAST = 20
"""A score below it is an indicator's, not a whole's."""
BETWEEN = 4
FULL = 100


@cache
def _grade_pattern(own: tuple[str, ...]) -> Pattern:
    """A grade behind the word for it; the settings may have names of their own (A级)."""
    return Pattern(GRADE.replace("{names}", "".join(f"{literal(name)}|" for name in own)))


def find_grades(reading: Reading) -> Iterator[Graded]:
    """Each sentence that gives a total and its grade, and each row of a table with a column of grades."""
    bands, where = printed_bands(reading)
    own = reading.own
    bands = bands or own.grades
    pattern = _grade_pattern(tuple(name for name, _ in own.grades))
    source = "" if where else own.grades_source
    totals = tuple(find_totals(reading))
    for total in totals:
        found = _grade_near(total, pattern)
        if found:
            yield Graded(SAME_SENTENCE, total.figure, found[0], found[1], bands, where, source)
    known = {total.figure for total in totals}
    for figure, grade in _graded_sentences(reading, pattern):
        if figure not in known:
            yield Graded(SAME_SENTENCE, figure, grade[0], grade[1], bands, where, source)
    names = tuple(name for name, _ in own.grades)
    for table in reading.document.tables:
        for figure, cell in _graded_rows(reading, table, names):
            mention = Mention.words(Role.STATED, cell.text, figure.place)
            yield Graded(SAME_ROW, figure, cell.value.rstrip("级"), mention, bands, where, source)


def find_grade_bands(reading: Reading) -> Iterator[GradeBands]:
    """Each text that prints the bands of three grades or more."""
    for passage in reading.passages:
        found = _bands(passage) if "分" in passage.text.value and "为" in passage.text.value else {}
        if len(found) >= ENOUGH_BANDS:
            bands = sorted(found.items(), key=lambda band: band[1].low, reverse=True)
            spans = [m.span() for pattern in PATTERNS for m in pattern.finditer(passage.text.value)]
            start, end = min(spans)[0], max(end for _, end in spans)
            yield GradeBands(PRINTED, tuple(bands), Mention(Role.STATED, passage.text, start, end, passage.place))


def _graded_sentences(reading: Reading, pattern: Pattern) -> Iterator[tuple[Figure, tuple[str, Mention]]]:
    """A score with its grade right behind it, whoever gave it: 自评总分 95.32 分，等级为优."""
    for passage in reading.prose:
        if passage.place.row is not None or not any(word in passage.text.value for word in words("score", "grade")):
            continue
        for match in pattern.finditer(passage.text.value):
            figure = passage.before(match.start())
            if figure is None or not _is_total(figure) or not passage.label(figure).endswith(TOTALS):
                continue
            if len(passage.text.value[figure.end : match.start()].strip("，, ")) <= BETWEEN:
                start, end = match.span("grade")
                yield figure, (match["grade"], Mention(Role.STATED, passage.text, start, end, passage.place))


def _is_total(figure: Figure) -> bool:
    quantity = figure.quantity
    return quantity.unit.kind in {"score", "plain"} and not quantity.is_open and LEAST <= quantity.value <= FULL


def _graded_rows(reading: Reading, table: Table, own: tuple[str, ...]) -> Iterator[tuple[Figure, Cell]]:
    """The score and the grade of each row of a table that has one column of either."""
    headers = [bare_header(header) for header in table.header]
    grades = [i for i, header in enumerate(headers) if header in words("score", "grade")]
    scores = [i for i, header in enumerate(headers) if header.endswith(TOTALS)]
    if len(grades) != 1 or len(scores) != 1:
        return
    for row in table.body:
        figure, cell = reading.cell(table, row[0].row, scores[0]), row[grades[0]]
        if figure and _is_total(figure) and cell.value.rstrip("级") in {*GRADES.split("|"), *own}:
            yield figure, cell


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
