"""What is done of a whole and what is left of it, and what came in and went out.

合作期 20 年，已运营 3 年，尚余 17 年; 工期 836 天，已过 713 天，还有 123 天; 车辆净减 2 辆（购置 3 辆、报废 5 辆）.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.clauses import Span, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relation import ProseTotal
from checker.verdict import Phrase

LEFT = Phrase("“{done}”与“{left}”合为前面的总数", "“{done}” and “{left}” make the whole before them")
NET = Phrase("“{word}”为括号内增加数与减少数之差", "“{word}” is what came in less what went out")
_DONE = Pattern(r"(?:已经?|目前)(?:累计)?\p{Han}{1,6}$")
_LEFT = Pattern(
    r"[，,](?:尚|还|仍)?(?:余|剩余?|剩下|剩有|有剩|还有)\p{Han}{0,4}$|[，,]距\p{Han}{2,10}(?:还有|尚有|还剩|尚余)$"
)
_WHOLE = Pattern(r"(?:期限?|工期|周期|年限|总数|共计?|合计|计划|总共|期为|期共|工期为)$")
_NET = Pattern(r"净(?P<way>增加?|减少?|增长|流入|流出)$")
_CAME = Pattern(r"[购新][置增购建招签]|增加|招[录聘]|录用|入职|[转调流划][入]|接收")
_WENT = Pattern(r"报[废损]|处置|减少|退[出休]|[离辞]职|注销|核减|[调转流划]出|拆除|淘汰")
KINDS = frozenset({"count", "measure", "money"})


def find_in_and_out(reading: Reading) -> Iterator[ProseTotal]:
    """Every whole of which a sentence says how much is done and how much is left, and every net change."""
    for passage in reading.prose:
        text = passage.text.value
        if len(passage.figures) < len("abc") or not any(word in text for word in ("净", "余", "剩", "还有")):
            continue
        for span in sentences(text):
            figures = [one for one in passage.within(span.start, span.end) if not one.quantity.is_open]
            yield from _left(passage, span, figures)
            yield from _net(passage, figures)


def _left(passage: Passage, span: Span, figures: Sequence[Figure]) -> Iterator[ProseTotal]:
    """The whole right before what is done, in the unit of both."""
    text = passage.text.value
    for left in figures:
        if not _LEFT.search(text, max(span.start, left.start - REACH), left.start):
            continue
        alike = [one for one in figures if one.end <= left.start and _unit(one) == _unit(left)]
        if len(alike) < len("ab"):
            continue
        whole, done = alike[-2:]
        told = _DONE.search(text, max(span.start, done.start - REACH), done.start)
        period = _WHOLE.search(text, max(span.start, whole.start - REACH), whole.start)
        if told and period and whole.quantity.based >= max(done.quantity.based, left.quantity.based):
            words = LEFT.filled(done=told.group(), left=passage.label(left).lstrip("，,"))
            yield ProseTotal(words, whole, ((done, left),), passage.label(whole))


def _net(passage: Passage, figures: Sequence[Figure]) -> Iterator[ProseTotal]:
    """Two amounts in the bracket behind a net change, the one that came in and the one that went out."""
    text = passage.text.value
    for net, first, second in zip(figures, figures[1:], figures[2:], strict=False):
        way = _NET.search(text, max(0, net.start - len("净增加")), net.start)
        inside = text[net.end : first.start].startswith(("（", "(")) and text[second.end : second.end + 1] in {
            "）",
            ")",
        }
        if way is None or not inside or len({_unit(one) for one in (net, first, second)}) > 1:
            continue
        came = next((one for one in (first, second) if _says(passage, one, _CAME)), None)
        went = next((one for one in (first, second) if _says(passage, one, _WENT)), None)
        if came is None or went is None or came is went:
            continue
        grew = way["way"].startswith(("增", "流入"))
        whole, part = (came, went) if grew else (went, came)
        yield ProseTotal(NET.filled(word=way.group()), whole, ((part, net),), passage.label(whole), gap=way.group())


def _says(passage: Passage, figure: Figure, verbs: Pattern) -> bool:
    before = passage.text.value[max(0, figure.start - REACH) : figure.start]
    clause = before[max(before.rfind(mark) for mark in "、，,（(") + 1 :]
    return verbs.search(clause) is not None


def _unit(figure: Figure) -> str:
    return figure.quantity.unit.base if figure.quantity.unit.kind in KINDS | {"plain", "time"} else ""


REACH = 16
