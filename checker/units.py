"""Units of the figures in a report: their base, their scale and whether they are exact.

The table is data, ``data/units.toml``; a row there is all that a new unit needs.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from msgspec import Struct

from checker.knowledge import knowledge


class Unit(Struct, frozen=True):
    """A unit as reports write it.

    ``base`` names what is counted (``元``, ``%``, ``分``, ``个``); two figures can be compared
    only when their bases are equal. ``scale`` is how many of the base one of this unit is
    (万元: 10000). ``exact`` says that a figure in this unit stands for itself alone (scores,
    counts, people) and not for everything that rounds to it (amounts, rates). ``kind`` groups
    bases: ``money``, ``rate``, ``points``, ``score``, ``count``, ``measure`` or ``plain``.
    """

    name: str
    base: str
    scale: Decimal
    exact: bool
    kind: str


PLAIN = Unit("", "", Decimal(1), exact=False, kind="plain")
"""The unit of a bare number: nothing is known of it, so it is taken as rounded."""


@cache
def unit_table() -> dict[str, Unit]:
    """All units by each of their spellings; longest spellings are the more specific ones.

    Raises ``ValueError`` when the data file names a spelling twice.
    """
    table: dict[str, Unit] = {}
    for row in knowledge("units")["unit"]:
        unit = Unit(row["name"], row["base"], Decimal(row.get("scale", 1)), bool(row["exact"]), row["kind"])
        for spelling in (row["name"], *row.get("aliases", ())):
            if spelling in table:
                raise ValueError(f"units.toml: {spelling!r} is listed twice")
            table[spelling] = unit
    return table


def unit_named(spelling: str) -> Unit | None:
    """The unit that a report spells this way, or None when it is not a unit we know."""
    return unit_table().get(spelling)
