"""Headings: what is one, what its number says, and how kinds of numbering nest."""

import pytest

from checker.extract.headings import levels, parse_heading


@pytest.mark.parametrize(
    ("text", "number", "title", "rank", "step"),
    [
        ("第一章 项目概况", "第一章", "项目概况", "chapter", "第一章"),
        ("第二部分　评价结论", "第二部分", "评价结论", "part", "第二部分"),
        ("第三节 资金使用", "第三节", "资金使用", "section", "第三节"),
        ("一、基本情况", "一、", "基本情况", "han", "一"),
        ("十二、其他事项", "十二、", "其他事项", "han", "十二"),
        ("（一）立项背景", "（一）", "立项背景", "han-bracket", "（一）"),
        ("(二) 资金安排", "(二)", "资金安排", "han-bracket", "（二）"),
        ("1.决策分析", "1.", "决策分析", "arabic", "1"),
        ("2、过程分析", "2、", "过程分析", "arabic", "2"),
        ("3．产出分析（30分）", "3．", "产出分析", "arabic", "3"),
        ("1.1 项目背景", "1.1", "项目背景", "decimal-2", "1.1"),
        ("1.2.3 个性指标", "1.2.3", "个性指标", "decimal-3", "1.2.3"),
        ("（1）支出预算执行率（4 分）", "（1）", "支出预算执行率", "bracket", "（1）"),
        ("(10) 群众满意度 (2.5分)", "(10)", "群众满意度", "bracket", "（10）"),
        ("1）资金到位", "1）", "资金到位", "half-bracket", "1）"),
        ("③ 台账管理", "③", "台账管理", "circled", "③"),
        ("附件1：评分表", "附件1", "评分表", "annex", "附件1"),
        ("附件", "附件", "", "annex", "附件"),
        ("摘 要", "", "摘要", "named", "摘要"),
        ("（二）主要经验：", "（二）", "主要经验：", "han-bracket", "（二）"),
    ],
)
def test_heading(text, number, title, rank, step):
    label = parse_heading(text)
    assert label is not None
    assert (label.number, label.title, label.rank, label.step) == (number, title, rank, step)


@pytest.mark.parametrize(
    "text",
    [
        "（1）组织开展辖区内道路巡查，建立台账并按月通报整改结果。",
        "（2）落实经费；",
        "1.评价方法。本次评价采用比较法",
        "一是加强领导",
        "1.5 万元",
        "2.3 亿元的资金",
        "3.2 个百分点",
        "2023 年安排资金",
        "（27/31）",
        "（含税）",
        "附件：1.评分表",
        "附件材料不齐全，已现场补充，评价组认为不影响本项指标的得分。",
        "（3）根据县财政局的批复文件以及县教育局报送的资金使用计划和绩效目标申报表等材料综合分析得出的各项结果",
        "",
        "合计",
    ],
)
def test_running_text(text):
    assert parse_heading(text) is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ["第一章 甲", "一、乙", "（一）丙", "1.丁", "（1）戊", "（2）己", "2.庚", "第二章 辛"],
            [1, 2, 3, 4, 5, 5, 4, 1],
        ),
        (["一、甲", "（一）乙", "1.丙", "（1）丁", "（二）戊", "二、己"], [1, 2, 3, 4, 2, 1]),
        (["1 甲概况", "1.1 乙", "1.1.1 丙", "1.2 丁", "2 戊概况", "2.1 己"], [1, 2, 3, 2, 1, 2]),
        (["1.甲", "（一）乙", "（二）丙", "2.丁", "（一）戊"], [1, 2, 2, 1, 2]),  # not the common order
        (["一、甲", "1.乙", "（一）丙", "（二）丁", "2.戊", "（一）己", "二、庚"], [1, 2, 3, 3, 2, 3, 1]),
        (["摘要", "（一）甲", "（二）乙", "一、丙", "（一）丁", "二、戊", "附件1", "附件2"], [1, 2, 2, 1, 2, 1, 1, 1]),
        (["一、甲", "1.乙", "2.丙", "二、丁", "（一）戊", "1.己"], [1, 2, 2, 1, 2, 3]),  # a level left out once
    ],
)
def test_levels(texts, expected):
    labels = [parse_heading(text) for text in texts]
    assert None not in labels
    assert levels(labels) == expected


def test_ordinals():
    assert [parse_heading(text).ordinal for text in ("十、甲", "（二十一）乙", "1.12 丙", "⑫ 丁", "附件三")] == [
        10,
        21,
        12,
        12,
        3,
    ]
