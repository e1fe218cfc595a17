"""The standard indicators of ``data/indicators.toml``: which figures a rate of this name divides."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any

from msgspec import Struct

from checker.knowledge import knowledge


class Form(Enum):
    """What a formula makes of its two figures."""

    SHARE = "share"
    REST = "rest"
    GROWTH = "growth"


class StandardFormula(Struct, frozen=True):
    """One formula in use under a name.

    ``ordered`` says that its denominator stands first in a sentence, ``of_rates`` that it divides two
    rates, ``unverified`` that the source's own text was not at hand.
    """

    text: str
    source: str
    form: Form
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    ordered: bool = False
    of_rates: bool = False
    unverified: bool = False


class StandardRate(Struct, frozen=True):
    """An indicator of the field: its names and every formula in use, the official one first."""

    names: tuple[str, ...]
    formulas: tuple[StandardFormula, ...]


@cache
def standard_rates() -> tuple[StandardRate, ...]:
    """Every standard indicator."""
    return read_standard_rates(knowledge("indicators"))


def read_standard_rates(data: Mapping[str, Any]) -> tuple[StandardRate, ...]:
    """The indicators of a loaded file. Raises ``ValueError`` when a name stands twice or words are missing."""
    rates = tuple(
        StandardRate(tuple(row["name"]), tuple(_formula(row["name"][0], one) for one in row["formula"]))
        for row in data["indicator"]
    )
    names = [name for rate in rates for name in rate.names]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"indicators.toml: names that stand twice: {'、'.join(sorted(twice))}")
    return rates


def _formula(name: str, row: Mapping[str, Any]) -> StandardFormula:
    words = (*row["numerator"], *row["denominator"])
    if not (row["numerator"] and row["denominator"] and row["text"] and row["source"] and all(words)):
        raise ValueError(f"indicators.toml: {name}: a formula without words, text or source")
    return StandardFormula(
        row["text"],
        row["source"],
        Form(row.get("form", "share")),
        tuple(row["numerator"]),
        tuple(row["denominator"]),
        row.get("ordered", False),
        row.get("of_rates", False),
        row.get("unverified", False),
    )


@cache
def standard_rate(measure: str) -> tuple[str, StandardRate] | None:
    """The indicator that a measure ends in and the name by which it does: the longest one, None without."""
    found = [(name, rate) for rate in standard_rates() for name in rate.names if measure.endswith(name)]
    return max(found, key=lambda one: len(one[0]), default=None)
