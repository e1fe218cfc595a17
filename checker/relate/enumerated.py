"""Counts before or behind enumerated items: 存在三个问题，一是……；二是……, 四项任务： and numbered paragraphs.

Items count only where they run from the first on without a gap; a gap is a fault of the numbering,
not of the count. What a count answers (针对三个问题，一是……) is not what the items are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from checker.document import Heading, Paragraph, Table
from checker.extract.figures import Passage, Reading
from checker.extract.headings import CIRCLED, ordinal_of
from checker.extract.lexicon import any_of
from checker.extract.patterns import Pattern
from checker.figure import Figure, Place
from checker.phrases import has_any, words
from checker.relate.listed import counts_names
from checker.relate.name_lists import names_each
from checker.relate.vocabulary import series
from checker.relation import ListedCount, Relation
from checker.verdict import Mention, Phrase, Role

IN_WORDS = Phrase("数量之后以“{word}”逐项列举", "the count is followed by items from “{word}” on")
NUMBERED = Phrase("数量之后逐项编号列出", "the count is followed by numbered items")
ITEMS = Phrase("各项", "items")

NEAR = 2
COLONS = frozenset("：:")
FIRSTS = tuple(row[0] for row in series("spoken", "series"))
LONGEST_LEAD = 60
LONGEST_LIST, MOST_PARAGRAPHS, MOST_BLOCKS = 2000, 20, 120
"""How far behind a count its items are looked for: characters, paragraphs of a list in words, numbered blocks."""
_NOUN = r"(?:大|主要|个)*(?P<noun>[^，,。；;：:、\d（()）]{0,14}?)"
_LEADS = rf"(?:[，,]?\s*(?:{any_of((*words('lists', 'each_is'), *words('lists', 'holds'), '如下'))}))?"
_TO_ITEMS = Pattern(rf"\s*{_NOUN}\s*{_LEADS}\s*(?P<mark>[：:，,。；;])\s*")
_SENTENCES = Pattern(r"[。！？\n]")
_CLAUSES = Pattern(r"[，,：:]")
_ITEM = Pattern(
    r"\s*(?:(?P<bracket>[（(]\s*\d{1,2}\s*[）)])|(?P<half>\d{1,2}\s*[）)])|(?P<arabic>\d{1,2}\s*[.．、](?!\d))"
    r"|(?P<han>[（(]\s*[一二三四五六七八九十]{1,2}\s*[）)]))"
)
_BRACKET_ONE = Pattern(r"\s*[（(]\s*1\s*[）)]")
_BRACKETED = Pattern(r"(?:^|[：:；;。])\s*[（(]\s*(?P<number>\d{1,2})\s*[）)](?!\s*[项条款])")
_CIRCLED = Pattern(rf"(?<![第项和及、至—－-])[{CIRCLED}](?![项条款、和及至—－-])")


def find_enumerated_counts(reading: Reading) -> Iterator[Relation]:
    """Every count that a list in words, circled numbers or numbered paragraphs follow or precede."""
    prose = _by_section(reading)
    for passage in reading.prose:
        text = passage.text.value
        circles = _circles(text)
        for figure in passage.figures:
            if not counts_names(figure):
                continue
            found = (
                _spoken(passage, figure, prose) or _circled(passage, figure, circles) or _in_brackets(passage, figure)
            )
            if found is None and passage.place.row is None:
                found = _numbered(reading, passage, figure)
            if found is not None:
                yield found


def _circles(text: str) -> list[int]:
    return [match.start() for match in _CIRCLED.finditer(text)] if "①" in text else []


def _in_brackets(passage: Passage, figure: Figure) -> ListedCount | None:
    """七项重点任务：（1）……；（2）……: items numbered in brackets in the paragraph of their count."""
    lead = _leads_to(passage, figure)
    text = passage.text.value
    if lead is None or lead[1] not in COLONS or _BRACKET_ONE.match(text, lead[0]) is None:
        return None
    counted = 0
    for match in _BRACKETED.finditer(text, text.rfind(lead[1], 0, lead[0])):
        if int(match["number"]) == 1 and counted:
            break
        counted += 1
        if int(match["number"]) != counted:  # the numbers break off and go on
            return None
    listing = Mention(Role.OPERAND, passage.text, lead[0], len(text), passage.place)
    return _claim(figure, counted, listing, NUMBERED)


def _by_section(reading: Reading) -> Mapping[int, Sequence[Paragraph]]:
    found: dict[int, list[Paragraph]] = defaultdict(list)
    for paragraph in reading.document.paragraphs:
        found[paragraph.section].append(paragraph)
    return found


def _announces(passage: Passage, figure: Figure, *, firm: bool) -> bool:
    """Whether the count's sentence says that it is the count of what follows."""
    text = passage.text.value
    said = _SENTENCES.split(text[max(0, figure.start - LONGEST_LEAD) : figure.start])[-1]
    return not has_any(_CLAUSES.split(said)[-1], "lists", "answers") and (firm or has_any(said, "lists", "announces"))


