"""Plain text: paragraphs rebuilt, tables of tabs joined over pages, characters cleaned, lines kept."""

import json
import unicodedata
from pathlib import Path

import pytest

from checker.document import Heading
from checker.readers import read
from checker.readers.blocks import RawParagraph, RawTable
from checker.readers.clean import clean
from checker.readers.text import read_text

SHARED = Path(__file__).parents[2] / "shared"


def paragraphs(source):
    return [block.text.value for block in read_text(source) if isinstance(block, RawParagraph)]


def table(source):
    return next(block for block in read_text(source) if isinstance(block, RawTable))


def values(raw):
    return [[cell.value for cell in row] for row in raw.rows]


def covered(raw):
    return {(cell.row, cell.column) for row in raw.rows for cell in row if cell.covered}


SCORES = """\
一级指标\t二级指标\t三级指标\t分值\t评分标准\t得分\t评分说明
决策（20分）\t立项（10分）\t依据充分性\t5\t依据是否充分，每缺一项扣一分，扣完为止。\t5\t文件齐全，得满分。
\t\t程序规范性\t5\t程序是否规范，每缺一项扣一分，扣完为止。\t4\t缺一份会议纪要，扣一分。
\t目标（10分）\t目标合理性\t10\t目标是否合理，不合理不得分，明确得满分。\t9\t个别目标不够细，扣一分。
过程（30分）\t资金（30分）\t预算执行率\t30\t按执行率计分，低于六成不得分，扣完为止。\t28\t执行率为 93.3%，扣两分。
"""


class TestParagraphs:
    def test_page_break_in_a_sentence_is_closed(self):
        assert paragraphs("项目共投入资金，其中县级配\n\n套 12 万元。\n\n下一段。") == [
            "项目共投入资金，其中县级配套 12 万元。",
            "下一段。",
        ]

    def test_each_part_keeps_its_line(self):
        text = read_text("项目共投入资金，其中县级配\n\n套 12 万元。")[0].text
        assert text.locate(text.value.index("项目")).line == 1
        assert text.locate(text.value.index("12")).line == 3

    @pytest.mark.parametrize("after", ["二、结论", "（1）明细", "表 2 明细", "①明细", "1.明细", "单位：万元"])
    def test_new_blocks_are_not_joined(self, after):
        assert len(paragraphs(f"项目共投入资金，其中县级配\n\n{after}")) == 2

    def test_a_sentence_goes_on_after_a_number_that_looks_like_an_item(self):
        assert len(paragraphs("项目共投入资金，其中县级配套\n\n1178.78 万元。")) == 1

    def test_open_quotation_goes_on(self):
        assert len(paragraphs("总体目标为“扎实推进建设；\n\n做好保障”，较为合理。")) == 1

    def test_note_in_brackets_is_closed(self):
        assert len(paragraphs("（数据因四舍五入，合计可能有误差）\n\n上述资金全部到位。")) == 2

    def test_cover_lines_stay_apart(self):
        assert paragraphs("某县绩效评价报告\n\n某咨询公司\n\n2024 年 5 月") == [
            "某县绩效评价报告",
            "某咨询公司",
            "2024 年 5 月",
        ]

    def test_soft_wrapped_lines(self):
        lines = ["项目资金由县级财政安排并统一拨付至各镇共计二十万元用于道路维"] * 12
        assert len(paragraphs("\n".join([*lines, "修。", "第二段从这里开始。"]))) == 2

    def test_running_heads_page_numbers_and_form_feeds_go(self):
        halves = [
            ("道路维修已经完成，资", "料已归档。"),
            ("桥梁加固，", "验收合格。"),
            ("绿化", "面积，已达标。"),
            ("经费到", "位，无结余。"),
        ]
        pages = "".join(
            f"评价组认为，{one}\n\n- {n} -\n\f某县农村公路绩效评价报告\n\n{two}\n\n"
            for n, (one, two) in enumerate(halves)
        )
        assert paragraphs(pages) == [f"评价组认为，{one}{two}" for one, two in halves]

    def test_title_that_later_runs_as_a_head_stays(self):
        rows = "\n\n农村公路绩效评价报告\n\n".join("甲\t1" for _ in range(4))
        found = paragraphs(f"农村公路绩效评价报告\n\n本次评价如下。\n\n名称\t数量\n{rows}")
        assert found == ["农村公路绩效评价报告", "本次评价如下。"]

    def test_indent_by_a_tab_is_no_table(self):
        assert paragraphs("\t本项目已经完成。\n\n\t资金已到位。") == ["本项目已经完成。", "资金已到位。"]

    def test_unnumbered_line_breaks_are_editor_lines(self):
        blocks = read_text("甲段。\r\n\r\n乙段。\f丙段。\n丁段。")
        assert [block.text.locate().line for block in blocks] == [1, 3, 3, 4]


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("做好安全生 产工 作", "做好安全生产工作"),
        ("投入 12 万元，LED 屏 3 块", "投入 12 万元，LED 屏 3 块"),
        ("得分为 **88.5** 分", "得分为 88.5 分"),
        (r"$\text{到位率} = (12 / 15) \times 100\% = 80\%$", "到位率 = (12 / 15) × 100% = 80%"),
        (r"$\frac{\text{实际数}}{\text{计划数}} \leq 1$", "(实际数)/(计划数) ≤ 1"),
        (r"$\left( 3 \div 4 \right) \approx 0.75 \geq 0.7$", "( 3 ÷ 4 ) ≈ 0.75 ≥ 0.7"),
        (r"比率=$(\text{本年数}-\text{上年$", "比率=(本年数-上年"),
        (r"面积 3 万 m$^{2}$", "面积 3 万 m²"),
        ("<p>甲；</p> <p>乙。</p>", "甲；\n乙。"),
        ("甲<br/>乙", "甲\n乙"),
        ("制度汇编<资产制度>", "制度汇编<资产制度>"),
        ("收费 US$30", "收费 US$30"),
        ("a&lt;b&nbsp;c", "a<b c"),
    ],
)
def test_clean(raw, plain):
    assert clean(raw) == plain


