"""Goals that a paragraph lists, beside a table's column of goals: 患者满意度不低于 90 %，结算天数不超过 30 天.

A paragraph may be about another year or another plan. So it is held against a column only where three or
more of its goals are there under the same names, and all but one are equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.document import Table
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.layout import RowKind, body_rows
from checker.relation.facts import Restatement
from checker.verdict import Phrase

GOALS = Phrase(
    "正文所列目标与“{table}”中“{column}”一列", "the goals in the text and the column “{column}” of “{table}”"
)
_GOAL = Pattern(r"目标|指标值|计划[值数量]?$|任务[值数量]?$|应完成")
_NO_GOAL = Pattern(r"完成|实际|得分|偏差|比例|率$|原因|说明|是否")
_NAME = Pattern(r"指标|内容|名称|项目|事项|目标$")
_LEAD = Pattern(r"(?:均?(?:不[低少小短]于|不[高大多长]于|不超过|达到?|控制在|提高到|降至|为|≥|≤|>|<))\s*$")
_ASIDE = Pattern(r"[（(][^（()）]*[)）]$|^(?:到)?(?:19|20)\d\d年?(?:度|底|末)?|^完成|均$")
FEWEST, SHORTEST, LONG = 3, 3, 5
"""Goals that must be found and be equal; characters of a name, and of one that may stand in another."""


class _Goal(Struct, frozen=True):
    """A goal of a table under its name."""

    name: str
    figure: Figure


class _Told(Struct, frozen=True):
    """A goal of the text beside that of the table."""

    name: str
    figure: Figure
    goal: Figure

    @property
    def agree(self) -> bool:
        own, other = self.figure.quantity, self.goal.quantity
        return own.value == other.value if "" in {own.unit.base, other.unit.base} else own.based == other.based


def find_stated_goals(reading: Reading) -> Iterator[Restatement]:
    """Every goal of a paragraph that a table has too."""
    columns = [(t, c, goals) for t in reading.document.tables for c, goals in _columns(reading, t)]
    if not columns:
        return
    for passage in reading.prose:
        if passage.place.row is None and len(passage.figures) >= FEWEST:
            yield from _of_passage(passage, columns)


def _columns(reading: Reading, table: Table) -> Iterator[tuple[int, list[_Goal]]]:
    named = [c for c in range(table.width) if _NAME.search(table.header[c])]
    for column in range(table.width):
        header = table.header[column]
        if not _GOAL.search(header) or _NO_GOAL.search(header):
            continue
        goals = []
        for row in body_rows(reading, table):
            figure = reading.cell(table, row.number, column)
            before = [table.rows[row.number][c].value.strip() for c in named if c < column]
            name = before[-1] if before else table.rows[row.number][0].value.strip()
            if row.kind is RowKind.LEAF and figure is not None and len(name) >= SHORTEST:
                goals.append(_Goal(_plain(name), figure))
        if len(goals) >= FEWEST:
            yield column, goals


def _of_passage(passage: Passage, columns: Sequence[tuple[Table, int, list[_Goal]]]) -> Iterator[Restatement]:
    """By the column with most of the goals."""
    best: tuple[int, Table | None, int, list[_Told]] = (0, None, 0, [])
    for table, column, goals in columns:
        told = list(_matched(passage, goals))
        equal = sum(one.agree for one in told)
        if equal > best[0]:
            best = (equal, table, column, told)
    equal, best_table, at, told = best
    if best_table is None or equal < FEWEST or len(told) - equal > 1:
        return
    because = GOALS.filled(table=best_table.name, column=best_table.header[at])
    for one in told:
        yield Restatement(because, one.name, one.figure, (one.goal,))


def _matched(passage: Passage, goals: Sequence[_Goal]) -> Iterator[_Told]:
    for figure in passage.figures:
        name = _plain(_LEAD.sub("", passage.label(figure)))
        own = [goal for goal in goals if goal.name == name]
        own = own or [goal for goal in goals if len(goal.name) > SHORTEST and name.endswith(goal.name)]
        own = own or [goal for goal in goals if len(name) >= LONG and goal.name.endswith(name)]
        if len(own) == 1 and _fits(figure, own[0].figure):
            yield _Told(own[0].name, figure, own[0].figure)


def _plain(name: str) -> str:
    """A name without year and unit."""
    return _ASIDE.sub("", _ASIDE.sub("", "".join(name.split()))).strip("“”")


def _fits(figure: Figure, goal: Figure) -> bool:
    own, other = figure.quantity.unit, goal.quantity.unit
    return own.base == other.base or (other.kind == "plain" and own.scale == 1)
