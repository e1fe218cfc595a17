"""Parts that go the other way than their whole: 多支出 640 万元，其中项目多 537 万元，公用经费则少 19 万元."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from checker.extract.patterns import Pattern
from checker.figure import Figure

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
