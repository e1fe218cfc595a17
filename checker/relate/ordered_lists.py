"""Lists that a sentence puts in order: 得分率由高到低依次为产出、决策、效益, or with values: 甲 98.64 %、乙 97.15 %.

Values beside the names must fall (or rise) from one to the next. Names alone are held against the one column
that has them all and that the words before name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from checker.extract.cells import bare_header
from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.known_columns import Cell, known_columns, known_rows
from checker.relate.score_names import is_group
from checker.relation.trends import Comparison
from checker.verdict import Mention, Phrase, Role

IN_ORDER = Phrase("“{word}”列出的各项", "what “{word}” lists")
IN_COLUMN = Phrase("“{table}”中“{column}”一列的各行", "the rows of “{column}” in “{table}”")
_ORDER = Pattern(
    r"[由从](?P<first>[高多大快长低少小短慢])[到至向往][低少小慢短高多大长快](?:的?(?:顺序|次序))?(?:排列|排序|排名)?[，,]?\s*"
    r"(?:依次|分别)?(?:为|是|有)?[：:]?\s*"
)
_DOWN = "高多大快长"
_END = Pattern(r"[，,。；;]|[（(](?![^（()）]{0,14}\d)")
_ITEM = Pattern(
    r"(?P<name>[^、（()）\d]{2,24}?)(?:[（(]?[为得]?(?P<value>\d[\d,]*(?:\.\d+)?)[^、（()）\d]{0,8}?(?:[（(][^（()）]*[)）])?[）)]?)?"
    r"(?:、|和|及|与|以及|$)"
)
_YEAR = Pattern(r"(?:19|20)\d\d年?度?")
FEWEST, LONGEST = 3, 400


class _Item(Struct, frozen=True):
    """A name of the list, and its value where it stands beside."""

    name: str
    figure: Figure | None


def find_ordered_lists(reading: Reading) -> Iterator[Comparison]:
    """For each list in order the pairs of neighbours, by their own values or by a table."""
    for passage in reading.prose:
        text = passage.text.value
        if passage.place.row is not None or not any(word in text for word in ("到", "至", "往")):
            continue
        for match in _ORDER.finditer(text):
            items = _items(passage, match.end())
            if len(items) < FEWEST:
                continue
            if all(item.figure for item in items):
                yield from _by_values(passage, match, items)
            elif not any(item.figure for item in items):
                yield from _by_table(reading, passage, match, [item.name for item in items])


def _items(passage: Passage, start: int) -> list[_Item]:
    text = passage.text.value[: start + LONGEST]
    end = next((m.start() for m in _END.finditer(text, start) if not _is_within_number(text, m)), len(text))
    items: list[_Item] = []
    at = start
    while at < end:
        match = _ITEM.match(text[:end], at)
        if match is None or match.end() == at:
            return []
        value = match.start("value")
        figure = passage.at(value) if match["value"] else None
        if match["value"] and figure is None:
            return []
        items.append(_Item("".join(match["name"].split()), figure))
        at = match.end()
    return items


def _is_within_number(text: str, match: Match) -> bool:
    """1,234: the comma ends no clause."""
    return match[0] == "," and text[match.start() - 1].isdigit() and text[match.end() : match.end() + 3].isdigit()


def _by_values(passage: Passage, match: Match, items: Sequence[_Item]) -> Iterator[Comparison]:
    figures = [item.figure for item in items if item.figure]
    if len({figure.quantity.unit.base for figure in figures}) > 1 or any(f.quantity.is_open for f in figures):
        return
    pairs = list(pairwise([(item.name, figure) for item, figure in zip(items, figures, strict=True)]))
    yield from _compared(passage, match, IN_ORDER, pairs)


def _by_table(reading: Reading, passage: Passage, match: Match, names: Sequence[str]) -> Iterator[Comparison]:
    """The pairs as the column has them that bears the order out, else as the only one that may be meant has them."""
    said = passage.text.value[sentence_at(passage.text.value, match.start()).start : match.start()]
    years = _YEAR.findall(said)
    found: dict[str, list[list[Comparison]]] = {}
    for known in (known_columns(reading), known_rows(reading)):
        for table, column, cells in known.columns:
            header = _YEAR.sub("", bare_header(column)).strip()
            own = [_of_name(name, cells) for name in names]
            if len(header) < FEWEST - 1 or header not in said or not all(own):
                continue
            if years and _YEAR.findall(column) and _YEAR.findall(column)[-1][:4] != years[-1][:4]:
                continue
            named = [(name, cell.figure) for name, cell in zip(names, own, strict=True) if cell]
            because = IN_COLUMN.filled(table=table.name, column=column)
            claims = list(_compared(passage, match, because, list(pairwise(named))))
            found.setdefault(header, []).append(claims)
    meant = [claims for header, its in found.items() for claims in its if not _is_part(header, found)]
    holding = next((claims for claims in meant if all(claim.holds for claim in claims)), None)
    if holding is not None:
        yield from holding
    elif len(meant) == 1 and sum(not claim.holds for claim in meant[0]) == 1:
        yield from meant[0]


def _is_part(header: str, others: Iterable[str]) -> bool:
    """得分 where 得分率 is said."""
    return any(header in other for other in others if other != header)


def _of_name(name: str, cells: Sequence[Cell]) -> Cell | None:
    found = [cell for cell in cells if cell.name == name or is_group(cell.name, name)]
    return found[0] if len(found) == 1 else None


def _compared(
    passage: Passage, match: Match, because: Phrase, pairs: Sequence[tuple[tuple[str, Figure], tuple[str, Figure]]]
) -> Iterator[Comparison]:
    sign = 1 if match["first"] in _DOWN else -1
    said = match[0].strip("，,：: ")
    word = Mention(Role.STATED, passage.text, match.start(), match.start() + len(said), passage.place)
    filled = because.filled(word=said) if because is IN_ORDER else because
    for (one, left), (other, right) in pairs:
        yield Comparison(filled, (one, other), left, right, word, said, sign, or_equal=True)
