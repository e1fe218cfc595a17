"""Counts beside the names they count: 机构 4 个，分别是甲、乙、丙、丁; 甲、乙、丙三个方面; 中心 2 个（甲、乙）.

The names stand in the clause right behind the count or right before it. A list behind 分别是 or a
colon is all there is; one behind 包括, or one that ends in 等, may be a part. A name of a thing
(设备, 项目) may stand for several, so fewer names than counted say nothing there.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.figures import Passage, Reading
from checker.extract.lexicon import any_of
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any, words
from checker.relate.list_clauses import clause_before, clause_end, clause_start
from checker.relate.name_lists import NameList, bare, list_of, names_each
from checker.relation import ListedCount, Relation
from checker.verdict import Mention, Phrase, Role

BEHIND = Phrase("数量之后列出各项名称", "the names follow the count")
BEFORE = Phrase("各项名称之后给出数量", "the count follows the names")
NAMES = Phrase("名称", "names")
SEVERAL = Phrase("一个名称可能不止一项，或所列并非全部", "a name may stand for several, or the list for a part")

LEAST, MOST = 2, 40
"""Counts that a sentence lists by name."""
NOUN_BEFORE, NOUN_BEHIND = 16, 16
NEAR = 2  # people miscount by so many; by more only where all names are of one kind, or 分别为 leads to them

_NOUN = rf"(?P<noun>[^，,。；;：:（()）、\d“”]{{0,{NOUN_BEHIND}}}?)"
_BEHIND = Pattern(
    rf"\s*{_NOUN}\s*(?:[，,]?\s*(?:(?P<all>{any_of(words('lists', 'each_is'))})"
    rf"|(?P<some>{any_of(words('lists', 'holds'))}))"
    r"\s*[：:]?|(?P<colon>[：:])|(?P<bracket>[（(](?:即)?))\s*"
)
_CONNECTS = Pattern(rf"(?P<word>(?:{any_of(words('lists', 'before_count'))})*)\s*$")
THINGS_DONE = frozenset({"项", "件", "条", "笔", "次", "批"})
_AFTER_COUNT = Pattern(rf"\s*(?:大|主要|个)*(?P<noun>[^，,。；;：:（()）、\d]{{0,{NOUN_BEHIND}}})")
_QUOTE = Pattern(r"“[^“”]+”")
_QUOTED = Pattern(r"“[^“”]+”(?:(?:、|和|及|以及)?“[^“”]+”)+\s*$")
_HAS = Pattern(r"[有为是]|包括")
SHORT_NOUN = 6
OF_PLACES = (
    "地区",
    "地方",
    "区域",
    "县区",
    "区县",
    "市县",
    "县市",
    "乡镇",
    "镇街",
    "镇乡",
    "市州",
    "街道",
    "村庄",
    "片区",
)
"""What names of places of any kind are counted as."""
_TOLD = Pattern(r"(?:上述|以上|前述|上列)$")
"""Before a count of what has been told already: 上述四个做法的共同点是……."""
_GOES_ON = Pattern(r"\s*(?:以及|和|及|与|还有|另|外加)")
_ANOTHER_COUNT = Pattern(r"\s*(?:另|还)外?有\s*\d")


def find_listed_counts(reading: Reading) -> Iterator[Relation]:
    """Every count of a paragraph with the names that its own sentence lists."""
    for passage in reading.prose:
        text = passage.text.value
        if ("、" not in text and "”“" not in text) or passage.place.row is not None:
            continue
        for figure in passage.figures:
            if counts_names(figure):
                around = passage.label(figure) + text[figure.end : figure.end + NOUN_BEHIND]
                declared = reading.own.is_complete(around)
                found = _behind(passage, figure, declared=declared) or _before(passage, figure)
                if found is not None:
                    yield replace(found, unfinished=False, doubt=None) if declared else found


def counts_names(figure: Figure) -> bool:
    """Whether a figure is a small whole number of things."""
    quantity = figure.quantity
    whole = quantity.unit.kind == "count" and quantity.unit.scale == 1 and not quantity.is_open
    return whole and LEAST <= quantity.value <= MOST and quantity.unit.name not in words("lists", "not_names")


class _Listing(Struct, frozen=True):
    """A list beside a count, with its place in the text."""

    names: NameList
    start: int
    end: int


def _behind(passage: Passage, figure: Figure, *, declared: bool) -> ListedCount | None:
    """The names behind a count; ``declared`` says that the settings know the list to be complete."""
    text = passage.text.value
    cue = _BEHIND.match(text, figure.end)
    if (
        cue is None
        or _ends_counts(passage, figure)
        or _TOLD.search(text, max(0, figure.start - SHORT_NOUN), figure.start)
    ):
        return None
    listing = _in_bracket(text, cue.end()) if cue["bracket"] else _to_mark(text, cue.end())
    if listing is None or text[listing.start].isdigit():  # values, not names
        return None
    noun = passage.label(figure)[-NOUN_BEFORE:] + cue["noun"]
    names = listing.names
    each = names_each(noun, figure.quantity.unit.name) or _is_called(names, noun[-4:])
    if cue["bracket"] and (has_kinds(names) or not each or not names.is_of_one_kind):
        return None
    stated = figure.quantity.value
    if not names.least <= stated <= names.most and not (
        cue["all"] or cue["colon"] or cue["bracket"] or declared or stated < names.least
    ):
        return None
    near = max(NEAR, names.least // 2) if cue["all"] else NEAR
    return _claim(BEHIND, passage, figure, listing, _doubt(names, figure, near, each=each))


def _ends_counts(passage: Passage, figure: Figure) -> bool:
    """下辖 2 个区、1 个县级市和 6 个县，即…: the names are those of all that is counted."""
    before = passage.before(figure.start)
    between = passage.text.value[before.end : figure.start].rstrip() if before else ""
    counted = before is not None and before.quantity.unit.kind == "count"
    return counted and len(between) <= SHORT_NOUN and between.endswith(("、", "和", "及", "与"))


def _doubt(names: NameList, figure: Figure, near: int, *, each: bool) -> Phrase | None:
    """Why a list of another length need not contradict its count."""
    stated, counted = int(figure.quantity.value), names.least
    meant = abs(stated - counted) <= near or names.is_of_one_kind
    plain = names.is_plain and not names.has_doubtful_joint
    people = figure.quantity.unit.name == "人"
    if plain and meant and (each or stated < counted) and not people:
        return None
    if people and plain and near > NEAR and all(len(bare(name)) <= LONGEST_PERSON for name in names.names):
        return None  # 由 7 人组成，分别为 with the names of as many
    return SEVERAL


def _claim(
    because: Phrase, passage: Passage, figure: Figure, listing: _Listing, doubt: Phrase | None
) -> ListedCount | None:
    names = listing.names
    mention = Mention(Role.OPERAND, passage.text, listing.start, listing.end, passage.place)
    claim = ListedCount(because, figure, names.least, names.most, NAMES, (mention,), names.unfinished, doubt)
    return claim if claim.agree or doubt is None or names.is_plain else None


def has_kinds(names: NameList) -> bool:
    """Whether some name is a kind of thing and not a thing: 乡镇（街道、农场）."""
    return any(bare(name) in words("lists", "kinds") for name in names.names)


def _in_bracket(text: str, start: int) -> _Listing | None:
    """The list that fills a bracket; None where other things stand in it, or some are named only."""
    end = clause_end(text, start)
    closed = text[end : end + 1] in {"）", ")"} and not text.startswith(words("lists", "some_of"), start)
    names = list_of(text[start:end]) if closed else None
    return _Listing(names, start, end) if names else None


def _to_mark(text: str, start: int) -> _Listing | None:
    """The list from ``start`` to the end of its clause; None where the next clause may go on with it."""
    end = clause_end(text, start)
    names = list_of(text[start:end], ends_in_count=True)
    if names is None or _may_go_on(text, end, names):
        return None
    return _Listing(names, start, end)


def _may_go_on(text: str, end: int, names: NameList) -> bool:
    """Whether what follows a list's end may be more of it: the writer may have used other marks."""
    mark = text[end : end + 1]
    if mark in {"：", ":"}:
        return True
    if mark not in {"，", ",", "；", ";"} or names.unfinished:
        return False
    rest = text[end + 1 : clause_end(text, end + 1)]
    if _GOES_ON.match(rest):
        return _ANOTHER_COUNT.match(rest) is None
    counted = any(char.isdigit() for char in rest)
    return not counted and ("、" in rest or len(bare(rest)) <= max(len(bare(name)) for name in names.names) + 2)


