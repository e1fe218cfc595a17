r"""TeX formulas as plain characters: ``\frac{a}{b}`` becomes (a)/(b), ``\times`` becomes ×."""

from __future__ import annotations

from checker.extract.patterns import Match, Pattern

DEEPEST = 8
"""How deep groups may nest; deeper ones lose their braces only."""

SYMBOLS = {
    "times": "×",
    "div": "÷",
    "approx": "≈",
    "leq": "≤",
    "le": "≤",
    "leqslant": "≤",
    "geq": "≥",
    "ge": "≥",
    "geqslant": "≥",
    "neq": "≠",
    "ne": "≠",
    "pm": "±",
    "cdot": "·",
    "sum": "∑",
    "sim": "~",
    "circ": "°",
    "lt": "<",
    "gt": ">",
    "ldots": "…",
    "cdots": "…",
    "quad": " ",
    "qquad": " ",
    "left": "",
    "right": "",
    "displaystyle": "",
}

_COMMAND = Pattern(r"\\(?:[a-zA-Z]{2,}|%)")
_PAIR = Pattern(r"\$[^$]+\$")
_TEXT = Pattern(r"\\(?:text|textbf|textit|mathrm|mathbf|mathit|mbox|operatorname|bf|rm)\s*\{([^{}]*)\}")
_FRACTION = Pattern(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_POWER = Pattern(r"\^\s*(?:\{\s*([^{}]*)\s*\}|([23°]|\\circ))")
_LEFT_OVER = Pattern(r"\\(?:text|textbf|mathrm|mathbf|mbox|d?frac|operatorname)\b\s*")
_SYMBOL = Pattern(r"\\([a-zA-Z]+)(?![a-zA-Z])")
_SPACING = Pattern(r"\\[,;:! ]|\\\\")
_ESCAPED = Pattern(r"\\([%&#_${}])")
_FENCE = Pattern(r"(?<!\\)\$\$?|\\[()\[\]]")


def has_tex(value: str) -> bool:
    """Whether there is a formula, and not only the sign of a currency."""
    return _COMMAND.search(value) is not None or _PAIR.search(value) is not None


def plain_tex(value: str) -> str:
    """The text with its formulas written in plain characters; broken formulas too."""
    value = _FENCE.sub("", value)
    for _ in range(DEEPEST):
        flat = _FRACTION.sub(r"(\1)/(\2)", _POWER.sub(_power, _TEXT.sub(r"\1", value)))
        if flat == value:
            break
        value = flat
    value = _ESCAPED.sub(_guarded, _SPACING.sub(" ", _LEFT_OVER.sub("", value)))
    value = _SYMBOL.sub(_symbol, value)
    value = value.replace("{", "").replace("}", "")
    return value.replace(_OPEN, "{").replace(_CLOSE, "}")


def _symbol(match: Match) -> str:
    name: str = match[1]
    return SYMBOLS.get(name, name)


_OPEN, _CLOSE = "\ue000", "\ue001"


def _guarded(match: Match) -> str:
    r"""An escaped sign as itself; ``\{`` guarded from the removal of grouping braces."""
    sign: str = match[1]
    return {"{": _OPEN, "}": _CLOSE}.get(sign, sign)


def _power(match: Match) -> str:
    exponent = (match[1] or match[2] or "").strip()
    return {"2": "²", "3": "³", r"\circ": "°"}.get(exponent, "^" + exponent if exponent else "")
