"""The files of knowledge (``data/*.toml``): word lists, units, formulas, bands; each is parsed once."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any


@cache
def knowledge(name: str, package: str = "checker") -> dict[str, Any]:
    """The tables of ``data/<name>.toml`` in a package, their decimals as ``Decimal``."""
    source = resources.files(package).joinpath("data", f"{name}.toml")
    return tomllib.loads(source.read_text("utf-8"), parse_float=Decimal)


def longest_first(listed: list[object]) -> tuple[str, ...]:
    """A list's words, longest first, so that the first hit is the most specific one."""
    return tuple(sorted((str(word) for word in listed), key=len, reverse=True))


def in_order(listed: list[object]) -> tuple[tuple[str, ...], ...]:
    """A list's lists, in the order of the file."""
    return tuple(tuple(str(word) for word in row) for row in listed if isinstance(row, list))
