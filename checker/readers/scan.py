"""Pages that are pictures, read by character recognition where the extra ``ocr`` is installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from checker.boxes import Boxes
from checker.document import Run, Text
from checker.extract.patterns import Pattern
from checker.readers.blocks import RawBlock, RawParagraph, ReadError
from checker.readers.limits import Limits
from checker.readers.pdf_page import MOSTLY_PICTURE, Glyphs, Page
from checker.readers.scan_letters import glyphs_of, is_sure
from checker.readers.scan_seen import Seen, Turn

ADVICE = "请在配置 [limits] 中调高 file_seconds，或拆分文件"
INSTALL = "pip install 'report-checker[ocr]'"
DPI = 200
LONGEST = 4000  # pixels of a side
FEW_LETTERS = 20  # on a page that a picture covers, they are a stamp or a page number
TOO_UNSURE = 0.3  # of the characters of a page: it does not stand upright, or is too poor to be read

_DASH = Pattern(r"(?<=[\d%％年）)])一(?=\d)")  # 2021—2023, 90%（含）—95%: the dash was taken for 一

Recogniser = Callable[[Any, float], Seen]
"""From the grey pixels of a page and the number of them in a point to what is seen there."""


class Scans(Struct):
    """Pages with those that are pictures read and set upright, which ``read`` names.

    By page number, ``turns`` says how the turned ones lie, pictures or not, and ``doubts`` what was not read;
    ``failure`` names the last crash of the recogniser.
    """

    pages: list[Page]
    read: set[int] = field(default_factory=set)
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
        seen, quarters = see(picture, unit), 0
        while _unsure(seen) > TOO_UNSURE and quarters < 3:  # it may stand on its side or its head
            quarters += 1
            picture = picture.swapaxes(0, 1)[::-1].copy()  # a quarter to the left
            seen = see(picture, unit)
        return _read(page, seen, quarters, unit, scans)
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


def _unsure(seen: Seen) -> float:
    """The share of what was seen that was not clearly read."""
    signs = [sign for strip in seen.strips for sign in strip.signs]
    return sum(not is_sure(sign) for sign in signs) / len(signs) if signs else 0.0


def _read(page: Page, seen: Seen, quarters: int, unit: float, scans: Scans) -> Page:
    """The page with what was seen on it, in points; ``quarters`` were turned back before."""
    if _unsure(seen) > TOO_UNSURE:
        scans.doubts[page.number] = "这一页的扫描不清楚，识别不可靠，其中内容未检查；请重新扫描或提供 Word 原件"
        return page
    width, height = (page.height, page.width) if quarters % 2 else (page.width, page.height)
    if seen.angle or quarters:
        scans.turns[page.number] = Turn(seen.angle, width / 2, height / 2, quarters)
    rules = tuple(rule._replace(at=rule.at / unit, start=rule.start / unit, end=rule.end / unit) for rule in seen.rules)
    glyphs = Glyphs(glyphs_of(seen.strips, unit))
    read = replace(page, width=width, height=height, glyphs=glyphs, rules=rules, turned=0)
    scans.read.add(page.number)
    if is_scan(read):
        scans.doubts[page.number] = "这一页是图片，识别出的文字很少，请人工核对"
    return read


def laid_back(blocks: Sequence[RawBlock], scans: Scans) -> list[RawBlock]:
    """The blocks with each character where it stands on the page as it lies, and the dashes of scans as such."""
    return [_laid(block, scans) for block in blocks] if scans.read or scans.turns else list(blocks)


def _laid(block: RawBlock, scans: Scans) -> RawBlock:
    if isinstance(block, RawParagraph):
        return replace(block, text=_mended(block.text, scans))
    return replace(
        block, rows=tuple(tuple(replace(cell, text=_mended(cell.text, scans)) for cell in row) for row in block.rows)
    )


def _mended(text: Text, scans: Scans) -> Text:
    read = any(run.page in scans.read for run in text.runs)
    if not read and not any(run.page in scans.turns for run in text.runs):
        return text
    return Text(
        _DASH.sub("—", text.value) if read else text.value, tuple(_moved(run, scans.turns) for run in text.runs)
    )


def _moved(run: Run, turns: Mapping[int, Turn]) -> Run:
    turn = turns.get(run.page or 0)
    return replace(run, boxes=Boxes.around_each(map(turn.box, run.boxes))) if turn else run
