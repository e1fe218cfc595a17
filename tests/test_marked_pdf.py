"""The marked PDF: marks sit on their figures however a page is turned or cut, and nothing else changes."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name
from PIL import ImageStat
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from checker.engine import check_document
from checker.readers import read
from checker.reports import pdf as marked_pdf
from checker.reports.formats import FormatError
from checker.reports.wording import marked_places, note, to_review
from rules import RULES

FAULTY = Path(__file__).parent.parent / "fixtures" / "reports" / "department" / "faulty.pdf"
WIDTH, HEIGHT = A4
LINES = (
    "一、基本情况",
    "项目到位资金560.00万元，其中：中央资金300.00万元，省级资金170.00万元，县级资金100.00万元。",
    "项目支出资金450.00万元，其中：设备购置250.00万元，安装调试200.00万元。",
)
TURNS = {  # degrees: how the content is moved, so that it is upright again, and the size of the sheet
    0: ((1, 0, 0, 1, 0, 0), (WIDTH, HEIGHT)),
    90: ((0, 1, -1, 0, HEIGHT, 0), (HEIGHT, WIDTH)),
    180: ((-1, 0, 0, -1, WIDTH, HEIGHT), (WIDTH, HEIGHT)),
    270: ((0, -1, 1, 0, 0, WIDTH), (HEIGHT, WIDTH)),
}


@pytest.fixture
def draft(tmp_path):
    """A page with one sum that is wrong and one that is right."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "draft.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for number, line in enumerate(LINES):
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(70, HEIGHT - 120 - 24 * number, line)
    canvas.save()
    return path


def changed(path, change):
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)
    return path


def checked(path):
    return check_document(read(path), RULES)


def marked(path, tmp_path, result=None):
    out = tmp_path / "marked.pdf"
    out.write_bytes(marked_pdf.render(result or checked(path), "zh"))
    return out


@dataclass
class Annotation:
    words: str
    edges: tuple
    density: Decimal | None


def annotations(path, kind):
    """Our annotations of a kind on the first page."""
    with pikepdf.open(path) as pdf:
        return [
            Annotation(str(a.Contents), edges(list(a.get("/QuadPoints", a.Rect))), a.get("/CA"))
            for a in pdf.pages[0].obj.get("/Annots", [])
            if a.Subtype == kind and a.get("/T") == "checker"
        ]


def boxes_of(path, words):
    """Where these words stand on the first page, in the page's own coordinates, by another library's reading."""
    document = pypdfium2.PdfDocument(path)
    page = document[0].get_textpage()
    start = page.get_text_range().index(words)
    boxes = [page.get_charbox(start + i) for i in range(len(words))]
    page.close()
    document.close()
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def edges(points):
    xs, ys = [float(x) for x in points[::2]], [float(y) for y in points[1::2]]
    return min(xs), min(ys), max(xs), max(ys)


def covers(outer, inner):
    return all(a <= b + 2 for a, b in zip(outer[:2], inner[:2], strict=True)) and all(
        a >= b - 2 for a, b in zip(outer[2:], inner[2:], strict=True)
    )


@pytest.mark.parametrize("degrees", TURNS)
@pytest.mark.parametrize("cut", [False, True], ids=["whole", "cropped"])
@pytest.mark.parametrize("moved", [0, 50], ids=["", "moved"])
def test_marks_sit_on_their_figures(draft, tmp_path, degrees, cut, moved):
    def turn(pdf):
        page = pdf.pages[0]
        move, (width, height) = TURNS[degrees]
        page.contents_add(f"q {' '.join(map(str, move))} cm\n".encode(), prepend=True)
        page.contents_add(b"\nQ")
        page.obj.MediaBox, page.obj.Rotate = Array([-moved, moved, width - moved, height + moved]), degrees
        if cut:
            page.obj.CropBox = Array([20 - moved, 30 + moved, width - 25 - moved, height - 35 + moved])

    out = marked(changed(draft, turn), tmp_path)
    found = annotations(out, "/Highlight")
    assert len(found) == 4
    for words in ("560.00万元", "300.00万元", "170.00万元", "100.00万元"):
        place = boxes_of(out, words)
        on_it = [a for a in found if covers(a.edges, place)]
        assert len(on_it) == 1, words
        quad = on_it[0].edges
        assert (quad[2] - quad[0]) * (quad[3] - quad[1]) < 2.5 * (place[2] - place[0]) * (place[3] - place[1])


