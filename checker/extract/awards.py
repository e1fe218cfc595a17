"""Scores, weights and deductions as sentences give them: 得 60%权重分 1.2 分, 扣 0.5 分，得 3.5 分, 不得分."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any
from checker.quantity import Quantity
from checker.units import PLAIN, unit_named


class AwardKind(Enum):
    """What a number of points in a sentence is."""

    SCORE = "score"
    WEIGHT = "weight"
    DEDUCTION = "deduction"
    FULL = "full"


class Award(Struct, frozen=True):
    """Points given in a sentence; ``percent`` is the share of the weight printed beside them.

    Words without digits are read too: 不得分 is 0 points, 得满分 is a ``FULL`` award whose figure
    has no value of its own. ``cued`` says that the sentence speaks of the indicator's score.
    """

    kind: AwardKind
    figure: Figure
    percent: Figure | None = None
    cued: bool = False


BEFORE = 14
LONGEST = 48
"""Characters of a formula that ends in a score."""
SCORE = Pattern(
    r"(?:得|得分|得分为|得分是|得分：|得分:|计|计分|记|实得|评分为|评分|评价分|评定分|评估分|复核分|评定|复核|复评|终评|赋分|赋|(?<![减增降升高低调整变改])为)[\s：:]*$"
)
WORKED_OUT = Pattern(r"得分?[\s为：:]*[=＝]?[\d.,%％×xX*÷/+＋－()（）\s-]+[=＝]\s*$")  # 得分=90.91%×6=5.45 分
WEIGHED_RATE = Pattern(
    r"(?:^|[：:，,。；;、率度性量数])\s*\d{1,2}(?:\.\d+)?\s*[×*]\s*\d+(?:\.\d+)?\s*[%％](?:\s*[÷/]\s*[\d.]+\s*[%％]?)?\s*[=＝≈]\s*$"
)
"""资金到位率：4×98.92%=3.96 分: weight times rate, and no word for the score."""
SHARE = Pattern(r"权重(?:分|份|分值)?[\s，,]*(?:即|，)?(?:得分|得|计)?[\s]*$")
WEIGHT = Pattern(r"(?:分值|权重|满分|标准分|总分值|基准分|权重分|分值为|权重为|满分为|(?<!各)占)[\s：:为是共计值]*$")
DEDUCTION = Pattern(r"(?:(?<=[，,、（(：:]|合计|共|共计|各)失|扣|扣分|扣减|扣除|酌情扣|扣了|共扣|合计扣)[\s：:为]*$")
ZERO = Pattern(r"(?<![则者的均])(?P<words>不得分|不予得分|不计分|得零分|未得分|得满分|计满分|给满分|获满分)")
OVER_WEIGHT = Pattern(
    r"(?<!自评)得分?[\s为：:]*(?P<score>\d{1,3}(?:\.\d+)?)\s?[/／]\s?(?P<weight>\d{1,3}(?:\.\d+)?)(?![\d./／%]|分?\s?[=＝×])"
)
IN_BRACKETS = Pattern(
    r"^\s*(?:[A-Z]\d*|\d{1,2}[.、．]|[（(]\d{1,2}[)）]|[①-⑳])?\s*[\p{Han}“”、]{3,30}\s*"
    r"[〔\[【（(]\s*(?P<score>\d{1,2}(?:\.\d+)?)\s?[/／]\s?(?P<weight>\d{1,2}(?:\.\d+)?)\s*分?\s*[〕\]】）)]"
)
"""Behind the name that a paragraph opens with: 绩效指标明确性〔1.5／2〕."""
WEIGHED = Pattern(
    r"(?:权重|占比?)[为是：:]?\s*(?P<weight>\d+(?:\.\d+)?)\s*[%％]\s*[，,；;、]\s*"
    r"(?:(?:本项|该项|指标)?(?:按?百分制)?(?:计|评价|评定)?(?:得分|评分|评|得)?[为是：:]?\s*(?P<score>\d+(?:\.\d+)?)\s*分?\s*"
    r"(?:[，,；;、]|→|->)\s*(?P<word>加权(?:后)?得?分?|折合(?:得分)?|折算(?:后)?(?:得分)?)|加权(?:后)?得分)[为是：:]?\s*"
    r"(?P<weighted>\d+(?:\.\d+)?)(?![\d%％])"
)
"""权重 4%，得分 60.00，加权得分 2.40: a score out of 100, and what it counts; a group has the latter alone."""
OTHER_SCORES = ("上年", "去年", "上一年", "往年", "自评", "平均")
"""Words of a score that is not this evaluation's."""
ALTERNATIVE = ("否则", "则", "不足", "以下", "超出", "低于", "未达", "每")


