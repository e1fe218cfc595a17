"""Indicators across the tables and the narrative: names, order, criteria, reasons, problems."""

from __future__ import annotations

from msgspec import Struct

from checker.figure import Figure
from checker.relation.base import Relation
from checker.relation.written import as_written
from checker.verdict import Mention, Phrase, Role


class IndicatorPresent(Relation, frozen=True):
    """An indicator in one place, and whether another place that lists indicators has it too."""

    name: str
    place: Mention
    where: Phrase
    other: Phrase
    found: bool

    @property
    def stated(self) -> str | None:
        """The indicator's name."""
        return as_written(self.name, self.place)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The name where it stands."""
        return (self.place,)


class Named(Struct, frozen=True):
    """A name at one place."""

    name: str
    where: Phrase
    mention: Mention


class IndicatorNames(Relation, frozen=True):
    """The names of one indicator at all places, the odd one first."""

    names: tuple[Named, ...]

    @property
    def stated(self) -> str | None:
        """The odd name."""
        return as_written(self.names[0].name, self.names[0].mention)

    @property
    def agree(self) -> bool:
        """Whether all places use one name."""
        return len({one.name for one in self.names}) == 1

    @property
    def listing(self) -> Phrase:
        """What each place says."""
        zh = "，".join(f"{{w{i}}}为“{one.name}”" for i, one in enumerate(self.names))
        en = ", ".join(f"“{one.name}” in {{w{i}}}" for i, one in enumerate(self.names))
        return Phrase(zh, en, {f"w{i}": one.where for i, one in enumerate(self.names)})

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every name."""
        return tuple(one.mention for one in self.names)


class IndicatorOrder(Relation, frozen=True):
    """The order of the indicators in two places; ``moved`` are those that stand elsewhere in the second."""

    first: Mention
    where: Phrase
    other: Phrase
    moved: tuple[tuple[str, Mention, Mention], ...]

    @property
    def names(self) -> str:
        """The indicators that stand elsewhere."""
        return "、".join(f"“{name}”" for name, _, _ in self.moved)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Both places of each indicator that stands elsewhere."""
        return tuple(m for _, here, there in self.moved for m in (here, there)) or (self.first,)


class IndicatorParent(Relation, frozen=True):
    """The group that an indicator stands in, in two tables; None where a merged cell may have slipped."""

    name: str
    groups: tuple[Named, Named]
    same: bool | None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The indicator in both places."""
        return tuple(one.mention for one in self.groups)


class SameText(Relation, frozen=True):
    """The criteria or the explanation of one indicator in two tables.

    ``only_here`` and ``only_there`` are the words that one side has and the other has not;
    ``rule_differs`` says that numbers or points are among them.
    """

    name: str
    column: str
    here: Mention
    there: Mention
    where: tuple[Phrase, Phrase]
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    rule_differs: bool

    @property
    def same(self) -> bool:
        """Whether both texts say the same."""
        return not self.only_here and not self.only_there

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Both texts, from the first difference on."""
        return self.here, self.there


class OwnText(Relation, frozen=True):
    """The explanation or the criteria of an indicator; ``source`` is another indicator with the same words."""

    name: str
    column: str
    text: Mention
    source: str = ""
    source_text: Mention | None = None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The text, then the one it repeats."""
        return (self.text, *((self.source_text,) if self.source_text else ()))


class AnnouncedParts(Relation, frozen=True):
    """The indicators that a sentence lists under another one, against those of the tables."""

    parent: str
    listing: Mention
    missing: tuple[tuple[str, Mention], ...]
    extra: tuple[str, ...]

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The sentence's list, then each indicator that it leaves out."""
        return (self.listing, *(mention for _, mention in self.missing))


class DeductionReason(Relation, frozen=True):
    """The points that an indicator lost beside the cell that gives the reason."""

    name: str
    score: Figure
    weight: Figure
    reason: Mention | None

    @property
    def deducted(self) -> bool:
        """Whether points were lost."""
        return self.score.quantity.value < self.weight.quantity.value

    @property
    def stated(self) -> str:
        """The score."""
        return self.score.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The score, the weight, the reason."""
        figures = (Mention.of(Role.STATED, self.score), Mention.of(Role.WHOLE, self.weight))
        return (*figures, *((self.reason,) if self.reason else ()))


class NamedProblem(Relation, frozen=True):
    """A problem that the conclusion names, and the place in the problems chapter that treats it."""

    problem: str
    place: Mention
    headings: tuple[Mention, ...]
    found: bool

    @property
    def stated(self) -> str | None:
        """The problem as named."""
        return as_written(self.problem, self.place)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The problem, then the headings of the chapter."""
        return (self.place, *self.headings)


class ProblemScore(Relation, frozen=True):
    """A problem that names an indicator, and the indicator's score."""

    name: str
    place: Mention
    score: Figure
    weight: Figure

    @property
    def stated(self) -> str | None:
        """The indicator that the problem names."""
        return as_written(self.name, self.place)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The problem, then score and weight."""
        return (self.place, Mention.of(Role.OPERAND, self.score), Mention.of(Role.WHOLE, self.weight))
