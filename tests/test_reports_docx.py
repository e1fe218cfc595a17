"""Comments in the user's own Word document: each on its words, nothing else changed."""

import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
from docx import Document as open_document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from checker.engine import check_document
from checker.finding import Evidence
from checker.readers import read
from checker.reports.docx import NEARBY, render
from checker.reports.formats import FormatError
from rules import RULES

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"
FAULTY = sorted(REPORTS.glob("*/faulty.docx"))
EACH = pytest.mark.parametrize("path", FAULTY, ids=[path.parent.name for path in FAULTY])
NAMES = nsdecls("w")
GOOD = "2023年项目预算为130.00万元，其中：设备80.00万元，安装50.00万元。"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def write(tmp_path, body: str) -> Path:
    document = open_document()
    element = document.element.body
    for child in parse_xml(f"<w:body {NAMES}><w:p>{r('一、基本情况')}</w:p>{body}</w:body>"):
        element.insert(len(element) - 1, child)
    path = tmp_path / "report.docx"
    document.save(path)
    return path


@cache
def commented_fixture(path: Path):
    return commented(path)


def commented(path: Path, language: str = "zh"):
    """The result of checking a document, and the document with comments as bytes."""
    result = check_document(read(path), RULES)
    return result, render(result, language)


def ranges(data: bytes) -> dict[str, str]:
    """The text that each comment is put on, by the comment's number."""
    open_now: dict[str, str] = {}
    done: dict[str, str] = {}
    for node in open_document(io.BytesIO(data)).element.iter():
        name = node.get(qn("w:id"))
        if node.tag == qn("w:commentRangeStart"):
            open_now[name] = ""
        elif node.tag == qn("w:commentRangeEnd"):
            done[name] = open_now.pop(name)
        elif node.tag in (qn("w:t"), qn("m:t")):
            open_now = {key: text + (node.text or "") for key, text in open_now.items()}
    assert not open_now
    return done


def notes(data: bytes) -> dict[str, str]:
    return {str(one.comment_id): one.text for one in open_document(io.BytesIO(data)).comments}


def squeeze(text: str) -> str:
    return "".join(text.split())


def body_text(data: bytes) -> str:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return "".join(node.text or "" for node in root.iter(qn("w:t"), qn("w:delText"), qn("m:t"), qn("w:instrText")))


@EACH
def test_comments_stand_on_the_words_that_findings_quote(path):
    result, data = commented_fixture(path)
    said, on = notes(data), ranges(data)
    assert set(said) == set(on)
    for finding in result.findings:
        own = [key for key, text in said.items() if finding.message.say("zh") in text]
        assert own, finding.message.say("zh")
        first: Evidence = finding.evidence[0]
        marked = [on[key] for key in own]
        assert squeeze(first.words) in map(squeeze, marked) or _odd(first, marked, [said[key] for key in own])


def _odd(evidence: Evidence, marked: list[str], said: list[str]) -> bool:
    """Whether the words are an equation's, which is marked as a whole, an automatic number's, or cannot be marked."""
    words = squeeze(evidence.words)
    if any(NEARBY.zh in text for text in said):
        return True
    return any(("=" in text and words in squeeze(text)) or words.endswith("）" + squeeze(text)) for text in marked)


@EACH
def test_nearly_all_comments_are_on_the_words_themselves(path):
    _, data = commented_fixture(path)
    said = notes(data)
    assert sum(NEARBY.zh in text for text in said.values()) <= 0.05 * len(said)


@EACH
def test_a_finding_in_two_places_has_a_comment_at_both(path):
    result, data = commented_fixture(path)
    said = notes(data)
    apart = [f for f in result.findings if len({evidence.anchor[0] for evidence in f.evidence}) > 1]
    assert apart
    for finding in apart:
        assert sum(finding.message.say("zh") in text for text in said.values()) > 1


def test_a_comment_names_the_section_of_the_other_place():
    texts = notes(commented_fixture(FAULTY[0])[1]).values()
    assert any("\n另见: 四/（一）" in text for text in texts)
    assert not any("\n另见:  " in text for text in texts)


@EACH
def test_nothing_else_changes(path):
    _, data = commented_fixture(path)
    before = path.read_bytes()
    assert body_text(data) == body_text(before)
    old, new = (zipfile.ZipFile(io.BytesIO(one)) for one in (before, data))
    assert set(new.namelist()) - set(old.namelist()) == {"word/comments.xml"}
    assert read(path).blocks == read_bytes(path, data).blocks


def read_bytes(path: Path, data: bytes):
    """The blocks as read; characters know their paragraphs, which are the same."""
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(data)
        file.flush()
        return read(Path(file.name))


