"""Tables joined over page breaks, on evidence.

Two parts are one table when they follow each other with nothing between, share their columns,
and the head is printed again or the next row could not have stood on the page before. A row
that the page break cuts is continued cell by cell.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from checker.document import Cell
from checker.extract.patterns import Pattern
from checker.readers.blocks import RawTable
from checker.readers.pdf_grid import NEAR
from checker.readers.pdf_tables import Part, Place, Row

MOST_HEADER_ROWS = 4
FILLED = 0.85  # the share of rows in which a column is filled, for it to be always filled
NUMERIC = 0.7  # the share of its texts that are numbers, for it to be a column of numbers
MANY_CUTS = 5  # between columns: two tables rarely agree in all of them by chance
SPARE = 0.1  # of the page's height that a page may leave free under a table that goes on
MOSTLY_NAMED = 0.6  # of the columns: then a row repeats the head, whatever is set over it
LONG = 20  # characters of a text that a page break may have cut

_NUMBER = Pattern(r"[+\-−]?\d[\d,，]*(?:\.\d+)?[%％]?")
_TOTAL = Pattern(r"(?:合|总|小|共)计")
_SENTENCE_END = Pattern(r".*[。；;！!？?：:）)]")
_ITEM = Pattern(r"[①-⑳❶-❿]|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]|根据|注[:：]")


class Sheet(Struct):
    """A table that may go on: what was read of it, and where its last part ends."""

    page: int
    xs: list[float]
    rows: list[Row]
    last_page: int
    bottom: float
    open_bottom: bool
    header_rows: int | None = None

    @staticmethod
    def of(part: Part) -> Sheet:
        """A table of one part."""
        rows = part.rows[:1] + _without_heads(part.rows[:1], part.rows[1:])
        return Sheet(part.page, part.xs, rows, part.page, part.ys[-1], part.open_bottom, part.header_rows)

    def table(self) -> RawTable:
        """The whole table."""
        rows = tuple(
            tuple(Cell(number, column, place.text, place.covered) for column, place in enumerate(row))
            for number, row in enumerate(self.rows)
        )
        return RawTable(rows, header_rows=self.header_rows, page=self.page)


def repeats(sheet: Sheet, part: Part) -> bool:
    """Whether a part on the next page has the columns of the table and prints its head again."""
    if part.page != sheet.last_page + 1 or not _same_columns(sheet.xs, part.xs):
        return False
    before, rows = _aligned(sheet, part)
    return _repeated(before, rows) > 0 or _without_heads(before[:1], rows[:1]) != rows[:1]


def goes_on(sheet: Sheet, part: Part, page_bottom: float) -> bool:
    """Whether a part at the top of a page belongs to the table that ended the page before."""
    if part.page != sheet.last_page + 1 or not _same_columns(sheet.xs, part.xs):
        return False
    if repeats(sheet, part):
        return True
    before, rows = _aligned(sheet, part)
    if _new_head(before, rows):
        return False
    left_free = page_bottom - sheet.bottom
    if left_free < part.ys[1] - part.ys[0] + NEAR:
        return True
    # Sheets of one workbook end their pages at different heights, yet their columns differ.
    ended = any(_TOTAL.match(place.key) for place in before[-1])
    return len(sheet.xs) == len(part.xs) >= MANY_CUTS and not ended and left_free < SPARE * page_bottom


def append(sheet: Sheet, part: Part) -> None:
    """Join a part to its table."""
    before, rows = _aligned(sheet, part)
    head = _repeated(before, rows)
    if head:
        sheet.header_rows = head
    rows = _without_heads(before[:1], rows[head:])
    cut = bool(rows) and bool(before) and _continues(before, rows, both_open=sheet.open_bottom and part.open_top)
    if rows and before:
        _carry_over(before[-1], rows[0])
    if cut:
        _continue_row(before, rows.pop(0))
    sheet.rows = before + rows
    if len(part.xs) > len(sheet.xs):
        sheet.xs = part.xs
    sheet.last_page, sheet.bottom, sheet.open_bottom = part.page, part.ys[-1], part.open_bottom


def _same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether the cuts of one are among those of the other, and the outer edges are equal."""
    few, many = sorted((one, other), key=len)
    among = all(any(abs(cut - place) <= NEAR for place in many) for cut in few)
    return among and abs(one[0] - other[0]) <= NEAR and abs(one[-1] - other[-1]) <= NEAR


def _aligned(sheet: Sheet, part: Part) -> tuple[list[Row], list[Row]]:
    """Both parts' rows over the columns of the part that has more."""
    if len(part.xs) > len(sheet.xs):
        return _widened(sheet.rows, sheet.xs, part.xs), part.rows
    return sheet.rows, _widened(part.rows, part.xs, sheet.xs)


def _widened(rows: list[Row], xs: Sequence[float], wide: Sequence[float]) -> list[Row]:
    if len(xs) == len(wide):
        return rows
    columns = [min(range(len(wide)), key=lambda place: abs(wide[place] - cut)) for cut in xs[:-1]]
    widened = []
    for row in rows:
        new = [Place(covered=True) for _ in wide[1:]]
        for column, place in zip(columns, row, strict=True):
            new[column] = place
        widened.append(new)
    return widened


