"""The file that was checked, for formats that are made of it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from checker.document import Document
from checker.reports.formats import FormatError
from checker.verdict import Phrase

CHANGED = Phrase(
    "文件在检查之后已被改动，未能生成：请重新检查。",
    "the file has changed since it was checked, so nothing was written: check it again",
)


def original_bytes(document: Document) -> bytes:
    """The file's content. Raises ``FormatError`` where it is another one by now."""
    data = Path(document.path).read_bytes()
    if sha256(data).hexdigest() != document.sha256:
        raise FormatError(CHANGED)
    return data
