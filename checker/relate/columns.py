"""Identities across the columns of a table: 原值 − 折旧 = 净值, 单价 × 数量 = 金额, 合计 = the parts.

An identity is believed only where the table shows that it is meant: the column names fit and the
total row or at least half of the rows hold; or, without fitting names, nearly all rows hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations, product

from msgspec.structs import replace

from checker.document import Table
from checker.extract.cells import bare_header
from checker.extract.figures import Reading
from checker.figure import Figure
from checker.phrases import rows as phrase_rows
from checker.phrases import words
from checker.relate.arithmetic import agrees, is_a_digit_off, recomputed
from checker.relate.columns_more import goes_on
from checker.relate.exactness import rounded_from_rates, to_the_digit
from checker.relate.layout import Row, RowKind, body_rows, is_additive, is_of_averages, row_name
from checker.relate.totals import is_mean
from checker.relation import IdentityRow, Relation, RowIdentity, TableTotal
from checker.verdict import Phrase

NAMED = Phrase(
    "列名“{a}”“{b}”“{c}”与多数行（或合计行）表明 {a}{sign}{b}={c}",
    "the column names and most rows (or the total row) say {a}{sign}{b}={c}",
)
SHOWN = Phrase("合计行与九成以上的行均为 {a}{sign}{b}={c}", "the total row and nine rows in ten show {a}{sign}{b}={c}")
ACROSS = Phrase("多数行中“{column}”列为同行其他各列之和", "in most rows the column “{column}” adds up the others")
SIGNS = {"-": "−", "+": "+", "*": "×", "/": "÷"}

MOST = 2
SHARE = (4, 5)
"""How many of the rows must show an identity that no name announces."""
FEW_ROWS = 4
WIDEST = 12
"""A table with more numeric columns is not searched for unnamed identities."""


def find_row_identities(reading: Reading) -> Iterator[Relation]:
    """Every identity across columns that its table supports."""
    for table in reading.document.tables:
        rows = [row for row in body_rows(reading, table) if row.number not in table.damaged]
        named = list(named_identities(reading, table, rows))
        yield from named
        if not named:
            yield from _shown(reading, table, rows)
        totals = list(_row_totals(reading, table, rows))
        yield from totals or _runs(reading, table, rows)


def named_identities(reading: Reading, table: Table, rows: Sequence[Row]) -> Iterator[RowIdentity]:
    """The identities that the names of columns announce and the rows show."""
    done: set[int] = set()
    for left, sign, right, result in phrase_rows("rows", "identities"):
        choices = product(*(_columns_named(table, name) for name in (left, right, result)))
        found = [
            identity
            for columns in choices
            if len(set(columns)) == len(columns) and columns[2] not in done and not _runs_over_years(table, columns)
            if (identity := _identity(reading, table, rows, columns, sign, NAMED))
            if _supported(reading, table, rows, identity)
        ]
        if found:
            best = min(found, key=lambda identity: len(identity.failing))
            done.add(best.rows[0].result.place.column or 0)
            yield _told(reading, table, (best.failing and _without_fault(reading, table, rows, best)) or best)


def _runs_over_years(table: Table, columns: Sequence[int]) -> bool:
    """Whether what is left is carried over from the rows above: 年末累计结余 of 当年到位 and 当年支出."""
    return "累计" in table.header[columns[2]] and "累计" not in table.header[columns[0]]


def _without_fault(reading: Reading, table: Table, rows: Sequence[Row], best: RowIdentity) -> RowIdentity | None:
    """The same kind of identity of other columns, all of whose rows hold: 执行率 over 到位数, not over 预算数."""
    result = best.rows[0].result.place.column or 0
    columns = [c for c in _numeric_columns(reading, table, rows) if c != result]
    for left, right in permutations(columns, 2) if len(columns) <= WIDEST else ():
        other = _identity(reading, table, rows, (left, right, result), best.sign, SHOWN)
        if other and not other.failing and len(other.rows) >= max(FEW_ROWS, len(best.rows)):
            return other
    return None


def _columns_named(table: Table, name: str) -> list[int]:
    return [column for column, header in enumerate(table.header) if name in header]


def _identity(
    reading: Reading, table: Table, rows: Sequence[Row], columns: Sequence[int], sign: str, because: Phrase
) -> RowIdentity | None:
    """The identity over all rows that have its three figures, not yet told; None when none has."""
    out, partial = [], False
    for row in rows:
        left, right, result = (reading.cell(table, row.number, column) for column in columns)
        if left is None or right is None or result is None:
            partial |= row.kind is RowKind.LEAF and (left, right, result) != (None, None, None)
            continue
        holds = _points_agree(left, sign, right, result)
        holds = agrees(left, sign, right, result) if holds is None else holds
        if not holds and partial and row.kind is RowKind.TOTAL:
            continue  # a row without a contract has a budget and no saving: the totals are not of the same rows
        if not holds and is_of_averages(row) and (sign == "/" or is_a_digit_off(left, sign, right, result)):
            continue  # means, each rounded: 31.13 and 25.13 make 56.25
        if holds is not None:
            out.append(IdentityRow("", left, right, result, "", holds))
    if not out:
        return None
    a, b, c = (plain_column(table, column) for column in columns)
    rows_told = tuple(rounded_from_rates(out) if sign == "/" else out)
    return RowIdentity(because.filled(a=a, b=b, c=c, sign=SIGNS[sign]), (a, b, c), sign, rows_told, table.name)


def _told(reading: Reading, table: Table, identity: RowIdentity) -> RowIdentity:
    """The identity with what each row should come to, and the names of the rows that do not."""
    rows = []
    for row in to_the_digit(identity.rows) if identity.sign == "/" else identity.rows:
        name = "" if row.holds else row_name(reading, table, row.result.place.row or 0)
        rows.append(replace(row, label=name, computed=recomputed(row.left, identity.sign, row.right, row.result)))
    return replace(identity, rows=tuple(rows))


def _points_agree(left: Figure, sign: str, right: Figure, result: Figure) -> bool | None:
    """权重 5% − 得分 4.25 = 扣分 0.75: weights in per cent are as exact as the points; None for other figures."""
    kinds = [figure.quantity.unit.kind for figure in (left, right, result)]
    if sign == "/" and kinds == ["score", "rate", "rate"] and right.quantity.value:
        share = 100 * left.quantity.value / right.quantity.value
        rounded = left.quantity.half_digit if left.quantity.decimals > 1 else Decimal(0)
        width = 100 * rounded / right.quantity.value  # 8/9 of 3 points are 2.67
        return abs(share - result.quantity.value) <= result.quantity.half_step + width
    if sign != "-" or kinds != ["rate", "score", "score"]:
        return None
    return left.quantity.value - right.quantity.value == result.quantity.value


def plain_column(table: Table, column: int) -> str:
    """A column's name without its unit."""
    header = table.header[column]
    return bare_header(header) or header


