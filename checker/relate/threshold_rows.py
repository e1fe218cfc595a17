"""Rows of a table beyond a threshold, counted or named: 审减率在 4% 以上的有 4 个标段, 降幅未达 50% 的有文昌、桥西.

The words before the threshold must be a column's name. Where a row has the threshold itself, either
way of counting it is right. A count is wrong where it is near; a name where the others fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.document import Table
from checker.extract.cells import bare_header
from checker.extract.figures import Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.known_columns import Cell, Column, known_columns, known_groups
from checker.relate.layout import RowKind, body_rows
from checker.relate.threshold_lists import as_fine
from checker.relate.threshold_words import DIGITS, YEAR, Beyond, sentences_beyond
from checker.relation.counts import ListedCount
from checker.relation.trends import Comparison
from checker.verdict import Mention, Phrase, Role

IN_COLUMN = Phrase("“{table}”中“{column}”一列的各行", "the rows of “{column}” in “{table}”")
ROWS = Phrase("“{column}”{limit}的行（{names}）", "rows with “{column}” {limit} ({names})")
LIMIT = "界限"
SHORTEST, NEAR, LEAST = 2, 2, 4
"""Characters of a name and of a column; by how much a count may be wrong; rows of a column."""
SAID_BEFORE = 400
"""Characters before a threshold in which it may stand how many there are in all."""
LABELS = 2
"""Columns at the left that may name the rows."""
_COUNTED = Pattern(r"\p{Han}+")
_LISTS = Pattern(r"[、和]")
_JOINT = Pattern(r"[、及与]|以及")
_INCLUDED = Pattern(r"[（(]含(?:本数)?[）)]|及以[上下]")
_NO_ROW = Pattern(r"平均|均值|合计|小计|总计|加权|^其中")


def find_threshold_rows(reading: Reading) -> Iterator[ListedCount | Comparison]:
    """Every count of rows beyond a threshold, and every name that is said to lie there."""
    for passage in reading.prose:
        if passage.place.row is None:
            for beyond in sentences_beyond(passage):
                yield from _judged(reading, beyond)


def _judged(reading: Reading, beyond: Beyond) -> Iterator[ListedCount | Comparison]:
    """By the one column that is meant; groups of its rows may bear the sentence out, too."""
    columns = _meant(beyond, known_columns(reading).columns)
    told = [list(_claims(reading, beyond, *one)) for one in columns]
    others = [list(_claims(reading, beyond, *one)) for one in _meant(beyond, known_groups(reading).columns)]
    holding = [claims for claims in (*told, *others) if claims and all(_holds(claim) for claim in claims)]
    if holding:
        yield from holding[0]
        return
    spoken_of = DIGITS.findall(beyond.topic)[-1:]
    if len(told) > 1 and spoken_of:  # 2024年增速最快的是甲。增速超过 20% 的有…
        told = [claims for claims, column in zip(told, columns, strict=True) if DIGITS.findall(column[1]) == spoken_of]
    if len(told) == 1 and _is_near(told[0]):
        yield from told[0]


Meant = tuple[Table, str, Sequence[Cell], Sequence[Cell]]
"""A table, the header of a column, its rows, and those of them that are named."""


def _meant(beyond: Beyond, columns: Sequence[tuple[Table, str, Column]]) -> list[Meant]:
    """The columns that a sentence may be about: of those that have the names it gives the ones with most."""
    found: list[Meant] = []
    for table, header, column in columns:
        if not _is_meant(beyond, header) or (beyond.limit and not _has_unit(beyond.limit, column)):
            continue
        cells = [cell for cell in column if not _NO_ROW.search(cell.name)]
        named = [cell for cell in cells if _is_named(cell.name, beyond.listing)]
        counted = beyond.count is not None and _counts(beyond, beyond.count, table, cells)
        if len(cells) >= LEAST and (named or counted):
            found.append((table, header, cells, named))
    if not any(named for *_, named in found) and (beyond.told or _is_list(beyond)):
        return []  # names that no table has
    most = max((len(named) for *_, named in found), default=0)
    found = [one for one in found if len(one[3]) == most]
    if not beyond.measure:
        found = [one for one in found if one[3] or beyond.of or beyond.limit is None]
        last = max(((beyond.topic.rfind(n := _plain(one[1])), len(n)) for one in found), default=(0, 0))
        found = [one for one in found if (beyond.topic.rfind(n := _plain(one[1])), len(n)) == last]
    closer = [one for one in found if (extra := _extra(beyond, one[1])) and extra in beyond.led]
    return closer or found


def _is_list(beyond: Beyond) -> bool:
    """Whether what follows names things, and is no clause of its own: 有5个市，甲、乙两市经费合计5330万元."""
    plain = beyond.count is None or not any(char.isdigit() for char in beyond.listing)
    return plain and _LISTS.search(beyond.listing) is not None


def _counts(beyond: Beyond, count: Figure, table: Table, cells: Sequence[Cell]) -> bool:
    """Whether what is counted are the rows of a table, by how many there are in all or by what they are called."""
    if beyond.of is not None:
        return beyond.of == len(cells)
    behind = _COUNTED.match(count.text.value, count.end)
    noun = behind.group() if behind else ""
    noun = noun or beyond.noun or count.quantity.unit.name
    if noun in {"指标", "三级指标"}:
        return False  # of which a summary has only those above them
    if len(cells) > LEAST and f"{len(cells)}{count.quantity.unit.name}" in beyond.topic[-SAID_BEFORE:]:
        return True  # 11只子基金中…，认缴规模在10亿元以上的有6只
    ending = sum(cell.name.endswith(noun) for cell in cells)
    return len(noun) > 0 and (ending > 0 or any(noun in header for header in table.header[:LABELS]))


def _plain(header: str) -> str:
    return YEAR.sub("", bare_header(header) or header).strip()


def _extra(beyond: Beyond, header: str) -> str:
    """What a column's name has before the words of the sentence: 纳税 of 纳税增速."""
    return _plain(header).removesuffix(beyond.measure)


