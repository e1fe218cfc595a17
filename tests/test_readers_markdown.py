"""Markdown: pipe tables broken by pages, merged names, cells over lines, HTML tables."""

from checker.readers.assemble import assemble
from checker.readers.blocks import RawParagraph, RawTable
from checker.readers.markdown import read_markdown


def tables(source):
    return [block for block in read_markdown(source) if isinstance(block, RawTable)]


def values(raw):
    return [[cell.value for cell in row] for row in raw.rows]


def document(source):
    return assemble(read_markdown(source), path="x.md", kind="markdown", sha256="")


WEIGHTS = """\
| 一级指标 | 二级指标 | 分值 | 得分 |
|---|---|---|---|
| 决策指标 (20 分) | 立项 | 10 | 9 |
|  | 目标 | 10 | 10 |
| 过程指标 (30 分) | 资金 | 20 | 18 |
| 制度 |  | 10 | 9 |
"""


def test_fragment_with_an_empty_header_goes_on():
    (raw,) = tables("| 名称 | 金额 |\n|---|---|\n| 甲 | 1 |\n\n| | |\n|--|-----|\n| 乙 | 2 |\n")
    assert values(raw) == [["名称", "金额"], ["甲", "1"], ["乙", "2"]]


def test_fragment_of_other_width_is_another_table():
    assert (
        len(tables("| 名称 | 金额 |\n|---|---|\n| 甲 | 1 |\n\n| | | |\n|--|--|--|\n| 乙 | 2 | 3 |\n| 丙 | 2 | 3 |\n"))
        == 2
    )


def test_repeated_header_goes():
    (raw,) = tables("| 名称 | 金额 |\n|---|---|\n| 甲 | 1 |\n\n| 名称 | 金额 |\n|---|---|\n| 乙 | 2 |\n")
    assert len(raw.rows) == 3


def test_first_row_of_a_page_as_header():
    (raw,) = tables("| 名称 | 金额 |\n|---|---|\n| 甲 | 1 |\n\n| 乙 | 2 |\n|---|---|\n| 丙 | 3 |\n")
    assert values(raw) == [["名称", "金额"], ["甲", "1"], ["乙", "2"], ["丙", "3"]]


def test_prose_between_parts_tables():
    assert (
        len(tables("| 名称 | 金额 |\n|---|---|\n| 甲 | 1 |\n\n另见下表。\n\n| 名称 | 金额 |\n|---|---|\n| 乙 | 2 |\n"))
        == 2
    )


def test_row_cut_by_a_page_is_merged_cell_by_cell():
    source = (
        "| 序号 | 名称 | 内容 | 时间 |\n|---|---|---|---|\n| 1 | 甲 | 新建道路 3 公里，配套路灯 | 2022.01 — 2022.06 |\n"
        "| 2 | 乙 | 修缮校舍，引入及孵化约 1 | 2022.02 — 2022.07 |\n\n| | | | |\n|---|---|---|---|\n"
        "|  |  | 00 家企业。 |  |\n| 3 | 丙 | 购置设备，安装调试。 | 2022.03 — 2022.08 |\n"
    )
    (raw,) = tables(source)
    assert values(raw)[2] == ["2", "乙", "修缮校舍，引入及孵化约 100 家企业。", "2022.02 — 2022.07"]
    text = raw.rows[2][2].text
    assert [text.locate(text.value.index(word)).line for word in ("修缮", "00 家")] == [4, 8]


def test_cell_over_several_lines():
    (raw,) = tables(
        "| 名称 | 标准 | 得分 |\n|---|---|---|\n| 甲 | ①制度健全；\n\n②执行到\n位 3 次。 | 5 |\n| 乙 | 丙 | 6 |\n"
    )
    assert values(raw)[1] == ["甲", "①制度健全；\n②执行到位 3 次。", "5"]
    text = raw.rows[1][1].text
    assert text.locate(text.value.index("3")).line == 6
    assert raw.rows[1][2].text.locate().line == 6


def test_unclosed_row_does_not_swallow_the_next():
    (raw,) = tables("| 名称 | 金额 |\n|---|---|\n| 甲 | 1\n| 乙 | 2 |\n")
    assert values(raw) == [["名称", "金额"], ["甲", "1"], ["乙", "2"]]


def test_name_that_slid_left_goes_back():
    (raw,) = tables(WEIGHTS)
    assert values(raw)[4] == ["", "制度", "10", "9"]
    assert {(cell.row, cell.column) for row in raw.rows for cell in row if cell.covered} == {(2, 0), (4, 0)}


def test_weight_beyond_the_group_opens_a_new_one():
    source = (
        "| 一级指标 | 二级指标 | 三级指标 | 分值 |\n|---|---|---|---|\n| 决策（20分） | 立项（10分） | 依据 | 10 |\n"
        "| 目标（10分） |  | 合理性 | 10 |\n| 过程（30分） |  | 执行率 | 30 |\n"
    )
    (raw,) = tables(source)
    assert [row[:2] for row in values(raw)[2:]] == [["", "目标（10分）"], ["过程（30分）", ""]]


