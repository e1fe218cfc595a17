"""The review page: one self-contained HTML file, to be worked through in a browser without a network.

The template escapes whatever comes from the report, and the page's own policy lets a browser run
nothing but the script that is in it and load nothing at all.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from checker import __version__
from checker.document import Document
from checker.reports.ledger import chapters, checked_figures
from checker.reports.original import original_bytes
from checker.reports.page_images import PageImage, page_images
from checker.reports.page_view import Item, items_of, passages_of
from checker.reports.page_words import WORDS
from checker.reports.rules import reference
from checker.reports.score_table import PLACES, score_lines
from checker.reports.wording import harmless
from checker.result import Result
from checker.rule import installed_rules

if TYPE_CHECKING:
    from jinja2 import Template

SHORT_DOCUMENT = 12
"""A PDF of so many pages is shown whole; of a longer one the pages that findings rest on."""


def render(result: Result, language: str) -> bytes:
    """The page. Raises ``FormatError`` for a PDF that changed meanwhile."""
    words, document = WORDS[language], result.document
    items = items_of(result, language)
    images = _images(document, items)
    style, script = _part("page.css"), _part("page.js")
    page = _template().render(
        words=SimpleNamespace(**words),  # not a mapping, whose own methods a template sees first
        spoken=words,
        version=__version__,
        title=harmless(document.title) or Path(document.path).stem,
        file=harmless(Path(document.path).name),
        document=document,
        summary=result.summary,
        problems=[(p.where, harmless(p.message)) for p in result.problems],
        items=items,
        families=sorted({item.finding.rule[:3] for item in items}),
        rules=(rules := reference(installed_rules(), language)),
        rule_titles={rule.code: rule for rule in rules},
        images=images,
        marked=_marked(items),
        passages=passages_of(document, items) if document.kind != "pdf" else [],
        score_places=[phrase.say(language) for phrase in PLACES],
        scores=score_lines(result.reading),
        chapters=chapters(result, checked_figures(result), words["front"]),
        style=style,
        script=script,
        policy=_policy(style, script),
        waived=[_waiver(item) for item in items if item.state == "waived"],
    )
    return page.encode("utf-8", "replace")


def _images(document: Document, items: list[Item]) -> list[PageImage]:
    if document.kind != "pdf":
        return []
    data = original_bytes(document)
    wanted = {page for item in items if item.state != "pass" for spot in item.spots for page, _ in spot.boxes}
    if document.pages and document.pages <= SHORT_DOCUMENT:
        wanted = set(range(1, document.pages + 1))
    return list(page_images(data, wanted))


def _marked(items: list[Item]) -> dict[int, list[tuple[int, str, Any]]]:
    """By page: number, look and box of everything that is marked on it."""
    marks: dict[int, list[tuple[int, str, Any]]] = {}
    for item in items:
        for page, box in (place for spot in item.marked for place in spot.boxes):
            marks.setdefault(page, []).append((item.number, item.look, box))
    return marks


def _waiver(item: Item) -> dict[str, str | None]:
    waiver = item.finding.waiver
    assert waiver is not None
    return {
        "fingerprint": waiver.fingerprint,
        "reason": waiver.reason,
        "author": waiver.author,
        "expires": waiver.expires.isoformat() if waiver.expires else None,
        "report": waiver.report,
    }


def _policy(style: str, script: str) -> str:
    """What a browser may do with the page: show it, and run its own script."""
    return (
        f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()


@cache
def _part(name: str) -> str:
    return (files("checker") / "reports" / "page" / name).read_text("utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["raw"] = Markup  # for our own style and script only
    return environment.from_string(_part("page.html.j2"))
