"""The papers of a recognition survey: plan, codes, questionnaire, result, notice, schools."""

from junheng.reports.survey.inspection_book import write_drawn, write_frame
from junheng.reports.survey.paper import write_answer_book, write_questionnaire
from junheng.reports.survey.plan_book import write_code_book, write_plan_book
from junheng.reports.survey.result_papers import write_notice, write_result_book

__all__ = [
    "write_answer_book",
    "write_code_book",
    "write_drawn",
    "write_frame",
    "write_notice",
    "write_plan_book",
    "write_questionnaire",
    "write_result_book",
]
