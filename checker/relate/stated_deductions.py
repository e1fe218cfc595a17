"""Weight, score and deduction that one paragraph gives in a fixed form, whether or not an indicator's name is found.

权重 3 %，自评分 3.00 分，评价得分 2.32 分，扣 0.68 分; 权重 4 分，评价得分 2.43 分。…，扣 7.84×0.2=1.57 分，得 2.43 分.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from checker.extract.figures import Passage
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure, Place
from checker.relation import Deducted
from checker.verdict import Phrase

NAMELESS = "该指标"
IN_FORM = Phrase("同一段给出分值、得分与扣分", "one paragraph gives weight, score and deduction")
FEWEST, MOSTLY = 4, (4, 5)
"""Paragraphs of this form, and the share of them that agree, before one of them can be wrong."""
_OWN = Pattern(r"[，,；;]\s*(?:评价|复评|复核|实际)?得分?\s*\d+(?:\.\d+)?\s*分")
_PARTED = Pattern(r"其中|各占|各得|得[^，。；]{0,6}\d+(?:\.\d+)?分|得满分；")
"""Between weight and score: what each of several parts is worth or got."""
_N = r"\d+(?:\.\d+)?"
_WEIGHT = Pattern(rf"(?:权重|分值|满分)(?:为|是)?\s*(?P<figure>{_N})\s*(?:分|%)")
_THEN_TAKEN = Pattern(
    rf"(?:权重|分值|满分)(?:为|是)?\s*(?P<weight>{_N})\s*(?:分|%)[，,；;]\s*(?:自评(?:得分|分)\s*{_N}\s*分[，,；;]\s*)?"
    rf"(?:评价|复评|复核|实际)?得分?\s*(?P<score>{_N})\s*分[，,；;]\s*(?:共|合计)?扣(?:分|减)?\s*(?P<taken>{_N})\s*分"
)
_THEN_SCORE = Pattern(
    rf"[，,；;]\s*(?:应|故|因此|共|合计)?扣(?:分|减)?(?:[^，。；]{{0,40}}?[=＝])?\s*(?P<taken>{_N})\s*分[，,；;]\s*得分?\s*(?P<score>{_N})\s*分"
)


def find_stated_deductions(passages: Collection[Passage], scored: Collection[tuple[Place, int]]) -> Iterator[Deducted]:
    """Every paragraph of either form whose score no other finder has told of, where nearly all of them agree."""
    found = [claim for passage in passages if "扣" in passage.text.value for claim in _in_passage(passage)]
    agreeing = sum(claim.left == claim.score.quantity.value for claim in found)
    if len(found) >= FEWEST and agreeing * MOSTLY[1] >= len(found) * MOSTLY[0]:
        yield from (claim for claim in found if (claim.score.place, claim.score.start) not in scored)


def _in_passage(passage: Passage) -> Iterator[Deducted]:
    text = passage.text.value
    weights = list(_WEIGHT.finditer(text))
    forms = [(match, match) for match in _THEN_TAKEN.finditer(text)]
    behind = list(_THEN_SCORE.finditer(text))
    whole = len(weights) == 1 == len(behind) and weights[0].start() < behind[0].start()
    if not forms and whole and not _PARTED.search(text, _own_end(text, weights[0].end()), behind[0].start()):
        forms = [(weights[0], behind[0])]
    for first, second in forms if len(forms) == 1 else ():
        weight = _figure(passage, first, "weight" if first is second else "figure")
        figures: Sequence[Figure | None] = (
            weight,
            _figure(passage, second, "taken"),
            _figure(passage, second, "score"),
        )
        if weight and figures[1] and figures[2]:
            yield Deducted(IN_FORM, NAMELESS, weight, (figures[1],), figures[2])


def _own_end(text: str, end: int) -> int:
    """Where the score right behind a weight ends, or the weight: 权重 4 分，评价得分 2.43 分."""
    own = _OWN.match(text, end)
    return own.end() if own else end


def _figure(passage: Passage, match: Match, group: str) -> Figure | None:
    start, end = match.span(group)
    return next((figure for figure in passage.within(start, end + len(" 分")) if figure.start == start), None)
