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
    "完成技改投资{now}（比上年{verb}{change}，{verb}{rate}），新建项目5个。",
)


def written(value, digits, unit):
    name, shift = unit
    return f"{rounded(value.scaleb(-shift), max(0, digits + shift)):f}{name}"


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
        "对沿线国家进出口总额194719亿元，比上年增长2.8%。民营企业进出口总额223601亿元，增长6.3%，占进出口总额比重为53.5%。",
        "项目总投资5000万元，累计到位3000万元，其中：中央资金2000万元，占40%。",
        "全区企业1200家，其中：规上企业200家，产值占比80%。",
        "收入100万元，支出80万元，分别增加10万元、5万元，分别增长11.1%、6.7%。",
        "收入100万元，上年结转20万元，比上年增加10万元，增长11.1%。",
        "全年完成100件，办结率98%，比上年增加20件，增长30%。",
        "2020年投入10万元，2021年投入12万元，2022年投入11万元，总体呈增长趋势。",
        "2021年投诉12件，2022年投诉8件，持续提升服务质量。",
        "2021年收入10万元，2022年收入9万元，服务能力持续提升。",
        "计划新建10公里，实际完成9公里，投资完成率85%。",
        "计划总投资500亿元，截至年底累计完成投资300亿元，年内完成60亿元，完成年度计划的75%。",
        "全年预算120万元，年初预算100万元，支出130万元，比全年预算增加10万元。",
        "发放补贴60万元，惠及1200人，人均每月50元。",
        "落实资金171万元，惠及855人，人均补助标准1800元。",
        "新增企业12家，比上年增加12家，增长20%。",
        "城镇化率由2020年的60%提高到2022年的63%，年均提高1.5个百分点。",
        "收入100亿元，比2019年增加10亿元，两年平均增长6%。",
        "示范区机械制造业产值10亿元，增长12%；临江县食品制造业增加值增长4%，示范区机械制造业较临江县平均值高3%。",
        "年末全国就业人员74041万人，其中城镇就业人员47032万人，占全国就业人员比重为63.5%。",
        "全年出生人口902万人，出生率为6.39‰；死亡人口1110万人，死亡率为7.87‰；自然增长率为-1.48‰。",
        "国防支出181万，为预算的100%，增加74万元，增长69.2%。",
        "财政部门安排100万元，其中：培训50万元，占总成本的20%。",
        "收入预算为100亿元，支出预算为120亿元，实际完成收入105亿元，为预算的105%；支出118亿元，为预算的98.3%。",
        "合同价450万元，支付180万元，为合同价的40%，占总投资的30%。",
        "问卷发放100份，收回98份，满意80份、基本满意15份，满意率96.9%。",
        "年初预算100万元，追加20万元，支出110万元，预算执行率91.67%。",
        "就业率95%，比上年提高2个百分点；合格率92%，比上年降低1个百分点。",
        "全市税收增长5%，高于全省平均增速2.6个百分点。全省第三产业增长8%。",
        "2022年全区建筑业产值增长9%。2021年全市建筑业产值增长5%，全区建筑业较全市平均值高2个百分点。",
        "人均GDP由5万元增加到6万元，增长20%。",
        "完成年初预算的95%，比上年减少3万元，下降5%。",
        "“三公”经费支出决算数比2023年度减少0.15万元，下降27.78%，其中：接待费支出决算减少0.15万元，下降30%。",
        "支出由2020年的10万元增长至2021年的12万元再到2022年的15万元，逐年增加。",
        "一般公共预算收入20亿元，其中税收15亿元，占一般公共预算收入的75%，比上年提高3个百分点；非税5亿元。",
        "实际支出80万元，其中：工资50万元，占62.5%，比上年增加5万元，增长12%。",
        "报名120人，录取60人，录取率50%，到岗率90%。",
        "营业收入5亿元，比上年同期增加1亿元；利润总额1000万元，增长25%。",
        "培训人员500人，比计划增加50人，增长20%，合格率98%。",
        "全区粮食面积12万亩，增长2%，总产量6万吨，增长3%，单产500公斤，比上年增加5公斤，增长1%。",
        "2023年GDP为100亿元，是2020年的1.5倍；2020年GDP为80亿元。",
        "到位资金50万元，为计划的50%；计划投资120万元。",
        "决算数小于预算数的主要原因：年初预算为12万元，支出决算为14万元。",
        "基本支出年初预算为10万元，项目支出年初预算为20万元，支出决算为25万元。决算数大于预算数。",
        "年初预算为30万元，支出决算为25万元。与上年决算数20万元相比，决算数大于上年决算数。",
        "达到80分以上的占60%，占全部20个项目的60%，得分率增长5%。",
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
