"""The total score of a report, wherever it states it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from checker.relate.score_places import INDICATOR_TABLE, SCORE_TABLE, SUMMARY_TABLE
from checker.relate.score_stated import TotalStated
from checker.relate.score_tree import ScoreTree
from checker.relate.score_values import ScoreTable, TableKind
from checker.relate.slips import near_miss
from checker.relation import SameTotal, ScoreAt
from checker.verdict import Phrase

SENTENCE = Phrase("正文总得分", "the total in the text")
ONE_TOTAL = Phrase("同一份报告的总得分", "the total score of the one report")
OTHER_TOTALS = Phrase("两处总得分相差较大，未必指同一对象", "the totals are far apart and may be of different things")


def find_same_totals(tree: ScoreTree) -> Iterator[SameTotal]:
    """The stated totals and the total rows, each against the others.

    A report on several projects or places has a total for each: totals in items of one list, and
    totals beside more than one score table, are not one number.
    """
    if tree.is_one_of_many:
        return
    places = [ScoreAt(total.figure, SENTENCE) for total in tree.totals if not _is_one_of_many(total, tree)]
    tables = [table for table in (tree.summary, tree.scores) if table and _is_of_all(table, tree)]
    places += [ScoreAt(table.total.score, where_of(table)) for table in tables if table.total and table.total.score]
    values = {place.figure.quantity.value for place in places}
    if len(places) < 2:
        return
    apart = len(values) > 1 and not tables and not near_miss(min(values), max(values))
    doubt = OTHER_TOTALS if apart or _is_weighed(tree, values) else None
    yield SameTotal(ONE_TOTAL, "总得分", odd_first(places), doubt=doubt)


def _is_of_all(table: ScoreTable, tree: ScoreTree) -> bool:
    """Whether a table's total is the report's: not that of 22 points, nor one that is told as a part's beside it."""
    total = table.total
    if total is None or total.score is None or (total.weight is not None and total.weight.quantity.value != FULL):
        return False
    beside = [f for one in tree.totals for f in one.passage.figures if f is not one.figure]
    told = {one.figure.quantity.value for one in tree.totals}
    value = total.score.quantity.value
    return value in told or not any(f.quantity.unit.kind == "score" and f.quantity.value == value for f in beside)


FULL = 100


def _is_weighed(tree: ScoreTree, values: Set[Decimal]) -> bool:
    """Whether the passage of a total states another of the totals too, with per cents: 市级评分 82.12 分，占 60 %."""
    for total in tree.totals:
        others = values - {total.figure.quantity.value}
        scores = {f.quantity.value for f in total.passage.figures if f.quantity.unit.kind == "score"}
        if scores & others and any(f.quantity.unit.kind == "rate" for f in total.passage.figures):
            return True
    return False


def _is_one_of_many(total: TotalStated, tree: ScoreTree) -> bool:
    """Whether a total stands in a section that states several: one for each project or place."""
    here = [t for t in tree.totals if t.passage.place.section == total.passage.place.section]
    return len({t.figure.quantity.value for t in here}) > 1


def odd_first(places: Sequence[ScoreAt]) -> tuple[ScoreAt, ...]:
    """The place that stands alone first, so that a message questions it and not the majority."""
    values = [place.figure.quantity.value for place in places]
    return tuple(sorted(places, key=lambda place: values.count(place.figure.quantity.value)))


def where_of(table: ScoreTable) -> Phrase:
    """The table as messages name it."""
    return {
        TableKind.SCORES: SCORE_TABLE,
        TableKind.INDICATORS: INDICATOR_TABLE,
        TableKind.SUMMARY: SUMMARY_TABLE,
    }.get(table.kind, Phrase("自评表", "the self-evaluation table"))
