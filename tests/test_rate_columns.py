"""Columns of rates and totals in tables that the other rows explain."""

import pytest

from checker.engine import check_document
from checker.readers import read
from rules import RULES

PROGRESS = """表1 绩效运行监控表

| 指标 | 年度目标 | 1-9月计划 | 1-9月完成 | 进度 |
|---|---|---|---|---|
| 改造线路 | 60公里 | 40公里 | 37公里 | 92.50% |
| 安装路灯 | 900盏 | 640盏 | 608盏 | 95.00% |
| 完成投资 | 1,800.00万元 | 1,250.00万元 | 986.50万元 | 78.92% |
| 建设站点 | 12座 | 8座 | 7座 | 87.50% |
| 培训村民 | 300人次 | 240人次 | 240人次 | 100.00% |
| 抽检合格率 | ≥95% | ≥95% | 97% | 100.00% |
"""
GROWTH = """表2 三个乡镇收入

| 乡镇 | 2022年（万元） | 2023年（万元） | 增幅 |
|---|---|---|---|
| 东河镇 | 820.00 | 902.00 | 10.00% |
| 西岭乡 | 615.40 | 590.78 | -4.00% |
| 南坪镇 | 1,204.00 | 1,294.30 | 7.50% |
| 北沟乡 | 333.00 | 349.65 | 5.00% |
"""
EXPERTS = """表3 专家打分

| 专家 | 必要性 | 可行性 | 经济性 | 合规性 | 合计 |
|---|---|---|---|---|---|
| 专家一 | 22 | 21 | 19 | 23 | 85 |
| 专家二 | 23 | 20 | 18 | 22 | 83 |
| 专家三 | 21 | 22 | 20 | 24 | 87 |
| 专家四 | 22.5 | 21 | 19 | 23 | 85.5 |
"""
ACCOUNTS = """表4 收入支出决算总表（单位：万元）

| 收入 |  |  | 支出 |  |  |
|---|---|---|---|---|---|
| 项目 | 行次 | 金额 | 项目 | 行次 | 金额 |
| 栏次 |  | 1 | 栏次 |  | 2 |
| 一、财政拨款收入 | 1 | 2,310.55 | 一、教育支出 | 31 | 2,218.40 |
| 二、事业收入 | 2 | 140.20 | 二、卫生健康支出 | 32 | 96.30 |
| 三、其他收入 | 3 | 18.65 | 三、住房保障支出 | 33 | 121.70 |
| 本年收入合计 | 27 | 2,469.40 | 本年支出合计 | 57 | 2,436.40 |
| 年初结转和结余 | 28 | 52.10 | 年末结转和结余 | 58 | 85.10 |
| 总计 | 29 | 2,521.50 | 总计 | 59 | 2,521.50 |
"""


@pytest.fixture
def findings(tmp_path):
    def check(table):
        path = tmp_path / "report.md"
        path.write_text(f"# 某项目绩效评价报告\n\n## 一、概况\n\n{table}", encoding="utf-8")
        return {(finding.rule, finding.stated) for finding in check_document(read(path), RULES).findings}

    return check


@pytest.mark.parametrize(
    "table", [PROGRESS, GROWTH, EXPERTS, ACCOUNTS], ids=["progress", "growth", "experts", "accounts"]
)
def test_tables_that_agree_are_silent(findings, table):
    assert findings(table) == set()


@pytest.mark.parametrize(
    ("table", "right", "wrong", "found"),
    [
        (PROGRESS, "78.92%", "75.92%", ("ROW001", "75.92%")),
        (PROGRESS, "| 37公里 |", "| 39公里 |", ("ROW001", "92.50%")),
        (GROWTH, "-4.00%", "-6.00%", ("GRW001", "-6.00%")),
        (GROWTH, "1,294.30", "1,249.30", ("GRW001", "7.50%")),
        (EXPERTS, "| 22 | 83 |", "| 22 | 86 |", ("SUM001", "86")),
        (ACCOUNTS, "| 2,469.40 |", "| 2,496.40 |", ("SUM001", "2,496.40")),
        (ACCOUNTS, "59 | 2,521.50", "59 | 2,551.50", ("SUM001", "2,551.50")),
    ],
)
def test_row_that_differs_from_what_the_others_show_is_found(findings, table, right, wrong, found):
    assert right in table
    assert found in findings(table.replace(right, wrong, 1))


def test_rate_of_two_rows_shows_nothing(findings):
    """Too few rows fit for the column to be theirs: it may be of something else."""
    table = PROGRESS.replace("95.00%", "81.00%").replace("92.50%", "88.00%")
    assert findings(table) == set()


def test_rate_that_counts_no_more_than_the_plan_is_silent(findings):
    assert findings(PROGRESS.replace("240人次 | 240人次", "240人次 | 275人次")) == set()


def test_mean_that_is_off_by_its_rounding_is_silent(findings):
    row = "| 平均 | 22.13 | 21.00 | 19.00 | 23.00 | 85.12 |\n"
    assert findings(EXPERTS + row) == set()


def test_cost_of_which_less_is_better_is_silent(findings):
    assert (
        findings(PROGRESS.replace("| 培训村民 |", "| 单位造价 | 210元 | 200元 | 190元 | 105.26% |\n| 培训村民 |", 1))
        == set()
    )
