"""The numbers of headings, lists and enumerations in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from checker.document import Block, Document, Heading, Paragraph, Section, Table
from checker.extract.headings import CIRCLED, HAN_DIGITS, HeadingLabel, ordinal_of, parse_heading
from checker.extract.patterns import Pattern
from checker.figure import Place
from checker.relate.spots import plain
from checker.relate.vocabulary import series
from checker.relation import Relation
from checker.relation.outline import HeadingSequence, ItemSequence, LevelStep, Numbered, SpokenSequence
from checker.verdict import Mention, Phrase, Role

SIDE_BY_SIDE = Phrase("同一上级标题下的同类编号", "headings of one kind under one heading")
ONE_LIST = Phrase("同一列表的编号", "the numbers of one list")
IN_WORDS = Phrase("“一是”“二是”的列举", "an enumeration in words")
NESTED = Phrase("标题的层级", "the levels of headings")
UNDER = Phrase("“{title}”之下的标题", "headings under “{title}”")
TOP = Phrase("一级标题", "headings of the first level")
LIST = Phrase("“{title}”之下的列项", "the list under “{title}”")
WORDS = Phrase("“{title}”之下的列举", "the enumeration under “{title}”")

FIRM = ("part", "chapter", "section", "han", "han-bracket")
"""Kinds of numbering that lists seldom use."""
REACH = 4
"""So many missing numbers in a row are looked for."""

_ITEM = Pattern(
    r"\s*(?:(?P<bracket>[（(]\s*(\d{1,2})\s*[）)])|(?P<half>(\d{1,2})\s*[）)])|(?P<arabic>(\d{1,2})\s*[.．、](?!\d))"
    r"|(?P<han>[（(]\s*([一二三四五六七八九十]{1,2})\s*[）)])|(?P<circled>([①-⑳])))"
)
_INLINE = Pattern(r"(?<![第项和及、至—－-])[①-⑳](?![项条款、和及至—－-])")


def find_numbers_of_headings(document: Document) -> Iterator[Relation]:
    """Headings of one kind side by side, and levels that are left out."""
    headings = {block.section: block for block in document.blocks if isinstance(block, Heading)}
    children: dict[tuple[int | None, str], list[tuple[Section, HeadingLabel]]] = defaultdict(list)
    labels: dict[int, HeadingLabel] = {}
    for section in document.sections[1:]:
        label = parse_heading(headings[section.index].text.value) if section.index in headings else None
        if label and label.ordinal and section.number and label.rank != "circled":
            labels[section.index] = label
            children[section.parent, label.rank].append((section, label))
    for (parent, rank), members in children.items():
        items = [Numbered(label.ordinal, label.step, _mention(headings[section.index])) for section, label in members]
        above = document.sections[parent or 0]
        name = UNDER.filled(title=above.title) if above.index else TOP
        for run in _runs(items, twice=rank in FIRM):
            if len(run) > 1:
                yield HeadingSequence(SIDE_BY_SIDE, _whole(document, run), name)
    yield from _skipped(document, headings, labels)


def _runs(items: Sequence[Numbered], *, twice: bool) -> Iterator[list[Numbered]]:
    """The items cut where a new count begins; ``twice`` says that two firsts in a row are one number used twice."""
    run: list[Numbered] = []
    for item in items:
        if item.ordinal == 1 and run and (run[-1].ordinal > 1 or not twice):
            yield run
            run = []
        run.append(item)
    yield run


def _whole(document: Document, run: Sequence[Numbered]) -> tuple[Numbered, ...]:
    """The run with those numbers put in that the reader took for something else than a heading or an item."""
    out = [run[0]]
    for item in run[1:]:
        first, last = out[-1].mention.place.block, item.mention.place.block
        for ordinal in range(out[-1].ordinal + 1, min(item.ordinal, out[-1].ordinal + REACH)):
            written = renumbered(item.written, ordinal)
            if _stands(document, written, first, last) or _on_a_picture(document, written):
                out.append(Numbered(ordinal, written, item.mention))
        out.append(item)
    return tuple(out)


def renumbered(written: str, ordinal: int) -> str:
    """A number of the same style: （三） for 5 is （五）."""
    if written[0] in CIRCLED:
        return CIRCLED[ordinal - 1] if ordinal <= len(CIRCLED) else written
    digits = "".join(ch for ch in written if ch.isascii() and ch.isdigit())
    if digits:
        head, _, tail = written.rpartition(digits)
        return f"{head}{ordinal}{tail}"
    han = "".join(ch for ch in written if ch in HAN_DIGITS)
    tens, ones = divmod(ordinal, 10)
    new = (HAN_DIGITS[tens - 1] * (tens > 1) + "十") * (tens > 0) + (HAN_DIGITS[ones - 1] if ones else "")
    return written.replace(han, new) if han else written


def _stands(document: Document, written: str, first: int, last: int) -> bool:
    """Whether some text between two blocks begins with a number, or ends a line before it."""
    bare = plain(written)
    for block in document.blocks[first : last + 1]:
        if isinstance(block, Table):
            if any(plain(cell.text.value).startswith(bare) for row in block.rows for cell in row):
                return True
        elif bare in (text := plain(block.text.value)) and (_is_anywhere(block) or _begins(text, bare)):
            return True
    return False


def _is_anywhere(block: Heading | Paragraph) -> bool:
    """Whether a number counts wherever it stands: in a heading, and in lines that were not made out."""
    return isinstance(block, Heading) or block.kind == "unread"


def _on_a_picture(document: Document, written: str) -> bool:
    """Whether another list (the contents) names a part or chapter: its title page may be a picture of the PDF."""
    if document.kind not in {"pdf", "text"} or not written.startswith("第"):
        return False
    titles = [entry.text.value for entry in document.toc]
    titles += [block.text.value for block in document.blocks if isinstance(block, Heading)]
    return any(plain(title).startswith(plain(written)) for title in titles)


def _begins(text: str, bare: str) -> bool:
    return text.startswith(bare) or any(f"{mark}{bare}" in text for mark in "。；;：:》")


def _skipped(document: Document, headings: dict[int, Heading], labels: dict[int, HeadingLabel]) -> Iterator[Relation]:
    """Headings that leave out a level which stands between the same two kinds in most other chapters."""
    steps: dict[str, list[tuple[Section, str]]] = defaultdict(list)
    for section in document.sections[1:]:
        parent = section.parent
        if section.index in labels and parent in labels and labels[section.index].ordinal == 1:
            steps[labels[parent].rank].append((section, labels[section.index].rank))
    for followers in steps.values():
        ranks = [rank for _, rank in followers]
        usual = max(set(ranks), key=ranks.count)
        example = next(section for section, rank in followers if rank == usual)
        deeper = {labels[s.index].rank for s in document.sections[1:] if s.index in labels and _under(s, usual, labels)}
        for section, rank in followers:
            skips = rank != usual and rank in deeper and ranks.count(usual) >= 3 * ranks.count(rank)
            above = _mention(headings[section.parent or 0], Role.LABEL)
            skipped = _mention(headings[example.index], Role.OPERAND) if skips else None
            yield LevelStep(NESTED, _mention(headings[section.index]), above, section.title, skipped, section.number)


def _under(section: Section, rank: str, labels: dict[int, HeadingLabel]) -> bool:
    parent = section.parent
    return parent is not None and parent in labels and labels[parent].rank == rank


def _mention(heading: Heading, role: Role = Role.STATED) -> Mention:
    return Mention.words(role, heading.text, Place(heading.index, heading.section))


def find_lists(document: Document, *, paged: bool) -> Iterator[Relation]:
    """Items of lists: paragraphs that begin with a number, and ①② inside one paragraph."""
    run: list[tuple[str, Numbered]] = []
    for block in document.blocks:
        item = _item(block) if isinstance(block, Paragraph) and block.kind == "prose" else None
        if item and paged and item[0] == "circled":  # cells of a table that was not seen look so, too
            item = None
        if item and run and item[0] == run[-1][0] and item[1].ordinal >= max(2, run[-1][1].ordinal):
            run += [item, *_going_on(block, item)]
            continue
        if not item and isinstance(block, Paragraph) and run and not _ends_list(block):
            continue
        yield from _list(document, run)
        run = [item, *_going_on(block, item)] if item and item[1].ordinal == 1 else []
    yield from _list(document, run)
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.kind == "prose":
            yield from _inline(document, block)


def _ends_list(block: Paragraph) -> bool:
    """Whether a paragraph without a number is more than an item's second paragraph."""
    return block.kind != "prose" or block.text.value.rstrip().endswith(("：", ":"))


