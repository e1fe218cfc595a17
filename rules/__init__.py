"""Rules for performance-evaluation reports: a plug-in of checker like any other.

One module a family of findings; each lists its rules in ``RULES``.
"""

from rules import (
    counts,
    dates,
    facts,
    formulas,
    grades,
    growth,
    indicators,
    outline,
    rows,
    rubrics,
    scores,
    shares,
    sums,
    wording,
)

RULES = (
    *sums.RULES,
    *rows.RULES,
    *formulas.RULES,
    *scores.RULES,
    *rubrics.RULES,
    *grades.RULES,
    *counts.RULES,
    *growth.RULES,
    *shares.RULES,
    *outline.RULES,
    *indicators.RULES,
    *dates.RULES,
    *facts.RULES,
    *wording.RULES,
)
