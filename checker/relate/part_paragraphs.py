"""A total whose parts stand in numbered paragraphs below it: 总投资 5,600 万元，构成如下： 1.… 2.… 3.…."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from msgspec.structs import replace

from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.headings import CIRCLED, HAN_DIGITS, ordinal_of
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any, words
from checker.relate.part_scope import addable, compares, is_part, manner_of
from checker.relate.part_sums import UNSURE
from checker.relate.totals import is_near
from checker.relation import ProseTotal
from checker.verdict import Phrase

BELOW = Phrase("“{label}”之后逐段编号列出各部分", "numbered paragraphs below “{label}” list its parts")
_NUMBER = Pattern(
    rf"\s*(?:(?P<bracket>[（(]\s*\d{{1,2}}\s*[）)])|(?P<half>\d{{1,2}}\s*[）)])|(?P<arabic>\d{{1,2}}\s*[.．、](?!\d))"
    rf"|(?P<han>[（(]\s*[{HAN_DIGITS}]{{1,2}}\s*[）)])|(?P<spoken>[{HAN_DIGITS}]{{1,2}}是)|(?P<circled>[{CIRCLED}]))"
)
_LISTS = Pattern(
    r"[，,。]?(?:其中|具体|明细|资金|投资|支出|经费|费用|来源|使用|构成|组成|情况|如下|包括|包含|分为|分别|以下|[为由个项类]|部分|方面"
    rf"|[{HAN_DIGITS}两\d]|[：:]|\s)+"
)
"""Between a total and its parts: 资金构成如下：, but not 重点开展了以下工作：."""
MOST_ITEMS = 40
COMPARABLE = 4
"""Items that miss their total by more than a quarter are other things, or not all."""


def find_paragraph_totals(reading: Reading) -> Iterator[ProseTotal]:
    """Every total before a colon with an amount in each of the numbered paragraphs that follow."""
    by_block = {p.place.block: p for p in reading.passages if p.place.row is None}
    for passage in by_block.values():
        if not passage.text.value.rstrip().endswith(("：", ":")) or not passage.figures:
            continue
        items = _items(by_block, passage)
        if len(items) > 1:
            yield from _claims(passage, items)


def _items(by_block: Mapping[int, Passage], intro: Passage) -> list[Passage]:
    """The paragraphs right below, numbered from one on in one manner."""
    out: list[Passage] = []
    rank = ""
    for block in range(intro.place.block + 1, intro.place.block + 1 + MOST_ITEMS):
        passage = by_block.get(block)
        number = _NUMBER.match(passage.text.value) if passage else None
        if passage is None or number is None or rank not in {"", number.lastgroup}:
            break
        if ordinal_of("".join(number[0].split())) != len(out) + 1:
            break
        rank = number.lastgroup or ""
        out.append(passage)
    return out


def _claims(intro: Passage, items: list[Passage]) -> Iterator[ProseTotal]:
    span = sentence_at(intro.text.value, len(intro.text.value.rstrip()) - 1)
    said = [f for f in intro.within(span.start, span.end) if addable(f) and not compares(intro.label(f))]
    for base, figures in groupby(said, key=lambda f: f.quantity.unit.base):
        total = list(figures)[-1]
        amounts = [_amounts(item, base, manner_of(intro.label(total))) for item in items]
        if any(mark in intro.text.value[total.end :] for mark in "；;") or not all(amounts):
            continue
        shortest = min(len(found) for found in amounts)
        readings = tuple(tuple(found[n] for found in amounts) for n in range(shortest))
        label, tail = intro.label(total), intro.text.value[total.end :]
        claim = ProseTotal(BELOW.filled(label=label), total, readings, label)
        if claim.holds:
            yield claim
        elif _LISTS.fullmatch(tail) or "主要" in tail:
            yield replace(claim, doubt=_doubt(claim, tail, single=shortest == 1))


def _amounts(item: Passage, base: str, manner: str) -> list[Figure]:
    """The amounts of an item that may be its share of the total: those that are no comparison."""
    found = [f for f in item.figures if f.quantity.unit.base == base and addable(f)]
    return [f for f in found if is_part(item.label(f), manner=manner)]


def _doubt(claim: ProseTotal, tail: str, *, single: bool) -> Phrase | None:
    if "主要" in tail or any(word in tail for word in words("parts", "unfinished")):
        return UNSURE
    stated = claim.total.quantity.based
    gap = abs(sum((part.quantity.based for part in claim.parts), start=-stated))
    listed = has_any(tail, "parts", "below") and single and gap * COMPARABLE <= abs(stated)
    return None if is_near(claim) or listed else UNSURE
