"""Laws of the score tree: a true report is silent in every layout; one changed figure is always found.

A random tree of indicators is rendered as a whole report in a random layout: indicator table, totals
in abstract and conclusion, summary, a narrative by headings or by opening words, score table. ``Edit``
changes one figure in one of these places.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from checker.engine import check_document
from checker.readers import read
from checker.verdict import Severity
from rules import RULES

LAW = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=False
)
TOP = ["决策", "过程", "产出", "效益"]
MIDDLE = [
    ["项目立项", "绩效目标", "资金投入"],
    ["资金管理", "组织实施", "采购管理"],
    ["产出数量", "产出质量", "产出时效"],
    ["社会效益", "生态效益", "服务对象满意度"],
]
LEAVES = [
    ["立项依据充分性", "立项程序规范性", "需求论证情况"],
    ["绩效目标合理性", "绩效指标明确性", "目标分解情况"],
    ["预算编制科学性", "资金分配合理性", "测算依据完备性"],
    ["资金到位情况", "预算执行情况", "资金使用合规性"],
    ["管理制度健全性", "制度执行有效性", "档案资料完整性"],
    ["采购方式合规性", "合同签订及时性", "履约验收规范性"],
    ["新建泵站座数", "渠道衬砌长度", "管网铺设里程"],
    ["工程验收情况", "设备完好情况", "水质达标情况"],
    ["按期开工情况", "按期完工情况", "资料报送及时性"],
    ["受益人口规模", "带动就业人数", "档案资料完整性"],
    ["水土流失治理情况", "节水灌溉推广面积", "岸线保洁情况"],
    ["受益群众满意程度", "基层单位满意程度", "施工企业满意程度"],
]
CHAPTER = "一二三四"
HUNDRED = Decimal(100)
EXTRA = ["扣分", "得分率", "评分说明"]


@dataclass(frozen=True)
class Node:
    """An indicator with the sums of what stands under it."""

    name: str
    code: str
    weight: Decimal
    score: Decimal
    under: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Layout:
    """How the report is laid out."""

    repeated: bool = False  # the names of merged cells in every row, not in the first only
    in_brackets: bool = True  # the weights of the leaves behind their names, not in a column
    total_first: bool = False
    codes: str = ""  # "", "column", or "name": A11 before each name
    extra: frozenset[str] = frozenset()  # columns 扣分, 得分率, 评分说明
    by_heading: bool = True  # the narrative has a heading an indicator
    summary_depth: int = 2
    group_weights: bool = True  # the tables print the weights of upper levels in brackets
    fixed: bool = False  # scores with as many decimals as the tree has
    styles: tuple[int, ...] = (0,)  # how the narrative words the scores, one after the other
    digits: int = 2  # of the per cents
    listed: bool = False  # the first level's weights, and the number of indicators, in sentences
    spread: bool = False  # the first level's scores in the conclusion
    opened: bool = False  # the weight and score of a chapter in its opening sentence
    flat: bool = False  # the score table has all levels in one column, with codes
    subtotals: bool = False
    heads: tuple[str, str] = ("分值", "得分")


@dataclass(frozen=True)
class Report:
    """A tree and its layout; ``edit`` is (place, what, code, name) of the figure to change, and its new value."""

    tree: Node
    decimals: int
    layout: Layout
    edit: tuple[str, str, str, str] | None = None
    value: Decimal | str = Decimal(0)
    said: dict = field(default_factory=dict, compare=False)

    def figure(self, place: str, what: str, node: Node) -> str:
        """A node's weight or score as written in a place; it is noted as one that could be changed."""
        value = node.weight if what == "weight" else node.score
        self.said[(place, what, node.code, node.name)] = value
        if self.edit == (place, what, node.code, node.name):
            value = self.value
        if what == "score" and self.layout.fixed:
            return str(value.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP))
        return plain(value)

    def grade(self, place: str) -> str:
        self.said[(place, "grade", "", "合计")] = grade_of(self.tree.score)
        return self.value if self.edit == (place, "grade", "", "合计") else grade_of(self.tree.score)

    def text(self) -> str:
        return "\n\n".join(
            [
                "# 石桥县灌区改造项目绩效评价报告",
                "# 摘要",
                f"经综合评价，石桥县灌区改造项目{self._total('abstract')}",
                "# 一、评价指标体系",
                f"{self._counts()}指标体系见表1。",
                *self._weights(),
                "表1 项目绩效评价指标体系",
                self._listing(),
                "# 二、评价结论",
                f"根据现场评价情况，项目{self._total('conclusion')}{self._spread()}得分情况见表2。",
                "表2 项目绩效评价得分汇总表",
                self._summary(),
                "# 三、绩效分析",
                *self._narrative(),
                "# 附件 评分表",
                "表3 项目绩效评价评分表",
                self._scores(),
                "",
            ]
        )

    def _total(self, place: str) -> str:
        return f"总得分为{self.figure(place, 'score', self.tree)}分，绩效等级为“{self.grade(place)}”。"

    def _counts(self) -> str:
        middles = [middle for top in self.tree.under for middle in top.under]
        levels = (len(self.tree.under), len(middles), sum(len(middle.under) for middle in middles))
        counts = "、".join(f"{level}级指标{n}个" for level, n in zip("一二三", levels, strict=True))
        return f"评价共设{counts}。" if self.layout.listed else ""

    def _weights(self) -> list[str]:
        tops = self.tree.under if self.layout.listed else ()
        return [f"（{n}）{top.name}：占权重{self.figure('text', 'weight', top)}分。" for n, top in enumerate(tops, 1)]

    def _spread(self) -> str:
        tops = self.tree.under if self.layout.spread else ()
        parts = [f"{top.name}得{self.figure('conclusion', 'score', top)}分" for top in tops]
        return f"其中：{'，'.join(parts)}。" if parts else ""

    def _listing(self) -> str:
        heads = ["一级指标", "二级指标", "三级指标", *([] if self.layout.in_brackets else ["分值"]), "评分标准"]
        rows = [[*self._names("listing", path), "结合资料核实情况评定。"] for path in self._paths()]
        return grid(heads, rows)

    def _scores(self) -> str:
        layout = self.layout
        weight, score = layout.heads
        columns = [score, *(extra for extra in EXTRA if extra in layout.extra)]
        names = ["指标名称"] if layout.flat else ["一级指标", "二级指标", "三级指标"]
        code = ["编码"] if layout.codes == "column" or layout.flat else []
        heads = [*code, *names, *([weight] if layout.flat or not layout.in_brackets else []), *columns]
        total = ["合计", *[""] * (len(heads) - 1)]
        total[heads.index(score)] = self.figure("scores", "score", self.tree)
        if weight in heads:
            total[heads.index(weight)] = self.figure("scores", "weight", self.tree)
        rows = list(self._flat_rows() if layout.flat else self._score_rows(heads))
        return grid(heads, [total, *rows] if layout.total_first else [*rows, total])

    def _score_rows(self, heads: list[str]) -> Iterator[list[str]]:
        for index, path in enumerate(self._paths()):
            top, _, leaf = (node for node, _ in path)
            code = [leaf.code] if self.layout.codes == "column" else []
            yield [*code, *self._names("scores", path), *self._awarded(leaf, index)]
            if self.layout.subtotals and leaf is top.under[-1].under[-1]:
                line = ["小计", *[""] * (len(heads) - 1)]
                line[heads.index(self.layout.heads[1])] = self.figure("subtotal", "score", top)
                yield line

    def _flat_rows(self) -> Iterator[list[str]]:
        count = len(self.layout.extra)
        for top in self.tree.under:
            for node in (top, *(n for middle in top.under for n in (middle, *middle.under))):
                weight = self.figure("scores", "weight", node)
                if node.under:
                    yield [node.code, node.name, weight, self.figure("scores", "score", node), *[""] * count]
                else:
                    yield [node.code, node.name, weight, *self._awarded(node, 0)]

    def _awarded(self, leaf: Node, index: int) -> list[str]:
        cells = {
            "扣分": plain(leaf.weight - leaf.score),
            "得分率": rate(leaf, self.layout.digits),
            "评分说明": explained(leaf, index),
        }
        return [self.figure("scores", "score", leaf), *(cells[extra] for extra in EXTRA if extra in self.layout.extra)]

    def _paths(self) -> list[list[tuple[Node, bool]]]:
        """Each leaf with its parents; a name is told from the row where it stands first."""
        out = []
        for top in self.tree.under:
            for middle in top.under:
                for leaf in middle.under:
                    first = leaf is middle.under[0]
                    out.append([(top, first and middle is top.under[0]), (middle, first), (leaf, True)])
        return out

    def _names(self, place: str, path: list[tuple[Node, bool]]) -> list[str]:
        layout, out = self.layout, []
        for node, first in path:
            if not (first or layout.repeated):
                out.append("")
                continue
            shown = layout.in_brackets if not node.under else layout.group_weights
            weight = f"（{self.figure(place, 'weight', node)}分）" if shown else ""
            out.append(f"{node.code if layout.codes == 'name' else ''}{node.name}{weight}")
        return out if layout.in_brackets else [*out, self.figure(place, "weight", path[-1][0])]

    def _summary(self) -> str:
        deep = self.layout.summary_depth == 2
        lines = [(top, middle) for top in self.tree.under for middle in (top.under if deep else (top,))]
        rows = []
        for top, line in lines:
            first = [top.name if self.layout.repeated or line is top.under[0] else ""] if deep else []
            rows.append(
                [*first, line.name, self.figure("summary", "weight", line), self.figure("summary", "score", line)]
            )
        total = ["合计", *([""] if deep else []), plain(HUNDRED), self.figure("summary", "score", self.tree)]
        heads = ["一级指标", *(["二级指标"] if deep else []), "权重", "得分"]
        return grid(heads, [total, *rows] if self.layout.total_first else [*rows, total])

    def _narrative(self) -> list[str]:
        out, index = [], 0
        for chapter, top in zip(CHAPTER, self.tree.under, strict=False):
            out.append(f"## （{chapter}）{top.name}情况（{self.figure('told', 'weight', top)}分）")
            if self.layout.opened:
                weight, score = self.figure("opening", "weight", top), self.figure("opening", "score", top)
                out.append(f"{top.name}类指标权重{weight}分，实际得{score}分。")
            for number, middle in enumerate(top.under, 1):
                out.append(f"### {number}.{middle.name}（{self.figure('told', 'weight', middle)}分）")
                for item, leaf in enumerate(middle.under, 1):
                    out += self._told(item, leaf, self.layout.styles[index % len(self.layout.styles)])
                    index += 1
        return out

    def _told(self, item: int, leaf: Node, style: int) -> list[str]:
        weight, score = self.figure("told", "weight", leaf), self.figure("told", "score", leaf)
        changed = self.edit == ("told", "score", leaf.code, leaf.name)
        sentence = sentences(leaf, score, self.layout.digits, style, changed=changed)
        if self.layout.by_heading:
            return [f"#### （{item}）{leaf.name}（{weight}分）", f"评价组查阅了有关资料。{sentence}"]
        return [f"（{item}）{leaf.name}：评价组查阅了有关资料。本项分值{weight}分，{sentence}"]


