"""The contents page against the headings: titles, order and pages."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.document import Document, Heading, Paragraph, Section, TocEntry
from checker.extract.headings import HeadingLabel, parse_heading
from checker.extract.patterns import Pattern
from checker.figure import Place
from checker.relate.spots import plain
from checker.relation import Relation
from checker.relation.outline import TocMember, TocOrder, TocPage, TocTitle
from checker.verdict import Mention, Phrase, Role

BECAUSE = Phrase("目录与正文标题", "the contents page and the headings")
PAGES = Phrase("目录所标页码与标题所在页", "the printed page numbers and the pages of the headings")
ORDER = Phrase("目录页码应随次序递增", "page numbers of a contents page do not go back")
CONTENTS = Phrase("目录", "the contents page")
BODY = Phrase("正文标题", "the headings")
BY_OFFSET = Phrase(
    "其余 {count} 条的页码均与所在页相差 {offset}，应为第 {page} 页",
    "by the offset of the other {count} entries it is page {page}",
)
BETWEEN = Phrase("前后两条为第 {before}、{after} 页", "between entries for pages {before} and {after}")

FEWEST = 4
"""Fewer entries than this tell no offset."""
AGREE = (3, 4)
"""At least this share of the entries must have one offset before another is a fault."""

SHORT = 12
"""A line that holds a title has at most so many characters more."""

_LOOSE = Pattern(r"[^\p{L}\p{N}]+")


class Entry(Struct, frozen=True):
    """An entry of the contents page with its number, its plain title and where it stands."""

    toc: TocEntry
    mention: Mention
    label: HeadingLabel | None
    title: str


class Headed(Struct, frozen=True):
    """A heading with its section and its plain title."""

    heading: Heading
    section: Section
    title: str

    @property
    def mention(self) -> Mention:
        """The whole heading."""
        return Mention.words(Role.OPERAND, self.heading.text, Place(self.heading.index, self.heading.section))


def loose(title: str) -> str:
    """A title's letters and digits only."""
    return _LOOSE.sub("", plain(title))


def find_contents(document: Document) -> Iterator[Relation]:
    """Every entry against its heading."""
    entries = _entries(document)
    headings = [
        Headed(block, section, loose(section.title))
        for block in document.blocks
        if isinstance(block, Heading)
        for section in (document.sections[block.section],)
    ]
    if len(entries) < 2 or not headings:
        return
    pairs = _pairs(entries, headings)
    if 2 * len(pairs) < len(entries):
        return
    yield from _titles(entries, headings, pairs, paged=document.pages is not None)
    yield from _missing(document, entries, headings, pairs)
    yield _order(entries, headings, pairs)
    yield from _pages(entries, headings, pairs)


def _entries(document: Document) -> list[Entry]:
    lines = [block for block in document.blocks if isinstance(block, Paragraph) and block.kind == "toc"]
    out: list[Entry] = []
    at = 0
    for toc in document.toc:
        found = next((i for i in range(at, len(lines)) if toc.text.value in lines[i].text.value), None)
        if found is None:
            place, text = Place(lines[0].index if lines else 0, 0), toc.text
        else:
            at, place, text = found + 1, Place(lines[found].index, lines[found].section), lines[found].text
        label = parse_heading(toc.text.value.strip(" .．·•…"))
        title = loose(label.title if label else toc.text.value)
        out.append(Entry(toc, Mention.words(Role.STATED, text, place), label, title))
    return out


def _pairs(entries: Sequence[Entry], headings: Sequence[Headed]) -> dict[int, int]:
    """Each entry's heading: by number and title, then by title, then by number between paired neighbours."""
    pairs: dict[int, int] = {}
    for numbered in (True, False):
        free: dict[tuple[str, str], list[int]] = {}
        for j in sorted(set(range(len(headings))) - set(pairs.values()), reverse=True):
            step = headings[j].section.path.rpartition("/")[2] if numbered else ""
            free.setdefault((step, headings[j].title), []).append(j)
        for i, entry in enumerate(entries):
            step = entry.label.step if numbered and entry.label else ""
            if i not in pairs and (found := free.get((step, entry.title))):
                pairs[i] = found.pop()
    return pairs | dict(_renamed(entries, headings, pairs))


