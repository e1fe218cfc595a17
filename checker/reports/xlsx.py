"""The findings as a workbook: 复核意见表 as review offices keep it, then figures, tables, score tree and ledger.

What comes from the report is written as text, exactly as it stands there, so that no cell can be
taken for a formula; only the ledger's counts are numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from checker.finding import Finding
from checker.reports.ledger import Chapter, Checked, chapters, checked_figures
from checker.reports.score_table import PLACES, ScoreLine, score_lines
from checker.reports.wording import LABELS, harmless, label_of, place, recomputation, spot, to_review
from checker.result import Result
from checker.verdict import Phrase

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_000
"""Characters of one cell; a workbook allows 32,767."""
SHOWN_QUOTES = 8
LINE_HEIGHT, HIGHEST = 15, 400
"""In points; programs that do not fit rows to wrapped text would show one line of each."""
FULL_WIDTH = "⺀"
"""The characters from here on are as wide as they are high."""
CHOICES = Phrase("已修改,属实待改,核实无误,不采纳", "corrected,to be corrected,verified as right,rejected")


class Column(Struct, frozen=True):
    """A column's heading and its width in characters."""

    name: Phrase
    width: int


REVIEW = (
    Column(Phrase("序号", "no."), 6),
    Column(Phrase("位置", "place"), 22),
    Column(Phrase("原文", "in the report"), 46),
    Column(Phrase("问题", "finding"), 40),
    Column(Phrase("重算", "recomputed"), 30),
    Column(Phrase("依据", "because"), 24),
    Column(Phrase("建议", "suggestion"), 20),
    Column(Phrase("处理意见", "decision"), 20),
)
FIGURES = (
    Column(Phrase("位置", "place"), 26),
    Column(Phrase("章节", "section"), 22),
    Column(Phrase("原文", "as written"), 22),
    Column(Phrase("数值", "number"), 16),
    Column(Phrase("单位", "unit"), 8),
    Column(Phrase("核对", "verdict"), 8),
    Column(Phrase("规则", "rules"), 26),
)
SCORES = (Column(Phrase("指标", "indicator"), 60), *(Column(name, 14) for name in PLACES))
LEDGER = (
    Column(Phrase("章节", "chapter"), 46),
    Column(Phrase("数字", "figures"), 10),
    Column(Phrase("核对相符", "pass"), 10),
    Column(Phrase("涉及不符", "in a contradiction"), 10),
    Column(Phrase("未决", "open"), 10),
    Column(Phrase("未核对", "unchecked"), 10),
)
SHEETS = (
    Phrase("复核意见表", "Review"),
    Phrase("数字", "Figures"),
    Phrase("表格", "Tables"),
    Phrase("计分树", "Scores"),
    Phrase("台账", "Ledger"),
)
TOTAL = Phrase("合计", "total")
UNNAMED = Phrase("（无表题）", "(no caption)")


def render(result: Result, language: str) -> bytes:
    """The workbook (.xlsx)."""
    from xlsxwriter import Workbook

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": harmless(result.document.title), "comments": result.document.sha256})
        writer = _Writer(book, language, harmless(result.document.title))
        figures = checked_figures(result)
        review = writer.listing(SHEETS[0], REVIEW, _review_rows(result, language))
        _choices(review, len(to_review(result)), language)
        writer.listing(SHEETS[1], FIGURES, (_figure_row(one, result, language) for one in figures))
        _tables(writer, result, language)
        lines = score_lines(result.reading)
        scores = writer.listing(SHEETS[3], SCORES, (_score_row(line) for line in lines))
        _mark_disagreeing(scores, lines, writer.marked)
        front = LABELS[language]["front"]
        writer.listing(SHEETS[4], LEDGER, _ledger_rows(chapters(result, figures, front), language))
    return out.getvalue()


