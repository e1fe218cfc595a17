"""Finders: each looks for one kind of relation in a document whose figures are known.

A finder is a function from a ``Reading`` to relations. It says why it believes each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from checker.extract.figures import Reading
from checker.relate.aligned import find_aligned_growth
from checker.relate.averages import find_averages
from checker.relate.balances import find_balances
from checker.relate.bare_extremes import find_bare_extremes
from checker.relate.bracketed_sums import find_bracketed_sums
from checker.relate.caption_years import find_caption_years
from checker.relate.cell_products import find_cell_products
from checker.relate.column_means import find_column_means
from checker.relate.columns import find_row_identities
from checker.relate.compared import find_compared
from checker.relate.complements import find_complements
from checker.relate.composition import find_compositions
from checker.relate.conversions import find_conversions
from checker.relate.counts import find_table_counts
from checker.relate.date_columns import find_date_columns
from checker.relate.dates import find_date_relations
from checker.relate.deductions import find_deductions
from checker.relate.derived_lines import find_derived_lines
from checker.relate.differences import find_differences
from checker.relate.each_deducted import find_each_deducted
from checker.relate.enumerated import find_enumerated_counts
from checker.relate.extremes import find_extremes
from checker.relate.far_shares import find_far_shares
from checker.relate.formulas import find_formulas
from checker.relate.fulfilled import find_fulfilled
from checker.relate.full_marks import find_full_marks
from checker.relate.gap_search import find_far_gaps
from checker.relate.gaps import find_gaps
from checker.relate.grade_gaps import find_grade_gaps
from checker.relate.grades import find_grade_bands, find_grades
from checker.relate.growth import find_growth
from checker.relate.growth_in_tables import find_growth_in_tables
from checker.relate.in_and_out import find_in_and_out
from checker.relate.indicators import find_indicators
from checker.relate.joint_shares import find_joint_shares
from checker.relate.kinds_of_counts import find_kinds_of_counts
from checker.relate.left_undone import find_left_undone
from checker.relate.listed import find_listed_counts
from checker.relate.lost_most import find_lost_most
from checker.relate.means import find_means
from checker.relate.memo_totals import find_memo_totals
from checker.relate.moves import find_moves
from checker.relate.named_values import find_named_values
from checker.relate.narrated_steps import find_narrated_steps
from checker.relate.near_shares import find_near_shares
from checker.relate.of_which import find_of_which
from checker.relate.opposite_names import find_opposite_names
from checker.relate.opposite_words import find_opposite_words
from checker.relate.ordered_lists import find_ordered_lists
from checker.relate.outline import find_outline
from checker.relate.over_limits import find_over_limits
from checker.relate.own_formulas import find_own_formulas
from checker.relate.parallel_rates import find_parallel_rates
from checker.relate.part_balance import find_remainders
from checker.relate.part_paragraphs import find_paragraph_totals
from checker.relate.parts import find_prose_totals
from checker.relate.peaks import find_peaks
from checker.relate.priced import find_priced
from checker.relate.products import find_products
from checker.relate.quarters import find_quarters
from checker.relate.quotient_columns import find_quotient_columns
from checker.relate.rank_words import find_rank_words
from checker.relate.ranked_lists import find_ranked_lists
from checker.relate.rate_columns import find_rate_columns
from checker.relate.rate_gaps import find_rate_gaps
from checker.relate.rate_rows import find_rate_rows
from checker.relate.respective import find_respective_values
from checker.relate.respective_names import find_respective_names
from checker.relate.respective_sums import find_respective_sums
from checker.relate.rest_counts import find_rest_counts
from checker.relate.restated import find_restatements
from checker.relate.row_changes import find_row_changes
from checker.relate.row_gaps import find_row_gaps
from checker.relate.row_pairs import find_row_pairs
from checker.relate.row_shares import find_row_shares
from checker.relate.row_values import find_row_values
from checker.relate.rubrics import find_rubrics
from checker.relate.samples import find_samples
from checker.relate.scores import find_scores
from checker.relate.series import find_series
from checker.relate.series_changes import find_series_changes
from checker.relate.set_against import find_set_against
from checker.relate.share_columns import find_share_columns
from checker.relate.shares import find_shares
from checker.relate.splits import find_splits
from checker.relate.spreads import find_spreads
from checker.relate.staff import find_staff
from checker.relate.stated_goals import find_stated_goals
from checker.relate.stocks import find_stocks
from checker.relate.strays import find_strays
from checker.relate.surveys import find_surveys
from checker.relate.threshold_lists import find_threshold_lists
from checker.relate.threshold_rows import find_threshold_rows
from checker.relate.top_sums import find_top_sums
from checker.relate.totals import find_table_totals
from checker.relate.trends import find_trends
from checker.relate.unit_costs import find_unit_costs
from checker.relate.weighted_scores import find_weighted_scores
from checker.relate.weightings import find_weightings
from checker.relate.wording import find_wording
from checker.relate.year_sums import find_year_sums
from checker.relate.yearly_amounts import find_yearly_amounts
from checker.relate.yearly_growth import find_yearly_growth
from checker.relate.yearly_rates import find_yearly_rates
from checker.relation import Relation

Finder = Callable[[Reading], Iterable[Relation]]

FINDERS: tuple[Finder, ...] = (
    find_table_totals,
    find_prose_totals,
    find_bracketed_sums,
    find_over_limits,
    find_stated_goals,
    find_lost_most,
    find_spreads,
    find_year_sums,
    find_yearly_growth,
    find_priced,
    find_stocks,
    find_full_marks,
    find_row_pairs,
    find_opposite_names,
    find_ordered_lists,
    find_paragraph_totals,
    find_compositions,
    find_conversions,
    find_gaps,
    find_kinds_of_counts,
    find_left_undone,
    find_compared,
    find_far_gaps,
    find_row_changes,
    find_row_gaps,
    find_fulfilled,
    find_splits,
    find_remainders,
    find_averages,
    find_weightings,
    find_balances,
    find_row_identities,
    find_rate_columns,
    find_rate_rows,
    find_far_shares,
    find_formulas,
    find_complements,
    find_own_formulas,
    find_peaks,
    find_products,
    find_samples,
    find_means,
    find_weighted_scores,
    find_column_means,
    find_table_counts,
    find_listed_counts,
    find_enumerated_counts,
    find_respective_values,
    find_respective_names,
    find_respective_sums,
    find_top_sums,
    find_surveys,
    find_staff,
    find_series,
    find_named_values,
    find_strays,
    find_extremes,
    find_ranked_lists,
    find_rank_words,
    find_derived_lines,
    find_parallel_rates,
    find_quarters,
    find_quotient_columns,
    find_cell_products,
    find_memo_totals,
    find_set_against,
    find_share_columns,
    find_scores,
    find_deductions,
    find_each_deducted,
    find_narrated_steps,
    find_rubrics,
    find_grades,
    find_grade_bands,
    find_grade_gaps,
    find_shares,
    find_of_which,
    find_near_shares,
    find_row_shares,
    find_joint_shares,
    find_unit_costs,
    find_growth,
    find_series_changes,
    find_growth_in_tables,
    find_aligned_growth,
    find_moves,
    find_rate_gaps,
    find_differences,
    find_trends,
    find_threshold_lists,
    find_threshold_rows,
    find_rest_counts,
    find_restatements,
    find_row_values,
    find_outline,
    find_in_and_out,
    find_indicators,
    find_bare_extremes,
    find_caption_years,
    find_date_columns,
    find_date_relations,
    find_wording,
    find_yearly_rates,
    find_yearly_amounts,
    find_opposite_words,
)
