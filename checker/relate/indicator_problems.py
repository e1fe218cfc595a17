"""Deductions with their reasons, and problems with the indicators that they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from checker.document import Document, Heading, Paragraph, Section
from checker.extract.patterns import Pattern
from checker.figure import Place
from checker.relate.indicator_places import SCORES, Side
from checker.relate.score_tree import ScoreTree
from checker.relate.score_values import ScoreRow
from checker.relate.spots import Spot, plain
from checker.relate.text_differences import bigrams
from checker.relate.vocabulary import listed
from checker.relation import Relation
from checker.relation.indicators import DeductionReason, NamedProblem, ProblemScore
from checker.verdict import Mention, Phrase, Role

REASONS = Phrase("评分表的“{column}”栏", "the column “{column}” of the score table")
NAMED = Phrase("结论列举的问题与问题章节", "the problems of the conclusion and the chapter on problems")
SCORED = Phrase("问题与其所指指标的得分", "a problem and the score of the indicator that it names")
MOST = (3, 4)
"""A column is used for reasons when at least this share of its rows uses it so."""
SHOWN = 6
LONG_NAME = 5

_LISTS = (
    Pattern(
        r"(?:存在|存在着|还存在|仍存在)(?P<list>[^。：:]{4,160}?)等(?:方面)?(?:的)?(?:一些)?(?:主要)?(?:问题|不足|现象)"
    ),
    Pattern(r"(?:主要问题|存在问题|存在的问题|问题主要)(?:有|是|为|包括|如下)?[：:](?P<list>[^。]{4,300})。"),
)
_LEAD = Pattern(r"^(?:[一二三四五六七八九十]是|[（(]?\d[)）.、]|[①-⑩]|但|部分|个别)+")


def find_reasons(tree: ScoreTree) -> Iterator[Relation]:
    """Points lost beside the cell that should say why."""
    table = tree.scores
    if table is None or not table.columns.process:
        return
    side = Side(table, SCORES)
    column = table.columns.process[-1]
    header = table.table.header[column]
    because = REASONS.filled(column=header)
    rows = [row for row in table.rows if row.score and row.weight and not row.damaged]
    lost = [row for row in rows if _lost(row)]
    full = [row for row in rows if not _lost(row)]
    if _mostly(lost, [row for row in lost if _reason(side, row, column)]):
        for row in lost:
            yield from _reasoned(because, side, row, column)
    only = header.partition("（")[0] in listed("indicators", "deduction_only")
    if only and _mostly(full, [row for row in full if not _reason(side, row, column)]):
        for row in full:
            yield from _reasoned(because, side, row, column)


def _reasoned(because: Phrase, side: Side, row: ScoreRow, column: int) -> Iterator[Relation]:
    if row.score and row.weight:
        yield DeductionReason(because, row.name, row.score, row.weight, _reason(side, row, column))


def _lost(row: ScoreRow) -> bool:
    return bool(row.score and row.weight and row.score.quantity.value < row.weight.quantity.value)


def _mostly(rows: Sequence[ScoreRow], some: Sequence[ScoreRow]) -> bool:
    return len(rows) > 1 and len(some) * MOST[1] >= len(rows) * MOST[0]


def _reason(side: Side, row: ScoreRow, column: int) -> Mention | None:
    """The reason, from any of the columns for it; None for a blank or a dash."""
    for at in (column, *side.table.columns.process):
        mention = side.cell(row.row, at, Role.RULE)
        if plain(mention.text.value).rstrip("。.") not in ("", *listed("indicators", "no_reason")):
            return mention
    return None


def find_problems(document: Document, tree: ScoreTree) -> Iterator[Relation]:
    """Problems of the conclusion in the chapter on problems, and the scores of the indicators they name."""
    chapter = _under(document, "chapter")
    named = list(_named(document, chapter))
    titles = list(_titles(document, chapter))
    treated = "|".join(
        plain(block.text.value)
        for block in document.blocks
        if isinstance(block, Heading | Paragraph) and block.section in chapter
    )
    if titles and treated:
        for problem, mention in named:
            subject = _subject(problem)
            if subject:
                told = _treats(treated, subject) or _has_its_counts(treated, problem)
                yield NamedProblem(NAMED, problem, mention, tuple(titles[:SHOWN]), told)
    found = [(plain(m.text.value), m) for m in (_stated(title) for title in titles)]
    yield from _scored(tree, [*named, *found])


def _titles(document: Document, chapter: set[int]) -> Iterator[Mention]:
    """The headings under the innermost section that is named for problems; those on measures stand beside it."""
    sections = document.sections
    named = [i for i in chapter if any(word in sections[i].title for word in listed("problems", "chapter"))]
    outer = {above.index for i in named for above in list(document.ancestors(i))[1:]}
    inner = set(named) - outer
    for block in document.blocks:
        if not isinstance(block, Heading) or block.section in inner:
            continue
        if any(above.index in inner for above in document.ancestors(block.section)):
            yield Mention.words(Role.OPERAND, block.text, Place(block.index, block.section))


def _stated(mention: Mention) -> Mention:
    return Mention(Role.STATED, mention.text, mention.start, mention.end, mention.place)


def _under(document: Document, purpose: str) -> set[int]:
    """The sections whose title, or that of one above, says what they are for."""

    def names(section: Section) -> bool:
        return any(word in section.title for word in listed("problems", purpose))

    return {s.index for s in document.sections[1:] if any(names(above) for above in document.ancestors(s.index))}


def _named(document: Document, chapter: set[int]) -> Iterator[tuple[str, Mention]]:
    """The problems that sentences of the conclusion list."""
    sections = _under(document, "conclusion") - chapter
    for block in document.paragraphs:
        if block.section not in sections or ("问题" not in block.text.value and "不足" not in block.text.value):
            continue
        spot = Spot(block.text, Place(block.index, block.section), block.kind)
        for pattern in _LISTS:
            for match in pattern.finditer(spot.plain):
                yield from _split(spot, *match.span("list"))


def _split(spot: Spot, start: int, end: int) -> Iterator[tuple[str, Mention]]:
    said = spot.plain[start:end]
    mark = "；" if "；" in said else ";" if ";" in said else "、"
    at = start
    for item in said.split(mark):
        lead = _LEAD.search(item)
        first = at + (lead.end() if lead else 0)
        if first < at + len(item):
            yield spot.plain[first : at + len(item)], spot.mention(Role.STATED, first, at + len(item))
        at += len(item) + 1


def _subject(problem: str) -> str:
    """What a problem is about: without its predicate and words that nothing turns on."""
    subject = problem.partition("，")[0].partition(",")[0]
    before = subject
    for word in listed("problems", "predicates"):
        subject = subject.replace(word, "")
    if subject == before:
        return ""
    for word in listed("problems", "generic"):
        subject = subject.replace(word, "|")
    return "|".join(part for part in subject.split("|") if len(part) > 1)


def _treats(text: str, subject: str) -> bool:
    pairs = {pair for part in subject.split("|") for pair in bigrams(part)}
    return 2 * sum(pair in text for pair in pairs) >= len(pairs)


_COUNT = Pattern(r"\d[\d.,]*\p{Han}")


def _has_its_counts(text: str, problem: str) -> bool:
    """Whether the chapter states what the problem counts, whatever it calls them: 8份…中有6份未按期完工."""
    counts = _COUNT.findall(problem.partition("，")[0])
    return len(counts) > 1 and all(count in text for count in counts)


def _scored(tree: ScoreTree, problems: Sequence[tuple[str, Mention]]) -> Iterator[Relation]:
    """Problems that name an indicator in full and say that something is wrong with it."""
    by_name: dict[str, list[ScoreRow]] = defaultdict(list)
    for row in tree.scores.rows if tree.scores else ():
        if len(row.name) >= LONG_NAME:
            by_name[row.name].append(row)
    for said, mention in problems:
        if not any(word in said for word in listed("problems", "predicates")):
            continue
        for name, rows in by_name.items():
            row = max(rows, key=_lost)
            if name in said and row.score and row.weight and not any(one.damaged for one in rows):
                yield ProblemScore(SCORED, name, mention, row.score, row.weight)
