"""Rules: short functions that take one typed relation and say what follows.

A rule registers nothing. Its module lists it in ``RULES``, its pack lists the modules, and the
entry point ``checker.rules`` names the pack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from msgspec import Struct

from checker.verdict import Check, Phrase, Severity, Verdict

if TYPE_CHECKING:
    from checker.relation import Relation

COMMON: Mapping[str, Phrase] = {
    "pass": Phrase("核对一致", "the statements agree"),
    "open": Phrase("无法判定：{reason}", "cannot be decided: {reason}"),
    "unsure": Phrase(
        "{words}由扫描件识别而来，把握不大，请对照原件：{finding}",
        "{words} was read from a scan and is uncertain, compare the original: {finding}",
    ),
}
"""Messages of passed and open checks, for rules that have none of their own; ``unsure`` leaves a failed one open."""


class Rule(Struct, frozen=True):
    """A rule with all that its documentation is made from.

    ``messages`` hold one phrase for each way the rule ends: ``fail`` always, ``open`` and others
    where the rule uses them. Findings of a ``mandatory`` rule cannot be waived. Where
    ``severity_is_set`` by a user it holds for every finding, also for those the rule would rank otherwise.
    ``summary`` and ``details`` come from the function's docstring.
    """

    code: str
    name: str
    subject: type[Relation]
    severity: Severity
    title: Phrase
    messages: Mapping[str, Phrase]
    judge: Callable[..., Iterator[Check]]
    mandatory: bool = False
    severity_is_set: bool = False

    @property
    def family(self) -> str:
        """The three letters of the code."""
        return self.code[:3]

    def message(self, key: str) -> Phrase:
        """The rule's phrase for a way it ends; where it has none, the pack-wide one."""
        return self.messages.get(key) or COMMON[key]

    def severity_of(self, check: Check) -> Severity:
        """How grave a check of this rule is."""
        if self.severity_is_set and check.verdict is Verdict.FAIL:
            return self.severity
        return check.severity or self.severity

    @property
    def summary(self) -> str:
        """The first line of the docstring: the finding, stated."""
        return (self.judge.__doc__ or "").strip().splitlines()[0]

    @property
    def details(self) -> str:
        """The docstring after its first line: why it matters, the source."""
        lines = (self.judge.__doc__ or "").strip().splitlines()[1:]
        return "\n".join(line.strip() for line in lines).strip()


def rule(
    code: str,
    name: str,
    *,
    subject: type[Relation],
    severity: Severity,
    title: Phrase,
    mandatory: bool = False,
    **messages: Phrase,
) -> Callable[[Callable[..., Iterator[Check]]], Rule]:
    """Make a rule of a function. Raises ``ValueError`` when it has no ``fail`` message."""
    if "fail" not in messages:
        raise ValueError(f"{code}: a rule needs a message for 'fail'")

    def wrap(judge: Callable[..., Iterator[Check]]) -> Rule:
        return Rule(code, name, subject, severity, title, messages, judge, mandatory)

    return wrap


def pack_names() -> tuple[str, ...]:
    """The names of all installed packs."""
    return tuple(sorted(entry.name for entry in entry_points(group="checker.rules")))


def installed_rules(packs: Sequence[str] | None = None) -> tuple[Rule, ...]:
    """All rules of the named packs, of all where none is named, by code. Raises ``ValueError`` on a code used twice."""
    rules: dict[str, Rule] = {}
    for entry in sorted(entry_points(group="checker.rules"), key=lambda e: e.name):
        for one in entry.load() if packs is None or entry.name in packs else ():
            if one.code in rules and rules[one.code] is not one:
                raise ValueError(f"rule code {one.code} is used twice")
            rules[one.code] = one
    return tuple(rules[code] for code in sorted(rules))
