"""What is marked on the pages of a PDF: the places of findings, and the figures that passed checks confirm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.boxes import Box
from checker.finding import Evidence, Finding
from checker.reports.ledger import Spot, checked_figures
from checker.reports.wording import harmless, marked_places, note, recomputation, to_review
from checker.result import Result
from checker.verdict import Severity, Verdict

NOTED_CHECKS = 6
"""How many passed checks the note of one confirmed figure lists."""


class Mark(Struct, frozen=True):
    """A stretch of a page that findings rest on; one box a line, in points from the top left.

    ``stated`` tells a questioned figure from one that it is compared with.
    """

    page: int
    boxes: tuple[Box, ...]
    findings: tuple[tuple[int, Finding], ...]
    stated: bool
    note: str

    @property
    def contradicts(self) -> bool:
        """Whether an error is among the findings, not only warnings and open checks."""
        return any(f.verdict is Verdict.FAIL and f.severity is Severity.ERROR for _, f in self.findings)


class Badge(Struct, frozen=True):
    """The number of a finding beside one of its places; ``target`` is the badge of its next place."""

    number: int
    page: int
    box: Box
    target: tuple[int, Box] | None
    contradicts: bool


class Tick(Struct, frozen=True):
    """A figure that passed checks confirm and none contradicts."""

    page: int
    box: Box
    note: str


def find_marks(result: Result, language: str) -> list[Mark]:
    """The places of all findings and open checks, one mark a place however many rest on it."""
    at: dict[Spot, list[tuple[int, Finding, Evidence]]] = defaultdict(list)
    for number, finding in to_review(result):
        for evidence in marked_places(finding):
            mention = evidence.mention
            at[mention.place, mention.start, mention.end].append((number, finding, evidence))
    return [mark for group in at.values() for mark in _marks(group, language)]


def _marks(group: Sequence[tuple[int, Finding, Evidence]], language: str) -> Iterator[Mark]:
    mention = group[0][2].mention
    boxes: dict[int, list[Box]] = defaultdict(list)
    for line in mention.text.lines(mention.start, mention.end):
        if line.page is not None and line.box is not None:
            boxes[line.page].append(line.box)
    findings = {number: (finding, evidence) for number, finding, evidence in reversed(group)}
    numbered = sorted(findings.items())
    words = "\n\n".join(f"[{number}] {note(finding, language, evidence)}" for number, (finding, evidence) in numbered)
    for page, lines in boxes.items():
        yield Mark(
            page=page,
            boxes=tuple(lines),
            findings=tuple((number, finding) for number, (finding, _) in numbered),
            stated=any(finding.evidence[0] is evidence for _, (finding, evidence) in numbered),
            note=words,
        )


def find_badges(result: Result) -> Iterator[Badge]:
    """A number at the questioned place of each finding and at its first place on each other page.

    Each leads to the next one of the same finding, the last back to the first.
    """
    for number, finding in to_review(result):
        places = list(_first_places(finding))
        error = finding.verdict is Verdict.FAIL and finding.severity is Severity.ERROR
        for index, (page, box) in enumerate(places):
            target = places[(index + 1) % len(places)] if len(places) > 1 else None
            yield Badge(number, page, box, target, error)


def _first_places(finding: Finding) -> Iterator[tuple[int, Box]]:
    pages: set[int] = set()
    located = [(e.page, e.mention.text.locate(e.mention.start, e.mention.end).box) for e in marked_places(finding)]
    lines = [(page, box) for page, box in located if page is not None and box is not None]
    for index, (page, box) in enumerate(lines):
        if page not in pages or (index == 1 and not _beside(box, lines[0][1])):
            pages.add(page)
            yield page, box


def _beside(one: Box, other: Box) -> bool:
    """Whether the middle of the second is at the height of the first."""
    return one.top < (other.top + other.bottom) / 2 < one.bottom


def find_ticks(result: Result, language: str) -> Iterator[Tick]:
    """The confirmed figures that nothing marks; a tick stands where the figure ends."""
    mentions = [e.mention for _, finding in to_review(result) for e in marked_places(finding)]
    marked = {(mention.place, mention.start, mention.end) for mention in mentions}
    for one in checked_figures(result):
        if one.verdict is not Verdict.PASS or (one.figure.place, one.figure.start, one.figure.end) in marked:
            continue
        *_, last = one.figure.text.lines(one.figure.start, one.figure.end)
        if last.page is not None and last.box is not None:
            yield Tick(last.page, last.box, harmless("\n".join(_confirmed(one.findings, language))))


def _confirmed(checks: Sequence[Finding], language: str) -> Iterator[str]:
    for check in [check for check in checks if check.verdict is Verdict.PASS][:NOTED_CHECKS]:
        said = recomputation(check, language) or check.because.say(language)
        yield f"✓ {check.rule} {check.message.say(language)}: {said}"
