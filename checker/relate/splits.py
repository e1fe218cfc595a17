"""A number of things split by what is said of them: 9 项指标中，5 项达标，其余 4 项未达标.

The words stand behind each part, not before it. The parts are all there is where the last one is the
rest (其余); where one part denies what another says they cannot be more than there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any
from checker.relate.part_ways import EACH, sharers_of
from checker.relate.slips import is_one_edit
from checker.relation import ProseTotal
from checker.verdict import Phrase

SPLIT = Phrase("“{word}”之后按情况分列", "behind “{word}” the number is split")
UNSURE = Phrase("所列各项未必互不重叠或未必是全部", "the parts may overlap or not be all")

_CUE = Pattern(
    r"(?P<noun>[^，,。；;：:、（()）\d]{0,14}?)(?:（[^（）]{0,12}）)?"
    r"(?:[，,（(]?(?P<word>其中)[：:，,]?|(?P<of>中)[，,]?|[，,](?:现|目前|均)?(?P<done>已)\p{Han}{1,6}?|(?P<bare>[，,]))"
    r"(?P<front>[^，,。；;：:、（()）\d]{0,10}?)(?:仅|只)?有?\s*$"
)
_BETWEEN = Pattern(
    r"(?P<words>[^，,。；;：:、（()）\d]{0,16})[、，,和](?P<rest>其余的?|剩余的?|余下的?|差异|另外|另有|另)?"
    r"(?P<front>[^，,。；;：:、（()）\d]{0,10}?)(?:仅|只)?有?\s*$"
)
_ENDS = Pattern(r"[。；;]")
_LIMITS = Pattern(r"(?:\d{1,2}月)?\d+(?:\.\d+)?\s*(?:%|个?(?:小时|工作日|分钟|日|天|月))(?:以?[内上下前后])?")
"""Times and rates between the numbers: 11 次在次月 10 日前印发，达标率 91.67%."""
OVERLAP = ("又", "都", "均未", "两项", "同时", "兼", "另外又", "其中", "再有")
"""Words of a part that is counted among another, or that two others share."""
SO = ("故", "则", "即", "因此", "所以")
BARE = "，"
"""A comma alone splits a number only into what is so and what is not."""
REST = ("其余", "剩余", "余下", "差异")
LONGEST = 26


def find_splits(reading: Reading) -> Iterator[ProseTotal]:
    """Every number whose own sentence splits it, each part told apart by the words of its clause."""
    for passage in reading.prose:
        text = passage.text.value
        if len(passage.figures) < 3:
            continue
        for span in sentences(text):
            counts = [f for f in passage.within(span.start, span.end) if f.quantity.unit.kind == "count"]
            for index, total in enumerate(counts):
                figures = [f for f in counts[index : index + MOST] if f.quantity.unit == total.quantity.unit]
                if len(figures) < 3:
                    continue
                first = figures[1]
                cue = _CUE.match(_words(passage, total, first)) if _alike(total, first) else None
                if cue is not None and first.quantity.value <= total.quantity.value:
                    label = passage.label(total) if cue["word"] else cue["noun"].strip()
                    word = cue["word"] or cue["of"] or cue["done"] or BARE
                    yield from _split(
                        passage,
                        total,
                        figures[1:],
                        (word, label or passage.label(total) or total.raw.strip()),
                        cue["front"],
                    )


def _alike(total: Figure, part: Figure) -> bool:
    one, other = total.quantity, part.quantity
    return one.unit.kind == "count" and one.unit == other.unit and not one.is_open and not other.is_open


def _words(passage: Passage, first: Figure, second: Figure) -> str:
    """What stands between two numbers, without limits and rates; a full stop where they are far apart."""
    between = _LIMITS.sub("", passage.text.value[first.end : min(second.start, first.end + FAR)])
    return between if second.start - first.end <= FAR and len(between) <= LONGEST else "。"


def _split(
    passage: Passage, total: Figure, behind: Sequence[Figure], names: tuple[str, str], front: str
) -> Iterator[ProseTotal]:
    text = passage.text.value
    parts, words, rest = _followed(passage, total, behind, front)
    if not parts:
        return
    tail = text[parts[-1].end : parts[-1].end + 8]
    words[-1] += _ENDS.split(tail)[0]
    parts = _whole(text, total, parts)
    if len(parts) > 2 and sum(part.quantity.value for part in parts[1:]) == parts[0].quantity.value:
        return  # 10 项指标中，设有目标值的 9 项，达到 5 项，未达到 4 项
    if len(parts) > 1 and all(words) and "等" not in tail[:6]:
        claim = _claim(total, parts, words, rest, names)
        if claim.doubt and all(map(passage.label, parts)) and _is_miscounted(claim, words, behind):
            claim = replace(claim, doubt=None)
        if names[0] == BARE and (claim.doubt or not has_any(text[: total.start][-4:], "splits", "all")):
            return
        if names[0] != "其中" or not (front or claim.holds or claim.doubt):  # as parts these are looked at anyway
            yield claim


def _followed(
    passage: Passage, total: Figure, behind: Sequence[Figure], front: str
) -> tuple[list[Figure], list[str], str]:
    """The parts behind a number up to where the list breaks off, the words of each, and what the last one is called."""
    parts, words, rest = _shared(behind[0], front), [front], ""
    for figure in behind[1:] if parts else ():
        alike = _alike(total, figure)
        said = passage.text.value[parts[-1].end : figure.start].lstrip("、，,")
        if alike and said.endswith(EACH) and not rest and len(said) <= LONGEST_EACH:
            shared = _shared(figure, said)
            if not shared:
                break
            parts += shared
            words.append(said)
            continue
        match = _BETWEEN.match(_words(passage, parts[-1], figure)) if alike else None
        if match is None or rest or figure.quantity.value > total.quantity.value or match["front"].startswith(SO):
            break
        parts.append(figure)
        words[-1] += match["words"]
        words.append(match["front"])
        rest = match["rest"] or ""
    return parts, words, rest


def _shared(figure: Figure, said: str) -> list[Figure]:
    """The figure, as often as names stand before 各: 甲县、乙县各 3 处; not once where these cannot be counted."""
    return [figure] * (sharers_of(said.removesuffix(EACH), None)[0] if said.endswith(EACH) else 1)


def _is_miscounted(claim: ProseTotal, words: Sequence[str], behind: Sequence[Figure]) -> bool:
    """Whether three kinds or more, which are all that their sentence has, miss their number as people miscount."""
    last, total = claim.parts[-1], claim.total.quantity.value
    said = last.text.value
    more = any(f.start >= last.end and not _ENDS.search(said, last.end, f.start) for f in behind)
    if more or len(claim.parts) < KINDS or any(word in one for one in words for word in OVERLAP):
        return False
    added = sum((part.quantity.value for part in claim.parts), Decimal(0))
    near = abs(added - total) <= MISCOUNTED and abs(added - total) * FIFTH <= total
    return near or is_one_edit(total, added)


def _whole(text: str, total: Figure, parts: list[Figure]) -> list[Figure]:
    """The parts up to a comma where they make up the total by themselves: the others tell more of it."""
    for number in range(2, len(parts)):
        added = sum((part.quantity.value for part in parts[:number]), Decimal(0))
        behind = text[parts[number - 1].end : parts[number].start]
        if added == total.quantity.value and ("，" in behind or "," in behind):
            return parts[:number]
    return parts


def _claim(
    total: Figure, parts: Sequence[Figure], words: Sequence[str], rest: str, names: tuple[str, str]
) -> ProseTotal:
    denied = [has_any(one, "splits", "denies") for one in words]
    added = sum((part.quantity.value for part in parts), Decimal(0))
    overlap = any(word in one for one in words for word in OVERLAP)
    too_many = added > total.quantity.value and any(denied) and not all(denied) and not overlap
    whole = (
        too_many or rest.startswith(REST) or (len(parts) == len(words) == 2 and not overlap and _are_opposite(*words))
    )
    doubt = None if whole and not (added < total.quantity.value and _may_be_unfinished(words)) else UNSURE
    word, label = names
    return ProseTotal(SPLIT.filled(word=word), total, (tuple(parts),), label, doubt)


def _may_be_unfinished(words: Sequence[str]) -> bool:
    """按期完工 104 个，逾期完工 6 个: those not yet done are neither."""
    return all("完" in one or "办" in one or "验收" in one for one in words)


def _are_opposite(one: str, other: str) -> bool:
    """Whether one of two parts is what the other is not: 达标, 未达标; 得满分, 有扣分; 按期, 逾期."""
    for first, second in ((one, other), (other, one)):
        if _DENIED.search(first):
            continue
        match = _DENIED.search(second)
        if match is not None and match["what"] in first:
            return True
        if any(plain in first and any(word in second for word in against) for plain, against in OPPOSITES):
            return True
    return False


_DENIED = Pattern(r"[未不](?:能|予|曾)?(?P<what>\p{Han}{2})")
OPPOSITES = (
    ("满分", ("扣分", "失分", "未得满分")),
    ("按期", ("逾期", "延期", "超期")),
    ("按时", ("逾期", "超时", "延迟")),
)
MOST = 12
KINDS, MISCOUNTED, FIFTH = 3, 2, 5
LONGEST_EACH = 60
FAR = 40
