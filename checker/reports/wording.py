"""What all formats say of a finding: the words for severities and places, the calculation, the note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.document import Document
from checker.finding import Evidence, Finding
from checker.result import Result
from checker.verdict import Verdict

LABELS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "error": "错误",
        "warning": "警告",
        "info": "提示",
        "pass": "通过",
        "open": "未决",
        "line": "第 {} 行",
        "page": "第 {} 页",
        "cell": "第 {} 行第 {} 列",
        "because": "依据",
        "suggestion": "提示",
        "related": "同因",
        "front": "（封面与目录）",
        "table": "附表",
        "more": "另有 {} 处",
        "none": "未发现不能同时成立的表述。",
        "ledger": "共 {figures} 个数字，核对 {checked} 个；检查 {checks} 项：通过 {passed}，不符 {failed}，未决 {open}",
        "problem": "工具未能完成",
        "calculation": "重算",
        "states": "；报告写作 {}",
        "other": "另见",
        "waived": "已豁免 {} 项，不计入结果",
        "reason": "理由",
    },
    "en": {
        "error": "error",
        "warning": "warning",
        "info": "info",
        "pass": "pass",
        "open": "open",
        "line": "line {}",
        "page": "page {}",
        "cell": "row {}, column {}",
        "because": "because",
        "suggestion": "hint",
        "related": "same cause",
        "front": "(front matter)",
        "table": "table",
        "more": "{} more places",
        "none": "No statements that cannot be true together.",
        "ledger": "{checked} of {figures} figures checked; {checks} checks: {passed} pass, {failed} fail, {open} open",
        "problem": "the tool could not finish",
        "calculation": "recomputed",
        "states": "; the report says {}",
        "other": "see also",
        "waived": "{} waived, left out of the result",
        "reason": "reason",
    },
}
UNSEEN = dict.fromkeys(
    code
    for codes in (
        range(0x20),
        range(0x7F, 0xA0),
        (0x61C, 0xFEFF),
        range(0x200B, 0x2010),
        range(0x2028, 0x202F),
        range(0x2060, 0x2070),
        range(0xD800, 0xE000),
    )
    for code in codes
    if chr(code) not in "\t\n"
)
"""Control characters, those that turn the direction of what follows, halves of a pair: no format repeats them."""


def harmless(text: str) -> str:
    """A text without control characters, marks of direction and halves of a character pair."""
    return text if text.isprintable() else text.translate(UNSEEN)


def report_language(document: Document) -> str:
    """The language that a report is written in, and so its messages: ``zh`` or ``en``."""
    text = "".join(passage.text.value for passage in document.paragraphs[:20]) + document.title
    return "zh" if not text or any("一" <= char <= "鿿" for char in text) else "en"


def label_of(finding: Finding, language: str) -> str:
    """The severity of a finding; the verdict of a check that is none."""
    name = finding.severity.value if finding.verdict is Verdict.FAIL else finding.verdict.value
    return LABELS[language][name]


def spot(evidence: Evidence, language: str) -> str:
    """Page, line and cell of a piece of evidence, as far as its form has them."""
    label = LABELS[language]
    parts = []
    if evidence.page is not None:
        parts.append(label["page"].format(evidence.page))
    if evidence.line is not None:
        parts.append(label["line"].format(evidence.line))
    if evidence.row is not None:
        parts.append(f"{evidence.table or label['table']} " + label["cell"].format(evidence.row, evidence.column))
    return " · ".join(parts)


def place(evidence: Evidence, language: str) -> str:
    """The section, and the table if it stands in one."""
    where = evidence.section or LABELS[language]["front"]
    return f"{where} · {evidence.table}" if evidence.table else where


def recomputation(finding: Finding, language: str) -> str:
    """The calculation written out: 58.16 + 296.42 = 354.58 ≠ 354.85; "" where nothing was computed."""
    computed, stated = finding.computed, finding.stated
    left = " = ".join(part for part in (finding.calculation, computed) if part)
    if not left or not stated:
        return left
    if finding.verdict is Verdict.FAIL:
        return f"{left} ≠ {stated}" if computed else f"{left}{LABELS[language]['states'].format(stated)}"
    if finding.verdict is Verdict.PASS:
        return f"{left} ≈ {stated}" if computed and computed != stated else f"{left} = {stated}"
    return left + LABELS[language]["states"].format(stated)


def ledger(result: Result, language: str) -> str:
    """How much of a report was checked and how the checks ended, in one line."""
    summary = result.summary
    return LABELS[language]["ledger"].format(
        figures=summary.figures,
        checked=summary.figures_checked,
        checks=summary.checks,
        passed=summary.passed,
        failed=summary.failed,
        open=summary.open,
    )


def to_review(result: Result) -> list[tuple[int, Finding]]:
    """The findings, then the open checks, each with the number that it has in every format."""
    undecided = (check for check in result.checks if check.verdict is Verdict.OPEN)
    return list(enumerate((*result.findings, *undecided), start=1))


def marked_places(finding: Finding) -> tuple[Evidence, ...]:
    """The places of a finding that are marked in the report.

    An open check over a whole column marks only the figure in question: nothing is known against the others.
    """
    many = finding.verdict is Verdict.OPEN and len(finding.evidence) > SHOWN_PLACES
    return finding.evidence[:1] if many else finding.evidence


def note(finding: Finding, language: str, at: Evidence) -> str:
    """A finding as a comment at one of its places: message, calculation, reason, the other places."""
    return harmless("\n".join(_note(finding, language, at)))


def _note(finding: Finding, language: str, at: Evidence) -> Iterator[str]:
    label = LABELS[language]
    yield f"{label_of(finding, language)} {finding.rule} {finding.message.say(language)}"
    if calculation := recomputation(finding, language):
        yield f"{label['calculation']}: {calculation}"
    yield f"{label['because']}: {finding.because.say(language)}"
    if finding.suggestion:
        yield f"{label['suggestion']}: {finding.suggestion.say(language)}"
    others = [evidence for evidence in finding.evidence if evidence is not at]
    for other in dict.fromkeys(f"{spot(e, language) or place(e, language)} {e.quote}" for e in others[:SHOWN_PLACES]):
        yield f"{label['other']}: {other}"
    if len(others) > SHOWN_PLACES:
        yield label["more"].format(len(others) - SHOWN_PLACES)


SHOWN_PLACES = 4
"""How many places of one finding are quoted in a text; JSON, page and workbook have all of them."""
