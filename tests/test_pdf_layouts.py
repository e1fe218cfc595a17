"""Layouts of tables and text that reports have, each drawn here and read with both engines."""

import hostile_pdf
import pytest
from draw_pdf import BODY, LEFT, Drawing
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from threeline_pdf import threeline_pdf

from checker.readers import read as read_report
from checker.readers.blocks import RawTable, ReadError
from checker.readers.pdf import read_pdf

XS = (85.0, 200.0, 320.0, 420.0, 505.0)
VILLAGES = [("村", "水田", "旱地", "合计"), ("东溪村", "320", "100", "420"), ("西溪村", "410", "90", "500")]
SEEDS = 24


@pytest.fixture(params=["pdfium", "pdfplumber"])
def engine(request):
    return request.param


@pytest.fixture
def drawing(tmp_path):
    return Drawing(tmp_path / "report.pdf")


@pytest.fixture
def read(drawing, engine):
    """What is read of the drawing: paragraphs as strings, tables as lists of rows, "#" for a covered place."""

    def result():
        blocks, _, problems = read_pdf(drawing.save(), engine)
        return [shown(block) for block in blocks], problems

    return result


def shown(block):
    if isinstance(block, RawTable):
        return [["#" if cell.covered else cell.text.value for cell in row] for row in block.rows]
    return block.text.value


def lists(rows):
    return [list(row) for row in rows]


def three_lines(drawing, top, rows, height=24, xs=XS):
    drawing.level(xs[0], xs[-1], top, top + height, top + height * len(rows))
    drawing.cells(xs, [top + 4 + height * at for at in range(len(rows))], rows)


def test_three_line_table_with_unit_wrapped_cell_and_total(drawing, read):
    rows = [
        ("项目", "预算数", "决算数", "完成率"),
        ("渠道衬砌工程", "1,200.00", "1,180.50", "98.38%"),
        ("管理房修缮与道路\n硬化", "79.50", "70.00", "88.05%"),
        ("合计", "1,279.50", "1,250.50", "97.73%"),
    ]
    drawing.text(200, 80, "表 1 渠道投入情况", 12)
    drawing.text(430, 100, "单位：万元", 9)
    drawing.level(85, 505, 120, 144, 270)
    drawing.cells(XS, (124, 150, 180, 234), rows)
    drawing.prose(300, "上述资金均已到位，并按批复用途使用。")
    blocks, problems = read()
    whole = [[cell.replace("\n", "") for cell in row] for row in rows]
    assert blocks == ["表 1 渠道投入情况", "单位：万元", whole, "上述资金均已到位，并按批复用途使用。"]
    assert not problems


def test_the_unit_of_a_table_behind_the_name_of_its_body(drawing):
    drawing.prose(30, "各村的耕地面积由县水务局提供，详见后表。")
    drawing.text(200, 60, "各村耕地面积情况表", 12)
    drawing.text(XS[0], 84, "编制部门：云溪县水务局", 9)
    drawing.text(450, 84, "单位：亩", 9)
    drawing.grid(XS, (100, 124, 148, 172))
    drawing.cells(XS, (100, 124, 148), VILLAGES)
    (table,) = read_report(drawing.save()).tables
    assert (table.name, table.unit.value) == ("各村耕地面积情况表", "单位：亩")


def test_three_line_table_with_names_over_names(drawing, read):
    drawing.level(85, 505, 110, 160, 230)
    drawing.level(210, 400, 135)
    drawing.text(290, 114, "2023 年", 10.5)
    drawing.cells(XS, (126, 140), [("项目", "", "", "备注"), ("", "预算数", "决算数", "")])
    drawing.cells(XS, (170, 200), [("渠道衬砌", "120.50", "118.00", "已验收"), ("水泵更换", "30.00", "30.00", "在用")])
    blocks, _ = read()
    assert blocks == [
        [
            ["项目", "2023 年", "#", "备注"],
            ["#", "预算数", "决算数", "#"],
            ["渠道衬砌", "120.50", "118.00", "已验收"],
            ["水泵更换", "30.00", "30.00", "在用"],
        ]
    ]


def test_three_line_table_goes_on_without_its_head(drawing, read):
    drawing.filler(60, 22)
    rows = [(str(n), f"{n}号支渠", f"{n}20.5", "已完工") for n in range(1, 7)]
    drawing.level(85, 505, 630, 654)
    drawing.cells(XS, (634, 660, 690, 720, 750), [("序号", "地点", "长度", "备注"), *rows[:4]])
    drawing.page()
    drawing.cells(XS, (64, 94), rows[4:])
    drawing.level(85, 505, 124)
    drawing.prose(150, "以上各处均已通车。")
    blocks, _ = read()
    assert blocks[1:] == [lists([("序号", "地点", "长度", "备注"), *rows]), "以上各处均已通车。"]


