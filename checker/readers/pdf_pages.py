"""The pages of a PDF within limits: what cannot be read, or not in time, is named."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from time import monotonic

from checker.document import Problem
from checker.readers.apart import POSSIBLE, Lost, apart
from checker.readers.blocks import ReadError
from checker.readers.limits import Limits, OverLimit
from checker.readers.pdf_page import Page
from checker.readers.pdf_source import BrokenPdf, LockedPdf, Source, open_source

MOST_LOST = 3  # pages that may crash or hang before the rest of the file is left
ADVICE = "如确为正常的报告，请在配置 [limits] 中调高 {name}，或拆分、重新导出后再试"
_OVER = {
    "page_characters": "这一页有 {found} 个字符，超过上限 {limit}，其中内容未检查；",
    "page_rules": "这一页有 {found} 条线，超过上限 {limit}，其中内容未检查；",
    "stream_bytes": "这一页的数据解开后超过上限 {limit} 字节，其中内容未检查；",
    "page_seconds": "这一页 {limit:g} 秒内没有读完，其中内容未检查；",
    "memory_bytes": "这一页需要的内存超过上限 {limit} 字节，或使读取程序崩溃，其中内容未检查；",
    "file_seconds": "全文 {limit:g} 秒内没有读完，从这一页起未检查；",
    "pages": "全文 {found} 页，超过上限 {limit} 页，从这一页起未检查；",
}
_TOO_MANY_LOST = "前面多页使读取程序停住或崩溃，从这一页起未检查；文件可能已损坏，请重新导出"


def problem(number: int, message: str, kind: str = "page-unreadable") -> Problem:
    """What is wrong with a page."""
    return Problem(kind, f"第 {number} 页", message)


def broken() -> ReadError:
    """The file is no whole PDF."""
    return ReadError(
        "PDF 文件不完整或已损坏（可能只下载了一部分），请重新下载或从原文件重新导出。",
        "the PDF is incomplete or damaged (perhaps cut off in transfer); fetch or export it again.",
    )


def read_pages(path: Path, engine: str, limits: Limits, *, safely: bool) -> tuple[list[Page], int, list[Problem]]:
    """The pages that can be read, how many there are in all, and what is wrong with the others.

    ``safely`` reads them in another process, which a page may crash or hang.
    """
    reading = _Reading(path, engine, limits, safely and POSSIBLE)
    while reading.next <= reading.count and reading.lost <= MOST_LOST:
        reading.go_on()
    if reading.next <= reading.count:
        reading.leave(problem(reading.next, _TOO_MANY_LOST, "limit-reached"))
    if not reading.pages:
        raise _nothing(reading.problems)
    return reading.pages, reading.count, reading.problems


class _Reading:
    """How far the reading of a file is."""

    def __init__(self, path: Path, engine: str, limits: Limits, safely: bool) -> None:  # noqa: FBT001
        self.pages: list[Page] = []
        self.problems: list[Problem] = []
        self.count = self.next = 1
        self.lost = 0
        self._file = path, engine, limits
        self._limits = limits
        self._safely = safely
        self._started = monotonic()

    def go_on(self) -> None:
        """Read up to the end, or up to a page that is fatal."""
        first = self.next

        def work() -> Generator[int | Page | Problem, None, None]:
            return _steps(*self._file, first)

        steps = apart(work, self._limits.page_seconds, self._limits.memory_bytes) if self._safely else work()
        try:
            with closing(steps):
                for step in steps:
                    self._take(step)
                    if self.next > self.count:
                        break
        except Lost as error:
            self.lost += 1
            self._take(_over(self.next, OverLimit("page_seconds" if error.overdue else "memory_bytes"), self._limits))

    def leave(self, why: Problem) -> None:
        """Leave out all pages from the next one on."""
        self.problems.append(why)
        self.next = self.count + 1

    def _take(self, step: int | Page | Problem) -> None:
        if isinstance(step, int):
            self.count = step
            return
        (self.pages if isinstance(step, Page) else self.problems).append(step)  # type: ignore[arg-type]
        self.next += 1
        late = monotonic() - self._started > self._limits.file_seconds
        if self.next <= self.count and (late or self.next > self._limits.pages):
            over = OverLimit("file_seconds" if late else "pages", self.count)
            self.leave(_over(self.next, over, self._limits))


def _steps(path: Path, engine: str, limits: Limits, first: int) -> Generator[int | Page | Problem, None, None]:
    """The number of pages, then each page from the first wanted, or what is wrong with it."""
    with closing(_opened(path, engine, limits)) as source:
        yield source.count
        for number in range(first, source.count + 1):
            try:
                yield _within(source.page(number), limits)
            except OverLimit as error:
                yield _over(number, error, limits)
            except Exception as error:  # noqa: BLE001 (one that cannot be read does not stop the others)
                yield problem(number, f"这一页无法解析（{type(error).__name__}），其中内容未检查")


def _opened(path: Path, engine: str, limits: Limits) -> Source:
    try:
        return open_source(path, engine, limits)
    except LockedPdf as error:
        raise ReadError(
            "PDF 已加密，需要密码才能打开；请用密码打开后另存为不加密的文件。",
            "the PDF is encrypted and needs a password; save it without one first.",
        ) from error
    except OverLimit as error:
        raise ReadError(
            f"PDF 中有一段数据解开后超过 {limits.stream_bytes} 字节，未读；请重新导出后再试。",
            f"a packed stream of the PDF unpacks to more than {limits.stream_bytes} bytes; export it again.",
        ) from error
    except BrokenPdf as error:
        raise broken() from error


def _within(page: Page, limits: Limits) -> Page:
    """The page, if it has no more on it than it may."""
    for name, found in (("page_characters", len(page.glyphs)), ("page_rules", len(page.rules))):
        if found > getattr(limits, name):
            raise OverLimit(name, found)
    return page


def _over(number: int, error: OverLimit, limits: Limits) -> Problem:
    limit = getattr(limits, error.name)
    message = _OVER[error.name].format(found=error.found, limit=limit) + ADVICE.format(name=error.name)
    return problem(number, message, "limit-reached")


def _nothing(problems: list[Problem]) -> ReadError:
    """Why no page at all was read."""
    if not problems or problems[0].kind != "limit-reached":
        return broken()
    first = problems[0]
    return ReadError(
        f"{first.where}：{first.message}。",
        f"no page could be read within the limits: {first.where} {first.message}",
    )
