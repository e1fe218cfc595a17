"""The user's own PDF with the findings marked on it: highlights, numbers in the margin, ticks, an outline.

Every mark is an annotation; nothing of the original is changed. Red is a contradiction, amber a
warning or an open check, and a green tick stands at a figure that passed checks confirm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING

from checker.boxes import Box
from checker.reports.formats import FormatError
from checker.reports.marks import Badge, Mark, find_badges, find_marks, find_ticks
from checker.reports.original import original_bytes
from checker.reports.pdf_ink import Ink
from checker.reports.pdf_outline import add_outline
from checker.reports.pdf_space import Space
from checker.result import Result
from checker.verdict import Phrase

if TYPE_CHECKING:
    import pikepdf

SIGNED = Phrase(
    "这份 PDF 带有电子签名，加标注会使签名失效；请对未签名的 PDF 使用 --format pdf，或改用 html。",
    "this PDF is signed, and marks would break the signature; mark the unsigned PDF, or use --format html",
)
UNWRITABLE = Phrase(
    "这份 PDF 的结构有误，无法加标注；请从原文件重新导出，或改用 html。",
    "this PDF is malformed and cannot be marked; export it again, or use --format html",
)
BADGE_WIDTH, BADGE_HEIGHT, BADGE_GAP, BADGE_COLUMNS = 15, 10, 2, 3
TICK_SIZE = 5


def render(result: Result, language: str) -> bytes:
    """The marked PDF. Raises ``FormatError`` for a signed one and one that changed meanwhile."""
    import pikepdf

    data = original_bytes(result.document)
    out = BytesIO()
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if is_signed(pdf):
                raise FormatError(SIGNED)
            _mark(pdf, result, language)
            _save(pdf, out)
    except pikepdf.PdfError as error:
        raise FormatError(UNWRITABLE) from error
    return out.getvalue()


def _save(pdf: pikepdf.Pdf, out: BytesIO) -> None:
    """Streams go through as they are, an encrypted file stays so; the many small new objects are packed."""
    import pikepdf

    packed = pikepdf.ObjectStreamMode.generate
    if pdf.is_encrypted:
        pdf.save(out, encryption=True, object_stream_mode=packed)
    else:
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, object_stream_mode=packed)


def is_signed(pdf: pikepdf.Pdf) -> bool:
    """Whether a signature covers the file: its form says so, or its permissions do."""
    form = pdf.Root.get("/AcroForm")
    signed = form is not None and int(form.get("/SigFlags", 0)) & 1
    return bool(signed) or "/DocMDP" in pdf.Root.get("/Perms", {})


def _mark(pdf: pikepdf.Pdf, result: Result, language: str) -> None:
    import pikepdf

    marks: dict[int, list[Mark]] = defaultdict(list)
    for mark in find_marks(result, language):
        marks[mark.page].append(mark)
    ticks = defaultdict(list)
    for tick in find_ticks(result, language):
        ticks[tick.page].append(tick)
    badges = defaultdict(list)
    for badge in find_badges(result):
        badges[badge.page].append(badge)
    spaces = {number: space_of(page) for number, page in enumerate(pdf.pages, start=1)}
    ink = Ink(pdf, spaces)
    for number, page in enumerate(pdf.pages, start=1):
        made = [ink.highlight(mark) for mark in marks[number]]
        made += [ink.tick(tick, _corner(tick.box)) for tick in ticks[number]]
        for badge, box in _in_margin(badges[number], spaces[number]):
            made += ink.badge(badge, box)
        if made:
            page.obj.Annots = pdf.make_indirect(pikepdf.Array([*_annotations(page), *made]))
    add_outline(pdf, result, language, spaces)


def _annotations(page: pikepdf.Page) -> list[pikepdf.Object]:
    """Those that are there already."""
    import pikepdf

    there = page.obj.get("/Annots")
    return list(there) if isinstance(there, pikepdf.Array) else []


def space_of(page: pikepdf.Page) -> Space:
    """The coordinates of a page."""
    sheet, crop = _edges(page.mediabox), _edges(page.cropbox)
    shown = max(sheet[0], crop[0]), max(sheet[1], crop[1]), min(sheet[2], crop[2]), min(sheet[3], crop[3])
    return Space(shown, int(page.rotation) // 90 * 90 % 360)


def _edges(box: pikepdf.Array) -> list[float]:
    """Left, bottom, right and top; a box may name any two opposite corners."""
    x, y = sorted((float(box[0]), float(box[2]))), sorted((float(box[1]), float(box[3])))
    return [x[0], y[0], x[1], y[1]]


def _corner(box: Box) -> Box:
    """Where the tick of a figure goes: over its upper right corner."""
    left, top = box.x1 - 1, box.top - TICK_SIZE / 2
    return Box(left, top, left + TICK_SIZE, top + TICK_SIZE)


def _in_margin(badges: Sequence[Badge], space: Space) -> Iterator[tuple[Badge, Box]]:
    """Each badge at the height of its place in the right margin, beside or under those that are there already."""
    taken: list[Box] = []
    for badge in sorted(badges, key=lambda one: (round(one.box.top), -one.number)):
        middle = (badge.box.top + badge.box.bottom - BADGE_HEIGHT) / 2
        box = next(box for box in _free_places(space.width, middle) if not any(_overlap(box, one) for one in taken))
        taken.append(box)
        yield badge, box


def _free_places(width: float, top: float) -> Iterator[Box]:
    """Places for a badge: three side by side from the right, then the next row."""
    for index in count():
        row, column = divmod(index, BADGE_COLUMNS)
        right = width - BADGE_GAP - column * (BADGE_WIDTH + BADGE_GAP)
        above = top + row * (BADGE_HEIGHT + BADGE_GAP)
        yield Box(right - BADGE_WIDTH, above, right, above + BADGE_HEIGHT)


def _overlap(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom
