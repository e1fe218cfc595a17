"""Every score-giving phrase of a scoring rule, found by one grammar of named parts.

The text is plain already (``rubric_text``). What a phrase gives is its ``Kind``; its condition is
the text before it. ``unread`` is the audit: whatever still speaks of scores and is no phrase of
the grammar makes the rule not understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from checker.extract.chinese import chinese_number
from checker.extract.patterns import Match, Pattern
from checker.relate.rubric_words import source_of


class Kind(Enum):
    """What a phrase gives."""

    STOP = "stop"  # 扣完为止
    WHOLE_UP = "whole_up"  # 不足1%按1%计算
    WHOLE_DOWN = "whole_down"  # 不足1%不扣分
    IN_PART = "in_part"  # 不足1%按比例扣分
    CAP = "cap"  # 最高得3分
    FLOOR = "floor"  # 最多扣3分
    WEIGHT = "weight"  # 本项满分5分
    SHARES = "shares"  # 每项分别占20%、40%、40%权重分
    EACH = "each"  # 每项1分
    LOSE = "lose"  # 扣除相应权重分
    ZERO = "zero"  # 不得分
    GATE = "gate"  # 此指标不得分
    FULL = "full"  # 得满分
    RATIO = "ratio"  # 按完成率×权重得分
    DEDUCT = "deduct"  # 扣1分
    GAIN = "gain"  # 得1分


class Amount(Struct, frozen=True):
    """Points, or a share of the weight in per cent."""

    value: Decimal
    is_share: bool

    def points(self, weight: Decimal) -> Decimal:
        """The points that it is worth."""
        return weight * self.value / 100 if self.is_share else self.value


class Token(Struct, frozen=True):
    """A score-giving phrase: its kind, its place in the plain text, its amounts, its expression."""

    kind: Kind
    start: int
    end: int
    amounts: tuple[Amount, ...] = ()
    expression: str = ""
    text: str = ""


def _any(*sources: str) -> str:
    return "|".join(sources)


_N = r"\d+(?:\.\d+)?"
_NOT_SCORE = r"(?![之钟析配级数类布段期值项别公工管局解散支店])(?!及?以[上下内])(?!\(不?含\))(?!的?得)(?![~-]\d)"
_POINTS = rf"(?<![\d.~至-])(?P<points>{_N})分{_NOT_SCORE}"  # 1.5分, not 90分以上
_OWN = r"(?:(?:该项|此项|本项|每项|各项|该|本|此|所占|相应|对应|指标|总|其)(?:指标|项|的){0,2}){0,3}"
_WEIGHT = r"(?:权重分值|权重得分|权重分|权重|分值|标准分值|标准分|满分|总分值|总分|基本分|指标分|分数)"
_PERCENT = rf"(?<![\d.~至-])(?P<percent>{_N})%"
_THIRD = r"(?P<part>\d+)/(?P<whole>\d+)"
_NOT_A_BOUND = r"(?<![≥≤><][\d.]{0,5})"  # ≥5%满分 gives all, not a twentieth
_OF_WEIGHT = rf"(?:{_NOT_A_BOUND}{_PERCENT}|{_THIRD})的?{_OWN}{_WEIGHT}"
_SHARE = rf"(?:{_OWN}{_WEIGHT}的?(?:{_PERCENT}|{_THIRD})|{_OF_WEIGHT}|{_THIRD}分?)"
_BARE = rf"{_PERCENT}(?:的?分)?(?=$|[,;。)、:]|满足|否则|具备|的,)"  # 得20%，
_AMOUNT = rf"(?:{_SHARE}|{_POINTS}|{_BARE})"
_GIVE = r"(?:可?得分?|计分?|给予?|给分|赋予?|赋分|记|获得?|加分?|得到|评为?|打|为|即)[:为]?"
_TAKE = r"(?:扣除?|扣减|扣掉|扣分|减去?|减扣|倒扣)[:为]?"
_EACH_ITEM = (
    r"(?:每一?[项个点条方面款]+(?:内容|要求|指标|要点|标准|制度|工作|任务)?"
    r"|各[项个点条]|各要点|每个?要点|以上各?[项条点])"
)
_ITEM = rf"(?:{_EACH_ITEM}|(?:上述|以上)?[一二两三四五六七八九十\d]+[项个点条方面]+|三者|四者|两者)"
_SCORES = r"(?:分数|分值|权重|得分|比重|权重分)?"
_PER_CENTS, _MARKS_OF, _POINTS_OF = rf"{_N}%", r"\d+/\d+", rf"{_N}分"
_LIST = "(?P<list>" + "|".join(rf"{one}(?:[、,;/和及与]+{one})+" for one in (_PER_CENTS, _MARKS_OF, _POINTS_OF)) + ")"
_LADDER = "(?P<list>" + "|".join(rf"{one}(?:[、/]{one})+" for one in (_PER_CENTS, _POINTS_OF)) + ")"  # 100%/80%/60%
_WORDED = "[二两三四五六七八九十]分之[一二两三四五六七八九]"
_ALONE = rf"(?P<alone>\d+/\d+|\d+(?:\.\d+)?%|\d+(?:\.\d+)?分|{_WORDED})"
_SHARE_VERB = r"(?:分别)?(?:各自?)?(?:占比?|计|得|为|权重为?|赋)?(?:各)?"
_TAIL = rf"(?:的?{_OWN}{_WEIGHT})?"

_FULL_OR = rf"(?:{_POINTS}|{_OWN}{_WEIGHT}|满分)"
_STOP = _any(
    rf"扣(?:完|光|尽|至0分?|到0分?|至零分?)(?:{_OWN}{_WEIGHT}|该项)?(?:即?为?止|截止)",  # 扣完为止
    rf"扣完{_OWN}{_WEIGHT}(?:为止)?",
    r"直至扣完(?:为止)?|减完为止|最低(?:得|为|计)?0分|不得?负分",
    rf"扣分不超过{_OWN}{_WEIGHT}",
)
_A_STEP = rf"(?:{_N}|一|1)?(?:个?百分点|%|‰|[天日个项处次组户人公里亩万元]{{1,2}})"  # 1个百分点
_SHORT_OF = rf"不[足满到]{_A_STEP}的?(?:部分)?"  # 不足1%的部分
_WHOLE_UP = _any(
    rf"\(?含?{_SHORT_OF},?按照?{_A_STEP}(?:计算?|扣分|算|计扣)?\)?",  # 不足1%按1%计算
    rf"\(含{_SHORT_OF}\)|含{_SHORT_OF}",
)
_WHOLE_DOWN = rf"\(?{_SHORT_OF}(?:不扣分?|不计算?|忽略不计|舍去)\)?"
_IN_PART = rf"\(?{_SHORT_OF},?也?按照?(?:实际|相应|同等|其)?比例(?:计算|扣分|折算|计扣|扣减|扣除|扣|计)?\)?"
_CAP = _any(
    rf"(?:最高|最多)(?:不超过|得|计|给|可得|加)?{_FULL_OR}",  # 最高得3分
    rf"(?:得分)?(?:最高)?不得?超过{_FULL_OR}|以{_FULL_OR}为(?:限|上限)|上限为?{_FULL_OR}",
    r"(?:完成率|比例|得分率)?(?:超过|大于|高于|超出)100%(?:的|部分)*,?按100%计?(?:算|分)?",
    rf"(?:超过|超出|大于|高于){_OWN}{_WEIGHT}的?,?按{_OWN}{_WEIGHT}计?算?",
)
_FLOOR = rf"(?:最多|最高|累计最多|合计最多)扣分?(?:不超过)?(?:{_POINTS}|{_SHARE})"  # 最多扣2分
_WEIGHT_NAME = "(?:满分|分值|权重分值|权重|标准分|总分|基础分)"
_WEIGHT_SAID = rf"(?:本项|该项|本指标|该指标|指标|此项)?[共总]?(?:合计)?{_WEIGHT_NAME}[共计]*(?:合计)?[为是:]?{_POINTS}"
_SHARES = _any(
    rf"{_ITEM}{_SCORES}{_SHARE_VERB}(?:{_OWN}{_WEIGHT}的)?{_LIST}{_TAIL}",  # 每项分别占20%、40%、40%
    rf"(?:分别占{_SCORES}|(?:分别|依次)[得计赋为给])(?:{_OWN}{_WEIGHT}的)?{_LIST}{_TAIL}",
    rf"[得计]{_LADDER}{_TAIL}",
)
_EACH = rf"(?:{_EACH_ITEM}{_SCORES}{_SHARE_VERB}|各占|各计|各得|均占)(?:{_OWN}{_WEIGHT}的)?{_ALONE}{_TAIL}(?![上下以])"
_ITS = r"(?:相应|对应|该项|此项|本项|该|对应项|相关|所占|缺失项|其)"
_LOSE = _any(
    rf"按照?(?:相应|对应|各自|所占)的?(?:权重|比例|分值|标准)分?(?:予以|进行|相应)?扣[分减除](?:{_OWN}{_WEIGHT})?",
    rf"(?:不得|不予?得|{_TAKE}|不计){_ITS}+的?(?:项|要点|部分|指标|内容)?的?(?:权重分值|权重分|权重|分值|分数|得分|分)(?!值|的?\d)",
    r"相应扣[减除]?(?:分值|分|权重分)?|扣除?相应权重分?|该项不得相应分",
)
_ZERO = _any(
    r"(?:该项|此项|本项|该条|该要点)?均?(?:不得|不予?得|不计|不给|不记|不予?计|不赋|不予?给)分",
    r"[得计为给记赋][0零]分|(?<![\d.])0分(?!以|~)",
)
_GATE = r"(?:此|该|本)项?指标(?:整体)?(?:不得分|得0分|计0分|为0分|0分)|(?:整个|全部|整项)指标不得分"
_FULL = _any(
    rf"(?:{_GIVE}|直接得)?(?:满分|全分|全部{_WEIGHT}|{_NOT_A_BOUND}(?<![\d.~至-])100%的?{_OWN}{_WEIGHT}|{_OWN}{_WEIGHT}的100%)",
    rf"可?得{_OWN}(?:全部)?(?:权重分|分值|权重)(?!的?\d)",
)
_TIMES = rf"(?:×100%)?×(?:{_OWN}{_WEIGHT}值?|{_POINTS})"
_SCORING = r"(?:计算得分|计算|计得分|计分|得分|给分|赋分|计得|折算得分)?"
_SCORE_IS = rf"(?:{_OWN}(?:实际|指标|最终)?得分)"
_BY_SHARE = r"(?:得分|计分|给分|赋分|扣分|扣减|得相应分数?|计得|扣除相应分值|扣除分值|计算得分|得相应分值)"
_RATIO = _any(
    rf"{_SCORE_IS}(?:为按照?|按照?|[=:为])(?P<expression>[^,;。]{{2,60}}?){_TIMES}{_SCORING}",  # 得分=完成率×分值
    rf"(?:按照?(?![期时量质])|根据|依据?|以|得)(?P<expression>[^,;。按]{{1,30}}?){_TIMES}{_SCORING}",
    rf"{_SCORE_IS}[=:]{_OWN}{_WEIGHT}×(?P<expression>[^,;。]{{2,60}})",  # 得分=分值×完成率
    rf"(?:按照?|以){_OWN}{_WEIGHT}×(?P<expression>[^,;。]{{2,30}}?)(?:计算得分|计分|得分|给分|赋分)",
    r"(?:按照?|根据|依据?)(?P<expression>[^,;。×]{0,20}?(?:比例|比率|占比|率|百分比|比重))(?:折算|计算|换算|相应)*"
    + _BY_SHARE,
    rf"(?<=^|[,;。:]|否则)(?P<expression>[^,;。=否则×]{{2,30}}?){_TIMES}{_SCORING}",  # 完成率×分值
)
# A verb lost in typing: 每存在1项不符合0.5分，扣完为止
_LOST_VERB = rf"(?<=每[^,;。]{{2,24}}(?:不符合?|缺失|问题|情况))(?:{_SHARE}|{_POINTS})(?=,?扣完为止)"
_DEDUCT = rf"{_TAKE}(?:{_AMOUNT})|{_LOST_VERB}"
_GAIN = rf"{_GIVE}(?:{_AMOUNT})(?!为止)|\((?:{_POINTS}|{_SHARE})\)|{_POINTS}|{_SHARE}"

_PARTS = {
    Kind.STOP: _STOP,
    Kind.WHOLE_UP: _WHOLE_UP,
    Kind.WHOLE_DOWN: _WHOLE_DOWN,
    Kind.IN_PART: _IN_PART,
    Kind.FLOOR: _FLOOR,
    Kind.CAP: _CAP,
    Kind.WEIGHT: _WEIGHT_SAID,
    Kind.SHARES: _SHARES,
    Kind.LOSE: _LOSE,
    Kind.EACH: _EACH,
    Kind.GATE: _GATE,
    Kind.ZERO: _ZERO,
    Kind.RATIO: _RATIO,
    Kind.FULL: _FULL,
    Kind.DEDUCT: _DEDUCT,
    Kind.GAIN: _GAIN,
}
PHRASE = "|".join(f"(?P<{kind.value}>{source})" for kind, source in _PARTS.items())
# Cheap: a phrase begins so, but for 完成率×分值, which begins as its clause does.
_STARTS = (
    r"[\d(一二三四五六七八九十上不两为以依倒全共其减分加即可各合含均基大完实对得总所打扣指按整最本权标根此每比满直相"
    r"给累获计记评该赋超高]"
)
_PRODUCT_AHEAD = r"(?<![^,;。:则])(?=[^,;。=否则×]{2,30}×)"
SCAN = Pattern(f"(?:(?={_STARTS})|{_PRODUCT_AHEAD})(?:{PHRASE})")
"""Every score-giving phrase, left to right; the first kind that fits wins."""

DISCRETION = Pattern(source_of("discretion"))
"""Words that leave the score to the scorer."""

_SPEAKS = Pattern(
    r"(?P<harmless>"
    + source_of("not_scoring")
    + r")|(?P<phrase>扣|满分|得分|不得分|权重|分值|占\d+(?:\.\d+)?%|(?<![\d.])\d+(?:\.\d+)?分"
    + _NOT_SCORE
    + r"|(?<!增)加\d+(?:\.\d+)?分|\(\d+(?:\.\d+)?%\)|最高|上限|下限|系数|折算|赋分|计分|给分|记分"
    + r"|减半|一半分|双倍|倍扣|得\d+(?:\.\d+)?%|不得相应)"
)
_VALUES = Pattern(rf"(?P<part>\d+)/(?P<whole>\d+)|(?P<value>{_N})(?P<unit>%|分)|(?P<worded>{_WORDED})")
_AROUND = 8


def find_tokens(text: str) -> tuple[Token, ...]:
    """All score-giving phrases of a plain text in order."""
    return tuple(_token(match) for match in SCAN.finditer(text) if match.end() > match.start())


def _token(match: Match) -> Token:
    kind = next(kind for kind in Kind if match[kind.value] is not None)
    expression = match["expression"] or "" if kind is Kind.RATIO else ""
    amounts = tuple(_amounts(match, kind))
    return Token(kind, match.start(), match.end(), amounts, expression, match[0])


def _amounts(match: Match, kind: Kind) -> Iterator[Amount]:
    if kind is Kind.SHARES or kind is Kind.EACH:
        yield from (_amount(one) for one in _VALUES.finditer(match["list"] or match["alone"] or ""))
    elif match["points"]:
        yield Amount(Decimal(match["points"]), is_share=False)
    elif match["percent"]:
        yield Amount(Decimal(match["percent"]), is_share=True)
    elif match["whole"] and match["part"] and Decimal(match["whole"]):
        yield Amount(100 * Decimal(match["part"]) / Decimal(match["whole"]), is_share=True)


def _amount(match: Match) -> Amount:
    if match["worded"]:
        whole, part = (chinese_number(word) or 1 for word in match["worded"].split("分之"))
        return Amount(Decimal(100 * part) / whole, is_share=True)
    if match["whole"]:
        return Amount(100 * Decimal(match["part"]) / (Decimal(match["whole"]) or 1), is_share=True)
    return Amount(Decimal(match["value"]), is_share=match["unit"] == "%")


def unread(text: str, tokens: Sequence[Token]) -> str:
    """The first words that speak of scores and are no phrase of the grammar, "" when there are none."""
    for match in _SPEAKS.finditer(text):
        if match["phrase"] and not any(t.start < match.end() and match.start() < t.end for t in tokens):
            return text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
    return ""
