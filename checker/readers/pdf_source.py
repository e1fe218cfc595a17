"""Where the pages of a PDF come from: PDFium, and pdfplumber for the pages it is not sure of."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from checker.readers.limits import Limits, OverLimit
from checker.readers.pdf_page import Page
from checker.readers.pdf_torn import is_torn


class BrokenPdf(Exception):
    """The file cannot be opened as a PDF."""


class LockedPdf(Exception):
    """The file needs a password."""


class DoubtfulPage(Exception):
    """The fast engine sees that it does not read a page as it stands."""


class Source(Protocol):
    """An open PDF. ``page`` takes a number from 1."""

    count: int

    def page(self, number: int) -> Page:
        """A page; anything may be raised for one that cannot be read."""

    def close(self) -> None:
        """Free the file."""


def open_source(path: Path, engine: str, limits: Limits) -> Source:
    """The pages of a file. Raises ``BrokenPdf``, ``LockedPdf`` or ``OverLimit``."""
    if is_torn(path.read_bytes(), limits.stream_bytes) or engine == "pdfplumber":
        from checker.readers.pdf_plumber import PlumberSource

        return PlumberSource(path, limits)
    from checker.readers.pdf_pdfium import PdfiumSource

    return _Checked(path, PdfiumSource(path, limits), limits)


class _Checked:
    """The fast engine, with the reference for each page that it doubts or cannot read."""

    def __init__(self, path: Path, fast: Source, limits: Limits) -> None:
        self.count = fast.count
        self._path = path
        self._limits = limits
        self._fast = fast
        self._reference: Source | None = None

    def page(self, number: int) -> Page:
        try:
            return self._fast.page(number)
        except OverLimit:
            raise
        except Exception:  # noqa: BLE001 (whatever it is, the reference may do better)
            return self._slow().page(number)

    def _slow(self) -> Source:
        if self._reference is None:
            self._reference = open_source(self._path, "pdfplumber", self._limits)
        return self._reference

    def close(self) -> None:
        self._fast.close()
        if self._reference is not None:
            self._reference.close()
