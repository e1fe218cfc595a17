"""Rows of figures said twice: a sentence that lists what a table's column or row, or another sentence, has.

中央 800 万元、省级 987 万元、市级 640 万元 beside a table with 800, 978 and 640 under each other. Two figures or
more of the list must stand in the other place in the same order; the one between or beside them that
differs is believed to be the same only where a slip of the pen parts the two. No name is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from checker.extract.figures import Reading
from checker.extract.measures import Measured, measured
from checker.figure import Figure
from checker.relate.slips import digits_of, is_one_edit
from checker.relation.facts import Restatement, agree
from checker.verdict import Phrase

LISTED = Phrase("两处逐一列出同一组数：{shared}", "both places list the same figures: {shared}")
FEWEST = 3
"""Figures of a list; two of them must be those of the other place."""
TELLING = 3
"""Digits of a figure that says by itself where it was taken from."""
MADE = ("即", "即为")
"""Before a figure that the sentence works out and no list has: 低于 5 元的 95 %即 4.75 元."""
COMMON = 12
"""A figure that stands in more lists says nothing."""

Spot = tuple[int, int]


class _Lists(Struct, frozen=True):
    """All lists of a document, those of sentences first, and where each figure stands in them."""

    lists: Sequence[tuple[Figure, ...]]
    sentences: int
    spots: dict[tuple[str, str], list[Spot]]


def find_series(reading: Reading) -> Iterator[Restatement]:
    """Every figure of a list that another list of the same figures has otherwise."""
    known = _lists(reading)
    told: set[int] = set()
    for number in range(known.sentences):
        for other, shared in sorted(_shared(known, number).items()):
            for figure, twin in _odd(known.lists[number], known.lists[other], shared):
                if id(figure) not in told and id(twin) not in told:
                    told |= {id(figure), id(twin)}
                    words = "、".join(known.lists[number][at].raw.strip() for at, _ in shared[:FEWEST])
                    because = LISTED.filled(shared=words)
                    yield Restatement(because, _label(reading, figure), figure, (twin,), by_place=True)


def _label(reading: Reading, figure: Figure) -> str:
    passage = next(p for p in reading.prose if p.text is figure.text and p.place == figure.place)
    return passage.label(figure) or figure.raw.strip()


def _lists(reading: Reading) -> _Lists:
    lists = [run for page in measured(reading) for run in _runs(page.figures)]
    sentences = len(lists)
    for table in reading.document.tables:
        cells = [[reading.cell(table, cell.row, cell.column) for cell in row] for row in table.body]
        lines: list[Sequence[Figure | None]] = [*cells, *zip(*cells, strict=True)]
        for line in lines:
            its = [figure for figure in line if figure is not None and not figure.quantity.is_open]
            for base in dict.fromkeys(figure.quantity.unit.base for figure in its):
                lists.append(tuple(f for f in its if f.quantity.unit.base == base))
    spots: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for number, figures in enumerate(lists):
        if len(figures) >= FEWEST:
            for at, figure in enumerate(figures):
                spots[_key(figure)].append((number, at))
    return _Lists(lists, sentences, spots)


def _runs(items: Sequence[Measured]) -> Iterator[tuple[Figure, ...]]:
    """The figures of each sentence that have one unit and stand at one depth of brackets."""
    for _, sentence in groupby(items, key=lambda item: item.sentence):
        runs: dict[tuple[str, bool], list[Figure]] = defaultdict(list)
        for item in sentence:
            if not item.figure.quantity.is_open and not item.words.endswith(MADE):
                runs[item.figure.quantity.unit.base, item.depth > 0].append(item.figure)
        yield from (tuple(run) for run in runs.values() if len(run) >= FEWEST)


def _key(figure: Figure) -> tuple[str, str]:
    return figure.quantity.unit.base, digits_of(figure.quantity.based.normalize())


def _shared(known: _Lists, number: int) -> dict[int, list[Spot]]:
    """The other lists with two telling figures of this one in the same order: the places in both."""
    found: dict[int, list[Spot]] = defaultdict(list)
    mine = known.lists[number]
    for at, figure in enumerate(mine):
        spots = known.spots.get(_key(figure), ())
        if len(spots) > COMMON:
            continue
        for other, there in spots:
            elsewhere = other != number and known.lists[other][there].place != figure.place
            last = found[other][-1] if found[other] else (-1, -1)
            if elsewhere and last[0] < at and last[1] < there:
                found[other].append((at, there))
    return {
        other: places
        for other, places in found.items()
        if len({_key(mine[at]) for at, _ in places if _tells(mine[at])}) > 1 and len(places) < len(mine)
    }


def _tells(figure: Figure) -> bool:
    return figure.quantity.significant >= TELLING


def _odd(mine: Sequence[Figure], others: Sequence[Figure], shared: Sequence[Spot]) -> Iterator[tuple[Figure, Figure]]:
    """A figure beside one that both lists share, and the one that stands in its place in the other."""
    places = dict(shared)
    taken = set(places.values())
    for at, figure in enumerate(mine):
        if at in places:
            continue
        beside = {places[near] + at - near for near in (at - 1, at + 1) if near in places}
        for spot in sorted(beside - taken):
            if 0 <= spot < len(others) and _slipped(figure, others[spot]) and not _stands_in(figure, others):
                yield figure, others[spot]


def _stands_in(figure: Figure, others: Sequence[Figure]) -> bool:
    """Whether a list has the figure in another place: it is in another order."""
    return any(agree(figure.quantity, other.quantity) for other in others)


def _slipped(one: Figure, other: Figure) -> bool:
    """Whether two figures differ by one digit or a swap, both long enough for that to say something."""
    first, second = one.quantity, other.quantity
    if agree(first, second) or not (_tells(one) and _tells(other)):
        return False
    if first.unit.scale != second.unit.scale:  # 2.42 亿元 and 22,400 万元
        return is_one_edit(first.value, round(second.based / first.unit.scale, first.decimals))
    places = max(first.decimals, second.decimals)
    return is_one_edit(round(first.value, places), round(second.value, places))
