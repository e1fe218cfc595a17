"""Pages that are pictures, read by character recognition where the extra ``ocr`` is installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any

from checker.boxes import Boxes
from checker.document import Run, Text
from checker.readers.blocks import RawBlock, RawParagraph, ReadError
from checker.readers.limits import Limits
from checker.readers.pdf_page import UNSURE, Glyphs, Page
from checker.readers.scan_letters import glyphs_of
from checker.readers.scan_seen import Seen, Turn

ADVICE = "请在配置 [limits] 中调高 file_seconds，或拆分文件"
INSTALL = "pip install 'report-checker[ocr]'"
DPI = 200
LONGEST = 4000  # pixels of a side
FEW_LETTERS = 20  # on a page that a picture covers, they are a stamp or a page number
MOSTLY_PICTURE = 0.5
TOO_UNSURE = 0.3  # of the characters of a page: it is upside down, or too poor to be read

Recogniser = Callable[[Any, float], Seen]
"""From the grey pixels of a page and the number of them in a point to what is seen there."""


@dataclass(slots=True)
class Scans:
    """Pages with those that are pictures read and set upright.

    By page number, ``turns`` says how the turned ones lie and ``doubts`` what was not read;
    ``failure`` names the last crash of the recogniser.
    """

    pages: list[Page]
    turns: dict[int, Turn] = field(default_factory=dict)
    doubts: dict[int, str] = field(default_factory=dict)
    failure: str = ""


def is_scan(page: Page) -> bool:
    """Whether a page is a picture and has next to no text."""
    return page.letters < FEW_LETTERS and page.pictured > MOSTLY_PICTURE


def recogniser() -> Recogniser | None:
    """What reads pictures; None where the extra is not installed."""
    try:
        from checker.readers.scan_engine import see
    except ImportError:
        return None
    return see


def read_scans(path: Path, pages: Sequence[Page], limits: Limits) -> Scans:
    """Read the pages that are pictures; without the extra they stay as they are."""
    blank = not any(page.letters for page in pages)
    wanted = {page.number for page in pages if is_scan(page) or (blank and page.pictured)}
    see = recogniser() if wanted else None
    if see is None:
        message = f"这一页是图片，没有文字，其中内容未检查；安装文字识别（OCR）组件后可以读：{INSTALL}"
        return Scans(list(pages), doubts=dict.fromkeys(wanted, message))
    scans, started = Scans([]), monotonic()
    for page in pages:
        if page.number in wanted and monotonic() - started > limits.file_seconds:
            scans.doubts[page.number] = f"文字识别 {limits.file_seconds:g} 秒内没有读到这一页，其中内容未检查；{ADVICE}"
            wanted.discard(page.number)
        scans.pages.append(_tried(path, page, see, scans) if page.number in wanted else page)
    return scans


def nothing_read(count: int, scans: Scans) -> ReadError:
    """No page of a file has any text."""
    if recogniser() is None:
        return ReadError(
            f"这份 PDF 共 {count} 页，没有文字层，是扫描件或图片；"
            f"请安装文字识别（OCR）组件后再试：{INSTALL}，或提供 Word 原件。",
            f"this PDF has {count} page(s) and no text layer, it is a scan; "
            f"install what reads scans (OCR): {INSTALL}, or use the Word original.",
        )
    why, reason = (f"（{scans.failure}）", f" ({scans.failure})") if scans.failure else ("", "")
    return ReadError(
        f"这份 PDF 共 {count} 页，是扫描件或图片，文字识别（OCR）没有读出文字{why}；请提供更清楚的扫描件或 Word 原件。",
        f"this PDF has {count} page(s), a scan in which OCR found no text{reason}; use a better scan or the original.",
    )


def _tried(path: Path, page: Page, see: Recogniser, scans: Scans) -> Page:
    try:
        unit = min(DPI / 72, LONGEST / max(page.width, page.height))
        picture = _picture(path, page.number, unit)
        return _read(page, see(picture, unit), picture.shape, unit, scans)
    except Exception as error:  # noqa: BLE001 (one that cannot be read does not stop the others)
        scans.failure = type(error).__name__
        scans.doubts[page.number] = f"这一页是图片，文字识别没有成功（{scans.failure}），其中内容未检查"
        return page


def _picture(path: Path, number: int, unit: float) -> Any:  # noqa: ANN401 (an array, and numpy's types do not fit)
    """The grey pixels of a page."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(path)) as file:
        bitmap = file[number - 1].render(scale=unit, grayscale=True)
        return bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()


def _read(page: Page, seen: Seen, shape: tuple[int, int], unit: float, scans: Scans) -> Page:
    """The page with what was seen on it, in points."""
    height, width = shape
    if seen.angle:
        scans.turns[page.number] = Turn(seen.angle, width / 2 / unit, height / 2 / unit)
    rules = tuple(rule._replace(at=rule.at / unit, start=rule.start / unit, end=rule.end / unit) for rule in seen.rules)
    read = replace(page, glyphs=Glyphs(glyphs_of(seen.strips, unit)), rules=rules, turned=0)
    if message := _doubt(read):
        scans.doubts[page.number] = message
    return read


def _doubt(page: Page) -> str | None:
    unsure = sum(glyph.font == UNSURE for glyph in page.glyphs)
    if is_scan(page):
        return "这一页是图片，识别出的文字很少，请人工核对"
    if unsure > TOO_UNSURE * len(page.glyphs):
        return "这一页的扫描不清楚或方向不正，识别结果多不可靠，请人工核对或重新扫描"
    return None


def laid_back(blocks: Sequence[RawBlock], turns: Mapping[int, Turn]) -> list[RawBlock]:
    """The blocks with each character where it stands on the page as it was scanned."""
    return [_laid(block, turns) for block in blocks] if turns else list(blocks)


def _laid(block: RawBlock, turns: Mapping[int, Turn]) -> RawBlock:
    if isinstance(block, RawParagraph):
        return replace(block, text=_moved(block.text, turns))
    return replace(
        block, rows=tuple(tuple(replace(cell, text=_moved(cell.text, turns)) for cell in row) for row in block.rows)
    )


def _moved(text: Text, turns: Mapping[int, Turn]) -> Text:
    return Text(text.value, tuple(_moved_run(run, turns) for run in text.runs))


def _moved_run(run: Run, turns: Mapping[int, Turn]) -> Run:
    turn = turns.get(run.page or 0)
    return replace(run, boxes=Boxes.around_each(map(turn.box, run.boxes))) if turn else run
