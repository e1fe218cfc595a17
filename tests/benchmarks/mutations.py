"""What a single wrong figure does: python tests/benchmarks/mutations.py [--count 200] [--seed 1] [REPORT ...]

Of the figures that a passed check of a clean report covers, some are changed at random, one at a
time: one digit, the unit (元 for 万元) or the sign. Prints how many of these faults a finding points
to, and for how many of them the first cause named is the changed figure. The clean reports of the
fixtures by default.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from checker.diagnose import Anchor, anchor_of
from checker.document import Cell, Document, Run, Table, Text
from checker.engine import check_document
from checker.extract.figures import find_figures
from checker.figure import Figure
from checker.finding import Finding
from checker.readers import read
from checker.result import Result
from checker.rule import installed_rules
from checker.verdict import Verdict

REPORTS = sorted((Path(__file__).parent.parent.parent / "fixtures" / "reports").glob("*/clean.txt"))
FOUND, NAMED = 80, 60
"""Per cent of the changed figures that should be found, and of these named as the first cause."""
SCALES = {
    "万元": ("元", "亿元"),
    "亿元": ("万元",),
    "元": ("万元",),
    "公里": ("米",),
    "%": ("‰",),
    "万人": ("人",),
    "万亩": ("亩",),
}
RULES = installed_rules()


@dataclass(frozen=True)
class Change:
    """A figure and what is written in its place."""

    figure: Figure
    kind: str
    written: str


def covered(document: Document, result: Result) -> list[Figure]:
    """The figures that passed checks rest on, in reading order."""
    spots = {evidence.anchor for check in result.checks if check.verdict is Verdict.PASS for evidence in check.evidence}
    figures = {anchor_of(figure): figure for figure in find_figures(document).figures}
    return [figures[spot] for spot in sorted(spots & figures.keys())]


def change(figure: Figure, rng: random.Random) -> Change | None:
    """One random slip in a figure; None where it cannot be made (a unit that has no other scale)."""
    raw = figure.raw
    kind = rng.choice(["digit", "digit", "unit", "sign"])
    if kind == "digit":
        digits = [index for index, char in enumerate(raw) if char in "0123456789"]
        if not digits:
            return None
        at = rng.choice(digits)
        choices = [digit for digit in "0123456789" if digit != raw[at] and not (at == digits[0] and digit == "0")]
        return Change(figure, kind, raw[:at] + rng.choice(choices) + raw[at + 1 :])
    if kind == "sign":
        return Change(figure, kind, raw[1:] if raw[0] in "-−－" else "-" + raw) if raw[0].isdigit() else None
    unit = figure.quantity.unit.name
    if unit not in SCALES or not raw.endswith(unit):
        return None
    return Change(figure, kind, raw[: -len(unit)] + rng.choice(SCALES[unit]))


def changed(document: Document, one: Change) -> Document:
    """The document with the figure written otherwise."""
    place, figure = one.figure.place, one.figure
    block = document.blocks[place.block]
    text = rewritten(figure.text, figure.start, figure.end, one.written)
    if isinstance(block, Table):
        rows = [list(row) for row in block.rows]
        old = rows[place.row or 0][place.column or 0]
        rows[place.row or 0][place.column or 0] = Cell(old.row, old.column, text)
        new = replace(block, rows=tuple(tuple(row) for row in rows))
    else:
        new = replace(block, text=text)
    return replace(document, blocks=(*document.blocks[: place.block], new, *document.blocks[place.block + 1 :]))


def rewritten(text: Text, start: int, end: int, written: str) -> Text:
    """A text with a stretch replaced, the places of the rest kept."""
    shift = len(written) - (end - start)
    runs = tuple(Run(run.start + (shift if run.start >= end else 0), run.page, run.line) for run in text.runs)
    return Text(text.value[:start] + written + text.value[end:], runs)


def is_changed(spot: Anchor, one: Change) -> bool:
    """Whether a place is that of the changed figure; a sign may have moved its start."""
    place = anchor_of(one.figure)
    return spot[:3] == place[:3] and abs(spot[3] - place[3]) < 2


def points_to(finding: Finding, one: Change) -> bool:
    """Whether a finding rests on the changed figure."""
    return any(is_changed(evidence.anchor, one) for evidence in finding.evidence)


def names(finding: Finding, one: Change) -> bool:
    """Whether the first cause that a finding names is the changed figure."""
    return bool(finding.causes) and is_changed(finding.causes[0], one)


def main() -> None:
    """Print both shares for each report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="*", type=Path, default=REPORTS)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="list what is not found, or blamed on another figure")
    options = parser.parse_args()
    for path in options.reports:
        measure(path, options.count, random.Random(options.seed), missed=options.missed)


def measure(path: Path, count: int, rng: random.Random, *, missed: bool) -> None:
    """Change ``count`` figures of a report, one at a time, and print what came of it."""
    document = read(path)
    clean = check_document(document, RULES)
    known = {finding.fingerprint for finding in clean.findings}
    figures = covered(document, clean)
    made, found, named = Counter[str](), Counter[str](), Counter[str]()
    while made.total() < count:
        one = change(rng.choice(figures), rng)
        if one is None:
            continue
        findings = [f for f in check_document(changed(document, one), RULES).findings if f.fingerprint not in known]
        hit = any(points_to(finding, one) for finding in findings)
        right = hit and names(findings[0], one)
        made[one.kind] += 1
        found[one.kind] += hit
        named[one.kind] += right
        if missed and not right:
            print(told(one, findings, clean, hit=hit))
    print(f"{path.parent.name}/{path.name}: {len(figures)} figures covered, {count} changed")
    for kind in sorted(made):
        print(shares(kind, made[kind], found[kind], named[kind]))
    print(shares("all", made.total(), found.total(), named.total()))
    print(f"  limits: {FOUND}% found, {NAMED}% of these named")


def shares(kind: str, made: int, found: int, named: int) -> str:
    """A line of the table."""
    right = f"named as the first cause {named}/{found} = {named / found:.0%}" if found else ""
    return f"  {kind:6} found {found}/{made} = {found / made:.0%}; {right}"


def told(one: Change, findings: list[Finding], clean: Result, *, hit: bool) -> str:
    """A change that was missed, or blamed on another figure, with the rules that cover the figure."""
    figure = one.figure
    rules = sorted({c.rule for c in clean.checks if c.verdict is Verdict.PASS and points_to(c, one)})
    said = "; ".join(f"{f.rule} {f.message.say('zh')[:60]}" for f in findings[:2])
    near = figure.text.value[max(0, figure.start - 18) : figure.start]
    return f"  {'blamed' if hit else 'missed'} {one.kind} {near}{figure.raw} → {one.written} {rules} {said}"


if __name__ == "__main__":
    main()
