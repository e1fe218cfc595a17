"""How much a reader takes on before it stops and says so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What no report of people reaches, and a broken or hostile file would not end at.

    A page beyond one is left out and named (``limit-reached``); a file beyond one is refused
    with a sentence. The values are handed to the readers, never looked up.

    ``file_bytes``: size of a file. ``pages``: pages read of a PDF, the rest is named.
    ``page_seconds``, ``file_seconds``: wall time for a page and for a whole file.
    ``page_characters``, ``page_rules``: characters and ruled lines on a page.
    ``page_bytes``: the size of a page's unpacked drawing instructions.
    ``memory_bytes``: address space of the process that reads; 0 for no limit.
    """

    file_bytes: int = 300_000_000
    pages: int = 3000
    page_seconds: float = 20.0
    file_seconds: float = 600.0
    page_characters: int = 60_000
    page_rules: int = 60_000
    page_bytes: int = 60_000_000
    memory_bytes: int = 2_000_000_000


DEFAULT_LIMITS = Limits()
