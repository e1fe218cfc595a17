"""The findings of a document as bytes, for the next run over the same file with the same settings.

Messages are kept as they were said, in both languages. A mention is kept as the number of its text
among those of the document, which is kept apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from checker.document import Document, Table, Text
from checker.figure import Place
from checker.finding import Finding, evidence_of
from checker.result import Result, Summary
from checker.verdict import Mention, Phrase, Role, Severity, Verdict

_Said = tuple[str, str]
_Anchor = tuple[int, int, int, int]


Found = tuple[tuple[Finding, ...], tuple[Finding, ...], Summary]
"""Findings, checks and the ledger of a result."""


class _Mention(msgspec.Struct, array_like=True):
    role: Role
    text: int
    start: int
    end: int
    place: tuple[int, int, int | None, int | None]


class _Finding(msgspec.Struct, array_like=True):
    rule: str
    name: str
    severity: Severity
    verdict: Verdict
    message: _Said
    stated: str | None
    computed: str | None
    mentions: list[_Mention]
    because: _Said
    suggestion: _Said | None
    fingerprint: str
    related: list[str]
    calculation: str
    causes: list[_Anchor]


class _Findings(msgspec.Struct, array_like=True):
    findings: list[_Finding]
    checks: list[_Finding]
    summary: Summary


_decoder = msgspec.msgpack.Decoder(_Findings)


def pack_findings(result: Result) -> bytes | None:
    """What was found; None where a finding rests on words that are not among the document's own."""
    numbers = {id(text): number for number, text in enumerate(_texts(result.document))}
    judged = (*result.findings, *result.checks)
    if not all(id(evidence.mention.text) in numbers for finding in judged for evidence in finding.evidence):
        return None
    findings, checks = ([_packed(one, numbers) for one in some] for some in (result.findings, result.checks))
    return msgspec.msgpack.encode(_Findings(findings, checks, result.summary))


def unpack_findings(data: bytes, document: Document) -> Found:
    """What was found in a document. Raises one of ``checker.packed.Unreadable``."""
    kept = _decoder.decode(data)
    texts = list(_texts(document))
    findings, checks = (tuple(_unpacked(one, texts, document) for one in some) for some in (kept.findings, kept.checks))
    return findings, checks, kept.summary


def _texts(document: Document) -> Iterator[Text]:
    """All texts of a document in one order; one that stands in two places comes twice."""
    for block in document.blocks:
        if not isinstance(block, Table):
            yield block.text
            continue
        for row in block.rows:
            for cell in row:
                yield cell.text
        yield from (text for text in (block.caption, block.unit) if text is not None)
    for entry in document.toc:
        yield entry.text


def _packed(finding: Finding, numbers: dict[int, int]) -> _Finding:
    return _Finding(
        rule=finding.rule,
        name=finding.name,
        severity=finding.severity,
        verdict=finding.verdict,
        message=_said(finding.message),
        stated=finding.stated,
        computed=finding.computed,
        mentions=[_packed_mention(evidence.mention, numbers) for evidence in finding.evidence],
        because=_said(finding.because),
        suggestion=_said(finding.suggestion) if finding.suggestion else None,
        fingerprint=finding.fingerprint,
        related=list(finding.related),
        calculation=finding.calculation,
        causes=list(finding.causes),
    )


def _packed_mention(mention: Mention, numbers: dict[int, int]) -> _Mention:
    place = mention.place
    where = (place.block, place.section, place.row, place.column)
    return _Mention(mention.role, numbers[id(mention.text)], mention.start, mention.end, where)


def _said(phrase: Phrase) -> _Said:
    return phrase.say("zh"), phrase.say("en")


def _unpacked(kept: _Finding, texts: Sequence[Text], document: Document) -> Finding:
    mentions = (Mention(m.role, texts[m.text], m.start, m.end, Place(*m.place)) for m in kept.mentions)
    return Finding(
        rule=kept.rule,
        name=kept.name,
        severity=kept.severity,
        verdict=kept.verdict,
        message=_phrase(kept.message),
        stated=kept.stated,
        computed=kept.computed,
        evidence=tuple(evidence_of(mention, document) for mention in mentions),
        because=_phrase(kept.because),
        suggestion=_phrase(kept.suggestion) if kept.suggestion else None,
        fingerprint=kept.fingerprint,
        related=tuple(kept.related),
        calculation=kept.calculation,
        causes=tuple(kept.causes),
    )


def _phrase(said: _Said) -> Phrase:
    """Words that were said once, with no field left to fill."""
    zh, en = (words.replace("{", "{{").replace("}", "}}") for words in said)
    return Phrase(zh, en)