def test_the_questioned_figure_stands_out(draft, tmp_path):
    found = annotations(marked(draft, tmp_path), "/Highlight")
    assert [str(a.density) for a in found] == ["0.4", "0.17", "0.17", "0.17"]
    assert "300.00 + 170.00 + 100.00 = 570.00 ≠ 560.00" in found[0].words


def test_confirmed_figures_are_ticked_and_contradicted_ones_are_not(draft, tmp_path):
    out = marked(draft, tmp_path)
    ticks = [a for a in annotations(out, "/Stamp") if "✓" in a.words]
    assert len(ticks) == 3
    assert "250.00 + 200.00 = 450.00" in ticks[0].words
    right = [boxes_of(out, words)[2] for words in ("450.00万元", "250.00万元", "200.00万元")]
    assert [a.edges[0] for a in ticks] == pytest.approx(right, abs=3)


def test_every_mark_is_drawn_by_the_viewer(draft, tmp_path):
    """The marks carry their own appearance, so a viewer that knows nothing of them shows them."""

    def tint(path):
        document = pypdfium2.PdfDocument(path)
        image = document[0].render().to_pil().convert("RGB")
        document.close()
        left, bottom, right, top = boxes_of(draft, "560.00万元")
        red, green, blue = ImageStat.Stat(
            image.crop((int(left), int(HEIGHT - top), int(right), int(HEIGHT - bottom)))
        ).mean
        return red - (green + blue) / 2

    assert tint(draft) < 1
    assert tint(marked(draft, tmp_path)) > 30


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    folder = tmp_path_factory.mktemp("marked")
    result = checked(FAULTY)
    return result, marked(FAULTY, folder, result)


def squeezed(text):
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_under_every_mark_of_a_whole_report_stand_the_words_of_its_finding(faulty):
    """By another library's reading of the same pages."""
    result, _ = faulty
    document, wrong = pypdfium2.PdfDocument(FAULTY), []
    pages = [document[number].get_textpage() for number in range(len(document))]
    places = [(e.mention.text, e.mention.start, e.mention.end) for _, f in to_review(result) for e in f.evidence]
    with pikepdf.open(FAULTY) as pdf:
        spaces = [marked_pdf.space_of(page) for page in pdf.pages]
        for text, start, end in places:
            read = ""
            for line in text.lines(start, end):
                left, bottom, right, top = spaces[line.page - 1].rectangle(line.box)
                read += pages[line.page - 1].get_text_bounded(left - 1, bottom - 1, right + 1, top + 1)
            words = squeezed(text.value[start:end])
            if words not in squeezed(read) or len(squeezed(read)) > len(words) + 6:
                wrong.append((words, read))
    for page in pages:
        page.close()
    document.close()
    assert len(places) > 200
    assert not wrong


def test_nothing_of_the_original_is_changed(faulty):
    _, out = faulty
    with pikepdf.open(FAULTY) as before, pikepdf.open(out) as after:
        assert len(before.pages) == len(after.pages)
        for old, new in zip(before.pages, after.pages, strict=True):
            assert old.Contents.read_bytes() == new.Contents.read_bytes()
            assert set(new.obj) - {"/Annots"} == set(old.obj) - {"/Annots"}
        assert not after.check_pdf_syntax()


def test_a_number_in_the_margin_leads_to_the_other_place(faulty):
    result, out = faulty
    far = [f for _, f in to_review(result) if f.evidence[0].page != f.evidence[-1].page and len(f.evidence) == 2]
    assert far
    with pikepdf.open(out) as pdf:
        order = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        leads = {
            (number, order[a.Dest[0].objgen])
            for number, page in enumerate(pdf.pages, start=1)
            for a in page.obj.get("/Annots", [])
            if a.Subtype == "/Link"
        }
    for finding in far:
        first, last = finding.evidence[0].page, finding.evidence[-1].page
        assert {(first, last), (last, first)} <= leads


