"""Rules as text: the table of all rules, and one rule explained with its cases."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.rule import Rule


def rules_table(rules: Sequence[Rule], language: str, *, markdown: bool) -> str:
    """All rules, a line each; as a Markdown table for the README."""
    if markdown:
        head = ["| code | name | severity | finds |", "| --- | --- | --- | --- |"]
        rows = [f"| {r.code} | {r.name} | {r.severity.value} | {r.title.say('zh')} · {r.summary} |" for r in rules]
        return "\n".join([*head, *rows]) + "\n"
    return "\n".join(f"{r.code}  {r.severity.value:7}  {r.name}  {r.title.say(language)}" for r in rules) + "\n"


def explain(rule: Rule, language: str) -> str:
    """One rule: what it finds, why, and a passing and a failing example from its cases."""
    lines = [f"{rule.code} {rule.name} ({rule.severity.value})", rule.title.say(language), "", rule.summary]
    if rule.details:
        lines += ["", rule.details]
    for title, example in examples(rule):
        lines += ["", f"[{title}]", example]
    return "\n".join(lines) + "\n"


def examples(rule: Rule) -> Iterator[tuple[str, str]]:
    """The first passing and the first failing case of a rule, as title and report snippet."""
    path = case_file(rule)
    if path is None:
        return
    seen: set[str] = set()
    for part in path.read_text("utf-8").split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        kind = title.partition(":")[0]
        if kind not in seen:
            seen.add(kind)
            yield title.strip(), body.split("```toml")[0].strip()


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