def _leads_to(passage: Passage, figure: Figure) -> tuple[int, str] | None:
    """Where the items begin and the mark before them, when only the noun of the count stands between."""
    match = _TO_ITEMS.match(passage.text.value, figure.end)
    if match is None:
        return None
    before = passage.before(figure.start)
    alone = before is None or _SENTENCES.search(passage.text.value[before.end : figure.start]) is not None
    bare = alone and not match["noun"] and match["mark"] in COLONS  # 职责包括六项：一是…
    if not (bare or names_each(match["noun"], figure.quantity.unit.name)):
        return None
    return match.end(), match["mark"]


def _spoken(passage: Passage, figure: Figure, prose: Mapping[int, Sequence[Paragraph]]) -> ListedCount | None:
    lead = _leads_to(passage, figure)
    if lead is None or not _announces(passage, figure, firm=lead[1] in COLONS):
        return None
    text, start = passage.text.value, lead[0]
    said = text[start : start + LONGEST_LIST]
    if said and not said.startswith(FIRSTS):
        return None
    behind = _following(passage, prose)
    if len(found := [row for row in series("spoken", "series") if said.startswith(row[0]) and row[1] in said]) == 1:
        listing = Mention(Role.OPERAND, passage.text, start, len(text), passage.place)
        return _claim(figure, _inline(said, found[0], behind), listing, IN_WORDS.filled(word=found[0][0]))
    listing = Mention(Role.OPERAND, passage.text, start, len(text), passage.place)
    if not said and behind:
        listing = Mention.words(Role.OPERAND, behind[0].text, Place(behind[0].index, behind[0].section))
    said = "\n".join([said, *(paragraph.text.value[:LONGEST_LIST] for paragraph in behind)]).lstrip("\n")
    for row in series("spoken", "series"):
        if said.startswith(row[0]):
            counted = _chain(said, row, int(figure.quantity.value))
            return _claim(figure, counted, listing, IN_WORDS.filled(word=row[0]))
    return None


def _inline(said: str, row: Sequence[str], behind: Sequence[Paragraph]) -> int:
    """How many items a paragraph lists in words, and those that the paragraphs behind it go on with."""
    own = said.split(row[0])
    if len(own) > 2:  # an item has a list of its own
        return 0
    counted = next((n for n, word in enumerate(row) if word not in said), len(row))
    if any(word in said for word in row[counted:]):
        return 0
    for paragraph in behind:
        if counted == len(row) or not paragraph.text.value.lstrip().startswith(row[counted]):
            break
        counted += 1
    return counted


def _following(passage: Passage, prose: Mapping[int, Sequence[Paragraph]]) -> Sequence[Paragraph]:
    """The paragraphs behind a passage in its section, as many as a list may run over."""
    if passage.place.row is not None:
        return ()
    paragraphs = prose.get(passage.place.section, ())
    first = bisect_left(paragraphs, passage.place.block + 1, key=lambda p: p.index)
    return paragraphs[first : first + MOST_PARAGRAPHS]


def _chain(said: str, row: Sequence[str], stated: int) -> int:
    """How many words of a series follow each other in a text; 0 where another list or a gap makes that unsure."""
    second = said.find(row[0], len(row[0]))
    own = said if second < 0 else said[:second]
    counted = next((n for n, word in enumerate(row) if word not in own), 0)
    unsure = any(word in said for word in row[counted:])
    return counted if counted == stated or not unsure else 0


