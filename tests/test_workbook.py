"""The workbook: what a review office looks for is in it, and nothing in it can run."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from checker.reports import xlsx
from checker.reports.wording import to_review

REPORT = """一、基本情况

项目到位资金560.00万元，其中：中央资金300.00万元，省级资金170.00万元，县级资金100.00万元。

表1 =cmd|'/c calc'!A1

单位：万元

内容\t金额
=HYPERLINK("http://example.org","设备")\t80.00
@SUM(1+1)\t50.00
-2+3+cmd\t40.00
合计\t170.00

二、评价结论

+1项目总得分为91.00分，评价等级为“良”。
"""


def opened(result, language="zh"):
    return load_workbook(BytesIO(xlsx.render(result, language)))


@pytest.fixture
def result(check):
    return check(REPORT)


def rows(sheet):
    return list(sheet.iter_rows(values_only=True))


def test_the_review_sheet_has_the_columns_and_a_row_for_each_finding(result):
    sheet = opened(result)["复核意见表"]
    header, *found = rows(sheet)
    assert header == ("序号", "位置", "原文", "问题", "重算", "依据", "建议", "处理意见")
    assert [row[0] for row in found] == [number for number, _ in to_review(result)]
    assert [row[3].split()[1] for row in found] == [finding.rule for _, finding in to_review(result)]
    (wrong_sum,) = (row for row in found if "SUM002" in row[3])
    assert "第 3 行" in wrong_sum[1]
    assert "到位资金560.00万元" in wrong_sum[2]
    assert wrong_sum[4] == "300.00 + 170.00 + 100.00 = 570.00 ≠ 560.00"


def test_no_cell_is_a_formula(result):
    suspicious = set()
    for sheet in opened(result):
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value):
            assert cell.data_type in {"s", "n"}, cell
            if str(cell.value)[0] in "=+-@":
                assert cell.data_type == "s"
                assert cell.quotePrefix, "a cell that is edited would become a formula"
                suspicious.add(str(cell.value)[0])
    assert suspicious == set("=+-@")


def test_characters_that_cannot_be_seen_are_left_out(check):
    sentence = "<script>\u202e项目\u0007到位资金560.00万元，其中：中央资金\u200f300.00万元，县级资金270.00万元。"
    result = check(f"一、基本情况\n\n{sentence}\n")
    assert result.findings
    words = "".join(str(cell) for sheet in opened(result) for row in rows(sheet) for cell in row if cell)
    assert "<script>项目到位资金560.00万元" in words
    assert not {"\u202e", "\u0007", "\u200f"} & set(words)


def test_figures_stay_as_they_are_written(result):
    header, *figures = rows(opened(result)["数字"])
    by_words = {row[2]: dict(zip(header, row, strict=True)) for row in figures}
    assert by_words["560.00万元"]["数值"] == "560.00"
    assert by_words["560.00万元"]["核对"] == "不符"
    assert by_words["170.00"]["核对"] == "相符"
    assert "SUM001" in by_words["170.00"]["规则"]


def test_the_ledger_counts_what_the_summary_counts(result):
    *_, total = rows(opened(result)["台账"])
    assert total[1] == result.summary.figures
    assert total[2] + total[3] == result.summary.figures_checked


def test_each_sheet_prints_on_landscape_pages_one_page_wide(result):
    for sheet in opened(result):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in {1, None}  # None: not written, which is 1
        assert sheet.page_setup.fitToHeight == 0
    review = opened(result)["复核意见表"]
    assert review.freeze_panes == "A2"
    assert review.auto_filter.ref == f"A1:H{len(to_review(result)) + 1}"


def test_english_sheets_for_english_readers(result):
    book = opened(result, "en")
    assert book.sheetnames == ["Review", "Figures", "Tables", "Scores", "Ledger"]
    assert "add up to 570.00" in book["Review"]["D2"].value


SCORED = """一、绩效评价

决策指标满分10分。

附件1 评分表

一级指标\t二级指标\t分值\t得分
决策\t立项\t6\t5
决策\t目标\t4\t4
合计\t\t10\t9

附件2 指标体系表

一级指标\t二级指标\t分值\t指标解释
决策\t立项\t5\t反映立项情况
决策\t目标\t4\t反映目标情况
合计\t\t9\t
"""


def test_places_of_the_score_tree_that_disagree_are_coloured(check):
    sheet = opened(check(SCORED))["计分树"]
    header, *lines = list(sheet.iter_rows())
    assert header[0].value == "指标"
    coloured = {cell.coordinate: cell.value for row in lines for cell in row if cell.fill.fgColor.rgb == "FFF9D2D0"}
    assert sorted(coloured.values()) == ["5", "6"]
