"""Relations that a report claims between its figures, as finders hand them to rules.

Each relation is frozen, says why it is believed (``because``) and knows the places it rests on
(``mentions``, the stated one first). ``passed``, ``failed`` and ``open`` make the check.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from checker.document import Table
from checker.figure import Figure
from checker.quantity import Interval, sum_intervals
from checker.units import Unit
from checker.verdict import Check, Mention, Phrase, Role, Severity, Verdict


@dataclass(frozen=True)
class Relation:
    """What all relations share."""

    because: Phrase

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The places that the relation rests on, the stated one first."""
        raise NotImplementedError

    @property
    def stated(self) -> str | None:
        """The figure that the relation is about, as written."""
        return None

    def passed(self, message: str = "pass", severity: Severity | None = None, **fields: object) -> Check:
        """The statements agree."""
        return self._check(Verdict.PASS, message, severity, fields)

    def failed(self, message: str = "fail", severity: Severity | None = None, **fields: object) -> Check:
        """The statements cannot all be true. ``computed`` and ``suggestion`` may be among the fields."""
        return self._check(Verdict.FAIL, message, severity, fields)

    def open(self, message: str = "open", **fields: object) -> Check:
        """The relation was seen and could not be decided; the message says why."""
        return self._check(Verdict.OPEN, message, None, fields)

    def _check(self, verdict: Verdict, message: str, severity: Severity | None, fields: dict[str, object]) -> Check:
        computed = fields.get("computed")
        suggestion = fields.pop("suggestion", None)
        mentions = fields.pop("mentions", None)
        return Check(
            verdict=verdict,
            mentions=mentions if isinstance(mentions, tuple) else self.mentions,
            because=self.because,
            message=message,
            fields={"stated": self.stated, **fields},
            stated=self.stated,
            computed=None if computed is None else str(computed),
            severity=severity,
            suggestion=suggestion if isinstance(suggestion, Phrase) else None,
        )


NOWHERE = Phrase("", "")


def number_text(value: Decimal) -> str:
    """A computed number in plain digits: no exponent, no needless zeros."""
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    return str(plain.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else plain)


def in_unit(value: Decimal, unit: Unit, decimals: int) -> str:
    """A value given in base units, written in ``unit`` with the digits that its operands have."""
    return f"{round(value / unit.scale, decimals):.{decimals}f}"


@dataclass(frozen=True)
class Sum(Relation):
    """A total and what adds up to it.

    ``readings`` are the sets of parts that the text allows (with or without a sub-total, up to
    the semicolon or to the full stop); the relation holds when one of them does. Parts that are
    taken off stand in ``minus``. ``closed`` says that the parts are all there is, so that a sum
    that misses the total is a contradiction; without it only a near miss is one.
    """

    total: Figure
    readings: tuple[tuple[Figure, ...], ...]
    label: str = ""
    closed: bool = True
    doubt: Phrase | None = None

    @property
    def stated(self) -> str:
        """The total as written."""
        return self.total.number

    @property
    def parts(self) -> tuple[Figure, ...]:
        """The parts of the reading that comes closest to the total."""
        return min(self.readings, key=lambda parts: abs(self._gap(parts)))

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The total first, then the parts of the closest reading."""
        return (Mention.of(Role.STATED, self.total), *(Mention.of(Role.PART, part) for part in self.parts))

    @property
    def comparable(self) -> bool:
        """Whether all parts are counted in the total's base and none is open (约, 以上)."""
        figures = (self.total, *(part for parts in self.readings for part in parts))
        return all(f.quantity.unit.base == self.total.quantity.unit.base and not f.quantity.is_open for f in figures)

    @property
    def holds(self) -> bool:
        """Whether some reading can reach the total."""
        return any(self.reachable(parts).meets(self.total.quantity.interval) for parts in self.readings)

    @property
    def holds_to_the_digit(self) -> bool:
        """Whether some reading adds up to exactly the digits of the total."""
        return any(self._gap(parts) == 0 for parts in self.readings)

    @property
    def computed(self) -> str:
        """What the closest reading adds up to, in the total's unit."""
        return self.written(sum(part.quantity.based for part in self.parts))

    @property
    def difference(self) -> str:
        """How far the closest reading is from the total, without sign, in the total's unit."""
        return self.written(abs(self._gap(self.parts)))

    @property
    def fields(self) -> dict[str, object]:
        """What messages say of the sum."""
        return {
            "label": self.label,
            "computed": self.computed,
            "difference": self.difference,
            "unit": self.total.quantity.unit.name,
            "count": len(self.parts),
        }

    @staticmethod
    def reachable(parts: tuple[Figure, ...]) -> Interval:
        """Every true sum of the parts."""
        return sum_intervals(part.quantity.interval for part in parts)

    def written(self, value: Decimal | int) -> str:
        """A value in base units, as the total would write it."""
        figures = (self.total, *self.parts)
        digits = max(f.quantity.decimals + _places(self.total, f) for f in figures)
        return in_unit(Decimal(value), self.total.quantity.unit, digits)

    def _gap(self, parts: tuple[Figure, ...]) -> Decimal:
        return Decimal(sum(part.quantity.based for part in parts)) - self.total.quantity.based


