"""Markdown for the summary of a CI job: a table of findings for each report, and the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.finding import Finding
from checker.reports.json import language_of
from checker.reports.wording import LABELS, harmless, label_of, ledger, recomputation, spot
from checker.result import Result

HEADS = {
    "zh": ("级别", "规则", "位置", "问题", "重算"),
    "en": ("severity", "rule", "place", "finding", "recomputed"),
}
SPECIAL = "\\`*_[]|~$"
ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;"}


def render(results: Sequence[Result], language: str | None, *, everything: bool) -> str:
    """All reports, one after the other; with ``everything`` passed and open checks too."""
    return "\n".join(
        line for result in results for line in _document(result, language_of(result, language), everything=everything)
    )


def _document(result: Result, language: str, *, everything: bool) -> Iterator[str]:
    label = LABELS[language]
    title = f"{Path(result.document.path).name} {result.document.title}".strip()
    yield f"## {escaped(title)}\n"
    yield f"{ledger(result, language)}\n"
    shown = sorted((*result.findings, *(result.checks if everything else ())), key=lambda f: f.evidence[0].anchor)
    if shown:
        yield _row(HEADS[language])
        yield _row("---" for _ in HEADS[language])
        yield from (_row(_cells(finding, language)) for finding in shown)
        yield ""
    elif not result.waived:
        yield f"{label['none']}\n"
    if result.waived:
        yield f"{label['waived'].format(len(result.waived))}\n"
        yield from (f"- {escaped(_waived(finding, language))}" for finding in result.waived)
        yield ""
    yield from (
        f"- {label['problem']}: {escaped(f'{problem.kind} {problem.where}: {problem.message}')}\n"
        for problem in result.problems
    )


def _row(cells: Sequence[str] | Iterator[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cells(finding: Finding, language: str) -> Iterator[str]:
    first = finding.evidence[0]
    where = " · ".join(part for part in (spot(first, language), first.section) if part)
    yield label_of(finding, language)
    yield finding.rule
    yield escaped(where)
    yield escaped(finding.message.say(language))
    yield escaped(recomputation(finding, language))


def _waived(finding: Finding, language: str) -> str:
    reason = f"{finding.waiver.reason} ({finding.waiver.author})" if finding.waiver else ""
    return f"{finding.rule} {finding.message.say(language)}: {reason}"


def escaped(text: str) -> str:
    """Words of a report that cannot be taken for marks of Markdown, HTML or a mention, on one line."""
    line = " ".join(harmless(text).split())
    return "".join(ENTITIES.get(char) or (f"\\{char}" if char in SPECIAL else char) for char in line)
