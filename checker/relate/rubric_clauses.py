"""Clauses of a scoring rule: a score-giving phrase with the condition before it, and the points they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from checker.extract.chinese import chinese_number
from checker.extract.lexicon import unit_source
from checker.extract.patterns import Match, Pattern
from checker.relate.rubric_conditions import Stretch, find_stretches, has_number, joined
from checker.relate.rubric_tokens import Kind, Token
from checker.relate.rubric_words import rule_words, source_of

SIDE = frozenset({Kind.STOP, Kind.WHOLE_UP, Kind.WHOLE_DOWN, Kind.IN_PART, Kind.CAP, Kind.FLOOR, Kind.WEIGHT})
"""Phrases that qualify the others and give no score of their own."""


class StepWords(Struct, frozen=True):
    """每下降1%: the size of the step, its unit, its direction (-1 down, 1 up, 0 both)."""

    size: Decimal
    unit: str
    direction: int


class CountWords(Struct, frozen=True):
    """每发现一处: how many of what."""

    size: Decimal
    unit: str


class Condition(Struct, frozen=True):
    """What must hold for a score: an interval, a step, a count, all the rest, or words."""

    text: str
    stretch: Stretch | None = None
    otherwise: bool = False
    step: StepWords | None = None
    count: CountWords | None = None
    guards: tuple[Stretch, ...] = ()

    @property
    def in_words(self) -> bool:
        """Whether it names no interval, step or count, and is not 否则."""
        return not (self.stretch or self.step or self.count or self.otherwise)


class Clause(Struct, frozen=True):
    """A score-giving phrase and its condition."""

    token: Token
    condition: Condition


_N = r"\d+(?:\.\d+)?"
_SIZE = rf"(?P<size>{_N}|[一二两三五十])?个?"
_UNIT = r"(?P<unit>%|‰|百分点|" + unit_source() + ")?"
_UP, _DOWN, _EITHER = (source_of(name) for name in ("up", "down", "either"))
STEP = Pattern(
    rf"每(?:再|实际|累计)?(?:(?P<either>{_EITHER})|(?P<down>{_DOWN})|(?P<up>{_UP}))(?:于|了|出)?(?:目标值?|标准值?|计划值?|指标值?|规定值?|上限|下限)?{_SIZE}{_UNIT}"
    rf"|每(?P<bare>)(?=\d+(?:\.\d+)?(?:%|个?百分点)){_SIZE}{_UNIT}"
)
"""每下降1%, 每超过1个百分点, 每延迟1天."""
_COUNTER = "(?P<unit>" + source_of("counters") + ")(?!百分点)"
_HOW_MANY = rf"(?P<size>{_N}|[一二两三四五十])?"
COUNT = Pattern(
    rf"每[^,;。]{{0,8}}?{_HOW_MANY}{_COUNTER}|(?:有|发现|存在|出现|缺少?|缺失|少|任意?|其中)(?P<size>\d+|一|两){_COUNTER}"
    rf"|(?P<size>\d+|一){_COUNTER}(?=不|未|没|缺|违|错)|(?P<size>1|一)(?P<unit>年|个月|天|日)$|每(?![^,;。]*(?:%|百分点))(?P<unit>)(?P<size>)"
)
"""每发现一处, 有一项, 一处不, 超期1年."""
_OTHERWISE = rule_words("otherwise")
_PUNCTUATION = ",;:。、的者均时 "
_TOGETHER = Pattern(r"且|并|同时|或|以及|和(?=无|未)")
_MARKS = Pattern(
    r"(?P<circled>[①-⑳])|(?<=^|[。;,:])(?:\((?P<paren>\d{1,2})\)|(?P<dotted>\d{1,2})[.、)](?!\d)|(?P<hanzi>[一二三四五六七八九])是)"
)
_FIRST_CIRCLE = ord("①") - 1


def read_clauses(text: str, tokens: Sequence[Token], start: int) -> tuple[Clause, ...]:
    """Each phrase that gives scores with its condition: the words since the one before, side phrases left out."""
    out = []
    before = ""
    for token in tokens:
        before += text[start : token.start]
        if token.kind not in SIDE:
            out.append(Clause(token, read_condition(before)))
            before = ""
        start = token.end
    return tuple(out)


def read_condition(text: str) -> Condition:
    """What the words before a score-giving phrase make its condition."""
    stripped = text.strip(_PUNCTUATION)
    sentence = _after(stripped, "。;")
    clause = _after(sentence, ",:")
    step = STEP.search(clause)
    if step and has_number(clause[step.end() :]):
        return Condition(sentence)
    if step:
        guards = [s for part in (clause[: step.start()], *sentence.split(",")[:-1]) for s in find_stretches(part)]
        return Condition(sentence, step=_step(step), guards=tuple(guards))
    count = COUNT.search(clause)
    if count:
        return Condition(sentence, count=CountWords(_size(count), count["unit"] or ""))
    bare = clause.strip(_PUNCTUATION)
    found = find_stretches(clause)
    stretch = joined(found)
    if not found and bare in rule_words("met"):
        stretch = joined(find_stretches(sentence[: len(sentence) - len(clause)].strip(_PUNCTUATION)))
        return Condition(sentence, stretch=stretch)
    if not found and _is_rest(bare):
        return Condition(sentence, otherwise=True)
    if stretch is None or _has_more(sentence, clause, stretch):
        return Condition(sentence)
    return Condition(sentence, stretch=stretch)


def _after(text: str, marks: str) -> str:
    cut = max(text.rfind(mark) for mark in marks)
    return text[cut + 1 :]


def _is_rest(clause: str) -> bool:
    return any(clause.startswith(word) and len(clause) <= len(word) + 6 for word in _OTHERWISE) or clause.endswith(
        "否则"
    )


def _has_more(sentence: str, clause: str, stretch: Stretch) -> bool:
    """Whether something else is asked for besides the interval."""
    after = clause.rpartition(stretch.text.rpartition(",")[2])[2]
    earlier = sentence[: len(sentence) - len(clause)]
    beside = any(
        s.label or not s.is_point for part in earlier.split(",") if "=" not in part for s in find_stretches(part)
    )
    return bool(_TOGETHER.search(after)) or beside or clause.lstrip("否则").startswith(("且", "并", "同时"))


def _step(match: Match) -> StepWords:
    direction = 0 if match["either"] is not None else 1 if match["up"] is not None else -1
    return StepWords(_size(match), match["unit"] or "", direction)


def _size(match: Match) -> Decimal:
    words = match["size"]
    if not words:
        return Decimal(1)
    return Decimal(words) if words[0].isdigit() else Decimal(chinese_number(words) or 1)


class Item(Struct, frozen=True):
    """A numbered point of a rule: where its number and its text stand."""

    mark: int
    start: int
    end: int


def find_items(text: str) -> tuple[Item, ...]:
    """The last run of points numbered from 1, at least two of them; () without one."""
    runs: list[list[Match]] = []
    expected = 1
    for match in _MARKS.finditer(text):
        number = _ordinal(match)
        if number == 1:
            runs.append([match])
        elif number == expected and runs:
            runs[-1].append(match)
        else:
            continue
        expected = number + 1
    run = next((run for run in reversed(runs) if len(run) > 1), [])
    ends = [*(match.start() for match in run[1:]), len(text)]
    return tuple(Item(match.start(), match.end(), end) for match, end in zip(run, ends, strict=False))


def _ordinal(match: Match) -> int:
    if match["circled"]:
        return ord(match["circled"]) - _FIRST_CIRCLE
    if match["hanzi"]:
        return chinese_number(match["hanzi"]) or 0
    return int(match["paren"] or match["dotted"])
