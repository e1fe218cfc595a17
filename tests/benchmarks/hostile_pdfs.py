"""What the program does with PDFs that are broken, loop, or grow without end.

python tests/benchmarks/hostile_pdfs.py --seeds 200

Each file goes through `checker check` in a process of its own. Prints how each ended, the time
and the peak of memory of the slowest and the largest, and every traceback, crash or hang.
"""

import argparse
import importlib.util
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "reports"
HANG = 120  # seconds after which a run counts as one that hangs
ENDS = {0: "read, nothing found", 1: "read, findings", 2: "one clear sentence"}


class Run(NamedTuple):
    """How one file ended: the exit status (None for a hang), seconds, and what it wrote to stderr."""

    name: str
    status: int | None
    seconds: float
    errors: str

    @property
    def bad(self) -> bool:
        """Whether the program crashed or hung, or failed without a sentence."""
        silent = self.status == 2 and not self.errors.strip()
        return self.status not in ENDS or "Traceback" in self.errors or silent


def makers() -> ModuleType:
    """The module of hostile files."""
    spec = importlib.util.spec_from_file_location("hostile_pdf", ROOT / "fixtures" / "hostile_pdf.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def files(seeds: int) -> Iterator[tuple[str, bytes]]:
    """The made files, and good reports damaged."""
    hostile = makers()
    for maker in hostile.MAKERS:
        yield maker.__name__, maker()
    goods = [*sorted((ROOT / "fixtures" / "reports").rglob("*.pdf")), *sorted(SHARED.rglob("*.pdf"))]
    for seed in range(seeds):
        good = goods[seed // 4 % len(goods)]
        yield f"{good.name} damaged with seed {seed}", hostile.damaged(good.read_bytes(), seed)


def checked(name: str, path: Path) -> Run:
    """One run of the program."""
    started = time.perf_counter()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "checker", "check", str(path)],
            capture_output=True,
            text=True,
            timeout=HANG,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Run(name, None, HANG, "")
    return Run(name, done.returncode, time.perf_counter() - started, done.stderr)


def main() -> None:
    """Run them all; the exit status is 1 when one ended badly."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200)
    options = parser.parse_args()
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.pdf"
        for name, data in files(options.seeds):
            path.write_bytes(data)
            runs.append(checked(name, path))
    for status, count in Counter(run.status for run in runs).items():
        print(f"{count:5} {ENDS.get(status, 'hang or crash') if status is not None else 'hang'}")
    for run in sorted(runs, key=lambda run: -run.seconds)[:5]:
        print(f"{run.seconds:8.1f} s  {run.name}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{peak:8} MiB at most (the children of a run not among them)")
    bad = [run for run in runs if run.bad]
    for run in bad:
        print(f"BAD {run.name}: status {run.status}\n{run.errors[-2000:]}")
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
