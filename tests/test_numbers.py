"""The grammar of figures: the corpus in fixtures/numbers.md, cells, headers, dates, properties."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.extract.dates import find_dates
from checker.extract.numbers import find_numbers, parse_cell, unit_in
from checker.quantity import Qualifier, Quantity
from checker.units import PLAIN, unit_named

CORPUS = Path(__file__).parent.parent / "fixtures" / "numbers.md"


def corpus_rows() -> list[tuple[str, str]]:
    lines = CORPUS.read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| ")]
    return [(row[0], row[1]) for row in rows if row[0] != "text"]


ROWS = corpus_rows()


def written(quantity: Quantity) -> str:
    upper = "" if quantity.upper is None else f"..{quantity.upper}"
    return " ".join(part for part in (f"{quantity.value}{upper}", quantity.unit.name, quantity.qualifier.value) if part)


@pytest.mark.parametrize(("text", "figures"), ROWS, ids=[text for text, _ in ROWS])
def test_corpus(text, figures):
    assert "; ".join(written(found.quantity) for found in find_numbers(text)) == figures


def test_corpus_holds_enough_and_enough_that_must_not_match():
    assert len(ROWS) >= 200
    assert 3 * sum(not figures for _, figures in ROWS) >= len(ROWS)
    assert len({text for text, _ in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("共约 100 余家企业", ["约 100 余家"]),
        ("得 100%权重分 2 分。", ["100%", "2 分"]),
        ("单价 100 万元（含）以上设备", ["100 万元（含）以上"]),
        ("变动率=-57.44%。", ["-57.44%"]),
        ("差 (71.5 - 9.977)", ["71.5", "9.977"]),
        ("近三年", ["三年"]),
        ("满意度 ≥ 90%", ["≥ 90%"]),
        ("每户 6 万 3 千元。", ["6 万 3 千元"]),
    ],
)
def test_span_covers_number_unit_and_qualifier(text, covered):
    assert [text[found.start : found.end] for found in find_numbers(text)] == covered


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("1,234.50", "元", "1234.50 元"),
        ("(1,234.50)", "元", "-1234.50 元"),
        ("（1，234.50）", None, None),
        ("-1,234.50", "元", "-1234.50 元"),
        ("△12.5", "万元", "-12.5 万元"),
        ("1 234.50", "元", "1234.50 元"),
        ("2, 470, 010.2", "元", "2470010.2 元"),
        ("14421222.\n34", "元", "14421222.34 元"),
        ("￥300.00", "元", "300.00 元"),
        ("+5.2%", None, "5.2 %"),
        ("100%", "万元", "100 %"),
        ("35 万元", "元", "35 万元"),
        ("66.70", None, "66.70"),
        ("0", "个", "0 个"),
        ("１２３", "件", "123 件"),
        (" 85.8 分 ", None, "85.8 分"),
        ("≥90%", None, "90 % 以上"),
        ("120 余个", None, "120 个 余"),
        ("2-3 条", None, "2..3 条"),
        ("", "元", None),
        ("-", "元", None),
        ("—", "元", None),
        ("——", "元", None),
        ("/", "元", None),
        ("无", "元", None),
        ("N/A", "元", None),
        ("(1)", None, None),
        ("1.", None, None),
        ("007", None, None),
        ("2022年", None, None),
        ("2022.02 — 2024.12", None, None),
        ("合计 12 个", None, None),
        ("综合科", "个", None),
    ],
)
def test_parse_cell(text, unit, expected):
    quantity = parse_cell(text, unit_named(unit) if unit else None)
    assert (written(quantity) if quantity else None) == expected


def test_a_cell_without_any_unit_is_plain():
    quantity = parse_cell("12")
    assert quantity is not None
    assert quantity.unit is PLAIN


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("原值（元）", "元"),
        ("单位：万元", "万元"),
        ("金额单位:人民币万元", "万元"),
        ("（单位：人民币元）", "元"),
        ("分值(分)", "分"),
        ("占比（％）", "%"),
        ("权重(%)", "%"),
        ("完成率%", "%"),
        ("增减（个百分点）", "个百分点"),
        ("面积（平方米）", "平方米"),
        ("预算数\n（万 元）", "万元"),
        ("数量（台/台）", "台"),
        ("万元", "万元"),
        ("数量/面积 (个/台/套)", None),
        ("单位：万元、人", None),
        ("部门（单位）", None),
        ("部门决策（15 分）", None),
        ("项", None),
        ("得分", None),
        ("", None),
    ],
)
def test_unit_in(text, unit):
    found = unit_in(text)
    assert (found.name if found else None) == unit


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("2022年3月16日印发", [("2022年3月16日", date(2022, 3, 16), date(2022, 3, 16))]),
        ("于 2022 年 4 月中旬", [("2022 年 4 月中旬", date(2022, 4, 11), date(2022, 4, 20))]),
        ("2024年2月下旬", [("2024年2月下旬", date(2024, 2, 21), date(2024, 2, 29))]),
        ("2022年度预算", [("2022年度", date(2022, 1, 1), date(2022, 12, 31))]),
        ("2022.02", [("2022.02", date(2022, 2, 1), date(2022, 2, 28))]),
        ("2022-03-16", [("2022-03-16", date(2022, 3, 16), date(2022, 3, 16))]),
        ("2022/3/16", [("2022/3/16", date(2022, 3, 16), date(2022, 3, 16))]),
        ("2022年3月16日—4月30日", [("2022年3月16日—4月30日", date(2022, 3, 16), date(2022, 4, 30))]),
        ("2022年3月16日至30日", [("2022年3月16日至30日", date(2022, 3, 16), date(2022, 3, 30))]),
        ("2022年3月16-18日", [("2022年3月16-18日", date(2022, 3, 16), date(2022, 3, 18))]),
        ("2022.02 — 2024.12", [("2022.02 — 2024.12", date(2022, 2, 1), date(2024, 12, 31))]),
        ("2022. 10 — 2022. 12", [("2022. 10 — 2022. 12", date(2022, 10, 1), date(2022, 12, 31))]),
        ("2022年1-12月", [("2022年1-12月", date(2022, 1, 1), date(2022, 12, 31))]),
        ("2022-2024年", [("2022-2024年", date(2022, 1, 1), date(2024, 12, 31))]),
        ("2022年上半年", [("2022年上半年", date(2022, 1, 1), date(2022, 6, 30))]),
        ("2022年第三季度", [("2022年第三季度", date(2022, 7, 1), date(2022, 9, 30))]),
        ("二〇二三年六月", [("二〇二三年六月", date(2023, 6, 1), date(2023, 6, 30))]),
        ("２０２２年３月", [("２０２２年３月", date(2022, 3, 1), date(2022, 3, 31))]),
        (
            "2021年完成，2022年验收",
            [("2021年", date(2021, 1, 1), date(2021, 12, 31)), ("2022年", date(2022, 1, 1), date(2022, 12, 31))],
        ),
        ("2022年2月30日", []),
        ("2022年13月", []),
        ("3月16日", []),
        ("2022.12 万元", []),
        ("为期 2 年", []),
    ],
)
def test_dates(text, spans):
    assert [(text[found.start : found.end], found.first, found.last) for found in find_dates(text)] == spans


AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10) ** 12, places=2)
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
WRITINGS = [
    lambda value: f"{value}",
    lambda value: f"{value:,}",
    lambda value: f"{value:,}".replace(",", ", "),
    lambda value: f"{value:,}".replace(",", " "),
    lambda value: f"{value:,}".translate(WIDE),
    lambda value: f"{value:,}".translate(WIDE).replace(",", "，"),
    lambda value: f"{value}".replace(".", " ."),
]


@given(value=AMOUNTS, writing=st.sampled_from(WRITINGS), blank=st.sampled_from(["", " ", "\u3000"]))
def test_any_writing_gives_the_same_value(value, writing, blank):
    found = find_numbers(f"本年支出{writing(value)}{blank}万元。")
    assert [written(one.quantity) for one in found] == [f"{value} 万元"]
    assert parse_cell(writing(value)) == Quantity(value, PLAIN)


PLAIN_WORDS = st.text(alphabet="资金绩效管理制度，。；：“”（）、 ", max_size=20)


@given(value=AMOUNTS, before=PLAIN_WORDS, after=PLAIN_WORDS)
def test_the_text_around_changes_nothing(value, before, after):
    text = f"{before}支出{value}万元，{after}"
    (found,) = find_numbers(text)
    assert found.quantity == Quantity(value, unit_named("万元") or PLAIN)
    assert text[found.start : found.end] == f"{value}万元"


@given(st.text(alphabet="0123456789一二十百万亿元个%％年月日.-,，()/=×≥约余以上~至 表第", max_size=40))
def test_figures_stand_in_order_and_apart(text):
    found = find_numbers(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(one.quantity.upper is None or one.quantity.value <= one.quantity.upper for one in found)
    assert all(isinstance(one.quantity.qualifier, Qualifier) for one in found)
    find_dates(text)
    parse_cell(text)
    unit_in(text)


HOSTILE = [
    "1",
    "(",
    "其中",
    "1,",
    "2022年",
    "一",
    " ",
    "1 ",
    "1-",
    "1.",
    "(1/",
    "《",
    "1万",
    "百分之",
    "1,111",
    "约",
    "=1",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_is_read_to_its_end(piece):
    text = piece * 10_000
    find_numbers(text)
    find_dates(text)
    parse_cell(text)
    unit_in(text)


ODD = "0123456789.,，、%％‰�万亿元年月日个一二三十百千两分之点第表近约余多以上下-—~～至（）()《》〔〕[] +¥△☑:：hwC"


@given(st.text(alphabet=ODD, max_size=24))
@example("一�")
@example("�三万元")
@example("�-3年")
def test_no_text_is_too_odd_to_be_read(text):
    for number in find_numbers(text):
        assert 0 <= number.start < number.end <= len(text)
