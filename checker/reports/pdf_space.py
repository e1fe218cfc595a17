"""From the reader's places on a page to the page's own coordinates, whatever its rotation."""

from __future__ import annotations

from dataclasses import dataclass

from checker.text import Box

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Space:
    """A page of a PDF: ``mediabox`` as x0, y0, x1, y1 from the bottom left, ``rotation`` in degrees clockwise.

    The reader counts from the top left corner of the media box as the page is shown. ``shown`` is the
    part that a viewer shows (the crop box), in the reader's coordinates.
    """

    mediabox: tuple[float, float, float, float]
    rotation: int
    cropbox: tuple[float, float, float, float]

    def point(self, x: float, top: float) -> Point:
        """The page's own coordinates of a place that the reader names."""
        x0, y0, x1, y1 = self.mediabox
        if self.rotation == 90:
            return x0 + top, x
        if self.rotation == 180:
            return x0 + x1 - x, y0 + top
        if self.rotation == 270:
            return x1 - x0 - top, y0 + y1 - x
        return x, y1 - y0 - top

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
    def right_edge(self) -> float:
        """The right edge of what is shown, in the reader's coordinates."""
        x0, y0, x1, y1 = self.mediabox
        left, bottom, right, top = self.cropbox
        return {90: top, 180: x0 + x1 - left, 270: y0 + y1 - bottom}.get(self.rotation, right)
