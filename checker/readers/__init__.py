"""Readers: each takes one form of file and gives blocks; ``read`` tells the form by content."""

from __future__ import annotations

from hashlib import sha256
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
    data = _bytes(path, limits.file_bytes)
    digest, how = sha256(data).hexdigest(), f"{engine} {limits}"
    document = cache.load(digest, how, path) if cache else None
    if document is None:
        document = _read(path, data, digest, engine, limits)
        if cache:
            cache.store(digest, how, document)
    return document


def _read(path: Path, data: bytes, digest: str, engine: str, limits: Limits) -> Document:
    pages: int | None = None
    problems: tuple[Problem, ...] = ()
    raw: list[RawBlock]
    if b"%PDF-" in data[:1024]:
        from checker.readers.pdf import read_pdf

        kind = "pdf"
        raw, pages, problems = read_pdf(path, engine, limits, safely=True)
    elif is_word(data):
        from checker.readers.docx import read_docx

        kind = "docx"
        raw, problems = read_docx(data)
    else:
        from checker.readers.encoding import decode

        kind, raw, problems = _read_text(decode(data))
    return assemble(raw, path=str(path), kind=kind, sha256=digest, pages=pages, problems=problems)


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


def _bytes(path: Path, most: int) -> bytes:
    if path.is_file() and path.stat().st_size > most:
        raise ReadError(
            f"文件超过上限 {most} 字节，未读；请拆分或压缩后再试，或在配置 [limits] 中调高 file_bytes。",
            f"The file is larger than the limit of {most} bytes: split it, or raise file_bytes in [limits].",
        )
    try:
        data = path.read_bytes()
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
    return data