def _renamed(entries: Sequence[Entry], headings: Sequence[Headed], pairs: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Entries whose number stands on a heading with a like title between the neighbours' headings."""
    last = -1
    taken = set(pairs.values())
    for i, entry in enumerate(entries):
        if i in pairs:
            last = pairs[i]
            continue
        following = next((pairs[k] for k in range(i + 1, len(entries)) if k in pairs), len(headings))
        for j in range(last + 1, following):
            step = headings[j].section.path.rpartition("/")[2]
            if j not in taken and entry.label and step == entry.label.step and akin(entry.title, headings[j].title):
                taken.add(j)
                yield i, j
                break


def akin(one: str, other: str) -> bool:
    """Whether two titles share two neighbouring characters."""
    return any(one[i : i + 2] in other for i in range(len(one) - 1))


def _letters(title: str) -> str:
    """A title without digits: on a page the number may have come into a title that runs over two lines."""
    return "".join(char for char in title if not char.isdigit())


def _titles(
    entries: Sequence[Entry], headings: Sequence[Headed], pairs: dict[int, int], *, paged: bool
) -> Iterator[Relation]:
    for i, j in pairs.items():
        entry, headed = entries[i], headings[j]
        listed = entry.label.title if entry.label else entry.toc.text.value.strip()
        same = entry.title == headed.title or (paged and _letters(entry.title) == _letters(headed.title))
        yield TocTitle(BECAUSE, entry.mention, headed.mention, listed, headed.section.title, same)


def _missing(
    document: Document, entries: Sequence[Entry], headings: Sequence[Headed], pairs: dict[int, int]
) -> Iterator[Relation]:
    """Entries without a heading, and headings of the listed levels without an entry."""
    lines = {loose(b.text.value) for b in document.blocks if isinstance(b, Paragraph) and b.kind != "toc"}
    lines |= {loose(table.name) for table in document.tables}
    for i, entry in enumerate(entries):
        if i not in pairs and len(entry.title) > 2:
            found = any(entry.title in line for line in lines if len(line) < len(entry.title) + SHORT)
            yield TocMember(BECAUSE, entry.mention, entry.toc.text.value.strip(), CONTENTS, BODY, found)
    paired = set(pairs.values())
    listed = {headings[j].section.level for j in paired}
    for level in listed:
        members = [j for j in range(len(headings)) if headings[j].section.level == level and headings[j].section.number]
        lost = [j for j in members if j not in paired and not headings[j].section.number.startswith("附")]
        if len(lost) > max(1, len(members) // 5):
            continue
        for j in lost:
            title = f"{headings[j].section.number}{headings[j].section.title}"
            yield TocMember(BECAUSE, headings[j].mention, title, BODY, CONTENTS, found=False)


def _order(entries: Sequence[Entry], headings: Sequence[Headed], pairs: dict[int, int]) -> TocOrder:
    listed = sorted(pairs)
    kept = set(increasing([pairs[i] for i in listed]))
    moved = tuple(
        (headings[pairs[i]].section.title, entries[i].mention, headings[pairs[i]].mention)
        for at, i in enumerate(listed)
        if at not in kept
    )
    return TocOrder(BECAUSE, entries[0].mention, moved)


def increasing(values: Sequence[int]) -> list[int]:
    """The places of a longest rising run of values, in order."""
    tails: list[int] = []
    back: list[int] = []
    for at, value in enumerate(values):
        slot = bisect_left(tails, value, key=lambda i: values[i])
        back.append(tails[slot - 1] if slot else -1)
        tails[slot : slot + 1] = [at]
    out = []
    at = tails[-1] if tails else -1
    while at >= 0:
        out.append(at)
        at = back[at]
    return out[::-1]


def _pages(entries: Sequence[Entry], headings: Sequence[Headed], pairs: dict[int, int]) -> Iterator[Relation]:
    known = [
        (entries[i], headings[j], entries[i].toc.page, page)
        for i, j in sorted(pairs.items())
        if (page := headings[j].heading.text.locate().page) is not None
    ]
    counts = Counter(page - printed for _, _, printed, page in known if printed is not None)
    offset, count = counts.most_common(1)[0] if counts else (0, 0)
    if count < FEWEST or count * AGREE[1] < counts.total() * AGREE[0]:
        yield from _rising(entries)
        return
    for entry, headed, printed, page in known:
        if printed is not None:
            expected = BY_OFFSET.filled(count=count, offset=offset, page=page - offset)
            others = (headed.mention,)
            holds = page - printed == offset
            yield TocPage(PAGES, entry.mention, headed.section.title, printed, expected, holds, others)


def _rising(entries: Sequence[Entry]) -> Iterator[Relation]:
    """Without known pages: an entry whose page number is out of order between two that are in order."""
    paged = [entry for entry in entries if entry.toc.page is not None]
    for before, entry, after in zip(paged, paged[1:], paged[2:], strict=False):
        low, page, high = (one.toc.page or 0 for one in (before, entry, after))
        if low <= high:
            expected = BETWEEN.filled(before=low, after=high)
            others = (before.mention, after.mention)
            yield TocPage(
                ORDER, entry.mention, entry.toc.text.value.strip(), page, expected, low <= page <= high, others
            )