def _places(total: Figure, other: Figure) -> int:
    """How many more digits a figure of another scale needs in the total's unit (元 in 万元: 4)."""
    ratio = total.quantity.unit.scale / other.quantity.unit.scale
    return max(0, ratio.adjusted())


@dataclass(frozen=True)
class TableTotal(Sum):
    """A total row or column of a table; ``table`` is where it stands, ``column`` its header."""

    table: Table | None = None
    column: str = ""

    @property
    def fields(self) -> dict[str, object]:
        """The sum's, with the names of table and column."""
        name = self.table.name if self.table else ""
        return {**super().fields, "table": name, "column": self.column}


@dataclass(frozen=True)
class ProseTotal(Sum):
    """A total in a sentence with the parts that the sentence gives."""


@dataclass(frozen=True)
class TreeTotal(Sum):
    """A sum of the score tree; ``where`` names the table or the narrative."""

    where: Phrase = NOWHERE
    hint: Phrase | None = None

    @property
    def fields(self) -> dict[str, object]:
        """The sum's, with the place."""
        return {**super().fields, "where": self.where, "suggestion": self.hint}


@dataclass(frozen=True)
class ScoreTotal(TreeTotal):
    """A total score with the scores under it."""


@dataclass(frozen=True)
class WeightTotal(TreeTotal):
    """A weight of the score tree with the weights under it."""


@dataclass(frozen=True)
class GroupScore(TreeTotal):
    """A score of the summary table with the leaves of the score table under the same group."""


@dataclass(frozen=True)
class HundredWeights(Relation):
    """All weights of one level of an indicator system, which has no total row; they are out of 100."""

    parts: tuple[Figure, ...]
    where: Phrase

    @property
    def summed(self) -> Decimal:
        """The weights added up."""
        return sum((part.quantity.value for part in self.parts), start=Decimal(0))

    @property
    def computed(self) -> str:
        """The sum as written in a message."""
        return number_text(self.summed)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every weight."""
        return tuple(Mention.of(Role.PART, part) for part in self.parts)


@dataclass(frozen=True)
class PartOf(Relation):
    """A figure that is said to lie within another (含, 其中 with one part)."""

    whole: Figure
    part: Figure

    @property
    def stated(self) -> str:
        """The part as written."""
        return self.part.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The part, then the whole."""
        return Mention.of(Role.STATED, self.part), Mention.of(Role.WHOLE, self.whole)


@dataclass(frozen=True)
class IdentityRow:
    """One row of a table read as ``left op right = result``; ``holds`` is its recomputation."""

    label: str
    left: Figure
    right: Figure
    result: Figure
    computed: str
    holds: bool


