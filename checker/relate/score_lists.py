"""The scores of the first level side by side in one paragraph: 决策 14 分，过程 20 分，产出 35 分，效益 23 分."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from checker.extract.awards import AwardKind, find_awards
from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.score_groups import INCOMPLETE
from checker.relate.score_places import NARRATIVE
from checker.relate.score_tree import ScoreTree
from checker.relation import Relation, ScoreTotal
from checker.verdict import Phrase

REACH = 40
ONE_BY_ONE = Phrase(
    "正文逐项列出一级指标的得分，与评分表中“{name}”之下的各项",
    "the text lists the scores of the first level; what stands under “{name}” in the score table",
)
BEHIND_NAME = Pattern(
    r"(?P<name>[一-鿿]{2,20}?)(?:类|部分|方面)?(?:一级)?(?:指标)?\s*"
    r"(?:[（(][^（）()]{0,16}[）)]|(?:权重|满分|分值|标准分)[为是]?\s*\d+(?:\.\d+)?\s*分[，,]?)?\s*"
    r"(?:实际|综合|评价)?(?:得分|得|评分|实得)\s*[为是：:]?\s*$"
)
RIGHT_BEHIND = Pattern(r"(?P<name>[一-鿿]{2,20}?)(?:类|部分|方面)?(?:一级)?(?:指标)?\s*[为是：:]?\s*$")
SCORED = ("得分", "评分")
WEIGHED = ("权重", "满分", "分值", "标准分", "自评", "上年", "上一年", "去年")
"""Words of a sentence whose points are no scores of this evaluation."""


THEN_SCORED = Pattern(r"\s*[，,、；;（(]?\s*(?:实际|评价|实)?得")


def find_listed_scores(reading: Reading, tree: ScoreTree) -> Iterator[Relation]:
    """The scores of the first level side by side in one paragraph: each as its leaves in the score table.

    Most of them must agree or the paragraph give the table's total, for it may speak of another
    year's or project's evaluation.
    """
    table = tree.scores
    tops = {group.path[-1]: group for group in table.groups if group.level == 0} if table else {}
    for passage in reading.prose if len(tops) > 1 and table else ():
        told = _scores_of(passage, tops)
        if len(told) < len(tops) or table is None:
            continue
        claims = []
        for name, figure in told.items():
            rows = [row for row in table.rows if row.row in tops[name].rows]
            parts = tuple(row.score for row in rows if row.score)
            doubt = INCOMPLETE if len(parts) < len(rows) or any(row.damaged for row in rows) else None
            claims.append(ScoreTotal(ONE_BY_ONE.filled(name=name), figure, (parts,), name, doubt, NARRATIVE))
        if sum(claim.holds for claim in claims) * 2 > len(claims) or _gives_total(tree, passage):
            yield from claims


def _gives_total(tree: ScoreTree, passage: Passage) -> bool:
    total = tree.scores.total.score if tree.scores and tree.scores.total else None
    stated = [one.figure.quantity.value for one in tree.totals if one.passage.place == passage.place]
    return total is not None and total.quantity.value in stated


def _scores_of(passage: Passage, names: Collection[str]) -> dict[str, Figure]:
    """The one score right behind each name; nothing when a name has several."""
    told: dict[str, Figure] = {}
    text = passage.text.value
    awards = {award.figure.start: award.kind for award in find_awards(passage)}
    for figure in passage.figures if all(name in text for name in names) else ():
        kind = awards.get(figure.start)
        plain = kind is None and figure.quantity.unit.kind == "score" and _is_on_scores(passage, figure)
        if kind is not AwardKind.SCORE and not plain:
            continue
        pattern = RIGHT_BEHIND if plain else BEHIND_NAME
        match = pattern.search(text[max(0, figure.start - REACH) : figure.start])
        name = next((n for n in sorted(names, key=len, reverse=True) if match and match["name"].endswith(n)), None)
        if name is None:
            continue
        if name in told:
            return {}
        told[name] = figure
    return told


def _is_on_scores(passage: Passage, figure: Figure) -> bool:
    """Whether a sentence that lists numbers of points speaks of scores: 各项得分为：决策 14 分、过程 20 分."""
    text = passage.text.value
    span = sentence_at(text, figure.start)
    before, whole = text[span.start : figure.start], text[span.start : span.end]
    cued = any(word in before for word in SCORED) or (
        before.lstrip().startswith("其中") and any(word in text[: span.start] for word in SCORED)
    )
    is_weight = THEN_SCORED.match(text, figure.end) is not None  # 决策类14分，得12.07分
    return cued and not is_weight and not figure.quantity.is_open and not any(word in whole for word in WEIGHED)
