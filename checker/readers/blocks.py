"""What a reader of one form finds before the document's structure is known."""

from __future__ import annotations

from msgspec import Struct

from checker.document import Cell, Text


class ReadError(Exception):
    """A file cannot be read: one clear sentence that says what, where and what to do.

    ``zh`` and ``en`` are the sentence in both languages, without the file's name.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str]]:
        return ReadError, (self.zh, self.en)


class RawParagraph(Struct, frozen=True):
    """A paragraph rebuilt from its lines.

    ``bold`` says that the whole line is set apart as a heading is (Markdown ``#``, bold type);
    it is a hint, never a proof. ``depth`` is the level that the file gives a heading (the ``#`` of
    Markdown, a tag of PDF), 0 where it gives none. ``page`` is the page it begins on, None without
    pages. ``unread`` marks the lines of a table that was seen and not read: nothing is taken from them.
    """

    text: Text
    bold: bool = False
    page: int | None = None
    depth: int = 0
    unread: bool = False


class RawTable(Struct, frozen=True):
    """A table's full grid, joined over page breaks, every row as wide as the table.

    ``damaged`` lists rows (from 0) whose cells do not fit the columns.
    ``header_rows`` is None where the form does not say how many there are.
    """

    rows: tuple[tuple[Cell, ...], ...]
    damaged: frozenset[int] = frozenset()
    header_rows: int | None = None
    page: int | None = None


RawBlock = RawParagraph | RawTable
