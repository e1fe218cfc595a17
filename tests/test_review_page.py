"""The review page, driven in a browser as a reviewer would: filter, jump, decide, export, come back."""

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from checker.engine import check_document
from checker.readers import read
from checker.reports import html
from checker.reports.wording import to_review
from checker.waivers import Waivers
from rules import RULES

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports" / "department"
BROWSER = shutil.which("chromium")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
POSITION = "e => [...document.querySelectorAll('.m')].indexOf(e)"
WIDTHS = {"wide": (1280, 800), "narrow": (390, 780)}


@pytest.fixture(scope="module")
def chromium():
    if BROWSER is None:
        pytest.skip("no chromium on this machine")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def results():
    return {kind: check_document(read(REPORTS / f"faulty.{kind}"), RULES) for kind in ("txt", "pdf")}


@pytest.fixture(scope="module")
def files(results, tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    for kind, result in results.items():
        (folder / f"{kind}.html").write_bytes(html.render(result, "zh"))
    return folder


class Visit:
    """A reviewer's browser: what it asked the network for and what went wrong in it is kept."""

    def __init__(self, browser, path, width="wide"):
        size = WIDTHS[width]
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]}, accept_downloads=True)
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.requests, self.errors = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text))
        self.page.goto(path.as_uri())

    def shown(self):
        return self.page.locator(".finding:visible")

    def here(self):
        """Number and place of the mark that the reviewer was led to."""
        return self.page.locator(".viewer .here").evaluate(
            "e => { const b = e.getBoundingClientRect(); return [e.dataset.n ?? '', b.top, b.bottom, innerHeight] }"
        )

    def export(self):
        with self.page.expect_download() as download:
            self.page.click("#export")
        return Path(download.value.path()).read_text("utf-8")


@pytest.fixture
def visit(chromium, files):
    visits = []

    def go(kind="txt", width="wide", path=None):
        visits.append(Visit(chromium, path or files / f"{kind}.html", width))
        return visits[-1]

    yield go
    for one in visits:
        one.context.close()
        assert [url for url in one.requests if not url.startswith(("file:", "data:", "blob:"))] == []
        assert one.errors == []


def test_findings_and_open_checks_are_listed_in_order(visit, results):
    seen = visit()
    numbers = [int(text) for text in seen.page.locator(".finding:visible .number").all_text_contents()]
    assert numbers == [number for number, _ in to_review(results["txt"])]


def test_filters_narrow_the_list(visit, results):
    seen, findings = visit(), results["txt"].findings
    everything = seen.shown().count()
    seen.page.uncheck("input[value=open]", force=True)
    assert seen.shown().count() == len(findings) < everything
    seen.page.uncheck("input[name=severity][value=error]", force=True)
    assert seen.shown().count() == sum(f.severity.value != "error" for f in findings)
    seen.page.check("input[name=severity][value=error]", force=True)
    seen.page.select_option("#family", "SUM")
    assert seen.shown().count() == sum(f.rule.startswith("SUM") for f in findings) > 0
    seen.page.keyboard.press("/")
    seen.page.keyboard.type("451.28 450.65")
    assert seen.shown().count() == 1
    assert seen.page.locator(".finding:visible .math").text_content() == "58.16 + 296.42 + 96.07 = 450.65 ≠ 451.28"
    seen.page.fill("#query", "没有这样的意见")
    assert seen.page.locator("#empty").is_visible()


def test_passed_checks_are_there_on_request(visit, results):
    seen = visit()
    before = seen.shown().count()
    seen.page.check("input[name=state][value=pass]", force=True)
    assert seen.shown().count() == before + results["txt"].summary.passed


@pytest.mark.parametrize("kind", ["txt", "pdf"])
def test_enter_jumps_between_the_two_places(visit, results, kind):
    number, _ = next((n, f) for n, f in to_review(results[kind]) if f.rule == "SCR002")
    seen = visit(kind)
    seen.page.click(f"#f{number} .head")
    places = []
    for _ in range(3):
        mark, top, bottom, height = seen.here()
        assert str(number) in mark.split()
        assert 0 <= top < bottom <= height, "the place is not in sight"
        places.append(
            seen.page.locator(".viewer .here").evaluate("e => [...document.querySelectorAll('.m')].indexOf(e)")
        )
        seen.page.keyboard.press("Enter")
    assert places[0] != places[1]
    assert places[0] == places[2]


