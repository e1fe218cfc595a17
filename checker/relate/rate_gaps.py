"""By what share one amount is beyond another that stands beside it: 实际工期 596 天，比合同工期 540 天超出 10.37 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.growth_sums import fits, judge_growth
from checker.relation import Relation
from checker.relation.growth import GrowthFacts

_AGAINST = Pattern(r"(?:比|较|超出|超过|高出|高于|低于|多于|少于)(?P<name>[^比较，,。；;\d]{0,20})$")
_BEYOND = Pattern(
    r"^(?:的)?(?:实际|平均)?(?:(?P<up>超出|超过|高出|多出|高|多|长|贵|大|快)|(?P<down>短少|低|少|短|小|慢|便宜|节省|节约))了?$"
)
_ITSELF = Pattern(r"(?P<up>超出|超过|高出|高于|多于)|(?P<down>低于|少于)")
"""超出合同工期 212 天 7.59 %: the word before the base says which way."""
KINDS = frozenset({"money", "count", "measure"})


def find_rate_gaps(reading: Reading) -> Iterator[Relation]:
    """Every rate behind an amount that another one of its sentence is compared with."""
    for passage in reading.prose:
        for span in sentences(passage.text.value):
            figures = passage.outside(span)
            for at in range(2, len(figures)):
                facts = _facts(passage, figures, at)
                if facts is not None:
                    yield from judge_growth(facts, ())


def _facts(passage: Passage, figures: Sequence[Figure], at: int) -> GrowthFacts | None:
    """The one amount before the comparison, or of several the one that fits."""
    text, base, rate = passage.text.value, figures[at - 1], figures[at]
    quantity = base.quantity
    if rate.quantity.unit.base != "%" or rate.quantity.is_open or quantity.unit.kind not in KINDS or quantity.is_open:
        return None
    against = _AGAINST.search(text[figures[at - 2].end : base.start])
    said = text[base.end : rate.start].strip()
    beyond = _BEYOND.match(said) or (None if said else _ITSELF.match(against.group()) if against else None)
    if against is None or beyond is None:
        return None
    levels = [one for one in figures[: at - 1] if one.quantity.unit.base == quantity.unit.base]
    if not levels or levels[-1] is not figures[at - 2] or levels[-1].quantity.is_open:
        return None
    sign, word = (1, beyond["up"]) if beyond["up"] else (-1, beyond["down"])
    told = [GrowthFacts(passage.label(one), word, one, sign, base=base, rate=rate) for one in reversed(levels)]
    return next((one for one in told if fits(one)), told[0] if len(told) == 1 else None)
