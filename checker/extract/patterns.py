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
    def _compiled(self) -> regex.Pattern[str]:
        return compiled(*self._source)

    # The arguments of ``regex`` are given by place: to pass them by name takes as long as to search a short text.

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match]:
        """All matches from left to right."""
        try:
            yield from self._compiled.finditer(text, start, end, _NO, _NO, _NO, SECONDS if len(text) > SHORT else None)
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error

    def findall(self, text: str) -> list[str]:
        """The words of all matches; for a pattern without groups."""
        try:
            return self._compiled.findall(text, None, None, _NO, _NO, SECONDS if len(text) > SHORT else None)
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error

    def search(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        """The first match, or None."""
        try:
            return self._compiled.search(text, start, end, _NO, _NO, SECONDS if len(text) > SHORT else None)
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error

    def match(self, text: str, start: int = 0) -> Match | None:
        """A match that begins at ``start``, or None."""
        try:
            return self._compiled.match(text, start, None, _NO, _NO, SECONDS if len(text) > SHORT else None)
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error

    def fullmatch(self, text: str) -> Match | None:
        """A match of the whole text, or None."""
        try:
            return self._compiled.fullmatch(text, None, None, _NO, _NO, SECONDS if len(text) > SHORT else None)
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error

    def sub(self, replacement: str | Callable[[Match], str], text: str) -> str:
        """The text with each match replaced."""
        try:
            return self._compiled.sub(replacement, text, 0, None, None, _NO, SECONDS if len(text) > SHORT else None)
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error

    def split(self, text: str) -> list[str]:
        """The text cut at each match."""
        try:
            return list(self._compiled.split(text, 0, _NO, SECONDS if len(text) > SHORT else None))
        except TimeoutError as error:
            raise PatternTimeout(text[:40]) from error


VERBOSE = regex.VERBOSE
