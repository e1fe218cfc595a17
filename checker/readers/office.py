"""Office files told by their first bytes: Word documents are read, others get a sentence that says what to do."""

from __future__ import annotations

from checker.readers.blocks import ReadError

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
RTF = b"{\\rtf"


def _convert(zh: str, en: str) -> ReadError:
    return ReadError(
        f"{zh}不能直接读取：请在 Word 或 WPS 中打开，另存为 .docx 或 PDF 后再检查。",
        f"{en} is not read as it is: open it in Word or WPS, save it as .docx or PDF and check that.",
    )


DOC = _convert("旧版 Word 文档（.doc、.wps）", "An old Word document (.doc, .wps)")
RICH = _convert("RTF 文档", "An RTF document")
ODT = _convert("OpenDocument 文档（.odt）", "An OpenDocument text (.odt)")
OFD = ReadError(
    "OFD 版式文件不能直接读取：请用阅读器转换为 PDF，或提供 Word 原件（.docx）。",
    "An OFD file is not read as it is: convert it to PDF in its reader, or give the Word original (.docx).",
)
SHEET = ReadError(
    "这是 Excel 表格（.xlsx、.xls、.et），不是报告：请提供报告的 .docx、PDF 或文本。",
    "This is an Excel sheet (.xlsx, .xls, .et), not a report: give the report as .docx, PDF or text.",
)
SLIDES = ReadError(
    "这是演示文稿（.pptx、.ppt），不是报告：请提供报告的 .docx、PDF 或文本。",
    "These are slides (.pptx, .ppt), not a report: give the report as .docx, PDF or text.",
)
LOCKED = ReadError(
    "Office 文档设有密码：请在 Word 或 WPS 中取消密码、另存后再检查。",
    "The Office document is protected by a password: remove it in Word or WPS, save the document and check that.",
)
ARCHIVE = ReadError(
    "这是压缩包，不是报告：请解压后检查其中的 .docx、PDF 或文本。",
    "This is an archive, not a report: unpack it and check the .docx, PDF or text inside.",
)

_ZIPPED = ((b"xl/", SHEET), (b"ppt/", SLIDES), (b"OFD.xml", OFD), (b"opendocument.text", ODT))
_STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", DOC),
    ("Workbook", SHEET),
    ("PowerPoint Document", SLIDES),
)


def is_word(data: bytes) -> bool:
    """Whether these bytes are a Word document in a zip. Raises ``ReadError`` for what cannot be read."""
    if data.startswith(RTF):
        raise RICH
    if data.startswith(OLD_OFFICE):
        raise next((error for name, error in _STREAMS if name.encode("utf-16-le") in data), DOC)
    if not data.startswith(ZIP):
        return False
    if b"word/" in data:
        return True
    raise next((error for name, error in _ZIPPED if name in data), ARCHIVE)
