"""Indicators across the tables and the narrative: present, named, ordered and grouped alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.extract.figures import Reading
from checker.phrases import words
from checker.relate.outline_contents import increasing
from checker.relate.score_prose import Narrated
from checker.relate.score_tree import Indicator, ScoreTree, alike
from checker.relate.score_values import ScoreRow, ScoreTable
from checker.relate.spots import Spot, plain
from checker.relation import Relation
from checker.relation.indicators import IndicatorNames, IndicatorOrder, IndicatorParent, IndicatorPresent, Named
from checker.verdict import Mention, Phrase, Role

BOTH = Phrase("指标体系表、评分表与正文列举同一套指标", "tables and narrative list one system of indicators")
ONE = Phrase("按上级指标和次序对应的同一指标", "one indicator, by its group and its place in order")
NARRATIVE = Phrase("正文指标分析", "the narrative")
SCORES = Phrase("评分表", "the score table")
LISTING = Phrase("指标体系表", "the indicator table")
SUMMARY = Phrase("得分汇总表", "the summary table")

MOST = (4, 5)
"""A place lists the same indicators when at least this share of them stands in it."""
LONGEST_NAME = 24
MANY = 4
"""So many names are not mistyped in one table."""


class Side(Struct, frozen=True):
    """One table of the tree with the name that messages give it."""

    table: ScoreTable
    where: Phrase

    @property
    def depth(self) -> int:
        """The last of the name columns, from 0."""
        return len(self.table.columns.levels) - 1

    def name(self, row: ScoreRow, role: Role = Role.STATED) -> Mention:
        """The cell with the indicator's name."""
        column = self.table.columns.levels[-1]
        return self.cell(row.row, column, role)

    def cell(self, row: int, column: int, role: Role) -> Mention:
        """A cell of the table."""
        cell = self.table.table.rows[row][column]
        return Mention.words(role, cell.text, self.table.place(row, column))

    def spot(self, row: int, column: int) -> Spot:
        """A cell to search in."""
        mention = self.cell(row, column, Role.STATED)
        return Spot(mention.text, mention.place, "cell")

    def said(self) -> str:
        """All that the table says, to look a name up in."""
        return "|".join(_bare(cell.text.value) for row in self.table.table.rows for cell in row if cell.text.value)


def _bare(text: str) -> str:
    bare = plain(text)
    for quote in "“”\"'‘’":
        bare = bare.replace(quote, "")
    return bare


def find_places(reading: Reading, tree: ScoreTree) -> Iterator[Relation]:
    """Every indicator in every place."""
    scores = Side(tree.scores, SCORES) if tree.scores else None
    listing = Side(tree.listing, LISTING) if tree.listing else None
    if scores and listing:
        yield from _between_tables(tree, scores, listing)
        yield from _order(tree, scores, listing)
        yield from _parents(tree, scores, listing)
    base = scores or listing
    if base:
        yield from _told(reading, tree, base)
        for node in tree.indicators:
            yield from _names(node, scores, listing)
        yield from _summary(tree, base)


def _between_tables(tree: ScoreTree, scores: Side, listing: Side) -> Iterator[Relation]:
    paired = [node for node in tree.indicators if node.scored and node.listed]
    rows = [node.scored for node in tree.indicators if node.scored and not node.listed]
    used = {node.listed.row for node in paired if node.listed}
    others = [row for row in listing.table.rows if row.row not in used]
    total = max(len(tree.indicators), len(listing.table.rows))
    if len(paired) * MOST[1] < total * MOST[0]:
        return
    for node in paired:
        if node.scored:
            yield IndicatorPresent(BOTH, node.name, scores.name(node.scored), SCORES, LISTING, found=True)
    for here, there, lonely, rest in ((scores, listing, rows, others), (listing, scores, others, rows)):
        said = there.said() if lonely else ""
        for row in lonely:
            variant = any(alike(row.name, other.name) for other in rest)
            if _is_name(row) and not variant and _bare(row.name) not in said:
                yield IndicatorPresent(BOTH, row.name, here.name(row), here.where, there.where, found=False)


def _is_name(row: ScoreRow) -> bool:
    """Whether a row's name is one: not a header repeated on a new page, not a sentence, not （略）."""
    if row.name.startswith(words("score", "levels")):
        return False
    return (
        not row.damaged
        and 3 <= len(row.name.strip("()")) <= LONGEST_NAME
        and not any(mark in row.name for mark in "，。；;,")
    )


def _told(reading: Reading, tree: ScoreTree, base: Side) -> Iterator[Relation]:
    """Indicators that the narrative passes over, where it tells most of them."""
    told = [node for node in tree.indicators if node.narrated]
    if len(told) * MOST[1] < len(tree.indicators) * MOST[0]:
        return
    said = "|".join(_bare(p.text.value) for p in reading.passages if p.place.row is None)
    tied = {node.narrated.label.place.block for node in told if node.narrated}
    rest = [one.name for one in tree.told if one.label.place.block not in tied]
    for node in tree.indicators:
        row = node.scored or node.listed
        if row is None:
            continue
        found = node.narrated is not None
        known = found or _bare(node.name) in said or (row.code and row.code in said)
        known = known or any(alike(node.name, name) for name in rest)
        if found or (_is_name(row) and not known):
            yield IndicatorPresent(BOTH, node.name, base.name(row), base.where, NARRATIVE, found)


