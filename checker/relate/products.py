"""Amounts from a price and a number: 每人每月 500 元，共 126 人，12 个月，共计 75.6 万元.

The price says what it is for (每户, 元/户), and the same sentence, or the one before it, counts that.
Only a figure that is called a total is held against the product, and only where nothing between says
that more than the product is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import prod

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.lexicon import any_of
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any, rows, words
from checker.relate.slips import digits_of, near_miss
from checker.relation.derived import Product
from checker.units import unit_named
from checker.verdict import Phrase

PRICED = Phrase("“{price}”为单价，“{count}”为数量", "“{price}” is the price and “{count}” the number")
ELSE = Phrase("总数未必只是单价与数量之积", "the total need not be this product alone")

_BASES: dict[str, str] = {row[0]: row[1] for row in rows("products", "things")}
_PERIODS: dict[str, str] = {row[0]: row[1] for row in rows("products", "periods")}
_ONE = any_of((*_BASES, *_PERIODS))
_EACH = Pattern(rf"(?:(?:每一?|/)\s*(?:个)?(?P<thing>{_ONE})[^每，,。；;：:、\d]{{0,6}}?)+[^每，,。；;：:、\d]{{0,8}}$")
_THINGS = Pattern(rf"每一?\s*(?P<thing>个(?:{_ONE})|{_ONE})")
_PER = Pattern(rf"/\s*(?P<thing>{_ONE})")
_BEHIND = Pattern(rf"(?:\s*[/·]\s*(?:{_ONE}))*")
LONGEST_LEAD = 24
TWELVE, HUNDRED = Decimal(12), Decimal(100)
MOST_APART = 2
"""A product more than so many times off says that the figures are about other things."""


class _Price(Struct, frozen=True):
    """An amount for each of some things: ``things`` are the bases in which they are counted.

    ``scale`` is how many of a base one thing is: 1000 for 每公里, counted in metres.
    """

    figure: Figure
    things: tuple[str, ...]
    periods: tuple[str, ...]
    scale: Decimal = Decimal(1)


def find_products(reading: Reading) -> Iterator[Product]:
    """Every total of a sentence that states a price and how many it is paid for."""
    for passage in reading.prose:
        text = passage.text.value
        if not any(mark in text for mark in ("每", "/", "／", "利率", "的")):
            continue
        before: Sequence[Figure] = ()
        for span in sentences(text):
            figures = passage.within(span.start, span.end)
            prices = [price for figure in figures if (price := _price(passage, figure))]
            if prices:
                yield from _in_sentence(passage, figures, prices, before)
            yield from _interest(passage, figures)
            yield from _portion(passage, figures)
            before = figures


def _price(passage: Passage, figure: Figure) -> _Price | None:
    if figure.quantity.unit.kind != "money" or figure.quantity.is_open:
        return None
    text = passage.text.value
    lead = text[max(0, figure.start - LONGEST_LEAD) : figure.start]
    found: list[str] = []
    if each := _EACH.search(lead):
        found += [m["thing"] for m in _THINGS.finditer(each.group())]
    behind = _BEHIND.match(text, figure.end)
    per = figure.raw[len(figure.raw.partition("/")[0]) :] + (behind.group() if behind else "")
    found += [m["thing"] for m in _PER.finditer(per)]
    names = [name.removeprefix("个") or "个" for name in found]
    things = tuple(dict.fromkeys(_BASES[name] for name in names if name in _BASES))
    periods = tuple(dict.fromkeys(_PERIODS[name] for name in names if name in _PERIODS))
    units = [unit for name in dict.fromkeys(names) if name in _BASES and (unit := unit_named(name))]
    scale = prod((unit.scale for unit in units if unit.kind == "measure"), start=Decimal(1))
    return _Price(figure, things, periods, scale) if things else None


def _in_sentence(
    passage: Passage, figures: Sequence[Figure], prices: Sequence[_Price], before: Sequence[Figure]
) -> Iterator[Product]:
    amounts = _amounts(figures, prices)
    yield from _over_year(passage, figures, prices)
    if len(prices) > 1:
        yield from _tiers(passage, figures, prices, amounts)
        return
    called = [figure for figure in amounts if _is_total(_said(passage, figure))]
    if len(called) != 1:
        return
    total = called[0]
    price = prices[0]
    factors = [price.figure]
    for thing in price.things:
        count = _count(figures, thing) or _right_before(figures, price.figure, thing) or _count(before, thing)
        if count is None:
            return
        factors.append(count)
    spans = [count for period in price.periods if (count := _count(figures, period))]
    readings = (Decimal(1), TWELVE) if "月" in price.periods and not spans else (Decimal(1),)
    whole = [(*factors, *spans), tuple(factors)]
    claims = [_claim(passage, total, (product,), readings, over=price.scale) for product in whole]
    rest = [f for f in amounts if f is not total and not _said(passage, f).endswith(words("products", "paid"))]
    if claims[0] and any(replace(claims[0], result=figure).holds for figure in rest):
        return  # the product is stated apart from the total, which is of more
    yield from [claim for claim in claims if claim and claim.holds][:1] or [claim for claim in claims[:1] if claim]


def _count(figures: Sequence[Figure], base: str) -> Figure | None:
    """The one figure that counts in this unit; None where there is none, or several numbers."""
    found = [f for f in figures if f.quantity.unit.base == base and f.quantity.unit.kind in {"count", "measure"}]
    return found[0] if len({f.quantity.based for f in found}) == 1 else None


def _right_before(figures: Sequence[Figure], price: Figure, base: str) -> Figure | None:
    """The figure next to a price where it counts in this unit: 1,070 户，每户 5,000 元，…，目标 1,000 户."""
    at = next((n for n, figure in enumerate(figures) if figure is price), 0)
    found = figures[at - 1] if at else None
    return found if found is not None and found.quantity.unit.base == base else None


def _amounts(figures: Sequence[Figure], prices: Sequence[_Price]) -> list[Figure]:
    """The amounts of a sentence that are no prices."""
    priced = {price.figure.start for price in prices}
    return [f for f in figures if f.quantity.unit.base == "元" and f.start not in priced]


def _is_total(said: str) -> bool:
    """Whether an amount is called a total: 共计, or 共计发放."""
    paid = next((word for word in words("products", "paid") if said.endswith(word)), "")
    return said.removesuffix(paid).endswith(words("products", "total"))


def _said(passage: Passage, figure: Figure) -> str:
    """The words right before a figure, as they stand."""
    text = passage.text.value[max(0, figure.start - LONGEST_LEAD) : figure.start]
    return "".join(text.split()).rstrip("为约达资金")


def _tiers(
    passage: Passage, figures: Sequence[Figure], prices: Sequence[_Price], amounts: Sequence[Figure]
) -> Iterator[Product]:
    """一档 8 个乡镇每个 5 万元，二档 4 个乡镇每个 4 万元: each price right behind its number, one amount besides."""
    things = {price.things for price in prices}
    if len(amounts) != 1 or len(things) != 1 or len(prices[0].things) != 1:
        return
    products = []
    for price in prices:
        count = passage.before(price.figure.start)
        if count is None or count.quantity.unit.base != prices[0].things[0] or count not in figures:
            return
        products.append((count, price.figure))
    claim = _claim(passage, amounts[0], tuple(products), (Decimal(1),))
    yield from [claim] if claim else ()


def _over_year(passage: Passage, figures: Sequence[Figure], prices: Sequence[_Price]) -> Iterator[Product]:
    """每人每月 1800 元，按 10 个月计发，即每人每年 18000 元: two prices of one thing, and how often the one is paid."""
    if len(prices) != 2 or prices[0].things != prices[1].things:
        return
    one, year = prices
    periods = [period for period in one.periods if period != "年"]
    lead = passage.text.value[max(0, year.figure.start - LONGEST_LEAD) : year.figure.start].rpartition("，")[2]
    count = _count(figures, periods[0]) if len(periods) == 1 else None
    if count is not None and any(word in lead for word in ("全年", "每年", "一年", "年均")):
        claim = _claim(passage, year.figure, ((one.figure, count),), (Decimal(1),))
        yield from [claim] if claim else ()


def _portion(passage: Passage, figures: Sequence[Figure]) -> Iterator[Product]:
    """按其预算 5050 万元的 2% 扣减，计 101 万元."""
    text = passage.text.value
    for whole, rate, total in zip(figures, figures[1:], figures[2:], strict=False):
        bases = [figure.quantity.unit.base for figure in (whole, rate, total)]
        said = _said(passage, total)
        of = text[whole.end : rate.start].strip() == "的"
        if (
            bases == ["元", "%", "元"]
            and of
            and said.endswith(words("products", "portion"))
            and total.start - rate.end < LONGEST_LEAD
        ):
            claim = _claim(passage, total, ((whole, rate),), (Decimal(1),), over=HUNDRED)
            yield from [claim] if claim else ()


_RATE = Pattern(r"年(?:化)?利率(?:为|是)?\s*$")
_INTEREST = Pattern(r"(?:每年|年)(?:需)?(?:支付|付|应付)?利息(?:支出)?(?:为|约为|共)?\s*$")


def _interest(passage: Passage, figures: Sequence[Figure]) -> Iterator[Product]:
    """专项债券 2500 万元，年利率 2.9%，每年利息 72.5 万元."""
    text = passage.text.value
    rates = [f for f in figures if f.quantity.unit.base == "%" and _RATE.search(text[max(0, f.start - 8) : f.start])]
    paid = [
        f for f in figures if f.quantity.unit.base == "元" and _INTEREST.search(text[max(0, f.start - 12) : f.start])
    ]
    rest = [f for f in figures if f.quantity.unit.base == "元" and f not in paid]
    if len(rates) == len(paid) == len(rest) == 1:
        claim = _claim(passage, paid[0], ((rest[0], rates[0]),), (Decimal(1),), over=HUNDRED)
        yield from [claim] if claim else ()


def _claim(
    passage: Passage,
    total: Figure,
    products: tuple[tuple[Figure, ...], ...],
    readings: tuple[Decimal, ...],
    *,
    over: Decimal = Decimal(1),
) -> Product | None:
    """The claim; None where product and total are too far apart to be about one thing."""
    operands = [figure for product in products for figure in product]
    because = PRICED.filled(price=operands[0].raw.strip(), count=operands[1].raw.strip())
    claim = Product(because, _label(passage, total), total, products, readings, over)
    stated = total.quantity.value
    meant = round(claim.exact(claim.closest) / total.quantity.unit.scale, total.quantity.decimals)
    if claim.is_open or claim.holds:
        return claim if claim.holds else None
    moved = digits_of(stated.normalize()) == digits_of(meant.normalize()) and total.quantity.significant > 1
    if not meant / MOST_APART <= stated <= meant * MOST_APART and not moved:
        return None
    plain = (moved or near_miss(stated, meant)) and not _is_loose(passage, total, operands)
    return claim if plain else replace(claim, doubt=ELSE)


def _label(passage: Passage, total: Figure) -> str:
    """What the total is called: its own words, or the one that says that it is a total."""
    label = passage.label(total)
    said = _said(passage, total)
    return (
        label if len(label) > 1 else next((word for word in words("products", "total") if said.endswith(word)), label)
    )


def _is_loose(passage: Passage, total: Figure, operands: Sequence[Figure]) -> bool:
    """Whether the words between the figures, or before the total, say that more or less than the product is meant."""
    own = [figure for figure in operands if figure.text is total.text]
    start = min(figure.start for figure in (total, *own))
    end = max(figure.end for figure in (total, *own))
    text = passage.text.value
    said = text[max(0, start - LONGEST_LEAD) : end]
    return has_any(said, "products", "loose") or has_any(
        _said(passage, total).rpartition("，")[2], "products", "not_alone"
    )
