"""Amounts in brackets behind names, and their sum: 一标段（12 天）、三标段（18 天）和六标段（22 天），累计 52 天."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.part_lists import LIST_TOTAL
from checker.relation import ProseTotal

_JOINT = Pattern(r"[）)]\s*(?:、|和|及|与|以及)\s*[^，,。；;、（()）]{1,20}[（(]\s*(?:(?![各均])\p{Han}){0,6}\s*")
_TOTAL = Pattern(r"[）)]\s*[，,]?\s*(?P<word>合计|共计|累计|总计|共)[^，,。；;：:、（()）\d]{0,8}")
_OPENED = Pattern(r"[（(]\s*(?:(?![各均])\p{Han}){0,6}\s*$")
FEWEST, BEFORE = 2, 10


def find_bracketed_sums(reading: Reading) -> Iterator[ProseTotal]:
    """Every sum right behind a list whose amounts stand in brackets."""
    for passage in reading.prose:
        if any(mark in passage.text.value for mark in ("）、", ")、", "）和", ")和")):
            for span in sentences(passage.text.value):
                written = [f for f in passage.within(span.start, span.end) if f.raw[:1].isdigit()]  # no 三标段
                yield from _of_sentence(passage, written)


def _of_sentence(passage: Passage, figures: Sequence[Figure]) -> Iterator[ProseTotal]:
    text = passage.text.value
    run: list[Figure] = []
    for one, other in pairwise(figures):
        between = text[one.end : other.start]
        if not run and _OPENED.search(text[max(0, one.start - BEFORE) : one.start]):
            run = [one]
        if run and _JOINT.fullmatch(between) and other.quantity.unit == run[0].quantity.unit:
            run.append(other)
            continue
        total = _TOTAL.fullmatch(between)
        alike = run and other.quantity.unit.base == run[0].quantity.unit.base
        if total is not None and alike and len(run) >= FEWEST and not any(f.quantity.is_open for f in (*run, other)):
            yield ProseTotal(LIST_TOTAL.filled(word=total["word"]), other, (tuple(run),), total["word"])
        run = []
