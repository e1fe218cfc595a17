"""The characters of a Word paragraph that a reader of the page sees, each with its element."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from checker.document import Run, Source, Text
from checker.readers.clean import INVISIBLE, close_gaps
from checker.readers.docx_math import plain_math
from checker.readers.docx_names import MAIN, MATH, RUN, SPACE, contents, find, switched, value
from checker.readers.docx_package import Element
from checker.readers.docx_styles import Styles
from checker.readers.symbols import DROPPED, symbol

NEW_PAGE = "\f"
DEEPEST_FIELD = 20
"""Fields nest no deeper than this, but in broken documents."""

_PAGE_BREAKS = ("page", "column")
_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "cr": "\n"}
_ONE_FOR_ONE = {code: " " if shown == " " else DROPPED for code, shown in INVISIBLE.items()}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACES = " \t\r\n"


class Piece(Struct, frozen=True):
    """Visible characters of one element of a paragraph.

    ``value`` stands one for one for the characters of ``element`` from ``skip`` on where that is
    a ``w:t``; for other elements (a tab, a formula) the whole stands for the element.
    """

    value: str
    element: Element
    skip: int = 0
    bold: bool = False


class _Field(Struct):
    """A field being read: its instruction is not seen, its result is."""

    shown: bool = False
    instruction: str = ""


class Walker(Struct):
    """Walks over paragraphs in reading order; a field may run over several of them."""

    styles: Styles
    fields: list[_Field] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    lists_captions: bool = False

    def paragraph(self, element: Element) -> list[Piece]:
        """The visible pieces of a paragraph, text boxes left out.

        ``notes`` gets the notes that it refers to; ``lists_captions`` says whether it belongs to a
        list of tables or figures that Word made.
        """
        self.lists_captions = self._in_caption_list()
        style = self.styles.paragraph(find(element, "pPr"))
        pieces: list[Piece] = []
        for child in contents(element):
            if child.tag == RUN:
                self._run(child, pieces, hidden=bool(style.hidden), bold=bool(style.bold))
            elif child.tag in (MATH + "oMath", MATH + "oMathPara") and self._visible:
                pieces.append(Piece(plain_math(child), child))
        while self.fields and not self.fields[-1].shown:  # a field without an end must not hide the rest
            self.fields.pop()
        return pieces

    def _in_caption_list(self) -> bool:
        inner = self.fields[-DEEPEST_FIELD:]
        return any(f.instruction.strip().startswith("TOC") and "\\c" in f.instruction for f in inner)

    @property
    def _visible(self) -> bool:
        return all(one.shown for one in self.fields[-DEEPEST_FIELD:])

    def _run(self, run: Element, pieces: list[Piece], *, hidden: bool, bold: bool) -> None:
        properties = find(run, "rPr")
        if properties is not None:
            named = self.styles[name] if (name := value(properties, "rStyle")) else None
            hidden = _decided(switched(properties, "vanish"), named.hidden if named else None, hidden)
            bold = _decided(switched(properties, "b"), named.bold if named else None, bold)
        raised = value(properties, "vertAlign") == "superscript"  # a power, or the mark of a note
        own_mark = False
        for child in contents(run):
            name = child.tag.removeprefix(MAIN) if isinstance(child.tag, str) else ""
            if name in ("fldChar", "instrText"):
                self._field(child, name)
            elif name in ("footnoteReference", "endnoteReference") and not hidden:
                self.notes.append((name, child.get(MAIN + "id", "")))
                own_mark = child.get(MAIN + "customMarkFollows") in ("1", "true", "on")
            elif self._visible and not hidden and not own_mark and (piece := _piece(name, child, bold=bold)):
                pieces.append(replace(piece, value=piece.value.translate(_RAISED)) if raised else piece)

    def _field(self, element: Element, name: str) -> None:
        if name == "instrText":
            if self.fields and not self.fields[-1].shown:
                self.fields[-1].instruction += element.text or ""
            return
        kind = element.get(MAIN + "fldCharType")
        if kind == "begin":
            self.fields.append(_Field())
        elif self.fields and kind == "separate":
            self.fields[-1].shown = True
            self.lists_captions = self.lists_captions or self._in_caption_list()
        elif self.fields and kind == "end":
            self.fields.pop()


def _decided(*said: bool | None) -> bool:
    """The first that says anything."""
    return next((one for one in said if one is not None), False)


def _piece(name: str, element: Element, *, bold: bool) -> Piece | None:
    if name == "t":
        written = element.text or ""
        kept = written if element.get(SPACE) == "preserve" else written.strip(_SPACES)
        skip = written.find(kept) if kept else 0
        return Piece("".join(map(symbol, kept)).translate(_ONE_FOR_ONE), element, skip, bold) if kept else None
    if name == "sym":
        sign = symbol(_character(element.get(MAIN + "char", "")), element.get(MAIN + "font", ""))
        return Piece(sign, element, bold=bold) if sign != DROPPED else None
    if name == "br":
        kind = element.get(MAIN + "type")
        return Piece(NEW_PAGE if kind in _PAGE_BREAKS else "\n", element)
    return Piece(_SIGNS[name], element) if name in _SIGNS else None


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return DROPPED


def is_bold(pieces: list[Piece]) -> bool:
    """Whether all that is seen of a paragraph is set in bold."""
    seen = [piece for piece in pieces if piece.value.strip()]
    return bool(seen) and all(piece.bold for piece in seen)


def text_of(pieces: list[Piece], source: Source) -> Text:
    """The pieces as one text whose characters know their paragraph; line and page breaks are kept."""
    return Text("".join(piece.value for piece in pieces), (Run(0, source=source),))


def cleaned(text: Text) -> Text:
    """Without what shows nothing and the gaps between Han characters, as all readers give it."""
    wanted = close_gaps(text.value.replace(DROPPED, "")).strip(" \t\n\u3000")
    return text if wanted == text.value else Text.concat(*(text.cut(*span) for span in _kept(text.value, wanted)))


def _kept(value: str, wanted: str) -> Iterator[tuple[int, int]]:
    """The stretches of ``value`` that make up ``wanted``, which only lacks some of its characters."""
    start = at = 0
    for index, char in enumerate(value):
        if at < len(wanted) and char == wanted[at]:
            at += 1
            continue
        if start < index:
            yield start, index
        start = index + 1
    if start < len(value):
        yield start, len(value)
