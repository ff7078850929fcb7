"""The papers of a draw: minutes, notice, masked and sealed lists, the guardian's slip."""

from junheng.reports.draws.class_lists import write_class_lists
from junheng.reports.draws.corrections import change_words
from junheng.reports.draws.lists import write_public_admissions, write_sealed_admissions
from junheng.reports.draws.papers import minutes_document, notice_document
from junheng.reports.draws.posted_list import PostedList, posted_differences, read_posted_list
from junheng.reports.draws.rule_texts import beacon_text, rule_texts
from junheng.reports.draws.slip_page import result_words, slip_page
from junheng.reports.draws.wording import beacon_words, rule_lines, shown

__all__ = [
    "PostedList",
    "beacon_text",
    "beacon_words",
    "change_words",
    "minutes_document",
    "notice_document",
    "posted_differences",
    "read_posted_list",
    "result_words",
    "rule_lines",
    "rule_texts",
    "shown",
    "slip_page",
    "write_class_lists",
    "write_public_admissions",
    "write_sealed_admissions",
]
