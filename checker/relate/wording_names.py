"""The names of the reviewed body and their rare variants.

Names come from the cover and from definitions (以下简称). A variant differs inside the name by one
character, or has two neighbours changed of which one is the same; both ends stay. So 开发区管委会 is no
variant of 集聚区管委会, and 聚居区管委会 is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from checker.extract.patterns import Pattern
from checker.relate.vocabulary import alternatives, listed
from checker.relate.wording_corpus import Corpus
from checker.relation.wording import NameSpelling, Spelling
from checker.verdict import Phrase, Role

COVER = Phrase("封面与“以下简称”给出的单位名称“{name}”", "the body's name “{name}” from cover and definitions")
SHORTEST = 5
RARE = 3
"""A name stands at least so many times as often as its variant."""
MOST = 40
"""So many names are followed up: each is looked for in the whole report."""
PIECES = 3
DEPTH = 4
"""A character this near to the end of a short name says what kind of body it is (水利局, 林业局)."""

DEFINED = Pattern(
    r"(?P<full>[\p{Han}]{4,40})[(](?:以下|下)(?:统|均)?(?:简称|称)(?:为)?:?[“\"「](?P<short>[\p{Han}]{2,20})[”\"」](?:或[^)]*)?[)]"
)
LABELLED = Pattern(rf"(?:{alternatives('names', 'labels')}):(?P<full>[\p{{Han}}]{{4,40}})")
TITLED = Pattern(r"^(?P<full>\p{Han}{4,40}?)(?=(?:19|20)\d\d)")


class Hit(Struct, frozen=True):
    """A variant of a name: what stands there, where, and the stretch of the name that is changed."""

    written: str
    start: int
    changed: tuple[int, int]


def find_names(corpus: Corpus) -> Iterator[NameSpelling]:
    """Every name of a body with its variants."""
    claimed: set[int] = set()
    dropped: set[str] = set()
    for name in _names(corpus):
        count = corpus.value.count(name)
        if name in dropped or count < RARE:
            continue
        variants: dict[str, list[Hit]] = {}
        for hit in _near(corpus, name):
            if hit.start + hit.changed[0] not in claimed:
                variants.setdefault(hit.written, []).append(hit)
        pairs = {_core(name, hits[0]): hits for hits in variants.values() if len(hits) * RARE <= count}
        for (usual, variant), hits in pairs.items():
            claimed.update(hit.start + hit.changed[0] for hit in hits)
            dropped.add(hits[0].written)
            places = corpus.places(Role.STATED, variant)
            usually = Spelling(usual, corpus.places(Role.OPERAND, usual))
            if len(places) * RARE <= usually.count:
                yield NameSpelling(COVER.filled(name=name), usually, (Spelling(variant, places),))
        if not pairs:
            usually = Spelling(name, corpus.places(Role.STATED, name, limit=1))
            yield NameSpelling(COVER.filled(name=name), usually, ())


def _names(corpus: Corpus) -> list[str]:
    """Full names, short names and names without their kind of body, the longest first."""
    found: dict[str, None] = {}
    for spot in corpus.spots:
        if len(found) > MOST:
            break
        if spot.kind == "title":
            found |= dict.fromkeys(m["full"] for p in (LABELLED, TITLED) for m in p.finditer(spot.plain))
        elif "称" in spot.plain:
            for match in DEFINED.finditer(spot.plain):
                found |= {_trimmed(corpus, match["full"]): None, match["short"]: None}
    bodies = [name for name in found if name.endswith(listed("names", "suffixes"))][:MOST]
    stems = [stem for name in bodies if len(stem := _stem(name)) > SHORTEST]
    return sorted({name for name in (*bodies, *stems) if len(name) >= SHORTEST}, key=lambda n: (-len(n), n))


def _trimmed(corpus: Corpus, name: str) -> str:
    """The name without the sentence's words before it: the longest end of it that stands elsewhere too."""
    for start in range(len(name) - SHORTEST):
        if corpus.value.count(name[start:]) > 1:
            return name[start:]
    return name


def _stem(name: str) -> str:
    suffix = next((s for s in listed("names", "suffixes") if name.endswith(s)), "")
    return name[: len(name) - len(suffix)]


def _near(corpus: Corpus, name: str) -> Iterator[Hit]:
    """Stretches that are the name with one change; they share a third of it, which is looked up."""
    size = max(2, len(name) // PIECES)
    seen: set[int] = set()
    for offset in range(0, len(name) - size + 1, size):
        for at in corpus.find(name[offset : offset + size]):
            start = at - offset
            if corpus.value.startswith(name, start):
                continue
            for shifted in (start, start - 1, start + 1):
                if shifted >= 0 and shifted not in seen and (hit := _variant(corpus.value, shifted, name)):
                    seen.add(shifted)
                    yield hit


def _variant(text: str, start: int, name: str) -> Hit | None:
    end = start + len(name)
    if name[-1] not in text[end - 2 : end + 1] or name in text[max(0, start - 1) : end + 1]:
        return None
    for length in (len(name), len(name) + 1, len(name) - 1):
        written = text[start : start + length]
        if text[start + length - 1 : start + length] != name[-1] or "\n" in written:
            continue
        first, last = _changed(name, written)
        gone, put = name[first:last], written[first : last + length - len(name)]
        if _is_slip(name, gone, put, first):
            return Hit(written, start, (first, last))
    return None


def _changed(name: str, written: str) -> tuple[int, int]:
    """The one stretch of the name that differs."""
    short = min(len(name), len(written))
    first = 0
    while first < short and name[first] == written[first]:
        first += 1
    same = 0
    while same < short - first and name[-1 - same] == written[-1 - same]:
        same += 1
    return first, len(name) - same


def _is_slip(name: str, gone: str, put: str, first: int) -> bool:
    if not (gone + put).isalpha():
        return False
    if len(gone) == len(put) == 2:
        return bool(set(gone) & set(put)) and len(name) > SHORTEST
    if first == 0 or len(gone) > 1 or len(put) > 1 or not set(gone + put).isdisjoint(listed("names", "contrast")):
        return False
    if gone and put:
        return first < len(name) - DEPTH and not set(gone + put) & set(listed("names", "contrast_places"))
    return len(name) > SHORTEST + 2 and first < len(name) - 1


def _core(name: str, hit: Hit) -> tuple[str, str]:
    """Name and variant; where the beginning is changed, without the kind of body behind it."""
    stem = _stem(name)
    if hit.changed[0] == 0 and SHORTEST > len(stem) > 2 and hit.written.endswith(name[len(stem) :]):
        return stem, hit.written[: len(stem)]
    return name, hit.written
