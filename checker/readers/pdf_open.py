"""Where tables without upright lines stand on a page: between level rules of one length.

A three-line table has a rule above its head, one below it and one at its end; one that goes on
over pages lacks the last, and may lack the others on the next page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from checker.extract.patterns import Pattern
from checker.readers.pdf_chunks import Chunk, chunks_of, levels_of, parted
from checker.readers.pdf_grid import NEAR, SNAP, TooManyLines
from checker.readers.pdf_page import Glyph, Page, Rule
from checker.readers.pdf_rivers import columns_of

NARROWEST = 120.0  # points: shorter rules underline a word or part off a footnote
MOST_BARS = 400
MOST_WIDE = 0.1  # of the lines of a table: texts over several columns

_ABOVE = Pattern(r".*单位\s*[:：]|[（(]?\s*(?:附|续)?\s*[表图]\s*[\d一二三四五六七八九十(（]|.*续表")


class Bar(NamedTuple):
    """A level rule over its whole length, with the places at which its pieces meet."""

    at: float
    start: float
    end: float
    joints: tuple[float, ...]

    def equals(self, other: Bar) -> bool:
        """Whether both begin and end at the same places."""
        return abs(self.start - other.start) <= NEAR and abs(self.end - other.end) <= NEAR


class Area(Struct, frozen=True):
    """A table's place on a page: its bars, the cuts of its columns, its lines.

    ``head`` holds the lines between the first two bars, none where the head is not printed again;
    ``bars`` the heights of the rules between and below the rows; ``closed`` says that the last
    of them ends the table.
    """

    page: int
    xs: tuple[float, ...]
    top: float
    bottom: float
    head: tuple[Chunk, ...]
    body: tuple[Chunk, ...]
    bars: tuple[float, ...]
    spans: tuple[Bar, ...]
    closed: bool


def bars_of(rules: Iterable[Rule]) -> list[Bar]:
    """The level rules of a page from the top, pieces that touch as one."""
    bars: list[Bar] = []
    for rule in sorted((rule for rule in rules if not rule.upright), key=lambda one: (round(one.at), one.start)):
        last = bars[-1] if bars else None
        if last and abs(rule.at - last.at) <= 1.0 and rule.start <= last.end + SNAP:
            joint = (rule.start,) if abs(rule.start - last.end) <= SNAP and rule.end > last.end + SNAP else ()
            bars[-1] = Bar(last.at, last.start, max(last.end, rule.end), (*last.joints, *joint))
        else:
            bars.append(Bar(rule.at, rule.start, rule.end, ()))
    kept: list[Bar] = []
    for bar in sorted(bars):
        if kept and bar.at - kept[-1].at <= SNAP and bar.equals(kept[-1]):  # a double rule
            continue
        kept.append(bar)
    return kept


def head_bars(page: Page, floor: float) -> list[float]:
    """The heights of level rules right under which a table's head stands, before another of that length.

    Only those above ``floor`` are looked at.
    """
    wide = [bar for bar in bars_of(page.rules) if bar.end - bar.start >= NARROWEST]
    pairs = [(bar, under) for bar, under in pairwise(wide) if bar.equals(under) and bar.at < floor]
    if not pairs:
        return []
    top, bottom = pairs[0][0].at, pairs[-1][1].at
    chunks = chunks_of(page.number, [one for one in page.glyphs if top <= one.base <= bottom + one.size])
    return [bar.at for bar, under in pairs if _side_by_side(_within(chunks, bar.at, under.at, bar))]


def areas_of(page: Page, glyphs: Sequence[Glyph], bars: Sequence[Bar], above: Area | None) -> list[Area]:
    """The tables of a page that only level rules frame.

    ``above`` is the one that ended the page before with no rule under it.
    """
    if len(bars) > MOST_BARS:
        raise TooManyLines
    areas: list[Area] = []
    wide = [bar for bar in bars if bar.end - bar.start >= NARROWEST]
    chunks = chunks_of(page.number, glyphs) if len(wide) > 1 or above else []
    if above is not None:
        rest = _rest(page.number, chunks, bars, above)
        areas += [rest] if rest else []
    floor = areas[0].bottom if areas else 0.0
    free = [bar for bar in wide if bar.at > floor]
    while len(free) > 1:
        first = free[0]
        equal = [bar for bar in free if bar.equals(first)]
        area = _area(page, chunks, equal, bars)
        if area is not None:
            areas.append(area)
        free = [bar for bar in free[1:] if area is None or bar.at > area.bottom]
    return areas


def _within(chunks: Iterable[Chunk], top: float, bottom: float, bar: Bar) -> list[Chunk]:
    return [
        chunk
        for chunk in chunks
        if top < chunk.line.base - 0.35 * chunk.line.size < bottom
        and bar.start - NEAR <= chunk.middle <= bar.end + NEAR
    ]


def _side_by_side(chunks: Sequence[Chunk]) -> bool:
    """Whether some of the texts stand beside each other, as cells do."""
    return any(
        len(level) > 1 and not any(_ABOVE.match(chunk.line.text.value) for chunk in level)
        for level in levels_of(chunks)
    )


def _area(page: Page, chunks: Sequence[Chunk], equal: Sequence[Bar], bars: Sequence[Bar]) -> Area | None:
    """The table that begins at the first of some bars of equal length."""
    if len(equal) < 2:
        return None
    first, under = equal[0], equal[1]
    joints = max(first.joints, under.joints, key=len)
    chunks = parted(chunks, joints)
    head = _within(chunks, first.at, under.at, first)
    if not _side_by_side(head):
        return None
    end = _last_bar(chunks, equal, head)
    closed = end > 1
    body = _within(chunks, under.at, equal[end].at if closed else page.height, first)
    if not closed:
        body = _until_prose(body, head, first, joints)
    xs = columns_of(first.start, first.end, joints, head, body)
    if xs is None:
        return None
    bottom = equal[end].at if closed else max(chunk.line.bottom for chunk in body)
    head, body = parted(head, xs[1:-1]), parted(body, xs[1:-1])
    spans = tuple(bar for bar in bars if first.at < bar.at < under.at and not bar.equals(first))
    inner = tuple(bar.at for bar in equal[1 : end + 1])
    return Area(page.number, xs, first.at, bottom, tuple(head), tuple(body), inner, spans, closed)


def _last_bar(chunks: Sequence[Chunk], equal: Sequence[Bar], head: Sequence[Chunk]) -> int:
    """The number of the bar that ends the table, 1 where none under the head does."""
    first, under = equal[0], equal[1]
    joints = max(first.joints, under.joints, key=len)
    end = 1
    for at in range(2, len(equal)):
        body = _within(chunks, under.at, equal[at].at, first)
        between = _within(chunks, equal[at - 1].at, equal[at].at, first)
        xs = columns_of(first.start, first.end, joints, head, body)
        if xs and _side_by_side(parted(between, xs[1:-1])) and not _prose(between, xs):
            end = at
        elif not _one_cell(between, head):
            break
    return end


def _one_cell(chunks: Sequence[Chunk], head: Sequence[Chunk]) -> bool:
    """Whether a row says no more than one word, under one name of the head."""
    return len(chunks) == 1 and not _covers_two(chunks[0], head) and not _ABOVE.match(chunks[0].line.text.value)


def _covers_two(chunk: Chunk, head: Sequence[Chunk]) -> bool:
    """Whether a text runs under two names of the head, as prose does."""
    names: list[tuple[float, float]] = []
    for x0, x1 in sorted((name.x0, name.x1) for name in head):
        if names and x0 < names[-1][1]:
            names[-1] = names[-1][0], max(x1, names[-1][1])
        else:
            names.append((x0, x1))
    return sum(chunk.x0 <= (x0 + x1) / 2 <= chunk.x1 for x0, x1 in names) > 1


def _prose(chunks: Sequence[Chunk], xs: Sequence[float]) -> bool:
    """Whether more than a label here and there runs over the columns."""
    levels = levels_of(parted(chunks, xs[1:-1]))
    return sum(_crosses(level, xs) for level in levels) > max(1, MOST_WIDE * len(levels))


def _until_prose(chunks: Sequence[Chunk], head: Sequence[Chunk], bar: Bar, joints: Sequence[float]) -> list[Chunk]:
    """The lines that keep to the columns, up to the first that does not."""
    whole = columns_of(bar.start, bar.end, joints, head, chunks)
    if whole and not _prose(chunks, whole):
        return list(chunks)
    kept: list[Chunk] = []
    for level in levels_of(chunks):
        if len(level) == 1 and _ABOVE.match(level[0].line.text.value):
            break
        if len(level) == 1 and _covers_two(level[0], head):
            xs = columns_of(bar.start, bar.end, joints, head, kept)
            if xs is None or len(parted(level, xs[1:-1])) == 1:
                break
        kept += level
    return kept


def _rest(page: int, chunks: Sequence[Chunk], bars: Sequence[Bar], above: Area) -> Area | None:
    """The rest of a table that goes on at the top of this page without its head."""
    ends = [bar for bar in bars if abs(bar.start - above.xs[0]) <= NEAR and abs(bar.end - above.xs[-1]) <= NEAR]
    edge = Bar(0.0, above.xs[0], above.xs[-1], ())
    bottom = ends[0].at if ends else float("inf")
    body = _within(parted(chunks, above.xs[1:-1]), 0.0, bottom, edge)
    levels = levels_of(body)
    fitting = [level for level in levels if not _crosses(level, above.xs)]
    if not _side_by_side(body) or len(fitting) < len(levels):
        return None
    last = max(chunk.line.bottom for chunk in body)
    top = min(chunk.line.top for chunk in body)
    bars_in = (bottom,) if ends else ()
    return Area(page, above.xs, top, bottom if ends else last, (), tuple(body), bars_in, (), bool(ends))


def _crosses(level: Sequence[Chunk], xs: Sequence[float]) -> bool:
    return any(chunk.x0 + 1 < cut < chunk.x1 - 1 for chunk in level for cut in xs[1:-1])
