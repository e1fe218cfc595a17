"""Weights of a mean that the text prints: 综合得分=A×40%+B×35%+C×25%, 按居民 40%、商户 30%、企业 30% 加权."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.extract.clauses import JOINED, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relation import HundredWeights
from checker.verdict import Phrase

WEIGHED = Phrase("加权所用的各项权重", "the weights of one weighted mean")
FORMULA = Phrase("加权算式", "the weighting")
_TERM = Pattern(r"[^+＋=＝×*，。；;]{0,30}[×*]\s*$")
_NEXT = Pattern(r"\s*[)）]?\s*[+＋]\s*[^+＋=＝×*，。；;]{1,30}[×*]\s*")
_ENDS = Pattern(r"\s*[)）]?\s*(?:$|[。；;，,=＝≈])")
_RESULT = Pattern(r"(?:得分|评分|总分|成绩|满意度|指数|加权\p{Han}{0,6})[^=＝，。；;]{0,8}[=＝]")
_LED = Pattern(r"(?:按照?|以)[^，。；;]{1,24}$")
_BEHIND = Pattern(r"(?:的?(?:权重|比例|占比))?(?:进行)?加权")
FEWEST, NEAR, LEAD = 2, 40, 60
HUNDRED = Decimal(100)


def find_weightings(reading: Reading) -> Iterator[HundredWeights]:
    """Every mean whose weights stand side by side in per cent: they are out of 100."""
    for passage in reading.prose:
        text = passage.text.value
        if "加权" not in text and "×" not in text and "*" not in text:
            continue
        for span in sentences(text):
            rates = [f for f in passage.within(span.start, span.end) if f.quantity.unit.base == "%"]
            yield from _of(passage, span.start, rates)


def _of(passage: Passage, start: int, rates: Sequence[Figure]) -> Iterator[HundredWeights]:
    at = 0
    while at < len(rates):
        run = _terms(passage, start, rates[at:]) or _listed(passage, rates[at:])
        summed = sum((figure.quantity.value for figure in run), start=Decimal(0))
        if len(run) >= FEWEST and abs(summed - HUNDRED) <= NEAR and not any(f.quantity.is_open for f in run):
            yield HundredWeights(WEIGHED, tuple(run), FORMULA)
        at += max(1, len(run))


def _terms(passage: Passage, start: int, rates: Sequence[Figure]) -> list[Figure]:
    """A×40%+B×60%: the rates of a sum of products, all of whose terms have one."""
    text, first = passage.text.value, rates[0]
    lead = text[max(start, first.start - LEAD) : first.start]
    if not _TERM.search(lead) or not _RESULT.search(lead):
        return []
    run = [first]
    for rate in rates[1:]:
        if not _NEXT.fullmatch(text[run[-1].end : rate.start]):
            break
        run.append(rate)
    return run if _ENDS.match(text, run[-1].end) else []


def _listed(passage: Passage, rates: Sequence[Figure]) -> list[Figure]:
    """按居民 40%、商户 60% 加权: the rates of a list that is weighed by."""
    text, first = passage.text.value, rates[0]
    if not _LED.search(text[max(0, first.start - LEAD) : first.start]):
        return []
    run = [first]
    for rate in rates[1:]:
        between = text[run[-1].end : rate.start].strip()
        if between[:1] not in JOINED or len(between) > LEAD // 2 or "，" in between:
            break
        run.append(rate)
    return run if _BEHIND.match(text, run[-1].end) else []
