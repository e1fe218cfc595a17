"""How well scans are read: digits, confidence, time, and the findings against those of the PDF that was scanned.

python tests/benchmarks/ocr.py                      # the two fixture pages
python tests/benchmarks/ocr.py --report department  # the whole faulty report, scanned askew in a temporary file
python tests/benchmarks/ocr.py --report project --variant clean

Needs the extra ``ocr``. A digit is right when it stands in the same order as in the PDF's own text; "sure
and wrong" are digits that are not in the PDF and were read with confidence.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pikepdf

from checker.document import Document, Table, Text
from checker.engine import check_document
from checker.readers import read
from checker.result import Result
from checker.rule import installed_rules
from checker.verdict import Verdict

FIXTURES = Path(__file__).parents[2] / "fixtures"
sys.path.insert(0, str(FIXTURES))
from render_scan import PAGE, REPORT, VARIANTS, scan  # noqa: E402

Digit = tuple[str, bool]


def texts(document: Document) -> Iterator[Text]:
    """All texts in reading order."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row)
        else:
            yield block.text
    yield from (entry.text for entry in document.toc)


def digits(document: Document) -> list[Digit]:
    """All digits, and whether each was clearly read."""
    return [
        (sign, not text.is_unsure(at, at + 1))
        for text in texts(document)
        for at, sign in enumerate(text.value)
        if sign.isdigit()
    ]


def compared(true: Document, scanned: Document) -> str:
    """How many digits are right, missed, wrong though sure, and needlessly unsure."""
    wanted, found = digits(true), digits(scanned)
    right, wrong, unsure = 0, 0, 0
    matcher = SequenceMatcher(None, [sign for sign, _ in wanted], [sign for sign, _ in found], autojunk=False)
    for kind, _, _, start, stop in matcher.get_opcodes():
        if kind == "equal":
            right += stop - start
            unsure += sum(not sure for _, sure in found[start:stop])
        else:
            wrong += sum(sure for _, sure in found[start:stop])
    share = 100 * right / len(wanted)
    return f"digits {right}/{len(wanted)} ({share:.2f} %), sure and wrong {wrong}, right and unsure {unsure}"


def outcome(true: Result, scanned: Result) -> Iterator[str]:
    """Each finding of either, with what became of it in the other."""
    ours = {(f.rule, f.stated, f.computed): f for f in scanned.findings}
    held = {(c.rule, c.stated, c.computed) for c in scanned.checks if c.verdict is Verdict.OPEN}
    wanted = {(f.rule, f.stated, f.computed): f for f in true.findings}
    found = wanted.keys() & ours.keys()
    kept = wanted.keys() & held - found
    unseen = wanted.keys() - found - kept
    yield f"  findings {len(wanted)}: {len(found)} found, {len(kept)} open, {len(unseen)} not seen"
    for word, keys in (("open", kept), ("not seen", unseen)):
        yield from sorted(f"    {word}: {key} {wanted[key].message.say('zh')[:80]}" for key in keys)
    for key in ours.keys() - wanted.keys():
        yield f"    only in the scan: {key} {ours[key].message.say('zh')}"


def measure(source: Path, scanned: Path) -> None:
    """Read and check both, print what differs."""
    rules = installed_rules()
    true = check_document(read(source), rules)
    started, worked = time.perf_counter(), time.process_time()
    document = read(scanned)
    wall, work = time.perf_counter() - started, time.process_time() - worked
    pages = document.pages or 1
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{scanned.name}: {compared(true.document, document)}")
    print(f"  {wall / pages:.1f} s a page ({work / pages:.1f} s of processor), models included; peak {memory} MiB")
    for problem in document.problems:
        print(f"  {problem.where}: {problem.message}")
    for line in outcome(true, check_document(document, rules)):
        print(line)


def main() -> None:
    """The fixture pages, or a whole report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--report", choices=["department", "project"])
    parser.add_argument("--variant", choices=list(VARIANTS), default="skewed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.report:
            report = FIXTURES / "reports" / options.report / "faulty.pdf"
            target = Path(folder) / f"{options.report}-{options.variant}.pdf"
            scan(report, target, options.variant)
            measure(report, target)
            return
        single = Path(folder) / "page.pdf"
        with pikepdf.open(REPORT) as report, pikepdf.new() as page:
            page.pages.append(report.pages[PAGE - 1])
            page.save(single)
        for variant in VARIANTS:
            measure(single, FIXTURES / "scans" / f"{variant}.pdf")


if __name__ == "__main__":
    main()
