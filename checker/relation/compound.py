"""Mean growth a year over several years, by the geometric mean: (末/初)^(1/n) − 1.

国家统计局, 平均发展速度 by the 几何平均法 (水平法): the mean rate of growth is the n-th root of the last level over the
first, less one.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from checker.figure import Figure
from checker.quantity import Interval
from checker.relation.base import Relation, number_text, terms
from checker.verdict import Mention, Role

ONE, HUNDRED = Decimal(1), Decimal(100)


class CompoundGrowth(Relation, frozen=True):
    """A mean growth a year in per cent.

    ``levels`` are the first and the last level, or empty; then ``rates`` are the growth of each of some spans
    one behind the other, in per cent with the signs ``signs``. ``years`` is over how many years they go, ``sign`` is -1
    where the mean is a fall.
    """

    label: str
    result: Figure
    levels: tuple[Figure, ...]
    rates: tuple[Figure, ...]
    signs: tuple[int, ...]
    years: int
    sign: int = 1

    @property
    def ratio(self) -> tuple[Decimal, Decimal, Decimal]:
        """The last level over the first: the least, as printed, and the greatest that rounding allows."""
        if self.levels:
            first, last = (one.quantity for one in self.levels)
            low, high = last.interval.low / first.interval.high, last.interval.high / first.interval.low
            return low, last.based / first.based, high
        low = exact = high = ONE
        for rate, sign in zip(self.rates, self.signs, strict=True):
            value, half = sign * rate.quantity.value / HUNDRED, rate.quantity.half_digit / HUNDRED
            low, exact, high = low * (1 + value - half), exact * (1 + value), high * (1 + value + half)
        return low, exact, high

    def _mean(self, ratio: Decimal) -> Decimal:
        return self.sign * (ratio ** (ONE / self.years) - 1) * HUNDRED

    @property
    def reach(self) -> Interval:
        """Every mean that the figures, as wide as they are written, can give, in per cent."""
        low, _, high = self.ratio
        one, other = self._mean(low), self._mean(high)
        return Interval(min(one, other), max(one, other))

    @property
    def exact(self) -> Decimal:
        """The mean of the printed figures, in per cent."""
        return self._mean(self.ratio[1])

    @property
    def holds(self) -> bool:
        """Whether the mean is reached."""
        return self.reach.meets(self.result.quantity.interval)

    @property
    def is_simple(self) -> bool:
        """Whether the mean is the arithmetic one, which some print instead."""
        _, ratio, _ = self.ratio
        simple = self.sign * (ratio - 1) * HUNDRED / self.years
        spread = [sign * rate.quantity.value for rate, sign in zip(self.rates, self.signs, strict=True)]
        means = [simple, *([self.sign * sum(spread, Decimal(0)) / len(spread)] if spread else [])]
        quantity = self.result.quantity
        return any(abs(mean - quantity.value) <= quantity.half_digit for mean in means)

    def needed(self, figure: Figure) -> Interval | None:
        """The mean that the others give; not asked of the others."""
        return self.reach if figure is self.result else None

    @property
    def stated(self) -> str:
        """The mean as written."""
        return self.result.number

    @property
    def computed(self) -> str:
        """The mean, with the digits of the stated one."""
        return f"{round(self.exact, self.result.quantity.decimals):f}%"

    @property
    def calculation(self) -> str:
        """How the mean is computed."""
        if self.levels:
            first, last = terms(*self.levels)
            grown = f"({last} ÷ {first})"
        else:
            spans = _grown(self.rates, self.signs)
            grown = spans[0] if len(spans) == 1 else f"({' × '.join(spans)})"
        return f"{grown}^(1/{self.years}) − 1"

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The mean, then what it follows from."""
        operands = (Mention.of(Role.OPERAND, one) for one in (*self.levels, *self.rates))
        return (Mention.of(Role.STATED, self.result), *operands)


def _grown(rates: Sequence[Figure], signs: Sequence[int]) -> list[str]:
    return [
        f"(1 {'+' if sign > 0 else '−'} {number_text(rate.quantity.value)}%)"
        for rate, sign in zip(rates, signs, strict=True)
    ]
