"""What the users of one report know: their bands, formulas, other names and complete lists change the verdicts."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli import main
from checker.extract.expressions import read_formula

ROOT = Path(__file__).parent.parent


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Check a text under settings; returns (verdict, message in Chinese) of each check of a rule."""
    monkeypatch.chdir(tmp_path)

    def checked(rule, text, settings=""):
        Path("report.txt").write_text(text, encoding="utf-8")
        Path("checker.toml").write_text(settings, encoding="utf-8")
        result = CliRunner().invoke(main, ["check", "report.txt", "--select", rule, "--all", "--format", "json"])
        assert result.stderr == ""
        (document,) = json.loads(result.stdout)["documents"]
        return [(one["verdict"], one["message"]) for one in (*document["findings"], *document["checks"])]

    return checked


def verdicts(checks):
    return [verdict for verdict, _ in checks]


# Grade bands

GRADED = "一、评价结论\n\n项目总得分为{}分，评价等级为“{}”。\n{}"
BANDS = """[grades]
source = "某县办法"
bands = [{ grade = "优", from = 95 }, { grade = "良", from = 85 }, { grade = "中", from = 0 }]
"""
PRINTED = "\n评价等级：90（含）-100分为优，80（含）-90分为良，60（含）-80分为中，60分以下为差。\n"


def test_own_bands_decide_the_grade(check):
    text = GRADED.format("91.00", "良", "")
    assert verdicts(check("GRD001", text)) == ["fail"]
    assert verdicts(check("GRD001", text, BANDS)) == ["pass"]


def test_a_finding_names_whose_bands_they_are(check):
    ((verdict, message),) = check("GRD001", GRADED.format("91.00", "优", ""), BANDS)
    assert verdict == "fail"
    assert "按某县办法应为“良”" in message


def test_the_bands_that_the_report_prints_win(check):
    ((verdict, message),) = check("GRD001", GRADED.format("91.00", "良", PRINTED), BANDS)
    assert verdict == "fail"
    assert "报告所列标准" in message


def test_grades_of_other_names(check):
    settings = '[grades]\nbands = [{ grade = "A级", from = 90 }, { grade = "B级", from = 0 }]\n'
    text = GRADED.format("91.00", "B级", "")
    assert check("GRD001", text) == []
    assert verdicts(check("GRD001", text, settings)) == ["fail"]


@pytest.mark.parametrize(
    "bands",
    [
        '{ grade = "良", from = 80 }, { grade = "优", from = 90 }',
        '{ grade = "优", from = 90 }, { grade = "良", from = 80 }',
        "",
    ],
    ids=["not sorted", "not down to 0", "none"],
)
def test_wrong_bands_are_said(tmp_path, monkeypatch, bands):
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(GRADED.format(91, "优", ""), encoding="utf-8")
    Path("checker.toml").write_text(f"[grades]\nbands = [{bands}]\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "report.txt"])
    assert result.exit_code == 2
    assert "由高到低" in result.stderr
    assert "highest" not in result.stderr


# Formulas

COST = '[formulas]\n"人均成本" = "总成本 / 人数"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目总成本36.00万元，培训人数120人，人均成本3000元。", "pass"),
        ("项目总成本36.00万元，培训人数120人，人均成本为0.30万元/人。", "pass"),
        ("项目总成本36.00万元，培训人数120人，人均成本3200元。", "fail"),
        ("人均成本3200元，系项目总成本36.00万元除以培训人数120人所得。", "fail"),
        ("项目总成本36.00万元。培训人数120人。经测算，人均成本3200元。", "fail"),
        ("项目总成本约36万元，培训人数120人，人均成本3200元。", None),
        ("项目总成本36.00万元，人均成本3200元。", None),
    ],
    ids=["元", "万元", "wrong", "operands behind", "other sentences", "about", "an operand is not stated"],
)
def test_a_formula_is_recomputed_where_its_operands_are_stated(check, text, expected):
    checks = check("FML001", f"一、成本情况\n\n{text}\n", COST)
    assert verdicts(checks) == ([expected] if expected else [])
    assert check("FML001", f"一、成本情况\n\n{text}\n") == []
    if expected == "fail":
        assert "36.00万元 ÷ 120人 应为 3000" in checks[0][1]


def test_the_operands_may_stand_in_the_section_but_not_under_another_heading(check):
    text = "一、成本\n\n项目总成本36.00万元。\n\n培训人数120人。\n\n{}人均成本3200元。\n"
    assert verdicts(check("FML001", text.format(""), COST)) == ["fail"]
    assert check("FML001", text.format("二、效益\n\n"), COST) == []


def test_several_operands_that_do_not_fit_stay_open(check):
    text = "一、成本\n\n甲项目总成本36.00万元，乙项目总成本48.00万元，培训人数120人，人均成本{}元。\n"
    assert verdicts(check("FML001", text.format("4000"), COST)) == ["pass"]
    ((verdict, message),) = check("FML001", text.format("3200"), COST)
    assert verdict == "open"
    assert "不止一组" in message


@pytest.mark.parametrize(("rate", "expected"), [("95.00%", "pass"), ("96.00%", "fail")])
def test_a_rate_and_a_longer_formula(check, rate, expected):
    settings = '[formulas]\n"设备完好率" = "（设备总数 - 损坏设备） ÷ 设备总数 × 100%"\n'
    text = f"一、设备\n\n全县设备总数400台，其中损坏设备20台，设备完好率{rate}。\n"
    assert verdicts(check("FML001", text, settings)) == [expected]


