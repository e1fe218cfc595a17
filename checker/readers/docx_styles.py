"""What the styles of a Word document say of its paragraphs and characters."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import fields, replace

from checker.readers.docx_names import MAIN, find, number, switched, value
from checker.readers.docx_package import Element

BODY_TEXT = 9
"""The outline level that is none."""
CAPTION_LIST = "table of figures"


class Style(Struct, frozen=True):
    """A style with what it takes over from those it is based on.

    ``outline`` counts levels from 0; ``list_level`` and ``list_id`` are those of its numbering.
    None means that the style says nothing of it.
    """

    name: str = ""
    outline: int | None = None
    list_id: int | None = None
    list_level: int | None = None
    bold: bool | None = None
    hidden: bool | None = None


class Styles:
    """The styles by their id; an unknown id is the default paragraph style's."""

    def __init__(self, root: Element | None) -> None:
        elements = [] if root is None else list(root.iter(MAIN + "style"))
        self.elements = {element.get(MAIN + "styleId", ""): element for element in elements}
        kinds = (
            e.get(MAIN + "styleId", "")
            for e in elements
            if e.get(MAIN + "type") == "paragraph" and e.get(MAIN + "default") in ("1", "true", "on")
        )
        self.default = next(kinds, "")
        self.known: dict[str, Style] = {}

    def paragraph(self, properties: Element | None) -> Style:
        """The style of a paragraph with these properties."""
        return self[value(properties, "pStyle") or self.default]

    def __getitem__(self, name: str) -> Style:
        if name not in self.known:
            self.known[name] = Style()  # against a style that is based on itself
            self.known[name] = self._resolved(name)
        return self.known[name]

    def _resolved(self, name: str) -> Style:
        element = self.elements.get(name)
        if element is None:
            return Style() if name == self.default else self[self.default]
        base = self[based] if (based := value(element, "basedOn")) else Style()
        numbering = find(element, "pPr", "numPr")
        own = Style(
            (value(element, "name") or "").lower(),
            outline=number(element, "pPr", "outlineLvl"),
            list_id=number(numbering, "numId"),
            list_level=number(numbering, "ilvl"),
            bold=switched(find(element, "rPr"), "b"),
            hidden=switched(find(element, "rPr"), "vanish"),
        )
        unsaid = [one.name for one in fields(Style) if getattr(own, one.name) is None]
        return replace(own, **{name: getattr(base, name) for name in unsaid})
