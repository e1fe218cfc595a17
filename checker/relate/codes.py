"""Rows that nest by their codes: indicators (A1, A11, A111), budget subjects (213, 21303, 2130301), numbers (1, 1.1)."""

from __future__ import annotations

from collections.abc import Sequence

from checker.document import Cell, Table
from checker.extract.patterns import Pattern

CODE = Pattern(r"^\s*(?P<code>[A-Za-z]{1,2}\d*|\d+(?:[.\-]\d+)*)(?=[\s、.．\u4e00-\u9fff]|$)")
ENOUGH = 3
"""Fewer rows with a code are no numbering of the table."""


def row_codes(table: Table, column: int, code_column: int | None) -> list[str]:
    """The code of each body row, from a column of its own or before the name; "" without one."""
    return [_code(cells, column, code_column) for cells in table.body]


CODE_HEADERS = ("编码", "代码", "编号")


def subject_codes(table: Table) -> list[str]:
    """The codes of a table's rows by its column of codes; empty without such a column."""
    column = next((i for i, header in enumerate(table.header) if any(w in header for w in CODE_HEADERS)), None)
    if column is None:
        return []
    return [code if (code := cells[column].value).isalnum() and code.isascii() else "" for cells in table.body]


def _code(cells: Sequence[Cell], column: int, code_column: int | None) -> str:
    for place in (code_column, column):
        match = CODE.match(cells[place].value) if place is not None else None
        if match:
            return match["code"]
    return ""


def parents_by_code(codes: Sequence[str]) -> list[int | None]:
    """For each row the row that its code extends, None on top; all None when codes do not nest."""
    place = {code: index for index, code in enumerate(codes) if code}
    if len(place) < ENOUGH or len(place) < sum(1 for code in codes if code):
        return [None] * len(codes)
    return [_parent(code, place) for code in codes]


def _parent(code: str, place: dict[str, int]) -> int | None:
    """The longest known code that this one goes on from."""
    for end in range(len(code) - 1, 0, -1):
        head = code[:end].rstrip(".-")
        cut_in_number = "." in code and code[end - 1].isdigit() and code[end].isdigit()
        if head in place and not cut_in_number:
            return place[head]
    return None


def nested_names(names: Sequence[str], parents: Sequence[int | None]) -> list[tuple[str, ...]]:
    """The names of each row from the top down."""
    paths: list[tuple[str, ...]] = []
    for name, parent in zip(names, parents, strict=True):
        above = paths[parent] if parent is not None and parent < len(paths) else ()
        paths.append((*above, name) if name else ())
    return paths
