"""`checker show` prints what was read, so that a misreading is seen at once."""

import csv
import io
from functools import cache
from pathlib import Path

import pytest

from checker.document import Cell, Document, Heading, Paragraph, Section, Table, Text
from checker.readers import read
from checker.reports.reading import COVERED, show_document, show_tables

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"
FORMS = [f"{name}/clean.{form}" for name in ("department", "project") for form in ("pdf", "docx", "md", "txt")]


@cache
def fixture(form: str) -> Document:
    return read(REPORTS / form)


def markdown(document: Document, language: str = "zh") -> str:
    return "\n".join(show_document(document, language)) + "\n"


def tables(document: Document, language: str = "zh") -> str:
    return "\n".join(show_tables(document, language)) + "\n"


def parsed(tmp_path, text: str, name: str = "report.md") -> Document:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize("form", FORMS)
def test_the_markdown_says_the_same_when_it_is_read_again(tmp_path, form):
    document = fixture(form)
    again = parsed(tmp_path, markdown(document))
    for kind in (Heading, Paragraph):
        texts = [["".join(b.text.value.split()) for b in d.blocks if isinstance(b, kind)] for d in (document, again)]
        assert texts[1] == texts[0]
    assert len(again.tables) == len(document.tables)


def cells(table: Table) -> list[list[str]]:
    return [[COVERED if cell.covered else cell.value for cell in row] for row in table.rows]


@pytest.mark.parametrize("form", FORMS)
def test_the_tables_are_csv_with_the_rows_that_findings_name(form):
    document = fixture(form)
    parts = tables(document).split("\n# ")
    assert len(parts) == len(document.tables)
    for part, table in zip(parts, document.tables, strict=True):
        first, _, rest = part.partition("\n")
        assert table.name in first
        rows = list(csv.reader(io.StringIO(rest.rstrip("\n"))))
        assert rows[0] == ["行", *map(str, range(1, table.width + 1))]
        assert [row[1:] for row in rows[1:]] == cells(table)
        assert [row[0] for row in rows[1:]][: table.header_rows + 1] == [
            *(f"{at} 表头" for at in range(1, table.header_rows + 1)),
            str(table.header_rows + 1),
        ]


def test_a_table_is_told_with_its_place_and_unit():
    text = tables(fixture("department/clean.pdf"))
    assert "# 表1 县水利局机关股室职责分工表 · 第 3–4 页 · 7 行 3 列\n" in text
    assert "# 表3 县水利局固定资产明细表 · 第 4–5 页 · 单位：元 · " in text
    assert " · 第 5 页" not in tables(fixture("department/clean.docx"))


def test_pages_are_marked_where_they_begin():
    text = markdown(fixture("department/clean.pdf"))
    assert text.index("<!-- 第 3 页 -->") < text.index("# 一、部门概况") < text.index("<!-- 第 4 页 -->")


def test_what_was_not_read_is_shown_as_it_stands():
    document = fixture("department/clean.layout.txt")
    text = markdown(document)
    assert "```text\n" in text
    assert all(f"> 未读取: {problem.where}: " in text for problem in document.problems)
    assert f"# 未读取: {document.problems[0].where}: " in tables(document)


def test_rows_out_of_line_are_marked(tmp_path):
    rows = "".join(f"| {n} | 设备{n} | {n}.00 | 说明：按合同采购，已验收合格并入库。 |\n" for n in range(1, 9))
    broken = "| 9 | 设备9 | 说明：按合同采购，已验收合格并入库，随后移交。 | 9.00 |\n"
    document = parsed(tmp_path, f"# 一、概况\n\n| 序号 | 名称 | 金额 | 说明 |\n|---|---|---|---|\n{rows}{broken}")
    assert document.tables[0].damaged
    at = min(document.tables[0].damaged) + 1
    assert f"\n{at} 错位," in tables(document)
    assert f"*第 {at} 行各格与列不符" in markdown(document)
    assert f"\n{at} out of line," in tables(document, "en")


def test_signs_of_markdown_in_the_text_stay_signs():
    cell = Cell(0, 0, Text.of("甲|乙\n丙"))
    blocks = (
        Paragraph(0, 0, Text.of("# 1泵站")),
        Paragraph(1, 0, Text.of("* 注：略")),
        Table(2, 0, ((cell, Cell(0, 1, Text.of("金额"))), (Cell(1, 0, Text.of("1")), Cell(1, 1, Text.of("2"))))),
    )
    document = Document("report.txt", "text", "", blocks, (Section(0, 0, "", "", "", None),), title="甲-->乙")
    text = markdown(document)
    assert "\n\\# 1泵站\n" in text
    assert "\n\\* 注：略\n" in text
    assert "| 甲\\|乙丙 | 金额 |" in text
    assert text.startswith("<!-- 甲- ->乙 -->\n")
