"""Counts in sentences against the tables that they point to and the lists that they announce."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation import AnswerShare, ListedCount, Posts, QuantityTotal, RowCount, SurveyOrder, Vacancy
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity

UNNAMED = Phrase("其后的表格", "the table after it")
OTHER_THING = Phrase(
    "表中 {counted} 与文中 {stated} 相差较大，未必指同一事项",
    "the table's {counted} is far from {stated}; it may count other things",
)


@rule(
    "CNT001",
    "count-differs-from-rows",
    subject=RowCount,
    severity=Severity.ERROR,
    title=Phrase("文中个数与表格行数不符", "a stated count differs from the table's rows"),
    fail=Phrase("文中为 {stated}{unit}，{table}列有 {computed} 项", "the text: {stated} ({unit}), {table}: {computed}"),
)
def count_differs_from_rows(claim: RowCount) -> Iterator[Check]:
    """A sentence says how many there are and points to a table that lists more or fewer."""
    if claim.stated_count.quantity.value == claim.counted:
        yield claim.passed()
    elif claim.near:
        yield claim.failed(
            computed=str(claim.counted), table=claim.table.name or UNNAMED, unit=claim.stated_count.quantity.unit.name
        )
    else:
        yield claim.open(reason=OTHER_THING.filled(counted=claim.counted, stated=claim.stated))


@rule(
    "CNT002",
    "count-differs-from-table-total",
    subject=QuantityTotal,
    severity=Severity.ERROR,
    title=Phrase("文中数量与表格合计不符", "a stated quantity differs from the table's total"),
    fail=Phrase(
        "文中为 {said}，{table}“{column}”合计为 {computed}",
        "the text says {said}, {table} totals {computed} in “{column}”",
    ),
)
def count_differs_from_total(claim: QuantityTotal) -> Iterator[Check]:
    """A sentence says how many or how much there is in all and points to a table whose total row says otherwise."""
    if claim.agree:
        yield claim.passed()
    elif claim.near:
        said, table = claim.stated_count.raw.strip(), claim.table.name or UNNAMED
        yield claim.failed(computed=claim.total.number, said=said, table=table, column=claim.column)
    else:
        yield claim.open(reason=OTHER_THING.filled(counted=claim.total.number, stated=claim.stated))


@rule(
    "CNT003",
    "count-differs-from-list",
    subject=ListedCount,
    severity=Severity.ERROR,
    title=Phrase("文中个数与所列各项不符", "a stated count differs from the list beside it"),
    fail=Phrase(
        "文中为 {stated}{unit}，所列{what}有 {computed} 个",
        "the text says {stated} ({unit}) and lists {computed} {what}",
    ),
)
def count_differs_from_list(claim: ListedCount) -> Iterator[Check]:
    """A sentence says how many there are and lists more or fewer of them.

    Lists are names joined by 、, 一是…二是…, numbered items and values behind 分别为. A list that ends in 等
    may be shorter than the count. Where a name may hold 和 or 及, each reading is tried.
    """
    if claim.agree:
        yield claim.passed()
    elif claim.doubt is not None:
        yield claim.open(reason=claim.doubt)
    else:
        yield claim.failed(computed=str(claim.counted), unit=claim.stated_count.quantity.unit.name, what=claim.what)


@rule(
    "CNT004",
    "survey-counts-out-of-order",
    subject=SurveyOrder,
    severity=Severity.ERROR,
    title=Phrase("问卷发放、收回、有效份数大小颠倒", "more questionnaires came back than were sent out"),
    fail=Phrase("“{later}”{stated}多于“{earlier}”{computed}", "“{later}” {stated} is more than “{earlier}” {computed}"),
)
def survey_counts_out_of_order(claim: SurveyOrder) -> Iterator[Check]:
    """More questionnaires came back than were sent out, or more are valid than came back."""
    if claim.fewer.quantity.value <= claim.more.quantity.value:
        yield claim.passed()
    else:
        yield claim.failed(computed=claim.more.number, later=claim.fewer_name, earlier=claim.more_name)


@rule(
    "CNT005",
    "rate-no-number-of-answers-gives",
    subject=AnswerShare,
    severity=Severity.WARNING,
    title=Phrase("满意率、平均分等不可能由所列作答人数得出", "no number of answers gives the rate or the mean"),
    fail=Phrase(
        "“{name}”{stated}：{answers} 人（份）中没有整数能得出该比率，最接近的是 {number}（{computed}%）",
        "“{name}” {stated}: no whole number out of {answers} gives it, the nearest is {number} ({computed}%)",
    ),
    mean=Phrase(
        "“{name}”{stated}：{answers} 人（份）的整数打分没有合计能得出该平均数，最接近的合计是 {number}（{computed}）",
        "“{name}” {stated}: no sum of {answers} whole marks gives it, the nearest is {number} ({computed})",
    ),
)
def rate_no_answers_give(claim: AnswerShare) -> Iterator[Check]:
    """A plain share of those who answered, or a mean of whole marks, has digits that no whole number gives.

    The GRIM test (Brown & Heathers 2017). Only where the digits tell more shares apart than there are
    answers; weighted, averaged and graded rates are left alone.
    """
    if claim.holds:
        yield claim.passed()
        return
    number, rate = claim.nearest
    answers = claim.answers[0].number
    message = "fail" if claim.whole > 1 else "mean"
    yield claim.failed(message, computed=str(rate), name=claim.name, number=number, answers=answers)


@rule(
    "CNT006",
    "vacancies-differ",
    subject=Vacancy,
    severity=Severity.ERROR,
    title=Phrase("缺编、超编人数与编制、实有人数不符", "vacancies do not follow from posts and people"),
    fail=Phrase("“{word}”{stated} 名：{calculation} 应为 {computed}", "“{word}” {stated}: {calculation} is {computed}"),
)
def vacancies_differ(claim: Vacancy) -> Iterator[Check]:
    """The number of vacant posts, or of people above them, is not the difference of posts and people."""
    if claim.meant == claim.gap.quantity.value:
        yield claim.passed()
    else:
        yield claim.failed(computed=f"{claim.meant:f}", word=claim.word, calculation=claim.calculation)


@rule(
    "CNT007",
    "staffing-word-contradicts-figures",
    subject=Posts,
    severity=Severity.ERROR,
    title=Phrase("满编、缺编、超编的说法与人数相反", "full, short or over strength, and the figures say otherwise"),
    fail=Phrase("称“{word}”，而编制 {computed}、实有 {stated}", "“{word}”, with {computed} posts and {stated} people"),
)
def staffing_word_contradicts(claim: Posts) -> Iterator[Check]:
    """A body is called fully, not fully or more than fully staffed, and its posts and people say otherwise."""
    if claim.agrees:
        yield claim.passed()
    else:
        yield claim.failed(computed=claim.posts.number, word=claim.word)


RULES = (
    count_differs_from_rows,
    count_differs_from_total,
    count_differs_from_list,
    survey_counts_out_of_order,
    rate_no_answers_give,
    vacancies_differ,
    staffing_word_contradicts,
)
