"""Names and residue: variants of names and titles, copied paragraphs, what a template left behind."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation.wording import (
    BareDocumentNumber,
    CutSentence,
    DoubledWords,
    EmptyBrackets,
    LostUnit,
    MixedYears,
    NameSpelling,
    OpenChoice,
    Placeholder,
    QuoteSpelling,
    RepeatedParagraph,
    Spellings,
    StrangeName,
    Sweep,
    TitleSpelling,
)
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity

SPELLINGS = Phrase(
    "“{usual}”{count} 处，另写作{variants}",
    "“{usual}” stands {count} times, also written {variants}",
)


def judge_spellings(claim: Spellings) -> Iterator[Check]:
    """Pass when there is one way to write it; else name every variant with its count."""
    if not claim.variants:
        yield claim.passed()
        return
    variants = Phrase(claim.listing, claim.listing_en)
    yield claim.failed(usual=claim.usual.written, count=claim.usual.count, variants=variants)


def judge_sweep(claim: Sweep) -> Iterator[Check]:
    """Pass when nothing was found; else say what, and in how many places."""
    if claim.places:
        yield claim.failed(words=claim.words, places=len(claim.places), usual=claim.usual)
    else:
        yield claim.passed()


@rule(
    "TXT001",
    "name-of-body-varies",
    subject=NameSpelling,
    severity=Severity.WARNING,
    title=Phrase("单位名称写法不一致", "the name of the reviewed body varies"),
    fail=SPELLINGS,
)
def name_of_body_varies(claim: NameSpelling) -> Iterator[Check]:
    """A name of the reviewed body, full or short, is written otherwise in some places.

    The names come from the cover and from definitions (以下简称). A variant differs by a character or
    two inside the name and is far rarer; names of sister bodies differ in other ways.
    """
    yield from judge_spellings(claim)


@rule(
    "TXT002",
    "cited-title-varies",
    subject=TitleSpelling,
    severity=Severity.WARNING,
    title=Phrase("引用文件名称写法不一致", "the title of a cited document varies"),
    fail=SPELLINGS,
)
def cited_title_varies(claim: TitleSpelling) -> Iterator[Check]:
    """One document is cited in 《》 under titles that differ by a character or two.

    Titles that differ by a year, a number or a pair such as 预算 and 决算 are different documents.
    """
    yield from judge_spellings(claim)


@rule(
    "TXT003",
    "quotation-varies",
    subject=QuoteSpelling,
    severity=Severity.WARNING,
    title=Phrase("同一引文前后不一致", "one quotation is worded differently"),
    fail=SPELLINGS,
)
def quotation_varies(claim: QuoteSpelling) -> Iterator[Check]:
    """A quotation that stands in several places differs by a few characters."""
    yield from judge_spellings(claim)


@rule(
    "TXT004",
    "paragraph-copied-under-another-heading",
    subject=RepeatedParagraph,
    severity=Severity.WARNING,
    title=Phrase("段落与其他标题下的内容重复", "a paragraph is copied from under another heading"),
    fail=Phrase(
        "“{heading}”之下的段落与“{source}”之下的相同，且只涉及后者",
        "the paragraph under “{heading}” repeats the one under “{source}” and speaks of the latter only",
    ),
)
def paragraph_copied(claim: RepeatedParagraph) -> Iterator[Check]:
    """A paragraph repeats one from under another heading and does not speak of its own heading's subject.

    A chapter on problems that repeats the findings speaks of its subject, and passes.
    """
    if claim.source:
        yield claim.failed(heading=claim.heading, source=claim.source_heading)
    else:
        yield claim.passed()


@rule(
    "TXT005",
    "words-doubled",
    subject=DoubledWords,
    severity=Severity.WARNING,
    title=Phrase("词语或标签重复", "words or labels stand twice in a row"),
    fail=Phrase("“{words}”词语重复（{places} 处）", "“{words}”: words doubled ({places} place(s))"),
)
def words_doubled(claim: DoubledWords) -> Iterator[Check]:
    """A label or a longer word stands twice in a row (其中：基本支出：基本支出)."""
    yield from judge_sweep(claim)


@rule(
    "TXT006",
    "year-called-last-year",
    subject=MixedYears,
    severity=Severity.WARNING,
    title=Phrase("年份与“去年”并用", "a clause names a year and calls it last year"),
    fail=Phrase("“{words}”既写年份又称“去年”（{places} 处）", "“{words}”: this year or last year? ({places} place(s))"),
)
def year_called_last_year(claim: MixedYears) -> Iterator[Check]:
    """A clause names the reported year and goes on with 去年, without comparing the two."""
    yield from judge_sweep(claim)


@rule(
    "TXT007",
    "choice-not-made",
    subject=OpenChoice,
    severity=Severity.WARNING,
    title=Phrase("模板选项未取舍", "a choice of the template was not made"),
    fail=Phrase("“{words}”未作取舍（{places} 处）", "“{words}”: the choice was not made ({places} place(s))"),
)
def choice_not_made(claim: OpenChoice) -> Iterator[Check]:
    """The template's alternatives, 增加（减少）, still stand before a figure."""
    yield from judge_sweep(claim)


