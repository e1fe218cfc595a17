"""What indicators lost, in a sentence on those that lost most: 扣分最多的是资金使用合规性，扣 1.60 分；其次是完工率.

Each deduction is held against weight and score of the indicator in the score table (of a group in the
summary).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from checker.extract.clauses import Span, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.score_prose import is_of_others
from checker.relate.score_tree import ScoreTree, build_score_tree
from checker.relation import Deducted
from checker.verdict import Phrase

OF_ROW = Phrase(
    "文中该指标的扣分与评分表的分值、得分", "the indicator's deduction in the text, its weight and score in the table"
)
_MOST = Pattern(r"[扣失]分(?:值|最)?[最较][多大高少低]|失分最")
_LOSS = Pattern(r"[扣失](?:分|了|掉)?\s*(?P<points>\d+(?:\.\d+)?)\s*分")
_BEHIND_NAME = Pattern(
    r"(?:一级|二级|三级)?(?:类|部分|方面|维度)?(?:指标)?[”\"]?(?:[（(][A-Za-z]\d+[)）])?"
    r"(?:次之|最多|最少|最高|[列居排]第[一二三四五][位]?|再次)?\s*[，,（(]?\s*$"
)
_OTHERS = ("自评", "上年", "平均", "各县", "个县")
"""Words of scores that are not those of the score table."""
LONGEST, SHORTEST = 40, 2


class _Known(Struct, frozen=True):
    """The weight and the score of an indicator or a group."""

    weight: Figure
    score: Figure


def find_lost_most(reading: Reading) -> Iterator[Deducted]:
    """Every deduction beside a name in a sentence on the most or the least that was lost."""
    tree = build_score_tree(reading)
    if tree.scores is None or tree.is_one_of_many:
        return
    known = _known(tree)
    for passage in reading.prose:
        text = passage.text.value
        if passage.place.row is None and ("扣分" in text or "失分" in text) and not is_of_others(reading, passage):
            for span in sentences(text):
                said = text[span.start : span.end]
                if _MOST.search(said) and not any(word in said for word in _OTHERS):
                    yield from _told(passage, span, known)


def _known(tree: ScoreTree) -> Mapping[str, _Known]:
    """The indicators of the score table and the groups of the summary that are the only ones of their name."""
    rows = [row for row in (tree.scores.rows if tree.scores else ()) if not row.damaged]
    groups = [row for row in (tree.summary.rows if tree.summary else ()) if not row.damaged]
    times = Counter(row.name for row in (*rows, *groups))
    return {
        row.name: _Known(row.weight, row.score)
        for row in (*rows, *groups)
        if times[row.name] == 1 and row.weight and row.score and len(row.name) >= SHORTEST
    }


def _told(passage: Passage, span: Span, known: Mapping[str, _Known]) -> Iterator[Deducted]:
    text = passage.text.value
    for match in _LOSS.finditer(text, span.start, span.end):
        figure = passage.at(match.start("points"))
        led = text[max(span.start, match.start() - LONGEST) : match.start()]
        behind = _BEHIND_NAME.search(led)
        name = _name(led[: behind.start()] if behind else led, known)
        if figure is not None and name:
            one = known[name]
            yield Deducted(OF_ROW, name, one.weight, (figure,), one.score)


def _name(led: str, known: Mapping[str, _Known]) -> str:
    """The longest name that some words end with."""
    said = led.rstrip('“”"（( ')
    return max((name for name in known if said.endswith(name)), key=len, default="")
