"""Scores in brackets behind what they are given for: 立项程序规范性符合要求（得2分，不扣分）.

A chapter of running text names each indicator somewhere before its bracket. What is found counts only
where nearly all of it agrees with the score table, so that the report is known to write so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.score_places import NARRATIVE, OF_ONE, SCORE_TABLE
from checker.relate.score_tree import ScoreTree
from checker.relate.score_values import ScoreRow
from checker.relation import Deducted, Relation, SameScore, ScoreAt
from checker.verdict import Phrase

TAKEN = Phrase("括号内的扣分与评分表的分值、得分", "the deduction in the brackets, weight and score in the table")
FEWEST, MOSTLY = 4, (4, 5)
"""So many brackets, and so large a share of them in agreement with the table, before one of them can be wrong."""
SHORTEST = 3
"""Characters of a name that is looked for in running text."""
_BRACKET = Pattern(
    r"[（(]\s*得\s*(?P<score>\d+(?:\.\d+)?)\s*分(?:\s*[，,、；;]\s*(?:不扣分|未扣分|扣(?:减|分)?\s*(?P<taken>\d+(?:\.\d+)?)\s*分))?\s*[）)]"
)


class _Told(Struct, frozen=True):
    """A bracket with the row of the score table that the words before it name."""

    row: ScoreRow
    score: Figure
    taken: Figure | None


def find_bracketed_scores(reading: Reading, tree: ScoreTree) -> Iterator[Relation]:
    """Every score in brackets with its indicator's, where the narrative gives scores so."""
    if tree.scores is None or tree.is_one_of_many:
        return
    names = _names(tree)
    told = [one for passage in reading.prose if passage.place.row is None for one in _in_passage(passage, names)]
    agreeing = sum(one.row.score is not None and _value(one.score) == _value(one.row.score) for one in told)
    if len(told) < FEWEST or agreeing * MOSTLY[1] < len(told) * MOSTLY[0]:
        return
    for one in told:
        score, weight = one.row.score, one.row.weight
        if score is None or weight is None:
            continue
        places = (ScoreAt(one.score, NARRATIVE), ScoreAt(score, SCORE_TABLE))
        yield SameScore(OF_ONE.filled(name=one.row.name), one.row.name, places, None)
        if one.taken is not None and _value(one.score) == _value(score):
            yield Deducted(TAKEN, one.row.name, weight, (one.taken,), score)


def _value(figure: Figure | None) -> object:
    return figure.quantity.value if figure else None


def _names(tree: ScoreTree) -> Mapping[str, ScoreRow]:
    """The rows of the score table whose name only one has."""
    rows = tree.scores.rows if tree.scores else ()
    times = Counter(row.name for row in rows)
    return {row.name: row for row in rows if times[row.name] == 1 and len(row.name) >= SHORTEST and not row.damaged}


def _in_passage(passage: Passage, names: Mapping[str, ScoreRow]) -> Iterator[_Told]:
    text, start = passage.text.value, 0
    for match in _BRACKET.finditer(text) if "得" in text else ():
        row = _named(text[start : match.start()], names)
        score, taken = _figure(passage, match, "score"), _figure(passage, match, "taken")
        start = match.end()
        if row is not None and score is not None:
            yield _Told(row, score, taken)


def _named(said: str, names: Mapping[str, ScoreRow]) -> ScoreRow | None:
    """The indicator that stands last in some words; of several that end there the one with the longest name."""
    ends = [(said.rfind(name) + len(name), len(name), name) for name in names if name in said]
    return names[max(ends)[2]] if ends else None


def _figure(passage: Passage, match: Match, group: str) -> Figure | None:
    if match[group] is None:
        return None
    start, end = match.span(group)
    return next((figure for figure in passage.within(start, end + len("  分")) if figure.start <= start), None)
