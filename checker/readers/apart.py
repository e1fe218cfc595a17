"""Work that may never end, fill the memory or crash, done in a process of its own.

Libraries that read PDFs are no safer than the files they are given. The child sends what it
makes piece by piece, so that all before a fatal one is kept.
"""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

POSSIBLE = hasattr(os, "fork")
"""Whether this system lets a process split itself; where it does not, work is done in place."""

T = TypeVar("T")


class Lost(Exception):
    """The work came to no end: ``overdue``, or else the process died."""

    def __init__(self, *, overdue: bool) -> None:
        super().__init__("overdue" if overdue else "died")
        self.overdue = overdue


def apart(work: Callable[[], Iterator[T]], seconds: float, memory: int) -> Generator[T, None, None]:
    """What ``work`` gives, made in a child process.

    Raises ``Lost`` when a piece takes longer than ``seconds`` or the child dies, as it does when
    it asks for more than ``memory`` bytes; and whatever ``work`` raises.
    """
    from multiprocessing import Pipe

    ours, theirs = Pipe(duplex=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # threads of numeric libraries, which the child never calls
        child = os.fork()
    if child == 0:
        ours.close()
        _work(work, theirs, memory)
    theirs.close()
    try:
        yield from _received(ours, seconds)
    finally:
        ours.close()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _received(pipe: Connection, seconds: float) -> Iterator[T]:
    while True:
        if not pipe.poll(seconds):
            raise Lost(overdue=True)
        try:
            going, value = pipe.recv()
        except EOFError:
            raise Lost(overdue=False) from None
        if isinstance(value, Exception):
            raise value
        if not going:
            return
        yield value


def _work(work: Callable[[], Iterator[T]], pipe: Connection, memory: int) -> NoReturn:
    """Send what the work gives and end the process, whatever happens."""
    try:
        _restrict(memory)
        for value in work():
            pipe.send((True, value))
        pipe.send((False, None))
    except Exception as error:  # noqa: BLE001 (raised again in the parent)
        pipe.send((False, error))
    finally:
        os._exit(0)


def _restrict(memory: int) -> None:
    """Let the process grow by so much and no further, and die in silence."""
    import faulthandler
    import resource

    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    status = Path("/proc/self/statm")
    if status.exists():
        size = int(status.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + memory, size + memory))
