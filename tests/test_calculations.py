"""The calculation shown beside a finding gives the number that the finding says was computed."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from checker.document import Run, Text
from checker.engine import check_document
from checker.readers import read
from rules import RULES

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"
SIGNS = str.maketrans({"（": "(", "）": ")", "×": "*", "÷": "/", "−": "-", ",": None})


def value(calculation: str) -> Decimal:
    plain = re.sub(r"([\d.]+)%", r"(\1/100)", calculation.translate(SIGNS))
    return eval(re.sub(r"[\d.]+", lambda number: f"Decimal('{number[0]}')", plain), {"Decimal": Decimal})


def computed(finding) -> Decimal:
    number = Decimal(finding.computed.rstrip("%"))
    return number / 100 if finding.computed.endswith("%") else number


@pytest.mark.parametrize("name", ["department", "project"])
def test_a_calculation_gives_what_was_computed(name):
    findings = check_document(read(REPORTS / name / "faulty.txt"), RULES).findings
    shown = [finding for finding in findings if finding.calculation and finding.computed]
    for finding in shown:
        last = Decimal(1).scaleb(computed(finding).as_tuple().exponent)
        assert abs(abs(value(finding.calculation)) - abs(computed(finding))) <= last, finding
    assert {finding.rule[:3] for finding in shown} >= {"SUM", "ROW", "FML", "GRW", "SCR"}


def test_a_sum_is_written_with_the_figures_as_they_stand(check):
    text = "一、情况\n\n到位资金1,560.00万元，其中：中央资金1,300.00万元，省级资金170.00万元，县级资金100.00万元。\n"
    (finding,) = check(text).findings
    assert (finding.calculation, finding.computed) == ("1,300.00 + 170.00 + 100.00", "1570.00")


def test_a_figure_that_runs_over_two_lines_has_a_place_on_each():
    text = Text("预算100.5万元", (Run(0, line=1), Run(5, line=2)))
    assert [place.line for place in text.lines(2, 7)] == [1, 2]
    assert [place.line for place in text.lines(5, 7)] == [2]
