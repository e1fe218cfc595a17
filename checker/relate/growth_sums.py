"""The arithmetic of a growth statement, and which relation its figures make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from checker.figure import Figure
from checker.quantity import Interval, Quantity
from checker.relation import Relation
from checker.relation.growth import ChangeAmount, Direction, Growth, GrowthRate, GrowthUnits, ZeroBase
from checker.units import Unit
from checker.verdict import Phrase

FITS = Phrase("按文中另一处的 {value} 计算则相符", "with {value}, stated elsewhere in the text, it fits")
NEGATIVE = Phrase("基数为负数，增长率无通行算法", "the base is negative; its growth rate has no common definition")
NEAR_ZERO = Phrase("按所列位数，基数可能为零", "at the digits shown the base may be zero")
HUNDRED = Decimal(100)


def judge_growth(growth: Growth, others: Sequence[Figure], *, bare: bool = False) -> Iterator[Relation]:
    """The relations of one statement; ``others`` are amounts that may have been meant."""
    if len({_base_unit(figure) for figure in _amounts(growth)}) > 1:
        return
    if bare:
        if _rate_fits(growth):
            yield _units(growth, slip=growth.rate, meant="%")
        return
    if growth.doubt is not None or growth.is_open:
        yield from _undecided(growth)
        return
    slip = _slip(growth)
    if slip is not None:
        yield _units(growth, slip=slip[0], meant=slip[1])
        return
    if len({figure.quantity.unit.scale for figure in _amounts(growth)}) > 1 and not _wrong(growth):
        yield _units(growth)
    if growth.base is not None and growth.change is not None:
        yield _change(growth)
    if growth.base is not None:
        direction = _direction(growth)
        yield from [direction] if direction.actual else []
        if direction.actual * direction.sign < 0:
            return
    if growth.rate is not None:
        yield from _rate(growth, others)


def _undecided(growth: Growth) -> Iterator[Relation]:
    kind = GrowthRate if growth.rate is not None else ChangeAmount
    yield kind(**_fields(growth))


def _fields(growth: Growth) -> dict[str, object]:
    return {name: getattr(growth, name) for name in Growth.__dataclass_fields__}


def _amounts(growth: Growth) -> list[Figure]:
    return [figure for figure in (growth.current, growth.base, growth.change) if figure is not None]


def _base_unit(figure: Figure) -> str:
    return figure.quantity.unit.base


def _units(growth: Growth, slip: Figure | None = None, meant: str = "") -> GrowthUnits:
    return GrowthUnits(**_fields(growth), fits=slip is None, slip=slip, meant=meant)  # type: ignore[arg-type]