class _Writer:
    """Lays out sheets: a frozen header with a filter, wrapped text, printing on landscape pages."""

    def __init__(self, book: Workbook, language: str, title: str) -> None:
        """``title`` is printed over each page."""
        self._book, self._language, self._title = book, language, title
        lines = {"border": 1, "border_color": "#BFC5CC", "valign": "top", "text_wrap": True}
        self.head = book.add_format({**lines, "bold": True, "bg_color": "#E8EDF3", "valign": "vcenter"})
        self.cell = book.add_format({**lines, "quote_prefix": True, "num_format": "@"})
        self.count = book.add_format({**lines, "num_format": "0"})
        self.marked = book.add_format({**lines, "quote_prefix": True, "num_format": "@", "bg_color": "#F9D2D0"})
        self.name = book.add_format({"bold": True, "quote_prefix": True})

    def sheet(self, name: Phrase) -> Worksheet:
        """An empty sheet, set up for printing."""
        sheet = self._book.add_worksheet(name.say(self._language))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        if self._title:
            sheet.set_header("&L" + self._title.replace("&", "&&")[:200])
        sheet.set_footer("&C&P / &N")
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet

    def listing(self, name: Phrase, columns: Sequence[Column], rows: Iterable[Sequence[str | int]]) -> Worksheet:
        """A sheet with one table from its first row on."""
        sheet = self.sheet(name)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.name.say(self._language), self.head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for index, value in enumerate(row):
                self.put(sheet, last, index, value)
            lines = max(_lines(str(value), column.width) for value, column in zip(row, columns, strict=True))
            sheet.set_row(last, min(lines * LINE_HEIGHT, HIGHEST))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        return sheet

    def put(self, sheet: Worksheet, row: int, column: int, value: str | int, style: Any = None) -> None:  # noqa: ANN401
        """A text as text, a count as a number."""
        if isinstance(value, int):
            sheet.write_number(row, column, value, style or self.count)
        else:
            sheet.write_string(row, column, harmless(value)[:LONGEST], style or self.cell)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a Chinese character is as wide as two letters."""
    return sum(1 + sum(2 if char > FULL_WIDTH else 1 for char in line) // width for line in text.split("\n"))


def _review_rows(result: Result, language: str) -> Iterator[Sequence[str | int]]:
    for number, finding in to_review(result):
        first = finding.evidence[0]
        yield (
            number,
            "\n".join(part for part in (spot(first, language), place(first, language)) if part),
            "\n".join(_quotes(finding, language)),
            f"{label_of(finding, language)} {finding.rule}\n{finding.message.say(language)}",
            recomputation(finding, language),
            finding.because.say(language),
            finding.suggestion.say(language) if finding.suggestion else "",
            "",
        )


def _quotes(finding: Finding, language: str) -> Iterator[str]:
    """The words at each place; where it is another one, with the place before them."""
    quotes = list(dict.fromkeys((spot(e, language), e.quote) for e in finding.evidence))
    for index, (where, words) in enumerate(quotes[:SHOWN_QUOTES]):
        yield f"【{where}】{words}" if index and where else words
    if len(quotes) > SHOWN_QUOTES:
        yield LABELS[language]["more"].format(len(quotes) - SHOWN_QUOTES)


def _choices(sheet: Worksheet, rows: int, language: str) -> None:
    if rows:
        source = CHOICES.say(language).split(",")
        rule = {"validate": "list", "source": source, "error_type": "information"}
        sheet.data_validation(1, len(REVIEW) - 1, rows, len(REVIEW) - 1, rule)


def _figure_row(one: Checked, result: Result, language: str) -> Sequence[str]:
    figure, label = one.figure, LABELS[language]
    where = figure.location
    parts = [label["page"].format(where.page)] if where.page is not None else []
    parts += [label["line"].format(where.line)] if where.line is not None else []
    if figure.place.row is not None and figure.place.column is not None:
        parts.append(label["cell"].format(figure.place.row + 1, figure.place.column + 1))
    return (
        " · ".join(parts),
        result.document.sections[figure.place.section].path,
        figure.raw.strip(),
        figure.number,
        figure.quantity.unit.name,
        VERDICTS[one.verdict].say(language),
        " ".join(dict.fromkeys(finding.rule for finding in one.findings)),
    )


VERDICTS = {
    None: Phrase("未核对", "unchecked"),
    "pass": Phrase("相符", "pass"),
    "fail": Phrase("不符", "fail"),
    "open": Phrase("未决", "open"),
}


def _tables(writer: _Writer, result: Result, language: str) -> None:
    """Every table as it was read, one under the other."""
    sheet = writer.sheet(SHEETS[2])
    row = 0
    for table in result.document.tables:
        unit = f"  {table.unit.value.strip()}" if table.unit else ""
        writer.put(sheet, row, 0, (table.name or UNNAMED.say(language)) + unit, writer.name)
        for cells in table.rows:
            row += 1
            sheet.set_row(row, min(max(_lines(cell.value, 18) for cell in cells) * LINE_HEIGHT, HIGHEST))
            style = writer.head if cells[0].row < table.header_rows else None
            for cell in cells:
                writer.put(sheet, row, cell.column, cell.value, style)
        row += 2
    sheet.set_column(0, max((table.width for table in result.document.tables), default=1), 18)


def _score_row(line: ScoreLine) -> Sequence[str]:
    return " / ".join(line.path), *(figure.number if figure else "–" for figure in line.figures)


def _mark_disagreeing(sheet: Worksheet, lines: Sequence[ScoreLine], style: Any) -> None:  # noqa: ANN401
    for row, line in enumerate(lines, start=1):
        for column in line.disagreeing:
            sheet.write_string(row, column + 1, _score_row(line)[column + 1], style)


def _ledger_rows(counted: Sequence[Chapter], language: str) -> Iterator[Sequence[str | int]]:
    for one in counted:
        yield one.name, one.figures, one.passed, one.failed, one.open, one.unchecked
    sums = [[c.figures, c.passed, c.failed, c.open, c.unchecked] for c in counted]
    yield TOTAL.say(language), *(sum(column) for column in zip(*sums, strict=True))
