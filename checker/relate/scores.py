"""Relations over the score tree: one weight and one score wherever they stand, and what adds up to what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from msgspec.structs import replace

from checker.extract.awards import AwardKind, final_award, find_awards, worth
from checker.extract.figures import Reading
from checker.figure import Figure
from checker.relate.score_brackets import find_bracketed_scores
from checker.relate.score_groups import find_group_relations
from checker.relate.score_lists import find_listed_scores
from checker.relate.score_mentions import find_mentioned_scores
from checker.relate.score_places import ALL, INDICATOR_TABLE, NARRATIVE, SCORE_TABLE, SECOND_TABLE
from checker.relate.score_repeats import find_repeated_weights
from checker.relate.score_self_gaps import find_self_gaps
from checker.relate.score_totals import find_same_totals, odd_first, where_of
from checker.relate.score_tree import Indicator, ScoreTree, build_score_tree, name_likeness, pair_up
from checker.relate.score_values import Group, ScoreRow, ScoreTable
from checker.relate.score_weights import full_weights, told_percents
from checker.relation import (
    GroupScore,
    ProcessScore,
    Relation,
    SameScore,
    SameWeight,
    ScoreAt,
    ScoreTotal,
    ShareOfWeight,
    WeightTotal,
    WithinWeight,
)
from checker.verdict import Phrase

PROCESS = Phrase("评分表中的评分说明", "the explanation in the score table")

ONE_INDICATOR = Phrase("同一指标“{name}”在各处的分值", "the weight of the same indicator “{name}” at each place")
ONE_SCORE = Phrase("同一指标“{name}”在各处的得分", "the score of the same indicator “{name}” at each place")
ONE_ROW = Phrase("评分表同一行的得分与评分说明", "score and explanation in one row of the score table")
BESIDE = Phrase("同一指标的得分与分值", "the score of an indicator and its weight")
PERCENT = Phrase("“得{percent}权重分”与该指标分值", "the per cent of the weight that the sentence gives")
UNDER = Phrase("{where}中“{name}”之下的各项", "what stands under “{name}” in {where}")
ALL_TOLD = Phrase(
    "正文逐项给出全部指标的得分（分值合计 100 分）", "the narrative scores every indicator (weights add up to 100)"
)
SAME_GROUP = Phrase(
    "汇总表“{name}”与评分表中该指标下的各项", "“{name}” in the summary and what stands under it in the score table"
)
SUPPORT = Phrase(
    "评分表各项得分合计 {total} 分，与总得分相符，支持评分表的 {score} 分",
    "the score table adds up to {total}, the stated total, and supports its {score}",
)
DAMAGED = Phrase("表中有的行在转换中错位，无法相加", "some rows lost their columns in conversion")
ODD_ONES = Phrase("正文与评分表得分不同的指标：{names}", "scored differently in the score table: {names}")
REGROUPED = Phrase("该组所含指标各处不一致，无法相加", "the group's members differ between places")
MISSING = Phrase("有的指标没有数值", "some indicators have no figure")


MISREAD = Phrase(
    "该表多数小组都不相符，表的层次可能没有读对", "most groups do not add up: the table's levels may have been misread"
)
MANY = 4
"""So many groups do not fail together by slips of the pen."""
Claim = TypeVar("Claim", WeightTotal, ScoreTotal, GroupScore)

OF_HUNDRED = 50
"""A score above its weight and so high is one of 100 points, as surveys and supervisors give them."""


def find_scores(reading: Reading) -> Iterator[Relation]:
    """Every relation of weights and scores."""
    tree = build_score_tree(reading)
    for indicator in tree.indicators:
        yield from _of_indicator(tree, indicator)
    for table in tree.tables:
        yield from _in_table(tree, table)
    yield from _summary_groups(tree)
    yield from find_same_totals(tree)
    yield from _narrative_total(tree)
    yield from find_group_relations(reading, tree)
    yield from find_listed_scores(reading, tree)
    yield from find_mentioned_scores(reading, tree)
    yield from find_bracketed_scores(reading, tree)
    yield from find_self_gaps(reading, tree)
    yield from find_repeated_weights(reading, tree)
    yield from told_percents(tree)


def _of_indicator(tree: ScoreTree, indicator: Indicator) -> Iterator[Relation]:
    weights = _weights(indicator)
    if len(weights) > 1:
        yield SameWeight(ONE_INDICATOR.filled(name=indicator.name), indicator.name, odd_first(weights))
    weight = weights[0].figure if weights else None
    told = _told_score(indicator, weight)
    row = indicator.scored
    if told and row and row.score and not row.damaged:
        places = (ScoreAt(told, NARRATIVE), ScoreAt(row.score, SCORE_TABLE))
        yield SameScore(ONE_SCORE.filled(name=indicator.name), indicator.name, places, _support(tree, row))
    for copy in indicator.copies if row and not row.damaged else ():
        if copy.score and row and row.score:
            places = (ScoreAt(copy.score, SECOND_TABLE), ScoreAt(row.score, SCORE_TABLE))
            yield SameScore(ONE_SCORE.filled(name=indicator.name), indicator.name, places, _support(tree, row))
    if told and weight:
        yield WithinWeight(BESIDE, indicator.name, told, weight)
        percent = indicator.narrated.award.percent if indicator.narrated and indicator.narrated.award else None
        if percent:
            yield ShareOfWeight(PERCENT.filled(percent=percent.number), indicator.name, told, weight, percent)
    if row and not row.damaged:
        yield from _in_row(indicator.name, row, weight)


def _weights(indicator: Indicator) -> list[ScoreAt]:
    found = []
    if indicator.scored and indicator.scored.weight and not indicator.scored.damaged:
        found.append(ScoreAt(indicator.scored.weight, SCORE_TABLE))
    if indicator.listed and indicator.listed.weight and not indicator.listed.damaged:
        found.append(ScoreAt(indicator.listed.weight, INDICATOR_TABLE))
    if indicator.narrated and indicator.narrated.weight:
        found.append(ScoreAt(indicator.narrated.weight, NARRATIVE))
    found += [ScoreAt(copy.weight, SECOND_TABLE) for copy in indicator.copies if copy.weight]
    return found


def _told_score(indicator: Indicator, weight: Figure | None) -> Figure | None:
    award = indicator.narrated.award if indicator.narrated else None
    return worth(award, weight) if award else None


def _support(tree: ScoreTree, row: ScoreRow) -> Phrase | None:
    """That the table's scores add up to the stated total, where they do."""
    if tree.scores is None or row.score is None or not tree.totals:
        return None
    total = tree.totals[0].figure
    summed = sum((r.score.quantity.value for r in tree.scores.rows if r.score), start=Decimal(0))
    if summed != total.quantity.value:
        return None
    return SUPPORT.filled(total=total.number, score=row.score.number)


