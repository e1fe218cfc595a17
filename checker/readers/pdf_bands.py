"""Running heads, feet and page numbers: what recurs at the same place on several pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.patterns import Pattern
from checker.readers.pdf_lines import Line, rows_of
from checker.readers.pdf_open import head_bars
from checker.readers.pdf_page import Glyph, Glyphs, Page

MARGIN = 0.2  # of the page's height: a running head stands above it, a foot below its counterpart
DEPTH = 2  # lines from each edge that may be one
SHIFT = 6.0  # points that its place may vary by
SHARE = 0.12  # of the pages of one shape that it recurs on
SEVERAL = 3  # pages that repeat words by more than chance
MOSTLY = 0.5  # of the pages: from there on it is a running head and not the title of a long table

_DIGITS = Pattern(r"\d+")
_PAGE_NUMBER = Pattern(r"[\s\-—–－─·.第页共/／|]*(?:#[\s\-—–－─·.第页共/／|]*){1,2}")
_CAPTION = Pattern(r".*单位\s*[:：]|\s*(?:附|续)?[表图]\s*[#\d一二三四五六七八九十]")


class _Candidate(Struct, frozen=True):
    page: int
    base: float
    glyphs: Glyphs
    numbers: tuple[int, ...]


def drop_bands(pages: list[Page]) -> None:
    """Put in place of each page itself without its running heads, feet and numbers."""
    groups = _candidates(pages)
    counts = Counter(page.shape for page in pages)
    dropped: dict[int, list[Glyphs]] = defaultdict(list)
    known: set[tuple[bool, str]] = set()
    for (shape, below, masked), found in groups.items():
        for candidate in _recurring(masked, found, counts[shape]):
            known.add((below, masked))
            dropped[candidate.page].append(candidate.glyphs)
    for (_, below, masked), found in groups.items():
        if (below, masked) in known and _PAGE_NUMBER.fullmatch(masked):
            for candidate in found:  # a page laid across has its number at a place of its own
                dropped[candidate.page].append(candidate.glyphs)
    for at, page in enumerate(pages):  # one after the other: all pages of a long file twice are a lot
        if page.number in dropped:
            pages[at] = replace(page, glyphs=page.glyphs.without({*chain.from_iterable(dropped[page.number])}))


def _candidates(pages: Iterable[Page]) -> dict[tuple[tuple[int, int], bool, str], list[_Candidate]]:
    """The outermost lines of all pages by the shape of the page, its edge and their words, numbers masked."""
    groups: dict[tuple[tuple[int, int], bool, str], list[_Candidate]] = defaultdict(list)
    for page in pages:
        for below, line, glyphs in _edges(page):
            value = line.text.value
            if _CAPTION.match(value):
                continue
            numbers = tuple(int(match.group()[:9]) for match in _DIGITS.finditer(value))
            masked = "".join(_DIGITS.sub("#", value).split())
            groups[page.shape, below, masked].append(_Candidate(page.number, line.base, Glyphs(glyphs), numbers))
    return groups


def _edges(page: Page) -> Iterable[tuple[bool, Line, list[Glyph]]]:
    """The outermost lines of a page and their characters, with False at the top and True at the foot.

    What stands in a cell, as a tagged PDF says, is no running head.
    """
    uprights = [rule for rule in page.rules if rule.upright]
    ceiling = min([MARGIN * page.height, *(rule.start for rule in uprights)])
    ceiling = min([ceiling, *head_bars(page, ceiling)])
    floor = max([(1 - MARGIN) * page.height, *(rule.end for rule in uprights)])
    rows = rows_of(page.glyphs.beyond(ceiling, floor))
    top = [(Line.of(page.number, row), row) for row in rows[:DEPTH]]
    foot = [(Line.of(page.number, row), row) for row in rows[-DEPTH:]]
    cells = {mark for cell in page.tags.cells for mark in cell.marks}
    yield from ((False, line, row) for line, row in top if line.base < ceiling and line.mark not in cells)
    yield from ((True, line, row) for line, row in foot if line.base > floor and line.mark not in cells)


def _recurring(masked: str, found: Sequence[_Candidate], pages: int) -> list[_Candidate]:
    """Those of the candidates that stand at one place on enough pages."""
    kept: list[_Candidate] = []
    cluster: list[_Candidate] = []
    for candidate in sorted(found, key=lambda one: one.base):
        if cluster and candidate.base - cluster[-1].base > SHIFT:
            kept += _accepted(masked, cluster, pages)
            cluster = []
        cluster.append(candidate)
    return kept + _accepted(masked, cluster, pages)


def _accepted(masked: str, cluster: Sequence[_Candidate], pages: int) -> list[_Candidate]:
    ordered = sorted(cluster, key=lambda one: one.page)
    count = len({candidate.page for candidate in ordered})
    if count < max(2, SHARE * pages):
        return []
    if _PAGE_NUMBER.fullmatch(masked):
        return ordered
    if count < min(pages, SEVERAL) or not _same_or_counting(ordered):
        return []
    # A title printed over each page of a long table is still needed once.
    return ordered if count >= MOSTLY * pages else ordered[1:]


def _same_or_counting(ordered: Sequence[_Candidate]) -> bool:
    """Whether the numbers in the lines stay the same or count the pages."""
    steady = 0
    for before, after in pairwise(ordered):
        pages = after.page - before.page
        steps = [b - a for a, b in zip(before.numbers, after.numbers, strict=True)]
        steady += all(step in (0, pages) for step in steps)
    return 2 * steady >= len(ordered) - 1
