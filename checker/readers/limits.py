"""How much a reader takes on before it stops and says so."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True):
    """What no report of people reaches, and a broken or hostile file would not end at.

    A page beyond one is left out and named (``limit-reached``); a file beyond one is refused
    with a sentence. The values are handed to the readers, never looked up.

    ``file_bytes``: size of a file. ``pages``: pages read of a PDF, the rest is named.
    ``page_seconds``, ``file_seconds``: wall time for a page and for a whole file.
    ``page_characters``, ``page_rules``: characters and ruled lines on a page.
    ``memory_bytes``: by how much reading may make the program grow.
    ``stream_bytes``: what any one packed stream of a PDF may unpack to, pictures and fonts apart, and
    any one part of a Word document; ``part_tags``: tags in such a part. ``table_cells``: places in all
    tables of a Word document.
    """

    file_bytes: int = 300_000_000
    pages: int = 3000
    page_seconds: float = 30.0
    file_seconds: float = 600.0
    page_characters: int = 60_000
    page_rules: int = 30_000
    stream_bytes: int = 64_000_000
    part_tags: int = 3_000_000
    table_cells: int = 500_000
    memory_bytes: int = 1_500_000_000


DEFAULT_LIMITS = Limits()


class OverLimit(Exception):
    """One of the limits is exceeded: its name in ``Limits``, and how much there is (0: not known)."""

    def __init__(self, name: str, found: int = 0) -> None:
        super().__init__(name)
        self.name = name
        self.found = found
