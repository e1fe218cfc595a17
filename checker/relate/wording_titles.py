"""Titles of cited documents in 《》 and quotations in “”, with their variants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from msgspec.structs import replace

from checker.extract.patterns import Pattern
from checker.relate.vocabulary import listed
from checker.relate.wording_corpus import Corpus, shingle_pairs
from checker.relation.wording import QuoteSpelling, Spelling, Spellings, TitleSpelling
from checker.verdict import Mention, Phrase, Role

ONE_DOCUMENT = Phrase("书名号中几乎相同的文件名称", "almost the same title in 《》")
ONE_QUOTE = Phrase("引号中几乎相同的引文", "almost the same words in “”")

SIZE = 5
MOST = 12
"""A stretch of five characters that more titles share tells nothing."""
SHORTEST_TITLE = 8
LONG_TITLE = 24
SHORTEST_QUOTE = 15
AROUND = 12
"""So many characters of a quotation are shown on both sides of a difference."""

_TITLE = Pattern(r"《(?P<words>[^《》\n]{4,90})》")
_QUOTE = Pattern(r"“(?P<words>(?=[^“”\n]*[，,；;。])[^“”\n]{15,400})”")  # a sentence, no name of a budget item
_LOOSE = Pattern(r"[^\p{L}\p{N}]+")
_PART = Pattern(r"<[^<>]*>?$")

Places = dict[str, list[tuple[str, Mention]]]


def find_titles(corpus: Corpus) -> Iterator[Spellings]:
    """Every cited document with the variants of its title."""
    places = _places(corpus, _TITLE, "《")
    for group in _groups(list(places), _one_title):
        because = ONE_DOCUMENT
        usual, *variants = _spelled(places, group)
        yield TitleSpelling(because, usual, tuple(variants))


def find_quotes(corpus: Corpus) -> Iterator[Spellings]:
    """Every long quotation that stands more than once, with its variants."""
    places = _places(corpus, _QUOTE, "“")
    for group in _groups(list(places), _one_quote):
        usual, *variants = _shortened(_spelled(places, group))
        if variants or usual.count > 1:
            yield QuoteSpelling(ONE_QUOTE, usual, tuple(variants))


def _places(corpus: Corpus, pattern: Pattern, mark: str) -> Places:
    """What stands in the marks, by its letters and digits."""
    found: Places = defaultdict(list)
    for spot in corpus.spots:
        if mark in spot.plain:
            for match in pattern.finditer(spot.plain):
                words = _PART.sub("", match["words"])
                key = _LOOSE.sub("", words)
                if len(key) >= SHORTEST_TITLE:
                    start = match.start("words")
                    end = start + len(words)
                    found[key].append((spot.words(start, end), spot.mention(Role.STATED, start, end)))
    return found


def _groups(keys: Sequence[str], same: Callable[[str, str], bool]) -> Iterator[list[str]]:
    """The keys joined where two are variants of one."""
    parent = list(range(len(keys)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in shingle_pairs(keys, SIZE, MOST):
        if root(i) != root(j) and same(keys[i], keys[j]):
            parent[root(j)] = root(i)
    groups: dict[int, list[str]] = defaultdict(list)
    for i, key in enumerate(keys):
        groups[root(i)].append(key)
    yield from groups.values()


def _spelled(places: Places, group: Sequence[str]) -> list[Spelling]:
    """The spellings of a group, the commonest first."""
    ordered = sorted(group, key=lambda key: -len(places[key]))
    return [Spelling(places[key][0][0], tuple(mention for _, mention in places[key])) for key in ordered]


def _shortened(spellings: Sequence[Spelling]) -> list[Spelling]:
    """Long quotations by the words around their first difference, so that a message can show it."""
    usual, *variants = spellings
    if not variants:
        return [replace(usual, written=usual.written[: 2 * AROUND])]
    spans = edits(usual.written, variants[0].written)
    out = []
    for at, one in enumerate(spellings):
        found = spans if at < 2 else edits(usual.written, one.written)
        first = found[0][2] if found else 0
        out.append(replace(one, written=one.written[max(0, first - AROUND) : first + AROUND]))
    return out


def edits(one: str, other: str) -> list[tuple[str, str, int]]:
    """What is taken out of the first, what is put in, and where."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return [(one[a:b], other[c:d], a) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def _one_title(one: str, other: str) -> bool:
    """Whether two titles are one: a slip or two inside, none that makes another document."""
    long = min(len(one), len(other)) >= LONG_TITLE
    if abs(len(one) - len(other)) > (4 if long else 2):
        return False
    found = edits(one, other)
    if sum(max(len(gone), len(put)) for gone, put, _ in found) > (4 if long else 2):
        return False
    return all(_is_slip(gone, put, at, one, long=long) for gone, put, at in found) and not all(
        gone + put in listed("names", "loose") for gone, put, _ in found
    )


def _is_slip(gone: str, put: str, at: int, one: str, *, long: bool) -> bool:
    said = gone + put
    if any(char.isdigit() or char.isascii() for char in said):
        return False
    contrast = set("".join(listed("names", "contrast")))
    if gone and put:
        places = set("".join(listed("names", "contrast_places")))
        shared = bool(set(gone) & set(put)) or len(said) == 2
        return (long or shared) and not set(said) & (contrast | places)
    inside = at > 0 and at + len(gone) < len(one)
    return inside and not (len(said) == 1 and said in contrast)


def _one_quote(one: str, other: str) -> bool:
    """Whether two quotations are one: at most a twentieth differs."""
    if min(len(one), len(other)) < SHORTEST_QUOTE:
        return False
    allowed = max(2, len(one) // 20)
    if abs(len(one) - len(other)) > allowed:
        return False
    return sum(max(len(gone), len(put)) for gone, put, _ in edits(one, other)) <= allowed
