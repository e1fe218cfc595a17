"""Documents and their findings kept between runs, so that an unchanged file is not read and judged again.

An entry is named by the file's content, by how it is read and judged and by the program itself, its
packs of rules among it; what does not fit, or is damaged, is as if it were not there. Nothing in an
entry can run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from checker import __version__
from checker.beside import write_whole
from checker.document import Document
from checker.packed import Unreadable, pack, unpack
from checker.packed_findings import Found, pack_findings, unpack_findings
from checker.result import Result

VARIABLE = "CHECKER_CACHE_DIR"
"""The environment variable that names another folder."""
MOST_BYTES = 200_000_000
_DOCUMENT, _FINDINGS = ".document", ".findings"
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
        data = self._read(self._file(content, how, _DOCUMENT))
        try:
            return None if data is None else unpack(data, str(path))
        except Unreadable:
            return None

    def store(self, content: str, how: str, document: Document) -> None:
        """Keep a document, and drop those that were not used for longest when there are too many."""
        if not document.problems:  # else the next run may read more: with more time, or with the extra for scans
            self._write(self._file(content, how, _DOCUMENT), pack(document))

    def load_findings(self, document: Document, how: str) -> Found | None:
        """What was found in a document when it was judged so."""
        data = self._read(self._file(document.sha256, how, _FINDINGS))
        try:
            return None if data is None else unpack_findings(data, document)
        except Unreadable:
            return None

    def store_findings(self, result: Result, how: str) -> None:
        """Keep what was found, if the tool came to its end."""
        if not result.problems and (data := pack_findings(result)) is not None:
            self._write(self._file(result.document.sha256, how, _FINDINGS), data)

    def _read(self, file: Path) -> bytes | None:
        try:
            data = file.read_bytes()
            os.utime(file)  # the entries used last stay longest
        except OSError:
            return None
        return data[_DIGEST:] if sha256(data[_DIGEST:]).digest() == data[:_DIGEST] else None

    def _write(self, file: Path, data: bytes) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(file, sha256(data).digest() + data, private=True)
            self._shrink()
        except OSError:
            return

    def _file(self, content: str, how: str, ending: str) -> Path:
        key = "\n".join((content, how, __version__, _program()))
        return self.folder / (sha256(key.encode()).hexdigest() + ending)

    def _shrink(self) -> None:
        known = [(file.stat(), file) for ending in (_DOCUMENT, _FINDINGS) for file in self.folder.glob(f"*{ending}")]
        room = self.most_bytes
        for state, file in sorted(known, key=lambda one: one[0].st_mtime, reverse=True):
            room -= state.st_size
            if room < 0:
                file.unlink(missing_ok=True)


@cache
def _program() -> str:
    """What tells one state of the program and its packs from another while versions stay the same."""
    states = sorted(state for folder in (Path(__file__).parent, *_packs()) for state in _states(folder))
    return sha256(repr(states).encode()).hexdigest()


def _packs() -> Iterator[Path]:
    """Where the packs of rules lie; they are not loaded."""
    for entry in entry_points(group="checker.rules"):
        spec = find_spec(entry.module.partition(".")[0])
        if spec is not None and spec.origin is not None:
            origin = Path(spec.origin)
            yield origin.parent if spec.submodule_search_locations else origin


def _states(path: Path) -> Iterator[tuple[str, int, int]]:
    """Size and time of each module and each file of knowledge."""
    found = os.scandir(path) if path.is_dir() else [path]
    for one in found:
        if one.is_dir():
            yield from _states(Path(one))
        elif one.name.endswith((".py", ".toml")):
            state = one.stat()
            yield str(Path(one)), state.st_size, state.st_mtime_ns
