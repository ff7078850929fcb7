"""The papers of a draw: minutes, notice, masked and sealed lists, the guardian's slip."""

from junheng.reports.draws.lists import write_class_lists, write_public_admissions, write_sealed_admissions
from junheng.reports.draws.papers import minutes_document, notice_document
from junheng.reports.draws.slip_page import slip_page
from junheng.reports.draws.wording import beacon_words, rule_lines, shown

__all__ = [
    "beacon_words",
    "minutes_document",
    "notice_document",
    "rule_lines",
    "shown",
    "slip_page",
    "write_class_lists",
    "write_public_admissions",
    "write_sealed_admissions",
]
