"""What several shares make together: 建设占总预算的 51.06 %，补贴占 36.24 %，两项合计占 87.30 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.chinese import chinese_number
from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relation import ProseTotal
from checker.verdict import Phrase

TOGETHER = Phrase("“{word}”为前面各项占比之和", "“{word}” adds up the shares before it")
_JOINT = Pattern(
    r"(?<=[，,；;。])(?:上述|以上|这)?(?P<number>[两二三四五六七八九]|\d)(?:个|项|类|者|家|地|市|县|区|镇|乡|级|种|部分)?\p{Han}{0,4}?"
    r"(?:合计|共计|合共|共|之和|加起来)占(?:到|了|比)?(?P<whole>[^，,。；;、\d]{0,12}?)的?$"
)
_SHARE = Pattern(r"占(?:到|了|比)?(?P<whole>[^，,。；;、\d]{0,12}?)的?$")
LONGEST, FEWEST = 24, 2


def find_joint_shares(reading: Reading) -> Iterator[ProseTotal]:
    """Every share that is said to be of several things, with as many shares before it."""
    for passage in reading.prose:
        if "占" not in passage.text.value:
            continue
        for span in sentences(passage.text.value):
            rates = [figure for figure in passage.outside(span) if figure.quantity.unit.base == "%"]
            for at in range(FEWEST, len(rates)):
                claim = _claim(passage, rates, at)
                if claim is not None:
                    yield claim


def _claim(passage: Passage, rates: Sequence[Figure], at: int) -> ProseTotal | None:
    total = rates[at]
    match = _JOINT.search(passage.text.value, max(0, total.start - LONGEST), total.start)
    number = chinese_number(match["number"]) or int(match["number"]) if match and match["number"] else 0
    if match is None or not FEWEST <= number <= at or total.quantity.is_open:
        return None
    if passage.before(match.start()) is not rates[at - 1]:
        return None  # 甲 196.79 万元最多，乙 182.18 万元次之，两项合计占 55.31 %
    parts = tuple(rates[at - number : at])
    wholes = {match["whole"]} - {""}
    for part in parts:
        share = _SHARE.search(passage.text.value, max(0, part.start - LONGEST), part.start)
        if share is None or part.quantity.is_open:
            return None
        wholes |= {share["whole"]} - {""}
    if len(wholes) > 1:
        return None  # 占权重的 5 %，合计占全部扣分的 28 %
    word = match.group()
    return ProseTotal(TOGETHER.filled(word=word), total, (parts,), word)
