"""Laws of every sum: rounding never fails, more than rounding always does, layout changes nothing."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from checker.verdict import Verdict

NAMES = ["柳溪镇", "白石乡", "马坊乡", "松岭乡", "河口镇", "青石镇", "北塘村", "南湾村"]
ROUNDINGS = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])
TRUE_PARTS = st.lists(st.integers(1, 10**9), min_size=2, max_size=len(NAMES))
DIGITS = st.integers(0, 4)
LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rounded(value: Decimal, digits: int, how: str) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), how)


def table(parts: list[Decimal], total: Decimal, unit: str = "万元") -> str:
    rows = [f"{name}\t{part}" for name, part in zip(NAMES, parts, strict=False)]
    return "\n".join(["一、资金情况", "", f"乡镇\t补助资金（{unit}）", *rows, f"合计\t{total}", ""])


def sentence(parts: list[Decimal], total: Decimal) -> str:
    listed = "，".join(f"{name}{part}万元" for name, part in zip(NAMES, parts, strict=False))
    return f"一、资金情况\n\n全年发放补助资金{total}万元，其中：{listed}。\n"


def judged(check, text: str, code: str) -> list[tuple[Verdict, str | None]]:
    result = check(text)
    assert result.problems == ()
    found = [f for f in (*result.findings, *result.checks) if f.rule == code]
    return sorted((f.verdict, f.stated) for f in found)


@LAW
@given(TRUE_PARTS, DIGITS, DIGITS, ROUNDINGS, ROUNDINGS)
def test_a_true_total_rounded_anyhow_never_fails(check, parts, digits, total_digits, how, total_how):
    true = [Decimal(part).scaleb(-6) for part in parts]
    shown = [rounded(part, digits, how) for part in true]
    total = rounded(sum(true), total_digits, total_how)
    for text, code in ((table(shown, total), "SUM001"), (sentence(shown, total), "SUM002")):
        verdicts = judged(check, text, code)
        assert verdicts
        assert all(verdict is not Verdict.FAIL for verdict, _ in verdicts), text


@LAW
@given(TRUE_PARTS, DIGITS, st.integers(1, 10**6), st.booleans())
def test_a_total_beyond_rounding_fails_unless_out_of_all_proportion(check, parts, digits, excess, above):
    shown = [rounded(Decimal(part).scaleb(-6) + 1, digits, ROUND_DOWN) for part in parts]
    step, summed = Decimal(1).scaleb(-digits), sum(shown)
    gap = step * (len(shown) + 1) / 2 + excess * step
    total = rounded(summed + (gap if above else -gap), digits, ROUND_HALF_UP)
    assume(total > 0 and abs(total - summed) > step * (len(shown) + 1) / 2)
    ((verdict, stated),) = judged(check, table(shown, total), "SUM001")
    assert stated == str(total)
    alike = summed < 2 * total < 4 * summed
    assert verdict is Verdict.FAIL or (verdict is Verdict.OPEN and not alike)


@LAW
@given(TRUE_PARTS, st.integers(-3, 3))
@example([1, 1, 2], -3)
@example([300, 260, 100], -100)
def test_the_order_of_the_parts_changes_no_verdict(check, parts, off):
    shown = [Decimal(part).scaleb(-2) for part in parts]
    total = sum(shown) + Decimal(off).scaleb(-2)
    assume(total > 0)
    for text, code in ((table, "SUM001"), (sentence, "SUM002")):
        verdicts = judged(check, text(shown, total), code)
        assert judged(check, text(sorted(shown), total), code) == verdicts
        assert judged(check, text(sorted(shown, reverse=True), total), code) == verdicts


@LAW
@given(TRUE_PARTS, st.integers(-6, 6))
def test_the_unit_changes_no_verdict(check, parts, off):
    yuan = [Decimal(part) for part in parts]
    total = sum(yuan) + off
    large = [value.scaleb(-4) for value in (*yuan, total)]
    small = judged(check, table(yuan, total, "元"), "SUM001")
    scaled = judged(check, table(large[:-1], large[-1], "万元"), "SUM001")
    assert [verdict for verdict, _ in small] == [verdict for verdict, _ in scaled]


@LAW
@given(
    st.lists(st.lists(st.integers(10**4, 10**8), min_size=4, max_size=4), min_size=2, max_size=6),
    st.integers(0, 3),
    st.integers(-5000, 5000),
)
def test_transposing_a_table_changes_no_verdict(check, cells, wrong, off):
    rows = [[Decimal(cell).scaleb(-2) for cell in row] for row in cells]
    totals = [sum(column) for column in zip(*rows, strict=True)]
    totals[wrong] += Decimal(off).scaleb(-2)
    heads = ["甲类", "乙类", "丙类", "丁类"]
    upright = [["乡镇", *heads], *([n, *row] for n, row in zip(NAMES, rows, strict=False)), ["合计", *totals]]
    turned = [list(column) for column in zip(*upright, strict=True)]
    assert judged(check, grid(upright), "SUM001") == judged(check, grid(turned), "SUM001")


def grid(rows: list[list]) -> str:
    lines = ["\t".join(str(cell) for cell in row) for row in rows]
    return "\n".join(["一、资金情况", "", "表1 补助资金明细表", "", "单位：万元", "", *lines, ""])
