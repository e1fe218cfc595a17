"""Reads Word documents as their pages show them: changes accepted, numbers of headings written out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from time import monotonic

from checker.document import Problem, Run, Source, Text
from checker.extract.headings import parse_heading
from checker.readers.blocks import RawBlock, RawParagraph, RawTable, ReadError
from checker.readers.clean import glue, join_cell
from checker.readers.docx_names import MAIN, PARAGRAPH, TABLE, contents, find, number, switched, text_boxes, value
from checker.readers.docx_numbering import Numbering
from checker.readers.docx_package import Element, Package, open_package
from checker.readers.docx_styles import BODY_TEXT, CAPTION_LIST, Styles
from checker.readers.docx_tables import cells_of, read_grid, rows_of
from checker.readers.docx_text import NEW_PAGE, Piece, Walker, cleaned, is_bold, text_of
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.readers.outline import LOW
from checker.readers.prose import goes_on
from checker.readers.stitch import join_continued

DEEPEST_OUTLINE = 6
OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"

NO_TEXT = ReadError("Word 文档里没有文字。", "There is no text in the Word document.")


def read_docx(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[list[RawBlock], tuple[Problem, ...]]:
    """The blocks of a Word document in reading order. Raises ``ReadError`` where it cannot be read."""
    story = Story(open_package(data, limits), limits)
    blocks = story.read()
    if not blocks and not story.problems:
        raise NO_TEXT
    return blocks, tuple(story.problems)


class Story:
    """The body of one document, walked once.

    ``pieces`` holds what is seen of each paragraph by its number among all paragraphs, as
    ``Source.paragraph`` counts them.
    """

    def __init__(self, package: Package, limits: Limits = DEFAULT_LIMITS) -> None:
        self.package = package
        self.limits = limits
        self.cells_left = limits.table_cells
        self.last_moment = monotonic() + limits.file_seconds
        self.paragraphs = list(package.document.iter(PARAGRAPH))
        self.index = {element: at for at, element in enumerate(self.paragraphs)}
        self.styles = Styles(package.styles)
        self.numbering = Numbering(package.numbering)
        self.walker = Walker(self.styles)
        self.pieces: dict[int, list[Piece]] = {}
        self.problems: list[Problem] = []
        self.unended: list[Text] = []  # of paragraphs whose end is deleted or hidden: the next one goes on with it
        self.notes: list[RawParagraph] = []
        self.in_cell = 0

    def read(self) -> list[RawBlock]:
        """The blocks; each note stands at the end of its section, where it parts nothing."""
        blocks: list[RawBlock] = []
        body = find(self.package.document, "body")
        for block in self._blocks(body) if body is not None else ():
            if isinstance(block, RawParagraph) and _opens_section(block):
                blocks += self.notes
                self.notes = []
            if not isinstance(block, RawParagraph) or block.text.value:
                blocks.append(block)
        self._name_objects()
        return join_continued([*blocks, *self.notes])

    def _name_objects(self) -> None:
        """A problem for each kind of embedded object: its table or formula is a picture here."""
        counts = Counter(one.get("ProgID", "").split(".")[0] for one in self.package.document.iter(OBJECT))
        for kind, count in counts.items():
            what = "表格" if kind == "Excel" else "公式" if kind.startswith("Equation") else "对象"
            message = f"{count} 个嵌入的{what}（{kind}）未读取，其中内容未检查；请在 Word 中转换为普通表格或文字"
            self.problems.append(Problem("page-unreadable", kind, message))

    def _blocks(self, parent: Element) -> Iterator[RawBlock]:
        for child in contents(parent):
            if monotonic() > self.last_moment:
                self._leave("file_seconds", "全文", "{limit:g} 秒内没有读完，其余内容未检查")
                break
            if child.tag == PARAGRAPH:
                yield from self._paragraph(child)
            elif child.tag == TABLE:
                yield from self._table(child)
            elif child.tag == MAIN + "altChunk":
                self.problems.append(Problem("page-unreadable", "altChunk", "插入的外部文档未读取"))
        if self.unended:
            yield RawParagraph(cleaned(Text.concat(*self.unended)))
            self.unended = []

    def _paragraph(self, element: Element) -> Iterator[RawBlock]:
        properties, at = find(element, "pPr"), self.index[element]
        style = self.styles.paragraph(properties)
        pieces = self.pieces[at] = self.walker.paragraph(element)
        self._read_notes(at)
        self.unended.append(text_of(pieces, Source(at, 0)))
        if not _has_no_end(properties):
            text = Text.concat(*self.unended)
            self.unended = []
            if not self.walker.lists_captions and style.name != CAPTION_LIST:
                yield from self._numbered(properties, text, at, bold=is_bold(pieces))
        for box in text_boxes(element) if next(element.iter(MAIN + "txbxContent"), None) is not None else ():
            yield from self._blocks(box)

    def _numbered(self, properties: Element | None, text: Text, at: int, *, bold: bool) -> Iterator[RawBlock]:
        """The paragraphs that a paragraph's line breaks make of it, the first with its number."""
        style = self.styles.paragraph(properties)
        outline = number(properties, "outlineLvl")
        outline = style.outline if outline is None else outline
        depth = 0 if outline is None or not 0 <= outline < BODY_TEXT else min(outline + 1, DEEPEST_OUTLINE)
        label, gap = self.numbering.label(properties, style, value(properties, "pStyle") or self.styles.default)
        lines = _lines(text, whole=bool(depth))
        if label and (lines or self.in_cell):
            first = lines[0] if lines else Text("")
            lines[:1] = [Text.concat(_label(label, first, at, gap=gap), first)]
        for line in lines:
            yield RawParagraph(line, bold or depth > 0, depth=depth)

    def _read_notes(self, at: int) -> None:
        """The notes that the paragraph just walked refers to."""
        references, self.walker.notes = self.walker.notes, []
        for kind, name in references:
            part = self.package.footnotes if kind == "footnoteReference" else self.package.endnotes
            for note in part if part is not None else ():
                if note.get(MAIN + "id") == name:
                    texts = (text_of(Walker(self.styles).paragraph(p), Source(at)) for p in note.iter(PARAGRAPH))
                    self.notes += [RawParagraph(cleaned(text)) for text in texts if text.value.strip()]

    def _table(self, element: Element) -> Iterator[RawBlock]:
        """A table, then the tables inside its cells; one row alone is a line, or a frame around text."""
        rows = rows_of(element)
        if len(rows) == 1:
            yield from _unframed([list(self._blocks(cell)) for cell in cells_of(rows[0])])
            return
        inner: list[RawBlock] = []
        table = read_grid(element, lambda cell: self._cell(cell, inner), self.cells_left)
        if table is None:
            self._leave("table_cells", "表格", "全文表格的单元格超过上限 {limit}，这一张起过大的未读取")
        elif table.rows and table.rows[0]:
            self.cells_left -= len(table.rows) * len(table.rows[0])
            yield table
        yield from inner

    def _leave(self, name: str, where: str, what: str) -> None:
        """Name a limit that is reached, once."""
        message = f"{what.format(limit=getattr(self.limits, name))}；如确为正常的报告，请在配置 [limits] 中调高 {name}"
        if (found := Problem("limit-reached", where, message)) not in self.problems:
            self.problems.append(found)

    def _cell(self, element: Element, inner: list[RawBlock]) -> Text:
        self.in_cell += 1
        blocks = list(self._blocks(element))
        self.in_cell -= 1
        inner += [block for block in blocks if isinstance(block, RawTable)]
        return join_cell(block.text for block in blocks if isinstance(block, RawParagraph))


