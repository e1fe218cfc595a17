"""Groups findings that share a wrong figure, so that a reviewer sees one cause once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from checker.finding import Finding


def relate_by_cause(findings: Sequence[Finding]) -> list[Finding]:
    """Each finding with the fingerprints of the others that rest on one of its figures."""
    at: dict[tuple[int, int, int, int], list[str]] = defaultdict(list)
    for finding in findings:
        for anchor in {evidence.anchor for evidence in finding.evidence}:
            at[anchor].append(finding.fingerprint)
    out = []
    for finding in findings:
        names = dict.fromkeys(name for evidence in finding.evidence for name in at[evidence.anchor])
        out.append(replace(finding, related=tuple(name for name in names if name != finding.fingerprint)))
    return out
