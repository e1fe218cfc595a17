"""Paragraphs rebuilt from lines: what ends one, and what begins the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from checker.extract.patterns import Pattern
from checker.readers.blocks import RawParagraph
from checker.readers.pdf_lines import Line, join

INDENT = 0.8  # of the size: a line that begins so far in opens a paragraph
GAP = 1.7  # times the usual distance of lines: a new paragraph, whatever the lines say
LARGER = 1.08  # times the size of the body: type of a heading

_OPENS_ITEM = Pattern(
    r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]|[①-⑳]|第[一二三四五六七八九十]{1,3}[章节部条]|[附图表]"
)
_SENTENCE_END = Pattern(r".*[。；;！!？?：:](?:[”’』」）)]*)")
_LEADER = Pattern(r".*(?:[.．…·‥]{3,}|\t)[\s.．…·‥]*[-—–]?\s*\d{1,4}\s*[-—–]?")
_OPENING = frozenset("（(《〈“‘「『【〔[")
_GLUE = frozenset("“”‘’")  # no line break beside them, by the rules that most programs follow
_OPERATORS = frozenset("×÷＝＋－−≈")
_CLOSING = frozenset("，。、；：！？）》〉」』】〕％%,.;:!?)]")


class Body(Struct, frozen=True):
    """How the running text of pages of one kind is set."""

    left: float
    right: float
    pitch: float
    size: float
    bold: bool


def measure(lines: Sequence[Line], width: float) -> Body:
    """Learn it from the lines themselves."""
    long = [line for line in lines if line.x1 - line.x0 > 0.5 * width] or list(lines)
    starts = Counter(round(line.x0) for line in long)
    most = max(starts.values())
    left = min(start for start, count in starts.items() if 4 * count >= most)
    ends = sorted(line.x1 for line in long)
    pitches = sorted(
        below.base - line.base
        for line, below in pairwise(lines)
        if line.page == below.page and below.base > line.base and round(below.x0) == left
    )
    faces: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        faces[round(line.size, 1), line.bold] += len(line.text)
    size, bold = faces.most_common(1)[0][0]
    return Body(
        left=left,
        right=ends[int(0.9 * (len(ends) - 1))],
        pitch=pitches[len(pitches) // 2] if pitches else 2 * size,
        size=size,
        bold=bold,
    )


def paragraphs(lines: Iterable[tuple[Line, Body]]) -> list[RawParagraph]:
    """Join lines that follow each other with no table between."""
    groups: list[list[tuple[Line, Body]]] = []
    for line, body in lines:
        if groups and _belongs(*groups[-1][-1], line, body):
            groups[-1].append((line, body))
        else:
            groups.append([(line, body)])
    return [_paragraph(group) for group in groups]


def _paragraph(group: Sequence[tuple[Line, Body]]) -> RawParagraph:
    texts = [line.text for line, _ in group]
    apart = all(_set_apart(line, body) for line, body in group)
    first = group[0][0]
    return RawParagraph(join(texts, [True] * len(texts)), apart, first.page, first.heading)


def _set_apart(line: Line, body: Body) -> bool:
    return line.heading > 0 or (line.bold and not body.bold) or line.size > LARGER * body.size


def _belongs(line: Line, body: Body, below: Line, body_below: Body) -> bool:
    """Whether ``below`` goes on with the paragraph that ``line`` stands in."""
    if below.page - line.page > 1 or line.heading != below.heading:
        return False  # nobody knows what the page between says; a heading is not its text
    if abs(line.size - below.size) > 0.1 * line.size or _LEADER.fullmatch(line.text.value):
        return False
    if line.page == below.page and below.base - line.base > GAP * max(body.pitch, line.size):
        return False
    if body.right - line.x1 > _first_word(below) + 0.5 * line.size:
        return False  # there was room for more
    if line.text.value.rstrip().endswith("。") and _OPENS_ITEM.match(below.text.value):
        return False  # a full last line, then a heading or an item of a list
    if line.bold != below.bold and _set_apart(line, body) != _set_apart(below, body_below):
        return False
    if below.x0 - body_below.left <= INDENT * below.size:
        return True
    return _hangs(line, below) or (_set_apart(line, body) and _centred(below, body_below))


def _hangs(line: Line, below: Line) -> bool:
    """A full line and an indented one: one paragraph only where the sentence plainly goes on."""
    above, text = line.text.value, below.text.value
    return not _SENTENCE_END.fullmatch(above) and not _OPENS_ITEM.match(text) and abs(line.x0 - below.x0) < line.size


def _centred(line: Line, body: Body) -> bool:
    """The rest of a title that is too long for one line."""
    left, right = line.x0 - body.left, body.right - line.x1
    return min(left, right) > INDENT * line.size and abs(left - right) < 2 * line.size


def _first_word(line: Line) -> float:
    """The width of what cannot be parted at the start of a line, brackets and marks included."""
    signs = line.text.value
    end = 0
    while end < len(signs) and signs[end] in _OPENING:
        end += 1
    if end < len(signs) and _latin(signs[end]):
        while end < len(signs) and _latin(signs[end]):
            end += 1
    else:
        end += 1
    while end < len(signs) and signs[end] in _CLOSING | _GLUE:
        end += 2 if signs[end] in _GLUE else 1
    boxes = line.text.runs[0].boxes
    return boxes[min(end, len(boxes)) - 1].x1 - boxes[0].x0


def _latin(sign: str) -> bool:
    """Whether a sign is of a word or a formula, which programs do not part."""
    return (sign.isascii() and not sign.isspace()) or sign in _OPERATORS
