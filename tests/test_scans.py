"""Scans: what is said without the extra, figures that were read badly, and real recognition where it is installed."""

import importlib.util
import socket
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from checker.boxes import Box
from checker.engine import check_document
from checker.readers import ReadError, read, scan
from checker.readers.pdf_page import Rule
from checker.readers.scan_seen import Seen, Sign, Strip, Turn
from checker.rule import installed_rules
from checker.text import Text

FIXTURES = Path(__file__).parents[1] / "fixtures"
UNIT = scan.DPI / 72
WRONG = "项目支出100.50万元，由设备购置60.20万元和人员培训30.10万元组成。"
needs_extra = pytest.mark.skipif(
    not all(map(importlib.util.find_spec, ("rapidocr", "openvino", "cv2"))), reason="the extra [ocr] is not installed"
)


@pytest.fixture
def scanned(tmp_path):
    """A PDF of one page that is a picture."""
    path = tmp_path / "scan.pdf"
    buffer = BytesIO()
    Image.new("L", (60, 80), 250).save(buffer, "PNG")
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawImage(ImageReader(BytesIO(buffer.getvalue())), 0, 0, *A4)
    canvas.save()
    return path


def strip(words, x=100.0, top=100.0, size=12.0, unsure=()):
    """A line of signs of 12 points, as it is seen: those at ``unsure`` badly."""
    signs, at = [], x
    for place, sign in enumerate(words):
        width = size if sign >= "⺀" else size / 2
        signs.append(Sign(sign, (at + width / 2) * UNIT, 0.5 if place in unsure else 0.99))
        at += width
    return Strip(tuple(signs), Box(x * UNIT, top * UNIT, at * UNIT, (top + size) * UNIT))


def seeing(monkeypatch, *strips, rules=(), angle=0.0):
    monkeypatch.setattr(scan, "recogniser", lambda: lambda picture, unit: Seen(strips, tuple(rules), angle))


def checked(path):
    return check_document(read(path), installed_rules())


def test_without_the_extra_a_scan_says_what_to_install(scanned, monkeypatch):
    monkeypatch.setattr(scan, "recogniser", lambda: None)
    with pytest.raises(ReadError) as error:
        read(scanned)
    for sentence in (error.value.zh, error.value.en):
        assert "pip install 'report-checker[ocr]'" in sentence
        assert "OCR" in sentence


def test_without_the_extra_a_scanned_page_among_others_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(scan, "recogniser", lambda: None)
    whole = tmp_path / "mixed.pdf"
    with pikepdf.open(FIXTURES / "reports/project/clean.pdf") as mixed:
        with pikepdf.open(FIXTURES / "scans/clean.pdf") as page:
            mixed.pages[3:4] = page.pages
        mixed.save(whole)
    (problem,) = read(whole).problems
    assert (problem.kind, problem.where) == ("page-unreadable", "第 4 页")
    assert "pip install 'report-checker[ocr]'" in problem.message


def test_recognition_that_fails_is_named(scanned, monkeypatch):
    def fails(picture, unit):
        raise RuntimeError

    monkeypatch.setattr(scan, "recogniser", lambda: fails)
    with pytest.raises(ReadError) as error:
        read(scanned)
    assert "RuntimeError" in error.value.zh
    assert "RuntimeError" in error.value.en


def test_page_that_cannot_be_made_out_is_named(scanned, monkeypatch):
    seeing(monkeypatch, strip(WRONG, unsure=range(0, 30, 2)))
    with pytest.raises(ReadError) as error:
        read(scanned)
    assert "更清楚" in error.value.zh


def test_fault_in_figures_that_were_read_well_is_found(scanned, monkeypatch):
    seeing(monkeypatch, strip(WRONG))
    result = checked(scanned)
    assert [finding.rule for finding in result.findings] == ["SUM002"]
    assert not result.document.problems