def test_a_standard_formula_gives_way(check):
    text = "一、资金\n\n预算安排200.00万元，实际到位180.00万元，实际支出170.00万元，预算执行率94.44%。\n"
    settings = '[formulas]\n"预算执行率" = "实际支出 / 实际到位"\n'
    assert verdicts(check("FML001", text, settings)) == ["pass"]
    assert check("PCT002", text, settings) == []


def test_a_number_may_stand_in_a_formula(check):
    text = "一、用电\n\n全年用电量24000千瓦时，月均用电量2500千瓦时。\n"
    assert verdicts(check("FML001", text, '[formulas]\n"月均用电量" = "全年用电量 / 12"\n')) == ["fail"]


@pytest.mark.parametrize("text", ["", "总成本", "总成本 /", "/ 人数", "（总成本 / 人数", "12 / 4", "总成本 人数)"])
def test_a_formula_that_is_none_is_refused(tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text("一、成本\n\n人均成本3000元。\n", encoding="utf-8")
    Path("checker.toml").write_text(f'[formulas]\n"人均成本" = "{text}"\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "report.txt"])
    assert result.exit_code == 2
    assert result.stderr.startswith("checker.toml:2: “人均成本”的公式")


def test_the_tokens_of_a_formula():
    assert read_formula("（甲 + 乙）÷ 丙 × 100%") == ("(", "甲", "+", "乙", ")", "/", "丙")


# Other names

ROWS = ("验收合格率", "资金到位率", "制度健全性", "群众满意度", "培训覆盖率", "预算编制科学性")
LISTED = "".join(f"产出\t数量\t{name}\t10\t达到得满分，否则不得分\n" for name in ROWS)
SCORED = "".join(f"产出\t数量\t{name}\t10\t10\n" for name in ROWS)
TABLES = f"""一、指标体系

表1 绩效评价指标体系

一级指标\t二级指标\t三级指标\t分值\t评分标准
产出\t数量\t{{}}\t40\t完成得满分，否则不得分
{LISTED}
二、评分情况

表2 绩效评价评分表

一级指标\t二级指标\t三级指标\t分值\t得分
产出\t数量\t项目竣工率\t40\t38
{SCORED}
"""


def test_two_names_of_one_indicator(check):
    text = TABLES.format("项目竣工比率")
    assert "fail" in verdicts(check("IND002", text))
    settings = '[aliases]\n"项目竣工率" = ["项目竣工比率"]\n'
    found = verdicts(check("IND002", text, settings))
    assert found
    assert "fail" not in found


def test_an_alias_ties_names_that_have_nothing_in_common(check):
    text = TABLES.format("工程完结")
    assert "fail" in verdicts(check("IND001", text))
    assert "fail" not in verdicts(check("IND001", text, '[aliases]\n"项目竣工率" = ["工程完结"]\n'))


def test_an_alias_also_names_an_operand(check):
    text = "一、成本\n\n项目成本合计36.00万元，培训人数120人，人均成本3200元。\n"
    assert check("FML001", text, COST) == []
    assert verdicts(check("FML001", text, COST + '[aliases]\n"总成本" = ["成本合计"]\n')) == ["fail"]


def test_an_alias_for_two_indicators_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text("一、成本\n\n人均成本3000元。\n", encoding="utf-8")
    Path("checker.toml").write_text('[aliases]\n"甲" = ["丙"]\n"乙" = ["丙"]\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "report.txt"])
    assert result.exit_code == 2
    assert "丙" in result.stderr


# Complete lists


@pytest.mark.parametrize(
    "text",
    [
        "2023年到位资金560.00万元，其中：中央补助300.00万元，省级配套100.00万元，县级自筹60.00万元等。",
        "2023年到位资金560.00万元（中央补助300.00万元、省级配套100.00万元、县级自筹60.00万元等）。",
    ],
    ids=["behind 其中", "in brackets"],
)
def test_a_list_declared_complete_is_added_up(check, text):
    report = f"一、资金\n\n{text}\n"
    assert "fail" not in verdicts(check("SUM002", report))
    assert verdicts(check("SUM002", report, 'complete-lists = ["到位资金"]\n')) == ["fail"]
    assert "fail" not in verdicts(check("SUM002", report, 'complete-lists = ["内设机构"]\n'))


@pytest.mark.parametrize("cue", ["分别是", "包括"])
def test_a_list_declared_complete_is_counted(check, cue):
    report = f"一、机构\n\n局机关内设机构5个，{cue}办公室、财务股、规划股、法规股等。\n"
    assert "fail" not in verdicts(check("CNT003", report))
    assert verdicts(check("CNT003", report, 'complete-lists = ["内设机构"]\n')) == ["fail"]


def test_overrides_may_hold_knowledge(check):
    settings = f'{COST}[[overrides]]\npaths = ["report.txt"]\nformulas = {{ "月均成本" = "总成本 / 12" }}\n'
    text = "一、成本\n\n项目总成本36.00万元，培训人数120人，人均成本3200元，月均成本3.50万元。\n"
    assert verdicts(check("FML001", text, settings)) == ["fail", "fail"]
