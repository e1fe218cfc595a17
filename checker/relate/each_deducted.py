"""Points taken off for each of several things: 22 项指标中 2 项未量化，每项扣 0.5 分，计扣 1 分.

How many they are stands in the clauses before, counted by the unit or the noun that 每 names. Several such
counts may be meant; one that comes out is enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relation.derived import Product
from checker.verdict import Phrase

EACH = Phrase("“每{each}扣 {points} 分”，前文为{count}", "so much off for each of {count} ({points}, {each})")
_EACH = Pattern(
    r"每一?(?P<each>\p{Han}{1,4}?)(?:各|均|再)?扣(?:减|除)?\s*(?P<points>\d+(?:\.\d+)?)\s*分"
    r"(?:[，,]|(?:计算?|的标准)[，,]?\p{Han}{0,12}?)\s*(?:(?:一共|共计?|合计|累计|计)(?:扣(?:减|除|分)?)?|扣)\s*(?P<total>\d+(?:\.\d+)?)\s*分"
)
_NOUN = Pattern(r"\p{Han}{0,4}")
_FROM_BEFORE = ("", "因此", "据此", "故")
MOST = 40
CAPPED = ("扣完", "为止", "最多", "上限", "按比例", "不足")
"""Words of a rule that ends what is taken off, or takes off parts."""


def find_each_deducted(reading: Reading) -> Iterator[Product]:
    """Every deduction that a sentence makes so many times, and what it comes to."""
    for passage in reading.prose:
        if "每" not in passage.text.value or "扣" not in passage.text.value:
            continue
        for match in _EACH.finditer(passage.text.value):
            yield from _claims(passage, match)
        yield from _with_later_total(passage)


def _claims(passage: Passage, match: Match) -> Iterator[Product]:
    points = next(iter(passage.within(*match.span("points"))), None) or _at(passage, match.start("points"))
    total = _at(passage, match.start("total"))
    start = own = sentence_at(passage.text.value, match.start()).start
    if start and passage.text.value[start : match.start()].strip().removesuffix("按") in _FROM_BEFORE:
        # 未考核的 2 家均在某县。每家扣 0.25 分，共扣 0.5 分
        start = sentence_at(passage.text.value, start - 1).start
    counts = [one for one in passage.within(start, match.start()) if _is_counted(passage, one, match["each"])]
    if points is None or total is None or not counts:
        return
    claims = [_claim(one, points, total, match) for one in counts]
    holding = [claim for claim in claims if claim.holds]
    uneven = total.quantity.value % points.quantity.value != 0 and not any(w in passage.text.value for w in CAPPED)
    if holding or (len(counts) == 1 and start == own) or uneven:
        yield (holding or claims[::-1])[0]


def _with_later_total(passage: Passage) -> Iterator[Product]:
    """…不全的 6 份，每份扣 0.1 分。分值 2 分，扣 0.60 分: the one deduction that the paragraph tells besides."""
    text = passage.text.value
    each, totals = list(_ONE_EACH.finditer(text)), list(_TOTAL.finditer(text))
    if len(each) != 1 or len(totals) != 1 or totals[0].start() < each[0].end() or _OTHERS.search(text):
        return
    if _EACH.search(text) or any(word in text for word in CAPPED):
        return
    match = each[0]
    points, total = _at(passage, match.start("points")), _at(passage, totals[0].start("total"))
    sentence = sentence_at(text, match.start())
    counts = [one for one in passage.within(sentence.start, match.start()) if _is_counted(passage, one, match["each"])]
    if points is None or total is None or not counts:
        return
    claims = [_claim(one, points, total, match) for one in counts]
    holding = [claim for claim in claims if claim.holds]
    if holding or _BESIDE.fullmatch(text[counts[-1].end : match.start()]):
        yield (holding or claims[::-1])[0]


_BESIDE = Pattern(r"\p{Han}{0,6}[，,]?")  # 不全的 6 份，每份
_ONE_EACH = Pattern(r"每一?(?P<each>\p{Han}{1,4}?)(?:各|均|再)?扣(?:减|除)?\s*(?P<points>\d+(?:\.\d+)?)\s*分")
_TOTAL = Pattern(r"(?<!每[^，,。；;]{0,8})扣(?:减|除|分)?\s*(?P<total>\d+(?:\.\d+)?)\s*分")
_OTHERS = Pattern(r"[各另再均]扣|不扣|酌情")
"""Words of deductions for other reasons."""


def _at(passage: Passage, start: int) -> Figure | None:
    return passage.at(start)


def _is_counted(passage: Passage, figure: Figure, each: str) -> bool:
    """Whether a small whole number counts what 每 names."""
    quantity = figure.quantity
    if quantity.unit.kind != "count" or quantity.is_open or quantity.decimals or not 1 < quantity.value <= MOST:
        return False
    name = each.removeprefix("个")
    if name in {"", "项", "处"} or name == quantity.unit.name:
        return quantity.unit.name in {each, name}
    noun = _NOUN.match(passage.text.value, figure.end)
    return noun is not None and noun.group().startswith(name)


def _claim(count: Figure, points: Figure, total: Figure, match: Match) -> Product:
    because = EACH.filled(each=match["each"], points=match["points"], count=count.raw.strip())
    return Product(because, "扣分", total, ((count, points),))
