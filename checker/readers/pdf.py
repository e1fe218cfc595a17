"""PDF files: blocks in reading order, each character with its page and box.

An engine gives each page's characters and lines; borders of tables are closed, tables joined
over pages and paragraphs rebuilt here. A page that is a picture is read by ``scan``, or is a
problem that is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from checker.document import Problem
from checker.readers.blocks import RawBlock, ReadError
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.readers.pdf_bands import drop_bands
from checker.readers.pdf_flow import blocks_of, overprinting
from checker.readers.pdf_grid import TooManyLines
from checker.readers.pdf_lines import Line, lines_of
from checker.readers.pdf_open import Area
from checker.readers.pdf_page import NO_GLYPHS, Page
from checker.readers.pdf_pages import broken, problem, read_pages
from checker.readers.pdf_sideways import FEW, upright
from checker.readers.pdf_tables import Part, Piece, Split, split_page
from checker.readers.pdf_tagged import tagged_parts, without_tagged
from checker.readers.pdf_threeline import open_parts
from checker.readers.pdf_unruled import split_rows
from checker.readers.scan import FEW_LETTERS, Scans, laid_back, nothing_read, read_scans

RECURRING = 3  # pages with the same words
TAIL = 2048  # bytes at the end of a file in which the end mark stands


def read_pdf(
    path: Path, engine: str = "pdfium", limits: Limits = DEFAULT_LIMITS, *, safely: bool = False
) -> tuple[list[RawBlock], int, tuple[Problem, ...]]:
    """The blocks of a PDF in reading order, its number of pages, and what could not be read.

    ``safely`` keeps the program out of reach of pages that crash or hang a reader.
    """
    _check_ends(path)
    pages, count, problems = read_pages(path, engine, limits, safely=safely)
    pages, turns = upright(pages)
    scans = read_scans(path, pages, limits)
    scans.turns |= turns
    pages = scans.pages
    if not any(page.letters for page in pages):
        raise nothing_read(count, scans)
    problems += [one for page in pages if (one := _unreadable(page, scans)) is not None]
    drop_bands(pages)
    blocks = laid_back(blocks_of(pages, _pieces(pages, problems)), scans)
    return blocks, count, tuple(sorted(problems, key=lambda one: int(one.where.split()[1])))


def _check_ends(path: Path) -> None:
    """A file that does not begin and end as a PDF is no PDF, or only a part of one."""
    with path.open("rb") as file:
        head = file.read(1024)
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        tail = file.read()
    if b"%PDF-" not in head:
        raise ReadError("文件内容不是 PDF，请确认文件没有改错扩展名。", "the content is not PDF; check the extension.")
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise broken()


def _unreadable(page: Page, scans: Scans) -> Problem | None:
    """Why a page that was parsed still says nothing, or None."""
    if page.torn:
        return problem(page.number, "这一页的数据已损坏，只读出一部分；请重新导出")
    if page.number in scans.doubts:
        return problem(page.number, scans.doubts[page.number])
    if page.turned > max(page.letters, FEW_LETTERS):
        return problem(page.number, "这一页的文字是斜的，其中内容未检查；请摆正后重新导出")
    if page.unreadable > max(page.letters, FEW_LETTERS):
        return problem(page.number, "这一页的字体没有编码信息，文字读不出，其中内容未检查")
    if page.unreadable > FEW_LETTERS:
        message = f"这一页有 {page.unreadable} 个字的字体没有编码信息，读不出，含有它们的数字未检查"
        return problem(page.number, message)
    return None


def _pieces(pages: list[Page], problems: list[Problem]) -> list[list[Piece]]:
    """Of each page its parts of tables and the lines outside of them, from the top.

    The pages are left without their characters, which the pieces have.
    """
    found: list[list[Piece]] = []
    areas: list[Area] = []
    above: Sequence[float] = ()
    aside: dict[int, str] = {}
    tagged = tagged_parts(pages)
    for at, page in enumerate(pages):
        told = tagged.get(page.number, [])
        split = _split(without_tagged(page, told) if told else page, above, areas, problems)
        pages[at] = replace(page, glyphs=NO_GLYPHS)
        for part in split.parts:
            split_rows(part)
        levels = dict(page.tags.headings)
        lines = [replace(line, heading=levels[line.mark]) if line.mark in levels else line for line in split.lines]
        pieces: list[Piece] = sorted([*(one.part for one in told), *split.parts, *lines], key=_height)
        above = pieces[-1].xs if pieces and isinstance(pieces[-1], Part) else ()
        areas += split.areas
        aside[page.number] = split.unread
        found.append(pieces)
    problems += _named(aside)
    numbers = {page.number: at for at, page in enumerate(pages)}
    for area, read in zip(areas, open_parts(areas), strict=True):
        if read is None:
            problems.append(problem(area.page, "这一页有一张没有竖线的表格，行列无法可靠识别，其中内容未检查"))
        else:
            found[numbers[area.page]].append(read)
    over = overprinting(pages, found)
    problems += [problem(page, "这一页有文字印到表头或页眉之上，无法读出，其中内容未检查") for page in over]
    return [
        sorted((one for one in its if one not in over.get(page.number, ())), key=_height)
        for page, its in zip(pages, found, strict=True)
    ]


def _named(aside: Mapping[int, str]) -> Iterator[Problem]:
    """Problems of pages with text on its side that was not read; one that recurs is a running head."""
    pages = Counter(aside.values())
    for number, letters in aside.items():
        if len(letters) > FEW and pages[letters] < RECURRING:
            yield problem(number, f"这一页有 {len(letters)} 个横置的字不在表格中，未读取")


def _split(page: Page, above: Sequence[float], areas: Sequence[Area], problems: list[Problem]) -> Split:
    last = areas[-1] if areas and areas[-1].page == page.number - 1 and not areas[-1].closed else None
    try:
        return split_page(page, above, last)
    except TooManyLines:
        problems.append(problem(page.number, "这一页的线条过多，表格未能识别", "limit-reached"))
        return Split([], [], lines_of(page.number, page.glyphs))


def _height(piece: Piece) -> float:
    return piece.base if isinstance(piece, Line) else piece.ys[0]