def _repeated(before: list[Row], rows: list[Row]) -> int:
    """How many rows at the top repeat the table's head."""
    count = 0
    while count < min(MOST_HEADER_ROWS, len(before), len(rows)):
        if [place.key for place in before[count]] != [place.key for place in rows[count]]:
            break
        count += 1
    return count if any(place.lines for row in rows[:count] for place in row) else 0


def _without_heads(head: Sequence[Row], rows: list[Row]) -> list[Row]:
    """The rows without the head where a program prints it again within a page, as a row or into one."""
    if not head or not _names(head[0]):
        return rows
    kept: list[Row] = []
    for row in rows:
        stripped = [_without_name(place, name) for place, name in zip(row, head[0], strict=True)]
        again = sum(new is not place for new, place in zip(stripped, row, strict=True))
        if again < MOSTLY_NAMED * sum(bool(name.lines) for name in head[0]):
            kept.append(row)
        elif any(place.lines for place in stripped):
            kept.append(stripped)
    return kept


def _names(row: Row) -> bool:
    """Whether a row names columns: several texts, none of them a number."""
    texts = [place.key for place in row if place.lines]
    return len(texts) > 1 and not any(_NUMBER.fullmatch(text) for text in texts)


def _without_name(place: Place, name: Place) -> Place:
    """The place without the lines that say the column's name; itself where there are none."""
    if not name.lines:
        return place
    for start in range(len(place.lines)):
        said = ""
        for end in range(start + 1, len(place.lines) + 1):
            said += "".join(place.lines[end - 1].text.value.split())
            if said == name.key:
                lines, full = place.lines[:start] + place.lines[end:], place.full[:start] + place.full[end:]
                return Place(lines, full, place.covered, place.tall)
            if not name.key.startswith(said):
                break
    return place


def _new_head(before: list[Row], rows: list[Row]) -> bool:
    """Whether the first row names columns in which the table before has numbers."""
    numeric = _numeric_columns(before[1:])
    named = [column for column in numeric if rows[0][column].lines and not _NUMBER.fullmatch(rows[0][column].key)]
    return len(before) > 2 and bool(numeric) and 2 * len(named) > len(numeric)


def _numeric_columns(rows: Sequence[Row]) -> list[int]:
    columns = []
    for column in range(len(rows[0]) if rows else 0):
        texts = [row[column].key for row in rows if row[column].lines]
        if texts and sum(1 for text in texts if _NUMBER.fullmatch(text)) >= NUMERIC * len(texts):
            columns.append(column)
    return columns


def _continues(before: list[Row], rows: list[Row], *, both_open: bool) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before."""
    last, first = before[-1], rows[0]
    if any(_NUMBER.fullmatch(a.key) and _NUMBER.fullmatch(b.key) for a, b in zip(last, first, strict=True)):
        return False
    if any(_TOTAL.match(place.key) for place in first):
        return False
    others = [*before[:-1], *rows[1:]] if len(before) + len(rows) > 3 else [last]
    always = [
        column for column in range(len(first)) if sum(1 for row in others if row[column].lines) >= FILLED * len(others)
    ]
    if any(not first[column].lines for column in always):
        return True
    numeric = set(_numeric_columns(others))
    if any(_NUMBER.fullmatch(first[column].key) for column in always if column in numeric):
        return False
    return _text_cut(last, first) or (both_open and not always)


def _text_cut(last: Row, first: Row) -> bool:
    """Whether a bracket, or else the longest text of the last row, stays open and goes on in the first."""
    if any(_open_bracket(above.key) and _closes_bracket(below.key) for above, below in zip(last, first, strict=True)):
        return True
    column = max(range(len(last)), key=lambda place: len(last[place].key))
    place, text, rest = last[column], last[column].key, first[column].key
    if not rest or _SENTENCE_END.fullmatch(text) or _ITEM.match(rest):
        return False
    return len(text) > LONG or (len(place.lines) > 1 and place.full[-1])


def _open_bracket(text: str) -> bool:
    return max(text.rfind("("), text.rfind("（")) > max(text.rfind(")"), text.rfind("）"))


def _closes_bracket(text: str) -> bool:
    closing = [place for place in (text.find(")"), text.find("）")) if place >= 0]
    opening = [place for place in (text.find("("), text.find("（")) if place >= 0]
    return bool(closing) and min(closing) < min(opening, default=len(text))


def _carry_over(last: Row, first: Row) -> None:
    """A merged cell that goes on over the break leaves an empty place: covered, not empty."""
    for above, place in zip(last, first, strict=True):
        if not place.lines and (place.tall or above.covered or above.tall):
            place.covered = True


def _continue_row(before: list[Row], rest: Row) -> None:
    """Append each cell of a cut row to the cell that it continues."""
    for column, place in enumerate(rest):
        if not place.lines:
            continue
        row = len(before) - 1
        while row > 0 and before[row][column].covered and before[row - 1][column].tall:
            row -= 1
        target = before[row][column] if not before[row][column].covered else before[-1][column]
        target.covered = False
        target.lines += place.lines
        target.full += place.full
