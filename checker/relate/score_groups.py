"""Weights and scores of the upper levels, wherever the text states them.

A chapter of the narrative may print its group's weight and score in its heading ("1.社会效益（9 分，得
6.85 分）") or in its opening sentence; the evaluation chapter lists the weights of the first level
("（1）部门决策：占权重 15 分").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from checker.document import Section
from checker.extract.awards import AwardKind, find_awards
from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.score_counts import find_counts
from checker.relate.score_names import NUMBERED, is_group, plain_name, weight_and_score
from checker.relate.score_places import NARRATIVE, SUMMARY_TABLE
from checker.relate.score_prose import Narrated
from checker.relate.score_tree import ScoreTree, alike
from checker.relate.score_values import Group, ScoreRow, ScoreTable
from checker.relation import HundredWeights, Relation, SameScore, SameWeight, ScoreAt, ScoreTotal, WeightTotal
from checker.verdict import Phrase

TEXT = Phrase("正文权重说明", "the text on weights")
TABLE = Phrase("指标表", "the table of indicators")
UNDER = Phrase("正文中“{name}”一节及其下各指标", "the narrative's section “{name}” and the indicators under it")
IN_TABLE = Phrase(
    "正文标题中“{name}”的分值与评分表中其下各项",
    "the weight of “{name}” in its heading, and its rows in the score table",
)
LISTED = Phrase("正文逐项列出一级指标的权重", "the text lists the weights of the first level one by one")
ONE_GROUP = Phrase("同一指标“{name}”在各处的分值", "the weight of the same indicator “{name}” at each place")
ONE_SCORE = Phrase("正文标题与得分汇总表中“{name}”的得分", "the score of “{name}” in its heading and in the summary")
LIST_ITEM = Pattern(
    r"^\s*(?:[（(]?\d{1,2}[)）.、．]|[①-⑩]|[一二三四五六][、是])\s*(?P<name>[一-鿿]{2,10}?)(?:指标)?\s*[：:，,（(占权共]"
)
INCOMPLETE = Phrase(
    "该节所述指标与指标表中的一组不能一一对应", "the indicators of the section are not those of one group of the table"
)
FEWEST = 3
SYSTEM = Pattern(
    r"指标体系(?:共)?(?:由|包括|包含|分为|涵盖|分)(?!.{0,4}[一二三四]级)"
    r"|一级指标的?(?:权重|分值)分?(?:分别|依次)?[为是][:：]?"
)
BRACKETED = Pattern(
    r"\s*(?:、|，|,|和|及|与|以及)?\s*(?P<name>[一-鿿]{2,12}?)(?:类|一级)?(?:指标)?"
    r"\s*(?P<bracket>[（(])?\s*(?:权重|分值|占)?[为:：]?\s*$"
)
MORE = Pattern(r"\s*(?:等|、|，[^，。]{0,12}[（(])")
"""What goes on behind a list that names not all."""
REACH, NEAR = 8, 20  # characters before; points that a wrong weight may be off by
PARTS = ("个性", "共性", "投入", "决策", "过程", "产出", "效益", "满意", "二级", "三级", "自评")
"""Words before 指标体系 of a part of it."""


class GroupSection(Struct, frozen=True):
    """A section of the narrative with indicators under it."""

    section: Section
    name: str
    label: Passage
    weight: Figure | None
    score: Figure | None
    leaves: tuple[Narrated, ...]
    opening_weight: Figure | None = None
    """The weight that the opening sentence gives once more, below a heading with one."""


def find_group_relations(reading: Reading, tree: ScoreTree) -> Iterator[Relation]:
    """Weights and scores of groups in the text: against what stands under them and against the tables."""
    for group in group_sections(reading, tree.told):
        because = UNDER.filled(name=group.name)
        weights = tuple(leaf.weight for leaf in group.leaves if leaf.weight)
        scores = tuple(leaf.score for leaf in group.leaves if leaf.score)
        doubt = None if _is_complete(tree, group.name, group.leaves) else INCOMPLETE
        if group.weight and len(weights) == len(group.leaves):
            yield WeightTotal(because, group.weight, (weights,), group.name, doubt, NARRATIVE)
        elif group.weight:
            yield from _against_rows(tree, group.name, group.weight)
        told = len(scores) == len(group.leaves)
        if group.score and told:
            yield ScoreTotal(because, group.score, (scores,), group.name, doubt, NARRATIVE)
        if group.score and (doubt or not told):
            yield from _against_summary(tree, group.name, group.score)
            yield from _scores_of_rows(tree, group.name, group.score)
        if group.weight:
            yield from _against_tables(tree, group.name, group.weight, NARRATIVE)
        if group.weight and group.opening_weight:
            places = (ScoreAt(group.opening_weight, NARRATIVE), ScoreAt(group.weight, NARRATIVE))
            yield SameWeight(ONE_GROUP.filled(name=group.name), group.name, places)
    yield from _listed_weights(reading, tree)
    yield from _weights_in_brackets(reading, tree)
    yield from _weights_in_words(reading, tree)
    yield from find_counts(reading, tree)


def _is_complete(tree: ScoreTree, name: str, leaves: Sequence[Narrated]) -> bool:
    """Whether the indicators told in a section are all of one group of the table, its own, or all of the table."""
    base = tree.scores or tree.listing
    tied = {id(node.narrated): node.row for node in tree.indicators if node.narrated}
    rows = {tied[id(leaf)] for leaf in leaves if id(leaf) in tied}
    if base is None or len(rows) != len(leaves):
        return False
    known = {row.row for row in base.rows}
    groups = [frozenset(group.rows) & known for group in base.groups] + [frozenset(known)]
    groups += [frozenset(row.row for row in base.rows if row.code.startswith(code)) for code in _stems(base.rows)]
    own = [frozenset(group.rows) & known for group in base.groups if is_group(group.path[-1], name)]
    return min((g for g in own or groups if rows <= g), key=len, default=frozenset()) == rows


def _stems(rows: Sequence[ScoreRow]) -> set[str]:
    """What several codes begin with: X of X101 to X107."""
    return {row.code[:length] for row in rows for length in range(1, len(row.code))}


def group_sections(reading: Reading, told: Sequence[Narrated]) -> list[GroupSection]:
    """The sections above the indicators of the narrative, with what their heading and opening state."""
    under: dict[int, list[Narrated]] = {}
    for one in told:
        for section in list(reading.document.ancestors(one.label.place.section))[int(one.label.is_heading) :]:
            under.setdefault(section.index, []).append(one)
    out = []
    for index, leaves in under.items():
        section = reading.document.sections[index]
        passages = reading.in_section(index)
        label = next((p for p in passages if p.is_heading and p.place.section == index), None)
        if label is not None and section.level > 0:
            own = [label, *(p for p in passages if not p.is_heading and p is not label and not _tells(p, leaves))]
            weight, score = _stated(own)
            name = plain_name(section.title)
            again = _opening_weight(own, name, weight)
            out.append(GroupSection(section, name, label, weight, score, tuple(leaves), again))
    return out


def _tells(passage: Passage, leaves: Sequence[Narrated]) -> bool:
    return any(leaf.label is passage for leaf in leaves)


def _stated(passages: Sequence[Passage]) -> tuple[Figure | None, Figure | None]:
    """The weight and the score that a heading's brackets or the opening paragraph give."""
    weight = score = None
    for passage in passages[:2]:
        if not passage.is_heading and (weight_and_score(passage) or NUMBERED.match(passage.text.value)):
            continue  # （一）决策指标（15分，得12.8分）: it tells of a group of its own
        awards = find_awards(passage)
        found = [a.figure for a in awards if a.kind is AwardKind.WEIGHT]
        scores = [a.figure for a in awards if a.kind is AwardKind.SCORE]
        shares = [f for f in passage.figures if f.quantity.unit.kind == "rate" and "权重" in passage.label(f)]
        if passage.is_heading and not found and shares:  # 过程（权重25%，18.8分）
            found, scores = shares, scores or [f for f in passage.figures if f.quantity.unit.kind == "score"]
        elif passage.is_heading and not found:
            found = [f for f in passage.figures if f.quantity.unit.kind == "score" and f not in scores][:1]
        weight = weight or (found[0] if len(found) == 1 else None)
        score = score or (scores[0] if len(scores) == 1 else None)
    return weight, score


