"""What kind of thing each cell holds, and what each column of a table commonly holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache
from math import log

from msgspec import Struct

from checker.extract.patterns import Pattern

SMOOTHING = 0.3
LONG = 24
"""A cell with more characters than this is running text."""

_NUMBER = Pattern(
    r"[（(]?\s*[<>≤≥＜＞]?\s*[-+−－]?\s*\d[\d,，.．\s]*\s*"
    r"(?:[%％‰]|分|[百千万亿]?元|[个名人次件项家户天月年台套处]|公里|平方米|㎡)?\s*[)）]?"
    r"|[\d.．\-—–~～至年月日/:：\s]*\d[\d.．\-—–~～至年月日/:：\s]*"
)
_DASH = Pattern(r"[-—–－/／*]{1,3}")
_WEIGHTED = Pattern(r".*[（(]\s*\d+(?:[.．]\d+)?\s*分\s*[）)]")
_TOTAL = Pattern(r"(?:合\s*计|总\s*计|共\s*计|总\s*分|总得分|合计得分|综合得分)(?:[（(].*[）)])?[：:]?")
_SENTENCE = Pattern(r"[。；;]|[，,].*[，,]|\n")


class Kind(Enum):
    """What a cell holds."""

    EMPTY = "empty"
    NUMBER = "number"
    DASH = "dash"
    WEIGHTED = "weighted"  # 资金管理（10分）
    NAME = "name"
    TEXT = "text"


@lru_cache(maxsize=4096)
def kind_of(value: str) -> Kind:
    """The kind of a cell with this text."""
    value = value.strip()
    if not value:
        return Kind.EMPTY
    if _DASH.fullmatch(value):
        return Kind.DASH
    if len(value) <= 2 * LONG and _NUMBER.fullmatch(value):
        return Kind.NUMBER
    if len(value) <= 2 * LONG and _WEIGHTED.fullmatch(value) and not _SENTENCE.search(value):
        return Kind.WEIGHTED
    return Kind.TEXT if len(value) > LONG or _SENTENCE.search(value) else Kind.NAME


def is_total(value: str) -> bool:
    """Whether a cell names the row that adds up the whole table."""
    return _TOTAL.fullmatch(value.strip()) is not None


def is_subtotal(value: str) -> bool:
    """Whether a cell names a row that adds up a group; in which column it stands says which."""
    return value.strip() in {"小计", "分计"}


class Column(Struct, frozen=True):
    """How often each kind of cell was met in a column."""

    counts: Counter[Kind]

    @property
    def filled(self) -> float:
        """The share of rows in which the column is not empty."""
        total = self.counts.total()
        return 1 - self.counts[Kind.EMPTY] / total if total else 0.0

    def share(self, *kinds: Kind) -> float:
        """The share of these kinds among the cells that are not empty."""
        total = self.counts.total() - self.counts[Kind.EMPTY]
        return sum(self.counts[kind] for kind in kinds) / total if total else 0.0

    @property
    def numeric(self) -> bool:
        """Whether the column holds numbers, one exception allowed in a small table."""
        numbers = self.counts[Kind.NUMBER] + self.counts[Kind.DASH]
        others = self.counts.total() - self.counts[Kind.EMPTY] - numbers
        return self.counts[Kind.NUMBER] > 0 and (others <= 0.2 * (numbers + others) or (others <= 1 < numbers))

    @property
    def wordy(self) -> bool:
        """Whether the column holds running text."""
        return self.share(Kind.TEXT) >= 0.6

    @property
    def always(self) -> bool:
        """Whether no ordinary row leaves the column empty."""
        return self.filled >= 0.85

    @property
    def steady(self) -> bool:
        """Whether hardly a row leaves the column empty, one exception allowed in a small table."""
        empty = self.counts[Kind.EMPTY]
        return empty <= max(1, 0.15 * self.counts.total()) and self.counts.total() - empty > 1

    def costs(self) -> dict[Kind, float]:
        """How surprising each kind would be here."""
        total = self.counts.total() + SMOOTHING * len(Kind)
        return {kind: -log((self.counts[kind] + SMOOTHING) / total) for kind in Kind}


def profile(rows: Iterable[Sequence[str]], width: int) -> tuple[Column, ...]:
    """The columns of rows that have ``width`` cells each."""
    counts: list[Counter[Kind]] = [Counter() for _ in range(width)]
    for row in rows:
        for column, value in enumerate(row):
            counts[column][kind_of(value)] += 1
    return tuple(Column(count) for count in counts)


def first_profile(rows: Sequence[Sequence[str]], width: int) -> tuple[Column, ...]:
    """The columns as the surest rows show them.

    Rows without an empty cell cannot be shifted, so they tell what each column holds; rows
    with empty cells tell, at half weight, only which columns may be empty.
    """
    fitting = [row for row in rows if len(row) == width]
    full = [row for row in fitting if all(value.strip() for value in row)]
    if not full:
        return profile(fitting, width)
    columns = profile(full, width)
    for row in fitting:
        for column, value in zip(columns, row, strict=True):
            if not value.strip():
                column.counts[Kind.EMPTY] += 1
    return columns
