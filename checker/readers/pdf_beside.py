"""Whether a page may have a table whose cells no rules part: what its structure tree is asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from checker.readers.pdf_page import Glyph, Rule

SLACK = 1.0  # points that a character may reach over a rule


def has_unruled_cells(glyphs: Iterable[Glyph], rules: Sequence[Rule]) -> bool:
    """Whether texts stand side by side, or one row under the other, with no rule between them.

    The characters come in the order of the content: after the last line of a cell comes the first
    of the cell to its right, after the last cell of a row the first one of the row below.
    """
    uprights = sorted((rule.at, rule.start, rule.end) for rule in rules if rule.upright)
    levels = sorted((rule.at, rule.start, rule.end) for rule in rules if not rule.upright)
    last_left = last_right = last_base = float("inf")
    for text, left, right, base, size, _, _ in glyphs:
        if text == " ":
            continue
        if left > last_right + size and base < last_base + size:
            if not _crossed(uprights, last_right, left, base - size / 3):
                return True
        elif (
            right < last_left
            and base > last_base + size
            and _crossed(uprights, right, last_left, last_base - size / 3)
            and not _crossed(levels, last_base - size / 3, base - size / 3, left)
        ):
            return True
        last_left, last_right, last_base = left, right, base
    return False


def _crossed(rules: Sequence[tuple[float, float, float]], first: float, last: float, along: float) -> bool:
    """Whether one of the rules lies between two places, at a place along it."""
    between = rules[bisect_left(rules, (first - SLACK,)) : bisect_right(rules, (last + SLACK,))]
    return any(start - SLACK <= along <= end + SLACK for _, start, end in between)
