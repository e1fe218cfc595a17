"""Two amounts and what lies between them: 应到位 412.50 万元，实际到位 271.88 万元，差 140.62 万元."""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.figure import Figure
from checker.phrases import has_any, words
from checker.relate.due import is_due
from checker.relate.part_scope import addable, compares
from checker.relate.slips import near_miss
from checker.relation import ProseTotal
from checker.verdict import Phrase

BETWEEN = Phrase("“{word}”为前两个数之差", "“{word}” is the difference of the two amounts before it")
LOOK_BACK = 8
LEFT = "余存"
"""What is left of an income need not be what a plan and its completion differ by."""
FAR = Phrase("“{word}”未必就前两个数而言", "“{word}” need not be about the two amounts before it")


def find_gaps(reading: Reading) -> Iterator[ProseTotal]:
    """Every difference that a sentence states right after its two amounts, as larger = smaller + difference."""
    for passage in reading.prose:
        text = passage.text.value
        if len(passage.figures) < 3 or not any(
            word in text for word in (*words("parts", "gap"), *words("parts", "lacking"))
        ):
            continue
        for span in sentences(text):
            yield from _in_sentence(passage, passage.outside(span))


def _in_sentence(passage: Passage, figures: list[Figure]) -> Iterator[ProseTotal]:
    for index, gap in enumerate(figures):
        label = passage.label(gap)
        word = _gap_word(label)
        if index < 2 or not word or any(word in label for word in words("parts", "carried")):
            continue
        window = figures[max(0, index - LOOK_BACK) : index]
        near = [f for f in window if f.quantity.unit.base == gap.quantity.unit.base]
        others = [f for f in window if near and f.start > near[-2:][0].start and f not in near]
        if len(near) < 2 or any(f.quantity.unit.kind != "rate" for f in others):
            continue
        first, second = near[-2:]
        if has_any(passage.label(first), "staff", "posts"):
            continue  # posts and those who fill them: relate/staff.py knows more of them
        alone = len(near) == 2 or _parted(passage, near[-3], first)
        if alone and _are_amounts(passage, first, second, gap) and _are_sides(passage, first, second, word):
            yield _gap(passage, first, second, gap, word)


def _gap_word(label: str) -> str:
    """The word of a label that says that the figure lies between two others; 缺 and the like alone in their clause."""
    if label in words("parts", "lacking"):
        return label
    return next((w for w in words("parts", "gap") if label.endswith(w)), "")


def _parted(passage: Passage, before: Figure, first: Figure) -> bool:
    """Whether a semicolon parts an earlier figure from the three."""
    between = passage.text.value[before.end : first.start]
    return "；" in between or ";" in between


def _are_amounts(passage: Passage, first: Figure, second: Figure, gap: Figure) -> bool:
    same = first.quantity.unit.base == second.quantity.unit.base == gap.quantity.unit.base
    named = all(label and not compares(label) for label in (passage.label(first), passage.label(second)))
    parted = any(mark in passage.text.value[first.end : gap.start] for mark in "；;")
    return same and named and not parted and all(addable(f) for f in (first, second, gap))


def _are_sides(passage: Passage, first: Figure, second: Figure, word: str) -> bool:
    """Whether what is left (结余) is left of an income by an expenditure."""
    if not any(kept in word for kept in LEFT):
        return True
    came, went = passage.label(first), passage.label(second)
    return any(side in went for side in "支付用出") and not any(side in came for side in "支付")


def _gap(passage: Passage, first: Figure, second: Figure, gap: Figure, word: str) -> ProseTotal:
    larger, smaller = (first, second) if first.quantity.based >= second.quantity.based else (second, first)
    meant = larger.quantity.based - smaller.quantity.based
    short = not any(kept in word for kept in LEFT)
    told = short and (is_due(passage, first, second) or is_due(passage, second, first))
    near = meant != 0 and (told or near_miss(gap.quantity.based, meant))
    doubt = None if near else FAR.filled(word=word)
    return ProseTotal(BETWEEN.filled(word=word), larger, ((smaller, gap),), passage.label(larger), doubt)
