"""Documents kept between runs, so that an unchanged file is not read again.

An entry is named by the file's content, by how it is read and by the program itself; what does
not fit, or is damaged, is as if it were not there. Nothing in an entry can run.
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from checker import __version__
from checker.document import Document
from checker.packed import Unreadable, pack, unpack

VARIABLE = "CHECKER_CACHE_DIR"
"""The environment variable that names another folder."""
MOST_BYTES = 200_000_000
_ENDING = ".document"
_DIGEST = 32


class Cache(Struct, frozen=True):
    """A folder of documents. Whatever cannot be read or written there is left alone in silence."""

    folder: Path
    most_bytes: int = MOST_BYTES

    @classmethod
    def of_user(cls) -> Cache:
        """The one in the user's folder for such things, or in that which ``VARIABLE`` names."""
        from platformdirs import user_cache_path

        named = os.environ.get(VARIABLE)
        return cls(Path(named) if named else user_cache_path("report-checker", appauthor=False))

    def load(self, content: str, how: str, path: Path) -> Document | None:
        """The document that a file of this content (SHA-256) was read as."""
        file = self._file(content, how)
        try:
            data = file.read_bytes()
            if sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
                return None
            document = unpack(data[_DIGEST:], str(path))
            os.utime(file)  # the entries used last stay longest
        except (OSError, *Unreadable):
            return None
        return document

    def store(self, content: str, how: str, document: Document) -> None:
        """Keep a document, and drop those that were not used for longest when there are too many."""
        if document.problems:
            return  # the next run may read more: with more time, or with the extra for scans
        data = pack(document)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                file.write(sha256(data).digest() + data)
            Path(name).replace(self._file(content, how))
            self._shrink()
        except OSError:
            return

    def _file(self, content: str, how: str) -> Path:
        key = "\n".join((content, how, __version__, _program()))
        return self.folder / (sha256(key.encode()).hexdigest() + _ENDING)

    def _shrink(self) -> None:
        known = [(file.stat(), file) for file in self.folder.glob(f"*{_ENDING}")]
        room = self.most_bytes
        for state, file in sorted(known, key=lambda one: one[0].st_mtime, reverse=True):
            room -= state.st_size
            if room < 0:
                file.unlink(missing_ok=True)


@cache
def _program() -> str:
    """What tells one state of the program from another while its version stays the same."""
    files = sorted(Path(__file__).parent.rglob("*.py")) + sorted(Path(__file__).parent.rglob("*.toml"))
    states = ((str(file), file.stat()) for file in files)
    return sha256(repr([(name, one.st_size, one.st_mtime_ns) for name, one in states]).encode()).hexdigest()
