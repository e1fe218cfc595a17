"""Whether one written number is another one with a slip of the pen.

The slips are those that people make in copying: a digit dropped, doubled, added or wrong, two
swapped, the point moved. A near miss of this kind is good evidence that two numbers
were meant to be the same.
"""

from __future__ import annotations

from decimal import Decimal

APART = 2
"""How far two digits stand from each other that are swapped: beside each other, or about a third."""
TELLING = 4
"""How many significant digits a number needs before a one-digit slip says anything."""


def digits_of(value: Decimal) -> str:
    """The significant digits, the point left out: 1178.7894 is 11787894, 0.50 is 50."""
    return "".join(str(d) for d in value.as_tuple().digits).lstrip("0") or "0"


def is_slip(written: Decimal, meant: Decimal, telling: int = TELLING) -> bool:
    """Whether the digits of the first are those of the second with one slip.

    Numbers of fewer significant digits than ``telling`` are too easily one slip apart to say so.
    """
    a, b = digits_of(written.normalize()), digits_of(meant.normalize())
    if max(len(a), len(b)) < telling:
        return False
    if a == b:
        return written != meant
    if written.adjusted() != meant.adjusted() and abs(len(a) - len(b)) != 1:
        return False  # a moved point and a wrong digit are two slips
    width = max(_decimals(written), _decimals(meant))
    return _one_edit(a, b) or _one_edit(_plain(written, width), _plain(meant, width))


NEAR_SHARE = 10
SHORT = 2
"""A difference of two is how people miscount; between longer numbers a swap or one wrong digit is a slip."""


def near_miss(stated: Decimal, meant: Decimal) -> bool:
    """Whether two numbers that should be one differ by little: a tenth, two, or one slip in three digits or more."""
    whole = stated == stated.to_integral_value() and meant == meant.to_integral_value()
    if abs(stated - meant) * NEAR_SHARE <= abs(meant) or (whole and abs(stated - meant) <= SHORT):
        return True
    return is_one_edit(stated, meant)


def is_one_edit(stated: Decimal, meant: Decimal) -> bool:
    """Whether two numbers of three digits or more differ by one wrong digit or one swap."""
    a, b = f"{stated:f}", f"{meant:f}"
    if len(a) != len(b) or len(a) <= SHORT or a == b:
        return False
    same_point = a.find(".") == b.find(".")  # two digits beside the point are neighbours, too
    return _one_edit(a, b) or (same_point and _one_edit(a.replace(".", ""), b.replace(".", "")))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _plain(value: Decimal, width: int) -> str:
    return f"{abs(value):.{width}f}".replace(".", "")


def _one_edit(a: str, b: str) -> bool:
    if len(a) == len(b):
        wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        if len(wrong) == 1:
            return True
        near = len(wrong) == 2 and wrong[1] - wrong[0] <= APART
        return near and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) != 1:
        return False
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
