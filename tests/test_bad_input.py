"""Bad input: one clear sentence on standard error, exit status 2, the other files still checked."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from checker.cli import main

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "fixtures" / "reports" / "department" / "clean.pdf"
GOOD = "一、基本情况\n\n2023年项目预算为130.00万元，其中：设备80.00万元，安装50.00万元。\n"


def absent(path: Path) -> None:
    """Nothing is there."""


def folder(path: Path) -> None:
    path.mkdir()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def blank(path: Path) -> None:
    path.write_text(" \n\t\n\u3000\n", encoding="utf-8")


def binary(path: Path) -> None:
    path.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20)


def image(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4)


def encrypted_pdf(path: Path) -> None:
    page = canvas.Canvas(str(path), encrypt="secret")
    page.drawString(72, 720, "130.00")
    page.save()


def half_a_pdf(path: Path) -> None:
    whole = REPORT.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def head_of_a_pdf(path: Path) -> None:
    path.write_bytes(REPORT.read_bytes()[:40])


def pdf_of_pictures(path: Path) -> None:
    from PIL import Image

    picture = ImageReader(Image.new("RGB", (300, 400), "grey"))
    page = canvas.Canvas(str(path))
    for _ in range(3):
        page.drawImage(picture, 72, 200)
        page.showPage()
    page.save()


def unknown_encoding(path: Path) -> None:
    path.write_bytes(bytes((i * 37 + 129) % 256 for i in range(3000)))


def docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")


def zipped(path: Path, name: str, content: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)


def half_a_docx(path: Path) -> None:
    whole = REPORT.with_suffix(".docx").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def docx_with_changed_bytes(path: Path) -> None:
    whole = bytearray(REPORT.with_suffix(".docx").read_bytes())
    at = whole.index(b"word/document.xml") + 300
    whole[at : at + 40] = bytes(40)
    path.write_bytes(whole)


def docx_that_expands(path: Path) -> None:
    zipped(path, "word/document.xml", "<a>" + " " * (65 * 2**20) + "</a>")


def docx_of_entities(path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{main}"><w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p></w:body></w:document>'
    zipped(path, "word/document.xml", f'<!DOCTYPE a [<!ENTITY e0 "130">{entities}]>{body}')


def docx_nested_without_end(path: Path) -> None:
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    nest = "<w:tbl><w:tr><w:tc>" * 20_000
    zipped(path, "word/document.xml", f'<w:document xmlns:w="{main}"><w:body>{nest}</w:body></w:document>')


def xlsx(path: Path) -> None:
    zipped(path, "xl/workbook.xml", "<workbook/>")


def ofd(path: Path) -> None:
    zipped(path, "OFD.xml", "<OFD/>")


def archive(path: Path) -> None:
    zipped(path, "report.txt", GOOD)


def rtf(path: Path) -> None:
    path.write_bytes(b"{\\rtf1\\ansi 130.00}")


def doc(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048))


def locked(path: Path) -> None:
    doc(path)
    path.write_bytes(path.read_bytes() + "EncryptedPackage".encode("utf-16-le"))


BAD = [
    (absent, "absent.txt", ["没有这个文件"], ["no such file"]),
    (folder, "reports", ["文件夹"], ["folder"]),
    (empty, "empty.txt", ["空"], ["empty"]),
    (blank, "blank.txt", ["没有", "空"], ["no text", "empty", "nothing"]),
    (binary, "binary.txt", ["文本", "二进制", "编码"], ["text", "binary", "encoding"]),
    (image, "scan.png", ["文本", "二进制", "编码", "图"], ["text", "binary", "encoding", "picture"]),
    (encrypted_pdf, "secret.pdf", ["加密", "密码"], ["encrypt", "password"]),
    (half_a_pdf, "half.pdf", ["损坏", "不完整"], ["damaged", "incomplete", "broken"]),
    (head_of_a_pdf, "head.pdf", ["损坏", "不完整"], ["damaged", "incomplete", "broken"]),
    (pdf_of_pictures, "scan.pdf", ["扫描"], ["scan"]),
    (unknown_encoding, "odd.txt", ["编码", "二进制", "文本"], ["encoding", "binary", "text"]),
    (docx, "report.docx", ["Word", "docx"], ["Word", "docx"]),
    (half_a_docx, "half.docx", ["损坏"], ["damaged"]),
    (docx_with_changed_bytes, "changed.docx", ["损坏"], ["damaged"]),
    (docx_that_expands, "bomb.docx", ["过大"], ["too large"]),
    (docx_of_entities, "entities.docx", ["实体"], ["entities"]),
    (docx_nested_without_end, "nested.docx", ["损坏"], ["damaged"]),
    (doc, "report.doc", ["另存为 .docx"], ["save it as .docx"]),
    (rtf, "report.rtf", ["另存为 .docx"], ["save it as .docx"]),
    (locked, "locked.docx", ["密码"], ["password"]),
    (xlsx, "table.xlsx", ["Excel"], ["Excel"]),
    (ofd, "report.ofd", ["OFD"], ["OFD"]),
    (archive, "report.zip", ["压缩包"], ["archive"]),
]
EACH = pytest.mark.parametrize(("make", "name", "zh", "en"), BAD, ids=[make.__name__ for make, *_ in BAD])


def check(*arguments: object):
    return CliRunner().invoke(main, ["check", *(str(argument) for argument in arguments)])


@EACH
def test_one_clear_sentence(tmp_path, make, name, zh, en):
    path = tmp_path / name
    make(path)
    for language, words in (("zh", zh), ("en", en)):
        result = check(path, "--lang", language)
        assert result.exit_code == 2
        assert result.stdout == ""
        (line,) = result.stderr.strip().splitlines()
        assert line.startswith(f"{path}: ")
        assert any(word in line for word in words), line
        assert line.endswith("." if language == "en" else "。"), line
        assert "Traceback" not in line
        assert "Error" not in line


@EACH
def test_the_other_files_are_checked(tmp_path, make, name, zh, en):
    make(tmp_path / name)
    good = tmp_path / "good.txt"
    good.write_text(GOOD, encoding="utf-8")
    result = check(good, tmp_path / name, good, "--format", "json")
    assert result.exit_code == 2
    assert [document["path"] for document in json.loads(result.stdout)["documents"]] == [str(good)] * 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_known_encodings_are_read(tmp_path, encoding):
    path = tmp_path / "report.txt"
    chapters = [GOOD.replace("一、", f"{number}、") for number in "一二三四五"]
    path.write_bytes("".join(chapters).encode(encoding))
    result = check(path, "--format", "json", "--all")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["documents"][0]["summary"]["pass"] > 0


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    result = check(tmp_path / "report.txt")
    assert result.exit_code == 2
    assert "权限" in result.stderr
