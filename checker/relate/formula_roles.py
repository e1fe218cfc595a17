"""A quotient whose numbers stand in each other's place: 完成率=计划数÷实际数 where the text names them.

The formula's own words say what is divided by what (实际检测数÷计划检测数), or the rate's name does; the
text says of each of the two numbers whether it was planned or done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.expressions import Expression
from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any
from checker.relation import FormulaOperand
from checker.verdict import Phrase

SWAPPED = Phrase(
    "“{name}”以已完成的数为分子，正文写明“{label}”是计划数",
    "“{name}” divides what was done, and the text calls “{label}” planned",
)
LOOK_BACK = 120
_DEFINED = Pattern(
    r"(?P<name>[^，,。；;：:=＝]{2,24})[=＝]"
    r"(?P<part>[^=＝÷/／，。；;]{2,40})[÷/／](?P<base>[^=＝÷/／，。；;]{2,40})[=＝]\s*$"
)
_NAMED = Pattern(
    r"(?P<name>[^，,。；;：:=＝]{0,20}(?:完成率|执行率|到位率|支付率|支出率|开工率|完工率|覆盖率))[=＝：:为]?\s*$"
)


def find_swapped(expression: Expression, passage: Passage, near: Sequence[Figure]) -> Iterator[FormulaOperand]:
    """The numerator of a quotient that the text calls planned, while it calls the denominator done."""
    operands = [token for token in expression.operands if token.quantity.unit.kind != "rate"]
    name = _name_of_done(passage.text.value[max(0, expression.start - LOOK_BACK) : expression.start])
    if name is None or len(operands) != 2 or "/" not in expression.tokens or {"+", "-"} & {*_signs(expression)}:
        return
    part, base = (_stated(passage, near, operand) for operand in operands)
    if part is None or base is None or part.quantity.based == base.quantity.based:
        return
    if _is_planned(passage.label(part)) and _is_done(passage.label(base)):
        because = SWAPPED.filled(name=name, label=passage.label(part))
        yield FormulaOperand(because, expression.text(passage), operands[0], base, expression.result, fits=False)


def _signs(expression: Expression) -> Iterator[str]:
    return (token for token in expression.tokens if isinstance(token, str))


def _name_of_done(before: str) -> str | None:
    """The rate that the words before an expression name, where it divides what was done by what was planned."""
    before = before.rstrip("（([【{ ")
    defined = _DEFINED.search(before)
    if defined is not None:
        return defined["name"].strip() if _is_done(defined["part"]) and _is_planned(defined["base"]) else None
    named = _NAMED.search(before)
    return named["name"].strip() if named else None


def _is_done(words: str) -> bool:
    return has_any(words, "formulas", "done") and not has_any(words, "formulas", "planned")


def _is_planned(words: str) -> bool:
    return has_any(words, "formulas", "planned") and not has_any(words, "formulas", "done")


def _stated(passage: Passage, near: Sequence[Figure], operand: Figure) -> Figure | None:
    """The one figure of the same passage with the operand's number."""
    found = [f for f in near if f.text is passage.text and f.quantity.value == operand.quantity.value]
    return found[0] if len(found) == 1 else None
