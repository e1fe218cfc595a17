"""散总一致: parts and totals in tables, prose and the score tree."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation import Balance, HundredWeights, PartOf, ProseTotal, ScoreTotal, Sum, TableTotal, WeightTotal
from checker.relation.stocks import RollForward
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity

OPEN_AMOUNT = Phrase("其中有约数或不同单位", "an approximate figure or another unit is among them")
ROUNDED = Phrase(
    "“{label}”{stated} 与各项之和 {computed} 仅因四舍五入相符，末位相差 {difference}",
    "“{label}” {stated} agrees with its parts' {computed} only thanks to rounding (off by {difference})",
)


def judge_sum(claim: Sum) -> Iterator[Check]:
    """Pass, fail or open by the intervals of the parts; info where only rounding makes it hold."""
    apart = isinstance(claim, ProseTotal) and bool(claim.gap)
    if not claim.comparable:
        yield claim.open(reason=OPEN_AMOUNT)
    elif claim.holds_to_the_digit:
        yield claim.passed()
    elif claim.holds:
        yield claim.passed("gap_rounded" if apart else "rounded", Severity.INFO, **claim.fields)
    elif claim.doubt:
        yield claim.open(reason=claim.doubt)
    else:
        yield claim.failed("gap" if apart else "fail", **claim.fields)


@rule(
    "SUM001",
    "table-total-differs-from-rows",
    subject=TableTotal,
    severity=Severity.ERROR,
    title=Phrase("表格合计与各行之和不符", "table total differs from its rows"),
    fail=Phrase(
        "{table}“{column}”列：“{label}”{stated}{unit}，{count} 项相加为 {computed}{unit}，相差 {difference}{unit}",
        "{table} “{column}”: “{label}” is {stated} {unit}, its {count} parts add up to {computed}, off by {difference}",
    ),
    rounded=ROUNDED,
)
def table_total_differs(claim: TableTotal) -> Iterator[Check]:
    """A total row or column of a table cannot be reached by adding what it covers.

    Each rounded part stands for every true value that rounds to what was written (XBRL
    Calculations 1.1), so a total that is off only by rounding passes. Scores and counts are exact.
    Sub-totals, numbered levels and totals above their rows are all tried.
    """
    yield from judge_sum(claim)


@rule(
    "SUM002",
    "total-differs-from-parts",
    subject=ProseTotal,
    severity=Severity.ERROR,
    title=Phrase("文中总数与分项之和不符", "a total in the text differs from its parts"),
    fail=Phrase(
        "“{label}”{stated}{unit}，所列 {count} 项相加为 {computed}{unit}，相差 {difference}{unit}",
        "“{label}” is {stated} {unit}, the {count} parts listed add up to {computed} {unit}, off by {difference}",
    ),
    gap=Phrase(
        "“{gap}”{stated}{unit}，按 {larger} 与 {smaller} 计算应为 {computed}{unit}",
        "“{gap}” is {stated} {unit}; {larger} less {smaller} is {computed} {unit}",
    ),
    gap_rounded=Phrase(
        "“{gap}”{stated}{unit} 与两数之差 {computed}{unit} 仅因四舍五入相符",
        "“{gap}” {stated} {unit} agrees with the difference, {computed}, only thanks to rounding",
    ),
    rounded=ROUNDED,
)
def prose_total_differs(claim: ProseTotal) -> Iterator[Check]:
    """A total in a sentence cannot be reached by adding the parts that the sentence gives.

    A list need not be complete (其中, 主要包括, 等), so a sum that falls far short stays open unless
    the words or the labels (基本支出 and 项目支出) say that there is nothing else.
    """
    yield from judge_sum(claim)


@rule(
    "SUM003",
    "part-exceeds-whole",
    subject=PartOf,
    severity=Severity.ERROR,
    title=Phrase("部分大于总体", "a part exceeds its whole"),
    fail=Phrase("部分 {part} 大于总体 {whole}", "the part {part} exceeds its whole {whole}"),
)
def part_exceeds_whole(claim: PartOf) -> Iterator[Check]:
    """A figure that is said to lie within another (含, 其中) is larger than it."""
    part, whole = claim.part.quantity, claim.whole.quantity
    if part.unit.base != whole.unit.base or part.is_open or whole.is_open:
        yield claim.open(reason=OPEN_AMOUNT)
    elif part.interval.low > whole.interval.high:
        yield claim.failed(part=claim.part.raw.strip(), whole=claim.whole.raw.strip())
    else:
        yield claim.passed()


@rule(
    "SUM004",
    "scores-do-not-add-up",
    subject=ScoreTotal,
    severity=Severity.ERROR,
    mandatory=True,
    title=Phrase("得分合计与各指标得分之和不符", "the total score differs from the scores under it"),
    fail=Phrase(
        "{where}：{label}为 {stated} 分，{count} 项得分相加为 {computed} 分，相差 {difference} 分",
        "{where}: {label} is {stated}, its {count} scores add up to {computed}, off by {difference}",
    ),
    rounded=ROUNDED,
)
def scores_do_not_add_up(claim: ScoreTotal) -> Iterator[Check]:
    """The scores under a total, in a table or in the narrative on its own, do not add up to it.

    Scores are exact. The field's quality form names this fault: 分值计算散总一致.
    """
    yield from judge_sum(claim)


@rule(
    "SUM005",
    "weights-do-not-add-up",
    subject=WeightTotal,
    severity=Severity.ERROR,
    title=Phrase("分值（权重）合计与下级之和不符", "a weight differs from the weights under it"),
    fail=Phrase(
        "{where}：“{label}”分值 {stated}，其下 {count} 项分值相加为 {computed}，相差 {difference}",
        "{where}: “{label}” weighs {stated}, the {count} weights under it add up to {computed}, off by {difference}",
    ),
    rounded=ROUNDED,
)
def weights_do_not_add_up(claim: WeightTotal) -> Iterator[Check]:
    """The weights under an indicator do not add up to its own weight."""
    yield from judge_sum(claim)


@rule(
    "SUM006",
    "weights-are-not-100",
    subject=HundredWeights,
    severity=Severity.ERROR,
    title=Phrase("分值（权重）合计不是 100", "the weights do not add up to 100"),
    fail=Phrase(
        "{where}：{count} 项分值相加为 {computed}，不是 100",
        "{where}: the {count} weights add up to {computed}, not 100",
    ),
)
def weights_are_not_100(claim: HundredWeights) -> Iterator[Check]:
    """The weights of a whole indicator system do not add up to 100.

    财预〔2020〕10号 scores every evaluation out of 100 points.
    """
    if claim.summed == 100:
        yield claim.passed()
    else:
        yield claim.failed(where=claim.where, count=len(claim.parts), computed=claim.computed)


@rule(
    "SUM007",
    "income-differs-from-spending",
    subject=Balance,
    severity=Severity.ERROR,
    title=Phrase("收入总计与支出总计不等", "total income differs from total expenditure"),
    fail=Phrase("支出总计 {spending} 不等于收入总计 {income}", "the spending {spending} is not the income {income}"),
)
def income_differs_from_spending(claim: Balance) -> Iterator[Check]:
    """The totals of income and expenditure, which balance by definition or as the text says, differ.

    With 结转结余 both sides of final accounts are equal (部门决算报表). A sentence that says what is left
    speaks of other totals.
    """
    if claim.holds:
        yield claim.passed()
    elif claim.doubt:
        yield claim.open(reason=claim.doubt)
    else:
        fields = {"income": claim.income.raw.strip(), "spending": claim.spending.raw.strip()}
        yield claim.failed(computed=claim.income.number, **fields)


@rule(
    "SUM008",
    "closing-stock-differs-from-movements",
    subject=RollForward,
    severity=Severity.ERROR,
    title=Phrase("期末数与期初数加减变动数不符", "a closing stock differs from the opening one and what moved"),
    fail=Phrase(
        "“{label}”{stated}，按 {calculation} 应为 {computed}", "“{label}” {stated}: {calculation} gives {computed}"
    ),
)
def closing_stock_differs(claim: RollForward) -> Iterator[Check]:
    """What there was, what came in and what went out do not give what there is at the end, or the net change.

    期初数＋本期增加数−本期减少数＝期末数, the roll-forward of stocks, staff and assets.
    """
    if claim.holds:
        yield claim.passed()
    else:
        yield claim.failed(label=claim.label, calculation=claim.calculation, computed=claim.computed)


RULES = (
    table_total_differs,
    prose_total_differs,
    part_exceeds_whole,
    scores_do_not_add_up,
    weights_do_not_add_up,
    weights_are_not_100,
    income_differs_from_spending,
    closing_stock_differs,
)
