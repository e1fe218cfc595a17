"""Outline: contents page, numbering, captions, references."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation.outline import (
    CaptionedTable,
    CaptionSequence,
    HeadingSequence,
    ItemSequence,
    LevelStep,
    NextCaption,
    NumberSequence,
    Reference,
    SpokenSequence,
    TocMember,
    TocOrder,
    TocPage,
    TocTitle,
)
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity

MAY_BE_HIDDEN = Phrase("该形式可能读不出表格", "this form may hide the table")
BREAK = Phrase(
    "{name}：“{before}”之后为“{stated}”，{kind}",
    "{name}: “{before}” is followed by “{stated}”: {kind}",
)
REPEATED = Phrase("编号重复", "the number is used twice")
GAP = Phrase("编号不连续", "a number is left out")
BACKWARDS = Phrase("编号次序颠倒", "the numbers run backwards")


def judge_sequence(claim: NumberSequence) -> Iterator[Check]:
    """Pass when the numbers count up by one; else one failure for each break."""
    if not claim.breaks:
        yield claim.passed()
    for before, after in claim.breaks:
        kind = REPEATED if after.ordinal == before.ordinal else GAP if after.ordinal > before.ordinal else BACKWARDS
        mentions = (after.mention, before.mention)
        yield claim.failed(name=claim.name, before=before.written, stated=after.written, kind=kind, mentions=mentions)


@rule(
    "OUT001",
    "contents-page-number-wrong",
    subject=TocPage,
    severity=Severity.ERROR,
    title=Phrase("目录页码与正文不符", "a page number of the contents page is wrong"),
    fail=Phrase("目录“{title}”标为第 {printed} 页，{expected}", "contents: “{title}” on page {printed}, {expected}"),
)
def contents_page_number_wrong(claim: TocPage) -> Iterator[Check]:
    """A page number of the contents page is not where the heading stands.

    Printed numbers may be off from the file's pages by one constant (cover, contents), so only an
    entry that leaves the offset of the others fails; where pages are not known, one that is out of order.
    """
    if claim.holds:
        yield claim.passed()
    else:
        yield claim.failed(title=claim.title, printed=claim.printed, expected=claim.expected)


@rule(
    "OUT002",
    "contents-title-differs",
    subject=TocTitle,
    severity=Severity.ERROR,
    title=Phrase("目录标题与正文标题不符", "a title of the contents page differs from its heading"),
    fail=Phrase("目录为“{listed}”，正文标题为“{computed}”", "the contents say “{listed}”, the heading “{computed}”"),
)
def contents_title_differs(claim: TocTitle) -> Iterator[Check]:
    """A title in the contents page is not worded as its heading.

    White space, punctuation, leader dots and a weight behind the heading are of no matter.
    """
    if claim.same:
        yield claim.passed()
    else:
        yield claim.failed(listed=claim.listed, computed=claim.printed)


@rule(
    "OUT003",
    "contents-entry-unmatched",
    subject=TocMember,
    severity=Severity.ERROR,
    title=Phrase("目录与正文标题不对应", "an entry of the contents page has no heading, or a heading no entry"),
    fail=Phrase("“{title}”见于{where}，{other}没有", "“{title}” stands in {where}, but not in {other}"),
)
def contents_entry_unmatched(claim: TocMember) -> Iterator[Check]:
    """An entry of the contents page has no heading, or a heading of a listed level has no entry."""
    if claim.found:
        yield claim.passed()
    else:
        yield claim.failed(title=claim.title, where=claim.where, other=claim.other)


@rule(
    "OUT004",
    "contents-order-differs",
    subject=TocOrder,
    severity=Severity.ERROR,
    title=Phrase("目录次序与正文不符", "the contents page is in another order than the headings"),
    fail=Phrase("目录与正文次序不同：{titles}", "in another place than in the contents: {titles}"),
)
def contents_order_differs(claim: TocOrder) -> Iterator[Check]:
    """The headings stand in another order than in the contents page."""
    if claim.moved:
        yield claim.failed(titles=claim.titles)
    else:
        yield claim.passed()


@rule(
    "OUT005",
    "heading-numbers-broken",
    subject=HeadingSequence,
    severity=Severity.ERROR,
    title=Phrase("标题编号重复或不连续", "heading numbers repeat or jump"),
    fail=BREAK,
)
def heading_numbers_broken(claim: HeadingSequence) -> Iterator[Check]:
    """Headings side by side in one section have a number twice, or leave one out."""
    yield from judge_sequence(claim)


@rule(
    "OUT006",
    "heading-level-skipped",
    subject=LevelStep,
    severity=Severity.INFO,
    title=Phrase("标题层级跳跃", "a heading level is skipped"),
    fail=Phrase(
        "“{number}{title}”直接位于上级标题之下，本报告他处两级之间另有一级",
        "“{number}{title}” stands right under its heading; elsewhere the report has a level between the two",
    ),
)
def heading_level_skipped(claim: LevelStep) -> Iterator[Check]:
    """A heading leaves out a level that the other chapters of the report have."""
    if claim.skipped:
        yield claim.failed(number=claim.number, title=claim.title)
    else:
        yield claim.passed()


@rule(
    "OUT007",
    "caption-numbers-broken",
    subject=CaptionSequence,
    severity=Severity.ERROR,
    title=Phrase("图表编号重复或不连续", "caption numbers repeat or jump"),
    fail=BREAK,
)
def caption_numbers_broken(claim: CaptionSequence) -> Iterator[Check]:
    """Two captions carry one number, or a number is left out."""
    yield from judge_sequence(claim)


@rule(
    "OUT008",
    "reference-without-target",
    subject=Reference,
    severity=Severity.ERROR,
    title=Phrase("引用的图表、附件或章节不存在", "a reference points to nothing"),
    fail=Phrase("文中引用“{written}”，报告中只有{known}", "the text refers to “{written}”; the report has {known}"),
)
def reference_without_target(claim: Reference) -> Iterator[Check]:
    """The text refers to a table, a figure, an annex or a chapter that the report does not have.

    Where the report prints none of that kind the target may be a file of its own: not decided.
    """
    if claim.target:
        yield claim.passed()
    elif claim.doubt:
        yield claim.open(reason=claim.doubt)
    else:
        yield claim.failed(written=claim.written, known=claim.known)


@rule(
    "OUT009",
    "reference-names-another-caption",
    subject=NextCaption,
    severity=Severity.ERROR,
    title=Phrase("引用的表号与所指表格不符", "a sentence names another table than the one it speaks of"),
    fail=Phrase(
        "句中为“{written}”，所指表格为“{computed}”", "the sentence says “{written}”, the table it means is “{computed}”"
    ),
)
def reference_names_another_caption(claim: NextCaption) -> Iterator[Check]:
    """A sentence points to a table, the one below it or the one it tells of, by another number than the table's own."""
    if claim.written == claim.printed:
        yield claim.passed()
    else:
        yield claim.failed(written=claim.written, computed=claim.printed)


