"""Weight, score out of 100 and weighted score: 权重 4%，得分 60.00，加权得分 2.40; 占 3%，百分制评 65 分，折合 1.95."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checker.extract.awards import WEIGHED
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match
from checker.figure import Figure
from checker.quantity import Quantity
from checker.relation.derived import Mean
from checker.units import PLAIN
from checker.verdict import Phrase

BESIDE = Phrase("“{word}”为权重与百分制得分之积", "“{word}” is the weight times the score out of 100")
HUNDRED = Decimal(100)


def find_weighted_scores(reading: Reading) -> Iterator[Mean]:
    """Every weighted score that stands beside its weight and the score that it weighs."""
    for passage in reading.passages:
        text = passage.text.value
        if ("加权" not in text and "折" not in text) or "%" not in text.replace("％", "%"):
            continue
        for match in WEIGHED.finditer(text):
            if match["score"] is None:
                continue
            weight, score, weighted = (_figure(passage, match, name) for name in ("weight", "score", "weighted"))
            if score.quantity.value <= HUNDRED:
                because = BESIDE.filled(word=match["word"])
                yield Mean(because, match["word"], weighted, ((score, weight),), over=HUNDRED)


def _figure(passage: Passage, match: Match, name: str) -> Figure:
    """The figure that a part of the phrase is; a bare number is none of the passage."""
    start, end = match.span(name)
    bare = Figure(Quantity(Decimal(match[name]), PLAIN), passage.text, start, end, passage.place)
    return passage.at(start) or bare
