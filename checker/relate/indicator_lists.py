"""Lists of indicators that a sentence announces: 部门管理（预算管理、资产管理）, 由 A、B 两个二级指标组成."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.extract.figures import Reading
from checker.extract.patterns import Match, Pattern
from checker.relate.indicator_places import LISTING, SCORES, SUMMARY, Side, group_cell
from checker.relate.score_names import plain_name
from checker.relate.score_tree import ScoreTree, alike
from checker.relate.spots import Spot
from checker.relate.text_differences import bigrams
from checker.relate.vocabulary import alternatives, listed
from checker.relation import Relation
from checker.relation.indicators import AnnouncedParts
from checker.verdict import Mention, Phrase, Role

BECAUSE = Phrase("该句列举“{name}”的下级指标", "the sentence lists what stands under “{name}”")

_NAME = r"[^（）()、，,。；;：:]{2,24}"
_BRACKETS = Pattern(rf"(?P<parent>{_NAME})[（(](?P<list>[^（）()。；;]*、[^（）()。；;]*)[）)]")
_CLAUSE = Pattern(
    rf"(?:^|(?<=[。；;）)]))(?P<parent>[^。；;]{{2,60}}?)(?:{alternatives('indicators', 'parts')})[：:]?"
    r"(?P<list>[^，,。；;：:（）()]*、[^，,。；;：:（）()]*)(?=[，,。；;（(]|$)"
)
_SPLIT = Pattern(r"[、]|以及|和|及|与")
_COUNT = Pattern(r"(?:[一二三四五六七八九十两]|\d+)(?:个|项|类|大类|方面|个方面)*(?:的)?$")


class Family(Struct, frozen=True):
    """An indicator of the tables with those under it, each with its cell in every table that has it."""

    name: str
    parts: dict[str, tuple[Mention, ...]]


def find_announced(reading: Reading, tree: ScoreTree) -> Iterator[Relation]:
    """Every list of indicators in a sentence, against the tables."""
    families = _families(tree)
    if not families:
        return
    for passage in reading.prose:
        if passage.place.row is None and "、" in passage.text.value:
            spot = Spot(passage.text, passage.place, "prose")
            for pattern in (_BRACKETS, _CLAUSE):
                for match in pattern.finditer(spot.plain):
                    yield from _against(spot, match, families)


def _families(tree: ScoreTree) -> list[Family]:
    """Each upper indicator with its parts in every table that has it."""
    sides = [Side(table, where) for table, where in ((tree.listing, LISTING), (tree.scores, SCORES)) if table]
    sides += [Side(tree.summary, SUMMARY)] if tree.summary else []
    members: dict[str, dict[str, list[Mention]]] = {}
    for side in sides:
        for parent, name, mention in _members(side):
            members.setdefault(parent, {}).setdefault(name, []).append(mention)
    return [Family(name, {part: tuple(at) for part, at in parts.items()}) for name, parts in members.items()]


def _members(side: Side) -> Iterator[tuple[str, str, Mention]]:
    """Each part once, with its parent; the cell of a merged name is the one that holds it."""
    seen: set[tuple[str, ...]] = set()
    for row in side.table.rows:
        for depth in range(1, len(row.path)):
            path = row.path[: depth + 1]
            if row.damaged or not path[-1] or not path[-2] or path in seen:
                continue
            seen.add(path)
            column = side.table.columns.levels[min(depth, side.depth)]
            yield path[-2], path[-1], group_cell(side, row.row, column)


def _against(spot: Spot, match: Match, families: Sequence[Family]) -> Iterator[Relation]:
    words = match["list"]
    if "等" in words[-4:]:
        return
    items = _items(words)
    family = _family(match["parent"], items, families)
    if family is None:
        return
    most = max(len(at) for at in family.parts.values())
    missing = tuple(
        (name, at[0]) for name, at in family.parts.items() if len(at) == most and not any(_is(name, i) for i in items)
    )
    extra = tuple(item for item in items if not any(_is(name, item) for name in family.parts))
    reworded = {name for name, _ in missing if any(bigrams(name) & bigrams(item) for item in extra)}
    extra = tuple(item for item in extra if not any(bigrams(name) & bigrams(item) for name in reworded))
    missing = tuple((name, at) for name, at in missing if name not in reworded)
    listing = spot.mention(Role.STATED, *match.span("list"))
    yield AnnouncedParts(BECAUSE.filled(name=family.name), family.name, listing, missing, extra)


def _items(words: str) -> list[str]:
    whole = [item for item in words.split("、") if item]
    last = whole[-1]
    for word in listed("indicators", "after_parts"):
        last = last.removesuffix(word)
    last = _COUNT.sub("", last)
    return [plain_name(item) for item in (*whole[:-1], *(part for part in _SPLIT.split(last) if part)) if item]


def _family(said: str, items: Sequence[str], families: Sequence[Family]) -> Family | None:
    """The indicator that the words before the list name, when most of the list are its parts."""
    for family in families:
        core = _core(family.name)
        if len(core) < 2 or core not in said[-24:]:
            continue
        known = sum(any(_is(name, item) for item in items) for name in family.parts)
        if known >= 2 and 2 * known >= len(items) and 2 * known >= len(family.parts):
            return family
    return None


def _core(name: str) -> str:
    for prefix in listed("indicators", "prefixes"):
        name = name.removeprefix(prefix)
    return name


def _is(name: str, item: str) -> bool:
    return name == item or alike(name, item)
