"""Reads the criteria text of an indicator as a small program: what it can give, and what it gives for a value.

A rule is executed only when it is read whole: every phrase that speaks of scores must be one of the
grammar (``rubric_tokens``) and find its place in the program (``rubric_build``, ``rubric_items``).
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from checker.extract.patterns import Pattern
from checker.relate.rubric_clauses import find_items
from checker.relate.rubric_conditions import find_stretches
from checker.relate.rubric_core import Built, NotUnderstood
from checker.relate.rubric_items import adds_up, build_rule
from checker.relate.rubric_measures import with_target
from checker.relate.rubric_programs import Measured, Program
from checker.relate.rubric_text import plain_text
from checker.relate.rubric_tokens import DISCRETION, Token, find_tokens, unread
from checker.relate.rubric_words import rule_words
from checker.relation.rubrics import ScoreSet
from checker.verdict import Phrase

DISCRETIONARY = Phrase("“{words}”由评分人裁量", "“{words}” leaves the score to the scorer")
UNREAD = Phrase("“{words}”没有读懂", "“{words}” was not read")
NO_SCORING = Phrase("没有写明如何计分", "it does not say how scores are given")
UNDERSTOOD = Phrase("", "")
LONGEST_TARGET = 16
FEWEST_WORDS = 4
"""A cell with fewer words is no criteria: a number that a converter put there."""
_WORDS = Pattern(r"[^\u4e00-\u9fff]+")
_DEFINED = Pattern(r"[×=]100%")
_NUMBERS = Pattern(r".{0,8}\d+(?:\.\d+)?[%分]")  # numbers that may be scores: no proof that there is no scoring
_HALF = Pattern(r"[得计扣给].{0,2}(?:一半|半数|满分)")
EXAMINED = ("是否", "考核", "考察", "评价", "反映", "情况", "；", ";", "。")


class Rubric(Struct, frozen=True):
    """A scoring rule, read. ``kind`` names its form; ``why_not`` says why it is not understood.

    ``input`` is what is measured: "%", a unit, "#" (a bare number), "count:处" (findings) or "".
    ``labels`` are the words by which the rule names it. ``shares`` (of 100) or ``points`` (of the
    weight) are what the rule splits the weight into, ``items`` how many points it numbers.
    ``span`` is where the rule stands in the criteria text.
    """

    kind: str
    weight: Decimal
    understood: bool
    why_not: Phrase = UNDERSTOOD
    reachable: ScoreSet = field(default_factory=ScoreSet)
    input: str = ""
    labels: tuple[str, ...] = ()
    shares: tuple[Decimal, ...] = ()
    points: tuple[Decimal, ...] = ()
    items: int = 0
    gaps: tuple[str, ...] = ()
    overlaps: tuple[tuple[str, bool], ...] = ()
    formulas: tuple[str, ...] = ()
    span: tuple[int, int] = (0, 0)
    program: Program = field(default_factory=lambda: Program(ScoreSet()))

    def score_for(self, value: Decimal) -> frozenset[Decimal] | None:
        """The scores that the rule allows for a measured value, under every reading that its words allow.

        None where the rule is no function of one value, or where no interval of it takes the value.
        """
        return self.program.score_for(value) if self.understood else None

    @property
    def is_measured(self) -> bool:
        """Whether the rule is a function of one measured value."""
        return self.understood and isinstance(self.program, Measured)

    @property
    def gives_scores(self) -> bool:
        """Whether the text says anything of how scores are given."""
        return self.kind not in {"none", "wanted", "absent", "target"}


def read_rubric(text: str, weight: Decimal) -> Rubric:
    """The scoring rule that a criteria text prints for an indicator of this weight."""
    plain = plain_text(text)
    rubric = _read(plain.value, weight, str(weight))
    return replace(rubric, span=plain.original(*rubric.span)) if rubric.span[1] else rubric


@lru_cache(maxsize=512)  # the indicator table prints the same text as the score table, its lines broken otherwise
def _read(text: str, weight: Decimal, _written: str) -> Rubric:
    """The same for a plain text; 5 and 5.0 are equal, yet messages write the one that the report has."""
    if text.strip("。;,") in rule_words("absent"):
        return Rubric("absent", weight, understood=True, reachable=ScoreSet.between(Decimal(0), weight))
    tokens = find_tokens(text)
    formulas = _formulas(text)
    span = _span(text, tokens)
    why_not = _objection(text, tokens)
    if why_not is None and not tokens:
        return _without_scores(text, weight, formulas)
    if why_not is None:
        try:
            built = with_target(build_rule(text, tokens, weight, _names(formulas)), text)
            rubric = _understood(built, text, weight, formulas, span)
            if rubric.reachable.maximum >= weight or not adds_up(text, weight):
                return rubric
            why_not = PARTLY
        except NotUnderstood as error:
            why_not = error.reason
    return Rubric("unread", weight, understood=False, why_not=why_not, formulas=formulas, span=span)


PARTLY = Phrase("评分标准只读懂一部分", "only a part of the rule was understood")


def _objection(text: str, tokens: tuple[Token, ...]) -> Phrase | None:
    """Why a rule must not be executed, before anything of it is built."""
    discretion = DISCRETION.search(text)
    if discretion:
        return DISCRETIONARY.filled(words=text[max(0, discretion.start() - 4) : discretion.end() + 6])
    words = unread(text, tokens)
    return UNREAD.filled(words=words) if words else None


def _understood(built: Built, text: str, weight: Decimal, formulas: tuple[str, ...], span: tuple[int, int]) -> Rubric:
    program = built.program
    measured = program if isinstance(program, Measured) else None
    shares = built.points if built.kind == "shares" else ()
    return Rubric(
        built.kind,
        weight,
        understood=True,
        reachable=program.reachable,
        input=built.input,
        labels=built.labels,
        shares=shares,
        points=() if shares else built.points,
        items=len(find_items(text)),
        gaps=measured.gaps if measured else (),
        overlaps=measured.overlaps if measured else (),
        formulas=formulas,
        span=span,
        program=program,
    )


def _without_scores(text: str, weight: Decimal, formulas: tuple[str, ...]) -> Rubric:
    """A target (≥95%, 有所提升), or words that give no scoring at all."""
    anything = ScoreSet.between(Decimal(0), weight)
    bare = text.strip("。;,")
    if _is_target(bare):
        return Rubric("target", weight, understood=True, reachable=anything, span=(0, len(text)))
    if len(_WORDS.sub("", text)) < FEWEST_WORDS:
        return Rubric("absent", weight, understood=True, reachable=anything)
    number = _NUMBERS.search(_DEFINED.sub("", text)) or _HALF.search(text)
    if number:
        words = UNREAD.filled(words=number[0])
        return Rubric("unread", weight, understood=False, why_not=words, formulas=formulas)
    if len(bare) <= LONGEST_TARGET and not any(word in bare for word in (*EXAMINED, *"=/×")):  # 收支全部纳入预算
        return Rubric("wanted", weight, understood=False, why_not=NO_SCORING)
    return Rubric("none", weight, understood=False, why_not=NO_SCORING, formulas=formulas)


def _is_target(text: str) -> bool:
    """≥95%, =100%, 市民满意度≥90%, 有所提升: short, and nothing to be examined."""
    if len(text) > LONGEST_TARGET or any(word in text for word in EXAMINED):
        return False
    found = find_stretches(text)
    return (bool(found) and text.endswith(found[-1].text)) or text.endswith(rule_words("target_words"))


def _span(text: str, tokens: tuple[Token, ...]) -> tuple[int, int]:
    """From the sentence of the first score-giving phrase to the end of the last."""
    if not tokens:
        return 0, 0
    return max(text.rfind(mark, 0, tokens[0].start) for mark in "。;,") + 1, tokens[-1].end


_FORMULA = Pattern(
    r"(?:^|[。;,:①-⑳)])(?P<name>[^\d,;:。=×/①-⑳]{2,24}?(?:率|比|度|比例|占比))=(?P<expression>[^,;。=]{3,90}?(?:×100%|(?=[,;。]|$)))"
)


def _formulas(text: str) -> tuple[str, ...]:
    """The formulas that the text defines its rates by."""
    return tuple(dict.fromkeys(f"{match['name']}={match['expression']}" for match in _FORMULA.finditer(text)))


def _names(formulas: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(formula.partition("=")[0] for formula in formulas)
