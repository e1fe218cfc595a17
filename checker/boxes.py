"""Rectangles on a page, one by one and packed."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple, overload


class Box(NamedTuple):
    """A rectangle on a page in PDF points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    def joined(self, other: Box) -> Box:
        """The smallest rectangle around both."""
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


class Boxes(Sequence[Box]):
    """Boxes of characters, packed: a report of 500 pages has half a million.

    They are kept to a few millionths of a point and given to a hundredth.
    """

    __slots__ = ("sides",)

    def __init__(self, sides: array[float]) -> None:
        self.sides = sides

    @classmethod
    def of(cls, x0: Sequence[float], top: Sequence[float], x1: Sequence[float], bottom: Sequence[float]) -> Boxes:
        """From the left, upper, right and lower sides of all."""
        sides = array("f", bytes(16 * len(x0)))
        for place, column in enumerate((x0, top, x1, bottom)):
            sides[place::4] = array("f", column)
        return cls(sides)

    @classmethod
    def around_each(cls, boxes: Iterable[Box]) -> Boxes:
        """From boxes one by one."""
        return cls(array("f", chain.from_iterable(boxes)))

    def __len__(self) -> int:
        return len(self.sides) // 4

    @overload
    def __getitem__(self, index: int) -> Box: ...
    @overload
    def __getitem__(self, index: slice) -> Boxes: ...
    def __getitem__(self, index: int | slice) -> Box | Boxes:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            return Boxes(self.sides[4 * start : 4 * stop]) if step == 1 else Boxes.around_each(list(self)[index])
        at = range(len(self))[index]
        x0, top, x1, bottom = self.sides[4 * at : 4 * at + 4]
        return Box(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))

    def around(self) -> Box | None:
        """The smallest rectangle around all of them."""
        if not self.sides:
            return None
        x0, top, x1, bottom = (self.sides[place::4] for place in range(4))
        return Box(round(min(x0), 2), round(min(top), 2), round(max(x1), 2), round(max(bottom), 2))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Boxes) and self.sides == other.sides

    def __hash__(self) -> int:
        return hash(self.sides.tobytes())


NO_BOXES = Boxes(array("f"))
"""Of forms without pages."""
