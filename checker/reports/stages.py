"""What each stage made of a document, printed: for tracing a wrong finding to the first wrong box."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping

from checker.document import Document, Heading, Table
from checker.engine import find_relations
from checker.extract.figures import find_figures
from checker.figure import Figure
from checker.quantity import Qualifier
from checker.reports.rubrics import show_rubrics
from checker.reports.score_table import score_lines


def show_document(document: Document) -> Iterator[str]:
    """The document as Markdown: headings, paragraphs, tables."""
    if document.title:
        yield f"<!-- {document.title} -->"
    for block in document.blocks:
        if isinstance(block, Heading):
            yield f"{'#' * min(6, document.sections[block.section].level)} {block.text.value}"
        elif isinstance(block, Table):
            yield from _pipe_table(block)
        else:
            yield block.text.value
        yield ""


def _pipe_table(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = (" ".join(cell.value.split()).replace("|", "\\|") or ("^" if cell.covered else "") for cell in row)
        yield "| " + " | ".join(cells) + " |"
        if row[0].row == max(0, table.header_rows - 1):
            yield "|" + " --- |" * table.width


def show_tables(document: Document) -> Iterator[str]:
    """Each table as CSV, its name and unit before it."""
    for table in document.tables:
        unit = f" · {table.unit.value.strip()}" if table.unit else ""
        damaged = f" · damaged rows {sorted(row + 1 for row in table.damaged)}" if table.damaged else ""
        yield f"# {table.name or '(no caption)'}{unit} · {len(table.rows)}x{table.width}{damaged}"
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows([cell.value for cell in row] for row in table.rows)
        yield buffer.getvalue()


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


def show_relations(document: Document) -> Iterator[str]:
    """Every relation: its kind, the figures it ties, and why it is believed."""
    for relation in find_relations(find_figures(document), []):
        quotes = " | ".join(m.text.value[m.start : m.end].strip()[:30] for m in relation.mentions[:12])
        yield f"{type(relation).__name__}\t{quotes}\t{relation.because.say('zh')}"


def show_scores(document: Document) -> Iterator[str]:
    """The score tree, one indicator a line, a column a place."""
    yield "\t".join(("path", "weight:table", "weight:score", "weight:text", "score:table", "score:text"))
    for line in score_lines(find_figures(document)):
        yield "\t".join(("/".join(line.path), *(figure.number if figure else "–" for figure in line.figures)))


STAGES: Mapping[str, Callable[[Document], Iterator[str]]] = {
    "document": show_document,
    "tables": show_tables,
    "figures": show_figures,
    "relations": show_relations,
    "scores": show_scores,
    "rubrics": show_rubrics,
}