def test_two_three_line_tables_on_a_page_with_prose_between(drawing, read):
    line = "从表中可见，各村的耕地面积与上年相比没有变化，其中东溪村有增"
    three_lines(drawing, 110, VILLAGES)
    drawing.prose(200, line[:28], "加。")
    three_lines(drawing, 300, VILLAGES)
    blocks, problems = read()
    assert blocks == [lists(VILLAGES), line[:28] + "加。", lists(VILLAGES)]
    assert not problems


def test_merged_names_without_lines_stand_for_the_rows_around_them(drawing, read):
    rows = [("分组", "村", "面积", "投入"), *(("", f"{n}号村", f"{n}10", f"{n}.5") for n in range(1, 8))]
    three_lines(drawing, 100, rows)
    drawing.cells(XS, (104 + 24 * 2, 104 + 24 * 5.5), [("东片",), ("西片",)])
    blocks, _ = read()
    assert [row[0] for row in blocks[0]] == ["分组", "东片", "#", "#", "西片", "#", "#", "#"]


@pytest.mark.parametrize("seeds", [range(start, start + SEEDS // 4) for start in range(0, SEEDS, SEEDS // 4)])
def test_three_line_tables_at_random_are_read_or_named(seeds, tmp_path, engine):
    path = tmp_path / "table.pdf"
    for seed in seeds:
        rows = threeline_pdf(seed, path)
        blocks, _, problems = read_pdf(path, engine)
        tables = [shown(block) for block in blocks if isinstance(block, RawTable)]
        assert [[["".join(cell.split()).replace("#", "") for cell in row] for row in table] for table in tables] == (
            [] if problems else [rows]
        ), seed


def test_table_without_rules_whose_columns_are_plain(drawing, read):
    drawing.prose(70, "各村的面积如下：")
    drawing.cells(XS, (100, 124, 148), VILLAGES)
    drawing.prose(200, "以上数据由水务局提供。")
    blocks, problems = read()
    assert blocks == ["各村的面积如下：", lists(VILLAGES), "以上数据由水务局提供。"]
    assert not problems


def test_table_without_rules_and_plain_columns_is_named(drawing, read):
    drawing.prose(70, "各村的面积如下：")
    for at, row in enumerate([("东溪村", "320", "100", "420"), ("西溪", "410", "90", "500"), ("南溪", "1", "2", "3")]):
        drawing.cells([x + 25 * at for x in XS], (100 + 24 * at,), [row])
    drawing.prose(200, "以上数据由水务局提供。")
    blocks, problems = read()
    assert "".join(blocks) == "各村的面积如下：以上数据由水务局提供。"
    assert [(problem.kind, problem.where) for problem in problems] == [("page-unreadable", "第 1 页")]


def test_tables_and_text_side_by_side(drawing, read):
    for x in (85.0, 300.0):
        drawing.grid((x, x + 60, x + 120), (100, 130, 160))
        drawing.cells((x, x + 60), (100, 130), [("村", "面积"), ("东溪村", "320")])
    drawing.text(430, 104, "面积以亩计。", 12)
    blocks, _ = read()
    table = [["村", "面积"], ["东溪村", "320"]]
    assert sorted(blocks, key=str) == sorted([table, table, "面积以亩计。"], key=str)


def test_merged_cells_both_ways_and_nested_names(drawing, read):
    xs, ys = (85.0, 160.0, 250.0, 340.0, 430.0, 505.0), (100, 125, 150, 175, 200, 225)
    drawing.grid(xs, ys, skip={("v", 0, 2), ("v", 0, 4), ("h", 1, 0), ("h", 3, 0), ("v", 4, 1)})
    names = [("村", "2022 年", "", "2023 年", ""), ("", "投入", "产出", "投入", "产出")]
    drawing.cells(xs, ys[:2], names)
    drawing.cells(
        xs, ys[2:5], [("东溪村", "1.5", "2.5", "3", "4"), ("", "1.0", "2.0", "3", "4"), ("合计", "", "4.5", "6", "8")]
    )
    blocks, _ = read()
    assert blocks[0] == [
        ["村", "2022 年", "#", "2023 年", "#"],
        ["#", "投入", "产出", "投入", "产出"],
        ["东溪村", "1.5", "2.5", "3", "4"],
        ["#", "1.0", "2.0", "3", "4"],
        ["合计", "#", "4.5", "6", "8"],
    ]


@pytest.mark.parametrize("caption", ["续表 4", "（续表）", "续表"])
def test_table_goes_on_under_a_continued_caption(caption, drawing, read):
    rows = [("序号", "姓名", "岗位", "年限"), ("1", "甲", "渠长", "3"), ("2", "乙", "渠长", "5")]
    drawing.filler(60, 24)
    drawing.grid(XS, (680, 710, 740, 770))
    drawing.cells(XS, (680, 710, 740), rows)
    drawing.page()
    drawing.text(200, 50, caption, 12)
    drawing.grid(XS, (80, 110, 140))
    drawing.cells(XS, (80, 110), [rows[0], ("3", "丙", "泵工", "7")])
    blocks, _ = read()
    assert blocks[1:] == [lists([*rows, ("3", "丙", "泵工", "7")])]


def test_head_printed_again_within_a_page_and_into_a_cut_row(drawing, read):
    rows = [("序号", "地点", "内容", "备注"), ("1", "东溪村", "清淤后验收，其", "甲")]
    drawing.filler(60, 24)
    drawing.grid(XS, (660, 690, 720, 750, 780))
    drawing.cells(XS, (660, 690, 720, 750), [rows[0], ("0", "南溪村", "已完工", "丙"), rows[0], rows[1]])
    drawing.page()
    drawing.grid(XS, (60, 120, 150), skip={("h", 2, 9)})
    drawing.cells(XS, (60,), [rows[0]])
    drawing.cells(XS, (90, 120), [("", "", "中三处已整改。", ""), ("2", "西溪村", "已完工", "乙")])
    blocks, _ = read()
    assert blocks[1] == [
        ["序号", "地点", "内容", "备注"],
        ["0", "南溪村", "已完工", "丙"],
        ["1", "东溪村", "清淤后验收，其中三处已整改。", "甲"],
        ["2", "西溪村", "已完工", "乙"],
    ]


def test_a_mark_that_hangs_over_the_border_stays_in_its_cell(drawing, read):
    drawing.grid((85.0, 146.0, 260.0), (100, 130))
    drawing.text(85 + 2, 104, "清淤三处，", 12)
    drawing.text(150, 104, "已验收", 12)
    blocks, _ = read()
    assert blocks == [[["清淤三处，", "已验收"]]]


def test_raised_signs_stay_on_their_line(drawing, read):
    drawing.text(LEFT, 100, "泵房面积 35 m")
    end = LEFT + stringWidth("泵房面积 35 m", "STSong-Light", BODY)
    drawing.text(end, 100, "2", 7)
    drawing.text(end + 4, 100, "，已验收。")
    blocks, _ = read()
    assert blocks == ["泵房面积 35 m²，已验收。"]


def test_bold_by_printing_twice_is_read_once(drawing, read):
    for shift in (0, 0.3):
        drawing.text(LEFT + shift, 100, "总投资 1122 万元，其中 300 万元")
    blocks, _ = read()
    assert blocks == ["总投资 1122 万元，其中 300 万元"]


def invisible(drawing, top, words, mode=3):
    drawing.canvas.saveState()
    text = drawing.canvas.beginText(LEFT, drawing.height - top - BODY)
    text.setFont("STSong-Light", BODY)
    text.setTextRenderMode(mode)
    text.textOut(words)
    drawing.canvas.drawText(text)
    drawing.canvas.restoreState()


def test_invisible_text_under_the_same_visible_one_is_read_once(drawing, read):
    invisible(drawing, 100, "总投资 1122 万元")
    drawing.text(LEFT, 100, "总投资 1122 万元")
    blocks, _ = read()
    assert blocks == ["总投资 1122 万元"]


@pytest.mark.parametrize("mode", [3, 7])
def test_what_is_not_drawn_is_not_read(mode, drawing, read):
    drawing.text(LEFT, 60, "总投资 1122 万元")
    invisible(drawing, 100, "其中自筹 300 万元", mode)
    blocks, _ = read()
    assert blocks == ["总投资 1122 万元"]


def test_invisible_text_on_the_picture_of_a_page_is_what_the_picture_says(drawing, read):
    drawing.canvas.drawImage(ImageReader(Image.new("L", (60, 80), 255)), 0, 0, *A4)
    invisible(drawing, 60, "本次评价共抽查项目十二个，总投资 1122 万元。")
    blocks, _ = read()
    assert blocks == ["本次评价共抽查项目十二个，总投资 1122 万元。"]


def test_white_text_is_read_where_it_is_seen(drawing, read):
    """In the coloured head of a table, not on the paper."""
    drawing.canvas.setFillGray(0.3)
    drawing.canvas.rect(XS[0], drawing.height - 124, XS[-1] - XS[0], 24, stroke=0, fill=1)
    drawing.canvas.setFillGray(1)
    drawing.cells(XS, (100,), VILLAGES[:1])
    drawing.text(LEFT, 200, "其中自筹 300 万元")
    drawing.canvas.setFillGray(0)
    drawing.grid(XS, (100, 124, 148, 172))
    drawing.cells(XS, (124, 148), VILLAGES[1:])
    blocks, _ = read()
    assert blocks == [lists(VILLAGES)]


def test_page_drawn_across_and_turned_upright_is_read(drawing, read):
    drawing.canvas.setPageRotation(90)
    drawing.canvas.translate(A4[0], 0)
    drawing.canvas.rotate(90)
    drawing.height = A4[0]
    drawing.grid(XS, (100, 124, 148, 172))
    drawing.cells(XS, (100, 124, 148), VILLAGES)
    blocks, problems = read()
    assert blocks == [lists(VILLAGES)]
    assert not problems


def on_its_side(drawing, x, y, words, size=10.5, *, down=False):
    """Words that run up, or down, from a point."""
    drawing.canvas.saveState()
    drawing.canvas.translate(x, drawing.height - y)
    drawing.canvas.rotate(-90 if down else 90)
    drawing.canvas.setFont("STSong-Light", size)
    drawing.canvas.drawString(0, 0, words)
    drawing.canvas.restoreState()


@pytest.mark.parametrize("down", [False, True])
def test_words_on_their_side_in_a_cell_are_read_there(down, drawing, read):
    drawing.grid(XS, (100, 190, 220, 250))
    drawing.cells(XS, (100, 190, 220), [("", "水田", "旱地", "合计"), *VILLAGES[1:]])
    for at, words in enumerate(("所在的", "乡镇 2 个")):
        x = 130 - 16 * at if down else 120 + 16 * at
        on_its_side(drawing, x, 104 if down else 186, words, down=down)
    blocks, problems = read()
    assert blocks == [lists([("所在的乡镇 2 个", "水田", "旱地", "合计"), *VILLAGES[1:]])]
    assert not problems


def test_figures_on_their_side_stand_among_words_set_downwards(drawing, read):
    drawing.grid(XS, (100, 190, 220, 250))
    drawing.cells(XS, (100, 190, 220), [("决\n策\n\n分", "水田", "旱地", "合计"), *VILLAGES[1:]])
    on_its_side(drawing, 91, 134, "15", down=True)
    blocks, _ = read()
    assert blocks[0][0][0] == "决策15分"


@pytest.mark.parametrize("down", [False, True])
def test_page_whose_text_lies_on_its_side_is_read_and_its_words_are_where_they_are(down, drawing, engine):
    canvas = drawing.canvas
    drawing.text(290, 800, "- 7 -", 9)  # the page's number stands upright
    canvas.translate(0, A4[1]) if down else canvas.translate(A4[0], 0)
    canvas.rotate(-90 if down else 90)
    drawing.height = A4[0]
    drawing.prose(40, "各村的耕地面积如下，数据由县水务局提供：")
    drawing.grid(XS, (100, 124, 148, 172))
    drawing.cells(XS, (100, 124, 148), VILLAGES)
    blocks, _, problems = read_pdf(drawing.save(), engine)
    assert [shown(block) for block in blocks] == ["各村的耕地面积如下，数据由县水务局提供：", lists(VILLAGES)]
    assert not problems
    (box,) = [box for run in blocks[1].rows[1][0].text.runs for box in run.boxes][:1]
    x, y = (A4[0] - 130, XS[0]) if down else (130, A4[1] - XS[0])
    assert abs(box.x0 - x) < 25
    assert abs(box.top - y) < 25


def test_words_on_their_side_in_the_margin_are_named(drawing, read):
    drawing.filler(60, 5)
    on_its_side(drawing, 40, 500, "本报告仅供内部参考，未经同意不得对外提供或者引用")
    blocks, problems = read()
    assert len(blocks) == 1
    assert [(problem.where, "横置" in problem.message) for problem in problems] == [("第 1 页", True)]


def test_running_head_on_its_side_is_none_of_the_text(drawing, read):
    for page in range(3):
        drawing.filler(60, 5)
        on_its_side(drawing, 40, 500, "云溪县水务局农村供水提升项目绩效评价报告（征求意见稿）")
        drawing.text(290, 800, f"- {page} -", 9)
        drawing.page()
    _, problems = read()
    assert not problems


def test_watermark_across_the_page_is_none_of_its_text(drawing, read):
    drawing.filler(60, 5)
    drawing.canvas.translate(100, 300)
    drawing.canvas.rotate(45)
    drawing.canvas.drawString(0, 0, "云溪县财政局绩效评价中心内部资料请勿外传请勿外传")
    blocks, problems = read()
    assert len(blocks) == 1
    assert not problems


def test_footnote_is_no_part_of_the_paragraph_that_goes_on(drawing, read):
    drawing.filler(80, 25)
    drawing.level(85, 200, 700)
    drawing.text(LEFT, 706, "① 数据来源于县水务局年报。", 9)
    drawing.page()
    drawing.filler(80, 3)
    blocks, _ = read()
    assert blocks[1] == "① 数据来源于县水务局年报。"


def test_powers_and_marks_of_notes_are_no_digits_of_their_number(drawing, read):
    for at, (words, raised) in enumerate((("年供水 10", "4"), ("总投资 300", "1"))):
        drawing.text(LEFT, 100 + 40 * at, words)
        end = LEFT + stringWidth(words, "STSong-Light", BODY)
        drawing.text(end, 102 + 40 * at, raised, 7)
        drawing.text(end + 4, 100 + 40 * at, "万吨。")
    blocks, _ = read()
    assert "".join(blocks) == "年供水 10⁴万吨。总投资 300¹万吨。"


def with_codes(path, words, name=b"Odd", *, map_from=0):
    """A PDF whose font says what its characters mean, those below a code excepted."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /%b /Encoding /Identity-H /ToUnicode 10 0 R"
        b" /DescendantFonts [8 0 R] >>" % name,
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%b /FontDescriptor 9 0 R /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>" % name,
        b"<< /Type /FontDescriptor /FontName /%b /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 880"
        b" /Descent -120 /CapHeight 880 /StemV 80 >>" % name,
    )
    known = b"".join(
        b"<%04x> <%04x>\n" % (ord(sign), ord(sign)) for sign in sorted(set(words)) if ord(sign) >= map_from
    )
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <ffff> endcodespacerange\n%d beginbfchar\n%bendbfchar endcmap end end"
        % (known.count(b"\n"), known)
    )
    text = b"BT /F1 6 Tf 72 700 Td <" + words.encode("utf-16-be").hex().encode() + b"> Tj ET"
    more = {5: font[0], 8: font[1], 9: font[2], 10: hostile_pdf.stream(cmap)}
    path.write_bytes(hostile_pdf.one_page(text, more=more))
    return path


@pytest.mark.parametrize(
    ("words", "font", "meant"),
    [
        ("\uf0b7项目概况", b"ABCDEF+Symbol", "项目概况"),
        ("\uf06c项目概况", b"Wingdings", "项目概况"),
        ("宽3\uf0b45米", b"ABCDEF+SymbolMT", "宽3×5米"),
        ("\uf0fe是\uf0a8否", b"Wingdings-Regular", "☑是□否"),
        ("共1\ue0322万元", b"Song", "共1�2万元"),
        ("由O\ufb03ce供货", b"Song", "由Office供货"),
        ("由Di\ufb00供货", b"Song", "由Diff供货"),
    ],
)
def test_codes_of_symbol_fonts_unknown_codes_and_ligatures(words, font, meant, tmp_path, engine):
    blocks, _, problems = read_pdf(with_codes(tmp_path / "odd.pdf", words, font), engine)
    assert [block.text.value for block in blocks] == [meant]
    assert not problems


def test_many_signs_without_a_meaning_are_named_beside_those_that_have_one(tmp_path, engine):
    words = "本次评价共抽查项目十二个，其中灌区改造七个，泵站改造五个。" + "".join(map(chr, range(0x180, 0x199)))
    _, _, problems = read_pdf(with_codes(tmp_path / "odd.pdf", words, map_from=0x2000), engine)
    assert [(problem.where, "25 个字" in problem.message) for problem in problems] == [("第 1 页", True)]


def test_font_without_a_map_of_its_signs_is_named(tmp_path, engine):
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [8 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd /FontDescriptor 9 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        b"<< /Type /FontDescriptor /FontName /Odd /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 880"
        b" /Descent -120 /CapHeight 880 /StemV 80 >>",
    )
    text = b"BT /F1 12 Tf 72 700 Td <" + b"".join(b"%04x" % sign for sign in range(300, 400)) + b"> Tj ET"
    path = tmp_path / "odd.pdf"
    path.write_bytes(hostile_pdf.one_page(text, more={5: font[0], 8: font[1], 9: font[2]}))
    with pytest.raises(ReadError) as error:
        read_pdf(path, engine)
    assert error.value.zh
