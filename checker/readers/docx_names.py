"""Names of WordprocessingML, and how its elements are walked as a reader of the page would."""

from __future__ import annotations

from collections.abc import Iterator

from checker.readers.docx_package import Element

MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

PARAGRAPH, TABLE, ROW, CELL, RUN = (MAIN + name for name in ("p", "tbl", "tr", "tc", "r"))
TEXT_BOX = MAIN + "txbxContent"

# What only holds other things; insertions and the target of a move among them, as if accepted.
_OPENED = {
    MAIN + name
    for name in (
        *("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase"),
        *("ins", "moveTo"),
    )
}
# What is gone once changes are accepted, and the small type above a character.
_DROPPED = {MAIN + name for name in ("del", "moveFrom", "rt", "rubyPr")}
_OFF = ("0", "false", "off", "none")


def contents(parent: Element) -> Iterator[Element]:
    """The children of an element, wrappers opened, deleted ones left out, one of two alternatives."""
    for child in parent:
        if child.tag in _OPENED:
            yield from contents(child)
        elif child.tag == COMPATIBILITY + "AlternateContent":
            chosen = next((part for part in child if len(part)), None)
            if chosen is not None:
                yield from contents(chosen)
        elif child.tag not in _DROPPED:
            yield child


def find(parent: Element | None, *path: str) -> Element | None:
    """The first child under these names, None where one is missing."""
    for name in path:
        parent = None if parent is None else parent.find(MAIN + name)
    return parent


def value(parent: Element | None, *path: str) -> str | None:
    """The ``w:val`` of the child under these names."""
    found = find(parent, *path)
    return None if found is None else found.get(MAIN + "val", "")


def number(parent: Element | None, *path: str) -> int | None:
    """The ``w:val`` as a whole number, None where there is none."""
    text = value(parent, *path) or ""
    return int(text) if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 10 else None


def switched(parent: Element | None, name: str) -> bool | None:
    """Whether a property is on, None where nothing is said."""
    found = find(parent, name)
    return None if found is None else found.get(MAIN + "val", "1") not in _OFF


def text_boxes(parent: Element) -> Iterator[Element]:
    """The text boxes anchored in an element, those inside other boxes left to them."""
    for child in contents(parent):
        if child.tag == TEXT_BOX:
            yield child
        else:
            yield from text_boxes(child)
