"""Scores that the narrative gives in passing: a group's in the opening of its chapter, an indicator's beside its name.

A chapter by first-level indicators begins "该类指标权重 22%，得分 20.17 分" and goes on "资金到位及时性扣
0.5 分；预算执行率为 93%，得 3.72 分". Names return in other matters (another project's, the year
before), so what is found counts only where most of it agrees with the score table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from checker.document import Section
from checker.extract.awards import Award, AwardKind, find_awards, worth
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.relate.deductions import is_on_problems, taken_off_row
from checker.relate.joint_scores import shared_awards
from checker.relate.score_names import code_of, plain_name
from checker.relate.score_places import NARRATIVE, OF_ONE, SCORE_TABLE
from checker.relate.score_prose import OPENING, RULE_WORDS, is_of_others
from checker.relate.score_tree import ScoreTree
from checker.relate.score_values import ScoreRow, ScoreTable
from checker.relation import Relation, SameScore, SameWeight, ScoreAt, ScoreTotal
from checker.verdict import Phrase

OF_GROUP = Phrase(
    "正文中“{name}”的得分，与评分表中其下各项",
    "the narrative's score of “{name}”; what stands under it in the score table",
)
INCOMPLETE = Phrase("评分表中该组的得分不全", "the score table has not all scores of the group")

FEWEST, MOSTLY = 3, (2, 3)
"""So many scores must stand in the text, and so large a share of them agree, before one of them can be wrong."""
LINE = 30
"""Characters of an opening that is a name alone."""
_GIVEN = Pattern(r"\s*(?:标准|总|满)?(?:分值?|权重)[为是：:]?\s*\d[\d.]*\s*分?\s*[，,；;]\s*(?:评价|实际|实)?得")
SHORTEST = 4
"""Characters of an indicator's name in running text: shorter ones are words of the language."""

_PART = Pattern(r"[^。；;！？\n]+")
_SUFFIX = r"(?:一级|二级|三级)?(?:类|部分|方面|环节)?(?:指标)?"
_THIS = Pattern(r"\s*(?:该|本|此|这一?)(?:一级|二级|类|项|部分|方面)*(?:指标|部分|方面)")
_VERB = "完成|达|按|未|已|较|实际|实得|综合|评价|共|存在|因|由于|基本|目标|计划|应|满分|分值|权重|方面|\\d"
_AFTER_NAME = Pattern(_SUFFIX + rf"\s*(?:$|[（(，,：:为是得扣。.=]|{_VERB})")
_WEIGHT_SAID = Pattern(
    r"[”\"]?(?:指标)?\s*[，,：:（(]?\s*(?:(?P<word>分值|权重|满分|标准分)[为是：:]?\s*)?(?P<weight>\d+(?:\.\d+)?)\s*(?:(?P<points>分)|[%％])"
    r"(?:(?P<closed>\s*[）)])|(?P<goes_on>\s*[，,、]\s*(?:扣\s*[\d.]+\s*分\s*[，,]\s*)?(?:实际|评价|实)?得))?"
)
"""资金到位率（4分）, 资金到位率指标4分，得3.9分, 资金到位率满分4分."""
_QUOTES = str.maketrans("", "", '“”"『』「」')
_TITLE_END = Pattern(r"(?:一级|二级|三级)?(?:类|部分|方面)?(?:指标)?(?:得分|评价|绩效|完成)?(?:情况|结果)?(?:分析)?$")


class _Known(Struct, frozen=True):
    """A name of the score table with the rows that it stands for, and whether it is one row's own."""

    name: str
    rows: tuple[ScoreRow, ...]
    is_leaf: bool


class _Claim(Struct, frozen=True):
    relation: Relation
    agrees: bool


class _Part(Struct, frozen=True):
    """What stands between two marks: the indicator it begins with, the points it gives, the weight it states."""

    subject: _Known | None
    awards: list[Award]
    weight: Figure | None = None