def test_the_outline_lists_the_findings_behind_what_was_there(draft, tmp_path):
    def add(pdf):
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("原有目录", 0))

    with pikepdf.open(marked(changed(draft, add), tmp_path)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["原有目录", "核对意见：不符 1，未决 0"]
        (entry,) = outline.root[1].children
        assert entry.title.startswith("1 错误 SUM002 “项目到位资金”560.00万元")


def test_annotations_that_were_there_stay(draft, tmp_path):
    def add(pdf):
        old = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[10, 10, 30, 30], Contents="请补充说明")
        pdf.pages[0].obj.Annots = pdf.make_indirect(Array([old]))

    with pikepdf.open(marked(changed(draft, add), tmp_path)) as pdf:
        first, *others = pdf.pages[0].obj.Annots
        assert str(first.Contents) == "请补充说明"
        assert others


def test_a_file_encrypted_without_a_password_is_marked_and_stays_encrypted(draft, tmp_path):
    with pikepdf.open(draft, allow_overwriting_input=True) as pdf:
        pdf.save(draft, encryption=pikepdf.Encryption(owner="owner", user=""))
    with pikepdf.open(marked(draft, tmp_path)) as pdf:
        assert pdf.is_encrypted
        assert any(a.Subtype == "/Highlight" for a in pdf.pages[0].obj.Annots)


def test_a_signed_file_is_refused_with_a_sentence(draft, tmp_path):
    def sign(pdf):
        pdf.Root.AcroForm = Dictionary(Fields=[], SigFlags=3)

    result = checked(changed(draft, sign))
    with pytest.raises(FormatError) as refused:
        marked_pdf.render(result, "zh")
    assert "签名" in refused.value.zh
    assert "signed" in refused.value.en


def test_a_file_that_changed_since_is_refused(draft):
    result = checked(draft)
    other = replace(result, document=replace(result.document, sha256="0" * 64))
    with pytest.raises(FormatError):
        marked_pdf.render(other, "zh")


def test_text_of_the_report_cannot_act(tmp_path):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "draft.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont("STSong-Light", 9)
    hostile = "<script>app.alert(1)</script>)/S/JavaScript/JS(资金560.00万元，其中：中央300.00万元，县级270.00万元。"
    canvas.drawString(70, HEIGHT - 120, hostile)
    canvas.save()
    result = checked(path)
    assert result.findings
    with pikepdf.open(marked(path, tmp_path, result)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, Dictionary):
                assert not {"/JS", "/JavaScript", "/URI", "/Launch", "/A", "/AA", "/OpenAction"} & set(thing.keys())
        assert any("<script>app.alert(1)" in str(a.get("/Contents", "")) for a in pdf.pages[0].obj.Annots)


def test_notes_hold_no_character_that_cannot_be_seen(check):
    result = check("一、情况\n\n\u202e到位\u0007资金560.00万元，其中：中央300.00万元，县级270.00万元。\n")
    (finding,) = result.findings
    assert "\u202e" in finding.evidence[0].quote
    assert set(note(finding, "zh", finding.evidence[0])).isdisjoint({"\u202e", "\u0007"})


COLUMN = "一、收支\n\n表1 支出明细表\n\n单位：万元\n\n内容\t金额\n{rows}合计\t{total}\n"


def test_an_open_check_over_a_column_marks_the_figure_in_question_only(check):
    """What could not be decided says nothing against the parts."""
    rows = "".join(f"第{number}项\t{number}0.00\n" for number in range(1, 9))
    result = check(COLUMN.format(rows=rows, total="900.00"))
    (undecided,) = (finding for _, finding in to_review(result) if finding.rule == "SUM001")
    assert undecided.verdict == "open"
    assert len(undecided.evidence) > 4
    assert [evidence.words for evidence in marked_places(undecided)] == ["900.00"]
