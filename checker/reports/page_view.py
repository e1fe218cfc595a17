"""What the review page shows, as plain values for its template: findings with their places, passages, pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from checker.boxes import Box
from checker.document import Block, Document, Heading, Table, Text
from checker.figure import Place
from checker.finding import Evidence, Finding
from checker.reports.wording import LABELS, harmless, label_of, marked_places, place, recomputation, spot, to_review
from checker.result import Result
from checker.verdict import Severity, Verdict

MOST_PLACES = 60
FEW_PLACES = 4
"""How many places of a finding, and of a passed check, are listed."""
LONG_DOCUMENT = 400_000
"""Characters; of a longer document only the blocks are shown that findings rest on."""


class Quote(Struct, frozen=True):
    """Words of the report with the figure among them apart."""

    before: str
    figure: str
    after: str


class Spot(Struct, frozen=True):
    """One place of a finding: where it is said to be, its words, and how the page finds it.

    ``boxes`` are places on pages, ``element`` names the paragraph or cell of a passage.
    """

    where: str
    quote: Quote
    boxes: tuple[tuple[int, Box], ...]
    element: str

    @property
    def coded(self) -> str:
        """The boxes as the page's script reads them: page, left, top, right, bottom; one after the other."""
        return ";".join(",".join([str(page), *(f"{side:.1f}" for side in box)]) for page, box in self.boxes)


class Item(Struct, frozen=True):
    """A finding, an open or passed check, or a waived finding, ready to be shown."""

    number: int
    state: str  # fail · open · pass · waived
    finding: Finding
    label: str
    message: str
    where: str
    terms: str
    result: str
    because: str
    suggestion: str
    spots: tuple[Spot, ...]
    more: int
    related: tuple[int, ...]

    @property
    def marked(self) -> tuple[Spot, ...]:
        """The places that are marked in the report while the finding is not chosen."""
        return () if self.state == "pass" else self.spots[: len(marked_places(self.finding))]

    @property
    def look(self) -> str:
        """The state that a mark of it shows: fail is for errors only."""
        return "warning" if self.state == "fail" and self.finding.severity is not Severity.ERROR else self.state


class Piece(Struct, frozen=True):
    """A stretch of a passage; ``numbers`` are the findings that rest on it."""

    text: str
    numbers: tuple[int, ...]
    state: str


class Passage(Struct, frozen=True):
    """A block of the report as the page shows it: a heading, a paragraph, or a table with its caption."""

    element: str
    kind: str
    level: int
    line: int | None
    pieces: tuple[Piece, ...]
    rows: tuple[tuple[tuple[str, tuple[Piece, ...]], ...], ...] = ()
    header_rows: int = 0


def items_of(result: Result, language: str) -> list[Item]:
    """Findings, open checks, waived findings, passed checks, numbered through."""
    listed = to_review(result)
    rest = (*result.waived, *(check for check in result.checks if check.verdict is Verdict.PASS))
    listed += enumerate(rest, start=len(listed) + 1)
    numbers = {finding.fingerprint: number for number, finding in listed if finding.verdict is Verdict.FAIL}
    return [_item(number, finding, numbers, language) for number, finding in listed]


def _item(number: int, finding: Finding, numbers: Mapping[str, int], language: str) -> Item:
    first = finding.evidence[0]
    most = FEW_PLACES if finding.verdict is Verdict.PASS else MOST_PLACES
    shown = finding.evidence[:most]
    befores = (None, *shown[:-1])
    spots = [_spot(evidence, language, before) for evidence, before in zip(shown, befores, strict=True)]
    section = first.section or LABELS[language]["front"]
    return Item(
        number=number,
        state="waived" if finding.waiver else finding.verdict.value,
        finding=finding,
        label=label_of(finding, language),
        message=harmless(finding.message.say(language)),
        where=harmless(" · ".join(part for part in (spot(first, language), section) if part)),
        terms=harmless(finding.calculation),
        result=harmless(recomputation(finding, language).removeprefix(finding.calculation)),
        because=harmless(finding.because.say(language)),
        suggestion=harmless(finding.suggestion.say(language)) if finding.suggestion else "",
        spots=tuple(spots),
        more=max(0, len(finding.evidence) - most),
        related=tuple(numbers[name] for name in finding.related if name in numbers),
    )


