"""Criteria and explanations of the indicators: the same in both tables, and each indicator's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from checker.document import Table
from checker.phrases import words
from checker.relate.indicator_places import LISTING, SCORES, Side
from checker.relate.score_tree import ScoreTree
from checker.relate.score_values import ScoreRow
from checker.relate.spots import Spot
from checker.relate.text_differences import Difference, bigrams, common, differences, places, tokens
from checker.relate.vocabulary import listed
from checker.relation import Relation
from checker.relation.indicators import OwnText, SameText
from checker.verdict import Mention, Phrase, Role

BOTH = Phrase("两表同一指标的{column}", "{column} of one indicator in both tables")
OWN = Phrase("每个指标各有其{column}", "each indicator has {column} of its own")

ALIKE = (3, 5)
"""Texts of which the shorter shares less are not two versions of one: a converter moved a cell."""
LONG = 12
"""A copied text has at least so many characters."""
SURE = 2
"""So many pairs of characters of a name tell that a text speaks of it: 完成 alone is in many criteria."""
GENERIC = frozenset[str]().union(*map(bigrams, ("完成率", "及时率", "合格率", "达标率", "到位率", "覆盖率")))
"""Of names of rates: a rule for several rates may say 完成率 of each."""
SHOWN = 3
"""A message shows so many differences."""


def find_texts(tree: ScoreTree, *, paged: bool) -> Iterator[Relation]:
    """Criteria and explanations against the other table and against the other indicators."""
    sides = [Side(tree.scores, SCORES)] if tree.scores else []
    sides += [Side(tree.listing, LISTING)] if tree.listing else []
    if len(sides) > 1:
        for purpose in ("criteria", "explanation"):
            yield from _between(tree, sides[0], sides[1], purpose, paged=paged)
    for side in sides:
        for purpose in ("criteria", "explanation"):
            column = text_column(side.table.table, purpose)
            if column is not None:
                yield from _own(side, column)


def text_column(table: Table, purpose: str) -> int | None:
    """The column whose header is one of the names for criteria or explanation."""
    names = words("score", purpose)
    return next((i for i, header in enumerate(table.header) if header.partition("（")[0] in names), None)


def _between(tree: ScoreTree, scores: Side, listing: Side, purpose: str, *, paged: bool) -> Iterator[Relation]:
    ours, theirs = text_column(scores.table.table, purpose), text_column(listing.table.table, purpose)
    if ours is None or theirs is None:
        return
    column = scores.table.table.header[ours]
    for node in tree.indicators:
        if node.scored and node.listed:
            cut = paged or node.scored.damaged or node.listed.damaged
            there = listing.spot(node.listed.row, theirs)
            places = [ours, *(range(scores.table.table.width) if cut else ())]
            here = next((spot for at in places if _alike(spot := scores.spot(node.scored.row, at), there)), None)
            if here:
                yield _compared(node.name, column, here, there, cut=cut)


def _alike(here: Spot, there: Spot) -> bool:
    """Whether two cells hold versions of one text; a converter may have moved one of them."""
    ours, theirs = tokens(here.plain), tokens(there.plain)
    shared = common(ours, theirs, differences(ours, theirs))
    return bool(ours and theirs) and shared * ALIKE[1] >= ALIKE[0] * min(len(ours), len(theirs))


def _inside(found: Sequence[Difference], ours: int, theirs: int) -> list[Difference]:
    """Without what differs at the end only: a page break cuts cells, or adds the next cell's figure."""
    return [one for one in found if one.here[1] < ours and one.there[1] < theirs]


def _compared(name: str, column: str, here: Spot, there: Spot, *, cut: bool) -> Relation:
    ours, theirs = tokens(here.plain), tokens(there.plain)
    found = differences(ours, theirs)
    if cut:
        found = _inside(found, len(ours), len(theirs))
    telling = [one for one in found if _tells(_said(ours, one.here)) or _tells(_said(theirs, one.there))]
    said = tuple(filter(None, (_words(here, one.here) for one in telling[:SHOWN])))
    other = tuple(filter(None, (_words(there, one.there) for one in telling[:SHOWN])))
    ruled = any(_rules(_said(ours, one.here)) != _rules(_said(theirs, one.there)) for one in telling)
    first, second = _place(here, telling, 0), _place(there, telling, 1)
    return SameText(BOTH.filled(column=column), name, column, first, second, (SCORES, LISTING), said, other, ruled)


def _said(text: Sequence[str], span: tuple[int, int]) -> str:
    return "".join(text[span[0] : span[1]])


def _tells(said: str) -> bool:
    """Whether a difference is more than words that say nothing."""
    for word in listed("indicators", "trivial"):
        said = said.replace(word, "")
    return bool(said)


def _rules(said: str) -> str:
    """The numbers and signs of a difference."""
    return "".join(char for char in said if char.isdigit() or char in "%≥≤<>=.")


def _words(spot: Spot, span: tuple[int, int]) -> str:
    """The words of a difference, with the character beside them where there is one alone."""
    if span[0] == span[1]:
        return ""
    text = places(spot.plain)
    first, last = (max(0, span[0] - 1), min(len(text), span[1] + 1)) if span[1] - span[0] < 2 else span
    return spot.words(text[first][0], text[last - 1][1])


def _place(spot: Spot, found: Sequence[Difference], side: int) -> Mention:
    role = Role.OPERAND if side else Role.STATED
    text = places(spot.plain) if found else []
    if not text:
        return Mention.words(role, spot.text, spot.place)
    first, last = found[0].there if side else found[0].here
    first = min(first, len(text) - 1)
    return spot.mention(role, text[first][0], text[max(first, last - 1)][1])


def _own(side: Side, column: int) -> Iterator[Relation]:
    """Rows whose text is another row's and speaks of that other indicator only."""
    header = side.table.table.header[column]
    because = OWN.filled(column=header)
    groups: dict[str, list[ScoreRow]] = defaultdict(list)
    for row in side.table.rows:
        said = "".join(tokens(side.spot(row.row, column).plain))
        if len(said) >= LONG and row.name and not row.damaged:
            groups[said].append(row)
    for said, rows in groups.items():
        for row in rows:
            source = next((other for other in rows if other is not row and _speaks(said, other.name, row.name)), None)
            mention = side.cell(row.row, column, Role.STATED)
            if source:
                other = side.cell(source.row, column, Role.OPERAND)
                yield OwnText(because, row.name, header, mention, source.name, other)
            else:
                yield OwnText(because, row.name, header, mention)


def _speaks(said: str, name: str, other: str) -> bool:
    """Whether a text has words of the one name that the other lacks, and none the other way round."""
    mine, others = bigrams(name), bigrams(other)
    own = mine - others - GENERIC
    return sum(pair in said for pair in own) >= SURE and not any(pair in said for pair in others - mine)
