"""Files kept beside Python's own compiled modules: what takes longer to make anew than to read.

They are written when those may be, and are trusted as those are: whoever can write there can run
code already.
"""

from __future__ import annotations

import os
import sys
from importlib.util import cache_from_source
from pathlib import Path


def beside(source: str | Path, ending: str) -> Path:
    """Where a thing made from a source file lies; each version of Python has its own."""
    return Path(cache_from_source(str(source))).with_suffix(ending)


def keep(path: Path, content: bytes) -> None:
    """Write the file; nothing where compiled modules are not to be written or cannot be."""
    if sys.dont_write_bytecode:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError:
        pass  # a folder that may not be written, as for compiled modules


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Put a file in place at once, or leave what was there; a private one is its owner's alone to read.

    Raises ``OSError`` where it cannot be written.
    """
    import tempfile  # which most runs do without

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if not private:
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
