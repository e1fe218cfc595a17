"""Numbered headings: what a heading's number says, and how the kinds of numbering nest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cmp_to_key, lru_cache

from msgspec import Struct

from checker.extract.patterns import VERBOSE, Match, Pattern

LONGEST = 40
"""A heading has no more characters than this, white space and its weight aside."""

TOP = ("annex", "named")
"""Kinds of heading that always stand at the first level, whatever was open before."""

KINDS = (
    *TOP,
    "part",  # 第一部分
    "chapter",  # 第一章
    "section",  # 第一节
    "han",  # 一、
    "han-bracket",  # （一）
    "integer",  # 1 项目概况
    "arabic",  # 1. or 1、
    "decimal-2",  # 1.1
    "decimal-3",  # 1.1.1
    "decimal-4",  # 1.1.1.1
    "bracket",  # （1）
    "half-bracket",  # 1）
    "circled",  # ①
    *(f"mark-{depth}" for depth in range(1, 7)),  # Markdown's # without a number
)
"""The kinds of numbering, in the order in which reports commonly nest them."""

HAN_DIGITS = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_NUMBER = Pattern(
    rf"""
      (?P<part>第\s*(?:[{HAN_DIGITS}]+|\d+)\s*部分) \s*[、：:]?\s*
    | (?P<chapter>第\s*(?:[{HAN_DIGITS}]+|\d+)\s*[章篇]) \s*[、：:]?\s*
    | (?P<section>第\s*(?:[{HAN_DIGITS}]+|\d+)\s*节) \s*[、：:]?\s*
    | (?P<han>[{HAN_DIGITS}]{{1,3}}\s*[、．.]) \s*
    | (?P<hanbracket>[（(]\s*[{HAN_DIGITS}]{{1,3}}\s*[）)]) \s*[、．.]?\s*
    | (?P<decimal>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}) [.．、]?\s*(?=[\p{{Han}}“《"]|[A-Z])
    | (?P<hyphened>\d{{1,2}}(?:[-－–]\d{{1,2}}){{1,3}}) [ \u3000]+(?=\p{{Han}})
    | (?P<arabic>\d{{1,2}}\s*[.．、]) (?!\d)\s*
    | (?P<bracket>[（(]\s*\d{{1,2}}\s*[）)]) \s*[、．.]?\s*
    | (?P<halfbracket>\d{{1,2}}\s*[）)]) \s*
    | (?P<circled>[{CIRCLED}]) \s*
    | (?P<integer>\d{{1,2}}) [\s\u3000]+(?=\p{{Han}})
    """,
    VERBOSE,
)
_PARTS = Pattern(r"[.．－–-]")
_ANNEX = Pattern(r"(?P<number>附\s*[件录表]\s*(?:[\d一二三四五六七八九十]{0,3}))\s*(?:[-—－]\d+)?\s*[：:、.．]?\s*")
_NAMED = Pattern(r"[【\[]?(?:摘要|内容摘要|报告摘要|前言|引言|序言|导言|导语|结语|后记|参考文献|声明|责任声明)[】\]]?")
_END_MARK = Pattern(r"[。；;！!？?]|[，,、：:．.…]$")
_SHORT_LEAD = Pattern(r"[^，,。；;]{1,15}[：:]")
_AMOUNT = Pattern(r"\d\s*(?:[万亿千百]?元|[%％]|个百分点)")
# A row of a table that lost its cells: "… 156,211,123", "… 12.50".
_FIGURES = Pattern(r"\d{1,3}(?:,\d{3})+|\s-?\d+(?:\.\d+)?\s*$")
_WORD = Pattern(r"[\p{Han}A-Za-z]")
_WEIGHT = Pattern(r"\s*[（(]\s*(?:(?:权重|分值|满分|共计|共)\s*[：:为]?\s*)?\d+(?:[.．]\d+)?\s*(?:分|%|％)\s*[）)]\s*$")
_SCORED = Pattern(
    r"\s*[（(](?:\s*[，,、；;/]?\s*(?:\d{1,2}\s*[项个](?:\p{Han}{0,2}指标)?(?=[，,、])|\d+(?:\.\d+)?\s*分(?=[，,、）)])|(?:权重|分值|满分|标准分|(?:评价|自评|复核|实际)?得分率?|实?得|扣分?)\s*[：:为]?\s*\d+(?:[.．]\d+)?\s*[分%％]?))+"
    r"\s*[）)]\s*$"
)
"""What an indicator is worth and got, behind its name: （权重 15%，得分 13.10 分，得分率 87.33%）."""
_MEASURE = Pattern(
    r"万|亿|元(?!素)|分(?![类析项布配级值])|[倍亩吨米%％]|公里|千米|平方|立方|百分|个(?![性人体别案])|名(?!称)"
    r"|年(?![度初末终])|月(?!度)|日(?!常)|天(?!然)|人(?![员才力口大民均事])|次(?!要)"
)


class HeadingLabel(Struct, frozen=True):
    """A heading taken apart.

    ``number`` is as written ("（三）", "1."), ``title`` the rest without its weight, ``rank``
    one of ``KINDS``, ``ordinal`` the place among its siblings that the number states (0
    without one).
    """

    number: str
    title: str
    rank: str
    ordinal: int

    @property
    def step(self) -> str:
        """The number as it stands in a path: without 、 and dots, brackets full width."""
        bare = "".join(self.number.split()) if self.number else self.title
        return bare.rstrip("、.．").replace("(", "（").replace(")", "）").replace("．", ".")


@lru_cache(maxsize=1024)  # contents, numbers and captions ask for the same headings
def parse_heading(text: str) -> HeadingLabel | None:
    """The heading that ``text`` is, or None where it is running text.

    A heading is short, carries a number (or is one of the few titles that need none) and does
    not go on as a sentence does.
    """
    text = text.strip()
    if not text or "\n" in text or len(text) > 3 * LONGEST:
        return None
    if _NAMED.fullmatch("".join(text.split())):
        return HeadingLabel("", "".join(text.split()).strip("【】[]"), "named", 0)
    return _annex(text) or _numbered(text)


def _annex(text: str) -> HeadingLabel | None:
    """附件 · 附件1：评分表. A list of annexes ("附件：1.…") is none."""
    match = _ANNEX.match(text)
    if match is None:
        return None
    title = text[match.end() :]
    number = "".join(match["number"].split())
    if _NUMBER.match(title) or not _is_title(title, may_be_empty=True) or (title and not _WORD.search(title)):
        return None
    return HeadingLabel(number, title.strip(), "annex", ordinal_of(number[2:]))


def _numbered(text: str) -> HeadingLabel | None:
    match = _NUMBER.match(text)
    if match is None:
        return None
    rank = _rank(match)
    title = text[match.end() :]
    if not _is_title(title) or (rank in ("integer", "decimal-2") and _MEASURE.match(title)):
        return None
    return HeadingLabel(match[match.lastgroup or 0].strip(), _WEIGHT.sub("", title).strip(), rank, _ordinal(match))


def _is_title(title: str, *, may_be_empty: bool = False) -> bool:
    bare = "".join(_WEIGHT.sub("", title).split())
    if not bare or len(bare) > LONGEST:
        return may_be_empty and not bare
    said = "".join(_SCORED.sub("", title).split())
    if _FIGURES.search(title) or (_AMOUNT.search(said) and ("，" in said or "," in said)):
        return False
    return _END_MARK.search(bare) is None or _SHORT_LEAD.fullmatch(bare) is not None


def _rank(match: Match) -> str:
    group = match.lastgroup or ""
    if group in {"decimal", "hyphened"}:
        return f"decimal-{_decimal_parts(match[group])}"
    return {"hanbracket": "han-bracket", "halfbracket": "half-bracket"}.get(group, group)


def _decimal_parts(number: str) -> int:
    return len(_PARTS.split(number))


def _ordinal(match: Match) -> int:
    return ordinal_of(_PARTS.split(match[match.lastgroup or 0].rstrip(".．"))[-1])


def ordinal_of(number: str) -> int:
    """3 for 3, 三, （三） or ③; 0 where there is no number."""
    if number[:1] and number[0] in CIRCLED:
        return CIRCLED.index(number[0]) + 1
    digits = "".join(ch for ch in number if ch.isascii() and ch.isdigit())
    if digits:
        return int(digits)
    han = [ch for ch in number if ch in HAN_DIGITS]
    tens, _, ones = "".join(han).rpartition("十")
    if "十" not in han:
        return HAN_DIGITS.index(han[0]) + 1 if han else 0
    return 10 * (HAN_DIGITS.index(tens) + 1 if tens else 1) + (HAN_DIGITS.index(ones) + 1 if ones else 0)


def levels(labels: Sequence[HeadingLabel]) -> list[int]:
    """The level of each heading, from 1, by how this document nests its kinds of numbering."""
    depth = {rank: place for place, rank in enumerate(_nesting(labels))}
    result: list[int] = []
    open_ranks: list[str] = []
    for label in labels:
        if label.rank in TOP:
            open_ranks = [label.rank]
        else:
            while open_ranks and depth[open_ranks[-1]] >= depth[label.rank]:
                open_ranks.pop()
            if open_ranks and open_ranks[-1] == "named":  # a 摘要 holds no chapter, but may hold parts
                open_ranks = open_ranks if depth[label.rank] > _outermost(depth) else []
            open_ranks.append(label.rank)
        result.append(len(open_ranks))
    return result


def _outermost(depth: dict[str, int]) -> int:
    return min((place for rank, place in depth.items() if rank not in TOP), default=0)


def _nesting(labels: Sequence[HeadingLabel]) -> list[str]:
    """The kinds from the outermost in.

    A kind stands inside another when it begins again at 1 after a heading of that other kind,
    more often than the other way round. Where that does not tell, the common order does.
    """
    inside = _restarts(labels)

    def compare(one: str, other: str) -> int:
        fixed = (one not in TOP) - (other not in TOP)
        common = KINDS.index(one) - KINDS.index(other)
        return fixed or inside[other, one] - inside[one, other] or common

    ranks = list(dict.fromkeys(label.rank for label in labels))
    return sorted(ranks, key=cmp_to_key(compare))


def _restarts(labels: Sequence[HeadingLabel]) -> Counter[tuple[str, str]]:
    """How often each pair (outer, inner) is seen: ``inner`` at 1 with an ``outer`` since its last."""
    counts: Counter[tuple[str, str]] = Counter()
    since: dict[str, set[str]] = {}
    for label in labels:
        if label.ordinal == 1:
            counts.update((outer, label.rank) for outer in since.get(label.rank, set(since)))
        for seen in since.values():
            seen.add(label.rank)
        since[label.rank] = set()
    return counts
