"""Names, titles and quotations in their variants; copied paragraphs; what a template left behind."""

from __future__ import annotations

from msgspec import Struct

from checker.relation.base import Relation
from checker.relation.written import as_written
from checker.verdict import Mention


class Spelling(Struct, frozen=True):
    """One way to write a name, with all its places."""

    written: str
    places: tuple[Mention, ...]

    @property
    def count(self) -> int:
        """How often it stands in the report."""
        return len(self.places)


class Spellings(Relation, frozen=True):
    """A name as the report mostly writes it, and its variants, each with all places."""

    usual: Spelling
    variants: tuple[Spelling, ...]

    @property
    def stated(self) -> str | None:
        """The first variant, or the name where there is none."""
        first = self.variants[0] if self.variants else self.usual
        return as_written(first.written, first.places[0])

    @property
    def listing(self) -> str:
        """Each variant with its count: “甲”2处、“乙”1处."""
        return "、".join(f"“{one.written}”{one.count} 处" for one in self.variants)

    @property
    def listing_en(self) -> str:
        """The same in English."""
        return ", ".join(f"“{one.written}” ({one.count})" for one in self.variants)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every place of each variant, then the first place of the usual form."""
        return (*(place for one in self.variants for place in one.places), self.usual.places[0])


class NameSpelling(Spellings, frozen=True):
    """The name of the reviewed body, or of a body defined in the report."""


class StrangeName(Spellings, frozen=True):
    """The name of the reviewed body, and another body's in its places."""


class TitleSpelling(Spellings, frozen=True):
    """The title of a cited document."""


class QuoteSpelling(Spellings, frozen=True):
    """A quotation that stands in several places."""


class RepeatedParagraph(Relation, frozen=True):
    """A paragraph and the one that it repeats under another heading, if there is one."""

    paragraph: Mention
    heading: str
    source: Mention | None = None
    source_heading: str = ""

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The paragraph, then the one it repeats."""
        return (self.paragraph, *((self.source,) if self.source else ()))


class Sweep(Relation, frozen=True):
    """What a search of the whole report for one kind of slip has found: the places of one wording.

    Without places the report is free of it; ``searched`` is where the search began.
    """

    searched: Mention
    words: str = ""
    places: tuple[Mention, ...] = ()
    usual: str = ""
    partner: Mention | None = None

    @property
    def stated(self) -> str | None:
        """The words found."""
        return as_written(self.words, self.places[0]) if self.places else None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every place, then the place that it is compared with."""
        return (*self.places, *((self.partner,) if self.partner else ())) or (self.searched,)


class DoubledWords(Sweep, frozen=True):
    """Words or labels that stand twice in a row."""


class MixedYears(Sweep, frozen=True):
    """A clause that speaks of one year and calls it last year."""


class OpenChoice(Sweep, frozen=True):
    """Words of a template of which one should have been struck out."""


class Placeholder(Sweep, frozen=True):
    """A blank of a template that was not filled."""


class EmptyBrackets(Sweep, frozen=True):
    """Brackets or quotation marks with nothing between them."""


class CutSentence(Sweep, frozen=True):
    """A sentence that ends before it has said anything."""


class LostUnit(Sweep, frozen=True):
    """A figure without the unit or the per cent sign that its neighbours have."""


class BareDocumentNumber(Sweep, frozen=True):
    """A cited document number without its year."""
