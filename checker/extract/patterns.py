"""Compiled patterns that cannot run away: every search carries a timeout.

A timeout means that the text is hostile or broken, not that it holds no match, so it is raised
as ``PatternTimeout`` and ends as a problem of the tool, never as silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TypeAlias

import regex  # noqa: TID251 (with compiled, the one place that may)

from checker.extract.compiled import compiled

SECONDS = 2
SHORT = 16
"""No pattern can run on in a text of so few characters: to look at the clock would take longer than the search."""

_NO = False  # neither overlapping nor partial matches, nor other threads meanwhile

Match: TypeAlias = "regex.Match[str]"


class PatternTimeout(Exception):
    """A pattern took longer than its limit on one text."""


class Pattern:
    """A compiled pattern; its methods are those of ``regex`` with a timeout set."""

    def __init__(self, source: str, flags: int = 0) -> None:
        """A pattern of this source; verbose ones pass ``VERBOSE``. It is compiled when first used."""
        self._source = source, flags

    @cached_property
    def _compiled(self) -> tuple[regex.Pattern[str], tuple[str, ...]]:
        return compiled(*self._source)

    def _for(self, text: str) -> regex.Pattern[str] | None:
        """The compiled pattern; None where the text holds none of the words that every match needs."""
        pattern, words = self._compiled
        if not words:
            return pattern
        for word in words:
            if word in text:
                return pattern
        return None

    # The arguments of ``regex`` are given by place: to pass them by name takes as long as to search a short text.

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match]:
        """All matches from left to right."""
        if (pattern := self._for(text)) is None:
            return
        try:
            yield from pattern.finditer(text, start, end, _NO, _NO, _NO, SECONDS if len(text) > SHORT else None)
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error

    def findall(self, text: str) -> list[str]:
        """The words of all matches; for a pattern without groups."""
        if (pattern := self._for(text)) is None:
            return []
        try:
            return pattern.findall(text, None, None, _NO, _NO, SECONDS if len(text) > SHORT else None)
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error

    def search(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        """The first match, or None."""
        if (pattern := self._for(text)) is None:
            return None
        try:
            return pattern.search(text, start, end, _NO, _NO, SECONDS if len(text) > SHORT else None)
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error

    def match(self, text: str, start: int = 0) -> Match | None:
        """A match that begins at ``start``, or None."""
        if (pattern := self._for(text)) is None:
            return None
        try:
            return pattern.match(text, start, None, _NO, _NO, SECONDS if len(text) > SHORT else None)
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error

    def fullmatch(self, text: str) -> Match | None:
        """A match of the whole text, or None."""
        if (pattern := self._for(text)) is None:
            return None
        try:
            return pattern.fullmatch(text, None, None, _NO, _NO, SECONDS if len(text) > SHORT else None)
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error

    def sub(self, replacement: str | Callable[[Match], str], text: str) -> str:
        """The text with each match replaced."""
        if (pattern := self._for(text)) is None:
            return text
        try:
            return pattern.sub(replacement, text, 0, None, None, _NO, SECONDS if len(text) > SHORT else None)
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error

    def split(self, text: str) -> list[str]:
        """The text cut at each match."""
        if (pattern := self._for(text)) is None:
            return [text]
        try:
            return list(pattern.split(text, 0, _NO, SECONDS if len(text) > SHORT else None))
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error


VERBOSE = regex.VERBOSE
