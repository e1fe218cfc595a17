"""Readers: each takes one form of file and gives blocks; ``read`` tells the form by content."""

from __future__ import annotations

from hashlib import file_digest, sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from checker.document import Document, Problem
from checker.extract.patterns import Pattern, PatternTimeout
from checker.readers.assemble import assemble
from checker.readers.blocks import RawBlock, ReadError
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.readers.office import is_word

if TYPE_CHECKING:
    from checker.cache import Cache

__all__ = ["ReadError", "read"]

MANY_PAGES = 200
"""From here on a document is packed and unpacked once, which gives back much of what its reading took."""

# The rule under a header of at least two columns: |---|---|
_SEPARATOR = Pattern(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*")
_HEADING = Pattern(r"(?m)^#{1,6} \S")
_HTML_TABLE = Pattern(r"(?i)<table[\s>]")


def read(
    path: Path, engine: str = "pdfium", limits: Limits = DEFAULT_LIMITS, *, cache: Cache | None = None
) -> Document:
    """The document in a file, or in the cache where this file was read before.

    ``engine`` reads PDFs: ``pdfium``, or ``pdfplumber`` for reference.

    Raises ``ReadError`` with a sentence for people when it cannot.
    """
    digest, data = _content(path, limits.file_bytes)
    how = f"{engine} {limits}"
    document = cache.load(digest, how, path) if cache else None
    if document is None:
        document = _read_pdf(path, digest, engine, limits) if data is None else _read_other(path, data, digest, limits)
        if cache:
            cache.store(digest, how, document)
    return document


def _read_pdf(path: Path, digest: str, engine: str, limits: Limits) -> Document:
    from checker.packed import pack, unpack
    from checker.readers.pdf import read_pdf

    raw, pages, problems = read_pdf(path, engine, limits, safely=True)
    document = assemble(raw, path=str(path), kind="pdf", sha256=digest, pages=pages, problems=problems)
    if pages < MANY_PAGES:
        return document
    del raw
    data = pack(document)
    del document  # what its making left behind lies between its values and would stay in the way
    return unpack(data, str(path))


def _read_other(path: Path, data: bytes, digest: str, limits: Limits) -> Document:
    if is_word(data):
        from checker.readers.docx import read_docx

        kind = "docx"
        raw, problems = read_docx(data, limits)
    else:
        from checker.readers.encoding import decode

        kind, raw, problems = _read_text(decode(data))
    return assemble(raw, path=str(path), kind=kind, sha256=digest, pages=None, problems=problems)


def _read_text(source: str) -> tuple[str, list[RawBlock], tuple[Problem, ...]]:
    """The form of a decoded text, its blocks and what could not be read of it."""
    from checker.readers.layout import is_layout, read_layout
    from checker.readers.markdown import read_markdown
    from checker.readers.text import read_text

    try:
        if is_markdown(source):
            return "markdown", read_markdown(source), ()
        if is_layout(source):
            return "text", *read_layout(source)
        return "text", read_text(source), ()
    except PatternTimeout as error:
        raise ReadError(
            f"文件的内容无法在限定时间内读完（“{error}”附近）。",
            f"The file cannot be read in time (near {str(error)!r}).",
        ) from error


def is_markdown(source: str) -> bool:
    """Whether a text has the marks of Markdown: pipe tables, HTML tables or ``#`` headings.

    Rows parted by tabs outweigh ``#``, which the reader of plain text understands as well.
    """
    lines = source.splitlines()
    if any("|" in above and _SEPARATOR.fullmatch(line) for above, line in pairwise(lines)):
        return True
    if _HTML_TABLE.search(source):
        return True
    tabs = sum("\t" in line.strip() for line in lines)
    return tabs < 2 and _HEADING.search(source) is not None


def _content(path: Path, most: int) -> tuple[str, bytes | None]:
    """The SHA-256 of a file, and what it holds; None for a PDF, which is read page by page."""
    if path.is_file() and path.stat().st_size > most:
        raise ReadError(
            f"文件超过上限 {most} 字节，未读；请拆分或压缩后再试，或在配置 [limits] 中调高 file_bytes。",
            f"The file is larger than the limit of {most} bytes: split it, or raise file_bytes in [limits].",
        )
    try:
        with path.open("rb") as file:
            head = file.read(1024)
            if b"%PDF-" in head:
                file.seek(0)
                return file_digest(file, "sha256").hexdigest(), None
            data = head + file.read()
    except FileNotFoundError as error:
        raise ReadError("没有这个文件。", "There is no such file.") from error
    except IsADirectoryError as error:
        raise ReadError(
            "这是一个文件夹：请给出其中的报告文件。", "This is a folder: name the report files in it."
        ) from error
    except PermissionError as error:
        raise ReadError("没有读取这个文件的权限。", "You may not read this file: permission denied.") from error
    except OSError as error:
        raise ReadError(f"文件读取失败：{error.strerror}。", f"The file cannot be read: {error.strerror}.") from error
    if not data:
        raise ReadError("文件是空的。", "The file is empty.")
    return sha256(data).hexdigest(), data
