"""Counts of things and the values that follow them one each: 3 个项目得分分别为 95 分、97 分和 92 分."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any
from checker.relate.listed import counts_names
from checker.relation import ListedCount
from checker.verdict import Mention, Phrase, Role

ONE_EACH = Phrase("“分别为”之后逐一列出数值", "“respectively” gives one value for each")
VALUES = Phrase("数值", "values")
OF_TWO_KINDS = Phrase("所列数值未必一项一个", "the values need not be one for each")

NEAR = 2
_RESPECTIVELY = Pattern(
    r"\s*(?P<noun>[^，,。；;：:（()）、\d]{0,30}?)分别(?:为|是|达到|达|占比为|占比|占|得分为|得分|得|约为)?\s*[：:]?\s*"
)
_BETWEEN = frozenset({"、", "和", "及", "与", "，", ",", "以及"})
_OTHER_NUMBER = Pattern(r"[一二两三四五六七八九十]\s*(?:个|项|类|年|级|期|季度|种|家)|季度|各年|历年|[和与及]")


def find_respective_values(reading: Reading) -> Iterator[ListedCount]:
    """Every count whose sentence goes on with one value for each thing counted."""
    for passage in reading.prose:
        if "分别" not in passage.text.value:
            continue
        for index, figure in enumerate(passage.figures):
            cue = _RESPECTIVELY.match(passage.text.value, figure.end) if counts_names(figure) else None
            if cue is not None and not _OTHER_NUMBER.search(cue["noun"]):
                yield from _values(passage, figure, index, cue.end(), cue["noun"])


def _values(passage: Passage, figure: Figure, index: int, start: int, noun: str) -> Iterator[ListedCount]:
    values = _listed(passage, index + 1, start)
    stated = figure.quantity.value
    if len(values) < 2 or values[0].quantity.unit.base == figure.quantity.unit.base:
        return
    unsure = len(values) == 2 or abs(stated - len(values)) > NEAR or has_any(noun, "lists", "pairs")
    mention = Mention(Role.OPERAND, passage.text, values[0].start, values[-1].end, passage.place)
    doubt = OF_TWO_KINDS if unsure else None
    yield ListedCount(ONE_EACH, figure, len(values), len(values), VALUES, (mention,), doubt=doubt)


def _listed(passage: Passage, index: int, start: int) -> list[Figure]:
    """The figures from an offset on that nothing but 、 and 和 parts, all in one unit."""
    text = passage.text.value
    if index >= len(passage.figures) or passage.figures[index].start != start:
        return []
    first = passage.figures[index]
    values = [first]
    joined = takewhile(
        lambda one: (
            text[values[-1].end : one.start].strip() in _BETWEEN and one.quantity.unit.base == first.quantity.unit.base
        ),
        passage.figures[index + 1 : index + MOST],
    )
    values.extend(joined)
    behind = text[values[-1].end : values[-1].end + 1]
    return [] if behind in {"、", "和", "与", "及"} else values


MOST = 40