def _item(block: Paragraph) -> tuple[str, Numbered] | None:
    match = _ITEM.match(block.text.value)
    if match is None:
        return None
    written = "".join(match[0].split())
    kind = next(name for name in ("bracket", "half", "arabic", "han", "circled") if match[name])
    place = Place(block.index, block.section)
    return kind, Numbered(
        ordinal_of(written), written, Mention(Role.STATED, block.text, match.start(), match.end(), place)
    )


def _going_on(block: Block, first: tuple[str, Numbered]) -> list[tuple[str, Numbered]]:
    """①…；②…；③… in one paragraph, and the next paragraph begins with ④: the items behind its first one."""
    if first[0] != "circled" or not isinstance(block, Paragraph):
        return []
    run = [first[1]]
    for one in _circled(block):
        if one.ordinal == run[-1].ordinal + 1:
            run.append(one)
    return [("circled", one) for one in run[1:]]


def _list(document: Document, run: Sequence[tuple[str, Numbered]]) -> Iterator[Relation]:
    if len(run) > 1:
        section = document.sections[run[0][1].mention.place.section]
        items = _whole(document, [item for _, item in run])
        yield ItemSequence(ONE_LIST, items, LIST.filled(title=section.title) if section.title else ONE_LIST)


def _inline(document: Document, block: Paragraph) -> Iterator[Relation]:
    run: list[tuple[str, Numbered]] = []
    for one in _circled(block):
        if one.ordinal == 1 or (run and one.ordinal < run[-1][1].ordinal):
            yield from _list(document, run)
            run = []
        if one.ordinal == 1 or (run and one.ordinal >= run[-1][1].ordinal):
            run.append(("circled", one))
    yield from _list(document, run)


