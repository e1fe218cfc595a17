"""What CI reads: SARIF, JUnit, annotations, code quality, a summary; valid, escaped, with fingerprints and waivers."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft4Validator
from lxml import etree
from msgspec.structs import replace

from checker.cli import main
from checker.reports.formats import FORMATS
from checker.rule import installed_rules
from checker.verdict import Phrase

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "tests" / "schemas"
FAULTY = ROOT / "fixtures" / "reports" / "department"
HOSTILE = """一、基本情况

2023年项目到位资金560.00万元，其中：<script>alert(1)</script>补助300.00万元，\
=cmd()|@all配套170.00万元，"><img onerror=x>自筹100.00万元。

表1 %0A::error::收支 [x](javascript:1) 表

单位：万元

内容\t金额
设备:,购置\u202e\t80.00
安装*调试*`x`\x1b[31m\t55.00
合计\t130.00
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["check", *(str(one) for one in arguments)])


@pytest.fixture
def hostile(run):
    """A report in a folder, with words that some format could take for its own."""
    path = Path("项目 一/a,b:c%.txt")
    path.parent.mkdir()
    path.write_text(HOSTILE, encoding="utf-8")
    return path


def write_waiver(run, path, rule):
    (document,) = json.loads(run(path, "--format", "json").stdout)["documents"]
    fingerprint = next(f["fingerprint"] for f in document["findings"] if f["rule"] == rule)
    entry = f'[[waiver]]\nfingerprint = "{fingerprint}"\nreason = "附件<已>说明"\nauthor = "张三"\n'
    Path("w.toml").write_text(entry, encoding="utf-8")
    return fingerprint


def sarif(result):
    log = json.loads(result.stdout)
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8"))
    Draft4Validator(schema).validate(log)
    (run,) = log["runs"]
    return run


def junit(result):
    tree = etree.fromstring(result.stdout.encode())
    etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(tree)
    return tree


# SARIF


@pytest.mark.parametrize("form", ["md", "pdf"])
def test_sarif_is_valid_and_has_each_finding(run, form):
    path = FAULTY / f"faulty.{form}"
    findings = json.loads(run(path, "--format", "json").stdout)["documents"][0]["findings"]
    results = sarif(run(path, "--format", "sarif"))["results"]
    assert [r["partialFingerprints"]["checker/v1"] for r in results] == [f["fingerprint"] for f in findings]
    assert all(r["kind"] == "fail" and r["level"] in {"error", "warning", "note"} for r in results)
    for result, finding in zip(results, findings, strict=True):
        assert finding["message"] in result["message"]["text"]
        assert len(result["relatedLocations"]) == len(finding["evidence"]) - 1
        region = result["locations"][0]["physicalLocation"].get("region")
        assert (region["startLine"] if region else None) == finding["evidence"][0]["line"]
        if form == "pdf":
            assert f"第 {finding['evidence'][0]['page']} 页" in result["message"]["text"]


def test_sarif_declares_every_rule(run, hostile):
    rules = sarif(run(hostile, "--format", "sarif"))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in installed_rules()]
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}


