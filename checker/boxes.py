"""Rectangles on a page, one by one and packed."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, overload

from msgspec import Struct


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

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        """Whether a point lies in it, or no further than the margin from it."""
        beside = self.x0 - margin <= x <= self.x1 + margin
        return beside and self.top - margin <= y <= self.bottom + margin


class Boxes(Struct, frozen=True, gc=False):
    """Boxes of characters side by side, packed: a report of 500 pages has half a million.

    ``data`` has 32-bit floats: the upper sides, the lower sides, the left sides, the right sides; an upper
    and a lower one only where all ``count`` boxes have the same. They are given to a hundredth of a point.
    """

    count: int
    data: bytes

    @classmethod
    def of(cls, x0: Sequence[float], top: Sequence[float], x1: Sequence[float], bottom: Sequence[float]) -> Boxes:
        """From the left, upper, right and lower sides; upper and lower sides that are all the same come once."""
        return cls(len(x0), array("f", (*top, *bottom, *x0, *x1)).tobytes())

    @classmethod
    def around_each(cls, boxes: Iterable[Box]) -> Boxes:
        """From boxes one by one."""
        x0, top, x1, bottom = zip(*boxes, strict=True) if (boxes := tuple(boxes)) else ((), (), (), ())
        if len(set(top)) == len(set(bottom)) == 1:
            top, bottom = top[:1], bottom[:1]
        return cls.of(x0, top, x1, bottom)

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Box]:
        return map(self.__getitem__, range(self.count))

    @overload
    def __getitem__(self, index: int) -> Box: ...
    @overload
    def __getitem__(self, index: slice) -> Boxes: ...
    def __getitem__(self, index: int | slice) -> Box | Boxes:
        if isinstance(index, slice):
            start, stop, _ = index.indices(self.count)
            return Boxes(stop - start, b"".join(self._sides(start, stop))) if start < stop else NO_BOXES
        at = range(self.count)[index]
        top, bottom, x0, x1 = (side[0] for side in self._sides(at, at + 1))
        return Box(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))

    def without(self, places: Collection[int]) -> Boxes:
        """The boxes but for those at these places."""
        kept = [at for at in range(self.count) if at not in places]
        top, bottom, x0, x1 = (list(side) for side in self._sides(0, self.count))
        own = len(top) == self.count  # else all have the one upper and the one lower side
        heights = ([top[at] for at in kept], [bottom[at] for at in kept]) if own else (top, bottom)
        return Boxes.of([x0[at] for at in kept], heights[0], [x1[at] for at in kept], heights[1])

    def around(self) -> Box | None:
        """The smallest rectangle around all of them."""
        if not self.count:
            return None
        top, bottom, x0, x1 = self._sides(0, self.count)
        return Box(round(min(x0), 2), round(min(top), 2), round(max(x1), 2), round(max(bottom), 2))

    def _sides(self, start: int, stop: int) -> Iterator[memoryview[float]]:
        """The sides of some of the boxes in the order in which they are kept."""
        values = memoryview(self.data).cast("f")
        heights = len(values) // 2 - self.count
        some = slice(start, stop)
        yield values[:heights][some if heights == self.count else slice(1)]
        yield values[heights : 2 * heights][some if heights == self.count else slice(1)]
        yield values[2 * heights : 2 * heights + self.count][some]
        yield values[2 * heights + self.count :][some]


NO_BOXES = Boxes(0, b"")
"""Of forms without pages."""
