"""Trends over a series of years, and words that compare two stated figures."""

from __future__ import annotations

from itertools import pairwise

from checker.figure import Figure
from checker.relation.base import Relation
from checker.verdict import Mention, Phrase, Role

YEAR = Phrase("{year} 年", "{year}")


class Trend(Relation, frozen=True):
    """A series of one measure and the word that says how it runs; ``sign`` is 1 for growth.

    ``years`` are those of the figures, one each, where the text gives them.
    """

    label: str
    word: Mention
    says: str
    series: tuple[Figure, ...]
    sign: int
    years: tuple[int, ...] = ()

    @property
    def broken(self) -> tuple[str | Phrase, str | Phrase] | None:
        """The first two years, or figures, between which the series does not run that way."""
        at = next((n for n, step in enumerate(pairwise(self.series)) if not self._runs(*step)), None)
        return None if at is None else (self._point(at), self._point(at + 1))

    def _point(self, at: int) -> str | Phrase:
        return YEAR.filled(year=self.years[at]) if self.years else self.series[at].number

    @property
    def is_opposite(self) -> bool:
        """Whether every step of the series runs the other way."""
        return all((b.quantity.based - a.quantity.based) * self.sign < 0 for a, b in pairwise(self.series))

    @property
    def is_open(self) -> bool:
        """Whether a figure is approximate, or two rounded figures of a step are equal as displayed."""
        if any(figure.quantity.is_open for figure in self.series):
            return True
        equal = [(a, b) for a, b in pairwise(self.series) if a.quantity.based == b.quantity.based]
        return any(not (a.quantity.is_exact and b.quantity.is_exact) for a, b in equal)

    def _runs(self, first: Figure, second: Figure) -> bool:
        return (second.quantity.based - first.quantity.based) * self.sign > 0

    @property
    def listing(self) -> str:
        """The series as written: 315、500、500."""
        return "、".join(figure.number for figure in self.series)

    @property
    def stated(self) -> str:
        """The word that says how the series runs."""
        return self.says

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The word, then the series."""
        return (self.word, *(Mention.of(Role.OPERAND, figure) for figure in self.series))


class Comparison(Relation, frozen=True):
    """Two stated figures and a word that says which is larger; ``sign`` is 1 for 大于, -1 for 小于, 0 for 持平."""

    names: tuple[str, str]
    left: Figure
    right: Figure
    word: Mention
    says: str
    sign: int
    or_equal: bool = False

    @property
    def holds(self) -> bool:
        """Whether some true values of the two figures stand so."""
        left, right = self.left.quantity.interval, self.right.quantity.interval
        if self.sign == 0 or (self.or_equal and left.meets(right)):
            return left.meets(right)
        exact = self.left.quantity.is_exact and self.right.quantity.is_exact
        above, below = (left, right) if self.sign > 0 else (right, left)
        return above.low > below.high if exact else above.high > below.low

    @property
    def listing(self) -> str:
        """Both figures with their names, without the word that compares."""
        units = [figure.quantity.unit.name for figure in (self.left, self.right)]
        numbers = (self.left.number + units[0].strip("%"), self.right.number + units[1].strip("%"))
        return "，".join(f"{name} {number}".strip() for name, number in zip(self.names, numbers, strict=True))

    @property
    def stated(self) -> str:
        """The word that compares."""
        return self.says

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The word, then the figures."""
        return (self.word, Mention.of(Role.OPERAND, self.left), Mention.of(Role.OPERAND, self.right))
