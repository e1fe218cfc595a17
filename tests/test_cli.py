"""The command line: exit status, options, both formats, each stage, and what happens when it cannot work."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from checker import __version__
from checker.cli import main
from checker.relation import TableTotal
from checker.rule import installed_rules

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "fixtures" / "reports" / "department"

GOOD = """一、基本情况

2023年项目预算总额为130.00万元，其中：设备购置80.00万元，安装调试50.00万元。

表1 资金明细表

单位：万元

序号\t内容\t金额
1\t设备购置\t80.00
2\t安装调试\t50.00
合计\t\t130.00

二、评价结论

项目总得分为91.00分，评价等级为“优”。
"""
BAD = GOOD.replace("2\t安装调试\t50.00", "2\t安装调试\t55.00").replace("“优”", "“良”")
ROUNDED = """一、基本情况

表1 资金明细表

单位：万元

内容\t金额
设备购置\t80.04
安装调试\t50.04
培训\t20.04
合计\t150.13
"""


@pytest.fixture
def run():
    def invoke(*arguments: object):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return invoke


@pytest.fixture
def good(tmp_path):
    return written(tmp_path / "good.txt", GOOD)


@pytest.fixture
def bad(tmp_path):
    return written(tmp_path / "bad.txt", BAD)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def codes(document: dict) -> list[str]:
    return [finding["rule"] for finding in document["findings"]]


def documents(result) -> list[dict]:
    return json.loads(result.stdout)["documents"]


def crashing(claim):
    raise RuntimeError("boom")
    yield


# Exit status


def test_0_when_nothing_is_wrong(run, good):
    assert run("check", good).exit_code == 0


def test_1_when_something_is(run, bad):
    assert run("check", bad).exit_code == 1


def test_2_without_files(run):
    assert run("check").exit_code == 2


def test_2_for_an_unknown_option(run, good):
    assert run("check", good, "--tolerance", "5").exit_code == 2


def test_1_when_one_of_several_files_is_wrong(run, good, bad):
    assert run("check", good, bad).exit_code == 1


def test_an_unreadable_file_does_not_stop_the_others(run, bad, tmp_path):
    result = run("check", tmp_path / "absent.txt", bad, "--format", "json")
    assert result.exit_code == 2
    assert "absent.txt" in result.stderr
    assert [Path(document["path"]).name for document in documents(result)] == ["bad.txt"]
    assert codes(documents(result)[0]) == ["SUM001", "GRD001"]


@pytest.mark.parametrize(
    ("severity", "status"), [("error", 0), ("warning", 1), ("info", 1)], ids=["error", "warning", "info"]
)
def test_fail_on(run, bad, monkeypatch, severity, status):
    from checker.verdict import Severity

    rules = tuple(replace(rule, severity=Severity.WARNING) for rule in installed_rules())
    monkeypatch.setattr("checker.rule.installed_rules", lambda packs=None: rules)
    assert run("check", bad, "--fail-on", severity, "--no-cache").exit_code == status


# Choosing rules


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--select", "SUM"], ["SUM001"]),
        (["--select", "GRD001"], ["GRD001"]),
        (["--select", "sum,grd"], ["SUM001", "GRD001"]),
        (["--select", "SUM", "--select", "GRD"], ["SUM001", "GRD001"]),
        (["--select", "SUM", "--ignore", "SUM001"], []),
        (["--ignore", "GRD"], ["SUM001"]),
    ],
)
def test_select_and_ignore(run, bad, options, found):
    assert codes(documents(run("check", bad, "--format", "json", *options))[0]) == found


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_wrong_code_names_the_nearest(run, bad, option):
    result = run("check", bad, option, "GRD01")
    assert result.exit_code == 2
    assert "GRD001" in result.stderr
    assert "Traceback" not in result.stderr


# JSON, key by key as in the contract

DOCUMENT = {
    "path": str,
    "sha256": str,
    "kind": str,
    "pages": (int, type(None)),
    "title": str,
    "seconds": (int, float),
    "summary": dict,
    "findings": list,
    "checks": list,
    "problems": list,
}
SUMMARY = dict.fromkeys(["figures", "figures_checked", "checks", "pass", "fail", "open"], int)
FINDING = {
    "rule": str,
    "name": str,
    "severity": str,
    "verdict": str,
    "message": str,
    "stated": (str, type(None)),
    "computed": (str, type(None)),
    "evidence": list,
    "because": str,
    "suggestion": (str, type(None)),
    "fingerprint": str,
    "related": list,
}
EVIDENCE = {
    "role": str,
    "quote": str,
    "page": (int, type(None)),
    "line": (int, type(None)),
    "section": str,
    "table": (str, type(None)),
    "row": (int, type(None)),
    "column": (int, type(None)),
    "bbox": (list, type(None)),
}
PROBLEM = {"kind": str, "where": str, "message": str}
ROLES = {"stated", "whole", "part", "operand", "rule", "label"}


def conforms(entry: dict, shape: dict) -> None:
    assert list(entry) == list(shape)
    for key, kinds in shape.items():
        assert isinstance(entry[key], kinds), f"{key}: {entry[key]!r}"
        assert not isinstance(entry[key], bool)


def conforms_as_evidence(entry: dict, kind: str) -> None:
    conforms(entry, EVIDENCE)
    assert entry["role"] in ROLES
    assert 0 < len(entry["quote"]) <= 200
    assert (entry["page"] is not None) == (kind == "pdf")
    assert (entry["line"] is not None) == (kind in {"text", "markdown"})
    assert (entry["bbox"] is not None) == (kind == "pdf")
    assert (entry["row"] is None) == (entry["column"] is None)
    assert all(number is None or number >= 1 for number in (entry["page"], entry["line"], entry["row"]))
    if entry["bbox"]:
        x0, top, x1, bottom = entry["bbox"]
        assert x0 < x1
        assert top < bottom


def conforms_as_finding(entry: dict, kind: str, verdicts: set[str]) -> None:
    conforms(entry, FINDING)
    assert entry["verdict"] in verdicts
    assert entry["severity"] in {"error", "warning", "info"}
    assert re.fullmatch(entry["rule"] + r":[0-9a-f]{8}", entry["fingerprint"])
    assert entry["message"]
    assert entry["because"]
    assert entry["evidence"]
    assert entry["stated"] is None or entry["evidence"][0]["role"] == "stated"
    for evidence in entry["evidence"]:
        conforms_as_evidence(evidence, kind)
    if entry["stated"]:
        assert squeezed(entry["stated"]) in squeezed(entry["evidence"][0]["quote"])


def squeezed(text: str) -> str:
    return "".join(text.split())


def conforms_as_run(run: dict, everything: bool) -> None:
    assert list(run) == ["schema", "tool", "documents"]
    assert run["schema"] == "checker/1"
    assert run["tool"] == {"name": "checker", "version": __version__}
    for document in run["documents"]:
        conforms(document, DOCUMENT)
        assert re.fullmatch("[0-9a-f]{64}", document["sha256"])
        assert document["kind"] in {"text", "markdown", "pdf", "docx"}
        assert (document["pages"] is not None) == (document["kind"] == "pdf")
        conforms(document["summary"], SUMMARY)
        for finding in document["findings"]:
            conforms_as_finding(finding, document["kind"], {"fail"})
        for check in document["checks"]:
            conforms_as_finding(check, document["kind"], {"pass", "open"})
        for problem in document["problems"]:
            conforms(problem, PROBLEM)
            assert problem["kind"] in {"rule-crashed", "page-unreadable", "limit-reached"}
        agrees_with_summary(document, everything)


def agrees_with_summary(document: dict, everything: bool) -> None:
    summary = document["summary"]
    verdicts = [check["verdict"] for check in document["checks"]]
    assert summary["checks"] == summary["pass"] + summary["fail"] + summary["open"]
    assert summary["figures_checked"] <= summary["figures"]
    assert summary["fail"] == len(document["findings"])
    if everything:
        assert (verdicts.count("pass"), verdicts.count("open")) == (summary["pass"], summary["open"])
    else:
        assert verdicts == []
    prints = [entry["fingerprint"] for entry in (*document["findings"], *document["checks"])]
    assert len(set(prints)) == len(prints)
    known = {finding["fingerprint"] for finding in document["findings"]}
    assert all(set(finding["related"]) <= known - {finding["fingerprint"]} for finding in document["findings"])


@pytest.mark.parametrize("everything", [False, True], ids=["findings", "all"])
@pytest.mark.parametrize("form", ["txt", "md", "pdf"])
def test_json_follows_the_contract(run, form, everything):
    options = ["--all"] if everything else []
    result = run("check", REPORTS / f"faulty.{form}", "--format", "json", *options)
    assert result.exit_code == 1
    conforms_as_run(json.loads(result.stdout), everything)


def test_json_of_several_documents(run, good, bad):
    whole = json.loads(run("check", good, bad, "--format", "json", "--all").stdout)
    conforms_as_run(whole, everything=True)
    assert [len(document["findings"]) for document in whole["documents"]] == [0, 2]


def test_numbers_are_strings_as_written(run, bad):
    finding = documents(run("check", bad, "--format", "json"))[0]["findings"][0]
    assert (finding["stated"], finding["computed"]) == ("130.00", "135.00")


def test_rounding_is_a_passed_check_of_severity_info(run, tmp_path):
    path = written(tmp_path / "rounded.txt", ROUNDED)
    result = run("check", path, "--format", "json", "--all")
    assert result.exit_code == 0
    (check,) = [c for c in documents(result)[0]["checks"] if c["rule"] == "SUM001"]
    assert (check["verdict"], check["severity"], check["rule"]) == ("pass", "info", "SUM001")


# Text


def test_text_quotes_both_places_and_ends_in_the_ledger(run, bad):
    lines = run("check", bad).stdout.rstrip().splitlines()
    assert any("SUM001" in line and "130.00" in line and "135.00" in line for line in lines)
    assert any("合计" in line or "130.00" in line for line in lines if "第 12 行" in line)
    assert any("55.00" in line for line in lines if "第 11 行" in line)
    assert any("项目总得分为91.00分，评价等级为“良”。" in line for line in lines)
    assert re.fullmatch(r"共 \d+ 个数字，核对 \d+ 个；检查 \d+ 项：通过 \d+，不符 2，未决 \d+", lines[-1])


def test_text_is_in_reading_order(run, bad):
    out = run("check", bad).stdout
    assert out.index("SUM001") < out.index("GRD001")


def test_text_lists_passed_checks_only_with_all(run, good):
    assert "通过 SUM001" not in run("check", good).stdout
    assert "通过 SUM001" in run("check", good, "--all").stdout


def test_text_says_that_nothing_was_found(run, good):
    assert "未发现" in run("check", good).stdout


def test_english(run, bad):
    out = run("check", bad, "--lang", "en").stdout
    assert "off by" in out
    assert "line 12" in out
    assert re.search(r"figures.*checks.*\b2 fail", out.rstrip().splitlines()[-1])


def test_text_of_a_pdf_names_pages(run):
    assert "第 4 页" in run("check", REPORTS / "faulty.pdf").stdout


# Output to a file


@pytest.mark.parametrize("form", ["text", "json"])
def test_output(run, bad, tmp_path, form):
    out = tmp_path / "out"
    result = run("check", bad, "--format", form, "--output", out)
    assert (result.exit_code, result.stdout) == (1, "")
    content = out.read_text("utf-8")
    assert "\x1b" not in content
    assert content.rstrip().endswith("}" if form == "json" else "未决 0")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.txt", "out"]


def test_output_replaces_an_older_file(run, bad, tmp_path):
    out = written(tmp_path / "out.json", "old")
    run("check", bad, "--format", "json", "--output", out)
    conforms_as_run(json.loads(out.read_text("utf-8")), everything=False)


def test_output_that_cannot_be_written(run, bad, tmp_path):
    result = run("check", bad, "--output", tmp_path / "absent" / "out.txt")
    assert result.exit_code == 2
    assert "out.txt" in result.stderr
    assert "Traceback" not in result.stderr


def test_output_is_whole_or_not_there(run, bad, tmp_path, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    out = written(tmp_path / "out.txt", "old")
    monkeypatch.setattr("pathlib.Path.replace", full)
    result = run("check", bad, "--output", out)
    assert result.exit_code == 2
    assert out.read_text("utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.txt", "out.txt"]


# Faults of the tool


def test_a_crashing_rule_is_a_problem_and_the_other_findings_stay(run, bad, monkeypatch):
    rules = tuple(replace(r, judge=crashing) if r.code == "GRD001" else r for r in installed_rules())
    monkeypatch.setattr("checker.rule.installed_rules", lambda packs=None: rules)
    result = run("check", bad, "--format", "json", "--no-cache")
    assert result.exit_code == 2
    conforms_as_run(json.loads(result.stdout), everything=False)
    (document,) = documents(result)
    assert codes(document) == ["SUM001"]
    (problem,) = document["problems"]
    assert (problem["kind"], problem["where"]) == ("rule-crashed", "GRD001")
    assert "boom" in problem["message"]


def test_a_crashing_finder_is_a_problem_too(run, bad, monkeypatch):
    from checker.relate import FINDERS

    def broken(reading):
        raise RuntimeError("boom")

    monkeypatch.setattr("checker.engine.FINDERS", (broken, *FINDERS))
    result = run("check", bad, "--no-cache")
    assert result.exit_code == 2
    assert "SUM001" in result.stdout
    assert "rule-crashed" in result.stdout
    assert "Traceback" not in result.output


@pytest.mark.parametrize("part", ["find_figures", "name_causes", "evidence_of"])
def test_a_crash_in_any_stage_is_a_problem_and_no_traceback(run, bad, monkeypatch, part):
    from checker import engine

    def broken(*given):
        raise RuntimeError("boom")

    broken.__module__ = "checker.part"
    monkeypatch.setattr(engine, part, broken)
    result = run("check", bad, "--no-cache", "--format", "json")
    assert result.exit_code == 2
    assert result.exception is None or isinstance(result.exception, SystemExit)
    (document,) = documents(result)
    assert {(problem["kind"], problem["message"]) for problem in document["problems"]} == {
        ("rule-crashed", "RuntimeError: boom")
    }
    assert ("SUM001" in codes(document)) == (part == "name_causes")


OF_ONE_PLACE = """
# 评价报告

