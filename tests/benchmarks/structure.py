"""How long the finders of outline, indicators, dates and wording take, and how that grows.

python tests/benchmarks/structure.py

Reading and finding figures are not counted. The second part checks a fixture report repeated with
other names and figures, 20 to 320 pages, and prints the time a page: it must not grow.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from checker.document import Document
from checker.extract.figures import Reading, find_figures
from checker.readers import read
from checker.relate.dates import find_date_relations
from checker.relate.indicators import find_indicators
from checker.relate.outline import find_outline
from checker.relate.wording import find_wording

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "reports" / "qingyunpu.txt"
FIXTURE = ROOT / "fixtures" / "reports" / "department" / "clean.txt"
FINDERS = (find_outline, find_indicators, find_date_relations, find_wording)
RUNS = 5
LIMIT = 0.12
PAGES = 20
"""About so many pages has the fixture."""
REPEATS = (1, 2, 4, 8, 16)
GROWTH = 1.5
"""A page of the longest report may take so many times as long as one of the shortest."""
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"


def document(text: str) -> Document:
    """A text read as a report."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(text, encoding="utf-8")
        return read(path)


def repeated(count: int) -> Document:
    """The fixture so many times, each time of another county with other figures."""
    text = FIXTURE.read_text("utf-8")
    parts = []
    for n in range(count):
        one = text.replace("汀原", f"汀{NAMES[n % 16]}").replace("水利", f"水{NAMES[n // 4 % 16]}利")
        parts.append(one.translate({ord("3"): str((3 + n) % 10), ord("7"): str((7 + n) % 10)} if n else {}))
    return document("\n\n".join(parts))


def best(job: Callable[[], object]) -> float:
    """The best time of several runs."""
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        job()
        times.append(time.process_time() - started)
    return min(times)


def run(reading: Reading) -> dict[str, float]:
    """The time of each finder."""
    return {finder.__name__: best(lambda f=finder: list(f(reading))) for finder in FINDERS}


def main() -> int:
    """Measure, print, and say by the exit code whether all limits hold."""
    path = SHARED if SHARED.exists() else FIXTURE
    times = run(find_figures(read(path)))
    total = sum(times.values())
    print(f"{path.name}: {total:.3f} s (limit {LIMIT})", {name: round(t, 4) for name, t in times.items()})
    good = total <= LIMIT
    first = 0.0
    for count in REPEATS:
        found = repeated(count)
        started = time.process_time()
        times = run(find_figures(found))
        page = sum(times.values()) / (count * PAGES)
        first = first or page
        detail = {name.removeprefix("find_"): round(1000 * t, 1) for name, t in times.items()}
        print(
            f"{count * PAGES:4} pages: {1000 * page:.2f} ms a page, {detail} ms, {time.process_time() - started:.1f} s"
        )
    if page > GROWTH * first:
        print(f"grows: a page takes {page / first:.1f} times as long")
        good = False
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
