"""The grade of a total, and the bands of scores that a report prints for its grades."""

from __future__ import annotations

from decimal import Decimal

from checker.figure import Figure
from checker.quantity import Interval
from checker.relation.base import Relation
from checker.verdict import Mention, Role


class Graded(Relation, frozen=True):
    """The grade that the report gives to its total, and bands if the report prints its own.

    ``bands`` maps each grade printed in the report, or set by its users, to its interval of scores;
    ``source`` names what set them, "" for the report itself.
    """

    total: Figure
    grade: str
    grade_mention: Mention
    bands: tuple[tuple[str, Interval], ...] = ()
    band_mention: Mention | None = None
    source: str = ""

    @property
    def stated(self) -> str:
        """The grade as written."""
        return self.grade

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The grade, the total, the printed bands."""
        extra = (self.band_mention,) if self.band_mention else ()
        return (self.grade_mention, Mention.of(Role.OPERAND, self.total), *extra)


class GradeBands(Relation, frozen=True):
    """The bands of scores that the report prints for its grades, from the highest on."""

    bands: tuple[tuple[str, Interval], ...]
    mention: Mention

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The text that prints them."""
        return (self.mention,)

    @property
    def breaks(self) -> tuple[tuple[str, str, Decimal, Decimal], ...]:
        """Neighbours that do not meet: both grades, where the upper one begins and where the lower one ends.

        Bands of whole points may leave the step between them: 90—100, 80—89.
        """
        out = []
        for (upper, above), (lower, below) in zip(self.bands, self.bands[1:], strict=False):
            step = above.low - below.high
            if step not in (0, 1) or (step == 1 and above.low != above.low.to_integral_value()):
                out.append((upper, lower, above.low, below.high))
        return tuple(out)