@lru_cache(maxsize=4096)  # scores, deductions and scoring rules ask for the awards of the same text
def find_awards(passage: Passage) -> tuple[Award, ...]:
    """All awards of a passage in order; a passage that only prints a scoring rule may hold some too."""
    found: list[Award] = []
    for figure in passage.figures:
        award = _award(passage, figure) or _next_deduction(passage, figure, found[-1] if found else None)
        found += [award] if award else []
    found += _worded(passage)
    found += _over_weight(passage)
    found = _weighed(passage, found)
    return tuple(sorted(found, key=lambda award: award.figure.start))


def worth(award: Award, weight: Figure | None) -> Figure | None:
    """The award's figure; 得满分 is worth the weight, and None where that is not known."""
    if award.kind is not AwardKind.FULL:
        return award.figure
    if weight is None:
        return None
    return replace(award.figure, quantity=replace(award.figure.quantity, value=weight.quantity.value))


def _award(passage: Passage, figure: Figure) -> Award | None:
    if figure.quantity.unit.kind != "score" or figure.quantity.is_open:
        return None
    text = passage.text.value
    before = text[max(0, figure.start - BEFORE) : figure.start]
    if any(word in _CLAUSE.split(before)[-1] for word in OTHER_SCORES):
        return None
    if _EXTREME.search(before):
        return None  # 禾田街道最低，为 82.50 分
    cued = _is_cued(text, figure.start)
    if DEDUCTION.search(before):
        ruled = _RULED.search(_sentence_before(text, figure.start))  # 评分规则：…，缺 1 项扣 0.75 分
        return None if ruled else Award(AwardKind.DEDUCTION, figure, cued=cued)
    if _LOST_IN_ALL.search(before):
        return Award(AwardKind.DEDUCTION, figure, cued=cued)
    if SHARE.search(before):
        percent = passage.before(figure.start)
        if percent and percent.quantity.unit.kind == "rate" and figure.start - percent.end <= BEFORE:
            return Award(AwardKind.SCORE, figure, percent, cued)
        return Award(AwardKind.WEIGHT, figure, cued=cued)
    if WEIGHT.search(before):
        return Award(AwardKind.WEIGHT, figure, cued=cued)
    led = text[max(0, figure.start - LONGEST) : figure.start]
    worked_out = before[-1:] in {"=", "＝", "≈"} and (WORKED_OUT.search(led) or WEIGHED_RATE.search(led))
    return Award(AwardKind.SCORE, figure, cued=cued) if worked_out or SCORE.search(before) else None


def _next_deduction(passage: Passage, figure: Figure, last: Award | None) -> Award | None:
    """分别扣 0.38 分、0.73 分: one that follows another in a list."""
    if last is None or last.kind is not AwardKind.DEDUCTION or figure.quantity.unit != last.figure.quantity.unit:
        return None
    text, start = passage.text.value, last.figure.start
    listed = "分别" in text[max(0, start - BEFORE) : start]
    joined = text[last.figure.end : figure.start].strip() in {"、", "和", "及", "与"}
    return Award(AwardKind.DEDUCTION, figure, cued=last.cued) if listed and joined else None


