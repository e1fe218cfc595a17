"""What came of one document: its findings, its checks and the ledger of its figures."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from checker.document import Document, Problem
from checker.finding import Finding
from checker.own import NOTHING_OWN, OwnKnowledge

if TYPE_CHECKING:
    from checker.extract.figures import Reading


class Summary(Struct, frozen=True):
    """The ledger: how many figures there are and how many some check rests on; how checks ended.

    ``waived`` findings are counted apart, not among the failed.
    """

    figures: int
    figures_checked: int
    passed: int
    failed: int
    open: int
    waived: int = 0

    @property
    def checks(self) -> int:
        """All checks but the waived ones."""
        return self.passed + self.failed + self.open


class Result(Struct, frozen=True, dict=True):
    """What came of one document. ``findings`` failed, ``checks`` passed or stayed open.

    ``waived`` failed too, and a person lets them stand. ``language`` is that of messages where it was
    chosen for this document, ``own`` what the settings know of it.
    """

    document: Document
    findings: tuple[Finding, ...]
    checks: tuple[Finding, ...]
    summary: Summary
    problems: tuple[Problem, ...]
    seconds: float
    own: OwnKnowledge = NOTHING_OWN
    waived: tuple[Finding, ...] = ()
    language: str | None = None

    @cached_property
    def reading(self) -> Reading:
        """The document's figures, found again: few formats show more of them than findings do."""
        from checker.extract.figures import find_figures

        return find_figures(self.document, self.own)
