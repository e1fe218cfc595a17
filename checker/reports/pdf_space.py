"""From the reader's places on a page to the page's own coordinates, whatever its rotation."""

from __future__ import annotations

from msgspec import Struct

from checker.boxes import Box

Point = tuple[float, float]


class Space(Struct, frozen=True):
    """A page of a PDF: ``shown`` is the part that viewers show, in the page's own coordinates.

    It is x0, y0, x1, y1 from the bottom left; ``rotation`` is in degrees clockwise. The reader counts
    from the top left corner of what is shown, as it is shown.
    """

    shown: tuple[float, float, float, float]
    rotation: int

    def point(self, x: float, top: float) -> Point:
        """The page's own coordinates of a place that the reader names."""
        x0, y0, x1, y1 = self.shown
        if self.rotation == 90:
            return x0 + top, y0 + x
        if self.rotation == 180:
            return x1 - x, y0 + top
        if self.rotation == 270:
            return x1 - top, y1 - x
        return x0 + x, y1 - top

    def corners(self, box: Box) -> tuple[Point, Point, Point, Point]:
        """Upper left, upper right, lower left, lower right as the page is shown."""
        return (
            self.point(box.x0, box.top),
            self.point(box.x1, box.top),
            self.point(box.x0, box.bottom),
            self.point(box.x1, box.bottom),
        )

    def rectangle(self, *boxes: Box) -> tuple[float, float, float, float]:
        """The smallest rectangle around some boxes: left, bottom, right, top."""
        points = [point for box in boxes for point in self.corners(box)]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def width(self) -> float:
        """The width of the page as it is shown."""
        x0, y0, x1, y1 = self.shown
        return y1 - y0 if self.rotation in {90, 270} else x1 - x0
