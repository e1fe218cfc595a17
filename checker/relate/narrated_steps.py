"""Deductions beside the step of their rule: 每超过 1 个百分点扣 0.6 分 … 超过标准 0.93 个百分点，扣 0.56 分.

The narrative says by how much a step takes off and, further on, how many steps there were. A rule may count
a part of a step in full, not at all, or in proportion, and a deduction ends at the weight.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relation.derived import Product
from checker.verdict import Phrase

STEP = Phrase("“{rule}”与其后的“{taken}”", "“{rule}” and “{taken}” behind it")
TAKEN = "扣分"
_RULE = Pattern(
    r"每(?:再|个)?(?:超过?|低于?|少|高出?|降低?|增加?|下降|延迟|逾期|超期|缺少?|偏离|发现|出现|存在|有|增加|减少)?"
    r"(?P<size>\d+(?:\.\d+)?|一)?个?(?P<unit>百分点|天|日|处|项|家|人|次|起|份|笔|件|户|个)[^，,。；;\d]{0,10}?扣(?:减|除)?"
    r"(?P<points>\d+(?:\.\d+)?)分"
)
_TAKEN = Pattern(
    r"\s*[^，,。；;\d（(]{0,6}[，,]\s*(?:按规则|按标准|按比例|据此|相应|应|共|故|因此|此项|本项|该项)*\s*(?P<words>扣(?:减|除)?)\s*$"
)


def find_narrated_steps(reading: Reading) -> Iterator[Product]:
    """Every deduction behind a step rule and before the next rule of its paragraph."""
    for passage in reading.prose:
        text = passage.text.value
        rules = list(_RULE.finditer(text)) if "每" in text and "扣" in text else []
        for at, rule in enumerate(rules):
            end = rules[at + 1].start() if at + 1 < len(rules) else len(text)
            points = next(iter(passage.within(rule.start("points"), rule.end() + 1)), None)
            pairs = list(_taken(passage, rule, end))
            if points is not None and len(pairs) == 1 and not pairs[0][0].quantity.is_open:
                yield from _claims(passage, rule, points, *pairs[0])


def _taken(passage: Passage, rule: Match, end: int) -> Iterator[tuple[Figure, Figure]]:
    """How many steps there were and what was taken off for them, side by side."""
    for one, taken in pairwise(passage.within(rule.end(), end)):
        between = passage.text.value[one.end : taken.start]
        if _unit(one) == rule["unit"] and _is_taken(passage, taken) and _TAKEN.fullmatch(between):
            yield one, taken


def _unit(figure: Figure) -> str:
    return figure.quantity.unit.name.removeprefix("个")


def _is_taken(passage: Passage, figure: Figure) -> bool:
    said = passage.text.value[max(0, figure.start - len("扣减")) : figure.start]
    return figure.quantity.unit.kind == "score" and said.rstrip().endswith(("扣", "扣减", "扣除"))


def _claims(passage: Passage, rule: Match, points: Figure, steps: Figure, taken: Figure) -> Iterator[Product]:
    """The deduction as so many steps; silent where whole steps give it, or the weight ends it."""
    size = Decimal(rule["size"]) if (rule["size"] or "一") != "一" else Decimal(1)
    because = STEP.filled(rule=rule.group(), taken=f"扣{taken.raw.strip()}")
    claim = Product(because, TAKEN, taken, ((steps, points),), over=size)
    whole = {(steps.quantity.value / size).to_integral_value(way) for way in (ROUND_CEILING, ROUND_FLOOR)}
    stepped = taken.quantity.value in {count * points.quantity.value for count in whole}
    scores = {f.quantity.value for f in passage.figures if f is not taken and f.quantity.unit.kind == "score"}
    ended = claim.exact(Decimal(1)) > taken.quantity.value and taken.quantity.value in scores
    if claim.holds or not (stepped or ended):
        yield claim
