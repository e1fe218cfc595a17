"""Runs the stages over one document: figures, relations, rules, findings.

Each stage is a pure function. A finder or a rule that crashes is a problem of the tool, reported
apart from the document's faults; the others go on.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal

from msgspec.structs import replace

from checker.diagnose import Anchor, Case, name_causes
from checker.document import Document, Problem
from checker.extract.figures import Reading, find_figures
from checker.finding import Finding, Fingerprints, evidence_of, in_reading_order
from checker.own import NOTHING_OWN, OwnKnowledge
from checker.relate import FINDERS
from checker.relation import Relation
from checker.relation.facts import OwnedValue, Restatement
from checker.relation.growth import Direction, Growth
from checker.relation.shares import Quotient
from checker.result import Result, Summary
from checker.rule import Rule
from checker.verdict import Check, Verdict


def check_document(document: Document, rules: Sequence[Rule], own: OwnKnowledge = NOTHING_OWN) -> Result:
    """Find the document's figures and relations, offer each relation to its rules, judge."""
    started = time.perf_counter()
    problems = list(document.problems)
    reading = _figures(document, own, problems)
    relations = find_relations(reading, problems)
    cases = without_echoes(_judged(relations, rules, document, problems))
    checks = [case.finding for case in cases if case.finding.verdict is not Verdict.FAIL]
    return Result(
        document=document,
        findings=tuple(in_reading_order(_explained(cases, reading, problems))),
        checks=tuple(in_reading_order(checks)),
        summary=_ledger(reading, cases),
        problems=tuple(problems),
        seconds=time.perf_counter() - started,
        own=own,
    )


@contextmanager
def _guarded(where: str, problems: list[Problem]) -> Iterator[None]:
    """A crash of ours is a problem that is told apart from the document's faults, and hides no other finding."""
    try:
        yield
    except Exception as error:  # noqa: BLE001
        problems.append(Problem("rule-crashed", where, f"{type(error).__name__}: {error}"))


def _figures(document: Document, own: OwnKnowledge, problems: list[Problem]) -> Reading:
    with _guarded(find_figures.__module__, problems):
        return find_figures(document, own)
    return Reading(document, (), {}, own)


def _explained(cases: Sequence[Case], reading: Reading, problems: list[Problem]) -> list[Finding]:
    """The failing findings with their causes; without them where naming causes crashes."""
    with _guarded(name_causes.__module__, problems):
        return name_causes(cases, reading.figures)
    return [case.finding for case in cases if case.finding.verdict is Verdict.FAIL]


def find_relations(reading: Reading, problems: list[Problem]) -> list[Relation]:
    """All relations that the finders see; a finder that crashes adds a problem."""
    relations: list[Relation] = []
    for finder in FINDERS:
        with _guarded(finder.__module__, problems):
            relations.extend(finder(reading))
    return relations