def _opening_weight(passages: Sequence[Passage], name: str, weight: Figure | None) -> Figure | None:
    """The weight in an opening paragraph that begins with the heading's own words."""
    if len(passages) < 2 or weight is None or weight.place != passages[0].place:
        return None
    opening = passages[1]
    found = [a.figure for a in find_awards(opening) if a.kind is AwardKind.WEIGHT]
    return found[0] if len(found) == 1 and opening.text.value.lstrip().startswith(name[:2]) else None


def _against_tables(tree: ScoreTree, name: str, weight: Figure, where: Phrase) -> Iterator[SameWeight]:
    """A group's weight in the text beside its weight in each table."""
    places = [ScoreAt(found, TABLE) for table in _tables(tree) for found in _table_weights(table, name)]
    places += _in_summary(tree, name, lambda row: row.weight)
    if places:
        yield SameWeight(ONE_GROUP.filled(name=name), name, (ScoreAt(weight, where), *places))


def _against_rows(tree: ScoreTree, name: str, weight: Figure) -> Iterator[WeightTotal]:
    """A group's weight in its heading beside what the rows under it make, where no table prints that."""
    group, rows = _rows_of(tree, name)
    parts = tuple(row.weight for row in rows if row.weight and not row.damaged)
    if group and parts and len(parts) == len(rows) and group.weight is None:
        yield WeightTotal(IN_TABLE.filled(name=name), weight, (parts,), name, None, NARRATIVE)


