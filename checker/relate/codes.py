"""Rows that nest by their codes: indicators (A1, A11 or A1, B11), budget subjects (213, 21303), numbers (1, 1.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from string import digits

from checker.document import Cell, Table
from checker.extract.patterns import Pattern

CODE = Pattern(r"^\s*(?P<code>[A-Za-z]{1,2}\d*|\d+(?:[.\-]\d+)*)(?=[\s、.．\u4e00-\u9fff]|$)")
CODE_BEHIND = Pattern(r"[（(](?P<code>[A-Z]\d*)[)）]\s*$")
"""一、决策（A）."""
ENOUGH = 3
"""Fewer rows with a code are no numbering of the table."""


def row_codes(table: Table, column: int, code_column: int | None) -> list[str]:
    """The code of each body row, from a column of its own or before the name; "" without one."""
    return [_code(cells, column, code_column) for cells in table.body]


CODE_HEADERS = ("编码", "代码", "编号", "类", "款", "项")


def subject_codes(table: Table, columns: Sequence[int]) -> list[str]:
    """The codes of a table's rows, read over its columns of codes (类, 款, 项); "" where a row has none."""
    coded = [c for c in columns if table.header[c].endswith(CODE_HEADERS) and _holds_codes(table, c)]
    joined = ["".join(cells[c].value for c in coded) for cells in table.body]
    whole = [next((cells[c].value for c in reversed(coded) if cells[c].value), "") for cells in table.body]
    return joined if len(set(joined)) >= len(set(whole)) and len(coded) > 1 else whole


def _holds_codes(table: Table, column: int) -> bool:
    values = [cells[column].value for cells in table.body if cells[column].value]
    return sum(1 for value in values if value.isascii() and value.isalnum()) * 2 > len(values)


def _code(cells: Sequence[Cell], column: int, code_column: int | None) -> str:
    for place in (code_column, column):
        match = CODE.match(cells[place].value) if place is not None else None
        match = match or (CODE_BEHIND.search(cells[place].value) if place is not None else None)
        if match:
            return match["code"]
    return ""


def parents_by_code(codes: Sequence[str]) -> list[int | None]:
    """For each row the row that its code extends, None on top; all None when codes do not nest."""
    place = {code: index for index, code in enumerate(codes) if code.isascii() and code.strip()}
    if len(place) < ENOUGH or len(place) < sum(1 for code in codes if code.isascii() and code.strip()):
        return [None] * len(codes)
    running = _running(place)
    parents = [_parent(code, place, running) if code in place else None for code in codes]
    if any(parent is not None for parent in parents):
        return parents
    return _parents_by_letter(codes, place)


_LETTERED = Pattern(r"(?P<letter>[A-Z])(?P<number>\d+)")


def _parents_by_letter(codes: Sequence[str], place: dict[str, int]) -> list[int | None]:
    """A1, B11, C111: a letter for each level, whose numbers nest; all None where one row finds no row above it."""
    parts = {code: match for code in place if (match := _LETTERED.fullmatch(code))}
    letters = sorted({match["letter"] for match in parts.values()})
    found: dict[str, int] = {}
    for code, match in parts.items():
        above = letters.index(match["letter"]) - 1
        heads = [letters[above] + match["number"][:end] for end in range(len(match["number"]) - 1, 0, -1)]
        parent = next((place[head] for head in heads if head in place), None) if above >= 0 else None
        if parent is not None:
            found[code] = parent
        elif above >= 0:
            return [None] * len(codes)
    return [found.get(code) for code in codes]


def _running(codes: Iterable[str]) -> set[str]:
    """What stands before running numbers (C1 to C11, 1 to 12): C1 is not above C10 then."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for code in codes:
        letters = code.rstrip(digits)
        if len(letters) < len(code):
            numbers[letters].add(int(code[len(letters) :]))
    return {letters for letters, its in numbers.items() if its == set(range(1, len(its) + 1))}


RANKS = (
    Pattern(r"^[一二三四五六七八九十]{1,3}[、.．]?$|^[一二三四五六七八九十]{1,3}[、.．]"),
    Pattern(r"^[（(][一二三四五六七八九十]{1,3}[)）]"),
    Pattern(r"^\d{1,3}[、.．]?$|^\d{1,3}[、.．](?!\d)"),
    Pattern(r"^[（(]\d{1,3}[)）]"),
    Pattern(r"^[①-⑳]"),
)


def parents_by_rank(labels: Sequence[str]) -> list[int | None]:
    """For each row the row above it by the kind of its number (一 above 1 above （1）); all None with one kind only."""
    ranks = [next((rank for rank, kind in enumerate(RANKS) if kind.match(label.strip())), None) for label in labels]
    known = [rank for rank in ranks if rank is not None]
    if len(set(known)) < 2 or known[0] != min(known):
        return [None] * len(labels)
    out: list[int | None] = []
    open_rows: dict[int, int] = {}
    for index, rank in enumerate(ranks):
        above = [r for r in open_rows if rank is not None and r < rank]
        out.append(open_rows[max(above)] if above else None)
        if rank is not None:
            open_rows = {r: row for r, row in open_rows.items() if r < rank} | {rank: index}
    return out


def _parent(code: str, place: dict[str, int], running: set[str]) -> int | None:
    """The longest known code that this one goes on from."""
    parted = "." in code or code.rstrip(digits) in running
    for end in range(len(code) - 1, 0, -1):
        head = code[:end].rstrip(".-")
        cut_in_number = parted and code[end - 1].isdigit() and code[end].isdigit()
        if head in place and not cut_in_number:
            return place[head]
    return None


def nested_names(names: Sequence[str], parents: Sequence[int | None]) -> list[tuple[str, ...]]:
    """The names of each row from the top down; the row above it in the tree may stand above or below it."""

    def path(row: int) -> tuple[str, ...]:
        parent = parents[row]
        return (*(path(parent) if parent is not None else ()), names[row]) if names[row] else ()

    return [path(row) for row in range(len(names))]
