"""Enrolment: children of four lists found in one another, ledgers with clocks, figures of special groups.

Docs: docs/method/enrolment.md. The system never decides alone: whoever is in doubt is listed for a visit.
"""

from junheng.enrolment.book import Book, read_book
from junheng.enrolment.folder import ABOUT, write_outcome
from junheng.enrolment.match import CERTAIN, CHECK, Matched, Pair, match
from junheng.enrolment.outcome import Outcome, clocks_of, run_match
from junheng.enrolment.reference import reference_match
from junheng.enrolment.report import REPORT, run_report, write_report
from junheng.enrolment.rules import Named, Rules
from junheng.enrolment.rules_file import load_rules
from junheng.enrolment.sheet_rows import list_headings
from junheng.enrolment.standing import (
    allowed_actions,
    as_of,
    close_step,
    left_behind,
    read_standing,
    standing_counts,
    standing_json,
    stepped,
    visit_step,
)
from junheng.enrolment.synthetic import ABSENT, RATES, TWINS, Made, make_lists
from junheng.enrolment.views import COUNTS, FULL, MASKED, VIEW_WORDS, masked_entry

__all__ = [
    "ABOUT",
    "ABSENT",
    "CERTAIN",
    "CHECK",
    "COUNTS",
    "FULL",
    "MASKED",
    "RATES",
    "REPORT",
    "TWINS",
    "VIEW_WORDS",
    "Book",
    "Made",
    "Matched",
    "Named",
    "Outcome",
    "Pair",
    "Rules",
    "allowed_actions",
    "as_of",
    "clocks_of",
    "close_step",
    "left_behind",
    "list_headings",
    "load_rules",
    "make_lists",
    "masked_entry",
    "match",
    "read_book",
    "read_standing",
    "reference_match",
    "run_match",
    "run_report",
    "standing_counts",
    "standing_json",
    "stepped",
    "visit_step",
    "write_outcome",
    "write_report",
]
