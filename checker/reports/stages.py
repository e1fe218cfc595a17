"""What each stage made of a document, printed: for tracing a wrong finding to the first wrong box."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from checker.document import Document
from checker.engine import find_relations
from checker.extract.figures import find_figures
from checker.figure import Figure
from checker.quantity import Qualifier
from checker.reports.reading import show_document, show_tables
from checker.reports.rubrics import show_rubrics
from checker.reports.score_table import score_lines


def show_figures(document: Document) -> Iterator[str]:
    """Every figure: its place, value, unit and the words it was read from."""
    for figure in find_figures(document).figures:
        yield "\t".join(_figure_fields(figure))


def _figure_fields(figure: Figure) -> tuple[str, ...]:
    place, quantity = figure.location, figure.quantity
    where = f"p{place.page}" if place.page is not None else f"l{place.line}"
    value = str(quantity.value) + (f"..{quantity.upper}" if quantity.upper is not None else "")
    qualifier = quantity.qualifier.value if quantity.qualifier is not Qualifier.NONE else ""
    return where, value, quantity.unit.name, qualifier, figure.raw


def show_relations(document: Document, language: str) -> Iterator[str]:
    """Every relation: its kind, the figures it ties, and why it is believed."""
    for relation in find_relations(find_figures(document), []):
        quotes = " | ".join(m.text.value[m.start : m.end].strip()[:30] for m in relation.mentions[:12])
        yield f"{type(relation).__name__}\t{quotes}\t{relation.because.say(language)}"


def show_scores(document: Document) -> Iterator[str]:
    """The score tree, one indicator a line, a column a place."""
    yield "\t".join(("path", "weight:table", "weight:score", "weight:text", "score:table", "score:text"))
    for line in score_lines(find_figures(document)):
        yield "\t".join(("/".join(line.path), *(figure.number if figure else "–" for figure in line.figures)))


STAGES: Mapping[str, Callable[[Document, str], Iterator[str]]] = {
    "document": show_document,
    "tables": show_tables,
    "figures": lambda document, _: show_figures(document),
    "relations": show_relations,
    "scores": lambda document, _: show_scores(document),
    "rubrics": lambda document, _: show_rubrics(document),
}
