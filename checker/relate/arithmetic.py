"""One operation on two figures and whether a third can be its result."""

from __future__ import annotations

from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import TypeVar

from checker.figure import Figure
from checker.quantity import Interval
from checker.relation import in_unit

Value = TypeVar("Value", Decimal, Interval)
HUNDRED = Interval.point(Decimal(100))


def combine(left: Interval, sign: str, right: Interval) -> Interval | None:
    """``left sign right``; None where the divisor may be zero."""
    return None if sign == "/" and right.low <= 0 <= right.high else _operated(left, sign, right)


def apply(left: Decimal, sign: str, right: Decimal) -> Decimal | None:
    """``left sign right`` on exact values; None for a zero divisor."""
    try:
        return _operated(left, sign, right)
    except (DivisionByZero, InvalidOperation):
        return None


def _operated(left: Value, sign: str, right: Value) -> Value:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    return left * right if sign == "*" else left / right


def allowed(result: Figure, sign: str, interval: Interval) -> tuple[Interval, ...]:
    """The ways to read a recomputed interval in the result's unit.

    A quotient is a rate when the result is one; a bare result of a quotient may be either.
    """
    if sign != "/":
        return (interval,)
    kind = result.quantity.unit.kind
    if kind == "rate":
        return (interval * HUNDRED,)
    return (interval, interval * HUNDRED) if kind == "plain" else (interval,)


def agrees(left: Figure, sign: str, right: Figure, result: Figure) -> bool | None:
    """Whether the figures allow ``left sign right = result``; None where it has no value."""
    interval = combine(left.quantity.interval, sign, right.quantity.interval)
    if interval is None:
        return None
    stated = (result.quantity.interval, result.quantity.truncated)
    return any(way.meets(one) for way in allowed(result, sign, interval) for one in stated)


def is_a_digit_off(left: Figure, sign: str, right: Figure, result: Figure) -> bool:
    """Whether a result is one of its last digit away from what its operands give."""
    value = apply(left.quantity.based, sign, right.quantity.based)
    return value is not None and abs(value - result.quantity.based) <= 2 * result.quantity.half_digit


def recomputed(left: Figure, sign: str, right: Figure, result: Figure) -> str:
    """What the result should be, written with its digits; "" where it has no value."""
    value = apply(left.quantity.based, sign, right.quantity.based)
    if value is None:
        return ""
    if sign == "/" and result.quantity.unit.kind == "rate":
        value *= 100
    digits = max(result.quantity.decimals, 0 if sign == "/" else max(left.quantity.decimals, right.quantity.decimals))
    suffix = "%" if result.quantity.unit.kind == "rate" else ""
    return in_unit(value, result.quantity.unit, digits) + suffix
