"""What all relations share, and how numbers are written in messages."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from checker.figure import Figure
from checker.quantity import Interval
from checker.units import Unit
from checker.verdict import Check, Mention, Phrase, Severity, Verdict


class Relation(Struct, frozen=True):
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

    @property
    def calculation(self) -> str:
        """What is computed, in figures as written ("58.16 + 296.42"); "" where nothing is."""
        return ""

    def needed(self, figure: Figure) -> Interval | None:
        """Where a figure's value would have to lie for the relation to hold, all others as they are.

        In the base of its unit; None where the relation does not say. Raises ``ZeroDivisionError``.
        """
        return None

    def passed(self, message: str = "pass", severity: Severity | None = None, /, **fields: object) -> Check:
        """The statements agree."""
        return self._check(Verdict.PASS, message, severity, fields)

    def failed(self, message: str = "fail", severity: Severity | None = None, /, **fields: object) -> Check:
        """The statements cannot all be true. ``computed`` and ``suggestion`` may be among the fields."""
        return self._check(Verdict.FAIL, message, severity, fields)

    def open(self, message: str = "open", /, **fields: object) -> Check:
        """The relation was seen and could not be decided; the message says why."""
        return self._check(Verdict.OPEN, message, None, fields)

    def _check(self, verdict: Verdict, message: str, severity: Severity | None, fields: dict[str, object]) -> Check:
        computed = fields.get("computed")
        suggestion = fields.pop("suggestion", None)
        mentions = fields.pop("mentions", None)
        stated = self.stated
        return Check(
            verdict=verdict,
            mentions=mentions if isinstance(mentions, tuple) else self.mentions,
            because=self.because,
            message=message,
            fields={"stated": stated, **fields},
            stated=stated,
            computed=None if computed is None else str(computed),
            severity=severity,
            suggestion=suggestion if isinstance(suggestion, Phrase) else None,
            calculation=self.calculation,
        )


def terms(*figures: Figure) -> list[str]:
    """Figures as the terms of a calculation: bare numbers where all have one unit, else with it.

    Words that stand for a number (得满分) are replaced by it.
    """
    same = len({figure.quantity.unit for figure in figures}) == 1
    written = [figure.number if same else figure.raw.strip() for figure in figures]
    return [
        f"({text})"
        if text[:1] in {"-", "−", "－"}
        else text
        if any(char.isnumeric() for char in text)
        else number_text(figure.quantity.value)
        for figure, text in zip(figures, written, strict=True)
    ]


def number_text(value: Decimal) -> str:
    """A computed number in plain digits: no exponent, no needless zeros."""
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    return str(plain.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else plain)


def in_unit(value: Decimal, unit: Unit, decimals: int) -> str:
    """A value given in base units, written in ``unit`` with the digits that its operands have."""
    return f"{round(value / unit.scale, decimals):.{decimals}f}"
