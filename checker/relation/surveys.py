"""Surveys: numbers of questionnaires, and rates that a number of answers can give."""

from __future__ import annotations

from decimal import Decimal

from checker.figure import Figure
from checker.quantity import HALF, Interval
from checker.relation.base import Relation
from checker.verdict import Mention, Role


class SurveyOrder(Relation, frozen=True):
    """Two numbers of one survey of which the later step cannot be the greater: 发放, 收回, 有效."""

    more: Figure
    fewer: Figure
    more_name: str
    fewer_name: str

    @property
    def stated(self) -> str:
        """The number of the later step."""
        return self.fewer.number

    def needed(self, figure: Figure) -> Interval | None:
        """No more than the earlier step; at least the later one."""
        if figure is self.fewer:
            return Interval(Decimal(0), self.more.quantity.based)
        return Interval(self.fewer.quantity.based, 10 * self.fewer.quantity.based) if figure is self.more else None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The later step, then the earlier one."""
        return Mention.of(Role.STATED, self.fewer), Mention.of(Role.WHOLE, self.more)


class AnswerShare(Relation, frozen=True):
    """A rate of those who answered, or the mean of their whole marks, and the numbers of answers that it may rest on.

    ``whole`` is 100 for a rate and 1 for a mean: both are a whole number over the number of answers. The
    test is known as GRIM (Brown & Heathers 2017).
    """

    name: str
    rate: Figure
    answers: tuple[Figure, ...]
    whole: int = 100

    @property
    def holds(self) -> bool:
        """Whether some whole number out of one of the numbers of answers gives the rate, rounded or cut off."""
        return any(self._gives(answers.quantity.value) for answers in self.answers)

    def _gives(self, answers: Decimal) -> bool:
        quantity = self.rate.quantity
        nearest = int(quantity.value * answers / self.whole)
        step = Decimal(1).scaleb(-quantity.decimals)
        shares = [self.whole * (nearest + more) / answers for more in range(2)]
        return any(abs(share - quantity.value) <= step * HALF or 0 <= share - quantity.value < step for share in shares)

    @property
    def nearest(self) -> tuple[int, Decimal]:
        """The whole number out of the first number of answers that comes nearest, and its rate."""
        answers = self.answers[0].quantity.value
        number = round(self.rate.quantity.value * answers / self.whole)
        return number, round(self.whole * number / answers, self.rate.quantity.decimals)

    @property
    def stated(self) -> str:
        """The rate as written."""
        return self.rate.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The rate, then the numbers of answers."""
        return Mention.of(Role.STATED, self.rate), *(Mention.of(Role.WHOLE, figure) for figure in self.answers)
