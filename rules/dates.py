"""Dates and periods."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation.dates import (
    BeforeReport,
    CalendarDay,
    CaptionYears,
    CompletionBase,
    DueAfterReport,
    Duration,
    EvaluatedPeriod,
    PeriodOrder,
    TitleYear,
)
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity

NO_YEAR = Phrase("止期没有写明年份，可能跨年", "the end names no year and may lie in the next one")

NO_PERIOD = Phrase("“{names}”的起止时间读不出日期", "no date can be read in the period of “{names}”")


@rule(
    "DAT001",
    "work-after-report-date",
    subject=BeforeReport,
    severity=Severity.ERROR,
    title=Phrase("评价工作日期晚于报告日期", "work of the evaluation is dated after the report"),
    fail=Phrase("评价工作日期“{stated}”晚于报告日期“{report}”", "“{stated}” is after the report's date, “{report}”"),
)
def work_after_report_date(claim: BeforeReport) -> Iterator[Check]:
    """The chapter on the evaluation's work dates a step after the report's own date.

    Sentences that speak of plans are left alone.
    """
    if claim.holds:
        yield claim.passed()
    else:
        yield claim.failed(report=claim.report_date)


@rule(
    "DAT002",
    "year-differs-from-title",
    subject=TitleYear,
    severity=Severity.WARNING,
    title=Phrase("年度与报告标题不一致", "the year differs from the report's title"),
    fail=Phrase(
        "标题为“{year} 年{words}”，另有 {count} 处写作“{stated} 年{words}”",
        "the title says “{year} 年{words}”, {count} place(s) “{stated} 年{words}”",
    ),
)
def year_differs_from_title(claim: TitleYear) -> Iterator[Check]:
    """What the title says of one year a few places say of another.

    Only the very words of the title count (部门整体支出, 项目支出), so that comparisons with other
    years, titles of documents and plans are not mistaken for slips.
    """
    if claim.strays:
        yield claim.failed(year=claim.year, words=claim.words, count=len(claim.strays))
    else:
        yield claim.passed()


@rule(
    "DAT003",
    "period-ends-before-it-starts",
    subject=PeriodOrder,
    severity=Severity.ERROR,
    title=Phrase("起止时间颠倒", "a period ends before it starts"),
    fail=Phrase("“{stated}”止期早于起期", "“{stated}” ends before it starts"),
)
def period_ends_before_it_starts(claim: PeriodOrder) -> Iterator[Check]:
    """A period ends before it starts."""
    if claim.holds is None:
        yield claim.open(reason=NO_YEAR)
    elif claim.holds:
        yield claim.passed()
    else:
        yield claim.failed()


@rule(
    "DAT004",
    "impossible-date",
    subject=CalendarDay,
    severity=Severity.ERROR,
    title=Phrase("不存在的日期", "a date that no calendar has"),
    fail=Phrase("“{stated}”不是日历上的日期", "no calendar has “{stated}”"),
)
def impossible_date(claim: CalendarDay) -> Iterator[Check]:
    """A date has a day or a month that no calendar has (2 月 30 日, 13 月)."""
    if claim.exists:
        yield claim.passed()
    else:
        yield claim.failed()


@rule(
    "DAT005",
    "evaluated-period-outside-title-year",
    subject=EvaluatedPeriod,
    severity=Severity.WARNING,
    title=Phrase("评价期间与报告年度不符", "the evaluated period is not the year of the title"),
    fail=Phrase("“{label}”为“{stated}”，标题的年度为 {years} 年", "“{label}” is “{stated}”, the title says {years}"),
)
def evaluated_period_outside_title_year(claim: EvaluatedPeriod) -> Iterator[Check]:
    """The period said to be evaluated lies outside the years that the title names.

    Often the working time of the evaluators is meant: then the word is wrong.
    """
    if claim.holds:
        yield claim.passed()
    else:
        yield claim.failed(label=claim.label, years=claim.years)


@rule(
    "DAT006",
    "project-due-later-still-counted",
    subject=CompletionBase,
    severity=Severity.WARNING,
    title=Phrase("工期跨年的项目未作说明即计入完工率", "a rate of completion counts a project that is due later"),
    fail=Phrase(
        "“{names}”工期至“{stated}”，晚于 {year} 年末；{rate}只剔除了“{excluded}”，对其未作说明",
        "“{names}” ends after {year} (“{stated}”); {rate} leaves out “{excluded}” only and does not speak of it",
    ),
)
def project_due_later_still_counted(claim: CompletionBase) -> Iterator[Check]:
    """A rate of completion leaves projects out because they end later, and is silent on another that does.

    The sentence must name the table and leave out rows of it that end after the evaluated year.
    """
    if claim.due:
        names = "、".join(row.name for row in claim.due)
        yield claim.failed(names=names, year=claim.year, rate=claim.rate, excluded="、".join(claim.excluded))
    elif claim.unread:
        yield claim.open(reason=NO_PERIOD.filled(names="、".join(claim.unread)))
    else:
        yield claim.passed()


@rule(
    "DAT007",
    "duration-differs-from-its-ends",
    subject=Duration,
    severity=Severity.WARNING,
    title=Phrase("时长与起止时间不符", "a duration differs from its two dates"),
    fail=Phrase(
        "“{ends}”写为 {stated}，按起止时间计算为 {computed}",
        "“{ends}” is said to last {stated}, its dates give {computed}",
    ),
)
def duration_differs(claim: Duration) -> Iterator[Check]:
    """The length of a period is none that its two dates give.

    The last day or month may be counted or not, and a number of days may be a round one.
    """
    if claim.holds:
        yield claim.passed()
    else:
        yield claim.failed(ends=claim.ends, computed=claim.computed)


@rule(
    "DAT008",
    "deadline-before-the-report",
    subject=DueAfterReport,
    severity=Severity.WARNING,
    title=Phrase("建议的完成时限早于报告日期", "a suggestion is due before the report's own date"),
    fail=Phrase("建议的完成时限“{stated}”早于报告日期“{report}”", "“{stated}” is before the report's date, “{report}”"),
)
def deadline_before_the_report(claim: DueAfterReport) -> Iterator[Check]:
    """The suggestions ask for something by a day that lies before the report's date, as a year left over does.

    Sentences that tell of deadlines of the past (原定, 约定) are left alone.
    """
    if claim.holds:
        yield claim.passed()
    else:
        yield claim.failed(report=claim.report_date)


@rule(
    "DAT009",
    "caption-years-differ-from-table",
    subject=CaptionYears,
    severity=Severity.WARNING,
    title=Phrase("表题年份与表中年份不符", "a caption names other years than its table has"),
    fail=Phrase("“{table}”写作“{stated}”，表中为{computed}", "“{table}” says “{stated}”, the table has {computed}"),
)
def caption_years_differ(claim: CaptionYears) -> Iterator[Check]:
    """A caption names a span of years of which the table lacks one; a year more to compare with is no fault."""
    if claim.holds:
        yield claim.passed()
    else:
        yield claim.failed(computed=claim.computed, table=claim.table)


RULES = (
    work_after_report_date,
    year_differs_from_title,
    period_ends_before_it_starts,
    impossible_date,
    evaluated_period_outside_title_year,
    project_due_later_still_counted,
    duration_differs,
    deadline_before_the_report,
    caption_years_differ,
)
