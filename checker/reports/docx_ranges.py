"""Stretches of a Word document marked for a comment: runs are cut at their ends, nothing else changes."""

from __future__ import annotations

from copy import deepcopy

from msgspec import Struct
from msgspec.structs import replace

from checker.readers.docx_names import MAIN, MATH, RUN, SPACE, TEXT_BOX
from checker.readers.docx_package import Element
from checker.readers.docx_text import Piece

_TEXT, _PROPERTIES = MAIN + "t", MAIN + "rPr"
_ID = MAIN + "id"
_SPACES = " \t\r\n"


class Marker(Struct, frozen=True):
    """Puts the marks of comments around stretches of one document.

    ``paragraphs`` are all its paragraphs and ``pieces`` what is seen of each, as the reader
    counted them; the pieces are kept in step with the runs that are cut.
    """

    paragraphs: list[Element]
    pieces: list[list[Piece]]

    def mark(self, name: str, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Mark from a character of a paragraph up to before one of the same or a later paragraph.

        An equation is marked as a whole.
        """
        self._cut(*last)
        self._cut(*first)
        begin = [piece for piece, start in self._starts(first[0]) if start <= first[1]][-1]
        end = [piece for piece, start in self._starts(last[0]) if start < last[1]][-1]
        _put(name, _holder(begin.element), _holder(end.element))

    def mark_paragraph(self, name: str, at: int) -> None:
        """Mark all of a paragraph; the one that holds the text box where it stands in one."""
        paragraph = self.paragraphs[at]
        for parent in paragraph.iterancestors(TEXT_BOX):
            paragraph = next(parent.iterancestors(MAIN + "p"), paragraph)
        nodes = [node for node in paragraph if node.tag != MAIN + "pPr"]
        if not nodes:
            nodes = [_sub(paragraph, "r")]
        _put(name, nodes[0], nodes[-1])

    def holds(self, at: int, start: int, end: int) -> bool:
        """Whether a stretch of a paragraph can carry a comment itself: text boxes cannot."""
        if next(self.paragraphs[at].iterancestors(TEXT_BOX), None) is not None:
            return False
        return start < end <= sum(len(piece.value) for piece in self.pieces[at])

    def _starts(self, at: int) -> list[tuple[Piece, int]]:
        starts, offset = [], 0
        for piece in self.pieces[at]:
            starts.append((piece, offset))
            offset += len(piece.value)
        return starts

    def _cut(self, at: int, offset: int) -> None:
        """Make a run begin at a character of a paragraph, unless it is inside an equation."""
        for index, (piece, start) in enumerate(self._starts(at)):
            inside = offset - start
            if inside == 0:
                _split_run(piece.element)
            elif 0 < inside < len(piece.value) and piece.element.tag == _TEXT:
                rest = _split_text(piece, inside)
                _split_run(rest.element)
                self.pieces[at][index : index + 1] = [replace(piece, value=piece.value[:inside]), rest]


def _split_text(piece: Piece, inside: int) -> Piece:
    """Cut a ``w:t`` in two, both in the same run; the second as a piece."""
    element = piece.element
    text = element.text or ""
    if element.get(SPACE) != "preserve":  # Word ignores what stands around it
        text, skip = text.strip(_SPACES), 0
    else:
        skip = piece.skip
    rest = deepcopy(element)
    element.text, rest.text = text[: skip + inside], text[skip + inside :]
    for part in (element, rest):
        part.set(SPACE, "preserve")
    element.addnext(rest)
    return replace(piece, value=piece.value[inside:], element=rest, skip=0)


def _split_run(element: Element) -> None:
    """Make a run begin with an element of it, its properties copied."""
    run = element.getparent()
    if run is None or run.tag != RUN:
        return
    before = [node for node in element.itersiblings(preceding=True) if node.tag != _PROPERTIES]
    if not before:
        return
    rest = deepcopy(run)
    for node in list(rest):
        if node.tag != _PROPERTIES:
            rest.remove(node)
    for node in [element, *element.itersiblings()]:
        rest.append(node)
    run.addnext(rest)


def _holder(element: Element) -> Element:
    """The run or the equation that a mark stands beside."""
    for node in (element, *element.iterancestors()):
        if node.tag in (RUN, MATH + "oMath", MATH + "oMathPara"):
            return node
    return element


def _put(name: str, first: Element, last: Element) -> None:
    """Put the marks of a comment around two nodes, behind those of comments that end there too."""
    first.addprevious(_mark(first, "commentRangeStart", name))
    while (after := last.getnext()) is not None and _ends_comment(after):
        last = after
    end = _mark(last, "commentRangeEnd", name)
    last.addnext(end)
    reference = _mark(last, "r")
    _sub(_sub(reference, "rPr"), "rStyle").set(MAIN + "val", "CommentReference")
    _sub(reference, "commentReference").set(_ID, name)
    end.addnext(reference)


def _ends_comment(node: Element) -> bool:
    return node.tag == MAIN + "commentRangeEnd" or node.find(MAIN + "commentReference") is not None


def _mark(beside: Element, tag: str, name: str | None = None) -> Element:
    element = beside.makeelement(MAIN + tag)
    if name is not None:
        element.set(_ID, name)
    return element


def _sub(parent: Element, tag: str) -> Element:
    element = parent.makeelement(MAIN + tag)
    parent.append(element)
    return element