@pytest.mark.parametrize("language, said", [("zh", "扫描件"), ("en", "scan")])
def test_fault_in_a_figure_that_was_read_badly_stays_open(scanned, monkeypatch, language, said):
    seeing(monkeypatch, strip(WRONG, unsure=[WRONG.index("60.20")]))
    result = checked(scanned)
    assert not result.findings
    (held,) = [check for check in result.checks if check.rule == "SUM002"]
    assert held.verdict == "open"
    assert said in held.message.say(language)
    assert "“60.20万元”" in held.message.say(language)
    assert "90.30" in held.message.say(language)
    assert result.summary.open == 1


def test_word_that_was_read_badly_beside_the_figures_changes_nothing(scanned, monkeypatch):
    words = WRONG.replace("100.50", "（含税）100.50")
    seeing(monkeypatch, strip(words, unsure=[words.index("购"), words.index("（")]))
    assert [finding.rule for finding in checked(scanned).findings] == ["SUM002"]


def test_evidence_of_a_turned_page_lies_where_it_stands_on_the_page(scanned, monkeypatch):
    angle = 0.02
    seeing(monkeypatch, strip(WRONG, x=40, top=60), angle=angle)
    (finding,) = checked(scanned).findings
    box = finding.evidence[0].bbox
    width, height = (round(side * UNIT) / UNIT for side in A4)
    at = WRONG.index("100.50")
    left = 40 + sum(12 if sign >= "⺀" else 6 for sign in WRONG[:at])
    x, y = Turn(angle, width / 2, height / 2).laid(left, 66)
    assert box[0] == pytest.approx(x, abs=3)
    assert (box[1] + box[3]) / 2 == pytest.approx(y, abs=2)
    assert y < 66 - 2  # to the left of the middle a page that is turned clockwise rises


@pytest.mark.parametrize(
    "quarters, middle_of",
    [(1, lambda x, y: (A4[0] - y, x)), (2, lambda x, y: (A4[0] - x, A4[1] - y)), (3, lambda x, y: (y, A4[1] - x))],
)
def test_page_on_its_side_is_read_and_its_evidence_lies_on_its_side(scanned, monkeypatch, quarters, middle_of):
    shapes = []

    def sees(picture, unit):
        shapes.append(picture.shape)
        return Seen((strip(WRONG, 40, 60, unsure=() if len(shapes) > quarters else range(len(WRONG))),), ())

    monkeypatch.setattr(scan, "recogniser", lambda: sees)
    result = checked(scanned)
    (finding,) = result.findings
    left = 40 + sum(12 if sign >= "⺀" else 6 for sign in WRONG[: WRONG.index("100.50")])
    width = 6 * len("100.50") + 24
    box = Box(*finding.evidence[0].bbox)
    assert middle(box) == pytest.approx(middle_of(left + width / 2, 66), abs=4)
    assert (box.x1 - box.x0 > box.bottom - box.top) == (quarters == 2)
    assert shapes[0] == shapes[-1][:: 1 if quarters == 2 else -1]
    assert not result.document.problems


def test_rules_that_are_seen_make_a_table(scanned, monkeypatch):
    rules = [Rule(False, y * UNIT, 90 * UNIT, 290 * UNIT) for y in (90, 110, 130, 150, 170, 190)]
    rules += [Rule(True, x * UNIT, 90 * UNIT, 190 * UNIT) for x in (90, 190, 290)]
    rows = [("项目", "金额（万元）"), ("设备", "12"), ("培训", "30"), ("宣传", "8"), ("合计", "60")]
    strips = [strip(cell, 95 + 100 * c, 94 + 20 * r) for r, row in enumerate(rows) for c, cell in enumerate(row)]
    seeing(monkeypatch, *strips, rules=rules)
    result = checked(scanned)
    (table,) = result.document.tables
    assert [tuple(cell.value for cell in row) for row in table.rows] == rows
    assert [finding.rule for finding in result.findings] == ["SUM001"]


