"""The grammar of figures in prose: named parts, composed once into ``SCAN``.

Text is narrowed first (``characters``), so patterns see ASCII digits and signs only. Every part
shows an example; every one has rows in ``fixtures/numbers.md``. Parts with digits are possessive:
no match is tried twice, so the time of a scan grows with the text only.
"""

from __future__ import annotations

from checker.extract.chinese import NUMERALS
from checker.extract.dates import POINT
from checker.extract.lexicon import any_of, chinese_words, fixed_names, unit_source
from checker.extract.patterns import Pattern
from checker.quantity import Qualifier

# Words that open a figure. The longer word of two with the same end comes first by length.
BEFORE = {
    Qualifier.ABOUT: ("约", "大约", "约为", "约达", "大概", "约计"),
    Qualifier.NEAR: ("近", "将近", "接近"),
    Qualifier.MORE_THAN: ("超过", "超", "突破", "逾", "高于", "大于", "多于"),
    Qualifier.AT_LEAST: ("不低于", "不少于", "不小于", "至少", "最少", "≥", "大于等于", "大于或等于", "不短于"),
    Qualifier.AT_MOST: ("不超过", "不高于", "不大于", "不多于", "至多", "最多", "≤", "小于等于", "小于或等于", "不超"),
    Qualifier.LESS_THAN: ("不足", "低于", "小于", "少于", "不到", "未满", "不满"),
}
AFTER = {
    Qualifier.OVER: ("余", "多"),
    Qualifier.AT_LEAST: ("以上", "及以上", "(含)以上", "含以上", "或以上", "之上"),
    Qualifier.AT_MOST: ("以下", "及以下", "(含)以下", "或以下", "以内", "之内", "及以内"),
    Qualifier.ABOUT: ("左右", "上下", "前后"),
}

# Numbers in Arabic digits.
_GROUPED = r"[1-9]\d{0,2}(?:, ?(?!100 ?%)\d{3}(?!\d))++"  # 1, 877, 066
_MONEY_AHEAD = r"(?= ?(?:\.\d++)? ?(?:[千万亿]|万亿)? ?元| ?(?:\.\d++)? ?亿)"
_SPACED = r"[1-9]\d{0,2}(?: \d{3}(?!\d))++" + _MONEY_AHEAD  # 19 596.9亿元
_SPACED_POINT = r"(?: ?\.\d++)?+"  # 501 .7038
_ARABIC = "(?:" + _GROUPED + "|" + _SPACED + r"|\d++)" + _SPACED_POINT
_SIGN = r"(?P<sign>-(?=\d)|(?<=[为是=:(])- (?=\d))?"  # -57.44% · 为- 3%
_LEADING = r"(?:(?P<head>\d++) ?(?P<headscale>[万亿]) ?(?=\d))?"  # 6 万 3 千元

# Numbers in Chinese numerals.
_HANZI = "[" + NUMERALS + "]++"  # 十二
_HANZI_LEADING = "(?:(?P<head>" + _HANZI + ") ?(?P<headscale>[万亿]) ?(?=[" + NUMERALS + "]))?"  # 三亿五千

_UNIT = unit_source()
_HANZI_UNIT = unit_source(chinese=True)

