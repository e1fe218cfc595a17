"""An amount, what it is compared with, and how far the two lie apart: 得 84.80 分，比平均得分 84.97 分低 0.17 分.

The amount compared with stands in the comparison itself, or is the one mean of the paragraph where the
comparison names the mean only (比平均分低 0.17 分). Size and direction are looked at apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.apart import gap_between
from checker.relate.part_scope import compares
from checker.relation import Relation
from checker.relation.growth import RateDifference
from checker.relation.trends import Comparison
from checker.verdict import Mention, Phrase, Role

COMPARED = Phrase("“{word}”比较句中的两个数", "“{word}” compares two figures of the sentence")
FAR = 10
"""Amounts so many times apart are not of one thing: a price is not compared with a sum."""
LEAST, REACH = 10, 12
_ANY_WAY = Pattern(r"(?:的\p{Han}{0,8}?)?(?P<way>(?P<more>高|多|超出)|低|少|节约)(?:了|出)?\s*")
_NAMED_THAN = Pattern(r"(?:比|较)[^，,。；;、\d]{0,8}$")
KINDS = frozenset({"score", "money", "count", "measure"})
_THAN = Pattern(r"\s*[，,]\s*(?:仍|但|略|只|仅|还|也|均)*(?:比|较)(?P<name>[^，。；、\d]{0,16})")
_WAY = Pattern(
    r"(?:的(?!\p{Han}{0,4}(?:目标|标准|指标|基准|要求|限|控制|平均水平))\p{Han}{0,8}?)?"
    r"(?P<way>(?P<more>高|多|超出)|低|少|节约)(?:了|出)?\s*"
)
_THAN_MEAN = Pattern(
    r"\s*[，,]\s*(?:仍|但|略|只|仅|还|也)*(?:比|较)(?P<name>[^，。；、\d]{0,8}?平均(?:分|得分|值|水平|数|率)?)"
    r"(?P<way>(?P<more>高|多)|低|少)(?:了|出)?\s*"
)
_MEAN = Pattern(r"平均(?:分|得分|值|水平|数|率)?(?:为|是)?\s*$")


def find_compared(reading: Reading) -> Iterator[Relation]:
    """Every comparison of an amount with another one of its sentence, or with the mean of its paragraph."""
    for passage in reading.prose:
        text = passage.text.value
        if not any(word in text for word in ("比", "较", "后者", "前者")):
            continue
        figures = passage.figures
        for own, base, gap in zip(figures, figures[1:], figures[2:], strict=False):
            than = _THAN.fullmatch(text[own.end : base.start]) if _are_alike(own, base, gap) else None
            way = _WAY.fullmatch(text[base.end : gap.start]) if than else None
            if way is not None and own.quantity.unit.kind in KINDS and _is_told_of(passage, own, base):
                yield from _relations(passage, (own, base, gap), way, base.end)
        yield from _latter(passage)
        yield from _with_mean(passage)
        yield from _with_one_before(passage)


def _latter(passage: Passage) -> Iterator[Relation]:
    """甲每公里 34.50 万元，乙每公里 35.00 万元，后者高出 0.50 万元."""
    text = passage.text.value
    for first, second, gap in zip(passage.figures, passage.figures[1:], passage.figures[2:], strict=False):
        way = _LATTER.fullmatch(text[second.end : gap.start]) if _are_alike(first, second, gap) else None
        apart = text[first.end : second.start]
        if way is not None and not any(mark in apart for mark in "。；;") and _tells(gap):
            own, base = (second, first) if way["who"] == "后者" else (first, second)
            yield from _relations(passage, (own, base, gap), way, second.end)


_LATTER = Pattern(
    r"[^，,。；;\d]{0,6}[，,](?P<who>后者|前者)[^，,。；;\d]{0,16}?(?P<way>(?P<more>高|多|超出|长|大)|低|少|短|小)(?:了|出)?\s*"
)


def _with_one_before(passage: Passage) -> Iterator[Relation]:
    """2023 年为 10400 元、2024 年为 10530 元，其中 2024 年比 10500 元的控制数高 30 元: the one so far off."""
    text = passage.text.value
    for index, (base, gap) in enumerate(zip(passage.figures, passage.figures[1:], strict=False)):
        if index < 1 or not _are_alike(base, base, gap) or not _tells(gap):
            continue
        way = _ANY_WAY.fullmatch(text[base.end : gap.start])
        start = text.rfind("。", 0, base.start) + 1
        if way is None or not _NAMED_THAN.search(text[max(start, base.start - REACH) : base.start]):
            continue
        before = [f for f in passage.within(start, base.start) if _are_alike(f, base, gap)]
        found = {
            f.quantity.based: f for f in before if abs(f.quantity.based - base.quantity.based) == gap.quantity.based
        }
        if len(found) == 1:
            own = next(iter(found.values()))
            because, word = (
                COMPARED.filled(word=way["way"]),
                Mention(
                    Role.STATED, passage.text, base.end + way.start("way"), base.end + way.end("way"), passage.place
                ),
            )
            names = (passage.label(own), passage.label(base))
            yield Comparison(because, names, own, base, word, way["way"], 1 if way["more"] else -1)


def _tells(gap: Figure) -> bool:
    """Whether a gap says by itself between which two amounts it lies."""
    return gap.quantity.value >= LEAST or gap.quantity.digits > 1


def _is_told_of(passage: Passage, own: Figure, base: Figure) -> bool:
    """Whether a comparison is of the amount right before it, and not of a whole whose parts stand between."""
    text = passage.text.value
    listed = "其中" in text[sentence_at(text, own.start).start : own.start]
    one, other = sorted((abs(own.quantity.based), abs(base.quantity.based)))
    each = passage.label(own).startswith("每") or "每" in passage.label(own)[-4:]
    return not listed and not each and not compares(passage.label(own)) and other < FAR * one


def _are_alike(own: Figure, base: Figure, gap: Figure) -> bool:
    units = {figure.quantity.unit.base for figure in (own, base, gap)}
    return len(units) == 1 and not any(figure.quantity.is_open for figure in (own, base, gap))


def _with_mean(passage: Passage) -> Iterator[Relation]:
    text = passage.text.value
    means = [f for f in passage.figures if not f.quantity.is_open and _MEAN.search(passage.label(f))]
    for own, gap in zip(passage.figures, passage.figures[1:], strict=False):
        way = _THAN_MEAN.fullmatch(text[own.end : gap.start]) if means and own not in means else None
        if way is None or own.quantity.is_open or gap.quantity.is_open:
            continue
        alike = [f for f in means if f.quantity.unit.base == own.quantity.unit.base]
        if len({f.quantity.based for f in alike}) == 1 and alike[0].quantity.based != own.quantity.based:
            yield from _relations(passage, (own, alike[0], gap), way, own.end)


def _relations(passage: Passage, figures: tuple[Figure, Figure, Figure], way: Match, start: int) -> Iterator[Relation]:
    own, base, gap = figures
    sign = 1 if way["more"] else -1
    because = COMPARED.filled(word=way["way"])
    names = (passage.label(own), passage.label(base))
    word = Mention(Role.STATED, passage.text, start + way.start("way"), start + way.end("way"), passage.place)
    yield Comparison(because, names, own, base, word, way["way"], sign)
    if own.quantity.unit.kind == "rate":
        higher, lower = sorted((own, base), key=lambda one: one.quantity.based, reverse=True)
        yield RateDifference(because, names, higher, lower, gap, 1)
    else:
        yield gap_between(because, names, (own, base), gap, way["way"])