def _judged(
    relations: Iterable[Relation], rules: Iterable[Rule], document: Document, problems: list[Problem]
) -> list[Case]:
    """Each relation with what each rule on such relations says of it, written out."""
    by_subject: dict[type, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_subject[rule.subject].append(rule)
    names = Fingerprints(document)
    cases: list[Case] = []
    for relation in relations:
        for rule in by_subject.get(type(relation), ()):
            with _guarded(rule.code, problems):
                checks = [held_back(rule, check) for check in rule.judge(relation)]
                cases += [Case(_finding(rule, check, document, names), relation) for check in checks]
    return cases


def without_echoes(cases: Sequence[Case]) -> list[Case]:
    """The cases without those that only the place or the digits of figures speak for, where others tell of the same.

    Of a restatement any failing one tells, and any computation that comes to its figure; of a rate, or whose a
    value is, any failing one about the same figure, and any decided rate; of two words that go different ways
    any growth that fails. Two rates that each come out of
    figures of their own are none of one thing.
    """
    others = [case for case in cases if not _is_by_place(case)]
    told = {spot for case in others if _fails(case) for spot in _spots(case.finding)}
    right = {spot for case in others if _computes(case) for spot in _spots(case.finding)}
    rates = {_stated(case) for case in others if _fails(case) or (_is_of_one(case) and _is_decided(case))}
    fitting = {_stated(c) for c in cases if isinstance(c.relation, Quotient) and c.finding.verdict is Verdict.PASS}

    parts = _parts_of_rates(cases)
    grown = {spot for case in cases if _fails(case) and _is_growth(case) for spot in _spots(case.finding)}

    def is_echo(case: Case) -> bool:
        if isinstance(case.relation, Direction) and case.relation.opposite and _stated(case) in grown:
            return True
        if (_is_doubted(case) and _stated(case) in fitting) or _are_of_two_things(case, parts):
            return True
        if not _is_by_place(case):
            return False
        if _is_of_one(case):
            return _stated(case) in rates
        return _stated(case) in right or bool(told & set(_spots(case.finding)))

    kept: list[Case] = []
    seen: set[tuple[str, frozenset[Anchor]]] = set()
    failed: set[tuple[str, frozenset[Anchor]]] = set()
    for case in cases:
        key = case.finding.rule, frozenset(_spots(case.finding))
        twice = key in failed or (_is_by_place(case) and key in seen)  # two finders tell of the same places
        if not _fails(case) or not (twice or is_echo(case)):
            kept.append(case)
            seen.add(key)
            if _fails(case):
                failed.add(key)
    return kept


def _is_growth(case: Case) -> bool:
    """Whether a case holds a growth against its amounts, and not only its words against each other."""
    return isinstance(case.relation, Growth) and not (isinstance(case.relation, Direction) and case.relation.opposite)


def _is_doubted(case: Case) -> bool:
    """Whether a rate fails only as a slip of one reading: another one that fits says what was meant."""
    return isinstance(case.relation, Quotient) and case.relation.doubt is not None


def _parts_of_rates(cases: Sequence[Case]) -> dict[Anchor, set[Decimal]]:
    """For the place of each rate that comes out what was divided for it."""
    found: dict[Anchor, set[Decimal]] = defaultdict(set)
    for case in cases:
        if isinstance(case.relation, Quotient) and case.finding.verdict is Verdict.PASS:
            found[_stated(case)].add(case.relation.closest.part.quantity.based)
    return found


def _are_of_two_things(case: Case, parts: Mapping[Anchor, set[Decimal]]) -> bool:
    """Whether two rates that should be one each come out of an amount of their own."""
    if not isinstance(case.relation, Restatement) or case.relation.figure.quantity.unit.kind != "rate":
        return False
    divided = [parts.get(spot, set()) for spot in _spots(case.finding)]
    return all(divided) and not set.intersection(*divided)


def _is_decided(case: Case) -> bool:
    return case.finding.verdict is not Verdict.OPEN


def _computes(case: Case) -> bool:
    return case.finding.verdict is Verdict.PASS and bool(case.finding.calculation)


def _fails(case: Case) -> bool:
    return case.finding.verdict is Verdict.FAIL


def _is_by_place(case: Case) -> bool:
    relation = case.relation
    return isinstance(relation, OwnedValue) or (isinstance(relation, Restatement | Quotient) and relation.by_place)


def _is_of_one(case: Case) -> bool:
    return isinstance(case.relation, Quotient | OwnedValue)


def _stated(case: Case) -> Anchor:
    return case.finding.evidence[0].anchor


def _spots(finding: Finding) -> Iterator[Anchor]:
    return (evidence.anchor for evidence in finding.evidence)


def held_back(rule: Rule, check: Check) -> Check:
    """The check; left open where it fails over characters that were not clearly read from a picture."""
    unsure = [one.said for one in check.mentions if one.unsure] if check.verdict is Verdict.FAIL else []
    if not unsure:
        return check
    words = "、".join(dict.fromkeys(f"“{word}”" for word in unsure))
    finding = rule.message(check.message).filled(**check.fields)
    return replace(check, verdict=Verdict.OPEN, message="unsure", fields={"words": words, "finding": finding})


def _finding(rule: Rule, check: Check, document: Document, names: Fingerprints) -> Finding:
    return Finding(
        rule=rule.code,
        name=rule.name,
        severity=rule.severity_of(check),
        verdict=check.verdict,
        message=rule.message(check.message).filled(**check.fields),
        stated=check.stated,
        computed=check.computed,
        evidence=tuple(evidence_of(mention, document) for mention in check.mentions),
        because=check.because,
        suggestion=check.suggestion,
        fingerprint=names.of(rule.code, check),
        calculation=check.calculation,
    )


def _ledger(reading: Reading, cases: Sequence[Case]) -> Summary:
    known = {(f.place, f.start, f.end) for f in reading.figures}
    findings = [case.finding for case in cases]
    decided = (finding for finding in findings if finding.verdict is not Verdict.OPEN)
    checked = {(e.mention.place, e.mention.start, e.mention.end) for finding in decided for e in finding.evidence}
    verdicts = Counter(finding.verdict for finding in findings)
    return Summary(
        figures=len(known),
        figures_checked=len(known & checked),
        passed=verdicts[Verdict.PASS],
        failed=verdicts[Verdict.FAIL],
        open=verdicts[Verdict.OPEN],
    )
