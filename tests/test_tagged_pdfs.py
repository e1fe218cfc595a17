"""Tagged PDFs: tables that no rules part are read from the structure tree, where it agrees with the page."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from tagged_pdf import TaggedDrawing

from checker.document import Heading, Table
from checker.readers import pdf_pdfium
from checker.readers import read as read_report
from checker.readers.blocks import RawTable
from checker.readers.pdf import read_pdf

FOLDER = Path(__file__).parents[1] / "fixtures" / "tagged"
XS = (85.0, 200.0, 320.0, 420.0)

WORKS = """
工程类别|主要内容|2023年|#|备注
#|#|预算数|决算数|#
水源工程|取水口改造、沉沙池扩建以及进水闸更换，含配套的道路与围栏|420.00|405.50|已验收
#|备用井两眼|96.00|96.00|
管网工程|主管18.6公里|780.00|752.30|部分路段跨年施工，剩余款项待验收后支付
#|支管42公里|318.00|301.40|
#|入户表井2600套|156.00|150.00|已验收
水厂工程||90.00|90.00|
合计|#|1,860.00|1,795.20|
"""
USERS = """
乡镇|所辖村及供水方式的说明|户数|应收水费|实收水费
沐东镇|东岭、石桥、新塘三村由镇水厂集中供水，其余两村用山泉水|820|24.60|23.10
沐西镇|全部由镇水厂集中供水|640|19.20|19.20
白鹭乡|沿河五村集中供水，山上的两村打井取水，枯水期由水车送水到户|710|21.30|18.50
松坪乡||430|12.90|12.40
合计||2600|78.00|73.20
"""
SCORES = """
一级指标|二级指标|评分说明|分值|得分
决策|项目立项|立项依据充分，程序合规，得满分。|5|5
#|绩效目标|目标设定较为合理，但部分产出指标没有量化，扣1分。|5|4
#|资金投入|预算编制有测算依据，分配合理，得满分。|5|5
过程|资金到位|到位率100%，得满分。|5|5
#|预算执行|执行率96.52%，按比例计算后扣0.5分。|5|4.5
#|资金使用|抽查的36张凭证手续齐全，未见挪用，得满分。|5|5
#|组织实施|合同台账有两处登记不全，验收资料归档不及时，扣1分。|5|4
产出|产出数量|主管、支管、入户表井均完成计划，得满分。|12|12
#|产出质量|一次验收合格率94%，低于98%的目标，扣2分。|9|7
#|产出时效|三个管段跨年完工，按管段数扣3分。|8|5
#|产出成本|未超批复概算，得满分。|6|6
效益|社会效益|受益户2600户，供水保证率达到95%，得满分。|10|10
#|生态效益|水源地保护范围已划定，警示牌安装率90%，扣1分。|6|5
#|可持续|管护制度已出台，但管护经费只落实六成，扣3分。|6|3
#|满意度|回收问卷260份，满意率91%，得满分。|8|8
总计|#|#|100|88.5
"""
LATE = """
管段|滞后原因|完成长度（米）
石桥至东岭|占用林地的手续办理时间较长，6月方才进场|3200
新塘支线|汛期停工两个月|1450
松坪环线|管材供货推迟，改用的管材又重新送检，检验合格后才恢复施工|980
"""


@pytest.fixture(params=["pdfium", "pdfplumber"])
def engine(request):
    return request.param


@pytest.fixture
def drawing(tmp_path):
    return TaggedDrawing(tmp_path / "report.pdf")


def written(rows):
    """The rows of a table without white space, "#" for a covered place."""
    return ["|".join("#" if cell.covered else "".join(cell.value.split()) for cell in row) for row in rows]


@pytest.mark.parametrize("program", ["chromium", "libreoffice"])
def test_report_with_three_line_plain_merged_wrapped_and_cut_tables(program, engine):
    """The cover is laid out as a table without rules, and stays words."""
    document = read_report(FOLDER / f"{program}.pdf", engine=engine)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [written(table.rows) for table in tables] == [one.split() for one in (WORKS, USERS, SCORES, LATE)]
    assert [table.header_rows for table in tables] == [2, 1, 1, 1]
    assert tables[0].header == ("工程类别", "主要内容", "2023年预算数", "2023年决算数", "备注")
    assert [table.name[:3] for table in tables] == ["表 1", "表 2", "表 3", "表 4"]
    headings = [block.text.value for block in document.blocks if isinstance(block, Heading)]
    assert headings == ["一、项目基本情况", "（一）用水户情况", "二、评价结论", "（一）存在的问题"]
    assert document.problems == ()


def tables(path, engine="pdfium"):
    blocks, _, problems = read_pdf(path, engine)
    assert not problems
    return [written(block.rows) for block in blocks if isinstance(block, RawTable)]


def said(path):
    blocks, _, _ = read_pdf(path)
    return ["" if isinstance(block, RawTable) else block.text.value for block in blocks]


def villages(drawing, top=100):
    """Rows of a table without rules that no distance of its lines tells apart."""
    return [
        drawing.row(XS, top, ("村", "说明", "面积", "备注"), "TH"),
        drawing.row(XS, top + 20, ("东溪村", "清淤后由村里\n自行管护", "320", "")),
        drawing.row(XS, top + 48, ("西溪村", "", "", "未完工")),
        drawing.row(XS, top + 62, ("南溪村", "改建泵房一处", "410", "已验收")),
    ]


VILLAGES = [
    "村|说明|面积|备注",
    "东溪村|清淤后由村里自行管护|320|",
    "西溪村|||未完工",
    "南溪村|改建泵房一处|410|已验收",
]


def test_cells_without_text_that_the_tree_leaves_out(drawing, engine):
    drawing.prose(60, "各村的面积如下：")
    rows = villages(drawing)
    drawing.prose(200, "以上数据由水务局提供。")
    path = drawing.tag(("Document", [("Table", rows)]))
    assert tables(path, engine) == [VILLAGES]
    assert said(path) == ["各村的面积如下：", "", "以上数据由水务局提供。"]


def test_head_printed_again_outside_of_the_tree(drawing, engine):
    """Some programs tell of a head only where it stands first."""
    rows = [*villages(drawing, 600), drawing.row(XS, 700, ("北溪村", "打井", "12", "在建"))]
    drawing.page()
    drawing.cells(XS, (60,), [("村", "说明", "面积", "备注")])
    rows.append(drawing.row(XS, 100, ("中溪村", "打井两眼", "15", "在建")))
    path = drawing.tag(("Table", rows))
    assert tables(path, engine) == [[*VILLAGES, "北溪村|打井|12|在建", "中溪村|打井两眼|15|在建"]]
    assert said(path) == [""]


def test_new_table_in_the_tree_on_each_page(drawing, engine):
    rows = villages(drawing, 600)
    drawing.page()
    more = [
        drawing.row(XS, 60, ("村", "说明", "面积", "备注"), "TH"),
        drawing.row(XS, 90, ("中溪村", "打井两眼", "15", "")),
    ]
    assert tables(drawing.tag(("Table", rows), ("Table", more)), engine) == [[*VILLAGES, "中溪村|打井两眼|15|"]]


def test_row_cut_by_the_page(drawing, engine):
    rows = villages(drawing, 600)
    drawing.page()
    rest = [("TD", [drawing.marked(200, 60, "，已移交")]), ("TD", [drawing.marked(420, 60, "，待付尾款")])]
    name, text, area, note = rows[-1][1]
    rows[-1] = ("TR", [name, ("TD", text[1] + rest[0][1]), area, ("TD", note[1] + rest[1][1])])
    cut = "南溪村|改建泵房一处，已移交|410|已验收，待付尾款"
    assert tables(drawing.tag(("Table", rows)), engine) == [[*VILLAGES[:-1], cut]]


def test_footnote_between_the_parts_of_a_table_is_text_of_its_own(drawing, engine):
    rows = villages(drawing, 600)
    drawing.text(85, 760, "① 数据来源于县水务局编印的年报，其中东溪村的数据由村委会另行核实提供", 9)
    drawing.page()
    rows.append(drawing.row(XS, 60, ("中溪村", "打井两眼", "15", "在建")))
    drawing.text(85, 90, "以上各村的工程均由镇水利站验收。", 9)
    path = drawing.tag(("Table", rows))
    assert tables(path, engine) == [[*VILLAGES, "中溪村|打井两眼|15|在建"]]
    assert [text[:5] for text in said(path)] == ["", "① 数据来", "以上各村的"]


def untold(drawing, xs, top, words):
    """A row as Word tags it: "#" goes on with the cell above and holds nothing, a blank cell holds a space.

    A text may stand lower than its row: "水源@162".
    """
    cells = []
    for x, word in zip(xs, words, strict=True):
        text, _, lower = word.partition("@")
        cells.append(("TD", [] if text == "#" else [drawing.marked(x, int(lower or top), text or " ")]))
    return "TR", [*cells, ("Span", [drawing.marked(500, top, " ")])]


def test_spans_that_the_tree_does_not_tell(drawing, engine):
    a, b, c, d, e = 85.0, 160.0, 300.0, 370.0, 440.0
    rows = [
        untold(drawing, (a, b, 335.0, e), 90, ("类别", "内容", "2023 年", "备注")),
        untold(drawing, (a, b, c, d, e), 106, ("#", "#", "预算数", "决算数", "#")),
        untold(drawing, (a, b, c, d, e), 130, ("水源@162", "取水口改造，含\n道路与围栏", "420.00", "405.50", "")),
        untold(drawing, (a, b, c, d, e), 162, ("#", "备用井两眼", "96.00", "96.00", "")),
        untold(drawing, (a, b, c, d, e), 178, ("#", "", "1.00", "1.00", "在建")),
        untold(drawing, (115.0, c, d, e), 194, ("合计", "517.00", "502.50", "")),
    ]
    drawing.level(80, 510, 86, 126, 212)
    assert tables(drawing.tag(("Table", rows)), engine) == [
        [
            "类别|内容|2023年|#|备注",
            "#|#|预算数|决算数|#",
            "水源|取水口改造，含道路与围栏|420.00|405.50|",
            "#|备用井两眼|96.00|96.00|",
            "#||1.00|1.00|在建",
            "合计|#|517.00|502.50|",
        ]
    ]


def test_table_that_goes_on_as_the_next_one_of_the_tree(drawing, engine):
    """Word begins a new one on the next page, and prints no head there."""
    first = [
        untold(drawing, XS, 700, ("村", "说明", "面积", "")),
        untold(drawing, XS, 720, ("东溪村", "清淤", "320", "")),
    ]
    drawing.page()
    second = [untold(drawing, XS, 60, ("西溪村", "打井", "15", "")), untold(drawing, XS, 80, ("#", "修渠", "7", ""))]
    whole = ["村|说明|面积|", "东溪村|清淤|320|", "西溪村|打井|15|", "#|修渠|7|"]
    assert tables(drawing.tag(("Part", [("Table", first), ("Table", second)])), engine) == [whole]


def test_head_of_a_table_on_every_page_is_no_running_head(drawing, engine):
    head, rows = [], []
    for page in range(4):
        head.append(drawing.row(XS, 40, ("村", "说明", "面积", "备注"), "TH"))
        rows += [drawing.row(XS, 70 + 20 * at, (f"{page}{at}号村", "清淤", f"{page}{at}5", "甲")) for at in range(2)]
        drawing.page()
    names = ("TR", [("TH", [mark for row in head for mark in row[1][at][1]]) for at in range(4)])
    (table,) = tables(drawing.tag(("Table", [names, *rows])), engine)
    assert (table[0], len(table)) == ("村|说明|面积|备注", 9)


SHARED = Path(__file__).parents[2] / "shared" / "reports"


@pytest.mark.parametrize("name", ["qingyunpu-lo-tagged.pdf", "qingyunpu-chromium.pdf", "fiscal/*规划和自然资源局*.pdf"])
def test_tree_alone_gives_the_tables_that_rules_give(name, monkeypatch):
    """Reports whose tables are ruled, read again as if no rule were drawn: by LibreOffice, Chromium and Word."""
    path = next(iter(SHARED.glob(name)), None)
    if path is None:
        pytest.skip("the shared reports are not here")
    ruled = tables(path)
    read_page = pdf_pdfium._read
    monkeypatch.setattr(pdf_pdfium, "_read", lambda *a, **k: replace(read_page(*a, **k), rules=()))
    told = [[row for row in table if row.strip("#|")] for table in tables(path)]
    numbers = [table for table in ruled if any(sign.isdigit() for row in table for sign in row)]
    assert [table for table in numbers if [row for row in table if row.strip("#|")] not in told] == []


def test_rules_stand_where_the_tree_tells_fewer_cells(drawing, engine):
    """Whoever drew the lines parted what a program took for one cell."""
    drawing.grid((80, 195, 315, 415, 500), (96, 116, 136))
    first = drawing.row(XS, 100, ("村", "说明", "面积", "备注"))
    second = drawing.row(XS, 120, ("东溪村", "清淤", "320", "甲"))
    merged = ("TR", [("TD", [mark for _, marks in second[1] for mark in marks], {"ColSpan": 4})])
    assert tables(drawing.tag(("Table", [first, merged])), engine) == [["村|说明|面积|备注", "东溪村|清淤|320|甲"]]


def test_columns_that_are_ruled_and_rows_that_are_not(drawing, engine):
    drawing.grid((80, 195, 315, 415, 500), (96, 200))
    assert tables(drawing.tag(("Table", villages(drawing))), engine) == [VILLAGES]


def test_tree_is_not_trusted_where_other_text_stands_among_the_cells(drawing):
    rows = villages(drawing)
    drawing.text(330, 150, "此处另有说明", 10.5)
    assert tables(drawing.tag(("Table", rows))) == []


def test_tree_is_not_trusted_whose_rows_are_not_those_of_the_page(drawing):
    """As if the cells of two columns had been told as rows."""
    columns = zip(*(row[1] for row in (drawing.row(XS, top, "甲乙丙丁") for top in (100, 120, 140))), strict=True)
    assert tables(drawing.tag(("Table", [("TR", list(column)) for column in columns]))) == []


def test_tree_is_not_trusted_whose_columns_overlap(drawing):
    rows = [drawing.row([x + 60 * at for x in XS], 100 + 20 * at, "甲乙丙丁") for at in range(4)]
    assert tables(drawing.tag(("Table", rows))) == []


def test_words_laid_out_side_by_side_are_no_table(drawing):
    rows = [
        drawing.row(XS[:2], 100 + 30 * at, words)
        for at, words in enumerate((("项目名称：", "灌区改造"), ("评价机构：", "云溪评价中心")))
    ]
    assert tables(drawing.tag(("Table", rows))) == []


def test_tree_without_end(drawing, engine):
    """A tree deeper than any report's is left, and the page read as it stands."""
    mark = drawing.marked(85, 100, "总投资 1122 万元。")
    tree = ("P", [mark])
    for _ in range(80):
        tree = ("Sect", [tree])
    blocks, _, problems = read_pdf(drawing.tag(tree), engine)
    assert [block.text.value for block in blocks] == ["总投资 1122 万元。"]
    assert not problems


def test_headings_that_only_the_tree_tells(drawing, engine):
    """Set as the text is, without numbers."""
    words = ("项目概况", "项目总投资 1122 万元。", "资金情况", "到位 1122 万元。")
    marks = [drawing.marked(85, 60 + 24 * at, text, 14) for at, text in enumerate(words)]
    kinds = ("H1", "P", "H1", "P")
    path = drawing.tag(*((kind, [mark]) for kind, mark in zip(kinds, marks, strict=True)))
    document = read_report(path, engine=engine)
    assert [section.title for section in document.sections] == ["", "项目概况", "资金情况"]


def test_line_under_a_full_heading_is_not_its_rest(drawing):
    """A heading as long as the line, then text that is not indented."""
    heading = drawing.marked(85, 60, "（一）县级财政资金与镇村自筹资金的到位、使用和结余的具体情况说", 14)
    text = drawing.marked(85, 84, "资金共到位 1122 万元，已全部支付给施工单位和监理单位，没有结余", 14)
    rest = drawing.marked(85, 108, "，也没有挪用。", 14)
    assert len(said(drawing.tag(("H2", [heading]), ("P", [text, rest])))) == 2
