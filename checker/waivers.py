"""Waivers: findings that a person has seen and lets stand, in a TOML file that survives the next draft.

::

    [[waiver]]
    fingerprint = "SUM002:9f3c1b7a"
    reason = "附件三已说明口径差异"
    author = "张三"
    expires = 2027-03-31    # may be left out; holds on this day and not after it
    report = "draft*.pdf"   # may be left out; holds only for files of this name
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from checker.finding import Finding, Waiver
from checker.result import Result
from checker.settings import SettingsError, read_settings
from checker.verdict import Phrase

UNUSED = Phrase(
    "豁免 {fingerprint} 已没有对应的问题，可以删去（{reason}）",
    "waiver {fingerprint} matches nothing any more ({reason})",
)
EXPIRED = Phrase(
    "豁免 {fingerprint} 已于 {expires} 到期，不再有效（{reason}）",
    "waiver {fingerprint} expired on {expires} and no longer holds ({reason})",
)
MANDATORY = Phrase(
    "{fingerprint} 属于必须改正的规则，豁免无效；确需放行请加 --allow-mandatory",
    "{fingerprint} is of a rule that must be satisfied: the waiver does not hold without --allow-mandatory",
)
BASELINE = Phrase("建立基线时已有", "there when the baseline was written")
UNWRITTEN = Phrase("无法写入（{why}）", "cannot be written ({why})")
WRITTEN = Phrase("{path}：写入 {count} 条豁免", "{path}: {count} waivers written")
WRITTEN_BUT = Phrase(
    "{path}：写入 {count} 条豁免；另有 {left} 个问题属于必须改正的规则，未写入",
    "{path}: {count} waivers written; {left} findings of rules that must be satisfied were left out",
)
LeftOut = Mapping[str, frozenset[str]]
HEAD = "# 豁免：已看过、决定保留的问题。每条须有 reason（理由）与 author（决定人）；expires（到期日）可选。\n"


class _Entry(Struct, frozen=True, forbid_unknown_fields=True):
    fingerprint: str
    reason: str
    author: str
    expires: date | None = None
    report: str | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.author.strip():
            raise ValueError("reason and author must be given")


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    waiver: tuple[_Entry, ...] = ()


class Waivers(Struct, frozen=True):
    """The waivers of one file, and the rules that may not be waived."""

    path: Path
    waivers: tuple[Waiver, ...]
    mandatory: frozenset[str] = frozenset()

    @classmethod
    def read(cls, path: Path, mandatory: Iterable[str] = ()) -> Waivers:
        """The waivers of a file. Raises ``SettingsError``."""
        file = read_settings(path, _File)
        listed = tuple(Waiver(**msgspec.structs.asdict(entry)) for entry in file.waiver)
        return cls(path, listed, frozenset(mandatory))

    def apply(self, result: Result, today: date) -> Result:
        """The result with its waived findings set apart; the ledger counts them apart too."""
        holding = {w.fingerprint: w for w in self.waivers if self._holds(w, result, today)}
        new = [replace(f, waiver=holding[f.fingerprint]) for f in result.findings if f.fingerprint in holding]
        waived = (*result.waived, *new)
        names = {finding.fingerprint for finding in waived}
        kept = [
            replace(f, related=tuple(name for name in f.related if name not in names))
            for f in result.findings
            if f.fingerprint not in names
        ]
        summary = replace(result.summary, failed=len(kept), waived=len(waived))
        return replace(result, findings=tuple(kept), waived=waived, summary=summary)

    def _holds(self, waiver: Waiver, result: Result, today: date) -> bool:
        return _is_for(waiver, result) and not _is_over(waiver, today) and _rule(waiver) not in self.mandatory

    def remarks(self, results: Sequence[Result], left_out: LeftOut, today: date) -> Iterator[Phrase]:
        """What is to be said of waivers: those that match nothing, are over or do not hold for their rule."""
        for waiver in self.waivers:
            about = [r for r in results if _is_for(waiver, r) and _rule(waiver) not in left_out[r.document.path]]
            found = any(f.fingerprint == waiver.fingerprint for r in about for f in (*r.findings, *r.waived))
            if not about:
                continue
            if not found:
                yield UNUSED.filled(fingerprint=waiver.fingerprint, reason=waiver.reason)
            elif _is_over(waiver, today):
                yield EXPIRED.filled(fingerprint=waiver.fingerprint, expires=waiver.expires, reason=waiver.reason)
            elif _rule(waiver) in self.mandatory:
                yield MANDATORY.filled(fingerprint=waiver.fingerprint)


def _rule(waiver: Waiver) -> str:
    return waiver.fingerprint.partition(":")[0]


def _is_for(waiver: Waiver, result: Result) -> bool:
    return fnmatch(Path(result.document.path).name, waiver.report or "*")


def _is_over(waiver: Waiver, today: date) -> bool:
    return waiver.expires is not None and waiver.expires < today


def waive(
    results: Sequence[Result], waivers: Mapping[str, Waivers], left_out: LeftOut
) -> tuple[list[Result], list[Phrase]]:
    """Each result with its waived findings set apart, and what is to be said of the waivers.

    ``waivers`` hold those of each report that has a file of them, ``left_out`` for each report the
    rules that were not run: their waivers match nothing now and may well match again.
    """
    today = date.today()
    own = [waivers.get(result.document.path) for result in results]
    done = [file.apply(result, today) if file else result for result, file in zip(results, own, strict=True)]
    remarks = [
        remark
        for file in dict.fromkeys(waivers.values())
        for remark in file.remarks([r for r, one in zip(done, own, strict=True) if one is file], left_out, today)
    ]
    return done, remarks


def add_baseline(path: Path, results: Sequence[Result], mandatory: frozenset[str], language: str) -> Phrase:
    """Put the findings that may be waived at the end of a file of waivers; what is there stays.

    Raises ``SettingsError`` when it cannot be written.
    """
    new = [(finding, result) for result in results for finding in result.findings if finding.rule not in mandatory]
    named = len(results) > 1
    entries = "".join(_entry(finding, result, language, named=named) for finding, result in new)
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(entries if file.tell() else HEAD + entries)
    except OSError as error:
        raise SettingsError(path, UNWRITTEN.filled(why=error.strerror)) from error
    left = sum(len(result.findings) for result in results) - len(new)
    return (WRITTEN if not left else WRITTEN_BUT).filled(path=path, count=len(new), left=left)


def _entry(finding: Finding, result: Result, language: str, *, named: bool) -> str:
    message = "".join(char if char.isprintable() else " " for char in finding.message.say(language))
    lines = [
        f"# {finding.rule} {message}",
        "[[waiver]]",
        f"fingerprint = {_quoted(finding.fingerprint)}",
        f"reason = {_quoted(f'{BASELINE.say(language)} ({date.today()})')}",
        'author = "checker"',
    ]
    if named:
        lines.append(f"report = {_quoted(Path(result.document.path).name)}")
    return "\n" + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
