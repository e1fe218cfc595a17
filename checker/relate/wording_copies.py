"""Paragraphs that stand under two headings and speak of one of them only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from checker.document import Document, Section
from checker.extract.clauses import sentences
from checker.relate.spots import Spot
from checker.relate.text_differences import bigrams
from checker.relate.wording_corpus import Corpus
from checker.relation.wording import RepeatedParagraph
from checker.verdict import Mention, Phrase, Role

TWICE = Phrase("两个标题下文字相同的段落", "the same words under two headings")
SHORTEST = 12
LEAST = 40
"""A copied paragraph has at least so many characters."""
FEW = 5
"""A sentence is looked up in so many of the paragraphs that have it, the first ones."""
ALIKE = (4, 5)
"""At least this share of it stands in the other."""


def find_copies(document: Document, corpus: Corpus) -> Iterator[RepeatedParagraph]:
    """Paragraphs most of whose sentences stand in another paragraph, too."""
    where: dict[str, list[int]] = defaultdict(list)
    spots = [spot for spot in corpus.spots if spot.kind == "prose" and len(spot.plain) >= LEAST]
    said = [_sentences(spot.plain) for spot in spots]
    for number, parts in enumerate(said):
        for part in set(parts):
            where[part].append(number)
    for number, parts in enumerate(said):
        shared: Counter[int] = Counter()
        for part in parts:
            for other in where[part][:FEW]:
                if other < number:
                    shared[other] += len(part)
        if not shared:
            continue
        source, length = shared.most_common(1)[0]
        if length * ALIKE[1] >= sum(map(len, parts)) * ALIKE[0]:
            yield from _judged(document, spots[source], spots[number])


def _sentences(text: str) -> list[str]:
    return [part for span in sentences(text) if len(part := text[span.start : span.end].rstrip("。；")) >= SHORTEST]


def _judged(document: Document, earlier: Spot, later: Spot) -> Iterator[RepeatedParagraph]:
    """The one of the two that does not speak of its own heading; neither where both do."""
    one, other = (document.sections[spot.place.section] for spot in (earlier, later))
    if one.index == other.index or one.level != other.level or _chapter(document, one) != _chapter(document, other):
        return
    for own, source, spot, origin in ((other, one, later, earlier), (one, other, earlier, later)):
        mine, theirs = bigrams(own.title) - bigrams(source.title), bigrams(source.title) - bigrams(own.title)
        text = spot.plain
        if mine and not any(p in text for p in mine) and any(p in text for p in theirs):
            mention, copied = _mention(Role.STATED, spot), _mention(Role.OPERAND, origin)
            yield RepeatedParagraph(TWICE, mention, own.title, copied, source.title)
            return
    yield RepeatedParagraph(TWICE, _mention(Role.STATED, later), other.title)


def _mention(role: Role, spot: Spot) -> Mention:
    return Mention.words(role, spot.text, spot.place)


def _chapter(document: Document, section: Section) -> int:
    return [above.index for above in document.ancestors(section.index) if above.index][-1:][0] if section.index else 0
