"""What is done and what is not: 收到意见 23 条，采纳 19 条，未采纳 4 条; 应验收 188 个，已验收 181 个，尚有 7 个未验收.

What is left is named by the verb of what is done, so that the three are of one thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.part_scope import addable, compares
from checker.relation import ProseTotal
from checker.verdict import Phrase

LEFT = Phrase("“{word}”是“{done}”之外其余的", "“{word}” is what is left beside “{done}”")
LONGEST_VERB, BEHIND, LONGEST_NOUN = 12, 24, 2
_VERB = r"(?P<undone>(?:未能?|待|不|没有|尚未)(?P<verb>(?!满意)\p{Han}{2})|在(?P<verb>[办建]))"
_BEFORE = Pattern(rf"(?:[，,；;、（(]|^)\s*(?:另有|另外|其余|尚有|尚|仍有|仍|还有)?{_VERB}的?(?:有|为|共)?$")
_OPENS = Pattern(r"(?:[，,；;、（(]|^)\s*(?:另有|另外?|其余|尚有|尚余|仍有|还有|剩余|余下|只有|有)$")
_BEHIND = Pattern(rf"\s*(?:\p{{Han}}{{0,12}}?){_VERB}(?=[，,。；;、）)的]|$)")
_OTHERWISE = ("未", "不", "待", "延期", "逾期", "超期", "按期", "按时", "提前", "部分", "基本")
"""Words of what is done that leave more undone than what is not done at all."""
_MORE = Pattern(r"\s*\p{Han}?(?:[（(][^（()）]{0,30}[）)])?[，,；;、]\s*(?:另有?|另外|其余|其他|还有|尚有|剩余|有)")
"""Behind what is not done: 实现 4 个，未实现 7 个，另有 3 个不予评定."""
_PARTED = ("其中", "；", ";", "另有", "此外")


def find_left_undone(reading: Reading) -> Iterator[ProseTotal]:
    """Every number that is left of a whole beside what a sentence says is done of it."""
    for passage in reading.prose:
        text = passage.text.value
        if len(passage.figures) < 3 or not any(word in text for word in ("未", "待", "不", "没有", "在办", "在建")):
            continue
        for span in sentences(text):
            figures = passage.outside(span)
            for index, left in enumerate(figures):
                if index > 1 and _is_amount(left) and (match := _undone(passage, left)) is not None:
                    yield from _claims(passage, figures[:index], left, match)


def _undone(passage: Passage, left: Figure) -> Match | None:
    """The words that say that an amount is not done: 未采纳 4 条, 尚有 7 个待验收."""
    text = passage.text.value
    said = text[max(0, left.start - LONGEST_VERB) : left.start].rstrip()
    found = _BEFORE.search(said)
    if found is None and _OPENS.search(said):
        found = _BEHIND.match(text[left.end : left.end + BEHIND])
    return found


def _claims(passage: Passage, before: Sequence[Figure], left: Figure, match: Match) -> Iterator[ProseTotal]:
    """The whole of what is done and left; silent where the sentence has several that it could be."""
    verb = match["verb"]
    unit = left.quantity.unit.base
    same = [figure for figure in before if figure.quantity.unit.base == unit]
    dones = [at for at, figure in enumerate(same) if at and _is_done(passage, figure, verb)]
    if not dones:
        return
    done, others = same[dones[-1]], same[dones[-1] + 1 :]
    wholes = [f for f in same[: dones[-1]] if addable(f) and f.quantity.based >= done.quantity.based]
    claims = [_claim(passage, whole, done, left, match["undone"]) for whole in wholes]
    holding = [claim for claim in claims if claim.holds]
    if holding:
        yield holding[-1]
    elif len(wholes) == 1 and not others and not _parted(passage, wholes[0], left):
        yield claims[0]


def _parted(passage: Passage, whole: Figure, left: Figure) -> bool:
    """Whether the whole has more parts than what is done and what is left, or the two are of another one."""
    said = passage.text.value[whole.end : left.start]
    return any(mark in said for mark in _PARTED) or _MORE.match(passage.text.value, left.end) is not None


def _is_amount(figure: Figure) -> bool:
    return addable(figure) and figure.quantity.unit.kind != "score"


def _is_done(passage: Passage, figure: Figure, verb: str) -> bool:
    """Whether an amount is all that is done, by the words right before it."""
    label = passage.label(figure)
    done = verb in label[-LONGEST_NOUN - len(verb) :] and addable(figure) and not compares(label)
    return done and not any(word in label for word in _OTHERWISE)


def _claim(passage: Passage, whole: Figure, done: Figure, left: Figure, word: str) -> ProseTotal:
    because = LEFT.filled(word=word, done=passage.label(done))
    return ProseTotal(because, whole, ((done, left),), passage.label(whole), gap=word)
