"""Surveys in a sentence: 发放 N 份，收回 M 份，有效 K 份, and the rate that K answers can give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from checker.extract.clauses import Span, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any, words
from checker.relation import Relation
from checker.relation.surveys import AnswerShare, SurveyOrder
from checker.verdict import Phrase

STEPS = Phrase("同一次调查先“{more}”后“{fewer}”", "one survey, first “{more}”, then “{fewer}”")
OF_ANSWERS = Phrase("“{name}”由所列作答人数得出", "“{name}” rests on the number of those who answered")
LEAD = 24
_MARKS = Pattern(r"[，,。；;：:（）()]")
NAMES = {"sent": "发放", "back": "收回", "valid": "有效"}
TESTED = 2
"""A rate says something only where its digits tell so many times more shares apart than there are answers."""


def find_surveys(reading: Reading) -> Iterator[Relation]:
    """Numbers of questionnaires of one sentence in their order, and rates against the number of answers."""
    for passage in reading.prose:
        text = passage.text.value
        if len(passage.figures) < 2 or not has_any(text, "survey", "about"):
            continue
        for span in sentences(text):
            figures = passage.within(span.start, span.end)
            if len(figures) > 1 and has_any(text[span.start : span.end], "survey", "about"):
                plain = passage.outside(span)
                yield from _orders(passage, plain)
                yield from _rates(passage, span, plain)
                yield from _means(passage, span, plain)


def _step(passage: Passage, figure: Figure) -> str:
    """Which step of a survey a number is of: ``sent``, ``back``, ``valid``, ``asked``; "" for none or one planned."""
    quantity = figure.quantity
    if quantity.unit.kind != "count" or quantity.unit.scale != 1 or quantity.is_open:
        return ""
    said = _said(passage, figure)
    if has_any(said, "survey", "planned"):
        return ""
    return next((step for step in ("valid", "back", "sent", "asked") if has_any(said, "survey", step)), "")


def _said(passage: Passage, figure: Figure) -> str:
    """The words of a number's own clause before it."""
    before = passage.before(figure.start)
    start = max(before.end if before else 0, figure.start - LEAD)
    return _MARKS.split(passage.text.value[start : figure.start])[-1]


def _orders(passage: Passage, figures: Sequence[Figure]) -> Iterator[SurveyOrder]:
    """Each step that stands right behind the one before it, when the sentence has each of them once."""
    steps = [(step, figure) for figure in figures if (step := _step(passage, figure)) in NAMES]
    names = [step for step, _ in steps]
    if len(set(names)) < len(names):
        return
    for (step, more), (later, fewer) in pairwise(steps):
        same = more.quantity.unit.base == fewer.quantity.unit.base
        if same and list(NAMES).index(step) < list(NAMES).index(later) and not _between(figures, more, fewer):
            because = STEPS.filled(more=NAMES[step], fewer=NAMES[later])
            yield SurveyOrder(because, more, fewer, NAMES[step], NAMES[later])


def _between(figures: Sequence[Figure], first: Figure, last: Figure) -> bool:
    """Whether another number in the unit stands between two (two groups), or 其中 (SUM003 compares a part)."""
    base = first.quantity.unit.base
    if "其中" in first.text.value[first.end : last.start]:
        return True
    return any(first.end <= f.start and f.end <= last.start and f.quantity.unit.base == base for f in figures)


def _rates(passage: Passage, span: Span, figures: Sequence[Figure]) -> Iterator[AnswerShare]:
    text = passage.text.value
    rates = [f for f in figures if f.quantity.unit.base == "%" and not f.quantity.is_open]
    named = [f for f in rates if _name(passage, f)]
    if len(named) != 1 or has_any(text[span.start : span.end], "survey", "not_plain"):
        return
    rate = named[0]
    answers = [f for f in figures if f.end <= rate.start and _step(passage, f)]
    others = [f for f in figures if f.end <= rate.start and f.quantity.unit.kind == "count" and f not in answers]
    if not answers or others:
        return
    most = Decimal(10) ** (rate.quantity.decimals + 2)
    if all(0 < TESTED * figure.quantity.value < most for figure in answers):
        name = _name(passage, rate)
        yield AnswerShare(OF_ANSWERS.filled(name=name), name, rate, tuple(reversed(answers)))


def _means(passage: Passage, span: Span, figures: Sequence[Figure]) -> Iterator[AnswerShare]:
    """The mean of marks that are whole numbers by the sentence's own words (五分制, 每题 1—5 分)."""
    if not has_any(passage.text.value[span.start : span.end], "survey", "scale"):
        return
    means = [f for f in figures if passage.label(f).endswith(words("survey", "means")) and not f.quantity.is_open]
    answers = [f for f in figures if means and f.end <= means[0].start and _step(passage, f)]
    if len(means) == 1 and answers:
        most = Decimal(10) ** means[0].quantity.decimals
        if all(0 < TESTED * figure.quantity.value < most for figure in answers):
            name = passage.label(means[0])
            yield AnswerShare(OF_ANSWERS.filled(name=name), name, means[0], tuple(reversed(answers)), 1)


def _name(passage: Passage, figure: Figure) -> str:
    label = passage.label(figure)
    return label if label.endswith(words("survey", "shares")) else ""
