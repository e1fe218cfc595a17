"""Lists without a marker word: A、B and C, 共计 N; and lists in the brackets right behind their whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from checker.extract.chinese import chinese_number
from checker.extract.clauses import OPENING, Span
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any
from checker.relate.part_doubt import is_whole_set, parallel, unfinished
from checker.relate.part_scope import Marker, Scope, addable, is_part
from checker.relate.part_sums import LONGEST_TAIL, UNSURE
from checker.relate.slips import near_miss
from checker.relate.totals import is_near
from checker.relation import ProseTotal, Relation
from checker.units import unit_named
from checker.verdict import Phrase

LIST_TOTAL = Phrase("“{word}”之前逐项列出", "the items listed before “{word}”")
BRACKET = Phrase("“{label}”后的括号内逐项列出", "the items in the brackets after “{label}”")
_KINDS = Pattern(
    r"[，,、；;](?:以上|上述|这)?(?:(?P<number>[一二两三四五六七八九十]{1,2})|(?P<digits>\d{1,2}))\s?"
    r"(?:(?:个|种|类|项|部分|方面|者|家|笔)\p{Han}{0,6}|地|县|区|市|镇|乡|村|校|所|站|期|批|标段)$"
)
_OF_EACH = Pattern(r"各\p{Han}{0,4}\d")
_FIRST_OF = Pattern(r"[，,；;]前(?P<number>[两二三四五六七八九]|\d)[项者类名位家个种]\p{Han}{0,4}$")
_AMONG = Pattern(r"\p{Han}{0,8}中[，,]")
"""Behind a number that the list splits: 1108 份有效问卷中，…."""
_OF_TIME = Pattern(r"\s*(?:年度|季度|月|学期)")
"""Behind a count of years or months, which add up to nothing else: 四个年度的资金覆盖 6 个县馆和市馆，合计 7 个馆."""
SEPARATORS = "，,、；;：: "
_MIXED = Pattern(r"\s*[（(]\s*\p{Han}{1,2}(?:、\p{Han}{1,2})*\s*[）)]")
"""Behind a total of several units: 合计 45 家（处）."""
LONGEST_LIST = 200
"""No sentence that a person wrote adds up more figures."""


def list_before(scope: Scope, group: Span, marker: Marker) -> Iterator[Relation]:
    """A、B and C, 共计 N: the items of the sentence before its total."""
    total = next(iter(scope.figures(group, marker.end, min(group.end, marker.end + 12))), None)
    total = in_money(total) if total else None
    if total is None or not addable(total) or scope.text[marker.end : total.start].strip(" 为是达约：:") != "":
        return
    if _MIXED.match(scope.text, total.end):
        return
    start = max(scope.text.rfind(mark, group.start, marker.start) for mark in "；;：:") + 1
    start = max(start, scope.text.rfind("其中", group.start, marker.start))
    before = scope.figures(group, max(start, group.start), marker.start, LONGEST_LIST + 1)
    if len(before) > LONGEST_LIST:
        return
    parts = _items(scope, before, total)
    first = _FIRST_OF.search(scope.text[parts[-1].end : marker.start]) if parts else None
    if first is not None:
        yield from _of_the_first(scope, parts, total, chinese_number(first["number"]) or 0)
        return
    if _counts_others(scope, parts, total):
        return
    said = scope.text[max(start, group.start) : marker.start]
    if _is_no_list(said):
        return
    aligned = "分别" in said or "依次" in said
    named = [f for f in parts if is_part(scope.label(f, start))]
    several = _are_counted(scope, parts, marker)
    plain = scope.text[: marker.start].rstrip(" ")[-1:] in SEPARATORS and (aligned or len(named) == len(parts))
    if len(parts) < 2 or not (plain or several or len(named) == len(parts)) or (marker.word == "共" and not plain):
        return
    readings = tuple(tuple(parts[n:]) for n in range(min(len(parts) - 1, LONGEST_TAIL)))
    kind = scope.text[: marker.start].rstrip()[-2:]  # 中央补贴、省补贴、农户自缴，财政补贴合计
    own = tuple(part for part in parts if kind in scope.label(part, start))
    if len(own) > 1 and own not in readings:
        readings = (*readings, own)
    because = LIST_TOTAL.filled(word=marker.word)
    full = ProseTotal(because, total, readings[:1], scope.label(total, start) or marker.word)
    sure = plain or is_near(full) or several
    claim = replace(full, readings=readings, doubt=None if sure else UNSURE)
    if claim.holds or aligned or marker.word != SINCE:  # 累计 may count from before the first of the list
        yield claim


SINCE = "累计"


def _items(scope: Scope, before: list[Figure], total: Figure) -> list[Figure]:
    """The figures that may be items of a total: of its unit, and years only where it counts years."""
    base = total.quantity.unit.base
    items = [f for f in map(in_money, before) if f.quantity.unit.base == base and not f.quantity.is_open]
    items = items[1:] if items and _AMONG.match(scope.text, items[0].end) else items
    if total.quantity.unit.kind == "count" and _OF_TIME.match(scope.text, total.end) is None:
        items = [f for f in items if _OF_TIME.match(scope.text, f.end) is None]
    return items


def _is_no_list(said: str) -> bool:
    """Whether words speak of more or other things than they list.

    另安排 A、B、C，合计 D; 16家机构每家讲座 12 场、咨询 9 场，共 336 场; 4 个监测点各布设 3 个样方，共 12 个.
    """
    more = said.lstrip("，, ").startswith(("另", "此外", "还", "再"))
    return more or "每" in said or _OF_EACH.search(said) is not None


def _of_the_first(scope: Scope, parts: list[Figure], total: Figure, number: int) -> Iterator[ProseTotal]:
    """甲 291 份、乙 549 份、丙 247 份，前两项合计 840 份."""
    listed = [figure for figure in parts if _AMONG.match(scope.text, figure.end) is None]
    if 1 < number < len(listed):
        starts = [
            at for at in range(len(listed) - number + 1) if at == 0 or not scope.label(listed[at], 0).endswith("有效")
        ]
        claims = [
            ProseTotal(LIST_TOTAL.filled(word="合计"), total, (tuple(listed[at : at + number]),), "合计")
            for at in starts
        ]
        yield next((claim for claim in claims if claim.holds), claims[0])


def _counts_others(scope: Scope, parts: list[Figure], total: Figure) -> bool:
    """辖 9 个镇、6 个乡，共 168 个行政村: other things than those before."""
    nouns = [_noun_behind(scope, figure) for figure in (*parts, total)]
    if not parts or not all(nouns) or total.quantity.unit.kind != "count":
        return False
    *of_parts, of_total = nouns
    return all(noun[-1] not in of_total and of_total[-1] != noun[-1] for noun in of_parts)


def _noun_behind(scope: Scope, figure: Figure) -> str:
    match = _NOUN.match(scope.text, figure.end)
    return match.group() if match else ""


_NOUN = Pattern(r"\p{Han}{1,6}(?=[、，,。；;（(]|$)")


def _are_counted(scope: Scope, parts: list[Figure], marker: Marker) -> bool:
    """转岗 86 人，划转 157 人，退休 64 人，四种去向合计 307 人: as many kinds as the list has items."""
    match = _KINDS.search(scope.text[parts[-1].end : marker.start]) if parts else None
    return match is not None and (chinese_number(match["number"] or "") or int(match["digits"] or 0)) == len(parts)


def in_money(figure: Figure) -> Figure:
    """合计 1,170 万: the 元 is understood, or another unit that all of the list have."""
    unit = figure.quantity.unit
    meant = unit_named(f"{unit.name}元") if unit.kind == "plain" and unit.name else None
    if meant is None:
        return figure
    return replace(figure, quantity=replace(figure.quantity, unit=replace(meant, name=unit.name)))


def bracket_list(scope: Scope, bracket: Span) -> Iterator[Relation]:
    """187 人（在职 139 人、退休 8 人、协管 40 人）: a list right behind its whole."""
    before = scope.last_figures(scope.around(bracket), bracket.start)[-1:]
    if not before or scope.text[before[-1].end : bracket.start].strip(" " + OPENING) or not addable(before[-1]):
        return
    whole = before[-1]
    inside = scope.figures(bracket, bracket.start, bracket.end)
    parts = [f for f in inside if f.quantity.unit.base == whole.quantity.unit.base and not f.quantity.is_open]
    labels = [scope.label(part, bracket.start) for part in parts]
    if len(parts) < 2 or len(parts) != len(inside) or not all(is_part(label) for label in labels):
        return
    label = scope.label(whole, scope.span.start)
    declared = scope.own.is_complete(label)
    if (unfinished(scope, parts[-1]) and not declared) or any(f.quantity.unit.kind == "rate" for f in parts):
        return
    total = ProseTotal(BRACKET.filled(label=label), whole, (tuple(parts),), label)
    kinds = [label[-2:] for label in labels]
    sure = is_whole_set(labels) or is_near(total) or parallel(total, kinds) or _miscounted(total, labels)
    yield total if sure or declared else replace(total, doubt=UNSURE)


def _miscounted(total: ProseTotal, labels: list[str]) -> bool:
    """Whether things counted apart (机关 62 人、事业单位 152 人) miss their whole as people miscount.

    Kinds that may overlap (党员, 女职工) are no such things.
    """
    if total.total.quantity.unit.kind != "count" or any(has_any(label, "parts", "overlapping") for label in labels):
        return False
    summed = sum((part.quantity.value for part in total.parts), start=Decimal(0))
    return near_miss(total.total.quantity.value, summed)