def test_the_comment_says_what_a_reviewer_needs(tmp_path):
    path = write(tmp_path, f"<w:p>{r(GOOD.replace('50', '51'))}</w:p>")
    (finding,) = commented(path)[0].findings
    for language, words in (("zh", ["错误", "重算", "依据"]), ("en", ["error", "recomputed", "because"])):
        _, data = commented(path, language)
        (text,) = notes(data).values()
        assert text.startswith(f"{words[0]} SUM002 ")
        assert finding.message.say(language) in text
        assert all(word in text for word in words)
    comment = next(iter(open_document(io.BytesIO(data)).comments))
    assert (comment.author, comment.initials) == ("checker", "c")


def test_a_figure_inside_formatted_runs_keeps_their_format(tmp_path):
    bold = "<w:b/><w:color w:val='FF0000'/>"
    body = f"<w:p>{r('2023年项目预算为1')}{r('30.0', bold)}{r('0万元，其中：设备80.00万元，安装51.00万元。')}</w:p>"
    result, data = commented(write(tmp_path, body))
    (on,) = ranges(data).values()
    assert on == result.findings[0].evidence[0].words
    runs = open_document(io.BytesIO(data)).element.body.iter(qn("w:r"))
    written = [("".join(t.text for t in run.iter(qn("w:t"))), run.find(f".//{qn('w:b')}") is not None) for run in runs]
    assert "".join(text for text, is_bold in written if is_bold) == "30.0"


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:ins w:id='9' w:author='a'>{}</w:ins>",
        "<w:hyperlink w:anchor='x'>{}</w:hyperlink>",
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r>{}<w:r><w:fldChar w:fldCharType='end'/></w:r>",
    ],
    ids=["insertion", "link", "control", "field"],
)
def test_figures_inside_other_elements_are_marked(tmp_path, wrapped):
    inner = r("130.00万元")
    body = f"<w:p>{r('2023年项目预算为')}{wrapped.format(inner)}{r('，其中：设备80.00万元，安装51.00万元。')}</w:p>"
    result, data = commented(write(tmp_path, body))
    assert list(ranges(data).values()) == [result.findings[0].evidence[0].words]
    assert NEARBY.zh not in next(iter(notes(data).values()))


def test_a_text_box_gets_its_comment_at_the_paragraph_that_holds_it(tmp_path):
    inner = f"<w:p>{r(GOOD.replace('50', '51'))}</w:p>"
    shape = f"<v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>{inner}</w:txbxContent></v:textbox>"
    _, data = commented(write(tmp_path, f"<w:p>{r('说明如下。')}<w:r><w:pict>{shape}</w:pict></w:r></w:p>"))
    (text,) = notes(data).values()
    assert NEARBY.zh in text
    paragraph = open_document(io.BytesIO(data)).element.body[1]
    assert [node.tag for node in paragraph if node.tag.endswith("RangeStart")] == [qn("w:commentRangeStart")]


def test_hostile_words_come_out_harmless(tmp_path):
    name = "&lt;script&gt;alert(1)&lt;/script&gt;\u202e\u200f=cmd()"
    body = f"<w:p>{r(f'2023年{name}预算为130.00万元，其中：设备80.00万元，安装51.00万元。')}</w:p>"
    _, data = commented(write(tmp_path, body))
    (text,) = notes(data).values()
    assert "\u202e" not in text
    assert "\u200f" not in text
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert b"<script" not in archive.read("word/comments.xml")


def test_comments_of_others_stay(tmp_path):
    path = write(tmp_path, f"<w:p>{r(GOOD.replace('50', '51'))}</w:p>")
    document = open_document(path)
    document.add_comment(document.paragraphs[0].runs, "请核实", author="张三")
    document.save(path)
    _, data = commented(path)
    assert sorted(one.author for one in open_document(io.BytesIO(data)).comments) == ["checker", "张三"]
    assert len(ranges(data)) == 2


def test_a_document_that_changed_meanwhile_is_left_alone(tmp_path):
    path = write(tmp_path, f"<w:p>{r(GOOD)}</w:p>")
    result = check_document(read(path), RULES)
    write(tmp_path, f"<w:p>{r(GOOD)}{r('改')}</w:p>")
    with pytest.raises(FormatError, match="check it again"):
        render(result, "en")


def test_a_document_with_macros_gets_a_sentence(tmp_path):
    path = write(tmp_path, f"<w:p>{r(GOOD)}</w:p>")
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
            new.writestr(name, old.read(name).replace(kind, macro))
    result = check_document(read(path), RULES)
    assert result.summary.passed
    with pytest.raises(FormatError, match=r"ordinary \.docx"):
        render(result, "en")
