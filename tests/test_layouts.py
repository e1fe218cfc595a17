"""True reports and snippets in layouts that the fixture reports do not have: nothing in them may be alarmed.

``fixtures/layouts/report-*`` are whole reports (weights in per cent, self-evaluation tables, counties by
years, budgets of works, side-by-side accounts, OCR spaces, text as a converter lays it out …); ``snippet-*``
each raised a false alarm once. ``faults.json`` plants faults in some of them, see ``benchmarks/faults.py``.
"""

import json
from pathlib import Path

import pytest

from checker.engine import check_document
from checker.readers import read
from checker.verdict import Severity
from rules import RULES

FOLDER = Path(__file__).parents[1] / "fixtures" / "layouts"
LAYOUTS = sorted(path for path in FOLDER.glob("*.*") if path.suffix != ".json")
FEWEST = 40
"""Checks that a whole report passes at least."""
EACH = 14
"""Of so many faults that were found one is planted here; the benchmark plants all."""
FAULTS = [
    (name, *fault[:4], fault[4])
    for name, faults in json.loads((FOLDER / "faults.json").read_text("utf-8")).items()
    for fault in [one for one in faults if one[5]][::EACH]
]


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.name)
def test_a_true_report_raises_no_alarm(path):
    result = check_document(read(path), RULES)
    alarms = [f.message.say("zh") for f in result.findings if f.severity is not Severity.INFO]
    assert not alarms
    assert not result.problems
    assert result.summary.passed >= (FEWEST if path.name.startswith("report-") else 0)  # checked, not passed over


def test_the_layouts_are_all_there():
    assert len([path for path in LAYOUTS if path.name.startswith("report-")]) == 122


@pytest.mark.parametrize(
    ("name", "line", "offset", "true", "wrong"),
    [fault[:5] for fault in FAULTS],
    ids=[f"{name} {line} {kind}" for name, line, _, _, _, kind in FAULTS],
)
def test_a_planted_fault_is_found(name, line, offset, true, wrong, tmp_path):
    lines = (FOLDER / name).read_text("utf-8").split("\n")
    before = lines[line - 1]
    assert before.startswith(true, offset)
    lines[line - 1] = before[:offset] + wrong + before[offset + len(true) :]
    path = tmp_path / name
    path.write_text("\n".join(lines), encoding="utf-8")
    found = [one for one in check_document(read(path), RULES).findings if one.severity is not Severity.INFO]
    assert any(evidence.line == line for one in found for evidence in one.evidence)
