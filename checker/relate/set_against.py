"""A figure, a word that compares, and the figure that it is set against: 到位率 94.10 %，略高于上年的 93.66 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from checker.extract.clauses import JOINED, SENTENCE_ENDS
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.threshold_lists import LIMIT, as_fine
from checker.relate.trends import SIGNS
from checker.relation.trends import Comparison
from checker.verdict import Mention, Phrase, Role

SET_AGAINST = Phrase("“{word}”比较前后两个数", "“{word}” compares the figure before it with the one behind it")
NEAR = 2
"""Amounts so many times apart may be an amount and how far it lies off: 100 万元，低于控制价 5 万元."""
LIST = 6
_MANNER = (
    r"(?:且|并|但|仍然?|略微?|稍|只|仅|还|也|又|(?P<all>均|都|全部)"
    r"|明显|显著|远远?|大幅|已经?|总体|整体|同样|达到|符合|满足|因)*"
)
_NOT = r"(?:未|没有|没|不)"
_WORDS = (
    rf"(?:(?P<at_most>{_NOT}(?:超过|超出|高于|大于|多于))|(?P<at_least>{_NOT}(?:低于|小于|少于|足)(?<!不足))"
    rf"|(?P<missed>未达到?|没有达到|达不到|未能达到|不及)|(?P<less>低于|小于|少于|短于)|(?P<more>高于|超过|超出|大于|多于|长于))"
)
_NAMED = Pattern(
    rf"(?P<open>[）)])?\s*[，,]?\s*{_MANNER}(?P<word>{_WORDS})了?(?P<name>[^，,。；;：:、（()）\d%]{{1,20}}?)"
    r"(?P<of>的|（|\(|水平为?|为)?\s*$"
)
_BARE = Pattern(rf"[）)]?\s*[，,]\s*{_MANNER}(?P<word>{_WORDS})?\s*$")
_ENDS = Pattern(
    r"\s*(?:$|[，,。；;）)]|的?(?:目标|标准|要求|计划|指标|控制|限|基准|规定|平均|水平|合同|约定|预期|警戒)"
    r"|的?\p{Han}{0,7}?(?:目标|标准|要求|比例|上限|下限|限额|限价|偏差|条件|规模|占比))"
)
_BOUND = Pattern(r"\s*的?(?:目标|标准|要求|控制|限|规定|警戒)")
_BETTER_HIGH = Pattern(
    r"(?:完成|到位|执行|满意|合格|达标|覆盖|整改|验收|及时|回收|有效|通过|就业|利用|使用|普及|支付|支出|拨付|准确|知晓|签约|入住|开工|完工)[率度]"
)
"""Rates that miss a goal by lying below it."""
KINDS = frozenset({"rate", "money", "count", "measure", "score"})
_SIGNS = {"more": (1, False), "less": (-1, False), "missed": (-1, False), "at_least": (1, True), "at_most": (-1, True)}
_RULES = Pattern(r"每[低高超少增有降发]|否则|扣完|[的则时][得扣]")


def find_set_against(reading: Reading) -> Iterator[Comparison]:
    """Every figure that its clause sets against the next one by a word for more or less."""
    for passage in reading.prose:
        figures = passage.figures
        for at, (own, base) in enumerate(pairwise(figures)):
            if base.quantity.unit.kind not in KINDS or base.quantity.upper is not None:
                continue
            said = _said(passage, own, base)
            if said is not None:
                yield from _relations(passage, figures[: at + 1], base, said)


class _Said(Struct, frozen=True):
    """A word that compares, where it starts, which way, whether equality counts, and the name behind it."""

    word: str
    start: int
    sign: int
    or_equal: bool
    name: str = ""
    everyone: bool = False
    missed: bool = False
    is_limit: bool = False
    """Whether the figure is a bound, which is exactly what is written (90 %)."""


def _said(passage: Passage, own: Figure, base: Figure) -> _Said | None:
    """How the words between two figures compare them."""
    text = passage.text.value
    between = text[own.end : base.start]
    if any(mark in between for mark in SENTENCE_ENDS) or not _ENDS.match(text, base.end):
        return None
    if base.quantity.qualifier in SIGNS:
        bare = _BARE.fullmatch(between)
        word = _QUALIFIER.match(base.raw)
        if bare is None or bare["word"] or word is None:
            return None
        return _Said(
            word.group(), base.start, *SIGNS[base.quantity.qualifier], everyone=bool(bare["all"]), is_limit=True
        )
    match = (_NAMED.fullmatch(between) or _BARE.fullmatch(between)) if not base.quantity.is_open else None
    if match is None or not match["word"]:
        return None
    kind = next(kind for kind in _SIGNS if match[kind])
    groups = match.groupdict()
    name = groups["name"] if groups.get("of") else ""
    start = own.end + match.start("word")
    return _Said(match["word"], start, *_SIGNS[kind], name, bool(match["all"]), missed=kind == "missed")


_QUALIFIER = Pattern(r"\p{Han}{2,3}")


def _relations(passage: Passage, before: Sequence[Figure], base: Figure, said: _Said) -> Iterator[Comparison]:
    text = passage.text.value
    start = max(text.rfind(mark, 0, base.start) for mark in SENTENCE_ENDS) + 1
    if _RULES.search(text, start, base.end + LIST):
        return
    if said.missed and not (base.quantity.unit.kind == "rate" and _BETTER_HIGH.search(text, start, before[-1].start)):
        return
    word = Mention(Role.STATED, passage.text, said.start, said.start + len(said.word), passage.place)
    because = SET_AGAINST.filled(word=said.word)
    for own in _compared_ones(passage, before, everyone=said.everyone):
        if _may_be_compared(own, base, named=bool(said.name) or said.is_limit):
            names = (passage.label(own), said.name or (LIMIT if said.is_limit else ""))
            is_bound = said.is_limit or _BOUND.match(text, base.end) is not None
            limit = as_fine(base.unqualified, own) if is_bound else base
            yield Comparison(because, names, own, limit, word, said.word, said.sign, or_equal=said.or_equal)


def _may_be_compared(own: Figure, base: Figure, *, named: bool) -> bool:
    """Whether two figures are of one unit and, where the base has no name, near enough not to be a gap."""
    if own.quantity.unit.base != base.quantity.unit.base or own.quantity.is_open or own.quantity.value < 0:
        return False
    one, other = sorted((abs(own.quantity.based), abs(base.quantity.based)))
    return named or base.quantity.unit.kind == "rate" or other < NEAR * one


def _compared_ones(passage: Passage, before: Sequence[Figure], *, everyone: bool) -> list[Figure]:
    """The figure right before the words, or with 均 all of its list; none of a list without 均."""
    text = passage.text.value
    run = [before[-1]]
    for earlier in reversed(before[:-1]):
        joint = text[earlier.end : run[0].start]
        listed = _LISTED.fullmatch(joint) or (everyone and _GOES_ON.fullmatch(joint))
        if earlier.quantity.unit != run[0].quantity.unit or not listed:
            break
        run.insert(0, earlier)
    return run if everyone or len(run) == 1 else []


_LISTED = Pattern(rf"\s*(?:{'|'.join(JOINED)})[^，,。；;：:（）()\d]{{0,16}}")
_GOES_ON = Pattern(r"[，,][^，,。；;：:（）()\d]{1,16}")
