"""The other end of a column by its name alone: 最低的甲县仅 77.96 %，与最高的乙县相差 19.48 个百分点.

Whose value is the highest is told by the column of the lowest. A name is wrong where the gap is that of the
true highest.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.extremes import Named, claim_of, named_extremes
from checker.relate.known_columns import Cell, known_columns
from checker.relation.trends import Comparison
from checker.verdict import Mention, Phrase, Role

IN_TABLE = Phrase("“{table}”中“{column}”一列的各行", "the rows of “{column}” in “{table}”")
_OPPOSITE = Pattern(
    r"(?:与|和|比|较|低于|高于)(?P<word>最(?P<way>[高低多少大小长短]))的(?P<name>\p{Han}{2,20}?)"
    r"(?:之间)?(?:相差|差距?|[高低多少]|快|慢)(?:了|出|达|约|为)?\s*(?P<gap>\d[\d,]*(?:\.\d+)?)"
)
_UP = "高多大长"


def find_opposite_names(reading: Reading) -> Iterator[Comparison]:
    """Every name that a gap sets against an extreme with a value."""
    for passage in reading.prose:
        text = passage.text.value
        if passage.place.row is not None or "最" not in text:
            continue
        for match in _OPPOSITE.finditer(text):
            span = sentence_at(text, match.start())
            gap = passage.at(match.start("gap"))
            named = [one for one in named_extremes(passage, span.start, match.start()) if one.end <= match.start()]
            own = [one for one in named if one.up is not (match["way"] in _UP)]
            if gap is not None and own:
                yield from _judged(reading, passage, match, own[-1], gap)


def _judged(reading: Reading, passage: Passage, match: Match, one: Named, gap: Figure) -> Iterator[Comparison]:
    claim = claim_of(reading, one)
    if claim is None or not claim.holds:
        return
    for table, column, cells in known_columns(reading).columns:
        if all(cell.figure is not claim.owned for cell in cells):
            continue
        said = [cell for cell in cells if cell.name == match["name"]]
        up = match["way"] in _UP
        rival = (max if up else min)(cells, key=lambda cell: cell.figure.quantity.based)
        if len(said) == 1 and (_is_gap(rival, one, gap) or said[0] is rival):
            because = IN_TABLE.filled(table=table.name, column=column)
            word = Mention(Role.STATED, passage.text, *match.span("word"), passage.place)
            names, sign = (said[0].name, rival.name), 1 if up else -1
            left, right = said[0].figure, rival.figure
            yield Comparison(because, names, left, right, word, match["word"], sign, or_equal=True)
            return


def _is_gap(rival: Cell, one: Named, gap: Figure) -> bool:
    """Whether a gap is what lies between the value of the sentence and the other end of its column."""
    apart = abs(rival.figure.quantity.value - one.figure.quantity.value)
    return apart == gap.quantity.value
