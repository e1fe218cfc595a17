"""What the formats for CI share: paths as code hosts write them, and a finding in one line."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from checker.finding import Finding
from checker.reports.wording import LABELS, harmless


def relative_path(path: str) -> str:
    """A report's path from the folder that the tool runs in, with slashes; the whole path outside of it."""
    whole, here = Path(path).resolve(), Path.cwd()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else whole.as_posix()


def relative_uri(path: str) -> str:
    """The same as a URI."""
    relative = relative_path(path)
    return f"file://{quote(relative)}" if relative.startswith("/") else quote(relative)


def one_line(finding: Finding, language: str) -> str:
    """The message; before it the page, or the section of a form without pages, where it has no line."""
    first = finding.evidence[0]
    where = LABELS[language]["page"].format(first.page) if first.page is not None else first.section
    said = finding.message.say(language) if first.line is not None else f"{where}  {finding.message.say(language)}"
    return " ".join(harmless(said).split())