def _before(passage: Passage, figure: Figure) -> ListedCount | None:
    text = passage.text.value
    start = clause_start(text, figure.start)
    connects = _CONNECTS.search(text, start, figure.start)
    end = connects.start("word") if connects else figure.start
    word = connects["word"] if connects else ""
    noun = _AFTER_COUNT.match(text, figure.end)
    if word.startswith(("共", "合计", "总计")) and not text[start:end].strip() and noun is not None:
        return _inclause_before(passage, figure, start, noun["noun"])
    quoted = _QUOTED.search(text, start, end)
    if quoted:
        names: NameList | None = NameList(tuple(_QUOTE.findall(quoted.group())), unfinished="等" in word)
        start = quoted.start()
    else:
        names = list_of(text[start:end] + ("等" if "等" in word else ""))
    if names is None or noun is None or text[start : figure.start].rstrip().endswith(("和", "及", "与", "、")):
        return None  # 局机关、支队和 5 家直属单位: one of the list itself
    if _are_places(names) and figure.quantity.unit.name in THINGS_DONE:
        return None  # 甲县、乙县三项任务均未完成: the tasks are counted, not the counties
    called = noun["noun"][:4] or text[figure.end : figure.end + SHORT_NOUN]
    unit = figure.quantity.unit.name
    each = names_each(noun["noun"], unit) or _is_called(names, _whole_noun(text, figure, called))
    of_places = not noun["noun"] or unit in words("lists", "places") or noun["noun"].startswith(OF_PLACES)
    each = each or quoted is not None or (of_places and _are_places(names))
    if not each or not (_may_count(names, figure) or _is_whole(names, figure, clause_before(text, start))):
        return None
    return _claim(BEFORE, passage, figure, _Listing(names, start, end), None)


