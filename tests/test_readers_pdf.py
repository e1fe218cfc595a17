"""The PDF reader: small files drawn here in our own words, and a whole report with a known truth."""

import io
import json
from pathlib import Path

import pytest
from draw_pdf import BODY, LEFT, Drawing
from PIL import Image
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics

from checker.readers.blocks import RawParagraph, RawTable, ReadError
from checker.readers.pdf import read_pdf
from checker.readers.pdf_pdfium import PdfiumSource
from checker.readers.pdf_plumber import PlumberSource

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture
def drawing(tmp_path):
    return Drawing(tmp_path / "report.pdf")


def read(drawing):
    return read_pdf(drawing.save())


def said(blocks):
    return [block.text.value for block in blocks if isinstance(block, RawParagraph)]


def tables(blocks):
    return [block for block in blocks if isinstance(block, RawTable)]


def values(table):
    return [["#" if cell.covered else cell.text.value for cell in row] for row in table.rows]


def test_lines_join_to_paragraphs_and_headings_stand_alone(drawing):
    drawing.text(210, 60, "云溪县灌溉项目评价", 18)
    drawing.text(LEFT, 120, "一、项目概况")
    drawing.prose(150, "项目总投资 1200 万元，其中县级财政安排 300 万元，用于清", "淤渠道、更换水泵。")
    drawing.prose(200, "泵站由 Delta Pump", "供货。")
    blocks, count, problems = read(drawing)
    assert (count, problems) == (1, ())
    assert said(blocks) == [
        "云溪县灌溉项目评价",
        "一、项目概况",
        "项目总投资 1200 万元，其中县级财政安排 300 万元，用于清淤渠道、更换水泵。",
        "泵站由 Delta Pump",
        "供货。",
    ]
    assert blocks[0].bold
    assert not blocks[2].bold
    assert [block.page for block in blocks] == [1] * 5


def test_paragraph_goes_on_over_the_page_and_bands_are_dropped(drawing):
    for page in (1, 2, 3):
        drawing.text(180, 30, "云溪县水务局 2023 年度评价报告", 9)
        drawing.text(290, 800, f"- {page} -", 9)
        if page == 1:
            drawing.filler(690, 3)
        else:
            drawing.text(LEFT, 80, f"次进度，共 {page} 次。")
            drawing.filler(690, 3)
        drawing.page()
    blocks, count, _ = read(drawing)
    assert count == 3
    words = said(blocks)
    assert len(words) == 3
    assert [text[-10:] for text in words[:2]] == ["次进度，共 2 次。", "次进度，共 3 次。"]
    assert not any("水务局" in text or "- 1" in text for text in words)
    assert {run.page for run in blocks[0].text.runs} == {1, 2}


def test_every_character_has_its_box(drawing):
    drawing.text(LEFT, 100, "完成 18 处维修")
    drawing.text(LEFT + 110, 102, "2", 7)
    blocks, _, _ = read(drawing)
    text = blocks[0].text
    assert all(len(run.boxes) == len(text.value) for run in text.runs)
    start = text.value.index("18")
    place = text.locate(start, start + 2)
    width = pdfmetrics.stringWidth("完成 ", "STSong-Light", BODY)
    assert place.page == 1
    assert place.box.x0 == pytest.approx(LEFT + width, abs=0.6)
    assert place.box.x1 == pytest.approx(LEFT + width + pdfmetrics.stringWidth("18", "STSong-Light", BODY), abs=0.6)
    assert place.box.top <= 104
    assert place.box.bottom >= 112
    assert text.value.endswith("²")  # the raised sign stays on its line


XS = (60.0, 130.0, 300.0, 420.0, 530.0)


def test_table_runs_over_two_pages(drawing):
    drawing.filler(60, 26)
    ys = (700.0, 724.0, 748.0, 790.0)
    drawing.grid(XS, ys, skip={("h", 2, 0)})
    drawing.cells(
        XS,
        ys[:-1],
        [
            ("一级指标", "二级指标", "预算（万元）", "说明"),
            ("产出", "渠道清淤", "120.50", "已验收"),
            ("", "水泵更换", "1,300.00", "设备到货后由监理\n单位组织调试，目"),
        ],
    )
    drawing.page()
    ys = (60.0, 84.0, 126.0, 150.0, 174.0)
    drawing.grid(XS, ys, skip={("h", 2, 0), ("v", 3, 1)})
    drawing.cells(
        XS,
        ys[:-1],
        [
            ("一级指标", "二级指标", "预算（万元）", "说明"),
            ("", "", "", "前运行正常"),
            ("", "管理房修缮", "79.50", "已完工"),
            ("合计", "", "1,500.00", ""),
        ],
    )
    drawing.prose(200, "以上数据由水务局提供。")
    blocks, _, _ = read(drawing)
    (table,) = tables(blocks)
    assert values(table) == [
        ["一级指标", "二级指标", "预算（万元）", "说明"],
        ["产出", "渠道清淤", "120.50", "已验收"],
        ["#", "水泵更换", "1,300.00", "设备到货后由监理单位组织调试，目前运行正常"],
        ["#", "管理房修缮", "79.50", "已完工"],
        ["合计", "#", "1,500.00", ""],
    ]
    assert table.page == 1
    assert table.header_rows == 1
    cut = table.rows[2][3].text
    assert [run.page for run in cut.runs] == [1, 1, 2]
    assert sum(len(run.boxes) for run in cut.runs) == len(cut.value)
    assert said(blocks)[-1] == "以上数据由水务局提供。"


