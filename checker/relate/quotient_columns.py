"""Columns that divide others, whatever they are called: 单位成本 is 年服务费 over 面积, 节约率 what is left of 限价.

No name is asked for: four rows with different quotients of the same columns are no chance. Numbers are
taken in their units, or as they stand where a unit is not known; a column that its table's unit line
counts in 万元 may be one of per cents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, pairwise, permutations

from msgspec import Struct
from msgspec.structs import replace

from checker.document import Table
from checker.extract.figures import Reading
from checker.figure import Figure
from checker.relate.columns import named_identities, plain_column
from checker.relate.layout import Row, RowKind, body_rows, is_of_averages, row_name
from checker.relation import IdentityRow, RowIdentity
from checker.relation.rows import Form
from checker.verdict import Phrase

QUOTIENT = Phrase("多数行的“{c}”为“{a}”除以“{b}”", "in most rows “{c}” is “{a}” over “{b}”")
FEWEST = 4
"""Rows whose different quotients must come out."""
FEW_WRONG = 8
"""Of so many rows one may be wrong."""
TELLING, WIDEST = 3, 14
HALF, HUNDRED = Decimal("0.5"), Decimal(100)


class _Way(Struct, frozen=True):
    """A way to divide the figures of a row; ``percent`` says that the result is written with its sign."""

    of: Callable[[Sequence[Figure], Figure], Decimal]
    form: Form = Form.PLAIN


def find_quotient_columns(reading: Reading) -> Iterator[RowIdentity]:
    """Every column of quotients that its rows show, but for those of rates."""
    for table in reading.document.tables:
        rows = [row for row in body_rows(reading, table) if row.number not in table.damaged]
        amounts = [column for column in range(table.width) if _is_of_amounts(reading, table, rows, column)]
        if len(rows) < FEWEST or not FEWEST - 1 < len(amounts) + 1 <= WIDEST:
            continue
        named = {identity.rows[0].result.place.column for identity in named_identities(reading, table, rows)}
        for column in amounts:
            written = [f for row in rows if (f := reading.cell(table, row.number, column)) and f.quantity.decimals]
            if column not in named and len(written) >= FEWEST:
                others = [one for one in amounts if one != column]
                yield from explained(reading, table, rows, others, column, (*PLAIN, *IN_HUNDREDTHS))


def _is_of_amounts(reading: Reading, table: Table, rows: Sequence[Row], column: int) -> bool:
    figures = [f for row in rows if (f := reading.cell(table, row.number, column))]
    return len(figures) >= FEWEST and not any(f.quantity.unit.kind in {"rate", "points", "score"} for f in figures)


def explained(
    reading: Reading,
    table: Table,
    rows: Sequence[Row],
    amounts: Sequence[int],
    column: int,
    ways: Sequence[_Way],
) -> Iterator[RowIdentity]:
    """The first way of dividing columns that the rows of a column show; one that all of them show, if there is one."""
    first: RowIdentity | None = None
    cells = {one: [reading.cell(table, row.number, one) for row in rows] for one in (*amounts, column)}
    pairs = permutations(amounts, 2)
    joint = ((a, b, c) for a, b in pairwise(amounts) for c in amounts if c not in (a, b))
    for columns in chain(pairs, joint):
        for way in ways:
            if (way.form is Form.JOINT) != (len(columns) > len("ab")):
                continue
            found = _rows(rows, [cells[one] for one in (*columns, column)], way)
            shown = {row.result.quantity.value for row in found if row.holds and row.result.quantity.digits >= TELLING}
            wrong = sum(not row.holds for row in found)
            if wrong and any(
                len(others := _rows(rows, [cells[one] for one in (*columns, other)], way)) >= len(found)
                and all(row.holds for row in others)
                for other in amounts
                if other not in columns
            ):
                continue  # 补偿面积 is the quotient, and 勘测定界 nearly always what it should be
            if len(shown) >= FEWEST and wrong <= max(1, len(found) // FEW_WRONG):
                names = _names(tuple(plain_column(table, one) for one in (*columns, column)), way.form)
                a, b, c = names
                named = tuple(row if row.holds else _named(reading, table, row) for row in found)
                found_one = RowIdentity(QUOTIENT.filled(a=a, b=b, c=c), names, "/", named, table.name, way.form)
                if not wrong:
                    yield found_one
                    return
                first = first or found_one
    if first is not None:
        yield first


def _names(columns: tuple[str, ...], form: Form) -> tuple[str, str, str]:
    """What is divided, by what, and the result."""
    left, *also, right, result = columns
    if form is Form.REST:
        return f"({right}−{left})", right, result
    return (f"({'+'.join((left, *also))})" if also else left), right, result


def _named(reading: Reading, table: Table, row: IdentityRow) -> IdentityRow:
    return replace(row, label=row_name(reading, table, row.result.place.row or 0))


def _in_units(operands: Sequence[Figure], result: Figure) -> Decimal:
    left, right = operands
    return left.quantity.based / right.quantity.based / result.quantity.unit.scale


def _as_written(operands: Sequence[Figure], _: Figure) -> Decimal:
    left, right = operands
    return left.quantity.value / right.quantity.value


def _in_hundredths(operands: Sequence[Figure], _: Figure) -> Decimal:
    left, right = operands
    return left.quantity.based / right.quantity.based * HUNDRED


def _of_rest(operands: Sequence[Figure], _: Figure) -> Decimal:
    left, right = operands
    return (right.quantity.based - left.quantity.based) / right.quantity.based * HUNDRED


def _of_both(operands: Sequence[Figure], _: Figure) -> Decimal:
    left, also, right = operands
    return (left.quantity.based + also.quantity.based) / right.quantity.based * HUNDRED


PLAIN = (_Way(_in_units), _Way(_as_written))
OF_RATES = (_Way(_of_rest, Form.REST), _Way(_of_both, Form.JOINT))
"""Ways in which rates are made that are neither a share nor growth."""
IN_HUNDREDTHS = (_Way(_in_hundredths), *OF_RATES)


def _is_mean(row: Row, way: _Way) -> bool:
    """Whether a row may give a mean, plain or weighted, of those above it: one of averages, or of rates in a total."""
    is_total = row.kind is not RowKind.LEAF or any(word in row.label for word in ("合计", "加权"))
    return is_of_averages(row) or (way in OF_RATES and is_total)


def _is_of_rounded(operands: Sequence[Figure], result: Figure, exact: Decimal) -> bool:
    """Whether a quotient is off by no more than what the rounding of its operands can do."""
    widths = (
        abs(exact) * figure.quantity.half_digit / abs(figure.quantity.value)
        for figure in operands
        if figure.quantity.decimals and figure.quantity.value  # 4.22 起 for 10 000 people is rounded as amounts are
    )
    return abs(exact - result.quantity.value) <= sum(widths) + result.quantity.half_digit


def _rows(rows: Sequence[Row], columns: Sequence[Sequence[Figure | None]], way: _Way) -> list[IdentityRow]:
    found: list[IdentityRow] = []
    for row, figures in zip(rows, zip(*columns, strict=True), strict=True):
        known = [figure for figure in figures if figure is not None]
        if len(known) < len(figures):
            continue
        *operands, result = known
        if not operands[-1].quantity.value or result.quantity.is_open:
            continue
        exact = way.of(operands, result)
        holds = abs(exact - result.quantity.value) <= result.quantity.half_digit
        if not holds and (_is_mean(row, way) or _is_of_rounded(operands, result, exact)):
            continue
        sign = "%" if result.quantity.unit.base == "%" else ""
        written = f"{round(exact, result.quantity.decimals):f}{sign}"
        also = operands[1] if way.form is Form.JOINT else None
        found.append(IdentityRow("", operands[0], operands[-1], result, written, holds, also))
        if len(found) == FEWEST and not any(one.holds for one in found):
            return []
    return found
