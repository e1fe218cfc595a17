"""The clause model: for each figure of a passage what it measures, when, and what it is compared with.

A passage is cut at the marks of clauses, sentences and brackets in one pass. Figures in a bracket
are read apart from those around it, so that 预算 31.1 亿元（含高新区 10.1 亿元） states one budget. What
a figure means comes from its own clause; a clause that names nothing goes on about the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from checker.extract.clauses import CLOSING, OPENING
from checker.extract.figures import Passage, Reading
from checker.extract.leads import Kind, Lead, period_in, plain, read_lead, title_of
from checker.extract.patterns import Pattern
from checker.figure import Figure

LONGEST_LEAD = 80
"""No figure is described by more words than these, in one clause."""
LONGEST_BETWEEN = 160
TAIL = 6

_MARKS = Pattern(r"[，,；;：:。！？\n（()）【】\[\]〔〕]|其中")
_LISTS = frozenset("：:")
_SENTENCE, _SEGMENT = frozenset("。！？\n"), frozenset("；;")
_SIGNS = frozenset("=＝≈÷/／×*+＋")
_TAKEN = Pattern(r"^(?:的|相比|同比|增加|增长|上升|上涨|上调|提高|减少|下降|下滑|下调|降低|回落|高|低|多|少)")
_TIMES = frozenset({"年", "月", "天"})
_COUNTED = Pattern(r"[^，,。；;：:、（）()\d]{1,8}")
_CUT = Pattern(r"[，,；;：:]")


class Measured(Struct, frozen=True):
    """A figure with its place in the clauses of its passage.

    ``sentence`` and ``segment`` count from 0 in the passage; a segment ends at a semicolon and at
    其中. ``depth`` is 0 outside brackets; ``group`` numbers the bracket it stands in. ``between`` holds
    the clauses without a figure that stand before its own clause, back to the figure before it.
    """

    figure: Figure
    lead: Lead
    words: str
    between: str
    sentence: int
    segment: int
    group: int
    depth: int
    after_list_mark: bool

    @property
    def kind(self) -> Kind:
        """What the figure is in its clause."""
        return self.lead.kind

    @property
    def base(self) -> str:
        """The base of its unit; percentage points are compared with rates."""
        base = self.figure.quantity.unit.base
        return "%" if base == "百分点" else base

    @property
    def title(self) -> str:
        """Its measure for a message, period kept (全年预算); else the figure itself."""
        return title_of(self.words) or self.figure.raw

    @property
    def based_kind(self) -> str:
        """The kind of its unit."""
        return self.figure.quantity.unit.kind

    @property
    def counted(self) -> str:
        """The words right behind a number of things, up to a mark: 128 个项目. "" for another figure."""
        match = _COUNTED.match(self.figure.text.value, self.figure.end) if self.based_kind == "count" else None
        return match.group() if match else ""


class _Level(Struct):
    """The state of the walk at one depth of brackets."""

    group: int
    clause: int
    before: int
    listed: bool = False
    counted: int = -1


class _Walk:
    """One pass over the marks and figures of a passage."""

    def __init__(self, passage: Passage) -> None:
        self.text = passage.text.value
        self.figures = passage.figures
        self.sentence = self.segment = self.groups = 0
        self.stack = [_Level(0, 0, 0)]
        self.pairs: dict[int, int] = {}

    def run(self) -> Iterator[Measured]:
        """Every figure in order."""
        marks = list(_MARKS.finditer(self.text))
        self.pairs = _pairs([(m.start(), m.group()) for m in marks])
        closers = set(self.pairs.values())
        at = 0
        for mark in marks:
            while at < len(self.figures) and self.figures[at].end <= mark.start():
                yield self._measure(self.figures[at])
                at += 1
            inside = at < len(self.figures) and self.figures[at].start < mark.start()
            if not inside:
                self._mark(mark.group(), mark.start(), closers)
        yield from (self._measure(figure) for figure in self.figures[at:])

    def _mark(self, mark: str, start: int, closers: set[int]) -> None:
        level = self.stack[-1]
        if start in self.pairs:
            self.groups += 1
            self.stack.append(_Level(self.groups, start + 1, start + 1))
        elif start in closers and len(self.stack) > 1:
            self.stack.pop()
        elif mark in OPENING or mark in CLOSING:
            return
        else:
            level.clause = start + len(mark)
            outside = len(self.stack) == 1
            if mark in _SENTENCE:
                self.sentence += outside
                level.before = level.clause
                level.listed = False
            level.listed = level.listed or mark == "其中" or (mark in _LISTS and self._has_total(level))
            self.segment += outside and (mark in _SENTENCE or mark in _SEGMENT or mark == "其中")

    def _has_total(self, level: _Level) -> bool:
        """Whether an amount of the sentence stands before a colon: then a list of its parts may follow."""
        return level.counted == self.sentence

    def _measure(self, figure: Figure) -> Measured:
        level, unit = self.stack[-1], figure.quantity.unit
        start = max(level.clause, level.before, figure.start - LONGEST_LEAD)
        words = plain(self.text[start : figure.start])
        first = max(level.before, start - LONGEST_BETWEEN)
        between = plain(self.text[first:start]).strip("，,；;：: ")
        measured = Measured(
            figure,
            self._lead(figure, words, between),
            words,
            between,
            self.sentence,
            self.segment,
            level.group,
            len(self.stack) - 1,
            level.listed,
        )
        if unit.base not in _TIMES or not self.text[figure.end : figure.end + 1].isdigit():  # 占三年 927 户次的 6.47 %
            level.before, level.counted = figure.end, self.sentence
        return measured

    def _behind(self, end: int) -> str:
        """What follows a figure, the bracket right behind it passed over."""
        closer = self.pairs.get(end)
        start = end if closer is None else closer + 1
        return self.text[start : start + TAIL].lstrip()

    def _lead(self, figure: Figure, words: str, between: str) -> Lead:
        behind = self._behind(figure.end)
        if words[-1:] in _SIGNS or behind[:1] in _SIGNS:
            return Lead(Kind.OPERAND, "", period_in(""))
        unit = figure.quantity.unit
        rate = unit.kind == "rate" or unit.base == "倍"
        lead = read_lead(words, is_rate=rate, is_points=unit.kind == "points", taken_of=bool(_TAKEN.match(behind)))
        if lead.period.year is None and not lead.period.prior and between:
            lead = _dated(lead, between)
        return lead


def _dated(lead: Lead, between: str) -> Lead:
    """2021年，提供岗位 308 个: the period stands in a clause of its own."""
    last = _CUT.split(between)[-1]
    period = period_in(last)
    if lead.kind is not Kind.LEVEL or lead.origin or len(last) > LONGEST_PERIOD or period.year is None:
        return lead
    return Lead(lead.kind, lead.measure, period, lead.reference, lead.reference_period, lead.sign, lead.word)


LONGEST_PERIOD = 8


def _pairs(marks: list[tuple[int, str]]) -> dict[int, int]:
    """The brackets that have a partner, opening to closing; the others count for nothing."""
    out: dict[int, int] = {}
    stack: list[int] = []
    for start, mark in marks:
        if mark in OPENING:
            stack.append(start)
        elif mark in CLOSING and stack:
            out[stack.pop()] = start
    return out


def measure(passage: Passage) -> tuple[Measured, ...]:
    """Every figure of a passage with its place in the clauses, in order."""
    return tuple(_Walk(passage).run())


class MeasuredPassage(Struct, frozen=True):
    """A passage and its figures as the clause model reads them."""

    passage: Passage
    figures: tuple[Measured, ...]


@lru_cache(maxsize=2)
def measured(reading: Reading) -> tuple[MeasuredPassage, ...]:
    """The prose of a document, measured once: several finders ask for the same reading."""
    return tuple(MeasuredPassage(p, measure(p)) for p in reading.prose if p.figures)