def test_sizes_that_differ_by_chance_are_one(scanned, monkeypatch):
    lines = (
        "评价组查阅了项目的全部账目与合同并走访了受益的农户和村委会干部",
        "以及镇上的办事人员，没有发现其他问题，村卫生室的房屋和设备得",
        "3分。",
    )
    seeing(monkeypatch, *(strip(line, 80, 100 + 24 * n, 14.3 - n) for n, line in enumerate(lines)))
    (paragraph,) = read(scanned).paragraphs
    assert paragraph.text.value == "".join(lines)


def test_dash_between_numbers_is_no_ideograph(scanned, monkeypatch):
    seeing(monkeypatch, strip("2021一2023年共建成一百一十四个，90%（含）一95%得2分。"))
    assert read(scanned).blocks[0].text.value == "2021—2023年共建成一百一十四个，90%（含）—95%得2分。"


def test_number_of_a_caption_is_told_from_the_year_behind_it(scanned, monkeypatch):
    seeing(monkeypatch, strip("表42023年重点工程完成情况表"), strip("表4列出了全部重点工程的计划与完成情况。", top=140))
    assert read(scanned).blocks[0].text.value.startswith("表4 2023年重点工程")


def test_badly_read_places_follow_their_characters(scanned, monkeypatch):
    words = "甲  60 70"
    seeing(monkeypatch, strip(words, unsure=[words.index("7")]), strip("评价组查阅了项目的全部账目。", top=200))
    text = read(scanned).blocks[0].text
    at = text.value.index("7")
    assert text.is_unsure(at, at + 1)
    assert not text.is_unsure(0, at)
    both = Text.concat(Text.of("前面"), text.cut(at - 2, at), text.cut(at, at + 2), Text.of("后面"))
    assert [both.is_unsure(place, place + 1) for place in range(len(both))] == [
        place == 4 for place in range(len(both))
    ]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The page of the fixture report that was scanned, with its text."""
    path = tmp_path_factory.mktemp("page") / "page.pdf"
    with pikepdf.open(FIXTURES / "reports/department/faulty.pdf") as report, pikepdf.new() as single:
        single.pages.append(report.pages[3])
        single.save(path)
    return checked(path)


def middle(box):
    return (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2


def digits(document):
    texts = [cell.text for t in document.tables for row in t.rows for cell in row]
    texts += [block.text for block in document.blocks if hasattr(block, "text")]
    return "".join(sign for text in texts for sign in text.value if sign.isdigit())


@needs_extra
@pytest.mark.parametrize("variant", ["clean", "skewed"])
def test_scan_of_a_page_gives_its_digits_and_its_findings(variant, page, monkeypatch):
    from checker.readers.scan_engine import _library

    def no_network(*arguments, **options):
        raise AssertionError("the network is used")

    _library.cache_clear()
    monkeypatch.setattr(socket.socket, "connect", no_network)
    result = checked(FIXTURES / "scans" / f"{variant}.pdf")
    true, found = digits(page.document), digits(result.document)
    right = sum(block.size for block in SequenceMatcher(None, true, found, autojunk=False).get_matching_blocks())
    assert right >= 0.98 * len(true)
    assert {finding.rule for finding in page.findings} == {"CNT002", "ROW001", "SUM001", "SUM002"}
    held = [check for check in result.checks if check.verdict == "open" and "扫描件" in check.message.say("zh")]
    found = {finding.fingerprint: finding for finding in (*result.findings, *held)}
    assert found.keys() == {finding.fingerprint for finding in page.findings}
    assert len(held) <= 1
    turn = Turn(-0.01047 if variant == "skewed" else 0.0, A4[0] / 2, A4[1] / 2)
    for finding in page.findings:
        for one, other in zip(found[finding.fingerprint].evidence, finding.evidence, strict=True):
            assert one.words == other.words
            assert middle(Box(*one.bbox)) == pytest.approx(middle(turn.box(Box(*other.bbox))), abs=3)
