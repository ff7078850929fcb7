"""The papers of a plan: workbook of actions, Word report with a page a school, pictures, scenarios."""

from junheng.reports.planning.book import write_plan_book
from junheng.reports.planning.cells import heading, is_number, shown
from junheng.reports.planning.document import PlanPaper, plan_document
from junheng.reports.planning.pictures import curve_picture, spending_picture
from junheng.reports.planning.scenarios import Scenario, scenario_picture, write_scenarios
from junheng.reports.planning.school_pages import SchoolPage, school_pages, values_before
from junheng.reports.word.blocks import Picture

__all__ = [
    "Picture",
    "PlanPaper",
    "Scenario",
    "SchoolPage",
    "curve_picture",
    "heading",
    "is_number",
    "plan_document",
    "scenario_picture",
    "school_pages",
    "shown",
    "spending_picture",
    "values_before",
    "write_plan_book",
    "write_scenarios",
]
