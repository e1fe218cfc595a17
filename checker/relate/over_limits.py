"""How far a number of days lies beyond its limit: 应在 30 日内下达 … 用时 46 天，超期 16 天; 分别超期 18 天和 6 天.

The limit may stand sentences before. Where the paragraph has several, one that fits is enough; where it has
one, a number is wrong if it misses by little, as a slip does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.extract.figures import Passage, Reading
from checker.extract.patterns import Match, Pattern
from checker.figure import Figure
from checker.relate.slips import is_one_edit, near_miss
from checker.relation import ProseTotal
from checker.verdict import Phrase

BEYOND = Phrase("用时、时限与“{word}”的天数", "the days that were used, the limit, and “{word}”")
GAP = "用时与时限之差"
_DAYS = r"\d{1,4}\s*(?:个?(?:日历天|工作日)|天|日)"
_LIST = rf"{_DAYS}(?:\s*[、和及与]\s*{_DAYS})*"
_OVER = Pattern(
    rf"(?:用时|历时|用了|间隔|耗时|工期)(?:分别|依次)?[为达]?\s*(?P<used>{_LIST})(?:才\p{{Han}}{{2,6}})?\s*[，,]\s*(?:分别|依次)?"
    rf"(?P<word>超期|逾期|超时|超出|超过|超限|延误|延期|滞后)(?:规定|合同|约定|办理)?的?(?:时限|期限|工期|限期)?(?:分别|依次|了)?"
    rf"(?:(?P<limit>{_DAYS})的?(?:时限|规定|期限|要求|限期|工期)(?:分别|依次)?)?(?:达|为)?\s*(?P<over>{_LIST})(?![的以])"
)
_NUMBER = Pattern(_DAYS)
_LIMITS = Pattern(
    rf"(?:不超过|超过|不得?超|限于?|应当?在|须在|规定|约定|[计合]\p{{Han}}?工期|时限为?|期限为?)[^，,。；;\d]{{0,12}}(?P<behind>{_DAYS})"
    rf"|(?P<before>{_DAYS})(?:[以之]?内|的?(?:时限|期限|限期|规定|要求|标准|限额))"
)
NEAR = 10
ABOVE, LOOK_BACK = 3, 1000
"""Paragraphs of the section before this one, where it has no limit itself; characters in which one is looked for."""


def find_over_limits(reading: Reading) -> Iterator[ProseTotal]:
    """Every number of days beyond a limit that its paragraph names."""
    prose = reading.prose
    for at, passage in enumerate(prose):
        text = passage.text.value
        if "超" in text or "逾期" in text or "延" in text or "滞后" in text:
            for match in _OVER.finditer(text):
                limits = _figures(passage, *match.span("limit")) if match["limit"] else _limits(passage, match.start())
                above = [one for one in prose[max(0, at - ABOVE) : at] if one.place.section == passage.place.section]
                limits = limits or [limit for one in above for limit in _limits(one, len(one.text))]
                yield from _judged(passage, match, limits)


def _judged(passage: Passage, match: Match, limits: Sequence[Figure]) -> Iterator[ProseTotal]:
    used, over = (_figures(passage, *match.span(name)) for name in ("used", "over"))
    if not used or len(used) != len(over) or not limits:
        return
    if len({figure.quantity.unit.base for figure in (*used, *over, *limits)}) > 1:
        return
    for one, beyond in zip(used, over, strict=True):
        fitting = next((limit for limit in limits if _missed(one, limit, beyond) == 0), None)
        values = {limit.quantity.value for limit in limits}
        if fitting is None and (len(values) > 1 or not (match["limit"] or _is_slip(one, limits[0], beyond))):
            continue
        because = BEYOND.filled(word=match["word"])
        yield ProseTotal(because, one, ((fitting or limits[0], beyond),), "用时", gap=GAP)


def _missed(used: Figure, limit: Figure, beyond: Figure) -> Decimal:
    return used.quantity.value - limit.quantity.value - beyond.quantity.value


def _is_slip(used: Figure, limit: Figure, beyond: Figure) -> bool:
    """Whether a number is near what it should be, or a slip of the pen away from it."""
    meant, said = used.quantity.value - limit.quantity.value, beyond.quantity.value
    return meant > 0 and (abs(meant - said) <= NEAR or is_one_edit(said, meant) or near_miss(said, meant))


def _figures(passage: Passage, start: int, end: int) -> list[Figure]:
    found = (passage.at(number.start()) for number in _NUMBER.finditer(passage.text.value, start, end))
    return [figure for figure in found if figure is not None]


def _limits(passage: Passage, end: int) -> list[Figure]:
    """The limits that a paragraph names before an offset."""
    found = list(_LIMITS.finditer(passage.text.value, max(0, end - LOOK_BACK), end))
    return [f for one in found for f in _figures(passage, *one.span("behind" if one["behind"] else "before"))]
