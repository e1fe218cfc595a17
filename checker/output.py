"""Writes what a run found, in every format that was asked for.

A file is whole or not there at all. What cannot be written is told in a sentence on standard
error; the rest is written all the same.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from msgspec import Struct

from checker.beside import write_whole
from checker.reports.formats import FormatError, Target, document_paths
from checker.reports.json import language_of
from checker.result import Result
from checker.verdict import Phrase

KINDS = {"text": "TXT", "markdown": "Markdown", "pdf": "PDF", "docx": "Word"}
WRONG_KIND = Phrase(
    "{name} 只能由 {kinds} 报告生成，这一份是 {kind}，已跳过。",
    "{name} can only be made of a {kinds} report, and this one is {kind}; it was left out.",
)
BROKEN = Phrase("{name} 未能生成（{error}）。", "{name} could not be made ({error}).")


class WrongKindError(FormatError):
    """A document of a kind that a format cannot be made from."""


class Output(Struct, frozen=True):
    """What to write and where; ``paths`` hold the file of each report for each per-document format."""

    targets: tuple[Target, ...]
    paths: dict[str, dict[Path, Path]]
    folder: Path | None

    @classmethod
    def of(cls, targets: tuple[Target, ...], files: Sequence[Path], folder: Path | None) -> Output:
        """The plan of a run. Raises ``OutputError`` where two reports would go to one file."""
        own = [t.name for t in targets if t.format.per_document and t.path is None]
        return cls(targets, {name: document_paths(files, name, folder) for name in own}, folder)

    def write(self, results: Sequence[Result], language: str | None, *, everything: bool) -> bool:
        """Write all formats; whether that worked."""
        done = [
            self._documents(results, target, language)
            if target.format.per_document
            else _whole_run(results, target, language, everything=everything)
            for target in self.targets
        ]
        return all(done)

    def _documents(self, results: Sequence[Result], target: Target, chosen: str | None) -> bool:
        """A file a report; whether all that can be written so were, and at least one can."""
        wrong = failed = 0
        for result in results:
            path = Path(result.document.path)
            language = language_of(result, chosen)
            try:
                content = _rendered(result, target, language)
            except FormatError as error:
                click.echo(f"{path}: {error.en if language == 'en' else error.zh}", err=True)
                wrong += isinstance(error, WrongKindError)
                failed += not isinstance(error, WrongKindError)
                continue
            failed += not self._put(target, path, content)
        return not failed and wrong < len(results)

    def _put(self, target: Target, report: Path, content: bytes) -> bool:
        """Write one file; its name is printed where we chose it and nothing else goes to standard output."""
        path = target.path or self.paths[target.name][report]
        saved = _save(path, content, self.folder)
        if saved and target.path is None and all(t.path or t.format.per_document for t in self.targets):
            click.echo(path)
        return saved


def _rendered(result: Result, target: Target, language: str) -> bytes:
    form, kind = target.format, result.document.kind
    if kind not in form.kinds:
        kinds = "、".join(KINDS[one] for one in KINDS if one in form.kinds)
        raise WrongKindError(WRONG_KIND.filled(name=target.name, kinds=kinds, kind=KINDS[kind]))
    try:
        content: bytes = form.load().render(result, language)
    except FormatError:
        raise
    except Exception as error:  # a crash of ours must not cost the other formats and files
        raise FormatError(BROKEN.filled(name=target.name, error=f"{type(error).__name__}: {error}")) from error
    return content


def _whole_run(results: Sequence[Result], target: Target, language: str | None, *, everything: bool) -> bool:
    module = target.format.load()
    if target.path is None and target.name == "text" and sys.stdout.isatty():
        from rich.console import Console

        Console(highlight=False, soft_wrap=True).print(module.styled(results, language, everything=everything), end="")
        return True
    content: str = module.render(results, language, everything=everything)
    if target.path is not None:
        return _save(target.path, content.encode())
    click.echo(content, nl=False)
    return True


def _save(path: Path, content: bytes, folder: Path | None = None) -> bool:
    """Replace a file at once, its folder made where it is ours; whether that worked."""
    try:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        click.echo(f"{path}: cannot be written: {error.strerror}", err=True)
        return False
    return True
