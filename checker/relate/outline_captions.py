"""Captions of tables, figures and annexes, and the references to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.document import Block, Document, Heading, Paragraph, Table, Text
from checker.extract.headings import parse_heading
from checker.extract.patterns import Match, Pattern
from checker.figure import Place
from checker.relate.spots import Spot, plain
from checker.relate.vocabulary import alternatives, listed, series
from checker.relation import Relation
from checker.relation.outline import CaptionedTable, CaptionSequence, NextCaption, Numbered, Reference
from checker.verdict import Mention, Phrase, Role

CAPTIONS = Phrase("全文{kind}题的编号", "the numbers of all captions “{kind}”")
CAPTION = Phrase("编号的表题", "a numbered caption of a table")
REFERS = Phrase("文中引用与{kind}题", "a reference in the text and the captions “{kind}”")
CHAPTERS = Phrase("文中引用与标题", "a reference in the text and the headings")
BELOW = Phrase("该句指向其下的表格", "the sentence points to the table below it")
NAME = Phrase("{kind}号", "numbers of “{kind}”")
NONE_PRINTED = Phrase(
    "报告中没有带编号的{kind}，可能另附", "the report has no numbered “{kind}”; it may be a file of its own"
)
REACH = 80
"""So far back an open title or quotation mark is looked for."""
FEWEST = 2
"""With fewer numbered captions of a kind nothing is known of the rest."""

_NUMBER = r"(?P<number>\d{1,3}(?:[-－—.．]\d{1,3})*|[一二三四五六七八九十]{1,3}(?:[-－—之]\d{1,2})?(?!级|年|季))"
_KINDS = {row[0]: row[1] for row in series("outline", "captions")}
_NAMES = "|".join(sorted(_KINDS, key=len, reverse=True))
_CAPTION = Pattern(rf"\s*(?P<kind>{_NAMES})\s*{_NUMBER}(?![\d.．-])")
_REFERENCE = Pattern(
    rf"(?P<cue>见|如|详见|参见|由|根据|按照|从|下|在)?(?P<written>(?P<kind>{_NAMES}){_NUMBER})"
    rf"(?!\d)(?!{alternatives('outline', 'measure')})"
)
_CHAPTER = Pattern(
    r"(?:见|如)(?:本?报告)?(?P<written>第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<unit>部分|章))"
)
_SERIES = Pattern(r"[-－—.．之]")


class Caption(Struct, frozen=True):
    """A numbered caption: its kind, its number in digits, the block it stands in, the words."""

    kind: str
    number: str
    block: int
    mention: Mention
    written: str


def find_captions(document: Document) -> Iterator[Relation]:
    """Numbers of captions, what stands under them, and every reference to one."""
    captions = list(_captions(document))
    yield from _sequences(captions)
    yield from _captioned(document, captions)
    by_kind: dict[str, dict[str, Caption]] = defaultdict(dict)
    for caption in captions:
        by_kind[caption.kind].setdefault(caption.number, caption)
    spots = [_spot(block) for block in document.blocks if isinstance(block, Paragraph) and block.kind == "prose"]
    referred: dict[tuple[str, str], int] = defaultdict(int)
    references = [found for spot in spots for found in _references(spot)]
    for _, kind, number, _ in references:
        referred[kind, number] += 1
    for spot, kind, number, match in references:
        yield _reference(spot, kind, number, match, by_kind)
    yield from _next(document, references, captions, referred)
    yield from _chapters(document, spots)


def _spot(block: Paragraph) -> Spot:
    return Spot(block.text, Place(block.index, block.section), block.kind)


def _captions(document: Document) -> Iterator[Caption]:
    seen: set[int] = set()
    for block in document.blocks:
        text = _caption_text(block)
        if text is None or id(text) in seen or "续" in text.value[:3] or "续" in text.value[-4:]:
            continue
        seen.add(id(text))
        match = _CAPTION.match(text.value)
        if match:
            place = Place(block.index, block.section)
            written = plain(match[0])
            number = digits(match["number"])
            if isinstance(block, Table) or not _is_above_its_own(document, block, match["kind"], number):
                yield Caption(match["kind"], number, block.index, Mention.words(Role.OPERAND, text, place), written)


def _is_above_its_own(document: Document, block: Block, kind: str, number: str) -> bool:
    """Whether an annex's heading stands right above the caption of its table: 附表2 above 附表2-1, or 附表2 again."""
    below = next(iter(document.blocks[block.index + 1 : block.index + 2]), None)
    text = _caption_text(below) if below is not None else None
    match = _CAPTION.match(text.value) if text and text is not _caption_text(block) else None
    if match is None or match["kind"] != kind:
        return False
    found = digits(match["number"])
    return found == number or found.startswith(f"{number}-")


def _caption_text(block: Block) -> Text | None:
    if isinstance(block, Table):
        return block.caption
    if isinstance(block, Heading):
        label = parse_heading(block.text.value)
        return block.text if label and label.rank == "annex" else None
    return block.text if block.kind == "caption" else None


def digits(number: str) -> str:
    """A number in digits: 三 is 3, 2－1 is 2-1, 三之2 is 3-2."""
    if number[0].isdigit():
        return _SERIES.sub("-", number)
    if number[-1].isdigit():
        chapter, last = _SERIES.split(number)
        return f"{digits(chapter)}-{last}"
    label = parse_heading(f"{number}、甲")
    return str(label.ordinal) if label else number


