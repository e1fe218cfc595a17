"""Settings: the nearest file holds, overrides are for some reports, flags win, and a slip is named with its place."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli import main

REPORT = """一、基本情况

2023年项目到位资金560.00万元，其中：中央补助资金300.00万元，省级配套资金170.00万元，县级自筹资金100.00万元。

二、评价结论

项目总得分为91.00分，评价等级为“良”。
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in a folder that holds drafts/draft.txt and final.txt, with faults SUM002 and GRD001."""
    monkeypatch.chdir(tmp_path)
    Path("drafts").mkdir()
    for name in ("drafts/draft.txt", "final.txt"):
        Path(name).write_text(REPORT, encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(main, [*arguments])


@pytest.fixture
def found(run):
    def codes(*arguments):
        documents = json.loads(run("check", *arguments, "--format", "json").stdout)["documents"]
        return [[finding["rule"] for finding in document["findings"]] for document in documents]

    return codes


def settings(text, path="checker.toml"):
    Path(path).write_text(text, encoding="utf-8")


def test_without_a_file_all_rules_hold(found):
    assert found("final.txt") == [["SUM002", "GRD001"]]


def test_a_file_holds_for_reports_below_it(found):
    settings('select = ["SUM", "grd"]\nignore = ["GRD001"]\n')
    assert found("drafts/draft.txt", "final.txt") == [["SUM002"], ["SUM002"]]


def test_the_nearest_file_holds_alone(found):
    settings('ignore = ["SUM"]')
    settings('ignore = ["GRD"]', "drafts/checker.toml")
    assert found("drafts/draft.txt", "final.txt") == [["SUM002"], ["GRD001"]]


def test_a_project_file_counts_only_with_our_table(found):
    settings('[tool.checker]\nignore = ["GRD"]', "pyproject.toml")
    settings("[project]\nname = 'x'", "drafts/pyproject.toml")
    assert found("drafts/draft.txt") == [["SUM002"]]


def test_another_file_can_be_named(found):
    settings('ignore = ["GRD"]')
    settings('ignore = ["SUM"]', "strict.toml")
    assert found("final.txt", "--config", "strict.toml") == [["GRD001"]]


def test_flags_win(found):
    settings('select = ["SUM"]\nfail-on = "error"\n')
    assert found("final.txt", "--select", "GRD") == [["GRD001"]]


@pytest.mark.parametrize(
    ("levels", "status"),
    [('SUM = "warning"\nGRD = "info"', 0), ('SUM = "warning"\nSUM002 = "error"\nGRD = "info"', 1)],
    ids=["by prefix", "the longest prefix wins"],
)
def test_severity(run, levels, status):
    settings(f"[severity]\n{levels}\n")
    assert run("check", "final.txt").exit_code == status


def test_a_severity_also_holds_where_the_rule_would_rank_a_finding_itself(run):
    said = "2022年预算执行数为90.00万元，2023年预算安排81.00万元，比2022年预算执行数减少10.00%。"
    text = f"一、资金\n\n项目资金主要用于社区图书室运行。{said}主要原因是：社区图书室运行经费增加。\n"
    Path("final.txt").write_text(text, encoding="utf-8")
    levels = []
    for setting in ("", '[severity]\nGRW004 = "info"\n'):
        settings(setting)
        (document,) = json.loads(run("check", "final.txt", "--format", "json").stdout)["documents"]
        levels.append([f["severity"] for f in document["findings"] if f["rule"] == "GRW004"])
    assert levels == [["warning"], ["info"]]


@pytest.mark.parametrize(("level", "status"), [("error", 0), ("warning", 1)])
def test_fail_on_and_exit_zero(run, level, status):
    settings(f'fail-on = "{level}"\nseverity = {{ SUM = "warning", GRD = "info" }}\n')
    assert run("check", "final.txt").exit_code == status
    assert run("check", "final.txt", "--exit-zero").exit_code == 0
    assert run("check", "final.txt", "absent.txt", "--exit-zero").exit_code == 2


def test_language(run):
    settings('language = "en"\n')
    assert "off by" in run("check", "final.txt").stdout
    assert "相差" in run("check", "final.txt", "--lang", "zh").stdout
    assert "There is no such file." in run("check", "absent.txt").stderr


def test_limits(run):
    settings("[limits]\nfile_bytes = 50\n")
    for command in (["check", "final.txt"], ["show", "final.txt"]):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "超过上限 50 字节" in result.stderr
    settings("[limits]\nfile_bytes = 5_000_000\npage_seconds = 0.5\n")
    assert run("check", "final.txt").exit_code == 1


def test_packs(found):
    settings("packs = []\n")
    assert found("final.txt") == [[]]
    settings('packs = ["standard"]\n')
    assert found("final.txt") == [["SUM002", "GRD001"]]


def test_waivers_stand_beside_the_file_that_names_them(run, found):
    run("check", "final.txt", "--write-baseline", "w.toml", "--allow-mandatory")
    settings('waivers = "w.toml"\n')
    assert found("drafts/draft.txt", "--allow-mandatory") == [[]]


def test_overrides_are_for_some_reports(found):
    settings('ignore = ["GRD"]\n[[overrides]]\npaths = ["drafts/*"]\nignore = ["SUM"]\n')
    assert found("drafts/draft.txt", "final.txt") == [["GRD001"], ["SUM002"]]


def test_an_override_by_name_and_severities_join(run):
    settings('[severity]\nSUM = "info"\n[[overrides]]\npaths = ["fin*"]\nseverity = { GRD = "info" }\n')
    assert run("check", "final.txt").exit_code == 0
    assert run("check", "drafts/draft.txt").exit_code == 1


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('\nselct = ["SUM"]', ":2", "select"),
        ('[[overrides]]\npaths = ["*"]\nignor = ["SUM"]', ":3", "ignore"),
        ('[[overrides]]\nignore = ["SUM"]', ":1", "paths"),
        ('select = "SUM"', ":1", "select"),
        ('ignore = ["SUN"]', ":1", "SUM"),
        ('[severity]\nSUN = "info"', ":2", "SUM"),
        ('[severity]\nSUM = "warn"', ":2", "warning"),
        ('language = "cn"', ":1", "language"),
        ('packs = ["standart"]', ":1", "standard"),
        ("[limits]\nfile_byte = 5", ":2", "file_bytes"),
        ("[limits]\npages = 0", ":1", "须大于 0"),
        ("[limits]\npages = inf", ":1", "不能过大"),
        ('complete-lists = [""]', ":1", "不能为空"),
        ('[formulas]\n" " = "甲 / 乙"', ":1", "不能为空"),
        ('[aliases]\n"甲" = [""]', ":1", "不能为空"),
        ('[grades]\nbands = [{ grade = "优", from = nan }, { grade = "差", from = 0 }]', ":1", "由高到低"),
        ('[limits]\npages = "9"', ":1", "数字"),
        ('\nselect = ["SUM"', "", "TOML"),
        ("\nselect = “SUM”", ":2", "TOML"),
        ("[tool.checker", "", "end of document)）"),
    ],
)
def test_a_slip_is_named_with_its_place_and_the_nearest_right_name(run, text, place, words):
    settings(text)
    result = run("check", "final.txt", "drafts/draft.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"checker.toml{place}: ")
    assert words in line
    assert line.endswith(("。", "？"))


def test_files_of_other_editors(run):
    Path("checker.toml").write_bytes(b"\xef\xbb\xbf" + b'ignore = ["SUM", "GRD"]\r\n')
    assert run("check", "final.txt").exit_code == 0
    Path("checker.toml").write_bytes('# 设置\nignore = ["SUM"]\n'.encode("gb18030"))
    result = run("check", "final.txt")
    assert result.exit_code == 2
    assert result.stderr == "checker.toml: 不是 UTF-8 编码，请另存为 UTF-8。\n"


def test_a_slip_in_one_file_does_not_stop_reports_under_another(run):
    settings("selct = []", "drafts/checker.toml")
    result = run("check", "drafts/draft.txt", "final.txt", "--lang", "en")
    assert result.exit_code == 2
    assert "did you mean select?" in result.stderr
    assert "SUM002" in result.stdout


# checker config, checker init


def test_config_prints_what_applies_and_from_where(run):
    settings('select = ["sum"]\nseverity = { SUM = "info" }\n\n[[overrides]]\npaths = ["fin*"]\nfail-on = "info"\n')
    result = run("config", "final.txt", "--lang", "en")
    assert result.exit_code == 0
    lines = {line.partition(" = ")[0].strip("# "): line.split("  # ") for line in result.stdout.splitlines()}
    assert lines["select"][0].strip() == 'select = ["SUM"]'
    assert lines["select"][1] == "checker.toml:1"
    assert lines["severity"][1] == "checker.toml:2"
    assert lines["fail-on"][0].strip() == 'fail-on = "info"'
    assert "overrides 1 (fin*)" in lines["fail-on"][1]
    assert lines["language"][1] == "command line"
    assert lines["ignore"][1] == "default"


def test_what_config_prints_can_be_used_as_settings(run, found):
    settings(
        'ignore = ["GRD"]\nwaivers = "w.toml"\n'
        '[grades]\nbands = [{ grade = "A", from = 0.5 }, { grade = "B", from = 0 }]\n'
        '[formulas]\n"人均成本" = "总成本 / 人数"\n[aliases]\n"甲" = ["乙"]\n'
    )
    settings("", "w.toml")
    printed = run("config", "final.txt").stdout
    settings(printed)
    values = [[line[:48] for line in text.splitlines()] for text in (printed, run("config", "final.txt").stdout)]
    assert values[0] == values[1]
    assert "from = 0.5" in printed
    assert found("final.txt") == [["SUM002"]]


def test_config_of_a_folder_and_of_wrong_settings(run):
    assert run("config").exit_code == 0
    settings("selct = []")
    result = run("config", "drafts")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "select" in result.stderr


@pytest.mark.parametrize("language", ["zh", "en"])
def test_init_writes_settings_that_change_nothing_until_uncommented(run, found, language):
    before = found("final.txt")
    assert run("init", "--lang", language).exit_code == 0
    assert found("final.txt") == before
    lines = Path("checker.toml").read_text("utf-8").splitlines()
    open_lines = [line[2:] if re.match(r'# (\[|[a-z-]+ = |")', line) else line for line in lines]
    settings("\n".join(line for line in open_lines if not line.startswith("waivers")))
    assert run("config", "final.txt").exit_code == 0
    shown = run("config", "final.txt").stdout
    assert shown.count("# default") == 1  # the waivers


def test_init_never_overwrites(run):
    settings("# mine")
    result = run("init")
    assert result.exit_code == 2
    assert "已存在" in result.stderr
    assert Path("checker.toml").read_text("utf-8") == "# mine"


def test_init_into_a_folder_that_is_not_there(run):
    result = run("init", "absent")
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
