"""Rates in one list that belong to the amounts of another: 省级 81 万元、市级 140 万元，分别占 36.65 % 和 63.35 %.

Each rate is one amount over the whole, or over the amount of a third list in its place (目标 70、80、90 个，完成
64、75、83 个，完成率依次为…). Which, all rates but one must show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, permutations

from msgspec import Struct

from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.slips import is_one_edit
from checker.relation.divisions import Change, Division
from checker.relation.shares import Share
from checker.verdict import Phrase

IN_ORDER = Phrase(
    "“{word}”之后的各比率依次对应前文各数", "the rates after “{word}” go with the amounts before it, one each"
)

MOST, LOOK_BACK = 12, 24
TELLING = 4
"""Digits of a rate that says by itself which amounts it is of."""
CUE = 14
"""Characters before the first rate in which 分别 or 依次 stands."""
_CUE = Pattern(r"(?P<word>分别|依次|[，,]占)[^，,。；;\d]{0,10}$")
_WORDS = Pattern("分别|依次|占")
NOUN = 4
_GROWS = ("增长", "增加", "下降", "减少", "提高", "增幅", "降幅")
_BETWEEN = frozenset({"、", "和", "及", "与", "，", ","})


class _Reading(Struct, frozen=True):
    """One way to have each rate of a list from two amounts, and how many of them come out."""

    divisions: tuple[Division, ...]
    holding: int


def find_parallel_rates(reading: Reading) -> Iterator[Share]:
    """Every list of rates that the amounts before it explain, but for one of them at most."""
    for passage in reading.prose:
        text = passage.text.value
        if not _WORDS.search(text):
            continue
        for rates in _lists(passage):
            cue = _CUE.search(text, max(0, rates[0].start - CUE), rates[0].start)
            if cue is None:
                continue
            words = text[max(0, cue.start() - NOUN) : rates[0].start]  # 增幅分别为
            best = _best(passage, rates, grows=any(word in words for word in _GROWS))
            if best is not None:
                because = IN_ORDER.filled(word=cue["word"].lstrip("，,"))
                for rate, division in zip(rates, best.divisions, strict=True):
                    yield Share(because, passage.label(division.part) or division.part.raw, rate, (division,))


def _lists(passage: Passage) -> Iterator[list[Figure]]:
    """The rates that nothing but 、 and 和 parts, two or more."""
    run: list[Figure] = []
    text = passage.text.value
    for figure in passage.figures:
        rate = figure.quantity.unit.kind == "rate" and not figure.quantity.is_open
        if rate and run and text[run[-1].end : figure.start].strip() in _BETWEEN:
            run.append(figure)
            continue
        if len(run) > 1:
            yield run
        run = [figure] if rate else []
    if len(run) > 1:
        yield run


def _best(passage: Passage, rates: Sequence[Figure], *, grows: bool) -> _Reading | None:
    span = sentence_at(passage.text.value, rates[0].start)
    start = sentence_at(passage.text.value, span.start - 1).start if span.start else 0
    before = passage.within(start, rates[0].start)[-LOOK_BACK:]
    amounts = [f for f in before if f.quantity.unit.kind in {"money", "count", "measure"} and not f.quantity.is_open]
    found: list[_Reading] = []
    for base in dict.fromkeys(figure.quantity.unit.base for figure in amounts):
        of_base = [figure for figure in amounts if figure.quantity.unit.base == base and figure.quantity.value]
        found += _readings(of_base, rates, grows=grows)
    best = max(found, key=lambda one: one.holding, default=None)
    if best is None or best.holding < max(1, len(rates) - 1):
        return None
    odd = [(r, d) for r, d in zip(rates, best.divisions, strict=True) if not _holds(r, d)]
    if any(_is_of_others(rate, amounts) for rate, _ in odd):
        return None  # 甲发放 A，收回 B；乙发放 C，收回 D，回收率分别为…
    slips = all(is_one_edit(rate.quantity.value, _exact(rate, division)) for rate, division in odd)
    tells = any(r.quantity.digits >= TELLING and _holds(r, d) for r, d in zip(rates, best.divisions, strict=True))
    alone = tells and not grows  # each rate of growth may be of amounts of its own
    return best if not odd or slips or alone or best.holding > 1 else None


def _is_of_others(rate: Figure, amounts: Sequence[Figure]) -> bool:
    """Whether a rate is that of any two of the amounts."""
    pairs = permutations((f for f in amounts if f.quantity.value), 2)
    return any(
        _holds(rate, Division(*pair)) for pair in pairs if pair[0].quantity.unit.base == pair[1].quantity.unit.base
    )


def _readings(amounts: Sequence[Figure], rates: Sequence[Figure], *, grows: bool) -> Iterator[_Reading]:
    """Every run of as many amounts over each larger amount, and over each other run."""
    count = len(rates)
    kind = Change if grows else Division
    if count > MOST:
        return
    for at in range(len(amounts) - count if not grows else 0):  # 发放 A，收回 B，有效 C，收回率和有效率分别为…
        chain = amounts[at : at + count + 1]
        reading = _reading(rates, [Division(part, whole) for whole, part in pairwise(chain)])
        if reading.holding == count:
            yield reading
    runs = [amounts[at : at + count] for at in range(len(amounts) - count + 1)]
    for run in runs:
        for whole in amounts:
            if not grows and whole not in run and whole.quantity.based >= max(f.quantity.based for f in run):
                yield _reading(rates, [Division(part, whole) for part in run])
        for other in runs:
            if not any(figure in other for figure in run):
                yield _reading(rates, [kind(part, whole) for part, whole in zip(run, other, strict=True)])


def _reading(rates: Sequence[Figure], divisions: Sequence[Division]) -> _Reading:
    holding = sum(_holds(rate, division) for rate, division in zip(rates, divisions, strict=True))
    return _Reading(tuple(divisions), holding)


def _exact(rate: Figure, division: Division) -> Decimal:
    return round(abs(division.exact) * 100, rate.quantity.decimals)


def _holds(rate: Figure, division: Division) -> bool:
    return abs(abs(division.exact) * 100 - rate.quantity.value) <= rate.quantity.half_step
