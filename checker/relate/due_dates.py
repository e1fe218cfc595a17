"""Deadlines of the suggestions, which cannot lie before the report: 应于 2024 年 7 月底前归垫 in a report of 2025."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from checker.document import Document
from checker.extract.characters import narrowed
from checker.extract.clauses import sentence_at
from checker.extract.dates import find_dates
from checker.extract.patterns import Pattern
from checker.relate.spots import YEAR, Spot
from checker.relation.dates import DueAfterReport
from checker.verdict import Mention, Phrase, Role

DUE = Phrase("“{title}”一节要求完成的时限与报告日期", "the deadlines under “{title}” and the report's date")
SUGGESTS = ("建议", "整改", "改进措施", "对策", "下一步")
"""Titles of chapters that say what is to be done."""
_BEFORE = Pattern(
    r" ?(?:底|末)?(?:之|以)?前 ?(?:全部|足额|逐一|分别|再|将|以|须|应|予以|全额|基本|自有资金)*"
    r"(?:完成|拨|补|收|追|清|印发|出台|制定|建立|归|整改|落实|到位|办|提交|上线|验收|修订|启动|实现|组织|开展|报|达到"
    r"|退|缴|结|移交|解决)"
)
_PAST = ("原定", "原计划", "原应", "约定", "已于", "本应", "未能", "规定应", "此前", "逾期")
_NAMED = Pattern(r"(?:报告日期|报告时间|出具日期|编制日期|评价基准日)[^\d。；]{0,12}$")


ReportDate = tuple[Mention, str, date]


def find_due_dates(document: Document, spots: Sequence[Spot], cover: ReportDate | None) -> Iterator[DueAfterReport]:
    """Every deadline of the chapters of suggestions beside the report's date, or the last day that it looks at."""
    report = cover or _base_date(spots)
    if report is None:
        return
    mention, written, day = report
    for spot in spots:
        if spot.kind != "prose" or "前" not in spot.text.value:
            continue
        titles = [section.title for section in document.ancestors(spot.place.section)]
        title = next((one for one in titles if any(word in one for word in SUGGESTS)), "")
        text = narrowed(spot.text.value) if title else ""
        for span in find_dates(text):
            sentence = sentence_at(text, span.start)
            said = text[sentence.start : sentence.end]
            dated = YEAR.search(text, span.start, span.end) and _BEFORE.match(text, span.end)
            if dated and not any(word in said for word in _PAST):
                place = spot.text
                stated = Mention(Role.STATED, place, span.start, span.end, spot.place)
                due = "".join(text[span.start : span.end].split())
                yield DueAfterReport(DUE.filled(title=title), stated, due, mention, written, span.last >= day)


def _base_date(spots: Sequence[Spot]) -> ReportDate | None:
    """The day that a sentence calls the report's, or the last day that the evaluation looks at."""
    for spot in spots:
        text = narrowed(spot.text.value) if spot.kind in {"prose", "title"} and "日" in spot.text.value else ""
        for span in find_dates(text):
            behind = text[span.end : span.end + 24]
            if _NAMED.search(text[: span.start]) or "评价基准日" in behind.partition("。")[0]:
                mention = Mention(Role.OPERAND, spot.text, span.start, span.end, spot.place)
                return mention, "".join(text[span.start : span.end].split()), span.last
    return None
