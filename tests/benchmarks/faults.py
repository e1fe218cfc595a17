"""How many of the faults planted in the true reports of other layouts are found, and which are missed.

python tests/benchmarks/faults.py [--missed] [--write] [REPORT ...]

fixtures/layouts/faults.json has, for each report, faults of one place each, such as an author makes
late at night: line, offset in it, what stands there, what is written in its place, the kind of fault,
and whether it was found when the file was written. A fault counts as found where a new finding rests
on its line or quotes it. --write keeps what is found now, for the test that it stays so.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from checker.engine import check_document
from checker.finding import Finding
from checker.readers import read
from checker.verdict import Severity
from rules import RULES

LAYOUTS = Path(__file__).parents[2] / "fixtures" / "layouts"
FAULTS = LAYOUTS / "faults.json"
Fault = list  # line, offset, true, wrong, kind, found


def with_fault(source: str, fault: Fault) -> tuple[str, str]:
    """The report with one fault, and the faulty line."""
    line, offset, true, wrong, *_ = fault
    lines = source.split("\n")
    before = lines[line - 1]
    if not before.startswith(true, offset):
        raise ValueError(f"line {line} of the report has no {true!r} at {offset}")
    lines[line - 1] = before[:offset] + wrong + before[offset + len(true) :]
    return "\n".join(lines), lines[line - 1]


def findings_of(path: Path) -> list[Finding]:
    """What is wrong with a report, remarks left out."""
    return [one for one in check_document(read(path), RULES).findings if one.severity is not Severity.INFO]


def is_found(report: Path, fault: Fault, known: set[str]) -> bool:
    """Whether a finding that the true report does not have rests on the fault's line."""
    source, _ = with_fault(report.read_text("utf-8"), fault)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / report.name
        path.write_text(source, encoding="utf-8")
        new = [one for one in findings_of(path) if one.fingerprint not in known]
    return any(evidence.line == fault[0] for one in new for evidence in one.evidence)


def main() -> None:
    """Print found and planted faults of each report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", nargs="*", help="names of reports; all of them by default")
    parser.add_argument("--missed", action="store_true", help="list the faults that are missed")
    parser.add_argument("--write", action="store_true", help="keep what is found now")
    options = parser.parse_args()
    faults: dict[str, list[Fault]] = json.loads(FAULTS.read_text("utf-8"))
    for name in options.reports or faults:
        report = LAYOUTS / name
        known = {one.fingerprint for one in findings_of(report)}
        for fault in faults[name]:
            fault[5] = is_found(report, fault, known)
            if options.missed and not fault[5]:
                print(f"  missed {name} line {fault[0]}: {fault[4]}, {fault[2]!r} written {fault[3]!r}")
        print(f"{name}: {sum(fault[5] for fault in faults[name])} of {len(faults[name])}")
        sys.stdout.flush()
    if options.write:
        FAULTS.write_text(json.dumps(faults, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
