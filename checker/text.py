"""Texts whose characters know where they stand: the page and box, the line, or the paragraph of a Word file.

Coordinates of a page are floats; they are places, not numbers of the document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from checker.boxes import NO_BOXES, Box, Boxes

__all__ = ["ALL_SURE", "Box", "Location", "Run", "Source", "Text"]

ALL_SURE: frozenset[int] = frozenset()
"""No doubtful characters. One for all: each new empty set would be larger than the run that has it."""

_START = attrgetter("start")


class Location(Struct, frozen=True, gc=False):
    """Where something stands: page and box in a PDF, line (from 1) in a text or Markdown file."""

    page: int | None = None
    line: int | None = None
    box: Box | None = None


class Source(NamedTuple):
    """Where in a Word document a stretch begins, so that a comment can be put on it.

    ``paragraph`` counts all paragraphs of the document's body, those in cells and text boxes
    among them; ``offset`` counts the characters of it that a reader sees, None for characters
    that are not written in it: an automatic number, a footnote.
    """

    paragraph: int
    offset: int | None = None

    def after(self, count: int) -> Source:
        """The source of the character that stands ``count`` further on."""
        return self if self.offset is None else Source(self.paragraph, self.offset + count)


class Run(Struct, frozen=True, gc=False):
    """A stretch of a text that stands on one line of the source.

    ``start`` is the offset of its first character. ``boxes`` has one box a character for forms
    with pages and is empty for others. ``source`` is set for Word documents only. ``unsure`` has
    the places, counted from the run's start, of characters that were read from a picture and may
    be others.
    """

    start: int
    page: int | None = None
    line: int | None = None
    boxes: Boxes = NO_BOXES
    source: Source | None = None
    unsure: frozenset[int] = ALL_SURE


class Text(Struct, frozen=True, gc=False):
    """Characters in reading order, with the place of each."""

    value: str
    runs: tuple[Run, ...] = ()

    def __str__(self) -> str:
        return self.value

    def __len__(self) -> int:
        return len(self.value)

    def locate(self, start: int = 0, end: int | None = None) -> Location:
        """The place of the characters from ``start`` to ``end``.

        The box covers the characters that stand on the line of the first one.
        """
        if not self.runs:
            return Location()
        index = max(0, bisect_right(self.runs, start, key=_START) - 1)
        run = self.runs[index]
        limit = self.runs[index + 1].start if index + 1 < len(self.runs) else len(self.value)
        stop = min(limit, len(self.value) if end is None else max(end, start + 1))
        boxes = run.boxes[max(0, start - run.start) : stop - run.start]
        return Location(run.page, run.line, boxes.around())

    def lines(self, start: int, end: int) -> Iterator[Location]:
        """The place of the characters from ``start`` to ``end`` on each line that they run over."""
        for line_start, limit in pairwise((*map(_START, self.runs), len(self.value))):
            first, last = max(start, line_start), min(end, limit)
            if self.value[first:last].strip():
                yield self.locate(first, last)

    def sources(self, start: int, end: int) -> Iterator[tuple[Source, int]]:
        """Where the characters from ``start`` to ``end`` come from: each stretch and its length."""
        for run, limit in zip(self.runs, (*map(_START, self.runs[1:]), len(self.value)), strict=True):
            first, last = max(start, run.start), min(end, limit)
            if run.source and first < last:
                yield run.source.after(first - run.start), last - first

    def is_unsure(self, start: int, end: int) -> bool:
        """Whether any of the characters from ``start`` to ``end`` may be another than was read."""
        return any(start <= run.start + at < end for run in self.runs for at in run.unsure)

    def cut(self, start: int, end: int) -> Text:
        """The part from ``start`` to ``end``, places kept."""
        runs = []
        for index in range(max(0, bisect_right(self.runs, start, key=_START) - 1), len(self.runs)):
            run = self.runs[index]
            limit = self.runs[index + 1].start if index + 1 < len(self.runs) else len(self.value)
            if run.start >= end:
                break
            if limit <= start:
                continue
            skip = max(0, start - run.start)
            stop = min(limit, end) - run.start
            boxes = run.boxes[skip:stop]
            source = run.source.after(skip) if run.source else None
            unsure = frozenset(at - skip for at in run.unsure if skip <= at < stop) if run.unsure else ALL_SURE
            runs.append(Run(max(0, run.start - start), run.page, run.line, boxes, source, unsure))
        return Text(self.value[start:end], tuple(runs))

    def without(self, places: Sequence[int]) -> Text:
        """The text but for the characters at these offsets, in order; a run stays one where its source allows that."""
        if any(run.source for run in self.runs):
            ends = [-1, *places, len(self.value)]
            return Text.concat(*(self.cut(one + 1, other) for one, other in pairwise(ends) if one + 1 < other))
        runs = []
        limits = (*map(_START, self.runs[1:]), len(self.value))
        for run, limit in zip(self.runs, limits, strict=True):
            first, last = bisect_left(places, run.start), bisect_left(places, limit)
            gone = {at - run.start for at in places[first:last]}
            boxes = run.boxes.without(gone) if gone and run.boxes else run.boxes
            unsure = frozenset(at - bisect_left(sorted(gone), at) for at in run.unsure - gone) or ALL_SURE
            runs.append(Run(run.start - first, run.page, run.line, boxes, None, unsure))
        dropped = set(places)
        return Text("".join(char for at, char in enumerate(self.value) if at not in dropped), tuple(runs))

    def strip(self) -> Text:
        """Without white space at both ends."""
        value = self.value
        start = len(value) - len(value.lstrip())
        return self if len(value.strip()) == len(value) else self.cut(start, start + len(value.strip()))

    @staticmethod
    def concat(*parts: Text) -> Text:
        """One text after the other, nothing between."""
        runs: list[Run] = []
        offset = 0
        for part in parts:
            runs += [
                Run(run.start + offset, run.page, run.line, run.boxes, run.source, run.unsure) for run in part.runs
            ]
            offset += len(part.value)
        return Text("".join(part.value for part in parts), tuple(runs))

    @staticmethod
    def of(value: str, *, line: int | None = None, page: int | None = None) -> Text:
        """A text that stands on one line; for readers of plain text and for tests."""
        return Text(value, (Run(0, page, line),))
