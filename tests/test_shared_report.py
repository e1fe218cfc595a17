"""A real report, where it is at hand: the faults that a careful reviewer found, in each of its forms."""

import importlib.util
import json
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from checker.document import Table
from checker.engine import check_document
from checker.readers import read
from checker.reports.json import document_entry
from rules import RULES

SHARED = Path(__file__).parents[2] / "shared"
FORMS = ["qingyunpu.txt", "qingyunpu.md", "qingyunpu-lo.pdf", "qingyunpu-autonumbered.docx"]
ROOTS = ["R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R19"]
EACH = pytest.mark.parametrize("name", FORMS)

pytestmark = pytest.mark.skipif(
    not (SHARED / "gold" / "qingyunpu.json").is_file(), reason="the real report is not part of the repository"
)


@cache
def scorer():
    spec = importlib.util.spec_from_file_location("score_gold", SHARED / "tools" / "score_gold.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def gold() -> list[dict]:
    return json.loads((SHARED / "gold" / "qingyunpu.json").read_text("utf-8"))


@cache
def entry(name: str) -> dict:
    result = check_document(read(SHARED / "reports" / name), RULES)
    assert result.problems == ()
    return document_entry(result, "zh", everything=True)


def fails(name: str) -> list[dict]:
    return [finding for finding in entry(name)["findings"] if finding["severity"] != "info"]


def matches(finding: dict, one: dict, name: str) -> bool:
    return scorer().matches(finding, one, not name.endswith(".txt"))  # the lines of the key are those of the text


@cache
def faults() -> dict[str, list[dict]]:
    by_root = defaultdict(list)
    for one in gold():
        found = scorer().ROOT.search(one.get("explanation") or "")
        if one["verdict"] == "error" and found:
            by_root[found.group(1)].append(one)
    return by_root


@EACH
@pytest.mark.parametrize("root", ROOTS)
def test_the_fault_is_found(root, name):
    assert faults()[root]
    assert any(matches(finding, one, name) for one in faults()[root] for finding in fails(name))


@EACH
def test_no_alarm_on_a_relation_that_holds(name):
    known = [one for one in gold() if one["verdict"] in ("error", "judgement", "ocr")]
    hold = [one for one in gold() if one["verdict"] in ("ok", "rounding")]
    alarms = [f for f in fails(name) if not any(matches(f, one, name) for one in known)]
    wrong = [f["message"] for f in alarms if any(matches(f, one, name) for one in hold)]
    assert not wrong, "\n".join(["", *wrong])


@EACH
@pytest.mark.parametrize(
    ("rule", "stated", "computed"),
    [
        ("CNT002", "255", "254"),
        ("SCR002", "2.5", "2"),
        ("SCR002", "4", "3"),
        ("SCR003", "5", "3"),
        ("SUM004", "85.8", "87.3"),
        ("FML002", "1178.07894", "1178.7894"),
    ],
)
def test_the_finding_says_what_was_stated_and_what_follows(rule, stated, computed, name):
    assert (rule, stated, computed) in {(f["rule"], f["stated"], f["computed"]) for f in fails(name)}


def test_automatic_numbers_read_like_typed_ones():
    """But for the spaces and half-width brackets of typed numbers: the automatic ones have none."""

    def folded(text: str) -> str:
        return "".join(text.split()).translate(str.maketrans("()", "（）"))

    typed, automatic = (read(SHARED / "reports" / f"qingyunpu{ending}.docx") for ending in ("", "-autonumbered"))
    assert [(s.level, folded(s.number), s.title) for s in automatic.sections] == [
        (s.level, folded(s.number), s.title) for s in typed.sections
    ]
    texts = [[folded(b.text.value) for b in d.blocks if not isinstance(b, Table)] for d in (automatic, typed)]
    assert texts[0] == texts[1]