@dataclass(frozen=True)
class RowIdentity(Relation):
    """An identity across the columns of a table, with every row that has all three figures."""

    names: tuple[str, str, str]
    sign: str
    rows: tuple[IdentityRow, ...]
    table_name: str = ""

    @property
    def failing(self) -> tuple[IdentityRow, ...]:
        """The rows that break the identity."""
        return tuple(row for row in self.rows if not row.holds)

    @property
    def stated(self) -> str | None:
        """The result of the first failing row as written."""
        return self.failing[0].result.number if self.failing else None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Result and operands of each failing row; of all rows when none fails."""
        out: list[Mention] = []
        for row in self.failing or self.rows:
            out.append(Mention.of(Role.STATED, row.result))
            out += [Mention.of(Role.OPERAND, row.left), Mention.of(Role.OPERAND, row.right)]
        return tuple(out)


@dataclass(frozen=True)
class Formula(Relation):
    """A formula printed with its numbers and a result.

    ``exact`` is its value with the printed numbers, ``interval`` with each rounded operand as
    wide as it was written, ``result_intervals`` what the printed result stands for, rounded and
    cut off; all as plain ratios (87.1 % is 0.871).
    """

    expression: str
    operands: tuple[Figure, ...]
    result: Figure
    exact: Decimal
    interval: Interval
    result_intervals: tuple[Interval, Interval]

    @property
    def stated(self) -> str:
        """The printed result."""
        return self.result.number

    @property
    def computed(self) -> str:
        """The value with the printed numbers, with the digits and the per cent of the result."""
        quantity = self.result.quantity
        rate = quantity.unit.kind == "rate"
        value = round(self.exact * 100 if rate else self.exact, quantity.decimals)
        return f"{value:f}%" if rate else f"{value:f}"

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The result, then the operands."""
        return (Mention.of(Role.STATED, self.result), *(Mention.of(Role.OPERAND, f) for f in self.operands))


@dataclass(frozen=True)
class FormulaOperand(Relation):
    """An operand of a printed formula and the figure of the same indicator that it stands for."""

    expression: str
    operand: Figure
    prose: Figure
    result: Figure
    fits: bool

    @property
    def same(self) -> bool:
        """Whether operand and prose state the same number."""
        return self.operand.quantity.value == self.prose.quantity.value or (
            self.operand.quantity.based == self.prose.quantity.based
        )

    @property
    def stated(self) -> str:
        """The operand as printed in the formula."""
        return self.operand.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The operand, the prose's figure, the result."""
        return (
            Mention.of(Role.STATED, self.operand),
            Mention.of(Role.OPERAND, self.prose),
            Mention.of(Role.WHOLE, self.result),
        )


@dataclass(frozen=True)
class ScoreAt:
    """A weight or score at one place; ``where`` names the place for a message."""

    figure: Figure
    where: Phrase


@dataclass(frozen=True)
class SamePlaces(Relation):
    """One number that stands in several places, the first one being questioned.

    ``support`` says which side the sums support, where they do.
    """

    label: str
    places: tuple[ScoreAt, ...]
    support: Phrase | None = None

    @property
    def stated(self) -> str:
        """The number at the first place."""
        return self.places[0].figure.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every place, the questioned one first."""
        first, *rest = self.places
        return (Mention.of(Role.STATED, first.figure), *(Mention.of(Role.OPERAND, p.figure) for p in rest))

    @property
    def listing(self) -> Phrase:
        """What each place says, in one line: 正文 2.5，评分表 2."""
        zh = "，".join(f"{{w{i}}} {place.figure.number}" for i, place in enumerate(self.places))
        en = ", ".join(f"{{w{i}}} {place.figure.number}" for i, place in enumerate(self.places))
        return Phrase(zh, en, {f"w{i}": place.where for i, place in enumerate(self.places)})

    @property
    def agree(self) -> bool:
        """Whether all places state the same value (85.2 and 85.20 are the same)."""
        return len({p.figure.quantity.based for p in self.places}) == 1


@dataclass(frozen=True)
class SameWeight(SamePlaces):
    """The weight of one indicator wherever it stands."""


@dataclass(frozen=True)
class SameScore(SamePlaces):
    """The score of one indicator in the narrative and in the tables."""


@dataclass(frozen=True)
class ProcessScore(SamePlaces):
    """The score that the text in a row of the score table gives, beside the row's score cell."""


