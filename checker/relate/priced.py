"""A number, a price for each and their product side by side: 315 人、每人 8000 元测算为 252 万元.

Nothing but a word of reckoning stands between them, so they are about one thing.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.figures import Reading
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.relate.averages import counts_each, counts_of, size_of
from checker.relate.slips import near_miss
from checker.relation.derived import Product
from checker.verdict import Phrase

PRICED = Phrase("“{count}”与其旁的“{price}”之积", "“{count}” times “{price}” beside it")
_EACH = Pattern(r"(?:平均|每)(?:每|一)?(?P<each>(?:(?!每)\p{Han}){1,8})$|(?P<of>\p{Han})均(?:(?!每)\p{Han}){0,6}$")
_RECKONED = Pattern(
    r"\s*(?:的?标准)?[，,]?\s*(?:测算|计算|核定|计|折合?|共|合计|总|应|需|约需|补偿|补助|补贴|编列|安排|支付|支出|发放|扣减|增收|多[领计付]|少[领计付])"
    r"{1,3}\p{Han}{0,4}\s*"
)
_BESIDE = Pattern(r"[^，,。；;：:（(\d]{0,8}[，,、]?\s*(?:[^，,。；;：:、（(）)\d]{0,14})")
_ANOTHER = Pattern(r"另|其中|含|节约|节省|剩|余|差|超|目标|计划|预算|比|较|上年|减去|扣除")
"""Words of an amount that is no product of those before it."""
LONGEST = 24


def find_priced(reading: Reading) -> Iterator[Product]:
    """Every number, price and product that stand beside each other, the price before or behind the number."""
    for page in measured(reading):
        if "每" not in page.passage.text.value and "均" not in page.passage.text.value:
            continue
        items = page.figures
        for first, second, total in zip(items, items[1:], items[2:], strict=False):
            if first.sentence == total.sentence and total.based_kind == "money":
                count, price = (first, second) if second.based_kind == "money" else (second, first)
                yield from _product(count, price, total)


def _product(count: Measured, price: Measured, total: Measured) -> Iterator[Product]:
    """What a number comes to at the price before or behind it."""
    match = _EACH.search(price.words)
    of_each = price.based_kind == "money" != count.based_kind
    if match is None or not of_each or any(one.figure.quantity.is_open for one in (count, price, total)):
        return
    each = match["each"] or ""
    counted = counts_each(count, each) if each else counts_of(count, match["of"])
    if counted and _stand_together(count, price, total):
        because = PRICED.filled(count=count.figure.raw.strip(), price=price.figure.raw.strip())
        claim = Product(because, total.title, total.figure, ((count.figure, price.figure),), over=size_of(each))
        quantity = total.figure.quantity
        meant = round(claim.exact(claim.closest) / quantity.unit.scale, quantity.decimals)
        if claim.holds or near_miss(quantity.value, meant):
            yield claim


def _stand_together(count: Measured, price: Measured, total: Measured) -> bool:
    """Whether only a word of reckoning stands between number and price and their product."""
    text = count.figure.text.value
    one, other = sorted((count.figure, price.figure), key=lambda figure: figure.start)
    beside, reckoned = text[one.end : other.start], text[other.end : total.figure.start]
    if len(beside) > LONGEST or _ANOTHER.search(reckoned) or _ANOTHER.search(beside):
        return False
    return _BESIDE.fullmatch(beside) is not None and _RECKONED.fullmatch(reckoned) is not None
