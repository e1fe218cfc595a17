"""Opens a Word document: a zip of XML parts, taken apart with limits on what it may hold."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TypeAlias

from lxml import etree
from msgspec import Struct

from checker.readers.blocks import ReadError
from checker.readers.limits import Limits

Element: TypeAlias = etree._Element

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The strict variant of the format differs only in its names.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _OFFICE.rstrip("/").encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)  # fmt: skip

BROKEN = ReadError(
    "Word 文档已损坏或不完整：请在 Word 或 WPS 中打开并另存为新的 .docx 后再检查。",
    "The Word document is damaged or incomplete: open it in Word or WPS, save it as a new .docx and check that.",
)
LOCKED = ReadError(
    "Word 文档设有密码：请取消密码、另存后再检查。",
    "The Word document is protected by a password: remove it, save the document and check that.",
)
ENTITIES = ReadError(
    "Word 文档含有不该有的实体声明，未予读取：请在 Word 或 WPS 中另存为新的 .docx 后再检查。",
    "The Word document declares entities, which none should, and was not read: "
    "save it as a new .docx in Word or WPS and check that.",
)


class Package(Struct, frozen=True):
    """The parts that hold text, and those that say how it is numbered and set."""

    document: Element
    styles: Element | None = None
    numbering: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None


def too_large(name: str, limit: float) -> ReadError:
    """The document exceeds the limit of that name."""
    return ReadError(
        f"Word 文档展开后过大（{name} 超过上限 {limit}），未予读取：请另存为新的 .docx，或拆分后再检查；"
        f"如确为正常的报告，请在配置 [limits] 中调高 {name}。",
        f"The Word document is too large once expanded ({name} beyond {limit}) and was not read: save it as a new "
        f".docx, or in parts, and check that; if it is a sound report, raise {name} in [limits].",
    )


def open_package(data: bytes, limits: Limits) -> Package:
    """The parts of a Word document. Raises ``ReadError`` where it is damaged, locked, hostile or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = _targets(archive, "", limits).get("officeDocument", "word/document.xml")
            targets = _targets(archive, main, limits)
            parts = {name: _part(archive, path, limits) for name, path in targets.items() if name in _WANTED}
            return Package(_part(archive, main, limits), **parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, NotImplementedError, etree.LxmlError) as error:
        raise BROKEN from error
    except RuntimeError as error:  # what zipfile raises for an encrypted member
        raise LOCKED from error


_WANTED = ("styles", "numbering", "footnotes", "endnotes")


def _targets(archive: zipfile.ZipFile, source: str, limits: Limits) -> dict[str, str]:
    """The parts that a part ("" for the package) refers to, by the last word of the relation's type."""
    folder, name = posixpath.split(source)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.namelist():
        return {}
    targets: dict[str, str] = {}
    for relation in _part(archive, path, limits).iter(_RELATION):
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            targets.setdefault(relation.get("Type", "").rsplit("/", 1)[-1], target.lstrip("/"))
    return targets


def _part(archive: zipfile.ZipFile, path: str, limits: Limits) -> Element:
    with archive.open(path) as file:
        data = file.read(limits.stream_bytes + 1)
    if len(data) > limits.stream_bytes:
        raise too_large("stream_bytes", limits.stream_bytes)
    if data.count(b"<") > limits.part_tags:
        raise too_large("part_tags", limits.part_tags)
    if b"<!DOCTYPE" in data:
        raise ENTITIES
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
