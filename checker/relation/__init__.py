"""Relations that a report claims between its figures, as finders hand them to rules.

Each relation is frozen, says why it is believed (``because``) and knows the places it rests on
(``mentions``, the stated one first). ``passed``, ``failed`` and ``open`` make the check.
"""

from checker.relation.base import Relation, in_unit, number_text
from checker.relation.counts import ListedCount, QuantityTotal, RowCount
from checker.relation.derived import Derived, Mean, Product
from checker.relation.formulas import Complement, Formula, FormulaOperand
from checker.relation.grades import GradeBands, Graded
from checker.relation.prose_sums import ProseTotal
from checker.relation.rows import IdentityRow, RowIdentity
from checker.relation.scores import (
    CountedIndicators,
    Deducted,
    ProcessScore,
    SamePlaces,
    SameScore,
    SameTotal,
    SameWeight,
    ScoreAt,
    Scored,
    ShareOfWeight,
    WithinWeight,
)
from checker.relation.staff import Posts, Vacancy
from checker.relation.sums import (
    NOWHERE,
    Balance,
    GroupScore,
    HundredWeights,
    PartOf,
    ScoreTotal,
    Sum,
    TableTotal,
    TreeTotal,
    WeightTotal,
)
from checker.relation.surveys import AnswerShare, SurveyOrder

__all__ = [
    "NOWHERE",
    "AnswerShare",
    "Balance",
    "Complement",
    "CountedIndicators",
    "Deducted",
    "Derived",
    "Formula",
    "FormulaOperand",
    "GradeBands",
    "Graded",
    "GroupScore",
    "HundredWeights",
    "IdentityRow",
    "ListedCount",
    "Mean",
    "PartOf",
    "Posts",
    "ProcessScore",
    "Product",
    "ProseTotal",
    "QuantityTotal",
    "Relation",
    "RowCount",
    "RowIdentity",
    "SamePlaces",
    "SameScore",
    "SameTotal",
    "SameWeight",
    "ScoreAt",
    "ScoreTotal",
    "Scored",
    "ShareOfWeight",
    "Sum",
    "SurveyOrder",
    "TableTotal",
    "TreeTotal",
    "Vacancy",
    "WeightTotal",
    "WithinWeight",
    "in_unit",
    "number_text",
]
