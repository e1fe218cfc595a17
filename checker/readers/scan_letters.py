"""Glyphs from the strips of signs that were seen: their size, their baseline and their sides.

A box around a line says little of the size of its type; the distance of its ideographs does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from checker.extract.patterns import Pattern
from checker.readers.pdf_page import ASCENT, SURE, UNSURE, Glyph
from checker.readers.scan_seen import Sign, Strip

CONFIDENT = 0.95  # see tests/benchmarks/ocr.py: how many digits above it are wrong
BRACKETS = "（）()"  # one is easily taken for the other, and no figure changes by it
FIRST_WIDE, LAST_WIDE = "一", "鿿"
SIZES = (5.0, 72.0)
NEAR = 1.4
ALIKE = 1.08  # sizes that differ by less are one
WIDEST = 0.75  # of the size: how far a sign reaches to either side
_NUMBERED = Pattern(r"附?[表图]\d{1,2}(?=(?:19|20)\d\d年)")  # 表4 2023年…: the space between is too narrow to be seen
ROOM = 0.72  # of the height of a box around text: the size of its type, where no ideographs tell it


def glyphs_of(strips: Sequence[Strip], unit: float) -> Iterator[Glyph]:
    """The characters of all strips of a page in points, ``unit`` of the picture's pixels each."""
    strips = [_spaced(strip) for strip in strips]
    for strip, size in zip(strips, _sizes(strips, unit), strict=True):
        yield from _glyphs(strip, size, unit)


def _spaced(strip: Strip) -> Strip:
    """With the space between the number of a caption and a year."""
    caption = _NUMBERED.match("".join(sign.text for sign in strip.signs))
    if caption is None:
        return strip
    before, after = strip.signs[: caption.end()], strip.signs[caption.end() :]
    space = Sign(" ", (before[-1].x + after[0].x) / 2, 1.0)
    return replace(strip, signs=(*before, space, *after))


def _height(strip: Strip) -> float:
    return strip.box.bottom - strip.box.top


def _sizes(strips: Sequence[Strip], unit: float) -> list[float]:
    """The size of type of each strip: its ideographs tell it, or else the height of its box."""
    heights = [_height(strip) / unit for strip in strips]
    told = [_pitch(strip) / unit for strip in strips]
    shares = sorted(size / height for size, height in zip(told, heights, strict=True) if size)
    share = shares[len(shares) // 2] if shares else ROOM
    known = [at for at, size in enumerate(told) if size]
    settled = dict(zip(known, _settled([told[at] for at in known], [strips[at] for at in known]), strict=True))
    usual: Counter[float] = Counter()
    for at, size in settled.items():
        usual[size] += len(strips[at].signs)
    return [settled[at] if at in settled else _usual(share * height, usual) for at, height in enumerate(heights)]


def _usual(size: float, usual: Mapping[float, int]) -> float:
    """The size that most of the page has, where it is near: the height of a box is a poor measure."""
    near = [one for one in usual if max(one, size) <= NEAR * min(one, size)]
    return max(near, key=lambda one: usual[one], default=min(max(size, SIZES[0]), SIZES[1]))


def _pitch(strip: Strip) -> float:
    """The distance of ideographs that follow each other, in pixels; 0 where there are too few."""
    steps = [
        right.x - left.x
        for left, right in pairwise(strip.signs)
        if FIRST_WIDE <= left.text <= LAST_WIDE and FIRST_WIDE <= right.text <= LAST_WIDE
    ]
    if len(steps) < 3:
        return 0.0
    usual = sorted(steps)[len(steps) // 2]
    near = [step for step in steps if 0.6 * usual < step < 1.5 * usual]
    return sum(near) / len(near)


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
        yield Glyph(sign.text, x0, max(x1, x0), base, size, SURE if is_sure(sign) else UNSURE)


def is_sure(sign: Sign) -> bool:
    """Whether a sign was clearly read."""
    return sign.confidence >= CONFIDENT or sign.text in BRACKETS
