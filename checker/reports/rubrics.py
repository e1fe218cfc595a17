"""The scoring rules of a document as they were read: for tracing a wrong finding to a wrong reading."""

from __future__ import annotations

from collections.abc import Iterator

from checker.document import Document
from checker.extract.figures import find_figures
from checker.relate.rubric_criteria import Criterion, find_judged
from checker.relate.score_tree import build_score_tree

COLUMNS = ("indicator", "weight", "kind", "reachable", "input", "parts", "not understood")


def show_rubrics(document: Document) -> Iterator[str]:
    """Each criterion on a line: its weight, its kind, what it can give, what was not understood."""
    reading = find_figures(document)
    criteria = [c for judged in find_judged(reading, build_score_tree(reading)) for c in judged.criteria if c.is_own]
    yield "\t".join(COLUMNS)
    yield from (_line(criterion) for criterion in criteria)
    yield f"# {sum(1 for c in criteria if c.rubric.understood)} of {len(criteria)} understood"


def _line(criterion: Criterion) -> str:
    rubric = criterion.rubric
    parts = rubric.shares or rubric.points
    fields = (
        criterion.label,
        criterion.weight.number,
        rubric.kind,
        rubric.reachable.listing if rubric.understood else "–",
        rubric.input or "–",
        "+".join(format(part, "f") for part in parts) or "–",
        rubric.why_not.say("zh") if not rubric.understood else "–",
    )
    return "\t".join(fields)
