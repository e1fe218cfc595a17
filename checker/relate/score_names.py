"""Names of indicators without what stands around them: weights in brackets, codes, quotes."""

from __future__ import annotations

from functools import lru_cache

from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.figure import Figure

NAME_WEIGHT = Pattern(r"[\s]*[（(\[【][^（(\[【]*?\d[^（(]*?[）)\]】]\s*$")
NAME_CODE = Pattern(r"^[A-Za-z]\d*[\s\-.、]*|^\d+(?:[.\-－–]\d+)*[\s.、]+")
BOXED_CODE = Pattern(r"^[【\[〔（(]\s*(?P<code>[A-Za-z]{1,2}\d{1,5}(?:[.\-]\d+)*)\s*[】\]〕）)]\s*")
NAME_ORDINAL = Pattern(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|指标[一二三四五六七八九十\d]{1,3}[：:、])\s*"
)
LETTER_CODE = Pattern(r"(?P<code>[A-Za-z]{1,2}\d{1,5}(?:[.\-]\d+)*)(?=[\s、.．\u4e00-\u9fff“\"])")
_POINTS_IN_WORDS = r"(?:分值|权重|满分|标准分)?[为是：:]?\s*(?P<weight>\d+(?:\.\d+)?)\s*分"
_SCORE_IN_WORDS = r"(?:实际|评价|实)?(?:得分|评分|得满分|得)[为是：:]?\s*(?P<score>\d+(?:\.\d+)?)\s*分"
_TAKEN_OFF = r"(?:\s*扣(?:分|减)?\d+(?:\.\d+)?\s*分\s*[，,])?\s*"
_OPENING_NAME = (
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．]|[①-⑳]|[【\[〔（(]?[A-Za-z]{1,2}\d[\d.\-]*[】\]〕）)]?[\s.、]*)?\s*"
    r"[\p{Han}“”、]{3,24}?\s*"
)
_WEIGHT_AND_SCORE = Pattern(
    rf"{_OPENING_NAME}(?:[（(【\[〔]\s*{_POINTS_IN_WORDS}\s*[，,；;、]\s*{_SCORE_IN_WORDS}(?=\s*[，,；;、）)】\]〕])"
    rf"|[，,：:]\s*{_POINTS_IN_WORDS}\s*[，,]{_TAKEN_OFF}{_SCORE_IN_WORDS}(?=\s*[，,；;。]|$))"
)
"""绩效目标合理性（2分，得1.91分）, 资金到位率，满分4分，扣1分，得3分。"""
_SCORE_ALONE = Pattern(
    rf"{_OPENING_NAME}[，,：:（(]?{_TAKEN_OFF}(?:实际|评价|实)?(?:得分|评分|得满分|得)[为是：:]?\s*(?P<score>\d+(?:\.\d+)?)"
)
NUMBERED = Pattern(r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）.、．]|[①-⑳]|[A-Z]\d)")
"""How an item of a list begins."""
QUOTES = str.maketrans("", "", "“”\"'‘’《》【】 \u3000\n\t")


def code_of(text: str) -> str:
    """The indicator's code before its name (A111), "" without one; a number alone is no code."""
    match = LETTER_CODE.match(text.strip()) or BOXED_CODE.match(text.strip())
    return match["code"] if match else ""


@lru_cache(maxsize=1024)  # tables, headings and paragraphs name the same indicators
def plain_name(text: str) -> str:
    """An indicator's name without weight, code, quotes and white space, for comparing."""
    name = NAME_CODE.sub("", NAME_ORDINAL.sub("", NAME_WEIGHT.sub("", BOXED_CODE.sub("", text.strip()))))
    name = name.translate(QUOTES).replace("（", "(").replace("）", ")").strip("：:、，,。；;")
    return name.removesuffix("指标") if len(name) > 4 else name


def weight_and_score(passage: Passage, start: int = 0) -> tuple[Figure, Figure] | None:
    """Weight and score right behind the name that a paragraph opens with: （2分，得1.91分）, “，满分4分，得3.2分。”."""
    match = _WEIGHT_AND_SCORE.match(passage.text.value, start)
    if match is None:
        return None
    starts = match.start("weight"), match.start("score")
    points = [one for one in passage.within(*match.span()) if one.start in starts and one.quantity.unit.kind == "score"]
    return (points[0], points[1]) if len(points) > 1 else None


def opening_score(text: str, start: int = 0) -> int | None:
    """Where the score stands that follows the name a text opens with: 资产登记得1.00分（满分2分）, “得分：2.9/3”."""
    match = _SCORE_ALONE.match(text, start)
    return match.start("score") if match else None


def is_group(name: str, other: str) -> bool:
    """Whether two names mean one group: 效益 and 效益类."""
    return name == other or _KIND.sub("", name) == _KIND.sub("", other)


_KIND = Pattern(r"(?<=..)(?:类|部分|方面|维度)(?:指标)?$")