def _supported(reading: Reading, table: Table, rows: Sequence[Row], identity: RowIdentity) -> bool:
    """Whether the total row or at least half of the rows hold."""
    holding = [row for row in identity.rows if row.holds]
    totals = {row.number for row in rows if row.kind is RowKind.TOTAL}
    if any(row.result.place.row in totals for row in holding):
        return True
    return len(holding) >= MOST and len(holding) * MOST >= len(identity.rows)


def _shown(reading: Reading, table: Table, rows: Sequence[Row]) -> Iterator[RowIdentity]:
    """A + b = c or a − b = c without fitting names, where nearly all rows show it."""
    columns = _numeric_columns(reading, table, rows)
    rates = [] if len(columns) > WIDEST else _rate_columns(reading, table, rows)
    if len(columns) > WIDEST or len(rates) > WIDEST:
        return
    for a, b, c in (*combinations(columns, 3), *combinations(rates, 3)):
        for trio, sign in (((a, b, c), "+"), ((b, c, a), "+"), ((a, c, b), "+"), ((a, b, c), "-")):
            identity = _identity(reading, table, rows, trio, sign, SHOWN)
            if identity and _telling(identity, rows) and not goes_on(reading, table, identity, columns):
                yield _told(reading, table, identity)


def _telling(identity: RowIdentity, rows: Sequence[Row]) -> bool:
    """Whether four rows in five hold, enough of them, none of them trivially by a zero, the total row among them."""
    weighty = [row for row in identity.rows if row.left.quantity.value and row.right.quantity.value]
    holding = [row for row in weighty if row.holds]
    failing = [row for row in identity.rows if not row.holds]
    shown = [row for row in holding if _is_shown(row, identity.sign)]
    totals = {row.number for row in rows if row.kind is RowKind.TOTAL}
    total_fails = any(not row.holds and row.result.place.row in totals for row in identity.rows)
    capped = any(0 in (r.left.quantity.value, r.right.quantity.value, r.result.quantity.value) for r in failing)
    if failing and capped:
        return False  # 核减 is 0 where less was spent than the limit: no difference, but what exceeds it
    few = len(failing) * SHARE[1] <= len(identity.rows) * (SHARE[1] - SHARE[0])
    enough = len(shown) >= FEW_ROWS and len(holding) * SHARE[1] >= len(weighty) * SHARE[0]
    return enough and few and not total_fails


def _is_shown(row: IdentityRow, sign: str) -> bool:
    """Whether a row shows an identity by more than chance: to the digit, and in numbers of two digits or more."""
    left, right, result = (figure.quantity for figure in (row.left, row.right, row.result))
    exact = left.based + right.based if sign == "+" else left.based - right.based
    return sign not in "+-" or (exact == result.based and max(left.digits, right.digits, result.digits) > 1)


