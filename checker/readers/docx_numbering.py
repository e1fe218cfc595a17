"""Automatic numbers of Word, which the text itself does not hold: 一、（一）1. as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from checker.extract.patterns import Match, Pattern
from checker.readers.docx_counters import written
from checker.readers.docx_names import MAIN, find, number, switched, value
from checker.readers.docx_package import Element
from checker.readers.docx_styles import Style

LEVELS = 9

_PLACE = Pattern(r"%([1-9])")
_BULLETS = Pattern(r"[\ue000-\uf8ff]")


class Level(Struct, frozen=True):
    """One level of a list: its first number, its form, and the text around the numbers.

    ``restart`` is the level (from 0) at or above which a paragraph makes this one begin anew, None
    for never. ``legal`` writes the numbers of all levels as digits. ``style`` is the paragraph
    style that is tied to the level.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    spaced: bool = True
    style: str = ""


class List(Struct, frozen=True):
    """A list as a paragraph names it: several may share the counters of one definition.

    ``restarts`` are the levels that begin at a number of their own when the list is first used.
    """

    definition: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]


class Numbering:
    """Gives each paragraph its number, one after the other in reading order."""

    def __init__(self, root: Element | None) -> None:
        self.lists = _lists(root) if root is not None else {}
        self.counts: dict[str, list[int | None]] = {}
        self.begun: set[int] = set()

    def label(self, properties: Element | None, style: Style, style_id: str) -> tuple[str, bool]:
        """The number of the next paragraph, "" for none, and whether a gap stands behind it."""
        direct = find(properties, "numPr")
        own = number(direct, "numId")
        list_id = style.list_id if own is None else own
        found = self.lists.get(list_id or 0)
        if found is None:
            return "", False
        level = number(direct, "ilvl")
        if level is None:
            tied = (at for at, one in found.levels.items() if own is None and one.style == style_id)
            level = next(tied, style.list_level or 0) if own is None else 0
        level = min(max(level, 0), LEVELS - 1)
        counts = self._count(list_id or 0, found, level)
        return _written(found, level, counts), found.levels.get(level, Level()).spaced

    def _count(self, list_id: int, found: List, level: int) -> list[int | None]:
        counts = self.counts.setdefault(found.definition, [None] * LEVELS)
        if list_id not in self.begun:
            self.begun.add(list_id)
            for at, start in found.restarts.items():
                counts[at] = start - 1
        count = counts[level]
        counts[level] = found.levels.get(level, Level()).start if count is None else count + 1
        for deeper in range(level + 1, LEVELS):
            restart = found.levels.get(deeper, Level(restart=deeper - 1)).restart
            if restart is not None and level <= restart:
                first = found.restarts.get(deeper)
                counts[deeper] = None if first is None else first - 1
        return counts


def _written(found: List, level: int, counts: list[int | None]) -> str:
    own = found.levels.get(level, Level())

    def place(match: Match) -> str:
        at = int(match[1]) - 1
        one = found.levels.get(at, Level())
        count = counts[at]
        return written(one.start if count is None else count, "decimal" if own.legal else one.form)

    return _BULLETS.sub("", _PLACE.sub(place, own.text)) if own.form != "bullet" else ""


def _lists(root: Element) -> dict[int, List]:
    """The lists by their number."""
    definitions = {e.get(MAIN + "abstractNumId", ""): e for e in root.findall(MAIN + "abstractNum")}
    linked = {link: key for key, e in definitions.items() if (link := value(e, "styleLink"))}
    result: dict[int, List] = {}
    for element in root.findall(MAIN + "num"):
        key = value(element, "abstractNumId") or ""
        if key in definitions and (link := value(definitions[key], "numStyleLink")):
            key = linked.get(link, key)
        name = element.get(MAIN + "numId", "")
        if key in definitions and name.isascii() and name.isdigit():
            result[int(name)] = _list(key, definitions[key], element)
    return result


def _list(key: str, definition: Element, element: Element) -> List:
    levels = {at: _level(at, e) for e in definition.findall(MAIN + "lvl") if (at := _index(e)) is not None}
    restarts: dict[int, int] = {}
    for override in element.findall(MAIN + "lvlOverride"):
        at = _index(override)
        if at is None:
            continue
        if (own := find(override, "lvl")) is not None:
            levels[at] = _level(at, own)
            restarts[at] = levels[at].start
        if (start := number(override, "startOverride")) is not None:
            restarts[at] = start
    return List(key, levels, restarts)


def _index(element: Element) -> int | None:
    text = element.get(MAIN + "ilvl", "")
    return int(text) if len(text) == 1 and text in "012345678" else None


def _level(at: int, element: Element) -> Level:
    forms = [form.get(MAIN + "val", "") for form in element.iter(MAIN + "numFmt")]
    restart = number(element, "lvlRestart")
    return Level(
        start=1 if (start := number(element, "start")) is None else start,
        form=next((form for form in forms if form != "custom"), "decimal"),
        text=value(element, "lvlText") or "",
        restart=at - 1 if restart is None else restart - 1 if restart else None,
        legal=bool(switched(element, "isLgl")),
        spaced=value(element, "suff") != "nothing",
        style=value(element, "pStyle") or "",
    )
