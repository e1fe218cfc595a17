"""The picture of a page: how far it is turned, its ruled lines, and where in it text can be cut out.

OpenCV does the work on pixels. ``unit`` is the number of pixels of a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import atan2, hypot
from typing import Any

import cv2
import numpy as np

from checker.boxes import Box
from checker.readers.pdf_grid import Grid
from checker.readers.pdf_page import THIN, Rule

Picture = Any  # an array of grey pixels: numpy's types do not fit OpenCV's
Quad = Sequence[Sequence[float]]

STEADY = 0.0005  # radians: less than a pixel from side to side
LONG = 100.0  # points: a line of text whose slope can be trusted
SHORTEST_LEVEL, SHORTEST_UPRIGHT = 24.0, 13.0  # points of a ruled line; strokes of characters are shorter
GAP = 1.5  # points by which a printed line may be broken
INSET = 1.5  # points between a ruled line and the text beside it
MOSTLY = 0.8
DARKER = 12  # than what is around it, of 255
SMALLEST = 3.5  # points: the height of the smallest sign


def slope(quads: Iterable[Quad], unit: float) -> float:
    """By how many radians the lines of text slope, clockwise; 0 where that cannot be told."""
    found: list[tuple[float, float]] = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in quads:
        width, rise = (bx - ax + cx - dx) / 2, (by - ay + cy - dy) / 2
        if width > LONG * unit and abs(rise) < width / 4:
            found.append((atan2(rise, width), hypot(width, rise)))
    half, total = sum(width for _, width in found) / 2, 0.0
    for angle, width in sorted(found):
        total += width
        if total >= half:
            return angle if abs(angle) > STEADY else 0.0
    return 0.0


def turned_back(picture: Picture, angle: float) -> Picture:
    """The picture turned about its middle so that its lines are level."""
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), np.degrees(angle), 1.0)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)


def ink_of(picture: Picture, unit: float) -> Picture:
    """What is darker than its surroundings, as white on black."""
    around = 2 * round(6 * unit) + 1
    smooth = cv2.medianBlur(picture, 3) if _noisy(picture) else picture
    return cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, DARKER)


def _noisy(picture: Picture) -> bool:
    """Whether single pixels differ from what is around them."""
    return float(np.abs(cv2.medianBlur(picture, 3).astype(int) - picture).mean()) > 4.0


def rules_in(ink: Picture, unit: float) -> tuple[Rule, ...]:
    """The ruled lines, in pixels."""
    return (*_lines(ink, unit, upright=False), *_lines(ink, unit, upright=True))


def _lines(ink: Picture, unit: float, *, upright: bool) -> Iterable[Rule]:
    def bar(length: float, thickness: int) -> Picture:
        size = max(1, round(length * unit))
        return np.ones((size, thickness) if upright else (thickness, size), np.uint8)

    bridged = cv2.morphologyEx(cv2.dilate(ink, bar(0, 3).T), cv2.MORPH_CLOSE, bar(GAP, 1))
    kept = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, bar(SHORTEST_UPRIGHT if upright else SHORTEST_LEVEL, 1))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(kept)
    for x, y, width, height, _ in boxes[1:].tolist():
        if (width if upright else height) - 2 <= THIN * unit:
            at = x + width / 2 if upright else y + height / 2
            yield Rule(upright, at, *((y, y + height) if upright else (x, x + width)))


def without_strokes(rules: Iterable[Rule], boxes: Sequence[Box]) -> tuple[Rule, ...]:
    """The lines that are no strokes of large characters: those lie within a box of text."""
    return tuple(rule for rule in rules if not any(_within(rule, box) for box in boxes))


def _within(rule: Rule, box: Box) -> bool:
    """Whether most of a line lies in a box, which may be a little too small for its text."""
    sides, ends = (
        ((box.x0, box.x1), (box.top, box.bottom)) if rule.upright else ((box.top, box.bottom), (box.x0, box.x1))
    )
    inside = min(rule.end, ends[1]) - max(rule.start, ends[0])
    return sides[0] <= rule.at <= sides[1] and inside >= MOSTLY * (rule.end - rule.start)


def cut_at_rules(box: Box, rules: Sequence[Rule], unit: float) -> list[Box]:
    """The parts of a box of text that ruled lines leave: text of two cells is not one."""
    inset, y = INSET * unit, (box.top + box.bottom) / 2
    cuts = sorted(
        rule.at for rule in rules if rule.upright and box.x0 < rule.at < box.x1 and rule.start <= y <= rule.end
    )
    if not cuts:
        return [box]
    sides = [box.x0 - inset, *cuts, box.x1 + inset]
    parts = [Box(left + inset, box.top, right - inset, box.bottom) for left, right in pairwise(sides)]
    return [part for part in parts if part.x1 - part.x0 > SMALLEST * unit]


def overlooked(ink: Picture, grids: Sequence[Grid], found: Sequence[Box], unit: float) -> list[Box]:
    """Boxes around the ink of cells in which no text was found: a lone digit is easily overlooked."""
    middles = [((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2) for box in found]
    boxes = []
    for grid in grids:
        for region in grid.regions:
            x0, x1, y0, y1 = (
                grid.xs[region.column],
                grid.xs[region.column_end],
                grid.ys[region.row],
                grid.ys[region.row_end],
            )
            if any(x0 <= x < x1 and y0 <= y < y1 for x, y in middles):
                continue
            if (box := _inked(ink, Box(x0, y0, x1, y1), unit)) is not None:
                boxes.append(box)
    return boxes


def _inked(ink: Picture, cell: Box, unit: float) -> Box | None:
    """A box around what is written in a cell, or None; specks are nothing."""
    inset = round(INSET * unit)
    left, top = round(cell.x0) + inset, round(cell.top) + inset
    inside = ink[top : round(cell.bottom) - inset, left : round(cell.x1) - inset]
    if inside.size == 0:
        return None
    _, _, parts, _ = cv2.connectedComponentsWithStats(inside)
    signs = [part for part in parts[1:].tolist() if part[3] > SMALLEST * unit]
    if not signs:
        return None
    pad = SMALLEST * unit / 2
    x0, y0 = min(part[0] for part in signs), min(part[1] for part in signs)
    x1, y1 = max(part[0] + part[2] for part in signs), max(part[1] + part[3] for part in signs)
    return Box(left + x0 - pad, top + y0 - pad, left + x1 + pad, top + y1 + pad)
