"""评级: the grade against the total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from msgspec import Struct

from checker.knowledge import knowledge
from checker.quantity import Interval
from checker.relation import GradeBands, Graded
from checker.rule import rule
from checker.verdict import Check, Phrase, Severity

UNKNOWN = Phrase(
    "“{grade}”不在已知的等级标准中，报告也未列出标准", "“{grade}” is in no known system and the report prints none"
)
OTHER_SYSTEM = Phrase(
    "按财预〔2020〕10号应为“{grade}”，但符合另一地区的标准，报告未列出所用标准",
    "by 财预〔2020〕10号 it is “{grade}”, but another system allows it and the report prints none",
)


GAP = Phrase("有空档", "leave a gap")
OVERLAP = Phrase("有重叠", "overlap")


class System(Struct, frozen=True):
    """One regulation's bands, highest grade first."""

    name: str
    default: bool
    bands: tuple[tuple[str, Interval], ...]


@cache
def systems() -> tuple[tuple[System, ...], Mapping[str, str]]:
    """All systems and the aliases of grades. Raises ``ValueError`` when bands are not sorted."""
    data = knowledge("grades", "rules")
    out = []
    for row in data["system"]:
        starts = [Decimal(band["from"]) for band in row["bands"]]
        if starts != sorted(starts, reverse=True) or starts[-1] != 0:
            raise ValueError(f"grades.toml: the bands of {row['name']} are not sorted down to 0")
        tops = [Decimal(100), *starts]
        bands = tuple(
            (band["grade"], Interval(start, top, high_closed=index == 0))
            for index, (band, start, top) in enumerate(zip(row["bands"], starts, tops, strict=False))
        )
        out.append(System(row["name"], bool(row.get("default")), bands))
    return tuple(out), data["aliases"]


def same_grade(one: str, other: str) -> bool:
    """Whether two words name one grade (优秀 and 优)."""
    aliases = systems()[1]
    return aliases.get(one, one) == aliases.get(other, other)


def allows(bands: tuple[tuple[str, Interval], ...], grade: str, score: Decimal) -> bool | None:
    """Whether bands give this grade to a score; None when they do not know the grade."""
    mine = [interval for name, interval in bands if same_grade(name, grade)]
    return any(interval.contains(score) for interval in mine) if mine else None


def grade_of(bands: tuple[tuple[str, Interval], ...], score: Decimal) -> str:
    """The grade that bands give to a score, "" in a gap."""
    return next((name for name, interval in bands if interval.contains(score)), "")


@rule(
    "GRD001",
    "grade-does-not-fit-total",
    subject=Graded,
    severity=Severity.ERROR,
    mandatory=True,
    title=Phrase("评级与总得分不符", "the grade does not fit the total"),
    fail=Phrase(
        "总得分 {total} 分按{source}应为“{computed}”，报告评为“{stated}”",
        "a total of {total} is “{computed}” by {source}, the report grades it “{stated}”",
    ),
)
def grade_does_not_fit(claim: Graded) -> Iterator[Check]:
    """The grade is not the one that the bands give to the total.

    The report's own printed bands win, then those of the settings; else 财预〔2020〕10号 holds. A grade
    that only another region's bands allow stays open. The field's quality form: 评分与评级相符.
    """
    score = claim.total.quantity.value
    known = {system.name: system.bands for system in systems()[0]}
    default = next(system for system in systems()[0] if system.default)
    bands = claim.bands or default.bands
    verdicts = (
        [allows(bands, claim.grade, score)] if claim.bands else [allows(b, claim.grade, score) for b in known.values()]
    )
    if verdicts[0]:
        yield claim.passed()
    elif any(verdicts):
        yield claim.open(reason=OTHER_SYSTEM.filled(grade=grade_of(bands, score)))
    elif all(verdict is None for verdict in verdicts):
        yield claim.open(reason=UNKNOWN.filled(grade=claim.grade))
    else:
        name = claim.source or default.name
        source = Phrase("报告所列标准", "the report's own bands") if claim.band_mention else Phrase(name, name)
        yield claim.failed(total=claim.total.number, computed=grade_of(bands, score), source=source)


@rule(
    "GRD002",
    "grade-bands-do-not-meet",
    subject=GradeBands,
    severity=Severity.ERROR,
    title=Phrase("等级分数段有空档或重叠", "the bands of grades leave a gap or overlap"),
    fail=Phrase(
        "“{upper}”从 {low} 分起，“{lower}”到 {high} 分止，两档之间{how}",
        "“{upper}” begins at {low}, “{lower}” ends at {high}: they {how}",
    ),
)
def bands_do_not_meet(claim: GradeBands) -> Iterator[Check]:
    """One grade ends where no other begins, or two grades share scores.

    Bands of whole points (90—100, 80—89) meet. 财预〔2020〕10号 gives every score one grade.
    """
    if not claim.breaks:
        yield claim.passed()
    for upper, lower, low, high in claim.breaks:
        yield claim.failed(upper=upper, lower=lower, low=low, high=high, how=GAP if low > high else OVERLAP)


RULES = (grade_does_not_fit, bands_do_not_meet)
