"""Lines that a converter printed in a wrong order, told by a unit without its number.

Where the two ends of a line stand a little higher and lower on the page, a converter makes two lines
of it, and the right one may come first. A line that begins with a unit goes on with one that ends
with a number; nothing else shows that words were exchanged.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.patterns import Pattern
from checker.readers.lines import Line

_UNIT = Pattern(r"\s*(?:(?:万亿|[亿万千])?元(?![旦月件素])|[%％]|个百分点)")
_NUMBER_AT_END = Pattern(r".*\d\s*")
_MARK_AT_END = Pattern(r".*[，。；：、,;:）)]\s*")


def put_back(lines: Sequence[Line]) -> list[Line]:
    """The lines, one that begins with a unit right behind the number that ends the line before the last."""
    ordered = list(lines)
    written = [at for at, line in enumerate(lines) if not line.blank]
    for first, between, at in zip(written, written[1:], written[2:], strict=False):
        parted = _UNIT.match(lines[at].value) and _NUMBER_AT_END.fullmatch(lines[first].value)
        if parted and _MARK_AT_END.fullmatch(lines[between].value) and not _UNIT.match(lines[between].value):
            ordered[between], ordered[at] = lines[at], lines[between]
    return ordered
