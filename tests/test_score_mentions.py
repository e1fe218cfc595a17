"""Scores that a chapter of the narrative gives in passing, beside the score table."""

import pytest

from checker.engine import check_document
from checker.readers import read
from rules import RULES

TABLE = """
| 一级指标 | 二级指标 | 三级指标 | 权重 | 得分 |
|---|---|---|---|---|
| 决策 | 项目立项 | 立项程序规范性 | 6% | 5.5 |
| 决策 | 资金投入 | 预算编制科学性 | 10% | 9 |
| 过程 | 资金管理 | 资金到位率 | 8% | 7.6 |
| 过程 | 组织实施 | 制度执行有效性 | 16% | 14.4 |
| 产出 | 产出数量 | 渠道疏浚长度 | 30% | 27 |
| 效益 | 社会效益 | 村民饮水保障率 | 30% | 28.5 |
| 合计 |  |  | 100% | 92 |
"""
TEXT = """# 某县小型水库维修项目绩效评价报告

## 一、评价结论

项目综合得分92分，等级为优。各一级指标得分为：决策14.5分，过程22分，产出27分，效益28.5分。

表1 评分表
{table}
## 二、指标分析

### （一）决策类指标

该类指标权重16%，得分14.5分。立项程序规范性方面，缺一份会议纪要，扣0.5分，得5.5分；预算编制科学性得9分，扣1分。

### （二）过程类指标

该类指标权重24%，得分22分。资金到位率为95%，得7.6分；制度执行有效性扣1.6分。

### （三）产出类指标

该类指标权重30%，得分27分。渠道疏浚长度完成18公里，完成率90%，得27分，扣3分。

### （四）效益类指标

该类指标权重30%，得分28.5分。村民饮水保障率=1900/2000×100%=95%，得28.5分。
"""
REPORT = TEXT.format(table=TABLE)


@pytest.fixture
def findings(tmp_path):
    def check(source):
        path = tmp_path / "report.md"
        path.write_text(source, encoding="utf-8")
        return {(finding.rule, finding.stated) for finding in check_document(read(path), RULES).findings}

    return check


def test_scores_that_agree_are_silent(findings):
    assert findings(REPORT) == set()


@pytest.mark.parametrize(
    ("right", "wrong", "found"),
    [
        ("决策14.5分，", "决策15.4分，", ("SUM004", "15.4")),
        ("效益28.5分。", "效益25.8分。", ("SUM004", "25.8")),
        ("得分22分。资金", "得分23分。资金", ("SUM004", "23")),
        ("得分27分。渠道", "得分28分。渠道", ("SUM004", "28")),
        ("得9分，扣1分", "得8分，扣1分", ("SCR002", "8")),
        ("得7.6分；", "得6.7分；", ("SCR002", "6.7")),
        ("90%，得27分，", "90%，得26分，", ("SCR002", "26")),
        ("95%，得28.5分", "95%，得25.8分", ("SCR002", "25.8")),
        ("有效性扣1.6分", "有效性扣6.1分", ("SCR008", "14.4")),
    ],
)
def test_score_that_differs_from_the_table_is_found(findings, right, wrong, found):
    assert right in REPORT
    assert found in findings(REPORT.replace(right, wrong, 1))


@pytest.mark.parametrize(
    ("right", "said"),
    [
        ("资金到位率为95%，得7.6分；", "资金到位率不足90%的，每低1个百分点扣2分；"),
        ("资金到位率为95%，得7.6分；", "资金到位率自评得8分；"),
        ("资金到位率为95%，得7.6分；", "资金到位率与制度执行有效性两项共得22分；"),
        ("制度执行有效性扣1.6分。", "制度执行有效性因台账缺失扣0.6分。"),
        ("该类指标权重30%，得分27分。", "同类项目产出类指标平均得分25分。"),
        ("预算编制科学性得9分，扣1分。", "预算编制科学性方面，依据充分得5分；测算合理得4分。"),
        ("预算编制科学性得9分，扣1分。", "预算编制科学性方面，依据不足扣0.4分；测算偏粗扣0.6分。"),
        (
            "### （三）产出类指标\n\n该类指标权重30%，得分27分。",
            "### （三）单位自评情况\n\n资金到位率得8分；制度执行有效性得16分。",
        ),
    ],
)
def test_rules_other_scores_and_parts_of_a_deduction_are_silent(findings, right, said):
    assert right in REPORT
    assert findings(REPORT.replace(right, said, 1)) == set()


def test_scores_of_another_project_are_not_compared(findings):
    other = REPORT.partition("## 二、指标分析")[2]
    for old, new in (
        ("14.5", "13.5"),
        ("得9分", "得8分"),
        ("22分", "20分"),
        ("7.6", "6.6"),
        ("27", "25"),
        ("28.5", "26"),
    ):
        other = other.replace(old, new)
    head = REPORT.partition("## 二、指标分析")[0]
    assert findings(f"{head}## 二、乙县项目情况{other}") == set()


LISTED = "评价指标体系由投入（15分）、过程（35分）、产出（25分）和效果（25分）四部分构成。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LISTED, set()),
        (LISTED.replace("35分", "30分"), {("SUM006", None)}),
        ("指标体系分为决策（权重20%）、过程（权重20%）、产出（权重30%）、效益（权重20%）。", {("SUM006", None)}),
        ("一级指标权重分别为：决策16%、过程22%、产出36%、效益26%。", set()),
        ("一级指标权重分别为：决策16%、过程24%、产出36%、效益26%。", {("SUM006", None)}),
        ("指标体系包括一级指标4个、二级指标13个、三级指标29个。", set()),
        ("个性指标体系由数量（30分）、质量（30分）、时效（20分）构成。", set()),
        ("指标体系包括决策（20分）、过程（20分）、产出（30分）等。", set()),
        ("指标体系由决策（2分）、过程（3分）、产出（5分）构成，按十分制打分。", set()),
    ],
)
def test_weights_in_brackets_are_out_of_100(check, text, found):
    assert {(f.rule, f.stated) for f in check(f"一、概况\n\n{text}\n").findings} == found


LOST = TABLE.replace("得分 |\n|---|---|---|---|---|", "得分 | 扣分 |\n|---|---|---|---|---|---|")
for _old, _new in (
    ("5.5 |", "5.5 | 0.5 |"),
    ("| 9 |", "| 9 | 1 |"),
    ("7.6 |", "7.6 | 0.4 |"),
    ("14.4 |", "14.4 | 1.6 |"),
):
    LOST = LOST.replace(_old, _new)
for _old, _new in (("27 |", "27 | 3 |"), ("28.5 |", "28.5 | 1.5 |"), ("92 |", "92 | 8 |")):
    LOST = LOST.replace(_old, _new)


@pytest.mark.parametrize(
    ("right", "wrong", "found"), [("", "", None), ("| 1.6 |", "| 1.9 |", "1.9"), ("| 8 |", "| 8.3 |", "8.3")]
)
def test_deductions_beside_weights_in_per_cent_are_exact(findings, right, wrong, found):
    said = findings(TEXT.format(table=LOST.replace(right, wrong) if right else LOST))
    assert said == ({("ROW001", found)} if found else set())
