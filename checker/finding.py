"""Findings: checks written out with their evidence, as reports print them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from unicodedata import is_normalized, normalize

from msgspec import Struct

from checker.document import Document, Location, Table
from checker.figure import Place
from checker.verdict import Check, Mention, Phrase, Role, Severity, Verdict

QUOTE_LIMIT = 200
WORDS_BEFORE = 12
SENTENCE_ENDS = "。！？；\n"


class Evidence(Struct, frozen=True, gc=False):
    """One place that a verdict rests on, with the path of its section and the name of its table.

    Not part of the JSON contract: ``mention`` is the stretch of the document itself, for formats that
    show it; ``anchor`` is its place as block, row, column and offset, for order and grouping.
    """

    mention: Mention
    section: str
    table: str | None

    @property
    def role(self) -> Role:
        """What it is to the check."""
        return self.mention.role

    @property
    def row(self) -> int | None:
        """The row of the table, from 1, header included."""
        row = self.mention.place.row
        return None if row is None else row + 1

    @property
    def column(self) -> int | None:
        """The column of the table, from 1."""
        column = self.mention.place.column
        return None if column is None else column + 1

    @property
    def anchor(self) -> tuple[int, int, int, int]:
        """The place as block, row, column (from 0) and offset."""
        place = self.mention.place
        return place.block, place.row or 0, place.column or 0, self.mention.start

    @property
    def _location(self) -> Location:
        return self.mention.text.locate(self.mention.start, self.mention.end)

    @property
    def quote(self) -> str:
        """The sentence around the words, at most 200 characters."""
        return quote(self.mention.text.value, self.mention.start, self.mention.end)

    @property
    def page(self) -> int | None:
        """The page of a form that has pages, from 1."""
        return self._location.page

    @property
    def line(self) -> int | None:
        """The line of a text or Markdown file, from 1."""
        return self._location.line

    @property
    def bbox(self) -> tuple[float, float, float, float] | None:
        """Left, top, right, bottom in points of a form that has pages."""
        box = self._location.box
        return (round(box.x0, 1), round(box.top, 1), round(box.x1, 1), round(box.bottom, 1)) if box else None

    @property
    def words(self) -> str:
        """The figure, or the other words that the verdict rests on, exactly as written."""
        return self.mention.text.value[self.mention.start : self.mention.end]


class Waiver(Struct, frozen=True):
    """A person's word that a finding may stand, in a file of waivers.

    It holds until the end of the day ``expires``, and only for reports whose file name fits ``report``.
    """

    fingerprint: str
    reason: str
    author: str
    expires: date | None = None
    report: str | None = None


class Finding(Struct, frozen=True):
    """A check that has been judged and written out; passed and open ones have the same shape.

    Not part of the JSON contract: ``calculation``, what was computed in figures as written, ``causes``,
    the anchors of the figures that may be wrong, the likeliest first, and ``waiver``, by which a
    finding stands among the waived ones of its result.
    """

    rule: str
    name: str
    severity: Severity
    verdict: Verdict
    message: Phrase
    stated: str | None
    computed: str | None
    evidence: tuple[Evidence, ...]
    because: Phrase
    suggestion: Phrase | None
    fingerprint: str
    related: tuple[str, ...] = ()
    waiver: Waiver | None = None
    calculation: str = ""
    causes: tuple[tuple[int, int, int, int], ...] = ()


def evidence_of(mention: Mention, document: Document) -> Evidence:
    """A mention written out: its quote, its place, the table and section it stands in."""
    block = document.blocks[mention.place.block]
    table = block.name or None if isinstance(block, Table) else None
    return Evidence(mention, document.sections[mention.place.section].path, table)


def quote(text: str, start: int, end: int) -> str:
    """The sentence around a stretch of text, at most 200 characters, the stretch among them."""
    left = max((text.rfind(mark, 0, start) for mark in SENTENCE_ENDS), default=-1) + 1
    ends = [text.find(mark, end) for mark in SENTENCE_ENDS]
    right = min((e + 1 for e in ends if e >= 0), default=len(text))
    if right - left > QUOTE_LIMIT:
        room = max(0, QUOTE_LIMIT - (end - start))
        left = max(left, start - room * 2 // 3)
        right = min(right, left + QUOTE_LIMIT)
    return text[left:right].strip()[:QUOTE_LIMIT]


class Fingerprints:
    """Names of the faults of one document that outlive new pages and unrelated edits.

    A name is made of the rule, the figures and the words beside them; places are left out, and so are
    blanks and the width of characters, in which a PDF and its Word document differ. The
    second equal fault of a document gets another name.
    """

    def __init__(self, document: Document) -> None:
        self._blocks = document.blocks
        self._seen: dict[str, int] = {}
        self._written: dict[tuple[str, int, int, Place], str] = {}  # many checks mention one figure

    def of(self, code: str, check: Check) -> str:
        """The name of the next fault that a rule of this code finds."""
        key = code + "".join(mention.role + self._with_surroundings(mention) for mention in check.mentions)
        count = self._seen[key] = self._seen.get(key, 0) + 1
        return f"{code}:{hashlib.sha256(f'{key}#{count}'.encode()).hexdigest()[:8]}"

    def _with_surroundings(self, mention: Mention) -> str:
        """What is mentioned, after the words before it and before the name of its row."""
        text, start, end, place = mention.text.value, mention.start, mention.end, mention.place
        known = text, start, end, place
        if known not in self._written:
            before = "".join(text[max(0, start - 3 * WORDS_BEFORE) : start].split())[-WORDS_BEFORE:]
            block = self._blocks[place.block]
            row = block.rows[place.row][0].value if place.row is not None and isinstance(block, Table) else ""
            written = "".join(f"|{before}|{text[start:end]}|{row}".split())
            self._written[known] = written if is_normalized("NFKC", written) else normalize("NFKC", written)
        return self._written[known]


def in_reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sorted by the place of the first evidence, then by code."""
    return sorted(findings, key=lambda f: (f.evidence[0].anchor, f.rule))
