"""A document as bytes, small and quick to read again. Bytes of another making are refused."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from checker.boxes import Boxes
from checker.document import (
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Problem,
    Run,
    Section,
    Source,
    Table,
    Text,
    TocEntry,
)
from checker.text import ALL_SURE

Unreadable = (msgspec.DecodeError, IndexError, ValueError, TypeError)
"""What ``unpack`` raises for bytes that are no document."""

_HEADING, _TABLE = "heading", "table"


class _Run(msgspec.Struct, array_like=True):
    start: int
    page: int | None
    line: int | None
    source: tuple[int, int | None] | None
    boxes: Boxes
    unsure: list[int]


class _Text(msgspec.Struct, array_like=True):
    value: str
    runs: list[_Run]


class _Block(msgspec.Struct, array_like=True):
    """``texts`` are places in the list of all texts: one of prose, or a table's cells row by row."""

    kind: str
    index: int
    section: int
    texts: list[int]
    covered: list[int] = []
    width: int = 0
    header_rows: int = 0
    caption: int | None = None
    unit: int | None = None
    damaged: list[int] = []


class _Document(msgspec.Struct, array_like=True):
    kind: str
    sha256: str
    title: str
    pages: int | None
    texts: list[_Text]
    blocks: list[_Block]
    sections: list[tuple[int, int, str, str, str, int | None]]
    toc: list[tuple[int, int | None]]
    problems: list[tuple[str, str, str]]


_decoder = msgspec.msgpack.Decoder(_Document)


class _Texts:
    """Texts by number: one that stands in two places of a document is kept once."""

    def __init__(self) -> None:
        self.kept: list[_Text] = []
        self._numbers: dict[int, int] = {}

    def number(self, text: Text) -> int:
        """The place of a text in the list."""
        if id(text) not in self._numbers:
            self._numbers[id(text)] = len(self.kept)
            self.kept.append(_Text(text.value, [_packed_run(run) for run in text.runs]))
        return self._numbers[id(text)]

    def or_none(self, text: Text | None) -> int | None:
        """The same for a text that need not be there."""
        return None if text is None else self.number(text)


def _packed_run(run: Run) -> _Run:
    return _Run(run.start, run.page, run.line, run.source, run.boxes, sorted(run.unsure))


def pack(document: Document) -> bytes:
    """The document without its path, which need not be the same the next time."""
    texts = _Texts()
    blocks = [_packed(block, texts) for block in document.blocks]
    toc = [(texts.number(entry.text), entry.page) for entry in document.toc]
    return msgspec.msgpack.encode(
        _Document(
            kind=document.kind,
            sha256=document.sha256,
            title=document.title,
            pages=document.pages,
            texts=texts.kept,
            blocks=blocks,
            sections=[(one.index, one.level, one.number, one.title, one.path, one.parent) for one in document.sections],
            toc=toc,
            problems=[(one.kind, one.where, one.message) for one in document.problems],
        )
    )


def _packed(block: Block, texts: _Texts) -> _Block:
    if not isinstance(block, Table):
        kind = block.kind if isinstance(block, Paragraph) else _HEADING
        return _Block(kind, block.index, block.section, [texts.number(block.text)])
    cells = [cell for row in block.rows for cell in row]
    return _Block(
        kind=_TABLE,
        index=block.index,
        section=block.section,
        texts=[texts.number(cell.text) for cell in cells],
        covered=[place for place, cell in enumerate(cells) if cell.covered],
        width=block.width,
        header_rows=block.header_rows,
        caption=texts.or_none(block.caption),
        unit=texts.or_none(block.unit),
        damaged=sorted(block.damaged),
    )


def unpack(data: bytes, path: str) -> Document:
    """The document that was packed, as read from ``path``. Raises one of ``Unreadable``."""
    kept = _decoder.decode(data)
    texts = [Text(one.value, tuple(_run(run) for run in one.runs)) for one in kept.texts]
    return Document(
        path=path,
        kind=kept.kind,
        sha256=kept.sha256,
        blocks=tuple(_unpacked(block, texts) for block in kept.blocks),
        sections=tuple(Section(*one) for one in kept.sections),
        title=kept.title,
        pages=kept.pages,
        toc=tuple(TocEntry(texts[text], page) for text, page in kept.toc),
        problems=tuple(Problem(*one) for one in kept.problems),
    )


def _run(run: _Run) -> Run:
    source = Source(*run.source) if run.source else None
    return Run(run.start, run.page, run.line, run.boxes, source, frozenset(run.unsure) if run.unsure else ALL_SURE)


def _unpacked(block: _Block, texts: Sequence[Text]) -> Block:
    if block.kind == _HEADING:
        return Heading(block.index, block.section, texts[block.texts[0]])
    if block.kind != _TABLE:
        return Paragraph(block.index, block.section, texts[block.texts[0]], block.kind)
    covered = set(block.covered)
    cells = [
        Cell(*divmod(place, block.width), texts[number], place in covered) for place, number in enumerate(block.texts)
    ]
    return Table(
        index=block.index,
        section=block.section,
        rows=tuple(tuple(cells[start : start + block.width]) for start in range(0, len(cells), block.width)),
        header_rows=block.header_rows,
        caption=None if block.caption is None else texts[block.caption],
        unit=None if block.unit is None else texts[block.unit],
        damaged=frozenset(block.damaged),
    )
