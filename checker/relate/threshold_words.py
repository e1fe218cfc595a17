"""Sentences that count or name what lies beyond a threshold: 审减率在 4% 以上的有 4 个标段, 高于全市水平的有甲、乙."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from checker.extract.chinese import chinese_number
from checker.extract.figures import Passage
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.trends import SIGNS

_BEFORE = Pattern(
    r"(?P<word>超过了?|高于|大于|多于|突破|在|达到?了?|未达到?|没有达到|达不到|未满|不足|不到|低于|小于|少于|不低于|不少于|不高于|不超过)?"
    r"[\d.,，]*\s*$"
)
_BEHIND = Pattern(
    r"\s*[（(]?(?:不?含(?:本数)?)?[）)]?\s*(?P<word>以上|及以上|以下|及以下|以内)?[^，,。；;、\d]{0,8}?的(?=[^，,。；;、\d])"
)
_ABOVE = ("超过", "高于", "大于", "多于", "突破", "达", "不低于", "不少于")
_BELOW = ("未达", "没有达到", "达不到", "未满", "不足", "不到", "低于", "小于", "少于", "不高于", "不超过")
_LEAST = ("最低", "最小", "最少", "最短", "最慢", "最差")
_MOST = ("最高", "最大", "最多", "最长", "最快")
"""Of those on the other side of the threshold: 达到95%的有2个，最低的乙县为84.91%."""
_MARK = Pattern(r"[，,。；;：:、（(\n]")
_BRACKETS = Pattern(r"[（(][^（()）]*[)）]")
_OF = Pattern(r"[^\d]{0,4}?(?P<number>\d{1,3}|[二三四五六七八九十]{1,3})\s*\p{Han}{1,6}?[中里]")
_AMONG = Pattern(r"(?:^|[，,；;：:])(?P<number>\d{1,3}|[二三四五六七八九十]{1,3})\s*个?\p{Han}{1,6}[中里][，,]")
_AT_ONCE = Pattern(r"(?P<word>及以上|以上|及以下|以下)?(?=\s*\d)")
_OVERALL = Pattern(
    r"(?P<way>高于|低于|超过|快于|慢于|不及)(?P<all>(?:全[省市县区州]|平均|总体)(?:平均|总体)?(?:水平|值|数|增速|进度)?)的\s*"
    r"(?:共有|仅有|只有|有|是|为)+\s*"
)
_SENTENCE = Pattern(r"[。\n]")
DIGITS = Pattern(r"(?<!\d)(?:19|20)\d\d(?=年)")
YEAR = Pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)年?(?:度|末)?")
_HAVE = Pattern(r"\s*(?P<noun>\p{Han}{0,6}?)(?:共有|仅有|只有|共计|有|是|为|共)+\s*")
_LISTED = Pattern(r"[^，,。；;、：:（(\d]{0,8}[，,：:（(]?\s*(?P<word>即|分别[是为]|依次[是为]|包括|为|是)?")
_GOES_ON = Pattern(
    r"(?:超过|高于|低于|不足|未达|达到|以上|以下|以内)\d?|\d(?:分|%)?(?:及)?以[上下]|最[高低差好多少]的|均为"
)
"""Words of the next clause, which names those of another threshold: 达到 90 % 的有 6 个市，低于 85 % 的有甲市."""
_END = Pattern(r"[，,。；;：:（(）)]")
NAME = 4
"""So many characters before a count are a name and no noun: 只有付费及时性1个."""
MOST = 60
"""Characters of a list."""
KINDS = frozenset({"rate", "money", "count", "measure", "score", "points"})
COUNTED = frozenset({"count", "measure", "plain"})


class Beyond(Struct, frozen=True):
    """What a sentence says: the measure, the threshold, which side of it, how many, and which text names them.

    ``led`` is the sentence up to the threshold, ``topic`` the paragraph up to it; ``noun`` what they are, ``of``
    how many there are in all (9道题中满意度达到…). ``told`` says that words lead up to the names (2个，分别为…).
    Without a ``limit`` it is what all of them have together.
    """

    measure: str
    led: str
    topic: str
    years: tuple[str, ...]
    limit: Figure | None
    above: bool
    said: str
    of: int | None
    noun: str
    count: Figure | None
    listing: str
    told: bool


def sentences_beyond(passage: Passage) -> Iterator[Beyond]:
    """Every such sentence of a passage."""
    text = passage.text.value
    if "的" not in text and "以上" not in text and "以下" not in text:
        return
    for index, limit in enumerate(passage.figures):
        if limit.quantity.unit.kind in KINDS:
            beyond = _read(passage, index)
            if beyond is not None:
                yield beyond
    for match in _OVERALL.finditer(text):
        yield _over_all(passage, match)


def _read(passage: Passage, index: int) -> Beyond | None:
    text, limit = passage.text.value, passage.figures[index]
    behind = _BEHIND.match(text, limit.end)
    have = _HAVE.match(text, behind.end()) if behind else None
    behind, end = (behind, have.end()) if behind and have else (_AT_ONCE.match(text, limit.end), 0)
    if behind is None or (not end and not behind["word"] and limit.quantity.qualifier not in SIGNS):
        return None
    end = end or behind.end()
    sentence = max((match.end() for match in _SENTENCE.finditer(text, 0, limit.start)), default=0)
    led = _BRACKETS.sub("", text[sentence : limit.start]) + limit.raw.strip()
    clause = led[max((match.end() for match in _MARK.finditer(led[: -len(limit.raw)])), default=0) :]
    before = _BEFORE.search(clause[: clause.rfind(limit.number)])
    if before is None:
        return None
    above = _side(limit, before["word"] or "", behind["word"] or "")
    if above is None:
        return None
    of = _OF.match(clause[: before.start()])
    among = of or _AMONG.search(led[: -len(clause)] if clause else led)
    count, listing, told = _named(passage, end)
    if have is None and count is None:
        return None
    return Beyond(
        topic=text[: limit.start],
        measure="".join(YEAR.sub("", clause[of.end() if of else 0 : before.start()]).split()),
        led="".join(led.split()),
        years=tuple(DIGITS.findall(led)),
        limit=limit.unqualified,
        above=above,
        said="".join((clause[before.start() :] + text[limit.end : behind.end()]).split()).removesuffix("的"),
        of=_number(among["number"]) if among else None,
        noun=have["noun"] if have else "",
        count=count,
        listing=""
        if _GOES_ON.search(listing) or any(word in listing for word in (_LEAST if above else _MOST))
        else listing,
        told=told,
    )


def _side(limit: Figure, before: str, behind: str) -> bool | None:
    """Whether those above a threshold are meant; None where nothing says so."""
    if limit.quantity.qualifier in SIGNS:
        return SIGNS[limit.quantity.qualifier][0] > 0
    if before.startswith(_BELOW) or behind.endswith(("以下", "以内")):
        return False
    return True if before.startswith(_ABOVE) or behind.endswith("以上") else None


def _over_all(passage: Passage, match: Match) -> Beyond:
    """高于全市水平的有…: the threshold is what the table has for all of them."""
    text = passage.text.value
    sentence = max((found.end() for found in _SENTENCE.finditer(text, 0, match.start())), default=0)
    led = _BRACKETS.sub("", text[sentence : match.start()])
    count, listing, told = _named(passage, match.end())
    clause = led[max((found.end() for found in _MARK.finditer(led)), default=0) :]
    of = _OF.match(clause)
    return Beyond(
        measure="".join(YEAR.sub("", clause[of.end() if of else 0 :]).split()),
        led="".join(led.split()),
        topic=text[: match.start()],
        years=tuple(DIGITS.findall(led)),
        limit=None,
        above=match["way"] in {"高于", "超过", "快于"},
        said="".join(text[match.start() : match.end("all")].split()),
        of=_number(of["number"]) if of else None,
        noun="",
        count=count,
        listing=listing,
        told=told,
    )


def _number(written: str) -> int | None:
    return int(written) if written.isdecimal() else chinese_number(written)


def _named(passage: Passage, start: int) -> tuple[Figure | None, str, bool]:
    """How many are counted, and the text that names them: 有 4 个标段，即 A、B, or 有 A、B 2 个标段."""
    text = passage.text.value
    first = next((f for f in passage.figures if f.start >= start), None)
    if first is not None and (first.quantity.unit.kind not in COUNTED or first.quantity.is_open):
        first = None
    if first is not None and not text[start : first.start].strip():
        listed = _LISTED.match(text, first.end)
        begin = listed.end() if listed else first.end
        return first, _until(text, begin), listed is not None and listed["word"] is not None
    listing = _until(text, start)
    inside = first is not None and first.start <= start + len(listing)
    if first is not None and inside:
        before = text[start : first.start].strip()
        return first, before, len(before) >= NAME
    return None, listing, False


def _until(text: str, start: int) -> str:
    end = _END.search(text, start)
    return text[start : min(end.start() if end else len(text), start + MOST)]
