"""Glyphs from the strips of signs that were seen: their size, their baseline and their sides.

A box around a line says little of the size of its type; the distance of its ideographs does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from checker.readers.pdf_page import ASCENT, SURE, UNSURE, Glyph
from checker.readers.scan_seen import Sign, Strip

CONFIDENT = 0.95  # see tests/benchmarks/ocr.py: how many digits above it are wrong
FIRST_WIDE = "⺀"
SIZES = (5.0, 72.0)
ALIKE = 1.08  # sizes that differ by less are one
WIDEST = 0.75  # of the size: how far a sign reaches to either side
ROOM = 0.72  # of the height of a box around text: the size of its type, where no ideographs tell it


def glyphs_of(strips: Sequence[Strip], unit: float) -> Iterator[Glyph]:
    """The characters of all strips of a page in points, ``unit`` of the picture's pixels each."""
    measured = [_size(strip, unit) for strip in strips]
    told = [size / (_height(strip) / unit) for strip, size in zip(strips, measured, strict=True) if size]
    share = sorted(told)[len(told) // 2] if told else ROOM
    sizes = [size or share * _height(strip) / unit for strip, size in zip(strips, measured, strict=True)]
    for strip, size in zip(strips, _settled(sizes, strips), strict=True):
        yield from _glyphs(strip, size, unit)


def _height(strip: Strip) -> float:
    return strip.box.bottom - strip.box.top


def _size(strip: Strip, unit: float) -> float:
    """The distance of ideographs that follow each other, in points; 0 where there are too few."""
    steps = [
        right.x - left.x
        for left, right in pairwise(strip.signs)
        if left.text >= FIRST_WIDE and right.text >= FIRST_WIDE
    ]
    if len(steps) < 3:
        return 0.0
    usual = sorted(steps)[len(steps) // 2]
    near = [step for step in steps if 0.6 * usual < step < 1.5 * usual]
    return sum(near) / len(near) / unit


def _settled(sizes: Sequence[float], strips: Sequence[Strip]) -> list[float]:
    """The sizes with those that are alike made equal: most characters of a page decide."""
    weights = [len(strip.signs) for strip in strips]
    settled = [0.0] * len(sizes)
    rest = set(range(len(sizes)))
    while rest:
        crowd = {at: sum(weights[one] for one in rest if _alike(sizes[one], sizes[at])) for at in rest}
        middle = max(sorted(rest), key=lambda at: crowd[at])
        group = sorted((one for one in rest if _alike(sizes[one], sizes[middle])), key=lambda one: sizes[one])
        half = round(2 * _median(group, sizes, weights)) / 2
        for one in group:
            settled[one] = min(max(half, SIZES[0]), SIZES[1])
        rest -= set(group)
    return settled


def _alike(one: float, other: float) -> bool:
    return max(one, other) <= ALIKE * min(one, other)


def _median(group: Sequence[int], sizes: Sequence[float], weights: Sequence[int]) -> float:
    each = [sizes[one] for one in group for _ in range(weights[one])]
    return each[len(each) // 2]


def _glyphs(strip: Strip, size: float, unit: float) -> Iterable[Glyph]:
    base = (strip.box.top + strip.box.bottom) / 2 / unit + (ASCENT - 0.5) * size
    reach = WIDEST * size
    places = [sign.x / unit for sign in strip.signs]
    middles = [(left + right) / 2 for left, right in pairwise(places)]
    lefts = [strip.box.x0 / unit, *middles]
    rights = [*middles, strip.box.x1 / unit]
    for sign, place, left, right in zip(strip.signs, places, lefts, rights, strict=True):
        x0, x1 = max(left, place - reach), min(right, place + reach)
        yield Glyph(sign.text, x0, max(x1, x0), base, size, SURE if _is_sure(sign) else UNSURE)


def _is_sure(sign: Sign) -> bool:
    return sign.confidence >= CONFIDENT
