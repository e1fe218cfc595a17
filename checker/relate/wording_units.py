"""Figures without the unit or the per cent sign that their neighbours have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.figure import Figure
from checker.relate.vocabulary import listed
from checker.relation.wording import LostUnit
from checker.verdict import Mention, Phrase, Role

BECAUSE = Phrase("同一段中相邻数字的单位", "the units of the neighbouring figures")
ENDS = "，。；,;"
FEWEST = 2


def find_lost_units(reading: Reading) -> Iterator[LostUnit]:
    """Bare figures where all others of their kind carry a unit."""
    for passage in reading.prose:
        if passage.place.row is None and len(passage.figures) > FEWEST:
            for span in sentences(passage.text.value):
                yield from _in_sentence(passage, passage.within(span.start, span.end))


def _in_sentence(passage: Passage, figures: Sequence[Figure]) -> Iterator[LostUnit]:
    rates = [f for f in passage.figures if f.quantity.unit.kind == "rate" and _cued(passage, f)]
    for before, figure, after in zip((None, *figures), figures, (*figures[1:], None), strict=False):
        if not _ends(passage, figure) or figure.quantity.is_open:
            continue
        if figure.quantity.unit.kind == "rate" and rates and _cued(passage, figure):
            yield LostUnit(BECAUSE, Mention.of(Role.STATED, figure))
        if figure.quantity.unit.kind != "plain":
            continue
        if rates and figure.quantity.decimals and _cued(passage, figure):
            yield _lost(figure, "%", rates[0])
        elif (
            before and after and before.quantity.unit == after.quantity.unit and _listed(passage, before, figure, after)
        ):
            yield _lost(figure, before.quantity.unit.name, before)


def _lost(figure: Figure, unit: str, other: Figure) -> LostUnit:
    mention = Mention.of(Role.STATED, figure)
    return LostUnit(BECAUSE, mention, figure.raw.strip(), (mention,), unit, Mention.of(Role.OPERAND, other))


def _cued(passage: Passage, figure: Figure) -> bool:
    before = passage.text.value[max(0, figure.start - 8) : figure.start].rstrip("了为达到约 ")
    return before.endswith(listed("residue", "rate_cues"))


def _ends(passage: Passage, figure: Figure) -> bool:
    return passage.text.value[figure.end :].lstrip()[:1] in ENDS


def _listed(passage: Passage, before: Figure, figure: Figure, after: Figure) -> bool:
    """Whether three amounts stand in one list, each behind its label, the middle one with as many decimals."""
    text = passage.text.value
    labels = [text[one.end : other.start].strip(" ，,、；;") for one, other in ((before, figure), (figure, after))]
    money = before.quantity.unit.kind == "money" and figure.quantity.decimals == before.quantity.decimals > 0
    return money and all(1 < len(label) <= 16 and not any(m in label for m in "。：:（(") for label in labels)
