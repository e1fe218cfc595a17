"""A place that a report speaks of once, where everywhere else its own place stands: 汝宁市 left in a report on 澜川市.

Only names of two characters before 市, 县 or 街道 are looked for. Of cities and counties one must stand
far more often than all others; of streets each must stand often, so that the report knows no others.
A paragraph that compares or learns from others names them on purpose.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from checker.extract.clauses import sentence_at
from checker.extract.patterns import Match, Pattern
from checker.relate.vocabulary import listed
from checker.relate.wording_corpus import Corpus
from checker.relation.wording import Spelling, StrangeName
from checker.verdict import Phrase, Role

ELSEWHERE = Phrase("报告其余各处的同类地名", "the places of this kind that the rest of the report names")
OFTEN, STREET_OFTEN, STREETS = 5, 5, 3
"""How often the report's own place stands; how often each of its streets does, and how many it has."""
TIMES = 4
"""The own city or county stands so many times as often as the next one."""
AROUND = 30
"""Characters around a name in which words say that it is named on purpose."""
NEXT = 2
"""So many characters follow the own place's name somewhere as they follow the stranger."""
_NAME = Pattern(r"(?P<place>\p{Han}{2})(?P<kind>市|县|街道)")
_ALONE = Pattern(
    r"(?<=^|[^\p{Han}]|[^\p{Han}](?:由|在|对|与|和|为|以|向|建议|督促|要求))(?P<place>\p{Han}{2})(?P<kind>市|县|街道)"
    r"(?![、，。；：]|[级本直]|\p{Han}{0,14}(?:公司|事务所|大学|学院|医院|银行|集团|人民法院|开发区))"
)
_OTHERS = ("邻", "接壤", "类似", "高速", "铁路", "流经", "途经", "交界", "外地", "异地", "籍贯", "来自", "标杆", "典型")


def find_strange_places(corpus: Corpus, told: Sequence[str]) -> Iterator[StrangeName]:
    """Every place that is named once where the report's own are named, but for those of bodies already told of."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for match in _NAME.finditer(corpus.value):
        found[match["kind"]][match["place"]] += 1
    for match in _ALONE.finditer(corpus.value):
        usual = _own(found[match["kind"]], match)
        known = any(name.startswith(match["place"]) for name in told)
        if usual and not known and corpus.value.count(match["place"]) == 1 and _is_stranger(corpus, match, usual):
            own, name = usual + match["kind"], match["place"] + match["kind"]
            places = corpus.places(Role.OPERAND, own, limit=1)
            yield StrangeName(ELSEWHERE, Spelling(own, places), (Spelling(name, corpus.places(Role.STATED, name)),))


def _own(counts: Counter[str], match: Match) -> str:
    """The place of this kind that the report is about, or one of its streets; "" where that is not plain."""
    names = [(name, count) for name, count in counts.most_common() if count > 1 and not _is_words(name)]
    if match["kind"] == "街道":
        plain = len(names) >= STREETS and all(count >= STREET_OFTEN for _, count in names)
        return names[0][0] if plain else ""
    counted = [count for _, count in names]
    plain = bool(counted) and counted[0] >= OFTEN and (len(counted) == 1 or counted[0] >= TIMES * counted[1])
    return names[0][0] if plain else ""


def _is_words(name: str) -> bool:
    """Whether two characters are words of a sentence and no name: 访谈县级部门, 全市, 两县."""
    return bool(set(name) & set("".join(listed("places", "words")))) or name in listed("places", "verbs")


def _is_stranger(corpus: Corpus, match: Match, usual: str) -> bool:
    if _is_words(match["place"]):
        return False
    said = corpus.spot(match.start("place")).plain
    purpose = [word for word in listed("names", "on_purpose") if word not in {"牵头", "印发", "主管", "平均", "改革"}]
    at = said.find(match["place"])
    span = sentence_at(said, at)
    near = said[max(span.start, at - AROUND) : min(span.end, at + AROUND)]
    if any(word in near for word in (*purpose, *_OTHERS)):
        return False
    if match["kind"] == "街道":
        return True
    behind = corpus.value[match.end() : match.end() + NEXT]
    opens = at <= len("建议")
    return opens or f"{usual}{match['kind']}{behind}" in corpus.value
