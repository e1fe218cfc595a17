"""The whole reports in fixtures/reports, in every form: clean ones are silent, planted faults are found.

`faults.toml` is the key. A finding of the fault's rule must quote what was planted, and every
finding must be explained by a fault.
"""

import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from checker.engine import check_document
from checker.finding import Finding
from checker.readers import read
from checker.result import Result
from rules import RULES

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"
FOLDERS = sorted(path.parent for path in REPORTS.glob("*/source.md"))
FORMS = ["txt", "md", "pdf", "docx"]
EACH = pytest.mark.parametrize(
    ("folder", "form"), [(f, e) for f in FOLDERS for e in FORMS], ids=[f"{f.name}-{e}" for f in FOLDERS for e in FORMS]
)


@cache
def checked(path: Path) -> Result:
    return check_document(read(path), RULES)


def faults(folder: Path) -> list[dict]:
    rows = tomllib.loads((folder / "faults.toml").read_text("utf-8"))["fault"]
    return [row for row in rows if not row.get("later")]


def squeeze(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if not char.isspace() and char != ",")


def holds(text: str, figure: str) -> bool:
    """Whether a figure stands in a text, not as a piece of a longer number."""
    text, figure = squeeze(text), squeeze(figure)
    start = text.find(figure)
    while start >= 0:
        before, after = text[:start][-1:], text[start + len(figure) :]
        longer = before.isdigit() or before == "." or after[:1].isdigit() or (after[:1] == "." and after[1:2].isdigit())
        if not (longer and figure[:1].isdigit()):
            return True
        start = text.find(figure, start + 1)
    return False


def quotes(finding: Finding, figure: str) -> bool:
    return any(holds(evidence.quote, figure) for evidence in finding.evidence)


def finds(finding: Finding, fault: dict) -> bool:
    return finding.rule == fault["rule"] and quotes(finding, fault["stated"])


def explains(fault: dict, finding: Finding) -> bool:
    return finding.rule in {fault["rule"], *fault.get("also", ())} and quotes(finding, fault["stated"])


def line(finding: Finding) -> str:
    return f"{finding.rule} {finding.message.say('zh')} [{' | '.join(e.quote[:30] for e in finding.evidence[:4])}]"


def listed(lines: Iterable[str]) -> str:
    return "\n".join(["", *lines])


@EACH
def test_the_clean_report_is_silent(folder, form):
    result = checked(folder / f"clean.{form}")
    assert not result.findings, listed(line(finding) for finding in result.findings)
    assert result.problems == ()


@EACH
def test_every_planted_fault_is_found(folder, form):
    result = checked(folder / f"faulty.{form}")
    missed = [fault for fault in faults(folder) if not any(finds(finding, fault) for finding in result.findings)]
    assert not missed, listed(f"{fault['id']} {fault['rule']} {fault['what']}: {fault['stated']}" for fault in missed)


@EACH
def test_nothing_else_is_found(folder, form):
    known = faults(folder)
    findings = checked(folder / f"faulty.{form}").findings
    strange = [f for f in findings if not any(explains(fault, f) for fault in known)]
    assert not strange, listed(line(finding) for finding in strange)
    assert checked(folder / f"faulty.{form}").problems == ()


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_all_forms_say_the_same(folder):
    said = [
        sorted((f.rule, f.stated or "", f.computed or "") for f in checked(folder / f"faulty.{form}").findings)
        for form in FORMS
    ]
    assert all(other == said[0] for other in said[1:])


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_text_laid_out_by_spaces_raises_no_false_alarm(folder):
    """What a PDF-to-text tool leaves: plain tables are read, others are named, and nothing is guessed."""
    clean, faulty = (checked(folder / f"{stem}.layout.txt") for stem in ("clean", "faulty"))
    assert not clean.findings, listed(line(finding) for finding in clean.findings)
    assert clean.document.tables
    assert {problem.kind for problem in clean.problems} == {"page-unreadable"}
    strange = [f for f in faulty.findings if not any(explains(fault, f) for fault in faults(folder))]
    assert not strange, listed(line(finding) for finding in strange)
    assert len(faulty.findings) >= 20


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_the_key_is_whole(folder):
    known = faults(folder)
    assert len(known) >= 20
    assert len({fault["id"] for fault in known}) == len(known)
    assert {fault["rule"] for fault in known} <= {rule.code for rule in RULES}


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_a_wrong_page_in_the_contents_is_found_in_a_pdf(folder, renderer, tmp_path):
    """Only a PDF has pages to compare, so this fault is planted apart from the others."""
    source, pdf, layout = renderer
    rows = tomllib.loads((folder / "faults.toml").read_text("utf-8"))["fault"]
    fault = next(row for row in rows if row["rule"] == "OUT001")
    planted = (folder / "source.md").read_text("utf-8").replace(fault["find"], fault["replace"], 1)
    pdf.to_pdf(source.parse(planted), tmp_path / "report.pdf", layout.LAYOUTS[folder.name])
    findings = checked(tmp_path / "report.pdf").findings
    assert [finding.rule for finding in findings] == ["OUT001"]
    assert fault["stated"] in findings[0].message.say("zh")