def _rate_columns(reading: Reading, table: Table, rows: Sequence[Row]) -> list[int]:
    """Columns of rates, whose differences may be a column too: 累计进度 − 序时进度."""
    out = []
    for column in range(table.width):
        figures = [f for row in rows if (f := reading.cell(table, row.number, column))]
        if len(figures) > 1 and all(f.quantity.unit.kind in {"rate", "points"} for f in figures):
            out.append(column)
    return out


def _numeric_columns(reading: Reading, table: Table, rows: Sequence[Row]) -> list[int]:
    out = []
    for column in range(table.width):
        figures = [f for row in rows if (f := reading.cell(table, row.number, column))]
        if len(figures) > 1 and all(is_additive(table, column, f) for f in figures):
            out.append(column)
    return out


def _row_totals(reading: Reading, table: Table, rows: Sequence[Row]) -> Iterator[TableTotal]:
    """A 合计 column: the sum of the columns beside it, where most rows show which."""
    columns = _numeric_columns(reading, table, rows)
    for column in columns:
        if not table.header[column].endswith(words("table", "total") + words("table", "subtotal")):
            continue
        right, left = [c for c in columns if c > column], [c for c in columns if c < column]
        for others in (right, left):
            others = [other for other in others if _have_one_unit(reading, table, rows, column, other)]
            totals = _across(reading, table, rows, column, others)
            holding = [total for total in totals if total.holds]
            if len(holding) >= MOST and len(holding) * 3 >= len(totals) * MOST:
                yield from _exact(totals)
                break


def _have_one_unit(reading: Reading, table: Table, rows: Sequence[Row], column: int, other: int) -> bool:
    """Whether two columns count the same: 企业数 is no part of 资金合计."""
    bases = {
        figure.quantity.unit.base
        for row in rows
        for at in (column, other)
        if (figure := reading.cell(table, row.number, at)) is not None
    }
    return len(bases) == 1


def _exact(totals: Sequence[TableTotal]) -> Iterator[TableTotal]:
    """The totals; one of bare numbers that rounding alone would save, where all others need none, must be exact."""
    others = sum(total.holds_to_the_digit for total in totals)
    whole = others == len(totals) - 1 >= FEWEST_EXACT
    for total in totals:
        quantity = total.total.quantity
        far = Decimal(total.difference).scaleb(quantity.decimals) >= FAR or (not quantity.decimals and others >= MANY)
        yield replace(total, exact=True) if whole and far and quantity.unit.kind == "plain" else total


FEWEST_EXACT, FAR = 3, 2  # FAR: units of the last digit, one of which is a mean's rounding
MANY = 10
"""So many rows that come out to the digit say that bare integers are not rounded."""


def _runs(reading: Reading, table: Table, rows: Sequence[Row]) -> Iterator[TableTotal]:
    """A column that is the sum of the three or more columns right or left of it (有效: 满意, 一般, 不满意)."""
    columns = _numeric_columns(reading, table, rows)
    for order in (columns[:WIDEST], columns[:WIDEST][::-1]):
        for totals in _runs_in(reading, table, rows, order):
            yield from totals


def _runs_in(reading: Reading, table: Table, rows: Sequence[Row], columns: Sequence[int]) -> Iterator[list[TableTotal]]:
    """For each column that the ones behind it in an order add up to, its sums."""
    for index, column in enumerate(columns):
        for end in range(index + 1 + LEAST_RUN, min(len(columns), index + 2 + LONGEST_RUN) + 1):
            totals = _across(reading, table, rows, column, columns[index + 1 : end])
            weighty = [total for total in totals if total.total.quantity.value]
            holding = [total for total in weighty if total.holds_to_the_digit]
            shown = [total for total in holding if total.total.quantity.digits > 1]  # 3 is often 1 + 1 + 1
            if len(shown) >= LEAST_RUN and len(weighty) - len(holding) <= max(1, len(weighty) // FEW_WRONG):
                yield totals
                break


LEAST_RUN = 3
LONGEST_RUN = 6
FEW_WRONG = 8
"""Of so many rows one may fail a sum that no name announces."""


def _across(
    reading: Reading, table: Table, rows: Sequence[Row], column: int, others: Sequence[int]
) -> list[TableTotal]:
    because = ACROSS.filled(column=table.header[column])
    out, undivided = [], False
    for row in rows:
        total = reading.cell(table, row.number, column)
        parts = _present(reading, table, row, others)
        undivided |= total is not None and not parts and row.kind is RowKind.LEAF
        if total is None or len(parts) < 2 or (undivided and row.kind is RowKind.TOTAL):
            continue  # 市本级 has a total alone: what all come to has more in it than the columns beside it
        out.append(TableTotal(because, total, (parts,), row.label, None, table, table.header[column]))
    return [total for total in out if not is_mean(total)]


def _present(reading: Reading, table: Table, row: Row, columns: Sequence[int]) -> tuple[Figure, ...]:
    return tuple(f for c in columns if (f := reading.cell(table, row.number, c)) is not None)
