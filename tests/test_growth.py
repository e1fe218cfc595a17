"""Growth and shares over made-up true figures: what holds never fails, what is off always does."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.document import Document, Paragraph, Section, Text
from checker.engine import check_document
from checker.relate.differences import find_differences
from checker.relate.growth import find_growth
from checker.relate.shares import find_shares
from checker.relate.trends import find_trends
from checker.verdict import Severity, Verdict
from rules import growth, shares

RULES = (*growth.RULES, *shares.RULES)


@pytest.fixture(autouse=True, scope="module")
def finders():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("checker.engine.FINDERS", (find_growth, find_shares, find_differences, find_trends))
        yield


def check(*paragraphs):
    blocks = tuple(Paragraph(n, 0, Text.of(text)) for n, text in enumerate(paragraphs))
    result = check_document(Document("report.txt", "text", "", blocks, (Section(0, 0, "", "", "", None),)), RULES)
    assert result.problems == ()
    return result


def codes(*paragraphs):
    return [finding.rule for finding in check(*paragraphs).findings]


def passed(*paragraphs):
    return {c.rule for c in check(*paragraphs).checks if c.verdict is Verdict.PASS}


def rounded(value, digits):
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


AMOUNTS = st.decimals(min_value=1, max_value=99_999, places=4)
DIGITS = st.integers(0, 4)
UNITS = st.sampled_from([("万元", 0), ("亿元", 4), ("元", -4)])

GROWTHS = (
    "技改投资{now}，对比2021年{before}{verb}{rate}。",
    "2021年技改投资{before}，2022年技改投资{now}，同比{verb}{rate}。",
    "技改投资由2021年的{before}{verb}到2022年的{now}，{verb}{rate}。",
    "技改投资{now}，比上年{verb}{change}，{verb}{rate}。",
    "技改投资合计{now}。与2021年度相比，技改投资合计{verb}{change}，{verb}{rate}。",
    "技改投资{now}（含园区0.01万元），为预算的98%，{verb}{change}，{verb}{rate}。",
    "2021年预算执行数为{before}，2022年预算安排{now}，比2021年预算执行数{verb}{rate}。",
    "技改投资{now}，上年{before}，{verb}{change}，{verb}{rate}。",
)


def written(value, digits, unit):
    name, shift = unit
    return f"{rounded(value.scaleb(-shift), max(0, digits + shift))}{name}"


def said(form, now, before, rate, unit, digits):
    change = abs(now - before)
    verb = "增加" if now > before else "减少"
    return form.format(
        now=written(now, digits, unit),
        before=written(before, digits, unit),
        change=written(change, digits, unit),
        verb=verb,
        rate=f"{rate}%",
    )


@given(now=AMOUNTS, before=AMOUNTS, digits=DIGITS, places=st.integers(0, 3), unit=UNITS, form=st.sampled_from(GROWTHS))
def test_true_growth_never_fails_however_it_is_rounded(now, before, digits, places, unit, form):
    assume(rounded(now, digits) != rounded(before, digits))
    assume(min(rounded(now, digits), rounded(before, digits)) > 0)
    rate = rounded(abs(now - before) / before * 100, places)
    assert codes(said(form, now, before, rate, unit, digits)) == []


@given(
    now=AMOUNTS,
    before=st.decimals(min_value=100, max_value=99_999, places=4),
    off=st.decimals(min_value="0.3", max_value=50, places=1),
    unit=UNITS,
    form=st.sampled_from(GROWTHS),
)
def test_a_rate_beyond_rounding_always_fails(now, before, off, unit, form):
    assume(abs(now - before) > 1)
    rate = rounded(abs(now - before) / before * 100, 1) + off
    assume(rate < Decimal(10_000) * off)
    found = codes(said(form, now, before, rate, unit, 4))
    assert "GRW001" in found
    assert set(found) <= {"GRW001"}


@given(now=AMOUNTS, before=AMOUNTS, form=st.sampled_from(GROWTHS), places=st.integers(0, 2), data=st.data())
def test_units_change_no_verdict(now, before, form, places, data):
    assume(now != before)
    rate = data.draw(st.sampled_from([rounded(abs(now - before) / before * 100, places), Decimal("12.34")]))
    verdicts = {tuple(codes(said(form, now, before, rate, unit, 4))) for unit in (("万元", 0), ("亿元", 4), ("元", -4))}
    assert len(verdicts) == 1


@given(part=AMOUNTS, rest=AMOUNTS, digits=DIGITS, places=st.integers(0, 3), off=st.integers(0, 40))
def test_shares_of_a_list(part, rest, digits, places, off):
    whole = part + rest
    assume(rounded(whole, digits) > 0)
    share = rounded(part / whole * 100, places)
    text = "本年支出合计{}万元，其中：基本支出{}万元，占{}%；项目支出{}万元。"
    stated = share + off
    found = codes(text.format(rounded(whole, digits), rounded(part, digits), stated, rounded(rest, digits)))
    if off == 0:
        assert found == []
    elif digits == 4 and off > 1:
        assert found == ["PCT001"]


@given(done=AMOUNTS, budget=AMOUNTS, digits=DIGITS, places=st.integers(0, 3), swapped=st.booleans())
def test_completion_in_either_order_of_the_budgets(done, budget, digits, places, swapped):
    assume(rounded(budget, digits) > 0)
    assume(rounded(done, digits) > 0)
    rate = rounded(done / budget * 100, places)
    budgets = [f"年初预算为{rounded(budget, digits)}万元", f"全年预算为{rounded(budget * 3, digits)}万元"]
    head = "，".join(reversed(budgets) if swapped else budgets)
    right, wrong = f"完成年初预算的{rate}%。", f"完成年初预算的{rate * 2 + 5}%。"
    assert codes(f"{head}，支出决算为{rounded(done, digits)}万元，{right}") == []
    if digits == 4:
        assert codes(f"{head}，支出决算为{rounded(done, digits)}万元，{wrong}") in (["PCT002"], ["PCT003"])


@given(st.lists(st.integers(1, 500), min_size=2, max_size=6), st.sampled_from(["逐年增加", "呈增长趋势"]))
def test_a_trend_fails_where_a_step_does_not_rise(values, word):
    text = "，".join(f"{2015 + n}年建成站点{value}个" for n, value in enumerate(values))
    rises = all(first < second for first, second in pairwise(values))
    assert codes(f"{text}，{word}。") == ([] if rises else ["GRW006"])


@given(left=st.decimals(0, 100, places=1), right=st.decimals(0, 100, places=1), off=st.integers(0, 3))
def test_points_between_two_rates(left, right, off):
    assume(left != right)
    word = "高" if left > right else "低"
    text = f"水样达标率{left}%，比{right}%{word}{abs(left - right) + off}个百分点。"
    assert codes(text) == ([] if off == 0 else ["GRW005"])


@pytest.mark.parametrize(
    "text",
    [
        "全区工业增加值174.61亿元，按可比价，同比增长7.8%，上年163.00亿元。",
        "收入100.00万元，比上年增加20.00万元，按同口径增长5%。",
        "收入100.00万元，剔除一次性因素后比上年增加20.00万元，增长30%。",
        "收入约100万元，比上年增加20万元，增长10%。",
        "支出100.00万元，对比2021年收入200.00万元。带动就业增长5%。",
        "收入2021年10.00亿元，支出2022年20.00亿元，同比增长5%。",
        "资金900.00万元，拉动社会消费品零售总额增长6.6%。",
        "支出100.00万元；比上年增加20.00万元，增长5%。",
        "2019年产值10.00亿元，2022年产值20.00亿元，同比增长5%。",
        "争取资金3.60亿元，统筹资金47.60亿元，财政补助标准年人均提高30元，惠及676万人。",
        "民生支出85.00亿元，占一般公共预算支出85.7%。",
        "企业满意度≥90%得100%权重分，否则每下降1%扣5%权重分。",
        "①就业人数呈增长趋势得1分，否则不得分。",
        "增长10%，占20%，完成预算的30%。",
        "执行率在90%（含）~100%得2分，80%以下不得分。",
        "收支结余-16370.00万元，比上年减少2000.00万元，下降13.9%。",
        "全年接待500人次，满意率95%，投诉率下降3%。",
    ],
)
def test_what_the_text_does_not_settle_is_no_finding(text):
    assert codes(text) == []


def test_a_rate_that_is_cut_off_is_a_remark():
    result = check("零售总额11.4亿元，对比2021年9.96亿元增长14.4%。")
    assert [c.severity for c in result.checks if c.rule == "GRW001"] == [Severity.INFO]


def test_the_pair_that_fits_is_named():
    found = check(
        "开发区建筑业总产值54.04亿元，对比2021年38.87亿元增长39%；开发区零售业销售额11.40亿元，对比2021年9.96亿元增长14.4%。",
        "全县建筑业增加值同比增长7.8%，开发区建筑业较全县平均值高6.6%。",
    ).findings
    assert [finding.rule for finding in found] == ["GRW005"]
    assert found[0].computed == "31.2"
    assert "零售业销售额" in found[0].suggestion.say("zh")


def test_a_rate_named_by_its_name_passes():
    assert "PCT002" in passed("排查隐患63处，整改61处，整改率96.83%。")
