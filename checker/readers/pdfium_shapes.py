"""What a page draws besides characters, from PDFium: ruled lines, pictures, and text that gave none.

PDFium leaves out text objects that only hold white space, and copies drawn over each other. The
white space is put back, for "2022 年" is written with it. Any other text object without a
character is text that was not read.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_float, c_int
from itertools import repeat

from msgspec import Struct, field

from checker.readers import pdfium_calls as pdfium
from checker.readers.pdf_page import Glyph, Rule, rules_of
from checker.readers.pdfium_letters import Frame, Style

FLAT = 0.01  # points: an object so flat draws nothing
MOST_DEPTH = 12  # of forms within forms
MESH = 8.0  # points within which a copy lies on its original
SPACE = 32
NARROW = 0.25  # of the size: the width of a space whose font does not tell it

_Point = tuple[float, float]
_Box = tuple[float, float, float, float]
_Matrix = tuple[float, float, float, float, float, float]


class Shapes(Struct):
    """What a page draws, boxes counted from its top left corner.

    ``styles`` has the text objects that gave characters. ``spaces`` are those that hold white
    space only, ``silent`` the boxes of all others that gave none. ``grounds`` are pictures and
    coloured surfaces, on which white text is seen.
    """

    frame: Frame
    styles: dict[int, Style]
    rules: list[Rule] = field(default_factory=list)
    pictured: float = 0.0
    spaces: list[Glyph] = field(default_factory=list)
    silent: list[_Box] = field(default_factory=list)
    grounds: list[_Box] = field(default_factory=list)

    def read(self, page: int) -> None:
        """Go through all objects of the page, those in forms among them."""
        count = pdfium.count_objects(page)
        for handle in map(pdfium.object_at, repeat(page, count), range(count)):
            self._take(handle, None, 0)

    def _take(self, handle: int, outer: _Matrix | None, depth: int) -> None:
        kind = pdfium.kind(handle)
        if kind == pdfium.TEXT:
            if handle not in self.styles:
                self._silent(handle, outer)
        elif kind == pdfium.PATH:
            self._path(handle, outer)
        elif kind == pdfium.IMAGE:
            x0, top, x1, bottom = box = self._placed(_bounds(handle), outer)
            self.pictured += (x1 - x0) * (bottom - top)
            self.grounds.append(box)
        elif kind == pdfium.SHADING:
            self.grounds.append(self._placed(_bounds(handle), outer))
        elif kind == pdfium.FORM and depth < MOST_DEPTH:
            inner = _times(_matrix(handle), outer)
            for part in range(pdfium.count_parts(handle)):
                self._take(pdfium.part_at(handle, part), inner, depth + 1)

    def _silent(self, handle: int, outer: _Matrix | None) -> None:
        x0, top, x1, bottom = box = self._placed(_bounds(handle), outer)
        scale = abs(_times(_matrix(handle), outer)[3])
        room = (c_float * 2)()
        first = ctypes.addressof(room)
        pdfium.font_size(handle, first)
        pdfium.glyph_width(pdfium.font(handle), SPACE, room[0], first + 4)
        size, width = scale * room[0], scale * (room[1] or NARROW * room[0])
        space = Glyph(" ", x0, max(x1, x0 + width), bottom, size, "", pdfium.mark_of(handle))
        if not self.frame.shown([space]):
            return
        if x1 - x0 > FLAT and bottom - top > FLAT:
            self.silent.append(box)
        else:
            self.spaces.append(space)

    def _path(self, handle: int, outer: _Matrix | None) -> None:
        modes = (c_int * 2)()
        first = ctypes.addressof(modes)
        pdfium.draw_mode(handle, first, first + 4)
        filled, stroked = modes
        if not (filled or stroked):
            return
        if filled and not pdfium.is_white(handle):
            self.grounds.append(self._placed(_bounds(handle), outer))
        matrix = _times(_matrix(handle), outer)
        for points in _subpaths(handle):
            if len(points) == 2 or _is_rectangle(points):
                xs, ys = zip(*(_moved(point, matrix) for point in points), strict=True)
                box = self._placed((min(xs), max(ys), max(xs), min(ys)), None)
                self.rules += rules_of(*box, stroked=bool(stroked) and len(points) > 2)

    def _placed(self, box: _Box, outer: _Matrix | None) -> _Box:
        """A box of the content (left, top, right, bottom) as one counted from the top left corner."""
        left, upper, right, lower = box
        if outer is not None:
            corners = [
                _moved(corner, outer) for corner in ((left, upper), (right, upper), (left, lower), (right, lower))
            ]
            xs, ys = zip(*corners, strict=True)
            left, upper, right, lower = min(xs), max(ys), max(xs), min(ys)
        dx, dy = self.frame.left, self.frame.top
        return left - dx, dy - upper, right - dx, dy - lower


def unread(silent: Sequence[_Box], glyphs: Iterable[Glyph]) -> bool:
    """Whether a text object without characters is anything but a copy of text that was read."""
    if not silent:
        return False
    taken = {_mesh((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2) for glyph in glyphs}
    return not all(_covered(box, taken) for box in silent)


def _mesh(x: float, y: float) -> tuple[int, int]:
    return int(x // MESH), int(y // MESH)


def _covered(box: _Box, taken: set[tuple[int, int]]) -> bool:
    (x0, y0), (x1, y1) = _mesh(box[0], box[1]), _mesh(box[2], box[3])
    return any((x, y) in taken for x in range(x0, x1 + 1) for y in range(y0, y1 + 1))


def _bounds(handle: int) -> _Box:
    """Left, top, right, bottom of what an object draws, in its form's own measure."""
    room = (c_float * 4)()
    first = ctypes.addressof(room)
    pdfium.bounds(handle, first, first + 4, first + 8, first + 12)
    left, lower, right, upper = room
    return left, upper, right, lower


