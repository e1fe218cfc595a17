"""The cases of every rule: fixtures/cases/<family>/<CODE>.md, through the real reader and finders.

Beside them stands `negatives.md`: a `## silent: why` is a snippet that looks like a contradiction of
the family and is none, so no rule finds anything in it.

A case is a heading `## pass: why`, `## fail: why` or `## open: why` and a snippet of a report. A
pass has a passed check of the rule and no finding of any. A fail ends in a TOML block with the
findings of all rules, an open one with the open checks of its rule; they are compared whole.
`pytest tests/test_cases.py --regen` writes these blocks anew: read the diff.
"""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from checker.finding import Finding
from checker.result import Result
from checker.verdict import Verdict

CASES = Path(__file__).parent.parent / "fixtures" / "cases"
NEGATIVES = "negatives.md"
HEADING = re.compile(r"^## (?P<kind>pass|fail|open|silent): (?P<why>.+)$", re.MULTILINE)
EXPECTED = re.compile(r"\n```toml\n(?P<toml>.*?)```\s*\Z", re.DOTALL)


@dataclass(frozen=True)
class Case:
    path: Path
    kind: str
    why: str
    body: str

    @property
    def code(self) -> str:
        return f"{self.path.parent.name}-negatives" if self.kind == "silent" else self.path.stem

    @property
    def snippet(self) -> str:
        return EXPECTED.sub("", self.body).strip() + "\n"

    @property
    def expected(self) -> list[dict[str, object]]:
        block = EXPECTED.search(self.body)
        return tomllib.loads(block["toml"]).get(TABLE[self.kind], []) if block else []

    @property
    def name(self) -> str:
        return f"{self.code} {self.kind}: {self.why}"


TABLE = {"fail": "finding", "open": "open"}


def cases_of(path: Path) -> list[Case]:
    text = path.read_text("utf-8")
    heads = list(HEADING.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [
        Case(path, head["kind"], head["why"], text[head.end() : end]) for head, end in zip(heads, ends, strict=True)
    ]


ALL = [case for path in sorted(CASES.glob("*/*.md")) for case in cases_of(path)]


def written(finding: Finding) -> dict[str, object]:
    """A finding as a case states it: a quote once, fields that it has not left out."""
    fields = {
        "rule": finding.rule,
        "message": finding.message.say("zh"),
        "stated": finding.stated,
        "computed": finding.computed,
        "quotes": list(dict.fromkeys(evidence.quote for evidence in finding.evidence)),
    }
    return {key: value for key, value in fields.items() if value is not None}


def outcome(case: Case, result: Result) -> list[dict[str, object]]:
    """What a case states whole: all findings, or the open checks of its rule."""
    if case.kind == "open":
        return [written(c) for c in result.checks if c.rule == case.code and c.verdict is Verdict.OPEN]
    return [written(finding) for finding in result.findings]


def as_toml(rows: list[dict[str, object]], table: str) -> str:
    lines = []
    for row in rows:
        lines.append(f"[[{table}]]")
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in row.items()]
    return "\n".join(lines)


def rewrite(case: Case, rows: list[dict[str, object]]) -> None:
    block = f"\n```toml\n{as_toml(rows, TABLE[case.kind])}\n```\n\n"
    body = "\n\n" + case.snippet + block
    text = case.path.read_text("utf-8").replace(f"{case.why}{case.body}", f"{case.why}{body}")
    case.path.write_text(text.rstrip() + "\n", encoding="utf-8")


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_case(case, check, pytestconfig):
    result = check(case.snippet)
    rows = outcome(case, result)
    assert result.problems == ()
    if case.kind == "silent":
        assert rows == []
        assert result.summary.figures, "no figure was read"
        return
    if case.kind == "pass":
        assert rows == []
        assert any(c.rule == case.code and c.verdict is Verdict.PASS for c in result.checks), "no check of the rule"
        return
    if pytestconfig.getoption("--regen") and rows:
        rewrite(case, rows)
        return
    assert rows == case.expected
    assert any(row["rule"] == case.code for row in rows), "the rule itself says nothing"
    if case.kind == "open":
        assert result.findings == ()


def test_names_are_unique():
    assert len({case.name for case in ALL}) == len(ALL)


def test_every_heading_starts_a_case():
    for path in CASES.glob("*/*.md"):
        headings = [line for line in path.read_text("utf-8").splitlines() if line.startswith("## ")]
        assert len(headings) == len(cases_of(path)), f"{path.name}: a heading is no pass, fail, open or silent"


def test_silent_cases_stand_in_files_of_their_own():
    for path in CASES.glob("*/*.md"):
        kinds = {case.kind for case in cases_of(path)}
        assert (kinds == {"silent"}) == (path.name == NEGATIVES) and ("silent" in kinds) == (path.name == NEGATIVES)
