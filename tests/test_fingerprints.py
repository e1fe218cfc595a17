"""Fingerprints: they outlive new pages and unrelated edits, and die with their own figures and labels."""

from pathlib import Path

import pytest

from checker.engine import check_document
from checker.readers import read
from rules import RULES

FIXTURES = Path(__file__).parent.parent / "fixtures"

REPORT = """一、基本情况

2023年项目到位资金560.00万元，其中：中央补助资金300.00万元，省级配套资金170.00万元，县级自筹资金100.00万元。

表1 资金明细表

单位：万元

序号\t内容\t金额
1\t设备购置\t80.00
2\t安装调试\t55.00
合计\t\t130.00

二、评价结论

项目总得分为91.00分，评价等级为“良”。
"""
FILLER = "评价组查阅了项目单位的会议记录与往来函件，并与经办人员座谈，了解项目推进的过程。\n\n"
CODES = ["SUM002", "SUM001", "GRD001"]


@pytest.fixture
def prints(check):
    return lambda text: {f.rule: f.fingerprint for f in check(text).findings}


def test_each_finding_has_its_own(prints):
    assert sorted(prints(REPORT)) == sorted(CODES)
    assert len(set(prints(REPORT).values())) == len(CODES)


@pytest.mark.parametrize(
    "edited",
    [
        REPORT.replace("一、基本情况\n", "一、基本情况\n\n" + FILLER * 20),
        "前言\n\n" + FILLER + REPORT,
        REPORT.replace("二、评价结论", FILLER + "\f\n" + FILLER + "二、评价结论"),
        REPORT.replace("二、评价结论", "二、绩效分析\n\n" + FILLER + "三、评价结论"),
        REPORT.replace("表1 ", "表2 "),
        REPORT + "\n三、建议\n\n" + FILLER + "下一年度安排资金45.00万元。\n",
        REPORT.replace("2023年项目到位资金", "2023 年项目到位资金"),
    ],
    ids=["paragraphs", "chapter before", "page break", "renumbered", "other table number", "appendix", "white space"],
)
def test_they_outlive_unrelated_edits(prints, edited):
    assert edited != REPORT
    assert prints(edited) == prints(REPORT)


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("SUM002", "560.00万元", "561.00万元"),
        ("SUM002", "170.00万元", "175.00万元"),
        ("SUM002", "省级配套资金", "市级配套资金"),
        ("SUM001", "130.00", "131.00"),
        ("SUM001", "55.00", "56.00"),
        ("SUM001", "合计\t\t", "总计\t\t"),
        ("GRD001", "91.00分", "92.00分"),
        ("GRD001", "“良”", "“中”"),
    ],
)
def test_they_die_with_their_own_figures_and_labels(prints, code, old, new):
    before, after = prints(REPORT), prints(REPORT.replace(old, new))
    assert set(after) == set(before)
    assert {rule for rule in before if before[rule] != after[rule]} == {code}


def test_the_same_fault_twice_has_two(check):
    lines = REPORT.splitlines(keepends=True)
    again = "".join(lines[:3]) + "\n（一）同样的话\n\n" + lines[2] + "".join(lines[3:])
    found = [f.fingerprint for f in check(again).findings if f.rule == "SUM002"]
    assert len(found) == len(set(found)) == 2


def test_the_digest_has_the_form_of_the_contract(prints):
    for code, fingerprint in prints(REPORT).items():
        head, _, digest = fingerprint.partition(":")
        assert head == code
        assert len(digest) == 8
        assert set(digest) <= set("0123456789abcdef")


def test_they_outlive_new_pages_of_a_pdf(renderer, tmp_path):
    source, pdf, layout = renderer
    folder = FIXTURES / "reports" / "project"
    text = (folder / "source.md").read_text("utf-8")
    planted = source.plant(text, [f for f in source.read_faults(folder / "faults.toml") if not f.later])
    heading = "# 一、项目基本情况\n"
    assert heading in planted
    longer = planted.replace(heading, heading + "\n" + FILLER * 40, 1)
    found = []
    for name, version in (("short.pdf", planted), ("long.pdf", longer)):
        pdf.to_pdf(source.parse(version), tmp_path / name, layout.LAYOUTS["project"])
        result = check_document(read(tmp_path / name), RULES)
        found.append(({f.fingerprint for f in result.findings}, result.document.pages))
    (before, pages), (after, more_pages) = found
    assert more_pages > pages
    assert before == after


@pytest.mark.parametrize("folder", ["department", "project"])
def test_a_pdf_and_its_word_document_share_them(folder):
    prints = []
    for form in ("pdf", "docx"):
        result = check_document(read(FIXTURES / "reports" / folder / f"faulty.{form}"), RULES)
        prints.append({finding.fingerprint for finding in result.findings})
    assert len(prints[0] & prints[1]) >= 0.9 * len(prints[0] | prints[1])
