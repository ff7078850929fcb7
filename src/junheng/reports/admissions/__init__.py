"""The papers of an admission trial: 录取名单 with audit, comparison of rules and zones."""

from junheng.reports.admissions.audit_sheets import DECLARED, figures
from junheng.reports.admissions.book import write_admission_book
from junheng.reports.admissions.chance_book import write_chance_book
from junheng.reports.admissions.facts import TrialFacts, ZoneFacts

__all__ = ["DECLARED", "TrialFacts", "ZoneFacts", "figures", "write_admission_book", "write_chance_book"]
