"""The total score of a report where a sentence states it, told from those of parts, of others and of other years."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import words


class TotalStated(Struct, frozen=True):
    """The report's total score in a sentence."""

    figure: Figure
    passage: Passage


LONGEST_CLAUSE = 200
TOTAL_GAP = " 为是：:达到共计约*　"
OTHER_TOTALS = (
    "自评",
    "上年",
    "去年",
    "上一年",
    "平均",
    "满分",
    "以上",
    "每",
    "单项",
    "问卷",
    "测评",
    "考核得分",
    "小组",
    "折算",
    "折合",
    "换算",
    "剔除",
)

EARLIER = ("上一轮", "上轮", "上次评价", "前次", "前一轮", "曾")
_OF_ONE = Pattern(r"(?:分值|权重)\s*[为是]?\s*\d{1,2}(?:\.\d+)?\s*分")
"""Before the score of one indicator: 本指标分值 3 分，评价得分 2.4 分."""
_OF_BEFORE = Pattern(r"[，,]\s*(?:本年度?|本次|此次|今年)(?:评价|得分)?[比较](?:上年度?|上次|去年|其|此)")
"""Behind the score of the year before: 得分为 86.42 分，本年度比上年度提高 2.28 分."""
_RANKED = Pattern(r"[，,（(]\s*(?:排名?|位?居|位列|名列|列)[^，。；]{0,6}第")
"""Behind a score among several (最终得分 94.80 分，居第 6 位), which is not the report's own."""


def find_totals(reading: Reading) -> Iterator[TotalStated]:
    """The total score wherever a sentence states it: 总得分为 85.8 分, 综合得分 93.22 分."""
    for passage in reading.passages:
        if passage.place.row is not None:
            continue
        for figure in passage.figures:
            if figure.quantity.unit.kind == "score" and not figure.quantity.is_open and _is_total(passage, figure):
                yield TotalStated(figure, passage)


def _is_graded(passage: Passage, figure: Figure) -> bool:
    """Whether the sentence goes on to name a grade, no other score between: what it grades is the whole."""
    text = passage.text.value
    span = sentence_at(text, figure.start)
    found = [at for word in words("score", "grade") if (at := text.find(word, figure.end, span.end)) >= 0]
    between = passage.within(figure.end, min(found, default=figure.end))
    return bool(found) and not any(other.quantity.unit.kind == "score" for other in between)


def _is_total(passage: Passage, figure: Figure) -> bool:
    text = passage.text.value
    before = text[max(0, figure.start - LONGEST_CLAUSE) : figure.start]
    clause = before[max(before.rfind(mark) for mark in "。；;！？，,\n") + 1 :].rstrip(TOTAL_GAP)
    graded = clause.endswith("得分") and _is_graded(passage, figure)
    if not clause.endswith(words("score", "total")) and not graded:
        return False
    # 总分 100 分 is the full marks, unless a grade follows it.
    said = text[sentence_at(text, figure.start).start : figure.start]
    if (
        _OF_BEFORE.match(text, figure.end)
        or _RANKED.match(text, figure.end)
        or _OF_ONE.search(said)
        or any(word in said for word in EARLIER)
    ):
        return False
    scored = figure.quantity.value < 100 or (figure.quantity.value == 100 and _is_graded(passage, figure))
    return scored and not any(word in clause for word in OTHER_TOTALS)
