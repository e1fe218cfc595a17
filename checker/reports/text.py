"""The findings as text for a person: in reading order, both places quoted, a ledger at the end.

Findings of one cause stand together: the first one whole, a line for each of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.text import Text

from checker.finding import Finding
from checker.reports.json import language_of
from checker.reports.wording import LABELS, SHOWN_PLACES, harmless, label_of, ledger, place, spot
from checker.result import Result
from checker.verdict import Severity, Verdict

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


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
    yield _said(f"{result.document.path}  {result.document.title}".rstrip(), style="bold")
    known = {finding.fingerprint: finding for finding in result.findings}
    followers = {name for finding in result.findings for name in _followers(finding, known)}
    shown = [f for f in result.findings if f.fingerprint not in followers]
    shown += result.checks if everything else ()
    shown.sort(key=lambda finding: finding.evidence[0].anchor)
    for where, group in groupby(shown, key=lambda finding: place(finding.evidence[0], language)):
        yield Text("")
        yield _said(where, style="underline")
        for finding in group:
            yield from _finding(finding, language)
            for name in _followers(finding, known):
                yield _follower(known[name], language)
    if not result.findings and not result.waived:
        yield Text(label["none"])
    if result.waived:
        yield Text("")
        yield Text(label["waived"].format(len(result.waived)), style="underline")
    for finding in result.waived:
        yield from _waived(finding, language)
    for problem in result.problems:
        yield _said(f"{label['problem']} [{problem.kind}] {problem.where}: {problem.message}", style="magenta")
    yield Text("")
    yield Text(ledger(result, language), style="bold")


def _followers(finding: Finding, known: Mapping[str, Finding]) -> list[str]:
    """The findings of the same cause that stand behind this one, where it is the first of them."""
    anchor = finding.evidence[0].anchor
    others = [name for name in finding.related if name in known]
    behind = [name for name in others if known[name].evidence[0].anchor >= anchor]
    return behind if len(behind) == len(others) else []


def _follower(finding: Finding, language: str) -> Text:
    where = spot(finding.evidence[0], language)
    words = f"{finding.rule} {finding.message.say(language)} ({where})"
    return _said(f"      {LABELS[language]['related']}: {words} [{finding.fingerprint}]")


def _waived(finding: Finding, language: str) -> Iterator[Text]:
    waiver = finding.waiver
    if waiver is None:
        return
    until = f" → {waiver.expires}" if waiver.expires else ""
    yield _said(f"  {finding.rule} {finding.message.say(language)}", style="dim")
    yield _said(f"      {LABELS[language]['reason']}: {waiver.reason} ({waiver.author}{until})", style="dim")


def _finding(finding: Finding, language: str) -> Iterator[Text]:
    label = LABELS[language]
    failed = finding.verdict is Verdict.FAIL
    style = STYLES[finding.severity] if failed else "dim"
    yield (
        Text("  ")
        .append(label_of(finding, language), style=style)
        .append(f" {finding.rule} ", style="bold")
        .append(harmless(finding.message.say(language)))
    )
    places = sorted(finding.evidence[1:], key=lambda evidence: evidence.anchor not in finding.causes)
    quotes = list(
        dict.fromkeys((spot(e, language) or place(e, language), e.quote) for e in (finding.evidence[0], *places))
    )
    for where, words in quotes[:SHOWN_PLACES]:
        yield _said(f"      {where}", style="dim").append(harmless(f"  {words}"), style="default")
    hidden = len(quotes) - SHOWN_PLACES
    if hidden > 0:
        yield Text("      " + label["more"].format(hidden), style="dim")
    yield _said(f"      {label['because']}: {finding.because.say(language)} [{finding.fingerprint}]", style="dim")
    if finding.suggestion:
        yield _said(f"      {label['suggestion']}: {finding.suggestion.say(language)}")


def _said(words: str, style: str = "") -> Text:
    """Words of a report: without what a terminal would obey."""
    return Text(harmless(words), style=style)
