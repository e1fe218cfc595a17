"""Weight, deduction and score of one indicator: 满分 10 分，扣 2 分，得 8 分."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from checker.extract.awards import Award, AwardKind, find_awards
from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.figure import Figure
from checker.relate.score_prose import RULE_WORDS, taken_off
from checker.relate.score_tables import ScoreRow
from checker.relate.score_tree import build_score_tree
from checker.relation import Deducted
from checker.verdict import Phrase

IN_SENTENCE = Phrase("同一句给出分值、扣分与得分", "one sentence gives weight, deduction and score")
IN_NARRATIVE = Phrase("同一指标的分值、扣分与得分", "weight, deduction and score of one indicator")
IN_ROW = Phrase("同一行的分值、得分与说明中的扣分", "weight, score and the deduction in the explanation of one row")


def find_deductions(reading: Reading) -> Iterator[Deducted]:
    """Every weight, deduction and score that a sentence or a row of the score table gives together."""
    for passage in reading.prose:
        if "扣" in passage.text.value:
            yield from _in_sentences(passage)
    tree = build_score_tree(reading)
    for row in tree.scores.rows if tree.scores else ():
        if not row.damaged:
            yield from _in_row(row)
    for told in tree.told:
        score = told.award.figure if told.award else None
        if told.taken and told.weight and score and told.weight.place != score.place:
            yield Deducted(IN_NARRATIVE, told.name, told.weight, told.taken, score)


def _in_sentences(passage: Passage) -> Iterator[Deducted]:
    def sentence(award: Award) -> int:
        return sentence_at(passage.text.value, award.figure.start).start

    for start, group in groupby(find_awards(passage), key=sentence):
        end = sentence_at(passage.text.value, start).end
        if not any(word in passage.text.value[start:end] for word in RULE_WORDS):
            yield from _runs(passage, list(group))


def _runs(passage: Passage, awards: list[Award]) -> Iterator[Deducted]:
    """A weight, then deductions, then the score, nothing else between."""
    kinds = [award.kind for award in awards]
    for index, kind in enumerate(kinds):
        stop = index + 1
        while stop < len(kinds) and kinds[stop] is AwardKind.DEDUCTION:
            stop += 1
        scored = stop < len(kinds) and kinds[stop] is AwardKind.SCORE and awards[stop].percent is None
        if kind is AwardKind.WEIGHT and stop > index + 1 and scored:
            taken = tuple(award.figure for award in awards[index + 1 : stop])
            label = _label(passage, awards[index].figure)
            yield Deducted(IN_SENTENCE, label, awards[index].figure, taken, awards[stop].figure)


VAGUE = ("该指标", "该项", "本项", "此项", "本指标")


def _label(passage: Passage, weight: Figure) -> str:
    """What the weight is of: the words before it, or how the paragraph opens where these only point back."""
    said = passage.label(weight).removesuffix("满分").removesuffix("分值").removesuffix("权重")
    if said and not said.startswith(VAGUE):
        return said
    opening = passage.text.value[:LONGEST_OPENING]
    end = min((opening.find(mark) for mark in "：:，,。" if mark in opening), default=0)
    return opening[:end].strip() or said


LONGEST_OPENING = 24


def _in_row(row: ScoreRow) -> Iterator[Deducted]:
    for process in row.process:
        awards = find_awards(process)
        taken = tuple(award.figure for award in awards if award.kind is AwardKind.DEDUCTION)
        plain = len(taken) == len(awards) and not any(word in process.text.value for word in RULE_WORDS)
        plain = plain or (bool(taken_off(process)) and awards[-1].figure.number == (row.score and row.score.number))
        if row.weight and row.score and taken and plain:
            yield Deducted(IN_ROW, row.name, row.weight, taken, row.score)
