"""The narrative of the indicators: the heading or opening words that name one, its weight, its score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from checker.document import Section
from checker.extract.awards import Award, AwardKind, final_award, find_awards, worth
from checker.extract.clauses import Span, sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import words
from checker.relate.score_names import NAME_WEIGHT, code_of, opening_score, plain_name, weight_and_score

OPENING = Pattern(
    r"^\s*(?:[（(]?\d{1,2}[)）.、．]|[①-⑳]|[A-Za-z]\d+[\s.、]*|[【\[〔（(][A-Za-z]{1,2}\d[\d.\-]*[】\]〕）)])?\s*【?"
)
OPENING_REACH = 40
_BEHIND_NAME = Pattern(
    r"(?<=^[\s。；;\-•]*(?:指标[一二三四五六七八九十\d]{1,3}[：:、]\s*)?[A-Za-z\d.、\s]{0,8}[\p{Han}“”]{3,24})\s*"
    r"(?:[（(](?:分值|权重)?[：:]?\s*\d+(?:\.\d+)?\s*分\s*[）)]|\d+(?:\.\d+)?\s*分\s*(?=[：:]))"
)
_NEXT = Pattern(r"[。；;]\s*(?=[【\[〔A-Za-z\p{Han}“\"])")


class Narrated(Struct, frozen=True):
    """One indicator in the narrative: where it is named, its weight, the award its text ends with."""

    name: str
    parents: tuple[str, ...]
    label: Passage
    weight: Figure | None
    award: Award | None
    several: bool = False
    code: str = ""
    taken: tuple[Figure, ...] = ()
    """The deductions that the paragraph of the award makes before it, nothing else between."""
    span: Span | None = None
    """The part of the label's paragraph that tells it, where the paragraph tells several."""

    @property
    def score(self) -> Figure | None:
        """The score that the narrative gives, None where it gives none or leaves it open."""
        return worth(self.award, self.weight) if self.award else None


def find_narrated(reading: Reading, names: Iterable[str], codes: Collection[str] = ()) -> list[Narrated]:
    """The indicators of these names in the narrative, in reading order.

    An indicator is told under a heading of its name, under a line that is nothing but its name, or in a
    paragraph that opens with it.
    """
    known = set(names)
    headed = list(_headed(reading, known))
    told = {one.name for one in headed}
    lined = list(_lined(reading, known - told))
    told |= {one.name for one in lined}
    opened = _opened(reading, known - told, codes)
    return sorted((*headed, *lined, *opened), key=lambda one: one.label.place.block)


def _headed(reading: Reading, known: set[str]) -> Iterator[Narrated]:
    """Sections named after an indicator, and their like: those of the same chapter and level with a score."""
    sections = reading.document.sections
    named = [s for s in sections[1:] if plain_name(s.title) in known]
    like = {(_chapter(reading, s), s.level) for s in named}
    for section in sections[1:]:
        if (_chapter(reading, section), section.level) not in like:
            continue
        passages = reading.in_section(section.index)
        label = next((p for p in passages if p.is_heading), None)
        if label is None:
            continue
        name = plain_name(section.title)
        parents = tuple(plain_name(s.title) for s in reading.document.ancestors(section.index))[1:]
        one = _narrated(name, parents, label, [p for p in passages if not p.is_heading])
        if name in known or (one.weight and one.award):
            yield one


def _chapter(reading: Reading, section: Section) -> int:
    """The index of the top section that a section stands in."""
    return [s.index for s in reading.document.ancestors(section.index)][:-1][-1]


def _lined(reading: Reading, known: set[str]) -> Iterator[Narrated]:
    """Lines that are an indicator's name, with its code or weight at most, and the paragraphs up to the next one."""
    prose = [passage for passage in reading.passages if passage.place.row is None]
    starts = [at for at, passage in enumerate(prose) if passage.is_heading or _is_name(passage, known)]
    for start, end in pairwise([*starts, len(prose)]):
        label, body = prose[start], prose[start + 1 : end]
        if label.is_heading or not body:
            continue
        above = reading.document.ancestors(label.place.section)
        one = _narrated(plain_name(label.text.value), tuple(plain_name(s.title) for s in above), label, body)
        if one.award is not None or one.several:
            yield one


def _is_name(passage: Passage, known: set[str]) -> bool:
    return len(passage.text.value) <= OPENING_REACH and plain_name(passage.text.value) in known


