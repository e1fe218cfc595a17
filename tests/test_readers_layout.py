"""Text as PDF-to-text tools lay it out: plain tables are read, others are named and nothing is taken from them."""

import pytest

from checker.document import Document, Heading
from checker.readers import read
from checker.readers.layout import is_layout

PROSE = """  一、项目概况
    2023年全县安排水利项目资金一百三十万元，用于水库除险加固、河道治理
和农村饮水安全三个方面，由县水利局组织实施，截至年末已全部支付完毕，资
金支付手续完整，符合专项资金管理办法的要求。各项目的完成情况由评价组逐
一核对，其中五个项目已通过验收，余下一个项目因征地协调推迟，（详见
附表 1）所列原因属实，评价组予以认可，并要求主管部门在次年六月底之前完
成验收；同时补充完善档案资料，以备检查。
    主管部门已按评价组的意见作出书面说明，承诺在次年上半年完成全部验
收工作，并将有关材料报送财政部门备案，财政部门将适时组织抽查，抽查结果
与下年度预算安排挂钩。
"""
TABLE = """
                     表1 项目支出情况表
                                                  单位：万元
      项目              预算数          决算数        执行率

   水库除险加固            80.00        76.00     95.00%

   河道治理             30.00        30.00    100.00%

   农村饮水安全工程维修
                     20.00        19.00     95.00%
   与管护
      合计             130.00       125.00     96.15%
"""
PLAIN = TABLE.replace("   与管护\n", "\n")
NESTED = """
                  2022年              2023年
    项目
              数量       支出       数量       支出

   水库           3     43.72       4      57.28

   河道           4     57.96       4      57.09

    合计          7    101.68       8     114.37
"""


GROUPED = """
  表1 各乡镇慢性病患者管理情况
                     高血压                              糖尿病
  乡镇     在管人数    规范管理    规范率     在管人数    规范管理    规范率
 城关镇      8,214       5,412     65.89       3,058       2,031     66.42
 石桥镇      4,136       3,167     76.57       1,342       1,026     76.45
 白沙镇      3,728       2,858     76.66       1,217         928     76.25
  合计      16,078      11,437     71.13       5,617       3,985     70.95
"""


def parsed(tmp_path, text: str) -> Document:
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


def rows(document: Document) -> list[list[list[str]]]:
    return [[[cell.value for cell in row] for row in table.rows] for table in document.tables]


def test_a_plain_table_is_read_with_name_unit_and_lines(tmp_path):
    document = parsed(tmp_path, PROSE + PLAIN + PROSE)
    (table,) = document.tables
    assert rows(document)[0] == [
        ["项目", "预算数", "决算数", "执行率"],
        ["水库除险加固", "80.00", "76.00", "95.00%"],
        ["河道治理", "30.00", "30.00", "100.00%"],
        ["农村饮水安全工程维修", "20.00", "19.00", "95.00%"],
        ["合计", "130.00", "125.00", "96.15%"],
    ]
    assert table.name == "表1 项目支出情况表"
    assert table.unit is not None and table.unit.value == "单位：万元"
    assert table.rows[1][1].text.locate().line == PROSE.count("\n") + 6
    assert document.problems == ()


@pytest.mark.parametrize("table", [TABLE, NESTED], ids=["wrapped", "nested"])
def test_what_is_not_plain_is_named_and_left_alone(tmp_path, table):
    """Which row a line of a wrapped cell belongs to, and what a header over two columns covers, is not plain."""
    document = parsed(tmp_path, PROSE + table + "\n" + PROSE)
    assert document.tables == ()
    (problem,) = document.problems
    lines = (PROSE + table).split("\n")
    first = next(at for at, line in enumerate(lines, 1) if "项目  " in line or "2022年  " in line)
    assert (problem.kind, problem.where) == ("page-unreadable", f"第 {first}–{len(lines) - 1} 行")
    (unread,) = [block for block in document.blocks if not isinstance(block, Heading) and block.kind == "unread"]
    assert unread.text.value.count("\n") > 4


