"""Weight, deductions, score and rate of score that the text gives together.

满分 10 分，扣 2 分，得 8 分; 得 13.1 分（满分 15 分，得分率 87.33%）; A 扣 1 分，B 扣 0.5 分，合计扣 1.5 分;
31 个三级指标共扣 21.2 分 beside the total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

from checker.extract.awards import Award, AwardKind, find_awards
from checker.extract.chinese import chinese_number
from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure, Place
from checker.phrases import words
from checker.relate.lost_shares import shares_of_lost
from checker.relate.score_names import plain_name
from checker.relate.score_prose import RULE_WORDS, taken_off
from checker.relate.score_rates import heading_awards, rates_of_scores
from checker.relate.score_tree import ScoreTree, build_score_tree
from checker.relate.score_values import ScoreRow
from checker.relate.stated_deductions import find_stated_deductions
from checker.relation import Deducted, ProseTotal, Relation
from checker.verdict import Phrase

IN_SENTENCE = Phrase("同一句给出分值、扣分与得分", "one sentence gives weight, deduction and score")
IN_NARRATIVE = Phrase("同一指标的分值、扣分与得分", "weight, deduction and score of one indicator")
ADDED_UP = Phrase("同一句逐项列出扣分并给出合计", "one sentence lists deductions and adds them up")
_ITEMS = Pattern(r"(?P<number>[两一二三四五六七八九十]{1,3})[项个处][^，,。；;]{0,6}$")
_OF_SEVERAL = Pattern(r"(?:[两二三四五六七八九十]{1,3}|\d{1,2})[项个](?:指标)?(?:一共|共计?|合计|累计|总共)扣分?$")
OF_ROW = Phrase(
    "文中该指标的扣分与评分表的分值、得分", "the indicator's deduction in the text, its weight and score in the table"
)
PART_OF_IT = Phrase("文中所说可能只是部分扣分", "the text may speak of a part of the deduction only")
OF_ALL = Phrase("文中全部三级指标的扣分与总得分", "what all indicators lost, beside the total score")
_LOWEST = ("三级指标", "四级指标", "指标")
IN_ROW = Phrase("同一行的分值、得分与说明中的扣分", "weight, score and the deduction in the explanation of one row")


def find_deductions(reading: Reading) -> Iterator[Relation]:
    """Every weight, deduction and score that a sentence, a narrative or a row of the score table gives together."""
    for relation in _all(reading):
        if not (isinstance(relation, Deducted) and relation.is_of_hundred and relation.weight.quantity.value != 100):
            yield relation


def _all(reading: Reading) -> Iterator[Relation]:
    tree = build_score_tree(reading)
    found = list(_found(reading, tree))
    yield from found
    scored = {(one.score.place, one.score.start) for one in found if isinstance(one, Deducted)}
    passages = {passage.place: passage for passage in reading.prose}
    for told in tree.told:
        score = told.award.figure if told.award else None
        if told.weight and score and (score.place, score.start) not in scored and score.place in passages:
            taken = _beside(passages[score.place], score)
            if taken:
                yield Deducted(IN_NARRATIVE, told.name, told.weight, taken, score)
                scored.add((score.place, score.start))
    later = list(_in_paragraphs(tree, passages, scored))
    yield from later
    scored |= {(one.score.place, one.score.start) for one in later}
    yield from find_stated_deductions(passages.values(), scored)
    for passage in passages.values():
        if "权重" in passage.text.value:
            yield from _of_percent(passage)


def _in_paragraphs(
    tree: ScoreTree, passages: Mapping[Place, Passage], scored: Collection[tuple[Place, int]]
) -> Iterator[Deducted]:
    """Paragraphs that open with weight and score and go on to the one deduction, where nearly all such agree."""
    found: list[Deducted] = []
    for told in tree.told:
        score = told.award.figure if told.award else None
        passage = passages.get(score.place) if score else None
        if score is None or told.weight is None or passage is None or (score.place, score.start) in scored:
            continue
        if told.weight.place != score.place or told.weight.start > score.start:
            continue
        taken = [
            a.figure for a in find_awards(passage) if a.kind is AwardKind.DEDUCTION and _is_made(passage, a.figure)
        ]
        taken = [one for one in taken if told.span is None or one.start in told.span]
        if len(taken) == 1 and taken[0].start > score.end and taken[0].quantity.value <= told.weight.quantity.value:
            found.append(Deducted(IN_NARRATIVE, told.name, told.weight, (taken[0],), score))
    agreeing = sum(one.left == one.score.quantity.value for one in found)
    if len(found) >= FEWEST and agreeing * MOSTLY[1] >= len(found) * MOSTLY[0]:
        yield from found


def _is_made(passage: Passage, taken: Figure) -> bool:
    """Whether a deduction was made, and is none that a rule would make."""
    span = sentence_at(passage.text.value, taken.start)
    return not any(word in passage.text.value[span.start : span.end] for word in RULE_WORDS)


FEWEST, MOSTLY = 4, (4, 5)
"""Paragraphs with one deduction, and the share of them that agree, before one of them can be wrong."""


def _of_percent(passage: Passage) -> Iterator[Deducted]:
    """预算编制完整性权重 3%，扣 1 分，得 2 分: a weight of so many points, written in per cent."""
    text = passage.text.value
    for weight, taken, score in zip(passage.figures, passage.figures[1:], passage.figures[2:], strict=False):
        if weight.quantity.unit.kind != "rate" or {taken.quantity.unit.kind, score.quantity.unit.kind} != {"score"}:
            continue
        led = text[max(0, weight.start - 3) : weight.start].rstrip("为是").endswith("权重")
        if (
            led
            and _TAKEN.search(text[weight.end : taken.start])
            and _THEN_SCORE.fullmatch(text[taken.end : score.start])
        ):
            yield Deducted(IN_SENTENCE, _label(passage, weight), weight, (taken,), score)


def _beside(passage: Passage, score: Figure) -> tuple[Figure, ...]:
    """The one deduction of an award, right before or behind its score: 每缺 1 项扣 0.3 分，扣 0.6 分，得 2.4 分."""
    text = passage.text.value
    for taken in passage.figures:
        between = text[taken.end : score.start] if taken.start < score.start else text[score.end : taken.start]
        pattern = _THEN_SCORE if taken.start < score.start else _THEN_TAKEN
        if not pattern.fullmatch(between) or taken.quantity.unit.kind != "score":
            continue
        lead = _clause(text, taken.start)
        if taken.start < score.start and (not _TAKEN.search(lead) or any(word in lead for word in RULE_WORDS)):
            continue
        since = text.rfind("得", 0, min(taken.start, score.start) - 1)
        others = [
            award
            for award in find_awards(passage)
            if award.kind is AwardKind.DEDUCTION and since < award.figure.start < min(taken.start, score.start)
        ]
        plain = [one for one in others if not any(word in _clause(text, one.figure.start) for word in RULE_WORDS)]
        return () if plain else (taken,)
    return ()


_THEN_SCORE = Pattern(
    r"\s*[，,；;。]?\s*(?:故|因此|最终|实际|评价|该指标|本指标|该项|本项|指标)*(?:得|得分为?|实得|计)\s*"
)
_THEN_TAKEN = Pattern(r"\s*[，,]\s*(?:共|合计|总共|累计)?(?:扣|扣减|扣除|扣分)\s*")
_TAKEN = Pattern(r"扣(?:减|除|分)?(?:为|共)?\s*$")


def _clause(text: str, end: int) -> str:
    """The words of a clause before an offset."""
    since = max(0, end - LONGEST_CLAUSE)
    start = max(text.rfind(mark, since, end) for mark in "，,；;。：:（(") + 1
    return text[max(since, start) : end]


def _found(reading: Reading, tree: ScoreTree) -> Iterator[Relation]:
    for passage in reading.prose:
        if any(word in passage.text.value for word in ("扣", "失", "得分率")):
            yield from _in_sentences(reading, passage, tree)
            yield from shares_of_lost(passage, tree)
    for passage in reading.passages:
        if passage.is_heading and "得分率" in passage.text.value:
            yield from rates_of_scores(passage, heading_awards(passage), 0, len(passage.text))
    for row in tree.scores.rows if tree.scores else ():
        if not row.damaged:
            yield from _in_row(row)
    for told in tree.told:
        score = told.award.figure if told.award else None
        if told.taken and told.weight and score and told.weight.place != score.place:
            yield Deducted(IN_NARRATIVE, told.name, told.weight, told.taken, score)


def _in_sentences(reading: Reading, passage: Passage, tree: ScoreTree) -> Iterator[Relation]:
    def sentence(award: Award) -> int:
        return sentence_at(passage.text.value, award.figure.start).start

    for start, group in groupby(find_awards(passage), key=sentence):
        end = sentence_at(passage.text.value, start).end
        awards = list(group)
        rules = [word for word in RULE_WORDS if word in passage.text.value[start:end]]
        if rules == ["每"]:  # 每个扣 0.5 分，权重 3%，扣 1 分，得 2 分: what is taken off for each is no award
            yield from _runs(
                passage, [one for one in awards if "每" not in _clause(passage.text.value, one.figure.start)]
            )
        elif not rules:
            yield from _runs(passage, awards)
            worth = heading_awards(passage) if "权重" in passage.text.value[start:end] else awards
            yield from rates_of_scores(passage, worth, start, end)
            yield from _taken_in_all(passage, awards, start, tree)
            if passage.place.row is None and is_on_problems(reading, passage):
                yield from _of_named(passage, awards, tree)


def _runs(passage: Passage, awards: list[Award]) -> Iterator[Deducted]:
    """A weight, then deductions and the score or the score and one deduction, nothing else between."""
    kinds = [award.kind for award in awards]
    for index, kind in enumerate(kinds):
        stop = index + 1
        while stop < len(kinds) and kinds[stop] is AwardKind.DEDUCTION:
            stop += 1
        scored = stop < len(kinds) and kinds[stop] is AwardKind.SCORE and awards[stop].percent is None
        if kind is not AwardKind.WEIGHT or not scored:
            continue
        taken = tuple(award.figure for award in awards[index + 1 : stop])
        last = awards[stop + 1].figure if kinds[stop + 1 :] == [AwardKind.DEDUCTION] else None
        if not taken and last is not None and not _OF_SEVERAL.search(_clause(passage.text.value, last.start)):
            taken = (last,)
        if taken:
            label = _label(passage, awards[index].figure)
            yield Deducted(IN_SENTENCE, label, awards[index].figure, taken, awards[stop].figure)


def _taken_in_all(passage: Passage, awards: list[Award], start: int, tree: ScoreTree) -> Iterator[Relation]:
    """A 扣 1 分，B 扣 0.5 分，合计扣 1.5 分; of all indicators: what the total lacks of its weight."""
    taken = [award.figure for award in awards if award.kind is AwardKind.DEDUCTION]
    if not taken:
        return
    said = passage.text.value[start : taken[-1].start]
    if not said.rstrip("：: 为").endswith(words("parts", "deducted")):
        return
    if any(_clause(passage.text.value, one.start).endswith(words("parts", "deducted")) for one in taken[:-1]):
        return  # 共扣 11.36 分，其中…合计扣 7.60 分: totals of several kinds
    total = tree.scores.total if tree.scores else None
    counted = _ITEMS.search(said)
    if counted and chinese_number(counted["number"]) != len(taken) - 1:
        return  # 四项合计扣 3 分 behind three of them: the first stands in a sentence before
    if len(taken) == len(awards) > 2 and not any(word in said for word in words("parts", "each")):
        claim = ProseTotal(ADDED_UP, taken[-1], (tuple(taken[:-1]),), "扣分")
        if claim.holds or "最" not in said:  # 扣分最多的…，扣分最少的…，合计扣 10.41 分: not of these two alone
            yield claim
    elif "最" in said:
        return  # 24 项指标中…；扣分最多的三项合计扣 6.20 分
    elif len(taken) == 1 and total and total.weight and total.score and _of_all(passage, start, taken[0], tree):
        yield Deducted(OF_ALL, "总得分", total.weight, (taken[0],), total.score)


def is_on_problems(reading: Reading, passage: Passage) -> bool:
    """Whether a passage stands in a chapter on problems: elsewhere an indicator's name may be another project's."""
    return any("问题" in section.title for section in reading.document.ancestors(passage.place.section))


def _of_named(passage: Passage, awards: list[Award], tree: ScoreTree) -> Iterator[Relation]:
    """预算编制科学性扣 0.5 分, in a chapter on problems: what the indicator of that name lost by the score table."""
    alone = Counter(node.name for node in tree.indicators)
    scored = {node.name: node.scored for node in tree.indicators if alone[node.name] == 1 and node.scored}
    for award in awards:
        row = scored.get(plain_name(passage.label(award.figure).removesuffix("扣")))
        if award.kind is AwardKind.DEDUCTION and row and row.weight and row.score and not row.damaged:
            yield taken_off_row(row, award.figure, row.weight, row.score)


def taken_off_row(row: ScoreRow, taken: Figure, weight: Figure, score: Figure) -> Deducted:
    """A deduction in the text beside a row's weight and score; where the row lost more, it may be a part of that."""
    lost = weight.quantity.value - score.quantity.value
    doubt = PART_OF_IT if taken.quantity.value < lost else None
    return Deducted(OF_ROW, row.name, weight, (taken,), score, doubt)


