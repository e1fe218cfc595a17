"""How often each rule found something, most often first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from checker.reports.json import language_of
from checker.result import Result
from checker.rule import installed_rules


def render(results: Sequence[Result], language: str | None, *, everything: bool) -> str:
    """A line for each rule: findings (with ``everything`` also passed and open checks), code, name, title."""
    own = language or (language_of(results[0], None) if results else "zh")
    titles = {rule.code: f"{rule.name}  {rule.title.say(own)}" for rule in installed_rules()}
    found = Counter(finding.rule for result in results for finding in result.findings)
    other = Counter((check.rule, check.verdict.value) for result in results for check in result.checks)
    codes = set(found) | ({code for code, _ in other} if everything else set())
    lines = []
    for code in sorted(codes, key=lambda one: (-found[one], one)):
        counts = f"{found[code]:5}"
        if everything:
            counts += f" {other[code, 'pass']:5} {other[code, 'open']:5}"
        lines.append(f"{counts}  {code}  {titles.get(code, '')}".rstrip())
    return "".join(f"{line}\n" for line in lines)