def test_table_with_other_columns_or_a_title_is_a_table_of_its_own(drawing):
    drawing.grid(XS, (700.0, 740.0, 780.0))
    drawing.cells(XS, (700.0, 740.0), [("序号", "名称", "数量", "备注"), ("1", "水泵", "3", "")])
    drawing.page()
    drawing.text(LEFT, 60, "表 2 管护人员")
    drawing.grid(XS, (90.0, 130.0, 170.0))
    drawing.cells(XS, (90.0, 130.0), [("序号", "姓名", "年限", "备注"), ("1", "甲", "3", "")])
    drawing.page()
    drawing.grid((60.0, 200.0, 530.0), (60.0, 100.0, 140.0))
    drawing.cells((60.0, 200.0), (60.0, 100.0), [("村", "面积"), ("东溪村", "320")])
    blocks, _, _ = read(drawing)
    assert [len(table.rows[0]) for table in tables(blocks)] == [4, 4, 2]


def test_new_head_on_the_next_page_is_a_new_table(drawing):
    ys = (660.0, 690.0, 720.0, 750.0, 780.0)
    drawing.grid(XS, ys)
    rows = [
        ("序号", "名称", "金额", "备注"),
        ("1", "水泵", "30.5", ""),
        ("2", "闸门", "12.0", ""),
        ("3", "阀门", "8.2", ""),
    ]
    drawing.cells(XS, ys[:-1], rows)
    drawing.page()
    drawing.grid(XS, (60.0, 90.0, 120.0))
    drawing.cells(XS, (60.0, 90.0), [("编号", "村名", "人口", "备注"), ("1", "东溪村", "812", "")])
    blocks, _, _ = read(drawing)
    assert [len(table.rows) for table in tables(blocks)] == [4, 2]


def test_outer_borders_that_are_not_drawn_are_closed(drawing):
    ys = (100.0, 130.0, 160.0)
    sides = {("v", row, column) for row in (0, 1) for column in (0, len(XS) - 1)}
    drawing.grid(XS, ys, skip=sides | {("h", 2, column) for column in range(4)})
    drawing.cells(XS, ys[:-1], [("村", "面积（亩）", "投入", "产出"), ("西溪村", "410", "12.5", "30.1")])
    blocks, _, _ = read(drawing)
    assert values(tables(blocks)[0]) == [["村", "面积（亩）", "投入", "产出"], ["西溪村", "410", "12.5", "30.1"]]


def test_rows_without_rules_are_parted_by_their_numbers(drawing):
    drawing.grid(XS, (100.0, 130.0, 290.0))
    drawing.cells(XS, (100.0,), [("科目", "内容", "预算", "执行")])
    items = ("渠道工程支出", "泵站设备支出", "监理与勘测支出", "管护支出")
    for number, item in enumerate(items):
        drawing.cells(XS, (136.0 + 36 * number,), [("", item, f"{number + 1}20.5", f"{number + 1}10.0")])
    blocks, _, _ = read(drawing)
    assert values(tables(blocks)[0])[1:] == [
        ["", item, f"{n}20.5", f"{n}10.0"] for n, item in enumerate(items, start=1)
    ]


def test_an_item_without_numbers_is_a_row_of_its_own(drawing):
    drawing.grid(XS, (100.0, 130.0, 290.0), skip={("v", 1, 4)})
    drawing.cells(XS, (100.0,), [("序号", "项目", "预算", "执行")])
    items = (
        "一、渠道工程及其配套设施支出",
        "二、泵站设备购置与安装支出等",
        "三、监理与勘测设计费用支出",
        "四、管护支出",
    )
    amounts = (("120.5", "110.0"), ("36.0", "6.0"), ("", ""), ("18.0", "6.0"))
    for number, (item, amount) in enumerate(zip(items, amounts, strict=True)):
        drawing.cells(XS, (136.0 + 36 * number,), [("", item, *amount)])
    blocks, _, _ = read(drawing)
    assert [row[1:] for row in values(tables(blocks)[0])[1:]] == [
        [item, *amount] for item, amount in zip(items, amounts, strict=True)
    ]


