"""Word documents are read as their pages show them."""

import io
import zipfile

import pytest
from docx import Document as new_document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from checker.document import Document, Heading, Table
from checker.readers import ReadError, read
from checker.readers.docx_counters import written
from checker.readers.limits import Limits

NAMES = nsdecls("w", "m", "wp", "a", "r") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
LONG = "本年度项目预算安排资金一百三十万元，已于年末全部支付完毕。"


def word(tmp_path, body: str, *, numbering: str = "", styles: str = "", parts: dict[str, str] | None = None):
    """A document with this body, read; ``numbering`` and ``styles`` are added to those of the template."""
    document = new_document()
    element = document.element.body
    for child in parse_xml(f"<w:body {NAMES}>{body}</w:body>"):
        element.insert(len(element) - 1, child)
    if numbering:
        root = document.part.numbering_part.element
        for child in reversed(parse_xml(f"<w:numbering {NAMES}>{numbering}</w:numbering>")):
            root.insert(0, child) if child.tag.endswith("abstractNum") else root.append(child)
    for child in parse_xml(f"<w:styles {NAMES}>{styles}</w:styles>"):
        document.styles.element.append(child)
    path = tmp_path / "report.docx"
    document.save(path)
    if parts:
        add_parts(path, parts)
    return read(path)


def add_parts(path, parts):
    """Add parts of notes to a saved document: their relations are what a reader follows."""
    old = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(old)) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/_rels/document.xml.rels":
                rows = "".join(
                    f'<Relationship Id="x{kind}" Target="{kind}.xml" '
                    f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
                    for kind in parts
                )
                data = data.replace(b"</Relationships>", rows.encode() + b"</Relationships>")
            target.writestr(name, data)
        for kind, content in parts.items():
            target.writestr(f"word/{kind}.xml", f"<w:{kind} {NAMES}>{content}</w:{kind}>")


