"""The findings in a PDF's outline: one new entry behind the existing ones, a line a finding under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from checker.reports.pdf_space import Space
from checker.reports.wording import harmless, label_of, to_review
from checker.result import Result

if TYPE_CHECKING:
    import pikepdf

TITLES = {"zh": "核对意见：不符 {failed}，未决 {open}", "en": "Findings: {failed} fail, {open} open"}
LONGEST = 80
ABOVE = 60
"""How far above its place a page is scrolled to, in points."""


def add_outline(pdf: pikepdf.Pdf, result: Result, language: str, spaces: Mapping[int, Space]) -> None:
    """Append the entry; what is there already stays as it is."""
    import pikepdf

    summary = result.summary
    top = pdf.make_indirect(pikepdf.Dictionary(Title=TITLES[language].format(failed=summary.failed, open=summary.open)))
    entries = []
    for number, finding in to_review(result):
        place = next((e for e in finding.evidence if e.page is not None and e.bbox is not None), None)
        if place is None or place.page is None or place.bbox is None:
            continue
        words = f"{number} {label_of(finding, language)} {finding.rule} {finding.message.say(language)}"
        entry = pikepdf.Dictionary(Title=harmless(words)[:LONGEST], Parent=top)
        x, y = spaces[place.page].point(place.bbox[0], max(0, place.bbox[1] - ABOVE))
        entry.Dest = pikepdf.Array([pdf.pages[place.page - 1].obj, pikepdf.Name.XYZ, int(x), int(y), 0])
        entries.append(pdf.make_indirect(entry))
    _chain(entries)
    if entries:
        top.First, top.Last, top.Count = entries[0], entries[-1], -len(entries)
    _append(pdf, top)


def _chain(entries: Sequence[Any]) -> None:
    for before, after in pairwise(entries):
        before.Next, after.Prev = after, before


def _append(pdf: pikepdf.Pdf, entry: Any) -> None:  # noqa: ANN401 (an object of the PDF)
    import pikepdf

    outlines = pdf.Root.get("/Outlines")
    if not isinstance(outlines, pikepdf.Dictionary):
        outlines = pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
    last = outlines.get("/Last")
    if isinstance(last, pikepdf.Dictionary):
        last.Next, entry.Prev = entry, last
    else:
        outlines.First = entry
    entry.Parent = outlines
    outlines.Last = entry
    shown = int(outlines.get("/Count", 0))
    outlines.Count = shown + 1 if shown >= 0 else shown - 1
