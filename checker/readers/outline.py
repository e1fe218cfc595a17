"""Which paragraphs are headings, and the sections that they open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from checker.document import Section
from checker.extract.headings import TOP, HeadingLabel, levels, ordinal_of, parse_heading
from checker.extract.patterns import Pattern
from checker.readers.blocks import RawBlock, RawParagraph, RawTable

LIST = 3
"""So many items in a row with nothing between them are a list, not headings."""

LOW = ("arabic", "bracket", "half-bracket", "circled", "integer")
"""Kinds of numbering that lists use as well."""

_PREFIX = Pattern(
    r"(?:(?P<bracket>[（(]\s*(\d{1,2})\s*[）)])|(?P<half>(\d{1,2})\s*[）)])|(?P<arabic>(\d{1,2})\s*[.．、](?!\d))|(?P<circled>[①-⑳]))"
)
_RANKS = {"bracket": "bracket", "half": "half-bracket", "arabic": "arabic", "circled": "circled"}
_NAMES_TABLE = Pattern(r"[续附]?[表图]\s*\d")
_WEIGHTED = Pattern(r"[（(]\s*\d+(?:\.\d+)?\s*分\s*[）)]\s*$")


class _Candidate(Struct, frozen=True):
    """A paragraph that may be a heading: where it stands, what it says, and whether it is set apart."""

    at: int
    label: HeadingLabel
    firm: bool


def find_headings(raw: Sequence[RawBlock], skip: range) -> dict[int, HeadingLabel]:
    """The headings by the index of their block; the blocks in ``skip`` hold none."""
    candidates = [found for at, block in enumerate(raw) if at not in skip and (found := _candidate(at, block))]
    candidates = [found for found in candidates if not _is_caption(found, raw)]
    candidates = _with_marked(candidates, raw, skip)
    candidates = _without_lone_integers(candidates)
    candidates = _without_lists(candidates, raw)
    kept: list[_Candidate] = []
    for candidate in candidates:
        if candidate.firm or _makes_sense(candidate, kept):
            kept.append(candidate)
    return {candidate.at: candidate.label for candidate in kept}


def _candidate(at: int, block: RawBlock) -> _Candidate | None:
    if not isinstance(block, RawParagraph) or block.unread:
        return None
    value = block.text.value
    label = parse_heading(value)
    if label is None:
        return None
    firm = block.bold or label.rank not in LOW or _WEIGHTED.search(value) is not None
    return _Candidate(at, label, firm)


def _is_caption(candidate: _Candidate, raw: Sequence[RawBlock]) -> bool:
    """Whether a line such as 附表1 only names the table right below it."""
    number = candidate.label.number
    if candidate.label.rank != "annex" or not number.startswith("附表") or number == "附表":
        return False
    return any(isinstance(block, RawTable) for block in raw[candidate.at + 1 : candidate.at + 3])


def _with_marked(candidates: Sequence[_Candidate], raw: Sequence[RawBlock], skip: range) -> list[_Candidate]:
    """With the lines that Markdown or Word marks as headings and that have no number of a known kind.

    They stand beside the numbered ones of their depth. The only line of the least depth is the report's title
    where it comes first.
    """
    marked = {at: block for at, block in enumerate(raw) if isinstance(block, RawParagraph) and block.depth}
    depths = sorted(block.depth for block in marked.values())
    first = min(marked, default=-1)
    if len(depths) > 1 and depths[0] < depths[1] and marked[first].depth == depths[0]:
        del marked[first]
    known = {candidate.at: candidate.label.rank for candidate in candidates}
    ranks = Counter((marked[at].depth, rank) for at, rank in known.items() if at in marked and rank not in TOP)
    beside = {depth: rank for (depth, rank), _ in reversed(ranks.most_common())}
    found = []
    for at, block in marked.items():
        title = block.text.value.strip()
        if at not in known and at not in skip and title and not _NAMES_TABLE.match(title):
            rank = beside.get(block.depth, f"mark-{block.depth}")
            found.append(_Candidate(at, HeadingLabel("", title, rank, 0), firm=True))
    return sorted([*candidates, *found], key=lambda candidate: candidate.at)


def _without_lone_integers(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """A bare number opens a heading only in a report that numbers 1, 1.1, 1.1.1, or where the line is set apart."""
    decimals = any(candidate.label.rank == "decimal-2" for candidate in candidates)
    return [c for c in candidates if decimals or c.firm or c.label.rank != "integer"]


def _without_lists(candidates: Sequence[_Candidate], raw: Sequence[RawBlock]) -> list[_Candidate]:
    """Without short items that follow each other, or that stand next to items which are sentences."""
    result: list[_Candidate] = []
    run: list[_Candidate] = []
    for candidate in candidates:
        if run and (candidate.at != run[-1].at + 1 or candidate.label.rank != run[-1].label.rank):
            result += _judged(run, raw)
            run = []
        run.append(candidate)
    return result + _judged(run, raw)


def _judged(run: Sequence[_Candidate], raw: Sequence[RawBlock]) -> list[_Candidate]:
    """The headings in a run of neighbouring candidates of one kind."""
    if not run or run[0].firm or run[0].label.rank not in LOW:
        return list(run)
    before, after = _item(raw, run[0].at - 1), _item(raw, run[-1].at + 1)
    beside = after == (run[-1].label.rank, run[-1].label.ordinal + 1) or before == (
        run[0].label.rank,
        run[0].label.ordinal - 1,
    )
    return [c for c in run if c.firm] if len(run) >= LIST or beside else list(run)


def _item(raw: Sequence[RawBlock], at: int) -> tuple[str, int] | None:
    """The kind and number with which a paragraph begins, where it is a whole sentence."""
    if not 0 <= at < len(raw):
        return None
    block = raw[at]
    if not isinstance(block, RawParagraph) or parse_heading(block.text.value) is not None:
        return None
    match = _PREFIX.match(block.text.value)
    if match is None:
        return None
    group = next(name for name in _RANKS if match[name])
    return _RANKS[group], ordinal_of(match[0])


def _makes_sense(candidate: _Candidate, kept: Sequence[_Candidate]) -> bool:
    """Whether a number above 1 goes on from the last heading of its kind, wrong numbers allowed for."""
    label = candidate.label
    if label.ordinal <= 1:
        return True
    last = next((earlier.label.ordinal for earlier in reversed(kept) if earlier.label.rank == label.rank), 0)
    return 0 <= label.ordinal - last <= 2 if last else False


def build_sections(headings: Mapping[int, HeadingLabel]) -> list[Section]:
    """The sections that the headings open, after the part before the first of them."""
    sections = [Section(0, 0, "", "", "", None)]
    open_sections = [sections[0]]
    labels = [headings[at] for at in sorted(headings)]
    for label, level in zip(labels, levels(labels), strict=True):
        while open_sections[-1].level >= level:
            open_sections.pop()
        parent = open_sections[-1]
        path = f"{parent.path}/{label.step}" if parent.path else label.step
        section = Section(len(sections), level, label.number, label.title, path, parent.index)
        sections.append(section)
        open_sections.append(section)
    return sections
