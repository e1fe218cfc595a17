"""Rows of a table beyond a threshold, counted or named: 审减率在 4% 以上的有 4 个标段, 降幅未达 50% 的有文昌、桥西.

The words before the threshold must be a column's name. Where a row has the threshold itself, either
way of counting it is right. A count is wrong where it is near; a name where the others fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.document import Table
from checker.extract.cells import bare_header
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.known_columns import Cell, Column, known_columns, known_groups
from checker.relate.trends import SIGNS
from checker.relation.counts import ListedCount
from checker.relation.trends import Comparison
from checker.verdict import Mention, Phrase, Role

IN_COLUMN = Phrase("“{table}”中“{column}”一列的各行", "the rows of “{column}” in “{table}”")
ROWS = Phrase("“{column}”{limit}的行（{names}）", "rows with “{column}” {limit} ({names})")
LIMIT = "界限"
_BEFORE = Pattern(
    r"(?P<word>超过了?|高于|大于|多于|突破|在|达到?了?|未达到?|没有达到|达不到|未满|不足|不到|低于|小于|少于|不低于|不少于|不高于|不超过)?"
    r"[\d.,，]*\s*$"
)
_BEHIND = Pattern(
    r"\s*[（(]?(?:不?含(?:本数)?)?[）)]?\s*(?P<word>以上|及以上|以下|及以下|以内)?[^，,。；;、\d]{0,8}?的(?=[^，,。；;、\d])"
)
_ABOVE = ("超过", "高于", "大于", "多于", "突破", "达", "不低于", "不少于")
_BELOW = ("未达", "没有达到", "达不到", "未满", "不足", "不到", "低于", "小于", "少于", "不高于", "不超过")
_MARK = Pattern(r"[，,。；;：:、（(\n]")
_BRACKETS = Pattern(r"[（(][^（()）]*[)）]")
_OF = Pattern(r"[^\d]{0,4}(?P<number>\d{1,3})\s*\p{Han}{1,6}?中")
_COUNTED = Pattern(r"\p{Han}+")
_JOINT = Pattern(r"[、及与]|以及")
_NO_ROW = Pattern(r"平均|均值|合计|小计|总计|加权|^其中")
_SENTENCE = Pattern(r"[。\n]")
_DIGITS = Pattern(r"(?<!\d)(?:19|20)\d\d(?=年)")
_YEAR = Pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)年?(?:度|末)?")
_HAVE = Pattern(r"\s*\p{Han}{0,6}?(?:共有|仅有|只有|共计|有|是|为|共)+\s*")
_LISTED = Pattern(r"[^，,。；;、：:（(\d]{0,8}[，,：:（(]?\s*(?:即|分别[是为]|依次[是为]|包括|为|是)?")
_END = Pattern(r"[，,。；;：:（(）)]")
SHORTEST, NEAR, MOST, LEAST = 2, 2, 60, 4
"""Characters of a name and of a column; by how much a count may be wrong; characters of a list; rows of a column."""
COUNTED = frozenset({"count", "measure", "plain"})
LABELS = 2
"""Columns at the left that may name the rows."""
KINDS = frozenset({"rate", "money", "count", "measure", "score", "points"})


class _Beyond(Struct, frozen=True):
    """What a sentence says: the measure, the threshold, which side of it, how many, and which text names them.

    ``led`` is the sentence up to the threshold; ``of`` how many there are in all (9道题中满意度达到…).
    """

    measure: str
    led: str
    years: tuple[str, ...]
    limit: Figure
    above: bool
    said: str
    of: int | None
    count: Figure | None
    listing: str


def find_threshold_rows(reading: Reading) -> Iterator[ListedCount | Comparison]:
    """Every count of rows beyond a threshold, and every name that is said to lie there."""
    for passage in reading.prose:
        if passage.place.row is not None or "的" not in passage.text.value:
            continue
        for index, limit in enumerate(passage.figures):
            if limit.quantity.unit.kind in KINDS:
                beyond = _read(passage, index)
                if beyond is not None:
                    yield from _judged(reading, beyond)


def _read(passage: Passage, index: int) -> _Beyond | None:
    text, limit = passage.text.value, passage.figures[index]
    behind = _BEHIND.match(text, limit.end)
    have = _HAVE.match(text, behind.end()) if behind else None
    if behind is None or have is None:
        return None
    sentence = max((match.end() for match in _SENTENCE.finditer(text, 0, limit.start)), default=0)
    led = _BRACKETS.sub("", text[sentence : limit.start]) + limit.raw.strip()
    clause = led[max((match.end() for match in _MARK.finditer(led[: -len(limit.raw)])), default=0) :]
    before = _BEFORE.search(clause[: clause.rfind(limit.number)])
    if before is None:
        return None
    above = _side(limit, before["word"] or "", behind["word"] or "")
    if above is None:
        return None
    of = _OF.match(clause[: before.start()])
    count, listing = _named(passage, index, have.end())
    return _Beyond(
        measure="".join(_YEAR.sub("", clause[of.end() if of else 0 : before.start()]).split()),
        led="".join(led.split()),
        years=tuple(_DIGITS.findall(led)),
        limit=limit.unqualified,
        above=above,
        said="".join((clause[before.start() :] + text[limit.end : behind.end()]).split()).removesuffix("的"),
        of=int(of["number"]) if of else None,
        count=count,
        listing=listing,
    )


def _side(limit: Figure, before: str, behind: str) -> bool | None:
    """Whether those above a threshold are meant; None where nothing says so."""
    if limit.quantity.qualifier in SIGNS:
        return SIGNS[limit.quantity.qualifier][0] > 0
    if before.startswith(_BELOW) or behind.endswith(("以下", "以内")):
        return False
    return True if before.startswith(_ABOVE) or behind.endswith("以上") else None


def _named(passage: Passage, index: int, start: int) -> tuple[Figure | None, str]:
    """How many are counted, and the text that names them: 有 4 个标段，即 A、B, or 有 A、B 2 个标段."""
    text = passage.text.value
    counts = [
        f for f in passage.figures[index + 1 : index + 3] if f.quantity.unit.kind in {"count", "measure", "plain"}
    ]
    first = counts[0] if counts and not counts[0].quantity.is_open else None
    if first is not None and not text[start : first.start].strip():
        listed = _LISTED.match(text, first.end)
        begin = listed.end() if listed else first.end
        return first, _until(text, begin)
    listing = _until(text, start)
    inside = first is not None and first.start <= start + len(listing)
    if first is not None and inside:
        return first, text[start : first.start]
    return None, listing


def _until(text: str, start: int) -> str:
    end = _END.search(text, start)
    return text[start : min(end.start() if end else len(text), start + MOST)]


def _judged(reading: Reading, beyond: _Beyond) -> Iterator[ListedCount | Comparison]:
    """By the one column that is meant; groups of its rows may bear the sentence out, too."""
    columns = _meant(beyond, known_columns(reading).columns)
    told = [list(_claims(beyond, *one)) for one in columns]
    others = [list(_claims(beyond, *one)) for one in _meant(beyond, known_groups(reading).columns)]
    holding = [claims for claims in (*told, *others) if claims and all(_holds(claim) for claim in claims)]
    if holding:
        yield from holding[0]
    elif len(told) == 1 and _is_near(told[0]):
        yield from told[0]


Meant = tuple[Table, str, Sequence[Cell], Sequence[Cell]]
"""A table, the header of a column, its rows, and those of them that are named."""


def _meant(beyond: _Beyond, columns: Sequence[tuple[Table, str, Column]]) -> list[Meant]:
    """The columns that a sentence may be about: of those that have the names it gives the ones with most."""
    found: list[Meant] = []
    for table, header, column in columns:
        if not _is_meant(beyond, header) or not _has_unit(beyond.limit, column):
            continue
        cells = [cell for cell in column if not _NO_ROW.search(cell.name)]
        named = [cell for cell in cells if _is_named(cell.name, beyond.listing)]
        counted = beyond.count is not None and _counts(beyond, beyond.count, table, cells)
        if len(cells) >= LEAST and (named or counted):
            found.append((table, header, cells, named))
    if not any(named for *_, named in found) and "、" in beyond.listing:
        return []  # names that no table has
    most = max((len(named) for *_, named in found), default=0)
    found = [one for one in found if len(one[3]) == most]
    closer = [one for one in found if (extra := _extra(beyond, one[1])) and extra in beyond.led]
    return closer or found


def _counts(beyond: _Beyond, count: Figure, table: Table, cells: Sequence[Cell]) -> bool:
    """Whether what is counted are the rows of a table, by how many there are in all or by what they are called."""
    if beyond.of is not None:
        return beyond.of == len(cells)
    behind = _COUNTED.match(count.text.value, count.end)
    noun = behind.group() if behind else ""
    noun = noun or count.quantity.unit.name
    ending = sum(cell.name.endswith(noun) for cell in cells)
    return len(noun) > 0 and (ending > 0 or any(noun in header for header in table.header[:LABELS]))


def _plain(header: str) -> str:
    return _YEAR.sub("", bare_header(header) or header).strip()


def _extra(beyond: _Beyond, header: str) -> str:
    """What a column's name has before the words of the sentence: 纳税 of 纳税增速."""
    return _plain(header).removesuffix(beyond.measure)


