"""The scoring-rule interpreter: its corpus, and properties against tiny models of their own."""

from decimal import ROUND_CEILING, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.extract.figures import find_figures
from checker.extract.patterns import Pattern
from checker.readers import read
from checker.relate.rubric import read_rubric
from checker.relate.rubric_measured import same_measure
from checker.relate.rubric_text import plain_text
from checker.relate.rubric_tokens import PHRASE, SCAN
from checker.relate.rubrics import find_rubrics
from checker.reports.rubrics import show_rubrics
from rules.rubrics import RULES

CORPUS = Path(__file__).parent.parent / "fixtures" / "rubrics.md"
COLUMNS = ["criteria", "weight", "measured", "awarded", "verdict", "why"]


def rows():
    lines = [line for line in CORPUS.read_text("utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|\n ").split("|")] for line in lines]
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells if row[0] not in {"criteria", "---"}]


def test_no_phrase_is_lost_by_the_cheap_test_of_how_it_begins():
    everywhere = Pattern(PHRASE)
    for row in rows():
        text = plain_text(row["criteria"]).value
        assert [m[0] for m in SCAN.finditer(text)] == [m[0] for m in everywhere.finditer(text)], text


def judge(criteria: str, weight: str, measured: str, awarded: str) -> str:
    rubric = read_rubric(criteria, Decimal(weight))
    if not rubric.understood:
        return "open"
    parts, whole = (rubric.shares, Decimal(100)) if rubric.shares else (rubric.points, Decimal(weight))
    if parts and abs(sum(parts) - whole) > Decimal("0.001"):
        return "fail"
    if not parts and round(rubric.reachable.maximum, 4) != Decimal(weight):
        return "fail"
    if not rubric.reachable.contains(Decimal(awarded)):
        return "fail"
    if not measured:
        return "pass"
    allowed = rubric.score_for(Decimal(measured))
    if allowed is None:
        return "open"
    return "pass" if Decimal(awarded) in allowed else "fail"


def test_the_corpus_is_judged_as_it_says():
    found = [
        {**row, "verdict": judge(row["criteria"], row["weight"], row["measured"], row["awarded"])} for row in rows()
    ]
    assert found == rows()


def test_the_corpus_is_broad_enough():
    corpus = rows()
    unread = [row for row in corpus if not read_rubric(row["criteria"], Decimal(row["weight"])).understood]
    assert len(corpus) >= 80
    assert len(unread) * 5 >= len(corpus)


def test_a_rule_that_is_not_understood_says_why():
    for row in rows():
        rubric = read_rubric(row["criteria"], Decimal(row["weight"]))
        assert rubric.understood or rubric.why_not.say("zh")


WEIGHTS = st.integers(1, 20).map(Decimal)
RATES = st.integers(0, 10000).map(lambda n: Decimal(n) / 100)
LIMITS = st.integers(60, 100).map(Decimal)


@given(WEIGHTS, LIMITS, RATES)
def test_a_threshold_gives_all_or_nothing(weight, limit, rate):
    rubric = read_rubric(f"完好率≥{limit}%得满分，否则不得分。", weight)
    assert rubric.score_for(rate) == {weight if rate >= limit else Decimal(0)}
    assert rubric.reachable.values == {Decimal(0), weight}


@given(WEIGHTS, LIMITS, RATES)
def test_a_ceiling_gives_all_or_nothing(weight, limit, rate):
    rubric = read_rubric(f"控制率低于{limit}%得满分，超出则不得分。", weight)
    assert rubric.score_for(rate) == {weight if rate < limit else Decimal(0)}


@given(WEIGHTS, LIMITS, RATES, st.sampled_from([1, 2, 5]), st.sampled_from([2, 5, 10, 20]))
def test_whole_steps_give_one_score(weight, limit, rate, size, share):
    text = f"满意度{limit}%（含）以上得满分，每下降{size}%扣{share}%权重分（不足{size}%按{size}%计算），扣完为止。"
    rubric = read_rubric(text, weight)
    steps = max(Decimal(0), ((limit - rate) / size).to_integral_value(ROUND_CEILING))
    due = max(Decimal(0), weight - steps * weight * share / 100)
    allowed = rubric.score_for(rate)
    assert due in allowed
    assert rubric.reachable.contains(due)
    step = weight * share / 100
    assert not {due + step, due - step} & allowed


