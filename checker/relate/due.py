"""What should be and what is: 应配 535 辆，实有 524 辆; 计划到位 300 万元，实际到位 240 万元."""

from __future__ import annotations

from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any

_MISSING = Pattern(r"[少欠缺未短][^，]{0,2}$")
"""少到位: what is not there."""


def is_due(passage: Passage, due: Figure, there: Figure) -> bool:
    """Whether the words before two figures say that the first should be and the second is."""
    first, second = passage.label(due), passage.label(there)
    return (
        has_any(first, "parts", "due")
        and has_any(second, "parts", "there")
        and not has_any(second, "parts", "due")
        and not _MISSING.search(second)
    )
