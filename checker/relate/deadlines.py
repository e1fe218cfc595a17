"""A rate of completion that leaves projects out by name, against the table with their periods.

Where a report leaves out of its rate the projects that end after the evaluated year, another row of
the same table that ends after it has to be named too, as left out or as unfinished.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from checker.document import Document, Table
from checker.extract.characters import narrowed
from checker.extract.clauses import sentences
from checker.extract.dates import find_dates
from checker.extract.patterns import Pattern
from checker.figure import Place
from checker.relate.spots import Spot, plain, title_years
from checker.relate.vocabulary import alternatives, listed
from checker.relation.dates import CompletionBase, DueRow
from checker.verdict import Mention, Phrase, Role

EXCLUDED = Phrase(
    "“{names}”不计入{rate}，其完工时间在评价年度之后",
    "“{names}” are left out of {rate} because they end after the evaluated year",
)
GRAM = 4
"""So many characters that only one row's name has are a short name of it."""
SHORTEST = 4
FEWEST = 3

_NUMBER = Pattern(r"^表(?P<number>\d{1,3}(?:[-.]\d{1,2})?)(?!\d)")
_RATE = Pattern(rf"(?P<rate>(?:{alternatives('deadlines', 'rates')}))[^，,。；;]{{0,6}}?\d+(?:\.\d+)?%")
_LEFT_OUT = Pattern(alternatives("deadlines", "left_out"))
_SILENT = Pattern(rf"{alternatives('deadlines', 'silent')}|等(?:\d|[一二三四五六七八九十两])")


class Planned(Struct, frozen=True):
    """A table of projects with the day by which each is to be done."""

    names: tuple[str, ...]
    rows: Mapping[str, DueRow]
    unread: tuple[str, ...]


def find_completion_bases(document: Document, spots: Sequence[Spot]) -> Iterator[CompletionBase]:
    """Every sentence that leaves projects of a table out of a rate of completion."""
    years = title_years(document)
    tables = [(table, planned) for table in document.tables if (planned := _planned(table))]
    if not years or not tables:
        return
    for spot in spots:
        text = spot.plain
        if spot.kind in {"prose", "cell"} and "%" in text and _RATE.search(text) and _LEFT_OUT.search(text):
            for table, planned in tables:
                yield from _bases(spot, table, planned, max(years))


def _planned(table: Table) -> Planned | None:
    """The rows of a table with a column of names and one of periods; None where a name stands twice."""
    header = [plain(name) for name in table.header]
    named = next((at for at, name in enumerate(header) if name in listed("deadlines", "names")), None)
    dated = [at for at, name in enumerate(header) if name.endswith(listed("deadlines", "periods"))]
    if named is None or len(dated) != 1 or table.damaged:  # two such columns are plan and outcome
        return None
    names: list[str] = []
    rows: dict[str, DueRow] = {}
    unread: list[str] = []
    for row in table.rows[table.header_rows :]:
        name, cell = plain(row[named].value), row[dated[0]]
        if len(name) < SHORTEST:
            continue
        status = any(word in other.value for other in row for word in listed("deadlines", "status"))
        names.append(name)
        spans = find_dates(narrowed(cell.value))
        if not spans and not status:
            unread.append(name)
        elif not status:
            mention = Mention.words(Role.STATED, cell.text, Place(table.index, table.section, cell.row, cell.column))
            rows[name] = DueRow(name, "".join(cell.value.split()), max(span.last for span in spans), mention)
    unique = len(names) >= FEWEST and len(set(names)) == len(names)
    return Planned(tuple(names), rows, tuple(unread)) if unique else None


def _bases(spot: Spot, table: Table, planned: Planned, year: int) -> Iterator[CompletionBase]:
    text = spot.plain
    for sentence in sentences(text):
        said = text[sentence.start : sentence.end]
        rate, left_out = _RATE.search(said), _LEFT_OUT.search(said)
        if not rate or not left_out or not _speaks_of(table, said) or _SILENT.search(text):
            continue
        start = max(said.rfind(mark, 0, left_out.start()) for mark in ";:：；") + 1
        clause = said[start : left_out.end()]
        limit = date(year, 12, 31)
        excluded = [name for name in planned.names if name in clause]
        if not excluded or not all(name in planned.rows and planned.rows[name].last > limit for name in excluded):
            continue
        due = [row for name, row in planned.rows.items() if row.last > limit and not _named(name, planned.names, text)]
        mention = spot.mention(Role.OPERAND, sentence.start, sentence.end)
        because = EXCLUDED.filled(names="、".join(excluded), rate=rate["rate"])
        yield CompletionBase(because, mention, rate["rate"], str(year), tuple(excluded), tuple(due), planned.unread)


def _speaks_of(table: Table, said: str) -> bool:
    """Whether the sentence names the table by its title in 《》 or by its number."""
    name = plain(table.name)
    number = _NUMBER.match(name)
    title = name[number.end() :] if number else name
    if len(title) >= SHORTEST and f"《{title}》" in said:
        return True
    return number is not None and Pattern(rf"表{number['number']}(?![\d.-])").search(said) is not None


def _named(name: str, names: Sequence[str], text: str) -> bool:
    """Whether a row is named, in full or by characters that no other row's name has."""
    grams = Counter(gram for one in names for gram in {one[at : at + GRAM] for at in range(len(one) - GRAM + 1)})
    own = (name[at : at + GRAM] for at in range(len(name) - GRAM + 1))
    return any(grams[gram] == 1 and gram in text for gram in own) or name in text