def test_known_group_stays_left():
    (raw,) = tables(WEIGHTS + "| 过程指标 (30 分) |  | 10 | 9 |\n")
    assert values(raw)[-1][0] == "过程指标 (30 分)"


def test_three_levels_without_weights():
    (raw,) = tables(
        "| 一级指标 | 二级指标 | 三级指标 | 得分 |\n|---|---|---|---|\n| 决策 | 立项 | 依据 | 1 |\n"
        "|  |  | 程序 | 2 |\n| 目标 |  | 合理性 | 3 |\n"
    )
    assert values(raw)[3] == ["", "目标", "合理性", "3"]


def test_breaks_bold_tex_and_escaped_pipes_in_cells():
    (raw,) = tables(
        "| 名称 | 说明 |\n|---|---|\n| **甲** | <p>一；</p><p>二</p> |\n| a \\| b | 率$=3 \\times 4$<br>好 |\n"
    )
    assert values(raw)[1:] == [["甲", "一；\n二"], ["a | b", "率=3 × 4\n好"]]


def test_pipes_inside_only():
    (raw,) = tables("名称 | 金额\n---|---\n甲 | 1\n乙 | 2\n\n正文。")
    assert values(raw) == [["名称", "金额"], ["甲", "1"], ["乙", "2"]]


def test_two_row_header_over_pages():
    head = "| 项目 | 2022年 | | 2023年 | |\n|---|---|---|---|---|\n| | 预算 | 决算 | 预算 | 决算 |\n"
    (raw,) = tables(head + "| 甲 | 1 | 2 | 3 | 4 |\n\n续表\n\n" + head + "| 乙 | 5 | 6 | 7 | 8 |\n")
    assert raw.header_rows == 2
    assert [row[0] for row in values(raw)] == ["项目", "", "甲", "乙"]
    table = document(head + "| 甲 | 1 | 2 | 3 | 4 |\n| 乙 | 1 | 2 | 3 | 4 |\n").tables[0]
    assert table.header == ("项目", "2022年预算", "2022年决算", "2023年预算", "2023年决算")


def test_number_glued_to_words_is_damaged():
    (raw,) = tables(WEIGHTS + "| 效益指标 (50 分) | 满意度 | 50满意度按照问卷调查结果计算得出，低于八成不得分 | 45 |\n")
    assert raw.damaged == {5}


def test_html_table_with_spans():
    source = (
        '<table>\n<tr><th rowspan="2">指标</th><th colspan="2">得分</th></tr>\n<tr><th>自评</th><th>复评</th></tr>\n'
        "<tr><td rowspan=2>产出<br>质量</td><td>5</td><td>4</td></tr>\n<tr><td>6</td>\n<td>\n3</td></tr>\n</table>\n"
    )
    (raw,) = tables(source)
    assert values(raw) == [["指标", "得分", ""], ["", "自评", "复评"], ["产出\n质量", "5", "4"], ["", "6", "3"]]
    assert raw.header_rows == 2
    assert [cell.covered for cell in raw.rows[3]] == [True, False, False]
    assert raw.rows[3][2].text.locate().line == 7


def test_headings_links_rules_and_pictures():
    blocks = read_markdown(
        "## 一、概况\n\n见[公告](https://example.org/a)。\n\n![](a.png)\n\n---\n\n- 条目甲。\n- 条目乙。\n"
    )
    assert [block.text.value for block in blocks] == ["一、概况", "见公告。", "条目甲。", "条目乙。"]
    assert blocks[0].bold and blocks[0].depth == 2


def test_headings_without_numbers():
    found = document("# 某县评价报告\n\n## 概况\n\n### 背景\n\n甲。\n\n## 结论\n\n乙。\n")
    assert found.title == "某县评价报告"
    assert [(s.level, s.title, s.path) for s in found.sections[1:]] == [
        (1, "概况", "概况"),
        (2, "背景", "概况/背景"),
        (1, "结论", "结论"),
    ]


def test_contents_as_a_table():
    found = document(
        "某县评价报告\n\n目 录\n\n| | |\n|---|---|\n| 一、概况 | 1 |\n| （一）背景 ...... | 2 |\n| 二、结论 | 5 |\n\n"
        "一、概况\n\n（一）背景\n\n甲。\n\n二、结论\n\n乙。\n"
    )
    assert [(entry.text.value, entry.page) for entry in found.toc] == [
        ("一、概况", 1),
        ("（一）背景", 2),
        ("二、结论", 5),
    ]
    assert [s.path for s in found.sections[1:]] == ["一", "一/（一）", "二"]
    assert not found.tables


def test_paragraph_cut_by_a_page():
    found = document("一、概况\n\n本年安排资金，其中其他\n\n收入 4500 万元。\n")
    assert [p.text.value for p in found.paragraphs] == ["本年安排资金，其中其他收入4500万元。"]
    assert isinstance(read_markdown("甲，\n\n乙。")[0], RawParagraph)
