"""Checks the files of a run, several of them side by side in processes, and gives what came of each in order."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from checker.cache import Cache
from checker.config import Config
from checker.document import Document
from checker.readers.blocks import ReadError
from checker.result import Result

if TYPE_CHECKING:
    from concurrent.futures import Future

PROGRESS_AFTER = 1

CRASHED = ReadError(
    "检查这个文件的进程意外终止（可能是内存不足），其余文件不受影响；请单独检查这个文件。",
    "the process that checked this file came to a sudden end (out of memory, perhaps); check the file on its own.",
)


class Job(Struct, frozen=True):
    """One file to check. ``cache`` is None where nothing is to be kept."""

    path: Path
    config: Config
    engine: str = "pdfium"
    cache: Cache | None = None

    @property
    def how(self) -> str:
        """A name of all that what is found in a file depends on, besides its content."""
        return f"{self.engine} {self.config.reading} {self.config.judging}"


Outcome = Result | ReadError


def check_file(job: Job) -> Outcome:
    """What came of a file: a result, or why it could not be read."""
    from checker.readers import read

    started = time.perf_counter()
    try:
        document = read(job.path, job.engine, job.config.reading, cache=job.cache)
    except ReadError as error:
        return error
    result = _known(document, job) or _judged(document, job)
    return replace(result, seconds=time.perf_counter() - started, language=job.config.language)


def _known(document: Document, job: Job) -> Result | None:
    """What an earlier run found in the same document with the same settings."""
    found = job.cache.load_findings(document, job.how) if job.cache else None
    if found is None:
        return None
    findings, checks, summary = found
    return Result(document, findings, checks, summary, problems=(), seconds=0, own=job.config.own)


def _judged(document: Document, job: Job) -> Result:
    from checker.engine import check_document  # and all finders, which a known result does without
    from checker.rule import installed_rules

    config = job.config
    result = check_document(document, config.rules(installed_rules(config.packs)), config.own)
    if job.cache:
        job.cache.store_findings(result, job.how)
    return result


def check_files(jobs: Sequence[Job]) -> Iterator[Outcome]:
    """What came of each file, in the order of the jobs."""
    workers = min(len(jobs), len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if workers < 2:
        for job in jobs:
            with _progress(str(job.path)):
                outcome = check_file(job)
            yield outcome
        return
    from concurrent.futures import ProcessPoolExecutor  # one file needs none of it

    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(check_file, job) for job in jobs]
        for job, future in zip(jobs, futures, strict=True):
            with _progress(str(job.path)):
                outcome = _outcome(job, future)
            yield outcome


def _outcome(job: Job, future: Future[Outcome]) -> Outcome:
    """Where a process dies all its neighbours' work is lost: each is done again in a process of its own."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except BrokenProcessPool:
        pass
    try:
        with ProcessPoolExecutor(1) as alone:
            return alone.submit(check_file, job).result()
    except BrokenProcessPool:
        return CRASHED


@contextmanager
def _progress(name: str) -> Iterator[None]:
    """A spinner on the terminal once a file has taken a second; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    status = Console(stderr=True).status(f"{name} …")
    timer = threading.Timer(PROGRESS_AFTER, status.start)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        status.stop()