def _scores_of_rows(tree: ScoreTree, name: str, score: Figure) -> Iterator[ScoreTotal]:
    """A group's score in its heading beside what the rows under it make."""
    _, rows = _rows_of(tree, name)
    parts = tuple(row.score for row in rows if row.score and not row.damaged)
    if parts and len(parts) == len(rows):
        yield ScoreTotal(IN_TABLE.filled(name=name), score, (parts,), name, None, NARRATIVE)


def _rows_of(tree: ScoreTree, name: str) -> tuple[Group | None, list[ScoreRow]]:
    """The one group of this name in the score table, and its rows."""
    base = tree.scores
    found = [group for group in base.groups if is_group(group.path[-1], name)] if base else []
    if base is None or len(found) != 1:
        return None, []
    return found[0], [row for row in base.rows if row.row in found[0].rows]


def _against_summary(tree: ScoreTree, name: str, score: Figure) -> Iterator[SameScore]:
    """A group's score in its heading beside its line of the summary."""
    if other := _in_summary(tree, name, lambda row: row.score):
        yield SameScore(ONE_SCORE.filled(name=name), name, (ScoreAt(score, NARRATIVE), *other), None)


def _in_summary(tree: ScoreTree, name: str, figure_of: Callable[[ScoreRow], Figure | None]) -> list[ScoreAt]:
    """The figure of the summary's one line of this name; none when the name is not unique."""
    rows = [row for row in tree.summary.rows if is_group(row.name, name)] if tree.summary else []
    found = [(row, figure) for row in rows if (figure := figure_of(row))]
    return [ScoreAt(figure, SUMMARY_TABLE) for row, figure in found if len(found) == 1 and not row.damaged]


def _tables(tree: ScoreTree) -> list[ScoreTable]:
    return [table for table in (tree.listing, tree.scores) if table]


def _table_weights(table: ScoreTable, name: str) -> list[Figure]:
    """The weight of the one group of this name; none when the name is not unique."""
    found = [group.weight for group in table.groups if is_group(group.path[-1], name) and group.weight]
    return found if len(found) == 1 else []


