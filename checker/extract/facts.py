"""What each stated figure is a fact of: a label, what kind of fact it is, and its year.

Two figures of one label may state one fact. A label is the noun phrase that the clause counts, or a
row's label with its column's header; words that say nothing (合计, 金额) and the body's own name are
left out, and what a voucher is cited with goes by the voucher. Words that make another fact of it
(年初, 调整, 计划, 目标) are kept apart as its ``manner``, those of the head of a list among them:
调整预算支出 6657 万元，其中：基本支出 1235 万元.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

from checker.document import Table
from checker.extract.figures import Passage, Reading
from checker.extract.leads import Kind, noun_of, period_in, plain, title_of
from checker.extract.measures import Measured, measured
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any, rows, words

SHORTEST, LONGEST = 2, 30
"""A label of fewer characters is no name, one of more is a sentence."""
KINDS = frozenset({"money", "count", "measure", "rate"})
_YEAR = Pattern(r"(?<!\d)(?P<year>20\d\d)(?=\s*年)")
_LIMIT = Pattern(
    r"(?:\d+|[一二两三四五六七八九十]+)(?:个?月|年|岁|天|户|亩|元|万元)(?:及|（含）)?(?:以上|以下|以内|以外)"
)
LONGEST_HEAD, LONGEST_SENTENCE = 40, 600
_BARE_YEAR = Pattern(r"20\d\d")
YEAR_HEADERS = ("年", "年度", "年份")
_OF_YEAR = Pattern(r"^20\d\d年度?(?=\p{Han}{2})")
_CODE = Pattern(r"^[A-Za-z]?\d+(?:[.．、-]\d+)*[.．、]?(?!月|季度|日)")
_BEHIND = Pattern(r"[（(][^（()）]*[）)]$")
_VOUCHER = Pattern(r"(?<!\d)(?P<number>\d{1,5})\s*号(?:记账|会计|付款|转账)?凭证")
_ORDINAL = Pattern(r"^(?:[一二三四五六七八九十]是|[①-⑳]|[(（]?\d{1,2}[)）.、])")
_EQUATION = Pattern(r"(?P<name>[^，。；;,：:=＝（()）\d、]{2,20})[=＝]")


class Fact(Struct, frozen=True):
    """A figure with what it states.

    ``title`` is its label for a message, ``sentence`` tells which figures stand together with it, ``whole``
    is the head of the list that it is a part of; ``parents`` are its sections, innermost first; ``row`` is
    the part of its label that names the row of its table. ``dated`` says that its own sentence, row or
    column names the year, and no words further off; ``caption`` is its table's.
    """

    figure: Figure
    label: str
    title: str
    manner: frozenset[str]
    year: int | None
    prior: bool
    sentence: tuple[int, int, int]
    whole: Figure | None = None
    parents: tuple[int, ...] = ()
    row: str = ""
    dated: bool = False
    caption: str = ""

    def is_beside(self, other: Fact) -> bool:
        """Whether two facts stand in sections side by side below a chapter: of two projects, two indicators."""
        mine, others = self.parents, other.parents
        return len(mine) == len(others) > 2 and mine[0] != others[0] and mine[1] == others[1]

    @property
    def base(self) -> str:
        """The base of the figure's unit."""
        return self.figure.quantity.unit.base


@lru_cache(maxsize=2)
def find_facts(reading: Reading) -> tuple[Fact, ...]:
    """Every figure of prose and tables that has a label, in reading order of each."""
    own = reading.document.title
    facts: list[Fact] = []
    for page in measured(reading):
        if page.passage.place.row is None or not _is_rule_text(page.passage, reading):
            facts += _Prose(reading, page.passage, own).facts(page.figures)
    return (*facts, *(fact for table in reading.document.tables for fact in _of_table(reading, table, own)))


@lru_cache(maxsize=4096)
def label_of(text: str, own: str) -> str:
    """The words of a measure that tell it from others; "" when none are left."""
    label = _ORDINAL.sub("", _BEHIND.sub("", _CODE.sub("", _OF_YEAR.sub("", "".join(text.split())))))
    label = _without_own(label, own)
    for word in _saying_nothing():
        label = label.replace(word, "")
    return label if SHORTEST <= len(label) <= LONGEST else ""


@cache
def _saying_nothing() -> tuple[str, ...]:
    """The words that do not tell one measure from others."""
    return (*words("facts", "empty"), *(word for word, _ in _manners()))


