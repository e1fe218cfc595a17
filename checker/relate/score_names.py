"""Names of indicators without what stands around them: weights in brackets, codes, quotes."""

from __future__ import annotations

from functools import lru_cache

from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.figure import Figure

NAME_WEIGHT = Pattern(r"[\s]*[（(\[【][^（(\[【]*?\d[^（(]*?[）)\]】]\s*$")
NAME_CODE = Pattern(r"^[A-Za-z]\d*[\s\-.、]*|^\d+(?:[.\-－–]\d+)*[\s.、]+")
NAME_ORDINAL = Pattern(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|指标[一二三四五六七八九十\d]{1,3}[：:、])\s*"
)
LETTER_CODE = Pattern(r"(?P<code>[A-Za-z]{1,2}\d{1,5}(?:[.\-]\d+)*)(?=[\s、.．\u4e00-\u9fff“\"])")
_WEIGHT_AND_SCORE = Pattern(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．]|[①-⑳]|[A-Za-z]\d+[\s.、]*)?\s*[\p{Han}“”]{3,24}\s*"
    r"[（(]\s*(?:(?:分值|权重|满分|标准分)[为是：:]?)?\s*(?P<weight>\d+(?:\.\d+)?)\s*分\s*[，,；;、]"
    r"\s*(?:实际|评价|实)?(?:得分|评分|得)[为是：:]?\s*\d+(?:\.\d+)?\s*分(?=\s*[，,；;、）)])"
)
QUOTES = str.maketrans("", "", "“”\"'‘’《》【】 \u3000\n\t")


def code_of(text: str) -> str:
    """The indicator's code before its name (A111), "" without one; a number alone is no code."""
    match = LETTER_CODE.match(text.strip())
    return match["code"] if match else ""


@lru_cache(maxsize=1024)  # tables, headings and paragraphs name the same indicators
def plain_name(text: str) -> str:
    """An indicator's name without weight, code, quotes and white space, for comparing."""
    name = NAME_CODE.sub("", NAME_ORDINAL.sub("", NAME_WEIGHT.sub("", text.strip())))
    name = name.translate(QUOTES).replace("（", "(").replace("）", ")").strip("：:、，,。；;")
    return name.removesuffix("指标") if len(name) > 4 else name


def weight_and_score(passage: Passage, start: int = 0) -> tuple[Figure, Figure] | None:
    """Weight and score in brackets right behind the name that a paragraph opens with: （2分，得1.91分）."""
    match = _WEIGHT_AND_SCORE.match(passage.text.value, start)
    inside = passage.within(match.start("weight"), match.end()) if match else ()
    points = [figure for figure in inside if figure.quantity.unit.kind == "score"]
    return (points[0], points[1]) if len(points) > 1 else None
