"""True reports and snippets in layouts that the fixture reports do not have: nothing in them may be alarmed.

``fixtures/layouts/report-*`` are whole reports (weights in per cent, self-evaluation tables, counties by
years, budgets of works, side-by-side accounts, OCR spaces …); ``snippet-*`` each raised a false alarm once.
"""

from pathlib import Path

import pytest

from checker.engine import check_document
from checker.readers import read
from checker.verdict import Severity
from rules import RULES

LAYOUTS = sorted((Path(__file__).parents[1] / "fixtures" / "layouts").glob("*.*"))


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.name)
def test_a_true_report_raises_no_alarm(path):
    result = check_document(read(path), RULES)
    alarms = [f.message.say("zh") for f in result.findings if f.severity is not Severity.INFO]
    assert not alarms
    assert not result.problems


def test_the_layouts_are_checked_and_not_passed_over():
    reports = [check_document(read(path), RULES) for path in LAYOUTS if path.name.startswith("report-")]
    assert len(reports) == 8
    assert all(report.summary.passed >= 40 for report in reports)
