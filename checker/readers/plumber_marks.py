"""The marks of a tagged page in pdfplumber's layout, for content marked within marked content.

pdfplumber forgets the outer mark where an inner one begins, as Chromium writes for every character
that its font has another code for.
"""

from __future__ import annotations

from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import PDFPageAggregatorWithMarkedContent


class _Device(PDFPageAggregatorWithMarkedContent):
    """Remembers the marks around the one that ends."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 (pdfminer has no types)
        super().__init__(*args, **options)
        self._around: list[int | None] = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:  # noqa: ANN401
        self._around.append(self.cur_mcid)
        super().begin_tag(tag, props)
        if self.cur_mcid is None:
            self.cur_mcid = self._around[-1]

    def end_tag(self) -> None:
        super().end_tag()
        self.cur_mcid = self._around.pop() if self._around else None


def lay_out(page: Any) -> None:  # noqa: ANN401
    """Let a page of pdfplumber have a layout with all marks, in place of the one that it would make."""
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()