def find_mentioned_scores(reading: Reading, tree: ScoreTree) -> Iterator[Relation]:
    """What the narrative says in passing of the scores of the one score table."""
    if tree.scores is None or tree.is_one_of_many:
        return
    known = _known(tree.scores)
    leaves = {row.name for row in tree.scores.rows}
    told: dict[int, list[str]] = defaultdict(list)
    for one in (node.narrated for node in tree.indicators):
        if one is not None:
            told[one.label.place.block].append(one.name)
    sections = {one.label.place.section for one in tree.told if one.label.is_heading and one.name in leaves}
    claims: list[_Claim] = []
    for passage in reading.passages:
        if passage.place.row is None and passage.place.section not in sections:
            own = told.get(passage.place.block, ())
            others = {key: one for key, one in known.items() if one.name not in own} if own else known
            claims += _claims(reading, passage, known, others)
            claims += _shared(reading, passage, others)
    agreeing = sum(claim.agrees for claim in claims)
    if len(claims) >= FEWEST and agreeing * MOSTLY[1] >= len(claims) * MOSTLY[0]:
        yield from (claim.relation for claim in claims)


def _known(table: ScoreTable) -> dict[str, _Known]:
    """The names of the score table that stand for one thing."""
    rows = {row.row: row for row in table.rows}
    found = [_Known(row.name, (row,), is_leaf=True) for row in table.rows if len(row.name) >= SHORTEST]
    groups = {group.path: group.rows for group in table.groups}  # a row of subtotals names its group again
    for path, numbers in groups.items():
        under = tuple(rows[number] for number in numbers if number in rows)
        if under and path[-1] not in {row.name for row in under}:
            found.append(_Known(path[-1], under, is_leaf=False))
    times = Counter(one.name for one in found)
    known = {one.name: one for one in found if one.name and times[one.name] == 1}
    by_code = {row.code: _Known(row.name, (row,), is_leaf=True) for row in table.rows if row.code and row.name}
    return known | by_code  # A12扣0.5分


def _claims(
    reading: Reading, passage: Passage, known: Mapping[str, _Known], others: Mapping[str, _Known]
) -> Iterator[_Claim]:
    """What each part of a passage gives the one indicator that it begins with, but for that which it is headed by."""
    text = passage.text.value
    awards = find_awards(passage)
    if not awards or is_of_others(reading, passage):
        return
    parts: list[_Part] = []
    for number, match in enumerate(_PART.finditer(text)):
        its = [award for award in awards if match.start() <= award.figure.start < match.end()]
        subject = _subject(text[match.start() : its[0].figure.start if its else match.end()], known)
        if subject is None and number == 0 and _THIS.match(text):
            subject = _of_heading(reading.document.sections[passage.place.section], known)
        if subject is None and number == 1 and _GIVEN.match(match[0]) and not parts[0].awards and match.start() <= LINE:
            subject = parts[0].subject  # 2.绩效目标（A2）。分值6分，得4.9分。
        weight = _weight_said(passage, match.start(), subject) if subject else None
        parts.append(_Part(subject, [] if any(word in match[0] for word in RULE_WORDS) else its, weight))
    for part, following in zip(parts, [*parts[1:], _Part(None, [])], strict=True):
        # 编制依据充分得 3 分；测算合理得 3 分: points for parts of the indicator, not its score
        subject = part.subject
        in_parts = subject is not None and subject.is_leaf and following.subject is None and bool(following.awards)
        if subject is None or subject not in others.values():
            continue
        if part.weight and subject.is_leaf:
            yield from _weighted(subject, part.weight)
        if part.awards and not in_parts:
            yield from _claimed(subject, part.awards, with_deductions=not is_on_problems(reading, passage))