def test_names_over_several_columns_are_put_before_theirs(tmp_path):
    document = parsed(tmp_path, PROSE + GROUPED + PROSE)
    (table,) = document.tables
    assert table.header == (
        "乡镇",
        *("高血压在管人数", "高血压规范管理", "高血压规范率"),
        *("糖尿病在管人数", "糖尿病规范管理", "糖尿病规范率"),
    )
    assert [cell.value for cell in table.body[0]] == ["城关镇", "8,214", "5,412", "65.89", "3,058", "2,031", "66.42"]
    assert not document.problems


def test_names_that_stand_over_no_group_of_columns_leave_a_table_unread(tmp_path):
    moved = GROUPED.replace("                     高血压  ", " 高血压                      ")
    document = parsed(tmp_path, PROSE + moved + PROSE)
    assert not document.tables
    assert len(document.problems) == 1


def test_paragraphs_go_on_over_lines_and_brackets(tmp_path):
    document = parsed(tmp_path, PROSE + TABLE)
    first, second = (block.text.value for block in document.blocks[1:3])
    assert first.startswith("2023年全县") and first.endswith("以备检查。")
    assert "（详见附表1）所列" in first
    assert second.startswith("主管部门") and second.endswith("挂钩。")


def test_a_table_goes_on_over_pages(tmp_path):
    head, *body, total = [line for line in TABLE.replace("   农村饮水安全工程维修\n", "").split("\n") if line.strip()][
        2:
    ]
    body = [line for line in body if "与管护" not in line]
    body[-1] = body[-1].replace("                     20.00", "   农村饮水            20.00")
    page = "\n".join([head, "", body[0], "", body[1], ""])
    rest = "\n".join(["", body[2], "", total, ""])
    document = parsed(tmp_path, f"{PROSE}\n{page}\n                  — 3 —\n\f\n{rest}\n{PROSE}")
    assert [[row[0], row[1]] for row in rows(document)[0]] == [
        ["项目", "预算数"],
        ["水库除险加固", "80.00"],
        ["河道治理", "30.00"],
        ["农村饮水", "20.00"],
        ["合计", "130.00"],
    ]


def test_the_contents_page_is_no_table(tmp_path):
    entries = [("一、项目概况", 1), ("二、评价结论", 6), ("三、主要问题", 9), ("四、有关建议", 12)]
    contents = "              目  录\n" + "".join(
        f"{title}                              {page}\n" for title, page in entries
    )
    document = parsed(tmp_path, contents + "\f" + PROSE + PLAIN)
    assert [(entry.text.value, entry.page) for entry in document.toc] == entries


def test_tabs_pipes_and_prose_are_told_from_it():
    assert is_layout(PROSE + TABLE)
    assert not is_layout(PROSE)
    assert not is_layout(PROSE + "项目\t预算\n水库\t80.00\n河道\t30.00\n")


GARBLED = """    全县年初安排水利资金 89.8 万元，年中按规定程序追加到 73.9
      实际支付 76.1 万元，为追加后数额的 103%，比上年增长 4.6%，
万元，
支付进度快于全县平均水平。
"""


@pytest.mark.parametrize("before", [PROSE + PLAIN, ""])
def test_a_line_in_two_pieces_that_were_exchanged(before, tmp_path):
    """A unit without its number tells; the words go where the number stands, and keep their lines."""
    document = parsed(tmp_path, before + GARBLED)
    text = document.paragraphs[-1].text
    whole = "追加到 73.9 万元，实际支付 76.1 万元，为追加后数额的 103%，比上年增长 4.6%，支付进度"
    assert "".join(whole.split()) in "".join(text.value.split())
    start = text.value.index("实际支付")
    assert text.locate(start, start + 4).line == (before + GARBLED).count("\n") - 2


@pytest.mark.parametrize("end", ["，年中追加", "，年中追加到 7\n3.9"])
def test_lines_that_are_broken_at_a_number_stay_in_their_order(end, tmp_path):
    source = (
        f"    全县年初安排水利资金 89.8 万元{end}\n万元，全年按规定的程序支付，支付率为 96.1\n%，高于全县平均水平。\n"
    )
    value = "".join(parsed(tmp_path, source).paragraphs[-1].text.value.split())
    assert value == "".join(source.split())
