"""Those that lie beyond a threshold, one by one with their values: 超过 3 % 的有 2 个，甲为 3.34 %、乙为 3.66 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.trends import SIGNS
from checker.relation.trends import Comparison
from checker.verdict import Mention, Phrase, Role

BEYOND = Phrase("“{threshold}”之后逐一列出各数", "the values behind “{threshold}” are those beyond it")
LIMIT = "界限"
MOST = 12
"""Things that a sentence lists with their values."""
_COUNTS = Pattern(r"\s*的?\p{Han}{0,8}?(?:有|共|为|仅|只)+\s*")
_LISTS = Pattern(r"[^。；]{0,40}[，,：:（(]\s*[^，。；]{0,24}?(?:为|达|（|\()?\s*")


def find_threshold_lists(reading: Reading) -> Iterator[Comparison]:
    """Every value that a sentence lists as beyond a threshold, where it lists as many as it counts."""
    for passage in reading.prose:
        if "的" not in passage.text.value or len(passage.figures) <= len("ab"):
            continue
        for span in sentences(passage.text.value):
            figures = passage.within(span.start, span.end)
            for at, (threshold, count) in enumerate(pairwise(figures)):
                if _is_threshold(passage, threshold, count):
                    yield from _listed(passage, threshold, count, figures[at + 2 :])


def _is_threshold(passage: Passage, threshold: Figure, count: Figure) -> bool:
    said = passage.text.value[threshold.end : count.start]
    counted = count.quantity.unit.kind == "count" and 1 <= count.quantity.value <= MOST and not count.quantity.is_open
    plain = threshold.quantity.qualifier in SIGNS and threshold.quantity.upper is None
    return plain and counted and _COUNTS.fullmatch(said) is not None


def _listed(passage: Passage, threshold: Figure, count: Figure, behind: Sequence[Figure]) -> Iterator[Comparison]:
    unit = threshold.quantity.unit.base
    values = [figure for figure in behind if figure.quantity.unit.base == unit]
    many = int(count.quantity.value)
    text = passage.text.value
    if len(values) != many or any(v.quantity.is_open or v.quantity.value < 0 for v in values):
        return  # 负偏差超过 10 %的有 2 个，即甲（-36.00 %）
    if behind[:many] != tuple(values) or not _LISTS.fullmatch(text[count.end : values[0].start]):
        return
    sign, or_equal = SIGNS[threshold.quantity.qualifier]
    word = Mention.of(Role.STATED, threshold)
    because = BEYOND.filled(threshold=threshold.raw.strip())
    for value in values:
        names = (passage.label(value), LIMIT)
        limit = as_fine(threshold.unqualified, value)
        yield Comparison(because, names, value, limit, word, threshold.raw.strip(), sign, or_equal=or_equal)


def as_fine(limit: Figure, value: Figure) -> Figure:
    """A threshold with the decimals of a value: 3 % is exactly that."""
    quantity = limit.quantity
    finer = Decimal(1).scaleb(-max(quantity.decimals, value.quantity.decimals))
    return replace(limit, quantity=replace(quantity, value=quantity.value.quantize(finer)))