def _shared(reading: Reading, passage: Passage, known: Mapping[str, _Known]) -> Iterator[_Claim]:
    """What several indicators get that the passage lists side by side."""
    if is_of_others(reading, passage):
        return
    leaves = {name: one.rows[0] for name, one in known.items() if one.is_leaf}
    for one in shared_awards(passage, leaves):
        row, kind = leaves[one.name], one.award.kind
        if row.damaged or row.score is None:
            continue
        if kind is AwardKind.DEDUCTION:
            if row.weight and not is_on_problems(reading, passage):
                off = taken_off_row(row, one.award.figure, row.weight, row.score)
                yield _Claim(off, off.left == row.score.quantity.value)
        elif (told := worth(one.award, row.weight)) is not None:
            places = (ScoreAt(told, NARRATIVE), ScoreAt(row.score, SCORE_TABLE))
            same = SameScore(OF_ONE.filled(name=one.name), one.name, places)
            yield _Claim(same, same.agree)


def _weight_said(passage: Passage, start: int, subject: _Known) -> Figure | None:
    """The weight right behind the name that a part of a passage begins with."""
    text = passage.text.value
    at = text.find(subject.name, start)
    match = _WEIGHT_SAID.match(text, at + len(subject.name)) if at >= 0 else None
    if match is None or not (match["word"] or (match["points"] and (match["closed"] or match["goes_on"]))):
        return None  # 预算执行率90.93%，得3.64分
    return next((one for one in passage.within(*match.span()) if one.start == match.start("weight")), None)


def _weighted(subject: _Known, weight: Figure) -> Iterator[_Claim]:
    row = subject.rows[0]
    if row.weight and not row.damaged:
        places = (ScoreAt(weight, NARRATIVE), ScoreAt(row.weight, SCORE_TABLE))
        same = SameWeight(OF_ONE.filled(name=subject.name), subject.name, places)
        yield _Claim(same, same.agree)


def _subject(before: str, known: Mapping[str, _Known]) -> _Known | None:
    """The indicator that a part of a sentence begins with, if it names no other."""
    code = code_of(before)
    if code in known:
        return known[code]
    opening = OPENING.sub("", before.translate(_QUOTES)).lstrip("，,、 　").removeprefix("其中").lstrip("，,：: ")
    first = max((name for name in known if opening.startswith(name)), key=len, default="")
    if not first or not _AFTER_NAME.match(opening, len(first)):
        return None
    rest = opening[len(first) :]
    return None if any(len(name) >= SHORTEST and name in rest for name in known) else known[first]


def _of_heading(section: Section, known: Mapping[str, _Known]) -> _Known | None:
    """The group that a chapter is named after."""
    return known.get(plain_name(_TITLE_END.sub("", plain_name(section.title))))


def _claimed(subject: _Known, awards: Sequence[Award], *, with_deductions: bool) -> Iterator[_Claim]:
    """The score and the deduction; those in a chapter on problems are ``deductions``' own."""
    scores = [award for award in awards if award.kind is AwardKind.SCORE and award.percent is None]
    taken = [award for award in awards if award.kind is AwardKind.DEDUCTION]
    rows = [row for row in subject.rows if not row.damaged]
    parts = tuple(row.score for row in rows if row.score)
    if not parts or len(scores) > 1 or any(award.kind is AwardKind.FULL for award in awards):
        return
    total = sum(part.quantity.value for part in parts)
    weights = [row.weight.quantity.value for row in rows if row.weight]
    if scores and len(weights) == len(rows) and scores[0].figure.quantity.value > sum(weights):
        return  # 满意度…三类合并计算为 83.66 分: the survey's, out of a hundred
    if scores and subject.is_leaf:
        places = (ScoreAt(scores[0].figure, NARRATIVE), ScoreAt(parts[0], SCORE_TABLE))
        same = SameScore(OF_ONE.filled(name=subject.name), subject.name, places, None)
        yield _Claim(same, scores[0].figure.quantity.value == total)
    elif scores:
        doubt = None if len(parts) == len(subject.rows) else INCOMPLETE
        because = OF_GROUP.filled(name=subject.name)
        whole = ScoreTotal(because, scores[0].figure, (parts,), subject.name, doubt, NARRATIVE)
        yield _Claim(whole, whole.holds)
    weight = rows[0].weight
    if len(taken) == 1 and subject.is_leaf and weight and with_deductions:
        off = taken_off_row(rows[0], taken[0].figure, weight, parts[0])
        yield _Claim(off, off.left == total)
