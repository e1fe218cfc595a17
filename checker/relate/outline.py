"""Relations of the outline: contents page, numbers, captions, references."""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.figures import Reading
from checker.relate.outline_captions import find_captions
from checker.relate.outline_contents import find_contents
from checker.relate.outline_numbers import find_lists, find_numbers_of_headings, find_spoken
from checker.relate.outline_tables import find_told_tables
from checker.relation import Relation


def find_outline(reading: Reading) -> Iterator[Relation]:
    """Every relation between the parts of a report's outline."""
    document = reading.document
    yield from find_contents(document)
    yield from find_numbers_of_headings(document)
    yield from find_captions(document)
    yield from find_told_tables(reading)
    yield from find_lists(document, paged=document.pages is not None)
    yield from find_spoken(document)
