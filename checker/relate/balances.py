"""Two sides of one account: 收入总计 and 支出总计, equal by definition, and what the text calls balanced."""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.figure import Figure
from checker.phrases import has_any, words
from checker.relate.part_scope import addable, compares
from checker.relate.slips import near_miss
from checker.relation import Balance
from checker.verdict import Phrase

SAID = Phrase("文中写明收支平衡", "the text says that both sides balance")
TOTALS = Phrase("收入总计与支出总计应相等", "total income and total expenditure are equal")
OTHER = Phrase("两数相差较大，未必是同一账目的收支总计", "the two are far apart and need not be of one account")


def find_balances(reading: Reading) -> Iterator[Balance]:
    """Every 收入总计 whose sentence goes on with the 支出总计."""
    for passage in reading.prose:
        text = passage.text.value
        if len(passage.figures) > 1 and has_any(text, "balance", "spending"):
            for span in sentences(text):
                yield from _in_sentence(passage, text[span.start : span.end], passage.within(span.start, span.end))


def _in_sentence(passage: Passage, said: str, figures: tuple[Figure, ...]) -> Iterator[Balance]:
    sides = [(side, f) for f in figures if (side := _side(passage, f))]
    if [side for side, _ in sides] != ["income", "spending"]:
        return
    income, spending = (figure for _, figure in sides)
    balanced = has_any(said, "balance", "balanced")
    by_definition = all(passage.label(f).endswith("总计") for f in (income, spending))
    if not balanced and (not by_definition or has_any(passage.text.value, "balance", "left")):
        return
    if income.quantity.unit.base == spending.quantity.unit.base:
        near = near_miss(spending.quantity.based, income.quantity.based)
        yield Balance(SAID if balanced else TOTALS, income, spending, None if near or balanced else OTHER)


def _side(passage: Passage, figure: Figure) -> str:
    label = passage.label(figure)
    if not addable(figure) or compares(label):
        return ""
    return next((side for side in ("income", "spending") if label.endswith(words("balance", side))), "")
