"""Rules of several points: shares of the weight, so much for each, and numbered points with a rule of their own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from checker.extract.chinese import chinese_number
from checker.extract.patterns import Pattern
from checker.relate.rubric_build import build
from checker.relate.rubric_clauses import SIDE, Clause, Item, find_items, read_clauses
from checker.relate.rubric_core import GIVING, ONE_CASE, UNPLACED, Built, Context, NotUnderstood
from checker.relate.rubric_programs import HUNDRED, ZERO, Program
from checker.relate.rubric_scores import subset_scores
from checker.relate.rubric_tokens import Amount, Kind, Token
from checker.relation.rubrics import ScoreSet
from checker.verdict import Phrase

PARTLY = Phrase("只有部分要点写明了分值", "only some of the points give scores")
CONTRARY = Phrase("规则写明的满分与分值不同", "the full marks that the rule names are not the weight")
NO_WEIGHT = Phrase("第 {number} 个要点没有写明分值", "point {number} does not say what it is worth")
NOT_COUNTED = Phrase("“每项”所指的项数不明", "how many points “each” stands for is not clear")
MOST_EACH = 40


def adds_up(text: str, weight: Decimal) -> bool:
    """Whether points that a rule names make the weight, though it was read as giving fewer.

    四项各0.5分 for two points, or A 1分；B 得1分.
    """
    each = _EACH_OF.search(text)
    if each is not None:
        count = chinese_number(each["number"] or "") or each["listed"].count("、") + 1
        if count * Decimal(each["points"]) == weight:
            return True
    best: list[Decimal] = []
    plain = False
    for clause in _CLAUSES.split(text):
        points = [Decimal(match["points"]) for match in _POINTS_GIVEN.finditer(clause)]
        best += [max(points)] if points else []
        plain |= bool(points) and not any(char.isdigit() for char in _POINTS_GIVEN.sub("", clause))
    return plain and len(best) > 1 and sum(best) == weight  # steps of a scale have their limits, each of them


_CLAUSES = Pattern("[；;]")
_EACH_OF = Pattern(
    r"(?P<listed>[^，,。；;]*?)(?:(?P<number>[两二三四五六七八九十])\p{Han}{0,4})?各(?:得|占|计)?(?P<points>\d+(?:\.\d+)?)分"
)
_POINTS_GIVEN = Pattern(r"(?<!扣|减|每.{0,8})(?<![\d.])(?P<points>\d+(?:\.\d+)?)分(?!以|之|钟)")


def build_rule(text: str, tokens: Sequence[Token], weight: Decimal, names: tuple[str, ...]) -> Built:
    """The program of a whole criteria text. Raises ``NotUnderstood``."""
    items = find_items(text)
    inside = [_within(tokens, item) for item in items]
    main = [any(token.kind not in SIDE for token in group) for group in inside]
    before = [token for token in tokens if not items or token.start < items[0].start]
    spread = any(t.kind in {Kind.SHARES, Kind.EACH} for t in tokens)
    if items and all(main) and _is_scale(inside, weight):
        return _build_single(_unnumbered(text, items), tokens, weight, 0, names)
    if items and all(main) and not any(t.kind not in SIDE for t in before) and not spread:
        return _build_numbered(text, items, inside, before, weight)
    if sum(main) + any(t.kind not in SIDE for t in before) > 1 and not spread:
        raise NotUnderstood(PARTLY)
    start = items[-1].start if items and main[-1] else 0
    return _build_single(text, tokens, weight, len(items), names, start)


def _is_scale(inside: Sequence[Sequence[Token]], weight: Decimal) -> bool:
    """Whether the numbers count tiers of one scale: one score each, the best is the weight, the sum is more."""
    main = [[token for token in group if token.kind not in SIDE] for group in inside]
    if any(len(group) != 1 or group[0].kind not in GIVING for group in main):
        return False
    scores = [Context(weight, weight).points_of(group[0]) for group in main]
    return max(scores) == weight and sum(scores) != weight


def _unnumbered(text: str, items: Sequence[Item]) -> str:
    for item in items:
        text = text[: item.mark] + ";" * (item.start - item.mark) + text[item.start :]
    return text


def _within(tokens: Sequence[Token], item: Item) -> list[Token]:
    return [token for token in tokens if item.start <= token.start < item.end]


def _build_single(
    text: str, tokens: Sequence[Token], weight: Decimal, items: int, names: tuple[str, ...], start: int = 0
) -> Built:
    side = tuple(token for token in tokens if token.kind in SIDE)
    context = Context(_full_marks(side, weight), weight, side, names)
    clauses = read_clauses(text, tokens, start)
    if not clauses:
        raise NotUnderstood(UNPLACED.filled(words=tokens[0].text))
    if any(c.token.kind is Kind.SHARES for c in clauses):
        return _build_shares(clauses, context)
    if any(c.token.kind is Kind.EACH for c in clauses):
        return _build_each(clauses, context, items)
    only = clauses[0] if len(clauses) == 1 and clauses[0].token.kind in GIVING else None
    if only and not (only.condition.count or only.condition.step):
        raise NotUnderstood(ONE_CASE.filled(words=only.condition.text[-12:] + only.token.text))
    return build(clauses, context)


def _full_marks(side: Sequence[Token], weight: Decimal) -> Decimal:
    """The weight, which phrases such as 满分5分 and 最高得5分 must repeat."""
    said = {t.amounts[0].points(weight) for t in side if t.kind in {Kind.WEIGHT, Kind.CAP} and t.amounts}
    if said - {weight}:
        raise NotUnderstood(CONTRARY)
    return weight


def _build_shares(clauses: Sequence[Clause], context: Context) -> Built:
    """每项分别占20%、40%、40%: any of the points may be lost. A list from 100 % down is a scale instead."""
    listed = [c for c in clauses if c.token.kind is Kind.SHARES]
    if len(listed) > 1:
        raise NotUnderstood(UNPLACED.filled(words=listed[1].token.text))
    amounts = listed[0].token.amounts
    points = tuple(amount.points(context.total) for amount in amounts)
    if max(points) == context.weight:
        _only(clauses, {Kind.SHARES, Kind.ZERO})
        return Built("words", Program(ScoreSet.of({*points, ZERO})))
    _only(clauses, {Kind.SHARES, Kind.FULL, Kind.LOSE, Kind.ZERO})
    in_percent = all(amount.is_share for amount in amounts)
    stated = tuple(amount.value for amount in amounts) if in_percent else points
    scores = subset_scores(points) | ScoreSet.of(_full(clauses, context))
    return Built("shares" if in_percent else "items", Program(scores), points=stated)


def _full(clauses: Sequence[Clause], context: Context) -> set[Decimal]:
    """Full marks where the rule names them (以上均满足得满分)."""
    return {context.weight} if any(c.token.kind is Kind.FULL for c in clauses) else set()


def _only(clauses: Sequence[Clause], kinds: set[Kind]) -> None:
    for clause in clauses:
        if clause.token.kind not in kinds:
            raise NotUnderstood(UNPLACED.filled(words=clause.condition.text[-12:] + clause.token.text))


def _build_each(clauses: Sequence[Clause], context: Context, items: int) -> Built:
    """每项占25%, 每项1分: the points are alike; how many there are follows from the weight."""
    each = [c.token.amounts[0] for c in clauses if c.token.kind is Kind.EACH]
    worth = each[0].points(context.total)
    if len({amount.value for amount in each}) > 1 or worth <= 0:
        raise NotUnderstood(UNPLACED.filled(words=clauses[-1].token.text))
    _only(clauses, {Kind.EACH, Kind.FULL, Kind.LOSE, Kind.ZERO, Kind.GAIN, Kind.DEDUCT})
    portion = _portion(clauses, context, worth)
    count = (context.weight / worth).to_integral_value()
    exact = abs(count * worth - context.weight) < Decimal("0.001")
    if not exact and items and items * worth != context.weight:
        return _uneven(each[0], worth, items)
    if not exact or count > MOST_EACH:
        raise NotUnderstood(NOT_COUNTED)
    scores = subset_scores((worth,) * int(count), portion) | ScoreSet.of({context.weight})
    parts = (each[0].value if each[0].is_share else worth,) * items if items == count else ()
    return Built("shares" if each[0].is_share else "items", Program(scores), points=parts)


def _uneven(each: Amount, worth: Decimal, items: int) -> Built:
    """So many numbered points of so much each do not make the weight: a fault that the linter names."""
    parts = (each.value if each.is_share else worth,) * items
    return Built("shares" if each.is_share else "items", Program(subset_scores((worth,) * items)), points=parts)


def _portion(clauses: Sequence[Clause], context: Context, worth: Decimal) -> Decimal | None:
    """What a point gives that is met in part (部分满足的得0.5分)."""
    out = None
    for clause in clauses:
        if clause.token.kind is Kind.GAIN:
            out = context.score(clause)
            if not ZERO < out < worth:
                raise NotUnderstood(UNPLACED.filled(words=clause.token.text))
        if clause.token.kind is Kind.DEDUCT and clause.token.amounts[0].points(context.total) != worth:
            raise NotUnderstood(UNPLACED.filled(words=clause.token.text))
    return out


TAIL = frozenset({Kind.LOSE, Kind.ZERO, *SIDE})


def _build_numbered(
    text: str, items: Sequence[Item], inside: Sequence[Sequence[Token]], before: Sequence[Token], weight: Decimal
) -> Built:
    """①…得2分；②…得1分: the rules of the points add up; a gate at one of them empties all."""
    _full_marks(before, weight)
    groups = [list(group) for group in inside]
    groups[-1] = _without_tail(text, items[-1], groups[-1], groups[:-1])
    gates = [any(token.kind is Kind.GATE for token in group) for group in groups]
    built = [
        _build_item(text, item, group, n, weight) for n, (item, group) in enumerate(zip(items, groups, strict=True), 1)
    ]
    scores = ScoreSet.of({ZERO})
    for one, gated in zip(built, gates, strict=True):
        best = ScoreSet.of({one.program.reachable.maximum})
        scores = scores + (best if gated else one.program.reachable)
    if any(gates):
        scores = scores | ScoreSet.of({ZERO})
    maxima = tuple(one.program.reachable.maximum for one in built)
    in_percent = all(t.amounts[0].is_share for group in groups for t in group if t.kind is Kind.GAIN)
    shared = in_percent and any(t.kind is Kind.GAIN for group in groups for t in group) and weight > 0
    points = tuple(maximum / weight * HUNDRED for maximum in maxima) if shared else maxima
    return Built("shares" if shared else "items", Program(scores), points=points)


def _without_tail(text: str, item: Item, tokens: list[Token], others: Sequence[Sequence[Token]]) -> list[Token]:
    """The last point's own phrases, without those that a sentence of its own says of all points."""
    stop = text.find("。", tokens[0].end, item.end)
    if stop < 0:
        return tokens
    own, tail = [t for t in tokens if t.start < stop], [t for t in tokens if t.start > stop]
    if all(token.kind in TAIL for token in tail):
        return own
    if any(token.kind is Kind.DEDUCT for group in others for token in group):
        return tokens
    raise NotUnderstood(UNPLACED.filled(words=tail[0].text))


def _build_item(text: str, item: Item, tokens: Sequence[Token], number: int, total: Decimal) -> Built:
    """The rule of one numbered point; what it is worth is the best score that it names."""
    side = tuple(token for token in tokens if token.kind in SIDE)
    named = [t.amounts[0].points(total) for t in tokens if t.kind in {Kind.GAIN, Kind.WEIGHT} and t.amounts]
    if not named:
        raise NotUnderstood(NO_WEIGHT.filled(number=number))
    context = Context(max(named), total, side)
    kept = [token for token in tokens if token.kind is not Kind.LOSE]
    clauses = read_clauses(text[: item.end], kept, item.start)
    if not clauses:
        return Built("words", Program(ScoreSet.of({ZERO, max(named)})))
    built = build(clauses, context)
    return replace(built, program=Program(built.program.reachable | ScoreSet.of({ZERO})))
