"""The findings as text for a person: in reading order, both places quoted, a ledger at the end.

Findings of one cause stand together: the first one whole, a line for each of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from checker.finding import Finding
from checker.reports.json import language_of
from checker.reports.wording import LABELS, SHOWN_PLACES, harmless, label_of, ledger, place, spot
from checker.result import Result
from checker.verdict import Severity, Verdict

if TYPE_CHECKING:
    from rich.text import Text

Line = tuple[tuple[str, str], ...]
"""The pieces of a line, each with its style."""

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def render(results: Sequence[Result], language: str | None, *, everything: bool) -> str:
    """All results, one document after the other."""
    lines = _lines(results, language, everything=everything)
    return "".join("".join(words for words, _ in line) + "\n" for line in lines)


def styled(results: Sequence[Result], language: str | None, *, everything: bool) -> Text:
    """The same with colours, for a terminal."""
    from rich.text import Text

    lines = _lines(results, language, everything=everything)
    return Text("\n").join([*(Text.assemble(*line) for line in lines), Text("")])


def _lines(results: Sequence[Result], language: str | None, *, everything: bool) -> Iterator[Line]:
    for result in results:
        yield from _document(result, language_of(result, language), everything=everything)


def _document(result: Result, language: str, *, everything: bool) -> Iterator[Line]:
    label = LABELS[language]
    yield _said(f"{result.document.path}  {result.document.title}".rstrip(), style="bold")
    known = {finding.fingerprint: finding for finding in result.findings}
    told = _told(known)
    shown = [known[name] for name in told]
    shown += result.checks if everything else ()
    shown.sort(key=lambda finding: finding.evidence[0].anchor)
    for where, group in groupby(shown, key=lambda finding: place(finding.evidence[0], language)):
        yield ()
        yield _said(where, style="underline")
        for finding in group:
            yield from _finding(finding, language)
            for name in told.get(finding.fingerprint, ()):
                yield _follower(known[name], language)
    if not result.findings and not result.waived:
        yield _said(label["none"])
    if result.waived:
        yield ()
        yield _said(label["waived"].format(len(result.waived)), style="underline")
    for finding in result.waived:
        yield from _waived(finding, language)
    for problem in result.problems:
        yield _said(f"{label['problem']} [{problem.kind}] {problem.where}: {problem.message}", style="magenta")
    yield ()
    yield _said(ledger(result, language), style="bold")


def _told(known: Mapping[str, Finding]) -> dict[str, list[str]]:
    """The findings that are told whole, each with those of its cause that a line behind it tells; each once."""
    told: dict[str, list[str]] = {}
    behind: set[str] = set()
    for name, finding in sorted(known.items(), key=lambda item: item[1].evidence[0].anchor):
        if name not in behind:
            told[name] = [other for other in finding.related if other in known.keys() - told.keys() - behind]
            behind.update(told[name])
    return told


def _follower(finding: Finding, language: str) -> Line:
    where = spot(finding.evidence[0], language)
    words = f"{finding.rule} {finding.message.say(language)} ({where})"
    return _said(f"      {LABELS[language]['related']}: {words} [{finding.fingerprint}]")


def _waived(finding: Finding, language: str) -> Iterator[Line]:
    waiver = finding.waiver
    if waiver is None:
        return
    until = f" → {waiver.expires}" if waiver.expires else ""
    yield _said(f"  {finding.rule} {finding.message.say(language)}", style="dim")
    yield _said(f"      {LABELS[language]['reason']}: {waiver.reason} ({waiver.author}{until})", style="dim")


def _finding(finding: Finding, language: str) -> Iterator[Line]:
    label = LABELS[language]
    failed = finding.verdict is Verdict.FAIL
    style = STYLES[finding.severity] if failed else "dim"
    message = harmless(finding.message.say(language))
    yield ("  ", ""), (label_of(finding, language), style), (f" {finding.rule} ", "bold"), (message, "")
    places = sorted(finding.evidence[1:], key=lambda evidence: evidence.anchor not in finding.causes)
    quotes = list(
        dict.fromkeys((spot(e, language) or place(e, language), e.quote) for e in (finding.evidence[0], *places))
    )
    for where, words in quotes[:SHOWN_PLACES]:
        yield (harmless(f"      {where}"), "dim"), (harmless(f"  {words}"), "")
    hidden = len(quotes) - SHOWN_PLACES
    if hidden > 0:
        yield _said("      " + label["more"].format(hidden), style="dim")
    yield _said(f"      {label['because']}: {finding.because.say(language)} [{finding.fingerprint}]", style="dim")
    if finding.suggestion:
        yield _said(f"      {label['suggestion']}: {finding.suggestion.say(language)}")


def _said(words: str, style: str = "") -> Line:
    """Words of a report: without what a terminal would obey."""
    return ((harmless(words), style),)
