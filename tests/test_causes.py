"""What a finding says of its cause: the figure that, read otherwise, makes most checks agree."""

from decimal import Decimal

import pytest

from checker.document import Text
from checker.figure import Figure, Place
from checker.quantity import Interval, Quantity
from checker.repairs import find_repair
from checker.units import unit_named

TABLE = """一、资产

表1 资产明细表

| 名称 | 原值（元） | 累计折旧（元） | 净值（元） |
| --- | --- | --- | --- |
| 办公楼 | 5286.40 | 1322.15 | 3964.25 |
| 车辆 | 862.90 | 431.45 | 431.45 |
| 设备 | 1475.38 | 640.18 | 835.20 |
| 家具 | 316.74 | 118.52 | {net} |
| 合计 | 7941.42 | 2512.30 | 5429.12 |
"""


def said(finding, lang="zh"):
    return finding.suggestion.say(lang) if finding.suggestion else ""


def test_a_cell_that_two_checks_suspect_is_named_with_the_slip_that_repairs_both(check):
    findings = check(TABLE.format(net="198.42")).findings
    assert {f.rule for f in findings} == {"ROW001", "SUM001"}
    for finding in findings:
        assert said(finding) == "若“198.42”为 198.22（一位数字有误），同因的 2 项即可相符"
        assert said(finding, "en") == "if “198.42” is 198.22 (one digit), 2 findings of this cause agree"
        assert [other.fingerprint for other in findings if other is not finding] == list(finding.related)


def test_swapped_digits_are_called_so(check):
    findings = check(TABLE.format(net="192.82")).findings
    assert any("192.82" in f.evidence[0].quote or f.causes for f in findings)
    swapped = check("一、支出\n\n全年支出1284.36万元，其中：基本支出512.30万元，项目支出727.06万元。").findings
    assert "若“727.06万元”为 772.06（两位颠倒）" in said(swapped[0])


def test_two_readings_that_repair_equally_are_both_said(check):
    findings = check("一、收入\n\n全年收入1541.12万元，其中：财政拨款收入1442.12万元，其他收入98.90万元。").findings
    assert said(findings[0]) == (
        "若“1541.12万元”为 1541.02（一位数字有误），或“1442.12万元”为 1442.22（一位数字有误），即可相符"
    )


def test_no_repair_is_proposed_for_a_figure_that_other_checks_confirm(check):
    text = (
        "一、支出\n\n全年支出1284.36万元，其中：基本支出512.30万元，项目支出762.06万元。\n\n"
        "二、结余\n\n全年支出1284.36万元，其中：基本支出512.30万元，项目支出772.06万元。"
    )
    findings = [f for f in check(text).findings if f.rule == "SUM002"]
    assert [said(f) for f in findings] == ["若“762.06万元”为 772.06（一位数字有误），同因的 2 项即可相符"]


def test_findings_of_different_causes_are_not_related(check):
    text = (
        "一、收入\n\n全年收入976.20万元，其中：拨款收入541.80万元，其他收入434.90万元。\n\n"
        "二、人员\n\n年末在职52人，其中：行政人员20人，事业人员31人。"
    )
    findings = check(text).findings
    assert len(findings) == 2
    assert all(f.related == () for f in findings)


@pytest.mark.parametrize(
    ("written", "unit", "low", "high", "repaired", "slip"),
    [
        ("386.42", "万元", "3684200", "3684200", "368.42", "两位颠倒"),
        ("386.42", "万元", "3964200", "3964200", "396.42", "一位数字有误"),
        ("38.42", "万元", "3864200", "3864200", "386.42", "漏写一位"),
        ("3864.42", "万元", "3864200", "3864200", "386.42", "多写一位"),
        ("38.642", "万元", "3864200", "3864200", "386.420", "小数点移位"),
        ("-9.59", "%", "9.585", "9.595", "9.59%", "正负号有误"),
        ("451.28", "元", "4512750", "4512850", "451.28万元", "单位有误"),
        ("8", "%", "38", "38", "38%", "漏写一位"),
    ],
)
def test_each_slip_is_undone(written, unit, low, high, repaired, slip):
    text = Text.of(written + unit)
    quantity = Quantity(Decimal(written), unit_named(unit))
    repair = find_repair(Figure(quantity, text, 0, len(text), Place(0, 0)), Interval(Decimal(low), Decimal(high)))
    assert (repair.written, repair.slip.say("zh")) == (repaired, slip)


def test_a_number_that_is_no_slip_away_has_no_repair():
    text = Text.of("386.42万元")
    figure = Figure(Quantity(Decimal("386.42"), unit_named("万元")), text, 0, len(text), Place(0, 0))
    assert find_repair(figure, Interval.point(Decimal("5120000"))) is None


def test_a_total_and_a_part_in_each_others_place(check):
    findings = check("一、投资\n\n总投资1953.24万元，其中：政府投资27652.42万元，自筹25699.18万元。").findings
    exchanged = check("一、投资\n\n总投资27652.42万元，其中：政府投资1953.24万元，自筹29605.66万元。").findings
    assert [said(f) for f in exchanged] == ["若“27652.42万元”与“29605.66万元”互换，即可相符"]
    assert findings


def test_a_cell_copied_from_the_one_above(check):
    text = "一、拨付\n\n乡镇\t金额（万元）\n东镇\t386.42\n西镇\t386.42\n南镇\t118.50\n合计\t749.68\n"
    (finding,) = check(text).findings
    assert "386.42”为 244.76（与相邻的数相同，疑为误抄）" in said(finding)
