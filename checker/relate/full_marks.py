"""How many indicators have all their points and how many lost some: 42 项三级指标中满分的有 13 项，失分的有 29 项.

The number in all tells which are meant: those of the whole score table, or of the group that the
sentence or the heading names. Which of them lost points is counted in the table; those that a
sentence lists by name must be among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from checker.extract.clauses import Span, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.score_prose import is_of_others
from checker.relate.score_tree import build_score_tree
from checker.relate.score_values import ScoreRow, ScoreTable
from checker.relation import CountedIndicators
from checker.relation.trends import Comparison
from checker.verdict import Mention, Phrase, Role

IN_TABLE = Phrase(
    "文中得满分、有扣分的指标个数与评分表", "indicators with all points and with fewer beside the score table"
)
_ALL = Pattern(
    r"(?P<all>\d+)\s*[个项条](?P<level>[^\d，。；、的]{0,6}(?:[一二三四五末]级|具体|明细|评价)?)指标(?![分权])"
)
_FULL = r"(?:获得|获|取得|得|为)?(?:了)?满分|(?:不|未|没有|无)扣分|未失分"
_LOST = r"(?:未能|未|没有|没|不)(?:获得|获|取得|得)?(?:到)?满分|"
_LOST += r"(?:均|都)?(?:有|存在|被|发生|出现)?(?:不同程度)?(?:的)?(?:扣分|失分)"
_WORDS = ("满分", "扣分", "失分")
_AFTER = Pattern(
    rf"(?P<x>\d+)\s*[个项条](?:[一-鿿]{{0,4}}指标)?\s*(?:均|都|全部|各|则)?(?:(?P<full>{_FULL})|(?P<lost>{_LOST}))(?![的率]|\d)"
)
_BEFORE = Pattern(
    rf"(?<=[，,、；;：:。中里和及与中]|其中|其余|另有|仅|只有)\s*(?:(?P<full>{_FULL})|(?P<lost>{_LOST}))的?(?:[一-鿿]{{0,2}}指标)?"
    r"(?:仅|只|共|也|各)?(?:有|为|占|是)?(?:仅|只)?\s*(?P<x>\d+)\s*[个项条]"
)
_CONDITION = Pattern(r"因|由于|自评|上年|县|区|市|镇|乡|街|户|\d+%|以[上下]|不足|超过|低于|高于")
"""Words of a clause that counts others, or only some of those."""
_NAMES_AFTER = Pattern(r"\s*(?:[，,]?\s*(?:即|分别为|分别是|为|是|包括)|[：:（(])(?P<names>[^。；;）)]+)")
_NAMES_BEFORE = Pattern(r"(?:^|[，,。；;：:]|其中|指标中)(?:其中|仅|只有|有)?(?P<names>[^，,。；;：:\d]+?)(?:等|这)?$")
_PARTS = Pattern(r"、|以及")
_JOINED = Pattern(r"[和及与]")
_MARKS = Pattern(r"^[“\"]?(?:[A-Z]\d+(?:[-.]\d+)*)?\s*(?P<name>.*?)[”\"]?$")
FULL, FEWER = "得满分", "未得满分"
POINTS = "分值"
LISTED = 3
"""How many of the indicators a message names."""
MOST_OFF = 4
"""By how much a count may be wrong; further off something else is meant."""
PERCENT = Decimal(100)


class _Counted(Struct, frozen=True):
    """Which of some indicators have all their points; those of a group with its name."""

    group: str
    full: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def whole(self) -> int:
        """How many there are."""
        return len(self.full) + len(self.lost)


def find_full_marks(reading: Reading) -> Iterator[CountedIndicators | Comparison]:
    """Every count of indicators with all points, or with fewer, where a sentence says how many there are in all."""
    tree = build_score_tree(reading)
    table = tree.scores
    if table is None or table.is_damaged or tree.is_one_of_many or not table.rows:
        return
    known = list(_counted(table))
    for passage in reading.prose if known else ():
        text = passage.text.value
        told = passage.place.row is None and any(word in text for word in _WORDS)
        for span in sentences(text) if told and not is_of_others(reading, passage) else ():
            yield from _of_sentence(reading, passage, span, known, table)


def _counted(table: ScoreTable) -> Iterator[_Counted]:
    """The rows of the table and of each of its groups, and the groups of each level."""
    full = _full_rows(table)
    if not full:
        return
    yield _counted_rows("", table.rows, full)
    for group in table.groups:
        yield _counted_rows(group.path[-1], [row for row in table.rows if row.row in group.rows], full)
    for level in {group.level for group in table.groups}:
        groups = [group for group in table.groups if group.level == level]
        holding = {group.path: all(full[row] for row in group.rows if row in full) for group in groups}
        yield _Counted(
            "",
            tuple(path[-1] for path, one in holding.items() if one),
            tuple(path[-1] for path, one in holding.items() if not one),
        )


def _full_rows(table: ScoreTable) -> Mapping[int, bool]:
    """Whether each row has all its points; nothing where some are not known."""
    pairs = {row.row: (row.weight, row.score) for row in table.rows}
    values = {
        row: (weight.quantity.value, score.quantity.value) for row, (weight, score) in pairs.items() if weight and score
    }
    if len(values) < len(pairs):
        return {}
    over = sum(score > weight for weight, score in values.values())
    if 2 * over > len(values):  # scores out of 100, beside weights
        return {row: score == PERCENT for row, (_, score) in values.items()}
    return {} if over else {row: score == weight for row, (weight, score) in values.items()}


def _counted_rows(name: str, rows: Sequence[ScoreRow], full: Mapping[int, bool]) -> _Counted:
    """Several rows of one indicator, points to score of it, count once."""
    holding: dict[tuple[str, ...], bool] = {}
    for row in rows:
        holding[row.path] = holding.get(row.path, True) and full[row.row]
    names = {True: tuple(p[-1] for p, one in holding.items() if one and p), False: ()}
    return _Counted(name, names[True], tuple(p[-1] for p, one in holding.items() if not one and p))


def _of_sentence(
    reading: Reading, passage: Passage, span: Span, known: Sequence[_Counted], table: ScoreTable
) -> Iterator[CountedIndicators | Comparison]:
    text = passage.text.value
    wholes = list(_ALL.finditer(text, span.start, span.end))
    for at, match in enumerate(wholes):
        end = wholes[at + 1].start() if at + 1 < len(wholes) else span.end
        led = reading.document.sections[passage.place.section].title + text[span.start : match.end()]
        meant = _meant(int(match["all"]), led, known)
        for pattern in (_AFTER, _BEFORE):
            for said in pattern.finditer(text, match.end() - 2, end):
                figure = passage.at(said.start("x"))
                clause = text[max(match.end(), text.rfind("，", match.end(), said.start()) + 1) : said.start()]
                if figure is not None and not _CONDITION.search(clause):
                    full = said["full"] is not None
                    yield from _judged(figure, meant, match["level"], table, full=full)
                    yield from _named(text, said, figure, table, full=full)


def _meant(whole: int, led: str, known: Sequence[_Counted]) -> Sequence[_Counted]:
    """The indicators of which there are so many; of groups those that are named."""
    found = [one for one in known if one.whole == whole]
    named = [one for one in found if one.group and one.group in led]
    return named or [one for one in found if not one.group]


def _judged(
    figure: Figure, meant: Sequence[_Counted], level: str, table: ScoreTable, *, full: bool
) -> Iterator[CountedIndicators]:
    claims = [(one, one.full if full else one.lost) for one in meant]
    value = figure.quantity.value
    fitting = [one for one in claims if len(one[1]) == value]
    if not fitting and len(claims) != 1:
        return
    one, names = (fitting or claims)[0]
    if abs(len(names) - value) > MOST_OFF:
        return
    what = ("得满分的" if full else "未得满分的") + (level.strip() or "") + "指标"
    cell = table.table.rows[table.rows[0].row][table.columns.levels[0]]
    place = table.place(table.rows[0].row, table.columns.levels[0])
    listed = "、".join(names[:LISTED]) + ("等" if len(names) > LISTED else "")
    name = (f"“{one.group}”中" if one.group else "") + what + (f"（{listed}）" if listed else "")
    yield CountedIndicators(IN_TABLE, name, figure, len(names), Mention.words(Role.WHOLE, cell.text, place))


def _named(text: str, said: Match, figure: Figure, table: ScoreTable, *, full: bool) -> Iterator[Comparison]:
    """The indicators that stand before or behind a count as those that are meant."""
    behind = _NAMES_AFTER.match(text, said.end())
    before = None if behind else _NAMES_BEFORE.search(text[: said.start()])
    found = behind or before
    times = Counter(row.name for row in table.rows)
    known = {row.name: row for row in table.rows if times[row.name] == 1}
    names = list(_split(found["names"], known)) if found else []
    if len(names) != figure.quantity.value:
        return
    word = Mention(Role.STATED, figure.text, said.start(), said.end(), figure.place)
    for row in (known[name] for name in names if name in known):
        if row.score and row.weight:
            told = FULL if full else FEWER
            yield Comparison(
                IN_TABLE, (row.name, POINTS), row.score, row.weight, word, told, 1 if full else -1, or_equal=full
            )


def _split(names: str, known: Mapping[str, ScoreRow]) -> Iterator[str]:
    """The names of a list; one that has 和 in it stays whole where an indicator is called so."""
    for part in _PARTS.split(names):
        said = _MARKS.search(part.strip())
        name = said["name"] if said else ""
        if name in known:
            yield name
        else:
            yield from (one.strip() for one in _JOINED.split(name))