@cache
def _manners() -> tuple[tuple[str, str], ...]:
    """Each word that makes another fact of a measure, with the name of its manner."""
    return tuple((word, group[0]) for group in rows("facts", "manner") for word in group[1:])


def _without_own(label: str, own: str) -> str:
    """Without the reviewed body's name, as the title has it, in front."""
    for end in range(len(label) - SHORTEST, 1, -1):
        if label[:end] in own:
            return label[end:]
    return label


@lru_cache(maxsize=4096)
def manner_of(text: str) -> frozenset[str]:
    """The words of a text that make another fact of the same measure."""
    manners = {name for word, name in _manners() if word in text}
    return frozenset(manners | {word for word in words("facts", "scope") if word in text})


class _Prose:
    """A walk over the figures of a passage: the head of the list, and what was named last."""

    def __init__(self, reading: Reading, passage: Passage, own: str) -> None:
        section = passage.place.section
        self.passage, self.own = passage, own
        self.scope = _scope(reading, section)
        self.parents = tuple(above.index for above in reading.document.ancestors(section))
        self.years = [(m.start(), int(m["year"])) for m in _YEAR.finditer(passage.text.value)]
        self.names = _names_beside(reading, passage)
        self.head: Measured | None = None
        self.last = ("", "")

    def facts(self, figures: tuple[Measured, ...]) -> Iterator[Fact]:
        """Every figure that has a label."""
        for item in figures:
            whole = self.head if self._is_listed(item) else None
            if item.kind is Kind.LEVEL and not item.after_list_mark and item.lead.measure and item.based_kind != "rate":
                self.head = item
            named = None if _LISTS.search(item.words) else _named(item, self.passage)
            if named is not None and not item.figure.quantity.is_open and item.based_kind in KINDS:
                label = self._label(named, item)
                if label:
                    yield self._fact(item, named, label, whole)
                if label and whole is None:
                    self.last = (label, item.base)

    def _is_listed(self, item: Measured) -> bool:
        return item.after_list_mark and self.head is not None and self.head.sentence == item.sentence

    def _limit_before(self, item: Measured) -> set[str]:
        """两年以上欠租 119 户: the limit right before the words is a figure of its own."""
        before = self.passage.before(item.figure.start)
        if before is None or not before.quantity.is_open:
            return set()
        between = self.passage.text.value[before.end : item.figure.start].strip()
        return {before.raw.strip()} if between and between == item.words else set()

    def _head_of_list(self, item: Measured) -> str:
        """What stands before the colon of the sentence: 年度目标包括：新建 A 个；改造 B 个."""
        text, end = self.passage.text.value, item.figure.start
        since = max(0, end - LONGEST_SENTENCE)
        start = max(text.rfind(mark, since, end) for mark in "。！？\n") + 1
        colon = text.find("：", start, min(end, start + LONGEST_HEAD)) if start or not since else 0
        return text[start:colon] if colon > 0 else ""

    def _label(self, named: str, item: Measured) -> str:
        """The label; what goes on about the thing named last (计划治理河道 24 公里，实际治理 22 公里) takes its."""
        voucher = _VOUCHER.search(named + item.between)
        if voucher is not None and item.based_kind == "money":
            return f"{voucher['number'].lstrip('0')}号凭证"
        label, (last, base) = label_of(named, self.own), self.last
        label = next((name for name in self.names if label and name.endswith(label)), label)
        goes_on = base == item.base and last.startswith(label) and named.startswith(words("facts", "same_thing"))
        return last if goes_on else label

    def _fact(self, item: Measured, named: str, label: str, whole: Measured | None) -> Fact:
        place = self.passage.place
        context = named + item.between + (whole.words + whole.between if whole else "")
        manner = manner_of(context + self._head_of_list(item)) | self.scope | ({"由"} if item.lead.origin else set())
        manner |= {match.group() for match in _LIMIT.finditer(item.words)} | self._limit_before(item)
        year = item.lead.period.year
        dated = year is not None
        if year is None and not item.lead.origin:
            before = bisect_left(self.years, (item.figure.start,))
            named_at, year = self.years[before - 1] if before else (0, None)
            since = max(0, item.figure.start - LONGEST_SENTENCE)
            start = max(self.passage.text.value.rfind(mark, since, item.figure.start) for mark in "。；;")
            dated = year is not None and named_at > start
        return Fact(
            figure=item.figure,
            label=label,
            title=label if label == self.last[0] else title_of(named),
            manner=manner,
            year=year,
            prior=item.lead.period.prior or "上年" in context,
            sentence=(place.block, (place.row or 0) * 1000 + (place.column or 0), item.sentence),
            whole=whole.figure if whole else None,
            parents=self.parents,
            dated=dated,
        )