@rule(
    "OUT010",
    "caption-without-table",
    subject=CaptionedTable,
    severity=Severity.WARNING,
    title=Phrase("有表题而无表格", "a caption without a table"),
    fail=Phrase("“{written}”之下没有表格", "no table follows “{written}”"),
)
def caption_without_table(claim: CaptionedTable) -> Iterator[Check]:
    """A table's caption is followed by a heading or by another caption, with no table between."""
    if claim.follows:
        yield claim.passed()
    elif claim.follows is None:
        yield claim.open(reason=MAY_BE_HIDDEN)
    else:
        yield claim.failed(written=claim.written)


@rule(
    "OUT011",
    "list-numbers-broken",
    subject=ItemSequence,
    severity=Severity.ERROR,
    title=Phrase("列项编号重复或不连续", "the numbers of a list repeat or jump"),
    fail=BREAK,
)
def list_numbers_broken(claim: ItemSequence) -> Iterator[Check]:
    """The items of one list have a number twice, or leave one out."""
    yield from judge_sequence(claim)


@rule(
    "OUT012",
    "enumeration-unfinished",
    subject=SpokenSequence,
    severity=Severity.WARNING,
    title=Phrase("“一是”“二是”不完整", "an enumeration in words is not complete"),
    fail=BREAK,
    alone=Phrase("有“一是”而无“二是”", "“一是” (first) has no “二是” (second)"),
)
def enumeration_unfinished(claim: SpokenSequence) -> Iterator[Check]:
    """一是 stands without 二是, or an enumeration in words repeats or leaves out a number."""
    if claim.alone:
        yield claim.failed("alone", mentions=claim.mentions[:1])
    else:
        yield from judge_sequence(claim)


RULES = (
    contents_page_number_wrong,
    contents_title_differs,
    contents_entry_unmatched,
    contents_order_differs,
    heading_numbers_broken,
    heading_level_skipped,
    caption_numbers_broken,
    reference_without_target,
    reference_names_another_caption,
    caption_without_table,
    list_numbers_broken,
    enumeration_unfinished,
)