def sentences(leaf: Node, score: str, digits: int, style: int, *, changed: bool) -> str:
    """How a narrative gives a score."""
    if leaf.score == leaf.weight and style == 0 and not changed:
        return "根据评分标准得满分。"
    if leaf.score == 0 and style < 3 and not changed:
        return "根据评分标准，该项指标不得分。"
    if style == 1 and leaf.score < leaf.weight:
        return f"扣{plain(leaf.weight - leaf.score)}分，得{score}分。"
    return f"根据评分标准得{score}分。" if style == 2 else f"根据评分标准得{rate(leaf, digits)}权重分{score}分。"


def explained(leaf: Node, index: int) -> str:
    """How a score table explains a score."""
    if leaf.score == leaf.weight:
        return "符合要求，得满分。" if index % 2 else ""
    return f"有缺项，扣{plain(leaf.weight - leaf.score)}分。" if index % 2 else f"有缺项，得{plain(leaf.score)}分。"


def plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rate(leaf: Node, digits: int) -> str:
    return f"{(leaf.score * 100 / leaf.weight).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)}%"


def grade_of(total: Decimal) -> str:
    """财预〔2020〕10号."""
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


def grid(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@st.composite
def trees(draw) -> tuple[Node, int]:
    shape = draw(st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=3), min_size=2, max_size=4))
    count = sum(map(sum, shape))
    unit = draw(st.sampled_from([Decimal(1), Decimal("0.5")]))
    cuts = draw(st.sets(st.integers(1, int(100 / unit) - 1), min_size=count - 1, max_size=count - 1))
    weights = iter([(b - a) * unit for a, b in pairwise([0, *sorted(cuts), int(100 / unit)])])
    decimals = draw(st.integers(0, 2))

    def leaf(name: str, code: str) -> Node:
        weight = next(weights)
        most = int(weight.scaleb(decimals))
        score = draw(st.one_of(st.just(weight), st.integers(0, most).map(lambda n: Decimal(n).scaleb(-decimals))))
        return Node(name, code, weight, score)

    def group(name: str, code: str, under: list[Node]) -> Node:
        nodes = tuple(under)
        return Node(
            name, code, sum((n.weight for n in nodes), Decimal(0)), sum((n.score for n in nodes), Decimal(0)), nodes
        )

    tops = []
    for i, middles in enumerate(shape):
        groups = []
        for j, leaves in enumerate(middles):
            code = f"{'ABCD'[i]}{j + 1}"
            under = [leaf(LEAVES[3 * i + j][k], f"{code}{k + 1}") for k in range(leaves)]
            groups.append(group(MIDDLE[i][j], code, under))
        tops.append(group(TOP[i], "ABCD"[i], groups))
    return group("合计", "", tops), max(decimals, int(unit < 1))


