"""A number of things split by what is said of them: 9 项指标中，5 项达标，其余 4 项未达标.

The words stand behind each part, not before it. The parts are all there is where the last one is the
rest (其余); where one part denies what another says they cannot be more than there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any
from checker.relation import ProseTotal
from checker.verdict import Phrase

SPLIT = Phrase("“{word}”之后按情况分列", "behind “{word}” the number is split")
UNSURE = Phrase("所列各项未必互不重叠或未必是全部", "the parts may overlap or not be all")

_CUE = Pattern(r"(?P<noun>[^，,。；;：:、（(\d]{0,14}?)(?:[，,（(]?(?P<word>其中)[：:，,]?|(?P<of>中)[，,])(?:有)?\s*$")
_BETWEEN = Pattern(
    r"(?P<words>[^，,。；;：:、（()）\d]{1,16})[、，,和](?P<rest>其余的?|剩余的?|余下的?|另外|另有|另)?(?:有)?\s*$"
)
LONGEST = 26


def find_splits(reading: Reading) -> Iterator[ProseTotal]:
    """Every number whose own sentence splits it, each part told apart by the words behind it."""
    for passage in reading.prose:
        text = passage.text.value
        if "中" not in text or len(passage.figures) < 3:
            continue
        for span in sentences(text):
            figures = passage.within(span.start, span.end)
            for index in range(len(figures) - 2):
                total, first = figures[index], figures[index + 1]
                between = text[total.end : first.start]
                cue = _CUE.match(between) if len(between) <= LONGEST and _alike(total, first) else None
                if cue is not None:
                    parts = figures[index + 1 : index + MOST]
                    label = passage.label(total) if cue["word"] else cue["noun"].strip()
                    yield from _split(passage, total, parts, cue["word"] or cue["of"], label or total.raw.strip())


def _alike(total: Figure, part: Figure) -> bool:
    one, other = total.quantity, part.quantity
    return one.unit.kind == "count" and one.unit == other.unit and not one.is_open and not other.is_open


def _split(passage: Passage, total: Figure, behind: Sequence[Figure], word: str, label: str) -> Iterator[ProseTotal]:
    text = passage.text.value
    parts, words, rest = [behind[0]], [], ""
    for figure in behind[1:]:
        between = text[parts[-1].end : figure.start]
        match = _BETWEEN.match(between) if len(between) <= LONGEST and _alike(total, figure) else None
        if match is None or match.end() < len(between) or rest:
            break
        parts.append(figure)
        words.append(match["words"])
        rest = match["rest"] or ""
    words.append(text[parts[-1].end : parts[-1].end + 8])
    parts = _whole(text, total, parts)
    if len(parts) > 1 and all(words) and "等" not in words[-1][:6]:
        claim = _claim(total, parts, words, rest, (word, label))
        if word == "中" or not (claim.holds or claim.doubt):  # those behind 其中 are looked at as parts anyway
            yield claim


def _whole(text: str, total: Figure, parts: list[Figure]) -> list[Figure]:
    """The parts up to a comma where they make up the total by themselves: the others tell more of it."""
    for number in range(2, len(parts)):
        added = sum((part.quantity.value for part in parts[:number]), Decimal(0))
        behind = text[parts[number - 1].end : parts[number].start]
        if added == total.quantity.value and ("，" in behind or "," in behind):
            return parts[:number]
    return parts


def _claim(
    total: Figure, parts: Sequence[Figure], words: Sequence[str], rest: str, names: tuple[str, str]
) -> ProseTotal:
    denied = [has_any(one, "splits", "denies") for one in words]
    added = sum((part.quantity.value for part in parts), Decimal(0))
    too_many = added > total.quantity.value and any(denied) and not all(denied)
    whole = too_many or rest.startswith(("其余", "剩余", "余下"))
    doubt = None if whole else UNSURE
    word, label = names
    return ProseTotal(SPLIT.filled(word=word), total, (tuple(parts),), label, doubt)


MOST = 12