def test_sarif_points_to_its_rule_and_to_a_relative_file(run, hostile):
    log = sarif(run(hostile, "--format", "sarif"))
    for result in log["results"]:
        assert log["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri == "%E9%A1%B9%E7%9B%AE%20%E4%B8%80/a%2Cb%3Ac%25.txt"


def test_sarif_marks_what_is_waived(run, hostile):
    fingerprint = write_waiver(run, hostile, "SUM001")
    results = sarif(run(hostile, "--format", "sarif", "--waivers", "w.toml"))["results"]
    (waived,) = [result for result in results if "suppressions" in result]
    assert waived["partialFingerprints"]["checker/v1"] == fingerprint
    assert waived["suppressions"][0]["justification"] == "附件<已>说明"
    assert len(results) > 1


def test_sarif_with_all_checks(run):
    results = sarif(run(FAULTY / "clean.md", "--format", "sarif", "--all"))["results"]
    assert {(result["kind"], result["level"]) for result in results} >= {("pass", "none"), ("open", "none")}


def test_sarif_says_what_the_tool_could_not_do(run, hostile, monkeypatch):
    def broken(reading):
        raise RuntimeError("boom")

    monkeypatch.setattr("checker.engine.FINDERS", (broken,))
    (invocation,) = sarif(run(hostile, "--no-cache", "--format", "sarif"))["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "boom" in invocation["toolExecutionNotifications"][0]["message"]["text"]
    assert (
        junit(run(hostile, "--no-cache", "--format", "junit")).xpath("string(//error/@message)") == "RuntimeError: boom"
    )
    assert "::error file=" in run(hostile, "--format", "github").stdout


# JUnit


@pytest.mark.parametrize("form", ["md", "pdf"])
def test_junit_is_valid_and_has_each_finding(run, form):
    path = FAULTY / f"faulty.{form}"
    summary = json.loads(run(path, "--format", "json").stdout)["documents"][0]["summary"]
    tree = junit(run(path, "--format", "junit"))
    (suite,) = tree.findall("testsuite")
    assert int(suite.get("failures")) == len(tree.xpath("//failure")) == summary["fail"]
    assert int(suite.get("tests")) == len(tree.xpath("//testcase")) > summary["fail"]


def test_junit_skips_what_is_waived(run, hostile):
    write_waiver(run, hostile, "SUM001")
    tree = junit(run(hostile, "--format", "junit", "--waivers", "w.toml"))
    (skipped,) = tree.xpath("//skipped[@type='waived']")
    assert skipped.get("message") == "附件<已>说明 (张三)"


def test_junit_of_a_clean_report_passes(run):
    tree = junit(run(FAULTY / "clean.md", "--format", "junit"))
    assert not tree.xpath("//failure | //error")
    assert len(tree.xpath("//testcase")) > 20


# GitHub, GitLab, Markdown


def test_annotations_are_escaped(run, hostile):
    lines = run(hostile, "--format", "github").stdout.splitlines()
    (table,) = [line for line in lines if "SUM001" in line]
    head, _, message = table[2:].partition("::")
    assert head.startswith("error file=项目 一/a%2Cb%3Ac%25.txt,line=12,title=错误 SUM001 ")
    assert "%250A::error::收支" in message
    assert "\x1b" not in table
    assert "\u202e" not in table


def test_annotations_of_a_pdf_name_the_page(run):
    lines = run(FAULTY / "faulty.pdf", "--format", "github").stdout.splitlines()
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    assert all(",line=" not in line and "::第 " in line for line in lines)


def test_code_quality(run, hostile):
    issues = json.loads(run(hostile, "--format", "gitlab").stdout)
    assert {"SUM001", "SUM002"} <= {issue["check_name"] for issue in issues}
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"] == {"path": str(hostile), "lines": issue["location"]["lines"]}
        assert issue["location"]["lines"]["begin"] >= 1
        assert issue["description"]


def test_a_summary_in_markdown(run, hostile):
    write_waiver(run, hostile, "SUM002")
    out = run(hostile, "--format", "markdown", "--waivers", "w.toml").stdout
    assert "| 错误 | SUM001 | 第 12 行" in out
    assert "80.00 \\+ 55.00" not in out
    assert "80.00 + 55.00 = 135.00 ≠ 130.00" in out
    assert "附件&lt;已&gt;说明" in out
    assert "核对" in out
    assert "未发现" in run(FAULTY / "clean.md", "--format", "markdown").stdout


@pytest.mark.parametrize("form", ["text", "github", "markdown", "junit", "statistics"])
def test_words_of_a_report_stay_words(run, hostile, form):
    out = run(hostile, "--format", form).stdout
    assert "\x1b" not in out
    assert "\u202e" not in out
    if form == "markdown":
        assert "<" not in out.replace("<br>", "")
        assert "[x](" not in out
        assert "@" not in out


def test_statistics(run):
    lines = run(FAULTY / "faulty.md", "--statistics").stdout.splitlines()
    counts = [int(line.split()[0]) for line in lines]
    summary = json.loads(run(FAULTY / "faulty.md", "--format", "json").stdout)["documents"][0]["summary"]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == summary["fail"]
    assert "表格合计与各行之和不符" in "\n".join(lines)


def test_all_formats_of_ci_in_one_run(run, hostile):
    names = ["sarif", "junit", "github", "gitlab", "markdown", "statistics", "json"]
    result = run(hostile, *(part for name in names for part in ("--format", f"{name}=run.{name}")))
    assert (result.exit_code, result.stdout) == (1, "")
    assert all(Path(f"run.{name}").read_text("utf-8").strip() for name in names)


@pytest.mark.parametrize("name", ["text", "github", "markdown", "junit", "sarif", "gitlab"])
def test_what_a_terminal_would_obey_is_left_out(check, name):
    result = check(HOSTILE)
    said = Phrase("改\x1b[2J为\u202e零", "\x1b[2J\u202e")
    findings = tuple(replace(finding, message=said, because=said) for finding in result.findings)
    hostile = replace(result, document=replace(result.document, title="题\x1b]0;名\u202e"), findings=findings)
    out = FORMATS[name].load().render([hostile], "zh", everything=True)
    assert "改[2J为零" in out or "改\\[2J为零" in out
    assert not {"\x1b", "\u202e"} & set(json.dumps(out, ensure_ascii=False) + out)
