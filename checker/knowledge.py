"""The files of knowledge (``data/*.toml``): word lists, units, formulas, bands; each is parsed once and kept."""

from __future__ import annotations

import pickle
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from checker.beside import beside, keep


@cache
def knowledge(name: str, package: str = "checker") -> dict[str, Any]:
    """The tables of ``data/<name>.toml`` in a package, their decimals as ``Decimal``."""
    source = Path(import_module(package).__path__[0], "data", f"{name}.toml")
    content = source.read_bytes()
    kept = beside(source, f"{source.suffix}.pickle")
    try:
        of, tables = pickle.loads(kept.read_bytes())
    except (OSError, EOFError, ValueError, TypeError, AttributeError, ImportError, IndexError, pickle.PickleError):
        pass
    else:
        if of == content:
            return dict(tables)
    tables = _parsed(content)
    keep(kept, pickle.dumps((content, tables)))
    return tables


def _parsed(content: bytes) -> dict[str, Any]:
    import tomllib  # which most runs do without
    from decimal import Decimal

    return tomllib.loads(content.decode(), parse_float=Decimal)


def longest_first(listed: list[object]) -> tuple[str, ...]:
    """A list's words, longest first, so that the first hit is the most specific one."""
    return tuple(sorted((str(word) for word in listed), key=len, reverse=True))


def in_order(listed: list[object]) -> tuple[tuple[str, ...], ...]:
    """A list's lists, in the order of the file."""
    return tuple(tuple(str(word) for word in row) for row in listed if isinstance(row, list))
