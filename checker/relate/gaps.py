"""Two amounts and what lies between them: 应到位 412.50 万元，实际到位 271.88 万元，差 140.62 万元."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from msgspec.structs import replace

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any, words
from checker.relate.apart import gap_between
from checker.relate.due import is_due
from checker.relate.part_scope import addable, compares
from checker.relate.slips import is_one_edit, near_miss
from checker.relation import ProseTotal
from checker.verdict import Phrase

TO_GOAL = Phrase("所列实际值、目标值与两者之差", "what was reached, the goal, and what lies between them")
BETWEEN = Phrase("“{word}”为前两个数之差", "“{word}” is the difference of the two amounts before it")
LOOK_BACK, SHORT = 8, 2
LEFT = "余存"
"""What is left of an income need not be what a plan and its completion differ by."""
FAR = Phrase("“{word}”未必就前两个数而言", "“{word}” need not be about the two amounts before it")

_COMPOSED = Pattern(r"[^。；\d]{0,12}由[^。；]{4,160}?(?:构成|组成)")


LONGEST_UNIT = 8


def find_gaps(reading: Reading) -> Iterator[ProseTotal]:
    """Every difference that a sentence states right after its two amounts, as larger = smaller + difference."""
    for passage in reading.prose:
        if len(passage.figures) < 3:
            continue
        before: list[Figure] = []
        for span in sentences(passage.text.value):
            figures = passage.outside(span)
            yield from _in_sentence(passage, figures)
            yield from _to_goal(passage, figures)
            yield from _of_several(passage, before, figures)
            before = figures


def _in_sentence(passage: Passage, figures: list[Figure]) -> Iterator[ProseTotal]:
    for index, gap in enumerate(figures):
        label = passage.label(gap)
        word = _gap_word(label) or _apart_word(label)
        carried = any(word in label for word in words("parts", "carried"))
        if index < 2 or not word or carried or _WITH_ANOTHER.search(label):
            continue
        window = figures[max(0, index - LOOK_BACK) : index]
        near = [f for f in window if f.quantity.unit.base == gap.quantity.unit.base]
        if near and word.endswith("差") and _has_in_brackets(passage, near[-1], gap):
            continue  # 最低（67.33 分），最高（77.44 分），两者相差 10.11 分
        others = [f for f in window if near and f.start > near[-2:][0].start and f not in near]
        if len(near) < 2 or any(f.quantity.unit.kind != "rate" for f in others):
            continue
        first, second = near[-2:]
        if _are_of_other_kinds(passage, first, second) or _is_result(passage, gap, word):
            continue
        if _is_apart(passage, first, second, gap, word):
            continue
        cut = word.startswith("核") and not has_any(passage.label(first) + passage.label(second), "parts", "reviewed")
        apart = len(near) == 2 and not cut and _tells_apart(passage, first, second, gap)
        if has_any(passage.label(first), "staff", "posts"):
            continue  # posts and those who fill them: relate/staff.py knows more of them
        alone = len(near) == 2 or _parted(passage, near[-3], first)
        if alone and _are_amounts(passage, first, second, gap) and _are_sides(passage, first, second, word):
            yield _gap(passage, first, second, gap, word, definite=apart)


_WITH_ANOTHER = Pattern(r"[与和同](?!前|上|之|此|其|最|目标|标准|计划)\p{Han}{2,8}相差$")
"""与邻县相差: the other side is one that the words name, and no amount before."""
_IS_LIMIT = Pattern(r"的\p{Han}{0,4}(?:标准|目标|要求|限额|限价|上限|下限|定额|控制线|水平)")


def _is_apart(passage: Passage, first: Figure, second: Figure, gap: Figure, word: str) -> bool:
    """Whether a gap is not of the two amounts before it, by the words beside them.

    评价得分比自评分低 11.75 分，其中产出相差 4.49 分; 净增 A，其中甲净增 B、乙净增 C; 按 5 元标准计算，应享受 1252.54
    万元，比结算额多 33.16 万元.
    """
    text, sides = passage.text.value, (first, second)
    if _IS_LIMIT.match(text, gap.end) and not word.startswith(("比", "较")):
        return True  # 人均 108.78 元，低于人均 120 元的标准
    if "其中" in text[second.end : gap.start] or any(passage.label(one).endswith(word) for one in sides):
        return True
    return any(text.startswith("标准", one.end) for one in sides)


def _are_of_other_kinds(passage: Passage, first: Figure, second: Figure) -> bool:
    """Whether two amounts are not of one thing, so that what lies between them is not their difference.

    安排结余 530 万元，实际缺口 1,500 万元，两者相差 2,030 万元; 审定价由合同价 A、变更净增 B 和价差调减 C 构成; 损失
    61.27 万元，超过每车公里 0.03 元的限额.
    """
    text = passage.text.value
    opposite = _is_short(passage, first) is not _is_short(passage, second)
    each = "每" in text[max(0, second.start - LONGEST_UNIT) : second.start]
    return opposite or each or _COMPOSED.match(text, first.end) is not None


def _is_short(passage: Passage, figure: Figure) -> bool:
    """Whether an amount is what lacks, and not what is left."""
    return passage.label(figure).endswith(("缺口", "赤字", "亏损", "超支", "透支"))


def _to_goal(passage: Passage, figures: list[Figure]) -> Iterator[ProseTotal]:
    """满意度 76.46 分，比 85 分的目标低 8.54 分: three amounts of one unit, with no other words between."""
    text = passage.text.value
    for reached, goal, gap in zip(figures, figures[1:], figures[2:], strict=False):
        bases = {figure.quantity.unit.base.partition("/")[0] for figure in (reached, goal, gap)}
        if len(bases) > 1 or reached.quantity.is_open or gap.quantity.is_open or not _is_amount(gap):
            continue
        if compares(passage.label(reached)):
            continue  # 比上年下降 0.9 微克，仍比 31 微克的目标值高 0.5 微克
        start = goal.start_behind("高低于超过出比与距离较")
        led, behind = text[reached.end : start], text[goal.end : gap.start]
        told = _TO_GOAL.fullmatch(led)
        if told and (_WAY if told["name"] else _OF_GOAL).fullmatch(behind) and goal.quantity.upper is None:
            reached, goal = (_as_plain_as(one, gap) for one in (reached, goal.unqualified))
            word = (led if told["name"] else text[start : gap.start]).strip("，, 仍但略只仅还").lstrip("比与距离较")
            yield gap_between(TO_GOAL, (passage.label(reached),) * 2, (reached, goal), gap, word)


def _as_plain_as(figure: Figure, gap: Figure) -> Figure:
    """830 元/平方米 as 830 元, where what lies between is given in 元."""
    unit = figure.quantity.unit
    if unit.base == gap.quantity.unit.base or unit.scale != gap.quantity.unit.scale:
        return figure
    return replace(figure, quantity=replace(figure.quantity, unit=gap.quantity.unit))


def _is_amount(figure: Figure) -> bool:
    return figure.quantity.unit.kind in {"score", "count", "measure", "money"}


_TO_GOAL = Pattern(
    r"\s*[，,]\s*(?:仍|但|略|只|仅|还)*(?:高于|低于|超过|超出|比|与|距离?|较)"
    r"(?P<name>\p{Han}{0,6}(?:控制价|限价|标准|目标值?|定额|限额|均价|均值|平均水平|控制线)的?)?\s*"
)
_WAY = Pattern(r"\s*(?:仍|还|尚|略)?(?:低|高|差|相差|高出|超出|少|多|节约)?了?\s*")
_OF_GOAL = Pattern(
    r"\s*的?(?:年度|预期|考核|规定|预算|国家|省定|行业|合同)?(?:目标值?|标准值?|指标值?|基准|要求|上限|下限|控制价|限额|平均水平)"
    r"(?:仍|还|尚|略)?(?:低|高|差|相差|高出|超出|少|多|节约)?了?\s*"
)


def _of_several(passage: Passage, before: list[Figure], figures: list[Figure]) -> Iterator[ProseTotal]:
    """最多 5,855 万元；次之 4,878.20 万元；最少 2,682.70 万元。最多与最少之间相差 3,172.30 万元.

    Of two in the sentence before both are meant, of more those whose difference fits, or nearly does.
    """
    for index, gap in enumerate(figures):
        if not _BETWEEN.search(passage.label(gap)) or not addable(gap):
            continue
        near = [f for f in (*before, *figures[:index])[-LOOK_BACK:] if f.quantity.unit.base == gap.quantity.unit.base]
        pairs = [
            (one, other)
            for one, other in permutations(near, 2)
            if addable(one) and addable(other) and one.quantity.based > other.quantity.based
        ]
        apart = [one.quantity.based - other.quantity.based for one, other in pairs]
        meant = [at for at, value in enumerate(apart) if value == gap.quantity.based] or [
            at
            for at, value in enumerate(apart)
            if gap.quantity.digits > SHORT and is_one_edit(gap.quantity.based, value)
        ]
        alone = len(near) == 2 and near[-1] in before and not _has_in_brackets(passage, near[-1], gap)
        if pairs and (alone or (meant and len(near) > 2)):
            larger, smaller = pairs[meant[0] if meant else 0]
            because = BETWEEN.filled(word=passage.label(gap))
            yield ProseTotal(because, larger, ((smaller, gap),), passage.label(larger), gap=passage.label(gap))


_BETWEEN = Pattern(r"(?:之间|两者|二者|两地|高低|首尾|前后|前两名|与最\p{Han}{1,3})\p{Han}{0,2}(?:相差|差距为?|差)$")


def _has_in_brackets(passage: Passage, last: Figure, gap: Figure) -> bool:
    """Whether amounts of the same unit stand in brackets between the last one outside and the gap."""
    between = passage.within(last.end, gap.start)
    return any(figure.quantity.unit.base == gap.quantity.unit.base for figure in between)


def _is_result(passage: Passage, gap: Figure, word: str) -> bool:
    """Whether a figure is what something was cut to, and not by how much: 由 400 台核减为 380 台."""
    before = passage.text.value[max(0, gap.start - LONGEST_UNIT) : gap.start].rstrip()
    return before.endswith(("为", "至", "到")) and word.endswith(("减", "增", "增加", "减少", "调整"))


def _gap_word(label: str) -> str:
    """The word of a label that says that the figure lies between two others; 缺 and the like alone in their clause."""
    if label in words("parts", "lacking"):
        return label
    return next((w for w in words("parts", "gap") if label.endswith(w)), "")


def _apart_word(label: str) -> str:
    """低于自评, 比自评低, 核减: the word of a label that says how far two amounts lie apart."""
    match = None if label.endswith("的") else _APART.fullmatch(label)  # 高于后者的 89.58 万元: the other amount itself
    return label if match else ""


def _tells_apart(passage: Passage, first: Figure, second: Figure, gap: Figure) -> bool:
    """Whether the words leave no doubt that the two amounts before it are meant: one of them is named again."""
    match = _APART.fullmatch(passage.label(gap))
    if match is None:
        return False
    name = match["name"] or match["other"] or ""
    return match["apart"] is not None or any(name in passage.label(figure) for figure in (first, second))


_APART = Pattern(
    r"(?P<apart>\p{Han}{0,8}(?:两者|二者|两地|两家|高低|首尾|前后|两项|双方|之间|间)?相差|核减|核增)|(?:低于|高于|少于|多于|超出|超过)(?P<name>\p{Han}{2,8}?)"
    r"|\p{Han}{0,6}[比较](?P<other>\p{Han}{2,8}?)(?:低|高|少|多|减少|增加|下降|提高|超出)了?"
)


def _parted(passage: Passage, before: Figure, first: Figure) -> bool:
    """Whether a semicolon parts an earlier figure from the three."""
    between = passage.text.value[before.end : first.start]
    return "；" in between or ";" in between


def _are_amounts(passage: Passage, first: Figure, second: Figure, gap: Figure) -> bool:
    same = first.quantity.unit.base == second.quantity.unit.base == gap.quantity.unit.base
    match = _APART.fullmatch(passage.label(gap))
    labels = (passage.label(first), passage.label(second))
    named = all(label and not compares(label) for label in labels) or (match is not None and match["apart"] is not None)
    parted = any(mark in passage.text.value[first.end : gap.start] for mark in "；;") and not (match and match["apart"])
    return same and named and not parted and all(addable(f) for f in (first, second, gap))


def _are_sides(passage: Passage, first: Figure, second: Figure, word: str) -> bool:
    """Whether what is left (结余) is left of an income by an expenditure."""
    if not any(kept in word for kept in LEFT):
        return True
    came, went = passage.label(first), passage.label(second)
    return any(side in went for side in "支付用出") and not any(side in came for side in "支付")


def _is_of_another(passage: Passage, gap: Figure, word: str, sides: tuple[Figure, Figure]) -> bool:
    """计划 380 公里，完成 371.9 公里，岚口县少完成 1.6 公里: a place that the two amounts are not of."""
    name = passage.label(gap).removesuffix(word).removeprefix("其中")
    return name.endswith(_PLACES) and not any(name in passage.label(side) for side in sides)


_NET = Pattern(
    r"(?:增加?|新增|新建|新认定|录用|转入|调入)\s*[\d.,]+\s*\p{Han}{1,4}[、，,]\p{Han}{0,4}"
    r"(?:减少?|退出|退休|转出|调出|注销|关停)\s*[\d.,]+\s*\p{Han}{1,4}[，,；;]\p{Han}{0,4}净\p{Han}{1,3}$"
)
"""调增 43.30 万元、调减 18.40 万元，净增: what came, what went, and what is left of both."""
_PLACES = ("县", "市", "区", "乡", "镇", "村", "街道", "标段", "公司", "学校", "医院", "中心", "单位", "部门")


def _gap(passage: Passage, first: Figure, second: Figure, gap: Figure, word: str, *, definite: bool) -> ProseTotal:
    meant = abs(first.quantity.based - second.quantity.based)
    short = not any(kept in word for kept in LEFT)
    told = short and (is_due(passage, first, second) or is_due(passage, second, first))
    told = told and not _is_of_another(passage, gap, word, (first, second))
    told = told or (word.startswith("净") and _NET.search(passage.text.value[: gap.start]) is not None)
    near = meant != 0 and (told or definite or near_miss(gap.quantity.based, meant))
    doubt = None if near else FAR.filled(word=word)
    names = (passage.label(first), passage.label(second))
    return gap_between(BETWEEN.filled(word=word), names, (first, second), gap, word, doubt)