## 一、评分

### （一）公众满意度

该指标满分4分，得26分。

表1 评分表

| 三级指标 | 分值 | 得分 |
|---|---|---|
| 公众满意度 | 4 | 3.8 |
| 产出数量 | 6 | 5 |
| 合计 | 10 | 8.8 |
"""


@pytest.mark.parametrize(
    "report", [OF_ONE_PLACE, *sorted(REPORTS.parent.glob("*/faulty.md"))], ids=["of one place", "department", "project"]
)
def test_text_tells_of_every_finding_once(run, tmp_path, report):
    path = report if isinstance(report, Path) else written(tmp_path / "report.md", report)
    (document,) = documents(run("check", path, "--no-cache", "--format", "json"))
    told = re.findall(r"\[([A-Z]+\d+:[0-9a-f]+)\]", run("check", path, "--no-cache").stdout)
    assert sorted(told) == sorted(finding["fingerprint"] for finding in document["findings"])
    assert len(told) > 1


# The other commands


def test_explain_says_what_and_shows_cases(run):
    result = run("explain", "sum002")
    assert result.exit_code == 0
    assert "SUM002 total-differs-from-parts" in result.stdout
    assert "[pass: " in result.stdout
    assert "[fail: " in result.stdout
    assert "```toml" not in result.stdout
    assert "为何重要: 合计对不上" in result.stdout
    assert "出处: 报告质量考核评分表" in result.stdout
    assert 'ignore = ["SUM002"]' in result.stdout


def test_explain_names_the_nearest_code(run):
    result = run("explain", "SUM02")
    assert result.exit_code == 2
    assert "SUM002" in result.stderr


def test_explain_in_english(run):
    assert "a total in the text differs" in run("explain", "SUM002", "--lang", "en").stdout


def test_rules_lists_all(run):
    lines = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [rule.code for rule in installed_rules()]


def test_rules_as_markdown(run):
    lines = run("rules", "--markdown").stdout.splitlines()
    assert lines[0].startswith("| code |")
    assert len(lines) == len(installed_rules()) + 2


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("document", "合计"),
        ("tables", "1,设备购置,80.00"),
        ("figures", "130.00"),
        ("relations", TableTotal.__name__),
        ("scores", "weight:table"),
    ],
)
def test_show(run, good, stage, expected):
    result = run("show", good, "--stage", stage)
    assert result.exit_code == 0
    assert expected in result.stdout


@pytest.mark.parametrize("form", ["txt", "md", "pdf"])
@pytest.mark.parametrize("stage", ["document", "tables", "figures", "relations", "scores"])
def test_show_of_a_whole_report(run, stage, form):
    result = run("show", REPORTS / f"clean.{form}", "--stage", stage)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 20


def test_show_of_an_absent_file(run, tmp_path):
    result = run("show", tmp_path / "absent.txt")
    assert result.exit_code == 2
    assert "absent.txt" in result.stderr


def test_version(run):
    assert __version__ in run("--version").stdout
