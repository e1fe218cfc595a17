"""Relations between the indicators of the tables, the narrative and the problems named."""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.figures import Reading
from checker.relate.indicator_lists import find_announced
from checker.relate.indicator_places import find_places
from checker.relate.indicator_problems import find_problems, find_reasons
from checker.relate.indicator_texts import find_texts
from checker.relate.score_tree import build_score_tree
from checker.relation import Relation


def find_indicators(reading: Reading) -> Iterator[Relation]:
    """Every relation of indicators across the report."""
    tree = build_score_tree(reading)
    yield from find_places(reading, tree)
    yield from find_texts(tree, paged=reading.document.pages is not None)
    yield from find_announced(reading, tree)
    yield from find_reasons(tree)
    yield from find_problems(reading.document, tree)
