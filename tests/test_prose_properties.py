"""Laws of what sentences claim: the order of clauses and the unit of amounts change no verdict."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.verdict import Verdict

AMOUNT = st.integers(10**4, 10**8).map(lambda cents: Decimal(cents).scaleb(-2))
OFF = st.sampled_from([Decimal(0), Decimal(0), Decimal("0.37"), Decimal("-2.6"), Decimal(11)])
LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SHARES = [
    "全年总投资{whole}，其中道路工程投资{part}，占总投资的{rate}%。",
    "道路工程投资{part}，占全年总投资{whole}的{rate}%。",
    "全年总投资{whole}。道路工程投资{part}，占总投资的{rate}%，进度正常。",
]
COMPLETIONS = [
    "项目预算资金{whole}，实际支出{part}，预算执行率{rate}%。",
    "截至年末，项目实际支出{part}，预算资金{whole}，预算执行率为{rate}%。",
]
GROWTH = [
    "2022年经营收入{base}，2023年经营收入{now}，增长{rate}%。",
    "2023年经营收入{now}，比2022年的{base}增长{rate}%。",
    "2023年经营收入{now}，较2022年{base}增长{rate}%。",
]
CHANGES = [
    "2023年经营收入{now}，比上年增加{change}，增长{rate}%。",
    "2023年经营收入{now}，比上年增长{rate}%，增加{change}。",
]


def money(value: Decimal, unit: str) -> str:
    """An amount of 万元, written in another unit without loss."""
    scale = {"元": 4, "万元": 0, "亿元": -4}[unit]
    return f"{value.scaleb(scale):f}{unit}"


def verdict(check, text: str, *families: str) -> set[Verdict]:
    """How the checks of these families ended; each must have looked at the sentence."""
    result = check(f"一、基本情况\n\n{text}\n")
    assert result.problems == ()
    return {f.verdict for f in (*result.findings, *result.checks) if f.rule.startswith(families)}


def rate(part: Decimal, whole: Decimal, off: Decimal) -> Decimal:
    return (part / whole * 100 + off).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize(("forms", "family"), [(SHARES, "PCT001"), (COMPLETIONS, "PCT002")])
@LAW
@given(AMOUNT, AMOUNT, OFF, st.sampled_from(["元", "万元", "亿元"]))
def test_order_and_unit_change_no_verdict_on_a_rate(check, forms, family, one, other, off, unit):
    part, whole = sorted((one, other))
    stated = rate(part, whole, off)
    if stated < 0:
        return
    said = [
        verdict(check, form.format(part=money(part, use), whole=money(whole, use), rate=stated), family)
        for form in forms
        for use in ("万元", unit)
    ]
    assert said == [{Verdict.PASS} if off == 0 else {Verdict.FAIL}] * len(said)


@pytest.mark.parametrize("forms", [GROWTH, CHANGES], ids=["of two amounts", "of a change"])
@LAW
@given(AMOUNT, st.integers(2, 80), OFF, st.sampled_from(["元", "万元", "亿元"]))
def test_order_and_unit_change_no_verdict_on_growth(check, forms, base, share, off, unit):
    now = (base * (100 + share) / 100).quantize(Decimal("0.01"))
    stated = rate(now - base, base, off)
    if stated < 0:
        return
    said = [
        verdict(
            check,
            form.format(now=money(now, use), base=money(base, use), change=money(now - base, use), rate=stated),
            "GRW001",
        )
        for form in forms
        for use in ("万元", unit)
    ]
    assert said == [{Verdict.PASS} if off == 0 else {Verdict.FAIL}] * len(said)


@LAW
@given(AMOUNT, st.sampled_from([0, 1]), st.sampled_from(["元", "万元", "亿元"]))
def test_the_order_of_the_places_changes_no_verdict_on_a_fact(check, amount, wrong, unit):
    other = amount + wrong * Decimal("0.01") * (1 if str(amount)[-1] != "9" else -1)
    first = f"工程竣工结算金额{money(amount, '万元')}，已通过审计。"
    second = f"全部工程竣工结算金额{money(other, unit)}。"
    said = [verdict(check, text, "FCT") for text in (f"{first}\n\n{second}", f"{second}\n\n{first}")]
    assert said[0] == said[1]
    assert said[0] == ({Verdict.FAIL} if wrong else {Verdict.PASS}) or len(amount.normalize().as_tuple().digits) < 3
