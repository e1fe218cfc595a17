"""Reads the arithmetic that a report prints with its numbers: (27/31)×100% = 87.1%.

An expression is collected backwards from its equals sign over figures, signs and brackets; words
that name an operand (实际支出 71.5 万元/预算 80 万元) are passed over. It is parsed to a small
tree of the four operations, which is evaluated over exact values and over intervals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.quantity import Interval, Qualifier

SIGNS = {
    "+": "+",
    "＋": "+",
    "-": "-",
    "－": "-",
    "−": "-",
    "–": "-",
    "—": "-",
    "×": "*",
    "*": "*",
    "＊": "*",
    "x": "*",
    "X": "*",
    "·": "*",
    "÷": "/",
    "/": "/",
    "／": "/",
}
OPEN, CLOSE = "（([【{", "）)]】}"
EQUALS = Pattern(r"[=＝≈]|约?等于|(?<=[×÷*][^，,。；;=＝]{1,30})(?:为|计|合计|共计)(?=\s*[\d.])")
LONGEST_LABEL = 24

Token = Figure | str | Decimal
Operand = Callable[[Figure], Interval | None]


class Expression(Struct, frozen=True):
    """A printed computation: its tokens (figures, signs, brackets), its text and its result."""

    tokens: tuple[Token, ...]
    start: int
    end: int
    result: Figure

    @property
    def operands(self) -> tuple[Figure, ...]:
        """The figures of the expression in order."""
        return tuple(token for token in self.tokens if isinstance(token, Figure))

    def text(self, passage: Passage) -> str:
        """The expression as printed, white space dropped."""
        return "".join(passage.text.value[self.start : self.end].split())

    def evaluate(self, operand: Operand) -> Interval | None:
        """Its value with each figure read by ``operand``; None when it has none or is malformed."""
        parser = _Parser(self.tokens, operand)
        try:
            value = parser.sum()
        except (ZeroDivisionError, IndexError, ValueError):
            return None
        return value if parser.at_end else None


def read_formula(text: str) -> tuple[str | Decimal, ...]:
    """The tokens of a formula in words: names, numbers, ``+-*/`` and brackets; a last ×100% is dropped.

    Raises ``ValueError`` when the signs and names do not make an expression.
    """
    if len(text) > LONGEST_FORMULA:
        raise ValueError("too long")
    tokens: list[str | Decimal] = []
    word = ""
    for char in f"{''.join(text.split())} ":
        sign = SIGNS.get(char) if char not in "xX·—" else None
        mark = sign or ("(" if char in "（(" else ")" if char in "）)" else "")
        if not mark and char != " ":
            word += char
            continue
        tokens += [Decimal(word) if word.replace(".", "", 1).isdecimal() else word] if word else []
        tokens += [mark] if mark else []
        word = ""
    if tokens[-2:] == ["*", "100%"]:
        tokens = tokens[:-2]
    values = iter(range(2, len(tokens) + 2))
    trial = [t if isinstance(t, Decimal) or t in MARKS else Decimal(next(values)) for t in tokens]
    words = [token for token in tokens if isinstance(token, str)]
    if not any(word not in MARKS for word in words) or not any(word in "+-*/" for word in words):
        raise ValueError("no name or no sign in it")
    parser = _Parser(trial, lambda figure: None)
    try:
        parser.sum()
    except (IndexError, ZeroDivisionError, RecursionError) as error:
        raise ValueError("no expression") from error
    if not parser.at_end:
        raise ValueError("no expression")
    return tuple(tokens)


MARKS = frozenset("+-*/()")
LONGEST_FORMULA = 200


def find_expressions(passage: Passage) -> Iterator[Expression]:
    """Every computation in a passage that ends in an equals sign and one number."""
    text = passage.text.value
    by_end = {figure.end: figure for figure in passage.figures}
    by_start = {figure.start: figure for figure in passage.figures}
    for equals in list(EQUALS.finditer(text)):  # at once: the pattern's time is not the reader's
        position = equals.start()
        result = by_start.get(_skip(text, equals.end(), 1))
        if result is None or _goes_on(text, result.end):
            continue
        tokens, start = _collect(text, position, by_end)
        figures = [token for token in tokens if isinstance(token, Figure)]
        if len(figures) > 1 and any(isinstance(t, str) and t in "+-*/" for t in tokens):
            yield Expression(tuple(tokens), start, position, _stated(result))


def _stated(result: Figure) -> Figure:
    """=约 11.38%: behind an equals sign 约 says no more than ≈ does."""
    return result.unqualified if result.quantity.qualifier is Qualifier.ABOUT else result


def _skip(text: str, position: int, step: int) -> int:
    while 0 <= position < len(text) and text[position].isspace():
        position += step
    return position


def _goes_on(text: str, end: int) -> bool:
    """Whether a sign follows: then the number opens another expression and is no result."""
    after = _skip(text, end, 1)
    return after < len(text) and text[after] in SIGNS and text[after] not in "—–"


def _collect(text: str, end: int, by_end: dict[int, Figure]) -> tuple[list[Token], int]:
    """The tokens before ``end`` and the offset where they begin."""
    tokens: list[Token] = []
    depth, start, position = 0, end, end
    while position > 0:
        before = _skip(text, position - 1, -1) + 1
        figure = by_end.get(before)
        if figure is not None and not (tokens and isinstance(tokens[0], Figure)):
            tokens.insert(0, figure)
            start = figure.start
            position = _before_label(text, figure.start)
            continue
        char = text[before - 1] if before else ""
        depth += (char in CLOSE) - (char in OPEN) if char else 0
        if not char or depth < 0 or (char not in SIGNS and char not in OPEN + CLOSE):
            break
        tokens.insert(0, SIGNS.get(char) or ("(" if char in OPEN else ")"))
        start = position = before - 1
    if tokens and isinstance(tokens[0], str) and tokens[0] in "*/)":
        return [], end  # what stands before is no number: the expression cannot be read
    return tokens, start


def _before_label(text: str, start: int) -> int:
    """Where an operand begins: before the words that name it, when a sign or a bracket stands there."""
    position = start
    while position > 0 and start - position < LONGEST_LABEL and _is_label(text[position - 1]):
        position -= 1
    before = _skip(text, position - 1, -1)
    return position if before >= 0 and (text[before] in SIGNS or text[before] in OPEN) else start


def _is_label(char: str) -> bool:
    return "一" <= char <= "鿿" or char.isspace() or char in "“”"


class _Parser:
    """Recursive descent over the tokens: sum of products of figures and brackets."""

    def __init__(self, tokens: Sequence[Token], operand: Operand) -> None:
        self._tokens = tokens
        self._operand = operand
        self._at = 0

    @property
    def at_end(self) -> bool:
        """Whether all tokens were read."""
        return self._at == len(self._tokens)

    def sum(self) -> Interval:
        """Terms joined by plus and minus."""
        value = self._product()
        while (sign := self._sign("+-")) is not None:
            other = self._product()
            value = value + other if sign == "+" else value - other
        return value

    def _product(self) -> Interval:
        value = self._factor()
        while (sign := self._sign("*/")) is not None:
            other = self._factor()
            value = value * other if sign == "*" else value / other
        return value

    def _factor(self) -> Interval:
        token = self._tokens[self._at]
        self._at += 1
        if isinstance(token, Figure):
            value = self._operand(token)
            if value is None:
                raise ValueError("an operand without a value")
            return value
        if isinstance(token, Decimal):
            return Interval.point(token)
        if token == "-":
            return -self._factor()
        if token != "(":
            raise ValueError(f"unexpected {token}")
        value = self.sum()
        if self._tokens[self._at] != ")":
            raise ValueError("bracket not closed")
        self._at += 1
        return value

    def _sign(self, signs: str) -> str | None:
        if self._at < len(self._tokens):
            token = self._tokens[self._at]
            if isinstance(token, str) and token in signs:
                self._at += 1
                return token
        return None
