"""What a run can be written as, and where each piece goes.

A format of the whole run is one text about all files (text, json, sarif, …): its module has
``render(results, language, *, everything) -> str``. A format of one document is a file beside
each report (html, pdf, …): its module has ``render(result, language) -> bytes``. Modules are
imported when they are asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from checker.verdict import Phrase


class Format(Struct, frozen=True):
    """One format. ``kinds`` are the kinds of document that a per-document format can be made from."""

    module: str
    per_document: bool = False
    kinds: frozenset[str] = frozenset({"text", "markdown", "pdf", "docx"})

    def load(self) -> ModuleType:
        """The module that renders it."""
        return import_module(self.module)


FORMATS: Mapping[str, Format] = {
    "text": Format("checker.reports.text"),
    "json": Format("checker.reports.json"),
    "docx": Format("checker.reports.docx", per_document=True, kinds=frozenset({"docx"})),
    "pdf": Format("checker.reports.pdf", per_document=True, kinds=frozenset({"pdf"})),
    "html": Format("checker.reports.html", per_document=True),
    "xlsx": Format("checker.reports.xlsx", per_document=True),
    "sarif": Format("checker.reports.sarif"),
    "junit": Format("checker.reports.junit"),
    "github": Format("checker.reports.github"),
    "gitlab": Format("checker.reports.gitlab"),
    "markdown": Format("checker.reports.markdown"),
    "statistics": Format("checker.reports.statistics"),
}
"""Every format by its name, which is also the ending of its files."""


class OutputError(ValueError):
    """Formats and paths that cannot all be served; the message is a sentence for people."""


class FormatError(Exception):
    """A document that cannot be written in a format, as a sentence in both languages."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.say("en"))
        self.zh, self.en = reason.say("zh"), reason.say("en")


class Target(Struct, frozen=True):
    """A format that was asked for; ``path`` is None for standard output or for a name made from the report's."""

    name: str
    path: Path | None = None

    @property
    def format(self) -> Format:
        """What is known of the format."""
        return FORMATS[self.name]


def read_targets(asked: Sequence[str], output: Path | None, files: Sequence[Path]) -> tuple[Target, ...]:
    """What to write, from values such as ``html`` and ``json=run.json``. Raises ``OutputError``."""
    targets = [Target(name, Path(path) if path else None) for name, _, path in (a.partition("=") for a in asked)]
    open_ends = [t for t in targets if t.path is None and (not t.format.per_document or len(targets) == 1)]
    if len(open_ends) > 1:
        names = " and ".join(target.name for target in open_ends)
        raise OutputError(
            f"{names} cannot both go to one place: give all but one a file, as in --format {open_ends[1].name}=run.txt"
        )
    if output is not None and not open_ends:
        raise OutputError("--output has no format left to write: each has its own file")
    targets = [Target(t.name, output) if t in open_ends else t for t in targets]
    named = [target.path.resolve() for target in targets if target.path]
    if any(target.path and target.format.per_document for target in targets) and len(files) > 1:
        raise OutputError("one file cannot hold the pages of several reports: use --output-dir")
    if len(set(named)) < len(named):
        raise OutputError("two formats cannot go to one file")
    if set(named) & {file.resolve() for file in files}:
        raise OutputError("a report would be overwritten: give another file to write")
    return tuple(targets)


def document_paths(files: Sequence[Path], name: str, folder: Path | None) -> dict[Path, Path]:
    """Where a per-document format of each report goes: NAME.checked.html beside it, or in a folder.

    Reports of one name keep their endings (NAME.pdf.checked.html). Raises ``OutputError`` when
    that does not tell them apart either.
    """
    short = {file: (folder or file.parent) / f"{file.stem}.checked.{name}" for file in files}
    taken = Counter(short.values())
    paths = {file: p if taken[p] == 1 else p.with_name(f"{file.name}.checked.{name}") for file, p in short.items()}
    twice = [path for path, times in Counter(paths.values()).items() if times > 1]
    if twice:
        raise OutputError(f"several reports would be written to {twice[0]}")
    return paths
