"""Several formats from one reading: where each goes, and what happens when one cannot be written."""

import json
import sys
from types import ModuleType

import pytest
from click.testing import CliRunner

from checker.cli import main
from checker.reports.formats import FORMATS, Format, FormatError
from checker.verdict import Phrase

REPORT = "一、基本情况\n\n2023年项目预算为130.00万元，其中：设备80.00万元，安装{}万元。\n"


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(main, ["check", *(str(argument) for argument in arguments)])


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.txt"
    path.write_text(REPORT.format("50.00"), encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.md"
    path.write_text("# 报告\n\n" + REPORT.format("55.00"), encoding="utf-8")
    return path


@pytest.fixture
def page(monkeypatch):
    """A per-document format that only text files have; returns what was asked of it."""
    calls: list[tuple[str, str]] = []

    def render(result, language):
        calls.append((result.document.path, language))
        return f"<p>{len(result.findings)}</p>".encode()

    add_format(monkeypatch, "page", render, kinds=frozenset({"text"}))
    return calls


def add_format(monkeypatch, name, render, **details):
    module = ModuleType(f"a_{name}")
    module.render = render
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(FORMATS, name, Format(module.__name__, per_document=True, **details))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_two_formats_from_one_reading(run, good, tmp_path, monkeypatch):
    from checker import readers

    read, count = readers.read, []
    monkeypatch.setattr("checker.readers.read", lambda *given, **how: count.append(given) or read(*given, **how))
    result = run(good, "--format", "text", "--format", f"json={tmp_path / 'run.json'}")
    assert (result.exit_code, len(count)) == (0, 1)
    assert "未发现" in result.stdout
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["documents"][0]["findings"] == []


def test_output_goes_to_the_one_format_without_a_file(run, good, tmp_path):
    result = run(
        good, "--format", f"json={tmp_path / 'run.json'}", "--format", "text", "--output", tmp_path / "run.txt"
    )
    assert (result.exit_code, result.stdout) == (0, "")
    assert names(tmp_path) == ["good.txt", "run.json", "run.txt"]


def test_a_file_beside_each_report(run, good, tmp_path, page):
    result = run(good, "--format", "page", "--lang", "en")
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path / 'good.checked.page'}\n")
    assert (tmp_path / "good.checked.page").read_text() == "<p>0</p>"
    assert page == [(str(good), "en")]


def test_names_of_files_are_printed_only_where_nothing_else_is(run, good, tmp_path, page):
    assert json.loads(run(good, "--format", "page", "--format", "json").stdout)["schema"] == "checker/1"
    assert run(good, "--format", "page", "--output", tmp_path / "one").stdout == ""


def test_a_folder_for_the_files_is_made(run, good, tmp_path, page):
    run(good, "--format", "page", "--output-dir", tmp_path / "a" / "b")
    assert names(tmp_path / "a" / "b") == ["good.checked.page"]
    assert names(tmp_path) == ["a", "good.txt"]


def test_one_report_in_one_format_may_be_named(run, good, tmp_path, page):
    run(good, "--format", "page", "--output", tmp_path / "one")
    run(good, "--format", f"page={tmp_path / 'two'}")
    assert names(tmp_path) == ["good.txt", "one", "two"]


def test_reports_of_one_name_keep_their_endings(run, good, tmp_path, monkeypatch, page):
    good.with_suffix(".text").write_bytes(good.read_bytes())
    run(good, good.with_suffix(".text"), "--format", "page")
    assert names(tmp_path) == ["good.text", "good.text.checked.page", "good.txt", "good.txt.checked.page"]


def test_the_status_is_that_of_the_findings(run, bad, monkeypatch):
    add_format(monkeypatch, "sheet", lambda result, language: b"")
    assert run(bad, "--format", "sheet").exit_code == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--format", "text", "--format", "json"], "--format json="),
        (["--format", "json=a", "--format", "text=b", "--output", "c"], "--output"),
        (["--format", "json=a", "--format", "text=./a"], "two formats"),
        (["--format", "jsn"], "json"),
        (["--format", "json=good.txt"], "overwritten"),
        (["--output", "good.txt"], "overwritten"),
    ],
)
def test_one_clear_error_before_any_work(run, good, tmp_path, monkeypatch, options, words):
    monkeypatch.chdir(tmp_path)
    result = run("good.txt", *options)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""
    assert names(tmp_path) == ["good.txt"]


def test_one_file_cannot_hold_two_reports(run, good, bad, tmp_path, page):
    result = run(good, bad, "--format", f"page={tmp_path / 'one'}")
    assert result.exit_code == 2
    assert "--output-dir" in result.stderr


def test_two_reports_that_no_name_tells_apart(run, good, tmp_path, page):
    other = tmp_path / "other" / "good.txt"
    other.parent.mkdir()
    other.write_bytes(good.read_bytes())
    result = run(good, other, "--format", "page", "--output-dir", tmp_path / "out")
    assert result.exit_code == 2
    assert "several reports" in result.stderr
    assert page == []


# A format that a form does not allow


@pytest.mark.parametrize(("language", "words"), [("zh", "只能由 TXT 报告生成"), ("en", "can only be made of a TXT")])
def test_a_report_of_another_kind_is_left_out_and_said(run, good, bad, tmp_path, page, language, words):
    result = run(bad, good, "--format", "page", "--format", "json", "--lang", language)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{bad}: ")
    assert words in line
    assert len(json.loads(result.stdout)["documents"]) == 2
    assert names(tmp_path) == ["bad.md", "good.checked.page", "good.txt"]


def test_2_when_no_report_can_be_written_so(run, bad, page):
    assert run(bad, "--format", "page").exit_code == 2


def test_a_crash_costs_only_the_one_file(run, good, bad, tmp_path, monkeypatch):
    def render(result, language):
        if result.findings:
            raise RuntimeError("boom")
        return b"fine"

    add_format(monkeypatch, "sheet", render)
    result = run(bad, good, "--format", "sheet", "--format", "json")
    assert result.exit_code == 2
    assert result.stderr == f"{bad}: sheet 未能生成（RuntimeError: boom）。\n"
    assert len(json.loads(result.stdout)["documents"]) == 2
    assert names(tmp_path) == ["bad.md", "good.checked.sheet", "good.txt"]


def test_a_format_may_refuse_a_document_in_a_sentence(run, good, monkeypatch):
    def render(result, language):
        raise FormatError(Phrase("这份 PDF 不允许批注。", "This PDF allows no marks."))

    add_format(monkeypatch, "sheet", render)
    assert run(good, "--format", "sheet", "--lang", "en").stderr == f"{good}: This PDF allows no marks.\n"


def test_a_folder_that_cannot_be_made(run, good, tmp_path, page):
    (tmp_path / "taken").write_text("")
    result = run(good, "--format", "page", "--output-dir", tmp_path / "taken" / "out")
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
