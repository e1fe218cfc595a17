"""Outline, indicators, dates and wording: what the cases cannot show.

Pages, whole reports with a fault planted in a clean one, and variants with many places.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from checker.document import Document, Heading, Paragraph, Section, Text, TocEntry
from checker.extract.figures import find_figures
from checker.readers import read
from checker.relate.dates import find_date_relations
from checker.relate.indicators import find_indicators
from checker.relate.outline import find_outline
from checker.relate.wording import find_wording
from checker.relate.wording_corpus import shingle_pairs
from checker.verdict import Verdict
from rules import dates, indicators, outline, wording

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"
FINDERS = (find_outline, find_indicators, find_date_relations, find_wording)
RULES = (*outline.RULES, *indicators.RULES, *dates.RULES, *wording.RULES)


def failures(document: Document):
    """Every failed check of the four families as (code, check)."""
    reading = find_figures(document)
    by_type = {}
    for rule in RULES:
        by_type.setdefault(rule.subject, []).append(rule)
    out = []
    for finder in FINDERS:
        for relation in finder(reading):
            for rule in by_type.get(type(relation), ()):
                out += [(rule.code, check) for check in rule.judge(relation) if check.verdict is Verdict.FAIL]
    return out


def quoted(check) -> str:
    return "|".join("".join(m.text.value[m.start : m.end].split()) for m in check.mentions)


def codes(found) -> list[str]:
    return sorted(code for code, _ in found)


def paged(entries: Iterable[tuple[str, int | None]], headings: Iterable[tuple[str, int]]) -> Document:
    """A document with a contents page and headings on pages."""
    toc = tuple(TocEntry(Text.of(title, page=2), page) for title, page in entries)
    blocks: list = [Paragraph(i, 0, entry.text, "toc") for i, entry in enumerate(toc)]
    sections = [Section(0, 0, "", "", "", None)]
    for title, page in headings:
        number, _, rest = title.partition("、")
        sections.append(Section(len(sections), 1, f"{number}、", rest, number, 0))
        blocks.append(Heading(len(blocks), len(sections) - 1, Text.of(title, page=page)))
    return Document("draft.pdf", "pdf", "", tuple(blocks), tuple(sections), pages=40, toc=toc)


TITLES = ["一、项目概况", "二、评价工作", "三、绩效分析", "四、评价结论", "五、主要问题", "六、有关建议"]
PRINTED = [1, 4, 7, 12, 15, 18]


def test_a_constant_offset_of_pages_is_no_fault():
    document = paged(zip(TITLES, PRINTED, strict=True), [(t, p + 2) for t, p in zip(TITLES, PRINTED, strict=True)])
    assert failures(document) == []


def test_a_page_that_breaks_the_offset_is_one():
    pages = [p + 2 for p in PRINTED]
    pages[3] += 1
    found = failures(paged(zip(TITLES, PRINTED, strict=True), list(zip(TITLES, pages, strict=True))))
    assert codes(found) == ["OUT001"]
    check = found[0][1]
    assert check.fields["printed"] == 12
    assert [m.text.locate().page for m in check.mentions] == [2, 15]


def test_pages_of_another_layout_prove_nothing():
    pages = [p * 2 + i for i, p in enumerate(PRINTED)]
    assert failures(paged(zip(TITLES, PRINTED, strict=True), list(zip(TITLES, pages, strict=True)))) == []


def test_roman_or_missing_page_numbers_are_passed_over():
    printed: list[int | None] = [None, *PRINTED[1:]]
    pages = [p + 2 for p in PRINTED]
    assert failures(paged(zip(TITLES, printed, strict=True), list(zip(TITLES, pages, strict=True)))) == []


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*/clean.*")), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_clean_reports_stay_clean(path):
    assert [(code, quoted(check)) for code, check in failures(read(path))] == []


FAULTS = [
    ("department", "OUT001", "[TOC]", "[TOC 三、评价结论=12]"),
    ("department", "OUT005", "## （四）预算安排与执行情况", "## （五）预算安排与执行情况"),
    ("department", "OUT007", "表4 2023年重点水利工程", "表3 2023年重点水利工程"),
    ("department", "OUT008", "分科目收支情况见表5", "分科目收支情况见表15"),
    ("department", "OUT011", "（5）指导农村水利工作", "（6）指导农村水利工作"),
    ("department", "OUT012", "二是扩建1处集中供水工程", "三是扩建1处集中供水工程"),
    ("department", "IND001", "| ^ | ^ | 预警信息发布及时率 |", "| ^ | ^ | 群众投诉办理时限 |"),
    ("department", "IND002", "| ^ | ^ | 预警信息发布及时率 |", "| ^ | ^ | 预警信息发送及时率 |"),
    ("department", "IND005", "每有1个项目不合格扣1分", "每有1个项目不合格扣2分"),
    ("department", "IND007", "包括规划计划、绩效目标、资金配置", "包括规划计划、绩效目标"),
    ("department", "DAT001", "2024年7月15日至8月9日", "2024年7月15日至10月9日"),
    ("department", "DAT002", "了解县水利局2023年度部门整体支出", "了解县水利局2022年度部门整体支出"),
    ("department", "DAT003", "2024年5月6日至5月24日", "2024年5月26日至5月24日"),
    ("department", "DAT004", "2023年9月8日公开", "2023年9月31日公开"),
    ("department", "TXT005", "其中：基本支出1234.90万元", "其中：基本支出：基本支出1234.90万元"),
    ("department", "TXT006", "2023年县水利局调整预算支出", "2023年县水利局去年调整预算支出"),
    ("department", "TXT007", "比上年减少2.49万元", "比上年减少（增加）2.49万元"),
    ("department", "TXT008", "县水质检测中心全年检测", "县XX检测中心全年检测"),
    ("department", "TXT010", "控制在编制之内。", "控制在编制之内以及。"),
    ("project", "OUT001", "[TOC]", "[TOC 六、存在的主要问题及原因分析=17]"),
    ("project", "OUT008", "概算明细见表1", "概算明细见表11"),
    ("project", "IND009", "42个卫生室未按期完工", "采购评审程序不规范"),
    ("project", "DAT001", "8月19日至9月13日征求意见", "8月19日至10月13日征求意见"),
    ("project", "DAT005", "评价时段为2021年1月1日", "评价时段为2020年1月1日"),
    ("project", "TXT011", "市级到位178.50万元，县级", "市级到位178.50，县级"),
]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """A fixture report with one change, as Markdown or text; pages are those of the clean report."""
    sys.path.insert(0, str(REPORTS.parent))
    try:
        import render_layout
        import render_markdown
        import render_pdf
        import render_source
        import render_text
    finally:
        sys.path.remove(str(REPORTS.parent))
    pages: dict[str, dict[str, int]] = {}

    def render(report: str, form: str, old: str = "", new: str = "") -> Document:
        source = (REPORTS / report / "source.md").read_text("utf-8")
        layout = render_layout.LAYOUTS[report]
        folder = tmp_path_factory.mktemp("planted")
        if report not in pages:
            pages[report] = render_pdf.to_pdf(render_source.parse(source), folder / "clean.pdf", layout)
        assert old in source, f"{old!r} is not in the report"
        blocks = render_source.parse(source.replace(old, new, 1) if old else source)
        where = defaultdict(lambda: 3, pages[report]) | render_source.forced_pages(blocks)
        write = render_markdown.to_markdown if form == "md" else render_text.to_text
        path = folder / f"draft.{form}"
        path.write_text(write(blocks, where, layout), encoding="utf-8")
        return read(path)

    yield render
    for name in [name for name in sys.modules if name == "render" or name.startswith("render_")]:
        del sys.modules[name]


@pytest.mark.parametrize("form", ["md", "txt"])
@pytest.mark.parametrize(
    ("report", "code", "old", "new"), FAULTS, ids=[f"{f[0]}-{f[1]}-{i}" for i, f in enumerate(FAULTS)]
)
def test_a_planted_fault_is_found(rendered, report, code, old, new, form):
    assert code in codes(failures(rendered(report, form, old, new)))


def checked(tmp_path: Path, text: str):
    path = tmp_path / "draft.txt"
    path.write_text(text, encoding="utf-8")
    return failures(read(path))


NAME = "汀溪县青岭湖湿地保护中心"


def test_a_variant_with_many_places_is_one_finding_with_all_of_them(tmp_path):
    body = "".join(f"第{n}季度，{NAME}按计划完成巡查。\n\n" for n in range(40))
    slips = "".join(f"第{n}年，汀溪县青岭湖区湿地保护中心开展培训。\n\n" for n in range(7))
    found = checked(tmp_path, f"{NAME}（以下简称“湿地中心”）负责管护。\n\n{body}{slips}")
    assert codes(found) == ["TXT001"]
    check = found[0][1]
    assert len(check.mentions) == 8
    assert {"".join(m.text.value[m.start : m.end].split()) for m in check.mentions} == {
        NAME,
        "汀溪县青岭湖区湿地保护中心",
    }


def test_a_variant_as_frequent_as_the_name_is_another_body(tmp_path):
    body = "".join(f"{NAME}与汀溪县青岭湖区湿地保护中心联合巡查第{n}段。\n\n" for n in range(9))
    assert checked(tmp_path, f"{NAME}（以下简称“湿地中心”）负责管护。\n\n{body}") == []


def test_a_name_over_a_line_end_is_the_same_name(tmp_path):
    body = f"{NAME}按计划完成巡查。\n\n" * 6 + "2023年，汀溪县青岭 湖湿地保护中心新增人员。"
    assert checked(tmp_path, f"{NAME}（以下简称“湿地中心”）负责管护。\n\n{body}") == []


def test_a_title_cited_in_three_ways_is_one_finding(tmp_path):
    titles = ["汀溪县小型水闸运行管理实施细则", "汀溪县小形水闸运行管理实施细则", "汀溪县小型水闸运行管埋实施细则"]
    found = checked(
        tmp_path, "。\n\n".join(f"依据《{title}》开展巡查工作，记录完整" for title in [*titles, titles[0]]) + "。"
    )
    assert codes(found) == ["TXT002"]
    assert len(found[0][1].mentions) == 3


def test_common_words_are_not_compared_all_with_all():
    keys = [f"关于印发{chr(0x4E00 + 7 * n)}{chr(0x5000 + 11 * n)}管理办法的通知" for n in range(400)]
    assert list(shingle_pairs(keys, 5, 12)) == []


def test_every_rule_has_cases_of_both_kinds():
    for rule in RULES:
        path = REPORTS.parent / "cases" / rule.family.lower() / f"{rule.code}.md"
        text = path.read_text("utf-8")
        assert text.count("\n## pass: ") >= 3, rule.code
        assert text.count("\n## fail: ") >= 3, rule.code


def test_codes_are_unique():
    assert len({rule.code for rule in RULES}) == len(RULES) == len({rule.name for rule in RULES})


def test_empty_and_tiny_documents_are_no_trouble(tmp_path):
    for text in ("。", "表1", "一是", "（1）", "目录\n\n一、概况\t1\n", "《》“”（）"):
        path = tmp_path / "draft.txt"
        path.write_text(text, encoding="utf-8")
        reading = find_figures(read(path))
        for finder in FINDERS:
            list(finder(reading))


def test_a_blank_template_is_not_full_of_residue(check):
    line = "XX单位年初预算为____万元，增加（减少）____万元，主要原因是____。"
    few, many = "一、概况\n\n" + line + "\n", "一、概况\n\n" + "\n\n".join([line] * 12) + "\n"
    assert {f.rule for f in check(few).findings} >= {"TXT008"}
    assert not [f for f in check(many).findings if f.rule in {"TXT007", "TXT008"}]
