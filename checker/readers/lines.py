"""The lines of a source file, without what belongs to its pages: running heads and page numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec import Struct

from checker.extract.headings import parse_heading
from checker.extract.patterns import Pattern

LEAST = 3
"""A line that recurs fewer times than this is no running head."""
LONGEST = 60
ALIKE = 0.85
"""Share of characters that a misread running head has in common with the true one."""

_DIGITS = Pattern(r"\d+")
_PAGE_MARK = Pattern(
    r"[-—–－·\s]*第\s*\d+\s*页\s*[,，/]?\s*(?:共\s*\d+\s*页)?[-—–－·\s]*|[-—–－]\s*\d{1,4}\s*[-—–－]|\d{1,4}\s*/\s*\d{1,4}"
)
_BARE_NUMBER = Pattern(r"\d{1,4}|[ivxIVX]{1,6}")
_NO_HEAD = Pattern(r".*[。；！？：:;，]|[（(]?\s*(?:金额)?单位[：:].*|(?:续?表|图|附[件表录])\s*\d.*|续表.*|注[：:].*")


class Line(Struct, frozen=True):
    """One line of the source; ``number`` counts from 1, a form feed keeps the number."""

    number: int
    value: str

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read on it."""
        return not self.value or self.value.isspace()


def split_lines(source: str) -> list[Line]:
    """The lines of ``source`` as an editor counts them; form feeds become blank lines."""
    lines: list[Line] = []
    for number, value in enumerate(source.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        for part in value.replace("\f", "\n\f\n").split("\n"):
            lines.append(Line(number, part))
    return lines


def without_furniture(lines: Sequence[Line], is_row: Callable[[str], bool]) -> list[Line]:
    """The lines with running heads and page numbers made blank; ``is_row`` knows table rows."""
    around = _Neighbours(lines, is_row)
    numbers = _page_numbers(lines)
    keys = {
        i: _key(line.value) for i, line in enumerate(lines) if i not in numbers and _may_be_head(line.value, is_row)
    }
    heads = _running_heads(keys, around, numbers)
    blank = set(numbers)
    seen: set[str] = set()
    for index, key in keys.items():
        head = _like(key, heads)
        first = head is not None and head not in seen and not around.cuts(index, numbers)
        if head is not None:
            seen.add(head)
            if not first:  # the first one that cuts nothing is the title itself
                blank.add(index)
    return [Line(line.number, "") if index in blank else line for index, line in enumerate(lines)]


def _key(value: str) -> str:
    return _DIGITS.sub("#", "".join(value.split()))


def _may_be_head(value: str, is_row: Callable[[str], bool]) -> bool:
    bare = value.strip()
    if not 2 < len(bare) <= LONGEST or is_row(value) or bare[0] in "<|#`":
        return False
    return _NO_HEAD.fullmatch(bare) is None and parse_heading(bare) is None


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """Lines that hold a page number only; bare numbers count when several ascend."""
    marked = {i for i, line in enumerate(lines) if _PAGE_MARK.fullmatch(line.value.strip())}
    bare = [i for i, line in enumerate(lines) if _BARE_NUMBER.fullmatch(line.value.strip())]
    values = [
        int(lines[i].value) for i in bare if lines[i].value.strip().isascii() and lines[i].value.strip().isdigit()
    ]
    steps = sum(0 < later - earlier <= 3 for earlier, later in pairwise(values))
    ascending = len(values) >= LEAST and steps >= 0.8 * (len(values) - 1)
    return marked | set(bare) if ascending else marked


class _Neighbours:
    """What stands before and after each line, blank lines passed over."""

    def __init__(self, lines: Sequence[Line], is_row: Callable[[str], bool]) -> None:
        self.lines = lines
        self.is_row = is_row
        self.before = self._scan(range(len(lines)))
        self.after = self._scan(range(len(lines) - 1, -1, -1))

    def _scan(self, order: range) -> dict[int, int]:
        result: dict[int, int] = {}
        last = -1
        for index in order:
            result[index] = last
            if not self.lines[index].blank or self.lines[index].value == "\f":
                last = index
        return result

    def cuts(self, index: int, numbers: set[int]) -> bool:
        """Whether the line parts a table or a sentence, or stands at a page's edge."""
        near = [self.before[index], self.after[index]]
        if any(i in numbers or (i >= 0 and self.lines[i].value == "\f") for i in near):
            return True
        if min(near) < 0:
            return False
        before, after = (self.lines[i].value for i in near)
        if self.is_row(before) and self.is_row(after):
            return True
        return not self.is_row(before) and len(before) > LONGEST and before.rstrip()[-1:] not in tuple("。！？；：”）)")


def _running_heads(keys: dict[int, str], around: _Neighbours, numbers: set[int]) -> list[str]:
    """The recurring lines, commonest first, most of which part something."""
    counts = Counter(keys.values())
    cutting = Counter(key for index, key in keys.items() if counts[key] >= LEAST and around.cuts(index, numbers))
    return [key for key, count in counts.most_common(8) if count >= LEAST and 2 * cutting[key] >= count]


def _like(key: str, heads: Sequence[str]) -> str | None:
    """The running head that ``key`` is, misread characters allowed."""
    for head in heads:
        if key == head:
            return head
        if abs(len(key) - len(head)) <= 0.15 * len(head):
            common = (Counter(key) & Counter(head)).total()
            if common >= ALIKE * max(len(key), len(head)) and len(head) >= 8:
                return head
    return None
