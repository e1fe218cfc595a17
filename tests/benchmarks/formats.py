"""What writing every format costs beside checking the report: at most as much again.

python tests/benchmarks/formats.py [FILE]

Two whole runs of `checker check` are compared, one that writes the statistics only and one that writes
every format that FILE allows: processor time, the best of five. Then the time of each format alone, in one
process that has checked the report already. Without FILE the report is ../shared/reports/qingyunpu-lo.pdf,
or a fixture where that is absent.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from checker.engine import check_document
from checker.readers import read
from checker.reports.formats import FORMATS
from checker.result import Result
from rules import RULES

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "reports" / "qingyunpu-lo.pdf"
FIXTURE = ROOT / "fixtures" / "reports" / "department" / "faulty.pdf"
RUNS = 5
LIMIT = 1.0


def best(job: Callable[[], object]) -> float:
    """The shortest of some runs, in seconds of processor time, that of child processes counted."""
    times = []
    for _ in range(RUNS):
        before = os.times()
        job()
        times.append(sum(os.times()[:4]) - sum(before[:4]))
    return min(times)


def run(path: Path, names: list[str], folder: Path) -> None:
    """A whole run that writes these formats."""
    formats = [f"--format={name}={folder / name}" for name in names]
    command = [sys.executable, "-m", "checker", "check", str(path), "--exit-zero", *formats]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def write(name: str, result: Result) -> object:
    """The report in one format."""
    form = FORMATS[name]
    module = form.load()
    return module.render(result, "zh") if form.per_document else module.render([result], "zh", everything=False)


def alone(names: list[str], result: Result) -> None:
    """Print the time of each format in a process that has everything at hand."""
    for name in names:
        started = time.process_time()
        write(name, result)
        first = time.process_time() - started
        print(f"  {name:16}{best(lambda name=name: write(name, result)):8.3f} s   the first time {first:.3f} s")


def main() -> None:
    """Print all times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=SHARED if SHARED.is_file() else FIXTURE)
    path = parser.parse_args().file
    result = check_document(read(path), RULES)
    names = [name for name, form in FORMATS.items() if result.document.kind in form.kinds]
    print(f"{path.name}, {result.document.pages or '–'} pages: processor time, best of {RUNS}")
    with tempfile.TemporaryDirectory() as folder:
        checking = best(lambda: run(path, ["statistics"], Path(folder)))
        everything = best(lambda: run(path, names, Path(folder)))
    ratio = everything / checking - 1
    print(f"  checking        {checking:8.3f} s")
    print(f"  with all formats{everything:8.3f} s   {ratio:.2f} of checking more, limit {LIMIT}", end="  ")
    print("ok" if ratio <= LIMIT else "TOO SLOW")
    alone(names, result)


if __name__ == "__main__":
    main()
