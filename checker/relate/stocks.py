"""Stocks and what moves them: 年初在册 160 人，新接收 120 人、解除 112 人，年末在册 168 人.

So are net changes: 离职 96 人、新招 121 人，净增 25 人. What there was at first and what came in, less what went
out, is what there is at the end. The sentence must tell of both, of what came in and of what went out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.extract.clauses import Span, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relation.stocks import RollForward
from checker.verdict import Phrase

STOCK = Phrase("同一句中的期初数、增加数、减少数与期末数", "what there was, what came and went, and what there is")
NET = Phrase("同一句中的增加数、减少数与净变动", "what came in and went out, and the net change")
_FIRST = Pattern(r"[年期月]初|上年年?末|去年年?末|(?:19|20)\d\d年年?末|原有")
_LAST = Pattern(r"[年期月]末|年底|现有|达到|结存|保有量")
_NET = Pattern(r"净(?P<way>增加?|减少?|增长|流入|流出)$")
_CAME = Pattern(
    r"新[购增建招签设聘接进登入开注认]|购[置入]|增加|招[录聘]|录用|入[职库院学住]|[转调流划轮]入|接收|纳入|追加|登记"
)
_WENT = Pattern(
    r"报[废损]|处置|减少|退[出休库]|[离辞]职|离[院校]|注销|核减|"
    r"[调转流划轮出][出库]|拆除|淘汰|关[停闭]|解除|撤[销并]|死亡|扣除|损耗|迁出"
)
_OTHER = Pattern(r"比|较|相当|超|计划|目标|[应需拟]|预计|平均|[每人均]均|约")
"""Words of figures that are no movement: 比上年增加."""
_BRACKETS = Pattern(r"[（(][^（()）]*[）)]")
KINDS = frozenset({"count", "measure", "money", "plain"})
FEWEST, REACH, MOST_OFF = 3, 24, 5


class _Item(Struct, frozen=True):
    """A figure with what its clause makes of it."""

    figure: Figure
    role: str


def find_stocks(reading: Reading) -> Iterator[RollForward]:
    """Every stock at the end of a time, and every net change, behind or before what came in and what went out."""
    for passage in reading.prose:
        text = passage.text.value
        if len(passage.figures) >= FEWEST and _CAME.search(text) and _WENT.search(text):
            for span in sentences(text):
                for unit in _units(passage, span):
                    yield from _of_unit(list(_items(passage, span, unit)))


def _units(passage: Passage, span: Span) -> list[str]:
    figures = [one for one in passage.within(span.start, span.end) if one.quantity.unit.kind in KINDS]
    bases = [one.quantity.unit.base for one in figures]
    return [base for base in dict.fromkeys(bases) if bases.count(base) >= FEWEST]


def _items(passage: Passage, span: Span, unit: str) -> Iterator[_Item]:
    """The figures of one unit outside brackets, but for those that a 其中 tells of."""
    text = passage.text.value
    inside = [match.span() for match in _BRACKETS.finditer(text, span.start, span.end)]
    within = False
    last, role = span.start, ""
    for figure in passage.within(span.start, span.end):
        if any(start < figure.start < end for start, end in inside):
            continue
        between = text[last : figure.start]
        last = figure.end
        clause = between[max(between.rfind(mark) for mark in "，,；;、（(：:") + 1 :]
        told_of = "其中" in between and not role.startswith("net")
        within = told_of or (within and not any(mark in between for mark in "，,；;"))
        if figure.quantity.unit.base == unit and not figure.quantity.is_open:
            role = "part" if within else _role(clause)
            yield _Item(figure, role)


def _role(clause: str) -> str:
    said = clause[-REACH:].replace("其中", "")
    net = _NET.search(said.rstrip())
    if net is not None:
        return "net-" if net["way"].startswith(("减", "流出")) else "net+"
    if _OTHER.search(said):
        return "other"
    came, went = _CAME.search(said), _WENT.search(said)
    if came and went:  # 处置减少, 注销登记: the last word tells
        return "went" if went.end() >= came.end() else "came"
    if came or went:
        return "came" if came else "went"
    return "stock" if _FIRST.search(said) or _LAST.search(said) else "other"


def _of_unit(items: Sequence[_Item]) -> Iterator[RollForward]:
    """What stands between two stocks, and what stands beside a net change."""
    told = [item for item in items if item.role != "part"]
    for at, item in enumerate(told):
        moved = _run(told[at + 1 :])
        behind = told[at + 1 + len(moved)] if at + 1 + len(moved) < len(told) else None
        if item.role == "stock" and behind is not None and behind.role == "stock":
            yield from _claim(STOCK, item.figure, moved, behind)
        elif item.role.startswith("net") and len(moved) == len("ab"):
            yield from _claim(NET, None, moved, item)
        before = _run(told[:at][::-1])[: len("ab")]
        if item.role.startswith("net") and len(moved) != len("ab"):
            yield from _claim(NET, None, before, item)


def _run(items: Sequence[_Item]) -> list[_Item]:
    out: list[_Item] = []
    for item in items:
        if item.role not in {"came", "went"}:
            break
        out.append(item)
    return out


def _claim(because: Phrase, opening: Figure | None, moved: Sequence[_Item], result: _Item) -> Iterator[RollForward]:
    came = tuple(item.figure for item in moved if item.role == "came")
    went = tuple(item.figure for item in moved if item.role == "went")
    if not came or not went:
        return
    label = "期末数" if opening else "净变动"
    claim = RollForward(because, label, opening, came, went, result.figure, result.role == "net-")
    largest = max(one.quantity.based for one in (*came, *went))
    if claim.holds or abs(claim.exact - result.figure.quantity.based) <= largest:
        yield claim