class TestTables:
    def test_parts_on_several_pages_are_one_table(self):
        pages = ["名称\t金额\n甲\t1", "乙\t2", "名称\t金额\n丙\t3", "合计\t6"]
        source = "\n\n某县评价报告\n\n".join(pages)
        assert values(table(source)) == [["名称", "金额"], ["甲", "1"], ["乙", "2"], ["丙", "3"], ["合计", "6"]]

    def test_continued_caption_is_no_new_table(self):
        source = "表 1 明细\n名称\t金额\n甲\t1\n\n续表 1\n\n名称\t金额\n乙\t2\n"
        assert len(values(table(source))) == 3

    def test_another_header_is_another_table(self):
        blocks = read_text("名称\t金额\n甲\t1\n乙\t2\n\n单位\t人员\n丙\t丁\n")
        assert sum(isinstance(block, RawTable) for block in blocks) == 2

    def test_merged_names_are_covered(self):
        raw = table(SCORES)
        assert covered(raw) == {(2, 0), (2, 1), (3, 0)}
        assert not raw.damaged

    def test_covered_cells_missing_on_the_left(self):
        source = (
            SCORES
            + "绩效（50分）\t产出（50分）\t完成率\t25\t全部完成得满分，每少一成扣五分。\t20\t完成八成，扣五分。\n"
            + "及时率\t25\t按期完成得满分，每晚一月扣五分。\t25\t按期完成，得满分。\n"
        )
        raw = table(source)
        assert values(raw)[-1][:4] == ["", "", "及时率", "25"]
        assert raw.damaged == frozenset()

    def test_surplus_empty_cell(self):
        raw = table(SCORES + "\t\t\t管理制度\t5\t制度是否健全，每缺一项扣一分。\t5\t制度健全，得满分。\n")
        assert values(raw)[-1] == ["", "", "管理制度", "5", "制度是否健全，每缺一项扣一分。", "5", "制度健全，得满分。"]

    def test_row_of_right_length_that_slid_left(self):
        raw = table(SCORES + "\t管理制度\t5\t制度是否健全，每缺一项扣一分。\t5\t制度健全，得满分。\t\n")
        assert values(raw)[-1][:4] == ["", "", "管理制度", "5"]
        assert raw.damaged == frozenset()

    def test_number_and_text_in_one_cell_are_two(self):
        raw = table(SCORES + "\t\t管理制度\t<p>5</p> <p>制度是否健全，每缺一项扣一分。</p>\t5\t制度健全，得满分。\n")
        assert values(raw)[-1][2:6] == ["管理制度", "5", "制度是否健全，每缺一项扣一分。", "5"]

    def test_row_that_lacks_its_weight_is_damaged(self):
        raw = table(
            SCORES * 1
            + SCORES.split("\n", 1)[1]
            + "\t\t管理制度\t制度是否健全，每缺一项扣一分。\t5\t制度健全，得满分。\n"
        )
        assert raw.damaged == {len(raw.rows) - 1}

    def test_text_among_numbers_is_damaged_where_nothing_fits(self):
        raw = table("名称\t预算数\t决算数\n甲\t1\t2\n乙\t3\t4\n丙\t见附件说明，由各镇分别填报，不在此列。\t5\n")
        assert raw.damaged == {3}

    def test_total_in_a_column_of_text_is_damaged(self):
        assert 5 in table(SCORES + "合计\t\t\t\t92\t\t\n").damaged

    def test_total_is_read_from_the_first_column(self):
        raw = table(SCORES + "\t\t合计\t50\t\t46\t\n")
        assert values(raw)[-1][0] == "合计"
        assert {(5, 1), (5, 2)} <= covered(raw)
        assert raw.damaged == frozenset()

    def test_short_word_among_numbers_is_not_damaged(self):
        assert not table("名称\t金额\n甲\t1\n乙\t2\n丙\t无\n丁\t-\n").damaged

    def test_row_cut_by_a_page(self):
        head, row = SCORES.rstrip().rsplit("\n", 1)
        cut = row.replace("低于六成不得分，扣完为止。", "低于六成不")
        raw = table(f"{head}\n{cut}\n\n\t\t\t\t得分，扣完为止。\t\t\n")
        assert values(raw)[4][4] == "按执行率计分，低于六成不得分，扣完为止。"
        text = raw.rows[4][4].text
        assert [text.locate(text.value.index(word)).line for word in ("按执行率", "得分，扣完")] == [5, 7]

    def test_cut_row_with_a_surplus_cell(self):
        head, row = SCORES.rstrip().rsplit("\n", 1)
        raw = table(head + "\n" + row.replace("扣完为止。", "扣") + "\n\n\t\t\t\t\t完为止。\t\t\n")
        assert values(raw)[4][4].endswith("扣完为止。")

    def test_cell_in_quotation_marks_over_lines(self):
        raw = table('名称\t内容\t金额\n甲\t"第一项；\n第二项 12 户"\t5\n乙\t丙\t6\n')
        assert values(raw)[1] == ["甲", "第一项；\n第二项 12 户", "5"]
        text = raw.rows[1][1].text
        assert text.locate(text.value.index("12")).line == 3
        assert raw.rows[1][2].text.locate().line == 3

    def test_cell_of_p_over_lines(self):
        raw = table("名称\t内容\t金额\n甲\t<p>第一项；</p> <p>第二项\n有 12 户</p>\t5\n乙\t丙\t6\n")
        assert values(raw)[1] == ["甲", "第一项；\n第二项有 12 户", "5"]

    def test_cell_over_plain_lines(self):
        raw = table("名称\t内容\t金额\n甲\t组织开展巡\n查整治\t5\n乙\t丙\t6\n")
        assert values(raw)[1] == ["甲", "组织开展巡查整治", "5"]

    def test_two_row_header(self):
        raw = table("项目\t2022年\t\t2023年\t\n\t预算\t决算\t预算\t决算\n甲\t1\t2\t3\t4\n")
        assert raw.header_rows == 2
        assert covered(raw) == {(0, 2), (0, 4), (1, 0)}

    def test_blank_rows_go(self):
        assert len(table("名称\t金额\n\t\n甲\t1\n\t\t\n乙\t2\n").rows) == 3

    def test_title_row_above_the_header(self):
        blocks = read_text("评分汇总\t\t\n\t\t单位：分\n名称\t分值\t得分\n甲\t1\t1\n")
        assert [block.text.value for block in blocks[:2]] == ["评分汇总", "单位：分"]

    def test_codes_and_no_merged_cells(self):
        source = "编码\t一级指标\t二级指标\t分值\nA1\t决策\t立项\t5\nA2\t决策\t目标\t5\nB1\t过程\t资金\t10\n"
        raw = table(source)
        assert not raw.damaged and not covered(raw)

    def test_group_rows_of_their_own_stay(self):
        raw = table("类别\t项目\t金额\n基本支出\t\t5\n\t工资\t3\n\t办公\t2\n项目支出\t\t7\n")
        assert values(raw)[4] == ["项目支出", "", "7"]
        assert not raw.damaged