def _of_all(passage: Passage, start: int, taken: Figure, tree: ScoreTree) -> bool:
    """Whether a sentence counts all indicators of the lowest level before it says what they lost together."""
    counts = [f for f in passage.within(start, taken.start) if passage.text.value.startswith(_LOWEST, f.end)]
    return any(f.quantity.value == len(tree.indicators) for f in counts)


VAGUE = ("该指标", "该项", "本项", "此项", "本指标")


def _label(passage: Passage, weight: Figure) -> str:
    """What the weight is of: the words before it, or how the paragraph opens where these only point back."""
    said = passage.label(weight).removesuffix("满分").removesuffix("分值").removesuffix("权重")
    if said and not said.startswith(VAGUE):
        return said
    opening = passage.text.value[:LONGEST_OPENING]
    end = min((opening.find(mark) for mark in "：:，,。" if mark in opening), default=0)
    return opening[:end].strip() or said


LONGEST_OPENING, LONGEST_CLAUSE = 24, 60


def _in_row(row: ScoreRow) -> Iterator[Deducted]:
    for process in row.process:
        awards = find_awards(process)
        taken = tuple(award.figure for award in awards if award.kind is AwardKind.DEDUCTION)
        plain = len(taken) == len(awards) and not any(word in process.text.value for word in RULE_WORDS)
        plain = plain or (bool(taken_off(process)) and awards[-1].figure.number == (row.score and row.score.number))
        if row.weight and row.score and taken and plain:
            yield Deducted(IN_ROW, row.name, row.weight, taken, row.score)
