"""The findings as text for a person: in reading order, both places quoted, a ledger at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text

from checker.engine import Result
from checker.finding import Evidence, Finding
from checker.reports.json import language_of
from checker.verdict import Severity, Verdict

LABELS = {
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
        "row": "表内",
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
        "row": "in table",
    },
}
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
SHOWN_PLACES = 4
"""How many places of one finding are quoted; the JSON has all of them."""


def render(results: Sequence[Result], language: str | None, *, everything: bool) -> str:
    """All results, one document after the other."""
    return styled(results, language, everything=everything).plain


def styled(results: Sequence[Result], language: str | None, *, everything: bool) -> Text:
    """The same with colours, for a terminal."""
    out = Text()
    for result in results:
        for line in _document(result, language_of(result, language), everything=everything):
            out.append_text(line).append("\n")
    return out


def _document(result: Result, language: str, *, everything: bool) -> Iterator[Text]:
    label = LABELS[language]
    yield Text(f"{result.document.path}  {result.document.title}".rstrip(), style="bold")
    shown = [*result.findings, *(result.checks if everything else ())]
    shown.sort(key=lambda finding: finding.evidence[0].anchor)
    for place, group in groupby(shown, key=lambda finding: _place(finding.evidence[0], label)):
        yield Text("")
        yield Text(place, style="underline")
        for finding in group:
            yield from _finding(finding, language)
    if not result.findings:
        yield Text(label["none"])
    for problem in result.problems:
        yield Text(f"{label['problem']} [{problem.kind}] {problem.where}: {problem.message}", style="magenta")
    yield Text("")
    summary = result.summary
    ledger = label["ledger"].format(
        figures=summary.figures,
        checked=summary.figures_checked,
        checks=summary.checks,
        passed=summary.passed,
        failed=summary.failed,
        open=summary.open,
    )
    yield Text(ledger, style="bold")


def _place(evidence: Evidence, label: dict[str, str]) -> str:
    where = evidence.section or label["front"]
    return f"{where} · {evidence.table}" if evidence.table else where


def _finding(finding: Finding, language: str) -> Iterator[Text]:
    label = LABELS[language]
    failed = finding.verdict is Verdict.FAIL
    head = label[finding.severity.value if failed else finding.verdict.value]
    style = STYLES[finding.severity] if failed else "dim"
    yield (
        Text("  ")
        .append(head, style=style)
        .append(f" {finding.rule} ", style="bold")
        .append(finding.message.say(language))
    )
    quotes = list(dict.fromkeys((_spot(evidence, label), evidence.quote) for evidence in finding.evidence))
    for spot, words in quotes[:SHOWN_PLACES]:
        yield Text(f"      {spot}", style="dim").append(f"  {words}", style="default")
    hidden = len(quotes) - SHOWN_PLACES
    if hidden > 0:
        yield Text("      " + label["more"].format(hidden), style="dim")
    yield Text(f"      {label['because']}: {finding.because.say(language)}", style="dim")
    if finding.suggestion:
        yield Text(f"      {label['suggestion']}: {finding.suggestion.say(language)}")
    if finding.related and failed:
        yield Text(f"      {label['related']}: {', '.join(finding.related)}", style="dim")


def _spot(evidence: Evidence, label: dict[str, str]) -> str:
    parts = []
    if evidence.page is not None:
        parts.append(label["page"].format(evidence.page))
    if evidence.line is not None:
        parts.append(label["line"].format(evidence.line))
    if evidence.row is not None:
        parts.append(f"{evidence.table or label['table']} " + label["cell"].format(evidence.row, evidence.column))
    return " · ".join(parts)
