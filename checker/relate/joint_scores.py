"""Scores that several indicators share in one phrase: 目标合理性、程序规范性各得 3 分, A、B 依次扣 1 和 0.5 分."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from checker.extract.awards import Award, AwardKind
from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.quantity import Quantity
from checker.units import PLAIN, unit_named

_JOINT = Pattern(r"[”\"]?\s*[、和及与]\s*[“\"]?")
_COUNT = r"(?:等?(?:[二两三四五六七八九十]{1,2}|\d{1,2})[项个])?(?:三级|四级|二级)?(?:指标)?"
_EACH = Pattern(
    rf"[”\"]?\s*{_COUNT}[，,]?\s*(?P<how>均|各|都|分别|依次)(?:被|只|实)?(?P<verb>得|获得|扣|扣减|失)(?:分)?(?P<full>满分|全分)?"
)
_HOW = ("均", "各", "都", "分别", "依次")
_ONE_BY_ONE = frozenset({"分别", "依次"})
_BETWEEN = frozenset({"、", "和", "及", "与"})


class Shared(Struct, frozen=True):
    """What a phrase gives to one of the indicators that it lists."""

    name: str
    award: Award


def shared_awards(passage: Passage, names: Collection[str]) -> Iterator[Shared]:
    """What each of several indicators that are listed side by side is said to get or lose."""
    text = passage.text.value
    for run in _runs(text, names) if any(word in text for word in _HOW) else ():
        match = _EACH.match(text, run[-1][1])
        if match is None:
            continue
        listed = [text[start:end] for start, end in run]
        kind = AwardKind.SCORE if "得" in match["verb"] else AwardKind.DEDUCTION
        if match["full"]:
            if kind is AwardKind.SCORE and match["how"] not in _ONE_BY_ONE:
                full = _full(passage, match.start("full"), match.end("full"))
                yield from (Shared(name, Award(AwardKind.FULL, full)) for name in listed)
            continue
        points = _points(passage, match.end(), len(listed) if match["how"] in _ONE_BY_ONE else 1)
        if match["how"] not in _ONE_BY_ONE:
            points *= len(listed)
        if len(points) == len(listed):
            yield from (Shared(name, Award(kind, figure)) for name, figure in zip(listed, points, strict=True))


def _full(passage: Passage, start: int, end: int) -> Figure:
    return Figure(Quantity(Decimal(0), unit_named("分") or PLAIN), passage.text, start, end, passage.place)


def _runs(text: str, names: Collection[str]) -> Iterator[Sequence[tuple[int, int]]]:
    """Names that follow each other in a list, two at least, as stretches of the text."""
    found = sorted((at, at + len(name)) for name in names if (at := text.find(name)) >= 0)
    spans = [one for one in found if not any(a <= one[0] and one[1] <= b and (a, b) != one for a, b in found)]
    run = spans[:1]
    for (_, end), after in pairwise(spans):
        if _JOINT.fullmatch(text[end : after[0]]):
            run.append(after)
            continue
        if len(run) > 1:
            yield run
        run = [after]
    if len(run) > 1:
        yield run


def _points(passage: Passage, start: int, count: int) -> list[Figure]:
    """So many figures one behind the other from ``start`` on, the last of them points; empty otherwise."""
    text = passage.text.value
    figures = [one for one in passage.figures if one.start >= start][:count]
    starts = [start, *(one.end for one in figures)]
    gaps = [text[end : one.start].strip() for end, one in zip(starts, figures, strict=False)]
    joined = gaps[:1] == [""] and all(gap in _BETWEEN for gap in gaps[1:])
    ends = bool(figures) and figures[-1].quantity.unit.kind == "score"
    return figures if joined and ends and len(figures) == count else []
