"""Formulas that the report prints with their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation import Complement, Derived, Formula, FormulaOperand, Mean, Product
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity


@rule(
    "FML001",
    "formula-result-wrong",
    subject=Formula,
    severity=Severity.ERROR,
    title=Phrase("算式结果有误", "a printed formula does not give its result"),
    fail=Phrase(
        "算式 {expression} 应为 {computed}，报告写作 {stated}", "{expression} is {computed}, the report prints {stated}"
    ),
    truncated=Phrase(
        "算式 {expression} 的结果 {stated} 为截位所得，四舍五入应为 {computed}",
        "the result {stated} of {expression} is cut off, not rounded; rounded it is {computed}",
    ),
    rounded=Phrase(
        "算式 {expression} 代入所列数字得 {computed}，与 {stated} 仅因代入数已四舍五入而相符",
        "{expression} is {computed} with the printed operands; {stated} holds only because these are rounded",
    ),
)
def formula_result_wrong(claim: Formula) -> Iterator[Check]:
    """A formula printed with its numbers does not give the printed result.

    The printed numbers are taken as they stand; the result may be rounded or cut off. Operands
    with decimals may themselves be rounded, which is allowed for and noted. Formulas of the settings
    are recomputed too, where the text states their operands.
    """
    rounded, truncated = claim.result_intervals
    fields = {"expression": claim.expression, "computed": claim.computed}
    if rounded.contains(claim.exact):
        yield claim.passed()
    elif truncated.contains(claim.exact):
        yield claim.passed("truncated", Severity.INFO, **fields)
    elif claim.interval.meets(rounded):
        yield claim.passed("rounded", Severity.INFO, **fields)
    elif claim.doubt:
        yield claim.open(reason=claim.doubt)
    else:
        yield claim.failed(**fields)


@rule(
    "FML002",
    "operand-differs-from-text",
    subject=FormulaOperand,
    severity=Severity.ERROR,
    title=Phrase("算式代入数与正文不一致", "an operand is not the figure of the text"),
    fail=Phrase(
        "算式代入 {stated}，而同一指标文中为 {prose}",
        "the formula uses {stated}, the text of the same indicator says {prose}",
    ),
    repaired=Phrase(
        "算式代入 {stated}，而文中为 {prose}；按 {prose} 计算，结果 {result} 成立",
        "the formula uses {stated}, the text says {prose}; with {prose} the result {result} comes out",
    ),
)
def operand_differs(claim: FormulaOperand) -> Iterator[Check]:
    """An operand of a printed formula is not the figure that the same indicator's text states.

    Reported where the operand is one slip of the pen from the text's figure, or where the printed
    result follows only from the text's figure.
    """
    if claim.same:
        yield claim.passed()
    else:
        message = "repaired" if claim.fits else "fail"
        yield claim.failed(message, prose=claim.prose.number, result=claim.result.number, computed=claim.prose.number)


APPROXIMATE = Phrase("其中有约数或区间", "an approximate figure or a range is among them")
DERIVED = Phrase("“{label}”{stated}：{calculation} 应为 {computed}", "“{label}” {stated}: {calculation} is {computed}")
ROUNDED = Phrase(
    "“{label}”{stated}：{calculation} 为 {computed}，仅因舍入或截位相符",
    "“{label}” {stated}: {calculation} is {computed}, which agrees only thanks to rounding or cutting off",
)


def judge_derived(claim: Derived) -> Iterator[Check]:
    """Pass, fail or open by what the figures, as wide as they are written, can give."""
    if claim.is_open:
        yield claim.open(reason=APPROXIMATE)
    elif claim.holds_to_the_digit:
        yield claim.passed()
    elif claim.holds:
        yield claim.passed("rounded", Severity.INFO, **claim.fields)
    elif claim.doubt is not None:
        yield claim.open(reason=claim.doubt)
    else:
        yield claim.failed(**claim.fields)


@rule(
    "FML003",
    "product-wrong",
    subject=Product,
    severity=Severity.ERROR,
    title=Phrase("金额与单价、数量不符", "an amount is not its price times its number"),
    fail=DERIVED,
    rounded=ROUNDED,
)
def product_wrong(claim: Product) -> Iterator[Check]:
    """A total is not the price times the number that its sentence gives (每户 500 元，126 户，共计 6.3 万元).

    Prices a month are tried for one month and for twelve. A total that was paid, or a sentence that
    takes something off, is not decided.
    """
    yield from judge_derived(claim)


@rule(
    "FML004",
    "mean-wrong",
    subject=Mean,
    severity=Severity.ERROR,
    title=Phrase("平均数与所列各数不符", "a mean does not follow from its values"),
    fail=DERIVED,
    rounded=ROUNDED,
)
def mean_wrong(claim: Mean) -> Iterator[Check]:
    """A mean is not that of the values beside it, with the weights that the text prints, or of the sum it names.

    A mean that is called that of a province or a trade, a growth, and rates without printed weights
    are not recomputed.
    """
    yield from judge_derived(claim)


@rule(
    "FML005",
    "complement-rates-wrong",
    subject=Complement,
    severity=Severity.ERROR,
    title=Phrase("互补的两个比率之和不是 100%", "two rates that make the whole do not add up to 100 %"),
    fail=Phrase(
        "“{first}”为 {rate}，“{second}”应为 {computed}，报告写作 {stated}",
        "“{first}” is {rate}, so “{second}” is {computed}; the report says {stated}",
    ),
)
def complements_wrong(claim: Complement) -> Iterator[Check]:
    """Two rates of one thing, of which one is what the other leaves, do not make 100 per cent.

    政府采购节支率 is (预算 − 实际采购)/预算 and 政府采购执行率 is 实际采购/预算 (财预〔2013〕53 号).
    """
    if claim.holds:
        yield claim.passed()
        return
    first, second = claim.names
    yield claim.failed(computed=claim.computed, first=first, second=second, rate=claim.rate.number)


RULES = (formula_result_wrong, operand_differs, product_wrong, mean_wrong, complements_wrong)
