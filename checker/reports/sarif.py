"""SARIF 2.1.0, the form that code hosts and editors read findings in."""

from __future__ import annotations

import json
from collections.abc import Sequence

from checker import __version__
from checker.document import Problem
from checker.finding import Evidence, Finding
from checker.reports.ci import relative_uri
from checker.reports.json import language_of
from checker.reports.rules import explain
from checker.reports.wording import LABELS, harmless, place, spot
from checker.result import Result
from checker.rule import Rule, installed_rules
from checker.verdict import Severity, Verdict

Entry = dict[str, object]
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
KINDS = {Verdict.FAIL: "fail", Verdict.PASS: "pass", Verdict.OPEN: "open"}


def render(results: Sequence[Result], language: str | None, *, everything: bool) -> str:
    """One run with a result for each finding; waived ones are suppressed; with ``everything`` all checks."""
    own = language or (language_of(results[0], None) if results else "zh")
    rules = installed_rules()
    index = {rule.code: number for number, rule in enumerate(rules)}
    driver = {"name": "checker", "version": __version__, "language": own, "rules": [_rule(r, own) for r in rules]}
    run: Entry = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(results)],
        "results": [
            _result(finding, result, language_of(result, language), index)
            for result in results
            for finding in (*result.findings, *result.waived, *(result.checks if everything else ()))
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule, language: str) -> Entry:
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.title.say(language)},
        "fullDescription": {"text": rule.summary},
        "help": {"text": explain(rule, language)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.family], "mandatory": rule.mandatory},
    }


def _invocation(results: Sequence[Result]) -> Entry:
    problems = [(result, problem) for result in results for problem in result.problems]
    return {
        "executionSuccessful": not any(problem.kind == "rule-crashed" for _, problem in problems),
        "toolExecutionNotifications": [_notification(result, problem) for result, problem in problems],
    }


def _notification(result: Result, problem: Problem) -> Entry:
    return {
        "level": "error" if problem.kind == "rule-crashed" else "warning",
        "descriptor": {"id": problem.kind},
        "message": {"text": harmless(f"{problem.where}: {problem.message}")},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(result)}}],
    }


def _result(finding: Finding, result: Result, language: str, index: dict[str, int]) -> Entry:
    failed = finding.verdict is Verdict.FAIL
    first, *others = finding.evidence
    entry: Entry = {
        "ruleId": finding.rule,
        **({"ruleIndex": index[finding.rule]} if finding.rule in index else {}),
        "kind": KINDS[finding.verdict],
        "level": LEVELS[finding.severity] if failed else "none",
        "message": {"text": _message(finding, language)},
        "locations": [_location(first, result, language)],
        "relatedLocations": [
            {"id": number, **_location(one, result, language)} for number, one in enumerate(others, 1)
        ],
        "partialFingerprints": {"checker/v1": finding.fingerprint},
        "properties": {"stated": finding.stated, "computed": finding.computed, "related": list(finding.related)},
    }
    if finding.waiver:
        by = {"author": finding.waiver.author, "expires": str(finding.waiver.expires or "")}
        entry["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": finding.waiver.reason, "properties": by}
        ]
    return entry


def _message(finding: Finding, language: str) -> str:
    """The message, where it stands, why it is believed: viewers show little else."""
    where = spot(finding.evidence[0], language)
    because = f"{LABELS[language]['because']}: {finding.because.say(language)}"
    said = f"{where}: {finding.message.say(language)}" if where else finding.message.say(language)
    return harmless(f"{said}\n{because}")


def _location(evidence: Evidence, result: Result, language: str) -> Entry:
    """A place: a line of a text; of a form without lines only the file, the page being said in words."""
    physical: Entry = {"artifactLocation": _artifact(result)}
    quote = {"text": harmless(evidence.quote)}
    if evidence.line is not None:
        physical["region"] = {"startLine": evidence.line, "snippet": quote}
    said = " · ".join(part for part in (spot(evidence, language), quote["text"]) if part)
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": harmless(place(evidence, language)), "kind": "element"}],
        "message": {"text": said},
    }


def _artifact(result: Result) -> Entry:
    return {"uri": relative_uri(result.document.path)}
