"""The score tree as a table: one indicator a row, one column a place, the places that disagree known."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from checker.extract.figures import Reading
from checker.figure import Figure
from checker.relate.score_tree import Indicator, build_score_tree
from checker.verdict import Phrase

PLACES = (
    Phrase("分值·指标表", "weight: indicator table"),
    Phrase("分值·评分表", "weight: score table"),
    Phrase("分值·正文", "weight: text"),
    Phrase("得分·评分表", "score: score table"),
    Phrase("得分·正文", "score: text"),
)
"""The columns, in the order of ``ScoreLine.figures``."""
WEIGHTS = 3
"""How many of them are weights."""


class ScoreLine(Struct, frozen=True):
    """One indicator: its names from the top and what each place states, None where one is silent."""

    path: tuple[str, ...]
    figures: tuple[Figure | None, ...]

    @property
    def disagreeing(self) -> frozenset[int]:
        """The columns whose places state different weights, or different scores."""
        out: set[int] = set()
        for columns in (range(WEIGHTS), range(WEIGHTS, len(self.figures))):
            stated = {i: f.quantity.based for i in columns if (f := self.figures[i])}
            if len(set(stated.values())) > 1:
                out.update(stated)
        return frozenset(out)


def score_lines(reading: Reading) -> list[ScoreLine]:
    """Every indicator of the report; none where it has no score tree."""
    return [_line(node) for node in build_score_tree(reading).indicators]


def _line(node: Indicator) -> ScoreLine:
    listed, scored, told = node.listed, node.scored, node.narrated
    figures: Sequence[Figure | None] = (
        listed.weight if listed else None,
        scored.weight if scored else None,
        told.weight if told else None,
        scored.score if scored else None,
        told.score if told else None,
    )
    return ScoreLine(node.path, tuple(figures))