@given(WEIGHTS, LIMITS, RATES)
def test_open_steps_stay_within_one_step(weight, limit, rate):
    rubric = read_rubric(f"满意度≥{limit}%得100%权重分，否则每下降1%扣5%权重分，扣完为止。", weight)
    exact = max(Decimal(0), weight - max(Decimal(0), limit - rate) * weight * 5 / 100)
    allowed = rubric.score_for(rate)
    assert exact in allowed
    assert all(abs(score - exact) <= weight * 5 / 100 + Decimal("0.1") for score in allowed)


@given(st.lists(st.integers(30, 99), min_size=2, max_size=4, unique=True), st.integers(1, 5), RATES)
def test_tiers_give_the_score_of_their_interval(ends, unit, rate):
    ends = sorted(ends, reverse=True)
    scores = [Decimal(unit * (len(ends) - n)) for n in range(len(ends))]
    texts = [f"{ends[0]}%（含）以上得{scores[0]}分"]
    texts += [f"{low}%（含）~{high}%得{score}分" for high, low, score in zip(ends, ends[1:], scores[1:], strict=False)]
    rubric = read_rubric("，".join([*texts, f"{ends[-1]}%以下不得分"]) + "。", scores[0])
    due = next((score for end, score in zip(ends, scores, strict=True) if rate >= end), Decimal(0))
    assert rubric.score_for(rate) == {due}
    assert not rubric.gaps and not rubric.overlaps
    assert rubric.reachable.values == {Decimal(0), *scores}


@given(WEIGHTS, RATES)
def test_proportion_holds_however_it_is_rounded(weight, rate):
    rubric = read_rubric("覆盖率100%得满分，否则按实际覆盖率×指标权重得分。", weight)
    exact = rate * weight / 100
    allowed = rubric.score_for(rate)
    assert {exact, round(exact, 4)} & allowed
    assert all(abs(score - exact) <= Decimal("0.1") for score in allowed)
    assert exact + Decimal("0.2") not in allowed


@given(WEIGHTS, st.integers(1, 8), st.integers(0, 12))
def test_deductions_count_down_to_nothing(weight, amount, found):
    rubric = read_rubric(f"每发现一处不规范扣{amount}分，扣完为止。", weight)
    due = max(Decimal(0), weight - amount * found)
    assert rubric.score_for(Decimal(found)) == {due}
    assert rubric.reachable.contains(due)
    assert {Decimal(0), weight} <= rubric.reachable.values


@given(st.lists(st.integers(1, 60), min_size=2, max_size=5), WEIGHTS)
def test_shares_are_added_up_as_they_stand(shares, weight):
    marks = "①②③④⑤"
    points = "；".join(f"{marks[n]}第{n}条落实" for n in range(len(shares)))
    rubric = read_rubric(
        f"{points}。每项分别占{'、'.join(f'{s}%' for s in shares)}权重分，不满足的扣除相应权重分。", weight
    )
    assert rubric.shares == tuple(Decimal(share) for share in shares)
    assert rubric.items == len(shares)
    assert all(rubric.reachable.contains(weight * share / 100) for share in shares)


WIDE = str.maketrans("0123456789%().~", "０１２３４５６７８９％（）．～")


@given(st.sampled_from(rows()), st.data())
def test_noise_in_the_text_changes_nothing(row, data):
    text, weight = row["criteria"], Decimal(row["weight"])
    clean = read_rubric(text, weight)
    gaps = data.draw(st.lists(st.integers(0, len(text)), max_size=6))
    noisy = "".join((" " if n in gaps else "") + char for n, char in enumerate(text)).translate(WIDE)
    again = read_rubric(noisy, weight)
    assert (again.kind, again.reachable, again.understood) == (clean.kind, clean.reachable, clean.understood)
    if row["measured"]:
        assert again.score_for(Decimal(row["measured"])) == clean.score_for(Decimal(row["measured"]))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["criteria"][:20])
def test_nothing_and_the_maximum_can_be_reached(row):
    rubric = read_rubric(row["criteria"], Decimal(row["weight"]))
    if rubric.understood:
        assert rubric.reachable.contains(rubric.reachable.minimum)
        assert rubric.reachable.contains(rubric.reachable.maximum)


