"""Formulas of Word's equation editor as plain characters, as the reader of TeX writes them."""

from __future__ import annotations

from checker.readers.docx_names import MATH
from checker.readers.docx_package import Element

DEEPEST = 40
"""How deep a formula may nest; what lies deeper is left out."""

_POWERS = {"2": "²", "3": "³", "°": "°"}


def plain_math(element: Element, depth: int = 0) -> str:
    """(a)/(b) for a fraction, x² for a power, the characters in their order for all else."""
    if depth > DEEPEST or not isinstance(element.tag, str):
        return ""
    name = element.tag.removeprefix(MATH)
    if name == "t":
        return element.text or ""
    parts = {child.tag: plain_math(child, depth + 1) for child in element}
    if name == "f":
        return f"({parts.get(MATH + 'num', '')})/({parts.get(MATH + 'den', '')})"
    if name == "sSup":
        power = parts.get(MATH + "sup", "")
        return parts.get(MATH + "e", "") + _POWERS.get(power, f"^{power}")
    if name == "d":
        return f"({','.join(plain_math(child, depth + 1) for child in element if child.tag == MATH + 'e')})"
    return "".join(plain_math(child, depth + 1) for child in element)
