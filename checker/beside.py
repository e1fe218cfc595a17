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
    """Write the file whole or not at all; nothing where compiled modules are not to be written or cannot be."""
    if sys.dont_write_bytecode:
        return
    import tempfile  # which most runs do without

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        pass  # a folder that may not be written, as for compiled modules
