"""Relations of wording: names, titles, quotations, copies, residue."""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.figures import Reading
from checker.relate.wording_copies import find_copies
from checker.relate.wording_corpus import Corpus
from checker.relate.wording_names import find_names
from checker.relate.wording_places import find_strange_places
from checker.relate.wording_residue import find_residue
from checker.relate.wording_strangers import find_strangers
from checker.relate.wording_titles import find_quotes, find_titles
from checker.relate.wording_units import find_lost_units
from checker.relation import Relation


def find_wording(reading: Reading) -> Iterator[Relation]:
    """Every relation of wording."""
    corpus = Corpus.of(reading)
    yield from find_names(corpus)
    strangers = list(find_strangers(corpus))
    yield from strangers
    yield from find_strange_places(corpus, [one.written for relation in strangers for one in relation.variants])
    yield from find_titles(corpus)
    yield from find_quotes(corpus)
    yield from find_copies(reading.document, corpus)
    figures = sum(len(passage.figures) for passage in reading.prose if passage.place.row is None)
    yield from find_residue(corpus, paged=reading.document.pages is not None, figures=figures)
    yield from find_lost_units(reading)
