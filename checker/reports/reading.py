"""What was read of a report, so that a misreading is seen at once: as Markdown, and each table as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from checker.document import Block, Document, Heading, Table, Text
from checker.extract.patterns import Pattern

COVERED = "^"
"""Stands in a place that a merged cell above or to the left covers."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "page": "第 {} 页",
        "line": "第 {} 行",
        "nameless": "（无表题）",
        "size": "{} 行 {} 列",
        "row": "行",
        "head": "{} 表头",
        "damaged": "{} 错位",
        "note": "第 {} 行各格与列不符，其中的合计不作判断",
        "problem": "未读取",
        "end": "–",
    },
    "en": {
        "page": "page {}",
        "line": "line {}",
        "nameless": "(no caption)",
        "size": "{} rows, {} columns",
        "row": "row",
        "head": "{} header",
        "damaged": "{} out of line",
        "note": "row {}: its cells do not fit the columns, and no sum over them is judged",
        "problem": "not read",
        "end": "–",
    },
}

# What Markdown would take for a mark of its own at the start of a line.
_MARK = Pattern(r"^(\s*)([#>|+*-]|\d+\.(?=\s))")


def show_document(document: Document, language: str) -> Iterator[str]:
    """The document as Markdown: headings, paragraphs, tables, the page where it begins."""
    words = WORDS[language]
    if document.title:
        yield f"<!-- {_uncommented(document.title)} -->\n"
    page = None
    for block in document.blocks:
        here = _texts(block)[0].locate().page if _texts(block) else None
        if here not in (None, page):
            page = here
            yield f"<!-- {words['page'].format(page)} -->\n"
        if isinstance(block, Heading):
            yield f"{'#' * min(6, document.sections[block.section].level)} {block.text.value}\n"
        elif isinstance(block, Table):
            yield "\n".join(_pipe_table(block)) + "\n"
            yield from (f"*{words['note'].format(row + 1)}*\n" for row in sorted(block.damaged))
        elif block.kind == "unread":
            yield f"```text\n{block.text.value.rstrip()}\n```\n"
        else:
            yield _MARK.sub(r"\1\\\2", block.text.value) + "\n"
    yield from (f"> {line}" for line in _problems(document, language))


def _uncommented(text: str) -> str:
    return text.replace("--", "- -")


def _texts(block: Block) -> list[Text]:
    """The texts of a block that stand somewhere."""
    if isinstance(block, Table):
        return [cell.text for row in block.rows for cell in row if cell.value]
    return [block.text]


def _pipe_table(table: Table) -> Iterator[str]:
    """A table under one line of names: where the header has several rows they are joined, as the checks take them."""
    yield _row(table.header)
    yield "|" + " --- |" * table.width
    for row in table.body:
        yield _row(COVERED if cell.covered else cell.value for cell in row)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", "<br>") for cell in cells) + " |"


def show_tables(document: Document, language: str) -> Iterator[str]:
    """Each table as CSV under a line with its name and place; rows are numbered as findings number them."""
    words = WORDS[language]
    for table in document.tables:
        yield "# " + " · ".join(filter(None, _facts(table, words)))
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow([words["row"], *range(1, table.width + 1)])
        for at, row in enumerate(table.rows):
            kind = "head" if at < table.header_rows else "damaged" if at in table.damaged else ""
            number = words[kind].format(at + 1) if kind else str(at + 1)
            writer.writerow([number, *(COVERED if cell.covered else cell.value for cell in row)])
        yield buffer.getvalue()
    yield from (f"# {line}" for line in _problems(document, language))


def _facts(table: Table, words: Mapping[str, str]) -> Iterator[str]:
    yield table.name or words["nameless"]
    places = [text.locate() for text in _texts(table)]
    for name, numbers in (("page", [p.page for p in places]), ("line", [p.line for p in places])):
        known = [number for number in numbers if number is not None]
        if known:
            ends = dict.fromkeys((min(known), max(known)))
            yield words[name].format(words["end"].join(map(str, ends)))
    yield table.unit.value.strip() if table.unit else ""
    yield words["size"].format(len(table.rows), table.width)


def _problems(document: Document, language: str) -> Iterator[str]:
    for problem in document.problems:
        yield f"{WORDS[language]['problem']}: {problem.where}: {problem.message}"