def _sequences(captions: Sequence[Caption]) -> Iterator[Relation]:
    """Captions of one kind; numbers such as 2-1 count within their chapter."""
    groups: dict[tuple[str, str, int], list[Numbered]] = defaultdict(list)
    said: set[str] = set()
    rounds: dict[tuple[str, str], int] = defaultdict(int)
    for caption in captions:
        chapter, _, last = caption.number.rpartition("-")
        words = plain(caption.mention.text.value)
        if not last.isdigit() or words in said:  # a caption that is printed again on the next page
            continue
        said.add(words)
        top = groups[caption.kind, "", rounds[caption.kind, ""]]
        if chapter.isdigit() and last == "1" and top and top[-1].ordinal == int(chapter) - 1:
            top.append(Numbered(int(chapter), caption.written, caption.mention))  # 表二, 表三之1, 表三之2, 表四
        group = groups[caption.kind, chapter, rounds[caption.kind, chapter]]
        if last == "1" and group and group[-1].ordinal > 1:  # an annex that counts its own tables
            rounds[caption.kind, chapter] += 1
            group = groups[caption.kind, chapter, rounds[caption.kind, chapter]]
        group.append(Numbered(int(last), caption.written, caption.mention))
    for (kind, _, _), items in groups.items():
        if len(items) > 1 and kind not in {"附件", "附录"}:
            yield CaptionSequence(CAPTIONS.filled(kind=kind), tuple(items), NAME.filled(kind=kind))


def _captioned(document: Document, captions: Sequence[Caption]) -> Iterator[Relation]:
    """Each table's caption: a table follows, or a heading, another caption or the end does."""
    named = {id(table.caption) for table in document.tables}
    for caption in captions:
        block = document.blocks[caption.block]
        if caption.kind not in {"表", "附表"} or not isinstance(block, Paragraph):
            continue
        follows: bool | None = id(caption.mention.text) in named
        after = document.blocks[caption.block + 1 :][:1]
        if not follows and after and not (isinstance(after[0], Heading) or _caption_kind(after[0]) == caption.kind):
            follows = isinstance(after[0], Table) or None
        if document.kind == "pdf" and not follows:
            follows = None
        mention = Mention.words(Role.STATED, caption.mention.text, caption.mention.place)
        yield CaptionedTable(CAPTION, mention, mention.text.value.strip(), follows)


def _caption_kind(block: Block) -> str | None:
    """What a caption numbers; 附表 may stand above a caption 表10 of the same table."""
    match = _CAPTION.match(block.text.value) if isinstance(block, Paragraph) and block.kind == "caption" else None
    return match["kind"] if match else None


Found = tuple[Spot, str, str, Match]


def _references(spot: Spot) -> Iterator[Found]:
    if not any(mark in spot.plain for mark in "表图附"):
        return
    for match in _REFERENCE.finditer(spot.plain):
        before = spot.plain[max(0, match.start("written") - REACH) : match.start("written")]
        if match["cue"] is None and not before.endswith(("（", "(", "、", "和", "及", "与", "，", "。")) and before:
            continue
        if before.endswith(listed("outline", "elsewhere")) or _inside_title(before):
            continue
        yield spot, match["kind"], digits(match["number"]), match


def _inside_title(before: str) -> bool:
    return before.count("《") > before.count("》") or before.count("“") > before.count("”")


def _reference(spot: Spot, kind: str, number: str, match: Match, by_kind: dict[str, dict[str, Caption]]) -> Relation:
    known = by_kind.get(kind, {})
    target = known.get(number)
    doubt = NONE_PRINTED.filled(kind=kind) if len(known) < FEWEST or match["cue"] is None else None
    listing = "、".join(caption.written for caption in known.values())
    place = spot.mention(Role.STATED, *match.span("written"))
    mention = target.mention if target else None
    return Reference(REFERS.filled(kind=kind), place, spot.words(*match.span("written")), mention, listing, doubt)


def _next(
    document: Document, references: Sequence[Found], captions: Sequence[Caption], referred: dict[tuple[str, str], int]
) -> Iterator[Relation]:
    """The last reference of the paragraph right above a caption that nothing else refers to."""
    last = {spot.place.block: (spot, kind, number, match) for spot, kind, number, match in references}
    numbers = {(caption.kind, caption.number) for caption in captions}
    for caption in captions:
        found = last.get(caption.block - 1)
        if found is None or not isinstance(document.blocks[caption.block], Paragraph):
            continue
        spot, kind, number, match = found
        tail = spot.plain[match.end() :]
        if kind != caption.kind or len(tail) > 6 or "。" in tail[:-1] or (kind, number) not in numbers:
            continue
        own = referred[kind, caption.number]
        if number == caption.number or (own == 0 and referred[kind, number] > 1):
            place = spot.mention(Role.STATED, *match.span("written"))
            yield NextCaption(BELOW, place, caption.mention, f"{kind}{number}", f"{kind}{caption.number}")


def _chapters(document: Document, spots: Sequence[Spot]) -> Iterator[Relation]:
    """见第五部分: a chapter of that number."""
    tops = [section for section in document.sections[1:] if section.level == 1 and section.number]
    headings = {block.section: block for block in document.blocks if isinstance(block, Heading)}
    ordinals = {}
    for section in tops:
        label = parse_heading(headings[section.index].text.value) if section.index in headings else None
        if label and label.rank in {"han", "part", "chapter", "arabic", "integer"}:
            ordinals[str(label.ordinal)] = headings[section.index]
    for spot in spots:
        for match in _CHAPTER.finditer(spot.plain) if "第" in spot.plain else ():
            target = ordinals.get(digits(match["number"]))
            mention = Mention.words(Role.OPERAND, target.text, Place(target.index, target.section)) if target else None
            doubt = None if len(ordinals) > FEWEST else NONE_PRINTED.filled(kind=match["unit"])
            place = spot.mention(Role.STATED, *match.span("written"))
            known = "、".join(f"第 {number} {match['unit']}" for number in ordinals)
            yield Reference(CHAPTERS, place, match["written"], mention, known, doubt)
