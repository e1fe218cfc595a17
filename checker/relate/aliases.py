"""Indicators that the settings say are one under two names: every place is read by the main name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from checker.extract.figures import Reading
from checker.relate.score_names import plain_name
from checker.relate.score_prose import Narrated
from checker.relate.score_values import ScoreTable


def main_names(reading: Reading) -> dict[str, str]:
    """For each other name the main one, both as names are compared."""
    return {plain_name(other): plain_name(main) for other, main in reading.own.aliases.items()}


def with_main_names(tables: Iterable[ScoreTable], main: Mapping[str, str]) -> tuple[ScoreTable, ...]:
    """The tables with their indicators and groups under the main names."""
    return tuple(
        replace(
            table,
            rows=tuple(replace(row, path=_path(row.path, main)) for row in table.rows),
            groups=tuple(replace(group, path=_path(group.path, main)) for group in table.groups),
        )
        if main
        else table
        for table in tables
    )


def told_by_main_names(told: Iterable[Narrated], main: Mapping[str, str]) -> list[Narrated]:
    """The narrative's indicators under the main names."""
    return [replace(one, name=main.get(one.name, one.name), parents=_path(one.parents, main)) for one in told]


def _path(names: tuple[str, ...], main: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(main.get(name, name) for name in names)
