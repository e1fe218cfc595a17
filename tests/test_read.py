"""``read``: the form of a file told by content, clear refusals, and the structure of a document."""

import hashlib

import pytest

from checker.document import Heading, Paragraph, Table
from checker.readers import ReadError, is_markdown, read

REPORT = """\
某县学前教育专项资金
绩效评价报告

委托单位：某县财政局
2024 年 5 月

目 录

摘要\t1
一、项目概况\t2
（一）项目背景……………3
二、评价结论 ........ 8
附件 20

摘 要

综合得分 88.5 分。

一、项目概况

（一）项目背景

1.资金安排（10 分）

（1）到位情况（5 分）

资金 12 万元已到位。

(2) 使用情况 (5 分)

主要用于：

（1）购置教具
（2）改善食堂
（3）培训教师

2.资金管理（5分）

制度健全。

表3-1 资金情况表

单位：万元

来源\t预算\t决算
县级\t5\t5
镇级\t7\t7
合计\t12\t12

2023 年度评价得分汇总表（单位：分）

指标\t分值\t得分
决策\t20\t18
过程\t80\t70.5

二、评价结论

总体良好。

附件1：评分表

指标\t分值
决策\t20
过程\t80

附件2

问卷共收回 30 份。
"""


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    return read(path)


class TestDocument:
    def test_identity(self, document):
        assert document.kind == "text"
        assert document.sha256 == hashlib.sha256(REPORT.encode()).hexdigest()
        assert document.title == "某县学前教育专项资金绩效评价报告"
        assert document.pages is None

    def test_contents(self, document):
        assert [(entry.text.value, entry.page) for entry in document.toc] == [
            ("摘要", 1),
            ("一、项目概况", 2),
            ("（一）项目背景", 3),
            ("二、评价结论", 8),
            ("附件", 20),
        ]

    def test_contents_with_leaders_over_the_whole_line(self, tmp_path):
        path = tmp_path / "report.txt"
        dots = "." * 130
        lines = ["目 录", f"一、项目概况{dots}2", f"二、评价结论{dots}8", "一、项目概况", "项目已完成。"]
        path.write_text("\n\n".join(lines), "utf-8")
        found = read(path)
        assert [(entry.text.value, entry.page) for entry in found.toc] == [("一、项目概况", 2), ("二、评价结论", 8)]
        assert [section.title for section in found.sections] == ["", "项目概况"]

    def test_contents_whose_leaders_push_the_titles_aside(self, tmp_path):
        pieces = ["一、…………………………项目", "概况", "（一）…………………………项目", "背景", "二、…………………………评价", "结论"]
        path = tmp_path / "report.txt"
        path.write_text("\n\n".join(["目 录", *pieces, "一、项目概况与实施情况", "项目已完成。"]), "utf-8")
        found = read(path)
        assert [(e.text.value, e.page) for e in found.toc] == [
            ("一、项目概况", None),
            ("（一）项目背景", None),
            ("二、评价结论", None),
        ]
        assert [section.title for section in found.sections] == ["", "项目概况与实施情况"]

    def test_sections(self, document):
        assert [(s.level, s.path, s.title) for s in document.sections] == [
            (0, "", ""),
            (1, "摘要", "摘要"),
            (1, "一", "项目概况"),
            (2, "一/（一）", "项目背景"),
            (3, "一/（一）/1", "资金安排"),
            (4, "一/（一）/1/（1）", "到位情况"),
            (4, "一/（一）/1/（2）", "使用情况"),
            (3, "一/（一）/2", "资金管理"),
            (1, "二", "评价结论"),
            (1, "附件1", "评分表"),
            (1, "附件2", ""),
        ]
        assert [s.path for s in document.ancestors(5)] == ["一/（一）/1/（1）", "一/（一）/1", "一/（一）", "一", ""]

    def test_blocks_are_numbered_and_in_their_sections(self, document):
        assert [block.index for block in document.blocks] == list(range(len(document.blocks)))
        text = next(p for p in document.paragraphs if p.text.value == "制度健全。")
        assert document.sections[text.section].title == "资金管理"

    def test_short_items_of_a_list_are_no_headings(self, document):
        assert "（2）改善食堂" in [p.text.value for p in document.paragraphs]

    def test_captions_and_units(self, document):
        assert [(t.name, t.unit.value if t.unit else None) for t in document.tables] == [
            ("表3-1 资金情况表", "单位：万元"),
            ("2023 年度评价得分汇总表（单位：分）", "（单位：分）"),
            ("评分表", None),
        ]
        kinds = {block.kind for block in document.blocks if isinstance(block, Paragraph)}
        assert kinds == {"title", "toc", "prose", "caption", "unit"}

    def test_lines(self, document):
        lines = REPORT.replace("(", "（").split("\n")
        for block in document.blocks:
            if isinstance(block, Table):
                cells = [cell for row in block.rows for cell in row if cell.value]
                assert all(cell.value in lines[cell.text.locate().line - 1] for cell in cells)
            if isinstance(block, Heading):
                assert block.text.value[0] in lines[block.text.locate().line - 1]