# What stands between the number and its end.
_BOLD = r"(?:\*\*)? ?"  # 85.8** 分
_INCLUDED = r"(?:\(含\))?"  # 90%(含)~100%
_TO = r" ?(?P<to>-|~|—{1,2}|至|到) ?"
_TO_AHEAD = "(?=[^-~—至到]{0,20}[-~—至到])"  # cheap: no range without such a sign, a unit and a bracket before it
_MORE = r"(?:(?P<lead>[万亿]) ?(?=[余多]))?(?P<more>余|多|来)? ?"  # 3 万余元
_PER = r"(?:/ ?(?P<per>" + _UNIT + "))?"  # 500 元/户
_AFTER_WORDS = any_of(word for words in AFTER.values() for word in words if len(word) > 1)
_AFTER_END = r"(?!均|各|所|述|三|两|四|五|事项|问题|指标|方面|内容)"  # 25%以上均 belongs to what follows
_TRAILING = r"余(?![额款下资粮留钱热])|多(?=[,，。;；、)]|$)"  # 5 万元余
_AFTER_SIGN = r"[≤≥](?= ?[A-Za-z一-鿿])|[<>](?= ?[A-Z一-鿿])"  # 80%≤X
_AFTER = rf"(?: ?(?P<after>{_AFTER_WORDS}{_AFTER_END}|{_TRAILING}|{_AFTER_SIGN}))?"
_BEFORE_SIGN = r"<|(?<!</?[A-Za-z][^<>]{0,40})>"  # >90%, but not <td>90%
_PART_OF_A_WORD = r"(?<![节签违预履合条制契集公解协毁缔邀][约]|[附最临邻靠亲][近]|[高][超])"  # 节约 5 万元, 附近 3 个
_ALL_BEFORE = [word for words in BEFORE.values() for word in words]
_BEFORE_WORDS = "(?:" + any_of(_ALL_BEFORE) + ")" + _PART_OF_A_WORD + f"|{_BEFORE_SIGN}"
_BEFORE_LAST = any_of(["<", ">", *dict.fromkeys(word[-1] for word in _ALL_BEFORE)])  # cheap: each word ends so
_BEFORE = f"(?:(?<={_BEFORE_LAST} ?-?)(?<=(?P<before>{_BEFORE_WORDS}) ?-?))?"


def _counted(number: str, unit: str) -> str:
    """The source of a number with its unit: alone or as a range."""
    low = rf"(?P<low>{number})"
    high = rf"{_BOLD}(?P<lowunit>{unit})? ?{_INCLUDED}{_TO}(?P<highsign>-(?=\d))?(?P<high>{number})"
    end = rf"{_BOLD}{_MORE}大?(?P<unit>{unit}){_PER}{_AFTER}"
    return rf"{low}(?:{_TO_AHEAD}{high})?{end}"


_ARABIC_FIGURE = _BEFORE + _SIGN + "(?:" + _LEADING + _counted(_ARABIC, _UNIT) + rf"|(?P<low>{_ARABIC}))"
_RUN_START = "(?<![" + NUMERALS + "])"  # a run is tried from its first character only
_SOME_TENS = "(?!(?<=数)十)"  # 数十家
_NOT_AFTER = _RUN_START + _SOME_TENS + "(?<!" + any_of(chinese_words("not_after")) + ")"
_ORDINAL = r"(?<=[类段期批档级组区队]) ?\d"  # 三标段 13 座 is what the third has
_NOT_BEFORE = "(?!" + any_of(chinese_words("not_before")) + f"|.一|{_ORDINAL})"
_HANZI_FIGURE = _BEFORE + _NOT_AFTER + _HANZI_LEADING + _counted(_HANZI, _HANZI_UNIT) + _NOT_BEFORE

# Fractions and hundredths in words.
_HUNDREDTHS = rf"百分之 ?(?P<percent>百|{_HANZI}(?:点{_HANZI})?|{_ARABIC})"  # 百分之三十
_PARTS = rf"(?P<denominator>{_HANZI})分之(?P<numerator>{_HANZI})"  # 三分之二
_WORDED = _BEFORE + _RUN_START + "(?:" + _HUNDREDTHS + "|" + _PARTS + ")" + _AFTER

