"""The criteria of each indicator wherever they are printed, read; alike ones of one indicator kept together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from checker.document import Cell
from checker.extract.awards import AwardKind
from checker.extract.figures import Passage, Reading
from checker.figure import Figure
from checker.quantity import Quantity
from checker.relate.rubric import Rubric, read_rubric
from checker.relate.rubric_narrated import Printed, find_printed, targets, without
from checker.relate.rubric_programs import Measured
from checker.relate.score_places import NARRATIVE, SCORE_TABLE
from checker.relate.score_prose import Narrated
from checker.relate.score_tree import Indicator, ScoreTree
from checker.relate.score_values import ScoreRow, ScoreTable
from checker.verdict import Mention, Phrase, Role


class Criterion(Struct, frozen=True):
    """A rule of an indicator with its weight, and every place that prints the same rule.

    ``is_own`` is False where the weight is one that another place gives to the indicator. ``told`` is
    where the narrative gives the rule, None for one of a table.
    """

    label: str
    rubric: Rubric
    weight: Figure
    rules: tuple[Mention, ...]
    is_own: bool = True
    told: Printed | None = None


class Award(Struct, frozen=True):
    """A score that the indicator got, where it stands, and the text beside it, the nearest first."""

    figure: Figure
    where: Phrase
    passages: tuple[Passage, ...]


class Judged(Struct, frozen=True):
    """An indicator with its rules and its scores; ``actual`` is the value in a column of what was achieved."""

    name: str
    criteria: tuple[Criterion, ...]
    awards: tuple[Award, ...]
    actual: Figure | None = None


def find_judged(reading: Reading, tree: ScoreTree) -> Iterator[Judged]:
    """Every indicator of the tree; then those of the indicator table that no row of the score table is."""
    tied = set()
    for node in tree.indicators:
        weights = _weights(node)
        weight = weights[0] if weights else None
        places = [(tree.scores, node.scored), (tree.listing, node.listed)]
        tied.add(node.listed.row if node.listed else None)
        actual = node.scored.actual if node.scored and not node.scored.damaged else None
        body = _body(reading, node.narrated) if node.narrated else ()
        printed = find_printed(body)
        criteria = _criteria(node.name, places, weights)
        if not any(criterion.rubric.understood for criterion in criteria):
            criteria += tuple(_narrated(node.name, printed, body, weights))
        yield Judged(node.name, criteria, tuple(_awards(node, without(body, printed), weight)), actual)
    for row in tree.listing.rows if tree.listing else ():
        if row.row not in tied and row.weight:
            yield Judged(row.name, _criteria(row.name, [(tree.listing, row)], (row.weight,)), ())


def _weights(node: Indicator) -> tuple[Figure, ...]:
    """The indicator's weights: the first place's, then each other one that another place gives."""
    rows = (row for row in (node.scored, node.listed) if row and not row.damaged)
    found = [row.weight for row in rows] + ([node.narrated.weight] if node.narrated else [])
    known: dict[Decimal, Figure] = {}
    for figure in found:
        if figure and figure.quantity.value > 0:
            known.setdefault(figure.quantity.value, figure)
    return tuple(known.values())


def _criteria(
    name: str, places: list[tuple[ScoreTable | None, ScoreRow | None]], weights: Sequence[Figure]
) -> tuple[Criterion, ...]:
    """The rules that the places print, each read for its own weight, then for the others."""
    found: dict[object, Criterion] = {}
    for table, row in places:
        if table is None or row is None or row.damaged or table.columns.criteria is None:
            continue
        cell = table.table.rows[row.row][table.columns.criteria]
        own = row.weight or next(iter(weights), None)
        values = {weight.quantity.value: weight for weight in (*weights, own) if weight}
        for weight in values.values() if not cell.covered else ():
            if own and weight.quantity.value > 0:
                is_own = weight.quantity.value == own.quantity.value
                _add(found, name, _Cell(table, row.row, cell), weight, is_own=is_own)
    return tuple(found.values())


def _narrated(
    name: str, printed: Sequence[Printed], body: Sequence[Passage], weights: Sequence[Figure]
) -> Iterator[Criterion]:
    """The one rule that the narrative prints, read for each weight of the indicator."""
    if len(printed) != 1:
        return
    one = printed[0]
    rule = Mention(Role.RULE, one.passage.text, one.span.start, one.span.end, one.passage.place)
    for weight in weights:
        rubric = read_rubric(one.text, weight.quantity.value)
        whole = rubric.reachable.maximum >= rubric.weight or rubric.points or rubric.shares
        if rubric.understood and rubric.gives_scores and whole:
            for read in _of_targets(rubric, body):
                yield Criterion(name, read, weight, (rule,), weight is weights[0], one)


def _of_targets(rubric: Rubric, body: Sequence[Passage]) -> Iterator[Rubric]:
    """按比例计分 is of the whole or of a target that the text names; unknown where it names none and was missed."""
    program = rubric.program
    if not isinstance(program, Measured) or program.proportion is None or program.proportion.target is not None:
        yield rubric
        return
    known = targets(body)
    if known is None:
        return
    yield rubric
    for target in known:
        proportion = replace(program.proportion, target=target, is_rate=False)
        yield replace(rubric, kind="proportional", program=replace(program, proportion=proportion))


class _Cell(Struct, frozen=True):
    """A criteria cell in its table."""

    table: ScoreTable
    row: int
    cell: Cell

    def mention(self, rubric: Rubric) -> Mention:
        """The rule in the cell; the whole cell where no rule was read."""
        text, place = self.cell.text, self.table.place(self.row, self.cell.column)
        start, end = rubric.span if rubric.span[1] > rubric.span[0] else (0, len(text))
        return Mention(Role.RULE, text, start, min(end, len(text)), place)


def _add(found: dict[object, Criterion], name: str, printed: _Cell, weight: Figure, *, is_own: bool) -> None:
    rubric = read_rubric(printed.cell.text.value, weight.quantity.value)
    key, rule = _key(rubric), printed.mention(rubric)
    same = found.get(key)
    if same is None:
        found[key] = Criterion(name, rubric, weight, (rule,), is_own)
    elif rule.place not in {known.place for known in same.rules}:
        found[key] = replace(same, rules=(*same.rules, rule), is_own=same.is_own or is_own)


def _key(rubric: Rubric) -> object:
    """What must be equal for two texts to be one rule: all that the rule gives, not its wording."""
    return (
        rubric.kind,
        rubric.weight,
        rubric.reachable,
        rubric.input,
        rubric.shares,
        rubric.points,
        rubric.gaps,
        rubric.overlaps,
    )


def _awards(node: Indicator, body: tuple[Passage, ...], weight: Figure | None) -> Iterator[Award]:
    told, row = node.narrated, node.scored
    process = row.process if row and not row.damaged else ()
    if told and told.award:
        figure = valued(told.award.figure, weight) if told.award.kind is AwardKind.FULL else told.award.figure
        if figure:
            yield Award(figure, NARRATIVE, (*body,) or process)
    if row and row.score and not row.damaged:
        yield Award(row.score, SCORE_TABLE, process or body)


def _body(reading: Reading, told: Narrated) -> tuple[Passage, ...]:
    label = told.label
    if told.span is not None:
        return (Passage(label.text, label.place, label.within(told.span.start, told.span.end)),)
    if not label.is_heading:
        return (label,)
    return tuple(p for p in reading.in_section(label.place.section) if not p.is_heading)


def valued(words: Figure, weight: Figure | None) -> Figure | None:
    """得满分 as a figure: the words, worth the weight."""
    if weight is None:
        return None
    return Figure(Quantity(weight.quantity.value, words.quantity.unit), words.text, words.start, words.end, words.place)
