"""The JSON contract ``checker/1``: stable names, document numbers as strings."""

from __future__ import annotations

import json
from collections.abc import Sequence

from checker import __version__
from checker.finding import Evidence, Finding
from checker.reports.wording import report_language
from checker.result import Result

SCHEMA = "checker/1"


def render(results: Sequence[Result], language: str | None, *, everything: bool) -> str:
    """The results as one JSON document; with ``everything`` passed and open checks too."""
    documents = [document_entry(result, language_of(result, language), everything=everything) for result in results]
    whole = {"schema": SCHEMA, "tool": {"name": "checker", "version": __version__}, "documents": documents}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def language_of(result: Result, chosen: str | None) -> str:
    """The language of messages: the chosen one, else that of the report."""
    if chosen or result.language:
        return chosen or result.language or ""
    return report_language(result.document)


def document_entry(result: Result, language: str, *, everything: bool) -> dict[str, object]:
    """One document of the contract; ``waived`` is there only where a waiver holds."""
    document, summary = result.document, result.summary
    return {
        "path": document.path,
        "sha256": document.sha256,
        "kind": document.kind,
        "pages": document.pages,
        "title": document.title,
        "seconds": round(result.seconds, 3),
        "summary": {
            "figures": summary.figures,
            "figures_checked": summary.figures_checked,
            "checks": summary.checks,
            "pass": summary.passed,
            "fail": summary.failed,
            "open": summary.open,
        },
        "findings": [finding_entry(finding, language) for finding in result.findings],
        "checks": [finding_entry(check, language) for check in result.checks] if everything else [],
        "problems": [{"kind": p.kind, "where": p.where, "message": p.message} for p in result.problems],
        **({"waived": [waived_entry(finding, language) for finding in result.waived]} if result.waived else {}),
    }


def waived_entry(finding: Finding, language: str) -> dict[str, object]:
    """A finding of the contract with the waiver that lets it stand."""
    waiver = finding.waiver
    if waiver is None:
        raise ValueError(f"{finding.fingerprint} is not waived")
    expires = waiver.expires.isoformat() if waiver.expires else None
    return {
        **finding_entry(finding, language),
        "waiver": {"reason": waiver.reason, "author": waiver.author, "expires": expires},
    }


def finding_entry(finding: Finding, language: str) -> dict[str, object]:
    """One finding or check of the contract."""
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "verdict": finding.verdict.value,
        "message": finding.message.say(language),
        "stated": finding.stated,
        "computed": finding.computed,
        "evidence": [_evidence_entry(evidence) for evidence in finding.evidence],
        "because": finding.because.say(language),
        "suggestion": finding.suggestion.say(language) if finding.suggestion else None,
        "fingerprint": finding.fingerprint,
        "related": list(finding.related),
    }


def _evidence_entry(evidence: Evidence) -> dict[str, object]:
    return {
        "role": evidence.role.value,
        "quote": evidence.quote,
        "page": evidence.page,
        "line": evidence.line,
        "section": evidence.section,
        "table": evidence.table,
        "row": evidence.row,
        "column": evidence.column,
        "bbox": list(evidence.bbox) if evidence.bbox else None,
    }