def test_text_in_a_frame_is_prose(drawing):
    drawing.canvas.rect(60, 500, 480, 80)
    drawing.text(LEFT, 280, "提示：本报告数据截至年末。")
    blocks, _, _ = read(drawing)
    assert said(blocks) == ["提示：本报告数据截至年末。"]
    assert not tables(blocks)


def test_landscape_annex_goes_on_and_its_page_number_is_dropped(drawing):
    for page in (1, 2):
        drawing.text(290, 800, f"第 {page} 页", 9)
        drawing.filler(80, 20)
        drawing.page()
    xs = (60.0, 140.0, 500.0, 620.0, 780.0)
    for page in (3, 4):
        drawing.turn(landscape(A4))
        drawing.text(410, 560, f"第 {page} 页", 9)
        ys = tuple(60.0 + 40 * row for row in range(13))
        drawing.grid(xs, ys)
        rows = [("序号", "指标", "分值", "得分")]
        rows += [(str(12 * (page - 3) + row), f"管护指标之{row}", "5", "4.5") for row in range(1, 12)]
        drawing.cells(xs, ys[:-1], rows)
        drawing.page()
    blocks, count, _ = read(drawing)
    (table,) = tables(blocks)
    assert count == 4
    assert (table.page, len(table.rows), table.header_rows) == (3, 23, 1)
    assert not any("页" in text for text in said(blocks))
    assert table.rows[-1][0].text.locate().page == 4


def test_encrypted(tmp_path):
    drawing = Drawing(tmp_path / "locked.pdf", encrypt=StandardEncryption("secret"))
    drawing.text(LEFT, 100, "内容")
    with pytest.raises(ReadError) as error:
        read(drawing)
    assert "密码" in error.value.zh
    assert "password" in error.value.en


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.9])
def test_cut_off(drawing, share):
    for _ in range(3):
        drawing.filler(80, 20)
        drawing.page()
    drawing.canvas.save()
    whole = drawing.path.read_bytes()
    drawing.path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ReadError, match="incomplete or damaged"):
        read_pdf(drawing.path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a pdf", b"%PDF-1.4\nnothing\nstartxref\n0\n%%EOF\n"])
def test_not_a_pdf(tmp_path, content):
    path = tmp_path / "odd.pdf"
    path.write_bytes(content)
    with pytest.raises(ReadError):
        read_pdf(path)


def picture():
    buffer = io.BytesIO()
    Image.new("RGB", (60, 80), "grey").save(buffer, "PNG")
    return ImageReader(io.BytesIO(buffer.getvalue()))


def test_scan(drawing):
    drawing.canvas.drawImage(picture(), 0, 0, *A4)
    with pytest.raises(ReadError) as error:
        read(drawing)
    assert "OCR" in error.value.zh
    assert "OCR" in error.value.en


def test_scanned_page_among_others_is_a_problem(drawing):
    drawing.filler(80, 20)
    drawing.page()
    drawing.canvas.drawImage(picture(), 0, 0, *A4)
    drawing.page()
    drawing.filler(80, 20)
    blocks, count, problems = read(drawing)
    assert count == 3
    assert len(blocks) == 2
    assert [(problem.kind, problem.where) for problem in problems] == [("page-unreadable", "第 2 页")]


def test_page_that_fails_does_not_stop_the_others(drawing, monkeypatch):
    def broken(read):
        def page(source, number):
            if number == 1:
                raise ValueError("broken")
            return read(source, number)

        return page

    for source in (PdfiumSource, PlumberSource):
        monkeypatch.setattr(source, "page", broken(source.page))
    drawing.filler(80, 2)
    drawing.page()
    drawing.filler(80, 2)
    blocks, count, problems = read(drawing)
    assert (count, len(blocks)) == (2, 1)
    assert problems[0].where == "第 1 页"


def test_page_that_lies_askew_is_a_problem(drawing):
    drawing.filler(80, 3)
    drawing.page()
    drawing.canvas.rotate(30)
    for number in range(4):
        drawing.canvas.setFont("STSong-Light", BODY)
        drawing.canvas.drawString(300, 100 - 30 * number, "歪斜页面上的指标与得分说明文字")
    _, _, problems = read(drawing)
    assert [(problem.kind, problem.where) for problem in problems] == [("page-unreadable", "第 2 页")]


def test_watermark_is_no_text(drawing):
    drawing.text(LEFT, 100, "报告正文在此。")
    drawing.canvas.translate(200, 500)
    drawing.canvas.rotate(45)
    drawing.canvas.drawString(0, 0, "征求意见稿")
    blocks, _, problems = read(drawing)
    assert (said(blocks), problems) == (["报告正文在此。"], ())


def test_page_with_damaged_data_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.setattr("reportlab.rl_config.useA85", 0)
    drawing = Drawing(tmp_path / "torn.pdf", pageCompression=1)
    for _ in range(2):
        drawing.filler(80, 20)
        drawing.page()
    drawing.canvas.save()
    content = drawing.path.read_bytes()
    start = content.index(b"stream", content.index(b"/FlateDecode")) + 40
    drawing.path.write_bytes(content[:start] + b"!!!!!!!!" + content[start + 8 :])
    _, count, problems = read_pdf(drawing.path)
    assert count == 2
    assert [(problem.kind, problem.where) for problem in problems] == [("page-unreadable", "第 1 页")]


def test_too_many_lines_are_reported_and_the_text_is_read(drawing):
    for x in range(60, 520, 4):
        for y in range(100, 700, 8):
            drawing.canvas.line(x, y, x, y + 4)
    drawing.text(LEFT, 60, "线条过多的页面")
    blocks, _, problems = read(drawing)
    assert said(blocks) == ["线条过多的页面"]
    assert [problem.kind for problem in problems] == ["limit-reached"]


def test_radicals_become_the_ideographs_that_are_meant():
    from checker.readers.pdf_page import plain_signs

    assert "⼀⼯⻔⻓⼾（①ﬁ".translate(plain_signs()) == "一工门长户（①fi"


def plain(text):
    return "".join(text.split())


@pytest.fixture(scope="module")
def gold():
    path = SHARED / "gold" / "qingyunpu-document.json"
    if not path.exists():
        pytest.skip("the shared reports are not here")
    return json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="module", params=["lo", "weasy", "chromium", "weasy3line"])