def _over_weight(passage: Passage) -> list[Award]:
    """得分1.5/2, 〔1.5／2〕: the score and what the indicator is worth."""
    text = passage.text.value
    if "/" not in text and "／" not in text:
        return []
    unit = unit_named("分") or PLAIN
    found = []
    opening = IN_BRACKETS.match(text)
    boxed = [opening] if opening and Decimal(opening["score"]) <= Decimal(opening["weight"]) else []
    for match in (*boxed, *OVER_WEIGHT.finditer(text)):
        for kind in (AwardKind.SCORE, AwardKind.WEIGHT):
            quantity = Quantity(Decimal(match[kind.value]), unit)
            found.append(Award(kind, Figure(quantity, passage.text, *match.span(kind.value), passage.place), cued=True))
    return found


def _weighed(passage: Passage, found: list[Award]) -> list[Award]:
    """The awards with each score out of 100 replaced by what it counts."""
    text = passage.text.value
    matches = list(WEIGHED.finditer(text)) if "加权" in text or "折" in text else []
    if not matches:
        return found
    unit = unit_named("分") or PLAIN
    counted = []
    for match in matches:
        for kind, group in ((AwardKind.WEIGHT, "weight"), (AwardKind.SCORE, "weighted")):
            figure = Figure(Quantity(Decimal(match[group]), unit), passage.text, *match.span(group), passage.place)
            counted.append(Award(kind, figure, cued=True))
    starts = [match.start() for match in matches]

    def is_replaced(award: Award) -> bool:
        at = bisect_right(starts, award.figure.start) - 1
        return at >= 0 and award.figure.start < matches[at].end()

    return [*(award for award in found if not is_replaced(award)), *counted]


def _worded(passage: Passage) -> list[Award]:
    unit = unit_named("分") or PLAIN
    out = []
    for match in ZERO.finditer(passage.text.value):
        start, end = match.span("words")
        clause = passage.text.value[max(0, start - BEFORE) : start]
        if _RULED.search(_sentence_before(passage.text.value, start)) or _STEPS.match(passage.text.value, end):
            continue  # 评价标准为执行率达到 95 %得满分，每低 1 个百分点扣 0.2 分
        if clause.endswith(ALTERNATIVE) or any(word in clause.rpartition("，")[2] for word in ALTERNATIVE):
            continue
        quantity = Quantity(Decimal(0), unit)
        kind = AwardKind.FULL if "满分" in match["words"] else AwardKind.SCORE
        figure = Figure(quantity, passage.text, start, end, passage.place)
        out.append(Award(kind, figure, cued=_is_cued(passage.text.value, start)))
    return out


_CLAUSE = Pattern(r"[，,。；;]")
_RULED = Pattern(r"(?:评价|评分|计分|打分|得分|评判)(?:标准|规则|办法|细则|方法)\s*(?:为|是|[：:])")
_LOST_IN_ALL = Pattern(r"[每各][^，,。；;]{0,6}扣[\s减除]*[\d.]+\s?分(?:合计|共计|计|共)\s*$")  # 每家扣10分计30分
_EXTREME = Pattern(r"(?:最高|最低|次之|其次|居首|首位|末位)[，,]?\s*(?:分别|依次)?为\s*$")
_STEPS = Pattern(r"\s*[，,；;]\s*每(?:低|少|超|高|降|有|发现|出现|缺|增|多|延)")


def _sentence_before(text: str, offset: int) -> str:
    """What its sentence says before an offset."""
    return text[sentence_at(text, offset).start : offset]


def _is_cued(text: str, offset: int) -> bool:
    return has_any(_sentence_before(text, offset), "score", "cue")


def final_award(awards: list[Award]) -> Award | None:
    """The award that an indicator's text ends with; None without one or when the text leaves it open.

    Of several scores the last one counts when its sentence says so (根据评分标准…) or when it is
    the sum of those before it.
    """
    scores = [a for a in awards if a.kind in {AwardKind.SCORE, AwardKind.FULL}]
    if len(scores) < 2:
        return scores[0] if scores else None
    if scores[-1].cued:
        return scores[-1]
    if len({a.figure.quantity.value for a in scores}) == 1:
        return scores[-1]
    earlier = sum((a.figure.quantity.value for a in scores[:-1]), start=Decimal(0))
    return scores[-1] if scores[-1].figure.quantity.value == earlier else None