def _circled(passage: Passage, figure: Figure, circles: Sequence[int]) -> ListedCount | None:
    """三项内容：①……②……③……, and ①……②……③……。三项各占…: the count stands right before or right behind."""
    text = passage.text.value
    at = bisect_left(circles, figure.start)
    lead = _leads_to(passage, figure) if at < len(circles) else None
    if lead is not None and circles[at] == lead[0] and _announces(passage, figure, firm=lead[1] in COLONS):
        first, end = at, at + MOST_CIRCLED
    elif at and _sums_up(text, figure):
        ones = (i for i in range(at - 1, max(-1, at - MOST_CIRCLED), -1) if text[circles[i]] == "①")
        first, end = next(ones, at - 1), at
    else:
        return None
    counted = _run(text, circles[first:end])
    last = circles[first + max(counted, 1) - 1]
    listing = Mention(Role.OPERAND, passage.text, last, last + 1, passage.place)
    return _claim(figure, counted, listing, NUMBERED)


MOST_CIRCLED = 20


def _sums_up(text: str, figure: Figure) -> bool:
    """Whether a count opens a sentence that goes on about the items before it: 三项分别占…."""
    before = text[max(0, figure.start - 3) : figure.start].rstrip()[-1:]
    return before in set("。；;") and figure.quantity.unit.name == "项" and text.startswith(SUMS_UP, figure.end)


SUMS_UP = ("分别", "各", "均", "全部", "同时")


def _run(text: str, circles: Sequence[int]) -> int:
    """How many circled numbers count on from ①; 0 where the numbers break off and go on."""
    counted = 0
    for offset in circles:
        ordinal = CIRCLED.index(text[offset]) + 1
        if ordinal == 1 and counted:
            break
        if ordinal != counted + 1:
            return 0
        counted += 1
    return counted


def _numbered(reading: Reading, passage: Passage, figure: Figure) -> ListedCount | None:
    """存在以下三个问题： at a paragraph's end, with numbered paragraphs or headings behind it."""
    lead = _leads_to(passage, figure)
    text = passage.text.value
    if lead is None or text[lead[0] :].strip() or lead[1] not in COLONS | {"。"}:
        return None
    colon = lead[1] in COLONS
    if not _announces(passage, figure, firm=colon) or not (colon or has_any(text[-60:], "lists", "below")):
        return None
    found = _items(reading, passage)
    return _claim(figure, *found, NUMBERED) if found else None


def _items(reading: Reading, passage: Passage) -> tuple[int, Mention] | None:
    """How many numbered paragraphs, or headings of the next level, follow; with the last one."""
    kind, counted, last = "", 0, None
    for block in reading.document.blocks[passage.place.block + 1 : passage.place.block + MOST_BLOCKS]:
        match = None if isinstance(block, Table) else _ITEM.match(block.text.value)
        if isinstance(block, Heading) and not _is_under(reading, block, passage.place.section):
            break
        if match is None or isinstance(block, Table) or (isinstance(block, Paragraph) and block.kind != "prose"):
            if not counted:
                return None
            continue
        own = match.lastgroup or ""
        ordinal = ordinal_of("".join(match[0].split()))
        if not counted and ordinal == 1:
            kind = own
        if own == kind and ordinal == 1 and counted:
            break
        if own != kind:
            continue
        if ordinal != counted + 1:
            return None
        counted, last = ordinal, Mention.words(Role.OPERAND, block.text, Place(block.index, block.section))
    return (counted, last) if last is not None and counted > 1 else None


def _is_under(reading: Reading, heading: Heading, section: int) -> bool:
    return any(one.index == section for one in reading.document.ancestors(heading.section))


def _claim(figure: Figure, counted: int, listing: Mention, because: Phrase) -> ListedCount | None:
    """The claim, where the items are near enough to the count to be what it counts."""
    if counted < 2 or abs(figure.quantity.value - counted) > NEAR:
        return None
    return ListedCount(because, figure, counted, counted, ITEMS, (listing,))
