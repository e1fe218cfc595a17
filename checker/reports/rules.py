"""Rules as text: the table of all rules, and one rule explained with its cases."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from checker.knowledge import knowledge
from checker.rule import Rule
from checker.verdict import Phrase

LABELS = {
    "zh": {"why": "为何重要", "source": "出处", "settings": "设置（checker.toml）"},
    "en": {"why": "Why it matters", "source": "Source", "settings": "Settings (checker.toml)"},
}
WAIVABLE = Phrase("可以豁免（waivers）", "a finding may be waived (waivers)")
MANDATORY = Phrase(
    "必须改正：除非加 --allow-mandatory，豁免无效",
    "must be satisfied: waivers do not hold without --allow-mandatory",
)


def rules_table(rules: Sequence[Rule], language: str, *, markdown: bool) -> str:
    """All rules, a line each; as a Markdown table for the README."""
    if markdown:
        head = ["| code | name | severity | finds |", "| --- | --- | --- | --- |"]
        rows = [f"| {r.code} | {r.name} | {r.severity.value} | {r.title.say('zh')} · {r.summary} |" for r in rules]
        return "\n".join([*head, *rows]) + "\n"
    return "\n".join(f"{r.code}  {r.severity.value:7}  {r.name}  {r.title.say(language)}" for r in rules) + "\n"


class Family(Struct, frozen=True):
    """What a family of rules is about, why its findings matter, what asks for them."""

    name: Phrase
    why: Phrase
    source: Phrase


class Example(Struct, frozen=True):
    """A case of a rule: how it ends (pass, fail, open), what it shows, the snippet of a report."""

    ends: str
    title: str
    snippet: str


class Entry(Struct, frozen=True):
    """One rule of the reference, in one language; ``why`` and ``source`` are "" for a pack that gives none.

    ``finds`` is what a finding says; ``details`` are notes on how it is told, in English.
    """

    code: str
    name: str
    severity: str
    mandatory: bool
    title: str
    finds: str
    details: str
    family: str
    why: str
    source: str
    settings: str
    examples: tuple[Example, ...]


def reference(rules: Sequence[Rule], language: str) -> tuple[Entry, ...]:
    """Every rule with what it finds, why it matters, its source, examples and settings."""
    return tuple(_entry(rule, language) for rule in rules)


def _entry(rule: Rule, language: str) -> Entry:
    family = family_of(rule)
    return Entry(
        code=rule.code,
        name=rule.name,
        severity=rule.severity.value,
        mandatory=rule.mandatory,
        title=rule.title.say(language),
        finds=rule.summary,
        details=rule.details,
        family=family.name.say(language) if family else rule.family,
        why=family.why.say(language) if family else "",
        source=family.source.say(language) if family else "",
        settings=_settings(rule, language),
        examples=tuple(examples(rule)),
    )


def _settings(rule: Rule, language: str) -> str:
    """How a user sets the rule, ready to be copied into checker.toml."""
    waived = MANDATORY if rule.mandatory else WAIVABLE
    lines = (
        f'severity = {{ {rule.code} = "{rule.severity.value}" }}  # error, warning, info',
        f'ignore = ["{rule.code}"]',
        f"# {waived.say(language)}",
    )
    return "\n".join(lines)


def family_of(rule: Rule) -> Family | None:
    """What the rule's pack says of its family in ``data/families.toml``; None where it says nothing."""
    package = sys.modules[rule.judge.__module__].__package__ or ""
    try:
        data = knowledge("families", package)[rule.family]
    except (OSError, KeyError):
        return None
    return Family(*(Phrase(data[key]["zh"], data[key]["en"]) for key in ("name", "why", "source")))


def explain(rule: Rule, language: str) -> str:
    """One rule: what it finds, why it matters, the source, a passing and a failing example, the settings."""
    entry, label = _entry(rule, language), LABELS[language]
    lines = [f"{entry.code} {entry.name} ({entry.severity})", entry.title, "", entry.finds]
    if entry.details:
        lines += ["", entry.details]
    for key, text in (("why", entry.why), ("source", entry.source)):
        if text:
            lines += ["", f"{label[key]}: {text}"]
    for example in entry.examples:
        lines += ["", f"[{example.ends}: {example.title}]", example.snippet]
    lines += ["", f"{label['settings']}:", *(f"  {line}" for line in entry.settings.splitlines())]
    return "\n".join(lines) + "\n"


def examples(rule: Rule) -> Iterator[Example]:
    """The first case of each kind: one that passes, one that fails, perhaps one that stays open."""
    path = case_file(rule)
    if path is None:
        return
    seen: set[str] = set()
    for part in path.read_text("utf-8").split("\n## ")[1:]:
        heading, _, body = part.partition("\n")
        ends, _, title = heading.strip().partition(": ")
        if ends not in seen:
            seen.add(ends)
            yield Example(ends, title, body.split("```toml")[0].strip())


def case_file(rule: Rule) -> Path | None:
    """The Markdown file with a rule's cases: inside its pack, or beside it in a checkout."""
    source = sys.modules[rule.judge.__module__].__file__
    if source is None:
        return None
    pack = Path(source).parent
    for folder in (pack / "cases", pack.parent / "fixtures" / "cases"):
        path = folder / rule.family.lower() / f"{rule.code}.md"
        if path.is_file():
            return path
    return None
