"""One spelling of digits and marks, whatever the keyboard gave; each character keeps its place."""

import pytest

from checker.boxes import Boxes
from checker.document import Box, Run, Source, Table, Text
from checker.readers import read
from checker.readers.spelling import spelled, without_gaps


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("２０２４年支出１，２３４．５０万元，占５０％", "2024年支出1,234.50万元，占50%"),
        ("得分:95,等级为优;其中决策(20分)", "得分：95，等级为优；其中决策（20分）"),
        ("「优」级，编码Ａ１０１", "“优”级，编码A101"),
        ("1,234.50", "1,234.50"),
        ("12:30至15:00", "12:30至15:00"),
        ("(a+b)×2", "(a+b)×2"),
        ("https://example.org/a,b", "https://example.org/a,b"),
    ],
)
def test_one_spelling(written, read_as):
    text = spelled(Text.of(written, line=7))
    assert text.value == read_as
    assert len(text) == len(written)
    assert text.locate(0).line == 7


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2024 年支出 12 万元，占 5 %。", "2024年支出12万元，占5%。"),
        ("在 8条线路设 40份，共 320 份；", "在8条线路设40份，共320份；"),
        ("1 项目立项，得 3 分。", "1 项目立项，得3分。"),
        ("表 1 项目概况", "表 1 项目概况"),
    ],
)
def test_blanks_between_digits_and_words(written, read_as):
    assert without_gaps(Text.of(written)).value == read_as


def test_places_survive_the_blanks():
    text = without_gaps(Text.concat(Text.of("支出 12", line=3), Text.of(" 万元，已付。", line=4)))
    assert text.value == "支出12万元，已付。"
    assert [text.locate(at).line for at in (0, 2, 4)] == [3, 3, 4]


def test_boxes_go_with_their_characters():
    boxes = Boxes.around_each(Box(10.0 * at, 5, 10.0 * at + 8, 15) for at in range(5))
    text = without_gaps(Text("支 5，。", (Run(0, page=2, boxes=boxes),)))
    assert text.value == "支5，。"
    assert text.locate(1, 2).box == Box(20, 5, 28, 15)
    assert len(text.runs) == 1


def test_a_word_file_knows_where_each_stretch_stands():
    text = without_gaps(Text("支出 12 万元。", (Run(0, source=Source(3, 40)),)))
    assert text.value == "支出12万元。"
    assert list(text.sources(2, 6)) == [(Source(3, 43), 2), (Source(3, 46), 2)]


def test_tables_and_prose_alike(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("支出１２万元,占５％.\n\n| 项目 | 金额 |\n|---|---|\n| 甲(一期) | １２．５０ |\n", "utf-8")
    document = read(path)
    assert document.blocks[0].text.value == "支出12万元，占5%."
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert [cell.value for cell in table.body[0]] == ["甲（一期）", "12.50"]
