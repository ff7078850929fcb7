"""The papers of scoring: the scorers' template, the score book, the bulletin."""

from junheng.reports.scoring.bulletin import write_bulletin
from junheng.reports.scoring.score_book import write_score_book
from junheng.reports.scoring.subject_sheets import write_subject_sheets
from junheng.reports.scoring.template_book import write_template

__all__ = ["write_bulletin", "write_score_book", "write_subject_sheets", "write_template"]