def _matrix(handle: int) -> _Matrix:
    room = (c_float * 6)()
    pdfium.object_matrix(handle, ctypes.addressof(room))
    a, b, c, d, e, f = room
    return a, b, c, d, e, f


def _times(inner: _Matrix, outer: _Matrix | None) -> _Matrix:
    """First the one, then the other."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    (ax, ay), (cx, cy) = _turned((a, b), outer), _turned((c, d), outer)
    return (ax, ay, cx, cy, *_moved((e, f), outer))


def _moved(point: _Point, matrix: _Matrix) -> _Point:
    x, y = _turned(point, matrix)
    return x + matrix[4], y + matrix[5]


def _turned(point: _Point, matrix: _Matrix) -> _Point:
    x, y = point
    a, b, c, d, _, _ = matrix
    return a * x + c * y, b * x + d * y


def _subpaths(handle: int) -> Iterator[list[_Point]]:
    """The corners of each stretch of straight lines; a stretch with a curve has none."""
    room = (c_float * 2)()
    first = ctypes.addressof(room)
    points: list[_Point] = []
    straight = True
    for at in range(pdfium.count_segments(handle)):
        segment = pdfium.segment_at(handle, at)
        kind = pdfium.segment_kind(segment)
        if kind == pdfium.MOVE_TO:
            if straight and points:
                yield points
            points, straight = [], True
        straight = straight and kind in (pdfium.MOVE_TO, pdfium.LINE_TO)
        pdfium.segment_point(segment, first, first + 4)
        points.append((room[0], room[1]))
    if straight and points:
        yield points


def _is_rectangle(points: list[_Point]) -> bool:
    """Whether the corners are those of an upright rectangle, closed or drawn back to the start."""
    if len(points) == 5 and points[4] == points[0]:
        points = points[:4]
    if len(points) != 4:
        return False
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    return (ax == bx and by == cy and cx == dx and dy == ay) or (ay == by and bx == cx and cy == dy and dx == ax)