def _is_meant(beyond: _Beyond, header: str) -> bool:
    """Whether a column goes by the words before the threshold, and is of a year that the sentence names."""
    plain = _plain(header)
    years = _DIGITS.findall(header)
    if len(plain) < SHORTEST or (years and beyond.years and years[-1] not in beyond.years[-1:]):
        return False
    return beyond.measure.endswith(plain) or (len(beyond.measure) >= SHORTEST and plain.endswith(beyond.measure))


def _has_unit(limit: Figure, cells: Sequence[Cell]) -> bool:
    units = {cell.figure.quantity.unit.base for cell in cells}
    return units == {limit.quantity.unit.base}


def _is_named(name: str, listing: str) -> bool:
    """Whether a list has a row's name, or how it begins: 文昌 for 文昌街道."""
    said = [one.strip("“”‘’ ") for part in _JOINT.split(listing) for one in (part, *part.split("和"))]
    return name in listing or any(len(one) >= SHORTEST and name.startswith(one) for one in said)


def _claims(
    beyond: _Beyond, table: Table, header: str, cells: Sequence[Cell], named: Sequence[Cell]
) -> Iterator[ListedCount | Comparison]:
    because = IN_COLUMN.filled(table=table.name, column=header)
    limit = beyond.limit.quantity.based
    strict = [
        c for c in cells if (c.figure.quantity.based > limit) == beyond.above and c.figure.quantity.based != limit
    ]
    equal = [c for c in cells if c.figure.quantity.based == limit]
    if beyond.count is not None and beyond.count.quantity.value != len(named):
        names = "、".join(cell.name for cell in strict[:LEAST]) + ("等" if len(strict) > LEAST else "")
        what = ROWS.filled(column=header, limit=beyond.said, names=names or "无")
        listing = tuple(Mention.of(Role.PART, cell.figure) for cell in strict)
        yield ListedCount(because, beyond.count, len(strict), len(strict) + len(equal), what, listing)
    word = Mention.of(Role.STATED, beyond.limit)
    for cell in named:
        sign = 1 if beyond.above else -1
        yield Comparison(because, (cell.name, LIMIT), cell.figure, beyond.limit, word, beyond.said, sign, or_equal=True)


def _holds(claim: ListedCount | Comparison) -> bool:
    return claim.agree if isinstance(claim, ListedCount) else claim.holds


def _is_near(claims: Sequence[ListedCount | Comparison]) -> bool:
    """Whether what is wrong is one name of several, or a count that misses by little."""
    counts = [claim for claim in claims if isinstance(claim, ListedCount)]
    names = [claim for claim in claims if isinstance(claim, Comparison)]
    odd = [claim for claim in names if not claim.holds]
    near = all(abs(claim.stated_count.quantity.value - claim.counted) <= NEAR for claim in counts)
    return near and 2 * len(odd) <= len(names)