LAYOUTS = st.builds(
    Layout,
    repeated=st.booleans(),
    in_brackets=st.booleans(),
    total_first=st.booleans(),
    codes=st.sampled_from(["", "column", "name"]),
    extra=st.frozensets(st.sampled_from(["扣分", "得分率", "评分说明"])),
    by_heading=st.booleans(),
    summary_depth=st.sampled_from([1, 2]),
    group_weights=st.booleans(),
    fixed=st.booleans(),
    styles=st.lists(st.integers(0, 3), min_size=1, max_size=3).map(tuple),
    digits=st.integers(0, 3),
    listed=st.booleans(),
    spread=st.booleans(),
    opened=st.booleans(),
    flat=st.booleans(),
    subtotals=st.booleans(),
    heads=st.sampled_from([("分值", "得分"), ("满分", "评价得分"), ("标准分", "实际得分"), ("权重", "综合得分")]),
)
REPORTS = st.builds(lambda tree, layout: Report(tree[0], tree[1], layout), trees(), LAYOUTS)


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    path = tmp_path_factory.mktemp("trees") / "report.md"

    def found(text: str) -> list:
        path.write_text(text, encoding="utf-8")
        result = check_document(read(path), RULES)
        assert result.problems == ()
        return [f for f in result.findings if f.severity in {Severity.ERROR, Severity.WARNING}]

    return found


