"""Gives raw blocks the structure of a report: title, contents, sections, captions, units."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from checker.document import Block, Cell, Document, Heading, Paragraph, Problem, Section, Table, Text
from checker.extract.headings import HeadingLabel, parse_heading
from checker.extract.patterns import Pattern
from checker.readers.blocks import RawBlock, RawParagraph, RawTable
from checker.readers.contents import split_contents
from checker.readers.grid import count_header_rows, count_spanned_header
from checker.readers.outline import build_sections, find_headings
from checker.readers.spelling import spelled_block, without_gaps

LONGEST_TITLE = 60
LONGEST_CAPTION = 50

_UNIT = Pattern(r"[（(\[【]?\s*(?:金额|计量)?单\s*位\s*[：:]\s*[^\s，。；]{1,12}[)）\]】]?")
_UNITS = Pattern(r"单位.*单位")
_UNIT_BEHIND = Pattern(r"[（(][^（()）]*[)）]\s*$")
_NUMBERED = Pattern(
    r"(?:续?\s*表|附\s*表|附件表|图|附图)\s*[\d一二三四五六七八九十]+(?:\s*[-—－.．]\s*\d+)*(?!\d).*|续\s*表.*"
)
_SENTENCE = Pattern(r"[。；;！!？?]|[，,：:]$|[，,].*[，,]")
_LEAD = Pattern(r"(?:如下|下表|所示|见表)\s*\d*$")
_REPORT = Pattern(r"(?:报告书?|说明|总结|公开)\s*(?:[（(].{1,12}[)）])?$")


def assemble(
    raw: Sequence[RawBlock],
    *,
    path: str,
    kind: str,
    sha256: str,
    pages: int | None = None,
    problems: tuple[Problem, ...] = (),
) -> Document:
    """The document that the blocks of one file make up."""
    said = (block for block in raw if not isinstance(block, RawParagraph) or block.text.value.strip())
    raw = [spelled_block(block) for block in said]
    skip, toc = split_contents(raw)
    headings = find_headings(raw, skip)
    builder = _Builder(raw, skip, headings)
    blocks, sections = builder.build()
    title = _title(blocks)
    return Document(path, kind, sha256, blocks, sections, title, pages, toc, problems)


def _title(blocks: Sequence[Block]) -> str:
    """The lines of the cover up to the one that ends as a report's title does, else the first."""
    lines = [block.text.value.strip() for block in blocks if isinstance(block, Paragraph) and block.kind == "title"]
    for count in range(1, min(5, len(lines)) + 1):
        if _REPORT.search(lines[count - 1]):
            return "".join(lines[:count])
    return lines[0] if lines else ""


