"""The papers of enrolment checks: 台账.xlsx to work with, 控辍保学情况.docx and 特殊群体情况.docx to hand on."""

from junheng.reports.enrolment.bulletin import write_bulletin
from junheng.reports.enrolment.ledger_book import write_ledger_book
from junheng.reports.enrolment.special import write_special
from junheng.reports.enrolment.words import CELLS, STATUS, TABLES

__all__ = ["CELLS", "STATUS", "TABLES", "write_bulletin", "write_ledger_book", "write_special"]
