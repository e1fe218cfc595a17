"""Fragments of tables joined over the pages that broke them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.document import Text
from checker.extract.patterns import Pattern
from checker.readers.blocks import RawBlock, RawParagraph, RawTable
from checker.readers.columns import Kind, kind_of
from checker.readers.grid import WrittenRow, build_table

_CONTINUED = Pattern(r"\s*(?:续\s*表.*|.*[（(]\s*续\s*(?:表|上)?\s*[）)]\s*)")
_UNIT = Pattern(r"\s*[（(]?\s*(?:金额)?单\s*位\s*[：:].{0,12}")


class Fragment(Struct, frozen=True):
    """Rows between two breaks. ``headless`` where the form says that the header is elsewhere."""

    rows: tuple[WrittenRow, ...]
    headless: bool = False


Piece = RawParagraph | Fragment | RawTable
"""A ``RawTable`` is one whose grid the form itself states."""


def stitch(pieces: Iterable[Piece]) -> list[RawBlock]:
    """Blocks in reading order, each table whole."""
    blocks: list[RawBlock] = []
    for piece in _joined(pieces):
        if isinstance(piece, Fragment):
            blocks += _blocks(piece)
        else:
            blocks.append(piece)
    return blocks


def join_continued(blocks: Iterable[RawBlock]) -> list[RawBlock]:
    """Blocks with each table that goes on under a 续表 line put to the one before it; its header is dropped."""
    done: list[RawBlock] = []
    for block in blocks:
        start = len(done)
        while start and _may_be_between(done[start - 1]):
            start -= 1
        above = done[start - 1] if start and any(map(_says_continued, done[start:])) else None
        whole = _put_together(above, block) if isinstance(above, RawTable) and isinstance(block, RawTable) else None
        done[start - 1 if whole else len(done) :] = [whole or block]
    return done


def _says_continued(block: RawBlock) -> bool:
    return isinstance(block, RawParagraph) and _CONTINUED.fullmatch(block.text.value) is not None


def _may_be_between(block: RawBlock) -> bool:
    return _says_continued(block) or (isinstance(block, RawParagraph) and _UNIT.fullmatch(block.text.value) is not None)


def _put_together(table: RawTable, after: RawTable) -> RawTable | None:
    """Both as one table, None where they have not the same columns."""
    if not (table.rows and after.rows) or len(table.rows[0]) != len(after.rows[0]):
        return None
    repeated = 0
    for one, other in zip(table.rows, after.rows, strict=False):
        if [cell.value for cell in one] != [cell.value for cell in other]:
            break
        repeated += 1
    shift = len(table.rows) - repeated
    rows = tuple(tuple(replace(cell, row=cell.row + shift) for cell in row) for row in after.rows[repeated:])
    damaged = table.damaged | {at + shift for at in after.damaged if at >= repeated}
    return replace(table, rows=(*table.rows, *rows), damaged=damaged)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with each table's fragments made one."""
    table: Fragment | None = None
    between: list[RawParagraph] = []
    for piece in pieces:
        if isinstance(piece, RawParagraph):
            between.append(piece)
            continue
        if isinstance(piece, Fragment) and table and _same_table(table, piece, between):
            rows = (replace(piece.rows[0], after_break=True), *piece.rows[1:])
            table = Fragment((*table.rows, *rows))
        else:
            if table:
                yield table
            yield from between
            table = piece if isinstance(piece, Fragment) else None
            if isinstance(piece, RawTable):
                yield piece
        between = []
    if table:
        yield table
    yield from between


def _same_table(table: Fragment, after: Fragment, between: Sequence[RawParagraph]) -> bool:
    """Whether ``after`` is the rest of ``table``, with only a 续表 line between."""
    if any(not (_CONTINUED.fullmatch(p.text.value) or _UNIT.fullmatch(p.text.value)) for p in between):
        return False
    if between and not any(_CONTINUED.fullmatch(p.text.value) for p in between):
        return False
    first, header = after.rows[0], table.rows[0]
    if after.headless:
        return len(first.cells) == len(header.cells)
    if _squeezed(first) == _squeezed(header):
        return True
    return not _is_header(first, table)


def _squeezed(row: WrittenRow) -> list[str]:
    return ["".join(value.split()) for value in row.values if value]


def _is_header(row: WrittenRow, table: Fragment) -> bool:
    """Whether a row names columns, and other ones than those of the table before it."""
    if len(row.cells) < 2 or any(kind_of(value) is not Kind.NAME for value in row.values):
        return False
    body = table.rows[1:]
    if len(row.cells) != len(table.rows[0].cells):
        return sum(len(other.cells) == len(row.cells) for other in body) < 0.5 * max(1, len(body))
    numeric = [at for at in range(len(row.cells)) if _numeric(at, body)]
    return bool(numeric)


def _numeric(at: int, rows: Sequence[WrittenRow]) -> bool:
    kinds = [kind_of(row.cells[at].value) for row in rows if at < len(row.cells) and row.cells[at].value]
    return bool(kinds) and kinds.count(Kind.NUMBER) >= 0.8 * len(kinds)


def _blocks(table: Fragment) -> list[RawBlock]:
    """The table, after the lines above its header that the form took for rows.

    A title or a unit stands alone in its row. One row alone is no table.
    """
    rows = [row for row in table.rows if not row.blank]
    blocks: list[RawBlock] = []
    while len(rows) > 2 and len(rows[0].cells) > 1 and sum(map(bool, rows[0].values)) == 1:
        blocks.append(RawParagraph(_alone(rows.pop(0))))
    if len(rows) == 1 and not table.headless:
        return [*blocks, RawParagraph(_line(rows[0]))]
    built = build_table(rows)
    return [*blocks, built] if built else blocks


def _alone(row: WrittenRow) -> Text:
    return next(cell for cell in row.cells if cell.value)


def _line(row: WrittenRow) -> Text:
    """A row that is no table as one line, its cells parted by tabs."""
    cells = [cell for cell in row.cells if cell.value]
    parts = [cells[0]]
    for cell in cells[1:]:
        parts += [Text("\t"), cell]
    return Text.concat(*parts)
