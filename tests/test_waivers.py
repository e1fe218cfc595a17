"""Waivers: what a person lets stand stays out of the result, visibly, until it ends or matches nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli import main

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports" / "department"
REPORT = """一、基本情况

2023年项目到位资金560.00万元，其中：中央补助资金300.00万元，省级配套资金170.00万元，县级自筹资金100.00万元。

二、评价结论

项目总得分为91.00分，评价等级为“良”。
"""
FILLER = "评价组查阅了会议记录与往来函件，并与经办人员座谈。\n\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("draft.txt").write_text(REPORT, encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(main, ["check", *arguments])


@pytest.fixture
def prints(run):
    (document,) = json.loads(run("draft.txt", "--format", "json").stdout)["documents"]
    return {finding["rule"]: finding["fingerprint"] for finding in document["findings"]}


def waiver(fingerprint, **more):
    entry = {"fingerprint": fingerprint, "reason": "附件已说明", "author": "张三", **more}
    return "[[waiver]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in entry.items())


def write(*entries):
    Path("w.toml").write_text("".join(entries), encoding="utf-8")


def findings(result, key="findings"):
    return [entry["rule"] for entry in json.loads(result.stdout)["documents"][0].get(key, [])]


def test_a_waived_finding_counts_no_more_and_is_listed(run, prints):
    write(waiver(prints["SUM002"], expires="2999-01-31").replace('"2999-01-31"', "2999-01-31"))
    result = run("draft.txt", "--select", "SUM", "--waivers", "w.toml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "已豁免 1 项" in result.stdout
    assert "附件已说明 (张三 → 2999-01-31)" in result.stdout
    assert "错误 SUM002" not in result.stdout
    assert "不符 0" in result.stdout


def test_json_keeps_it_apart(run, prints):
    write(waiver(prints["SUM002"]))
    result = run("draft.txt", "--waivers", "w.toml", "--format", "json")
    assert (findings(result), findings(result, "waived")) == (["GRD001"], ["SUM002"])
    (document,) = json.loads(result.stdout)["documents"]
    assert document["waived"][0]["waiver"] == {"reason": "附件已说明", "author": "张三", "expires": None}
    assert document["summary"]["fail"] == 1
    assert document["findings"][0]["related"] == []


def test_the_next_draft_keeps_the_waiver_until_its_figures_change(run, prints):
    write(waiver(prints["SUM002"]))
    options = ["--select", "SUM", "--waivers", "w.toml"]
    Path("draft.txt").write_text(FILLER * 9 + REPORT.replace("二、", FILLER + "二、"), encoding="utf-8")
    assert run("draft.txt", *options).exit_code == 0
    Path("draft.txt").write_text(REPORT.replace("170.00", "175.00"), encoding="utf-8")
    result = run("draft.txt", *options)
    assert result.exit_code == 1
    assert "已没有对应的问题" in result.stderr
    assert prints["SUM002"] in result.stderr


def test_a_waiver_for_another_report_is_neither_used_nor_missed(run, prints):
    write(waiver(prints["SUM002"], report="final*.txt"))
    result = run("draft.txt", "--select", "SUM", "--waivers", "w.toml")
    assert (result.exit_code, result.stderr) == (1, "")
    Path("draft.txt").rename("final2.txt")
    assert run("final2.txt", "--select", "SUM", "--waivers", "w.toml").exit_code == 0


def test_a_waiver_of_a_rule_that_was_not_run_is_not_missed(run, prints):
    write(waiver(prints["SUM002"]), waiver(prints["GRD001"]), waiver("OLD001:12345678"))
    result = run("draft.txt", "--select", "SUM", "--waivers", "w.toml")
    assert result.exit_code == 0
    (line,) = result.stderr.splitlines()
    assert "OLD001:12345678" in line


def test_an_expired_waiver_holds_no_more_and_is_said(run, prints):
    write(waiver(prints["SUM002"]) + "expires = 2020-01-31\n")
    result = run("draft.txt", "--select", "SUM", "--waivers", "w.toml", "--lang", "en")
    assert result.exit_code == 1
    assert "expired on 2020-01-31" in result.stderr


def test_a_mandatory_rule_cannot_be_waived_unless_it_is_said(run, prints):
    write(waiver(prints["GRD001"]))
    result = run("draft.txt", "--select", "GRD", "--waivers", "w.toml")
    assert result.exit_code == 1
    assert "--allow-mandatory" in result.stderr
    result = run("draft.txt", "--select", "GRD", "--waivers", "w.toml", "--allow-mandatory")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[waiver]]\nfingerprint = 'SUM002:1'\nreason = 'a'\n", "author"),
        ("[[waiver]]\nfingerprint = 'SUM002:1'\nreason = ' '\nauthor = 'a'\n", "reason"),
        ("[[waiver]]\nfingerprint = 'S'\nreason = 'a'\nauthor = 'b'\nexpire = 2027-01-01\n", "expires"),
        ("[[waiver]]\nfingerprint = 'S'\nreason = 'a'\nauthor = 'b'\nexpires = 'soon'\n", "w.toml:5"),
        ("[[waiver]\n", "TOML"),
    ],
)
def test_a_wrong_file_is_one_clear_sentence(run, text, words):
    Path("w.toml").write_text(text, encoding="utf-8")
    result = run("draft.txt", "--waivers", "w.toml")
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("w.toml")
    assert words in line


def test_an_absent_file_is_an_error_before_any_work(run, monkeypatch):
    monkeypatch.setattr("checker.run.check_files", lambda jobs: pytest.fail("a report was read"))
    result = run("draft.txt", "--waivers", "absent.toml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "absent.toml" in result.stderr


# Baseline


def test_a_baseline_holds_all_but_mandatory_findings(run):
    result = run("draft.txt", "--write-baseline", "w.toml")
    assert result.exit_code == 1
    assert "写入 1 条豁免；另有 1 个" in result.stderr
    assert "GRD001" in result.stdout
    assert run("draft.txt", "--select", "SUM", "--waivers", "w.toml").exit_code == 0
    assert run("draft.txt", "--write-baseline", "all.toml", "--allow-mandatory").exit_code == 0


def test_a_baseline_is_added_to_what_is_there(run, prints):
    write("# 我的说明\n", waiver(prints["GRD001"]))
    run("draft.txt", "--write-baseline", "w.toml", "--waivers", "w.toml", "--allow-mandatory")
    text = Path("w.toml").read_text("utf-8")
    assert text.startswith("# 我的说明\n")
    assert text.count("[[waiver]]") == 2
    run("draft.txt", "--write-baseline", "w.toml", "--waivers", "w.toml", "--allow-mandatory")
    assert Path("w.toml").read_text("utf-8") == text


def test_a_baseline_never_overwrites_a_report(run):
    result = run("draft.txt", "--write-baseline", "draft.txt")
    assert result.exit_code == 2
    assert Path("draft.txt").read_text("utf-8") == REPORT


def test_a_baseline_of_several_reports_names_them(run):
    Path("other.txt").write_text(REPORT.replace("170.00", "175.00"), encoding="utf-8")
    run("draft.txt", "other.txt", "--write-baseline", "w.toml")
    assert '\nreport = "draft.txt"' in Path("w.toml").read_text("utf-8")


def test_words_of_a_report_cannot_break_the_baseline(run):
    text = REPORT.replace("其中", '"""\u202e其中').replace("县级", "[[waiver]]")
    Path("draft.txt").write_text(text, encoding="utf-8")
    run("draft.txt", "--write-baseline", "w.toml", "--allow-mandatory")
    assert run("draft.txt", "--waivers", "w.toml", "--allow-mandatory").exit_code == 0


def test_the_second_draft_of_a_whole_report_shows_only_what_is_new(run):
    draft = (REPORTS / "faulty.md").read_text("utf-8")
    Path("draft1.md").write_text(draft, encoding="utf-8")
    options = ["--write-baseline", "w.toml", "--allow-mandatory"]
    assert run("draft1.md", *options).exit_code == 0
    assert Path("w.toml").read_text("utf-8").count("[[waiver]]") > 50

    paragraph = "2023 年政府采购预算 486.50 万元"
    longer = draft.replace(paragraph, f"{FILLER * 5}{paragraph}")
    changed = longer.replace("货物类 58.16 万元", "货物类 58.61 万元")
    assert longer != draft
    assert changed != longer
    for text, new in ((longer, []), (changed, ["SUM002"])):
        Path("draft2.md").write_text(text, encoding="utf-8")
        result = run("draft2.md", "--waivers", "w.toml", "--allow-mandatory", "--format", "json")
        assert findings(result) == new
        assert ("已没有对应的问题" in result.stderr) == bool(new)