def squeeze(text):
    return "".join(unicodedata.normalize("NFKC", text).split())


def gold_blocks():
    path = SHARED / "gold" / "qingyunpu-document.json"
    if not path.exists():
        pytest.skip("needs ../shared, which is not part of the repository")
    return json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("name", ["qingyunpu.txt", "qingyunpu.md"])
class TestRealReport:
    def test_headings(self, name):
        gold = [(int(b["t"][1]), squeeze(b["text"])) for b in gold_blocks() if b["t"] in ("h1", "h2", "h3", "h4")]
        document = read(SHARED / "reports" / name)
        found = [
            (document.sections[b.section].level, squeeze(b.text.value))
            for b in document.blocks
            if isinstance(b, Heading)
        ]
        assert found == gold

    def test_cells(self, name):
        gold = [b["rows"] for b in gold_blocks() if b["t"] == "table"]
        tables = read(SHARED / "reports" / name).tables
        assert len(tables) == len(gold)
        pairs = [pair for expected, found in zip(gold, tables, strict=True) for pair in cell_pairs(expected, found)]
        assert len(pairs) >= 0.93 * sum(len(row) for rows in gold for row in rows)
        assert sum(one == two for one, two in pairs) >= 0.99 * len(pairs)
        assert not [pair for pair in pairs if pair[0] != pair[1] and pair[0].replace(".", "").isdigit()]

    def test_lines(self, name):
        gold_blocks()
        source = (SHARED / "reports" / name).read_text("utf-8").split("\n")
        for table_ in read(SHARED / "reports" / name).tables:
            for row in table_.rows:
                for cell in row:
                    if cell.value and squeeze(cell.value).isascii():
                        assert squeeze(cell.value) in squeeze(source[cell.text.locate().line - 1])


def cell_pairs(gold, table_):
    """Pairs of cells of the rows that the source did not destroy, matched by place or by name."""
    found = [[squeeze(cell.value) for cell in row] for row in table_.rows]
    expected = [[squeeze(value) for value in row] for row in gold]
    by_name = {row[min(2, len(row) - 1)] or row[0]: row for row in found}
    for at, row in enumerate(expected):
        other = found[at] if len(row) < 8 else by_name.get(row[2] or row[0], row[:0])
        if not destroyed(row) and other:
            yield from zip(row, other, strict=True)


def destroyed(row):
    """Whether the source glued numbers to words or left a row without one of its cells."""
    if len(row) == 8:
        numbers = all(row[at].replace(".", "").isdigit() for at in (3, 6))
        return not (numbers or row[3] == "分值") or row[2] == "(略)"
    return len(row) == 4 and not row[3]
