"""Another body's name where everywhere else the reviewed body's stands.

A stranger opens a clause as the reviewed body does and goes on in the same words; it ends on the same
kind of body, stands nowhere else and is no misspelling. A body that judges budgets, or a paragraph that
compares, learns from others or tells of a reorganisation, is left alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from msgspec import Struct

from checker.extract.patterns import Pattern
from checker.relate.vocabulary import alternatives, listed
from checker.relate.wording_corpus import Corpus
from checker.relate.wording_names import DEFINED, LABELLED, TITLED
from checker.relation.wording import Spelling, StrangeName
from checker.verdict import Phrase, Role

SUBJECT = Phrase("“{name}”在同样的句式中作主语", "“{name}” opens clauses that go on in the same words")
SHORTEST = 5
MOST = 2
"""A name that stands more often is there on purpose."""
RARE = 5
"""The reviewed body opens at least so many times as many clauses."""
AGAIN = 2
"""The words behind the name follow the reviewed body at least so often."""
KIND = 3
"""So many characters at the end of both names say that they are bodies of one kind (水利局)."""
FRAME = 3

_YEAR = r"(?:(?:19|20)\d\d年度?)"
_WHOLE = Pattern(rf"{_YEAR}(?:部门|整体支出)(?!预算批复|预算编制|预算的批复)")
_PLACE = Pattern(r"^\p{Han}{2,7}?[省市县区乡镇州旗]")


class Opening(Struct, frozen=True):
    """A name that opens a clause: where it stands in the corpus, and the words that follow."""

    name: str
    start: int
    frame: str
    whole: bool


def find_strangers(corpus: Corpus) -> Iterator[StrangeName]:
    """For every name on the cover, the strangers in its places."""
    bodies = _reviewed(corpus)
    known = {form for forms in bodies.values() for form in forms}
    for body, forms in bodies.items():
        found = list(_openings(corpus, body, forms))
        own = [opening for opening in found if opening.name in forms]
        frames = Counter(opening.frame for opening in own)
        others: dict[str, list[Opening]] = defaultdict(list)
        for opening in found:
            if opening.name not in known:
                others[opening.name].append(opening)
        usual = Spelling(body, corpus.places(Role.OPERAND, body, limit=1))
        because = SUBJECT.filled(name=body)
        strangers = [name for name, its in others.items() if _is_stranger(corpus, body, name, its, frames)]
        for name in strangers:
            yield StrangeName(because, usual, (Spelling(name, corpus.places(Role.STATED, name)),))
        if own and not strangers:
            yield StrangeName(because, Spelling(body, corpus.places(Role.STATED, body, limit=1)), ())


def _reviewed(corpus: Corpus) -> dict[str, set[str]]:
    """The full names on the cover, each with the short names defined for it."""
    ends = listed("names", "suffixes")
    bodies: dict[str, set[str]] = {}
    for spot in corpus.spots:
        if spot.kind == "title":
            for pattern in (LABELLED, TITLED):
                names = [match["full"] for match in pattern.finditer(spot.plain)]
                bodies |= {name: {name} for name in names if name.endswith(ends) and len(name) >= SHORTEST}
        elif bodies and "称" in spot.plain:
            for match in DEFINED.finditer(spot.plain):
                for body, forms in bodies.items():
                    if match["full"].endswith(body):
                        forms.add(match["short"])
    return bodies


def _openings(corpus: Corpus, body: str, forms: set[str]) -> Iterator[Opening]:
    suffix = next(end for end in listed("names", "suffixes") if body.endswith(end))
    named = "|".join(sorted(forms, key=len, reverse=True))
    opening = Pattern(
        rf"(?:^|(?<=[。；;，,：:]))(?:{alternatives('names', 'lead_ins')})?"
        rf"(?P<name>{named}|\p{{Han}}{{3,20}}?{suffix})(?P<year>{_YEAR}?)(?P<next>\p{{Han}}{{{FRAME}}})"
    )
    for at, spot in enumerate(corpus.spots):
        if spot.kind in {"prose", "cell"} and any(end in spot.plain for end in (suffix, *forms)):
            for match in opening.finditer(spot.plain):
                frame = ("年" if match["year"] else "") + match["next"]
                whole = _WHOLE.match(spot.plain, match.end("name")) is not None
                yield Opening(match["name"], corpus.starts[at] + match.start("name"), frame, whole)


def _is_stranger(corpus: Corpus, body: str, name: str, places: list[Opening], frames: Counter[str]) -> bool:
    if len(name) < SHORTEST or not len(places) <= MOST or frames.total() < RARE * len(places):
        return False
    if corpus.value.count(name) != len(places) or not _PLACE.match(name) or not _differs(body, name):
        return False
    if set(name) & set("".join(listed("names", "function"))) or any(w in name for w in listed("names", "overseers")):
        return False
    alike = name[-KIND:] == body[-KIND:]
    for place in places:
        said = corpus.spot(place.start).plain
        if frames[place.frame] < AGAIN or not (alike or place.whole):
            return False
        if any(word in said for word in listed("names", "on_purpose")):
            return False
    return True


def _differs(body: str, name: str) -> bool:
    """Whether two characters or more are others, a third of the name at least: no slip of the pen."""
    if body in name or name in body or _level(body) != _level(name):
        return False
    matcher = SequenceMatcher(None, body, name, autojunk=False)
    changed = [(body[a:b], name[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    both = any(gone and put for gone, put in changed)  # a name with words left out is a short name
    most = sum(max(len(gone), len(put)) for gone, put in changed)
    return both and most >= 2 and KIND * most >= min(len(body), len(name)) - 1


def _level(name: str) -> str:
    """The place's kind: 县, 市; a body of a city above a county is a superior and no stranger."""
    match = _PLACE.match(name)
    return match[0][-1] if match else ""
