"""How long checking a PDF takes and how much memory, beside what bare pdfplumber and PDFium take.

python tests/benchmarks/pdf.py [--rounds N] [--quick] [FILE]

B is a plain pdfplumber loop (text and tables of each page, page closed), F PDFium's bare text of
all pages, both without their imports. Every measure is a process of its own; each round takes all
of them in turn, and medians are compared, by processor time (children counted) and, beside it, by
the clock. Compiled modules and patterns lie in a temporary folder, warmed up by a first run, as
after an installation. The long file is the short one repeated. --quick leaves out eight files
and the long file.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "reports" / "qingyunpu-lo.pdf"
FIXTURE = ROOT / "fixtures" / "reports" / "department" / "faulty.pdf"
LONG, TIMES, FILES = 500, 10, 8
MEBIBYTE = 1024

TIMED = """
import resource, sys, time
def spent():  # finer than os.times, whose hundredths are a fifth of F
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)
{before}
started = spent(), time.perf_counter()
{work}
print(spent() - started[0], time.perf_counter() - started[1])
{after}
"""
B = TIMED.format(
    before="import logging, pdfplumber; logging.disable(logging.CRITICAL)",
    work="""with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        page.extract_text(); page.extract_tables(); page.close()""",
    after="",
)
F = TIMED.format(
    before="import pypdfium2",
    work="""pdf = pypdfium2.PdfDocument(sys.argv[1])
for page in pdf:
    text = page.get_textpage(); text.get_text_range(); text.close(); page.close()""",
    after="",
)
STAGES = TIMED.format(
    before="""import checker.run, checker.readers.pdf, checker.readers.pdf_pdfium, gc
from pathlib import Path
from checker.__main__ import FEW_PAUSES
from checker.engine import check_document
from checker.readers import read
from rules import RULES
gc.set_threshold(*FEW_PAUSES)  # as the program does""",
    work="document = read(Path(sys.argv[1]))",
    after="started = spent(), time.perf_counter(); check_document(document, RULES)\n"
    "print(spent() - started[0], time.perf_counter() - started[1])",
)


@dataclass(frozen=True)
class Run:
    """One process: processor time, time by the clock, most memory in KiB, what it printed."""

    cpu: float
    wall: float
    memory: int
    said: str


def run(*command: object, cores: set[int] | None = None, **environment: str) -> Run:
    """Run a command to its end; whatever it finds is fine."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**variables, **environment},
        preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if cores else None,
    )
    said = process.stdout.read().decode() if process.stdout else ""
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return Run(usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss, said)


class Bench:
    """The measures of some rounds, each a list of (processor time, time by the clock)."""

    def __init__(self, file: Path, folder: Path) -> None:
        self.file = file
        self.environment = {"PYTHONPYCACHEPREFIX": str(folder / "pyc"), "CHECKER_CACHE_DIR": str(folder / "cache")}
        self.times: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def check(self, *arguments: object, cores: set[int] | None = None) -> Run:
        """`checker check` as a user calls it."""
        return run(sys.executable, "-m", "checker", "check", *arguments, cores=cores, **self.environment)

    def round(self) -> None:
        """Everything once, in turn."""
        for name, code in (("B", B), ("F", F), ("stages", STAGES)):
            said = run(sys.executable, "-c", code, self.file, **self.environment).said.split()
            names = ("reading", "after reading") if name == "stages" else (name,)
            for at, one in enumerate(names):
                self.times[one].append((float(said[2 * at]), float(said[2 * at + 1])))
        self.note("check", self.check(self.file, "--no-cache"))
        self.note("cached", self.check(self.file))
        self.note("--help", run(sys.executable, "-m", "checker", "--help", **self.environment))
        self.note("bare Python", run(sys.executable, "-c", "pass", **self.environment))

    def note(self, name: str, done: Run) -> None:
        """Keep a measure."""
        self.times[name].append((done.cpu, done.wall))

    def median(self, name: str) -> tuple[float, float]:
        """Processor time and time by the clock."""
        cpu, wall = zip(*self.times[name], strict=True)
        return statistics.median(cpu), statistics.median(wall)

    def ratio(self, name: str, base: str, limit: float) -> None:
        """Print one measure against another."""
        (cpu, wall), (base_cpu, base_wall) = self.median(name), self.median(base)
        value = cpu / base_cpu
        clock = wall / base_wall
        print(f"  {name:14} {value:6.2f} {base:12} limit {limit:5}  {mark(value <= limit)}   by the clock {clock:.2f}")


def mark(good: bool) -> str:
    """Whether a limit is kept."""
    return "ok    " if good else "NOT OK"


def long_file(source: Path, target: Path) -> int:
    """The pages of a file again and again, up to some hundreds; how many."""
    import pypdfium2

    short, whole = pypdfium2.PdfDocument(source), pypdfium2.PdfDocument.new()
    while len(whole) < LONG:
        whole.import_pages(short)
    whole.save(target)
    return len(whole)


def memory(bench: Bench, folder: Path) -> None:
    """Print the most memory for the file and for one of hundreds of pages."""
    pages = long_file(bench.file, folder / "long.pdf")
    short = bench.check(bench.file, "--no-cache").memory / MEBIBYTE
    long = bench.check(folder / "long.pdf", "--no-cache").memory / MEBIBYTE
    print(f"  memory         {short:6.0f} MiB          limit   150  {mark(short <= 150)}")
    print(
        f"  {pages} pages     {long / short:6.2f} memory       limit   1.2  {mark(long <= 1.2 * short)} {long:.0f} MiB"
    )


def several(bench: Bench, folder: Path) -> None:
    """Print how much faster several files are checked on two cores than on one."""
    cores = sorted(os.sched_getaffinity(0))[:2]
    if len(cores) < 2:
        print("  eight files: one core only, not measured")
        return
    files = [shutil.copy(bench.file, folder / f"{number}.pdf") for number in range(FILES)]
    one, two = (
        statistics.median(bench.check(*files, "--no-cache", cores=set(some)).wall for _ in range(2))
        for some in (cores[:1], cores)
    )
    print(f"  {FILES} files, 2 cores {one / two:5.2f} throughput    limit   1.6  {mark(one / two >= 1.6)}")


def main() -> None:
    """Print all ratios with their limits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=SHARED if SHARED.is_file() else FIXTURE)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bench = Bench(options.file, folder)
        bench.check(options.file)  # compiled modules, patterns, the kept document
        for _ in range(options.rounds):
            bench.round()
        print(f"{options.file.name}, medians of {options.rounds}, processor time")
        for one in bench.times:
            cpu, wall = bench.median(one)
            print(f"  {one:14} {cpu:8.3f} s   by the clock {wall:8.3f} s")
        bench.ratio("check", "B", 0.4)
        bench.ratio("check", "F", 15)
        bench.ratio("after reading", "reading", 0.25)
        bench.ratio("cached", "B", 0.1)
        bench.ratio("--help", "bare Python", 10)
        if not options.quick:
            memory(bench, folder)
            several(bench, folder)


if __name__ == "__main__":
    main()
