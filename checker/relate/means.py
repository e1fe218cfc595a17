"""Means beside their values: 得分分别为 95 分、97 分和 92 分，平均 94.67 分; 三年共 27 万元，年均 9 万元."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from checker.extract.clauses import JOINED, sentences
from checker.extract.figures import Passage, Reading
from checker.extract.lexicon import any_of
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any, words
from checker.relate.slips import near_miss
from checker.relation.derived import Mean
from checker.verdict import Phrase

OF_LIST = Phrase("“{word}”之前逐一列出各数", "the values stand right before “{word}”")
WEIGHTED = Phrase("“{word}”之前列出权重与各数", "weights and values stand before “{word}”")
OF_SUM = Phrase("“{word}”为所列总数除以期数", "“{word}” divides the sum before it by the periods")
OF_COUNTED = Phrase("“{word}”为其前的总数除以“{count}”", "“{word}” divides the sum before it by “{count}”")
RATES = Phrase("各率的平均未必是简单平均", "a mean of rates may be a weighted one")

_JOINED = JOINED | {"，"}
_MEAN = Pattern(
    rf"^[，,；;（(]?\s*(?:[^，,。；;、\d]{{0,10}}?)(?P<word>{any_of(words('means', 'mean'))})[^，,。；;、\d]{{0,6}}$"
)
_YEARLY = Pattern(rf"(?P<word>{any_of(words('means', 'yearly'))})[^，,。；;、\d]{{0,8}}$")
_MONTHLY = Pattern(rf"(?P<word>{any_of(words('means', 'monthly'))})[^，,。；;、\d]{{0,8}}$")
_WEIGHTED = Pattern(rf"(?P<word>{any_of(words('means', 'weighted'))})[^。；;\d]{{0,14}}$")
_LISTED = Pattern(r"\s*[、和]\s*\d")
_BRACKETED = Pattern(r"[）)]\s*[、和及与]\s*[^，,。；;、（()）]{1,20}[（(]")  # 一标段（12 天）、三标段（18 天）
_SUMMED = Pattern(
    r"\s*[，,、（(]\s*(?P<word>平均)(?:每一?(?P<each>[个项家处座人件份户笔]))?(?:用时|延误|延期|逾期|超期|得分|扣分|失分|[扣失得达为])?\s*"
)
_LED = Pattern(r"\s*[，,、]\s*(?:合计|共计|累计|总计|共)(?:用时|延误|延期|逾期|超期|为)?\s*")
_COUNTED_SUM = Pattern(r"\p{Han}{0,10}?(?:合计|共计|累计|总计|共)\p{Han}{0,6}\s*")
_SUM = Pattern(r"(?:共|累计|合计|总计|总额|总量)[^，,。；;、\d]{0,8}$")
LEAD, ASSIGNED = 24, 6
LISTS, LOOK_BACK = 4, 8
"""How many lists, and how many figures, before a mean are looked at."""
HUNDRED = Decimal(100)


def find_means(reading: Reading) -> Iterator[Mean]:
    """Every mean whose values, or whose sum and periods, its own sentence states."""
    for passage in reading.prose:
        text = passage.text.value
        if len(passage.figures) < 2 or not any(word in text for word in ("平均", "均值", "加权", "年均", "月均")):
            continue
        for span in sentences(text):
            figures = passage.within(span.start, span.end)
            lists = _lists(passage, [figure for figure in figures if figure.raw[:1].isdigit()])  # no 三标段
            for index, figure in enumerate(figures):
                lead = "".join(text[max(span.start, figure.start - LEAD) : figure.start].split())
                if not any(word in lead for word in ("平均", "均值", "加权", "年均", "月均")):
                    continue
                last = bisect_right(lists, figure.start, key=lambda run: run[-1].end)
                before = lists[max(0, last - LISTS) : last]
                near = figures[max(0, index - LOOK_BACK) : index]
                found = (
                    _of_list(passage, figure, before[-1:])
                    or _weighted(figure, lead, before, text)
                    or _of_summed_list(passage, figure, before[-1:], near)
                    or _of_counted(passage, figure, near)
                    or _of_sum(passage, figure, lead, near)
                )
                if found is not None and (found.holds or not _is_of_others(found, figures[:index])):
                    yield found


def _is_of_others(mean: Mean, before: Sequence[Figure]) -> bool:
    """Whether a mean is that of as many other figures of the sentence, or lies far outside of those that it follows."""
    values = [figure for product in mean.products for figure in product]
    if any(len(product) > 1 for product in mean.products) or len(values) < len("ab"):
        return False
    others = [f for f in before if _unit(f) == _unit(mean.result) and f not in values]
    stated, count = mean.result.quantity, len(values)
    if (
        len(others) == count
        and abs(sum((f.quantity.based for f in others), Decimal(0)) / count - stated.based) <= stated.half_step
    ):
        return True
    low, high = min(f.quantity.based for f in values), max(f.quantity.based for f in values)
    return not low / 2 <= stated.based <= high * 2


def _lists(passage: Passage, figures: Sequence[Figure]) -> list[list[Figure]]:
    """Runs of two and more figures in one unit that nothing but 、 and 和 parts."""
    text = passage.text.value
    runs: list[list[Figure]] = [[figure] for figure in figures[:1]]
    for first, second in pairwise(figures):
        between = text[first.end : second.start].strip()
        if (
            between in _JOINED or _BRACKETED.fullmatch(between)
        ) and first.quantity.unit.base == second.quantity.unit.base:
            runs[-1].append(second)
        else:
            runs.append([second])
    return [run for run in runs if len(run) > 1 and not any(figure.quantity.is_open for figure in run)]


def _of_list(passage: Passage, figure: Figure, lists: Sequence[Sequence[Figure]]) -> Mean | None:
    """A mean in the clause behind its list."""
    text = passage.text.value
    for values in lists:
        between = text[values[-1].end : figure.start][: LEAD + 1]
        match = _MEAN.match("".join(between.split()).lstrip("）)")) if len(between) <= LEAD else None
        if match is None or has_any(between, "means", "not_mean") or _unit(values[0]) != _unit(figure):
            continue
        if has_any(text[figure.end : figure.end + LEAD], "means", "left_out") or _LISTED.match(text, figure.end):
            continue  # 邻省均值为 260 元、510 元和 780 元: one for each
        if "赋" in text[max(0, values[0].start - ASSIGNED) : values[0].start]:
            continue  # 四档依次赋 100 分、80 分、60 分和 0 分: what each answer counts
        doubt = RATES if figure.quantity.unit.kind == "rate" and "算术" not in between else None
        products = tuple((value,) for value in values)
        claim = Mean(OF_LIST.filled(word=match["word"]), match["word"], figure, products, over=Decimal(len(values)))
        return Mean(claim.because, claim.label, figure, products, over=claim.over, doubt=doubt)
    return None


def _of_summed_list(
    passage: Passage, figure: Figure, lists: Sequence[Sequence[Figure]], near: Sequence[Figure]
) -> Mean | None:
    """逾期 18 天、12 天、14 天，合计 44 天，平均 14.67 天: a list, its sum, and its mean."""
    text = passage.text.value
    match = _SUMMED.fullmatch(text[near[-1].end : figure.start]) if near else None
    if match is None:
        return None
    total = near[-1]
    for values in lists:
        led = text[values[-1].end : total.start]
        if _LED.fullmatch(led) and _unit(values[0]) == _unit(total) == _unit(figure):
            products = tuple((value,) for value in values)
            because = OF_LIST.filled(word=match["word"])
            return Mean(because, match["word"], figure, products, over=Decimal(len(values)))
    return None


def _of_counted(passage: Passage, figure: Figure, near: Sequence[Figure]) -> Mean | None:
    """延期的 6 个项目累计延误 331 日，平均 55.2 日: how many there are, what they come to, and the mean."""
    if len(near) < 2:
        return None
    text = passage.text.value
    count, total = near[-2:]
    match = _SUMMED.fullmatch(text[total.end : figure.start])
    summed = _COUNTED_SUM.fullmatch(text[count.end : total.start])
    if match is not None and match["each"] not in {None, count.quantity.unit.name}:
        return None
    if match is None or summed is None or count.quantity.unit.kind != "count" or _unit(total) != _unit(figure):
        return None
    if total.quantity.is_open or count.quantity.is_open or count.quantity.value < 2 or _unit(count) == _unit(total):
        return None
    because = OF_COUNTED.filled(word=match["word"], count=count.raw.strip())
    return Mean(because, match["word"], figure, ((total,),), over=count.quantity.value)


def _unit(figure: Figure) -> str:
    return figure.quantity.unit.base.partition("/")[0]


def _weighted(figure: Figure, lead: str, lists: Sequence[Sequence[Figure]], text: str) -> Mean | None:
    """A weighted mean with both lists in its sentence: the weights add up to 100 %."""
    match = _WEIGHTED.search(lead)
    if match is None:
        return None
    weights = [run for run in lists if _are_weights(run, text)]
    values = [
        run for run in lists if run not in weights and _unit(run[0]) == _unit(figure) and not _are_gaps(run, text)
    ]
    if len(weights) != 1 or len(values) != 1 or len(weights[0]) != len(values[0]):
        return None
    products = tuple(zip(weights[0], values[0], strict=True))
    return Mean(WEIGHTED.filled(word=match["word"]), match["word"], figure, products, over=HUNDRED)


def _are_gaps(run: Sequence[Figure], text: str) -> bool:
    """分别低于自评 8.02 分和 13.24 分: how far the values lie from others."""
    clause = text[max(0, run[0].start - LEAD) : run[0].start]
    clause = clause[max(clause.rfind(mark) for mark in "，,；;。") + 1 :]
    return any(word in clause for word in ("低于", "高于", "低", "高", "减少", "增加", "提高", "下降", "相差"))


def _are_weights(run: Sequence[Figure], text: str) -> bool:
    said = text[max(0, run[0].start - LEAD) : run[0].start] + text[run[-1].end : run[-1].end + 4]
    adds_up = sum(figure.quantity.value for figure in run) == HUNDRED
    return run[0].quantity.unit.base == "%" and adds_up and ("权重" in said or "比重" in said)


def _of_sum(passage: Passage, figure: Figure, lead: str, before: Sequence[Figure]) -> Mean | None:
    """三年共安排 27 万元，年均 9 万元; 全年 12 万元，月均 1 万元: sum and periods before the mean, nothing between."""
    yearly, monthly = _YEARLY.search(lead), _MONTHLY.search(lead)
    match = yearly or monthly
    if match is None or not before or has_any(match.group(), "means", "not_mean"):
        return None
    total = before[-1]
    text = passage.text.value
    said = "".join(text[max(0, total.start - LEAD) : total.start].split())
    if _unit(total) != _unit(figure) or total.quantity.is_open or not (_SUM.search(said) or monthly):
        return None
    periods = _periods(before[:-1], said) if yearly else (Decimal(12) if "全年" in said else None)
    if not periods:
        return None
    claim = Mean(OF_SUM.filled(word=match["word"]), match["word"], figure, ((total,),), over=periods)
    near = near_miss(figure.quantity.based, claim.exact(Decimal(1)))
    return claim if claim.holds or near else None


def _periods(before: Sequence[Figure], said: str) -> Decimal | None:
    """The one number of years that the sentence names before its sum."""
    years = {f.quantity.value for f in before if f.quantity.unit.base == "年"}
    return years.pop() if len(years) == 1 and "年" in said else None