def test_a_page_of_a_pdf_is_shown_with_its_marks_on_it(visit, results):
    seen = visit("pdf")
    finding = results["pdf"].findings[0]
    seen.page.keyboard.press("j")
    x0, top, *_ = finding.evidence[0].bbox
    sheet = seen.page.locator(f"#p{finding.evidence[0].page} svg").bounding_box()
    mark = seen.page.locator(".viewer .here").bounding_box()
    scale = sheet["width"] / 595.3
    assert mark["x"] == pytest.approx(sheet["x"] + (x0 - 1) * scale, abs=3)
    assert mark["y"] == pytest.approx(sheet["y"] + top * scale, abs=3)
    assert (
        seen.page.evaluate(
            "async () => { const i = new Image(); i.src = document.querySelector('image').getAttribute('href');"
            " await i.decode(); return i.naturalWidth }"
        )
        > 600
    )


def test_decisions_are_kept_and_exported_as_waivers(visit, results, tmp_path):
    seen, result = visit(), results["txt"]
    seen.page.fill("#author", '李"四\\')
    seen.page.keyboard.press("Escape")
    seen.page.click("#f1 .head")
    seen.page.keyboard.press("r")
    assert seen.page.evaluate("document.activeElement.className") == "reason", "a reason is asked for"
    seen.page.keyboard.type("附件已说明 “口径” \\ 差异")
    seen.page.keyboard.press("Enter")
    seen.page.fill("#f1 .expires", "2031-01-31")
    seen.page.dispatch_event("#f1 .expires", "change")
    seen.page.click("#f2 .head")
    seen.page.fill("#f2 .reason", "已告知撰写人")
    seen.page.click("#f2 .accept")
    text = seen.export()
    (waiver,) = tomllib.loads(text)["waiver"]
    first, second = result.findings[:2]
    assert waiver == {
        "fingerprint": first.fingerprint,
        "reason": "附件已说明 “口径” \\ 差异",
        "author": '李"四\\',
        "expires": date(2031, 1, 31),
    }
    assert f"# {second.fingerprint}" in text
    assert "已告知撰写人" in text

    kept = tmp_path / "waivers.toml"
    kept.write_text(text, "utf-8")
    later = Waivers.read(kept).apply(result, date(2030, 1, 1))
    assert [finding.fingerprint for finding in later.waived] == [first.fingerprint]

    seen.page.reload()
    assert seen.page.locator("#done").text_content().startswith("已处理 2 /")
    assert seen.page.input_value("#author") == '李"四\\'
    seen.page.select_option("#decision", "rejected")
    assert seen.shown().count() == 1
    assert seen.page.input_value("#f1 .reason") == "附件已说明 “口径” \\ 差异"
    assert tomllib.loads(seen.export())["waiver"] == [waiver]


def test_letting_a_finding_stand_needs_a_reason_and_a_name(visit):
    seen = visit()
    seen.page.click("#f1 .head")
    seen.page.click("#f1 .reject")
    assert seen.page.get_attribute("#f1", "data-decision") is None
    assert seen.page.get_attribute("#f1 .reason", "aria-invalid") == "true"
    seen.page.keyboard.type("核实无误")
    seen.page.keyboard.press("Enter")
    assert seen.page.get_attribute("#f1", "data-decision") == "rejected"
    seen.page.click("#export")
    assert seen.page.evaluate("document.activeElement.id") == "author"
    seen.page.click("#f1 .clear")
    assert seen.page.get_attribute("#f1", "data-decision") is None


def test_waivers_that_hold_already_are_exported_again(visit, results, tmp_path):
    first, second = results["txt"].findings[:2]
    old = tmp_path / "old.toml"
    old.write_text(f'[[waiver]]\nfingerprint = "{first.fingerprint}"\nreason = "沿用"\nauthor = "王五"\n', "utf-8")
    page = tmp_path / "waived.html"
    page.write_bytes(html.render(Waivers.read(old).apply(results["txt"], date(2030, 1, 1)), "zh"))
    seen = visit(path=page)
    number = seen.page.get_attribute(f'.finding[data-print="{second.fingerprint}"]', "data-n")
    seen.page.fill("#author", "李四")
    seen.page.click(f"#f{number} .head")
    seen.page.fill(f"#f{number} .reason", "核实无误")
    seen.page.click(f"#f{number} .reject")
    exported = {entry["fingerprint"]: entry["author"] for entry in tomllib.loads(seen.export())["waiver"]}
    assert exported == {first.fingerprint: "王五", second.fingerprint: "李四"}


