"""The standard indicators in checker/data/indicators.toml, and what their loader refuses."""

import pytest

from checker.extract.standard_rates import Form, read_standard_rates, standard_rate, standard_rates

ROW = {
    "name": ["甲率"],
    "formula": [{"text": "甲/乙", "source": "通行做法", "numerator": ["甲"], "denominator": ["乙"]}],
}
NAMES = """在职人员控制率 三公经费变动率 重点支出安排率 预算完成率 支出预算完成率 支出预算执行率 预算执行率
资金执行进度率
预算调整率 支付进度率 结转结余率 结转结余变动率 公用经费控制率 三公经费控制率 政府采购执行率 政府采购节支率
固定资产利用率
实际完成率 完成及时率 质量达标率 重点工作办结率 预算支出标准执行率 资金到位率 到位及时率 成本节约率"""


@pytest.mark.parametrize("name", NAMES.split())
def test_the_indicators_of_the_frameworks_are_known(name):
    found = standard_rate(f"某县{name}")
    assert found is not None
    assert found[0] == name
    assert all(formula.source and formula.text for formula in found[1].formulas)


def test_the_longest_name_wins():
    assert standard_rate("政府采购节支率")[0] == "政府采购节支率"
    assert standard_rate("人均公用经费变动率")[0] == "人均公用经费变动率"
    assert standard_rate("出勤率") is None


def test_one_name_may_have_several_formulas():
    _, rate = standard_rate("公用经费控制率")
    assert [formula.form for formula in rate.formulas] == [Form.SHARE, Form.GROWTH]
    assert "赣财绩" in rate.formulas[1].source


def test_what_was_not_checked_says_so():
    assert any(formula.unverified for rate in standard_rates() for formula in rate.formulas)


def test_a_name_stands_once():
    with pytest.raises(ValueError, match="甲率"):
        read_standard_rates({"indicator": [ROW, ROW]})


@pytest.mark.parametrize("key", ["numerator", "denominator", "text", "source"])
def test_a_formula_without_words_is_refused(key):
    formula = {**ROW["formula"][0], key: type(ROW["formula"][0][key])()}
    with pytest.raises(ValueError, match="甲率"):
        read_standard_rates({"indicator": [{**ROW, "formula": [formula]}]})


def test_an_unknown_form_is_refused():
    formula = {**ROW["formula"][0], "form": "cube"}
    with pytest.raises(ValueError, match="cube"):
        read_standard_rates({"indicator": [{**ROW, "formula": [formula]}]})
