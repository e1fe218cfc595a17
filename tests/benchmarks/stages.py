"""How long the stages after reading take, on a real report, on ten of it in one file, on hostile lines.

python tests/benchmarks/stages.py [--profile NAME] [FILE]

Reading is not counted. Each time is the best of five, on one core; the limit stands beside it.
Without FILE the report is ../shared/reports/qingyunpu.txt, or a fixture where that is absent.
`--profile` prints where one of the measured inputs spends its time.
"""

import argparse
import cProfile
import pstats
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from checker.document import Document
from checker.engine import check_document
from checker.readers import read
from rules import RULES

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "reports" / "qingyunpu.txt"
FIXTURE = ROOT / "fixtures" / "reports" / "department" / "faulty.txt"
RUNS = 5
ENOUGH = 4.0
"""After so many seconds a job is slow enough to be measured once."""
REPEATED = 10
LIMIT, LIMIT_RATIO, LIMIT_GROWTH, NOISE = 0.4, 11, 6.0, 0.005
LENGTH = 10_000
SHORTER = 2_500

PIECES = (
    *("同比", "占", "比", "）", "、", "逐年增长", "决算数小于预算数", "增加5万元，"),
    *("同比增长5%，", "比上年增长5%", "2021年5万元、", "为预算的5%", "（占5%）", "较全区平均值高5%；"),
    *("其中：教育5万元，占5%；", "收入5万元，增加1万元，增长25%，", "完成投资3万元，占计划投资5万元的60%，"),
    *("东区建筑业增长5%，东区建筑业较全区平均值高5%；全区建筑业增长3%。", "年初预算5万元，决算数小于预算数，"),
    *(
        "收入5万元（增加1万元，增长25%），",
        "资金5万元，惠及5人，人均1万元，",
        "整改5处，整改率9%，",
        "2021年5人，逐年增长，",
    ),
    *("由1%提高到2%，提高1个百分点；", "2021年1人，2022年2人，逐年增长"),
    *("存在三个问题：一是", "甲、乙三个方面", "每人5元，共6人，共计30元，", "5分、6分，平均5分，"),
)
HOSTILE = {
    **{piece: (lambda n, piece=piece: piece * n) for piece in PIECES},
    "digits": lambda n: "1" * n,
    "brackets": lambda n: "（" * n,
    "brackets closed": lambda n: "（" * (n // 2) + "12" + "）" * (n // 2),
    "其中": lambda n: "其中" * n,
    "其中 with a figure": lambda n: "其中12.5万元" * n,
    "figures joined by 、": lambda n: "、".join(["12.5万元"] * n),
    "parts of a total": lambda n: "共计100万元，其中：" + "、".join(["甲12.5万元"] * n),
    "=": lambda n: "=" * n,
    "1=1": lambda n: "1=" * n + "1",
    "（1）": lambda n: "（1）" * n,
    "1+1+…=1": lambda n: "+".join(["1"] * n) + "=1",
    "，": lambda n: "，" * n,
    "得1分": lambda n: "得1分" * n,
    "white space": lambda n: " " * n + "1",
    "Chinese numerals": lambda n: "一" * n,
}


def document(text: str) -> Document:
    """A text read as a report."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(text, encoding="utf-8")
        return read(path)


def best(job: Callable[[], object]) -> float:
    """The shortest of some runs, in seconds; a slow job is not run again."""
    times: list[float] = []
    while len(times) < RUNS and sum(times) < ENOUGH:
        started = time.perf_counter()
        job()
        times.append(time.perf_counter() - started)
    return min(times)


def measured(text: str) -> float:
    """The time of all stages after reading."""
    report = document(text)
    return best(lambda: check_document(report, RULES))


def hostile(name: str, length: int) -> str:
    """One hostile line in a paragraph of a short report."""
    return f"一、基本情况\n\n{HOSTILE[name](length)}\n\n二、结论\n\n总得分为90分。\n"


def inputs(report: str) -> dict[str, Callable[[], str]]:
    """Every measured text by name."""
    lines = {name: (lambda name=name: hostile(name, LENGTH)) for name in HOSTILE}
    return {"once": lambda: report, "ten": lambda: "\n".join([report] * REPEATED), **lines}


def mark(value: float, limit: float) -> str:
    """Whether a value keeps its limit."""
    return "ok" if value <= limit else "TOO SLOW"


def profile(text: str) -> None:
    """Where the time goes."""
    report = document(text)
    profiler = cProfile.Profile()
    profiler.runcall(check_document, report, RULES)
    pstats.Stats(profiler, stream=sys.stdout).sort_stats("tottime").print_stats(20)


def main() -> None:
    """Print all times, or one profile."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=SHARED if SHARED.is_file() else FIXTURE)
    parser.add_argument("--profile", metavar="NAME", choices=["once", "ten", *HOSTILE])
    options = parser.parse_args()
    texts = inputs(options.file.read_text("utf-8"))
    if options.profile:
        profile(texts[options.profile]())
        return
    once, ten = (measured(texts[name]()) for name in ("once", "ten"))
    ratio = ten / once
    print(f"{options.file.name}: extract, relate, rules (best of {RUNS})")
    print(f"  once             {once:8.3f} s   limit {LIMIT} s    {mark(once, LIMIT)}")
    print(
        f"  {REPEATED} in one file    {ten:8.3f} s   ratio {ratio:.1f}, limit {LIMIT_RATIO}  {mark(ratio, LIMIT_RATIO)}"
    )
    print(f"hostile lines of {LENGTH:,} things: growth of the time from {SHORTER:,} on, limit {LIMIT_GROWTH}")
    for name in HOSTILE:
        short, long = (measured(hostile(name, n)) for n in (SHORTER, LENGTH))
        growth = long / short
        verdict = "ok" if growth <= LIMIT_GROWTH or long < NOISE else "SUPER-LINEAR"
        print(f"  {long:8.3f} s  x{growth:5.1f}  {name:20}  {verdict}")


if __name__ == "__main__":
    main()
