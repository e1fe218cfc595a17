"""All texts of a document as one string to search in, and back from a place in it to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from checker.extract.figures import Reading
from checker.extract.patterns import Pattern
from checker.relate.spots import Spot, find_spots
from checker.verdict import Mention, Role


class Corpus(Struct, frozen=True):
    """The plain copies of all texts, one a line; no hit runs over two texts."""

    spots: tuple[Spot, ...]
    value: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, reading: Reading) -> Corpus:
        """The corpus of a document."""
        spots = find_spots(reading)
        texts = [spot.plain for spot in spots]
        starts = tuple(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))
        return cls(spots, "\n".join(texts), starts)

    def matched(self, patterns: Iterable[Pattern]) -> list[Spot]:
        """The texts in which one of the patterns, none of which runs over a line end, finds something."""
        found = {match.start() for pattern in patterns for match in pattern.finditer(self.value)}
        return [self.spots[index] for index in sorted({bisect_right(self.starts, at) - 1 for at in found})]

    def spot(self, offset: int) -> Spot:
        """The text that a place stands in."""
        return self.spots[bisect_right(self.starts, offset) - 1]

    def mention(self, role: Role, start: int, end: int) -> Mention:
        """The stretch of the source."""
        index = bisect_right(self.starts, start) - 1
        return self.spots[index].mention(role, start - self.starts[index], end - self.starts[index])

    def find(self, words: str) -> Iterator[int]:
        """Every place where the words stand, from left to right."""
        at = self.value.find(words)
        while at >= 0:
            yield at
            at = self.value.find(words, at + 1)

    def places(self, role: Role, words: str, limit: int = 0) -> tuple[Mention, ...]:
        """The mentions of the words; at most ``limit`` of them where it is set."""
        found: list[Mention] = []
        for at in self.find(words):
            found.append(self.mention(role, at, at + len(words)))
            if limit and len(found) >= limit:
                break
        return tuple(found)


def first_mention(corpus: Corpus) -> Mention | None:
    """Where a search of the whole begins: the first text that says something."""
    spot = next((spot for spot in corpus.spots if spot.plain), None)
    return Mention.words(Role.STATED, spot.text, spot.place) if spot else None


Pair = tuple[int, int]


def shingle_pairs(keys: Sequence[str], size: int, most: int) -> Iterator[Pair]:
    """Pairs of keys that share a rare stretch of ``size`` characters.

    A stretch that more than ``most`` keys share tells nothing and is passed over, so that the work
    grows with the keys and not with their square.
    """
    index: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        for at in range(max(1, len(key) - size + 1)):
            members = index.setdefault(key[at : at + size], [])
            if not members or members[-1] != number:
                members.append(number)
    seen: set[Pair] = set()
    for members in index.values():
        if 1 < len(members) <= most:
            for i, one in enumerate(members):
                for other in members[i + 1 :]:
                    if (one, other) not in seen:
                        seen.add((one, other))
                        yield one, other
