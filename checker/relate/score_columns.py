"""What the columns of a score table are for, by their headers."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from checker.document import Table
from checker.extract.cells import bare_header
from checker.extract.figures import Reading
from checker.extract.patterns import Pattern
from checker.phrases import words
from checker.relate.layout import only_counts

_ANOTHER = Pattern(r"(?:19|20)\d\d年|上[年次轮期一]|前次|往年|去年|自评")


class Columns(Struct, frozen=True):
    """The columns of a score table by their meaning; ``levels`` from the top, None where absent."""

    levels: tuple[int, ...]
    code: int | None = None
    weights: tuple[int, ...] = ()
    score: int | None = None
    rate: int | None = None
    criteria: int | None = None
    process: tuple[int, ...] = ()
    actual: int | None = None

    @property
    def weight(self) -> int | None:
        """The weight of the deepest level."""
        return self.weights[-1] if self.weights else None


def find_columns(reading: Reading, table: Table) -> Columns | None:
    """The meaning of each column by its header; None when it names no indicators."""
    headers = [bare_header(header) for header in table.header]
    levels = tuple(i for i, h in enumerate(headers) if h.startswith(words("score", "levels")) and not _is_measure(h))
    named = tuple(i for i, h in enumerate(headers) if h in words("score", "name"))[:1]
    if levels and named and named[0] > levels[-1] and _goes_deeper(table, levels[-1], named[0]):
        levels += named
    levels = levels or named
    if not levels:
        return None
    weights = _own(table, [i for i, h in enumerate(headers) if _is(h, "weight")])
    scores = _own(table, [i for i, h in enumerate(headers) if _is(h, "score") and "百分制" not in table.header[i]])
    return Columns(
        levels=levels,
        code=next(
            (i for i, h in enumerate(headers) if h in words("score", "code") and not only_counts(table, i)), None
        ),
        weights=weights,
        score=_final_score(reading, table, weights, scores),
        rate=_first(headers, "score_rate"),
        criteria=_first(headers, "criteria"),
        process=tuple(i for i, h in enumerate(headers) if _is(h, "process")),
        actual=_first(headers, "actual"),
    )


def _goes_deeper(table: Table, level: int, named: int) -> bool:
    """Whether a column of indicators tells apart what a column of a level puts together: 一级指标, 具体指标."""
    if table.header[level].startswith(("三级", "四级")) or table.header[named] in words("score", "contents"):
        return False
    apart = [{row[column].value for row in table.body} - {""} for column in (level, named)]
    return len(apart[1]) > len(apart[0])


def _own(table: Table, columns: Sequence[int]) -> tuple[int, ...]:
    """The columns without those of another evaluation (2022年度得分, 自评得分), where any are left."""
    own = tuple(column for column in columns if not _ANOTHER.search(table.header[column]))
    return own or tuple(columns)


def _is_measure(header: str) -> bool:
    """Whether a header that begins with a level is of its weight or counts its indicators: 三级指标数（个）."""
    return _is(header, "weight") or header.endswith(("数", "个数", "数量"))


def _final_score(reading: Reading, table: Table, weights: Sequence[int], scores: Sequence[int]) -> int | None:
    """Of several columns of scores the one that the weights can hold; of those that can, the last (复核得分)."""
    if not scores:
        return None
    return min(reversed(scores), key=lambda column: _above_weight(reading, table, weights, column))


def _above_weight(reading: Reading, table: Table, weights: Sequence[int], column: int) -> int:
    if not weights:
        return 0
    pairs = [
        (reading.cell(table, row[0].row, column), reading.cell(table, row[0].row, weights[-1])) for row in table.body
    ]
    return sum(1 for score, weight in pairs if score and weight and score.quantity.value > weight.quantity.value)


def _is(header: str, purpose: str) -> bool:
    if header in words("score", purpose):
        return True
    if header.startswith(("其中", "得满", "获满", "达满")):
        return False  # 其中满分 counts the indicators that have all points
    other = any(header in words("score", name) for name in ("process", "criteria", "score_rate", "deduction"))
    return purpose in {"weight", "score"} and not other and header.endswith(words("score", purpose))


def _first(headers: Sequence[str], purpose: str) -> int | None:
    return next((i for i, header in enumerate(headers) if _is(header, purpose)), None)