def _opened(reading: Reading, known: set[str], codes: Collection[str]) -> Iterator[Narrated]:
    by_start: dict[str, list[str]] = defaultdict(list)
    for name in known:
        by_start[name[:2]].append(name)
    for passage in reading.passages:
        if passage.place.row is not None or passage.is_heading or is_of_others(reading, passage):
            continue
        name = _opening_name(passage.text.value, by_start) or _coded_name(passage.text.value, codes)
        parents = tuple(plain_name(s.title) for s in reading.document.ancestors(passage.place.section))
        starts = [(0, name), *_told_on(passage.text.value, by_start, codes)] if name else []
        for (start, one), (end, _) in pairwise([*starts, (len(passage.text), "")]):
            if one and any(a.kind is not AwardKind.DEDUCTION for a in _awards_in(passage, start, end)):
                yield _narrated(one, parents, passage, [passage], start, end)


def is_of_others(reading: Reading, passage: Passage) -> bool:
    """Whether a chapter is about another evaluation: the unit's own, or that of the year before."""
    titles = [section.title for section in reading.document.ancestors(passage.place.section)]
    return any(word in title for title in titles for word in OTHERS)


OTHERS = ("自评", "上年", "上一年", "往年", "以前年度", "以往", "历年")


def _told_on(text: str, by_start: dict[str, list[str]], codes: Collection[str]) -> Iterator[tuple[int, str]]:
    """Sentences inside a paragraph that begin with another indicator, its weight or score: …。安全事故数（3分），…."""
    for match in _NEXT.finditer(text):
        behind = text[match.end() : match.end() + OPENING_REACH]
        name = _opening_name(behind, by_start) or _coded_name(behind, codes)
        if name or _WEIGHED_NAME.match(behind):
            yield match.end(), name  # 预算执行率（10分）…: another one, under a name that no table has


_WEIGHED_NAME = Pattern(r"[\p{Han}“”]{3,16}[（(](?:权重|分值)?[：:]?\d{1,2}(?:\.\d+)?分[）)]")


def _awards_in(passage: Passage, start: int, end: int) -> list[Award]:
    """The awards of a part of a passage, but for those of a rule that it prints."""
    found = [award for award in find_awards(passage) if start <= award.figure.start < end]
    text = passage.text.value
    return [one for one in found if not _RULE_OPENS.match(text, sentence_at(text, one.figure.start).start)]


_RULE_OPENS = Pattern(r"\s*(?:评分|计分|打分)?(?:规则|标准|办法|细则)[：:为]")


def _coded_name(text: str, codes: Collection[str]) -> str:
    """The words between a known code and the first mark: the indicator under a name of its own."""
    code = code_of(text)
    if not code or code not in codes:
        return ""
    opening = text.strip()[len(code) : OPENING_REACH]
    end = min((opening.find(mark) for mark in "：:。，,（(【〔[" if mark in opening), default=-1)
    return plain_name(opening[:end]) if end > 0 else ""


def _opening_name(text: str, by_start: dict[str, list[str]]) -> str:
    opening = OPENING.sub("", text[:OPENING_REACH])
    boxed, closed, _ = opening.partition("】")  # 【资金到位率】四年应到位…
    plain = plain_name(boxed if closed else opening)
    found = [name for name in by_start.get(plain[:2], ()) if plain.startswith(name)]
    longest = max(found, key=len, default="")
    return longest if _ENDS_NAME.match(plain, len(longest)) else ""


_ENDS_NAME = Pattern(
    r"$|(?:这项|这一)?(?:指标)?[：:。，,(（.〔\[]|\d{1,2}(?:\.\d+)?分[：:]|(?:该项|本项|该指标)?(?:实际|评价)?(?:(?:扣[\d.]+分[，,])?得满?分?|满分|分值|权重)(?:为|：|:)?\d"
)
"""What may follow the name that a paragraph opens with: 债券投向合规性得满分2.00分."""