def report(request, gold):
    blocks, _, problems = read_pdf(SHARED / "reports" / f"qingyunpu-{request.param}.pdf")
    assert problems == ()
    return blocks


def test_report_tables(report, gold):
    truth = [block for block in gold if block["t"] == "table"]
    read = tables(report)
    assert [(len(t.rows), len(t.rows[0])) for t in read] == [(len(t["rows"]), len(t["rows"][0])) for t in truth]
    cells = [
        (plain(want), plain(got.text.value))
        for table, true in zip(read, truth, strict=True)
        for row, wanted in zip(table.rows, true["rows"], strict=True)
        for got, want in zip(row, wanted, strict=True)
    ]
    numeric = [pair for pair in cells if pair[0].replace(".", "", 1).isdigit()]
    assert len(numeric) > 300
    assert all(want == got for want, got in numeric)
    assert sum(want == got for want, got in cells) >= 0.98 * len(cells)
    covered = [{f"{cell.row},{cell.column}" for row in table.rows for cell in row if cell.covered} for table in read]
    assert covered == [set(table["covered"]) for table in truth]


@pytest.mark.parametrize(("kinds", "least"), [({"p"}, 0.95), ({"h1", "h2", "h3", "h4"}, 1.0), ({"cap", "title"}, 1.0)])
def test_report_paragraphs(report, gold, kinds, least):
    read = {plain(text) for text in said(report)}
    wanted = [plain(block["text"]) for block in gold if block["t"] in kinds]
    assert sum(text in read for text in wanted) >= least * len(wanted)


def test_report_boxes_lie_on_the_page(report):
    for block in report:
        texts = [block.text] if isinstance(block, RawParagraph) else [cell.text for row in block.rows for cell in row]
        for text in texts:
            assert sum(len(run.boxes) for run in text.runs) == len(text.value)
            assert all(box.x0 <= box.x1 and box.top < box.bottom for run in text.runs for box in run.boxes)


def test_report_whose_tables_a_program_broke(gold):
    """Heads in the middle of pages, text that ran out of its cell: what can be read is, the page is named."""
    blocks, _, problems = read_pdf(SHARED / "reports" / "qingyunpu-rlcid.pdf")
    truth = [block["rows"] for block in gold if block["t"] == "table"]
    written = [[row for row in table.rows if any(cell.value for cell in row)] for table in tables(blocks)]
    cells = [
        (plain(want), plain(got.text.value))
        for table, rows in zip(written, truth, strict=True)
        for row, wanted in zip(table, rows, strict=True)
        for got, want in zip(row, wanted, strict=True)
    ]
    numeric = [pair for pair in cells if pair[0].replace(".", "", 1).isdigit()]
    assert sum(want == got for want, got in numeric) >= 0.99 * len(numeric)
    assert sum(want == got for want, got in cells) >= 0.95 * len(cells)
    assert [problem.where for problem in problems] == ["第 40 页"]
