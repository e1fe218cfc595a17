"""How the time of the text and Markdown readers grows with hostile text.

python tests/benchmarks/readers.py
"""

import time
from collections.abc import Callable

from checker.readers.markdown import read_markdown
from checker.readers.text import read_text

TEXT = ("\t", "|", "<p>", "$\\frac{", "**", '"', "（", "1.", "- ", " ", ".", "…")
MARKDOWN = ("|", "| ", "\\|", "|-", "<table>", "<td>", "![](", "[a](http:", "<!--", "#", "`", "*", "$")
LENGTHS = (2_000, 20_000)
LIMIT = 15
"""Ten times the text may take so many times as long."""
NOISE = 0.05
"""Shorter times, in seconds, tell no growth."""


def seconds(read: Callable[[str], object], text: str) -> float:
    """The time of one reading."""
    started = time.perf_counter()
    read(text)
    return time.perf_counter() - started


def main() -> None:
    """Print the time and its growth for each piece."""
    forms = (("text", read_text, TEXT, "甲\t乙\n"), ("markdown", read_markdown, MARKDOWN, "| 甲 | 乙 |\n|---|---|\n"))
    for name, read, pieces, table in forms:
        for piece in pieces:
            short, long = (seconds(read, f"{table}{piece * n}\n" + f"{piece}\n" * (n // 10)) for n in LENGTHS)
            verdict = "ok" if long < NOISE or long / short <= LIMIT else "SUPER-LINEAR"
            print(f"  {long:8.3f} s  x{long / short:5.1f}  {name:9} {piece!r:14} {verdict}")


if __name__ == "__main__":
    main()