def _narrated(
    name: str,
    parents: tuple[str, ...],
    label: Passage,
    body: list[Passage],
    start: int = 0,
    end: int | None = None,
) -> Narrated:
    """An indicator by what its paragraphs say, or the part of one from ``start`` to ``end``."""
    awards = [a for passage in body for a in _awards_in(passage, start, len(passage.text) if end is None else end)]
    in_label = find_awards(label) if label not in body else ()
    weights = [a.figure for a in (*in_label, *awards) if a.kind is AwardKind.WEIGHT]
    weight = heading_weight(label) if label not in body else _opening_weight(label, start)
    scored = [a for a in awards if a.kind in {AwardKind.SCORE, AwardKind.FULL}] or [
        a for a in in_label if a.kind in {AwardKind.SCORE, AwardKind.FULL}
    ]
    scored = [a for a in scored if not _is_of_several(a)] or scored
    if sum(1 for passage in body if _gives_both(passage) or _OF_ITS_OWN.search(passage.text.value)) > 1:
        # each paragraph tells an indicator under this heading
        return Narrated(name, parents, label, weight, None, code=code_of(label.text.value[start:]))
    award = final_award(scored)
    code = code_of(label.text.value[start:])
    first = opening_score(label.text.value, start) if label in body else None
    award = next((one for one in scored if one.figure.start == first and one.figure.place == label.place), award)
    several = len(scored) > 1 and award is None
    bracket = weight_and_score(label, start)
    if bracket is not None:
        weight, award, several = bracket[0], Award(AwardKind.SCORE, bracket[1]), False
    taken = next((found for passage in body if (found := _taken(passage, award))), ())
    span = Span(start, end) if end is not None and (start, end) != (0, len(label.text)) else None
    if span is not None and not all(figure.start in span for figure in taken):
        taken = ()
    return Narrated(name, parents, label, weight or next(iter(weights), None), award, several, code, taken, span)


def _is_of_several(award: Award) -> bool:
    """Whether the sentence of an award sums up a group: 综上，效益部分12个指标合计得26.00分."""
    text, at = award.figure.text.value, award.figure.start
    return _OF_SEVERAL.search(text, sentence_at(text, at).start, at) is not None


_OF_SEVERAL = Pattern(r"\d+\s*[个项](?:[一二三四]级)?指标")


def _opening_weight(passage: Passage, start: int) -> Figure | None:
    """The weight in brackets right behind the name that a paragraph opens with: 考核执行规范性（4 分）：…."""
    match = _BEHIND_NAME.search(passage.text.value, start, start + OPENING_REACH + OPENING_REACH // 2)
    inside = passage.within(*match.span()) if match else ()
    return next((figure for figure in inside if figure.quantity.unit.kind == "score"), None)


_OF_ITS_OWN = Pattern(r"[该本]项?指标(?:实际|评价|最终)?(?:得满分|得分?|扣)")
"""How a paragraph ends that tells one indicator: 该指标得1.72分."""
RULE_WORDS = ("每", "各扣", "否则", "扣完为止", "酌情", "未达", "不符合的", "的扣", "则扣", "最多扣")
"""Words of a scoring rule: what it takes off is no deduction that was made."""


def _taken(passage: Passage, award: Award | None) -> tuple[Figure, ...]:
    return taken_off(passage) if award and award.figure.place == passage.place else ()


def taken_off(passage: Passage) -> tuple[Figure, ...]:
    """The deductions of a text that goes on to give the score and gives no other points: 扣 1 分，得 3 分."""
    awards = [a for a in find_awards(passage) if a.kind is not AwardKind.WEIGHT]
    taken = [a for a in awards if a.kind is AwardKind.DEDUCTION]
    if not taken or awards[:-1] != taken or awards[-1].kind is not AwardKind.SCORE:
        return ()
    values = [a.figure.quantity.value for a in taken]
    if len(values) > 2 and values[-1] == sum(values[:-1]):  # 扣 0.3 分，扣 1 分，共扣 1.3 分
        taken = taken[:-1]
    elif passage.text.value[: taken[-1].figure.start].rstrip("为 ").endswith(words("parts", "deducted")):
        taken = taken[-1:]  # 扣 0.5 分，两项合计扣 1 分: the other of the two stands in a paragraph before
    spans = [sentence_at(passage.text.value, a.figure.start) for a in taken]
    said = [passage.text.value[span.start : span.end] for span in spans]
    return () if any(word in text for text in said for word in RULE_WORDS) else tuple(a.figure for a in taken)


def _gives_both(passage: Passage) -> bool:
    """Whether a passage has a weight and a score of its own: it tells one of several indicators under a heading."""
    kinds = {award.kind for award in find_awards(passage)}
    return AwardKind.WEIGHT in kinds and bool(kinds & {AwardKind.SCORE, AwardKind.FULL})


def heading_weight(label: Passage) -> Figure | None:
    """The weight in brackets at the end of a heading: （4 分）, （分值 4 分，得 3 分）."""
    match = NAME_WEIGHT.search(label.text.value)
    if match is None:
        return None
    inside = [f for f in label.within(*match.span()) if f.quantity.unit.kind == "score"]
    return inside[0] if inside else None