def _names_beside(reading: Reading, passage: Passage) -> tuple[str, ...]:
    """What a row names beside its wordy cell: its 满意度 86.29% is that of 社会公众满意度, not of all."""
    block, row = reading.document.blocks[passage.place.block], passage.place.row
    if row is None or not isinstance(block, Table):
        return ()
    return tuple(cell.value for cell in block.rows[row] if SHORTEST < len(cell.value) <= LONGEST)


_LISTS = Pattern(r"(?:分别|依次)[为是达有]?到?$")
"""Before the first of several figures, which is no more the label's than the others."""


def _named(item: Measured, passage: Passage) -> str | None:
    """The words that name a figure: its clause's measure, or the name that its formula begins with."""
    if item.kind is Kind.LEVEL:
        named = item.lead.measure if item.lead.origin else noun_of(item.words)
        return named if item.lead.measure and not item.lead.reached else None
    if (
        item.kind is not Kind.OPERAND
        or passage.text.value[item.figure.end : item.figure.end + 8].lstrip()[:1] in _SIGNS
    ):
        return None
    start = max(passage.text.value.rfind(mark, 0, item.figure.start) for mark in "。；\n") + 1
    before = passage.text.value[start : item.figure.start].rstrip()
    names = [m["name"] for m in _EQUATION.finditer(before)]
    return plain(names[0]) if names and before[-1:] in "=＝" else None


def _scope(reading: Reading, section: int, caption: str = "") -> frozenset[str]:
    """The level of government whose accounts the headings and the caption say they are, where it is not all (市级)."""
    titles = "\n".join([caption, *(above.title for above in reading.document.ancestors(section))])
    return frozenset(word for word in words("facts", "scope") if word in titles)


_SIGNS = frozenset("=＝≈÷/／×*+＋-－")


def _is_rule_text(passage: Passage, reading: Reading) -> bool:
    """Whether a cell holds criteria: what would be, not what is."""
    block = reading.document.blocks[passage.place.block]
    header = block.header[passage.place.column or 0] if isinstance(block, Table) else ""
    return any(has_any(header, "score", name) for name in ("criteria", "explanation")) or has_any(
        header, "facts", "rule_column"
    )


def _of_table(reading: Reading, table: Table, own: str) -> Iterator[Fact]:
    captioned = period_in(table.name)
    scope = _scope(reading, table.section, table.name)
    years = _years_of_rows(reading, table)
    shared = _shared_names(reading, table)
    for named, cell, figure in reading.named_figures(table):
        header = table.header[cell.column]
        text = named + header
        of_row = label_of(named, own)
        label = label_of(of_row + label_of(header, ""), "")
        if not label or figure.quantity.unit.kind not in KINDS or named in shared:
            continue
        period = period_in(header) if period_in(header).year else period_in(named)
        manner = (manner_of(text) or manner_of(table.name)) | scope
        spot = (table.index, cell.row, 0)
        own_year = period.year or years.get(cell.row)
        title, year = title_of(plain(text)), own_year or captioned.year
        yield Fact(
            figure,
            label,
            title,
            manner,
            year,
            period.prior,
            spot,
            row=of_row,
            dated=own_year is not None,
            caption=table.name,
        )


def _shared_names(reading: Reading, table: Table) -> frozenset[str]:
    """Names that stand last before the figures of several rows: 101路 | 甲公司, 106路 | 甲公司."""
    rows: dict[str, set[int]] = {}
    for named, cell, _ in reading.named_figures(table):
        rows.setdefault(named, set()).add(cell.row)
    return frozenset(name for name, its in rows.items() if len(its) > 1 and name)


def _years_of_rows(reading: Reading, table: Table) -> dict[int, int]:
    """The year of each row that a column of years gives as a bare number."""
    columns = [column for column, header in enumerate(table.header) if header in YEAR_HEADERS]
    found = {row[column].row: row[column].value for row in table.body for column in columns}
    return {row: int(value) for row, value in found.items() if _BARE_YEAR.fullmatch(value)}
