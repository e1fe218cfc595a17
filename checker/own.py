"""What the users of one report know and their settings say: bands, formulas, names, complete lists."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from checker.quantity import Interval

Token = str | Decimal


class OwnFormula(Struct, frozen=True):
    """A named figure and how it is computed: 人均成本 = 总成本 / 人数.

    ``tokens`` are the names of its operands, numbers, the signs ``+-*/`` and brackets.
    """

    name: str
    text: str
    tokens: tuple[Token, ...]

    @property
    def operands(self) -> tuple[str, ...]:
        """The names, each once."""
        return tuple(dict.fromkeys(t for t in self.tokens if isinstance(t, str) and t not in set("+-*/()")))


class OwnKnowledge(Struct, frozen=True):
    """All that is set for a report.

    ``grades`` are the bands of the total, highest first, ``grades_source`` what sets them.
    ``aliases`` give for each other name of an indicator the one that stands for it. A list whose
    total's label holds one of ``complete_lists`` names everything, even where it ends in 等.
    """

    grades: tuple[tuple[str, Interval], ...] = ()
    grades_source: str = ""
    formulas: tuple[OwnFormula, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    complete_lists: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash((self.grades, self.grades_source, self.formulas, self.complete_lists))  # a mapping has none

    def names(self, name: str) -> tuple[str, ...]:
        """All names of one thing, the asked one first."""
        main = self.aliases.get(name, name)
        others = (other for other, one in self.aliases.items() if one == main)
        return tuple(dict.fromkeys((name, main, *others)))

    def is_complete(self, label: str) -> bool:
        """Whether a list under this label is said to name everything."""
        return any(name in label for name in self.complete_lists)


NOTHING_OWN = OwnKnowledge()
