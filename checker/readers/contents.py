"""The contents page: found, taken apart and kept out of the report's own headings."""

from __future__ import annotations

from collections.abc import Sequence

from checker.document import Text, TocEntry
from checker.extract.headings import parse_heading
from checker.extract.patterns import VERBOSE, Pattern
from checker.readers.blocks import RawBlock, RawParagraph, RawTable

LONGEST = 120
"""A contents line has no more characters than this, its leaders aside."""
WIDEST = 600
"""Nor more than this with them."""
NARROW = 8
"""Where the leaders take the room of the titles, these are broken into pieces no longer than this."""
LEADERS = " \u3000.．·•…‥"
LEAST = 3
"""So many entries in a row are a contents page even without the word 目录 above them."""

_TITLE = Pattern(r"(?:目\s*录|目\s*次|contents|CONTENTS|Contents)")
_ENTRY = Pattern(
    r"""
    (?P<title>\S.*?)
    (?: \s*+[.．·•…。‥]{2}[\s.．·•…。‥]*+ | \t+ | [\ \u3000]{2,} | (?<=[\p{Han}）)])\s? )  # leaders, a gap, or nothing
    [（(]? (?P<page>\d{1,4}|[IVXivx]{1,5}) [)）]? \s*
    """,
    VERBOSE,
)

_LEADERS_FIRST = Pattern(r"(?P<number>[^\s.．·•…‥]{1,8})[.．·•…‥]{10,}+(?P<rest>.{0,8})")  # （一）…………………………当年部


def split_contents(raw: Sequence[RawBlock]) -> tuple[range, tuple[TocEntry, ...]]:
    """Which blocks are the contents page (its title among them), and its entries."""
    for start, block in enumerate(raw):
        if isinstance(block, RawParagraph) and _TITLE.fullmatch(block.text.value.strip()):
            found = _page(raw, start, start + 1, least=1)
            return found if found[1] else _narrow(raw, start)
        found = _page(raw, start, start, least=LEAST)
        if found[1]:
            return found
        if start > len(raw) / 3:
            break
    return range(0), ()


def _page(raw: Sequence[RawBlock], start: int, first: int, *, least: int) -> tuple[range, tuple[TocEntry, ...]]:
    entries: list[TocEntry] = []
    end = first
    for block in raw[first:]:
        found = _entries(block, titled=least == 1)
        if found is None or (entries and _key(found[0].text.value) == _key(entries[0].text.value)):
            break
        entries += found
        end += 1
    if len(entries) < least or not any(entry.page is not None for entry in entries[:LEAST]):
        return range(0), ()
    while entries[-1].page is None and end > first + 1:  # the report's own first heading
        entries.pop()
        end -= 1
    return range(start, end), tuple(entries)


def _narrow(raw: Sequence[RawBlock], start: int) -> tuple[range, tuple[TocEntry, ...]]:
    """A contents page whose leaders push the titles into lines of a few characters and the pages off the paper."""
    entries: list[list[Text]] = []
    end = start + 1
    for block in raw[end:]:
        if not isinstance(block, RawParagraph):
            break
        if match := _LEADERS_FIRST.fullmatch(block.text.value):
            entries.append([block.text.cut(*match.span("number")), block.text.cut(*match.span("rest"))])
        elif entries and len(block.text) <= NARROW:
            entries[-1].append(block.text)
        else:
            break
        end += 1
    if len(entries) < LEAST:
        return range(0), ()
    return range(start, end), tuple(TocEntry(Text.concat(*parts), None) for parts in entries)


def _key(value: str) -> str:
    return "".join(value.split())


def _entries(block: RawBlock, *, titled: bool) -> list[TocEntry] | None:
    """The entries that a block holds, None where it is no part of a contents page."""
    if isinstance(block, RawTable):
        return _table_entries(block)
    entry = _entry(block.text, titled=titled)
    return None if entry is None else [entry]


def _entry(text: Text, *, titled: bool) -> TocEntry | None:
    match = _ENTRY.fullmatch(text.value) if _is_line(text.value) else None
    if match and (
        titled or parse_heading(match["title"]) or "…" in text.value or ".." in text.value or "\t" in text.value
    ):
        return TocEntry(text.cut(*match.span("title")), _page_number(match["page"]))
    if titled and parse_heading(text.value):
        return TocEntry(text, None)
    return None


def _is_line(value: str) -> bool:
    """Whether it may be one line: leaders may fill any width, the words may not."""
    return len(value) <= LONGEST or (len(value) <= WIDEST and sum(sign not in LEADERS for sign in value) <= LONGEST)


def _page_number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() else None


def _table_entries(table: RawTable) -> list[TocEntry] | None:
    """A table most of whose rows hold a heading and, at the right end, a page number."""
    entries: list[TocEntry] = []
    numbered = headed = 0
    for row in table.rows:
        cells = [cell.text for cell in row if cell.value]
        if not cells:
            continue
        page = _page_number(cells[-1].value.strip()) if len(cells) > 1 else None
        texts = cells[:-1] if page is not None else cells
        title = Text.concat(*texts)
        entries.append(TocEntry(title.cut(0, len(title.value.rstrip(LEADERS))), page))
        numbered += page is not None
        headed += parse_heading(entries[-1].text.value) is not None
    return entries if entries and min(numbered, headed) >= 0.6 * len(entries) and len(table.rows[0]) <= 3 else None
