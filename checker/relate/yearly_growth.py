"""Mean growth a year beside what it is the mean of: 由 5.24 亿元增加到 7.53 亿元，增长 43.87%，年均增长 19.95%.

The levels, the growth over all years or that of each year stand in the same sentence; over how many years it
goes say the years of the sentence or a number of years. Several readings may be meant; one that comes out is
enough, and only where a single one is left a mean is wrong. A mean that is the arithmetic one is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from checker.extract.chinese import chinese_number
from checker.extract.figures import Reading
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.relate.slips import near_miss
from checker.relation.compound import CompoundGrowth
from checker.verdict import Phrase

MEAN = Phrase("“年均”为各年的几何平均增速", "the mean growth a year is the geometric one")
_MEAN = Pattern(
    r"年均(?:复合)?(?:(?P<up>增长|增幅|增速|递增|上升|提高)|(?P<down>下降|递减|降幅|减少))(?:率|速度)?(?:为|达到?)?$"
    r"|(?<![一二两三四五六七八九十\d])年均$"
)
_RATE = Pattern(r"(?P<up>增长|增幅|增速|上升|提高|涨幅)|(?P<down>下降|降幅|减少|回落)")
_YEAR = Pattern(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:年|—|-|－|~|～|至)")
_YEARS = Pattern(r"(?P<number>[两二三四五六七八九十]|\d{1,2})年(?!度|级|期)")
MOST_YEARS, LONGEST = 20, 200


def find_yearly_growth(reading: Reading) -> Iterator[CompoundGrowth]:
    """Every mean growth a year whose levels or rates stand before it in its sentence."""
    for page in measured(reading):
        if "年均" not in page.passage.text.value:
            continue
        for index, item in enumerate(page.figures):
            match = _MEAN.search(item.words)
            if match is None or item.base != "%" or item.figure.quantity.is_open or item.figure.raw.endswith("点"):
                continue
            before = [one for one in page.figures[:index] if one.sentence == item.sentence]
            yield from _judged(item, before, -1 if match["down"] else 1)


def _judged(item: Measured, before: Sequence[Measured], sign: int) -> Iterator[CompoundGrowth]:
    claims = list(_claims(item, before, sign))
    holding = next((claim for claim in claims if claim.holds), None)
    if holding is not None:
        yield holding
        return
    plain = [claim for claim in claims if claim.levels] or claims
    if len(plain) == 1 and not any(claim.is_simple for claim in claims):
        quantity = item.figure.quantity
        if near_miss(quantity.value, round(plain[0].exact, quantity.decimals)):
            yield plain[0]


def _claims(item: Measured, before: Sequence[Measured], sign: int) -> Iterator[CompoundGrowth]:
    """Each pair of levels and each rate, over each number of years that may be meant."""
    text = item.figure.text.value
    start = max(text.rfind("。", 0, item.figure.start), item.figure.start - LONGEST, 0)
    spans = _spans(text[start : item.figure.start])
    levels = [
        one for one in before if one.base != "%" and not one.figure.quantity.is_open and one.based_kind != "plain"
    ]
    rates = [one for one in before if one.base == "%" and not one.figure.quantity.is_open]
    for years in spans:
        for one, other in combinations(levels, 2):
            if one.base == other.base and one.figure.quantity.interval.low > 0 and other.figure.quantity.value > 0:
                yield CompoundGrowth(MEAN, item.words, item.figure, (one.figure, other.figure), (), (), years, sign)
        signed = [(one, _sign(one)) for one in rates]
        if signed and signed[-1][1]:
            last, way = signed[-1]
            yield CompoundGrowth(MEAN, item.words, item.figure, (), (last.figure,), (way,), years, sign)
    chain = [one.figure for one in rates]
    if len(chain) > 1 and _sign(rates[0]):
        ways = tuple(_sign(one) or 1 for one in rates)
        yield CompoundGrowth(MEAN, item.words, item.figure, (), tuple(chain), ways, len(chain), sign)


def _sign(item: Measured) -> int:
    match = _RATE.search(item.words)
    return 0 if match is None else (-1 if match["down"] else 1)


def _spans(said: str) -> list[int]:
    """Over how many years a sentence may speak: between its first and last year, and the numbers of years it names."""
    named = [int(match["year"]) for match in _YEAR.finditer(said)]
    spans = [max(named) - min(named)] if named else []
    if not spans or spans == [0]:
        numbers = [match["number"] for match in _YEARS.finditer(said)]
        counts = [int(one) if one.isdigit() else int(chinese_number(one) or 0) for one in numbers]
        spans = [years for count in counts for years in (count, count - 1)]
    return [years for years in dict.fromkeys(spans) if 1 < years <= MOST_YEARS]
