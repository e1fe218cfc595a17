"""Posts of a body against the people who fill them."""

from __future__ import annotations

from decimal import Decimal

from checker.figure import Figure
from checker.quantity import Interval
from checker.relation.base import Relation
from checker.verdict import Mention, Role


class Vacancy(Relation, frozen=True):
    """A stated number of vacant posts (``sign`` 1), or of people above the posts (-1)."""

    posts: Figure
    filled: Figure
    gap: Figure
    word: str
    sign: int

    @property
    def meant(self) -> Decimal:
        """What is left of the posts, or of the people."""
        return self.sign * (self.posts.quantity.value - self.filled.quantity.value)

    @property
    def calculation(self) -> str:
        """The larger number less the smaller one."""
        first, second = (self.posts, self.filled) if self.sign > 0 else (self.filled, self.posts)
        return f"{first.number} − {second.number}"

    def needed(self, figure: Figure) -> Interval | None:
        """The number that the other two give."""
        gap = self.sign * self.gap.quantity.value
        if figure is self.gap:
            return Interval.point(self.meant)
        if figure is self.posts:
            return Interval.point(self.filled.quantity.value + gap)
        return Interval.point(self.posts.quantity.value - gap) if figure is self.filled else None

    @property
    def stated(self) -> str:
        """The vacancies as written."""
        return self.gap.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The vacancies, the posts, the people."""
        others = (Mention.of(Role.WHOLE, self.posts), Mention.of(Role.PART, self.filled))
        return Mention.of(Role.STATED, self.gap), *others


class Posts(Relation, frozen=True):
    """A word that says that the posts are filled (``sign`` 0), not all filled (1) or more than filled (-1)."""

    posts: Figure
    filled: Figure
    word: str
    sign: int

    @property
    def agrees(self) -> bool:
        """Whether the two numbers are so."""
        gap = self.posts.quantity.value - self.filled.quantity.value
        return gap == 0 if self.sign == 0 else self.sign * gap > 0

    @property
    def stated(self) -> str:
        """The people as written."""
        return self.filled.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The people, then the posts."""
        return Mention.of(Role.STATED, self.filled), Mention.of(Role.WHOLE, self.posts)
