"""Parts that are said otherwise than by a name and its amount.

They go the other way than their whole (多支出 640 万元，其中项目多 537 万元，公用经费则少 19 万元), or several have
the same amount (甲县、乙县各 2 个).
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.name_lists import list_of
from checker.relate.part_scope import Scope

_MORE = Pattern(r"比[^，。；]{0,8}(?:多|增)\p{Han}{0,4}$|(?:多|增|增加|增长|增支)$")
_LESS = Pattern(r"比[^，。；]{0,8}(?:少|减)\p{Han}{0,4}$|(?:少|减|减少|下降|减支)$")


def signed(way: str, listed: list[Figure], labels: Mapping[int, str]) -> list[Figure]:
    """比上年多支出 A，其中项目多 B，公用经费则少 C: what goes the other way than the whole is taken off."""
    ways = (_LESS, _MORE) if _MORE.search(way) else (_MORE, _LESS) if _LESS.search(way) else None
    if ways is None or not any(ways[1].search(labels[f.start]) for f in listed):
        return listed
    return [
        replace(f, quantity=replace(f.quantity, value=-f.quantity.value)) if ways[0].search(labels[f.start]) else f
        for f in listed
    ]


def shared(scope: Scope, listed: list[Figure], start: int) -> tuple[list[Figure], dict[int, str]]:
    """甲县 5 个，乙县、丙县各 2 个: the figure once for each name before 各; with the label of each figure.

    其余 4 县各 2 个 has it as often as the count says, which is then no part itself.
    """
    out: list[Figure] = []
    labels = {figure.start: scope.label(figure, start) for figure in listed}
    for figure in listed:
        if not labels[figure.start].endswith(EACH):
            out.append(figure)
            continue
        before = scope.passage.before(figure.start)
        left = start if before is None else max(start, before.end)
        counted = before if before is not None and before.start >= start else None
        number, said = sharers_of(scope.text[left : figure.start].rstrip().removesuffix(EACH), counted)
        if number and said and out and out[-1] is before:
            out.pop()
        out += [figure] * (number or 1)
        if number:
            labels[figure.start] = labels[figure.start].removesuffix(EACH)
    return out, labels


def sharers_of(text: str, counted: Figure | None) -> tuple[int, bool]:
    """How many there are of what stands before 各, and whether a count says it; 0 where that is not sure."""
    if counted is not None and _NOUN.fullmatch(text):
        quantity = counted.quantity
        plain = quantity.unit.kind == "count" and not quantity.is_open and not quantity.decimals
        return (int(quantity.value), True) if plain and 1 < quantity.value <= MOST_SHARERS else (0, True)
    said = text.lstrip("，,、；;：: ")
    if _PAIR.fullmatch(said):
        return 2, False
    names = list_of(said)
    if names is None or names.unfinished or not names.is_plain or names.has_doubtful_joint:
        return 0, False
    return names.most, False


EACH = "各"
MOST_SHARERS = 30
_NOUN = Pattern(r"\p{Han}{0,6}(?:（[^（）]{1,10}）)?")
_PAIR = Pattern(r"[^和与及、，]{2,16}[和与及][^和与及、，]{2,16}")
"""Behind two names alone 各 is of both, whatever they are."""
