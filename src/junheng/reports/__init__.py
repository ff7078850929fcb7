"""Findings as documents: Word report, Excel annex, numbers each with an id, and the linter.

A report only tells: it reads the finding's public files and judges nothing.
"""

from junheng.reports.application import list_evidence, write_application
from junheng.reports.class_sizes import class_size_book, class_size_json
from junheng.reports.documents import write_documents
from junheng.reports.filled_book import filled_book
from junheng.reports.ledger_book import ledger_book, ledger_template, share_words
from junheng.reports.lint import lint_report
from junheng.reports.lint_problem import LintProblem
from junheng.reports.lint_text import lint_text
from junheng.reports.number_text import plain
from junheng.reports.percent import PercentMode, format_share, percent_mode
from junheng.reports.prose import Remark, annotate, check_prose
from junheng.reports.record import check_documents
from junheng.reports.timetable_book import timetable_book

__all__ = [
    "LintProblem",
    "PercentMode",
    "Remark",
    "annotate",
    "check_documents",
    "check_prose",
    "class_size_book",
    "class_size_json",
    "filled_book",
    "format_share",
    "ledger_book",
    "ledger_template",
    "lint_report",
    "lint_text",
    "list_evidence",
    "percent_mode",
    "plain",
    "share_words",
    "timetable_book",
    "write_application",
    "write_documents",
]