class _Builder:
    """Walks over the raw blocks once and says what each is."""

    def __init__(self, raw: Sequence[RawBlock], skip: range, headings: dict[int, HeadingLabel]) -> None:
        self.raw = raw
        self.skip = skip
        self.headings = headings
        self.sections = build_sections(headings)
        self.cover = _cover(raw, skip, min(headings, default=len(raw)))
        self.blocks: list[Block] = []
        self.section = 0

    def build(self) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
        """The blocks and sections, in reading order."""
        for at, block in enumerate(self.raw):
            if at in self.headings:
                self.section += 1
                self._add_heading(block)
            elif isinstance(block, RawParagraph):
                self._add_paragraph(block.text, self._kind(at, block))
            elif at not in self.skip:
                self._add_table(block)
        return tuple(self.blocks), tuple(self.sections)

    def _add_heading(self, block: RawBlock) -> None:
        if isinstance(block, RawParagraph):
            self.blocks.append(Heading(len(self.blocks), self.section, block.text))

    def _add_paragraph(self, text: Text, kind: str) -> None:
        text = without_gaps(text) if kind == "prose" else text
        self.blocks.append(Paragraph(len(self.blocks), self.section, text, kind))

    def _kind(self, at: int, block: RawParagraph) -> str:
        value = block.text.value.strip()
        if block.unread:
            return "unread"
        if at in self.skip:
            return "toc"
        if at in self.cover:
            return "title"
        if _says_unit(value):
            return "unit"
        bare = _UNIT_BEHIND.sub("", value) or value
        if len(value) <= 2 * LONGEST_CAPTION and _NUMBERED.fullmatch(bare) and not _SENTENCE.search(bare):
            return "caption"
        return "caption" if self._names_table(at, value) else "prose"

    def _names_table(self, at: int, value: str) -> bool:
        """Whether a short line without a number is the name of the table right after it."""
        if len(value) > LONGEST_CAPTION or _SENTENCE.search(value) or (value[-1] in "）)" and value[0] in "（("):
            return False
        if _LEAD.search(value):
            return False
        after = at + 1
        while after < len(self.raw) and _is_unit(self.raw[after]):
            after += 1
        return after < len(self.raw) and _is_table(self.raw[after]) and after not in self.skip

    def _add_table(self, block: RawTable) -> None:
        caption, unit = self._above()
        rows = [row for row in block.rows if any(cell.value for cell in row)]
        damaged = {id(row) for at, row in enumerate(block.rows) if at in block.damaged}
        while len(rows) > 1 and (alone := _alone(rows)) is not None:
            if _UNIT.fullmatch(alone.value):
                unit = unit or alone
            else:
                caption = caption or alone
            rows = rows[1:]
        if not rows:
            return
        unit = unit or _unit_in(caption)
        over = sum(any(cell.value for cell in row) for row in block.rows) - len(rows)  # name and unit set into the grid
        heads = max((block.header_rows or 0) - over, 0) or max(
            count_header_rows([tuple(cell.text for cell in row) for row in rows[:3]]), count_spanned_header(rows)
        )
        marked = frozenset(at for at, row in enumerate(rows) if id(row) in damaged)
        grid = tuple(
            tuple(cell if cell.row == at else replace(cell, row=at) for cell in row) for at, row in enumerate(rows)
        )
        self.blocks.append(Table(len(self.blocks), self.section, grid, heads, caption, unit, marked))

    def _above(self) -> tuple[Text | None, Text | None]:
        """The caption and the unit that stand right above, the name of an annex in their place."""
        caption = unit = None
        for block in reversed(self.blocks):
            if isinstance(block, Paragraph) and block.kind == "caption" and caption is None:
                caption = block.text
            elif isinstance(block, Paragraph) and block.kind == "unit" and unit is None:
                unit = block.text.cut(block.text.value.rfind("\t") + 1, len(block.text))
            else:
                if isinstance(block, Heading) and caption is None:
                    caption = _annex_name(block.text)
                break
        return caption, unit


def _cover(raw: Sequence[RawBlock], skip: range, first_heading: int) -> range:
    """The lines of the cover: short, without sentences, before contents, headings and tables."""
    end = 0
    while end < min(first_heading, skip.start if skip else len(raw)):
        block = raw[end]
        if not isinstance(block, RawParagraph) or len(block.text) > LONGEST_TITLE or _SENTENCE.search(block.text.value):
            break
        if _NUMBERED.fullmatch(block.text.value.strip()) or _is_unit(block):
            break
        end += 1
    after = next((at for at in range(end, len(raw)) if not _is_unit(raw[at])), len(raw))
    followed = after < len(raw) and isinstance(raw[after], RawTable) and after not in skip
    return range(end - 1 if followed and end > 1 else end)


def _is_table(block: RawBlock) -> bool:
    """Whether a block is a table, one that was not read among them."""
    return isinstance(block, RawTable) or block.unread


def _is_unit(block: RawBlock) -> bool:
    return isinstance(block, RawParagraph) and _says_unit(block.text.value)


def _says_unit(value: str) -> bool:
    """Whether a line names the unit of a table, alone or behind the name of the body: 编制部门：某局	单位：万元."""
    return _UNIT.fullmatch(value.rpartition("\t")[2].strip()) is not None


def _unit_in(caption: Text | None) -> Text | None:
    """The unit that a caption ends with: "表 2 收支情况（单位：万元）"."""
    found = list(_UNIT.finditer(caption.value)) if caption else []
    return (
        caption.cut(*found[0].span()) if caption and len(found) == 1 and _UNITS.search(caption.value) is None else None
    )


def _alone(rows: Sequence[Sequence[Cell]]) -> Text | None:
    """The text of a first row that spans the table: its name or unit, set into the grid."""
    filled = [cell for cell in rows[0] if cell.value]
    return filled[0].text.strip() if len(filled) == 1 and len(rows[0]) > 1 else None


def _annex_name(text: Text) -> Text | None:
    label = parse_heading(text.value)
    if label is None or label.rank != "annex":
        return None
    at = text.value.rfind(label.title) if label.title else 0
    return text.cut(at, len(text))
