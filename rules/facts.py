"""One fact in several places: the same number, and in the same unit."""

from __future__ import annotations

from collections.abc import Iterator

from checker.relation.facts import Extreme, OwnedValue, Restatement
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity


@rule(
    "FCT001",
    "fact-stated-with-two-values",
    subject=Restatement,
    severity=Severity.ERROR,
    title=Phrase("同一事实各处数值不一致", "one fact is stated with two values"),
    fail=Phrase(
        "“{label}”一处为 {figure}，{count}为 {other}",
        "“{label}”: {figure} in one place, {other} in {count}",
    ),
    unit=Phrase(
        "“{label}”一处写作 {figure}，{count}写作 {other}，单位应有一处误写",
        "“{label}”: {figure} in one place, {other} in {count}: one of the units is wrong",
    ),
)
def fact_stated_with_two_values(claim: Restatement) -> Iterator[Check]:
    """The same figure (same measure, year and manner) has another value, or another unit, elsewhere.

    Amounts and rates agree when they can be one value, each rounded as it is written. Which of the
    places is wrong the text does not say: 数据准确, 前后一致 is what quality reviews of reports ask for.
    """
    if claim.agree:
        yield claim.passed()
        return
    many = Phrase("另有 {n} 处", "{n} others", {"n": len(claim.others)})
    yield claim.failed(
        "unit" if claim.is_unit_slip else "fail",
        label=claim.label,
        figure=claim.figure.with_unit,
        computed=claim.others[0].number,
        other=claim.others[0].with_unit,
        count=many if len(claim.others) > 1 else Phrase("另一处", "another"),
    )


@rule(
    "FCT002",
    "extreme-is-anothers",
    subject=Extreme,
    severity=Severity.ERROR,
    title=Phrase("最高（最低）项与表格不符", "the highest or lowest is another row of the table"),
    fail=Phrase(
        "文中{word}为“{name}”（{figure}），表中 {figure} 属于“{owner}”，“{name}”为 {cell}",
        "“{name}” is called {word} with {figure}; in the table {figure} is “{owner}”, “{name}” has {cell}",
    ),
    value=Phrase(
        "文中{word}为“{name}”（{figure}），表中“{name}”为 {cell}",
        "“{name}” is called {word} with {figure}; in the table it has {cell}",
    ),
    other=Phrase(
        "文中{word}为“{name}”（{figure}），而表中“{owner}”为 {owned}",
        "“{name}” is called {word} with {figure}; in the table “{owner}” has {owned}",
    ),
    rank=Phrase(
        "文中“{name}”（{figure}）居{word}，在表中该列居第 {rank} 位",
        "“{name}” ({figure}) is called {word}; in its column of the table it is number {rank}",
    ),
)
def extreme_is_anothers(claim: Extreme) -> Iterator[Check]:
    """The sentence names another row as the highest or lowest than the one of the table, or gives it another value.

    Reported where the value is the largest (smallest) of its column and only one row has it, where the
    named row is the largest and its value is one slip away from the stated one, or where the row has its
    value and another one is larger, while the sentence's smallest is that of the whole column.
    """
    if claim.holds:
        yield claim.passed()
        return
    yield claim.failed(
        claim.form,
        word=claim.word,
        name=claim.name,
        figure=claim.figure.number,
        owner=claim.owner,
        cell=claim.cell.number,
        owned=claim.owned.number,
        rank=claim.rank,
        computed=claim.computed,
    )


@rule(
    "FCT003",
    "value-is-another-rows",
    subject=OwnedValue,
    severity=Severity.ERROR,
    title=Phrase("文中的数属于表中另一行", "a value in the text belongs to another row of the table"),
    fail=Phrase(
        "文中“{name}”为 {figure}，表中 {figure} 属于“{owner}”，“{name}”为 {cell}",
        "“{name}” is given {figure}; in the table {figure} is “{owner}”, “{name}” has {cell}",
    ),
)
def value_is_another_rows(claim: OwnedValue) -> Iterator[Check]:
    """A sentence gives a row of a table the value that only another row of the same column has.

    The named row has no such value in any table. Either the name or the value is of the wrong row.
    """
    if claim.holds:
        yield claim.passed()
        return
    yield claim.failed(
        name=claim.name,
        figure=claim.figure.number,
        owner=claim.owner,
        cell=claim.cell.number,
        computed=claim.cell.number,
    )


RULES = (fact_stated_with_two_values, extreme_is_anothers, value_is_another_rows)