def test_it_is_worked_by_keyboard_alone(visit):
    seen = visit()
    for key in "jjjk":
        seen.page.keyboard.press(key)
    assert seen.page.get_attribute(".finding.on", "data-n") == "2"
    assert seen.page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    assert seen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", "focus is seen"
    seen.page.keyboard.press("a")
    assert seen.page.get_attribute("#f2", "data-decision") == "accepted"
    seen.page.focus("#tab-findings")
    seen.page.keyboard.press("ArrowRight")
    assert seen.page.locator("#scores").is_visible()


def test_the_score_tree_the_ledger_and_the_rules_are_there(visit, results):
    seen, summary = visit(), results["txt"].summary
    seen.page.click("#tab-scores")
    assert seen.page.locator("#scores td.differs").count() >= 2
    seen.page.click("#tab-ledger")
    assert f"{summary.figures_checked} / {summary.figures}" in seen.page.locator("#ledger").inner_text()
    drawn = seen.page.locator("#ledger .bar rect").evaluate_all("all => all.map(r => +r.getAttribute('width'))")
    assert max(drawn) > 10
    seen.page.click("#tab-findings")
    seen.page.click("#f1 .head")
    seen.page.click("#f1 .rule")
    assert seen.page.locator("#help details[open] pre").first.is_visible()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", ["txt", "pdf"])
def test_nothing_runs_off_the_screen(visit, kind, width):
    seen = visit(kind, width)
    for tab in ("scores", "ledger", "help", "findings"):
        seen.page.click(f"#tab-{tab}")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0], tab
    seen.page.click("#f1 .head")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0]


def test_on_a_telephone_a_place_covers_the_list_and_leads_back(visit):
    seen = visit("pdf", "narrow")
    seen.page.click("#f1 .head")
    assert not seen.page.locator(".viewer").is_visible()
    seen.page.click("#f1 .go >> nth=0")
    assert seen.page.locator(".viewer").is_visible()
    seen.page.click("#back")
    assert seen.page.locator("#f1 .detail").is_visible()


def test_it_prints_all_findings_with_their_places(visit):
    seen = visit()
    seen.page.emulate_media(media="print")
    assert seen.page.locator(".detail:visible").count() == seen.shown().count() > 10
    assert not seen.page.locator(".viewer").is_visible()
    assert seen.page.locator("#ledger").is_visible()


HOSTILE = """一、基本情况

<script>window.hacked = 1</script>项目到位资金560.00万元，其中：中央300.00万元，县级资金100.00万元。

"><img src=x onerror="window.hacked=2">

表1 </script><svg onload=window.hacked=3>

单位：万元

内容\t金额
{{ 7*7 }}<iframe src="javascript:window.hacked=4">\t80.00
\u202e设备\u0007\t50.00
合计\t190.00
"""


def test_text_of_the_report_cannot_act(visit, check, tmp_path):
    page = tmp_path / "hostile.html"
    result = check(HOSTILE)
    assert result.findings
    page.write_bytes(html.render(result, "zh"))
    seen = visit(path=page)
    seen.page.keyboard.press("j")
    assert seen.page.evaluate("window.hacked") is None
    assert seen.page.locator("img, iframe, svg[onload]").count() == 0
    said = seen.page.locator(".passage").text_content()
    assert "<script>window.hacked = 1</script>项目到位资金" in said
    assert "{{ 7*7 }}<iframe" in said
    assert "\u202e" not in seen.page.content()
    assert "\u0007" not in seen.page.content()


def test_the_page_is_whole_and_allows_nothing_else(files):
    content = (files / "pdf.html").read_text("utf-8")
    policy = content.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
    assert policy.startswith("default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-")
    assert "unsafe" not in policy
    assert "http://" not in content.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in content


def test_english_page_for_english_readers(results):
    content = html.render(results["txt"], "en").decode()
    assert '<html lang="en">' in content
    assert "Let it stand" in content
