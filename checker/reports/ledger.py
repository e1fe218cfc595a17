"""Which figures of a report some check rests on, and how those checks ended, figure by figure and by chapter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from checker.document import Document
from checker.figure import Figure, Place
from checker.finding import Finding
from checker.result import Result
from checker.verdict import Verdict

Spot = tuple[Place, int, int]


class Checked(Struct, frozen=True):
    """A figure with the findings and checks that rest on it."""

    figure: Figure
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict | None:
        """Fail before pass before open; None for a figure that no check rests on."""
        ends = {finding.verdict for finding in self.findings}
        return next((verdict for verdict in (Verdict.FAIL, Verdict.PASS, Verdict.OPEN) if verdict in ends), None)


class Chapter(Struct, frozen=True):
    """How the figures of a chapter ended; ``unchecked`` are those that no check rests on."""

    name: str
    passed: int
    failed: int
    open: int
    unchecked: int

    @property
    def figures(self) -> int:
        """All figures of the chapter."""
        return self.passed + self.failed + self.open + self.unchecked


def checked_figures(result: Result) -> list[Checked]:
    """Every figure of the report in reading order."""
    at: dict[Spot, list[Finding]] = defaultdict(list)
    for finding in (*result.findings, *result.checks):
        for spot in {_spot(e.mention.place, e.mention.start, e.mention.end) for e in finding.evidence}:
            at[spot].append(finding)
    figures = sorted(result.reading.figures, key=lambda f: _order(f.place, f.start))
    return [Checked(f, tuple(at.get(_spot(f.place, f.start, f.end), ()))) for f in figures]


def chapters(result: Result, figures: Iterable[Checked], front: str) -> list[Chapter]:
    """The chapters that hold figures, in reading order; ``front`` names what stands before the first."""
    counts: dict[int, list[Verdict | None]] = defaultdict(list)
    for one in figures:
        counts[_chapter(result.document, one.figure.place.section)].append(one.verdict)
    return list(_counted(result.document, counts, front))


def _counted(document: Document, counts: dict[int, list[Verdict | None]], front: str) -> Iterator[Chapter]:
    for index, ends in sorted(counts.items()):
        section = document.sections[index]
        yield Chapter(
            name=f"{section.number}{section.title}" or front,
            passed=ends.count(Verdict.PASS),
            failed=ends.count(Verdict.FAIL),
            open=ends.count(Verdict.OPEN),
            unchecked=ends.count(None),
        )


def _chapter(document: Document, section: int) -> int:
    """The outermost section that a section stands in, the part before the first heading aside."""
    above = [one.index for one in document.ancestors(section) if one.parent is not None]
    return above[-1] if above else 0


def _spot(place: Place, start: int, end: int) -> Spot:
    return place, start, end


def _order(place: Place, start: int) -> tuple[int, int, int, int]:
    return place.block, place.row or 0, place.column or 0, start
