"""What several years come to, behind the list of the years or before it: 分别为 6、7 和 8 万元，三年合计 21 万元.

So many years as the total names must be listed, one by one behind 分别 or 依次 or each with its year. Several
lists may be meant; one that adds up is enough, and only a total that says nothing of its own, or what the list
says, can be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.chinese import chinese_number
from checker.extract.clauses import JOINED, Span, sentences
from checker.extract.figures import Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.quantity import Interval
from checker.relate.slips import near_miss
from checker.relation import ProseTotal
from checker.repairs import is_mistyped
from checker.verdict import Phrase

YEARS = Phrase("“{word}”为所列各年之和", "“{word}” adds up the years listed")
_TOTAL = Pattern(
    r"(?P<years>[两二三四五六七八九十]|\d)\s*年(?:间|来|期间)?(?:一共|总共|共计|合计|累计|总计|共)(?P<noun>(?:(?!比|较|增|减|提高|下降|少|多)\p{Han}){0,10})$"
)
_TOLD = Pattern(r"年(?:间|来|期间)?(?:一共|总共|共计|合计|累计|总计|共)")
_BARE = frozenset({"", "为", "达", "达到", "共", "计", "共计"})
_OF_YEAR = Pattern(r"(?<!\d)(?P<year>20\d\d)年(?P<noun>[^，,。；;：:、\d（(]{0,14})$")
_NEXT = Pattern(r"\s*[、，,；;和及]\s*(?P<year>20\d\d)年[^，,。；;：:、\d（(]{0,14}")
_LED = Pattern(r"(?:分别|依次)[^，,。；;：:、\d]{0,10}$")
_CHANGE = Pattern(r"比|较|增|减少|提高|下降|少|多")
KINDS = frozenset({"money", "count", "measure"})
REACH, FEWEST, LONGEST_LEAD = 24, 2, 40


def find_year_sums(reading: Reading) -> Iterator[ProseTotal]:
    """Every total of so many years whose sentence, or the one before it, lists as many."""
    for passage in reading.prose:
        text = passage.text.value
        if passage.place.row is not None or len(passage.figures) <= FEWEST or not _TOLD.search(text):
            continue
        before: Sequence[Sequence[Figure]] = ()
        for span in sentences(text):
            figures = [one for one in passage.outside(span) if one.quantity.unit.kind in KINDS]
            lists = list(_lists(text, span, figures))
            for figure in figures:
                match = _TOTAL.search(text, max(span.start, figure.start - REACH), figure.start)
                if match is not None and not figure.quantity.is_open:
                    yield from _claim(figure, match, lists, before)
            before = lists


def _lists(text: str, span: Span, figures: Sequence[Figure]) -> Iterator[Sequence[Figure]]:
    """The lists of a sentence, one figure a year."""
    at = 0
    while at < len(figures):
        lead = text[max(span.start, figures[at].start - REACH) : figures[at].start]
        run = _dated(text, figures[at:]) if _OF_YEAR.search(lead) else ()
        if len(run) < FEWEST and _LED.search(lead):
            run = _joined(text, figures[at:])
        own = lead.rpartition("，")[2].rpartition("年")[2].replace("新增", "")
        if len(run) >= FEWEST and not _CHANGE.search(own):
            yield run
        at += max(1, len(run))


def _joined(text: str, figures: Sequence[Figure]) -> Sequence[Figure]:
    end = 1
    while end < len(figures) and figures[end].quantity.unit.base == figures[0].quantity.unit.base:
        if text[figures[end - 1].end : figures[end].start].strip() not in JOINED:
            break
        end += 1
    return figures[:end]


def _dated(text: str, figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures behind one year after the other."""
    first = _OF_YEAR.search(text, max(0, figures[0].start - REACH), figures[0].start)
    year, end = int(first["year"]) if first else 0, 1
    while end < len(figures) and figures[end].quantity.unit.base == figures[0].quantity.unit.base:
        match = _NEXT.fullmatch(text[figures[end - 1].end : figures[end].start])
        if match is None or int(match["year"]) != year + end:
            break
        end += 1
    return figures[:end]


def _claim(
    total: Figure, match: Match, lists: Sequence[Sequence[Figure]], before: Sequence[Sequence[Figure]]
) -> Iterator[ProseTotal]:
    years = int(match["years"]) if match["years"].isdigit() else int(chinese_number(match["years"]) or 0)
    if match["years"] == "两":
        years = len("两年")
    own, others = (
        [run for run in some if len(run) == years and run[0].quantity.unit.base == total.quantity.unit.base]
        for some in (lists, before)
    )
    claims = [
        ProseTotal(YEARS.filled(word=match.group()), total, (tuple(run),), match.group()) for run in (*own, *others)
    ]
    claims = [claim for claim in claims if claim.comparable]
    holding = [claim for claim in claims if claim.holds]
    if holding:
        yield holding[0]
    elif len(own) == len(claims) == 1 and _is_meant(claims[0], match["noun"]):
        yield claims[0]


def _is_meant(claim: ProseTotal, noun: str) -> bool:
    """Whether a total that says nothing of its own, or what the list says, is near what the years come to."""
    total, first = claim.total.quantity, claim.parts[0]
    lead = first.text.value[max(0, first.start - LONGEST_LEAD) : first.start]
    summed = sum((one.quantity.based for one in claim.parts), start=total.based * 0)
    same = noun in _BARE or noun.rstrip("为达到计")[-len("支出") :] in lead
    return same and (near_miss(total.based, summed) or is_mistyped(claim.total, Interval.point(summed)))