def listed(found: list) -> list[str]:
    return [f"{f.rule} {f.message.say('zh')}" for f in found]


@LAW
@given(REPORTS)
def test_a_true_report_has_no_finding(findings, report):
    text = report.text()
    found = findings(text)
    assert not found, "\n".join([text, *listed(found)])


def holds(text: str, figure: str) -> bool:
    """Whether a figure stands in a text, not as a piece of a longer number."""
    marked = "".join(char if char.isdigit() or char == "." else " " for char in text)
    return figure in (text if not figure[:1].isdigit() else [w.strip(".") for w in marked.split()])


def names_it(finding, report: Report, name: str, true: str, changed: str) -> bool:
    """Whether a finding quotes the changed figure, or names the indicator and quotes its true figure."""
    quotes = [e.quote for e in finding.evidence]
    if any(holds(quote, changed) for quote in quotes):
        return True
    return name in finding.message.say("zh") and any(holds(quote, true) for quote in quotes)


@LAW
@given(REPORTS, st.data())
def test_one_changed_figure_is_found(findings, report, data):
    report.text()
    edit, true = data.draw(st.sampled_from(sorted(report.said.items())))
    if isinstance(true, str):
        # Two steps off: other regions' bands may give the next grade, which stays open.
        value = data.draw(st.sampled_from({"优": "中差", "良": "差", "中": "优", "差": "优良"}[true]))
    else:
        step = Decimal(1).scaleb(-report.decimals) if edit[1] == "score" else Decimal("0.5")
        value = true + data.draw(st.integers(-20, 20).filter(bool)) * step
        assume(0 <= value < HUNDRED)
    changed = replace(report, edit=edit, value=value, said={})
    text = changed.text()
    found = findings(text)
    shown = value if isinstance(value, str) else changed_text(changed, value)
    original = true if isinstance(true, str) else plain(true)
    assert any(names_it(f, changed, edit[3], original, shown) for f in found), "\n".join(
        [text, f"{edit}: {original} → {shown}", *listed(found)]
    )


def changed_text(report: Report, value: Decimal) -> str:
    fixed = report.layout.fixed and report.edit[1] == "score"
    return str(value.quantize(Decimal(1).scaleb(-report.decimals), ROUND_HALF_UP)) if fixed else plain(value)
