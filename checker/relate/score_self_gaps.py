"""How far a self-evaluation lies from the score of the report: 项目单位自评 99.40 分，比本次评价得分高 12.06 分."""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.apart import gap_between
from checker.relate.score_tree import ScoreTree
from checker.relation import Relation
from checker.relation.trends import Comparison
from checker.verdict import Mention, Phrase, Role

APART = Phrase("“{word}”将自评得分与本报告的总得分比较", "“{word}” sets the self-evaluation against the report's total")
OWN, REPORT = "自评得分", "评价得分"
MOST_APART = 40
"""Points: what lies further from the total is the score of a part."""
_OWN = Pattern(r"(?<![类项个性标值])自评(?:综合|总)?(?:得分|总分|评分|分)?[为是]?$")
_THIS = (
    r"(?:本次|此次|最终|绩效|财政|重点|综合|再|现场)*(?:评价|复评|复核|评分|得分)"
    r"(?:综合|最终)?(?:总分|得分|评分|分|结果)?"
)
_SELF = r"(?:部门|单位)?自评(?:综合)?(?:总分|得分|分)?"
_GAP = Pattern(
    r"\s*[，,、（(]\s*(?:(?:自评)?等级为?“.”[，,])?\s*"
    rf"(?:(?:自评得?分?)?[比较]{_THIS}|(?P<turned>{_THIS}[比较]{_SELF}))(?P<way>高|低)(?:出|了)?\s*"
)


def find_self_gaps(reading: Reading, tree: ScoreTree) -> Iterator[Relation]:
    """Every difference of a self-evaluation from the total, its size and its direction."""
    totals = [total.figure for total in tree.totals]
    if tree.is_one_of_many or len({figure.quantity.value for figure in totals}) != 1:
        return
    for passage in reading.prose:
        if "自评" not in passage.text.value:
            continue
        for own, gap in zip(passage.figures, passage.figures[1:], strict=False):
            match = _GAP.fullmatch(passage.text.value[own.end : gap.start])
            if match and _is_own(passage, own) and gap.quantity.unit.kind == "score" and not gap.quantity.is_open:
                yield from _relations(passage, own, gap, totals[0], match)


def _is_own(passage: Passage, figure: Figure) -> bool:
    return figure.quantity.unit.kind == "score" and _OWN.search(passage.label(figure)) is not None


def _relations(passage: Passage, own: Figure, gap: Figure, total: Figure, match: Match) -> Iterator[Relation]:
    if not 0 < abs(own.quantity.based - total.quantity.based) <= MOST_APART:
        return
    because = APART.filled(word=match["way"])
    word = Mention(Role.STATED, passage.text, own.end + match.start("way"), own.end + match.end("way"), passage.place)
    sign = 1 if match["way"] == "高" else -1
    sides = ((REPORT, OWN), total, own) if match["turned"] else ((OWN, REPORT), own, total)
    yield Comparison(because, *sides, word, match["way"], sign)
    name = f"比{sides[0][1]}{match['way']}"
    yield gap_between(because, (OWN, REPORT), (own, total), gap, name)
