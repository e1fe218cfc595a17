"""Where a weight or a score stands, as messages name it."""

from __future__ import annotations

from checker.verdict import Phrase

NARRATIVE = Phrase("正文", "the narrative")
SCORE_TABLE = Phrase("评分表", "the score table")
INDICATOR_TABLE = Phrase("指标体系表", "the indicator table")
SUMMARY_TABLE = Phrase("得分汇总表", "the summary table")
SECOND_TABLE = Phrase("另一评分表", "a second score table")
OF_ONE = Phrase("正文与评分表中“{name}”的得分", "the score of “{name}” in the narrative and in the score table")
ALL = Phrase("{where}的全部指标", "all indicators of {where}")
