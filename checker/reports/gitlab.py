"""GitLab's code quality report: a list of issues, shown in a merge request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256

from checker.finding import Finding
from checker.reports.ci import one_line, relative_path
from checker.reports.json import language_of
from checker.result import Result
from checker.verdict import Severity

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(results: Sequence[Result], language: str | None, *, everything: bool) -> str:
    """Every finding; passed and open checks are no issues."""
    issues = [_issue(finding, result, language) for result in results for finding in result.findings]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, result: Result, language: str | None) -> dict[str, object]:
    """One issue. GitLab asks for a line always: 1 stands for a form without lines, whose page is in the words."""
    path = relative_path(result.document.path)
    return {
        "type": "issue",
        "check_name": finding.rule,
        "description": f"{finding.rule} {one_line(finding, language_of(result, language))}",
        "categories": ["Bug Risk"],
        "severity": SEVERITIES[finding.severity],
        "fingerprint": sha256(f"{path}#{finding.fingerprint}".encode()).hexdigest(),
        "location": {"path": path, "lines": {"begin": finding.evidence[0].line or 1}},
    }
