"""Ranks that a sentence gives to a row of a table: 执法支队支出 3,456.98 万元，居第三位."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.document import Table
from checker.extract.chinese import chinese_number
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.known_columns import Cell, known_columns, value_key
from checker.relation.facts import Extreme
from checker.verdict import Phrase

IN_COLUMN = Phrase("“{table}”中“{column}”一列的次序", "the order of “{column}” in “{table}”")
FEWEST, TELLING, SHORTEST = 4, 3, 2
"""Rows of a column that ranks are told of; digits of a value that says which row is meant; characters of a name."""
REACH, SHORT_LEAD = 120, 24
"""Characters before a value, and at the beginning of its paragraph, in which its name is looked for."""
LAST, BOTTOM = "末位", "垫底"
_WORDS = ("第", "首", "末", "垫底")
_MEASURES = ("分", "率", "额", "数", "费", "量")
"""What the rows of a table are called that has its places side by side."""
_OF_ALL = Pattern(r"^全|平均|均值|合计|^[^\p{Han}\p{L}\d]*$")
_RANK = Pattern(
    r"\s*[，,（(]?\s*(?:在[^，。；\d]{0,12}中)?(?:位?居|位?列|排名?)?(?:全?[省市县区]|各\p{Han}{1,4})?"
    r"(?P<word>(?<=[居列排名省市县区])(?:倒数)?第(?P<rank>[一二三四五六七八九十]{1,2}|\d{1,2})[位名]?(?!、)"
    r"|(?:倒数)?第(?P<bare>[一二三四五六七八九十])[位名]?(?=[，。；,;）)])"
    r"|(?<=[居列排名省市县区])(?:首位?|末位?|榜首)|垫底)"
)
"""垫底 and 倒数第二 count from the other end; which end is meant is not told for either."""


def find_rank_words(reading: Reading) -> Iterator[Extreme]:
    """Every rank right behind a value that a table has, among the values of its column."""
    for passage in reading.prose:
        if passage.place.row is not None or not any(word in passage.text.value for word in _WORDS):
            continue
        for figure in passage.figures:
            match = _RANK.match(passage.text.value, figure.end)
            if match is not None and figure.quantity.digits >= TELLING and not figure.quantity.is_open:
                found = _in_tables(reading, passage, figure, match)
                if found is not None:
                    yield found


def _in_tables(reading: Reading, passage: Passage, figure: Figure, match: Match) -> Extreme | None:
    """The rank in the columns that have the value in a row of a name that stands before it; one may bear it out."""
    said = _rank(match["rank"] or match["bare"])
    above = reading.document.sections[passage.place.section].title  # 4.石岐县 … 评价分83.4分，列第6位
    words = "".join((above + passage.text.value[: figure.start][:SHORT_LEAD]).split())
    words += "".join(passage.text.value[max(0, figure.start - REACH) : figure.start].split())
    known = known_columns(reading)
    wrong = None
    for at in known.having.get(value_key(figure), ()):
        table, column, cells = known.columns[at]
        named = [c for c in cells if value_key(c.figure) == value_key(figure) and _is_named(c.name, words)]
        if len(named) != 1:
            continue
        several = [c for c in cells if not _OF_ALL.search(c.name)]
        alike = [c for c in several if c.name[-1:] == named[0].name[-1:]]  # 大埠镇 beside 县级直补
        sets = [rows for rows in (several, alike) if len(rows) >= FEWEST]
        ranks = [rank for rows in sets for rank in _ranks(rows, named[0].figure)]
        if not ranks or said > len(several):
            continue
        claim = _claim(table, column, named[0], figure, match, 0 if said in ranks else ranks[0])
        if claim.holds:
            return claim
        wrong = wrong or claim
    return wrong


def _rank(said: str | None) -> int:
    """The rank that is said; 居首 and 垫底 are the first from one end."""
    if said is None:
        return 1
    return int(said) if said.isdigit() else int(chinese_number(said) or 0)


def _is_named(name: str, words: str) -> bool:
    return (
        len(name) >= SHORTEST
        and not name.endswith(_MEASURES)
        and (name in words or (len(name) > SHORTEST and name[-4:] in words))
    )


def _ranks(cells: Sequence[Cell], figure: Figure) -> list[int]:
    """The ranks of a value from above and from below, and all those that equal values share."""
    values = [cell.figure.quantity.based for cell in cells]
    own = figure.quantity.based
    above, below = sum(value > own for value in values), sum(value < own for value in values)
    same = values.count(own)
    return [*range(above + 1, above + same + 1), *range(below + 1, below + same + 1)]


def _claim(table: Table, column: str, cell: Cell, figure: Figure, match: Match, rank: int) -> Extreme:
    because = IN_COLUMN.filled(table=table.name, column=column)
    said = LAST if match["word"] == BOTTOM else match["word"]
    return Extreme(because, figure, cell.name, cell.figure, cell.name, cell.figure, said, rank)
