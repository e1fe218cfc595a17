"""How much of a report the PDF reader gets right, against the document that the PDFs were made from.

python tests/benchmarks/pdf_accuracy.py            # every rendering beside the checkout
python tests/benchmarks/pdf_accuracy.py FILE...    # these renderings; --wrong lists what differs

Texts are compared without white space and with full-width ASCII folded. Cells are compared by
their place in the whole table, so a row too many spoils all rows below it.
"""

import argparse
import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from checker.document import Document, Heading, Table
from checker.readers import read

SHARED = Path(__file__).parents[3] / "shared"
GOLD = SHARED / "gold" / "qingyunpu-document.json"
RENDERINGS = "qingyunpu*.pdf"
FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
GOALS = {"grid": 0.98, "numeric": 1.0, "headings": 1.0}
HARDER = {"grid": 0.95, "numeric": 0.99, "headings": 0.99}
HARD = ("rlcid", "3line")

Cells = list[list[str]]
Pair = tuple[str, str]


def key(text: str) -> str:
    """A text as it is compared."""
    return "".join(text.split()).translate(FOLDED)


def gold_tables(gold: list[dict[str, Any]]) -> list[Cells]:
    """The cells of the true tables, covered ones empty."""
    return [[[key(cell) for cell in row] for row in block["rows"]] for block in gold if block["t"] == "table"]


def read_cells(table: Table) -> Cells:
    """The cells of a table as read."""
    return [[key(cell.value) for cell in row] for row in table.rows]


def likeness(one: Cells, other: Cells) -> int:
    """How many texts two tables share, wherever they stand."""
    return len({cell for row in one for cell in row} & {cell for row in other for cell in row})


def compared(true: Cells, read: Cells) -> Iterator[Pair]:
    """(true, read) for every place that either has; a place that one lacks holds None's mark."""
    for at in range(max(len(true), len(read))):
        left, right = (rows[at] if at < len(rows) else [] for rows in (true, read))
        for column in range(max(len(left), len(right))):
            yield tuple(row[column] if column < len(row) else "(none)" for row in (left, right))  # type: ignore[misc]


def cell_pairs(gold: list[dict[str, Any]], document: Document) -> list[Pair]:
    """Each true table beside the one read that is most like it."""
    tables = [read_cells(table) for table in document.tables]
    pairs: list[Pair] = []
    for true in gold_tables(gold):
        best = max(tables, key=lambda table: likeness(true, table), default=[])
        pairs += compared(true, best)
    return pairs


def heading_pairs(gold: list[dict[str, Any]], document: Document) -> list[Pair]:
    """True headings beside those read, in their order; "" where one has no counterpart."""
    true = [key(block["text"]) for block in gold if block["t"] in ("h1", "h2", "h3", "h4")]
    found = [key(block.text.value) for block in document.blocks if isinstance(block, Heading)]
    pairs: list[Pair] = []
    for kind, i, j, m, n in SequenceMatcher(None, true, found, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs += zip(true[i:j], found[m:n], strict=True)
        else:
            pairs += [(text, "") for text in true[i:j]] + [("", text) for text in found[m:n]]
    return pairs


def is_number(text: str) -> bool:
    """Whether a cell holds one number."""
    return text.replace(",", "").replace(".", "", 1).isdigit()


def share(pairs: list[Pair]) -> float:
    """How many of the pairs agree."""
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else 0.0


def measured(gold: list[dict[str, Any]], path: Path, *, wrong: bool = False) -> dict[str, float]:
    """The three shares for one rendering."""
    document = read(path)
    cells = cell_pairs(gold, document)
    parts = {
        "grid": cells,
        "numeric": [pair for pair in cells if is_number(pair[0])],
        "headings": heading_pairs(gold, document),
    }
    for name, pairs in parts.items() if wrong else ():
        for one, other in pairs:
            if one != other:
                print(f"  {name}: {one!r} read as {other!r}")
    for problem in document.problems:
        print(f"  {problem.kind} {problem.where}: {problem.message}")
    return {name: share(pairs) for name, pairs in parts.items()}


def main() -> None:
    """Print the shares of each rendering and whether they reach the goals."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list every cell and heading that differs")
    options = parser.parse_args()
    gold = json.loads(GOLD.read_text("utf-8"))
    for path in options.files or sorted((SHARED / "reports").glob(RENDERINGS)):
        goals = HARDER if any(mark in path.stem for mark in HARD) else GOALS
        shares = measured(gold, path, wrong=options.wrong)
        told = "  ".join(f"{name} {value:.4f}{'' if value >= goals[name] else ' <'}" for name, value in shares.items())
        print(f"{path.name:32} {told}")


if __name__ == "__main__":
    main()
