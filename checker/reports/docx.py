"""The user's own Word document with a comment at each place that a finding rests on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from checker.finding import Evidence, Finding
from checker.readers.docx import paragraph_pieces
from checker.readers.docx_names import PARAGRAPH
from checker.readers.docx_package import open_package
from checker.readers.limits import Limits
from checker.reports.docx_ranges import Marker
from checker.reports.formats import FormatError
from checker.reports.original import original_bytes
from checker.reports.wording import SHOWN_PLACES, note
from checker.result import Result
from checker.verdict import Phrase

if TYPE_CHECKING:
    from docx.document import Document

AUTHOR = "checker"
READ_BEFORE = Limits(stream_bytes=1 << 40, part_tags=1 << 40)
"""What could be read once can be read again, whatever its limits were."""
SIGNED = Phrase(
    "文档带有数字签名，写入批注会使签名失效，未写批注：请检查未签名的原件。",
    "The document is signed, which comments would break, so none were written: check the unsigned original.",
)
OTHER_KIND = Phrase(
    "此类 Word 文档（带宏、模板或严格格式）不能写入批注：请另存为普通 .docx 后再检查。",
    "Comments cannot be written into this kind of Word document (with macros, a template, or the strict form): "
    "save it as an ordinary .docx and check that.",
)
NEARBY = Phrase(
    "（所指文字在自动编号、脚注或文本框中，批注加在最近的段落上。）",
    "(The words stand in an automatic number, a note or a text box; the comment is on the nearest paragraph.)",
)


def render(result: Result, language: str) -> bytes:
    """The document with comments, all else unchanged. Raises ``FormatError`` where it cannot carry any."""
    data = original_bytes(result.document)
    document = _opened(data)
    package = replace(open_package(data, READ_BEFORE), document=document.element)
    marker = Marker(list(document.element.iter(PARAGRAPH)), list(paragraph_pieces(package)))
    for finding in result.findings:
        for evidence in _places(finding):
            _comment(document, marker, finding, evidence, language)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _opened(data: bytes) -> Document:
    from docx import Document

    try:
        document = Document(io.BytesIO(data))
    except (ValueError, KeyError) as error:
        raise FormatError(OTHER_KIND) from error
    if any("digital-signature" in part.content_type for part in document.part.package.iter_parts()):
        raise FormatError(SIGNED)
    return document


def _places(finding: Finding) -> Iterator[Evidence]:
    """The first evidence in each paragraph and table: a total's parts beside it need no comments of their own."""
    by_block: dict[int, Evidence] = {}
    for evidence in finding.evidence:
        by_block.setdefault(evidence.anchor[0], evidence)
    yield from list(by_block.values())[:SHOWN_PLACES]


def _comment(document: Document, marker: Marker, finding: Finding, evidence: Evidence, language: str) -> None:
    mention = evidence.mention
    sources = [source for source, _ in mention.text.sources(mention.start, mention.end)]
    lengths = [length for _, length in mention.text.sources(mention.start, mention.end)]
    own = [(s.paragraph, s.offset, s.offset + n) for s, n in zip(sources, lengths, strict=True) if s.offset is not None]
    exact = bool(own) and all(marker.holds(*stretch) for stretch in own)
    text = note(finding, language, evidence)
    added: Any = document.comments.add_comment(
        text if exact else f"{text}\n{NEARBY.say(language)}", author=AUTHOR, initials=AUTHOR[0]
    )
    name = str(added.comment_id)
    if exact:
        marker.mark(name, own[0][:2], (own[-1][0], own[-1][2]))
    else:
        marker.mark_paragraph(name, sources[0].paragraph if sources else 0)
