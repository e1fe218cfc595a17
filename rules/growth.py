"""Growth, differences of rates and trends: what a text says of figures that follow each other."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation.compound import CompoundGrowth
from checker.relation.growth import ChangeAmount, Direction, GrowthRate, GrowthUnits, RateDifference, ZeroBase
from checker.relation.trends import Comparison, Trend
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity

APPROXIMATE = Phrase("其中有约数", "an approximate figure is among them")
EQUAL = Phrase("按所列位数相等，四舍五入前是否增减不可知", "equal as displayed; the digits do not show more")
RISE, FALL = Phrase("上升", "a rise"), Phrase("下降", "a fall")


@rule(
    "GRW001",
    "growth-rate-wrong",
    subject=GrowthRate,
    severity=Severity.ERROR,
    title=Phrase("增减比率与所列数额不符", "a rate of growth does not follow from its amounts"),
    fail=Phrase(
        "“{label}”{word} {stated}{unit}，按所列数额计算为 {computed}",
        "“{label}”: {word} {stated}{unit}, from the stated amounts it is {computed}",
    ),
    truncated=Phrase(
        "“{label}”{word} {stated}{unit} 为截位所得，四舍五入为 {computed}",
        "“{label}”: {word} {stated}{unit} is cut off; rounded it is {computed}",
    ),
)
def growth_rate_wrong(claim: GrowthRate) -> Iterator[Check]:
    """A rate of growth does not follow from the two amounts that the text gives with it.

    The base is the one that is stated (对比 2021 年 9.96 亿元) or what is left when the change is taken
    off (增加 1062.85 万元). Each amount stands for every value that rounds to it. A rate at constant
    prices or on another basis (可比价, 同口径) is not recomputed.
    """
    facts = claim.facts
    rounded, cut = claim.allowed
    unit = "倍" if claim.questioned.quantity.unit.base == "倍" else ""
    fields = {"label": facts.label, "word": facts.word, "unit": unit, "computed": claim.computed}
    if facts.doubt is not None or facts.is_open:
        yield claim.open(reason=facts.doubt or APPROXIMATE)
    elif rounded.contains(claim.exact):
        yield claim.passed()
    elif cut.contains(claim.exact):
        yield claim.passed("truncated", Severity.INFO, **fields)
    elif claim.holds:
        yield claim.passed()
    else:
        yield claim.failed(**fields, suggestion=facts.hint)


@rule(
    "GRW002",
    "change-amount-wrong",
    subject=ChangeAmount,
    severity=Severity.ERROR,
    title=Phrase("增减额与两期数额之差不符", "a change is not the difference of its two amounts"),
    fail=Phrase(
        "“{label}”{word} {stated}{unit}，两期数额相差 {computed}{unit}",
        "“{label}”: {word} {stated} {unit}, the two amounts differ by {computed} {unit}",
    ),
)
def change_amount_wrong(claim: ChangeAmount) -> Iterator[Check]:
    """A stated increase or decrease is not the difference of the two amounts beside it."""
    facts = claim.facts
    if facts.doubt is not None or facts.is_open:
        yield claim.open(reason=facts.doubt or APPROXIMATE)
    elif claim.reachable.meets(claim.questioned.quantity.interval):
        yield claim.passed()
    else:
        unit = claim.questioned.quantity.unit.name
        yield claim.failed(label=facts.label, word=facts.word, unit=unit, computed=claim.computed)


@rule(
    "GRW003",
    "growth-from-zero-base",
    subject=ZeroBase,
    severity=Severity.ERROR,
    title=Phrase("基数为零而列出增长率", "a rate of growth over a base of zero"),
    fail=Phrase(
        "“{label}”的基数为零，{word} {stated} 没有意义", "the base of “{label}” is zero; {word} {stated} has no meaning"
    ),
)
def growth_from_zero_base(claim: ZeroBase) -> Iterator[Check]:
    """A rate of growth is given although the amount before was zero.

    Nothing can grow from zero by a per cent; such lines usually mean a body founded that year, and
    the field writes 上年无此项 instead of 增长 100%.
    """
    if claim.is_zero:
        yield claim.failed(label=claim.facts.label, word=claim.facts.word)
    else:
        yield claim.passed()


@rule(
    "GRW004",
    "direction-contradicts-sign",
    subject=Direction,
    severity=Severity.ERROR,
    title=Phrase("增减方向与数额相反", "up or down contradicts the amounts"),
    fail=Phrase(
        "“{label}”写作“{word}”，而由 {base} 到 {current} 为{actual}",
        "“{label}” says “{word}”, but from {base} to {current} is {actual}",
    ),
    unlike=Phrase(
        "“{label}”写作“{word}”，而同句所列增减额、比率与 {current} 表明为{actual}",
        "“{label}” says “{word}”, but the change, the rate and {current} fit {actual} only",
    ),
    reason=Phrase(
        "“{label}”写作“{word}”，而所列原因为同一事项“{reason}”",
        "“{label}” says “{word}”, the reason given is that the same thing went the other way: “{reason}”",
    ),
    opposed=Phrase("“{label}”之后写作“{word}”，方向相反", "“{word}” behind “{label}” goes the other way"),
)
def direction_contradicts_sign(claim: Direction) -> Iterator[Check]:
    """The text says that something rose although its figures, or the reason given, say that it fell."""
    facts = claim.facts
    if claim.actual * facts.sign >= 0:
        yield claim.passed()
        return
    falls = facts.rate is not None and facts.rate.quantity.value < 0
    word = facts.word + (facts.rate.number if facts.rate is not None and (falls or claim.opposite) else "")
    fields = {"label": facts.label, "word": word}
    if claim.opposite:
        yield claim.failed("opposed", label=claim.opposite, word=word)
        return
    if claim.reason is not None:
        said = claim.reason.text.value[claim.reason.start : claim.reason.end]
        yield claim.failed("reason", Severity.WARNING, reason=said, **fields)
        return
    fields |= {"current": facts.current.raw}
    actual = RISE if claim.actual > 0 else FALL
    if facts.base is None:
        yield claim.failed("unlike", actual=actual, **fields)
    else:
        yield claim.failed(base=facts.base.raw, actual=actual, **fields)


@rule(
    "GRW005",
    "difference-of-rates-wrong",
    subject=RateDifference,
    severity=Severity.ERROR,
    title=Phrase("比率之差与所列比率不符", "a difference of rates does not follow from the rates"),
    fail=Phrase(
        "{left}与{right}相差 {computed} 个百分点，报告写作 {stated}",
        "{left} and {right} differ by {computed} points, the report says {stated}",
    ),
    lower=Phrase(
        "{left}比{right}低 {size} 个百分点，报告写作高 {stated}",
        "{left} is {size} points below {right}, the report says {stated} above it",
    ),
    higher=Phrase(
        "{left}比{right}高 {size} 个百分点，报告写作低 {stated}",
        "{left} is {size} points above {right}, the report says {stated} below it",
    ),
    points=Phrase(
        "{left}与{right}之差 {stated} 应以百分点表示",
        "the difference {stated} of {left} and {right} should be in percentage points",
    ),
)
def difference_of_rates_wrong(claim: RateDifference) -> Iterator[Check]:
    """A difference stated between two rates is not their difference.

    Often the rate of another row was taken; where one of the text's rates gives the stated difference
    it is named. A difference that is right but written in % instead of 个百分点 is a remark only.
    """
    left, right = (
        (f"“{name}”" if name else "") + rate.number for name, rate in zip(claim.subjects, claim.rates, strict=True)
    )
    rates = {"left": left, "right": right}
    if claim.holds and claim.in_points:
        yield claim.passed()
    elif claim.holds:
        yield claim.passed("points", Severity.INFO, **rates)
    elif claim.relative:
        yield claim.passed()
    else:
        hint = None
        if claim.fitting is not None:
            fields = {"name": claim.fitting_name, "value": claim.fitting.number}
            hint = Phrase("所写之差与“{name}”{value} 相符", "the stated difference fits “{name}” {value}", fields)
        opposite = claim.exact * claim.sign < 0
        way = "fail" if not opposite else "lower" if claim.sign > 0 else "higher"
        size = claim.computed.lstrip("-")
        yield claim.failed(way, computed=claim.computed, size=size, suggestion=hint, **rates)


@rule(
    "GRW006",
    "trend-word-contradicts-series",
    subject=Trend,
    severity=Severity.ERROR,
    title=Phrase("趋势用语与各年数值不符", "a trend word contradicts the series"),
    fail=Phrase(
        "“{label}”依次为 {listing}，由 {first}到 {second}与“{stated}”不符",
        "“{label}” is {listing} in turn; from {first} to {second} it does not run as “{stated}” says",
    ),
)
def trend_word_contradicts_series(claim: Trend) -> Iterator[Check]:
    """A series is said to rise or fall every year, and in one year it does not.

    A count that stays the same has not grown. Rounded figures that are equal as displayed are left open.
    """
    broken = claim.broken
    if broken is None:
        yield claim.passed()
    elif claim.is_open:
        yield claim.open(reason=EQUAL)
    else:
        yield claim.failed(label=claim.label, listing=claim.listing, first=broken[0], second=broken[1])


@rule(
    "GRW007",
    "unit-slip-in-growth",
    subject=GrowthUnits,
    severity=Severity.ERROR,
    title=Phrase("增减数的单位有误", "a wrong unit in a statement of growth"),
    fail=Phrase(
        "“{label}”的 {stated} 若单位为“{meant}”，则与所列其他数相符",
        "{stated} of “{label}” fits with the unit {meant}",
    ),
)
def unit_slip_in_growth(claim: GrowthUnits) -> Iterator[Check]:
    """A statement of growth holds only when one of its figures has another unit: 元 for 万元, or % left out."""
    if claim.slip is None:
        yield claim.passed()
    else:
        yield claim.failed(label=claim.facts.label, meant=claim.meant, computed=claim.questioned.number + claim.meant)


@rule(
    "GRW008",
    "comparison-contradicts-figures",
    subject=Comparison,
    severity=Severity.ERROR,
    title=Phrase("大小比较与所列数不符", "a comparison contradicts the figures"),
    fail=Phrase("“{stated}”与所列数不符：{listing}", "“{stated}” contradicts the figures: {listing}"),
)
def comparison_contradicts_figures(claim: Comparison) -> Iterator[Check]:
    """A word says which of two stated figures is larger, or that they are equal, and they are not so."""
    if claim.holds:
        yield claim.passed()
    else:
        yield claim.failed(listing=claim.listing)


@rule(
    "GRW009",
    "mean-annual-growth-wrong",
    subject=CompoundGrowth,
    severity=Severity.ERROR,
    title=Phrase("年均增速与所列数不符", "a mean growth a year does not follow from its figures"),
    fail=Phrase(
        "“{label}”{stated}，按 {calculation} 应为 {computed}", "“{label}” {stated}: {calculation} gives {computed}"
    ),
)
def mean_annual_growth_wrong(claim: CompoundGrowth) -> Iterator[Check]:
    """The mean growth a year is not the geometric mean of the growth over its years.

    国家统计局, 平均发展速度 (几何平均法): the n-th root of the last level over the first, less one.
    """
    if claim.holds:
        yield claim.passed()
    else:
        yield claim.failed(label=claim.label, calculation=claim.calculation, computed=claim.computed)


RULES = (
    growth_rate_wrong,
    change_amount_wrong,
    growth_from_zero_base,
    direction_contradicts_sign,
    difference_of_rates_wrong,
    trend_word_contradicts_series,
    unit_slip_in_growth,
    comparison_contradicts_figures,
    mean_annual_growth_wrong,
)
