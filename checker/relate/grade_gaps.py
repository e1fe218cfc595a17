"""How far a score lies from a better grade: 得分 86.35 分，等级为良，距“优”尚差 3.65 分."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.quantity import Qualifier
from checker.relate.grades import LEAST, printed_bands
from checker.relate.score_tree import build_score_tree
from checker.relation import ProseTotal
from checker.verdict import Mention, Phrase

TO_GRADE = Phrase("得分与所列等级的下限", "a score and the lower end of a grade")
_GAP = Pattern(
    r"距离?[“\"]?(?P<grade>优秀|良好|优|良|中)[”\"]?(?:等级|等次|等|级|档)?的?(?:下限|标准|分数线|门槛|最低分)*"
    r"(?:还|尚|仅|只|仍|也)*(?:相差|差|低)(?:了|约)?\s*$"
)
REACH = 24


def find_grade_gaps(reading: Reading) -> Iterator[ProseTotal]:
    """Every number of points that a sentence says a score lacks of a grade, by the report's own bands."""
    gaps = [
        (passage, figure, match)
        for passage in reading.prose
        if "距" in passage.text.value
        for figure in passage.figures
        if figure.quantity.unit.kind == "score" and not figure.quantity.is_open
        if (match := _GAP.search(passage.text.value[max(0, figure.start - REACH) : figure.start])) is not None
    ]
    bands, where = printed_bands(reading) if gaps else ((), None)
    for passage, gap, match in gaps:
        low = next((interval.low for grade, interval in bands if grade[0] == match["grade"][0]), None)
        bound = _bound(reading, where, low) if where is not None else None
        score = _score(passage, gap) or _total(reading, passage, gap)
        if bound is not None and score is not None and score.quantity.based < bound.quantity.based:
            yield ProseTotal(TO_GRADE, bound, ((score, gap),), match["grade"], gap=match.group().strip())


def _total(reading: Reading, passage: Passage, gap: Figure) -> Figure | None:
    """The report's one total score, where the clause before the gap gives its grade: 等级为“良”，距“优”尚差 0.75 分."""
    start = sentence_at(passage.text.value, gap.start).start
    totals = build_score_tree(reading).totals if _GRADED.search(passage.text.value[start : gap.start]) else ()
    values = {total.figure.quantity.value for total in totals}
    return totals[0].figure if len(values) == 1 else None


_GRADED = Pattern(r"(?:评价)?等级[为是]“?[优良中差]秀?好?”?[，,]距")


def _bound(reading: Reading, where: Mention, low: object) -> Figure | None:
    """The figure of the bands that is the lower end of a grade."""
    passage = next((one for one in reading.passages if one.text is where.text), None)
    found = next((f for f in passage.figures if f.quantity.value == low), None) if passage else None
    if found is None:
        return None
    quantity = replace(found.quantity, qualifier=Qualifier.NONE, upper=None)  # 90 分（含）—100 分 is read as a range
    return replace(found, quantity=quantity)


def _score(passage: Passage, gap: Figure) -> Figure | None:
    """The last score of the sentence before the gap that is one of a whole."""
    start = sentence_at(passage.text.value, gap.start).start
    before = passage.within(start, gap.start)
    scores = [f for f in before if f.quantity.unit.kind == "score" and f.quantity.value >= LEAST]
    near = [f for f in scores if "扣" not in passage.label(f)]
    last = near[-1] if near else None
    return last if last is not None and not last.quantity.is_open else None
