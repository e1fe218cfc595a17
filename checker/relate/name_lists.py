"""Lists of names in prose: where they are cut, and how many names they may hold.

A name may itself hold 和, 及 or 与, and a bracket or a quotation may hold a 、. So a list has a range
of possible counts; what lies outside the range is a contradiction only where every name is plain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set

from msgspec import Struct

from checker.extract.patterns import Pattern
from checker.phrases import has_any, words

LONGEST_NAME = 24
MOST_NAMES = 40
_OPENING, _CLOSING = "（([【〔《“‘「", "）)]】〕》”’」"
_JOINT = Pattern(r"以及|和|及(?![其时格])|与|、")
_UNFINISHED = Pattern(r"(?<![高中初优同平均相不])等(?:等)?(?![级次候待学教职于同])[^、]{0,10}$|…+$")
_TAIL_COUNT = Pattern(
    r"(?:共计|合计|共|这)?\s*(?:\d{1,2}|[一二两三四五六七八九十]{1,3})\s*(?:个|项|类|种|家|大类|方面|部分|所)[^、]{0,8}$"
)
_COUNTED = Pattern(r"\d|[一二两三四五六七八九十]{1,3}\s*(?:个|项|类|种|家|级|大类|方面|部分|所|名|位|处|条)")


class NameList(Struct, frozen=True):
    """Names as a sentence lists them, cut at 、 outside brackets and quotations."""

    names: tuple[str, ...]
    unfinished: bool

    @property
    def least(self) -> int:
        """How many there are when no 和 or 及 joins two names."""
        return len(self.names)

    @property
    def most(self) -> int:
        """How many there are when each 和 and 及 that may join two names does."""
        return self.least + sum(self._joints)

    @property
    def has_doubtful_joint(self) -> bool:
        """Whether a name before the last one holds a 和 or 及: it joins two names, or is part of one."""
        return any(self._joints[:-1])

    @property
    def _joints(self) -> list[int]:
        """For each name how many words in it may join two names."""
        ends = Counter(bare(name)[-1:] for name in self.names)
        common = {end for end, times in ends.items() if 2 * times >= max(4, len(self.names))}
        kept = [_joints(bare(name), common, set(ends)) for name in self.names[:-1]]
        return [*kept, len(_JOINT.findall(bare(self.names[-1])))]  # A、B、C审批和D复核: one may stand before the last

    @property
    def is_plain(self) -> bool:
        """Whether each name is plainly one."""
        return all(_is_plain(name) for name in self.names)

    @property
    def is_of_one_kind(self) -> bool:
        """Whether all names end in the same character (股, 镇): then none is half of another."""
        ends = {bare(name)[-1:] for name in self.names}
        return len(ends) == 1 and all(len(bare(name)) > 1 for name in self.names)


def _joints(name: str, common: Set[str], ends: Set[str]) -> int:
    """How many words of a name may join two; none where only the whole ends as most names do (规划与计划股)."""
    found = list(_JOINT.finditer(name))
    if name[-1:] in common:
        found = [match for match in found if name[: match.start()][-1:] in {*ends, *words("lists", "places")}]
    return len(found)


def _is_plain(name: str) -> bool:
    plain = bare(name)
    return 0 < len(plain) <= LONGEST_NAME and not has_any(plain, "lists", "not_plain") and not _COUNTED.search(plain)


def bare(name: str) -> str:
    """A name without blanks and what stands in brackets."""
    out, depth = [], 0
    for char in name:
        if char in "（([【〔":
            depth += 1
        elif char in "）)]】〕" and depth:
            depth -= 1
        elif not depth and not char.isspace():
            out.append(char)
    return "".join(out)


def list_of(text: str, *, ends_in_count: bool = False) -> NameList | None:
    """The names of a stretch of text that is nothing but a list; None for fewer than two.

    ``ends_in_count`` says that the last name may be followed by how many there are (甲、乙两类).
    """
    if not 1 <= text.count("、") + text.count("”“") < MOST_NAMES:
        return None
    text = text.strip().rstrip("，,：:").removesuffix("。")
    unfinished = _UNFINISHED.search(text)
    if unfinished:
        text = text[: unfinished.start()]
    if ends_in_count:
        text = _TAIL_COUNT.sub("", text)
    names = _cut(text)
    if len(names) == 1 and text[-1:] == "”":  # “甲、乙”两项
        names = _cut(text[text.rfind("“") + 1 : -1])
    if len(names) < 2 or not all(names):
        return None
    return NameList(tuple(names), bool(unfinished))


def _cut(text: str) -> list[str]:
    names, depth, start = [], 0, 0
    for index, char in enumerate(text):
        if char in _OPENING:
            if depth == 0 and char in "“‘「" and text[index - 1 : index] in {"”", "’", "」"}:
                names.append(text[start:index].strip())
                start = index
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif char == "、" and not depth:
            names.append(text[start:index].strip())
            start = index + 1
    return [*names, text[start:].strip()]


def names_each(noun: str, unit: str) -> bool:
    """Whether one name is one of what is counted: of 股室 and 方面 it is, of 设备 it need not be."""
    return unit in words("lists", "unique_units") or has_any(noun, "lists", "unique")