def p(text: str = "", properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text) if text else ''}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(list_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def levels(*rows: tuple[str, str]) -> str:
    """An abstract list 800 whose levels have these forms and texts."""
    inner = "".join(level(at, *row) for at, row in enumerate(rows))
    return f'<w:abstractNum w:abstractNumId="800">{inner}</w:abstractNum>'


def level(at: int, form: str, text: str, inner: str = "", suffix: str = "nothing") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{inner}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def num(list_id: int, inner: str = "") -> str:
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="800"/>{inner}</w:num>'


def texts(document: Document) -> list[str]:
    return [block.text.value for block in document.blocks if not isinstance(block, Table)]


def cells(table: Table) -> list[list[str]]:
    return [["^" if cell.covered else cell.value for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("decimal", "1 2 10 11 20 21 105"),
        ("decimalZero", "01 02 10 11 20 21 105"),
        ("chineseCounting", "一 二 十 十一 二十 二十一 一○五"),
        ("chineseCountingThousand", "一 二 十 十一 二十 二十一 一百零五"),
        ("japaneseCounting", "一 二 十 十一 二十 二十一 一百零五"),
        ("chineseLegalSimplified", "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 壹佰零伍"),
        ("ideographDigital", "一 二 一〇 一一 二〇 二一 一〇五"),
        ("ideographTraditional", "甲 乙 癸 甲 癸 甲 戊"),
        ("decimalEnclosedCircle", "① ② ⑩ ⑪ ⑳ ㉑ 105"),
        ("decimalEnclosedParen", "⑴ ⑵ ⑽ ⑾ ⒇ 21 105"),
        ("lowerLetter", "a b j k t u aaaaa"),
        ("upperRoman", "I II X XI XX XXI CV"),
        ("unheardOf", "1 2 10 11 20 21 105"),
    ],
)
def test_automatic_numbers_are_written_in_their_form(form, said):
    assert [written(count, form) for count in (1, 2, 10, 11, 20, 21, 105)] == (
        said.split() if form != "lowerLetter" else ["a", "b", "j", "k", "t", "u", "a" * 5]
    )


def test_headings_have_their_automatic_numbers(tmp_path):
    numbering = levels(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")) + num(900)
    body = "".join(
        p(title, listed(900, depth))
        for title, depth in [
            ("概况", 0),
            ("职能", 1),
            ("机构", 2),
            ("人员", 2),
            ("预算", 1),
            ("构成", 2),
            ("结论", 0),
            ("得分", 1),
        ]
    )
    document = word(tmp_path, body, numbering=numbering)
    assert texts(document) == [
        "一、概况",
        "（一）职能",
        "1.机构",
        "2.人员",
        "（二）预算",
        "1.构成",
        "二、结论",
        "（一）得分",
    ]
    assert all(isinstance(block, Heading) for block in document.blocks)
    assert document.sections[-1].path == "二/（一）"


def test_a_style_numbers_its_paragraphs_and_one_may_be_taken_out(tmp_path):
    numbering = levels(("decimal", "%1"), ("decimal", "%1.%2")) + num(900)
    numbering = numbering.replace(
        '<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="decimal"/><w:pStyle w:val="Chapter"/>', 1
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="Chapter"/><w:pPr>'
        '<w:numPr><w:numId w:val="900"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Part"><w:name w:val="Part"/><w:basedOn w:val="Chapter"/><w:pPr>'
        '<w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )  # fmt: skip
    chapter, part = '<w:pStyle w:val="Chapter"/>', '<w:pStyle w:val="Part"/>'
    body = (
        p("概况", chapter) + p("职能", part) + p("摘要", chapter + listed(0)) + p("预算", chapter) + p("年初预算", part)
    )
    assert texts(word(tmp_path, body, numbering=numbering, styles=styles)) == [
        "1概况",
        "1.1职能",
        "摘要",
        "2预算",
        "2.1年初预算",
    ]


def test_lists_start_again_where_word_starts_them_again(tmp_path):
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = levels(("decimal", "%1、")) + num(900) + num(901) + num(902, override)
    body = "".join(p(LONG, listed(list_id)) for list_id in (900, 900, 901, 902, 902))
    assert [text[:2] for text in texts(word(tmp_path, body, numbering=numbering))] == [
        "1、",
        "2、",
        "3、",
        "5、",
        "6、",
    ]


def test_a_level_may_go_on_over_headings_and_write_all_numbers_as_digits(tmp_path):
    rows = (level(0, "chineseCounting", "第%1章", suffix="space"),
            level(1, "decimal", "%1.%2", "<w:lvlRestart w:val=\"0\"/><w:isLgl/>", suffix="tab"))  # fmt: skip
    numbering = f'<w:abstractNum w:abstractNumId="800">{"".join(rows)}</w:abstractNum>' + num(900)
    body = p("概况", listed(900)) + p("职能", listed(900, 1)) + p("结论", listed(900)) + p("2023年得分", listed(900, 1))
    assert texts(word(tmp_path, body, numbering=numbering)) == [
        "第一章 概况",
        "1.1 职能",
        "第二章 结论",
        "2.2 2023年得分",
    ]


def test_an_empty_cell_shows_its_automatic_number(tmp_path):
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    rows = row.format(p("序号"), p("股室")) + "".join(
        row.format(p("", listed(900)), p(name)) for name in ("办公室", "财务股")
    )
    document = word(tmp_path, f"<w:tbl>{rows}</w:tbl>", numbering=levels(("decimal", "%1")) + num(900))
    assert cells(document.tables[0]) == [["序号", "股室"], ["1", "办公室"], ["2", "财务股"]]


def test_changes_are_read_as_if_accepted(tmp_path):
    body = (
        f"<w:p>{r('预算为')}<w:del w:id='1'><w:r><w:delText>120</w:delText></w:r></w:del>"
        f"<w:ins w:id='2'>{r('130')}</w:ins>{r('万元。')}<w:moveFrom w:id='3'>{r('旧')}</w:moveFrom></w:p>"
        + p("本段与下一段", "<w:rPr><w:del w:id='4'/></w:rPr>")
        + p("已合并成一段。")
        + f"<w:p><w:moveTo w:id='5'>{r('移到这里的一段。')}</w:moveTo></w:p>"
        + "<w:tbl><w:tr><w:tc>" + p("项目") + "</w:tc><w:tc>" + p("金额") + "</w:tc></w:tr>"
        + "<w:tr><w:trPr><w:del w:id='6'/></w:trPr><w:tc>" + p("删去") + "</w:tc><w:tc>" + p("1") + "</w:tc></w:tr>"
        + "<w:tr><w:trPr><w:ins w:id='7'/></w:trPr><w:tc>" + p("留下") + "</w:tc><w:tc>" + p("2") + "</w:tc></w:tr>"
        + "</w:tbl>"
    )  # fmt: skip
    document = word(tmp_path, body)
    assert texts(document) == ["预算为130万元。", "本段与下一段已合并成一段。", "移到这里的一段。"]
    assert cells(document.tables[0]) == [["项目", "金额"], ["留下", "2"]]


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark.format("begin") + code + mark.format("separate") + result + mark.format("end")


def test_fields_show_their_result(tmp_path):
    caption = f"<w:p>{r('表 ')}{field('SEQ 表', r('3'))}{r(' 支出情况表')}</w:p>"
    nested = field("IF " + field("PAGE", r("8")) + " = 1", r("一致"))
    formula = f"<w:p>{field('=SUM(ABOVE)', r('130.00'))}</w:p>"
    rows = f"<w:tr><w:tc>{p('设备')}</w:tc><w:tc>{p('130.00')}</w:tc></w:tr>"
    rows += f"<w:tr><w:tc>{p('合计')}</w:tc><w:tc>{formula}</w:tc></w:tr>"
    simple = f'<w:p><w:fldSimple w:instr="REF x">{r("见上表。")}</w:fldSimple></w:p>'
    document = word(tmp_path, caption + f"<w:tbl>{rows}</w:tbl>" + f"<w:p>{r('结论')}{nested}{r('。')}</w:p>" + simple)
    assert document.tables[0].name == "表 3 支出情况表"
    assert cells(document.tables[0]) == [["设备", "130.00"], ["合计", "130.00"]]
    assert texts(document)[-2:] == ["结论一致。", "见上表。"]


def test_a_field_without_an_end_hides_nothing_else(tmp_path):
    broken = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>'
    assert texts(word(tmp_path, broken + p(LONG))) == [LONG]


def test_the_contents_field_gives_the_contents_and_lists_of_tables_none(tmp_path):
    def entry(title, page):
        return f"{r(title)}<w:r><w:tab/></w:r>{field('PAGEREF _Toc1', r(page))}"

    first, *rest, last = [entry("一、概况", "1"), entry("二、结论", "6"), entry("附件1 评分表", "9")]
    code = '<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    toc = f"<w:p>{mark.format('begin')}{code}{mark.format('separate')}{first}</w:p>"
    toc += "".join(f"<w:p>{line}</w:p>" for line in rest) + f"<w:p>{last}{mark.format('end')}</w:p>"
    tables = "<w:p>" + field("TOC \\c 表", entry("表 1 支出情况表", "3")) + "</w:p>"
    body = (
        f"<w:sdt><w:sdtContent>{p('目 录')}{toc}</w:sdtContent></w:sdt>"
        + tables
        + p("一、概况")
        + p(LONG)
        + p("二、结论")
    )
    document = word(tmp_path, body)
    assert [(entry.text.value, entry.page) for entry in document.toc] == [
        ("一、概况", 1),
        ("二、结论", 6),
        ("附件1 评分表", 9),
    ]
    assert [block.text.value for block in document.blocks if isinstance(block, Heading)] == ["一、概况", "二、结论"]
    assert not any("支出情况表" in text for text in texts(document))


def test_what_is_hidden_is_not_read(tmp_path):
    hidden = '<w:style w:type="character" w:styleId="Hid"><w:name w:val="Hid"/><w:rPr><w:vanish/></w:rPr></w:style>'
    inner = r("共") + r("120", "<w:vanish/>") + r("旧", '<w:rStyle w:val="Hid"/>') + r("130", '<w:vanish w:val="0"/>')
    body = f"<w:p>{inner}{r('万元。')}</w:p>"
    assert texts(word(tmp_path, body, styles=hidden)) == ["共130万元。"]


def test_characters_are_those_that_the_page_shows(tmp_path):
    inner = (
        r("得分率") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + r("90%")
        + '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>' + r("，面积1") + "<w:r><w:softHyphen/></w:r>"
        + r("20m") + r("2", '<w:vertAlign w:val="superscript"/>') + r("，共\u00a05\u00a0项\u200b，编号A")
        + "<w:r><w:noBreakHyphen/></w:r>" + r("1") + "<w:r><w:tab/></w:r>" + r("完")
    )  # fmt: skip
    assert texts(word(tmp_path, f"<w:p>{inner}</w:p>")) == ["得分率≥90%，面积120m²，共5项，编号A-1\t完"]


def test_an_equation_is_read_in_a_line(tmp_path):
    def run(text):
        return f"<m:r><m:t>{text}</m:t></m:r>"

    fraction = f"<m:f><m:num>{run('6')}</m:num><m:den>{run('8')}</m:den></m:f>"
    body = f"<w:p>{r('完成率=')}<m:oMath>{fraction}{run('×100%=75%')}</m:oMath>{r('。')}</w:p>"
    assert texts(word(tmp_path, body)) == ["完成率=(6)/(8)×100%=75%。"]


def test_lines_of_one_paragraph(tmp_path):
    """A break in a sentence is a soft one; elsewhere it begins a new line as a reader sees it."""
    inner = f"{r('截至年末，项目资金')}<w:r><w:br/></w:r>{r('已全部支付。')}<w:r><w:br/></w:r>{r('单位：万元')}"
    pages = f"<w:p>{r('汀原县水利局')}<w:r><w:br w:type='page'/></w:r>{r('2023年度')}</w:p>"
    assert texts(word(tmp_path, f"<w:p>{inner}</w:p>" + pages)) == [
        "截至年末，项目资金已全部支付。",
        "单位：万元",
        "汀原县水利局",
        "2023年度",
    ]


def box(text: str) -> str:
    return f"<w:txbxContent>{p(text)}</w:txbxContent>"


def test_a_text_box_is_read_once(tmp_path):
    shape = f"<wps:wsp><wps:txbx>{box('框中文字。')}</wps:txbx></wps:wsp>"
    drawing = f"<a:graphic><a:graphicData uri='x'>{shape}</a:graphicData></a:graphic>"
    choice = f"<mc:Choice Requires='wps'><w:drawing><wp:anchor>{drawing}</wp:anchor></w:drawing></mc:Choice>"
    old = f"<w:pict><v:shape><v:textbox>{box('框中文字。')}</v:textbox></v:shape></w:pict>"
    both = f"<mc:AlternateContent>{choice}<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p>{r('正文第一段。')}<w:r>{both}</w:r></w:p>" + p("正文第二段。")
    assert texts(word(tmp_path, body)) == ["正文第一段。", "框中文字。", "正文第二段。"]


def test_notes_stand_at_the_end_of_their_section(tmp_path):
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = (
        p("一、概况") + f"<w:p>{r('预算为130')}{reference}{r('万元。')}</w:p>" + p("下一段。") + p("二、结论") + p(LONG)
    )
    note = f'<w:footnote w:id="2">{p("不含上年结转5万元。")}</w:footnote>'
    document = word(tmp_path, body, parts={"footnotes": note})
    assert texts(document) == ["一、概况", "预算为130万元。", "下一段。", "不含上年结转5万元。", "二、结论", LONG]


def test_headers_and_footers_are_no_part_of_the_body(tmp_path):
    document = new_document()
    document.sections[0].header.paragraphs[0].text = "页眉文字"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.add_paragraph(LONG)
    document.save(tmp_path / "report.docx")
    assert texts(read(tmp_path / "report.docx")) == [LONG]


def test_containers_and_links_are_opened(tmp_path):
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('万元。')}</w:sdtContent></w:sdt>"
    link = f"<w:p><w:hyperlink>{r('资金')}</w:hyperlink><w:smartTag>{r('130')}</w:smartTag>{control}</w:p>"
    assert texts(word(tmp_path, f"<w:sdt><w:sdtContent>{link}</w:sdtContent></w:sdt>")) == ["资金130万元。"]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
WIDE = '<w:gridSpan w:val="2"/>'


def test_merged_cells(tmp_path):
    rows = (
        row(cell("指标", DOWN), cell("2023年", WIDE), properties="<w:tblHeader/>"),
        row(cell("", ON), cell("预算"), cell("决算"), properties="<w:tblHeader/>"),
        row(cell("设备"), cell("10"), cell("9")),
        row(cell("合计"), cell("10"), properties='<w:gridAfter w:val="1"/>'),
        row(cell("另计9"), properties='<w:gridBefore w:val="2"/>'),
    )
    (table,) = word(tmp_path, f"<w:tbl>{''.join(rows)}</w:tbl>").tables
    assert cells(table) == [
        ["指标", "2023年", "^"],
        ["^", "预算", "决算"],
        ["设备", "10", "9"],
        ["合计", "10", ""],
        ["", "", "另计9"],
    ]
    assert table.header_rows == 2
    assert table.header == ("指标", "2023年预算", "2023年决算")


def test_columns_that_are_not_quite_in_line_are_one(tmp_path):
    """Word cuts the grid at each edge: a row drawn a millimetre off gets columns of its own."""
    grid = "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{w}"/>' for w in (2000, 60, 1940, 2000)) + "</w:tblGrid>"
    rows = row(cell("项目"), cell("预算", WIDE), cell("决算")) + row(cell("设备", WIDE), cell("10"), cell("9"))
    (table,) = word(tmp_path, f"<w:tbl>{grid}{rows}</w:tbl>").tables
    assert cells(table) == [["项目", "预算", "决算"], ["设备", "10", "9"]]


def test_a_table_inside_a_cell_is_a_table_of_its_own(tmp_path):
    inner = f"<w:tbl>{row(cell('项目'), cell('金额'))}{row(cell('设备'), cell('10'))}</w:tbl>"
    outer = row(cell("说明"), cell("明细")) + row(cell("见右"), f"<w:tc>{p('如下')}{inner}{p()}</w:tc>")
    first, second = word(tmp_path, f"<w:tbl>{outer}</w:tbl>").tables
    assert cells(first) == [["说明", "明细"], ["见右", "如下"]]
    assert cells(second) == [["项目", "金额"], ["设备", "10"]]


def test_a_frame_around_text_is_no_table(tmp_path):
    inner = f"<w:tbl>{row(cell('项目'), cell('金额'))}{row(cell('设备'), cell('10'))}</w:tbl>"
    frame = f"<w:tbl>{row(f'<w:tc>{p(LONG)}{inner}{p()}</w:tc>')}</w:tbl>"
    document = word(tmp_path, frame)
    assert texts(document) == [LONG]
    assert cells(document.tables[0]) == [["项目", "金额"], ["设备", "10"]]


@pytest.mark.parametrize("header", [True, False], ids=["with its header", "without"])
def test_a_table_goes_on_under_a_line_that_says_so(tmp_path, header):
    def table(*rows):
        return f"<w:tbl>{''.join(row(*map(cell, values)) for values in rows)}</w:tbl>"

    head = [("项目", "金额")]
    first = table(*head, ("设备", "10"), ("安装", "5"))
    second = table(*(head if header else []), ("监理", "1"), ("合计", "16"))
    document = word(tmp_path, p("表 1 支出表") + first + p("续表 1") + p("单位：万元") + second)
    (whole,) = document.tables
    assert cells(whole) == [["项目", "金额"], ["设备", "10"], ["安装", "5"], ["监理", "1"], ["合计", "16"]]
    assert [line[0].row for line in whole.rows] == [0, 1, 2, 3, 4]


def test_an_embedded_sheet_is_named_as_not_read(tmp_path):
    sheet = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/>'
    document = word(tmp_path, f"<w:p>{r('见下表。')}<w:r><w:object>{sheet}</w:object></w:r></w:p>")
    assert texts(document) == ["见下表。"]
    (problem,) = document.problems
    assert problem.kind == "page-unreadable"
    assert "1 个嵌入的表格（Excel）未读取" in problem.message


def test_a_table_without_measure_is_named_and_the_rest_read(tmp_path):
    steps = "".join(
        f'<w:tr><w:trPr><w:gridBefore w:val="{n % 200}"/></w:trPr><w:tc><w:p/></w:tc></w:tr>' for n in range(3000)
    )
    document = word(tmp_path, f"<w:tbl>{steps}</w:tbl>" + p(LONG))
    assert texts(document) == [LONG]
    assert [problem.kind for problem in document.problems] == ["limit-reached"]


NINE_COLUMNS = (
    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="9"/></w:tcPr><w:p/></w:tc></w:tr>'
    "<w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
)


def test_the_places_of_all_tables_count_together(tmp_path):
    """A file of a few bytes may claim as many columns as it likes, in each of its tables."""
    path = tmp_path / "report.docx"
    word(tmp_path, (NINE_COLUMNS + p(LONG)) * 3)
    document = read(path, limits=Limits(table_cells=5))
    (problem,) = document.problems
    assert (problem.kind, "table_cells" in problem.message) == ("limit-reached", True)
    assert texts(document) == [LONG] * 3


@pytest.mark.parametrize(("name", "limit"), [("stream_bytes", 2000), ("part_tags", 60)])
def test_limits_on_a_part_are_those_of_the_settings(name, limit, tmp_path):
    path = tmp_path / "report.docx"
    word(tmp_path, p(LONG) * 9)
    with pytest.raises(ReadError) as error:
        read(path, limits=Limits(**{name: limit}))
    assert name in error.value.zh
    assert str(limit) in error.value.en


def test_a_document_that_takes_too_long_is_left_and_named(tmp_path):
    path = tmp_path / "report.docx"
    word(tmp_path, p(LONG) * 9)
    document = read(path, limits=Limits(file_seconds=0))
    assert [(problem.kind, "file_seconds" in problem.message) for problem in document.problems] == [
        ("limit-reached", True)
    ]
    assert document.blocks == ()


def test_tables_within_tables_as_deep_as_the_format_allows(tmp_path):
    nest = "<w:tbl><w:tr><w:tc>" * 80 + p(LONG) + "</w:tc></w:tr></w:tbl>" * 80
    assert texts(word(tmp_path, nest)) == [LONG]


def test_every_character_knows_its_paragraph(tmp_path):
    numbering = levels(("chineseCounting", "%1、")) + num(900)
    inner = f"<w:p>{r('预算 ')}<w:del w:id='1'><w:r><w:delText>9</w:delText></w:r></w:del>{r('为130万元。')}</w:p>"
    document = word(tmp_path, p("概况", listed(900)) + inner, numbering=numbering)
    heading, paragraph = (block.text for block in document.blocks if not isinstance(block, Table))
    assert [(*source, length) for source, length in heading.sources(0, 4)] == [(0, None, 2), (0, 0, 2)]
    at = paragraph.value.index("130")
    assert [(*source, length) for source, length in paragraph.sources(at, at + 3)] == [(1, 4, 3)]


def test_a_document_without_text(tmp_path):
    with pytest.raises(ReadError, match="no text"):
        word(tmp_path, p())