@dataclass(frozen=True)
class SameTotal(SamePlaces):
    """The total score in conclusion, abstract and tables."""


@dataclass(frozen=True)
class Scored(Relation):
    """The score of one indicator beside its weight, with the per cent of the weight if printed."""

    label: str
    score: Figure
    weight: Figure
    percent: Figure | None = None

    @property
    def stated(self) -> str:
        """The score as written."""
        return self.score.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The score, the per cent, the weight."""
        others = (self.percent, self.weight) if self.percent else (self.weight,)
        return (Mention.of(Role.STATED, self.score), *(Mention.of(Role.OPERAND, f) for f in others))


@dataclass(frozen=True)
class WithinWeight(Scored):
    """A score that must lie between 0 and its weight."""


@dataclass(frozen=True)
class ShareOfWeight(Scored):
    """得 N%权重分 M 分: the per cent of the weight must give the score."""

    @property
    def percent_text(self) -> str:
        """The per cent as written."""
        return self.percent.number if self.percent else ""

    @property
    def exact_share(self) -> Decimal:
        """The per cent of the weight, taken as it stands."""
        return self.weight.quantity.value * (self.percent.quantity.value if self.percent else Decimal(0)) / 100

    @property
    def share(self) -> Interval:
        """Every score that the per cent may stand for when it is rounded or cut off."""
        if self.percent is None:
            return Interval.point(Decimal(0))
        rounded, cut = self.percent.quantity.interval, self.percent.quantity.truncated
        whole = Interval(min(rounded.low, cut.low), max(rounded.high, cut.high))
        if self.percent.quantity.decimals == 0:
            whole = Interval.point(self.percent.quantity.value)
        return whole * Interval.point(self.weight.quantity.value / 100)

    @property
    def computed(self) -> str:
        """The per cent of the weight in a message."""
        return number_text(round(self.exact_share, 4))


@dataclass(frozen=True)
class Graded(Relation):
    """The grade that the report gives to its total, and bands if the report prints its own.

    ``bands`` maps each grade printed in the report to its interval of scores.
    """

    total: Figure
    grade: str
    grade_mention: Mention
    bands: tuple[tuple[str, Interval], ...] = ()
    band_mention: Mention | None = None

    @property
    def stated(self) -> str:
        """The grade as written."""
        return self.grade

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The grade, the total, the printed bands."""
        extra = (self.band_mention,) if self.band_mention else ()
        return (self.grade_mention, Mention.of(Role.OPERAND, self.total), *extra)


@dataclass(frozen=True)
class RowCount(Relation):
    """A count in the sentence that points to a table, and the table's rows."""

    stated_count: Figure
    counted: int
    table: Table
    last_row: Mention
    near: bool

    @property
    def stated(self) -> str:
        """The stated count."""
        return self.stated_count.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The count, then the table's last row."""
        return Mention.of(Role.STATED, self.stated_count), self.last_row


@dataclass(frozen=True)
class QuantityTotal(Relation):
    """A quantity in the sentence that points to a table, and the table's total of that column."""

    stated_count: Figure
    total: Figure
    column: str
    table: Table
    near: bool

    @property
    def stated(self) -> str:
        """The stated quantity."""
        return self.stated_count.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The quantity, then the table's total."""
        return Mention.of(Role.STATED, self.stated_count), Mention.of(Role.WHOLE, self.total)
