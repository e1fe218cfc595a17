"""What is seen in the picture of a page: strips of signs and ruled lines, in pixels of the picture set upright."""

from __future__ import annotations

from math import cos, sin
from typing import NamedTuple

from msgspec import Struct

from checker.boxes import Box
from checker.readers.pdf_page import Rule


class Sign(NamedTuple):
    """A character: where its middle is between left and right, and how sure its reader is (0 to 1)."""

    text: str
    x: float
    confidence: float


class Strip(Struct, frozen=True):
    """Signs in one row from left to right, and the box around them."""

    signs: tuple[Sign, ...]
    box: Box

    @property
    def confidence(self) -> float:
        """That of its signs on average."""
        return sum(sign.confidence for sign in self.signs) / len(self.signs)


class Turn(NamedTuple):
    """How what was set upright lies on its page: turned by ``angle`` (radians, clockwise) about a point.

    ``quarters`` are the quarter turns, clockwise, of a page that stands on its side or its head.
    ``x`` and ``y`` are the middle of the upright page.
    """

    angle: float
    x: float
    y: float
    quarters: int = 0

    def laid(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the upright picture lies on the page."""
        return self._turned(x, y, self.angle)

    def upright(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page lies in the upright picture."""
        return self._turned(x, y, -self.angle)

    def _turned(self, x: float, y: float, angle: float) -> tuple[float, float]:
        dx, dy = x - self.x, y - self.y
        return self.x + cos(angle) * dx - sin(angle) * dy, self.y + sin(angle) * dx + cos(angle) * dy

    def box(self, box: Box) -> Box:
        """A small box of the upright picture, moved to where it lies."""
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        half = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
        dx, dy = (to - middle for to, middle in zip(self.laid(x, y), (self.x, self.y), strict=True))
        middle = (self.x, self.y)
        for _ in range(self.quarters):
            dx, dy, half, middle = -dy, dx, half[::-1], middle[::-1]
        to_x, to_y = middle[0] + dx, middle[1] + dy
        return Box(to_x - half[0], to_y - half[1], to_x + half[0], to_y + half[1])


class Seen(Struct, frozen=True):
    """All of a picture."""

    strips: tuple[Strip, ...]
    rules: tuple[Rule, ...]
    angle: float = 0.0
