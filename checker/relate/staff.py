"""Posts and those who fill them: 核定编制 88 名，实有在编 81 人，缺编 7 名.

Only where the sentence names one number of posts and one of people in post; kinds of posts (行政编制,
事业编制) and people without one (编外, 退休) are other things.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.extract.clauses import sentences
from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Pattern
from checker.figure import Figure
from checker.phrases import has_any, words
from checker.relation.staff import Posts, Vacancy
from checker.verdict import Phrase

BECAUSE = Phrase("“{posts}”“{filled}”与“{word}”", "“{posts}”, “{filled}” and “{word}”")
_MARKS = Pattern(r"[，,。；;：:（）()、]")
_DENIED = Pattern(r"(?:不|未|无|没有|防止|严禁|避免|杜绝|是否|如|若|存在|清理|消化)[^，,。；;]{0,4}$")
_BRACKET = Pattern(r"^[（(][^（）()]*[）)]")
LEAD, LONGEST_BRACKET = 24, 80


def find_staff(reading: Reading) -> Iterator[Posts | Vacancy]:
    """Every vacancy or surplus of posts that a sentence states beside posts and people."""
    said = (*words("staff", "short"), *words("staff", "over"), *words("staff", "full"))
    for passage in reading.prose:
        text = passage.text.value
        if "编" not in text or len(passage.figures) < 2 or not any(word in text for word in said):
            continue
        for span in sentences(text):
            plain = [f for f in passage.outside(span) if f.quantity.unit.base == "人"]
            yield from _in_sentence(passage, plain, span.end)


def _in_sentence(passage: Passage, figures: Sequence[Figure], end: int) -> Iterator[Posts | Vacancy]:
    posts = [f for f in figures if _is(passage, f, "posts")]
    filled = [f for f in figures if _is(passage, f, "filled")]
    if len(posts) != 1 or len(filled) != 1 or posts[0].quantity.is_open or filled[0].quantity.is_open:
        return
    because = BECAUSE.filled(posts=_said(passage, posts[0]), filled=_said(passage, filled[0]))
    for sign, key in ((1, "short"), (-1, "over")):
        for figure in figures:
            word = next((w for w in words("staff", key) if _said(passage, figure).endswith(w)), "")
            if word and figure not in (posts[0], filled[0]) and not figure.quantity.is_open:
                yield Vacancy(because.filled(word=word), posts[0], filled[0], figure, word, sign)
                return
    last = max(posts[0].end, filled[0].end)
    behind = _BRACKET.sub("", passage.text.value[last : min(end, last + LONGEST_BRACKET)])
    yield from _in_words(posts[0], filled[0], behind[:LEAD], because)


def _in_words(posts: Figure, filled: Figure, behind: str, because: Phrase) -> Iterator[Posts]:
    """满编, 超编 or 缺编 without a number, in the clause right behind."""
    for sign, key in ((0, "full"), (1, "short"), (-1, "over")):
        word = next((w for w in words("staff", key) if w in behind), "")
        before = behind[: behind.index(word)] if word else ""
        if word and not any(char.isdigit() for char in before) and not _DENIED.search(before):
            yield Posts(because.filled(word=word), posts, filled, word, sign)
            return


def _said(passage: Passage, figure: Figure) -> str:
    """The words of a number's own clause before it."""
    before = passage.before(figure.start)
    start = max(before.end if before else 0, figure.start - LEAD)
    return "".join(_MARKS.split(passage.text.value[start : figure.start])[-1].split()).rstrip("为共约达计")


def _is(passage: Passage, figure: Figure, key: str) -> bool:
    said = _said(passage, figure)
    return said.endswith(words("staff", key)) and not has_any(said, "staff", "not_posts")
