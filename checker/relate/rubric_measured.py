"""The value that an indicator's text measured: the rate or number that its name or its rule names.

Binding is strict: the words right before the figure, or the name that a printed formula begins with,
must be the indicator's name or the rule's own words for what it measures. A share of the weight
(得60%权重分), a target and another year's value are never it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.rubric import Rubric
from checker.relate.rubric_clauses import COUNT
from checker.relate.rubric_measures import OF_TARGET
from checker.relate.rubric_words import rule_words
from checker.relate.score_names import plain_name
from checker.units import Unit, unit_named

ENDS = "，。；;,：:、（()）\n"
SHORTEST = 2
"""How many characters the end of a label must share with the name that it stands for."""
DEFECT = 3
"""How many characters a fault's words must share with the rule's, the negation among them."""
REACH = 14
_SHARE_AFTER = Pattern(r"^\s*的?\s*(?:权重|分值|标准分)")
_TAKEN_BEFORE = Pattern(r"(?:得|扣|扣减|扣除|计)\s*$")
_SIGN_AFTER = Pattern(r"^\s*[×*/÷+\-xX＋－＊]")
_SUPPOSED = Pattern(r"^\s*(?:若|如果|假如|假设|剔除|扣除)|[，,；;](?:若|剔除|扣除)")
"""若剔除结转资金，结余率为 1.45 %: not what was scored."""
_EQUALS_BEFORE = Pattern(r"[=＝≈]\s*$")
_CHAIN_NAME = Pattern(r"(?P<name>[^，。；;,：:=＝（()）\d]{2,30})[=＝]")
_VERBS = " \t\n为是达到约的在仅"
RATE_ENDS = ("率", "度", "比", "例", "重", "数", "额", "量")
"""How the name of a measure ends."""
_ONE_OF_MANY = ("县", "乡", "镇", "村", "街道")
_WHOLE = ("全", "本", "该")
_OF_KINDS = Pattern(r"或|、|以及|和")
_NEGATION = "未不无缺违没"


class Measured(Struct, frozen=True):
    """A bound figure with its value in the unit of the rule."""

    figure: Figure
    value: Decimal
    unit: Unit


def find_measured(passages: Sequence[Passage], name: str, rubric: Rubric) -> Measured | None:
    """The measured value in the indicator's text, None when it has none or several."""
    if rubric.input.startswith("count:"):
        return _only(list(_counted(passages, rubric)))
    unit = unit_named(rubric.input)
    if unit is None or not rubric.is_measured:
        return None
    names = tuple(plain_name(one) for one in (name, *rubric.labels) if one)
    if rubric.kind == OF_TARGET:
        names = tuple(one for one in names if one.endswith(rule_words("rates")))
    results = [one for passage in passages for one in _results(passage, names, unit)]
    if results:
        return results[-1]
    generic = rule_words("rates") if rubric.kind in {"proportional", OF_TARGET} else ()
    found = [one for passage in passages for one in _named(passage, names, generic, unit)]
    computed = {Decimal(rate) for passage in passages for rate in _rates_in_formulas(passage)}
    return _only([one for one in found if not computed or unit.kind != "rate" or one.value in computed])


def _rates_in_formulas(passage: Passage) -> Iterator[str]:
    """The rates of printed formulas: 3×77.78%÷85%=2.75 tells which rate was scored."""
    for match in _RATE_IN_FORMULA.finditer(passage.text.value):
        yield match["behind"] or match["before"]


_RATE_IN_FORMULA = Pattern(r"[×*÷]\s*(?P<behind>\d+(?:\.\d+)?)\s*%|(?<![\d.])(?P<before>\d+(?:\.\d+)?)\s*%\s*[×*÷]")


def actual_value(figure: Figure | None, rubric: Rubric) -> Measured | None:
    """The value of a table's column of achieved values, where its unit is the rule's."""
    unit = unit_named(rubric.input) if rubric.kind != OF_TARGET else None
    return _in_unit(figure, unit) if figure is not None and unit is not None and rubric.is_measured else None


def _only(found: Sequence[Measured]) -> Measured | None:
    return found[-1] if len({one.value for one in found}) == 1 else None


def _in_unit(figure: Figure, unit: Unit) -> Measured | None:
    quantity = figure.quantity
    if quantity.unit.base != unit.base or quantity.is_open:
        return None
    return Measured(figure, quantity.based / unit.scale, unit)


