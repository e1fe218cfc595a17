"""The clause model: what each figure of a passage is."""

import pytest

from checker.document import Document, Paragraph, Section, Text
from checker.extract.figures import find_figures
from checker.extract.leads import Kind, Period
from checker.extract.measures import measure, measured
from checker.relate.differences import find_differences
from checker.relate.growth import find_growth
from checker.relate.shares import find_shares
from checker.relate.trends import find_trends

FINDERS = (find_growth, find_shares, find_differences, find_trends)


def reading_of(text):
    paragraph = Paragraph(0, 0, Text.of(text))
    return find_figures(Document("report.txt", "text", "", (paragraph,), (Section(0, 0, "", "", "", None),)))


def figures_of(text):
    return measure(reading_of(text).passages[0])


@pytest.mark.parametrize(
    ("text", "kind", "name", "reference"),
    [
        ("2022年零售总额11.4亿元", Kind.LEVEL, "零售总额", ""),
        ("对比2021年9.96亿元增长", Kind.BASE, "", ""),
        ("比上年增加12万元", Kind.CHANGE, "", ""),
        ("收入总计比2022年度增加12万元", Kind.CHANGE, "收入", ""),
        ("比2023年预算执行数增加5%", Kind.GROWTH, "", "预算执行数"),
        ("增幅为5%", Kind.GROWTH, "", ""),
        ("增长2.5倍", Kind.GROWTH, "", ""),
        ("由52种增加到86种", Kind.LEVEL, "", ""),
        ("较2021年下降4.3个百分点", Kind.CHANGE, "", ""),
        ("占本年支出合计的99.86%", Kind.SHARE, "", "本年支出"),
        ("税收占比53.8%", Kind.SHARE, "税收", ""),
        ("占计划投资536.00万元的", Kind.BASE, "", "计划投资"),
        ("为调整预算（以下简称预算）的102.9%", Kind.OF, "", "调整预算"),
        ("完成全年预算的97.68%", Kind.OF, "", "全年预算"),
        ("资金到位率94.34%", Kind.LEVEL, "资金到位率", ""),
        ("集聚区建筑业较青云谱区平均值高6.6%", Kind.DIFFERENCE, "集聚区建筑业", "青云谱区平均值"),
        ("=(81/88)×100%", Kind.OPERAND, "", ""),
        ("占权重15分", Kind.LEVEL, "占权重", ""),
    ],
)
def test_what_a_figure_is(text, kind, name, reference):
    last = figures_of(text)[-1]
    assert (last.kind, last.lead.measure, last.lead.reference) == (kind, name, reference)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022年收入5万元", Period(2022)),
        ("2022年，提供岗位308个", Period(2022)),
        ("上年支出5万元", Period(prior=True)),
        ("2023年当年预算执行数为5万元", Period(2023)),
        ("支出5万元", Period()),
    ],
)
def test_the_period_of_an_amount(text, period):
    assert figures_of(text)[-1].lead.period == period


def test_brackets_and_segments():
    items = figures_of("预算31.1亿元（含高新区10.1亿元），完成30.5亿元；支出8亿元，其中：教育3亿元。下年5亿元")
    assert [item.depth for item in items] == [0, 1, 0, 0, 0, 0]
    assert [item.segment for item in items] == [0, 0, 0, 1, 2, 3]
    assert [item.sentence for item in items] == [0, 0, 0, 0, 0, 1]


def test_commas_of_numbers_and_brackets_without_a_partner_cut_nothing():
    items = figures_of("1）收入2, 470, 010.20元），较上年的1,000元增加10元")
    assert [item.figure.number for item in items] == ["2, 470, 010.20", "1,000", "10"]
    assert items[1].kind is Kind.BASE


def test_a_document_is_measured_once():
    reading = reading_of("比上年增加12万元")
    assert measured(reading) is measured(reading)
    assert measured(reading_of("比上年增加12万元")) is not measured(reading)