def _is_meant(beyond: Beyond, header: str) -> bool:
    """Whether a column goes by the words before the threshold, and is of a year that the sentence names."""
    plain = _plain(header)
    years = DIGITS.findall(header)
    if len(plain) < SHORTEST or (years and beyond.years and years[-1] not in beyond.years[-1:]):
        return False
    if not beyond.measure:
        return len(plain) > SHORTEST and plain in beyond.topic
    whole = plain.removesuffix("合计").removesuffix("总数")
    return beyond.measure.endswith((plain, whole)) or (
        len(beyond.measure) >= SHORTEST and plain.endswith(beyond.measure)
    )


def _has_unit(limit: Figure, cells: Sequence[Cell]) -> bool:
    units = {cell.figure.quantity.unit.base for cell in cells}
    return units == {limit.quantity.unit.base} or (
        units == {""} and (limit.quantity.unit.kind in {"count", "score"} or limit.quantity.unit.base == "倍")
    )


def _is_named(name: str, listing: str) -> bool:
    """Whether a list has a row's name, or how it begins: 文昌 for 文昌街道."""
    said = [one.strip("“”‘’ ") for part in _JOINT.split(listing) for one in (part, *part.split("和"))]
    return name in listing or any(len(one) >= SHORTEST and name.startswith(one) for one in said)


def _of_all_rows(reading: Reading, table: Table, cells: Sequence[Cell]) -> Figure | None:
    """What the one row of all of them has in the column."""
    column = cells[0].figure.place.column or 0
    totals = [row.number for row in body_rows(reading, table) if row.kind is RowKind.TOTAL]
    return reading.cell(table, totals[0], column) if len(totals) == 1 else None


def _claims(
    reading: Reading, beyond: Beyond, table: Table, header: str, cells: Sequence[Cell], named: Sequence[Cell]
) -> Iterator[ListedCount | Comparison]:
    because = IN_COLUMN.filled(table=table.name, column=header)
    figure = beyond.limit or _of_all_rows(reading, table, cells)
    if figure is None:
        return
    limit = figure.quantity.based
    equal = [cell for cell in cells if cell.figure.quantity.based == limit]
    strict = [c for c in cells if c not in equal and (c.figure.quantity.based > limit) == beyond.above]
    if beyond.count is not None and beyond.count.quantity.value != len(named):
        names = "、".join(cell.name for cell in strict[:LEAST]) + ("等" if len(strict) > LEAST else "")
        what = ROWS.filled(column=header, limit=beyond.said, names=names or "无")
        listing = tuple(Mention.of(Role.PART, cell.figure) for cell in strict)
        with_limit = len(strict) + len(equal)
        fewest = with_limit if _INCLUDED.search(beyond.said) else len(strict)
        yield ListedCount(because, beyond.count, fewest, with_limit, what, listing)
    word = Mention.of(Role.STATED, figure)
    for cell in named:
        sign = 1 if beyond.above else -1
        bound = as_fine(figure, cell.figure) if beyond.limit else figure
        yield Comparison(because, (cell.name, LIMIT), cell.figure, bound, word, beyond.said, sign, or_equal=True)


def _holds(claim: ListedCount | Comparison) -> bool:
    return claim.agree if isinstance(claim, ListedCount) else claim.holds


def _is_near(claims: Sequence[ListedCount | Comparison]) -> bool:
    """Whether what is wrong is one name of several, or a count that misses by little."""
    counts = [claim for claim in claims if isinstance(claim, ListedCount)]
    names = [claim for claim in claims if isinstance(claim, Comparison)]
    odd = [claim for claim in names if not claim.holds]
    near = all(abs(claim.stated_count.quantity.value - claim.counted) <= NEAR for claim in counts)
    return near and 2 * len(odd) <= len(names)
