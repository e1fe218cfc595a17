"""What is left of an amount: 到位 1,860 万元，扣除 A 1,648 万元和 B 26 万元后结余 186 万元."""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.clauses import Span, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.lexicon import any_of
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import words
from checker.relate.part_scope import addable, compares
from checker.relate.part_sums import UNSURE
from checker.relate.totals import is_near
from checker.relation import ProseTotal
from checker.verdict import Phrase

TAKEN = Phrase("“{word}”列出从“{label}”中减去的各项", "“{word}” lists what is taken off “{label}”")
_TAKES = Pattern(any_of(words("parts", "taken")))
MOST_TAKEN = 10


def find_remainders(reading: Reading) -> Iterator[ProseTotal]:
    """Every amount from which a sentence takes others off and says what is left."""
    for passage in reading.prose:
        text = passage.text.value
        if len(passage.figures) < 3 or _TAKES.search(text) is None:
            continue
        for span in sentences(text):
            yield from _in_sentence(passage, span)


def _in_sentence(passage: Passage, span: Span) -> Iterator[ProseTotal]:
    text = passage.text.value
    word = _TAKES.search(text, span.start, span.end)
    if word is None:
        return
    figures = passage.outside(span)
    before = [f for f in figures if f.end <= word.start() and addable(f) and not compares(passage.label(f))]
    whole = before[-1] if before else None
    if whole is None or any(mark in text[whole.end : word.start()] for mark in "；;"):
        return
    taken = _taken(passage, [f for f in figures if f.start >= word.end()][:MOST_TAKEN], whole)
    if taken:
        label = passage.label(whole)
        claim = ProseTotal(TAKEN.filled(word=word.group().strip("：:"), label=label), whole, (taken,), label, UNSURE)
        yield ProseTotal(claim.because, whole, (taken,), label, None if is_near(claim) else UNSURE)


def _taken(passage: Passage, figures: list[Figure], whole: Figure) -> tuple[Figure, ...]:
    """What is taken off, up to what is left; empty where the sentence does not say what is left."""
    for index, figure in enumerate(figures):
        if figure.quantity.unit.base != whole.quantity.unit.base or not addable(figure):
            return ()
        if index and passage.label(figure).endswith(words("parts", "left")):
            return tuple(figures[: index + 1])
    return ()
