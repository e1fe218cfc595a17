"""A rate right behind the two numbers that it divides.

62 座公厕中，58 座达标，达标率 93.55 %; 60 次考核中低于 90 分的 14 次，占 23.33 %: 中, 里 or 内 right behind the
noun of the first number says that the second is counted among them. 应配 535 辆，实有 524 辆，配备率 97.94 %: what
should be, and what is. A rate whose name has other words than the numbers may be about something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import words
from checker.relate.due import is_due
from checker.relation.divisions import Division
from checker.relation.shares import Share
from checker.verdict import Phrase

AMONG = Phrase("“{whole}中”说明“{part}”是其中一部分", "“{part}” is counted among “{whole}”")
DUE = Phrase("“{whole}”为应有数，“{part}”为实有数", "“{whole}” is what should be, “{part}” what is")
OTHER = Phrase("该比率未必就这两个数而言", "the rate need not be about these two figures")

_AMONG = Pattern(
    r"(?P<noun>[^，,。；;：:、（）()\d中里内]{0,12})(?:（[^（）]{0,12}）)?[中里内]"
    r"(?:[，,]?[^，,。；;：:、（）()\d率占比较]{0,16})?$"
)
_RATE = Pattern(
    r"[^，,。；;：:（）()\d率占比较]{0,14}[，,（(]\s*(?:占比|占|(?P<name>[^，,。；;：:、（）()\d]{0,8})率)(?:仅|只|约|达)?[为达]?\s*$"
)
_NAMED = Pattern(r"\p{Han}{0,4}[，,]\s*(?P<name>\p{Han}{2,6})率[为达]?\s*$")
GENERIC = frozenset("实际资金数量应需计划目标要求已的")
_LIMITS = Pattern(r"\d+(?:\.\d+)?\s*个?(?:小时|工作日|分钟|日|天|月|年|分)(?:以[内上下])?")
"""Times and marks say which ones are meant: 在 48 小时内办结, 低于 90 分的."""
_OTHERWISE = ("增长", "下降", "提高", "同比", "较", "比上", "目标", "计划", "要求", "完成率", "执行率", "等")
LONGEST, FAR = 40, "。"


def find_of_which(reading: Reading) -> Iterator[Share]:
    """Every rate whose sentence says what number was counted, and how many of it."""
    for passage in reading.prose:
        text = passage.text.value
        if not any(mark in text for mark in ("中", "里", "内", "率")):
            continue
        for span in sentences(text):
            figures = passage.within(span.start, span.end)
            for index, rate in enumerate(figures):
                if index > 1 and rate.quantity.unit.kind == "rate":
                    yield from _share(passage, figures[max(0, index - 4) : index], rate)
                    yield from _of_due(passage, figures[index - 2], figures[index - 1], rate)


def _share(passage: Passage, before: Sequence[Figure], rate: Figure) -> Iterator[Share]:
    for at in range(len(before) - 1, 0, -1):
        part = before[at]
        behind = _words(passage, part, rate)
        match = _RATE.fullmatch(behind)
        if match is None or any(word in behind for word in _OTHERWISE) or _is_denied(behind, match["name"] or ""):
            continue
        named = set(match["name"] or "") <= set(behind[: match.start("name")])  # 达到二类标准，达标率
        for whole in before[at - 1 :: -1] if at else ():
            if _alike(whole, part) and _AMONG.fullmatch(_words(passage, whole, part)):
                label = match["name"] + "率" if match["name"] else part.raw.strip()
                yield _claim(whole, part, rate, label, None if named else OTHER)
                return


def _is_denied(behind: str, name: str) -> bool:
    """3 项未量化，量化率 75 %: the rate is about the others."""
    return any(word in behind and word not in name for word in words("splits", "denies")) if name else False


def _of_due(passage: Passage, due: Figure, there: Figure, rate: Figure) -> Iterator[Share]:
    match = _NAMED.fullmatch(_words(passage, there, rate))
    if (
        match is None
        or "；" in passage.text.value[due.end : there.start]
        or not _alike(due, there)
        or not is_due(passage, due, there)
    ):
        return
    said = passage.label(due) + passage.label(there)
    if set(match["name"]) & set(said) - GENERIC:
        whole = passage.label(due)
        because = DUE.filled(whole=whole, part=passage.label(there))
        yield Share(because, match["name"] + "率", rate, (Division(there, due, whole),), by_place=True)


def _words(passage: Passage, first: Figure, second: Figure) -> str:
    """What stands between two figures, without limits of time and marks."""
    between = passage.text.value[first.end : min(second.start, first.end + LONGEST)]
    return _LIMITS.sub("", between) if second.start - first.end <= LONGEST else FAR


def _claim(whole: Figure, part: Figure, rate: Figure, label: str, doubt: Phrase | None) -> Share:
    names = (whole.raw.strip(), part.raw.strip())
    because = AMONG.filled(whole=names[0], part=names[1])
    return Share(because, label, rate, (Division(part, whole, names[0]),), doubt, by_place=True)


def _alike(whole: Figure, part: Figure) -> bool:
    one, other = whole.quantity, part.quantity
    same = one.unit.base == other.unit.base and one.unit.kind in {"count", "money", "measure"}
    return same and not one.is_open and not other.is_open and one.based >= other.based
