"""How many indicators the system or one of its groups has: a sentence's counts beside the tables.

共设4个一级指标、12个二级指标 counts the whole system; 决策类指标…包括3个二级指标和7个三级指标 those of one group, and
该类指标下设… those of the group that the paragraph or the heading above names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from checker.extract.clauses import sentence_at, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.score_tree import ScoreTree, doubtful_groups
from checker.relate.score_values import Group, ScoreRow, ScoreTable
from checker.relation import CountedIndicators
from checker.verdict import Mention, Phrase, Role

COUNTED = Phrase("同一句列出各级指标的个数", "one sentence counts the indicators of each level")
COUNTED_UNDER = Phrase("文中一组指标的个数与指标表", "the text counts the indicators of one group of the table")
OF_GROUP = Pattern(
    r"(?:^|[，,；;：:、])\s*(?P<name>[一-鿿]{2,14}?)(?:类|部分|方面)?(?:指标)?[下中]?(?:共设置|共设|共有|下设|设置|设有|包括|包含|设|有|共)\s*$"
)
OPENING = Pattern(
    r"\s*(?:其中|此外)?[，,：:]?(?:在|从)?(?P<name>[一-鿿]{2,14}?)(?:类|部分|方面|维度)?(?:一级)?(?:指标)?[下中]?"
    r"(?=[（(：:]|分值|权重|满分|共|下设|设|有|包括|包含|占|得|由)"
)
"""The name with which a sentence may open that speaks of one group."""
OF_THIS = Pattern(r"\s*(?:其中[，,]?)?[该本此](?:[一二三]级)?[类项部一]?")
HALF = 2
LEVELS = ("一级指标", "二级指标", "三级指标", "四级指标")


def find_counts(reading: Reading, tree: ScoreTree) -> Iterator[CountedIndicators]:
    """Counts of indicators in a sentence that names two levels or more, or right after the name of one group."""
    tables = [table for table in (tree.listing, tree.scores) if table and not table.is_damaged]
    agree = not doubtful_groups(tree.indicators, tree.listing, tree.told, any_level=True)
    sound = [table for table in tables if agree and len(table.columns.levels) > 1]
    table = max(sound, key=lambda one: len(one.columns.levels), default=None)
    if table is None:
        return
    for passage in reading.prose:
        for span in sentences(passage.text.value):
            found = [(figure, _level_of(passage, figure)) for figure in passage.within(span.start, span.end)]
            counts = [(figure, level) for figure, level in found if level >= 0]
            yield from _of_sentence(reading, table, passage, span.start, counts)


def _of_sentence(
    reading: Reading, table: ScoreTable, passage: Passage, start: int, counts: Sequence[tuple[Figure, int]]
) -> Iterator[CountedIndicators]:
    """A sentence's counts, each with its level, beside the table."""
    levels = {level for _, level in counts}
    if len(levels) > 1:
        known, meant = _meant(reading, table, passage, start, min(levels))
        for figure, level in counts if known else ():
            yield from _counted(table, figure, level, meant)
        return
    for figure, level in counts:
        group = _group_before(table, passage, figure)
        if group is not None and level > group.level:
            yield from _counted(table, figure, level, group)


def _counted(table: ScoreTable, figure: Figure, level: int, group: Group | None) -> Iterator[CountedIndicators]:
    """A count beside the rows of a group, of the whole table without one."""
    heads = [table.table.header[column] for column in table.columns.levels]
    if any(name in head for head in heads for name in LEVELS) and not any(LEVELS[level] in head for head in heads):
        return  # the table has no column of that level
    rows = [row for row in table.rows if group is None or row.row in group.rows]
    counted = _count_level(rows, _depth(table, level))
    if counted * HALF < figure.quantity.value:
        return  # the table was not read in full
    name = f"“{group.path[-1]}”之下的{LEVELS[level]}" if group else LEVELS[level]
    place = table.place(rows[0].row, table.columns.levels[0])
    cell = table.table.rows[rows[0].row][table.columns.levels[0]]
    mention = Mention.words(Role.WHOLE, cell.text, place)
    yield CountedIndicators(COUNTED_UNDER if group else COUNTED, name, figure, counted, mention)


def _meant(
    reading: Reading, table: ScoreTable, passage: Passage, start: int, highest: int
) -> tuple[bool, Group | None]:
    """Whether it is told what a sentence counts the indicators of, and the group, None for the whole system.

    决策类指标…包括3个二级指标和7个三级指标 counts those of 决策, and 该类指标下设… those of the group that the
    paragraph or the heading above names.
    """
    text = passage.text.value
    upper = [group for group in table.groups if group.level < highest]
    if not OF_THIS.match(text, start):
        named = OPENING.match(text, start)
        found = [group for group in upper if named and group.path[-1] == named["name"]]
        return len(found) <= 1, found[0] if found else None
    title = reading.document.sections[passage.place.section].title
    for said in (text[:start], title):
        if found := [group for group in upper if group.path[-1] in said]:
            return len(found) == 1, found[0]
    return False, None


def _level_of(passage: Passage, figure: Figure) -> int:
    """The level that a count of indicators names, right before or right after it; -1 without one."""
    if figure.quantity.unit.kind != "count" or figure.quantity.is_open:
        return -1
    after = "".join(passage.text.value[figure.end : figure.end + 6].split())
    before = "".join(passage.label(figure).split()).rstrip("共设计有")
    behind = next((level for level, name in enumerate(LEVELS) if after.startswith(name)), -1)
    return behind if behind >= 0 else next((level for level, name in enumerate(LEVELS) if before.endswith(name)), -1)


def _depth(table: ScoreTable, level: int) -> int:
    """Where among its columns of names a table has a level: 三级指标 may stand before 一级指标."""
    heads = [table.table.header[column] for column in table.columns.levels]
    return next((at for at, head in enumerate(heads) if LEVELS[level] in head), level)


def _count_level(rows: Sequence[ScoreRow], level: int) -> int:
    """How many indicators the rows have on a level, 0 where they do not reach it."""
    depth = max((len(row.path) for row in rows), default=0)
    if level >= depth:
        return 0
    names = [row.path[: level + 1] for row in rows if len(row.path) > level and row.path[level]]
    lone = {path[-1] for path in names}  # a level that stands behind a lower one names each group many times
    if level == depth - 1 and len(set(names)) == len(lone):
        return sum(
            1 for path, _ in groupby(row.path for row in rows) if path and path[-1]
        )  # several points to score may share an indicator
    return min(len(set(names)), len(lone))


def _group_before(table: ScoreTable, passage: Passage, figure: Figure) -> Group | None:
    """The one group of the table that the words right before a count name."""
    text = passage.text.value
    match = OF_GROUP.search(text[sentence_at(text, figure.start).start : figure.start])
    found = [group for group in table.groups if match and group.path[-1] == match["name"]]
    return found[0] if len(found) == 1 else None
