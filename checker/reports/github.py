"""Annotations of GitHub Actions: a workflow command for each finding, shown beside the line in a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from checker.finding import Finding
from checker.reports.ci import one_line, relative_path
from checker.reports.json import language_of
from checker.reports.wording import label_of
from checker.result import Result
from checker.verdict import Severity, Verdict

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(results: Sequence[Result], language: str | None, *, everything: bool) -> str:
    """A line for each finding and each problem of the tool; with ``everything`` notices for all checks."""
    lines: list[str] = []
    for result in results:
        own = language_of(result, language)
        shown = (*result.findings, *(result.checks if everything else ()))
        lines += [_command(finding, result, own) for finding in shown]
        lines += [
            f"::error file={_file(result)},title={problem.kind.translate(PROPERTY)}::"
            + f"{problem.where}: {problem.message}".translate(DATA)
            for problem in result.problems
        ]
    return "".join(f"{line}\n" for line in lines)


def _command(finding: Finding, result: Result, language: str) -> str:
    failed = finding.verdict is Verdict.FAIL
    command = COMMANDS[finding.severity] if failed else "notice"
    line = finding.evidence[0].line
    title = f"{label_of(finding, language)} {finding.rule} {finding.name}".translate(PROPERTY)
    where = f"file={_file(result)}" + (f",line={line}" if line is not None else "")
    return f"::{command} {where},title={title}::{one_line(finding, language).translate(DATA)}"


def _file(result: Result) -> str:
    return relative_path(result.document.path).translate(PROPERTY)