@rule(
    "TXT008",
    "placeholder-not-filled",
    subject=Placeholder,
    severity=Severity.WARNING,
    title=Phrase("模板占位未填写", "a placeholder was not filled"),
    fail=Phrase("占位“{words}”未填写（{places} 处）", "the placeholder “{words}” was not filled ({places} place(s))"),
)
def placeholder_not_filled(claim: Placeholder) -> Iterator[Check]:
    """A placeholder of the template (XX, ××, ____) still stands where a name or a figure belongs."""
    yield from judge_sweep(claim)


@rule(
    "TXT009",
    "brackets-empty",
    subject=EmptyBrackets,
    severity=Severity.WARNING,
    title=Phrase("括号或引号内无内容", "brackets or quotation marks are empty"),
    fail=Phrase("“{words}”内无内容（{places} 处）", "nothing inside “{words}” ({places} place(s))"),
)
def brackets_empty(claim: EmptyBrackets) -> Iterator[Check]:
    """Brackets, quotation marks or title marks hold nothing."""
    yield from judge_sweep(claim)


@rule(
    "TXT010",
    "sentence-cut-off",
    subject=CutSentence,
    severity=Severity.WARNING,
    title=Phrase("句子不完整", "a sentence is cut off"),
    fail=Phrase("“{words}”句子不完整（{places} 处）", "“{words}”: the sentence is cut off ({places} place(s))"),
)
def sentence_cut_off(claim: CutSentence) -> Iterator[Check]:
    """A sentence ends on a word that cannot end one (和, 以及, 过程中的) or after its preamble only."""
    yield from judge_sweep(claim)


@rule(
    "TXT011",
    "unit-missing",
    subject=LostUnit,
    severity=Severity.WARNING,
    title=Phrase("数字缺少单位或百分号", "a figure lacks its unit or per cent sign"),
    fail=Phrase(
        "“{words}”之后缺少“{usual}”（{places} 处）", "“{usual}” is missing after “{words}” ({places} place(s))"
    ),
)
def unit_missing(claim: LostUnit) -> Iterator[Check]:
    """A figure stands without the unit or the per cent sign that its neighbours in the sentence have."""
    yield from judge_sweep(claim)


@rule(
    "TXT012",
    "document-number-without-year",
    subject=BareDocumentNumber,
    severity=Severity.WARNING,
    title=Phrase("引用文号不完整", "a cited document number is not complete"),
    fail=Phrase(
        "文号“{words}”没有年份（{places} 处）", "the document number “{words}” has no year ({places} place(s))"
    ),
)
def document_number_without_year(claim: BareDocumentNumber) -> Iterator[Check]:
    """A document is cited by a number without its year (党政机关公文处理工作条例: 机关代字、年份、发文顺序号)."""
    yield from judge_sweep(claim)


@rule(
    "TXT013",
    "name-of-another-body",
    subject=StrangeName,
    severity=Severity.WARNING,
    title=Phrase("疑似残留其他单位名称", "another body's name seems to be left in"),
    fail=Phrase(
        "“{stranger}”仅 {places} 处，别处均为“{usual}”",
        "“{stranger}” stands in {places} place(s) only; elsewhere it is “{usual}”",
    ),
)
def name_of_another_body(claim: StrangeName) -> Iterator[Check]:
    """A body or place that the report speaks of nowhere else stands where the name of its own belongs.

    It opens a clause that goes on as clauses of the reviewed body do, is of the same kind, or is given a
    department's budget of its own. Bodies that judge budgets and comparisons are left alone.
    """
    if claim.variants:
        stranger = claim.variants[0]
        yield claim.failed(stranger=stranger.written, places=stranger.count, usual=claim.usual.written)
    else:
        yield claim.passed()


RULES = (
    name_of_body_varies,
    cited_title_varies,
    quotation_varies,
    paragraph_copied,
    words_doubled,
    year_called_last_year,
    choice_not_made,
    placeholder_not_filled,
    brackets_empty,
    sentence_cut_off,
    unit_missing,
    document_number_without_year,
    name_of_another_body,
)