# Digits that are no figure.
_URL = r"(?:https?://|www\.)[!-~]++"
_TITLE = r"《[^《》]{0,80}》"  # 《2022 年 10 件实事》
_CLOCK = r"\d{1,2} ?(?:[时点] ?\d{1,2} ?分?|:\d\d(?::\d\d)?)(?!\d|[%个人万元])"  # 9:30
_DOCUMENT = r"[〔\[【(](?:19|20)\d\d[〕\]】)] ?(?:第 ?)?\d++"  # 〔2022〕27号
_OF_YEAR = r"(?:19|20)\d\d ?年?第 ?\d++"
_DOTTED = r"\d++\.\d++(?:\.\d++)++"  # 3.2.1
_PHONE = r"0\d{2,3}-\d{7,8}(?!\d)|1[3-9]\d{9}(?!\d| ?[.万元])"  # 0791-12345678
_STANDARD = r"\d{3,6}(?:\.\d++)?-(?:19|20)\d\d(?![\d年])"  # GB/T 19001-2016
_MALFORMED = r"\d++(?:,\d{3}(?!\d))*+,\d{4,}+"  # 1,2345
_UNREAD = r"(?:(?<=�)[\d.,�]|\d[\d.,]*+�)[\d.,�]*+"  # 1�2.5, of which a digit could not be read
_LETTER = r"(?:[A-WYZa-wyz]|(?<![)\]}】）%])[Xx])"  # but the x of （45/48）x100% is a sign
_AFTER_LETTER = rf"(?<={_LETTER}[-_./]?)\d++(?:[-./]\d++)*+"  # COVID-19
_LIST = r" ?(?:[-~—至、.,] ?\d++)*+"  # 表 3-1
_CAPTION_BEFORE = r"(?:^|[\s如见下附上(（、和与及，。；：:“《>])"  # 如表 3, but not 发表 3 篇
_TOP_BEFORE = r"(?<![目以此年日之提当生节会先月天])"  # 前 5 名, but not 目前 5 个
_CODES = r"附件|附表|附图|附录|公式|编号|序号|编码|电话|邮编|记-|No\.?"  # 附件 2
_LABEL = f"{_CAPTION_BEFORE}[表图]|{_CODES}|第|{_TOP_BEFORE}前"
_NAMES = any_of(fixed_names())
_LABELLED = rf"(?<=(?:{_LABEL}) ?)(?:\d++|{_HANZI}){_LIST}"  # 表 3 · 第三
_NAMED = (_URL, _TITLE, _NAMES, _DOCUMENT, _LABELLED, _PHONE, _DOTTED)
_SKIP = (_UNREAD, *_NAMED, POINT, _CLOCK, _OF_YEAR, _STANDARD, _AFTER_LETTER, _MALFORMED)

_STARTS = r"(?=[-0-9一二两三四五六七八九十百千《〔\[【(hw])"  # cheap: every candidate begins so


def _scan() -> str:
    skip = "(?P<skip>" + "|".join(_SKIP) + ")"
    return f"{_STARTS}(?:{skip}|{_ARABIC_FIGURE}|{_WORDED}|{_HANZI_FIGURE})"


SCAN = Pattern(_scan())
"""Every candidate, left to right: ``skip`` holds what is no figure."""

LINK = Pattern(r"(?P<close>[ )\]]*+)(?P<operator>[-+*/×÷=]|\\times|\\div)(?P<open>[ (\[]*+)")
"""What stands between two operands of a formula."""

STANDS = Pattern(r"(?:为|是|达|达到|合计|共计|总计|占) ?:? ?$")
"""The end of the text before a bare number where it says that one follows."""

AND = Pattern(r" ?(?:、|和|及|与|以及) ?")
"""What stands between the numbers of a list."""

RESPECTIVELY = Pattern(r"(?:分别|依次)[^。；，,\d]*+$")
"""The end of the text before a list of numbers that share the last one's unit."""

_CELL_GROUPED = r"[1-9]\d{0,2}(?:(?:,\s?|\s)\d{3}(?!\d))++"  # 1,234
_CELL_DECIMALS = r"(?:\s?\.\s?\d++(?:\n\d++)?)?"  # .50 · .5 and 0 on the next line
_CELL_NUMBER = "(?P<number>(?:" + _CELL_GROUPED + r"|\d++)" + _CELL_DECIMALS + ")"
_CELL_SIGN = r"[¥￥]? ?(?P<sign>[-+△▲])? ?[¥￥]? ?"  # △12.5

CELL = Pattern(r"(?P<open>\()?" + _CELL_SIGN + _CELL_NUMBER + r"\s?(?P<unit>" + _UNIT + r")?(?P<close>\))?")
"""A cell that is one number."""

UNIT_PLACES = Pattern(r"\((?P<inside>[^()]{1,30}(?:\([^()]{0,6}\))?)\)|单位:?(?P<after>[^()，。\d]{1,12})")
"""Where a header or a caption names units."""
