"""One sentence with its brackets, and the marker words in it that stand between a whole and its parts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache, cached_property

from msgspec import Struct

from checker.extract.clauses import Span
from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.own import NOTHING_OWN, OwnKnowledge
from checker.phrases import words

LOOK_BACK = 12
"""How many figures before a marker are looked at for its whole."""


LONGEST_RATE = 16


class Marker(Struct, frozen=True):
    """A word between a whole and its parts; ``kind`` is ``closed``, ``split``, ``again``, ``loose`` or ``after``."""

    kind: str
    word: str
    start: int
    end: int


class Scope(Struct, frozen=True, dict=True):
    """One sentence of a passage.

    ``owners`` names the innermost bracket of each character, ``items`` where circled numbers stand,
    ``own`` is what the users know of the report.
    """

    passage: Passage
    span: Span
    owners: tuple[Span, ...]
    items: tuple[int, ...]
    own: OwnKnowledge = NOTHING_OWN

    @property
    def text(self) -> str:
        """The passage's text; offsets count from its start."""
        return self.passage.text.value

    def group(self, offset: int) -> Span:
        """The innermost bracket around an offset, else the sentence."""
        return self.owners[offset - self.span.start] if offset in self.span else self.span

    def around(self, bracket: Span) -> Span:
        """What a bracket stands in."""
        return self.group(bracket.start - 1)

    def figures(self, group: Span, start: int, end: int, most: int | None = None) -> list[Figure]:
        """The figures from start to end that stand at the depth of ``group``, none deeper: the last ``most``."""
        inside = self._by_group.get(group, [])
        first = bisect_left(inside, start, key=lambda f: f.start)
        last = bisect_right(inside, end, key=lambda f: f.end)
        return inside[first if most is None else max(first, last - most) : last]

    @cached_property
    def _by_group(self) -> dict[Span, list[Figure]]:
        out: dict[Span, list[Figure]] = {}
        for figure in self.passage.within(self.span.start, self.span.end):
            out.setdefault(self.group(figure.start), []).append(figure)
        return out

    def last_figures(self, group: Span, end: int) -> list[Figure]:
        """The figures of the sentence right before an offset that stand at the depth of ``group``; a dozen at most."""
        index = bisect_right(self.passage.figures, end, key=lambda f: f.end)
        before = self.passage.figures[max(0, index - LOOK_BACK) : index]
        return [f for f in before if f.start >= self.span.start and self.group(f.start) == group]

    def label(self, figure: Figure, start: int) -> str:
        """The words right before a figure, or before the count that it stands behind: 附件不全 6 笔（、）18.62 万元."""
        said = self.passage.label(figure, start)
        before = None if said else self.passage.before(figure.start)
        if before is None or before.start < start or self.text[before.end : figure.start].strip() not in {"", "、"}:
            return said
        return self.passage.label(before, start) if before.quantity.unit.kind == "count" else said


@cache
def _marker_pattern() -> tuple[Pattern, dict[str, str]]:
    kinds = {word: kind for kind in ("closed", "split", "loose", "after") for word in words("parts", kind)}
    listed = sorted(kinds, key=len, reverse=True)
    # neither 以4分为限 nor 减少部分为 nor 其中一个问题
    plain = (rf"(?<!\d|(?<!全)部(?=分)){word}(?!一个|之一|任一|任何|某)" for word in listed)
    return Pattern("|".join((_AGAIN, *plain, _COLON))), kinds


_AGAIN = r"按[^，,。；;：:（）()\d]{2,12}(?:分类?|划分|来分|看)[，,：:](?:\s*其中[：:，,]?)?"
"""按资金来源分： begins a list of the parts, and another one of the same whole where one stands before it."""
_COLON = r"[：:](?=\s*(?:①|一是|[（(]\s*1\s*[）)]|1[.．、](?!\d)))"
"""A colon before numbered items lists parts as 其中 does."""


