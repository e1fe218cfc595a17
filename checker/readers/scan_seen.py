"""What is seen in the picture of a page: strips of signs and ruled lines, in pixels of the picture set upright."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, sin
from typing import NamedTuple

from checker.boxes import Box
from checker.readers.pdf_page import Rule


class Sign(NamedTuple):
    """A character: where its middle is between left and right, and how sure its reader is (0 to 1)."""

    text: str
    x: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Strip:
    """Signs in one row from left to right, and the box around them."""

    signs: tuple[Sign, ...]
    box: Box

    @property
    def confidence(self) -> float:
        """That of its signs on average."""
        return sum(sign.confidence for sign in self.signs) / len(self.signs)


class Turn(NamedTuple):
    """How a picture lies: turned by ``angle`` (radians, clockwise) about a point."""

    angle: float
    x: float
    y: float

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
        to_x, to_y = self.laid(x, y)
        return Box(box.x0 + to_x - x, box.top + to_y - y, box.x1 + to_x - x, box.bottom + to_y - y)


@dataclass(frozen=True, slots=True)
class Seen:
    """All of a picture."""

    strips: tuple[Strip, ...]
    rules: tuple[Rule, ...]
    angle: float = 0.0