def _is_named(node: Indicator, narrated: Narrated) -> bool:
    """Whether what stands behind a code in a sentence is meant for the whole name: not D31 满意度 for 综合满意度."""
    rows = [row.name for row in (node.scored, node.listed) if row]
    shortened = any(narrated.name in name for name in rows if name != narrated.name)
    if shortened or any(char.isdigit() for char in narrated.name):
        return False
    return bool(narrated.code) and any(alike(narrated.name, name) for name in rows)


def _names(node: Indicator, scores: Side | None, listing: Side | None) -> Iterator[Relation]:
    names = []
    if node.narrated and (node.narrated.label.is_heading or _is_named(node, node.narrated)):
        names.append(Named(node.narrated.name, NARRATIVE, _label(node.narrated)))
    for side, row in ((scores, node.scored), (listing, node.listed)):
        if side and row and not row.damaged and len(row.name) <= LONGEST_NAME:
            names.append(Named(row.name, side.where, side.name(row)))
    if len(names) > 1:
        counts = [one.name for one in names]
        names.sort(key=lambda one: counts.count(one.name))
        yield IndicatorNames(ONE, tuple(names))


def _label(told: Narrated) -> Mention:
    """The heading, or the name that a paragraph opens with behind its code."""
    text, place = told.label.text, told.label.place
    start = text.value.find(told.name)
    if told.label.is_heading or start < 0:
        return Mention.words(Role.STATED, text, place)
    return Mention(Role.STATED, text, start, start + len(told.name), place)


def _summary(tree: ScoreTree, base: Side) -> Iterator[Relation]:
    """The second-level names of the summary against the groups of the main table, by order."""
    if tree.summary is None or tree.summary.is_damaged:
        return
    side = Side(tree.summary, SUMMARY)
    depth = len(tree.summary.columns.levels)
    groups = {
        row.path[depth - 1]: row for row in reversed(base.table.rows) if len(row.path) > depth and not row.damaged
    }
    listed = {row.name for row in tree.summary.rows}
    known = {name for row in base.table.rows for name in row.path}  # a summary in one column has groups of all levels
    free = [name for name in groups if name not in listed]
    found: list[IndicatorNames] = []
    for row in tree.summary.rows:
        like = [name for name in free if alike(row.name, name)]
        if row.name and row.name not in known and len(like) == 1 and like[0] not in row.name:
            column = base.table.columns.levels[depth - 1]
            other = group_cell(base, groups[like[0]].row, column)
            found.append(
                IndicatorNames(ONE, (Named(row.name, SUMMARY, side.name(row)), Named(like[0], base.where, other)))
            )
    if len(found) < MANY or 2 * len(found) <= len(tree.summary.rows):  # else the names were not read alike
        yield from found


def group_cell(side: Side, row: int, column: int) -> Mention:
    """The merged cell above a row that holds the group's name."""
    first = row
    while row > side.table.table.header_rows and not side.table.table.rows[row][column].value:
        row -= 1
    column = column if side.table.table.rows[row][column].value else side.table.columns.levels[-1]
    row = row if side.table.table.rows[row][column].value else first
    return side.cell(row, column, Role.OPERAND)


def _order(tree: ScoreTree, scores: Side, listing: Side) -> Iterator[Relation]:
    pairs = [(node.scored, node.listed) for node in tree.indicators if node.scored and node.listed]
    kept = set(increasing([there.row for _, there in pairs]))
    moved = tuple(
        (here.name, scores.name(here), listing.name(there, Role.OPERAND))
        for at, (here, there) in enumerate(pairs)
        if at not in kept
    )
    if pairs:
        yield IndicatorOrder(BOTH, scores.name(pairs[0][0]), SCORES, LISTING, moved)


def _parents(tree: ScoreTree, scores: Side, listing: Side) -> Iterator[Relation]:
    """The group of each indicator; only where both tables know both groups."""
    groups = [_group_names(side.table.rows) for side in (scores, listing)]
    for node in tree.indicators:
        here, there = node.scored, node.listed
        if not here or not there or here.damaged or there.damaged or min(len(here.path), len(there.path)) < 2:
            continue
        one, other = here.path[-2], there.path[-2]
        known = all(name in names for name in (one, other) for names in groups)
        if known and one and other:
            pair = (Named(one, SCORES, scores.name(here)), Named(other, LISTING, listing.name(there, Role.OPERAND)))
            drifts = other in _beside(scores.table.rows, here) and one in _beside(listing.table.rows, there)
            yield IndicatorParent(ONE, node.name, pair, True if one == other else None if drifts else False)


def _beside(rows: Sequence[ScoreRow], row: ScoreRow) -> set[str]:
    """The groups of the rows above and below: a converter may have moved the border between two groups."""
    at = next(i for i, one in enumerate(rows) if one.row == row.row)
    return _group_names(rows[max(0, at - 1) : at + 2])


def _group_names(rows: Sequence[ScoreRow]) -> set[str]:
    return {row.path[-2] for row in rows if len(row.path) > 1}
