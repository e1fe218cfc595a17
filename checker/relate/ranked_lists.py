"""First and last of a list: 决策 14 分、过程 17 分、产出 31 分，得分率依次为 83 %、80 % 和 88 %，产出最高，过程最低."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.extract.chinese import chinese_number
from checker.extract.clauses import JOINED, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.headings import HAN_DIGITS
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relation.trends import Comparison
from checker.verdict import Mention, Phrase, Role

LISTED = Phrase("同一句按次序列出的各项", "the values that the sentence lists in order")
_LEADS = Pattern(r"(?:分别|依次)(?:为|是|达到)?\s*$")
_MOST = Pattern(r"(?P<up>最[高大多优]|居首位?)|(?P<down>最[低小少差]|居末位?)")
_BEHIND_NAME = Pattern(r"(?:类|部分|方面|维度|指标|一级指标)*(?:的)?(?:得分率|\p{Han}{0,4}率)?(?:为|是|均)?\s*$")
_BEFORE_NAME = Pattern(r"^的?(?:是|为|的是|一项是)")
_TAIL = Pattern(r"(?:类|部分|方面|维度|指标)*(?:实际|综合|评价)?(?:得分?|评分|为|共)?$")
_JOINT = Pattern(r"、|和|与|及")
_COUNTED = Pattern(r"(?:前|这)?(?P<number>[三四五六七八九])个?(?P<noun>批次|批|期|季度|标段|片区|组|档)")
FEWEST, LONGEST, REACH = 3, 10, 24


class _Item(Struct, frozen=True):
    """A name of the list and its value."""

    name: str
    figure: Figure


def find_ranked_lists(reading: Reading) -> Iterator[Comparison]:
    """Every name of a list that its sentence calls the highest or the lowest."""
    for passage in reading.prose:
        text = passage.text.value
        if "最" not in text or not ("分别" in text or "依次" in text):
            continue
        for span in sentences(text):
            figures = passage.outside(span)
            for at, figure in enumerate(figures):
                if _LEADS.search(text[max(span.start, figure.start - LONGEST) : figure.start]):
                    items = _items(passage, figures, at)
                    if items:
                        yield from _called(passage, items, span.end)


def _items(passage: Passage, figures: Sequence[Figure], at: int) -> list[_Item]:
    """The values from one on with the names of as many figures before them."""
    text = passage.text.value
    values = [figures[at]]
    for figure in figures[at + 1 :]:
        between = text[values[-1].end : figure.start].strip()
        if between not in JOINED or figure.quantity.unit.base != values[0].quantity.unit.base:
            break
        values.append(figure)
    count = len(values)
    if count < FEWEST or any(figure.quantity.is_open for figure in values):
        return []
    named = figures[at - count : at] if at >= count else []
    names = [_TAIL.sub("", passage.label(figure).removeprefix("其中")) for figure in named]
    one_unit = len({figure.quantity.unit.base for figure in named}) == 1
    if not (named and one_unit and _are_names(names, count)):
        names = _names_before(text[: values[0].start], count)
    return [_Item(name, figure) for name, figure in zip(names, values, strict=True)] if _are_names(names, count) else []


def _are_names(names: Sequence[str], count: int) -> bool:
    return len(set(names)) == len(names) == count and all(1 < len(name) <= LONGEST for name in names)


def _names_before(text: str, count: int) -> list[str]:
    """The names that stand in a row before 依次为, or what so many of one kind are called: 四批 is 第一批 to 第四批."""
    said = _LEADS.sub("", text)
    clause = said[max(said.rfind(mark) for mark in "。；;，,：:") + 1 :]
    pieces = _JOINT.split(clause)
    if len(pieces) == count:
        lengths = {len(piece) for piece in pieces[1:-1]}
        size = lengths.pop() if len(lengths) == 1 else 0
        ends = {piece[-1:] for piece in pieces[:-1]}
        at = pieces[-1].find(ends.pop()) + 1 if len(ends) == 1 else 0
        return [pieces[0][-size:] if size else pieces[0], *pieces[1:-1], pieces[-1][: at or size or None]]
    counted = _COUNTED.match(clause)
    if counted is None or chinese_number(counted["number"]) != count:
        return []
    return [f"{HAN_DIGITS[at]}{counted['noun']}" for at in range(count)]


def _called(passage: Passage, items: Sequence[_Item], end: int) -> Iterator[Comparison]:
    """Each superlative right behind the list, with the name beside it."""
    text = passage.text.value
    start = items[-1].figure.end
    nearest = next((f.start for f in passage.figures if f.start >= start), end)
    for match in _MOST.finditer(text, start, min(end, nearest, start + 2 * REACH)):
        clause = max(text.rfind(mark, start, match.start()) for mark in "，,；;、")
        before = text[max(clause + 1, start) : match.start()]
        behind = text[match.end() : match.end() + LONGEST]
        called = [one for one in items if _is_beside(one.name, before, behind)]
        if len(called) != 1 or any(word in before for word in ("次", "其次", "除")):
            continue
        up = match["up"] is not None
        others = [one for one in items if one is not called[0]]
        rival = (max if up else min)(others, key=lambda one: one.figure.quantity.based)
        word = Mention(Role.STATED, passage.text, *match.span(), passage.place)
        names, sign = (called[0].name, rival.name), 1 if up else -1
        yield Comparison(LISTED, names, called[0].figure, rival.figure, word, match.group(), sign, or_equal=True)


def _is_beside(name: str, before: str, behind: str) -> bool:
    at = before.rfind(name)
    if at >= 0:
        return _BEHIND_NAME.fullmatch(before[at + len(name) :]) is not None
    found = _BEFORE_NAME.match(behind)
    return found is not None and behind[found.end() :].lstrip("“").startswith(name)
