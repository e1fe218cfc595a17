"""Totals in a sentence with their parts, and what lies between two amounts."""

from __future__ import annotations

from checker.relation.base import in_unit, terms
from checker.relation.sums import Sum
from checker.verdict import Mention, Role


class ProseTotal(Sum, frozen=True):
    """A total in a sentence with the parts that the sentence gives.

    Where one of two parts is what lies between the other and the total (相差, 结余), ``gap`` is what it is called;
    it stands last and is the figure that the sum is about.
    """

    gap: str = ""

    @property
    def stated(self) -> str:
        """The total as written, or what lies between it and the part."""
        return self.parts[-1].number if self.gap else super().stated

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The figure that the sum is about first, then the others."""
        if not self.gap:
            return super().mentions
        smaller, between = self.parts
        return (
            Mention.of(Role.STATED, between),
            Mention.of(Role.OPERAND, self.total),
            Mention.of(Role.OPERAND, smaller),
        )

    @property
    def calculation(self) -> str:
        """The parts added up, or the one taken from the total."""
        return " − ".join(terms(self.total, self.parts[0])) if self.gap else super().calculation

    @property
    def fields(self) -> dict[str, object]:
        """What messages say of the sum, or of what lies between."""
        if not self.gap:
            return super().fields
        smaller, between = self.parts
        quantity = between.quantity
        apart = self.total.quantity.based - smaller.quantity.based
        digits = max(quantity.decimals, *(figure.quantity.decimals for figure in (self.total, smaller)))
        return {
            "gap": self.gap,
            "unit": quantity.unit.name,
            "larger": self.total.raw.strip(),
            "smaller": smaller.raw.strip(),
            "computed": in_unit(apart, quantity.unit, digits),
        }
