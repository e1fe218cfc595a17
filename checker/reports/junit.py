"""JUnit: a suite for each report; a failing test for each finding, a passing one for each rule that holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from checker.finding import Finding
from checker.reports.ci import one_line, relative_path
from checker.reports.json import language_of
from checker.reports.wording import harmless, note
from checker.result import Result
from checker.verdict import Verdict


def render(results: Sequence[Result], language: str | None, *, everything: bool) -> str:
    """All reports; passed and open checks are listed always, one test a rule."""
    root = ET.Element("testsuites", name="checker")
    root.extend(_suite(result, language_of(result, language)) for result in results)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(result: Result, language: str) -> ET.Element:
    path = relative_path(result.document.path)
    cases = list(_cases(result, language))
    for case in cases:
        case.set("classname", harmless(path))
    suite = ET.Element("testsuite", name=harmless(path), file=harmless(path), time=f"{result.seconds:.3f}")
    suite.extend(cases)
    suite.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(tag) is not None for case in cases)))
    return suite


def _cases(result: Result, language: str) -> Iterator[ET.Element]:
    for finding in result.findings:
        case = _case(f"{finding.rule} {one_line(finding, language)}")
        failure = ET.SubElement(case, "failure", type=finding.severity.value, message=one_line(finding, language))
        failure.text = note(finding, language, finding.evidence[0])
        yield case
    for finding in result.waived:
        case = _case(f"{finding.rule} {one_line(finding, language)}")
        reason = f"{finding.waiver.reason} ({finding.waiver.author})" if finding.waiver else ""
        ET.SubElement(case, "skipped", type="waived", message=harmless(reason))
        yield case
    for problem in result.problems:
        case = _case(f"{problem.kind} {problem.where}")
        ET.SubElement(case, "error", type=problem.kind, message=harmless(problem.message))
        yield case
    yield from _settled(result, language)


def _settled(result: Result, language: str) -> Iterator[ET.Element]:
    """The rules without a finding: passed where some check did, else skipped as undecided."""
    failed = {finding.rule for finding in (*result.findings, *result.waived)}
    by_rule: dict[str, list[Finding]] = {}
    for check in result.checks:
        if check.rule not in failed:
            by_rule.setdefault(check.rule, []).append(check)
    for code, checks in sorted(by_rule.items()):
        case = _case(f"{code} {checks[0].name}")
        if all(check.verdict is Verdict.OPEN for check in checks):
            ET.SubElement(case, "skipped", type="open", message=one_line(checks[0], language))
        yield case


def _case(name: str) -> ET.Element:
    return ET.Element("testcase", name=harmless(name))