def _results(passage: Passage, names: Sequence[str], unit: Unit) -> Iterator[Measured]:
    """Results of printed formulas that begin with the indicator's name: 控制率=(27/31)×100%=87.1%."""
    text = passage.text.value
    for figure in passage.figures:
        measured = _in_unit(figure, unit)
        if (
            measured is None
            or not _EQUALS_BEFORE.search(text[: figure.start])
            or _SIGN_AFTER.search(text[figure.end :])
        ):
            continue
        start = sentence_at(text, figure.start).start
        named = [_bare(match["name"]) for match in _CHAIN_NAME.finditer(text[start : figure.start])]
        rates = [one for one in named if one.endswith(RATE_ENDS)]
        if rates and any(same_measure(rates[-1], name) for name in names):
            yield measured


def _named(passage: Passage, names: Sequence[str], generic: Sequence[str], unit: Unit) -> Iterator[Measured]:
    text = passage.text.value
    for figure in passage.figures:
        measured = _in_unit(figure, unit)
        if measured is None or _SHARE_AFTER.search(text[figure.end :]) or _TAKEN_BEFORE.search(text[: figure.start]):
            continue
        clause = _clause(text, figure.start)
        if any(word in clause for word in rule_words("not_measured")):
            continue
        if _SUPPOSED.search(text[sentence_at(text, figure.start).start : figure.start]):
            continue
        label = _bare(clause)
        if any(same_measure(label, name) for name in names) or label.endswith(tuple(generic)):
            yield measured


def _clause(text: str, offset: int) -> str:
    start = max(text.rfind(mark, 0, offset) for mark in ENDS) + 1
    opening = max(text.rfind(mark, 0, start - 1) for mark in "（(") if text[start - 1 : start] in {"）", ")"} else -1
    if opening > 0 and start - opening <= REACH:  # 校医（保健教师）配备率
        start = max(text.rfind(mark, 0, opening) for mark in ENDS) + 1
    return text[start:offset]


def _bare(words: str) -> str:
    return plain_name("".join(words.split())).rstrip(_VERBS).lstrip("其")


def same_measure(label: str, name: str) -> bool:
    """Whether words before a figure name the same measure: 满意度 and 群众满意度, but not 企业满意度.

    They must end alike, and what one has before the common end must be in the other.
    """
    shared = 0
    while shared < min(len(label), len(name)) and label[-1 - shared] == name[-1 - shared]:
        shared += 1
    if shared < SHORTEST:
        return False
    qualifier = label[: len(label) - shared]
    if qualifier.endswith(_ONE_OF_MANY) and not qualifier.startswith(_WHOLE):
        return False  # 柳湾县恢复率 is that of one county
    before, other = set(qualifier), set(name[: len(name) - shared])
    return before <= other or other <= before


def _counted(passages: Sequence[Passage], rubric: Rubric) -> Iterator[Measured]:
    """Faults stated as a count in the rule's own words: 2处未整改 for 每有1处未整改扣0.5分."""
    unit = unit_named(rubric.input.removeprefix("count:"))
    defects = [text[match.end() :] for text in rubric.labels for match in [COUNT.search(text)] if match]
    if unit is None or not defects or any(_OF_KINDS.search(defect) for defect in defects):
        return  # 逾期或未完成: a count of one kind is not of all
    for passage in passages:
        text = passage.text.value
        for figure in passage.figures:
            measured = _in_unit(figure, unit)
            after = _to_stop(text[figure.end : figure.end + REACH])
            clause = _clause(text, figure.start) + after
            if measured is None or "每" in clause or any(word in clause for word in rule_words("not_measured")):
                continue
            if any(_same_defect("".join(after.split()), defect) for defect in defects):
                yield measured


def _to_stop(text: str) -> str:
    """The words up to the end of their sentence."""
    return text[: min((text.find(mark) for mark in "。；;\n" if mark in text), default=len(text))]


def _same_defect(after: str, defect: str) -> bool:
    """Whether the words behind a count open with the fault that the rule names, from its negation on."""
    cut = min((after.find(mark) for mark in ENDS if mark in after), default=len(after))
    for index, char in enumerate(after[:cut]):
        if char in _NEGATION:
            return after[index : index + DEFECT] in defect and index + DEFECT <= cut
    return False