REPORT = """# 项目支出绩效评价报告

## 一、评价指标体系

| 一级指标 | 二级指标 | 三级指标 | 分值 | 评分标准 | 得分 | 评分说明 |
| --- | --- | --- | --- | --- | --- | --- |
| 过程 | 资金管理 | 预算执行率 | 5 | {execution} | {score} | 预算执行率为{rate}，得{score}分。 |
| 过程 | 资金管理 | 资金使用合规性 | 4 | 每发现1处不合规扣1分，扣完为止。 | 3 | 抽查发现1处不合规，扣1分。 |
| 产出 | 产出数量 | 改造户数完成率 | 6 | 完成率100%得满分，否则按实际完成率×分值得分。 | 5.4 | 完成率为90%。 |
| 效益 | 满意度 | 居民满意度 | 5 | 满意度≥90%得满分，每下降1%扣5%权重分，扣完为止。 | 5 | 居民满意度为93.2%。 |
"""
TIERS = "执行率95%（含）以上得5分，85%（含）~95%得3分，85%以下不得分。"


def verdicts(tmp_path, execution: str, score: str, rate: str) -> list[tuple[str, str]]:
    path = tmp_path / "report.md"
    path.write_text(REPORT.format(execution=execution, score=score, rate=rate), "utf-8")
    relations = list(find_rubrics(find_figures(read(path))))
    checks = [
        (rule.code, check) for r in relations for rule in RULES if type(r) is rule.subject for check in rule.judge(r)
    ]
    return sorted((code, check.verdict.value) for code, check in checks if check.verdict.value != "pass")


def test_a_report_that_follows_its_rules_is_clean(tmp_path):
    assert verdicts(tmp_path, TIERS, "3", "92.5%") == []


def test_a_score_of_another_tier_is_found(tmp_path):
    assert verdicts(tmp_path, TIERS, "5", "92.5%") == [("RUB002", "fail")]


def test_a_score_that_no_tier_gives_is_found(tmp_path):
    assert verdicts(tmp_path, TIERS, "4", "92.5%") == [("RUB001", "fail")]


def test_a_rule_below_its_weight_is_found(tmp_path):
    assert verdicts(tmp_path, TIERS.replace("5分", "4分", 1), "3", "92.5%") == [("RUB003", "fail")]


def test_a_value_in_a_gap_is_told(tmp_path):
    text = "执行率95%（含）~100%得5分，85%（含）~95%得3分，85%以下不得分。"
    assert verdicts(tmp_path, text, "5", "112%") == [("RUB005", "fail")]


def test_a_formula_alone_is_no_scoring_rule(tmp_path):
    text = "预算执行率=实际支出数/预算数×100%。"
    assert verdicts(tmp_path, text, "5", "92.5%") == [("RUB006", "fail")]


def test_discretion_stays_open(tmp_path):
    assert verdicts(tmp_path, "执行率偏低的酌情扣分。", "4", "92.5%") == [("RUB001", "open")]


def test_shares_that_miss_the_whole_are_found(tmp_path):
    text = "①按进度支出；②按用途支出；③手续齐全。每项分别占30%、30%、30%权重分，不满足的扣除相应权重分。"
    assert verdicts(tmp_path, text, "3", "92.5%") == [("RUB004", "fail")]


def test_each_criterion_is_shown(tmp_path):
    path = tmp_path / "report.md"
    path.write_text(REPORT.format(execution="酌情扣分。", score="4", rate="92.5%"), "utf-8")
    lines = list(show_rubrics(read(path)))
    assert len(lines) == 6
    assert lines[-1] == "# 3 of 4 understood"


@pytest.mark.parametrize(
    ("label", "name", "same"),
    [
        ("满意度", "群众满意度", True),
        ("企业满意度", "群众满意度", False),
        ("项目完工率", "重大项目建设完工率", True),
        ("合格率", "完工率", False),
        ("集聚区群众满意度", "群众满意度", True),
    ],
)
def test_a_label_names_a_measure_only_when_it_ends_alike(label, name, same):
    assert same_measure(label, name) is same
