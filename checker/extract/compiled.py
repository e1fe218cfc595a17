"""Compiled patterns kept between runs: compiling those of the grammar anew takes longer than a report.

A file that does not fit is ignored.
"""

from __future__ import annotations

import atexit
import copyreg
import marshal
from functools import cache
from pathlib import Path
from typing import Any

import regex  # noqa: TID251 (with patterns, the one place that may)

from checker.beside import beside, keep
from checker.extract.required import required

MOST = 2000  # patterns: more are left from older versions

_Key = tuple[str, int]
_used: dict[_Key, Any] = {}


def compiled(source: str, flags: int) -> tuple[regex.Pattern[str], tuple[str, ...]]:
    """The compiled pattern and the words that it requires, from an earlier run if there was one."""
    key = (source, int(flags))
    rebuild = _rebuild()
    if key in _known() and rebuild is not None:
        try:
            kept, words = _known()[key]
            return rebuild(*kept), words
        except (TypeError, ValueError, RuntimeError):
            _known().clear()
    pattern, words = regex.compile(source, flags), required(source, flags)
    if not _used:
        atexit.register(_keep)
    _used[key] = copyreg.dispatch_table[regex.Pattern](pattern)[1], words
    return pattern, words


@cache
def _rebuild() -> Any:  # noqa: ANN401
    """What makes a pattern of its kept form: the way in which ``regex`` has them pickled."""
    reduce = copyreg.dispatch_table.get(regex.Pattern)
    return reduce(regex.compile(""))[0] if reduce else None


@cache
def _file() -> Path:
    """Where they lie; another version of ``regex`` has its own."""
    return beside(__file__, f".patterns-{regex.__version__}")


@cache
def _known() -> dict[_Key, Any]:
    try:
        kept = marshal.loads(_file().read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return kept if isinstance(kept, dict) and len(kept) <= MOST else {}


def _keep() -> None:
    """Write what this run had to compile."""
    keep(_file(), marshal.dumps({**_known(), **_used}))