def _spot(evidence: Evidence, language: str, before: Evidence | None) -> Spot:
    """A place; the sentence and the table of the place before are not named again."""
    mention = evidence.mention
    lines = mention.text.lines(mention.start, mention.end)
    where = spot(evidence, language) or place(evidence, language)
    again = before is not None and evidence.quote == before.quote
    if before is not None and evidence.table and evidence.table == before.table:
        where = where.replace(f"{evidence.table} ", "")
    return Spot(
        where=harmless(where),
        quote=Quote("", harmless(evidence.words), "") if again else _quote(evidence),
        boxes=tuple((line.page, line.box) for line in lines if line.page is not None and line.box is not None),
        element=_element(mention.place),
    )


def _quote(evidence: Evidence) -> Quote:
    """The quote, parted at the figure that it was cut around."""
    words, mention = evidence.quote, evidence.mention
    begins = mention.text.value.rfind(words, 0, mention.start + len(words))
    start = max(0, mention.start - begins)
    end = min(len(words), mention.end - begins)
    return Quote(*(harmless(part) for part in (words[:start], words[start:end], words[end:])))


def _element(at: Place) -> str:
    return f"b{at.block}" if at.row is None else f"b{at.block}r{at.row}c{at.column}"


Spans = Mapping[int, Sequence[tuple[int, int, int, str]]]
"""By the identity of a text: start, end, number and look of each finding that rests on a stretch of it."""


def passages_of(document: Document, items: Iterable[Item]) -> list[Passage]:
    """The report as text, with the places of findings, open checks and waived findings marked."""
    spans: dict[int, list[tuple[int, int, int, str]]] = defaultdict(list)
    blocks: set[int] = set()
    for item in items:
        if item.state != "pass":
            for evidence in marked_places(item.finding):
                mention = evidence.mention
                spans[id(mention.text)].append((mention.start, mention.end, item.number, item.look))
                blocks.add(mention.place.block)
    size = sum(_size(block) for block in document.blocks)
    shown = (b for b in document.blocks if size <= LONG_DOCUMENT or isinstance(b, Heading) or b.index in blocks)
    return [_passage(block, document, spans) for block in shown]


def _size(block: Block) -> int:
    if isinstance(block, Table):
        return sum(len(cell.text) for row in block.rows for cell in row)
    return len(block.text)


def _passage(block: Block, document: Document, spans: Spans) -> Passage:
    if isinstance(block, Table):
        rows = tuple(
            tuple((f"b{block.index}r{c.row}c{c.column}", tuple(_pieces(c.text, spans))) for c in row)
            for row in block.rows
        )
        first = block.rows[0][0].text if block.rows else Text("")
        line = first.locate().line
        return Passage(f"b{block.index}", "table", 0, line, (), rows, block.header_rows)
    level = document.sections[block.section].level if isinstance(block, Heading) else 0
    kind = "heading" if isinstance(block, Heading) else block.kind
    text = block.text
    return Passage(f"b{block.index}", kind, level, text.locate().line, tuple(_pieces(text, spans)))


def _pieces(text: Text, spans: Spans) -> Iterator[Piece]:
    """The text cut where findings begin and end."""
    here = spans.get(id(text), ())
    cuts = sorted({0, len(text), *(edge for start, end, _, _ in here for edge in (start, end))})
    for start, end in pairwise(cuts):
        over = [(number, state) for first, last, number, state in here if first <= start and end <= last]
        states = {state for _, state in over}
        gravest = next((state for state in ("fail", "warning", "open", "waived") if state in states), "")
        numbers = tuple(dict.fromkeys(number for number, _ in over))
        yield Piece(harmless(text.value[start:end]), numbers, gravest)