def _circled(block: Paragraph) -> Iterator[Numbered]:
    """Every ①, ② of a paragraph that numbers an item."""
    place = Place(block.index, block.section)
    for match in _INLINE.finditer(block.text.value):
        mention = Mention(Role.STATED, block.text, match.start(), match.end(), place)
        yield Numbered(ordinal_of(match[0]), match[0], mention)


_SPOKEN = [
    (row, Pattern(r"(?<![\p{Han}])(?P<word>" + "|".join(row) + ")(?![非否谁])")) for row in series("spoken", "series")
]


def find_spoken(document: Document) -> Iterator[Relation]:
    """一是, 二是, 三是 over the paragraphs of one section."""
    sections: dict[int, list[Paragraph]] = defaultdict(list)
    for block in document.paragraphs:
        sections[block.section].append(block)
    for section, blocks in sections.items():
        said = "".join(block.text.value for block in blocks)
        title = document.sections[section].title
        for row, pattern in _SPOKEN:
            present = {word for word in row if word in said}
            for run in _spoken(blocks, row, pattern) if row[0] in present else ():
                items = [run[0]]
                for item in run[1:]:  # a number that stands in the middle of a clause is there all the same
                    skipped = range(items[-1].ordinal + 1, item.ordinal)
                    items += [Numbered(n, row[n - 1], item.mention) for n in skipped if row[n - 1] in present]
                    items.append(item)
                if len(items) == 1 and row[1] in present:
                    items.append(Numbered(2, row[1], run[0].mention))
                yield SpokenSequence(IN_WORDS, tuple(items), WORDS.filled(title=title) if title else IN_WORDS)


def _spoken(blocks: Sequence[Paragraph], row: Sequence[str], pattern: Pattern) -> Iterator[list[Numbered]]:
    """The enumerations of a section, each from its 一是 on."""
    run: list[Numbered] = []
    for block in blocks:
        for match in pattern.finditer(block.text.value):
            word = match["word"]
            mention = Mention(Role.STATED, block.text, *match.span("word"), Place(block.index, block.section))
            if word == row[0] and run:
                yield run
                run = []
            if run or word == row[0]:
                run.append(Numbered(row.index(word) + 1, word, mention))
    if run:
        yield run