def _in_row(name: str, row: ScoreRow, weight: Figure | None) -> Iterator[Relation]:
    if row.score is None:
        return
    own = row.weight or weight
    if own:
        yield WithinWeight(BESIDE, name, row.score, own)
    for process in row.process:
        award = final_award([a for a in find_awards(process) if a.kind in {AwardKind.SCORE, AwardKind.FULL}])
        if award is None:
            continue
        said = worth(award, own)
        if said and own and said.quantity.value > own.quantity.value and said.quantity.value > OF_HUNDRED:
            continue  # 问卷综合得分 82.04 分, of 100
        if said:
            yield ProcessScore(ONE_ROW, name, (ScoreAt(said, PROCESS), ScoreAt(row.score, SCORE_TABLE)))
        if said and award.percent and own and said.quantity.value == row.score.quantity.value:
            yield ShareOfWeight(PERCENT.filled(percent=award.percent.number), name, said, own, award.percent)


def _in_table(tree: ScoreTree, table: ScoreTable) -> Iterator[Relation]:
    """Weights and scores under each group and under the table's total row."""
    where = where_of(table)
    leaves = {row.row: row for row in table.rows}
    members = [(group, [leaves[n] for n in group.rows if n in leaves]) for group in table.groups]
    yield from unless_misread([one for group, rows in members for one in _group_weight(tree, group, rows, where)])
    yield from unless_misread([one for group, rows in members for one in _group_score(tree, group, rows, where)])
    yield from full_weights(table, where)
    if table is not tree.scores:
        yield from (WithinWeight(BESIDE, r.name, r.score, r.weight) for r in table.rows if r.score and r.weight)
    if table.total is None:
        return
    because = ALL.filled(where=where)
    if table.total.weight:
        parts = tuple(row.weight for row in table.rows if row.weight)
        doubt = _doubt(table.rows, parts) or _twice(table.total.weight, parts)
        yield WeightTotal(because, table.total.weight, (parts,), "合计", doubt, where)
    if table.total.score:
        scores = tuple(row.score for row in table.rows if row.score)
        doubt = _doubt(table.rows, scores) or _twice(table.total.score, scores)
        yield ScoreTotal(because, table.total.score, (scores,), "合计", doubt, where)