def _unframed(cells: Sequence[Sequence[RawBlock]]) -> list[RawBlock]:
    """What stands in the only row of a table: one line, its cells parted by tabs, or what fills them."""
    blocks = [block for cell in cells for block in cell]
    texts = [block.text for block in blocks if isinstance(block, RawParagraph)]
    if len(texts) < 2 or any(len(cell) > 1 for cell in cells) or len(texts) < len(blocks):
        return blocks
    return [RawParagraph(Text.concat(texts[0], *(part for text in texts[1:] for part in (Text("\t"), text))))]


def _has_no_end(properties: Element | None) -> bool:
    """Whether a paragraph's end is deleted, moved away or hidden, so that it runs into the next one."""
    mark = find(properties, "rPr")
    gone = find(mark, "del") is not None or find(mark, "moveFrom") is not None
    return gone or bool(switched(mark, "vanish"))


def _lines(text: Text, *, whole: bool) -> list[Text]:
    """A paragraph at its line breaks; lines that are one sentence, and those of a heading, are joined."""
    lines: list[list[Text]] = []
    before = ""
    start = 0
    after_page = True
    for end in [*(at for at, char in enumerate(text.value) if char in ("\n", NEW_PAGE)), len(text)]:
        line = cleaned(text.cut(start, end))
        if line.value and not after_page and (whole or goes_on(before, line.value)):
            lines[-1] += [glue(before, line.value), line]
            before += lines[-1][-2].value + line.value
        elif line.value:
            lines.append([line])
            before = line.value
        after_page = (after_page and not line.value) or text.value[end : end + 1] == NEW_PAGE
        start = end + 1
    return [Text.concat(*parts) for parts in lines]


def _label(label: str, text: Text, at: int, *, gap: bool) -> Text:
    """An automatic number as text: behind one that ends in a sign the gap needs no space."""
    apart = gap and text.value and (label[-1].isalnum() or (text.value[0].isascii() and text.value[0].isalnum()))
    return Text(label + (" " if apart else ""), (Run(0, source=Source(at)),))


def _opens_section(block: RawParagraph) -> bool:
    label = parse_heading(block.text.value)
    return bool(block.depth) or (label is not None and label.rank not in LOW)


def paragraph_pieces(package: Package) -> Sequence[list[Piece]]:
    """What is seen of each paragraph, in the order of ``Source.paragraph``; empty where nothing was read."""
    story = Story(package)
    story.read()
    return [story.pieces.get(at, []) for at in range(len(story.paragraphs))]
