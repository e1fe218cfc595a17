"""What the words right before a figure say that it is: an amount, a change, a growth rate, a share.

A lead is the part of the figure's own clause between the figure before it (or the clause's
start) and the figure, brackets and blanks dropped. Leads are short, so the patterns here may be
tried one after the other.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from msgspec import Struct

from checker.extract.patterns import Pattern
from checker.extract.rate_words import any_word, rate_words


class Kind(Enum):
    """What a figure is in its clause."""

    LEVEL = "level"  # 实际完成 30.5 亿元; 到位率 94 %
    BASE = "base"  # 对比 2021 年 9.96 亿元…; 占计划投资 536 万元的…
    CHANGE = "change"  # 增加 12 万元; 提高 3 个百分点
    GROWTH = "growth"  # 增长 5 %; 增幅 5 %; 增长 2 倍
    SHARE = "share"  # 占总支出的 5 %; 占比 5 %
    OF = "of"  # 为预算的 98 %; 是去年的 2 倍
    DIFFERENCE = "difference"  # 较全区平均值高 3 %
    OPERAND = "operand"  # of a printed formula


class Period(Struct, frozen=True):
    """The year that a figure belongs to; ``prior`` for 上年, which names no year."""

    year: int | None = None
    prior: bool = False


class Lead(Struct, frozen=True):
    """A lead, taken apart.

    ``measure`` is the noun phrase that is counted, "" where the clause goes on about the one
    before; ``reference`` what it is compared with or taken of (预算, 上年执行数, 全区平均值);
    ``compared`` says that a comparison is spelt out (比, 较, 同比) and ``origin`` that the amount is
    where a change started (由 5 增加到 8). ``sign`` is 1 or -1 for a change.
    """

    kind: Kind
    measure: str
    period: Period
    reference: str = ""
    reference_period: Period = Period()
    sign: int = 0
    word: str = ""
    compared: bool = False
    origin: bool = False
    reached: bool = False


_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年(?:度|末|底)?(?:同期)?)"  # 2021年
_PERIOD = rf"(?:{_YEAR}|(?P<prior>{any_word('growth', 'prior')})|(?P<now>{any_word('growth', 'current')}))"
PERIOD = Pattern(_PERIOD)
_NUMBER = r"(?:\d{1,2}[、.．]|[①-⑳])"
_PERIOD_FIRST = rf"(?:截至|截止|到|至|在|于)?{_PERIOD}(?:末|底|初|期间)?的?"
_FILLERS = rf"(?:{any_word('growth', 'filler')}|[、和与及并的])+"
_COPULA = r"(?>达到|实现|完成了|[合共总]计|分别|[为是共达至约计仅有只已才即：:])++$"
_BEFORE_NOUN = Pattern(rf"^{_NUMBER}?(?:(?:{_PERIOD_FIRST})?(?:{_FILLERS})?){{1,3}}")
_BEHIND_NOUN = Pattern(rf"(?<=.)(?:19|20)\d\d年度?(?:{_COPULA}|$)|{_COPULA}")
_BEFORE_TITLE, _BEHIND_TITLE = Pattern(rf"^{_NUMBER}?(?:{_FILLERS})?"), Pattern(_COPULA)

_UP, _DOWN = any_word("growth", "up"), any_word("growth", "down")
_REACHED = Pattern(rf"(?P<verb>{any_word('growth', 'reach')})(?:到|至|为)了?(?:{_PERIOD}的?)?$")
_CHANGED = Pattern(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|额|数|幅度)?(?:为|是|达|达到|约|约为|共)?$")
_BY = Pattern(r"^(?:(?P<up>超出|高出|多出|多|高)|(?P<down>短少|短缺|少|低|短|缺))了?约?$")  # 比计划 210 个少 6 个
_BY_MORE = Pattern(
    r"^(?P<noun>.*?)(?:比|较)(?P<ref>[^比较率例重]{1,16}?)(?:(?P<up>超出|高出|多出|多|高)|(?P<down>短少|短缺|少|低|短))了?约?$"
)
_COMPARED = Pattern(
    r"(?P<same>同比|环比)|(?:(?:相较于|相较|相比|对比|与|同|和|比|较)(?P<ref>(?!例|重|率|值|分|选|好|大|高|强|快).*))$"
)
_REF_TAIL = Pattern(r"(?:相比较?|比较|比|同期|的|有所|，)+$")
_SHARE = Pattern(
    r"^(?P<noun>.*?)(?:所占|占到了?(?!位)|占了?)(?P<whole>.*?)(?:的|之)?(?:比重|比例|份额|比率|比)?"
    r"(?:[为达约是高仅只有的近超过]|达到)*$"
)
_OF = Pattern(
    r"^(?P<noun>.*?)(?P<word>完成了?|相当于|为|是|达到?|实现|执行|仅为|约为)(?P<base>[^为是]{2,}?)(?P<tail>的|之|预算数?)$"
)
_DIFFERS = Pattern(
    rf"^(?P<noun>.*?)(?:(?:比|较|与)(?P<ref>.+?)(?:相比)?(?:要|也|均|还)?(?P<verb>{any_word('growth', 'differ')})了?约?"
    r"|(?P<above>高于|低于|高出)(?P<ref2>.+?))$"
)
_ORIGIN = Pattern(r"(?:由|从|自)(?:[^，]{0,12}的)?$")
_TAKEN_OF = Pattern(r"^(?P<noun>.*?)(?P<word>占|完成|为|是|相当于)(?P<base>[^占]{0,24})$")
_BEHIND_BASE = Pattern(rf"^(?:的(?P<name>.*?))?(?P<verb>{any_word('growth', 'differ')})?了?$")
_DROPPED = str.maketrans(dict.fromkeys(" \t\n\r\u00a0\u3000“”\"'‘’*$（）()", ""))
_BRACKETS = Pattern(r"[（(\[【][^（()）\[\]【】]*[）)\]】]")


def plain(text: str) -> str:
    """The text without blanks, quotes and what stands in brackets."""
    if "（" in text or "(" in text or "[" in text or "【" in text:
        text = _BRACKETS.sub("", text)
    return text.translate(_DROPPED)


@lru_cache(maxsize=4096)  # a column's name is asked for each of its cells
def period_in(text: str) -> Period:
    """The last period that a text names."""
    found = Period()
    for match in PERIOD.finditer(text):
        if not match["now"]:
            found = Period(int(match["year"]) if match["year"] else None, match["prior"] is not None)
    return found


@lru_cache(maxsize=4096)  # asked again for the fact that the figure states
def noun_of(text: str) -> str:
    """The noun phrase of a lead: no period before it, no copula behind, no words that only join."""
    return _BEHIND_NOUN.sub("", _BEFORE_NOUN.sub("", text)).strip("，,、；;：:")


@lru_cache(maxsize=4096)  # facts, shares and rates ask for the name of the same figure
def title_of(words: str) -> str:
    """A lead as a name for a message: its period kept (全年预算), no copula behind."""
    return _BEHIND_TITLE.sub("", _BEFORE_TITLE.sub("", words)).strip("，,、；;：:")


def _reference(text: str) -> tuple[str, Period]:
    """What a comparison names: 2023年预算执行数 is (预算执行数, 2023)."""
    bare = _REF_TAIL.sub("", text)
    own = bare.startswith(("全年预算", "当年预算", "年度预算"))  # a budget by its own name, not a period
    return bare if own else noun_of(bare), period_in(bare)


@lru_cache(maxsize=4096)
def read_lead(lead: str, *, is_rate: bool, is_points: bool, taken_of: bool = False) -> Lead:
    """Take a lead apart. ``taken_of`` says that 的 or a verb follows the figure, which may make it a base."""
    if not lead:
        return Lead(Kind.LEVEL, "", Period())
    return (
        _reached(lead)
        or _changed(lead, is_rate=is_rate)
        or (_rated(lead) if (is_rate or is_points) and not lead.endswith(("由", "从")) else None)
        or (_base(lead) if taken_of else None)
        or (None if is_rate or is_points else _by(lead))
        or _level(lead)
    )


def _rated(lead: str) -> Lead | None:
    return _behind_base(lead) or _share(lead) or _of(lead) or _differs(lead)


def _reached(lead: str) -> Lead | None:
    match = _REACHED.search(lead)
    if match is None:
        return None
    before = lead[: match.start()]
    verb = match["verb"]
    up = verb in rate_words("growth", "up") or verb in {"增", "升", "扩大", "回升", "延长"}
    return Lead(
        Kind.LEVEL,
        noun_of(before),
        period_in(lead[match.start() :]),
        sign=0 if verb in {"变", "调整"} else 1 if up else -1,
        word=verb,
        reached=True,
    )


def _changed(lead: str, *, is_rate: bool) -> Lead | None:
    match = _CHANGED.search(lead)
    if match is None:
        return None
    head = lead[: match.start()]
    word = match["up"] or match["down"]
    sign = 1 if match["up"] else -1
    kind = Kind.GROWTH if is_rate else Kind.CHANGE
    compared = next(iter(_COMPARED.finditer(head)), None)
    if compared is None:
        return Lead(kind, noun_of(head), period_in(head), sign=sign, word=word)
    name, period = _reference(compared["ref"] or "")
    if compared["same"]:
        rest = noun_of(head[compared.end() :])
        noun = noun_of(head[: compared.start()]) or rest
        return Lead(kind, noun, period_in(head[: compared.start()]), "", Period(prior=True), sign, word, compared=True)
    noun = noun_of(head[: compared.start()])
    return Lead(kind, noun, period_in(head[: compared.start()]), name, period, sign, word, compared=True)


def _by(lead: str) -> Lead | None:
    """The amount by which a base is missed, named right before it (比 25 人多) or with it (比上年多出)."""
    match = _BY.search(lead)
    if match is not None:
        return Lead(Kind.CHANGE, "", Period(), sign=1 if match["up"] else -1, word=match[0])
    match = _BY_MORE.search(lead)  # 比上年多出 130 万元
    if match is None:
        return None
    (name, period), sign, word = _reference(match["ref"]), 1 if match["up"] else -1, match["up"] or match["down"]
    if name:
        return None
    return Lead(Kind.CHANGE, noun_of(match["noun"]), period_in(match["noun"]), name, period, sign, word, compared=True)


def _behind_base(lead: str) -> Lead | None:
    """占计划投资 536 万元的…, 比 95% 低…: what stands between a base and the rate that is taken of it."""
    match = _BEHIND_BASE.search(lead)
    if match is None:
        return None
    if match["verb"] is None:
        return Lead(Kind.OF, "", Period()) if lead == "的" else None
    sign = -1 if match["verb"] in {"低", "少", "低于"} else 1
    return Lead(Kind.DIFFERENCE, "", Period(), match["name"] or "", Period(), sign, match["verb"], compared=True)


def _share(lead: str) -> Lead | None:
    match = _SHARE.search(lead) if "占" in lead else None
    if match is None:
        return None
    whole = title_of(match["whole"])
    return Lead(Kind.SHARE, noun_of(match["noun"]), period_in(lead), reference=whole, word="占")


def _of(lead: str) -> Lead | None:
    match = _OF.search(lead)
    if match is None:
        return None
    base = match["base"] + (match["tail"] if match["tail"].startswith("预算") else "")
    name, period = _reference(base)
    return Lead(Kind.OF, noun_of(match["noun"]), period_in(match["noun"]), name, period, word=match["word"])


def _differs(lead: str) -> Lead | None:
    match = _DIFFERS.search(lead)
    if match is None:
        return None
    ref = match["ref"] or match["ref2"]
    word = match["verb"] or match["above"]
    name, period = _reference(ref)
    sign = -1 if word in {"低", "少", "低于"} else 1
    return Lead(
        Kind.DIFFERENCE, noun_of(match["noun"]), period_in(match["noun"]), name, period, sign, word, compared=True
    )


def _base(lead: str) -> Lead | None:
    compared = None if lead.startswith("占") else next(iter(_COMPARED.finditer(lead)), None)  # 占两县预算总和
    if compared is not None and compared["ref"] is not None:
        name, period = _reference(compared["ref"])
        return Lead(Kind.BASE, noun_of(lead[: compared.start()]), period, name, period, word="比", compared=True)
    match = _TAKEN_OF.search(lead)
    if match is None:
        return None
    return Lead(Kind.BASE, noun_of(match["noun"]), period_in(lead), noun_of(match["base"]), word=match["word"])


def _level(lead: str) -> Lead:
    if _ORIGIN.search(lead):
        bare = lead[: max(lead.rfind("由"), lead.rfind("从"), lead.rfind("自"))]
        return Lead(Kind.LEVEL, noun_of(bare), period_in(lead), origin=True)
    return Lead(Kind.LEVEL, noun_of(lead), period_in(lead))
