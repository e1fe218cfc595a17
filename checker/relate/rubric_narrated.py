"""Scoring rules that the narrative prints: 评分规则：…, 按“得分=分值×到位率”计算, 95%得满分，每低 1 点扣 0.2 分."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice, pairwise

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.clauses import Span, sentence_at, sentences
from checker.extract.figures import Passage
from checker.extract.patterns import Pattern

_ANNOUNCED = Pattern(
    r"(?:(?:评分|评价|计分|打分|得分|赋分)(?:标准|规则|办法|细则|方法)[*”]*\s*(?:为|是)?|(?<!\p{Han})规则(?:为|规定))\s*[：:，,]?[*\s]*"
)
_COLON = Pattern(r"[为是定：:][，,]?[*\s]*$")
_OPENING = Pattern(r"^[\s\p{P}\dA-Za-z]*$")
LONGEST, MOST = 1000, 12
"""Characters of a rule; rules of one indicator."""
_GIVES = Pattern(r"得满分|不得分|扣完|每[^，。；]{1,24}[扣得加]|计分|得分\s*[=＝]|各\s*[\d.]+\s*分")
_TOLD = Pattern(r"(?:该|本)(?:项?指标|项)|实得|，扣\s*[\d.]+\s*分，")
"""Words of the score itself, behind the rule."""
_RATIO = Pattern(
    r"按照?\s*[“「]?[^，,。；;“”「」]{1,40}[”」]?\s*(?:计分|计算|得分|赋分)\s*$|[“「]?得分\s*[=＝]\s*[^，,。；;=＝]{2,60}$"
)
_CAN_BE = Pattern(r"率|比|分值|权重|满分")
_VALUED = Pattern(r"\d\s*分|\d\s*[×*]\s*\d|\d\s*[÷/]\s*\d")
"""Numbers already put in: the computation, no rule."""
_FULL = Pattern(r"(?:得|计|给)满分的?\s*$")
_STEP = Pattern(r"^(?:[^，,。；;]{0,12}的?部分)?每[^，,。；;]{1,24}扣(?:减|除|分)?\s*[\d.]+\s*%?[^，,。；;]{0,6}$")
_GOES_ON = Pattern(r"^(?:不足|扣完|否则|每|直至|低于|高于|超过|未达|达不到)")
_WORKED_OUT = Pattern(r"[×*÷/]\s*[\d.]+\s*%?\s*[=＝]")
_IN_PARTS = Pattern(r"加权|平均[得扣计]|[各均][得扣]|均为")
_TARGET = Pattern(
    r"(?:目标|要求|标准|应达|应当|规定|计划)[^，,。；;\d]{0,8}(?P<behind>[\d.]+)\s*%"
    r"|(?P<before>[\d.]+)\s*%\s*的?(?:目标|要求|标准|规定)"
)
_SHORT_OF = Pattern(r"(?:目标|要求|标准)值?[低少]")
_CLAUSE = Pattern(r"[，,；;。]")


class Printed(Struct, frozen=True):
    """A rule in a passage; ``near`` is the text of its sentence before it, and of the sentence before that."""

    passage: Passage
    span: Span
    near: tuple[Passage, ...] = ()

    @property
    def text(self) -> str:
        """The rule's words."""
        return self.passage.text.value[self.span.start : self.span.end]


def find_printed(passages: Sequence[Passage]) -> list[Printed]:
    """The rules that an indicator's text prints, announced ones first."""
    announced = (Printed(p, span) for p in passages for span in _announced(p.text.value))
    in_passing = (Printed(p, span, _near(p, span)) for p in passages for span in _in_passing(p.text.value))
    return list(islice(announced, MOST)) or list(islice(in_passing, MOST))


def targets(passages: Sequence[Passage]) -> tuple[Decimal, ...] | None:
    """The rates that an indicator's text calls a target, None where it speaks of one and does not say it."""
    texts = [passage.text.value for passage in passages]
    found = {Decimal(match["behind"] or match["before"]) for text in texts for match in _TARGET.finditer(text)}
    return None if not found and any(_SHORT_OF.search(text) for text in texts) else tuple(sorted(found))


def is_worked_out(passages: Sequence[Passage]) -> bool:
    """Whether the text puts numbers into the rule: what it computes need not be one of the rule's scores."""
    return any(_WORKED_OUT.search(passage.text.value) for passage in passages)


def is_in_parts(passages: Sequence[Passage]) -> bool:
    """Whether the rule is taken for each of several things and their mean: 甲扣 0.5 分、乙扣 1 分，加权扣 0.6 分."""
    return any(_IN_PARTS.search(passage.text.value) for passage in passages)


def without(passages: Sequence[Passage], printed: Sequence[Printed]) -> tuple[Passage, ...]:
    """The passages with their rules blanked out: what a rule names is not what was measured."""
    return tuple(_blanked(p, [one.span for one in printed if one.passage is p]) for p in passages)


def _blanked(passage: Passage, spans: Sequence[Span]) -> Passage:
    if not spans:
        return passage
    value = passage.text.value
    for span in spans:
        value = value[: span.start] + "。" * (span.end - span.start) + value[span.end :]
    figures = tuple(f for f in passage.figures if not any(f.start in span for span in spans))
    return Passage(replace(passage.text, value=value), passage.place, figures, passage.is_heading)


def _near(passage: Passage, span: Span) -> tuple[Passage, ...]:
    """What stands before the rule: in its sentence, else in the one before."""
    text = passage.text.value
    start = sentence_at(text, span.start).start
    before = sentence_at(text, start - 1).start if start else start
    return tuple(
        Passage(passage.text, passage.place, passage.within(first, last))
        for first, last in ((start, span.start), (before, start))
        if first < last
    )


def _announced(text: str) -> Iterator[Span]:
    for match in _ANNOUNCED.finditer(text):
        if not _COLON.search(match[0]):
            continue
        opens = _OPENING.search(text[: match.start()]) is not None
        end = match.end()
        for sentence in sentences(text[match.end() : match.end() + LONGEST]):
            words = text[match.end() + sentence.start : match.end() + sentence.end]
            given = _GIVES.search(text[match.end() : end])
            if end > match.end() and (_TOLD.search(words) or not (_GIVES.search(words) and (opens or not given))):
                break
            end = match.end() + sentence.end
        yield Span(match.end(), end)


def _in_passing(text: str) -> Iterator[Span]:
    for sentence in sentences(text):
        words = text[sentence.start : sentence.end]
        marks = [-1, *(match.start() for match in _CLAUSE.finditer(words)), len(words)]
        clauses = [(first + 1, last) for first, last in pairwise(marks) if last > first + 1]
        for at, (first, last) in enumerate(clauses):
            if _is_rule(words, clauses, at):
                start = clauses[at - 1][0] if at and _FULL.search(words[slice(*clauses[at - 1])]) else first
                end = last
                for later in clauses[at + 1 :]:
                    if not _GOES_ON.search(words[slice(*later)].strip()):
                        break
                    end = later[1]
                yield Span(sentence.start + start, sentence.start + end)
                break


def _is_rule(words: str, clauses: Sequence[tuple[int, int]], at: int) -> bool:
    clause = words[slice(*clauses[at])].strip()
    if _STEP.search(clause):
        return at > 0 and _FULL.search(words[slice(*clauses[at - 1])]) is not None
    match = _RATIO.search(clause)
    return match is not None and _CAN_BE.search(match[0]) is not None and not _VALUED.search(clause)
