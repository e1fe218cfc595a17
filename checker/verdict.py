"""What a rule says of a relation: three verdicts, three severities, and the places it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum

from msgspec import Struct, field

from checker.document import Text
from checker.figure import Figure, Place


class Verdict(StrEnum):
    """The end of every check. Silence is never a pass."""

    PASS = "pass"
    FAIL = "fail"
    OPEN = "open"


class Severity(Enum):
    """``error``: a reviewer must fix it; ``warning``: must look; ``info``: a remark on rounding or form."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """Larger is graver."""
        return list(Severity).index(self)


class Phrase(Struct, frozen=True):
    """A piece of a message in both languages; ``fields`` fill its ``{names}``."""

    zh: str
    en: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def say(self, language: str) -> str:
        """The words in ``zh`` or ``en``."""
        template = self.en if language == "en" else self.zh
        said = template.format(**{k: v.say(language) if isinstance(v, Phrase) else v for k, v in self.fields.items()})
        return said.replace(" ;", ";").rstrip() if language == "en" else said  # a rate has no unit behind it

    def filled(self, **fields: object) -> Phrase:
        """The same phrase with those of the fields set that its words have a place for."""
        used = {name: value for name, value in fields.items() if f"{{{name}" in self.zh or f"{{{name}" in self.en}
        return Phrase(self.zh, self.en, {**self.fields, **used}) if used else self


class Role(StrEnum):
    """What a piece of evidence is to the check."""

    STATED = "stated"
    WHOLE = "whole"
    PART = "part"
    OPERAND = "operand"
    RULE = "rule"
    LABEL = "label"


class Mention(Struct, frozen=True, gc=False):
    """A stretch of the document that a check rests on, before it is written out as evidence."""

    role: Role
    text: Text
    start: int
    end: int
    place: Place

    @classmethod
    def of(cls, role: Role, figure: Figure) -> Mention:
        """The mention of a figure."""
        return cls(role, figure.text, figure.start, figure.end, figure.place)

    @property
    def said(self) -> str:
        """The words themselves."""
        return self.text.value[self.start : self.end]

    @property
    def unsure(self) -> bool:
        """Whether they were read from a picture and may be others."""
        return self.text.is_unsure(self.start, self.end)

    @classmethod
    def words(cls, role: Role, text: Text, place: Place) -> Mention:
        """The mention of a whole paragraph or cell."""
        return cls(role, text, 0, len(text), place)


class Check(Struct, frozen=True):
    """One relation judged. ``message`` names a message of the rule, ``fields`` fill it.

    ``severity`` is None where the rule's own holds. ``stated`` and ``computed`` are written as
    the document writes numbers; ``calculation`` is how the second was computed.
    """

    verdict: Verdict
    mentions: tuple[Mention, ...]
    because: Phrase
    message: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    stated: str | None = None
    computed: str | None = None
    severity: Severity | None = None
    suggestion: Phrase | None = None
    calculation: str = ""