def find_markers(text: str, span: Span) -> list[Marker]:
    """The marker words of a sentence in order, the longest one where they overlap."""
    pattern, kinds = _marker_pattern()
    out: list[Marker] = []
    for match in pattern.finditer(text, span.start, span.end):
        if match.group() in kinds or not out or text[out[-1].end : match.start()].strip():
            kind = kinds.get(match.group(), "again" if match.group().startswith("按") else "split")
            out.append(Marker(kind, match.group(), match.start(), match.end()))
    return out


def is_base(scope: Scope, figure: Figure) -> bool:
    """Whether a rate or a multiple is taken of the figure: 为年初预算 86,500 万元的 105.5%, 是上年 18 万元的 7.6 倍."""
    after = scope.passage.within(figure.end, figure.end + LONGEST_RATE)
    return scope.text.startswith("的", figure.end) and any(
        f.start == figure.end + 1 and (f.quantity.unit.kind == "rate" or f.quantity.unit.base == "倍") for f in after
    )


CAUSED = ("增支", "增加", "减支", "减少", "增收", "减收")
COMPARING = ("增加", "减少", "增长", "下降", "提高", "降低", "比上年", "较上年", "同比", "增收", "减收", "增支", "减支")


BY = frozenset({"多", "少", "高", "低", "短", "缺", "差", "超出", "高出", "多出", "短少", "短缺"})
"""All that stands between a base and the amount by which it is missed: 比计划 25 人多 5 人."""


MEANS = (
    "平均",
    "人均",
    "户均",
    "生均",
    "村均",
    "亩均",
    "校均",
    "班均",
    "床均",
    "车均",
    "座均",
    "次均",
    "件均",
    "日均",
    "月均",
    "年均",
)


def is_mean(label: str) -> bool:
    """Whether a figure with this label is an amount a head, which makes no total."""
    return any(word in label for word in MEANS) or _FOR_EACH.search(label) is not None


_FOR_EACH = Pattern(r"每\p{Han}{1,6}$")
"""对 82 个站每站补助 3.20 万元，计 262.40 万元: only the second is an amount of the list."""


def compares(label: str) -> bool:
    """Whether a figure with this label is a change and not an amount."""
    return label in BY or label.endswith(COMPARING) or label.startswith((*COMPARING, "比", "较", "占"))


_NO_NAMES = frozenset({"另", "另外", "前", "后", "此外"})
LOST = ("缺失", "遗失", "流失", "丢失", "损失")
"""Words for things that happened, which end as the word for points that are not awarded does."""


def manner_of(label: str) -> str:
    """The word at the end of a label that says how an amount came about (完成, 执行, 实际支出), "" without one."""
    return label if label in BY else next((word for word in words("parts", "manner") if label.endswith(word)), "")


def is_part(label: str, *, scored: bool = False, manner: str = "") -> bool:
    """Whether a figure with this label is named as a thing of its own, not as a comparison or another measure.

    Scores are named with 得 (部门决策得 13 分), which amounts are not. Where the whole is itself said to
    be 完成 (its ``manner``), its parts are said so too, and what is said otherwise is no part.
    """
    if label.startswith("因") and label.endswith(CAUSED):  # 增加 9 万元，其中因标准提高增支 5 万元
        return True
    if manner and label.endswith(manner):
        return True
    if compares(label) or is_mean(label) or label.endswith(("各", "全部", "所有")):  # 滨江路、解放路各 2 处
        return False
    if label.endswith(LOST):
        return True
    if label.endswith(words("parts", "not_part")) and not (scored and label.endswith("得")):
        return False
    return label not in _NO_NAMES and any("一" <= char <= "鿿" for char in label)


def addable(figure: Figure) -> bool:
    """Whether a figure is an amount or a count of one value: rates, points and bare numbers make no total."""
    return figure.quantity.unit.kind not in {"rate", "points", "plain"} and not figure.quantity.is_open


def is_score(figure: Figure) -> bool:
    """Whether a figure counts points of a score or a weight."""
    return figure.quantity.unit.kind == "score"
