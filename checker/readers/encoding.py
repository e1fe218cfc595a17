"""Decodes the bytes of a text file, or says clearly why it cannot."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from checker.readers.blocks import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_CANDIDATES = ["gb18030", "big5"]
_COMMON = "，。、的年"

NOT_TEXT = ReadError(
    "这不是报告文件：请提供 PDF、Word（.docx）、Markdown 或纯文本。",
    "This is no report that can be read: give a PDF, a Word document (.docx), Markdown or plain text.",
)
IMAGE = ReadError(
    "这是图片，没有可读的文字：请提供带文字层的 PDF 或文本。",
    "This is a picture without text: give a PDF with a text layer, or text.",
)
UNDECODABLE = ReadError(
    "无法识别文件的编码：请另存为 UTF-8 或 GB18030 后再检查。",
    "The encoding of the file cannot be told: save it as UTF-8 or GB18030 and check that.",
)
EMPTY = ReadError("文件里没有文字。", "There is no text in the file.")


def decode(data: bytes) -> str:
    """The text that ``data`` holds, without a byte order mark."""
    text = _decoded(data)
    if not text.strip("\ufeff \t\r\n\f\u3000"):
        raise EMPTY
    return text


def _decoded(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data, name).lstrip("\ufeff")
    _refuse_binary(data)
    if b"\0" in data[:65536]:
        return _utf16(data) or ""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UNDECODABLE from error


def _refuse_binary(data: bytes) -> None:
    """Raise for forms that are known and for bytes that no text has."""
    if data.startswith(_IMAGES[:-1]) or (data.startswith(b"BM") and b"\0" in data[:64]):
        raise IMAGE
    if b"\0" in data[:65536] and _utf16(data) is None:
        raise NOT_TEXT


def _utf16(data: bytes) -> str | None:
    """The text of UTF-16 without a byte order mark: the order of bytes that gives common characters."""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _plausible(text) and sum(map(text[:20000].count, _COMMON)) > 0.01 * len(text[:20000]):
            return text
    return None


def _guessed(data: bytes) -> str:
    """GB18030 where it decodes, as nearly all Chinese text that is not UTF-8 does."""
    best = from_bytes(data[: 1 << 16], cp_isolation=_CANDIDATES).best()
    for name in dict.fromkeys(["gb18030", best.encoding if best else "big5"]):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _plausible(text):
            return text
    raise UNDECODABLE


def _plausible(text: str) -> bool:
    """Whether decoding gave text: hardly a control or private character."""
    sample = text[:20000]
    odd = sum(1 for ch in sample if (ch < " " and ch not in "\t\r\n\f") or "\ue000" <= ch <= "\uf8ff" or ch == "\ufffd")
    return odd <= 0.01 * len(sample)