def test_numbering_of_a_list_of_sentences_opens_no_section(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "一、职责\n\n（1）贯彻方针政策\n\n（2）组织开展评价，并形成报告。\n\n（3）其他事项\n\n二、结论\n\n好。\n",
        "utf-8",
    )
    assert [s.path for s in read(path).sections] == ["", "一", "二"]


def test_decimal_numbering(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "1 项目概况\n\n甲。\n\n1.1 立项背景\n\n乙 1.5 万元。\n\n1.1.1 依据\n\n丙。\n\n2 评价结论\n\n丁。\n", "utf-8"
    )
    assert [(s.level, s.path) for s in read(path).sections[1:]] == [
        (1, "1"),
        (2, "1/1.1"),
        (3, "1/1.1/1.1.1"),
        (1, "2"),
    ]


def test_text_before_the_first_heading_is_prose(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("某县评价报告\n\n根据文件要求，评价组开展了评价。\n\n一、概况\n\n甲。\n", "utf-8")
    found = read(path)
    assert [(p.kind, p.section) for p in found.blocks[:2]] == [("title", 0), ("prose", 0)]


def test_title_row_and_unit_row_inside_a_table(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        "某县评价报告\n\n| 评分汇总 | | |\n|---|---|---|\n| | | 单位：万元 |\n"
        "| 名称 | 预算 | 决算 |\n| 甲 | 1 | 2 |\n| 乙 | 3 | 4 |\n",
        "utf-8",
    )
    (table,) = read(path).tables
    assert (table.name, table.unit.value, table.header) == ("评分汇总", "单位：万元", ("名称", "预算", "决算"))


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(tmp_path, name):
    path = tmp_path / "report"
    path.write_bytes(REPORT.encode(name))
    assert read(path).title == "某县学前教育专项资金绩效评价报告"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"  \n\t\n", "no text"),
        (b"PK\x03\x04....word/document.xml", ".docx"),
        (b"PK\x03\x04....xl/workbook.xml", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "old Word"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "picture"),
        (b"abc\0\0def\0" * 20, "no report"),
        (bytes(range(128, 256)) * 40, "encoding"),
        (b"\xef\xbb\xbf\xff\xff", "encoding"),
    ],
)
def test_refused_bytes(tmp_path, data, word):
    path = tmp_path / "file.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert word in caught.value.en
    assert caught.value.zh.endswith("。")


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(ReadError, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="folder"):
        read(tmp_path)


def test_forbidden_file(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("甲", "utf-8")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(ReadError, match="permission"):
        read(path)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", True),
        ("# 标题\n\n正文。", True),
        ("<table><tr><td>甲</td></tr></table>", True),
        ("甲 | 乙\n正文 - 其他。", False),
        ("# 说明\n名称\t金额\n甲\t1\n", False),
        ("正文。\n-----\n正文。", False),
    ],
)
def test_form_by_content(source, expected):
    assert is_markdown(source) is expected
