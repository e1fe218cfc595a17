"""Text that stands on its side: in a cell of a table, in the margin, or on a whole page laid across.

Such characters are kept as they stand once the page is turned so that they are upright. Of a page
most of whose text lies so the whole is turned; elsewhere what a cell of a table holds is read there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from checker.boxes import Boxes
from checker.document import Run, Text
from checker.readers.pdf_lines import Line, lines_of
from checker.readers.pdf_page import DOWN, UP, Glyph, Page, Rule
from checker.readers.scan_seen import Turn

FEW = 20  # characters that are a seal or a note on the binding


class Aside(NamedTuple):
    """A character on its side: where its middle is on the page, which way it runs, and itself set upright."""

    x: float
    y: float
    quarters: int
    glyph: Glyph


def upright(pages: Iterable[Page]) -> tuple[list[Page], dict[int, Turn]]:
    """The pages, those whose text lies on its side turned; of these, by number, how they lie."""
    turned: list[Page] = []
    turns: dict[int, Turn] = {}
    for page in pages:
        quarters, glyphs = max(page.sideways, key=lambda one: len(one[1]), default=(0, page.glyphs))
        if not quarters or len(glyphs) <= max(page.letters, FEW):
            turned.append(page)
            continue
        rules = tuple(_turned(rule, page, quarters) for rule in page.rules)
        turned.append(replace(page, width=page.height, height=page.width, glyphs=glyphs, rules=rules, sideways=()))
        turns[page.number] = turn_of(page, quarters)
    return turned, turns


def turn_of(page: Page, quarters: int) -> Turn:
    """How what was set upright lies on a page."""
    return Turn(0.0, page.height / 2, page.width / 2, quarters)


def asides(page: Page) -> list[Aside]:
    """All that stands on its side on a page."""
    found = []
    for quarters, glyphs in page.sideways:
        for glyph in glyphs:
            along, middle = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
            x, y = (page.width - middle, along) if quarters == DOWN else (middle, page.height - along)
            found.append(Aside(x, y, quarters, glyph))
    return found


def lines_aside(page: Page, cell: Sequence[Aside]) -> list[Line]:
    """The lines that the characters of one cell make, each where it stands on the page."""
    lines = []
    for quarters in (DOWN, UP):
        turn = turn_of(page, quarters)
        for line in lines_of(page.number, [one.glyph for one in cell if one.quarters == quarters]):
            boxes = Boxes.around_each(map(turn.box, line.text.runs[0].boxes))
            around = boxes.around()
            if around is not None:
                text = Text(line.text.value, (Run(0, page.number, None, boxes),))
                x0, top, x1, bottom = around
                lines.append(replace(line, text=text, x0=x0, x1=x1, top=top, bottom=bottom, base=bottom))
    return lines


def _turned(rule: Rule, page: Page, quarters: int) -> Rule:
    """A rule as it stands on the turned page."""
    ends = (rule.start, rule.end)
    if rule.upright:  # at x, from y to y
        at = rule.at if quarters == UP else page.width - rule.at
        start, end = ends if quarters == DOWN else (page.height - rule.end, page.height - rule.start)
        return Rule(upright=False, at=at, start=start, end=end)
    at = rule.at if quarters == DOWN else page.height - rule.at
    start, end = ends if quarters == UP else (page.width - rule.end, page.width - rule.start)
    return Rule(upright=True, at=at, start=start, end=end)
