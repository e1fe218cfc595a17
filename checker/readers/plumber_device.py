"""pdfplumber's layout of a page with what it leaves out: outer marks, and which text is invisible.

pdfplumber forgets the mark of a tagged text where an inner one begins, as Chromium writes for every
character that its font has another code for.
"""

from __future__ import annotations

from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

UNSEEN = "unseen"
"""In place of the tag of a character that is not drawn."""

_NOT_DRAWN = (3, 7)  # ways to render text: invisible, and only to clip by


class _Device(PDFPageAggregatorWithMarkedContent):
    """Remembers the marks around the one that ends, and how text is rendered."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 (pdfminer has no types)
        super().__init__(*args, **options)
        self._around: list[int | None] = []
        self._unseen = False

    def begin_tag(self, tag: Any, props: Any = None) -> None:  # noqa: ANN401
        self._around.append(self.cur_mcid)
        super().begin_tag(tag, props)
        if self.cur_mcid is None:
            self.cur_mcid = self._around[-1]

    def end_tag(self) -> None:
        super().end_tag()
        self.cur_mcid = self._around.pop() if self._around else None

    def render_string(self, textstate: Any, *rest: Any) -> None:  # noqa: ANN401
        self._unseen = textstate.render in _NOT_DRAWN
        super().render_string(textstate, *rest)
        self._unseen = False

    def tag_cur_item(self) -> None:
        super().tag_cur_item()
        if self._unseen and self.cur_item._objs:
            self.cur_item._objs[-1].tag = UNSEEN  # type: ignore[attr-defined]


def lay_out(page: Any) -> None:  # noqa: ANN401
    """Let a page of pdfplumber have this layout in place of the one that it would make."""
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()