def _twice(total: Figure, parts: Sequence[Figure]) -> Phrase | None:
    """Why a total need not be wrong that the rows make twice over: those of two levels were added."""
    return MISREAD if sum(part.quantity.value for part in parts) == 2 * total.quantity.value else None


def unless_misread(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The sums of a table's groups; open where most of them fail, as they do when its levels were not understood."""
    failing = [one for one in claims if not one.holds and one.doubt is None]
    misread = len(failing) >= MANY and 2 * len(failing) > len(claims)
    yield from (replace(one, doubt=MISREAD) if misread and one in failing else one for one in claims)


def _doubt(rows: Sequence[ScoreRow], parts: Sequence[Figure], *, doubtful: bool = False) -> Phrase | None:
    """Why the rows may not be all there is; None when they can be trusted."""
    if doubtful:
        return REGROUPED
    if any(row.damaged for row in rows):
        return DAMAGED
    return None if len(parts) == len(rows) else MISSING


def _group_weight(tree: ScoreTree, group: Group, rows: Sequence[ScoreRow], where: Phrase) -> Iterator[WeightTotal]:
    parts = tuple(row.weight for row in rows if row.weight)
    if group.weight is None or len(parts) < 1 or len(rows) < 1:
        return
    if len(rows) == 1 and rows[0].weight is group.weight:
        return
    doubt = _doubt(rows, parts, doubtful=group.path[-1] in tree.doubtful)
    because = UNDER.filled(where=where, name=group.path[-1])
    yield WeightTotal(because, group.weight, (parts,), group.path[-1], doubt, where)


def _group_score(tree: ScoreTree, group: Group, rows: Sequence[ScoreRow], where: Phrase) -> Iterator[ScoreTotal]:
    parts = tuple(row.score for row in rows if row.score)
    if group.score and parts:
        doubt = _doubt(rows, parts, doubtful=group.path[-1] in tree.doubtful)
        because = UNDER.filled(where=where, name=group.path[-1])
        yield ScoreTotal(because, group.score, (parts,), group.path[-1], doubt, where)


def _summary_groups(tree: ScoreTree) -> Iterator[GroupScore]:
    """Each row of the summary with the leaves of the score table under the same name."""
    if tree.summary is None or tree.scores is None:
        return
    leaves = {row.row: row for row in tree.scores.rows}
    found: list[GroupScore] = []
    for line, group in _paired_groups(tree.summary, tree.scores):
        rows = [leaves[n] for n in group.rows if n in leaves]
        scores = tuple(row.score for row in rows if row.score)
        if scores and line.score:
            doubt = _doubt(rows, scores, doubtful=group.path[-1] in tree.doubtful)
            because = SAME_GROUP.filled(name=line.name)
            found.append(GroupScore(because, line.score, (scores,), line.name, doubt, SCORE_TABLE))
    yield from unless_misread(found)


def _paired_groups(summary: ScoreTable, scores: ScoreTable) -> Iterator[tuple[ScoreRow, Group]]:
    """Each line of the summary with the group of the score table that it sums up."""
    groups = scores.groups
    names = {group.path[-1] for group in groups}

    def likeness(i: int, j: int) -> int:
        if summary.rows[i].name in names and summary.rows[i].name != groups[j].path[-1]:
            return 0  # 产出成本 is not 产出, where both are groups
        exact = summary.rows[i].name == groups[j].path[-1]
        if not exact and groups[j].level != len(summary.rows[i].path) - 1:
            return 0
        return name_likeness(summary.rows[i], groups[j].path[-1], groups[j].path[:-1])

    for i, j in pair_up(len(summary.rows), len(groups), likeness).items():
        yield summary.rows[i], groups[j]


def _narrative_total(tree: ScoreTree) -> Iterator[ScoreTotal]:
    """The scores of the narrative on their own, when it tells every indicator."""
    weights = [one.weight for one in tree.told]
    if not tree.totals or sum((w.quantity.value for w in weights if w), start=Decimal(0)) != 100:
        return
    scores = []
    for one in tree.told:
        if one.score is None:
            return
        scores.append(one.score)
    total = tree.totals[0].figure
    yield ScoreTotal(ALL_TOLD, total, (tuple(scores),), "总得分", None, NARRATIVE, _odd_ones(tree))


def _odd_ones(tree: ScoreTree) -> Phrase | None:
    """The indicators that the narrative scores otherwise than the score table."""
    odd = [
        node.name
        for node in tree.indicators
        if node.narrated and node.scored and node.scored.score and node.narrated.score
        if node.narrated.score.quantity.value != node.scored.score.quantity.value
    ]
    return ODD_ONES.filled(names="、".join(odd)) if odd else None