def _whole_noun(text: str, figure: Figure, noun: str) -> str:
    """The noun behind a count with the bracket in which it goes on: 4 个县（区）."""
    after = figure.end + len(text[figure.end :]) - len(text[figure.end :].lstrip()) + len(noun)
    bracket = text[after : after + SHORT_NOUN] if text[after : after + 1] in {"（", "("} else ""
    return noun + bracket.partition("）")[0].partition(")")[0]


def _inclause_before(passage: Passage, figure: Figure, start: int, noun: str) -> ListedCount | None:
    """执行率低于95%的有甲县、乙县、丙县，共3个: the names fill the clause before from its last verb on."""
    text = passage.text.value
    clause = clause_before(text, start)
    verbs = list(_HAS.finditer(clause))
    if not verbs or figure.quantity.unit.name in words("lists", "not_names"):
        return None
    first = start - 1 - len(clause) + verbs[-1].end()
    names = list_of(text[first : start - 1])
    if names is None or not names.is_plain or names.has_doubtful_joint or names.unfinished:
        return None
    ends = {bare(name)[-1:] for name in names.names}
    one_kind = names.is_of_one_kind or ends <= set(words("lists", "places"))
    near = abs(figure.quantity.value - names.least) <= NEAR
    alike = (
        not noun or names_each(noun, figure.quantity.unit.name) or _is_called(names, _whole_noun(text, figure, noun))
    )
    if not (one_kind and near and alike):
        return None
    return _claim(BEFORE, passage, figure, _Listing(names, first, start - 1), None)


def _is_called(names: NameList, noun: str) -> bool:
    """Whether the noun says what the names of places end in: 甲镇、乙乡 2 个乡镇."""
    ends = {bare(name)[-1:] for name in names.names}
    return all(end in noun and end in words("lists", "places") for end in ends)


def _are_places(names: NameList) -> bool:
    """Whether every name ends as the name of a place does: 青砚区、白鹭区、望岭县和松坪县 4 个."""
    last = _JOINED_LAST.split(bare(names.names[-1]))
    return {bare(name)[-1:] for name in (*names.names, *last)} <= set(words("lists", "places"))


_JOINED_LAST = Pattern(r"以及|[和及与]")


def _may_count(names: NameList, figure: Figure) -> bool:
    """Whether the list may hold as many as are stated."""
    stated = figure.quantity.value
    return names.least <= stated and (names.unfinished or stated <= names.most)


def _is_whole(names: NameList, figure: Figure, before: str) -> bool:
    """Whether a list plainly begins and ends where it seems to, and misses its count by little.

    A list that seems too long may begin later (加强学校、医院食品安全、消防两类检查), one that seems too
    short may go on from the clause before (水库维修、养护，渠道清淤、衬砌两类).
    """
    stated = figure.quantity.value
    if names.has_doubtful_joint or min(abs(stated - names.least), abs(stated - names.most)) > NEAR:
        return False
    goes_on = "、" in before and not any(char.isdigit() for char in before)
    if goes_on and not has_any(names.names[0], "lists", "opens"):
        return False
    if any(has_any(name, "lists", "two_in_one") for name in names.names):
        return False
    first, *others = names.names
    if not NameList(tuple(others), unfinished=False).is_plain or any(
        len(bare(name)) > LONGEST_BEFORE for name in others
    ):
        return False
    places = {bare(name)[-1:] for name in names.names} <= set(words("lists", "places"))
    opened = names.is_of_one_kind or places or has_any(first, "lists", "opens")
    return opened or (stated > names.most and len(bare(first)) <= max(len(bare(name)) for name in others) + NEAR)


LONGEST_BEFORE, LONGEST_PERSON = 14, 4
"""Characters of a name before a count, and of a person's."""
