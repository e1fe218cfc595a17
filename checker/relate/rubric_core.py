"""What the builders of scoring rules share: the context of a rule, its intervals, and why one is not understood."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from checker.relate.rubric_clauses import Clause
from checker.relate.rubric_conditions import settled
from checker.relate.rubric_programs import ZERO, Program, Tier
from checker.relate.rubric_tokens import Kind, Token
from checker.verdict import Phrase


class NotUnderstood(Exception):
    """A rule that cannot be executed; ``reason`` says why."""

    def __init__(self, reason: Phrase) -> None:
        """Keep the reason."""
        super().__init__(reason.say("en"))
        self.reason = reason


UNPLACED = Phrase("“{words}”与其他计分语句的关系不明", "how “{words}” goes with the other phrases is not clear")
NO_START = Phrase("“{words}”没有写明从何值起算", "“{words}” does not say from which value it counts")
TWO_FORMULAS = Phrase("同一标准中有两个不同的计分公式", "the criterion has two different formulas")
NO_FORMULA = Phrase("计分公式“{words}”无法计算", "the formula “{words}” cannot be computed")
MANY_OR_ONE = Phrase(
    "各得分语句是分项相加还是分档择一不明", "whether the scores add up or exclude each other is not clear"
)
ONE_CASE = Phrase("只写明“{words}”一种情形", "only the one case “{words}” is written out")
PER_CENT = frozenset({"%", "", "个百分点", "百分点"})
GIVING = frozenset({Kind.FULL, Kind.GAIN, Kind.ZERO, Kind.GATE})


class Built(Struct, frozen=True):
    """A program and what a linter of the rule looks at."""

    kind: str
    program: Program
    input: str = ""
    labels: tuple[str, ...] = ()
    points: tuple[Decimal, ...] = ()


class Context(Struct, frozen=True):
    """What the clauses share: the weight that 满分 is, the weight that shares are of, the phrases beside them."""

    weight: Decimal
    total: Decimal
    side: tuple[Token, ...] = ()
    formula_labels: tuple[str, ...] = ()

    def score(self, clause: Clause) -> Decimal:
        """The score that a clause gives."""
        return self.points_of(clause.token)

    def points_of(self, token: Token) -> Decimal:
        """The score that a phrase gives."""
        if token.kind is Kind.FULL:
            return self.weight
        if token.kind in {Kind.ZERO, Kind.GATE}:
            return ZERO
        return token.amounts[0].points(self.total)

    @property
    def whole(self) -> str:
        """How a part of a step counts."""
        kinds = {token.kind for token in self.side}
        said = {Kind.WHOLE_UP: "up", Kind.WHOLE_DOWN: "down", Kind.IN_PART: "part"}
        return next((word for kind, word in said.items() if kind in kinds), "")

    @property
    def lowest(self) -> Decimal:
        """The score that deductions never go below."""
        most = [
            token.amounts[0].points(self.total) for token in self.side if token.kind is Kind.FLOOR and token.amounts
        ]
        return max(ZERO, self.weight - most[0]) if most else ZERO


def unplaced(clause: Clause) -> NotUnderstood:
    """The refusal to read a rule in which a clause has no place."""
    return NotUnderstood(UNPLACED.filled(words=(clause.condition.text[-12:] + clause.token.text)))


def read_tiers(clauses: Sequence[Clause], context: Context) -> tuple[Tier, ...]:
    """The intervals of the rule with their scores, shared ends settled. Raises on different units."""
    found = [c for c in clauses if c.token.kind in GIVING and c.condition.stretch]
    stretches = [c.condition.stretch for c in found if c.condition.stretch]
    units = {"%" if s.unit in PER_CENT else s.unit for s in stretches}
    if len(units) > 1:
        raise unplaced(found[-1])
    alone = len([c for c in found if context.score(c) > 0]) == 1
    stretches = [s if alone and s.low > 0 else s.exactly for s in stretches]
    tidy = [replace(s, unit=next(iter(units))) for s in settled(stretches)]
    return tuple(Tier(s, context.score(c)) for s, c in zip(tidy, found, strict=True))


def labels_of(clauses: Sequence[Clause], context: Context) -> tuple[str, ...]:
    """The words by which the rule names what it measures."""
    named = [c.condition.stretch.label for c in clauses if c.condition.stretch and c.condition.stretch.label]
    return tuple(dict.fromkeys((*named, *context.formula_labels)))


def rest_of(clauses: Sequence[Clause], context: Context) -> Decimal | None:
    """What 否则 gives; None when the rule has no such clause."""
    rest = [context.score(c) for c in clauses if c.token.kind in GIVING and c.condition.otherwise]
    return rest[-1] if rest else None


def extra_of(clauses: Sequence[Clause], context: Context) -> frozenset[Decimal]:
    """Scores that words give beside the intervals."""
    return frozenset(context.score(c) for c in clauses if c.token.kind in GIVING and c.condition.in_words)
