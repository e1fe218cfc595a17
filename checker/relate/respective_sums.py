"""What a list gives one by one of an amount before it: 资本金 9,720 万元，三方依次出资 972、6,804 和 1,944 万元.

Nothing says that the list is all there is. So it is held to an amount of its sentence only where it makes
that amount, or would but for a digit or two that changed places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.clauses import JOINED, Span, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.quantity import Interval
from checker.relate.part_scope import compares
from checker.relation import ProseTotal
from checker.repairs import is_mistyped
from checker.verdict import Phrase

ONE_BY_ONE = Phrase("“{word}”逐一列出的各项", "what is listed one by one behind “{word}”")
_LED = Pattern(r"(?P<word>分别|依次)[^，,。；;：:、\d]{0,10}$")
TELLING, REACH = 4, 16
"""Digits of an amount that is no other one's neighbour by chance; characters between the word and the list."""
KINDS = frozenset({"money", "count", "measure"})
_APART = ("多", "少", "高", "低", "增加", "减少", "提高", "下降", "超出", "节约")


def find_respective_sums(reading: Reading) -> Iterator[ProseTotal]:
    """Every list behind 分别 or 依次 that is an amount of its sentence, or nearly."""
    for passage in reading.prose:
        text = passage.text.value
        if passage.place.row is None and ("分别" in text or "依次" in text):
            for span in sentences(text):
                yield from _in_sentence(passage, span)


def _in_sentence(passage: Passage, span: Span) -> Iterator[ProseTotal]:
    text = passage.text.value
    figures = [one for one in passage.outside(span) if not one.quantity.is_open and one.quantity.unit.kind in KINDS]
    at = 0
    while at < len(figures):
        run = _run(text, figures[at:])
        led = _LED.search(text, max(span.start, run[0].start - REACH), run[0].start) if len(run) > 1 else None
        if led is not None and not any(word in led.group() for word in _APART):
            base = run[0].quantity.unit.base
            before = [one for one in figures[:at] if one.quantity.unit.base == base]
            before = [one for one in before if not compares(passage.label(one))]
            claims = [
                ProseTotal(ONE_BY_ONE.filled(word=led["word"]), whole, (tuple(run),), passage.label(whole))
                for whole in reversed(before)
            ]
            holding = [one for one in claims if one.holds]
            slipped = [one for one in claims if _is_slipped(one, run)]
            yield from holding[:1] or (slipped if len(slipped) == 1 else ())
        at += len(run)


def _run(text: str, figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures from the first on that a list joins, all in one unit."""
    end = 1
    while end < len(figures) and figures[end].quantity.unit == figures[0].quantity.unit:
        if text[figures[end - 1].end : figures[end].start].strip() not in JOINED:
            break
        end += 1
    return figures[:end]


def _is_slipped(claim: ProseTotal, run: Sequence[Figure]) -> bool:
    """Whether one item, or the amount itself, is mistyped from what the others need."""
    total = claim.total
    summed = sum((one.quantity.based for one in run), start=total.quantity.based * 0)
    if total.quantity.digits >= TELLING and is_mistyped(total, Interval.point(summed)):
        return True
    needed = ((one, total.quantity.based - summed + one.quantity.based) for one in run)
    return any(
        one.quantity.digits >= TELLING and value > 0 and is_mistyped(one, Interval.point(value))
        for one, value in needed
    )
