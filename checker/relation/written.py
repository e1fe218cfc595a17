"""What a finding states must stand in the words that it quotes first."""

from __future__ import annotations

from checker.verdict import Mention


def as_written(words: str, mention: Mention) -> str | None:
    """The words if the mention's text has them, white space aside; None for a name that was tidied up."""
    said = "".join(mention.text.value[mention.start : mention.end].split())
    return words if words and "".join(words.split()) in said else None
