"""A school standard's result as a workbook and a plan for each school, and the empty book of further figures."""

from junheng.reports.school_standards.book import school_standard_book
from junheng.reports.school_standards.plan import write_attainment_plan
from junheng.reports.school_standards.template import figures_template
from junheng.reports.school_standards.words import change_words, line_words, quotient_words, rate_words

__all__ = [
    "change_words",
    "figures_template",
    "line_words",
    "quotient_words",
    "rate_words",
    "school_standard_book",
    "write_attainment_plan",
]
