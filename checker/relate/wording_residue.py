"""What a template or a hasty edit left behind: doubled words, open choices, blanks, cut sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from checker.extract.patterns import Match, Pattern
from checker.relate.spots import Spot
from checker.relate.vocabulary import alternatives, listed
from checker.relate.wording_corpus import Corpus, first_mention
from checker.relation.wording import (
    BareDocumentNumber,
    CutSentence,
    DoubledWords,
    EmptyBrackets,
    MixedYears,
    OpenChoice,
    Placeholder,
    Sweep,
)
from checker.verdict import Mention, Phrase, Role

SEARCHED = Phrase("通篇查找{what}", "the whole report searched for {what}")

_UP, _DOWN = alternatives("residue", "up"), alternatives("residue", "down")
_CHOICE = rf"(?:(?:{_UP})[(/](?:{_DOWN})|(?:{_DOWN})[(/](?:{_UP}))[)]?"


class Search(Struct, frozen=True):
    """One kind of residue: where it is looked for, its patterns, what speaks against a match.

    No match runs over a line end: all texts are searched as one.
    """

    subject: type[Sweep]
    what: Phrase
    patterns: tuple[Pattern, ...]
    kinds: frozenset[str] = frozenset({"prose", "heading"})
    spares: Callable[[Spot, Match], bool] = lambda _spot, _match: False
    joined: bool = False
    reach: int = 0
    unpaged: tuple[Pattern, ...] = ()


def _questionnaire(spot: Spot, match: Match) -> bool:
    """Several empty brackets in one paragraph are boxes to tick; f() is no bracket of prose, nor is a quoted one."""
    if spot.plain[: match.start()].endswith("“") and spot.plain.startswith("”", match.end()):
        return True  # 指标名称以“【】”标示
    return spot.plain.count(match[0]) > 1 or spot.plain[max(0, match.start() - 1) : match.start()].isascii()


def _over_a_tab(spot: Spot, match: Match) -> bool:
    """得分率 and 得分率位次 are two columns of a table whose cells tabs part."""
    return "\t" in spot.mention(Role.STATED, match.start(), match.end()).said


def _compares(_spot: Spot, match: Match) -> bool:
    return any(word in match["gap"] for word in listed("residue", "compare"))


def _whole_word(spot: Spot, match: Match) -> bool:
    return spot.plain[: match.end("end")].endswith(listed("residue", "dangling_allowed"))


def _named_in_full(spot: Spot, match: Match) -> bool:
    """Whether the paragraph has the whole number, year and all: 〔2021〕17号 ……，其中17号文."""
    return f"]{match['number']}号" in spot.plain[: match.start()]


EVERYWHERE = frozenset({"prose", "heading", "cell", "caption"})

SEARCHES = (
    Search(
        DoubledWords,
        Phrase("重复的词语和标签", "doubled words and labels"),
        (
            Pattern(r"(?P<w>\p{Han}{2,10}):(?P=w)(?=\d)"),  # 基本支出：基本支出 706
            Pattern(r"(?P<w>(?:19|20)\d\d年度?)(?P=w)"),  # 2022年2022年
            Pattern(alternatives("residue", "doubled")),
        ),
        unpaged=(Pattern(r"(?P<w>\p{Han}{3,6})(?P=w)"),),  # 集聚区集聚区; columns of a page look so, too
        spares=_over_a_tab,
    ),
    Search(
        MixedYears,
        Phrase("年份与“去年”并用", "a year that is called last year"),
        (
            Pattern(
                r"(?<!\d)(?:19|20)\d\d年度?(?P<gap>[^，。；：、（）,;:()《》“”\d\n]{0,12})去年"
                rf"(?!{alternatives('residue', 'compare_after')})\p{{Han}}{{0,6}}"
            ),
        ),
        EVERYWHERE,
        _compares,
        joined=True,
    ),
    Search(
        OpenChoice,
        Phrase("未取舍的选项", "choices that were not made"),
        (Pattern(rf"{_CHOICE}(?=\p{{Han}}{{0,6}}[约了]?[\dXx×_])"),),
        joined=True,
    ),
    Search(
        Placeholder,
        Phrase("未填写的占位", "placeholders"),
        (Pattern(r"(?<![A-Za-z0-9×])(?:[Xx]{2,8}|×{2,8})(?![A-Za-z0-9×])\p{Han}{0,4}|_{3,}|＿{2,}|□{3,}"),),
        EVERYWHERE,
        joined=True,
    ),
    Search(
        EmptyBrackets,
        Phrase("没有内容的括号", "empty brackets"),
        (Pattern(r"\(\)|《》|“”|【】|\[\]"),),
        frozenset({"prose"}),
        _questionnaire,
    ),
    Search(
        CutSentence,
        Phrase("不完整的句子", "sentences that are cut off"),
        (
            Pattern(rf"(?<![^。；\n])(?:{alternatives('residue', 'preambles')})《[^《》\n]*》(?P<end>。)"),
            Pattern(rf"(?<=\p{{Han}}{{4}})(?P<end>{alternatives('residue', 'dangling')})[。；]"),
        ),
        frozenset({"prose", "cell"}),
        _whole_word,
        reach=9,
    ),
    Search(
        BareDocumentNumber,
        Phrase("没有年份的文号", "document numbers without a year"),
        (
            Pattern(
                r"(?:根据|按照|依据|依照|参照)?"
                r"(?<![\])]\p{Han}{0,3})(?P<said>\p{Han}{2,7}?第?(?P<number>[一二三四五六七八九十百]{1,4}|\d{1,4})号文)(?!件|号)"
            ),
        ),
        frozenset({"prose", "cell"}),
        _named_in_full,
    ),
)

MOST_BLANKS = 20
"""No report that is called finished has more blanks than this."""


def find_residue(corpus: Corpus, *, paged: bool, figures: int) -> Iterator[Sweep]:
    """Every kind of residue: one relation for each wording found, one where there is none.

    A document with more blanks than figures in its prose is a template: its blanks are no residue.
    """
    begin = first_mention(corpus)
    if begin is None:
        return
    hits = {search.subject: list(_hits(corpus, search, paged=paged)) for search in SEARCHES}
    hits[BareDocumentNumber] = [hit for hit in hits[BareDocumentNumber] if not _is_short_for(hit[0], corpus)]
    is_template = len(hits[Placeholder]) > max(figures, MOST_BLANKS)
    for search in SEARCHES:
        if is_template and search.subject in {Placeholder, OpenChoice}:
            continue
        because = SEARCHED.filled(what=search.what)
        found: dict[str, list[Mention]] = {}
        for words, mention in hits[search.subject]:
            first = next(iter(found), words) if search.joined else words
            found.setdefault(first, []).append(mention)
        for words, places in found.items():
            yield search.subject(because, begin, words, tuple(places))
        if not found:
            yield search.subject(because, begin)


def _is_short_for(words: str, corpus: Corpus) -> bool:
    """Whether the report says that the number is short for a document: 以下简称“64号文”."""
    number = _BARE_NUMBER.search(words)
    return number is not None and any(f"简称{mark}{number[0]}" in corpus.value for mark in ("“", '"', "为“", "《", ""))


_BARE_NUMBER = Pattern(r"[一二三四五六七八九十百\d]{1,4}号文$")


def _hits(corpus: Corpus, search: Search, *, paged: bool) -> Iterator[tuple[str, Mention]]:
    patterns = search.patterns if paged else (*search.patterns, *search.unpaged)
    for spot in corpus.matched(patterns):
        taken = -1
        for pattern in patterns if spot.kind in search.kinds else ():
            for match in pattern.finditer(spot.plain):
                if match.start() > taken and not search.spares(spot, match):
                    taken = match.end()
                    start, end = match.span("said" if "said" in match.groupdict() else 0)
                    start -= _words_before(spot.plain[max(0, start - search.reach) : start])
                    yield spot.words(start, end), spot.mention(Role.STATED, start, end)


def _words_before(text: str) -> int:
    """How many letters a text ends in."""
    return next((n for n, char in enumerate(reversed(text)) if not char.isalpha()), len(text))
