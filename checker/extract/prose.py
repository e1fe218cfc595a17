"""Figures in prose: which of the numbers found are stated, and which only look like figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from checker.extract.characters import narrowed
from checker.extract.grammar import AND, LINK, RESPECTIVELY, SCAN, STANDS
from checker.extract.patterns import Match
from checker.extract.tokens import Token, tokens_of
from checker.quantity import Quantity
from checker.units import Unit

_STRONG = frozenset({"×", "÷", "*", "=", "\\times", "\\div"})
_ENDS = frozenset("，。；、,;)")
_LINK_STARTS = frozenset(" )]-+*/×÷=\\")
_LINK_LENGTH = 8  # ")/ (": no two operands stand further apart
_NEAR = 2  # an operator stands at most one blank or bracket away


class Found(Struct, frozen=True):
    """A figure of a stretch of prose: ``text[start:end]`` is its number, unit and qualifiers."""

    start: int
    end: int
    quantity: Quantity


@lru_cache(maxsize=1024)  # a cell's words are asked whether they are one number, and what numbers stand in them
def find_numbers(text: str) -> tuple[Found, ...]:
    """Every figure of a stretch of prose, left to right, none over another.

    Dates, numbers of documents, labels, names and idioms are no figures. A number without a unit
    is one only in a formula or after a word such as 为; in doubt it is none. Raises
    ``PatternTimeout`` when the text cannot be searched in time.
    """
    text = narrowed(text)
    tokens = [token for match in SCAN.finditer(text) for token in tokens_of(match, text)]
    if any(token.bare or token.signed for token in tokens):
        tokens = _settled(tokens, text)
    return tuple(Found(token.start, token.end, token.quantity) for token in tokens)


def _settled(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens without those that no formula, list or word makes a figure."""
    tokens = _shared_units(_without_broken(_with_operators(tokens, text), text), text)
    return [token for run in _runs(tokens, text) for token in _stated(run, text)]


def _with_operators(tokens: Sequence[Token], text: str) -> list[Token]:
    """A hyphen directly behind another number is a minus between the two, not a sign."""
    settled: list[Token] = []
    for token in tokens:
        if token.signed and settled and not text[settled[-1].end : token.start].strip():
            quantity = replace(token.quantity, value=-token.quantity.value)
            token = replace(token, start=token.start + 1, quantity=quantity, signed=False)
        settled.append(token)
    return settled


def _without_broken(tokens: Sequence[Token], text: str) -> list[Token]:
    """A number whose digits a blank cuts (12 34.5万元) is no figure: its value is in doubt."""
    broken = {
        index + 1
        for index, (first, second) in enumerate(pairwise(tokens))
        if first.bare and text[first.end : second.start].isspace() and text[second.start].isdigit()
    }
    return [token for index, token in enumerate(tokens) if index not in broken]


def _shared_units(tokens: Sequence[Token], text: str) -> list[Token]:
    """In 分别为 3、5 和 8 个, 依次为 3、5 和 8 个 the last unit belongs to all."""
    settled = list(tokens)
    if "分别" not in text and "依次" not in text:
        return settled
    last = len(settled) - 1
    while last > 0:
        first = last
        while first and settled[first - 1].bare and AND.fullmatch(_between(settled, first, text)):
            first -= 1
        if first < last and not settled[last].bare and RESPECTIVELY.search(text, *_behind(settled[first])):
            unit = settled[last].quantity.unit
            settled[first:last] = [_with_unit(token, unit) for token in settled[first:last]]
        last = first - 1
    return settled


def _behind(token: Token) -> tuple[int, int]:
    return max(0, token.start - _LINK_LENGTH), token.start


def _with_unit(token: Token, unit: Unit) -> Token:
    return replace(token, quantity=replace(token.quantity, unit=unit))


def _between(tokens: Sequence[Token], index: int, text: str) -> str:
    return text[tokens[index - 1].end : tokens[index].start][: _LINK_LENGTH + 1]


def _runs(tokens: Sequence[Token], text: str) -> Iterator[list[Token]]:
    """Numbers joined by operators and brackets belong to one formula."""
    run: list[Token] = []
    for index, token in enumerate(tokens):
        if run and not _are_linked(_between(tokens, index, text)):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _are_linked(between: str) -> bool:
    return between[:1] in _LINK_STARTS and LINK.fullmatch(between) is not None


def _stated(run: Sequence[Token], text: str) -> Iterator[Token]:
    """The figures of a run: all of a formula's, else those with a unit or a word that says so."""
    if not any(token.bare for token in run) or _is_formula(run, text):
        yield from run
        return
    for token in run:
        if not token.bare or token.compared or (len(run) == 1 and _stands_alone(token, text)):
            yield token


def _is_formula(run: Sequence[Token], text: str) -> bool:
    """Whether signs say that these are operands: = × ÷ *, brackets, or a minus between decimals."""
    behind = text[run[-1].end : run[-1].end + 1]
    if behind.isascii() and behind.isalpha():
        return False
    if _touches_operator(run, text):
        return True
    links = [LINK.fullmatch(text[first.end : second.start]) for first, second in pairwise(run)]
    return any(map(_is_strong, links)) or (bool(links) and any(t.bare and t.quantity.decimals for t in run))


def _touches_operator(run: Sequence[Token], text: str) -> bool:
    start, end = run[0].start, run[-1].end
    before = text[max(0, start - _NEAR - 1) : start].rstrip(" (")
    after = text[end : end + _NEAR + 2].lstrip(" )")
    starts = before[-1:] in _STRONG and before[-2:] != "**"
    return starts or (after[:1] in _STRONG and after[:2] != "**")


def _is_strong(link: Match | None) -> bool:
    return link is not None and (link["operator"] in _STRONG or bool(link["close"].strip() or link["open"].strip()))


def _stands_alone(token: Token, text: str) -> bool:
    """数量为 12，: a word before and a clause's end behind; a year so placed is a date."""
    behind = text[token.end : token.end + 2].lstrip()[:1]
    is_closed = not behind or behind in _ENDS
    if not is_closed or token.start == 0 or STANDS.search(text, *_behind(token)) is None:
        return False
    value = token.quantity.value
    return not (value == value.to_integral_value() and 1900 <= value < 2100)
