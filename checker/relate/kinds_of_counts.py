"""A whole that its paragraph counts, split by kind: 全年采购 36 项……按方式分，公开招标 20 项，磋商 8 项，其余 8 项.

A list that 按…分 opens, or one of size classes without a gap, is complete. Where it misses the one whole of its
paragraph by one or two it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.clauses import Span, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relation import ProseTotal
from checker.verdict import Phrase

BY_KIND = Phrase("“{word}”将全部分类列出", "“{word}” lists the whole by kind")
OPEN_KIND = Phrase("所列各类未必是全部", "the kinds listed need not be all there are")
FEWEST, NEAR = 3, 2
_OPENS = Pattern(r"(?:按|从)\p{Han}{1,10}(?:划分|来看|分|看)[，,：:]")
_SUMMED = ("其中", "共", "合计", "总计", "主要", "最多", "最高", "占比", "平均", "较上年", "比上年")


def find_kinds_of_counts(reading: Reading) -> Iterator[ProseTotal]:
    """Every list by kind of what its paragraph counts once."""
    for passage in reading.prose:
        text = passage.text.value
        if len(passage.figures) < FEWEST or not ("按" in text or "从" in text):
            continue
        for span in sentences(text):
            opening = _OPENS.search(text, span.start, span.end)
            if opening is not None:
                yield from _claims(passage, span, opening.end(), opening.group().rstrip("，,：:"))


def _claims(passage: Passage, span: Span, start: int, word: str) -> Iterator[ProseTotal]:
    """The list beside the whole that the sentences around it state."""
    text = passage.text.value
    said = [figure for figure in passage.within(start, span.end) if _counts(figure)]
    for base in dict.fromkeys(figure.quantity.unit.base for figure in said):
        parts = [figure for figure in said if figure.quantity.unit.base == base]
        if len(parts) < FEWEST or not _is_list(text[start : parts[-1].start], passage, parts):
            continue
        wholes = _wholes(passage, span, base, parts)
        values = {whole.quantity.value for whole in wholes}
        summed = sum(part.quantity.value for part in parts)
        if len(values) == 1 and (summed in values or abs(summed - next(iter(values))) <= NEAR):
            whole = wholes[-1]
            yield ProseTotal(BY_KIND.filled(word=word), whole, (tuple(parts),), passage.label(whole))


def _counts(figure: Figure) -> bool:
    return figure.quantity.unit.kind == "count" and not figure.quantity.is_open and not figure.quantity.decimals


def _is_list(said: str, passage: Passage, parts: Sequence[Figure]) -> bool:
    """Whether each item has a name of its own, and nothing sums up or picks out some of them."""
    labels = [passage.label(part) for part in parts]
    named = all(labels) and len(set(labels)) == len(labels)
    return named and not any(word in said for word in _SUMMED)


def _wholes(passage: Passage, span: Span, base: str, parts: Sequence[Figure]) -> list[Figure]:
    """The counts of the unit that stand outside of the list and may be of all: larger than any of its items."""
    most = max(part.quantity.value for part in parts)
    others = [f for f in passage.figures if _counts(f) and f.quantity.unit.base == base]
    return [f for f in others if not span.start <= f.start < span.end and f.quantity.value > most]
