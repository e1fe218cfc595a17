"""Several files in one run: order, bad files, a process that dies."""

import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from checker import run
from checker.config import Config
from checker.readers.blocks import ReadError
from checker.result import Result
from checker.run import CRASHED, Job, check_file, check_files

PDF = Path(__file__).parents[1] / "fixtures" / "reports" / "project" / "clean.pdf"


@pytest.fixture
def jobs(tmp_path):
    jobs = []
    for number in range(1, 6):
        path = tmp_path / f"{number}.txt"
        path.write_text(
            f"一、概况\n\n实际采购金额{number - 1}.5万元，其中：货物类1.2万元，服务类2.3万元。\n", encoding="utf-8"
        )
        jobs.append(Job(path, Config(packs=("standard",))))
    return jobs


@pytest.fixture(autouse=True)
def two_cores(monkeypatch):
    monkeypatch.setattr(run.os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


def test_results_come_in_the_order_of_the_files(jobs):
    results = list(check_files(jobs))
    assert [result.document.path for result in results] == [str(job.path) for job in jobs]
    assert [len(result.findings) for result in results] == [1, 1, 1, 0, 1]


def test_results_are_those_of_one_process(jobs):
    apart, here = list(check_files(jobs)), [check_file(job) for job in jobs]
    assert [(r.document, r.summary) for r in apart] == [(r.document, r.summary) for r in here]
    assert [[f.fingerprint for f in r.findings] for r in apart] == [[f.fingerprint for f in r.findings] for r in here]


def test_bad_file_does_not_stop_the_others(jobs):
    jobs[1].path.write_bytes(b"")
    jobs[3].path.unlink()
    kinds = [type(outcome) for outcome in check_files(jobs)]
    assert kinds == [Result, ReadError, Result, ReadError, Result]


def test_process_that_dies_is_a_clear_problem_of_its_file(jobs, monkeypatch):
    def check(job, really=check_file):
        if job.path.name == "2.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        return really(job)

    monkeypatch.setattr(run, "check_file", _named(check))
    outcomes = list(check_files(jobs))
    assert [outcome is CRASHED for outcome in outcomes] == [False, True, False, False, False]
    assert all(isinstance(outcome, Result) for outcome in outcomes if outcome is not CRASHED)


def _named(function):
    """A function that another process finds by its name, as the one that it stands for."""
    function.__module__, function.__qualname__ = "checker.run", "check_file"
    return function


def test_error_and_result_go_to_another_process_whole(jobs):
    error = pickle.loads(pickle.dumps(ReadError("中文", "English")))
    assert (error.zh, error.en) == ("中文", "English")
    result = check_file(jobs[0])
    again = pickle.loads(pickle.dumps(result))
    assert [f.evidence[0].quote for f in again.findings] == [f.evidence[0].quote for f in result.findings]
    assert again.document == result.document


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], {"pandas", "pdfplumber", "pypdfium2", "regex", "rich", "docx", "rules"}),
        (["check", "--no-cache", str(PDF)], {"pandas", "pdfplumber", "pdfminer", "rich.console", "docx", "jinja2"}),
    ],
    ids=["help", "check"],
)
def test_nothing_is_imported_that_is_not_needed(arguments, unwanted):
    code = """if True:
        import sys
        from checker.cli import main
        try:
            main(sys.argv[1:])
        finally:
            sys.stderr.write(" ".join(sys.modules))
    """
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    loaded = set(done.stderr.split())
    assert "checker.cli" in loaded
    assert not unwanted & loaded