def _listed_weights(reading: Reading, tree: ScoreTree) -> Iterator[Relation]:
    """The weights of the first level in consecutive paragraphs: out of 100, and each as in the tables."""
    top = {group.path[-1] for table in _tables(tree) for group in table.groups if group.level == 0}
    by_section: dict[int, list[tuple[str, Figure]]] = {}
    for passage in reading.prose:
        match = LIST_ITEM.match(passage.text.value) if passage.place.row is None and passage.figures else None
        weights = [a.figure for a in find_awards(passage) if a.kind is AwardKind.WEIGHT] if match else []
        if match and len(weights) == 1:
            by_section.setdefault(passage.place.section, []).append((match["name"], weights[0]))
    for items in by_section.values():
        known = [(name, figure) for name, figure in items if any(name == t or alike(name, t) for t in top)]
        exact = {plain_name(name) for name, _ in known} == top and len(top) > 1
        meant = {t for t in top if any(name == t or alike(name, t) for name, _ in known)}
        if not exact and (len(known) < max(FEWEST, len(top)) or len(meant) < len(known)):
            continue  # 产出数量, 产出质量 … are all below 产出
        parts = tuple(figure for _, figure in known)
        if abs(sum((f.quantity.value for f in parts), start=Decimal(0)) - 100) < 100:
            yield HundredWeights(LISTED, parts, TEXT)
        for name, figure in known:
            yield from _against_tables(tree, plain_name(name), figure, TEXT)


def _weights_in_words(reading: Reading, tree: ScoreTree) -> Iterator[Relation]:
    """其中决策 15%、过程 25%、产出 36%、效益 24%: the first level by its names, where all but one are as in a table."""
    known = {g.path[-1]: g.weight.quantity.value for t in _tables(tree) for g in t.groups if g.level == 0 and g.weight}
    if len(known) < FEWEST:
        return
    for passage in reading.prose:
        figures = passage.figures
        named = [_TOP_NAME.sub("", passage.label(figure)) for figure in figures]
        for at in range(len(figures) - len(known) + 1):
            names, parts = named[at : at + len(known)], figures[at : at + len(known)]
            if set(names) != set(known) or {part.quantity.unit.kind for part in parts} not in ({"rate"}, {"score"}):
                continue
            same = [part.quantity.value == known[name] for name, part in zip(names, parts, strict=True)]
            if sum(same) >= len(known) - 1:
                summed = any(before.quantity.value == 100 for before in figures[:at])
                if not summed:  # 总分 100 分，其中 … is a sum of its own
                    yield HundredWeights(LISTED, tuple(parts), TEXT)
                for name, figure in zip(names, parts, strict=True):
                    yield from _against_tables(tree, name, figure, TEXT)


_TOP_NAME = Pattern(r"^(?:其中|一级指标|分别为)+|(?:类|部分|方面|维度|指标|权重|分值|占|满分|为)+$")


def _weights_in_brackets(reading: Reading, tree: ScoreTree) -> Iterator[Relation]:
    """评价指标体系由投入（15 分）、过程（35 分）…四部分构成: out of 100, and each as in the tables."""
    for passage in reading.prose:
        text = passage.text.value
        opening = SYSTEM.search(text) if "指标" in text else None
        if opening is None or any(word in text[max(0, opening.start() - REACH) : opening.start()] for word in PARTS):
            continue
        end = sentence_at(text, opening.start()).end
        listed: list[tuple[str, Figure]] = []
        at = opening.end()
        for figure in passage.within(opening.end(), end):
            match = BRACKETED.match(text[at : figure.start])
            closed = text[figure.end : figure.end + 1] in ("）", ")")
            if match is None or closed is not bool(match["bracket"]):
                break
            listed.append((match["name"], figure))
            at = figure.end + closed
        parts = tuple(figure for _, figure in listed)
        if len(parts) < FEWEST or len({part.quantity.unit.base for part in parts}) > 1:
            continue
        near = abs(sum((part.quantity.value for part in parts), start=Decimal(0)) - 100) <= NEAR
        if near and parts[0].quantity.unit.kind in {"score", "rate"} and not MORE.match(text[at:end]):
            yield HundredWeights(LISTED, parts, TEXT)
            for name, figure in listed:
                yield from _against_tables(tree, plain_name(name), figure, TEXT)
